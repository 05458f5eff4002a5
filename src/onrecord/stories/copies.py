"""Texts -> which of them share their words: copy, partial or none, with the stretches that are shared.

A text becomes the set of its 5-word shingles, with quotations and credit lines masked: two outlets that quote a speech
share the quotation, not the report. Two texts are compared by containment both ways and by their longest shared run.
`CopyIndex` finds the texts worth comparing; `groups` puts copies of one text together. Nothing here knows of stories.

Source of the rules: DESIGN decision 12; thresholds and their sensitivity stand in docs/decisions/0010-stories.md.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.records import Record, Span
from onrecord.stories.linkage import average_link

SHINGLE_WORDS = 5
"""Words of a shingle (DESIGN decision 12)."""

COPY_SHARE = 0.45
"""Share of the smaller text from which two texts are copies of one another (DESIGN decision 12)."""

COPY_WHOLE_SHARE = 0.5
"""The same with quotations left in: an own story with a pasted passage has quotations of its own."""

PARTIAL_SHARE = 0.12
"""Share of the smaller text from which it is partly reused (DESIGN decision 12)."""

PARTIAL_RUN_WORDS = 40
"""Words of a shared run from which a text is partly reused even where its share is small: about one paragraph."""

FEWEST_SHINGLES = 6
"""Shared shingles below which nothing is said: one stock phrase makes as many."""

GROUP_SHARE = 0.3
"""Mean share, over all pairs of two groups, from which they are one group; pairs that are no copies count as 0."""

KEPT_OF = 8
"""One shingle of this many is kept in the index, chosen by its hash: the same ones in every text."""

FEWEST_KEPT = 1
"""Kept shingles that two texts must share to be compared."""

SHORT_LINE_WORDS = 12
"""Words up to which a line without a closing mark is no running text: a heading, a promo, a byline."""

LONGEST_QUOTATION = 1500
"""Characters up to which an opening mark is taken with the next closing one."""

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
QUOTATION = re.compile(
    rf"[\u201c\u201e\u00ab][^\u201d\u00bb]{{2,{LONGEST_QUOTATION}}}[\u201d\u00bb]"
    rf"|(?<![^\s(\[\u2014\u2013-])\"[^\"\n]{{2,{LONGEST_QUOTATION}}}\""
    rf"|``.{{2,{LONGEST_QUOTATION}}}?''"
)
CREDIT_LINE = re.compile(
    r"^\W*(?:(?:additional |with )?(?:reporting|writing|editing|inputs?|contributions?)\s+(?:by|from)\b.*"
    r"|.{0,60}\bcontributed to this (?:report|story|article)\b.*"
    r"|our standards: .*|(?:copyright|\u00a9)\b.*|all rights reserved\b.*)$",
    re.I | re.M,
)

SHORT_LINE = re.compile(
    rf"^(?!.*[.!?:;,\"\u201d'\u2019)]\s*$)[^\S\n]*\S+(?:[^\S\n]+\S+){{0,{SHORT_LINE_WORDS - 1}}}[^\S\n]*$", re.M
)
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""An odd number with well spread bits (2**64 over the golden ratio): neighbouring hashes end far apart."""

Kind = Literal["copy", "partial", "none"]
Hashes = npt.NDArray[np.uint64]


class Shared(Record, frozen=True, kw_only=True):
    """A stretch that stands in both texts: where it is in each, and how many words it has."""

    a: Span
    b: Span
    words: int


class Reuse(Record, frozen=True, kw_only=True):
    """What two texts share.

    share_a is the share of a's shingles found in b, share_b the other way round, 0 to 1; run is the longest shared run
    in words. stretches are filled in by `compare` for every kind but none.
    """

    kind: Kind
    share_a: float = 0.0
    share_b: float = 0.0
    run: int = 0
    stretches: tuple[Shared, ...] = ()

    @property
    def share(self) -> float:
        """The share of the smaller text."""
        return max(self.share_a, self.share_b)


class Fingerprint(NamedTuple):
    """The shingles of a text without its quotations: in text order, from and to which character, and as a sorted set.

    whole is the sorted set of all shingles, those of quotations among them.
    """

    shingles: Hashes
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    unique: Hashes
    whole: Hashes

    @property
    def kept(self) -> list[int]:
        """The shingles that an index keeps."""
        kept: list[int] = self.unique[self.unique % np.uint64(KEPT_OF) == 0].tolist()
        return kept


@lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def fingerprint(text: str) -> Fingerprint:
    """Return the shingles of a text; a text that is little else than quotations is taken with them.

    Lines that are no running text (credits, headings, promos) have no part in any shingle.
    """
    found = list(WORD.finditer(text))
    starts = np.array([match.start() for match in found], dtype=np.int64)
    ends = np.array([match.end() for match in found], dtype=np.int64)
    hashes = _mixed(np.array([_word_hash(match.group().lower()) for match in found], dtype=np.uint64))
    running = ~(_inside(text, CREDIT_LINE, starts) | _inside(text, SHORT_LINE, starts))
    own = running & ~_inside(text, QUOTATION, starts)
    whole, unquoted = _complete(running), _complete(own)
    if unquoted.sum() < FEWEST_SHINGLES:
        unquoted = whole
    last = ends[SHINGLE_WORDS - 1 :]
    return Fingerprint(
        hashes[unquoted],
        starts[: len(hashes)][unquoted],
        last[unquoted],
        np.unique(hashes[unquoted]),
        np.unique(hashes[whole]),
    )


def _mixed(words: Hashes) -> Hashes:
    """Return the hash of each run of SHINGLE_WORDS words."""
    count = max(0, len(words) - SHINGLE_WORDS + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE_WORDS if count else 0):
        mixed = mixed * MULTIPLIER + words[place : place + count]
    mixed ^= mixed >> np.uint64(29)
    mixed *= MULTIPLIER
    mixed ^= mixed >> np.uint64(32)
    return mixed


def _inside(text: str, pattern: re.Pattern[str], starts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Say of each word whether it starts inside a match."""
    change = np.zeros(len(starts) + 1, dtype=np.int64)
    for match in pattern.finditer(text):
        first, last = np.searchsorted(starts, match.span())
        change[first] += 1
        change[last] -= 1
    inside: npt.NDArray[np.bool_] = np.cumsum(change[:-1]) > 0
    return inside


def _complete(taken: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say of each run of SHINGLE_WORDS words whether all of them are taken."""
    upto = np.concatenate(([0], np.cumsum(taken)))
    complete: npt.NDArray[np.bool_] = upto[SHINGLE_WORDS:] - upto[:-SHINGLE_WORDS] == SHINGLE_WORDS
    return complete


def reuse(a: Fingerprint, b: Fingerprint) -> Reuse:
    """Say what two texts share, without the stretches."""
    shared = len(np.intersect1d(a.unique, b.unique, assume_unique=True))
    if shared < FEWEST_SHINGLES:
        return Reuse(kind="none")
    share_a, share_b = shared / len(a.unique), shared / len(b.unique)
    share = max(share_a, share_b)
    run = 0
    kind: Kind = "partial" if share >= PARTIAL_SHARE else "none"
    if share >= COPY_SHARE and _share(a.whole, b.whole) >= COPY_WHOLE_SHARE:
        kind = "copy"
    if kind == "none" and shared >= PARTIAL_RUN_WORDS - SHINGLE_WORDS + 1:
        run = max(stretch.words for stretch in stretches(a, b))
        kind = "partial" if run >= PARTIAL_RUN_WORDS else "none"
    return Reuse(kind=kind, share_a=share_a, share_b=share_b, run=run)


def _share(a: Hashes, b: Hashes) -> float:
    return len(np.intersect1d(a, b, assume_unique=True)) / max(1, min(len(a), len(b)))


def compare(a: str, b: str) -> Reuse:
    """Say what two texts share, with the stretches, longest first."""
    mine, other = fingerprint(a), fingerprint(b)
    found = reuse(mine, other)
    if found.kind == "none":
        return found
    shared = stretches(mine, other)
    return Reuse(
        kind=found.kind, share_a=found.share_a, share_b=found.share_b, run=shared[0].words, stretches=tuple(shared)
    )


def stretches(a: Fingerprint, b: Fingerprint) -> list[Shared]:
    """Return the stretches that two texts share, longest first; each place of a is used once."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, shingle in enumerate(b.shingles.tolist()):
        places[shingle].append(place)
    mine = a.shingles.tolist()
    found = []
    at = 0
    while at < len(mine):
        best, start = 0, 0
        for place in places.get(mine[at], ()):
            length = 1
            while (
                at + length < len(mine)
                and place + length < len(b.shingles)
                and mine[at + length] == b.shingles[place + length]
            ):
                length += 1
            if length > best:
                best, start = length, place
        if best:
            last_a, last_b = at + best - 1, start + best - 1
            found.append(
                Shared(
                    a=Span(int(a.starts[at]), int(a.ends[last_a])),
                    b=Span(int(b.starts[start]), int(b.ends[last_b])),
                    words=best + SHINGLE_WORDS - 1,
                )
            )
        at += max(1, best)
    return sorted(found, key=lambda stretch: (-stretch.words, stretch.a))


class CopyIndex:
    """Which texts are worth comparing: those that share kept shingles. Looking up costs what is found, not the size."""

    def __init__(self) -> None:
        self._ids: dict[int, list[str]] = {}

    def add(self, id: str, kept: Iterable[int]) -> None:
        """Take in a text, by the shingles that are kept of it, under an id that is not in the index."""
        for shingle in kept:
            self._ids.setdefault(shingle, []).append(id)

    def remove(self, id: str, kept: Iterable[int]) -> None:
        """Leave out a text again."""
        for shingle in kept:
            rest = [other for other in self._ids.get(shingle, ()) if other != id]
            if rest:
                self._ids[shingle] = rest
            else:
                self._ids.pop(shingle, None)

    def like(self, kept: Iterable[int]) -> list[str]:
        """Return the ids of texts that share kept shingles with this one, by id."""
        found: Counter[str] = Counter()
        for shingle in kept:
            found.update(self._ids.get(shingle, ()))
        return sorted(id for id, times in found.items() if times >= FEWEST_KEPT)


def groups(
    ids: Iterable[str], reuses: Mapping[tuple[str, str], Reuse], apart: Iterable[tuple[str, str]] = ()
) -> list[list[str]]:
    """Put articles whose text comes from one text together, by average link over copy edges only.

    Args:
        ids: all articles; one without copies is a group of its own.
        reuses: what pairs share, keyed by their ids in order.
        apart: pairs that never stand in one group.
    """
    names = sorted(ids)
    place = {id: number for number, id in enumerate(names)}
    shares = np.zeros((len(names), len(names)))
    for (a, b), found in reuses.items():
        if found.kind == "copy" and a in place and b in place:
            shares[place[a], place[b]] = shares[place[b], place[a]] = found.share
    closed = [(place[a], place[b]) for a, b in apart if a in place and b in place]
    return [[names[number] for number in group] for group in average_link(shares, GROUP_SHARE, apart=closed)]
