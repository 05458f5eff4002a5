"""Answers of the reader model and the number rules -> spans and arcs of figures.

The rules know how numbers are written and what they count; the model knows which ones a ledger keeps, what happened, of
which kind they are, who gave them, where and when. Both have a say in the outcome.
"""

import math
from bisect import bisect_left, bisect_right
from typing import Literal

import msgspec

from onrecord.reading.attribution import Attribution
from onrecord.reading.decoding import Decoded, Run
from onrecord.reading.figure_rules import Counted, count_sentence
from onrecord.reading.grammar import class_of
from onrecord.reading.mention_rules import Mentions
from onrecord.reading.outcomes import outcome_hits
from onrecord.reading.sentences import Document, Sentence, tokens
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder

KEEP = 0.4
"""Probability from which a number of the rules is kept as a figure."""
KEEP_UNRULED = 0.5
"""The same for a number that the rules leave out."""
KEEP_SINGLE = 0.5
"""The same for a phrase that only the model takes as a number."""

OUTCOME_TRUST, KIND_TRUST = 1.0, 1.0
"""What the answer of the rules adds to the log probability of an outcome or a kind."""

LINKED = 0.5
"""Probability from which an arc of a figure counts."""


class Candidate(msgspec.Struct, frozen=True):
    """A number that may be a figure: its stretch, what the rules say of it, the word at which the model is asked."""

    start: int
    end: int
    word: int
    score: float
    sentence: Sentence
    counted: Counted | None


def tag_numbers(document: Document, decoded: Decoded, builder: TaggingBuilder) -> None:
    """Add number, counted and outcome spans with their arcs, and arcs to place, time and source."""
    found = candidates(document, decoded)
    spans = builder.spans()
    tools = _Tools(document, decoded, builder, Mentions(document, spans), Attribution(spans, builder.tagging().arcs))
    for candidate in found:
        tools.add(candidate)


def candidates(document: Document, decoded: Decoded) -> list[Candidate]:
    """Return the numbers that are kept, in text order."""
    runs = decoded.runs("number", bias=0.5)
    inside = decoded.inside("number")
    starts, ends = decoded.words.starts, decoded.words.ends
    found: list[Candidate] = []
    taken: set[int] = set()
    for sentence in document.sentences:
        for counted in count_sentence(sentence, outcome_hits(sentence.tokens), every=True):
            start, end = sentence.tokens[counted.first].start, sentence.tokens[counted.last - 1].end
            if counted.quantity is not None:
                start, end = counted.quantity.start, counted.quantity.end
            first, last = bisect_right(ends, start), bisect_left(starts, end)
            if first >= last:
                continue
            touching = [i for i, run in enumerate(runs) if run.first < last and first < run.last]
            word = runs[touching[0]].first if touching else first
            score = float(inside[first:last].max())
            if counted.single:
                keep = KEEP_SINGLE
            else:
                keep = KEEP if counted.kept else KEEP_UNRULED
            taken.update(touching)
            if score >= keep:
                found.append(Candidate(start, end, word, score, sentence, counted))
    sentences = decoded.words.sentences
    for i, run in enumerate(runs):
        if i not in taken and run.score >= KEEP_SINGLE:
            sentence = document.sentences[sentences[run.first]]
            found.append(Candidate(run.start, run.end, run.first, run.score, sentence, None))
    return sorted(found, key=lambda c: c.start)


class _Tools:
    """What all figures of one document share while they are added."""

    def __init__(
        self,
        document: Document,
        decoded: Decoded,
        builder: TaggingBuilder,
        mentions: Mentions,
        attribution: Attribution,
    ) -> None:
        self.document, self.decoded, self.builder = document, decoded, builder
        self.mentions, self.attribution = mentions, attribution
        self.sources = {(s.start, s.end): i for i, s in enumerate(builder.spans()) if s.label == "source"}
        self.runs = {layer: decoded.runs(layer) for layer in ("counted", "outcome word", "source", "place", "time")}
        self.added: dict[tuple[str, int, int], int] = {}

    def add(self, candidate: Candidate) -> None:
        """Add one figure with its arcs."""
        counted = candidate.counted
        attributes = [*self._classes(candidate)]
        if counted is not None and counted.subset:
            attributes.append(("relation", "subset"))
        if counted is None or counted.single:
            attributes.append(("single", "yes"))
        number = self.builder.add(
            TaggedSpan(
                "number", candidate.start, candidate.end, None, tuple(attributes), candidate.score, "the reader model"
            )
        )
        self._link_counted(candidate, number)
        self._link_outcome(candidate, number)
        self._link_source(candidate, number)
        labels: tuple[Literal["place"], Literal["time"]] = ("place", "time")
        for label in labels:
            run = self._linked(candidate, label, LINKED)
            if run is not None:
                self.builder.link(label, number, self._place(label, run))

    def _classes(self, candidate: Candidate) -> list[tuple[str, str]]:
        found = []
        for layer in ("kind", "polarity", "modality"):
            chances = self.decoded.probabilities(layer, candidate.word)
            found.append((layer, " ".join(f"{k}:{v:.3f}" for k, v in chances.items() if v >= 0.01)))
        return found

    def _run_of(self, candidate: Candidate) -> Run:
        """Return the words of a candidate as a span; its arcs start at the word at which the model is asked."""
        words = self.decoded.words
        last = max(candidate.word + 1, bisect_left(words.starts, candidate.end))
        return Run(candidate.word, last, candidate.start, candidate.end, candidate.score)

    def _linked(self, candidate: Candidate, layer: str, least: float) -> Run | None:
        """Return the span of a layer that the model links to a number, None when none is likely enough."""
        near = [run for run in self.runs[layer] if abs(run.first - candidate.word) < 300]
        if not near:
            return None
        chances = self.decoded.links(f"number {layer.split()[0]}", [self._run_of(candidate)], near)[0]
        best = int(chances.argmax())
        return near[best] if chances[best] >= least else None

    def _place(self, label: str, run: Run, value: str | None = None) -> int:
        key = (label, run.start, run.end)
        if key not in self.added:
            span = TaggedSpan(label, run.start, run.end, value, (), run.score, "the reader model")  # type: ignore[arg-type]
            self.added[key] = self.builder.add(span)
        return self.added[key]

    def _link_counted(self, candidate: Candidate, number: int) -> None:
        counted, tokens_ = candidate.counted, candidate.sentence.tokens
        if counted is not None and counted.phrase.head is not None and counted.phrase.last > counted.phrase.first:
            phrase = counted.phrase
            span = TaggedSpan(
                "counted", tokens_[phrase.first].start, tokens_[phrase.last - 1].end, value=phrase.counted_class
            )
            self.builder.link("counted", number, self.builder.add(span))
            return
        run = self._linked(candidate, "counted", LINKED)
        if run is not None:
            words = [t.lower for t in tokens(self.document.text, run.start, run.end)]
            kind = next((k for k in map(class_of, reversed(words)) if k), "other")
            span = TaggedSpan("counted", run.start, run.end, value=kind)
            self.builder.link("counted", number, self.builder.add(span))

    def _link_outcome(self, candidate: Candidate, number: int) -> None:
        """Add the outcome: the model's classes, with a say for the rules, and the word that gives it."""
        link = candidate.counted.link if candidate.counted is not None else None
        ruled = link.hit.word.outcome if link is not None else "none"
        chances = self.decoded.probabilities("outcome", candidate.word)
        rated = {k: math.log(v + 1e-6) + OUTCOME_TRUST * (k == ruled) for k, v in chances.items()}
        value = max(rated, key=lambda k: rated[k])
        if value == "none":
            return
        run = self._linked(candidate, "outcome word", LINKED)
        if link is not None and (ruled == value or run is None):
            hit, tokens_ = link.hit, candidate.sentence.tokens
            start, end = tokens_[hit.first].start, tokens_[hit.last - 1].end
        elif run is not None:
            start, end = run.start, run.end
        else:
            start, end = candidate.start, candidate.end
        side = link.side if link is not None and ruled == value else "model"
        words = self.document.text[start:end]
        span = TaggedSpan("outcome", start, end, value, (("side", side),), chances[value], f"{words!r} ({side})")
        self.builder.link("outcome", number, self.builder.add(span))

    def _link_source(self, candidate: Candidate, number: int) -> None:
        """Link the source that the model gives the number, else that of the statement that holds it."""
        run = self._linked(candidate, "source", LINKED)
        if run is not None and (run.start, run.end) in self.sources:
            self.builder.link("source", number, self.sources[(run.start, run.end)])
            return
        source = self.attribution.at(candidate.start)
        if source is not None:
            self.builder.link("source", number, self.sources[(source.start, source.end)])
