"""A ledger as the interface asks it: stories are made in a thread of their own, so that no page waits for it long.

What a person decides here is told in the stories at once. What another process adds, that process makes into stories
when it is done; only where nothing came in for a while and nobody did is it made here.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.errors import OnRecordError
from onrecord.ledger import story_rows
from onrecord.ledger.review import Review
from onrecord.ledger.store import Store
from onrecord.ledger.story_verdicts import StoryVerdict
from onrecord.making import is_pending, make_if_possible
from onrecord.opening import Ledger

LOG = logging.getLogger(__name__)

QUIET_SECONDS = 30.0
"""Nothing has come in for so long: whoever added it is done or gone. `add` writes once a second or more often."""

LOOK_SECONDS = 5.0
"""Between two looks at whether something came in, while pages are asked for or something waits to be made."""

WAIT_SECONDS = 2.0
"""How long a page waits for stories that are being made of what was decided here; a small ledger takes less."""


class StoryThread:
    """Makes the stories of a ledger when they are wanted: at once for what was decided here, else once it is quiet."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._changed = threading.Condition()
        self._wanted, self._made = 1, 0
        self._is_asked = self._closed = False
        self._seen: object = None
        self._seen_at = 0.0
        self._thread: threading.Thread | None = None

    def ask(self) -> None:
        """Note that somebody looks at stories; wait for those of what was decided here, but not for long."""
        with self._changed:
            self._start()
            self._is_asked = True
            self._changed.notify_all()
            wanted = self._wanted
            self._changed.wait_for(lambda: self._made >= wanted or self._closed, WAIT_SECONDS)

    def decided(self) -> None:
        """Let stories be made at once."""
        with self._changed:
            self._start()
            self._wanted += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Finish what is being made."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        if (self._thread is None or not self._thread.is_alive()) and not self._closed:
            self._thread = threading.Thread(target=self._work, name="onrecord-stories", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_due() or self._is_asked or self._closed)
                if self._closed:
                    return
                wanted, is_due, self._is_asked = self._wanted, self._is_due(), False
            waits = True
            try:
                waits = self._look(is_due=is_due)
            except OnRecordError as err:
                LOG.warning("stories were not made: %s; they are looked at again", err)
            finally:
                # Whatever came of it, no page waits for it any longer. What waits is looked at again without being
                # asked: pages that are remembered ask for nothing.
                with self._changed:
                    self._made, self._is_asked = wanted, self._is_asked or waits
                    self._changed.notify_all()
            with self._changed:
                self._changed.wait_for(lambda: self._is_due() or self._closed, LOOK_SECONDS)

    def _look(self, *, is_due: bool) -> bool:
        """Make stories where they are due or nothing comes in any more; say whether some wait to be made."""
        if is_due or self._is_quiet():
            make_if_possible(self._store, LOG.warning)
            self._seen_at = self._clock()  # what could not be made is not tried again at once
        return is_pending(self._store)

    def _is_due(self) -> bool:
        return self._made < self._wanted

    def _is_quiet(self) -> bool:
        """Say whether what waits to be made has been the same for a while."""
        with self._store.reading() as connection:
            now = (story_rows.newest(connection), story_rows.newest_reading(connection))
        if now != self._seen:
            self._seen, self._seen_at = now, self._clock()
        return self._clock() - self._seen_at >= QUIET_SECONDS


class ServedLedger(Ledger):
    """An open ledger whose questions do not wait until stories have been made."""

    states_of_figures = False  # no page shows them

    def __init__(self, where: str | Path) -> None:
        super().__init__(where)
        self._stories = StoryThread(self.store)

    def make_stories(self) -> None:
        """Let stories be made where they are wanted."""
        self._stories.ask()

    def review(self, *given: Any, **fields: Any) -> Review | None:
        """Write a review; the stories that it is about are made anew."""
        made = super().review(*given, **fields)
        self._stories.decided()
        return made

    def _decide_story(self, *given: Any, **fields: Any) -> StoryVerdict:
        made = super()._decide_story(*given, **fields)
        self._stories.decided()
        return made

    def undo_story_verdict(self, *given: Any, **fields: Any) -> StoryVerdict:
        """Take a merge or split of stories back; they are made anew."""
        made = super().undo_story_verdict(*given, **fields)
        self._stories.decided()
        return made

    def close(self) -> None:
        """Finish the stories that are being made, and close the database."""
        self._stories.close()
        super().close()
