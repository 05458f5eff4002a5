"""Finds sources, cues, contents and addressees by cue words and word order.

A document goes in; spans with the labels source, cue, content and addressee, and the arcs from each cue, are added to
the builder. A cue's value is its act; its attributes are polarity (when negated) and cue (the lexicon row). Who a
source is, and whether speech is direct, is left to statements.py.
"""

from onrecord.reading.adverbials import before_cue, skip_adverbials
from onrecord.reading.content_ends import cut_content
from onrecord.reading.contents import Stretch, quoted, words_before, words_between
from onrecord.reading.cues import PREPOSITION_FRAMES, Cue, CueForm, cue_forms, word_class
from onrecord.reading.noun_cues import noun_cue, noun_cues
from onrecord.reading.noun_phrases import (
    AUX,
    DASHES,
    DETERMINER,
    MONTH,
    POINTS,
    PREPOSITION,
    PRONOUN,
    QUOTES,
    STOP,
    SUBORDINATOR,
    TIME_NOUN,
    WEEKDAY,
    WHO,
    Line,
    has_verb,
    is_verb,
    make_line,
    outer_quotations,
    phrase_after,
    phrase_before,
)
from onrecord.reading.sentences import Document, Sentence
from onrecord.reading.spoken import Found, continue_quotations
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder

DOCUMENTS, SAYINGS = word_class("documents"), word_class("sayings")
QUESTION = frozenset({"whether", "if", "why", "how", "what", "when", "where", "who", "which"})
ARTICLES = DETERMINER - {
    "both",
    "all",
    "many",
    "some",
    "one",
    "two",
    "three",
    "that",
    "this",
    "these",
    "those",
    "several",
}
CLAUSE_FRAMES = frozenset({"clause", "that", "clause0", "inf", "to", "objto"})
PASSIVE_LINKS = frozenset({"by", "of", "for", "over", "about", "against"})
PARTICLE_AFTER = frozenset({"off", "back", "in", "up", "out", "at", "to", "by", "into", "over", "around"})
NO_SPEECH_ING = frozenset({"refer to", "point to", "suggest", "show", "find", "indicate"})
SHARED_AFTER = frozenset({"and", "but", "or", "then", ","})
PLURAL_SUBJECT = frozenset(
    {
        "they",
        "we",
        "i",
        "you",
        "people",
        "police",
        "who",
        "and",
        "but",
        "many",
        "some",
        "others",
        "most",
        "women",
        "men",
    }
)
NEVER_INVERTED = frozenset({"tell", "inform", "warn", "urge", "call", "name", "find", "cite", "report"})
LONGEST_RELATIVE = 14
"""Tokens of a relative clause without commas between a subject and its cue."""
LONGEST_APPOSITION = 14
"""Tokens of a description in front of a name."""
SHORTEST_VERBLESS = 4
"""Tokens that stand behind "said" without a verb the lists know and still are a clause."""
LONG_CLAUSE = 9
"""Tokens before a cue that are what was said, whether a verb is recognised or not."""
LONGEST_LEAD = 7
"""Tokens before "according to" that may be an adverbial of the sentence rather than what was said."""
SHORTEST_CLAUSE = 3
"""Tokens before a cue that can be what was said; fewer are an adverbial ("In short, she said")."""


def tag_statements(document: Document, builder: TaggingBuilder) -> None:
    """Add source, cue, content and addressee spans with their arcs."""
    forms = cue_forms().keys() | noun_cues().keys()
    found: list[Found] = []
    for paragraph in document.paragraphs:
        quotes = outer_quotations(paragraph)
        first = len(found)
        for sentence in document.sentences_of(paragraph):
            if any(token.lower in forms for token in sentence.tokens):
                find_in_sentence(document, sentence, make_line(document, sentence, quotes), found)
        continue_quotations(document, paragraph, quotes, found, first)
    add_spans(document, found, builder)


def find_in_sentence(document: Document, sentence: Sentence, line: Line, found: list[Found]) -> None:
    """Append the statements of one sentence, left to right."""
    forms = cue_forms()
    nouns = noun_cues()
    here = len(found)
    i = line.start
    while i < len(line.lows):
        known = forms.get(line.lows[i])
        if known and line.quote[i] < 0:
            for form in known:
                statement = read_cue(document, line, i, form, found[here:])
                if statement is not None:
                    found.append(statement)
                    i = statement.cue_end - 1
                    break
        if line.lows[i] in nouns and line.quote[i] < 0 and not in_adverbial(found[here:], i):
            reported = noun_cue(document, line, i)
            if reported is not None:
                found.append(reported)
        i += 1
    for position in range(here, len(found)):
        found[position].content = cut_content(document, found[position], found[position + 1 :])


def in_adverbial(found: list[Found], i: int) -> bool:
    """Say whether a noun stands between the last cue and what was said ("said in a statement that"), or is that cue."""
    if not found:
        return False
    last = found[-1]
    return last.cue_start <= i < last.cue_end or (last.bounds is not None and last.cue_end <= i < last.bounds[0])


def read_cue(document: Document, line: Line, i: int, form: CueForm, before: list[Found]) -> Found | None:
    """Return the statement whose cue starts at token i, if this form makes one there."""
    cue = form.cue
    end = i + 1 + len(cue.tail)
    if cue.tail and tuple(line.lows[i + 1 : end]) != cue.tail:
        return None
    if "accord" in cue.frames:
        return according_to(document, line, i, end, cue)
    if form.tense == "ing":
        return participle(document, line, i, end, cue, before)
    return finite(document, line, i, end, form, before)


# --- according to --------------------------------------------------------------------------------------------------


def according_to(document: Document, line: Line, i: int, end: int, cue: Cue) -> Found | None:
    """Read "according to X, CONTENT" and "CONTENT, according to X"."""
    stop = phrase_after(line, end, line.end, inside=frozenset({"of", "for", "at", "from", "by", "in", "on", "'s"}))
    if stop == end:
        return None
    source = (end, stop)
    inserted = i - 2 > line.start and line.lows[i - 1] == "," and line.lows[i - 2] in STOP
    near = i - line.start < LONGEST_LEAD and not has_clause(line, line.start, i)
    leads = i == line.start or line.lows[i - 1] in STOP or inserted or near
    if leads:
        comma = next_comma(line, stop, line.end)
        if comma is None:
            comma = stop - 1
        content = words_between(document, line, comma + 1, line.end)
        bounds = (comma + 1, line.end)
    else:
        content = words_before(document, line, line.start, i)
        bounds = (line.start, i)
        if stop + 1 < line.end and line.lows[stop] == "," and has_verb(line, stop + 1, line.end):
            following = line.lows[stop + 1]
            if not following.endswith("ing") and following not in WHO and following not in SUBORDINATOR:
                content += words_between(document, line, stop + 1, line.end)
    return Found(
        line, i, end, cue, cue.act, source=chars(line, *source), content=content, bounds=bounds, backward=not leads
    )


def next_comma(line: Line, start: int, end: int) -> int | None:
    """Return the next comma that is outside brackets; None without one."""
    depth = 0
    for i in range(start, end):
        word = line.lows[i]
        depth += (word == "(") - (word == ")")
        if word == "," and depth <= 0 and not (i + 1 < end and line.lows[i + 1] in WHO):
            return i
    return None


# --- finite cues ---------------------------------------------------------------------------------------------------


def finite(document: Document, line: Line, i: int, end: int, form: CueForm, before: list[Found]) -> Found | None:
    """Read a cue that is no participle: its subject before or behind it, then what was said."""
    cue, lows = form.cue, line.lows
    if form.tense == "past" and (i == line.start or lows[i - 1] == "when"):
        return asked(document, line, i, end, cue)
    inverted = subject_behind(line, i, end) if not cue.tail and cue.base not in NEVER_INVERTED else None
    if inverted is not None:
        return spoken_before(document, line, i, end, cue, inverted)
    left, passed = before_cue(line, i, line.start)
    if form.tense == "past" and looks_passive(line, i, end, cue, passed):
        return None
    if "be" in passed:
        return passive(document, line, i, end, cue, left, passed)
    negated = "not" in passed
    declines = (
        negated and "modal" in passed and cue.base in ("say", "comment", "discuss", "reveal", "disclose", "confirm")
    )
    if ("modal" in passed and not declines) or "to" in passed:
        return None
    plain = form.tense == "base" and not passed & {"do", "modal"}
    if plain and not plural_subject(line, left, end, noun=cue.noun):
        return None
    if (
        form.tense == "third"
        and cue.noun
        and not (left > line.start and end < line.end and is_subject(line, left, end))
    ):
        return None
    subject, shared = subject_of(document, line, i, left, before)
    if subject is None and not shared:
        return None
    if not fits(line, subject, cue):
        return None
    statement = with_content(document, line, i, end, cue, subject, shared)
    if statement is None:
        return None
    statement.negated = negated and not declines
    if declines:
        statement.act = "decline"
    return statement


def looks_passive(line: Line, i: int, end: int, cue: Cue, passed: set[str]) -> bool:
    """Say whether a past form describes a noun ("the alleged thief", "a man accused of") and reports nothing."""
    before = line.lows[i - 1]
    if before in ARTICLES or before[0].isdigit():
        return True
    if before == "'s" and (i < 2 or line.lows[i - 2] not in PRONOUN):
        return True
    after = line.lows[end] if end < line.end else ""
    if after == "of" and "objof" not in cue.frames:
        return False
    return after in ("of", "by", "as") and not passed & {"be", "have"} and after not in cue.frames


def plural_subject(line: Line, left: int, end: int, *, noun: bool) -> bool:
    """Say whether the word before `left` can be the subject of a verb in the base form; noun: it may be a noun too."""
    if left <= line.start:
        return False
    word, after = line.lows[left - 1], line.lows[end] if end < line.end else ""
    if noun and (word in ("and", "but") or line.tokens[left - 1].capital):
        return after == "that" or after in DETERMINER or (after == "for" and word not in ("and", "but"))
    if not noun and word not in PREPOSITION and word not in DETERMINER and word not in POINTS:
        return True
    if word in PLURAL_SUBJECT:
        return True
    return word.endswith("s") and not word.endswith("ss") and word != "'s"


def is_subject(line: Line, left: int, end: int) -> bool:
    """Say whether a third person that is a noun too ("claims") is a verb here."""
    before, after = line.lows[left - 1], line.lows[end]
    if before.endswith(("ed", "ing")) or before in STOP - WHO - {"that"}:
        return False
    if before in ("he", "she", "it", "who", "which", "that", ",") or after in (
        "that",
        "it",
        "he",
        "she",
        "they",
        "the",
        "a",
    ):
        return before not in DETERMINER and before != "'s" and before not in PREPOSITION
    return line.tokens[left - 1].capital and left - 1 > line.start and after not in PREPOSITION and after not in POINTS


def fits(line: Line, subject: tuple[int, int] | None, cue: Cue) -> bool:
    """Say whether this subject can say things with this cue."""
    if subject is None:
        return True
    heads = set(line.lows[subject[0] : subject[1]])
    if "doc" in cue.frames:
        return bool(heads & DOCUMENTS)
    return not ("person" in cue.frames and heads & DOCUMENTS and not heads & {"police", "officials"})


def subject_behind(line: Line, i: int, end: int) -> tuple[int, int] | None:
    """Return the subject behind a cue that closes a quotation or a clause (", said the mayor"); else None."""
    if i <= line.start:
        return None
    before = line.lows[i - 1]
    after_quote = before in QUOTES or (before in (",", "?", "!") and i - 2 >= 0 and line.quote[i - 2] >= 0)
    if not after_quote and before != "," and before not in DASHES:
        return None
    stop = phrase_after(line, end, line.end)
    if stop == end or line.lows[end] == "that" or line.lows[end] in AUX:
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
        if not has_verb(line, line.start, i - 1):
            return None
    return end, stop


def behind_age(line: Line, comma: int) -> int:
    """Return what follows the comma behind a name, or behind its age (", 30, was")."""
    lows = line.lows
    aged = comma + 2 < line.end and lows[comma + 1].isdigit() and lows[comma + 2] == ","
    return comma + 3 if aged else comma + 1


def phrase_end(line: Line, start: int) -> int:
    """Return where the words before the next comma, quotation or "who" end."""
    i = start
    while i < line.end and line.lows[i] not in POINTS and line.lows[i] not in WHO:
        i += 1
    return i


def clause_end(line: Line, start: int) -> int:
    """Return where the words before the next comma, quotation or linking word end."""
    i = start
    while i < line.end and line.lows[i] not in POINTS and line.lows[i] not in STOP:
        i += 1
    return i


def has_clause(line: Line, start: int, end: int) -> bool:
    """Say whether a stretch is long enough to be said and holds a verb or a quotation."""
    if end - start >= LONG_CLAUSE and line.lows[start] not in PREPOSITION:
        return True
    if end - start < SHORTEST_CLAUSE:
        return any(line.quote[k] >= 0 for k in range(start, end))
    return has_verb(line, start, end) or any(line.quote[k] >= 0 for k in range(start, end))


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
    return (apposed_start(line, start), left), None


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


def has_time(line: Line, start: int, end: int) -> bool:
    """Say whether a stretch tells a time."""
    return any(word in TIME_NOUN or word in WEEKDAY or word in MONTH or word == "ago" for word in line.lows[start:end])


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
                outer, _ = apposed(line, stop - 1, [])
                if outer is not None:
                    return outer, None
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
            usable = start < at and (before in POINTS or before in ("that", "and", "but", "while"))
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


# --- content -------------------------------------------------------------------------------------------------------


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
    rest = k >= line.end or lows[k] in {",", ";"} | DASHES or (lows[k] in SUBORDINATOR and lows[k] not in QUESTION)
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
            if line.lows[k] not in DASHES or word in ("and", "but"):
                following += word in ("and", "but") and line.lows[k] in DASHES
            statement.content += words_between(document, line, following, line.end)
    return statement if statement.content else None


def goes_on(line: Line, start: int) -> bool:
    """Say whether what was said goes on behind an inserted cue: its next words hold a verb of their own."""
    if start >= line.end:
        return False
    word = line.lows[start]
    if word.endswith("ing") or word in SUBORDINATOR or word in WHO:
        return False
    stop = next_comma(line, start, line.end) or line.end
    return has_verb(line, start, stop)


def content_behind(document: Document, line: Line, statement: Found, k: int, *, skipped: bool) -> Found | None:
    """Fill in what was said behind the cue when a frame of the cue lets it stand there."""
    lows, cue = line.lows, statement.cue
    frames = cue.frames
    while k < line.end and lows[k] in (",", ":"):
        k += 1
    if k >= line.end:
        return None
    word = lows[k]
    clause = bool(frames & {"clause", "that", "clause0"})
    if word == "that" and clause:
        k += 1
    elif lows[k] in QUOTES and line.quote[k] >= 0:
        if not (clause or frames & {"quote", "np"}):
            return None
    elif word in QUESTION and word != "which":
        if not (clause or frames & {"wh", "np"}):
            return None
    elif word == "to":
        if not frames & {"to", "inf", "objto"}:
            return None
        if "objto" in frames and not frames & {"to", "inf"} and statement.addressee is None:
            return None
    elif word in PREPOSITION and word in PREPOSITION_FRAMES and not frames & {"np", "clause"}:
        if word not in frames:
            return None
        k += 1
    elif word in frames and word in PREPOSITION_FRAMES:
        k += 1
    elif "objof" in frames:
        k = behind_object(line, k)
    elif "clause" in frames or "np" in frames:
        if word in STOP or (word in PREPOSITION and not skipped and "clause" not in frames):
            return None
        if "clause" in frames and "np" not in frames and not has_verb(line, k, line.end):
            if line.end - k < SHORTEST_VERBLESS or word in ("a", "an"):
                return None
    elif "inf" in frames:
        pass
    elif "naming" in frames:
        if word in PARTICLE_AFTER or word[0].isdigit():
            return None
    elif "as" in frames:
        if "as" not in lows[k : line.end]:
            return None
    elif "saying" in frames:
        if not set(lows[k : phrase_after(line, k, line.end)]) & SAYINGS:
            return None
    elif "quoting" in frames or "asobj" in frames or "toobj" in frames or "say" in frames:
        pass
    else:
        return None
    stop = subordinate_end(line, statement, k)
    statement.bounds = (k, stop)
    verbal = lows[k - 1] == "that" or word == "to" or has_verb(line, k, phrase_end(line, k))
    statement.clause = "np" not in frames or (bool(frames & CLAUSE_FRAMES) and verbal)
    statement.content = words_between(document, line, k, stop)
    return statement if statement.content else None


def subordinate_end(line: Line, statement: Found, k: int) -> int:
    """Return where the content of a cue in a subordinate clause ends: "While both deny it, the talks go on"."""
    source = statement.source
    if source is None or statement.shared is not None:
        return line.end
    first = next((i for i in range(statement.cue_start) if line.tokens[i].start >= source[0]), 0)
    if first > line.start + 1 or first == 0 or line.lows[first - 1] not in SUBORDINATOR:
        return line.end
    comma = next_comma(line, k, line.end)
    while comma is not None and not has_verb(line, comma + 1, line.end):
        comma = next_comma(line, comma + 1, line.end)
    return comma if comma is not None and comma > k else line.end


def behind_object(line: Line, k: int) -> int:
    """Return where the charge starts behind the one who is charged: "accused X of Y", "blamed X for Y"."""
    for i in range(k + 1, min(line.end, k + 12)):
        if line.lows[i] in ("of", "for", "over") and line.lows[i + 1 : i + 2] and line.lows[i - 1] not in SAYINGS:
            if line.lows[i] == "for" or line.lows[i + 1].endswith("ing") or line.lows[i] == "over":
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


# --- passives and participles --------------------------------------------------------------------------------------


def asked(document: Document, line: Line, i: int, end: int, cue: Cue) -> Found | None:
    """Read "(When) asked whether ..., X said": a question without a source."""
    if cue.base != "ask":
        return None
    comma = next_comma(line, end, line.end)
    k = skip_adverbials(line, end, line.end) if line.lows[end : end + 1] != ["about"] else end
    if comma is None or k >= comma:
        return None
    k += line.lows[k] == "about"
    return Found(line, i, end, cue, cue.act, content=words_between(document, line, k, comma), bounds=(k, comma))


def passive(document: Document, line: Line, i: int, end: int, cue: Cue, left: int, passed: set[str]) -> Found | None:
    """Read "X was told that", "it was reported that", "X was quoted as saying", "X was accused by Y of"."""
    lows = line.lows
    if "modal" in passed or "to" in passed:
        return None
    start = phrase_before(line, left, line.start)
    if start >= left and "objof" not in cue.frames:
        return None
    statement = Found(line, i, end, cue, cue.act, negated="not" in passed)
    k = skip_adverbials(line, end, line.end, PASSIVE_LINKS)
    if k < line.end and lows[k] == "by":
        stop = phrase_after(line, k + 1, line.end, inside=frozenset({"'s"}))
        statement.source = chars(line, k + 1, stop) if stop > k + 1 else None
        k = stop
    follows = lows[k] if k < line.end else ""
    if cue.base in ("quote", "cite") and follows == "as":
        statement.source = chars(line, start, left)
        k += 2
        if (k >= line.end or lows[k] in PREPOSITION) and start > line.start:
            return content_before(document, line, statement, start, line.end)
        statement.content = words_between(document, line, k + (lows[k : k + 1] == ["that"]), line.end)
        statement.bounds = (k, line.end)
        return statement if statement.content else None
    if cue.frames & {"addr", "objto"} and follows in {"that", "to", "of", "not", "about"} | QUESTION:
        statement.addressee = chars(line, start, left)
        k += follows in ("that", "of", "about")
        statement.act = "demand" if cue.base == "tell" and follows in ("to", "not") else cue.act
    elif "objof" in cue.frames and follows in ("of", "for", "over", "as"):
        k += 1
    elif follows == "that" and lows[start] == "it":
        k += 1
    elif not (cue.base == "forecast" and follows == "to"):
        return None
    statement.bounds = (k, line.end)
    statement.content = words_between(document, line, k, line.end)
    return statement if statement.content else None


def participle(document: Document, line: Line, i: int, end: int, cue: Cue, before: list[Found]) -> Found | None:
    """Read ", adding that ...", "with officials warning ...", "is asking ...": the subject is shared or stands before."""
    lows = line.lows
    if cue.base in NO_SPEECH_ING:
        return None
    if i <= line.start:
        return leading_participle(document, line, i, end, cue)
    left, passed = before_cue(line, i, line.start)
    word = lows[left - 1] if left > line.start else ""
    if "be" in passed:
        subject, shared = subject_of(document, line, i, left, before)
    elif (
        word in SHARED_AFTER
        or word in DASHES
        or word in ("by", "in", "while", "after", "before", "statement", "letter", "responded", "replied", "tweet")
        or word in QUOTES
    ):
        subject, shared = shared_subject(line, left, before)
    else:
        start = phrase_before(line, left, line.start)
        if start >= left or lows[start - 1] != "with":
            if start > line.start and lows[start] == "with":
                start += 1
            else:
                return None
        subject, shared = (start, left), None
    if subject is None and shared is None:
        return None
    k = skip_adverbials(line, end, line.end)
    if cue.base == "add" and not (
        "that" in lows[k : k + 1] or has_verb(line, k, line.end) or line.quote[min(k, line.end - 1)] >= 0
    ):
        return None
    source = chars(line, *subject) if subject else shared.source if shared else None
    statement = Found(line, i, end, cue, cue.act, source=source, shared=shared)
    if "addr" in cue.frames or "objto" in cue.frames:
        k = take_addressee(line, k, statement)
    if k >= line.end:
        return None
    return content_behind(document, line, statement, k, skipped=k > end)


def leading_participle(document: Document, line: Line, i: int, end: int, cue: Cue) -> Found | None:
    """Read "Noting that ..., the mayor left": the subject stands behind the comma."""
    comma = next_comma(line, end, line.end)
    if comma is None:
        return None
    stop = phrase_after(line, comma + 1, line.end)
    if stop == comma + 1:
        return None
    statement = Found(line, i, end, cue, cue.act, source=chars(line, comma + 1, stop))
    shorter = Line(line.sentence, line.tokens, line.lows, line.quotes, line.quote, line.start, comma)
    k = skip_adverbials(shorter, end, comma, cue.frames)
    return content_behind(document, shorter, statement, k, skipped=k > end) if k < comma else None


# --- handing over --------------------------------------------------------------------------------------------------


def chars(line: Line, start: int, end: int) -> Stretch | None:
    """Return the characters of the tokens start to end."""
    return (line.tokens[start].start, line.tokens[end - 1].end) if start < end else None


def add_spans(document: Document, found: list[Found], builder: TaggingBuilder) -> None:
    """Hand the statements over as spans and arcs; a source that several cues share is one span."""
    sources: dict[Stretch, int] = {}
    for statement in found:
        line = statement.line
        attributes = (("polarity", "negated"),) if statement.negated else ()
        attributes += (("cue", statement.cue.base),)
        start, end = line.tokens[statement.cue_start].start, line.tokens[statement.cue_end - 1].end
        cue = builder.add(TaggedSpan("cue", start, end, statement.act, attributes, statement.score, statement.cue.base))
        if statement.source is not None:
            if statement.source not in sources:
                sources[statement.source] = builder.add(TaggedSpan("source", *statement.source))
            builder.link("source", cue, sources[statement.source])
        for stretch in sorted(set(statement.content)):
            builder.link("content", cue, builder.add(TaggedSpan("content", *stretch)))
        if statement.addressee is not None:
            builder.link("addressee", cue, builder.add(TaggedSpan("addressee", *statement.addressee)))
