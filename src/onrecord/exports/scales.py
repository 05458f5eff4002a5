"""Moments and numbers of a chart -> places on its axes, in pixels. Reads no record and writes no mark-up.

An axis of numbers starts at 0. A number far beyond the others stands at its top, off the scale, so that the others can
still be told apart; a chart must say so.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from math import ceil, floor, log10
from statistics import median

from onrecord.records import Record

HOUR = 3600.0
"""Seconds."""
STEPS = (1, 3, 6, 12, 24, 48, 96, 168, 336, 730, 1461, 2922, 8766, 17532, 87660)
"""Hours between two marks of a time axis: parts of a day, days, weeks, then parts of years of 365.25 days."""
DAY = 24
"""Hours from which marks of a time axis need no clock."""
MOST_TIMES, MOST_NUMBERS = 9, 5
"""Marks of an axis, at most."""
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Steps of a number axis, of each power of ten."""
FAR = 20
"""Times the median from which a number is off the scale: a misread or another quantity, seldom a revision."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOON = "T12:00:00"
"""Stands for the clock of a report that has none."""


def moment(reported: str | None) -> float | None:
    """Return a date, or a date and time, as seconds since 1970 in UTC; None for what is no full date."""
    if reported is None:
        return None
    given = reported if "T" in reported else reported + NOON
    try:
        read = datetime.fromisoformat(given)
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def day_shown(at: float, *, year: bool = False) -> str:
    """Return the day of a moment: 4 Mar, or 4 Mar 2026."""
    day = datetime.fromtimestamp(at, UTC)
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


class TimeAxis(Record, frozen=True, kw_only=True):
    """Moments first to last (seconds) from left to right (pixels)."""

    first: float
    last: float
    left: float
    right: float

    def x(self, at: float) -> float:
        """Return where a moment stands; the middle when all are one."""
        if self.first == self.last:
            return (self.left + self.right) / 2
        return self.left + (at - self.first) / (self.last - self.first) * (self.right - self.left)

    def marks(self) -> list[tuple[float, str]]:
        """Return places and names of the marks: days, with a clock where they are less than a day apart."""
        if self.first == self.last:
            return [(self.x(self.first), day_shown(self.first, year=True))]
        wide = (self.last - self.first) / HOUR
        step = next((step for step in STEPS if wide / step <= MOST_TIMES), STEPS[-1]) * HOUR
        made = [ceil(self.first / step) * step]
        while made[-1] + step <= self.last:
            made.append(made[-1] + step)
        named = [(self.x(at), self._name(at, step)) for at in made if at <= self.last]
        if named and ":" in named[0][1]:
            named[0] = (named[0][0], f"{day_shown(made[0])}, {named[0][1]}")
        return named

    def _name(self, at: float, step: float) -> str:
        day = day_shown(at, year=self.last - self.first > 300 * DAY * HOUR)
        clock = datetime.fromtimestamp(at, UTC).strftime("%H:%M")
        return day if step >= DAY * HOUR or clock == "00:00" else clock


def time_axis(moments: Iterable[float], left: float, right: float) -> TimeAxis:
    """Return the axis of these moments; of 1970 when there are none."""
    known = list(moments) or [0.0]
    return TimeAxis(first=min(known), last=max(known), left=left, right=right)


class NumberAxis(Record, frozen=True, kw_only=True):
    """Numbers from 0 to top, from y = bottom up to y = head (pixels, downwards)."""

    top: float
    bottom: float
    head: float
    step: float

    def y(self, number: float) -> float:
        """Return where a number stands; one that is off the scale stands at the head."""
        return self.bottom - min(max(number, 0.0), self.top) / self.top * (self.bottom - self.head)

    def off(self, number: float) -> bool:
        """Say whether a number is off the scale."""
        return number > self.top

    def marks(self) -> list[float]:
        """Return the numbers that are marked, 0 among them."""
        return [self.step * n for n in range(floor(self.top / self.step + 1e-9) + 1)]


def number_axis(numbers: Sequence[float], bottom: float, head: float) -> NumberAxis:
    """Return the axis of these numbers: up to the greatest that is not FAR beyond their median."""
    middle = median(numbers) if numbers else 0.0
    near = [number for number in numbers if middle <= 0 or number <= FAR * middle]
    greatest = max(near, default=0.0) or 1.0
    power = 10.0 ** floor(log10(greatest / MOST_NUMBERS))
    step = next(nice * power for nice in NICE if greatest / (nice * power) <= MOST_NUMBERS)
    if all(float(number).is_integer() for number in near):
        step = max(1.0, ceil(step))
    return NumberAxis(top=ceil(greatest / step) * step, bottom=bottom, head=head, step=step)
