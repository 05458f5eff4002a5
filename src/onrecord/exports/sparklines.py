"""The main figure of a story over time -> a small SVG for lists, with the same in words. Decides nothing.

Only classes: the page that holds it styles them. It has the figures that took one another's place, as the line of the
chart has; copies, and figures without a date or number, are left out.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import UNSET

from onrecord.exports.charts import COURSE, middle_of
from onrecord.exports.marked import text
from onrecord.exports.scales import day_shown, moment, number_axis, time_axis
from onrecord.intervals import range_shown
from onrecord.records import Series, SeriesPoint, Story

WIDE, HIGH, EDGE = 120, 30, 5
"""Pixels: width and height of the picture, and what is left free around the line."""
RADIUS = 3
"""Pixels of the last dot."""


class _Seen(NamedTuple):
    at: float
    point: SeriesPoint


def sparkline(story: Story) -> str:
    """Return the course of a story's main figure; "" where fewer than two figures of it can be drawn."""
    series = main_series(story)
    if series is None:
        return ""
    found = [_Seen(at, point) for point in series.points if (at := moment(point.reported)) is not None]
    seen = sorted((one for one in found if _is_drawn(one.point)), key=lambda one: one.at)
    return _drawn(series, seen) if len(seen) > 1 else ""


def main_series(story: Story) -> Series | None:
    """Return the series of the story's main outcome that has most figures: of a whole count where there is one."""
    main, all_of = story.main_figure, () if story.series is UNSET else story.series
    if main is None:
        return None
    own = [one for one in all_of if one.outcome == main.outcome]
    return max(own, key=lambda one: (one.scope == "whole", sum(map(_is_drawn, one.points))), default=None)


def _is_drawn(point: SeriesPoint) -> bool:
    return not point.copy and point.state in COURSE and (point.low is not None or point.high is not None)


def _drawn(series: Series, seen: Sequence[_Seen]) -> str:
    middles = [middle_of(one.point) for one in seen]
    numbers = number_axis(middles, HIGH - EDGE, EDGE)
    times = time_axis([one.at for one in seen], EDGE, WIDE - EDGE)
    places = [(times.x(one.at), numbers.y(middle)) for one, middle in zip(seen, middles, strict=True)]
    steps = "".join(f"H{x:.0f}V{y:.0f}" for x, y in places[1:])
    x, y = places[-1]
    return (
        f'<svg class="spark" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{text(_words(series, seen))}">'
        f'<path class="base" d="M0 {HIGH - EDGE}H{WIDE}"/><path d="M{places[0][0]:.0f} {places[0][1]:.0f}{steps}"/>'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{RADIUS}"/></svg>'
    )


def _words(series: Series, seen: Sequence[_Seen]) -> str:
    first, last = seen[0], seen[-1]
    ends = [f"{range_shown(one.point.low, one.point.high)} on {day_shown(one.at, year=True)}" for one in (first, last)]
    return f"{series.outcome.replace('_', ' ')}, {len(seen)} figures: first {ends[0]}, last {ends[1]}"
