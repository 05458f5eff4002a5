"""Where noun phrases begin and end, by closed classes of words: no tagger, no parser.

A line is one sentence made ready: its words, which of them stand in a quotation, and where its own words begin (behind
a dateline) and end (before the closing stop). All positions are token positions of the line; ends are exclusive.
"""

import msgspec

from onrecord.lexicon.spelling import AFTER_NAME
from onrecord.reading.cues import word_class
from onrecord.reading.sentences import Document, Paragraph, Quotation, Sentence, Token

AUX, BE, NOT = word_class("aux"), word_class("be"), word_class("not")
ADVERB, PREPOSITION, STOP = word_class("adverb"), word_class("preposition"), word_class("stop")
DETERMINER, PRONOUN, VERB = word_class("determiner"), word_class("pronoun"), word_class("verb")
WEEKDAY, MONTH, TIME_NOUN = word_class("weekday"), word_class("month"), word_class("timenoun")
TIME_WORD = WEEKDAY | MONTH | TIME_NOUN
MEDIUM, WHO, SUBORDINATOR = word_class("medium"), word_class("who"), word_class("subordinator")
POINTS = frozenset(',;:.!?"\u201c\u201d\u00ab\u00bb(\u2014\u2013-\u2026') | {"''", "``", "--", "..."}
DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
DATELINE_MARKS = DASHES | {":"}
QUOTES = frozenset({'"', "\u201c", "\u201d", "\u00ab", "\u00bb", "''", "``", "\u2018", "\u201e"})
CLOSING = frozenset(".!?\u2026") | QUOTES | {"...", "'", "\u2019", ")"}
DATELINE_TOKENS = 24
"""How far into a sentence the dash of a dateline may stand. Of 240 datelines in the train pages 239 end by token 13."""
LONGEST_NAME = 7
"""Tokens before "and the ..." that are one name; more are a clause of their own."""
INSIDE_NP = frozenset({"of", "for", "at", "'s"})


class Line(msgspec.Struct):
    """One sentence made ready for the cue rules; quote[i] is the position in quotes of the one that holds token i."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    lows: list[str]
    quotes: list[Quotation]
    quote: list[int]
    start: int
    end: int


def make_line(document: Document, sentence: Sentence, quotes: list[Quotation]) -> Line:
    """Return the line of a sentence; quotes are the outermost quotations of its paragraph."""
    tokens = sentence.tokens
    lows = [token.lower for token in tokens]
    quote = [-1] * len(tokens)
    for position, quotation in enumerate(quotes):
        if quotation.start < sentence.end and quotation.end > sentence.start:
            for i, token in enumerate(tokens):
                if quotation.start <= token.start and token.end <= quotation.end:
                    quote[i] = position
    end = len(tokens)
    while end > 0 and lows[end - 1] in CLOSING:
        end -= 1
    begin = dateline_end(tokens, lows) or behind_dateline(document, sentence)
    return Line(sentence, tokens, lows, quotes, quote, begin, end)


def outer_quotations(paragraph: Paragraph) -> list[Quotation]:
    """Return the quotations of a paragraph that lie in no other one."""
    outer: list[Quotation] = []
    for quotation in paragraph.quotations:
        if not outer or quotation.start >= outer[-1].end:
            outer.append(quotation)
    return outer


def dateline_end(tokens: tuple[Token, ...], lows: list[str]) -> int:
    """Return where the words of a sentence begin behind "PORT VALE, May 3 (Wire) --"; 0 without a dateline."""
    if len(tokens) < 4 or not tokens[0].text.isupper():
        return 0
    for i in range(1, min(len(tokens), DATELINE_TOKENS)):
        if lows[i] in DASHES:
            while i + 1 < len(lows) and lows[i + 1] in DASHES:
                i += 1
            return i + 1
        if lows[i] in VERB:
            return 0
    return 0


def behind_dateline(document: Document, sentence: Sentence) -> int:
    """Return where the words of a sentence begin behind the article's own dateline ("PORT VALE: "); 0 without it."""
    dateline, found = document.article.dateline, sentence.tokens
    if not dateline or not document.text.startswith(dateline, sentence.start):
        return 0
    end = sentence.start + len(dateline)
    at = next((i for i, token in enumerate(found) if token.start >= end), 0)
    if found[at].text == "(":  # the agency: "Port Vale (Wire) - "
        at = next((i + 1 for i in range(at, len(found) - 1) if found[i].text == ")"), at)
    return at + 1 if found[at].text in DATELINE_MARKS and at + 1 < len(found) else 0


def is_verb(lows: list[str], i: int) -> bool:
    """Say whether the word is likely a finite verb: in the list, or a small word in -ed that no article precedes."""
    word = lows[i] if i < len(lows) else ""
    if word in VERB:
        return word != "'s" or (i > 0 and lows[i - 1] in PRONOUN)
    return len(word) > 4 and word.endswith("ed") and (i == 0 or lows[i - 1] not in DETERMINER)


def has_verb(line: Line, start: int, end: int) -> bool:
    """Say whether a stretch holds a finite verb written in small letters."""
    lows, tokens = line.lows, line.tokens
    return any(is_verb(lows, i) and not tokens[i].capital for i in range(start, end))


def phrase_before(line: Line, end: int, floor: int) -> int:
    """Return where the noun phrase that ends before `end` starts; `end` itself when there is none."""
    lows, i = line.lows, end - 1
    while i >= floor and not (line.quote[i] >= 0 and line.quotes[line.quote[i]].single):
        word = lows[i]
        if word == ")":
            opening = i
            while opening > floor and lows[opening] != "(":
                opening -= 1
            if lows[opening] != "(":
                break
            i = opening - 1
            continue
        shortened = word == "." and i > floor and len(lows[i - 1]) < 8 and line.tokens[i - 1].capital
        if shortened and (i + 1 < end or lows[i + 1 : i + 2] == [","] or lows[i - 1] in AFTER_NAME):
            i -= 1
            continue
        if word in ("and", "or", "&") and i < end - 1 and joins_names(line, i, floor):
            i -= 1
            continue
        if word in POINTS or word in STOP or (word in VERB and not line.tokens[i].capital and is_verb(lows, i)):
            break
        i -= 1
    return trim_left(line, i + 1, end)


def joins_names(line: Line, conjunction: int, floor: int) -> bool:
    """Say whether "and" links two names or nouns, rather than two verbs."""
    i = conjunction - 1
    while i >= floor and line.lows[i] not in POINTS and line.lows[i] not in STOP:
        i -= 1
    if conjunction - i > LONGEST_NAME and line.lows[conjunction + 1] in DETERMINER:
        return False
    return i + 1 < conjunction and not has_verb(line, i + 1, conjunction) and line.lows[i + 1] not in PREPOSITION


def trim_left(line: Line, start: int, end: int) -> int:
    """Return the start of a phrase without the adverbs and phrases of time and place that lead it."""
    lows, tokens = line.lows, line.tokens
    while start < end and leads_only(line, start, end):
        start += 1
    if start < end and (lows[start] in PREPOSITION or lows[start] in WEEKDAY):
        i = end - 1
        while i > start:
            word, before = lows[i], lows[i - 1]
            if word in DETERMINER or word in PRONOUN:
                if before not in INSIDE_NP or i - 1 <= start:
                    break
            elif before in TIME_WORD or before.isdigit() or (before in PREPOSITION and before not in INSIDE_NP):
                break
            i -= 1
        return i if i > start else end
    while start < end and tokens[start].lower in ("'s", "'"):
        start += 1
    return start


def leads_only(line: Line, i: int, end: int) -> bool:
    """Say whether the word at i is an adverb before a phrase, not a name such as Emily."""
    word = line.lows[i]
    if word in ADVERB:
        return True
    if not word.endswith("ly") or i + 1 >= end:
        return False
    following = line.lows[i + 1]
    return not line.tokens[i].capital or following in DETERMINER or following in PRONOUN


def phrase_after(line: Line, start: int, end: int, *, inside: frozenset[str] = INSIDE_NP) -> int:
    """Return where the noun phrase that starts at `start` ends; `start` itself when there is none."""
    lows, tokens, i = line.lows, line.tokens, start
    while i < end:
        word = lows[i]
        if word == "(":
            while i < end and lows[i] != ")":
                i += 1
            i += 1
            continue
        if word == "and" and i > start and i + 1 < end and (tokens[i + 1].capital or lows[i + 1] in DETERMINER):
            i += 1
            continue
        if (
            word == "."
            and i > start
            and i + 1 < end
            and (tokens[i - 1].capital or tokens[i + 1].start == tokens[i].end)
        ):
            i += 1
            continue
        if word in POINTS or word in STOP or word in WEEKDAY or word in NOT:
            break
        if word in PREPOSITION and (word not in inside or i == start):
            break
        if word in PRONOUN:
            return i + 1 if i == start else i
        if i > start and word in DETERMINER and lows[i - 1] not in inside and lows[i - 1] not in DETERMINER | {"and"}:
            break
        if not tokens[i].capital and (is_verb(lows, i) and i > start):
            break
        if i > start and (word in ADVERB or word in ("him", "her", "them", "us", "me")) and not tokens[i].capital:
            break
        i += 1
        if word in ("him", "them", "us", "me") and i == start + 1:
            break
    return min(i, end)
