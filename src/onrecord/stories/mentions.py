"""Reports -> mentions: every figure of a story with when it was put on record, what it counts and where.

A mention knows which figures it can be compared with by its `thing` and its place; `loose` ones are compared with equal
ones only: parts, plans, sums of money. Nothing is compared here.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from onrecord.intervals import interval, value_of
from onrecord.lexicon import rows, words
from onrecord.records import Entry, Figure, Outcome, Record, Span
from onrecord.stories.localities import Locality, is_past, locality_of
from onrecord.stories.reports import Report
from onrecord.stories.wording import stem

PEOPLE: frozenset[Outcome] = frozenset(
    {
        "killed", "injured", "hospitalised", "missing", "killed_or_injured", "displaced", "evacuated", "rescued",
        "detained", "charged", "abducted", "attended", "voted", "infected",
    }
)  # fmt: skip
"""Outcomes of people: a figure of these without a noun counts people."""

OLD_DAYS = 7
"""Days before a story's first report from which a figure is of another happening (a week: an attack is still told)."""

UNDATED = "~"
"""Sorts behind every date."""

NOON = "12:00:00"
"""Stands for the clock of a report that has a day only, in sorting."""

NOTE = re.compile(r"^\W*(?:correction|clarification|editor['\u2019]?s note)s?\b", re.I | re.M)
BEFORE = 40
"""Characters before a number in which words of an older value are looked for."""

Key = tuple[str, str]
"""Article and figure: two articles of one text without an address have figures of the same ids."""

HEAD_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


class Unit(Record, frozen=True, kw_only=False, order=True):
    """What is told at one time: a version of an article, or one entry of a live page (entry counts from 0, else -1)."""

    article: str
    version: int
    entry: int = -1


class Mention(Record, frozen=True, kw_only=True):
    """One figure as it was put on record.

    value is the number it names; low and high close the interval it stands for. when is day and clock in UTC, for
    sorting. thing names what is counted, all names of one thing alike; head is the noun as written. local marks a
    figure of "one province" and no more, older a value that the sentence itself calls an earlier one, past a figure of
    an older happening, corrects one whose sentence or note sets it right, lowers one whose sentence takes it down.
    """

    figure: Figure
    report: Report
    unit: Unit
    reported: str | None
    when: tuple[str, str]
    thing: str
    head: str | None
    value: float | None
    low: float
    high: float
    place: Locality | None
    loose: bool
    local: bool
    older: bool
    past: bool
    corrects: bool
    lowers: bool

    @property
    def source(self) -> str:
        """Who puts it on record, in small letters: the speaker, else the outlet, else the article."""
        return (self.figure.speaker or self.outlet or self.unit.article).lower()

    @property
    def noun(self) -> str:
        """The stem of what is counted, "" where the text names nothing."""
        return stem(_head(self.head))

    @property
    def outlet(self) -> str | None:
        """The outlet of the page."""
        return self.report.reading.page.outlet if self.report.reading.page else None

    @property
    def key(self) -> Key:
        """What tells the mention from all others of its story."""
        return (self.unit.article, self.figure.id)

    @property
    def copy(self) -> bool:
        """Whether its article carries the text of another one."""
        return self.report.copy_of is not None


def mentions_of(reports: Sequence[Report]) -> list[Mention]:
    """Return the mentions of a story's reports in order of time; a figure that later versions keep comes once."""
    first_day = min(
        (day for report in reports if (day := day_and_clock(report.reported)[0]) != UNDATED), default=UNDATED
    )
    old = _days_before(first_day, OLD_DAYS)
    found: dict[Key, Mention] = {}
    for report in sorted(reports, key=lambda report: (report.reading.id, report.version)):
        for figure in report.reading.figures:
            key = (report.reading.id, figure.id)
            if figure.outcome != "none" and key not in found:
                found[key] = _mention(report, figure, (first_day, old))
    return sorted(found.values(), key=order)


def order(mention: Mention) -> tuple[tuple[str, str], Unit, int, str]:
    """Return what mentions are sorted by: time, then article, then place in the text."""
    return (mention.when, mention.unit, mention.figure.number.start, mention.figure.id)


def _mention(report: Report, figure: Figure, days: tuple[str, str]) -> Mention:
    reading = report.reading
    text = reading.page.text if reading.page else ""
    entry = _entry_of(reading.article.entries if reading.article else (), figure.number)
    number, live = entry
    reported = (live.published if live else None) or report.reported
    low, high = interval(figure)
    counted = reading.words(figure.counted)
    sentence = figure.sentence.of(text).lower()
    signs = _signs(sentence, text, figure)
    return Mention(
        figure=figure,
        report=report,
        unit=Unit(reading.id, report.version, number),
        reported=reported,
        when=day_and_clock(reported),
        thing=thing_of(figure, counted),
        head=counted,
        value=_value(figure),
        low=low,
        high=high,
        place=locality_of(reading, figure),
        loose=is_loose(figure, counted),
        local="local" in signs,
        older=figure.kind == "previous" or "older" in signs,
        past=is_past(text, figure, *days),
        corrects="corrects" in signs,
        lowers="lowers" in signs,
    )


def _value(figure: Figure) -> float | None:
    """Return the limit that a figure names: 201 for "more than 200", else the printed number."""
    value = figure.low if figure.bound == "more_than" else figure.high if figure.bound == "less_than" else None
    value = value_of(figure) if value is None else value
    return None if value is None else float(value)


def thing_of(figure: Figure, counted: str | None) -> str:
    """Return what a figure counts, in one word for all figures that can count the same."""
    if figure.kind in ("share", "money", "measure") or figure.counted_class in ("share", "money", "measure"):
        return f"{figure.kind} {figure.unit or ''} {_head(counted)}".strip()
    if figure.counted_class in ("person", "other", "incident", "place") and figure.outcome in PEOPLE:
        return "person" if _general(counted) else f"person: {_head(counted)}"
    if figure.counted_class in ("other", "person"):
        return f"other: {_head(counted)}"
    return figure.counted_class


def is_loose(figure: Figure, counted: str | None) -> bool:
    """Say whether a figure is compared with equal ones only.

    Such are parts, plans, sums of money, words without a number, nobody at all, and one person who is not just anybody.
    """
    if figure.modality != "actual" or figure.polarity not in ("affirmed", "unverified") or figure.outcome == "other":
        return True
    if figure.kind in ("share", "money", "measure", "increment") or value_of(figure) is None:
        return True
    if value_of(figure) == 0 or (value_of(figure) == 1 and counted and not _general(counted)):
        return True
    return ":" in (thing := thing_of(figure, counted)) or thing.split()[0] in ("share", "money", "measure")


def _general(counted: str | None) -> bool:
    """Say whether a noun counts everybody whom the outcome concerns: people, deaths, victims; None does as well."""
    return counted is None or _head(counted) in words("general_counts", "word")


@lru_cache(maxsize=1 << 14)
def _head(counted: str | None) -> str:
    """Return the last word of a noun phrase before any preposition, in small letters."""
    found = HEAD_WORD.findall((counted or "").lower())
    cut = next((place for place, word in enumerate(found) if place and word in ("of", "in", "from", "at", "on")), None)
    return found[:cut][-1] if found else ""


@cache
def _wordings() -> dict[str, re.Pattern[str]]:
    """Return the patterns of words that set a figure right, take it down or call it an older one."""
    kinds = dict.fromkeys(row["kind"] for row in rows("revision_words"))
    return {
        kind: re.compile("|".join(rf"\b(?:{row['pattern']})" for row in rows("revision_words") if row["kind"] == kind))
        for kind in kinds
    }


def _signs(sentence: str, text: str, figure: Figure) -> set[str]:
    """Return which of corrects, lowers, older, local the words about a figure say."""
    patterns = _wordings()
    found = {kind for kind in ("corrects", "lowers") if patterns[kind].search(sentence)}
    behind = max(part.end for part in (figure.number, figure.counted, figure.outcome_word) if part is not None)
    following = text[behind : min(figure.sentence.end, behind + BEFORE)].lower()
    if any(patterns["local"].match(words) for words in (following, (figure.speaker or "").lower())):
        found.add("local")
    if patterns["older"].search(
        text[max(figure.sentence.start, figure.number.start - BEFORE) : figure.number.start].lower()
    ):
        found.add("older")
    line = text[text.rfind("\n", 0, figure.number.start) + 1 : figure.number.start]
    if NOTE.match(line):
        found.add("corrects")
    return found


def _entry_of(entries: Iterable[Entry], at: Span) -> tuple[int, Entry | None]:
    """Return the entry of a live page in which a number stands, with its place in the row; -1 and None without one."""
    return next(
        ((number, entry) for number, entry in enumerate(entries) if entry.start <= at.start < entry.end), (-1, None)
    )


@lru_cache(maxsize=1 << 14)
def day_and_clock(reported: str | None) -> tuple[str, str]:
    """Return day and clock in UTC of a date or time; a date alone stands at noon, no date sorts last."""
    if not reported:
        return (UNDATED, "")
    try:
        time = datetime.fromisoformat(reported)
    except ValueError:
        return (reported[:10], "")
    if len(reported) <= len("2026-03-04"):
        return (reported, NOON)
    time = time.astimezone(UTC) if time.tzinfo else time
    return (time.date().isoformat(), time.time().isoformat("seconds"))


def _days_before(day: str, days: int) -> str:
    """Return the day so many days earlier; "" for what is no full date, before which nothing lies."""
    try:
        return (datetime.fromisoformat(day) - timedelta(days=days)).date().isoformat()
    except (ValueError, OverflowError):
        return ""
