"""Feeds, sitemaps and page URLs -> a ledger that follows them: what `onrecord watch` does, round after round.

Lists are asked for every round, pages every hour, both with what their server said last, so that what has not changed
is not sent again. The ledger and its site memory are what stays: after a restart each page is fetched once more, and
what is the same adds nothing.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.adding import OnProblem, Settings, add
from onrecord.errors import PageError
from onrecord.gathering import Gathering, Reach, is_list_of_pages
from onrecord.ledger.store import Store
from onrecord.making import make_if_possible
from onrecord.manifest import Given
from onrecord.records import AddSummary

if TYPE_CHECKING:
    from onrecord.pages.fetch import Fetched

PAGE_SECONDS = 3_600.0
"""Seconds between two looks at one page; outlets change most pages within their first hours."""

ROUND_SECONDS = 900.0
"""Seconds between two rounds; feeds ask for 15 to 60 minutes."""

LARGEST_KEPT_BYTES = 1_000_000
"""Bytes of a list that is kept until the next round; a larger one is fetched anew each time."""

MOST_REMEMBERED = 50_000
"""Addresses whose last answer is remembered."""


@dataclass(frozen=True)
class Look:
    """The last answer of an address, None where there never was one, and when it was asked for last.

    The bytes of lists are kept, those of pages are not.
    """

    answer: "Fetched | None"
    at: float


class Watch(Gathering):
    """A gathering that goes over the same places again and gives what is new or changed."""

    def __init__(self, reach: Reach, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(reach, None)
        self._clock = clock
        self._looks: OrderedDict[str, Look] = OrderedDict()

    def round(self, places: Sequence[Given]) -> Iterator[Given]:
        """Yield the pages that are new or changed since the last round, and what could not be had."""
        self._seen.clear()
        for place in places:
            yield from self.pages(place, 0)

    def _at_address(self, given: Given, address: str, depth: int) -> Iterator[Given]:
        look = self._looks.get(address)
        last = look.answer if look is not None else None
        is_list = last is not None and bool(last.data)
        if look is not None and depth and not is_list and self._clock() - look.at < PAGE_SECONDS:
            return
        try:
            answer = self.fetcher().fetch(address, last.known if last is not None else None)
        except PageError:
            self._remember(address, last)
            raise
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

    def _remember(self, address: str, answer: "Fetched | None") -> None:
        self._looks[address] = Look(answer=answer, at=self._clock())
        self._looks.move_to_end(address)
        if len(self._looks) > MOST_REMEMBERED:
            self._looks.popitem(last=False)


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
    following = Watch(reach)
    done = 0
    try:
        while True:
            began = time.monotonic()
            summary = add(store, following.round(places), settings=settings, problem=problem)
            made = make_if_possible(store, tell)
            done += 1
            if made is not None and made.stories + made.gone:
                tell(made.says)
            tell(status(summary, done))
            if done == rounds:
                return summary
            time.sleep(max(0.0, began + every - time.monotonic()))
    finally:
        following.close()


def status(summary: AddSummary, done: int) -> str:
    """Return what a round found, in one line."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    counts = ", ".join(f"{getattr(summary, name)} {name}" for name in ("new", "revised", "same", "failed"))
    return f"{now} round {done}: {counts}; the ledger has {summary.articles} articles, {summary.claims} claims"
