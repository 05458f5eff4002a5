"""Feeds, sitemaps and page URLs -> a ledger that follows them: what `onrecord watch` does, round after round.

Lists are asked for every round, pages every hour, both with what their server said last, so that what has not changed
is not sent again. What servers said is kept beside the ledger, round by round, behind the pages: after a restart, or a
kill, the watch goes on where it was, and what is the same adds nothing. A host that does not answer is left alone for
longer each time.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from onrecord.adding import OnProblem, Settings, add
from onrecord.errors import PageError, ServerError, TooSlowError
from onrecord.gathering import Gathering, Reach, is_list_of_pages
from onrecord.ledger.store import Store
from onrecord.making import make_if_possible
from onrecord.manifest import Given
from onrecord.pages.fetch import Fetched
from onrecord.pages.fetch_addresses import checked_url, host
from onrecord.pages.looks import Look, Looks
from onrecord.records import AddSummary

PAGE_SECONDS = 3_600.0
"""Seconds between two looks at one page; outlets change most pages within their first hours."""

ROUND_SECONDS = 900.0
"""Seconds between two rounds; feeds ask for 15 to 60 minutes."""

FIRST_REST_SECONDS = 900.0
"""How long a host is left alone that does not answer, or answers that it cannot; each time twice as long."""

LONGEST_REST_SECONDS = 6 * 3_600.0
"""The longest of these times."""

LARGEST_KEPT_BYTES = 1_000_000
"""Bytes of a list that is kept until the next round; a larger one is fetched anew each time."""

MOST_RESTS = 1_000
"""Hosts left alone at once that are remembered."""


class Rests:
    """Which hosts are left alone, and until when."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def rests(self, name: str) -> bool:
        """Say whether a host is left alone now."""
        return name in self._until and self._clock() < self._until[name][0]

    def failed(self, name: str) -> None:
        """Leave a host alone, twice as long as the last time."""
        _, last = self._until.pop(name, (0.0, 0.0))
        rest = min(2 * last or FIRST_REST_SECONDS, LONGEST_REST_SECONDS)
        self._until[name] = (self._clock() + rest, rest)
        if len(self._until) > MOST_RESTS:
            self._until.popitem(last=False)

    def answered(self, name: str) -> None:
        """Ask a host as often as others again."""
        self._until.pop(name, None)

    def count(self) -> int:
        """Return how many hosts are left alone now."""
        return sum(map(self.rests, self._until))


class Watch(Gathering):
    """A gathering that goes over the same places again and gives what is new or changed."""

    def __init__(self, reach: Reach, memory: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(reach, None)
        self._clock = clock
        self._looks = Looks(memory)
        self.rests = Rests(clock)

    def close(self) -> None:
        """Close the connections and the memory."""
        super().close()
        self._looks.close()

    def keep(self) -> None:
        """Keep what servers said, once the pages of the round are in the ledger."""
        self._looks.keep()

    def round(self, places: Sequence[Given]) -> Iterator[Given]:
        """Yield the pages that are new or changed since the last round, and what could not be had."""
        self._seen.clear()
        for place in places:
            yield from self.pages(place, 0)

    def _at_address(self, given: Given, address: str, depth: int) -> Iterator[Given]:
        look = self._looks.get(address)
        last = look.answer if look is not None else None
        is_list = last is not None and bool(last.data)
        # A clock that was set back makes everything due.
        if look is not None and depth and not is_list and 0 <= self._clock() - look.at < PAGE_SECONDS:
            return
        name = host(checked_url(address))
        if self.rests.rests(name):
            return
        answer = self._answer(address, name, last)
        if answer.unchanged and last is not None:
            self._remember(address, last)
            if not is_list:
                return
            answer = last
        elif not is_list_of_pages(answer.data):
            self._remember(address, replace(answer, data=b""))
        elif len(answer.data) <= LARGEST_KEPT_BYTES:
            self._remember(address, answer)
        yield from self.fetched_pages(given, answer, depth)

    def _answer(self, address: str, name: str, last: Fetched | None) -> Fetched:
        """Return what the server says now; remember where it says nothing."""
        try:
            answer: Fetched = self.fetcher().fetch(address, last.known if last is not None else None)
        except PageError as err:
            self._remember(address, last)
            if isinstance(err, ServerError | TooSlowError):
                self.rests.failed(name)
            raise
        self.rests.answered(name)
        return answer

    def _remember(self, address: str, answer: Fetched | None) -> None:
        self._looks.put(address, Look(answer=answer, at=self._clock()))


def memory_of(db: str) -> Path | None:
    """Return the file beside a ledger that keeps what servers said; None for a ledger on a server."""
    return None if "://" in db else Path(f"{db}.watch")


def watch(  # noqa: PLR0913  all but the first two are named
    store: Store,
    places: Sequence[Given],
    *,
    reach: Reach,
    settings: Settings,
    every: float = ROUND_SECONDS,
    rounds: int | None = None,
    tell: Callable[[str], None] = lambda _: None,
    problem: OnProblem | None = None,
) -> AddSummary:
    """Add what is new or changed at the places, round after round.

    Args:
        store: the ledger.
        places: addresses of feeds, sitemaps, OPML files and pages.
        reach: what may be fetched.
        settings: how pages are read.
        every: seconds from the beginning of one round to that of the next.
        rounds: how many rounds; None goes on until interrupted.
        tell: told the status after each round, in one line.
        problem: told what could not be had.

    Returns:
        What the pages of the last round were.
    """
    following = Watch(reach, memory_of(store.where))
    done = 0
    try:
        while True:
            began = time.monotonic()
            summary = add(store, following.round(places), settings=settings, problem=problem)
            store.settle()  # a power cut must not lose pages whose servers are said to have sent them
            following.keep()
            made = make_if_possible(store, tell)
            done += 1
            if made is not None and made.stories + made.gone:
                tell(made.says)
            tell(status(summary, done, following.rests.count()))
            if done == rounds:
                return summary
            time.sleep(max(0.0, began + every - time.monotonic()))
    finally:
        following.close()


def status(summary: AddSummary, done: int, resting: int = 0) -> str:
    """Return what a round found, in one line."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    counts = ", ".join(f"{getattr(summary, name)} {name}" for name in ("new", "revised", "same", "failed"))
    rest = f"; {resting} hosts left alone for now" if resting else ""
    return f"{now} round {done}: {counts}; the ledger has {summary.articles} articles, {summary.claims} claims{rest}"
