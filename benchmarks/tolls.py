"""A reading -> its killed and injured, for sets that code a page or an incident and not each number.

A page tells its toll several times and in parts; these sets want one number: that of the page's totals. Sets that code
every number need none of this.
"""

from onrecord.reading.totals import page_totals
from onrecord.records import Number, Reading

KILLED = frozenset({"killed"})
INJURED = frozenset({"injured", "hospitalised"})
"""Somebody in hospital counts as injured in all sets that use this."""


def first_totals(reading: Reading) -> dict[str, Number]:
    """Return the best numbers killed and injured of the incident that a page opens with; 0 where it gives none."""
    best = {total.outcome: total.best or 0 for total in page_totals(reading) if total.incident == 0}
    return {outcome: best.get(outcome, 0) for outcome in ("killed", "injured")}
