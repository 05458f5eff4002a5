"""The words of one day, and of hours on it -> a Value: "March 3", "late Friday", "the following morning", "5 p.m.".

In go words in small letters and a Scene, out comes a Value, None when the words name no day, or a time that is not
resolved with its reason. Longer times are read in time_spans.py.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from onrecord.reading.time_context import Scene, day_before, offset_at, offset_text, unresolved, zones
from onrecord.reading.time_values import (
    MONTHS,
    PARTS,
    WEEKDAYS,
    Value,
    holiday,
    holidays,
    nearest_year,
    night_from,
    nth_weekday,
    one_day,
    week_of,
    weekday_near,
    with_hours,
)

SOON = 60
"""Days within which a date without a year lies ahead when the words do not say; the last one is else ten months old."""

RELATIVE = "counts from an event whose day the text does not give"
MONTH_NAMES = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY_NUMBER = r"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?"
TO_DAY = r"(?:\s?(?:-|\u2013|to|through|and)\s?(?P<to>[12]?\d|3[01])(?:st|nd|rd|th)?(?![\d:]))?"
YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b(?![-/]?\d)")
MONTH_DAY = re.compile(rf"\b{MONTH_NAMES}\s+(?:the\s+)?{DAY_NUMBER}{TO_DAY}(?![\d:]|\s?[ap]\.?m\b)")
DAY_MONTH = re.compile(rf"\b{DAY_NUMBER}{TO_DAY}\s+(?:of\s+)?{MONTH_NAMES}")
ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
DOTTED_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
WEEKDAY = re.compile(
    r"\b(?:(?P<which>last|past|next|this|coming|previous|following)\s+)?"
    r"(?:(?:early|late|earlier|later|mid)[\s-]+)?"
    r"(?P<name>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?P<many>s)?\b(?!')\.?"
)
NTH_WEEKDAY = re.compile(
    rf"\b(?P<nth>first|second|third|fourth|last)\s+(?P<name>{'|'.join(WEEKDAYS)})\s+(?:of|in)\s+{MONTH_NAMES}"
)
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0}
WEEK_BESIDE = re.compile(r"\b(?P<which>last|next|this|the previous|the following)\s+week\b")
CLOCK = re.compile(r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b")
CLOCK_24 = re.compile(r"\b(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)\b")
CLOCK_FLAT = re.compile(r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?=\s(?:gmt|utc|hours|hrs)\b)")
O_CLOCK = re.compile(r"\b(?P<hour>\d{1,2})\s?o'clock\b")
ZONE_WORD = re.compile(r"(?:(?:[ap]\.?m\.?|\d) (?!eastern|central|mountain|pacific)|\b(?=\w+ time))([a-z]{2,9})\b")
NIGHT_WORDS = re.compile(r"\b(?:night|nighttime)\b")
EARLY_HOURS = re.compile(r"\b(?:early (?:morning )?hours|small hours|before (?:dawn|daybreak|sunrise)|pre-?dawn)\b")
EARLY, LATE, TWELVE = re.compile(r"\bearly\b"), re.compile(r"\blate\b"), re.compile(r"\b(?:midnight|noon)\b")
PART = re.compile(rf"\b({'|'.join(part for part in PARTS if part not in ('early', 'late'))})\b")
NEXT_DAY = re.compile(r"\b(?:the )?(?:following|next|ensuing) (?P<unit>day|morning|afternoon|evening|night)\b")
DAY_BACK = re.compile(
    r"\b(?:previous|preceding) (?P<unit>day|morning|afternoon|evening|night)\b"
    r"|\b(?P<part>day|night|morning|evening|afternoon) (?:before|earlier|prior)\b|\bone day (?:before|earlier)\b"
)
THIS_DAY = re.compile(
    r"\b(?:day before yesterday|yesterday|day after tomorrow|tomorrow|today|tonight|overnight|last night"
    r"|last evening|this (?:very )?(?:morning|afternoon|evening)|earlier today)\b"
)
SAME_DAY = re.compile(r"\b(?:that|the same|same|that same) (?:day|morning|afternoon|evening|night)\b")
IN_THE_DAY = re.compile(r"\b(?:early|earlier|late|later) (?:in|on|that|the same) ?(?:the )?day\b|\blater on\b")


def day_words(text: str, scene: Scene) -> Value | None:
    """Return the day that words name, with the hours on it where they name some; None when they name none."""
    for rule in (_weekday,) if text in WEEKDAYS else (_dated, _nth_weekday, _holiday, _weekday, _this_day, _other_day):
        day = rule(text, scene)
        if day is not None:
            return with_part(text, day, scene)
    return None


def hours_alone(text: str, scene: Scene) -> Value | None:
    """Return a clock time or part of a day that stands without its day: on the day named before, or that of the news.

    A time after midnight that follows a night lies in its second half.
    """
    clock, part = _clock(text), _part(text)
    if clock is None and part is None:
        return None
    named = next(iter(scene.before()), None)
    day = day_before(scene)
    if day is not None and named is not None and named.high == "06:00" and named.last is not None:
        day = named.last if clock is None or int(clock[0][:2]) < 12 else day
    elif day is None:
        day = scene.news()
    if day is None:
        return unresolved(scene.page.says)
    if clock is None and NIGHT_WORDS.search(text):
        after = named is not None and named.precision == "day"
        return (night_from(day if after else day - timedelta(days=1))).because(
            f"the night {'of' if after else 'to'} {day}"
        )
    return with_part(text, one_day(day).because(f"a time on the day it is told of, {day}"), scene)


def with_part(text: str, day: Value, scene: Scene) -> Value:
    """Return the hours on a day that the words name; the day itself when they name none."""
    if day.precision != "day" or day.first is None or day.first != day.last:
        return day
    clock = _clock(text)
    if clock:
        return _at_clock(text, day.first, clock, scene, day.says)
    if NIGHT_WORDS.search(text) and not EARLY.search(text):
        return night_from(day.first).because(f"{day.says}; a night runs from 18:00 to 06:00")
    part = _part(text)
    if part is None:
        return day
    low, high = PARTS[part]
    return with_hours(day, low, high).because(f"{day.says}; {part} is taken as {low} to {high}")


# --- days ----------------------------------------------------------------------------------------------------------


def _dated(text: str, scene: Scene) -> Value | None:
    """Read "March 3, 2018", "3 March", "Sept. 3-9", "2018-03-03", "03.03.2018"."""
    iso, dotted = ISO_DAY.search(text), DOTTED_DAY.search(text)
    if iso:
        return one_day(date(*(int(part) for part in iso.groups()))).because("a full date")
    if dotted and int(dotted.group(2)) <= 12:
        day, month, year = (int(part) for part in dotted.groups())
        return one_day(date(year, month, day)).because("a full date, day first")
    match = MONTH_DAY.search(text) or DAY_MONTH.search(text)
    if match is None:
        return None
    month, low = month_number(match["month"]), int(match["day"])
    high = int(match["to"] or low)
    if low == 0 or high < low:
        return unresolved(f"{match.group()!r} is no date")
    stated = YEAR.search(text)
    if stated:
        return _days(int(stated.group()), month, low, high).because("a full date")
    return _yearly(text, scene, lambda year: _days(year, month, low, high))


def _days(year: int, month: int, low: int, high: int) -> Value:
    return Value(date(year, month, low), date(year, month, high), "day")


def _yearly(text: str, scene: Scene, dated: Callable[[int], Value]) -> Value:
    """Return which year's date is meant when the words give no year."""
    year = named_year(text, scene)
    if year is not None:
        return dated(year).because(f"a date of {year}")
    day = scene.page.day
    if day is None:
        return unresolved(scene.page.says)
    candidates = {}
    for one in range(day.year - 4, day.year + 5):
        try:
            candidates[one] = dated(one)
        except ValueError:
            continue
    if not candidates:
        return unresolved(f"no year has the day {text!r}")
    tense = "ahead" if AHEAD_WORDS.search(text) else "behind" if BEHIND_WORDS.search(text) else scene.tense()
    found = nearest_year(candidates, day, tense, SOON)
    return found.because(f"the nearest such date, {_looking(tense)}, counted from {scene.page.says}")


POINTED_YEAR = re.compile(r"\b(?P<which>this|last|next|that|the same|the previous|the following) year\b")
AHEAD_WORDS = re.compile(r"\b(?:next|coming|upcoming)\b")
BEHIND_WORDS = re.compile(r"\b(?:last|past|previous)\b")


def _looking(tense: str | None) -> str:
    return {"ahead": "looking ahead", "behind": "looking back"}.get(tense or "", "the sentence does not look ahead")


def named_year(text: str, scene: Scene) -> int | None:
    """Return the year that stands in the words, or the one they point at: "this year", "of that year"."""
    stated = YEAR.search(text)
    if stated:
        return int(stated.group())
    pointed = POINTED_YEAR.search(text)
    if pointed is None:
        return None
    which = pointed["which"]
    if which in ("this", "last", "next"):
        day = scene.page.day
        return None if day is None else day.year + {"this": 0, "last": -1, "next": 1}[which]
    for value in scene.before():
        if value.first is not None and value.last is not None and value.first.year == value.last.year:
            return value.first.year + {"the previous": -1, "the following": 1}.get(which, 0)
    return None


def month_number(name: str) -> int:
    """Return the number of a month by its name or abbreviation in small letters."""
    return MONTHS.index(name[:3]) + 1


def weekday_number(name: str) -> int:
    """Return the number of a weekday by the first letters of its name; Monday is 0."""
    return next(number for number, day in enumerate(WEEKDAYS) if day.startswith(name[:3]))


def _nth_weekday(text: str, scene: Scene) -> Value | None:
    match = NTH_WEEKDAY.search(text)
    if match is None:
        return None
    nth, number, month = NTH[match["nth"]], weekday_number(match["name"]), month_number(match["month"])
    return _yearly(text, scene, lambda year: nth_weekday(nth, number, year, month))


@cache
def _holiday_pattern() -> re.Pattern[str]:
    names = sorted(holidays(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})(?!\w)")


def _holiday(text: str, scene: Scene) -> Value | None:
    match = _holiday_pattern().search(text)
    if match is None:
        return None
    rule = holidays()[match.group()]
    return _yearly(text[: match.start()] + text[match.end() :], scene, lambda year: holiday(rule, year))


def _weekday(text: str, scene: Scene) -> Value | None:
    match = WEEKDAY.search(text)
    if match is None:
        return None
    if match["many"]:
        return unresolved("comes back every week")
    day = scene.page.day
    if day is None:
        return unresolved(scene.page.says)
    number, which = weekday_number(match["name"]), match["which"]
    beside = WEEK_BESIDE.search(text)
    if beside or which in ("next", "following"):
        step = {"last": -1, "the previous": -1, "this": 0}.get(beside["which"], 1) if beside else 1
        monday = (week_of(day).first or day) + timedelta(days=7 * step)
        return one_day(monday + timedelta(days=number)).because(f"a day of the week {step:+d}, counted from {day}")
    if which in ("last", "past", "previous"):
        before = day - timedelta(days=1)
        return weekday_near(number, before, ahead=False).because(f"the last one before {scene.page.says}")
    ahead = which == "coming" or scene.tense() == "ahead"
    if ahead:
        day = scene.said() or day
    if which == "this" and not ahead:
        found = weekday_near(number, day, ahead=False).first or day
        week = week_of(day)
        if week.first is not None and found < week.first and scene.tense() != "behind":
            ahead = True
    return weekday_near(number, day, ahead=ahead).because(
        f"the nearest such weekday {f'not before {day}' if ahead else f'not after {scene.page.says}'}"
    )


def _this_day(text: str, scene: Scene) -> Value | None:
    """Read today, yesterday, tomorrow, tonight, overnight, "this morning", "last night"."""
    match = THIS_DAY.search(text)
    if match is None:
        return None
    word, day = match.group(), scene.page.day
    if day is None:
        return unresolved(scene.page.says)
    if word == "overnight":
        last = scene.news() or day
        night = night_from(last - timedelta(days=1))
        return night.because(f"the night to the day of the news, {last}")
    if word == "last night":
        return night_from(day - timedelta(days=1)).because(f"the night before {scene.page.says}")
    if word == "tonight":
        return night_from(day).because(f"the night of {scene.page.says}")
    step = {"day before yesterday": -2, "yesterday": -1, "last evening": -1, "tomorrow": 1, "day after tomorrow": 2}
    return one_day(day + timedelta(days=step.get(word, 0))).because(f"counted from {scene.page.says}")


def _other_day(text: str, scene: Scene) -> Value | None:
    """Read days that are counted from the one named before: "the following day", "the night before", "that day"."""
    after, back = NEXT_DAY.search(text), DAY_BACK.search(text)
    same = SAME_DAY.search(text) or IN_THE_DAY.search(text)
    match = after or back or same
    if match is None or re.match(r" [a-z]", text[match.end() :]):  # "the day before the vote" is read by _from_event
        return None
    day = day_before(scene)
    if day is None:
        if scene.page.day is None:
            return unresolved(scene.page.says)
        if IN_THE_DAY.search(text) and not same_words(text):
            day = scene.news()
        elif back:
            day = scene.page.day
    if day is None:
        return unresolved(RELATIVE)
    step = 1 if after else -1 if back else 0
    return one_day(day + timedelta(days=step)).because(f"counted from the day named before, {day}")


def same_words(text: str) -> bool:
    """Say whether the words point at a day named before: "that day", "the same day"."""
    return SAME_DAY.search(text) is not None


# --- hours ---------------------------------------------------------------------------------------------------------


def _part(text: str) -> str | None:
    """Return the part of a day that words name, a key of PARTS, or `night`."""
    early = EARLY.search(text) is not None
    found = PART.search(text)
    if EARLY_HOURS.search(text) or (early and (found is None or found.group(1) == "morning")):
        return "early"
    if TWELVE.search(text):
        return None
    if found:
        return found.group(1)
    if NIGHT_WORDS.search(text):
        return "night"
    return "late" if LATE.search(text) else None


def _clock(text: str) -> tuple[str, bool] | None:
    """Return a clock time as hh:mm, and whether its minutes are stated; None when the words hold none."""
    match = CLOCK.search(text)
    if match and 1 <= int(match["hour"]) <= 12:
        hour = int(match["hour"]) % 12 + (12 if match["half"] == "p" else 0)
        return f"{hour:02d}:{match['minute'] or '00'}", match["minute"] is not None
    match = CLOCK_24.search(text) or CLOCK_FLAT.search(text)
    if match:
        return f"{int(match['hour']):02d}:{match['minute']}", True
    match = O_CLOCK.search(text)
    if match and 1 <= int(match["hour"]) <= 12:
        later = re.search(r"\b(?:afternoon|evening|night)\b", text) is not None and match["hour"] != "12"
        return f"{int(match['hour']) % 12 + 12 * later:02d}:00", False
    twelve = TWELVE.search(text)
    return None if twelve is None else ("00:00" if twelve.group() == "midnight" else "12:00", False)


def _at_clock(text: str, day: date, clock: tuple[str, bool], scene: Scene, says: str) -> Value:
    """Return a clock time on a day with its difference from UTC, where the words, the dateline or the page give one.

    "at midnight on Friday" ends that day; "shortly after midnight" begins it.
    """
    at, stated = clock
    if "midnight" in text and not re.search(r"\b(?:after|past|since|from)\b", text):
        day += timedelta(days=1)
    zone, why = _zone(text, day, at, scene)
    stamp = at + (zone or "")
    return Value(day, day, "minute" if stated else "hour", stamp, stamp, says=f"{says}; {why}")


def _zone(text: str, day: date, at: str, scene: Scene) -> tuple[str | None, str]:
    """Return the difference from UTC that holds for a clock time, and where it is taken from."""
    local, utc = (
        CLOCK.search(text) or CLOCK_24.search(text),
        re.search(r"\((?:[^()]*\bor )?([^()]*)\s(?:gmt|utc)", text),
    )
    if local and utc and (there := _clock(utc.group(1)) or _clock(f"{utc.group(1)} gmt")):
        gap = (_minutes(at) - _minutes(there[0]) + 720) % 1440 - 720
        return offset_text(timedelta(minutes=gap)), "the zone is that of the clock time in brackets"
    for word in ZONE_WORD.findall(text):
        if word in zones():
            return offset_at(zones()[word], day, at), f"the zone is that of {word.upper()}"
    if scene.page.zone is not None:
        return offset_at(scene.page.zone, day, at), f"the zone is that of the dateline, {scene.page.zone}"
    if scene.page.offset is not None:
        return scene.page.offset, "the zone is that of the date of publication"
    return None, "the text gives no zone"


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])
