"""Counts that are given by name: "the number of homes at 62", "the ministry put that figure at 22".

Works on the numbers that either tagger has added. "The number of X" names what is counted in front of the number; that
becomes the counted phrase. "That number", "a figure of", "put it at" name nothing: they give again what the number
before counts, often by another source. Such a number gets the outcome and the counted phrase of that one.
"""

from bisect import bisect_right

from msgspec.structs import replace

from onrecord.reading.grammar import NounPhrase, class_of, noun_phrase
from onrecord.reading.older_values import GIVING
from onrecord.reading.quantities import Quantity, read_quantities
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.reading.tagger import ArcLabel, TaggedSpan, TaggingBuilder

COUNTS = frozenset({"number", "figure", "count", "total", "tally", "estimate", "numbers", "figures"})
"""Nouns that stand for a count and not for an outcome; "toll" has one of its own."""

AMOUNTS = frozenset({"number", "total", "count", "tally"})
"""Nouns behind whose "of" stands what is counted."""

GIVES = GIVING | frozenset("putting set sets giving place places placed".split())
"""Verbs whose subject gives a count that is named."""

IS = frozenset("was is were are stood stands closer at".split())
POINTING = frozenset({"the", "that", "this", "its", "their", "a", "his", "her", "those", "these"})
BEFORE_NUMBER = frozenset({"at", "of", "as", "to", "was", "is", "reached", "stood", "exceeded", "passed", "hit"})
"""Words that may stand directly before a number that is given."""

LONGEST_NAME = 16
"""Tokens between "number of" and the number."""

NEAR = 8
"""Tokens between "figure" or "it" and the number."""

REACH = 2
"""Sentences before in which the count stands that is given again."""

FARTHEST = 3
"""The larger of two counts of one thing, in smaller ones: above it they are hardly the same thing."""

SAME: tuple[ArcLabel, ...] = ("outcome", "counted", "place")
"""What a count that is given again has from the one before."""

IN_FLIGHT = frozenset({"drone", "missile"})
"""Classes of what is intercepted when it is "destroyed" (lexicon/outcomes.tsv)."""


def tag_given_counts(document: Document, builder: TaggingBuilder) -> None:
    """Link the numbers that are given by name to what they count and to their outcome."""
    spans, tails = builder.spans(), builder.tagging().tails()
    starts = [sentence.start for sentence in document.sentences]
    told: list[tuple[int, Sentence]] = []
    for start, i in sorted((span.start, i) for i, span in enumerate(spans) if span.label == "number"):
        sentence = document.sentences[max(0, bisect_right(starts, start) - 1)]
        before = [token for token in sentence.tokens if token.end <= start]
        named = any(sentence.start <= spans[at].start < sentence.end for at in tails.get((i, "counted"), ()))
        if not named and _is_count(sentence, spans[i]):
            happened = [spans[at].start for at in tails.get((i, "outcome"), ())]
            phrase = _named(sentence, before, happened)
            if phrase is not None:
                _count(builder, i, sentence, phrase)
                tails = builder.tagging().tails()
            elif gives_again(before):
                near = [j for j, where in told if sentence.index - where.index <= REACH and (j, "outcome") in tails]
                earlier = next((j for j in reversed(near) if _comparable(document, starts, spans[j], spans[i])), None)
                if earlier is not None:
                    for label in SAME:
                        builder.relink(label, i, tails.get((earlier, label), ()))
                    tails = builder.tagging().tails()
        if spans[i].attribute("relation") != "subset":
            told.append((i, sentence))


def gives_again(before: list[Token]) -> bool:
    """Say whether the words before a number give a count that was named before: "put that figure at", "put it at"."""
    words = [token.lower for token in before[-NEAR:]]
    if not words or words[-1] not in BEFORE_NUMBER:
        return False
    if "it" in words[:-1]:
        it = len(words) - 1 - words[::-1].index("it")
        return it > 0 and words[it - 1] in GIVES and words[it + 1] == "at"
    at = next((k for k in range(len(words) - 1, -1, -1) if words[k] in COUNTS), None)
    if at is None or at == 0 or "of" in words[at + 1 : -1]:
        return False
    leads = any(word in POINTING for word in words[max(0, at - 2) : at])
    gives = not GIVES.isdisjoint(words[:at]) or not IS.isdisjoint(words[at + 1 :])
    return leads and gives


def _is_count(sentence: Sentence, span: TaggedSpan) -> bool:
    """Say whether a number counts something and stands behind words that can name it."""
    words = {token.lower for token in sentence.tokens}
    if COUNTS.isdisjoint(words) and not ("it" in words and "at" in words):
        return False
    quantity = _quantity(sentence, span)
    return quantity is not None and quantity.type == "count" and not span.attribute("single")


def _quantity(sentence: Sentence, span: TaggedSpan) -> Quantity | None:
    return next((q for q in read_quantities(sentence) if q.start < span.end and span.start < q.end), None)


def _comparable(document: Document, starts: list[int], earlier: TaggedSpan, later: TaggedSpan) -> bool:
    """Say whether two numbers are near enough to each other to count the same thing."""
    points = []
    for span in (earlier, later):
        sentence = document.sentences[max(0, bisect_right(starts, span.start) - 1)]
        quantity = _quantity(sentence, span)
        if quantity is None or quantity.type != "count" or quantity.point is None:
            return False
        points.append(quantity.point)
    return 0 < max(points) <= FARTHEST * min(points)


def _named(sentence: Sentence, before: list[Token], happened: list[int]) -> NounPhrase | None:
    """Return the noun phrase behind "number of" that the number at the end of these words counts.

    happened are the characters at which the outcome of the number begins; a phrase ends there: "drones shot down".
    """
    words = [token.lower for token in before]
    if not words or words[-1] not in BEFORE_NUMBER:
        return None
    low = max(0, len(words) - LONGEST_NAME)
    at = next((k for k in range(len(words) - 2, low - 1, -1) if words[k] in AMOUNTS and words[k + 1] == "of"), None)
    if at is None or not {",", ";", ":"}.isdisjoint(words[at:]):
        return None
    breaks = {k: "verb" for k, token in enumerate(before) if token.start in happened and k > at + 2}
    phrase = noun_phrase(sentence.tokens, at + 2, breaks)
    if phrase.head is None or phrase.last >= len(words):
        return None
    head = words[phrase.head]
    return phrase if class_of(head) is not None or head.endswith("s") else None


def _count(builder: TaggingBuilder, i: int, sentence: Sentence, phrase: NounPhrase) -> None:
    """Link a number to the phrase that names what it counts; houses that are destroyed were not shot down."""
    first, last = sentence.tokens[phrase.first], sentence.tokens[phrase.last - 1]
    value = phrase.counted_class
    builder.relink("counted", i, [builder.add(TaggedSpan("counted", first.start, last.end, value, why="number of"))])
    spans, tails = builder.spans(), builder.tagging().tails()
    for at in tails.get((i, "outcome"), ()):
        if spans[at].value == "intercepted" and value not in IN_FLIGHT:
            builder.relink("outcome", i, [builder.add(replace(spans[at], value="destroyed"))])
