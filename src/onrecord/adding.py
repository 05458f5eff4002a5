"""Pages to be kept -> a ledger that has them: what `onrecord add` and `onrecord reread` do.

Pages are read in this process or in several others; only this one writes, in the order of the input, so that the ledger
is the same whatever the number of processes. Few pages are under way at any time, whatever the number of inputs. When
the run is cut off, run it again: what is in the ledger is passed over. Pages that come slowly are written every few
seconds. Nothing is fetched here.
"""

import glob
import hashlib
import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from time import monotonic
from typing import Any

from msgspec.structs import replace

from onrecord.errors import PageError
from onrecord.gathering import ARCHIVES
from onrecord.ledger.appending import State
from onrecord.ledger.review import reapply
from onrecord.ledger.rows import Capture, Prepared, prepare, sighting_key
from onrecord.ledger.store import RunKind, Store
from onrecord.manifest import ENDINGS, Given, MediaType, clean, given_pages, load
from onrecord.pipeline import VERSION, Defaults, failed, model_name, read_bytes
from onrecord.records import AddSummary, Origin, Problem, Record

LOOKED_UP_TOGETHER = 64
"""Pages whose bytes are looked for in the ledger at once."""

WRITTEN_TOGETHER = 128
"""Pages in one transaction; what a kill may lose is read again in two seconds."""

HELD_SECONDS = 5.0
"""Seconds that pages which come slowly wait for the others of their batch."""

HELD_BYTES = 32 * 1024 * 1024
"""Bytes of pages that wait for one look-up or one transaction, at most, and one page more."""

WAITING_PER_PROCESS = 4
"""Pages given to each process ahead of time; it never waits for this one to write."""

PAGES_WORTH_A_PROCESS = 40
"""Fewer pages are read sooner than another process starts (0.7 s against 17 ms a page)."""

PAGES_OF_ARCHIVE = 1_000
"""Pages of one WARC file, for the number of processes; those of public crawls have 30,000."""

OnProblem = Callable[[str, str], None]
"""Told of each problem: the page's name, and what it is."""

Progress = Callable[[int, int, Counter[State]], None]
"""Told after each step: pages done, pages in all, what they were."""


class Task(Record, frozen=True, kw_only=True):
    """One page to read and prepare. data is None where a problem says why there are no bytes."""

    capture: Capture
    data: bytes | None = None
    sha256: str = ""
    problem: Problem | None = None
    version: int | None = None
    site_memory: Path | None = None

    @property
    def key(self) -> str:
        """What tells whether these bytes have been seen before."""
        return sighting_key(self.sha256, self.capture)


Reader = Callable[[Task], Prepared]


class Settings(Record, frozen=True, kw_only=True):
    """How a run reads. read must be importable by other processes where jobs is more than 1."""

    jobs: int = 1
    defaults: Defaults = Defaults()
    read: Reader | None = None
    site_memory: Path | None = None


def site_memory_of(db: str) -> Path | None:
    """Return the file beside a ledger that keeps what pages of an outlet share; None for a ledger on a server."""
    return None if "://" in db else Path(f"{db}.sites")


# --- what is given -------------------------------------------------------------------------------------------------


def pages_to_add(
    places: Iterable[str | Path], manifest: Path | None = None, *, media_type: MediaType = "auto"
) -> list[Given]:
    """Return the pages of the manifest and of the places, in this order; a folder gives the pages under it, by name."""
    files: list[str] = []
    empty: list[Given] = []
    for place in places:
        found = _expanded(str(place))
        files += found
        if not found:
            says = f"{clean(str(place))}: a folder without pages (.txt, .html, .htm, also .gz); give another"
            problem = Problem(kind="unreadable", says=says)
            empty.append(Given(origin=Origin(name=clean(str(place))), problem=problem))
    return given_pages(files, manifest, media_type=media_type) + empty


def _expanded(place: str) -> list[str]:
    """Return the files of a folder or a pattern; the place itself where it is neither."""
    if place == "-" or "://" in place:
        return [place]
    if os.path.isdir(place):
        return list(pages_under(place))
    if glob.has_magic(place) and not os.path.exists(place):
        return sorted(glob.glob(place, recursive=True)) or [place]
    return [place]


def pages_under(folder: str) -> Iterator[str]:
    """Yield the files under a folder that are named like pages, folder by folder, by name; hidden ones are left out."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if (ENDINGS.search(name) or ARCHIVES.search(name)) and not name.startswith("."):
                yield os.path.join(where, name)


# --- the run -------------------------------------------------------------------------------------------------------


def likely_pages(given: Iterable[Given]) -> int:
    """Return how many pages these places give, about: an archive has thousands."""
    return sum(PAGES_OF_ARCHIVE if page.path and ARCHIVES.search(page.path.name) else 1 for page in given)


def default_jobs(pages: int) -> int:
    """Return how many processes read so many pages soonest: one for each core, one for few pages."""
    return max(1, min(os.cpu_count() or 1, pages // PAGES_WORTH_A_PROCESS))


def add(
    store: Store,
    given: Iterable[Given],
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    problem: OnProblem | None = None,
) -> AddSummary:
    """Read pages that the ledger does not have yet and append them.

    Args:
        store: the ledger.
        given: pages in the order in which they are written; those of `gathered` come as they are fetched.
        settings: processes that read, and what is taken for pages that do not say it.
        progress: told how far it is.
        problem: told what could not be read.

    Returns:
        What the pages were; articles and claims are those that the ledger now has.
    """
    settings = settings or Settings()
    run = Run(store, "add", len(given) if isinstance(given, Sequence) else 0, progress, problem)
    tasks = (replace(task, site_memory=settings.site_memory) for task in run.unseen(_tasks(given, settings.defaults)))
    run.write(read_all(tasks, settings.read or read_task, jobs=settings.jobs))
    return run.end()


def reread(
    store: Store,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    problem: OnProblem | None = None,
) -> AddSummary:
    """Read archived pages that this version of the reader has not read; the readings before stay beside the new ones.

    Returns:
        revised: pages where something is read otherwise; same: pages read as before.
    """
    settings = settings or Settings()
    wanted = store.unread_versions(VERSION, model_name())
    run = Run(store, "reread", len(wanted), progress, problem)
    tasks = (replace(task, site_memory=settings.site_memory) for task in _archived(store, wanted))
    run.write(read_all(tasks, settings.read or read_task, jobs=settings.jobs))
    return run.end()


class Run:
    """One run: counts what pages were, writes what has been read in batches."""

    def __init__(
        self, store: Store, kind: RunKind, pages: int, progress: Progress | None, problem: OnProblem | None
    ) -> None:
        self._store, self._pages, self._progress, self._problem = store, pages, progress, problem
        self._row = store.begin_run(kind, reader_version=VERSION, model=model_name())
        self._counts: Counter[State] = Counter()

    def _count(self, states: Iterable[State]) -> None:
        self._counts.update(states)
        if self._progress:
            done = self._counts.total()
            self._progress(done, max(done, self._pages), self._counts)

    def unseen(self, tasks: Iterator[Task]) -> Iterator[Task]:
        """Yield the tasks whose bytes the ledger does not have; count the others as the same."""
        for some in _batches(tasks, LOOKED_UP_TOGETHER, lambda task: len(task.data or b"")):
            keys = {task.key for task in some if task.data is not None}
            seen = self._store.seen(sorted(keys), self._row) if keys else set()
            here: list[State] = ["same" for task in some if task.key in seen]
            if here:
                self._count(here)
            yield from (task for task in some if task.key not in seen)

    def write(self, pages: Iterator[Prepared]) -> None:
        """Append what has been read, batch by batch."""
        for some in _batches(pages, WRITTEN_TOGETHER, lambda page: page.size):
            self._count(self._store.append(some, self._row))
            if self._problem:
                for name, says in ((page.name, row["says"]) for page in some for row in page.problems):
                    self._problem(name, says)

    def end(self) -> AddSummary:
        """Carry reviews over to what is read otherwise now, and record the end of the run; return the counts."""
        if self._counts["revised"]:
            with self._store.writing(fully=True) as connection:
                reapply(connection, at=self._store.now(), run=self._row)
        self._store.end_run(self._row, self._counts)
        articles, claims = self._store.totals()
        counted = {name: self._counts[name] for name in ("new", "same", "revised", "failed")}
        return AddSummary(articles=articles, claims=claims, **counted)


def _batches(items: Iterator[Any], most: int, size: Callable[[Any], int]) -> Iterator[list[Any]]:
    """Yield lists of at most so many items, and of HELD_BYTES and one item more."""
    some: list[Any] = []
    held, since = 0, monotonic()
    for item in items:
        some.append(item)
        held += size(item)
        if len(some) == most or held > HELD_BYTES or monotonic() - since > HELD_SECONDS:
            yield some
            some, held, since = [], 0, monotonic()
    if some:
        yield some


def _tasks(given: Iterable[Given], defaults: Defaults) -> Iterator[Task]:
    """Load the bytes of each page, one at a time."""
    for page in given:
        capture = Capture(origin=page.origin, published=defaults.published, outlet=defaults.outlet)
        if page.problem and page.path is None and page.data is None and page.address is None:
            yield Task(capture=capture, problem=page.problem)
            continue
        try:
            data = load(page)
        except PageError as err:
            yield Task(capture=capture, problem=Problem(kind=err.kind, says=str(err)))
            continue
        yield Task(capture=capture, data=data, sha256=hashlib.sha256(data).hexdigest(), problem=page.problem)


def _archived(store: Store, versions: Sequence[int]) -> Iterator[Task]:
    """Yield the archived pages of these versions."""
    for version in versions:
        capture, sha256, data = store.archived(version)
        yield Task(capture=capture, data=data, sha256=sha256, version=version)


# --- reading -------------------------------------------------------------------------------------------------------


def read_task(task: Task) -> Prepared:
    """Read one page and prepare its rows; a page that cannot be read gives rows that say why."""
    origin = task.capture.origin
    if task.data is None:
        return _unread(task, task.problem or Problem(kind="unreadable", says=f"{origin.name}: no bytes are left of it"))
    defaults = Defaults(published=task.capture.published, outlet=task.capture.outlet)
    try:
        reading = read_bytes(task.data, origin, defaults=defaults, site_memory=task.site_memory)
    except (MemoryError, RecursionError) as err:
        says = f"{origin.name}: too large or too deep to be read here ({type(err).__name__}); read it alone"
        return _unread(task, Problem(kind="unreadable", says=says))
    if task.problem:
        reading = replace(reading, problems=(task.problem, *reading.problems))
    archived = None if task.version is not None else task.data
    return prepare(reading, archived, task.capture, sha256=task.sha256, version=task.version)


def _unread(task: Task, problem: Problem) -> Prepared:
    reading = failed(task.capture.origin.name, problem, model_name())
    return prepare(reading, None, task.capture, sha256=task.sha256, version=task.version)


def read_all(tasks: Iterator[Task], read: Reader, *, jobs: int) -> Iterator[Prepared]:
    """Yield what was read, in the order of the tasks."""
    if jobs <= 1:
        yield from map(read, tasks)
        return
    pool = Pool(jobs, read)
    try:
        waiting: deque[tuple[Task, Future[Prepared] | None]] = deque()
        for task in tasks:
            waiting.append((task, pool.submit(task)))
            while len(waiting) >= jobs * WAITING_PER_PROCESS:
                yield pool.result(*waiting.popleft(), waiting)
        while waiting:
            yield pool.result(*waiting.popleft(), waiting)
    finally:
        pool.close()


class Pool:
    """Processes that read. When one dies, the pages under way are read again, alone; one that kills is a problem."""

    def __init__(self, jobs: int, read: Reader) -> None:
        self._jobs, self._read = jobs, read
        self._pool = _processes(jobs)

    def submit(self, task: Task) -> Future[Prepared] | None:
        """Give a page to the processes; None when they are no more."""
        try:
            return self._pool.submit(self._read, task)
        except BrokenProcessPool:
            return None

    def result(
        self, task: Task, future: Future[Prepared] | None, waiting: deque[tuple[Task, Future[Prepared] | None]]
    ) -> Prepared:
        """Wait for one page; after a death, read it alone and give those that wait to new processes."""
        try:
            if future is not None:
                return future.result()
        except BrokenProcessPool:
            pass
        self._pool.shutdown(wait=True, cancel_futures=True)
        # Which page it was is not known: this one is read alone, and so are all that were under way with it.
        prepared = self._alone(task)
        again = [(late, done if _is_done(done) else _finished(self._alone(late))) for late, done in waiting]
        waiting.clear()
        waiting.extend(again)
        self._pool = _processes(self._jobs)
        return prepared

    def _alone(self, task: Task) -> Prepared:
        # Twice: when the others died, this page may have been waiting still.
        for _ in range(2):
            with _processes(1) as alone:
                try:
                    return alone.submit(self._read, task).result()
                except BrokenProcessPool:
                    continue
        name = task.capture.origin.name
        says = f"{name}: the process that read it died, twice; look at the page, or try it alone with `onrecord read`"
        return _unread(task, Problem(kind="unreadable", says=says))

    def close(self) -> None:
        """Let the processes finish the page they are at, and end them."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _is_done(future: Future[Prepared] | None) -> bool:
    return future is not None and future.done() and not future.cancelled() and future.exception() is None


def _finished(prepared: Prepared) -> Future[Prepared]:
    future: Future[Prepared] = Future()
    future.set_result(prepared)
    return future


def _processes(jobs: int) -> ProcessPoolExecutor:
    # Not fork: a copy of this process would hold its database connections.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["onrecord.adding"])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_process)


def _begin_process() -> None:
    """Leave Ctrl-C to the process that writes, and end when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
