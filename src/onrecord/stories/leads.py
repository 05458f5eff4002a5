"""A series -> who put each of its values on record first, who repeats it, and how long after.

The chain of a figure runs from the account that prints it back to the first one with that value; `origins` says which
agency or source an account goes back to.
"""

from datetime import datetime

from onrecord.records import Number, Record, Series, SeriesPoint
from onrecord.stories.mentions import NOON, day_and_clock

HOUR_SECONDS = 3600.0


class Repeat(Record, frozen=True, kw_only=True):
    """A later point with the value of an earlier one. lag is in hours, whole days where a clock is not known."""

    point: SeriesPoint
    lag: float | None


class Lead(Record, frozen=True, kw_only=True):
    """The first point with a value, and those that repeat it in order of time."""

    first: SeriesPoint
    repeats: tuple[Repeat, ...] = ()


def leads(series: Series) -> tuple[Lead, ...]:
    """Return a lead for each value of a series, in order of time; earlier values of a revised text count as well."""
    found: dict[tuple[Number | None, Number | None], list[SeriesPoint]] = {}
    for point in series.points:
        found.setdefault((point.low, point.high), []).append(point)
    return tuple(
        Lead(first=first, repeats=tuple(Repeat(point=one, lag=lag(first, one)) for one in rest))
        for first, *rest in found.values()
    )


def lag(first: SeriesPoint, later: SeriesPoint) -> float | None:
    """Return the hours between two points; None where one of them has no full date."""
    times = []
    for point in (first, later):
        day, clock = day_and_clock(point.reported)
        try:
            times.append((datetime.fromisoformat(f"{day}T{clock or NOON}"), clock))
        except ValueError:
            return None
    (start, start_clock), (end, end_clock) = times
    if NOON in (start_clock, end_clock):
        return 24.0 * (end.date() - start.date()).days
    return (end - start).total_seconds() / HOUR_SECONDS
