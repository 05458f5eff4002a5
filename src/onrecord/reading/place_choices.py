"""The phrases of a page that may be the place of a figure: those of the model and the rules, and what lies in them.

Spans of the tagging and answers of the model go in, phrases come out in text order, each with what speaks for it
whatever the figure is. place_points.py decides which of them belongs to which figure, places.py what it is on
the map.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import msgspec

from onrecord.lexicon import words
from onrecord.reading.attribution import Stretches
from onrecord.reading.decoding import Decoded, Run, log_odds
from onrecord.reading.grammar import DETERMINERS, PREPOSITIONS, class_of
from onrecord.reading.mention_rules import BARE_SCORE, place_words
from onrecord.reading.noun_phrases import dateline_end
from onrecord.reading.place_extents import whole_places
from onrecord.reading.place_phrases import kinds
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.reading.tagger import TaggedSpan

WEAK_BIAS = 2.0
"""Added to the log probability of a place: spans that the model only half sees. Of the coded places of tolls on the
pages that the first model had not seen, 89 % are among the phrases with them, 81 % among the model's own spans."""

MOST_AROUND = 2
"""Phrases around a place at most: "a stall in a market in Varno"."""

LONGEST_AROUND = 5
"""Tokens of such a phrase before its preposition at most."""

AROUND = frozenset({"in", "of", "at", "on", "near", "outside", "inside", "along", "off"})
"""Words between a phrase and the place that it lies in."""

LOCATING = frozenset({"in", "at", "on", "near", "outside", "inside", "across", "throughout", "around"})
LEADING = LOCATING | {"to", "from", "of", "off", "into", "through", "over"}
"""Words before a place, each a feature of its own."""

NO_PLACE = frozenset(
    {"person", "civilian", "child", "soldier", "police", "militant", "prisoner", "animal", "money", "share", "measure"}
    | {"incident", "drone", "missile", "weapon"}
)
"""Classes of what is counted that no place is: "two women in Varno"."""

CLOSE_CHARACTERS = 8
"""Characters between two phrases that are told as one: ", in the ", " of "."""

OFTEN, LONG, TOP = 3, 5, 3
"""Phrases of one head that are many; tokens of a long phrase; sentences that open a page."""

CAPITAL = re.compile(r"\b[A-Z]")

Features = dict[str, float]


class PlacePhrase(msgspec.Struct, frozen=True):
    """A phrase of place: its words as a span of the model, where it stands, what speaks for it.

    first and last are tokens of the sentence, half open; head is the last word before a comma or a preposition; span is
    the position among the spans of the tagging, None where the rules did not find it.
    """

    run: Run
    sentence: Sentence
    first: int
    last: int
    head: str
    span: int | None
    features: Features


class _Found(msgspec.Struct):
    """A stretch of characters with who found it."""

    run: Run
    by: set[str]
    span: int | None = None


def place_phrases(document: Document, decoded: Decoded, spans: Sequence[TaggedSpan]) -> list[PlacePhrase]:
    """Return the phrases that may be the place of a figure, in text order, of two that start together the longer first.

    Args:
        document: what was read.
        decoded: answers of the model.
        spans: those of the tagging so far, sources and the rules' places among them.
    """
    found = _found(document, decoded, spans)
    order = sorted(found, key=lambda at: (at[0], -at[1]))
    sources = Stretches((span.start, span.end, True) for span in spans if span.label == "source")
    placed = [_standing(document, *at) for at in order]
    heads = [_head(sentence.tokens, first, last) for sentence, first, last in placed]
    often, ends, inner = Counter(heads), sorted(end for _, end in order), _nested(order)
    starts = [start for start, _ in order]
    phrases = []
    for at, (start, end) in enumerate(order):
        sentence, first, last = placed[at]
        one, tokens = found[start, end], sentence.tokens
        features = _found_by(one) | _worded(document.text[start:end], tokens, first, last, heads[at])
        features["score"] = log_odds(one.run.score)
        features["inside"] = inner[at]
        features["holds"] = at + 1 < len(order) and starts[at + 1] < end
        features["followed"] = bisect_left(starts, end) < bisect_right(starts, end + CLOSE_CHARACTERS)
        features["follows"] = bisect_left(ends, start - CLOSE_CHARACTERS) < bisect_right(ends, start)
        features["often"] = often[heads[at]] >= OFTEN
        features["top"] = sentence.index < TOP
        features["in source"] = any(sources.holding(start, end))
        kept = {name: float(value) for name, value in features.items() if value}
        phrases.append(PlacePhrase(one.run, sentence, first, last, heads[at], one.span, kept))
    return phrases


def _found(document: Document, decoded: Decoded, spans: Sequence[TaggedSpan]) -> dict[tuple[int, int], _Found]:
    """Return the stretches of all phrases with who found them."""
    found: dict[tuple[int, int], _Found] = {}

    def add(run: Run, by: str, span: int | None = None) -> None:
        one = found.setdefault((run.start, run.end), _Found(run, set()))
        one.by.add(by)
        one.span = span if one.span is None else one.span

    sure = {(run.first, run.last) for run in decoded.phrases("place", document.text)}
    weak = decoded.phrases("place", document.text, bias=WEAK_BIAS)
    for run, whole in zip(weak, whole_places(document, weak), strict=True):
        add(whole, "model" if (run.first, run.last) in sure else "weak")
    for at, span in enumerate(spans):
        first, last = decoded.words.between(span.start, span.end) if span.label == "place" else (0, 0)
        if first < last:
            score = decoded.inside_at("place", span.start, span.end)
            add(Run(first, last, span.start, span.end, score), "bare" if span.score <= BARE_SCORE else "rule", at)
    for one in list(found.values()):
        sentence, first, _ = _standing(document, one.run.start, one.run.end)
        for start in _around(sentence.tokens, first):
            words_ = decoded.words.between(start, one.run.end)
            add(Run(*words_, start, one.run.end, one.run.score), "around")
    return found


def _standing(document: Document, start: int, end: int) -> tuple[Sentence, int, int]:
    """Return the sentence of a stretch, and its tokens, half open."""
    at = bisect_right(document.sentences, start, key=lambda sentence: sentence.start) - 1
    sentence = document.sentences[max(0, at)]
    first = bisect_right(sentence.tokens, start, key=lambda token: token.end)
    return sentence, first, bisect_left(sentence.tokens, end, key=lambda token: token.start)


def _nested(order: Sequence[tuple[int, int]]) -> list[bool]:
    """Return for each stretch, by start and the longer first, whether it lies in another one."""
    furthest, inner = 0, []
    for _, end in order:
        inner.append(end <= furthest)
        furthest = max(furthest, end)
    return inner


def _around(tokens: Sequence[Token], first: int) -> list[int]:
    """Return where the phrases start that lie in the place at a token: "a market in [Varno]"."""
    starts: list[int] = []
    at = _phrase_around(tokens, first)
    while at is not None and len(starts) < MOST_AROUND:
        starts.append(tokens[at].start)
        at = _phrase_around(tokens, at)
    return starts


def _phrase_around(tokens: Sequence[Token], first: int) -> int | None:
    """Return the first token of the phrase that lies in the place at a token; None when none stands before it."""
    place = place_words()
    at = _behind_preposition(tokens, first)
    if at < 1 or tokens[at].lower not in AROUND:
        return None
    noun = at - 1
    word = tokens[noun].lower
    typed = word in place.types or word in place.generic
    if not word.isalpha() or len(word) < 3 or (tokens[noun].capital and word not in place.types):
        return None
    if class_of(word) in NO_PLACE or word.endswith(("ing", "ed")) or word in PREPOSITIONS:
        return None
    for low in range(noun, max(0, noun - LONGEST_AROUND), -1):
        before = tokens[low - 1].lower
        if before in DETERMINERS:
            return low - 1 if typed or (low > 1 and tokens[low - 2].lower in LEADING) else None
        if before in LOCATING or before in ("into", "from", "to", "through"):
            return low
        if not before[0].isalnum() or before in PREPOSITIONS:
            return None
    return None


def _behind_preposition(tokens: Sequence[Token], first: int) -> int:
    """Return the token before a phrase that is no article and no direction, -1 at the beginning of a sentence."""
    at, direction = first - 1, place_words().direction
    while at >= 0 and (tokens[at].lower in DETERMINERS or tokens[at].lower in direction):
        at -= 1
    return at


def _head(tokens: Sequence[Token], first: int, last: int) -> str:
    """Return the last word of a phrase before a comma or a preposition, lower case."""
    at = first
    while at < last and (tokens[at].lower in PREPOSITIONS or not tokens[at].text[0].isalnum()):
        at += 1
    end = at
    while end < last and tokens[end].lower not in PREPOSITIONS and tokens[end].text not in ",(;:-–—":
        end += 1
    end -= end > at + 1 and tokens[end - 1].lower == "'s"
    return tokens[end - 1].lower if end > at else ""


def _found_by(one: _Found) -> Features:
    """Return who found a phrase, as features."""
    features: Features = {f"by={name}": 1.0 for name in one.by}
    features["by=no model"] = not one.by & {"model", "weak"}
    return features


def _worded(text: str, tokens: tuple[Token, ...], first: int, last: int, head: str) -> Features:
    """Return what the words of a phrase and those beside it say, as features."""
    at = _behind_preposition(tokens, first)
    before = tokens[at].lower if at >= 0 else ""
    lower = text.lower().removeprefix("the ")
    named = CAPITAL.search(text) is not None
    return {
        f"before={before if before in LEADING else 'other'}": 1.0,
        f"kind={kinds().get(head, 'none')}": 1.0,
        "named": named,
        "generic": not named and head in place_words().generic,
        "country": lower in words("countries", "name"),
        "owner": last < len(tokens) and tokens[last].lower == "'s",
        "dateline": tokens[0].text.isupper() and first < dateline_end(tokens, [token.lower for token in tokens]),
        "capitals": text.isupper() and len(text) > 4,
        "comma": "," in text,
        "long": last - first >= LONG,
    }
