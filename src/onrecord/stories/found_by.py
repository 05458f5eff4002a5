"""An article's sketch and fingerprint -> the little of them by which other articles find it.

Window and CopyIndex hold these for articles in memory, a ledger in its tables: what is found is then compared in full.
Which terms and shingles these are depends on that article alone. Weights are whole numbers, so that a sum of products
is the same wherever and in whatever order it is worked out.
"""

from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from math import sqrt

from onrecord.records import Record
from onrecord.stories.copies import Fingerprint
from onrecord.stories.likeness import WINDOW_DAYS, Sketch

HEAVY_TERMS = 16
"""Terms that an article is found by: the heaviest of its text and its lead taken together."""

THOUSAND = 1000
"""Weights are in thousandths of a vector of length 1."""

WORTH_COMPARING = 60_000
"""Sum of products of weights (thousandths times thousandths) from which two articles are compared in full: 0.06.

From 0.06 to 0.07 the development sets give the same within two points; more articles to compare cost time.
"""

LONE_TIMES = 2
"""How many times that it must be where a single term is shared: one rare word meets by chance."""


class FoundBy(Record, frozen=True, kw_only=True, array_like=True):
    """Day (days since year 1), heaviest terms with their weights in thousandths, and the shingles that are kept."""

    day: int | None
    terms: dict[str, int]
    shingles: tuple[int, ...]


def found_by(made: Sketch, print_: Fingerprint) -> FoundBy:
    """Return what an article is found by."""
    both = Counter(made.wording.terms)
    both.update(made.wording.lead)
    length = sqrt(sum(weight * weight for weight in both.values())) or 1.0
    heaviest = sorted(both.items(), key=lambda item: (-item[1], item[0]))[:HEAVY_TERMS]
    terms = {term: round(THOUSAND * weight / length) for term, weight in heaviest}
    return FoundBy(day=made.day, terms=terms, shingles=tuple(print_.kept))


def term_keys(by: FoundBy) -> dict[int, int]:
    """Return the keys of the terms with their weights; a key is a whole number of 64 bits with a sign."""
    return {_key(term): weight for term, weight in by.terms.items()}


def shingle_keys(by: FoundBy) -> list[int]:
    """Return the keys of the shingles."""
    return [shingle - (1 << 64) if shingle >> 63 else shingle for shingle in by.shingles]


@lru_cache(maxsize=1 << 16)
def _key(term: str) -> int:
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little", signed=True)


def in_window(a: int | None, b: int | None) -> bool:
    """Say whether articles of these days are compared at all: one without a date is compared with all."""
    return a is None or b is None or abs(a - b) <= WINDOW_DAYS
