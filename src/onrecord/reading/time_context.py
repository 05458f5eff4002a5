"""What a time is counted from: the day and zone of the page, and whether the words around a time look ahead.

In go an article's own dates and the words around an expression, out come a PageDay and a tense. The day is the one
that the dateline prints, else the day of publication in the zone of the dateline's place (lexicon/time_zones.tsv), else
the day of publication as the page prints it. A page without a date has no day: nothing is invented for it.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.time_values import MONTHS, Value

HEAD = 2_000
"""Characters at the start of a page among which its dateline stands; furniture and captions may come before it."""

DATELINE_REACH = 4
"""Days between the day of a dateline and that of publication; further off it is the date of something else."""

WORDS_AROUND = 25
"""Words before or behind a weekday that decide whether it lies ahead; the reach of one sentence."""

CHARACTERS_AROUND = 200
"""Characters of which those words are taken."""

DATELINE = re.compile(
    r"(?:^|\n|: )[^\W\d_a-z][^\n()\"\u201c]{1,70}?[ ,]"
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (?P<day>\d{1,2})(?:, (?P<year>\d{4}))?"
    r"(?: \([^()\n]{2,40}\))?\s*(?:--|[-\u2010-\u2015:])"
)
SENTENCE_EDGE = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]*[A-Z])|\n")
WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*|[;,]")
WEEKDAY_FIRST = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
NO_PAST = frozenset({"hundred", "need", "indeed", "speed", "seed", "breed", "feed", "exceed", "succeed", "proceed"})
"""Words in -ed that are no past tense."""


class PageDay(msgspec.Struct, frozen=True):
    """The day that times of a page are counted from, None when the page has none; zone is an IANA name."""

    day: date | None
    zone: str | None = None
    offset: str | None = None
    says: str = "the page has no date of publication to count from"

    @property
    def weeks_begin_on_sunday(self) -> bool:
        """Whether "last week" ends on Saturday for a writer on a Sunday: so in the Americas."""
        return self.zone is not None and self.zone.startswith("America/")


@cache
def zones() -> dict[str, str]:
    """Return the IANA name by abbreviation and by the place of a dateline, in small letters."""
    return {row["name"]: row["zone"] for row in rows("time_zones")}


@lru_cache(maxsize=512)
def zone_called(name: str) -> ZoneInfo | None:
    """Return a zone; None where the machine has no table of zones."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of_dateline(dateline: str | None) -> str | None:
    """Return the IANA name for "PORTLAND, Ore." or "KYIV, Ukraine": the wider part decides before the narrower."""
    if not dateline:
        return None
    parts = [part.strip().lower() for part in re.split(r"[,/]", dateline)]
    known = zones()
    return next((known[part] for part in reversed(parts) if part in known), None)


@lru_cache(maxsize=64)
def page_day(published: str | None, dateline: str | None, head: str) -> PageDay:
    """Return the day that the times of a page are counted from.

    Args:
        published: as the article has it, an ISO date with or without a time and an offset.
        dateline: the place that the report is dated from, as written.
        head: the first characters of the page's text, where a dateline with its day may stand.
    """
    stamp = _stamp(published)
    zone = zone_of_dateline(dateline)
    moment = stamp if isinstance(stamp, datetime) else None
    day = stamp.date() if isinstance(stamp, datetime) else stamp
    offset = _own_offset(moment)
    printed = _printed_day(head, day)
    if printed is not None:
        return PageDay(printed, zone, offset, f"the dateline's day, {printed}")
    if day is None:
        return PageDay(None, zone)
    local = zone_called(zone) if zone and moment and moment.tzinfo else None
    if local is not None and moment is not None:
        there = moment.astimezone(local).date()
        if there != day:
            return PageDay(there, zone, offset, f"the day of publication, {there} in {dateline}")
    return PageDay(day, zone, offset, f"the day of publication, {day}")


def _stamp(published: str | None) -> datetime | date | None:
    """Return what an ISO text says: a moment with an offset, a day, or None when it is neither."""
    text = (published or "").strip()
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None and 1 < moment.year < 9999:
            return moment
    except ValueError:
        pass
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _own_offset(moment: datetime | None) -> str | None:
    """Return "+02:00" where the page prints an offset of its own; UTC is the machine's, not the writer's."""
    gap = moment.utcoffset() if moment else None
    if not gap:
        return None
    return offset_text(gap)


def offset_text(gap: timedelta) -> str:
    """Return a difference from UTC as RFC 3339 writes it."""
    minutes = round(gap.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return "Z" if minutes == 0 else f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def offset_at(zone: str, day: date, clock: str) -> str | None:
    """Return the difference from UTC of a zone at a local time; None where the machine has no table of zones."""
    table = zone_called(zone)
    if table is None:
        return None
    gap = datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=table).utcoffset()
    return None if gap is None else offset_text(gap)


def _printed_day(head: str, published: date | None) -> date | None:
    """Return the day in the dateline; without a year it is the one near publication."""
    for found in DATELINE.finditer(head):
        month, number = MONTHS.index(found["month"].lower()) + 1, int(found["day"])
        if published is None:
            years = [int(found["year"])] if found["year"] else []
        else:
            years = [int(found["year"])] if found["year"] else [published.year - 1, published.year, published.year + 1]
        for year in years:
            try:
                day = date(year, month, number)
            except ValueError:
                continue
            if published is None or abs((day - published).days) <= DATELINE_REACH:
                return day
    return None


# --- which way the words look --------------------------------------------------------------------------------------


class TenseWords(msgspec.Struct, frozen=True):
    """Classes of lexicon/time_words.tsv: words that look ahead, verbs whose "to" does, words that look back."""

    ahead: frozenset[str]
    ahead_to: frozenset[str]
    behind: frozenset[str]
    scheduled: frozenset[str]


@cache
def tense_words() -> TenseWords:
    """Return the words that say which way a sentence looks."""
    classes: dict[str, set[str]] = {}
    for row in rows("time_words"):
        classes.setdefault(row["class"], set()).add(row["word"])
    names = ("ahead", "ahead_to", "behind", "scheduled")
    return TenseWords(**{name: frozenset(classes[name]) for name in names})


def tense_around(text: str, start: int, end: int) -> str | None:
    """Say whether the clause around text[start:end] looks `ahead` or `behind`; None when its words do not say.

    The nearest word before the time decides, then the nearest behind it. "Sunday's vote" goes by what is scheduled,
    since the verb beside it tells of something else.
    """
    before = SENTENCE_EDGE.split(text[max(0, start - CHARACTERS_AROUND) : start])[-1]
    left = WORD.findall(before.replace("\u2019", "'"))
    owner = text[end : end + 2] in ("'s", "\u2019s")
    noun = WORD.match(text, end + 1 + 2 * owner, end + CHARACTERS_AROUND)
    scheduled = noun is not None and noun.group().lower() in tense_words().scheduled
    last = left[-1].lower() if left else ""
    if last == "of" and len(left) > 1 and left[-2].lower() == "ahead":
        return "ahead"
    if owner and not scheduled:
        return "behind"
    if last == "for" and WEEKDAY_FIRST.match(text, start, end):
        return "ahead"
    before_it = _tense_left(left)
    if before_it is not None and (owner or not scheduled or before_it == "ahead"):
        return before_it
    after = SENTENCE_EDGE.split(text[end + 2 * owner : end + CHARACTERS_AROUND])[0]
    behind_it = _tense_right(WORD.findall(after.replace("\u2019", "'")))
    if scheduled and not owner:  # "the Dec. 27 debate" may be told of beforehand in the past
        return "ahead" if behind_it == "ahead" else None
    return behind_it


def _tense_left(left: list[str]) -> str | None:
    """Return what the nearest deciding word before a time says."""
    words, infinitive = tense_words(), False
    for at in range(len(left) - 1, max(-1, len(left) - 1 - WORDS_AROUND), -1):
        word = left[at].lower()
        if word == ";":
            return None
        if word == "to":
            infinitive = True
            continue
        if word in words.ahead or (infinitive and word in words.ahead_to):
            return "ahead"
        if _looks_back(left[at]) and not (at > 0 and left[at - 1].lower() == "be"):  # "will be held on Friday"
            return "behind"
        infinitive = infinitive and word in ("not", "also", "both")
    return None


def _tense_right(right: list[str]) -> str | None:
    """Return what the nearest deciding word behind a time says."""
    words = tense_words()
    for at, word in enumerate(right[:WORDS_AROUND]):
        if word == ";":
            return None
        lower = word.lower()
        following = right[at + 1].lower() if at + 1 < len(right) else ""
        if lower in words.ahead or (lower in words.ahead_to and following in ("to", "for")):
            return "ahead"
        if _looks_back(word):
            return "behind"
    return None


def _looks_back(word: str) -> bool:
    """Say whether a word is a verb of the past."""
    if word.lower() in tense_words().behind:
        return True
    return word.endswith("ed") and len(word) > 4 and word.islower() and word not in NO_PAST


# --- what a time is read in ----------------------------------------------------------------------------------------


class Scene(msgspec.Struct, frozen=True):
    """What stands around an expression.

    tense says which way the sentence looks; before gives the resolved times named before it, nearest first, those of
    its own sentence and the few before; news is the day that the report is about, None when the page has none; said is
    the day on which the words around were said, where the sentence gives it before them.
    """

    page: PageDay
    tense: Callable[[], str | None]
    before: Callable[[], Iterable[Value]]
    news: Callable[[], date | None]
    said: Callable[[], date | None]


def unresolved(says: str) -> Value:
    """Return a time that is not resolved, and why."""
    return Value(None, None, "unknown", says=says)


def day_before(scene: Scene) -> date | None:
    """Return the day that was named last before the expression; None when a longer time or none was named last."""
    for value in scene.before():
        if value.first is None or value.precision not in ("minute", "hour", "part_of_day", "day"):
            return None
        return value.first if value.last in (value.first, None) or value.high else None
    return None
