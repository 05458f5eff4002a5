"""Articles that hang together -> the piece that each stands in, looked for from that article alone.

A piece is what hangs together, directly or through others. Where that is too much it is taken at the next level, at
which only articles that are more alike hang together, and so on until it is small enough: the piece of an article
depends on what is around it, and what is found costs the same however many articles there are. `unsettled` says whose
piece may be another one after some articles came, went or changed; all others stand as they stood.

What hangs together is found elsewhere (clusters.py in memory, shelf.py in a ledger); nothing is cut or kept here.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from onrecord.stories.cutting import LEAST_DOUBT, SAME_STORY, Compared

MOST_TOGETHER = 100
"""Articles of a piece, copies of one text counted once; a larger one is taken at the next level. All pairs of a piece
are compared, so that this bounds what one article costs; 40 to 300 give the same on all development sets."""

TIGHTER = 0.5
"""What is left, from level to level, of the doubt that two articles may have and hang together."""

LOOKED_AT_ONCE = 50
"""Articles whose neighbours are asked for at once."""

FIRM = 2.0
"""How firmly copies hang together, and what a person put together: more than any likeness."""


Fetch = Callable[[Iterable[str]], None]
"""Called with articles before their links are looked at; those that have none then are no articles."""


def _levels() -> Iterator[float]:
    doubt = 1 - SAME_STORY
    while doubt > LEAST_DOUBT:
        yield 1 - doubt
        doubt *= TIGHTER
    yield 1 - doubt


LEVELS = tuple(_levels())
"""Least likeness of two articles that hang together, level by level."""


def ties(id: str, links: Compared) -> dict[str, float]:
    """Return what an article hangs together with directly and how firmly: its likeness, or FIRM."""
    return {**links.scores[id], **dict.fromkeys(_copies(id, links), FIRM), **dict.fromkeys(_put_with(id, links), FIRM)}


def firmest(*several: Mapping[str, float]) -> dict[str, float]:
    """Return how firmly each article is tied at most."""
    found: dict[str, float] = {}
    for tied in several:
        found |= {id: max(firm, found.get(id, 0.0)) for id, firm in tied.items()}
    return found


def _copies(id: str, links: Compared) -> Iterator[str]:
    return (other for other, found in links.reuses[id].items() if found.kind == "copy")


def _put_with(id: str, links: Compared) -> Collection[str]:
    return links.together.get(id, ())


class Pieces:
    """The pieces of articles, found when they are asked for and then known."""

    def __init__(
        self,
        links: Compared,
        fetch: Fetch = lambda _: None,
        *,
        without: Collection[str] = (),
        more: int = 0,
    ) -> None:
        """Take what links articles.

        Args:
            links: what was found between them.
            fetch: makes those links known that are looked at next.
            without: articles that are taken as not being there.
            more: by how much a piece may be larger than MOST_TOGETHER.
        """
        self._links, self._fetch, self._without = links, fetch, without
        self._most = MOST_TOGETHER + more
        self._known: dict[str, tuple[float, set[str]]] = {}
        self._too_large: list[set[str]] = [set() for _ in LEVELS]

    def of(self, id: str) -> tuple[float, set[str]]:
        """Return the piece of an article and the least likeness in it; an empty one where there is no such article."""
        if id in self._known:
            return self._known[id]
        for too_large, least in zip(self._too_large, LEVELS, strict=True):
            if id in too_large:
                continue
            found, whole = self._reached(id, least)
            if whole or least == LEVELS[-1]:
                self._known |= dict.fromkeys(found, (least, found))
                return least, found
            too_large |= found
        raise AssertionError("the last level ends the loop")

    def _reached(self, id: str, least: float) -> tuple[set[str], bool]:
        """Return what hangs together with an article, and whether that is all of it and small enough."""
        found: set[str] = set()
        noticed, waiting, texts = {id}, [id], 0
        while waiting:
            some = waiting[:LOOKED_AT_ONCE]
            del waiting[:LOOKED_AT_ONCE]
            self._fetch(some)
            for one in some:
                if one in found or not self._is_there(one):
                    continue
                chain = self._chain(one)
                found |= chain
                texts += 1
                if texts > self._most and least != LEVELS[-1]:
                    return found, False
                near = (other for copy in chain for other in self._near(copy, least))
                new = sorted(set(near) - noticed)
                noticed.update(new)
                waiting += new
        return found, True

    def _chain(self, id: str) -> set[str]:
        """Return the article with its copies, and theirs."""
        chain, level = {id}, {id}
        while level:
            level = {copy for one in level for copy in _copies(one, self._links)} - chain
            self._fetch(level)
            level = set(filter(self._is_there, level))
            chain |= level
        return chain

    def _near(self, id: str, least: float) -> Iterator[str]:
        yield from (other for other, score in self._links.scores[id].items() if score >= least)
        yield from _put_with(id, self._links)

    def _is_there(self, id: str) -> bool:
        return id in self._links.scores and id not in self._without


def unsettled(
    touched: Collection[str],
    tied: Mapping[str, float],
    links: Compared,
    fetch: Fetch = lambda _: None,
) -> set[str]:
    """Return the articles whose piece may be another one than before; the others stand as they stood.

    Args:
        touched: articles that came, went or changed, or of which a person decided something.
        tied: what they hang together with, now or before, and how firmly.
        links: what links all articles now.
        fetch: as in Pieces.
    """
    # What was whole without them and is tied to them at its level is another piece with them. Copies of one text count
    # once: with one of them gone, as many more may count as it had copies.
    firm = sum(strength >= FIRM for strength in tied.values())
    rest = Pieces(links, fetch, without=touched, more=firm)
    found = set(touched)
    fetch(tied)
    for id, strength in tied.items():
        if id in touched:
            continue
        least, piece = rest.of(id)
        if strength >= least:
            found |= piece
    return found
