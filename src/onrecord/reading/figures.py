"""Tagged numbers -> figures: parsed value, bound, kind, outcome, source, place and time.

Values are parsed from the number's own words, so that a figure never says more than its span. What a figure is for
(kind, modality, polarity) is decided in figure_kinds.py.
"""

from typing import cast as typed

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from onrecord.reading.attribution import Stretches
from onrecord.reading.background import History
from onrecord.reading.figure_kinds import (
    TOLL_FREE,
    TOLL_KINDS,
    UNIT_KINDS,
    Aspects,
    Scene,
    aspects,
    with_kind,
    with_tagged,
)
from onrecord.reading.keys import ClaimKeys
from onrecord.reading.kind_points import KindScene, weighed_kinds
from onrecord.reading.people import Cast, Speaker
from onrecord.reading.places import Located, Places
from onrecord.reading.quantities import Quantity, read_quantities
from onrecord.reading.sentences import Document, Sentence
from onrecord.reading.tagger import LEAST_CHANCE, TaggedSpan, Tagging
from onrecord.reading.times import resolve_time, time_reason
from onrecord.records import CountedClass, Figure, Outcome, Span, Why

SURE, LIKELY, DOUBTFUL = 0.8, 0.6, 0.4
"""Confidence by how the outcome was found; below 0.5 a row is marked as unsure. Set by judgement, not calibrated."""


def assemble_figures(
    document: Document,
    tagging: Tagging,
    cast: Cast,
    keys: ClaimKeys,
    *,
    places: Places | None = None,
    explain: bool = False,
) -> tuple[Figure, ...]:
    """Return one figure per tagged number, in text order.

    Args:
        document: the sentences that the spans stand in.
        tagging: number spans with arcs to counted, outcome, source, place and time.
        cast: who is who on the page, for the speaker of each figure.
        keys: ids of claims.
        places: what the places of the page are; None makes it anew.
        explain: fill `why`.
    """
    assembly = _Assembly(document, tagging, cast, keys, places or Places(document))
    figures = [assembly.figure(draft, explain=explain) for draft in with_kinds(assembly.drafts())]
    return tuple(_first_of_their_kind(figures))


class Draft(msgspec.Struct, frozen=True):
    """A tagged number on the way to a figure: what it is linked to, and what the words around it say."""

    position: int
    span: TaggedSpan
    sentence: Sentence
    quantity: Quantity | None
    counted: TaggedSpan | None
    outcome: TaggedSpan | None
    source: TaggedSpan | None
    counted_class: CountedClass
    found: Aspects


def with_kinds(drafts: list[Draft]) -> list[Draft]:
    """Give the toll figures that a model has read their kinds, each weighed among the others of the page."""
    scenes = {draft.position: scene for draft in drafts if (scene := kind_scene(draft)) is not None}
    page = sorted(scenes.values(), key=lambda scene: scene.start)
    return [
        replace(draft, found=with_kind(draft.found, weighed_kinds(scenes[draft.position], page)))
        if draft.position in scenes
        else draft
        for draft in drafts
    ]


def kind_scenes(document: Document, tagging: Tagging) -> list[KindScene]:
    """Return the toll figures of a document as the weighing of their kinds sees them, in text order."""
    assembly = _Assembly(document, tagging, Cast(document, tagging), ClaimKeys(document), Places(document))
    return [scene for draft in assembly.drafts() if (scene := kind_scene(draft)) is not None]


def kind_scene(draft: Draft) -> KindScene | None:
    """Return a draft as the weighing of kinds sees it; None for what is no toll figure or was read by rules alone."""
    span, sentence, quantity = draft.span, draft.sentence, draft.quantity
    chances = dict(span.chances).get("kind")
    if chances is None or span.attribute("side") != "toll" or draft.found.kind in UNIT_KINDS | {"previous"}:
        return None
    own = [token.lower for token in sentence.tokens if token.end > span.start and token.start < span.end]
    before = [token.lower for token in sentence.tokens if token.end <= span.start]
    whole = sum(chances[kind] for kind in TOLL_KINDS) + LEAST_CHANCE
    return KindScene(
        start=span.start,
        end=span.end,
        sentence=sentence.index,
        paragraph=sentence.paragraph,
        outcome=(draft.outcome.value or "none") if draft.outcome else "none",
        counted_class=draft.counted_class,
        value=1.0 if quantity is None else quantity.low,
        of_total=quantity.of_total if quantity is not None else None,
        single=quantity is None,
        words=tuple(own),
        before=tuple(before[-2:]),
        ruled=draft.found.kind,
        chances={kind: chances[kind] / whole for kind in sorted(TOLL_KINDS)},
    )


def _first_of_their_kind(figures: list[Figure]) -> list[Figure]:
    """Make "another 14" or "dozens more" a total where the figures before have other outcomes (gold/GUIDELINE.md)."""
    told: set[str] = set()
    checked = []
    for figure in figures:
        first = told and figure.kind == "increment" and figure.unit is None and figure.outcome not in TOLL_FREE | told
        checked.append(replace(figure, kind="total") if first else figure)
        if figure.kind != "background":
            told.add(figure.outcome)
    return checked


class _Assembly:
    """The look-ups that all figures of one document share."""

    def __init__(self, document: Document, tagging: Tagging, cast: Cast, keys: ClaimKeys, places: Places) -> None:
        self.document, self.tagging, self.cast, self.keys, self.places = document, tagging, cast, keys, places
        self.tails = tagging.tails()
        self.acts = _acts(tagging)
        self.tellers = {
            (tagging.spans[arc.head].start, tagging.spans[arc.head].end): tagging.spans[arc.tail]
            for arc in tagging.arcs
            if arc.label == "via"
        }
        self._quantities: dict[int, list[Quantity]] = {}
        self._speakers: dict[tuple[int, int], Speaker] = {}
        self._starts = [sentence.start for sentence in document.sentences]
        self.history = History(document)

    def drafts(self) -> list[Draft]:
        """Return the drafts of all tagged numbers that lie in a sentence, in text order."""
        numbers = sorted((span.start, i) for i, span in enumerate(self.tagging.spans) if span.label == "number")
        return [draft for _, i in numbers if (draft := self._draft(i)) is not None]

    def _draft(self, i: int) -> Draft | None:
        span = self.tagging.spans[i]
        sentence = self._sentence(span.start)
        if sentence is None:
            return None
        counted, outcome, source = (self._tail(i, label) for label in ("counted", "outcome", "source"))
        quantity = None if span.attribute("single") else self._quantity(sentence, span)
        counted_class = _counted_class(counted, quantity)
        scene = self._scene(sentence, span, outcome, quantity, source)
        found = with_tagged(aspects(replace(scene, counted_class=counted_class)), span)
        return Draft(i, span, sentence, quantity, counted, outcome, source, counted_class, found)

    def figure(self, draft: Draft, *, explain: bool) -> Figure:
        """Return the figure of a draft."""
        i, span, sentence, quantity = draft.position, draft.span, draft.sentence, draft.quantity
        counted, outcome, source, found = draft.counted, draft.outcome, draft.source, draft.found
        speaker = self._speaker(source)
        teller = self._speaker(self.tellers.get((source.start, source.end))) if source else None
        low, high, point = (quantity.low, quantity.high, quantity.point) if quantity else (1, 1, 1)
        place, time = self._tail(i, "place"), self._tail(i, "time")
        located = self.places.resolve(Span(place.start, place.end)) if place else None
        number = Span(span.start, span.end)
        value = (low, high, outcome.value if outcome else "none")
        return Figure(
            id=self.keys.key("figure", sentence, number, value),
            number=number,
            sentence=sentence.span,
            low=low,
            high=high,
            point=point,
            bound=quantity.bound if quantity else "exact",
            of_total=quantity.of_total if quantity else None,
            kind=found.kind,
            unit=quantity.unit if quantity else None,
            counted=Span(counted.start, counted.end) if counted else None,
            counted_class=draft.counted_class,
            outcome=typed(Outcome, (outcome.value if outcome else None) or "none"),
            outcome_word=Span(outcome.start, outcome.end) if outcome else None,
            polarity=found.polarity,
            modality=found.modality,
            place=located.place if located else None,
            time=resolve_time(self.document, Span(time.start, time.end)) if time else None,
            source=Span(source.start, source.end) if source else None,
            speaker=speaker.name if speaker else None,
            speaker_role=speaker.standing.role if speaker else None,
            speaker_body=speaker.standing.body if speaker else None,
            speaker_country=speaker.standing.country if speaker else None,
            via=teller.name if teller else None,
            confidence=span.score if span.by_model else _confidence(span, outcome, quantity),
            why=_why(quantity, outcome, found, speaker, located) + self._why_when(time) if explain else UNSET,
        )

    def _why_when(self, time: TaggedSpan | None) -> tuple[Why, ...]:
        return (time_reason(self.document, Span(time.start, time.end)),) if time else ()

    def _tail(self, i: int, label: str) -> TaggedSpan | None:
        linked = self.tails.get((i, label))
        return self.tagging.spans[linked[0]] if linked else None

    def _sentence(self, position: int) -> Sentence | None:
        """Return the sentence that holds a character."""
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            if self._starts[middle] <= position:
                low = middle + 1
            else:
                high = middle
        sentence = self.document.sentences[low - 1] if low else None
        return sentence if sentence is not None and position < sentence.end else None

    def _quantity(self, sentence: Sentence, span: TaggedSpan) -> Quantity | None:
        """Return the number expression that shares the most characters with the span."""
        if sentence.index not in self._quantities:
            self._quantities[sentence.index] = read_quantities(sentence)
        shared = [(min(q.end, span.end) - max(q.start, span.start), q) for q in self._quantities[sentence.index]]
        best = max(shared, key=lambda pair: pair[0], default=(0, None))
        return best[1] if best[0] > 0 else None

    def _scene(
        self,
        sentence: Sentence,
        span: TaggedSpan,
        outcome: TaggedSpan | None,
        quantity: Quantity | None,
        source: TaggedSpan | None,
    ) -> Scene:
        return Scene(
            text=self.document.text[sentence.start : sentence.end],
            sentence=sentence,
            number_start=span.start,
            number_end=span.end,
            outcome=(outcome.value or "none") if outcome else "none",
            outcome_start=outcome.start if outcome else None,
            quantity=quantity,
            subset=span.attribute("relation") == "subset",
            side=outcome.attribute("side") if outcome else None,
            history=self.history.weight(sentence, quantity),
            act=self._act(source, span.start),
        )

    def _act(self, source: TaggedSpan | None, position: int) -> str | None:
        """Return the act of the statement that holds a character."""
        if source is None:
            return None
        return next(self.acts.holding(position), None)

    def _speaker(self, source: TaggedSpan | None) -> Speaker | None:
        if source is None:
            return None
        key = (source.start, source.end)
        if key not in self._speakers:
            self._speakers[key] = self.cast.resolve(Span(*key))
        return self._speakers[key]


def _acts(tagging: Tagging) -> Stretches[str]:
    """Return the contents of the page with the act of each."""
    found = []
    for arc in tagging.arcs:
        head = tagging.spans[arc.head]
        if arc.label == "content" and head.label == "cue":
            content = tagging.spans[arc.tail]
            found.append((content.start, content.end, head.value or "assert"))
    return Stretches(found)


def _counted_class(counted: TaggedSpan | None, quantity: Quantity | None) -> CountedClass:
    """Return the class of what is counted; money, share and measure by the type of the number."""
    if quantity is not None and quantity.type != "count":
        return quantity.type
    return typed(CountedClass, (counted.value if counted else None) or "other")


def _confidence(span: TaggedSpan, outcome: TaggedSpan | None, quantity: Quantity | None) -> float:
    """Return how sure the row is: close outcome words first, vague words and singles last."""
    if outcome is None:
        return LIKELY if quantity is not None and quantity.point is not None else DOUBTFUL
    if span.attribute("single") or (quantity is not None and quantity.low is None and quantity.high is None):
        return DOUBTFUL + 0.1
    return SURE if outcome.attribute("side") in ("phrase", "left", "right", "noun") else LIKELY


def _why(
    quantity: Quantity | None,
    outcome: TaggedSpan | None,
    found: Aspects,
    speaker: Speaker | None,
    located: Located | None,
) -> tuple[Why, ...]:
    """Put the decisions of one figure into words."""
    reasons = []
    if quantity is None:
        reasons.append(Why(field="number", says="a single person or thing with an outcome counts as 1"))
    elif quantity.bound != "exact":
        reasons.append(Why(field="bound", says=f"the words of the number say {quantity.bound.replace('_', ' ')}"))
    if quantity is not None and quantity.of_total is not None:
        reasons.append(Why(field="of_total", says=f"the whole stands behind the number: {quantity.of_total}"))
    if outcome is not None:
        reasons.append(Why(field="outcome", says=f"{outcome.why} stands for {outcome.value}"))
    reasons.append(Why(field="kind", says=found.why))
    if located is not None:
        reasons.append(Why(field="place", says=located.reason))
    if speaker is not None:
        reasons.append(Why(field="speaker", says=speaker.why or "the source as written"))
    else:
        reasons.append(Why(field="source", says="no statement holds the number: the outlet's own voice"))
    return tuple(reasons)
