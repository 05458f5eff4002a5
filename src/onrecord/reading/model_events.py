"""Answers of the reader model and the event words -> spans and arcs of events.

The model says what happens on the page and how likely; a mention that the word lists know needs less of it. A mention
that only the lists know is kept when the model does not think it unlikely.
"""

import math
from bisect import bisect_left, bisect_right
from typing import Literal

import msgspec
import numpy as np

from onrecord.reading.decoding import Decoded, Run
from onrecord.reading.event_rules import tag_events
from onrecord.reading.grammar import DETERMINERS, PREPOSITIONS
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder

EventLabel = Literal["actor", "target", "place", "time"]

TRIGGER_BIAS = 0.5
"""Added to the log probability of a trigger."""

LEAST_KNOWN, LEAST_ALONE, LEAST_LISTED = 0.4, 0.65, 0.3
"""Probability from which a trigger counts: seen by both sides, by the model only, by the word lists only."""

TYPE_TRUST = 1.0
"""What the type of the word lists adds to the log probability of a type."""

LINKED = 0.5
"""Probability from which an arc of an event counts."""

MOST_PARTIES = 4
"""Actors, and targets, of one event; the coded training pages rarely have more."""

SMALL_WORDS = DETERMINERS | PREPOSITIONS | frozenset({"and", "or", "but", ",", ".", "'", "\u2019"})
"""Words and marks that end no phrase."""

BY_MODEL = "the reader model"


def tag_happenings(document: Document, decoded: Decoded, builder: TaggingBuilder) -> None:
    """Add triggers with type and status, and arcs to actors, targets, place and time."""
    triggers = []
    heads = []
    for run, listed in found_triggers(document, decoded):
        attributes = (("status", decoded.best("status", run.first)[0]), ("by", "model"))
        kind = type_of(decoded, run, listed)
        score = decoded.confidence("events", run.score * decoded.probabilities("type", run.first)[kind])
        triggers.append(run)
        heads.append(builder.add(TaggedSpan("trigger", run.start, run.end, kind, attributes, score, BY_MODEL)))
    labels: tuple[EventLabel, ...] = ("actor", "target", "place", "time")
    for label in labels:
        tails = [run for run in (whole_phrase(document.text, decoded, run) for run in decoded.runs(label)) if run]
        links = decoded.links(f"trigger {label}", triggers, tails)
        added: dict[int, int] = {}
        for head, (low, row) in zip(heads, links, strict=True):
            likely = [low + j for j in np.argsort(-row, kind="stable").tolist() if row[j] >= LINKED]
            for j in likely[: MOST_PARTIES if label in ("actor", "target") else 1]:
                if j not in added:
                    run = tails[j]
                    added[j] = builder.add(TaggedSpan(label, run.start, run.end, score=run.score, why=BY_MODEL))
                builder.link(label, head, added[j])


def whole_phrase(text: str, decoded: Decoded, run: Run) -> Run | None:
    """Return a span without small words at its end ("a lighthouse and"); None when there is nothing but small words."""
    words, last = decoded.words, run.last
    while last > run.first and text[words.starts[last - 1] : words.ends[last - 1]].lower() in SMALL_WORDS:
        last -= 1
    if last == run.first:
        return None
    return run if last == run.last else msgspec.structs.replace(run, last=last, end=words.ends[last - 1])


def found_triggers(document: Document, decoded: Decoded) -> list[tuple[Run, TaggedSpan | None]]:
    """Return the triggers that are kept, in text order, each with the mention of the word lists that it meets."""
    listed = listed_triggers(document)
    starts, ends = decoded.words.starts, decoded.words.ends
    at_word = {
        word: span for span in listed for word in range(bisect_right(ends, span.start), bisect_left(starts, span.end))
    }
    found: list[tuple[Run, TaggedSpan | None]] = []
    taken: set[int] = set()
    for run in decoded.runs("trigger", TRIGGER_BIAS):
        words = range(run.first, run.last)
        taken.update(words)
        known = next((at_word[word] for word in words if word in at_word), None)
        if run.score >= (LEAST_ALONE if known is None else LEAST_KNOWN):
            found.append((run, known))
    inside = decoded.inside("trigger")
    for span in listed:
        first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
        if first < last and taken.isdisjoint(range(first, last)):
            score = float(inside[first:last].max())
            if score >= LEAST_LISTED:
                found.append((Run(first, last, span.start, span.end, score), span))
    return sorted(found, key=lambda pair: pair[0].first)


def type_of(decoded: Decoded, run: Run, listed: TaggedSpan | None) -> str:
    """Return the type of an event: the model's, with a say for the word lists."""
    chances = decoded.probabilities("type", run.first)
    known = listed.value if listed is not None else None
    return max(chances, key=lambda kind: math.log(chances[kind] + 1e-6) + TYPE_TRUST * (kind == known))


def listed_triggers(document: Document) -> list[TaggedSpan]:
    """Return the mentions that the word lists know."""
    builder = TaggingBuilder()
    tag_events(document, builder)
    return [span for span in builder.spans() if span.label == "trigger"]
