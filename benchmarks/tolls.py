"""Figures of one page -> its killed and injured, for sets that code a page or an incident and not each number.

A page tells its toll several times and in parts; these sets want one number. Takes only what is reported as having
happened and is no part of another count, so far as the reader says so. Sets that code every number need none of this.
"""

from collections.abc import Collection, Iterable

from onrecord.reading.totals import page_totals
from onrecord.records import Figure, Number, Reading

KILLED = frozenset({"killed"})
INJURED = frozenset({"injured", "hospitalised"})
"""Somebody in hospital counts as injured in all sets that use this."""

WHOLE_KINDS = frozenset({"total", "running_total"})
PART_KINDS = frozenset({"subset", "increment"})


def reported(figures: Iterable[Figure], outcomes: Collection[str]) -> list[Figure]:
    """Return the figures of these outcomes that count towards a toll: actual, not denied, not older, not background."""
    return [
        figure
        for figure in figures
        if figure.outcome in outcomes
        and figure.kind in WHOLE_KINDS | PART_KINDS
        and figure.polarity != "denied"
        and figure.modality == "actual"
    ]


def first_totals(reading: Reading) -> dict[str, Number]:
    """Return the best numbers killed and injured of the incident that a page opens with; 0 where it gives none."""
    best = {total.outcome: total.best or 0 for total in page_totals(reading) if total.incident == 0}
    return {outcome: best.get(outcome, 0) for outcome in ("killed", "injured")}


def page_total(figures: Iterable[Figure], outcomes: Collection[str]) -> Number:
    """Return the largest whole count of these outcomes; without one the largest part; 0 without any."""
    counted = reported(figures, outcomes)
    for kinds in (WHOLE_KINDS, PART_KINDS):
        values = [value for figure in counted if figure.kind in kinds and (value := value_of(figure)) is not None]
        if values:
            return max(values)
    return 0


def value_of(figure: Figure) -> Number | None:
    """Return the printed number; else the lower limit, else the upper one."""
    for value in (figure.point, figure.low, figure.high):
        if value is not None:
            return value
    return None
