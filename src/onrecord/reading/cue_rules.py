"""Finds sources, cues, contents and addressees by cue words and word order.

A document goes in; spans with the labels source, cue, content and addressee, and the arcs from each cue, are added to
the builder. A cue's value is its act; its attributes are polarity (when negated) and cue (the lexicon row). Who a
source is, and whether speech is direct, is left to statements.py.
"""

from onrecord.reading.adverbials import before_cue, skip_adverbials
from onrecord.reading.content_ends import cut_content
from onrecord.reading.contents import Stretch, words_before, words_between
from onrecord.reading.cues import Cue, CueForm, cue_forms, word_class
from onrecord.reading.frames import content_before, content_behind, spoken_before, take_addressee, with_content
from onrecord.reading.no_sources import as_source
from onrecord.reading.noun_cues import noun_cue, noun_cues
from onrecord.reading.noun_phrases import (
    DASHES,
    DETERMINER,
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
    make_line,
    outer_quotations,
    phrase_after,
    phrase_before,
)
from onrecord.reading.posts import post
from onrecord.reading.sentences import Document, Sentence
from onrecord.reading.spoken import Found, continue_quotations
from onrecord.reading.subjects import chars, fits, has_clause, next_comma, shared_subject, subject_behind, subject_of
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
PASSIVE_LINKS = frozenset({"by", "of", "for", "over", "about", "against"})
NO_SPEECH_ING = frozenset({"refer to", "point to", "suggest", "show", "find", "indicate"})
SHARED_AFTER = frozenset(
    {"and", "but", "or", "then", ",", "by", "in", "while", "after", "before"}
    | {"statement", "letter", "responded", "replied", "tweet"}
)
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
LONGEST_LEAD = 7
"""Tokens before "according to" that may be an adverbial of the sentence rather than what was said."""


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
            if " (@" in document.text[sentence.start : sentence.end]:
                posted = post(document, make_line(document, sentence, quotes), found)
                found += [posted] if posted is not None else []
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


def finite(document: Document, line: Line, i: int, end: int, form: CueForm, before: list[Found]) -> Found | None:
    """Read a cue that is no participle: its subject before or behind it, then what was said."""
    cue, lows = form.cue, line.lows
    if form.tense == "past" and (i == line.start or lows[i - 1] == "when"):
        return asked(document, line, i, end, cue)
    inverted = subject_behind(line, i, end) if not cue.tail and cue.base not in NEVER_INVERTED else None
    if inverted is not None:
        return spoken_before(document, line, i, end, cue, inverted)
    left, passed = before_cue(line, i, line.start)
    if form.tense == "past" and (
        looks_passive(line, i, end, cue, passed) or (left > line.start and line.lows[left - 1] in ARTICLES)
    ):
        return None
    if form.tense == "participle" and not passed & {"be", "have"}:
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
    if after == "as" and not cue.frames & {"np", "as", "objof"}:
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
    if after == "that" and end + 1 < line.end and is_verb(line.lows, end + 1):
        return False  # "protests that toppled": a relative clause
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


def asked(document: Document, line: Line, i: int, end: int, cue: Cue) -> Found | None:
    """Read "(When) asked whether ..., X said": a question without a source."""
    if cue.base != "ask":
        return None
    comma = next_comma(line, end, line.end)
    k = skip_adverbials(line, end, line.end) if line.lows[end : end + 1] != ["about"] else end
    if comma is None or k >= comma or line.lows[k] not in QUESTION | {"about", "by", "to", "for"}:
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
    k = skip_adverbials(line, end, line.end, PASSIVE_LINKS | cue.frames)
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
    elif ("objof" in cue.frames and follows in ("of", "for", "over", "as")) or (
        follows == "that" and lows[start] == "it"
    ):
        k += 1
    elif not (cue.base == "forecast" and follows == "to"):
        return None
    statement.bounds = (k, line.end)
    statement.content = words_between(document, line, k, line.end)
    return statement if statement.content else None


def participle(document: Document, line: Line, i: int, end: int, cue: Cue, before: list[Found]) -> Found | None:
    """Read ", adding that ...", "with officials warning ...", "is asking ...": the subject is shared or in front."""
    lows = line.lows
    if cue.base in NO_SPEECH_ING:
        return None
    if i <= line.start:
        return leading_participle(document, line, i, end, cue)
    subject, shared = participle_subject(document, line, i, cue, before)
    if subject is None and shared is None:
        return None
    k = skip_adverbials(line, end, line.end, cue.frames)
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


def participle_subject(
    document: Document, line: Line, i: int, cue: Cue, before: list[Found]
) -> tuple[tuple[int, int] | None, Found | None]:
    """Return the subject of a participle as tokens, or the statement whose source it shares."""
    lows = line.lows
    left, passed = before_cue(line, i, line.start)
    word = lows[left - 1] if left > line.start else ""
    if "be" in passed:
        return subject_of(document, line, i, left, before)
    if word in SHARED_AFTER or word in DASHES or word in QUOTES:
        return shared_subject(line, left, before)
    start = phrase_before(line, left, line.start)
    if start < left and lows[start] == "with":
        start += 1
    if start < left and start > line.start and lows[start - 1] == "with":
        return (start, left), None
    plain = cue.base == "say" and word not in ("as", "is", "to", "of", "for")
    return shared_subject(line, left, before) if plain else (None, None)


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


def add_spans(document: Document, found: list[Found], builder: TaggingBuilder) -> None:
    """Hand the statements over as spans and arcs; a source that several cues share is one span."""
    sources: dict[Stretch, int] = {}
    for statement in found:
        line = statement.line
        attributes: tuple[tuple[str, str], ...] = (("cue", statement.cue.base),)
        if statement.negated:
            attributes = (("polarity", "negated"), *attributes)
        start, end = line.tokens[statement.cue_start].start, line.tokens[statement.cue_end - 1].end
        cue = builder.add(TaggedSpan("cue", start, end, statement.act, attributes, statement.score, statement.cue.base))
        source = as_source(document, statement.source) if statement.source is not None else None
        if source is not None:
            if source not in sources:
                sources[source] = builder.add(TaggedSpan("source", *source))
            builder.link("source", cue, sources[source])
        for stretch in sorted(set(statement.content)):
            builder.link("content", cue, builder.add(TaggedSpan("content", *stretch)))
        if statement.addressee is not None:
            builder.link("addressee", cue, builder.add(TaggedSpan("addressee", *statement.addressee)))
