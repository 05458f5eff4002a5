"""Articles that hang together -> the stories they make. A pure function of the articles and what is decided of them.

Only one article of each group of copies has a say; the groups are cut into stories by average link. What hangs together
is found elsewhere (clusters.py in memory, a ledger in its tables), which articles are cut at once in pieces.py.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import log
from typing import NamedTuple

import numpy as np

from onrecord.records import Copy
from onrecord.stories.accounts import Account
from onrecord.stories.copies import Fingerprint, Reuse, groups, reuse
from onrecord.stories.likeness import Sketch, likeness
from onrecord.stories.linkage import average_link, with_lone
from onrecord.stories.outlines import Outline, outline, source_key

SAME_STORY = 0.5
"""Mean likeness of two groups of articles from which they are one story: as likely as not."""

GROWTH = 0.95
"""Power of the number of pairs in that mean where all articles have dates: a large story takes in what is a little like
many of its articles. Undated ones may lie years apart, where it would gather a topic."""

LONE_LIKE = 0.75
"""Mean likeness of a lone article and its NEAREST of a story from which it stands there: a side report (a family, a
hospital) is like the other side reports of a large story and little like the rest. On the development sets 0.8 to 0.95
take in nothing, 0.7 and 0.75 two articles of ECB+, rightly.
"""

NEAREST = 3
"""Articles of a story that a lone one is compared with: the most like."""

LEAST_DOUBT = 1e-6
"""Doubt that is left where two articles say the same on one day; what is as like cannot be cut."""

Decided = Mapping[str, set[str]]
"""Article -> the articles that a person put together with it, or apart from it; both ways."""


class Compared(NamedTuple):
    """Articles by id, and what was found between them; scores and reuses are both ways, below SAME_STORY left out."""

    accounts: Mapping[str, Account]
    sketches: Mapping[str, Sketch]
    prints: Mapping[str, Fingerprint]
    scores: Mapping[str, Mapping[str, float]]
    reuses: Mapping[str, Mapping[str, Reuse]]
    together: Decided
    apart: Decided


def like(a: str, b: str, sketches: Mapping[str, Sketch]) -> float:
    """Return the likeness of two articles, worked out from the lower id: sums of floats depend on their order."""
    first, second = (a, b) if a < b else (b, a)
    return likeness(sketches[first], sketches[second])


def reused(a: str, b: str, prints: Mapping[str, Fingerprint]) -> Reuse | None:
    """Return what two articles share of their text, a being the lower id; None where it is nothing."""
    first, second = (a, b) if a < b else (b, a)
    found = reuse(prints[first], prints[second])
    return None if found.kind == "none" else found


def copies_among(ids: Iterable[str], reuses: Mapping[str, Mapping[str, Reuse]]) -> tuple[Copy, ...]:
    """Return the pairs among these articles that share their text, by id."""
    chosen = set(ids)
    return tuple(
        Copy(a=a, b=b, kind="copy" if found.kind == "copy" else "partial", share=round(found.share, 3))
        for a in sorted(chosen)
        for b, found in sorted(reuses.get(a, {}).items())
        if a < b and b in chosen
    )


def cut(ids: Iterable[str], compared: Compared) -> Iterator[Outline]:
    """Yield the stories of the articles of a piece, whatever the order of the ids."""
    names = sorted(ids)
    by_first = {ranked[0]: ranked for group in _copies(names, compared) for ranked in [_ranked(group, compared)]}
    first_of = {id: first for first, group in by_first.items() for id in group}
    for firsts in _linked(sorted(by_first), first_of, compared):
        central = _central(firsts, compared)
        yield outline([[compared.accounts[id] for id in by_first[first]] for first in firsts], central)


def _copies(names: list[str], compared: Compared) -> Iterator[list[str]]:
    """Yield the groups of copies; articles that no chain of copies joins are never in one group."""
    left = set(names)
    copies = {id: [b for b, found in compared.reuses[id].items() if found.kind == "copy"] for id in names}
    for id in names:
        if id not in left:
            continue
        chain = sorted(_reached(id, lambda one: iter(copies[one]), left))
        if len(chain) == 1:
            yield chain
            continue
        inside = set(chain)
        reuses = {(a, b): found for a in chain for b, found in compared.reuses[a].items() if a < b and b in inside}
        apart = [(a, b) for a in chain for b in compared.apart.get(a, ()) if a < b and b in inside]
        yield from groups(chain, reuses, apart)


def _ranked(group: list[str], compared: Compared) -> list[str]:
    """Return copies of one text, its source first."""
    if len(group) == 1:
        return group
    return sorted(group, key=lambda id: source_key(compared.accounts[id], len(compared.prints[id].unique)))


def _linked(firsts: list[str], first_of: dict[str, str], compared: Compared) -> list[list[str]]:
    """Return the firsts of each story."""
    if len(firsts) == 1:
        return [firsts]
    row = {id: number for number, id in enumerate(firsts)}
    table = np.zeros((len(firsts), len(firsts)))
    for a, id in enumerate(firsts):
        for b in range(a):
            table[a, b] = table[b, a] = _score(firsts[b], id, compared)
    dated = all(compared.sketches[id].day is not None for id in firsts)
    pairs = [_rows(decided, first_of, row) for decided in (compared.together, compared.apart)]
    linked = average_link(table, SAME_STORY, growth=GROWTH if dated else 1.0, together=pairs[0], apart=pairs[1])
    whole = with_lone(linked, table, LONE_LIKE, NEAREST, apart=pairs[1])
    return [[firsts[number] for number in group] for group in whole]


def _score(a: str, b: str, compared: Compared) -> float:
    known = compared.scores[a].get(b)
    return like(a, b, compared.sketches) if known is None else known


def _central(firsts: list[str], compared: Compared) -> str:
    """Return the article that is most like the others of its story: that leaves the least doubt."""

    def doubt(id: str) -> float:
        return sum(log(max(LEAST_DOUBT, 1 - compared.scores[id].get(other, 0.0))) for other in firsts if other != id)

    return min(firsts, key=lambda id: (doubt(id), id))


def _reached(id: str, near: Callable[[str], Iterator[str]], inside: set[str]) -> set[str]:
    """Return what can be reached from an article inside a set, and take it out of that set."""
    found, waiting = {id}, [id]
    inside.discard(id)
    while waiting:
        for other in near(waiting.pop()):
            if other in inside:
                inside.discard(other)
                found.add(other)
                waiting.append(other)
    return found


def _rows(decided: Decided, first_of: dict[str, str], row: dict[str, int]) -> set[tuple[int, int]]:
    """Return what persons decided as pairs of rows; copies stand with the first of their group."""
    pairs = set()
    for a, others in decided.items():
        for b in others:
            first, second = row.get(first_of.get(a, "")), row.get(first_of.get(b, ""))
            if first is not None and second is not None and first < second:
                pairs.add((first, second))
    return pairs
