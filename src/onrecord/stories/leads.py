"""A series -> who put each of its values on record first, who repeats it, and how long after.

The chain of a figure runs from the account that prints it back to the first one with that value; `origins` says which
agency or source an account goes back to.
"""

from datetime import datetime

from msgspec.structs import replace

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
    """Return a lead for each number of a series, in order of time; earlier ones of a revised text count as well.

    "At least 14" and 14 are one number; words without a number have no lead.
    """
    found: dict[Number, list[SeriesPoint]] = {}
    for point in series.points:
        limit = point.high if point.low is None else point.low
        if limit is not None:
            found.setdefault(limit, []).append(point)
    return tuple(
        Lead(first=first, repeats=tuple(Repeat(point=one, lag=lag(first, one)) for one in rest))
        for first, *rest in found.values()
    )


def with_leads(series: Series) -> Series:
    """Return the series with, at each point, who put its number on record first and how long before."""
    before = {
        (repeat.point.article, repeat.point.figure): (lead.first.figure, repeat.lag)
        for lead in leads(series)
        for repeat in lead.repeats
    }
    points = []
    for point in series.points:
        first, hours = before.get((point.article, point.figure), (None, None))
        points.append(replace(point, first=first, lag_hours=hours))
    return replace(series, points=tuple(points))


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
