"""A time as written -> a Time: the interval of days or minutes it means, counted from the page's own day.

Dates are EDTF (2025, 2025-07, 2025-07-04), clock times RFC 3339 to the minute, with their difference from UTC where the
words, the dateline or the page give a zone. What a time counts from stands in time_context.py, what the words mean in
time_days.py and time_spans.py. A page without a date leaves relative times unresolved: from and to None, precision
unknown; so does an event whose day the text does not give ("shortly after the call"). `time_reason` says why.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from onrecord.reading.said_times import said_times
from onrecord.reading.sentences import Document
from onrecord.reading.time_context import HEAD, Scene, page_day, tense_around, unresolved
from onrecord.reading.time_days import RELATIVE, YEAR, day_words, hours_alone
from onrecord.reading.time_rules import find_times
from onrecord.reading.time_spans import COUNT, EDGE, UNITS, long_words, number_of, step_units
from onrecord.reading.time_values import WEEKDAYS, Value
from onrecord.records import Span, Time, TimePrecision, Why

SENTENCES_BACK = 4
"""Sentences before its own in which "that day" and "the following day" look for the day they mean."""

LEAD_SENTENCES = 6
"""Sentences at the start of a page that say which day its news is of."""

DEEPEST = 3
"""Times that may hang on one another: "the following day" on "that day" on "July 3"."""

REMEMBERED = 64
"""Times of the page in hand that are kept; a page of the coded training pages has 7 on average."""

LONGEST = 200
"""Characters of the longest text that is read as a time; the longest in the coded training pages has 62."""

HABIT = re.compile(
    r"\b(?:every|each|per|daily|weekly|monthly|yearly|annually|annual|nightly)\b"
    r"|\b(?:once|twice|times?|hours?|days?|weeks?|months?) an? (?:hour|day|night|week|month|year)\b"
    r"|^an? (?:day|week|month|year)$"
)
NO_TIME = re.compile(r"^(?:so far|now|currently|nowadays|recently|at this point|to date|at the time|for now|already)$")
OPENING = re.compile(
    r"^(?:(?P<right>since|ever since|starting|beginning|after)|(?P<from>from)"
    r"|(?P<left>until|till|up until|up to|through|by|before|prior to|no later than)) "
)
LEADING = re.compile(
    r"^(?:in|on|at|over|during|within|throughout|for|of|about|around|some|nearly|almost|roughly|approximately|exactly"
    r"|only|just|as early as|as late as|as recently as|as of|sometime|shortly|soon|right|so far) "
)
AROUND_CLOCK = re.compile(
    r"^(?:just |shortly |soon |immediately |right |about |around )+(?:before|after|past|by) "
    r"(?=[\d]|noon|midnight|midday|dawn|[a-z]+ o'clock)"
)
CLOSE_EVENT = re.compile(
    r"^(?:shortly|just|soon|immediately|right|moments?|hours|minutes|days|weeks|months|years|long)\b.*?"
    r"\b(?:after|before|later|earlier|following)\b"
)
RANGE = re.compile(r"^(?:from|between) (?P<low>.+?)(?: up)? (?:to|and|until|till|through|into) (?P<high>.+)$")
OPEN_RANGE = re.compile(r"^(?P<low>.+?) (?:to|through|until|till|into) (?P<high>.+)$")
FROM_EVENT = re.compile(
    r"^(?:(?:more than|less than|nearly|almost|about|barely|some|over|just|only) )*"
    rf"(?:(?P<count>{COUNT}) (?:more |full )?)?(?P<unit>{UNITS})(?:s|y|ies)?"
    r" (?P<way>before|after|since|following|prior to|from|into) (?P<event>.+)$"
)
AFTER_EVENT = re.compile(
    r"^(?:following|during|amid|after|before|since|until"
    r"|the (?:day|night|week|month|year) (?:when |that |he |she |they |of |after |before )).+"
)
WITHIN = re.compile(
    rf"^(?:(?:{COUNT} )?(?:{UNITS})s?$|(?:the )?(?:first|final|last|same)\b)|\b(?:before|after|since)\b"
)
BLANKS = re.compile(r"\s+")


def resolve_time(document: Document, span: Span) -> Time:
    """Return the time at this span.

    A weekday is the nearest one not after the page's day, unless the words around look ahead ("by Friday", "will ... on
    Friday"). "since X" has no end, "by X" and "until X" have no start; both ends are included.

    Args:
        document: its dateline and article.published say which day counts, in an entry of a live page the entry's time;
            without them relative times stay open.
        span: an expression of time.
    """
    value = _known_value(_Known(document), span)
    return Time(
        start=span.start,
        end=span.end,
        from_=_end(value.first, value.low, value),
        to=_end(value.last, value.high, value),
        precision=value.precision,
    )


def time_reason(document: Document, span: Span) -> Why:
    """Say why a time has its interval, or why it has none."""
    value = _known_value(_Known(document), span)
    words = BLANKS.sub(" ", span.of(document.text))
    if value.first is None and value.last is None:
        return Why(field="time", says=f'"{words}" is not resolved: {value.says or RELATIVE}')
    return Why(field="time", says=f'"{words}" is {edtf(resolve_time(document, span))}: {value.says or "as stated"}')


def edtf(time: Time) -> str:
    """Return a time as one EDTF interval: `2025-07-04`, `2022/..`, `../2025-07`; `` when it is not resolved."""
    if time.from_ is None and time.to is None:
        return ""
    if time.from_ == time.to and time.from_ is not None:
        return time.from_
    return f"{time.from_ or '..'}/{time.to or '..'}"


class _Known:
    """A document that is told from others by identity: comparing two by value takes longer than reading a time."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.document is other.document


@lru_cache(maxsize=REMEMBERED)
def _known_value(known: _Known, span: Span) -> Value:
    """Return the interval at a span; figures, events and statements of a sentence ask for the same one."""
    return value_of(known.document, span)


def value_of(document: Document, span: Span, depth: int = 0) -> Value:
    """Return the interval of days at a span, with the reason; depth counts the times that hang on this one."""
    text = (
        BLANKS.sub(" ", span.of(document.text))
        .strip(" ,.;:'\"\u201c\u201d\u2018\u2019()")
        .lower()
        .replace("\u2019", "'")
    )
    article = document.article
    entry = article.entry_at(span.start)
    if entry is not None and entry.published is not None:  # the words of a live page are of their entry's day
        page = page_day(entry.published, None, "")
    else:
        page = page_day(article.published, article.dateline, document.text[:HEAD])
    scene = Scene(
        page=page,
        tense=lambda: tense_around(document.text, span.start, span.end),
        before=lambda: _before(document, span, depth),
        news=lambda: _news_day(document, span, page.day, depth),
        said=lambda: _said_day(document, span, page.day, depth),
    )
    if len(text) > LONGEST:
        return unresolved("too long for a time")
    try:
        return resolve_words(text.removesuffix("'s"), scene)
    except (ValueError, OverflowError) as err:
        return unresolved(f"no day of the calendar ({err})")


def resolve_words(text: str, scene: Scene) -> Value:
    """Return what words in small letters mean; ValueError or OverflowError where they name no day of the calendar."""
    if text in PLAIN:
        return day_words(text, scene) or unresolved(scene.page.says)
    if HABIT.search(text):
        return unresolved("comes back, or is a rate: no single time")
    if NO_TIME.match(text):
        return unresolved("the words name no day")
    found = _range(text, scene)
    if found is not None:
        return found
    if AROUND_CLOCK.match(text):
        return day_words(text, scene) or hours_alone(text, scene) or unresolved("the words name no day")
    opening = OPENING.match(text)
    if opening is None:
        return _core(_bare(text), scene)
    left = opening["left"] is not None
    if text.startswith(("before dawn", "before daybreak", "before sunrise")):
        return _core(text, scene)
    inner = _bare(text[opening.end() :])
    found = _core(inner, _looking_ahead(scene, by=opening["left"] in ("by", "before")) if left else scene)
    if found.first is None and found.last is None:
        return found
    if opening["from"] and scene.tense() != "ahead":  # "figures from 2011"; "from Monday, schools will close"
        return found
    return _opened(inner, found, left=left)


def _opened(inner: str, found: Value, *, left: bool) -> Value:
    """Return a time that is open on one side; "since the end of 2017" begins where its own words end."""
    whole = found.says
    if left:
        last, high = (found.last or found.first), (found.high or found.low)
        return Value(None, last, found.precision, None, high, found.days, f"open before; {whole}")
    first, low = (found.first or found.last), (found.low or found.high)
    return Value(first, None, found.precision, low, None, found.days, f"open behind; {whole}")


def _looking_ahead(scene: Scene, *, by: bool) -> Scene:
    """Return the scene of "by X" and "until X", which lie ahead when the sentence does not say.

    A verb of the past says it for "by" ("by Friday they had left"), not for "until" ("had until Monday to reply").
    """

    def tense() -> str | None:
        found = scene.tense()
        return found if found is not None and by else "ahead"

    return Scene(scene.page, tense, scene.before, scene.news, scene.said)


def _bare(text: str) -> str:
    """Return the words without what stands before a time and does not change it: "over", "about", "as early as"."""
    while True:
        match = LEADING.match(text)
        if match is None:
            return text
        text = text[match.end() :]


def _core(text: str, scene: Scene) -> Value:
    """Return what words without an opening mean."""
    for rule in (_from_event, day_words, long_words, hours_alone):
        found = rule(text, scene)
        if found is not None:
            return found
    if CLOSE_EVENT.match(text) or AFTER_EVENT.match(text) or EDGE.search(text) or WITHIN.search(text):
        return unresolved(RELATIVE)
    return unresolved("the words name no day, week, month or year")


def _range(text: str, scene: Scene) -> Value | None:
    """Read "from 2001 to June of this year", "between May 13 and July 30, 2017", "Friday through the end of May"."""
    match = RANGE.match(text) or OPEN_RANGE.match(text)
    if match is None:
        return None
    low, high = _bare(match["low"]), _bare(match["high"])
    year = YEAR.search(high)
    if year and not YEAR.search(low) and re.search(r"[a-z]", low):
        low = f"{low} {year.group()}"
    elif re.search(r"\b(?:this|last|next|that) year\b", high) and not YEAR.search(low):
        low = f"{low} {re.findall(r'(?:this|last|next|that) year', high)[0]}"
    first, last = _core(low, scene), _core(high, scene)
    if first.first is None or last.last is None:
        unknown = first if first.first is None else last
        return None if unknown.first or unknown.last or not unknown.says.startswith("the page") else unknown
    if (first.first, first.low or "") > (last.last, last.high or ""):
        return None
    finer = min(first, last, key=lambda value: FINENESS.index(value.precision))
    both = first.low is not None and last.high is not None
    return Value(
        first.first,
        last.last,
        finer.precision,
        first.low if both else None,
        last.high if both else None,
        True if first.precision != last.precision else finer.days,
        f"from {first.says}; to {last.says}",
    )


PLAIN = frozenset((*WEEKDAYS, "today", "yesterday", "tomorrow", "tonight", "overnight"))
"""The most frequent times, which are no rate, range or open time."""

FINENESS: tuple[TimePrecision, ...] = ("minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown")
"""Precisions, the finest first."""


def _from_event(text: str, scene: Scene) -> Value | None:
    """Read "two days before the Oct. 7 attack"; without a day for the event it stays open."""
    match = FROM_EVENT.match(text)
    if match is None:
        return RELATIVE_EVENT if CLOSE_EVENT.match(text) and _tail(text) else None
    count = 1 if match["count"] in (None, "the") else number_of(match["count"])
    event = day_words(match["event"], scene) or long_words(match["event"], scene)
    if count is None or event is None or event.first is None or match["way"] in ("since", "into"):
        return RELATIVE_EVENT
    sign = -1 if match["way"] in ("before", "prior to") else 1
    found = step_units(event.first, match["unit"], sign * count)
    return found.because(f"counted from {match['event']!r}: {event.says}")


RELATIVE_EVENT = unresolved(RELATIVE)


def _tail(text: str) -> bool:
    """Say whether words follow "shortly after"."""
    match = CLOSE_EVENT.match(text)
    return (
        match is not None and bool(text[match.end() :].strip()) and match.group().endswith(("after", "before", "ing"))
    )


# --- what was named before -----------------------------------------------------------------------------------------


def _before(document: Document, span: Span, depth: int) -> Iterator[Value]:
    """Yield the resolved times before a span, nearest first, of its own sentence and of the few before."""
    if depth >= DEEPEST:
        return
    at = _sentence_at(document, span.start)
    for index in range(at, max(-1, at - SENTENCES_BACK - 1), -1):
        tokens = document.sentences[index].tokens
        for low, high in reversed(find_times(tokens)):
            other = Span(tokens[low].start, tokens[high - 1].end)
            if other.end <= span.start:
                value = value_of(document, other, depth + 1)
                if value.first is not None or value.last is not None:
                    yield value


def _sentence_at(document: Document, position: int) -> int:
    """Return which sentence holds a character, the one before it where none does; -1 before the first."""
    return bisect_right(document.sentences, position, key=lambda sentence: sentence.start) - 1


def _news_day(document: Document, span: Span, day: date | None, depth: int) -> date | None:
    """Return the day that the report is about: one that its own sentence names, else the first one of the lead.

    A report that is published a day late still counts "overnight" from the day it tells of.
    """
    if day is None or depth >= DEEPEST:
        return day
    at = _sentence_at(document, span.start)
    own = [at] if at >= 0 else []
    for index in [*own, *range(min(LEAD_SENTENCES, len(document.sentences)))]:
        tokens = document.sentences[index].tokens
        for low, high in find_times(tokens):
            other = Span(tokens[low].start, tokens[high - 1].end)
            if other.meets(span) or not WEEKDAY_NAME.search(other.of(document.text)):
                continue
            value = value_of(document, other, DEEPEST)
            if value.first is not None and value.first == value.last and 0 <= (day - value.first).days <= 1:
                return value.first
    return day


WEEKDAY_NAME = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def _said_day(document: Document, span: Span, day: date | None, depth: int) -> date | None:
    """Return the day on which the words at a span were said: "she said on Thursday that he may come by Friday"."""
    at = _sentence_at(document, span.start)
    if day is None or depth >= DEEPEST or at < 0:
        return None
    tokens = document.sentences[at].tokens
    times = find_times(tokens)
    for low, high in sorted(said_times(tokens, times), reverse=True):
        if tokens[high - 1].end <= span.start:
            said = value_of(document, Span(tokens[low].start, tokens[high - 1].end), DEEPEST).first
            return said if said is not None and said <= day else None
    return None


def _end(day: date | None, hours: str | None, value: Value) -> str | None:
    """Return one end of an interval as text, no more exact than the precision."""
    if day is None:
        return None
    if hours is not None:
        return f"{day.isoformat()}T{hours}"
    if value.precision == "year" and not value.days:
        return f"{day.year:04d}"
    return f"{day.year:04d}-{day.month:02d}" if value.precision == "month" and not value.days else day.isoformat()
