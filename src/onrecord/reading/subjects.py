"""Who the subject of a cue is: in front of it, behind it, across an apposition or a relative clause, or shared.

A line and token positions go in, token positions come out; ends are exclusive. Who that is on the page is left to
people.py.
"""

from onrecord.reading.adverbials import before_cue
from onrecord.reading.contents import Stretch
from onrecord.reading.cues import Cue, word_class
from onrecord.reading.noun_phrases import (
    AUX,
    DASHES,
    DETERMINER,
    MONTH,
    POINTS,
    PREPOSITION,
    QUOTES,
    STOP,
    TIME_NOUN,
    WEEKDAY,
    WHO,
    Line,
    has_verb,
    is_verb,
    phrase_after,
    phrase_before,
)
from onrecord.reading.sentences import Document
from onrecord.reading.spoken import Found

DOCUMENTS = word_class("documents")
LONGEST_RELATIVE = 14
"""Tokens of a relative clause without commas between a subject and its cue."""
LONGEST_APPOSITION = 14
"""Tokens of a description in front of a name."""
LONG_CLAUSE = 12
"""Tokens before a cue that are what was said, whether a verb is recognised or not. Swept 7-99: F1 differs by 0.1."""
SHORTEST_CLAUSE = 3
"""Tokens before a cue that can be what was said; fewer are an adverbial ("In short, she said")."""


def subject_of(
    document: Document, line: Line, i: int, left: int, before: list[Found]
) -> tuple[tuple[int, int] | None, Found | None]:
    """Return the subject of a finite cue as tokens, or the statement whose source it shares."""
    lows = line.lows
    if left <= line.start:
        return None, None
    word = lows[left - 1]
    if word in WHO or word == "that":
        at = left - 1
        if at > line.start and lows[at - 1] == ",":
            at -= 1
        start = antecedent(line, phrase_before(line, at, line.start), at)
        return ((start, at) if start < at else None), None
    if word in ("and", "but", "or") or (word == "," and before and lows[left - 2] != ")" and False):
        return shared_subject(line, left - 1, before)
    if word == ",":
        return apposed(line, left - 1, before)
    start = phrase_before(line, left, line.start)
    outer = outside_relative(line, start)
    if outer is not None:
        return outer, None
    if start >= left:
        return None, None
    inserted = line.lows[i + 1 : i + 2] == [","]
    return (start if inserted else apposed_start(line, start), left), None


def subject_behind(line: Line, i: int, end: int) -> tuple[int, int] | None:
    """Return the subject behind a cue that closes a quotation or a clause (", said the mayor"); else None."""
    if i <= line.start:
        return None
    before = line.lows[i - 1]
    after_quote = (
        before in QUOTES
        or line.quote[i - 1] >= 0
        or (before in (",", "?", "!") and i - 2 >= 0 and line.quote[i - 2] >= 0)
    )
    if not after_quote and before != "," and before not in DASHES:
        return None
    stop = phrase_after(line, end, line.end)
    if stop == end or line.lows[end] == "that" or (line.lows[end] in AUX and not line.tokens[end].capital):
        return None
    if not after_quote:
        following = line.lows[stop] if stop < line.end else ","
        after = behind_age(line, stop)
        inserted = following == "," and after < line.end and is_verb(line.lows, after)
        if inserted and not line.tokens[after].capital:
            return end, stop
        if stop < line.end and following in QUOTES:
            return None
        if has_verb(line, end, phrase_end(line, stop)) or line.lows[end] in ("it", "they", "i", "we"):
            return None
        if following not in POINTS and following not in PREPOSITION and following not in STOP and stop < line.end:
            return None
        if not has_clause(line, line.start, i - 1):
            return None
    return end, stop


def behind_age(line: Line, comma: int) -> int:
    """Return what follows the comma behind a name, or behind its age (", 30, was")."""
    lows = line.lows
    aged = comma + 2 < line.end and lows[comma + 1].isdigit() and lows[comma + 2] == ","
    return comma + 3 if aged else comma + 1


def outside_relative(line: Line, start: int) -> tuple[int, int] | None:
    """Return the subject in front of a relative clause without commas: "doctors who treated her said"."""
    for i in range(start - 1, max(line.start, start - LONGEST_RELATIVE), -1):
        if line.lows[i] in POINTS:
            return None
        if line.lows[i] == "who":
            outer = phrase_before(line, i, line.start)
            return (outer, i) if outer < i else None
    return None


def apposed_start(line: Line, start: int) -> int:
    """Return where a subject starts whose description stands before a comma: "the mayor, Ann Vale said"."""
    if start - 2 <= line.start or line.lows[start - 1] != ",":
        return start
    outer = phrase_before(line, start - 1, line.start)
    free = outer == line.start or (line.lows[outer - 1] in QUOTES and line.quote[outer - 1] >= 0)
    if outer < len(line.lows) and line.lows[outer].endswith("ing"):
        return start
    if outer >= start - 1 or not free or line.lows[outer] in PREPOSITION or has_time(line, outer, start - 1):
        return start
    return start if has_verb(line, outer, start - 1) or start - outer > LONGEST_APPOSITION else outer


def apposed(line: Line, comma: int, before_cues: list[Found]) -> tuple[tuple[int, int] | None, Found | None]:
    """Return the subject in front of an apposition that closes at this comma ("Ann Vale, a nurse, said")."""
    lows, best = line.lows, None
    at = comma - 1
    while at > line.start:
        if lows[at] == "," and line.quote[at] < 0:
            start = phrase_before(line, at, line.start)
            before = lows[start - 1] if start > line.start else ","
            if start >= at and lows[at - 1] not in POINTS:
                break
            led = lows[start].endswith("ing") or lows[start] == "asked"
            if lows[at - 1] == "old" and start < at:
                at -= 1
                continue
            usable = start < at and not led and (before in POINTS or before in ("that", "and", "but", "while"))
            if (
                usable
                and lows[start] not in PREPOSITION
                and not has_time(line, start, at)
                and not lows[at - 1].isdigit()
            ):
                best = (start, at)
            elif start < at and before not in WHO and not lows[at - 1].isdigit():
                break
            if start == line.start or (before != "," and before not in WHO):
                break
        at -= 1
    if best is None and before_cues:
        return None, before_cues[-1]
    return best, None


def antecedent(line: Line, start: int, end: int) -> int:
    """Return where the noun that "who" goes with starts: behind the last preposition but "of" of the phrase."""
    for i in range(end - 2, start - 1, -1):
        if line.lows[i] in PREPOSITION and line.lows[i] not in ("of", "for"):
            return i + 1
        if line.lows[i] == "for" and line.lows[i + 1] not in DETERMINER and line.tokens[i + 1].capital:
            return i + 1
    return start


def shared_subject(line: Line, at: int, before: list[Found]) -> tuple[tuple[int, int] | None, Found | None]:
    """Return the subject that a coordinated or participial cue takes over."""
    begin = line.start
    outer = main_cues(before)
    if outer and outer[-1].source is not None and ("accord" not in outer[-1].cue.frames or outer[-1].backward):
        return None, outer[-1]
    if outer and outer[-1].bounds is not None:
        begin = outer[-1].bounds[0 if outer[-1].source is not None else 1]
    for i in range(begin + 1, at):
        if is_verb(line.lows, i) and not line.tokens[i].capital and line.quote[i] < 0:
            stop, _ = before_cue(line, i, line.start)
            if stop > line.start and line.lows[stop - 1] == ",":
                subject, _ = apposed(line, stop - 1, [])
                if subject is not None:
                    return subject, None
            start = phrase_before(line, stop, line.start)
            if start < stop:
                return (start, stop), None
    return None, None


def main_cues(before: list[Found]) -> list[Found]:
    """Return the statements of a sentence whose cue is no part of what another one reports."""
    return [
        found
        for found in before
        if not any(
            other is not found and other.bounds is not None and other.bounds[0] <= found.cue_start < other.bounds[1]
            for other in before
        )
    ]


def has_clause(line: Line, start: int, end: int) -> bool:
    """Say whether a stretch is long enough to be said and holds a verb or a quotation."""
    if end - start >= LONG_CLAUSE and line.lows[start] not in PREPOSITION:
        return True
    if end - start < SHORTEST_CLAUSE:
        return any(line.quote[k] >= 0 for k in range(start, end))
    return has_verb(line, start, end) or any(line.quote[k] >= 0 for k in range(start, end))


def phrase_end(line: Line, start: int) -> int:
    """Return where the words before the next comma, quotation or "who" end."""
    i = start
    while i < line.end and line.lows[i] not in POINTS and line.lows[i] not in WHO:
        i += 1
    return i


def has_time(line: Line, start: int, end: int) -> bool:
    """Say whether a stretch tells a time."""
    return any(word in TIME_NOUN or word in WEEKDAY or word in MONTH or word == "ago" for word in line.lows[start:end])


def fits(line: Line, subject: tuple[int, int] | None, cue: Cue) -> bool:
    """Say whether this subject can say things with this cue."""
    if subject is None:
        return True
    heads = set(line.lows[subject[0] : subject[1]])
    if "doc" in cue.frames:
        return bool(heads & DOCUMENTS)
    return not ("person" in cue.frames and heads & DOCUMENTS and not heads & {"police", "officials"})


def next_comma(line: Line, start: int, end: int) -> int | None:
    """Return the next comma that is outside brackets; None without one."""
    depth = 0
    for i in range(start, end):
        word = line.lows[i]
        depth += (word == "(") - (word == ")")
        if word == "," and depth <= 0 and not (i + 1 < end and line.lows[i + 1] in WHO):
            return i
    return None


def chars(line: Line, start: int, end: int) -> Stretch | None:
    """Return the characters of the tokens start to end."""
    return (line.tokens[start].start, line.tokens[end - 1].end) if start < end else None
