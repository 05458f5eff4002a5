"""A time as written -> a Time: the interval of days or minutes it means, counted from the day the page was published.

Dates are EDTF (2025-07, 2025-07-04), clock times RFC 3339 without an offset, since the text does not say which zone it
means. Without a publication date only a full date or a year is resolved. Durations and clauses ("shortly after the
call") stay unresolved: from and to None, precision unknown.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.sentences import Document
from onrecord.records import Span, Time, TimePrecision

LOOK_AROUND = 60
"""Characters before a weekday in which "will" or "plans" makes it a future day; the reach of one clause."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
PARTS = {"dawn": (4, 8), "morning": (5, 12), "midday": (11, 14), "afternoon": (12, 18), "evening": (17, 23)}
"""Hours of the parts of a day (from, to); a night runs from 18 to 6 of the next day."""

DAYS_OF = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}

MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:t|(?<=jan)uary|(?<=feb)ruary|(?<=mar)ch|(?<=apr)il|(?<=jun)e|(?<=jul)y|(?<=aug)ust|(?<=sep)tember"
    r"|(?<=oct)ober|(?<=nov)ember|(?<=dec)ember)?\b\.?"
)
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
DAY = re.compile(r"\b([12]?\d|3[01])(?:st|nd|rd|th)?\b(?![:.,]\d)")
CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s?(a\.?m|p\.?m)\b")
DECADE = re.compile(r"\b(\d{3})0s\b")
AGO = re.compile(r"\b(\w+) (day|week|month|year)s? (ago|earlier)\b")
PAST = re.compile(r"\b(?:past|last|previous|recent)(?: (\w+))? (hour|day|week|month|year|decade)s\b")
CHOSEN = re.compile(r"\b(last|past|previous|this|next|coming|following) (week|weekend|month|year)\b")
OPEN_LEFT = re.compile(r"\A(?:by|until|till|before)\b")
OPEN_RIGHT = re.compile(r"\A(?:since|from|after)\b")

Days = tuple[date, date, TimePrecision]


def resolve_time(document: Document, span: Span) -> Time:
    """Return the time at this span.

    A weekday is the nearest one not after the publication date, unless the words around look ahead ("by Friday",
    "will ... on Friday"). "since X" has no end, "by X" and "until X" have no start.

    Args:
        document: its article.published is the day that counts; None leaves relative times unresolved.
        span: an expression of time.
    """
    text = span.of(document.text).lower().replace("\u2019", "'")
    anchor = _anchor(document.article.published)
    around = document.text[max(0, span.start - LOOK_AROUND) : span.start].lower()
    sentence_before = re.split(r"[.!?\n]", around)[-1]
    ahead = _looks_ahead(text, sentence_before)
    found = _resolve(text, anchor, ahead)
    if found is None:
        return Time(start=span.start, end=span.end)
    first, last, precision = found
    clock = _clock(text, first, last) if precision == "day" else None
    if clock:
        return Time(start=span.start, end=span.end, from_=clock[0], to=clock[1], precision=clock[2])
    return Time(
        start=span.start,
        end=span.end,
        from_=None if OPEN_LEFT.match(text) else _edtf(first, precision),
        to=None if OPEN_RIGHT.match(text) else _edtf(last, precision),
        precision=precision,
    )


def _anchor(published: str | None) -> date | None:
    """Return the day of publication, None when the page has none or gives no full date."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


@cache
def _ahead_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("time_words") if row["class"] == "ahead")


def _looks_ahead(text: str, before: str) -> bool:
    """Say whether a time lies in the future by its own words, or by those of the clause before it."""
    if re.search(r"\b(?:last|past|previous|this past)\b", text):
        return False
    own = re.search(r"\b(?:by|next|coming|until|tomorrow)\b", text) is not None
    return own or not _ahead_words().isdisjoint(re.findall(r"\w+", before))


def _resolve(text: str, anchor: date | None, ahead: bool) -> Days | None:
    """Return first day, last day and precision of a time in small letters."""
    month, year = MONTH.search(text), YEAR.search(text)
    if month:
        return _month(text, month, int(year.group()) if year else None, anchor, ahead)
    decade = DECADE.search(text)
    if decade:
        first = int(decade.group(1)) * 10
        return date(first, 1, 1), date(first + 9, 12, 31), "year"
    if year:
        return _year(int(year.group()))
    return _relative(text, anchor, ahead) if anchor else None


def _month(text: str, match: re.Match[str], year: int | None, anchor: date | None, ahead: bool) -> Days | None:
    """Return a day or a month; without a year it is the nearest one not after publication, or the next when ahead."""
    month = MONTHS.index(match.group(1)) + 1
    day = DAY.search(text.replace(match.group(), " ", 1))
    number = int(day.group(1)) if day else None
    if year is None:
        if anchor is None:
            return None
        year = anchor.year
        behind = (month, number or 0) > (anchor.month, anchor.day if number else 0)
        if behind and not ahead:
            year -= 1
        elif ahead and (month, number or 31) < (anchor.month, anchor.day):
            year += 1
        if re.search(r"\blast\b", text) and year == anchor.year and month == anchor.month and not number:
            year -= 1
    if number is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
    if number > monthrange(year, month)[1]:
        return None
    return date(year, month, number), date(year, month, number), "day"


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31), "year"


def _relative(text: str, anchor: date, ahead: bool) -> Days | None:
    """Return a time that counts from the day of publication."""
    for number, name in enumerate(WEEKDAYS):
        if name in text:
            return _weekday(number, anchor, ahead, further="last week" in text or "next week" in text)
    if "yesterday" in text or "last night" in text:
        return _one(anchor - timedelta(days=1))
    if "tomorrow" in text:
        return _one(anchor + timedelta(days=1))
    if re.search(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", text):
        return _one(anchor)
    if "overnight" in text:
        return anchor - timedelta(days=1), anchor, "part_of_day"
    ago = AGO.search(text)
    if ago and _number(ago.group(1)):
        return _ago(_number(ago.group(1)), ago.group(2), anchor)
    chosen = CHOSEN.search(text)
    if chosen:
        return _chosen(chosen.group(1), chosen.group(2), anchor)
    past = PAST.search(text)
    if past and _number(past.group(1) or ""):
        count, unit = _number(past.group(1) or ""), past.group(2)
        days = (count + 23) // 24 if unit == "hour" else count * DAYS_OF[unit]
        return anchor - timedelta(days=days), anchor, "day"
    return None


def _one(day: date) -> Days:
    return day, day, "day"


def _number(word: str) -> int:
    """Return the value of a number word or digits, 0 when it is none."""
    return int(word) if word.isdigit() and len(word) < 4 else NUMBERS.get(word, 0)


def _weekday(number: int, anchor: date, ahead: bool, *, further: bool) -> Days:
    """Return the nearest such weekday, not after publication or, looking ahead, not before it."""
    if ahead:
        return _one(anchor + timedelta(days=(number - anchor.weekday()) % 7))
    back = (anchor.weekday() - number) % 7
    if further and back <= anchor.weekday():
        back += 7
    return _one(anchor - timedelta(days=back))


def _ago(count: int, unit: str, anchor: date) -> Days:
    """Return "N units ago", as exact as its unit."""
    day = anchor - timedelta(days=count * DAYS_OF[unit])
    if unit == "day":
        return _one(day)
    if unit == "week":
        return day - timedelta(days=day.weekday()), day + timedelta(days=6 - day.weekday()), "week"
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 - count
        return _whole_month(months // 12, months % 12 + 1)
    return _year(max(1, anchor.year - count))


def _whole_month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def _chosen(which: str, unit: str, anchor: date) -> Days:
    """Return "last week", "this year", "next month"; a week runs from Monday to Sunday."""
    step = {"this": 0, "next": 1, "coming": 1, "following": 1}.get(which, -1)
    if unit == "year":
        return _year(anchor.year + step)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return _whole_month(months // 12, months % 12 + 1)
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 * step)
    if unit == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6), "day"
    return monday, monday + timedelta(days=6), "week"


def _clock(text: str, first: date, last: date) -> tuple[str, str, TimePrecision] | None:
    """Return the clock time or part of the day that a time of one day names, None when it names none."""
    if first != last:
        return None
    match = CLOCK.search(text)
    if match and 1 <= int(match.group(1)) <= 12:
        hour = int(match.group(1)) % 12 + (12 if match.group(3)[0] == "p" else 0)
        minute = min(59, int(match.group(2) or 0))
        at = f"{first}T{hour:02d}:{minute:02d}"
        return at, at, "minute" if match.group(2) else "hour"
    for part, (low, high) in PARTS.items():
        if part in text:
            return f"{first}T{low:02d}:00", f"{first}T{high:02d}:00", "part_of_day"
    if "night" in text:
        return f"{first}T18:00", f"{first + timedelta(days=1)}T06:00", "part_of_day"
    return None


def _edtf(day: date, precision: TimePrecision) -> str:
    """Return a day as EDTF, no more exact than the precision."""
    if precision == "year":
        return f"{day.year:04d}"
    return f"{day.year:04d}-{day.month:02d}" if precision == "month" else day.isoformat()
