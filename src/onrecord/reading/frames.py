"""What was said and to whom: the words behind a cue that its frames let stand there, or the words before it.

Fills in the content and the addressee of a statement whose cue and subject are known; None when no frame fits.
"""

from onrecord.reading.adverbials import before_cue, skip_adverbials
from onrecord.reading.contents import quoted, words_before, words_between
from onrecord.reading.cues import PREPOSITION_FRAMES, Cue, word_class
from onrecord.reading.noun_phrases import (
    DASHES,
    POINTS,
    PREPOSITION,
    PRONOUN,
    QUOTES,
    STOP,
    SUBORDINATOR,
    WHO,
    Line,
    has_verb,
    is_verb,
    phrase_after,
)
from onrecord.reading.sentences import Document
from onrecord.reading.spoken import Found
from onrecord.reading.subjects import behind_age, chars, fits, has_clause, next_comma, phrase_end

SAYINGS = word_class("sayings")
QUESTION = frozenset({"whether", "if", "why", "how", "what", "when", "where", "who", "which"})
OBJECT_PRONOUNS = frozenset({"it", "him", "them", "us", "me"})
LONGEST_ACCUSED = 12
"""Tokens that name whom an accusation is made against."""
LOOSE_FRAMES = frozenset({"inf", "after"})
"""Frames whose object is taken as it stands."""
CLAUSE_FRAMES = frozenset({"clause", "that", "inf", "to", "objto"})
PARTICLE_AFTER = frozenset({"off", "back", "in", "up", "out", "at", "to", "by", "into", "over", "around"})
LONGEST_APPOSITION = 14
"""Tokens of a description in front of a name."""
SHORTEST_VERBLESS = 4
"""Tokens that stand behind "said" without a verb the lists know and still are a clause."""


def with_content(
    document: Document, line: Line, i: int, end: int, cue: Cue, subject: tuple[int, int] | None, shared: Found | None
) -> Found | None:
    """Return the statement with what was said behind the cue, or before it."""
    lows = line.lows
    source = chars(line, *subject) if subject else (shared.source if shared else None)
    statement = Found(line, i, end, cue, cue.act, source=source, shared=shared)
    first = subject[0] if subject else i
    k = skip_adverbials(line, end, line.end, cue.frames)
    if "addr" in cue.frames or "objto" in cue.frames:
        k = take_addressee(line, k, statement)
    k = skip_adverbials(line, k, line.end, cue.frames)
    can_lead = subject is not None and first > line.start and "inf" not in cue.frames
    separated = can_lead and (
        lows[first - 1] in {","} | DASHES or lows[first - 1] in QUOTES or line.quote[first - 1] >= 0
    )
    left_clause = separated and has_clause(line, line.start, first - 1)
    closes_quote = left_clause and (line.quote[first - 1] >= 0 or (first > 1 and line.quote[first - 2] >= 0))
    if separated and not left_clause and lows[k : k + 1] == [","] and goes_on(line, k + 1):
        left_clause = True
    if lows[k : k + 1] == [","]:
        k = next(
            (
                j
                for j in range(k + 2, min(line.end, k + LONGEST_APPOSITION))
                if lows[j - 1] == "," and lows[j] == "that"
            ),
            k,
        )
    rest = k >= line.end or ends_saying(line, k)
    speaks = bool(cue.frames & {"clause", "quote", "that", "backward"})
    if left_clause and speaks and (rest or (closes_quote and lows[k] != "that" and lows[k] not in {":"} | QUOTES)):
        return content_before(document, line, statement, first, k)
    if left_clause and speaks and closes_quote and k < line.end and lows[k] in QUOTES:
        statement.backward = True
        statement.content = words_before(document, line, line.start, first) + words_between(document, line, k, line.end)
        return statement
    if rest and not (k < line.end and lows[k] == "," and k + 1 < line.end and lows[k + 1] in QUOTES):
        if "bare" in cue.frames:
            return statement
        alone = speaks and subject is not None and first == line.start
        if alone and previous_quote(document, line, statement):
            return statement
        k = end if end < line.end and lows[end] not in POINTS else k
        if k >= line.end or lows[k] in POINTS:
            return None
    return content_behind(document, line, statement, k, skipped=k > end)


def ends_saying(line: Line, k: int) -> bool:
    """Say whether the words at k are no content: punctuation, a subordinate clause, or a participle behind a title."""
    word = line.lows[k]
    if word in {",", ";"} | DASHES or (word in SUBORDINATOR and word not in QUESTION):
        return True
    return line.lows[k - 1] in QUOTES and word.endswith("ing")


def previous_quote(document: Document, line: Line, statement: Found) -> bool:
    """Give a sentence such as "She asked." the quotation that ends just before it."""
    for quotation in line.quotes:
        gap = document.text[quotation.end : line.sentence.start]
        if quotation.end <= line.sentence.start and not gap.strip():
            statement.content = quoted(document, quotation)
            statement.backward = True
            return True
    return False


def take_addressee(line: Line, k: int, statement: Found) -> int:
    """Set the addressee that starts at k and return what follows it; k when none stands there."""
    lows = line.lows
    if k >= line.end or lows[k] in POINTS or lows[k] in QUESTION or lows[k] in ("that", "to", "of", "about"):
        return k
    if lows[k] in PREPOSITION and lows[k] != "with":
        return k
    stop = phrase_after(line, k, line.end)
    if stop == k:
        return k
    takes = "addr" in statement.cue.frames
    follows = lows[stop] if stop < line.end else ""
    if follows != "to" and not takes:
        return k
    if (
        takes
        and follows not in ("that", "to", "of", "about", "not", "")
        and statement.cue.base not in ("tell", "remind", "inform", "assure")
    ):
        if follows in QUESTION or follows in POINTS:
            pass
        else:
            return k
    statement.addressee = chars(line, k, stop)
    return stop


def content_before(document: Document, line: Line, statement: Found, first: int, k: int) -> Found | None:
    """Fill in what was said before the cue, and behind it where the sentence goes on ("..., he said, ...")."""
    statement.backward = True
    statement.bounds = (line.start, first)
    statement.content = words_before(document, line, line.start, first)
    if k + 1 < line.end and line.lows[k] in {","} | DASHES:
        following = k + 1
        word = line.lows[following]
        quote = line.quote[following]
        if quote >= 0:
            statement.content += words_between(document, line, following, line.end)
        elif goes_on(line, following):
            following += word in ("and", "but") and line.lows[k] in DASHES
            statement.content += words_between(document, line, following, line.end)
    return statement if statement.content else None


def goes_on(line: Line, start: int) -> bool:
    """Say whether what was said goes on behind an inserted cue: its next words hold a verb of their own."""
    if start >= line.end:
        return False
    word = line.lows[start]
    if word.endswith("ing") or word in SUBORDINATOR or word in WHO or word in QUOTES:
        return False
    named = line.tokens[start].capital or word == "the" or word in PRONOUN
    stop = line.end if named else next_comma(line, start, line.end) or line.end
    return has_verb(line, start, stop)


def content_behind(document: Document, line: Line, statement: Found, k: int, *, skipped: bool) -> Found | None:
    """Fill in what was said behind the cue when a frame of the cue lets it stand there.

    skipped says that an adverbial stood between the cue and k.
    """
    lows, frames = line.lows, statement.cue.frames
    while k < line.end and lows[k] in (",", ":"):
        k += 1
    start = opening(line, k, statement, skipped=skipped) if k < line.end else None
    if start is None:
        return None
    stop = subordinate_end(line, statement, start)
    verbal = lows[start - 1] == "that" or lows[k] == "to" or has_verb(line, start, phrase_end(line, start))
    statement.clause = "np" not in frames or (bool(frames & CLAUSE_FRAMES) and verbal)
    statement.bounds = (start, stop)
    statement.content = words_between(document, line, start, stop)
    return statement if statement.content else None


def opening(line: Line, k: int, statement: Found, *, skipped: bool) -> int | None:
    """Return where the content that opens at k starts; None when no frame of the cue lets it open so."""
    frames, word = statement.cue.frames, line.lows[k]
    clause = bool(frames & {"clause", "that"})
    if word == "that" and clause:
        return k + 2 if line.lows[k + 1 : k + 2] == [","] else k + 1
    if word in QUOTES and line.quote[k] >= 0:
        return k if clause or frames & {"quote", "np"} else None
    if word in QUESTION and word != "which":
        return k if clause or frames & {"wh", "np"} else None
    if word == "to":
        if statement.cue.base == "tell":
            statement.act = "demand"
        named = bool(frames & {"to", "inf"}) or ("objto" in frames and statement.addressee is not None)
        return k if named else None
    if word in PREPOSITION_FRAMES and (word in frames or not frames & {"np", "clause"}):
        return k + 1 if word in frames else None
    if "objof" in frames:
        return behind_object(line, k)
    return k if takes_words(line, k, frames, skipped=skipped) else None


def takes_words(line: Line, k: int, frames: frozenset[str], *, skipped: bool) -> bool:
    """Say whether a bare clause or an object may open at k behind a cue with these frames."""
    word = line.lows[k]
    if "np" in frames:
        return word not in STOP and (word not in PREPOSITION or skipped or "clause" in frames)
    if "clause" in frames:
        if word == "as" and line.lows[k + 1 : k + 2] in (["much"], ["many"], ["of"]):
            return True
        if word in SUBORDINATOR:
            comma = next_comma(line, k, line.end)
            return comma is not None and has_verb(line, comma + 1, line.end)
        long = line.end - k >= SHORTEST_VERBLESS and word not in ("a", "an")
        return word not in STOP and (long or has_verb(line, k, line.end))
    if "naming" in frames:
        return names_object(line, k)
    if "as" in frames:
        return "as" in line.lows[k : line.end]
    if "saying" in frames:
        return bool(set(line.lows[k : phrase_after(line, k, line.end)]) & SAYINGS)
    return bool(frames & LOOSE_FRAMES)


def names_object(line: Line, k: int) -> bool:
    """Say whether an object at k is given a name: "called it a farce", "called the raid “cruel”"."""
    lows = line.lows
    if lows[k] in PARTICLE_AFTER or lows[k][0].isdigit():
        return False
    if any(line.quote[i] >= 0 for i in range(k, line.end)):
        return True
    return lows[k] in OBJECT_PRONOUNS or (lows[k] not in ("a", "an") and not {"a", "an"}.isdisjoint(lows[k : k + 8]))


def subordinate_end(line: Line, statement: Found, k: int) -> int:
    """Return where the content of a cue in a subordinate clause ends: "While both deny it, the talks go on"."""
    source = statement.source
    if source is None or statement.shared is not None:
        return line.end
    left, _ = before_cue(line, statement.cue_start, line.start)
    if left > line.start + 1 and line.lows[left - 1] in WHO and line.lows[left - 2] == ",":
        comma = next_comma(line, k, line.end)
        while comma is not None and not (is_verb(line.lows, comma + 1) and not line.tokens[comma + 1].capital):
            comma = next_comma(line, comma + 1, line.end)
        return comma if comma is not None and comma > k else line.end
    first = next((i for i in range(statement.cue_start) if line.tokens[i].start >= source[0]), 0)
    if first > line.start + 1 or first == 0 or line.lows[first - 1] not in SUBORDINATOR:
        return line.end
    comma = next_comma(line, k, line.end)
    while comma is not None and not has_verb(line, comma + 1, line.end):
        comma = next_comma(line, comma + 1, line.end)
    return comma if comma is not None and comma > k else line.end


def behind_object(line: Line, k: int) -> int:
    """Return where the charge starts behind the one who is charged: "accused X of Y", "blamed X for Y"."""
    lows = line.lows
    for i in range(k + 1, min(line.end - 1, k + LONGEST_ACCUSED)):
        charge = lows[i] in ("for", "over") or (lows[i] == "of" and lows[i + 1].endswith("ing"))
        if charge and lows[i - 1] not in SAYINGS:
            return i + 1
    return k


def spoken_before(document: Document, line: Line, i: int, end: int, cue: Cue, subject: tuple[int, int]) -> Found | None:
    """Read ", said X": what was said stands before the cue; a quotation may follow."""
    statement = Found(line, i, end, cue, cue.act, source=chars(line, *subject), backward=True)
    if not cue.frames & {"clause", "quote", "that", "backward"}:
        return None
    if not fits(line, subject, cue):
        return None
    statement.bounds = (line.start, i)
    statement.content = words_before(document, line, line.start, i)
    after = behind_age(line, subject[1])
    if (
        after < line.end
        and line.lows[after - 1] == ","
        and is_verb(line.lows, after)
        and not line.tokens[after].capital
    ):
        statement.content += words_between(document, line, after, line.end)
    for k in range(subject[1], line.end):
        if line.lows[k] in QUOTES and line.quote[k] >= 0 and line.lows[k - 1] in (",", ":"):
            statement.content += words_between(document, line, k, line.end)
            break
    return statement if statement.content else None
