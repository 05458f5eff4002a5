"""Pages as they were answered -> the same again while the ledger stays as it is; made once where several ask at a time.

What people decide (reviews, merged names, erasures) shows at once; what is added from elsewhere a second later at most.
Kept in memory, for each user apart.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

from sqlalchemy import Connection, text
from starlette.responses import Response

from onrecord.ledger.store import Store

MOST_PAGES, LONGEST_BYTES = 100, 300_000
"""Pages that are kept, and how long each may be: 30 MB together; the longest is some 120 kB."""

BEHIND_SECONDS = 1.0
"""So much later a page may show what others add. `add` commits once a second or more often."""

DECIDED = ("reviews", "story_verdicts", "aliases", "source_verdicts", "erasures", "claim_status")
GROWN = ("readings", "makings")


class Mark(NamedTuple):
    """How far a ledger has come: the last rows of what people decide, and of what is added."""

    decided: tuple[int, ...]
    grown: tuple[int, ...]


class _Kept(NamedTuple):
    mark: Mark
    made_at: float
    status: int
    headers: dict[str, str]
    body: bytes


class Remembered:
    """Answers by what was asked, those asked last."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, asked: Hashable, make: Callable[[], Response]) -> Response:
        """Return the answer to what is asked; made where it is not there, or is of an earlier ledger."""
        with self._lock:
            one_at_a_time = self._making.setdefault(asked, threading.Lock())
        try:
            with one_at_a_time:
                return self._answered(asked, make)
        finally:
            with self._lock:
                self._making.pop(asked, None)

    def _answered(self, asked: Hashable, make: Callable[[], Response]) -> Response:
        with self._store.reading() as connection:
            now = mark_of(connection)
        kept, at = self._kept.get(asked), self._clock()
        if kept is not None and (kept.mark == now or _is_near(kept, now, at)):
            with self._lock:
                if asked in self._kept:  # else others have pushed it out meanwhile
                    self._kept.move_to_end(asked)
            return Response(kept.body, status_code=kept.status, headers=kept.headers)
        made = make()
        if len(made.body) <= LONGEST_BYTES and made.status_code < 300 and "set-cookie" not in made.headers:
            with self._lock:
                headers = {name: value for name, value in made.headers.items() if name != "content-length"}
                self._kept[asked] = _Kept(now, at, made.status_code, headers, bytes(made.body))
                self._kept.move_to_end(asked)
                while len(self._kept) > MOST_PAGES:
                    self._kept.popitem(last=False)
        return made


def _is_near(kept: _Kept, now: Mark, at: float) -> bool:
    """Say whether only something was added since, and not long ago."""
    return kept.mark.decided == now.decided and at - kept.made_at < BEHIND_SECONDS


def mark_of(connection: Connection) -> Mark:
    """Return how far the ledger has come."""
    row = connection.execute(LAST_ROWS).one()
    return Mark(tuple(row[: len(DECIDED)]), tuple(row[len(DECIDED) :]))


LAST_ROWS = text(
    "SELECT " + ", ".join(f'(SELECT coalesce(max("row"), 0) FROM {table})' for table in (*DECIDED, *GROWN))  # noqa: S608
)
