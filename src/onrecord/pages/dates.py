"""A date as a page prints or declares it -> EDTF: "2025-07-04", "2025-07-04T10:15:00+05:30".

Looks only at dates in full (day, month and year) that stand in a line of their own or in a page's metadata; the times
that sentences speak of are the reading stage's. A time without a known offset stays local.
"""

import re

import msgspec

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAYS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)/(?P<number>\d\d)/(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?<!\w){MONTH},? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?:at )?(?P<year>(?:19|20)\d\d)(?!\d)", re.I),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {MONTH},? (?P<year>(?:19|20)\d\d)(?!\d)", re.I),
)
CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>Z\b|[+-]\d\d:?\d\d\b|GMT|UTC|BST|IST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|CEST|EET|EEST|MSK|JST|KST|"
    r"SGT|HKT|AEST|AEDT|WIB|PKT|SAST|WAT|EAT)?",
    re.I,
)
OFFSETS = {
    "Z": "Z", "GMT": "Z", "UTC": "Z", "EDT": "-04:00", "EST": "-05:00", "CDT": "-05:00", "MST": "-07:00",
    "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00",
    "EEST": "+03:00", "MSK": "+03:00", "JST": "+09:00", "KST": "+09:00", "SGT": "+08:00", "HKT": "+08:00",
    "AEST": "+10:00", "AEDT": "+11:00", "WIB": "+07:00", "PKT": "+05:00", "SAST": "+02:00", "WAT": "+01:00",
    "EAT": "+03:00",
}  # fmt: skip
"""Offsets of time zones named on pages; BST, IST and CST are left out: each names several zones."""

LABEL = re.compile(
    r"\b(?:first |last |originally |was |story |article )*(?:published|updated|posted|modified|edited|created|date|"
    r"released|on|at|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|local time|time|hrs|hours|am|pm|"
    r"a\.m|p\.m|ist|bst|cst|et|by|in print)\b",
    re.I,
)
MODIFIED = re.compile(r"\b(?:updated?|modified|edited|revised)\b", re.I)
LONGEST_DATE_LINE = 120


class DateLine(msgspec.Struct, frozen=True):
    """What a line that is only a date says."""

    published: str | None = None
    modified: str | None = None


def edtf(text: str) -> str | None:
    """Return the first date in full of a text, with its time where one follows or stands before; None without one."""
    for pattern in DAYS:
        found = pattern.search(text)
        if not found:
            continue
        named = found.groupdict()
        month = int(named["number"]) if named.get("number") else MONTHS.index(named["month"][:3].lower()) + 1
        day = int(named["day"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        date = f"{named['year']}-{month:02d}-{day:02d}"
        return date + clock_of(text[: found.start()] + " " + re.sub(r"^T(?=\d)", " ", text[found.end() :]))
    return None


def precision_of(date: str) -> str:
    """Return how exact an EDTF date is, in words: "to the day", "to the second, zone +05:30".

    A time on a full minute is exact to the minute: pages that print no seconds declare 00.
    """
    if "T" not in date:
        return "to the day"
    zone = re.search(r"(?:Z|[+-]\d\d:\d\d)$", date)
    exact = "minute" if date.partition("T")[2][5:8] == ":00" else "second"
    return f"to the {exact}, {f'zone {zone.group()}' if zone else 'no zone'}"


def clock_of(text: str) -> str:
    """Return the first clock time of a text as EDTF has it behind a day ("T18:31:00+02:00"), "" without one."""
    found = CLOCK.search(text)
    if not found:
        return ""
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found["half"] or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    zone = (found["zone"] or "").upper()
    if zone[:1] in ("+", "-"):
        zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return f"T{hour:02d}:{minute:02d}:{second:02d}{OFFSETS.get(zone, zone if zone[:1] in ('+', '-') else '')}"


def date_line(text: str) -> DateLine | None:
    """Return the dates of a line that holds nothing else ("Published: July 4, 2025 10:15"); None for other lines."""
    if len(text) > LONGEST_DATE_LINE or not re.search(r"(?:19|20)\d\d", text):
        return None
    rest = CLOCK.sub(" ", text)
    for pattern in DAYS:
        rest = pattern.sub(" ", rest)
    if re.search(r"\w", LABEL.sub(" ", rest).replace("T", " ")):
        return None
    found = MODIFIED.search(text)
    if found is None:
        day = edtf(text)
        return DateLine(published=day) if day else None
    before, after = edtf(text[: found.start()]), edtf(text[found.start() :])
    return DateLine(published=before, modified=after) if before or after else None
