"""Pages that are to be added -> one thread that fetches and reads them, and how far each is.

What is under way is kept in memory only: after a restart the ledger says what was added. Does not check addresses; the
fetcher refuses those of private nets as it does for `onrecord add`.
"""

import logging
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from onrecord import adding
from onrecord.adding import Settings
from onrecord.errors import OnRecordError, WebError
from onrecord.gathering import Reach, gathered
from onrecord.ledger.store import Store
from onrecord.making import make_if_possible
from onrecord.manifest import Given
from onrecord.records import AddSummary, Record

LOG = logging.getLogger(__name__)

MOST_WAITING = 20
"""Jobs that wait; a person adds a page at a time."""

MOST_REMEMBERED = 200
"""Jobs whose end is remembered, so that the page that waits for one finds it."""

MOST_PAGES = 100
"""Pages of one feed or sitemap that are added at once here; `onrecord add` takes more."""


class Job(Record, frozen=True, kw_only=True):
    """One thing to add, and how far it is. pages are the names or URLs of what was read, problems in words."""

    id: str
    what: str
    by: str
    state: Literal["waiting", "reading", "done"] = "waiting"
    pages: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    summary: AddSummary | None = None


class Jobs:
    """What waits, what is under way and what is done; a thread works through it."""

    def __init__(self, store: Store, *, allow_private: bool = False) -> None:
        self._store, self._reach = store, Reach(allow_private=allow_private)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: deque[tuple[str, Given]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def add(self, given: Given, *, what: str, by: str) -> Job:
        """Let a page be added; return the job.

        Raises:
            WebError: too many wait already.
        """
        job = Job(id=secrets.token_urlsafe(12), what=what, by=by)
        with self._changed:
            if len(self._waiting) >= MOST_WAITING:
                raise WebError(f"{MOST_WAITING} pages wait to be read already; try again in a minute", status=429)
            self._keep(job)
            self._waiting.append((job.id, given))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="onrecord-adding", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return job

    def get(self, job: str) -> Job | None:
        """Return how far a job is; None where there is none of this id."""
        with self._changed:
            return self._jobs.get(job)

    def close(self) -> None:
        """Finish what is being read; what waits is left."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _keep(self, job: Job) -> None:
        self._jobs[job.id] = job
        while len(self._jobs) > MOST_REMEMBERED:
            self._jobs.popitem(last=False)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                name, given = self._waiting.popleft()
                job = self._jobs.get(name)
                if job is None:
                    continue
                job = replace(job, state="reading")
                self._keep(job)
            done = self._read(job, given)
            with self._changed:
                self._keep(done)

    def _read(self, job: Job, given: Given) -> Job:
        """Add the pages that one place gives and make their stories; return the job as it ended."""
        names: list[str] = []
        problems: list[str] = []

        def named() -> Iterator[Given]:
            for page in gathered([given], self._reach):
                if len(names) == MOST_PAGES:
                    problems.append(f"more than {MOST_PAGES} pages; the rest was left, `onrecord add` takes them all")
                    return
                names.append(page.origin.url or page.origin.name)
                yield page

        try:
            settings = Settings(site_memory=adding.site_memory_of(self._store.where))
            summary = adding.add(self._store, named(), settings=settings, problem=lambda _, says: problems.append(says))
            make_if_possible(self._store, LOG.warning)
        except OnRecordError as err:
            problems.append(str(err))
            summary = None
        return replace(job, state="done", pages=tuple(names), problems=tuple(problems), summary=summary)
