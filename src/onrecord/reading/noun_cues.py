"""Nouns that report speech: "his pledge to leave", "warnings that the dam may fail", "calls for a vote".

A line and a token position go in; a statement comes out when a linking word of the noun (lexicon/noun_cues.tsv) follows
it. The source is the owner in front ("the mayor's claim", "his claim") or the one behind "by" or "from"; else None.
"""

from functools import cache

from onrecord.errors import LexiconError
from onrecord.lexicon import rows
from onrecord.reading.contents import words_between
from onrecord.reading.cues import Cue
from onrecord.reading.noun_phrases import DETERMINER, POINTS, Line, phrase_after, phrase_before
from onrecord.reading.sentences import Document
from onrecord.reading.spoken import Found
from onrecord.records import Act, choices

OWNERS = frozenset({"his", "her", "their", "its"})
LONGEST_MODIFIER = 2
"""Tokens between an owner and the noun ("the mayor's repeated public warnings")."""
BEFORE_NOUN = frozenset({"and", "amid", "with", "by", "off", "new", "despite", "drew", "following", "to", "over", "of"})
SHORTEST_CLAUSE = 3
"""Tokens from "that" on that can be a clause."""


@cache
def noun_cues() -> dict[str, Cue]:
    """Return the cue of each noun, with its linking words as frames.

    Raises:
        LexiconError: a row has an act that is not in the closed list.
    """
    found = {}
    for row in rows("noun_cues"):
        if row["act"] not in choices(Act):
            raise LexiconError(f"lexicon/noun_cues.tsv: {row['noun']}: unknown act {row['act']!r}; see records.Act")
        act: Act = row["act"]  # type: ignore[assignment]  # checked against the closed list above
        found[row["noun"]] = Cue(row["noun"], act, frozenset(row["links"].split(",")))
    return found


def noun_cue(document: Document, line: Line, i: int) -> Found | None:
    """Return the statement that the noun at token i reports; None when it reports none."""
    cue = noun_cues()[line.lows[i]]
    source, owned = owner(line, i)
    k = i + 1
    if not owned and k + 1 < line.end and line.lows[k] in ("by", "from"):
        stop = phrase_after(line, k + 1, line.end, inside=frozenset({"'s", "of"}))
        source, owned = ((k + 1, stop), True) if stop > k + 1 else (source, owned)
        k = stop
    if k + 1 >= line.end or line.lows[k] not in cue.frames:
        return None
    link = line.lows[k]
    before = line.lows[i - 1] if i > line.start else ""
    if link != "that" and not owned and not (line.lows[i].endswith("s") and calls_up(before)):
        return None
    if link == "that" and k + SHORTEST_CLAUSE > line.end:
        return None
    k += link != "to"
    stop = content_stop(line, k)
    place = None if source is None else (line.tokens[source[0]].start, line.tokens[source[1] - 1].end)
    content = words_between(document, line, k, stop)
    if not content:
        return None
    return Found(line, i, i + 1, cue, cue.act, source=place, content=content, score=0.6)


def calls_up(before: str) -> bool:
    """Say whether the word before a plural noun shows that it is no verb: "sparked calls for", "and calls for"."""
    return before.endswith(("ed", "ing")) or before in BEFORE_NOUN


def owner(line: Line, i: int) -> tuple[tuple[int, int] | None, bool]:
    """Return the tokens of the owner of a noun, and whether it has one."""
    for at in range(i - 1, max(line.start - 1, i - 2 - LONGEST_MODIFIER), -1):
        word = line.lows[at]
        if word in OWNERS:
            return (at, at + 1), True
        if word in ("'s", "'", "\u2019") and at > line.start:
            start = nearest_name(line, phrase_before(line, at, line.start), at)
            return ((start, at) if start < at else None), start < at
        if word in POINTS or word in DETERMINER:
            return None, False
    return None, False


def nearest_name(line: Line, start: int, end: int) -> int:
    """Return where the last article or name of a phrase starts: an owner is what stands right before its mark."""
    i = end - 1
    while i > start and line.lows[i] not in DETERMINER and (line.tokens[i].capital or not line.tokens[i + 1].capital):
        i -= 1
    return i if line.lows[i] in DETERMINER or line.tokens[i].capital or i + 1 >= end else i + 1


def content_stop(line: Line, start: int) -> int:
    """Return where what a noun reports ends: at the next comma or the end."""
    i = start
    while i < line.end and line.lows[i] not in (",", ";", "--", "\u2014", "\u2013"):
        i += 1
    return i
