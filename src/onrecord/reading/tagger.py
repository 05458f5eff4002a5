"""What finds spans in an article: the protocol that rules and models share, and the tagging they hand over.

A tagger marks stretches of the text with a label and links them with arcs. It does not parse numbers, resolve names,
dates or places, or decide what a claim is worth: the assembly (statements.py, figures.py, events.py) does, so that a
neural tagger can take the place of the word lists without a change elsewhere.
"""

import math
from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from onrecord.reading.sentences import Document

SpanLabel = Literal[
    "source",  # who said it
    "cue",  # the reporting word; value = act of the statement
    "content",  # what was said; one span per unbroken stretch
    "addressee",  # to whom
    "number",  # number expression with its bound words; value = kind of figure where the tagger knows it
    "counted",  # head phrase of what is counted
    "outcome",  # the word that says what happened; value = outcome class
    "trigger",  # the word of an event; value = type of event
    "actor",
    "target",
    "weapon",
    "place",
    "time",
]
ArcLabel = Literal[
    "source", "content", "addressee",  # from a cue; "source" also from a number
    "counted", "outcome", "place", "time", "actor", "target", "weapon", "part_of",  # from a number or a trigger
    "via",  # from a source to who passes on what it says
]  # fmt: skip


LEAST_CHANCE = 1e-6
"""Added to a probability before its logarithm is taken, so that 0 has one."""

BY_MODEL = "the reader model"
"""`TaggedSpan.why` of what the model found without a rule."""

Chances = dict[str, float]
"""How likely each class of one layer is, 0 to 1."""


class TaggedSpan(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the page's text with a label.

    value is the class that goes with the label (see SpanLabel), attributes are further classes as (name, value), such
    as ("status", "planned") or ("kind", "subset"). score is 0 to 1; why names the rule or the model. chances holds, for
    a class that the assembly weighs with its own rules, how likely a model takes each of its values.
    """

    label: SpanLabel
    start: int
    end: int
    value: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    score: float = 1.0
    why: str = ""
    chances: tuple[tuple[str, Chances], ...] = ()

    @property
    def by_model(self) -> bool:
        """Say whether the model found it and no rule can be named for it."""
        return self.why == BY_MODEL

    def attribute(self, name: str) -> str | None:
        """Return the value of an attribute, None when it is not set."""
        for key, value in self.attributes:
            if key == name:
                return value
        return None


def likeliest(chances: Chances, ruled: str | None, trust: float) -> str:
    """Return the class that is likeliest when the rules have a say.

    Args:
        chances: how likely a model takes each class.
        ruled: the class that the rules give, None when they give none.
        trust: what the rules' answer adds to the log probability of its class, 0 or more.
    """
    best = max(chances, key=chances.__getitem__)
    if ruled is None or ruled == best or ruled not in chances:
        return best
    ahead = (chances[ruled] + LEAST_CHANCE) * math.exp(trust) > chances[best] + LEAST_CHANCE
    return ruled if ahead else best


class Arc(msgspec.Struct, frozen=True, gc=False):
    """A link between two spans of a tagging, by their positions in Tagging.spans."""

    label: ArcLabel
    head: int
    tail: int
    score: float = 1.0


class Attribution(msgspec.Struct, frozen=True, gc=False):
    """One attribution as a corpus has it: spans (start, end) in characters of source, cue and content."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


class Tagging(msgspec.Struct, frozen=True):
    """Spans and the arcs between them. A span may serve several heads (one source, two cues)."""

    spans: tuple[TaggedSpan, ...] = ()
    arcs: tuple[Arc, ...] = ()

    def tails(self) -> dict[tuple[int, str], list[int]]:
        """Return, for (head, arc label), the positions of the linked spans in the order of the arcs."""
        linked: dict[tuple[int, str], list[int]] = {}
        for arc in self.arcs:
            linked.setdefault((arc.head, arc.label), []).append(arc.tail)
        return linked


class Tagger(Protocol):
    """Finds the spans of an article and links them. name and version end up in Reading.reader."""

    name: str

    def tag(self, document: Document) -> Tagging:
        """Return the spans and arcs of one document; spans lie inside its sentences."""
        ...


class TaggingBuilder:
    """Collects spans and arcs; the positions it returns are those of the finished tagging."""

    def __init__(self) -> None:
        self._spans: list[TaggedSpan] = []
        self._arcs: list[Arc] = []

    def add(self, span: TaggedSpan) -> int:
        """Add a span and return its position."""
        self._spans.append(span)
        return len(self._spans) - 1

    def link(self, label: ArcLabel, head: int, tail: int, score: float = 1.0) -> None:
        """Link two spans that were added."""
        self._arcs.append(Arc(label, head, tail, score))

    def relink(self, label: ArcLabel, head: int, tails: Sequence[int]) -> None:
        """Link a span to these in place of those it was linked to by this label."""
        self._arcs = [arc for arc in self._arcs if (arc.head, arc.label) != (head, label)]
        for tail in tails:
            self.link(label, head, tail)

    def spans(self) -> list[TaggedSpan]:
        """Return the spans added so far, by position."""
        return list(self._spans)

    def tagging(self) -> Tagging:
        """Return what was collected."""
        return Tagging(tuple(self._spans), tuple(self._arcs))
