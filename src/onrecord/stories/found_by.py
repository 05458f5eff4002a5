"""An article's sketch and fingerprint -> the little of them by which other articles find it.

Window and CopyIndex hold these for every article of some weeks, a ledger keeps them beside the article: what is found
is then compared in full. Which terms and shingles these are depends on that article alone.
"""

from onrecord.records import Record
from onrecord.stories.copies import Fingerprint
from onrecord.stories.likeness import WINDOW_DAYS, Sketch
from onrecord.stories.wording import Vector

HEAVY_TERMS = 50
"""Terms that an article is found by; the rest is mostly common words."""


class FoundBy(Record, frozen=True, kw_only=True, array_like=True):
    """Day (days since year 1), heaviest terms and names with their weights, and the shingles that an index keeps."""

    day: int | None
    terms: Vector
    names: Vector
    shingles: tuple[int, ...]


def found_by(made: Sketch, print_: Fingerprint) -> FoundBy:
    """Return what an article is found by."""
    return FoundBy(
        day=made.day,
        terms=dict(list(made.wording.terms.items())[:HEAVY_TERMS]),
        names=made.wording.names,
        shingles=tuple(print_.kept),
    )


def in_window(a: int | None, b: int | None) -> bool:
    """Say whether articles of these days are compared at all: one without a date is compared with all."""
    return a is None or b is None or abs(a - b) <= WINDOW_DAYS
