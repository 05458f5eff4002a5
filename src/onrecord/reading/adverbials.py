"""When, where and in what something is said: the words around a cue that are no part of what is said.

Positions are token positions of a line; nothing here decides whether the words are a statement.
"""

from onrecord.reading.noun_phrases import (
    ADVERB,
    AUX,
    BE,
    DETERMINER,
    MEDIUM,
    MONTH,
    NOT,
    POINTS,
    PREPOSITION,
    PRONOUN,
    QUOTES,
    STOP,
    TIME_NOUN,
    WEEKDAY,
    Line,
)

LONGEST_PHRASE = 16
"""Tokens that a phrase of place or medium may have. Swept 8-24 on the train pages: F1 differs by 0.1."""
TIME_START = frozenset({"every", "last", "this", "next", "earlier", "late", "early", "later", "that", "the"})
NO_ADVERB_LY = frozenset({"family", "only", "early", "july", "nearly", "italy", "supply", "assembly", "roughly"})
KIND_OF_AUX: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(NOT, ("not",)),
    **dict.fromkeys(("wouldn't", "won't", "couldn't", "can't", "cannot"), ("not", "modal")),
    **dict.fromkeys(BE, ("be",)),
    **dict.fromkeys(("has", "had", "have", "having", "'ve"), ("have",)),
    **dict.fromkeys(("do", "does", "did"), ("do",)),
    **dict.fromkeys(("will", "would", "can", "could", "may", "might", "must", "shall", "should", "'ll"), ("modal",)),
    "to": ("to",),
}
"""What a small word before a cue tells about it."""
TO_FRAMES = frozenset({"to", "objto", "inf"})
BEFORE_VERB = frozenset({"first", "long", "once", "twice"})
LONGEST_TITLE = 6
"""Tokens between quotation marks that are the title of a programme or a work."""
COUNTING = frozenset({"least", "most", "more", "about", "nearly", "up"})


def skip_adverbials(line: Line, start: int, end: int, frames: frozenset[str] = frozenset()) -> int:
    """Return where the words after a cue go on behind adverbs, times and phrases such as "in a statement".

    A preposition that is a frame of the cue begins what was said and is not skipped.
    """
    i = start
    takes_to = bool(frames & TO_FRAMES)
    while i < end and not (line.lows[i] in frames and line.lows[i] in PREPOSITION):
        if takes_to and line.lows[i] == "to":
            return i
        after = skip_one(line, i, end)
        if after == i:
            return i
        i = after
    return i


def skip_one(line: Line, i: int, end: int) -> int:
    """Return the end of one adverb, time or phrase at i; i itself when there is none."""
    lows = line.lows
    word = lows[i]
    if word in WEEKDAY or word == "ago":
        return i + 1 + (i + 1 < end and lows[i + 1] in TIME_NOUN)
    if word in MONTH:
        return skip_date(lows, i, end) if i + 1 < end and lows[i + 1][0].isdigit() else i
    if word in TIME_START:
        for j in (i + 1, i + 2):
            if j < end and (lows[j] in TIME_NOUN or lows[j] in WEEKDAY):
                return j + 1
        if word in ("that", "this", "the", "next", "last"):
            return i
    if word in PREPOSITION:
        return skip_phrase(line, i, end)
    if word in ADVERB:
        return i + 1
    if word.endswith("ly") and len(word) > 4 and word not in NO_ADVERB_LY and not line.tokens[i].capital:
        return i + 1
    return i


def skip_date(lows: list[str], i: int, end: int) -> int:
    """Return the end of "May 3, 2021" at i."""
    i += 2
    if i + 1 < end and lows[i] == "," and lows[i + 1].isdigit() and len(lows[i + 1]) == 4:
        return i + 2
    return i


def skip_phrase(line: Line, i: int, end: int) -> int:
    """Return the end of a phrase with a preposition, where it is clear that it ends; else i."""
    lows = line.lows
    j = i + 1
    if j < end and lows[j] in COUNTING:
        return i
    if j < end and (lows[j] in WEEKDAY or lows[j] in TIME_START):
        after = skip_one(line, j, end)
        if after > j:
            return after
    if j < end and lows[j] in MONTH:
        return skip_date(lows, j, end) if j + 1 < end and lows[j + 1][0].isdigit() else j + 1
    if j < end and lows[j].isdigit() and len(lows[j]) == 4:
        return j + 1
    last = min(end, i + LONGEST_PHRASE)
    while j < last:
        word = lows[j]
        if (
            word in QUOTES
            and line.quote[j] >= 0
            and line.quote[j : j + LONGEST_TITLE + 2].count(line.quote[j]) <= LONGEST_TITLE
        ):
            j += line.quote[j:end].count(line.quote[j])
            continue
        if word == "that" or word in POINTS or word in QUOTES:
            return j if word != "that" or j > i + 1 else i
        if word in PRONOUN and j > i + 1:
            return j
        if word in MEDIUM and (j + 1 >= end or ends_medium(line, j + 1)):
            return j + 1
        if word in STOP and word != "and":
            return j
        if word in BE or (word in AUX and word != "'s"):
            return i
        j += 1
    return j if j == end else i


def ends_medium(line: Line, i: int) -> bool:
    """Say whether the word at i can start what was said, or a new phrase, behind "in a statement"."""
    word = line.lows[i]
    if word in MEDIUM or word in PREPOSITION:
        return False
    known = word in POINTS or word in QUOTES or word in WEEKDAY or word in PRONOUN or word in STOP or word in DETERMINER
    return known or line.tokens[i].capital or word[0].isdigit()


def before_cue(line: Line, cue: int, floor: int) -> tuple[int, set[str]]:
    """Return where the words before a cue end that may be its subject, and what stands between.

    The set holds not, modal, be, have, do and to for the kinds of small words that were passed.
    """
    lows, i, passed = line.lows, cue - 1, set[str]()
    while i >= floor:
        kind = KIND_OF_AUX.get(lows[i])
        if (
            kind is not None
            and not line.tokens[i].capital
            and not (lows[i] == "'s" and not (i > floor and lows[i - 1] in PRONOUN))
        ):
            passed.update(kind)
            i -= 1
            continue
        before = skip_back(line, i, floor)
        if before == i:
            break
        i = before
    return i + 1, passed


def skip_back(line: Line, i: int, floor: int) -> int:
    """Return the token before the adverb or time that ends at i; i itself when there is none."""
    lows, word = line.lows, line.lows[i]
    if not line.tokens[i].capital:
        if (
            word in ADVERB
            or word in BEFORE_VERB
            or (word.endswith("ly") and len(word) > 4 and word not in NO_ADVERB_LY)
        ):
            return i - 1
        if word in TIME_NOUN and i - 2 > floor and lows[i - 1] in ("last", "this"):
            return i - 2
    if word in WEEKDAY:
        return i - 1
    if word in TIME_NOUN and i - 1 > floor and lows[i - 1] in WEEKDAY:
        return i - 2
    if word in ("on", "in") and (lows[i + 1] in WEEKDAY or lows[i + 1] in MONTH):
        return i - 1
    if word.isdigit() and i > floor and lows[i - 1] in MONTH:
        return i - 2
    if word == "," and i - 2 > floor and lows[i - 2] == "," and lows[i - 1] in ADVERB:
        return i - 3
    return i
