"""The same figure told twice on one page: in two sentences, in the headline and the body, in a caption and the body.

Two figures are compared only when they can be the same quantity: one incident, outcome, counted noun and place, both
full counts, and no word that gives one of them another scope ("separately", "in May", "another"). What is left out is
not compared; a check says in words what it compared.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter

from onrecord.intervals import interval, overlap, value_of
from onrecord.lexicon import rows
from onrecord.reading.figure_rules import count_sentence
from onrecord.reading.grammar import singular
from onrecord.reading.outcomes import outcome_hits
from onrecord.reading.sentences import Document, make_document
from onrecord.reading.totals_incidents import incidents_of
from onrecord.records import Article, Block, Check, Figure, Number, Span

WHOLE_KINDS = frozenset({"total", "running_total"})
MOST_VALUES = 12
"""Different values and sources of one matter that later figures are compared with; bounds the checks of one page."""
FARTHEST = 3.0
"""Times that one value may be the other and still be taken for the same quantity; a part of it is farther off."""
GENERAL = frozenset({"person", "people", "dead", "death", "life", "victim", "casualty", "fatality", "toll", "other"})
"""Counted nouns that all stand for the people harmed; another noun counts only those it names."""
DEFINITE = re.compile(r"(?:the|these|those|both|all)\b", re.IGNORECASE)
NARROWED = re.compile(r"\s*(?:of (?:the|them|those|these|whom)|others?|more|remaining)\b", re.IGNORECASE)
"""Words behind a number that make it a part or an addition."""


@cache
def scope_words() -> re.Pattern[str]:
    """Return the pattern of the words that give a figure a scope of its own."""
    return re.compile(rf"\b(?:{'|'.join(row['pattern'] for row in rows('scope_words'))})\b", re.IGNORECASE)


def repeats(document: Document, figures: Sequence[Figure]) -> Iterable[Check]:
    """Yield the checks of figures that count the same thing in different sentences of the page, and of its headline.

    Two sources that differ are a conflict; one source that differs, or the outlet itself, is a failed repeat. Each
    figure is compared with the first one of every value and source before it, so that a toll printed ten times gives
    nine checks and not 45.
    """
    scope = scope_words()
    groups: dict[tuple[object, ...], list[Figure]] = {}
    numbers = incidents_of(document, figures)
    starts = {sentence.start: number for sentence, number in zip(document.sentences, numbers, strict=True)}
    for figure in figures:
        if _comparable(document, figure, scope):
            matter = (figure.outcome, counted_noun(document, figure), starts.get(figure.sentence.start))
            groups.setdefault(matter, []).append(figure)
    for group in groups.values():
        firsts: dict[tuple[object, ...], Figure] = {}
        for second in group:
            for first in firsts.values():
                told_apart = first.speaker and second.speaker and first.speaker != second.speaker
                if first.sentence != second.sentence or told_apart:
                    yield from _repeat(document, first, second)
            if len(firsts) < MOST_VALUES:
                firsts.setdefault((second.low, second.high, second.bound, second.speaker), second)
    yield from _headline(document, [figure for group in groups.values() for figure in group])


def _comparable(document: Document, figure: Figure, scope: re.Pattern[str]) -> bool:
    """Say whether a figure is a full count on record as fact, of more than one, with no scope of its own."""
    if figure.outcome in ("none", "other") or figure.kind not in WHOLE_KINDS or figure.modality != "actual":
        return False
    value = value_of(figure)
    if figure.polarity != "affirmed" or value is None or value <= 1 or figure.bound == "vague":
        return False
    text = document.text
    if DEFINITE.match(text, figure.number.start) or NARROWED.match(text, figure.number.end):
        return False
    before = text[max(figure.sentence.start, figure.number.start - 5) : figure.number.start]
    if re.search(r"\b(?:the|these|those|other)\s\Z", before, re.IGNORECASE):
        return False
    return scope.search(text, figure.sentence.start, figure.sentence.end) is None


def counted_noun(document: Document, figure: Figure) -> str:
    """Return what a figure counts as one singular word; all words for people in general are one."""
    if figure.counted is None:
        return "person"
    noun = singular(figure.counted.of(document.text).lower().split()[-1])
    return "person" if noun in GENERAL else noun


def _repeat(document: Document, first: Figure, second: Figure) -> Iterable[Check]:
    """Yield the check of two figures of one matter; none where nothing shows that they are the same quantity."""
    a, b = value_of(first) or 0, value_of(second) or 0
    if max(a, b) > FARTHEST * min(a, b) or _apart(document, first, second):
        return
    holds = overlap(first, second)
    if not holds and (first.place is None) != (second.place is None):
        return  # a town's count beside one of no place: only where they agree are they shown to be the same
    if holds and _open(first) and _open(second) and (first.low, first.high) != (second.low, second.high):
        return
    sources = first.speaker != second.speaker and first.speaker and second.speaker
    words = [_told(document, figure) for figure in (first, second)]
    yield Check(
        kind="conflict" if sources and not holds else "repeat",
        figures=(first.id, second.id),
        holds=holds,
        says=f"{words[0]} and {words[1]} {first.outcome.replace('_', ' ')}: "
        + ("they agree" if holds else "they differ"),
    )


def _open(figure: Figure) -> bool:
    return figure.low is None or figure.high is None


def _apart(document: Document, first: Figure, second: Figure) -> bool:
    """Say whether two figures are tied to different places or to different times."""
    here, there = first.place, second.place
    if here is not None and there is not None:
        names = [Span(place.start, place.end).of(document.text).lower() for place in (here, there)]
        if names[0] != names[1] and (here.geonames is None or here.geonames != there.geonames):
            return True
    a, b = first.time, second.time
    if a is None or b is None or a.from_ is None or b.from_ is None:
        return False
    return (a.to or a.from_) < b.from_ or (b.to or b.from_) < a.from_


def _told(document: Document, figure: Figure) -> str:
    """Return the words of a number, with where it stands when that is not the body."""
    words = figure.number.of(document.text)
    at = bisect_right(document.paragraphs, figure.number.start, key=attrgetter("start")) - 1
    return f"{words} (caption)" if at >= 0 and document.paragraphs[at].role == "caption" else words


# --- the headline ----------------------------------------------------------------------------------------------------


def _headline(document: Document, figures: Sequence[Figure]) -> Iterable[Check]:
    """Compare the counts of the headline with the body: with the full count of the same noun that comes nearest.

    A headline often leaves the noun out ("killing nine"). It agrees with any full count of that outcome, and differs
    only from one of people in general.
    """
    for block in document.article.blocks:
        if block.role != "headline":
            continue
        for words, low, high, outcome, noun in _counts(document, block):
            told = [f for f in figures if f.outcome == outcome]
            same = [f for f in told if counted_noun(document, f) == (noun or "person")]
            near = [f for f in same if max(low, value_of(f) or 0) <= FARTHEST * min(low, value_of(f) or 0)]
            open_to = same if noun else told
            best = next((f for f in open_to if _meets(f, low, high)), next(iter(near), None))
            if best is not None:
                holds = _meets(best, low, high)
                says = f"{words} in the headline and {best.number.of(document.text)} {outcome.replace('_', ' ')}: "
                kind_says = says + ("they agree" if holds else "they differ")
                yield Check(kind="repeat", figures=(best.id,), holds=holds, says=kind_says)
        return


def _meets(figure: Figure, low: Number, high: Number | None) -> bool:
    least, most = interval(figure)
    return least <= (high if high is not None else most) and low <= most


def _counts(document: Document, block: Block) -> Iterable[tuple[str, Number, Number | None, str, str]]:
    """Yield the numbers of a headline that have an outcome: words, low, high, outcome, noun ("" for none)."""
    alone = Article(blocks=(Block(start=block.start, end=block.end, role="body"),))
    for sentence in make_document(document.page, alone).sentences:
        for counted in count_sentence(sentence, outcome_hits(sentence.tokens)):
            quantity, tokens = counted.quantity, sentence.tokens
            if quantity is None or counted.link is None or counted.subset or (quantity.low or 0) <= 1:
                continue
            words = document.text[tokens[counted.first].start : tokens[counted.last - 1].end]
            head = tokens[counted.phrase.head].lower if counted.phrase.head is not None else ""
            noun = "person" if singular(head) in GENERAL else singular(head)
            yield words, quantity.low or 0, quantity.high, counted.link.hit.word.outcome, noun
