"""Finds the expressions of time in the tokens of a sentence: "late Thursday", "by Friday", "in the past 24 hours".

In go tokens, out come token ranges. A word of lexicon/time_words.tsv starts the search, its neighbours decide how far
the expression reaches. Dates are not resolved here (times.py).
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.sentences import Token

LONGEST_CLAUSE = 9
"""Words of a time clause ("shortly after the call concluded"); longest in the coded train pages: 9."""

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*\Z")
DAY = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?\Z")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
DECADE = re.compile(r"(?:1[5-9]|20)\d0s\Z|mid-\d{4}\Z|\d{4}-\d{2,4}\Z")
CLOCK = re.compile(r"\d{1,2}(?:[.:]\d\d)?(?:am|pm)\Z")

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
    names = ("shade", "chooser", "edge", "yearly", "number", "after", "part", "month", "weekday", "unit", "lead")
    return TimeWords(anchors=anchors, **{name: frozenset(classes[name]) for name in names})


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
        while found and found[-1][1] > pair[0]:
            pair = (min(found.pop()[0], pair[0]), pair[1])
        if found and _joins(tokens, found[-1], pair):
            pair = (found.pop()[0], pair[1])
        found.append(pair)
    return found


def _joins(tokens: Sequence[Token], left: Pair, right: Pair) -> bool:
    """Say whether two times are one: "6:30 a.m. on Friday", "Friday, July 21", "late on Wednesday"."""
    between = [token.lower for token in tokens[left[1] : right[0]]]
    return between in ([], ["on"], [","], ["of"], ["local", "time"], ["local", "time", "on"]) and (
        between != [","] or tokens[right[0]].lower in time_words().month
    )


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
    if end < len(tokens) and tokens[end].lower in time_words().part:
        end += 1
    return _left(tokens, at), end


def _month(tokens: Sequence[Token], at: int) -> Pair | None:
    words = time_words()
    if not tokens[at].capital:
        return None
    end, low = at + 1, at
    if end < len(tokens) and tokens[end].text == "." and len(tokens[at].text) <= 4:
        end += 1
    dated = False
    if end < len(tokens) and DAY.match(tokens[end].text):
        end, dated = end + 1, True
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
    counted = low > 0 and (tokens[low - 1].lower in words.number or bool(NUMBER.match(tokens[low - 1].text)))
    if counted:
        low -= 1
        if low > 0 and tokens[low - 1].lower in ("a", "of"):
            low -= 1
    chosen = low > 0 and tokens[low - 1].lower in words.chooser
    while low > 0 and tokens[low - 1].lower in words.chooser:
        low -= 1
    behind = tokens[end].lower if end < len(tokens) else ""
    if behind in words.after and (counted or chosen):
        end += 1
        if behind in ("after", "before"):
            end = _clause_end(tokens, end)
    elif not chosen:
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


def _part(tokens: Sequence[Token], at: int) -> Pair | None:
    """Find "in the morning", "this evening", "last night"; a part alone is no time."""
    before = tokens[at - 1].lower if at > 0 else ""
    if before in ("this", "last", "that", "next", "the", "early", "late", "same", "following", "at", "by", "before"):
        low = at - 1
        if low > 0 and before == "the" and tokens[low - 1].lower not in ("in", "during", "through", "by", "on"):
            return None
        return low + (before == "at"), at + 1
    return None


def _single(tokens: Sequence[Token], at: int) -> Pair | None:
    return (at - 1 if at > 0 and tokens[at - 1].lower in time_words().edge else at), at + 1


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
        return _clock_left(tokens, low), at + 1
    return None


def _clock_left(tokens: Sequence[Token], low: int) -> int:
    while low > 0 and tokens[low - 1].lower in ("about", "around", "just", "shortly", "after", "before", "by", "until"):
        low -= 1
    return low


def _digits(tokens: Sequence[Token], at: int) -> Pair | None:
    words, text = time_words(), tokens[at].text
    if CLOCK.match(text):
        return _clock_left(tokens, at), at + 1
    if DECADE.match(text):
        return at, at + 1
    if not YEAR.match(text):
        return None
    before = tokens[at - 1].lower if at > 0 else ""
    if before not in words.yearly:
        return None
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if following in ("people", "km", "miles", "percent", "%", "meters", "metres", "troops", "homes", "houses"):
        return None
    low = at
    while low > 0 and tokens[low - 1].lower in ("early", "late", "mid", "fiscal", "year", "spring", "summer", "winter"):
        low -= 1
    if low > 0 and tokens[low - 1].lower in words.edge:
        low -= 1
    return low, at + 1


FINDERS: dict[str, Callable[[Sequence[Token], int], Pair | None]] = {
    "weekday": _weekday,
    "month": _month,
    "unit": _unit,
    "part": _part,
    "single": _single,
    "lead": _lead,
    "clock": _clock,
    "digits": _digits,
}
