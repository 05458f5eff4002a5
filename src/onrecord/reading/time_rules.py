"""Finds the expressions of time in the tokens of a sentence: "late Thursday", "by Friday", "in the past 24 hours".

In go tokens, out come token ranges. A word of lexicon/time_words.tsv starts the search, its neighbours decide how far
the expression reaches. Dates are not resolved here (times.py).
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.sentences import Token, tokens
from onrecord.reading.time_spans import number_of
from onrecord.reading.time_values import holidays

LONGEST_CLAUSE = 9
"""Words of a time clause ("shortly after the call concluded"); longest in the coded train pages: 9."""

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*\Z")
DAY = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?\Z")
DAYS = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?(?:[-\u2013](?:[12]?\d|3[01]))?\Z")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
DECADE = re.compile(r"(?:1[5-9]|20)\d0s\Z|mid-\d{4}\Z|\d{4}-\d{2,4}\Z")
HOUR = re.compile(r"(?:[01]?\d|2[0-3])\Z")
MINUTE = re.compile(r"[0-5]\d\Z")
CLOCK = re.compile(r"\d{1,2}(?:[.:]\d\d)?(?:am|pm)\Z")

RANGE_JOINS = {"from": ("to", "until", "till", "through", "into"), "between": ("and",)}
"""First word of a range -> the words that stand before its other end."""

EDGES = frozenset("start beginning end turn close middle opening half quarter".split())
"""Parts of a longer time: "the end of the week"."""

ORDINALS = frozenset("first second third fourth last final".split())
PARTS_IN = frozenset("early earlier late later".split())
"""Words before "in the day", "in the week"."""

SEASONS = frozenset("spring summer autumn fall winter".split())
BEFORE_CLOCK = frozenset("about around just shortly soon after before by until from since past".split())
ZONES = frozenset("gmt utc et est edt ct cst cdt mt mst mdt pt pst pdt bst cet cest eet eest msk jst kst hkt".split())
CLOCK_PLACES = frozenset("at around about until till by before after from since".split())
"""Words before 19:00; a bare 3:2 is a score."""

YEARS_ALONE = (1900, 2039)
"""Years that need no word of time before them: "the 2016 vote"."""

NO_YEAR_BEFORE = frozenset(
    {"$", "\u20ac", "\u00a3", "no", "number", "#", "-", "/", ".", ",", "flight", "route", "some"}
)
NO_YEAR_BEHIND = frozenset(
    "people men women km miles percent % meters metres troops homes houses - / million soldiers police feet".split()
)

Pair = tuple[int, int]


class TimeWords(msgspec.Struct, frozen=True):
    """lexicon/time_words.tsv by class; anchors maps a word to the class that starts a search for a time."""

    anchors: dict[str, str]
    shade: frozenset[str]
    chooser: frozenset[str]
    edge: frozenset[str]
    yearly: frozenset[str]
    number: frozenset[str]
    after: frozenset[str]
    part: frozenset[str]
    month: frozenset[str]
    weekday: frozenset[str]
    unit: frozenset[str]
    lead: frozenset[str]


@cache
def time_words() -> TimeWords:
    """Return the words of time."""
    classes: dict[str, set[str]] = {}
    anchors: dict[str, str] = {"a.m.": "clock", "p.m.": "clock", "am": "clock", "pm": "clock", "gmt": "clock"}
    for row in rows("time_words"):
        classes.setdefault(row["class"], set()).add(row["word"])
        if row["class"] in ("weekday", "month", "part", "unit", "single", "lead"):
            anchors.setdefault(row["word"], row["class"])
    for names_of in _holiday_tokens():
        anchors[names_of] = "holiday"
    names = ("shade", "chooser", "edge", "yearly", "number", "after", "part", "month", "weekday", "unit", "lead")
    return TimeWords(anchors=anchors, **{name: frozenset(classes[name]) for name in names})


@cache
def _holiday_tokens() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the words of each holiday by the first of them, the longest name first; months keep their own search."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in holidays():
        parts = tuple(token.lower for token in tokens(name, 0, len(name)))
        if parts[0] != "may":
            found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


def find_times(tokens: Sequence[Token]) -> list[Pair]:
    """Return the expressions of time as token ranges, left to right, not overlapping, the longest of each."""
    found: list[Pair] = []
    anchors = time_words().anchors
    for at, token in enumerate(tokens):
        kind = anchors.get(token.lower)
        if kind is None:
            if not token.text[0].isdigit() and token.lower[:4] != "mid-":
                continue
            kind = "digits"
        if found and at < found[-1][1]:
            continue
        pair = FINDERS[kind](tokens, at)
        if pair is None:
            continue
        pair = _edge_left(tokens, pair)
        while found and found[-1][1] > pair[0]:
            pair = (min(found.pop()[0], pair[0]), pair[1])
        while found and _joins(tokens, found[-1], pair):
            pair = (found.pop()[0], pair[1])
        found.append(pair)
    return found


def _joins(tokens: Sequence[Token], left: Pair, right: Pair) -> bool:
    """Say whether two times are one: "6:30 a.m. on Friday", "Friday, July 21", "late on Wednesday"."""
    if right[0] - left[1] > 3:
        return False
    between = [token.lower for token in tokens[left[1] : right[0]]]
    if len(between) == 1 and between[0] in RANGE_JOINS.get(tokens[left[0]].lower, ("through",)):
        return True
    if not between and tokens[right[0]].lower in ("through", "to") and right[1] - right[0] > 1:
        return True
    return between in ([], ["on"], [","], ["of"], ["local", "time"], ["local", "time", "on"]) and (
        between != [","] or tokens[right[0]].lower in time_words().month
    )


def _edge_left(tokens: Sequence[Token], pair: Pair) -> Pair:
    """Return the pair with "the end of" before it: "the end of the week", "the first half of 2018"."""
    low, end = pair
    at = low - 2 if low > 1 and tokens[low - 1].lower == "the" else low - 1
    if at < 1 or tokens[at].lower != "of" or tokens[at - 1].lower not in EDGES:
        return pair
    low = at - 1
    if low > 0 and tokens[low - 1].lower in ORDINALS:
        low -= 1
    if low > 0 and tokens[low - 1].lower in ("the", "very"):
        low -= 1
    if low > 0 and tokens[low - 1].lower in time_words().edge:
        low -= 1
    return low, end


def _left(tokens: Sequence[Token], at: int) -> int:
    """Return where a time starts when shades ("late", "last") and an edge word ("by", "since") stand before it."""
    words = time_words()
    while at > 0 and tokens[at - 1].lower in words.shade:
        at -= 1
    if at > 1 and tokens[at - 1].lower == "on" and tokens[at - 2].lower in ("early", "late", "earlier", "later"):
        return at - 2
    if at > 1 and tokens[at - 1].lower == "of" and tokens[at - 2].lower == "as":
        return at - 2
    if at > 0 and tokens[at - 1].lower in words.edge:
        return at - 1
    return at


def _weekday(tokens: Sequence[Token], at: int) -> Pair | None:
    if not tokens[at].capital:
        return None
    end = at + 1
    if not tokens[at].lower.endswith("day"):
        return (at, end) if _opens_date(tokens, end) else None
    if end < len(tokens) and tokens[end].lower in time_words().part:
        end += 1
    if at > 0 and end < len(tokens) and tokens[end].lower in ("of", "in") and tokens[at - 1].lower in ORDINALS:
        return (at - 2 if at > 1 and tokens[at - 2].lower == "the" else at - 1), end
    return _left(tokens, at), end


def _opens_date(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a date goes on behind a short weekday: "Tue, March 22"."""
    at += at < len(tokens) and tokens[at].text in ",."
    at += at < len(tokens) and tokens[at].text == ","
    return at < len(tokens) and (tokens[at].lower in time_words().month or bool(DAY.match(tokens[at].text)))


def _holiday(tokens: Sequence[Token], at: int) -> Pair | None:
    if not tokens[at].capital:
        return None
    for parts in _holiday_tokens()[tokens[at].lower]:
        if tuple(token.lower for token in tokens[at : at + len(parts)]) == parts:
            return _left(tokens, at), at + len(parts)
    return None


def _month(tokens: Sequence[Token], at: int) -> Pair | None:
    words = time_words()
    if not tokens[at].capital:
        return None
    end, low = at + 1, at
    if tokens[at].lower == "may" and end < len(tokens) and tokens[end].lower == "'s":  # a person's name
        return None
    if end < len(tokens) and tokens[end].text == "." and len(tokens[at].text) <= 4:
        end += 1
    dated = False
    if end < len(tokens) and DAYS.match(tokens[end].text):
        end, dated = end + 1, True
        if end + 1 < len(tokens) and tokens[end].lower == "to" and DAY.match(tokens[end + 1].text):
            end += 2 if low > 0 and tokens[low - 1].lower == "from" else 0
    for gap in (0, 1):
        if end + gap < len(tokens) and YEAR.match(tokens[end + gap].text) and (not gap or tokens[end].text == ","):
            end, dated = end + gap + 1, True
            break
    if low > 0 and DAY.match(tokens[low - 1].text):
        low, dated = low - 1, True
    elif low > 1 and tokens[low - 1].lower == "of" and DAY.match(tokens[low - 2].text):
        low, dated = low - 2, True
    before = tokens[low - 1].lower if low > 0 else ""
    sure = dated or before in words.yearly or before in words.shade or before in words.edge
    named = not dated and end < len(tokens) and tokens[end].capital  # "May Orlin"
    if named or (not sure and (tokens[at].lower in ("may", "march", "mar", "august", "jan", "sep", "dec") or at == 0)):
        return None
    return _left(tokens, low), end


def _unit(tokens: Sequence[Token], at: int) -> Pair | None:
    """Find "last week", "two days ago", "in the past 24 hours", "so far this year"."""
    words = time_words()
    low, end = at, at + 1
    if low > 1 and tokens[low - 1].lower == "of" and tokens[low - 2].lower in ("couple", "number", "handful"):
        low -= 1
    counted = low > 0 and (tokens[low - 1].lower in words.number or _is_number(tokens[low - 1]))
    if counted:
        low -= 1
        if low > 0 and tokens[low - 1].lower in ("a", "of"):
            low -= 1
    chosen = low > 0 and tokens[low - 1].lower in words.chooser
    while low > 0 and tokens[low - 1].lower in words.chooser:
        low -= 1
    behind = tokens[end].lower if end < len(tokens) else ""
    if behind in words.after and (counted or (chosen and behind not in ("after", "before"))):
        end += 1
        if behind in ("after", "before"):
            end = _clause_end(tokens, end)
    elif not chosen:
        named = _unit_of_page(tokens, low, end)
        if named is not None:
            return named
        inside = counted and low > 0 and tokens[low - 1].lower in ("within", "since")
        return (low - 1, end) if inside else None
    if low > 0 and tokens[low - 1].lower == "the":
        low -= 1
    if low > 0 and tokens[low - 1].lower in ("earlier", "later", "late", "early"):
        low -= 1
    if low > 1 and tokens[low - 1].lower == "far" and tokens[low - 2].lower == "so":
        low -= 2
    if low > 0 and tokens[low - 1].lower in words.edge:
        low -= 1
    return low, end


def _is_number(token: Token) -> bool:
    return bool(NUMBER.match(token.text)) or ("-" in token.text and number_of(token.lower) is not None)


def _unit_of_page(tokens: Sequence[Token], low: int, end: int) -> Pair | None:
    """Find units that need no number: "the weekend", "later in the day", "the end of the week", "the year before"."""
    unit = tokens[end - 1].lower
    if low < 2 or end - low > 1 or tokens[low - 1].lower != "the":
        return None
    before, wider = tokens[low - 2].lower, tokens[low - 3].lower if low > 2 else ""
    behind = tokens[end].lower if end < len(tokens) else ""
    if before in ("in", "on") and wider in PARTS_IN and unit in ("day", "week", "month", "year"):
        return low - 3, end
    if before == "of" and wider in EDGES and unit in ("week", "month", "year", "decade", "century", "weekend"):
        return low - 1, end
    if unit == "weekend" and before not in ("of", "for"):
        return (low - 2 if before in ("by", "before", "since", "until") else low - 1), end
    over = end + 1 == len(tokens) or (end + 1 < len(tokens) and not tokens[end + 1].text[0].isalnum())
    if behind in ("before", "after", "earlier") and over and unit in ("day", "week", "month", "year"):
        return low - 1, end + 1
    return None


RELATIVE_DAYS = frozenset("previous preceding following next same".split())
PARTS_BEHIND = RELATIVE_DAYS | frozenset("this last that the early late at by before".split())


def _part(tokens: Sequence[Token], at: int) -> Pair | None:
    """Find "in the morning", "this evening", "last night"; a part alone is no time."""
    before = tokens[at - 1].lower if at > 0 else ""
    if before in PARTS_BEHIND:
        low = at - 1
        if (
            before == "the"
            and low > 2
            and tokens[low - 1].lower == "of"
            and tokens[low - 2].lower in ("middle", "dead")
        ):
            return low - 3, at + 1
        if low > 0 and before == "the" and tokens[low - 1].lower not in ("in", "during", "through", "by", "on"):
            return None
        low += before == "at"
        if low > 0 and before in RELATIVE_DAYS and tokens[low - 1].lower == "the":
            low -= 1
        if before == "the" and low > 1 and tokens[low - 1].lower in ("in", "on") and tokens[low - 2].lower in PARTS_IN:
            low -= 2
        return low, at + 1
    return None


def _single(tokens: Sequence[Token], at: int) -> Pair | None:
    low = at
    if tokens[at].lower in ("noon", "midnight"):
        return _clock_left(tokens, low), at + 1
    return (low - 1 if low > 0 and tokens[low - 1].lower in time_words().edge else low), at + 1


def _lead(tokens: Sequence[Token], at: int) -> Pair | None:
    """Find "shortly after the call concluded": at the start of a clause, up to its comma."""
    pair = _unit(tokens, at) if tokens[at].lower in time_words().unit else None
    if pair is not None:
        return pair
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if following not in ("after", "before", "later", "earlier", "thereafter", "afterwards", "afterward"):
        return None
    return at, _clause_end(tokens, at + 2) if following in ("after", "before") else at + 2


def _clause_end(tokens: Sequence[Token], at: int) -> int:
    """Return where the clause that starts at this token ends, or at itself when it has no end in reach."""
    for end in range(at, min(len(tokens), at + LONGEST_CLAUSE)):
        if tokens[end].text in ",;.\u2014":
            return end
    return at


def _clock(tokens: Sequence[Token], at: int) -> Pair | None:
    low = at
    if low > 0 and tokens[low - 1].text[0].isdigit():
        low -= 1
        if low > 1 and tokens[low - 1].text == ":" and tokens[low - 2].text.isdigit():
            low -= 2
        return _clock_left(tokens, low), _clock_right(tokens, at + 1)
    return None


def _clock_right(tokens: Sequence[Token], end: int) -> int:
    """Return the end of a clock time with its zone: "5 p.m. local time (1400 GMT)"."""
    count = len(tokens)
    lows = [token.lower for token in tokens[end : end + 6]]
    if lows[:2] == ["local", "time"] or (lows[1:2] == ["time"] and tokens[end].lower not in ("this", "that", "the")):
        end += 2
    elif lows[:1] and lows[0] in ZONES and tokens[end].text.isupper():
        end += 1
    elif lows[2:3] == ["time"] and lows[1] in ("standard", "daylight"):
        end += 3
    if end < count and tokens[end].text == "(":
        for close in range(end + 2, min(count, end + 9)):
            if tokens[close].text == ")":
                inside = {token.lower for token in tokens[end:close]}
                return close + 1 if inside & ZONES or {"local", "time"} <= inside else end
    return end


def _clock_left(tokens: Sequence[Token], low: int) -> int:
    while low > 0 and tokens[low - 1].lower in BEFORE_CLOCK:
        low -= 1
    return low


def _digits(tokens: Sequence[Token], at: int) -> Pair | None:
    words, text = time_words(), tokens[at].text
    if CLOCK.match(text):
        return _clock_left(tokens, at), _clock_right(tokens, at + 1)
    if at + 2 < len(tokens) and tokens[at + 1].text == ":" and HOUR.match(text) and MINUTE.match(tokens[at + 2].text):
        return _clock_24(tokens, at)
    if DECADE.match(text):
        low = at
        while low > 0 and tokens[low - 1].lower in ("early", "late", "mid", "the", "-"):
            low -= 1
        return (low - 1 if low > 0 and tokens[low - 1].lower in words.edge else low), at + 1
    if not YEAR.match(text) or not _is_year(tokens, at):
        return None
    low = at
    if low > 1 and tokens[low - 1].lower == "of" and tokens[low - 2].lower in SEASONS:
        low -= 3 if low > 2 and tokens[low - 3].lower == "the" else 2
    while low > 0 and tokens[low - 1].lower in ("early", "late", "mid", "fiscal", "year", *SEASONS):
        low -= 1
    if low > 0 and tokens[low - 1].lower in words.edge:
        low -= 1
    return low, at + 1


def _clock_24(tokens: Sequence[Token], at: int) -> Pair | None:
    """Find "at 19:00", "14:30 GMT": a colon alone may be a score or a verse."""
    end = _clock_right(tokens, at + 3)
    before = tokens[at - 1].lower if at > 0 else ""
    return (_clock_left(tokens, at), end) if end > at + 3 or before in CLOCK_PLACES else None


def _is_year(tokens: Sequence[Token], at: int) -> bool:
    """Say whether four digits are a year: a word of time before them, or nothing around that counts or names."""
    before = tokens[at - 1].lower if at > 0 else ""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.lower in NO_YEAR_BEHIND:
        return False
    if before in time_words().yearly:
        return True
    low, high = YEARS_ALONE
    if not low <= int(tokens[at].text) <= high or before in NO_YEAR_BEFORE:
        return False
    return following is None or not (following.text.islower() and following.text.endswith("s"))


FINDERS: dict[str, Callable[[Sequence[Token], int], Pair | None]] = {
    "weekday": _weekday,
    "month": _month,
    "unit": _unit,
    "part": _part,
    "single": _single,
    "holiday": _holiday,
    "lead": _lead,
    "clock": _clock,
    "digits": _digits,
}
