"""Calendar arithmetic: days, weeks, months, seasons, holidays -> intervals of days, with or without hours.

In go dates and numbers that were read off the text, out come Values: first and last day, both included, the hours on
them, and how exact they are. Weeks run from Monday to Sunday unless the caller says that they begin on Sunday. Nothing
here reads text, and nothing is counted from today: the caller gives the day. A date outside the calendar raises
ValueError or OverflowError, which times.py turns into a time that is not resolved.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.records import TimePrecision

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

PARTS = {
    "early": ("00:00", "08:00"), "dawn": ("04:00", "08:00"), "daybreak": ("04:00", "08:00"),
    "sunrise": ("04:00", "08:00"), "morning": ("06:00", "12:00"), "midday": ("11:00", "14:00"),
    "lunchtime": ("11:00", "14:00"), "afternoon": ("12:00", "18:00"), "dusk": ("16:00", "21:00"),
    "sunset": ("16:00", "21:00"), "evening": ("18:00", "23:59"), "late": ("18:00", "23:59"),
}  # fmt: skip
"""Hours of the parts of a day, a convention (gold/README.md: how times are coded)."""

NIGHT = ("18:00", "06:00")
"""Hours of a night: from the evening to the morning of the next day."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of the three of a season, as on the northern half of the earth."""

THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
"""Days of the thirds of a month (gold/README.md)."""


class Value(msgspec.Struct, frozen=True):
    """An interval of days, both included; None where it is open. low and high are the hours on first and last day.

    days is True where the ends are days although the words are no more exact than a week, month or year.
    """

    first: date | None
    last: date | None
    precision: TimePrecision
    low: str | None = None
    high: str | None = None
    days: bool = False
    says: str = ""

    def because(self, says: str) -> "Value":
        """Return the same interval with another reason."""
        return Value(self.first, self.last, self.precision, self.low, self.high, self.days, says)


def one_day(day: date) -> Value:
    """Return a day."""
    return Value(day, day, "day")


def add_months(day: date, months: int) -> date:
    """Return the same day of a month that is so many months later, or the last one where the month is shorter."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_month(year: int, month: int) -> Value:
    """Return a month."""
    return Value(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def months_on(year: int, month: int, count: int) -> Value:
    """Return so many months from the first of one."""
    first = date(year, month, 1)
    return Value(first, add_months(first, count) - timedelta(days=1), "month")


def whole_year(year: int) -> Value:
    """Return a year."""
    return Value(date(year, 1, 1), date(year, 12, 31), "year")


def years(first: int, last: int) -> Value:
    """Return several years."""
    return Value(date(first, 1, 1), date(last, 12, 31), "year")


def week_of(day: date, *, sunday: bool = False) -> Value:
    """Return the week of a day."""
    first = day - timedelta(days=(day.weekday() + sunday) % 7)
    return Value(first, first + timedelta(days=6), "week")


def weekend_of(day: date, *, ahead: bool) -> Value:
    """Return the weekend a day lies in, else the one before it, or looking ahead the one behind it."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    if ahead and day.weekday() < 5:
        saturday += timedelta(days=7)
    return Value(saturday, saturday + timedelta(days=1), "day")


def season_of(name: str, year: int) -> Value:
    """Return a season that begins in a year."""
    return months_on(year, SEASONS[name], 3)


def weekday_near(number: int, day: date, *, ahead: bool) -> Value:
    """Return the nearest such weekday, not after the day or, looking ahead, not before it."""
    gap = number - day.weekday()
    return one_day(day + timedelta(days=gap % 7 if ahead else -(-gap % 7)))


def nth_weekday(nth: int, number: int, year: int, month: int) -> Value:
    """Return the nth such weekday of a month; the last one for 0.

    Raises:
        ValueError: the month has no such day.
    """
    first = date(year, month, 1)
    day = first + timedelta(days=(number - first.weekday()) % 7 + 7 * (nth - 1))
    if nth == 0:
        last = whole_month(year, month).last or first
        day = last - timedelta(days=(last.weekday() - number) % 7)
    if day.month != month:
        raise ValueError(f"{year}-{month:02d} has no weekday {number} number {nth}")
    return one_day(day)


def third_of_month(month: Value, part: str) -> Value:
    """Return the first ten days of a month (early), the second (mid), or the rest (late)."""
    low, high = THIRDS[part]
    first = month.first or date.min
    end = monthrange(first.year, first.month)[1]
    return Value(first.replace(day=low), first.replace(day=min(high, end)), "day")


def third_of_year(year: int, part: str) -> Value:
    """Return the first four months of a year (early), the second (mid), or the third (late)."""
    return months_on(year, {"early": 1, "mid": 5, "late": 9}[part], 4)


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (Anonymous Gregorian algorithm, Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


@cache
def holidays() -> dict[str, str]:
    """Return the rules of lexicon/holidays.tsv by name in small letters."""
    return {row["name"]: row["rule"] for row in rows("holidays")}


def holiday(rule: str, year: int) -> Value:
    """Return a holiday of a year.

    Args:
        rule: `12-25` for a day of a month, `easter-2` for days from Easter, `11 thursday 4` for the fourth Thursday of
            November (0 is the last).
        year: the year.

    Raises:
        ValueError: the rule is `moon`: a feast whose days follow the moon, which is not computed.
    """
    if rule.startswith("easter"):
        return one_day(easter(year) + timedelta(days=int(rule[6:] or 0)))
    if " " in rule:
        month, name, nth = rule.split()
        return nth_weekday(int(nth), WEEKDAYS.index(name), year, int(month))
    month, day = rule.split("-")
    return one_day(date(year, int(month), int(day)))


def nearest_year(of_year: dict[int, Value], day: date, tense: str | None, soon: int) -> Value:
    """Return which of the same dates of three years is meant: last year's, this year's or next year's.

    Args:
        of_year: year -> the date in it, of the years around the day that have it.
        day: the day of the page.
        tense: `ahead` takes the first one not before the day, `behind` the last one that has begun.
        soon: with tense None one that begins at most so many days behind the day is meant, else the last one.
    """
    dated = sorted((value.first or date.min, value.last or date.max, year) for year, value in of_year.items())
    begun = [year for first, _, year in dated if first <= day]
    coming = [(first, year) for first, last, year in dated if last >= day]
    if tense == "ahead" and coming:
        return of_year[coming[0][1]]
    if tense is None and coming and 0 < (coming[0][0] - day).days <= soon:
        return of_year[coming[0][1]]
    return of_year[begun[-1] if begun else dated[0][2]]


def with_hours(day: Value, low: str, high: str) -> Value:
    """Return hours of one day."""
    return Value(day.first, day.last, "part_of_day", low, high)


def night_from(day: date) -> Value:
    """Return the night that begins on a day."""
    return Value(day, day + timedelta(days=1), "part_of_day", *NIGHT)
