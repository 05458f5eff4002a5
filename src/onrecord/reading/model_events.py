"""Answers of the reader model and the event words -> spans and arcs of events.

The model says what happens on the page and how likely; a mention that the word lists know needs less of it. A mention
that only the lists know is kept when the model does not think it unlikely.
"""

from typing import Literal

import numpy as np

from onrecord.reading.decoding import Decoded, Run
from onrecord.reading.event_rules import tag_events
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import BY_MODEL, TaggedSpan, TaggingBuilder, likeliest

EventLabel = Literal["actor", "target", "place", "time"]

TRIGGER_BIAS = 0.5
"""Added to the log probability of a trigger."""

LEAST_KNOWN, LEAST_ALONE, LEAST_LISTED = 0.4, 0.55, 0.3
"""Probability from which a trigger counts: seen by both sides, by the model only, by the word lists only."""

TYPE_TRUST = 1.0
"""What the type of the word lists adds to the log probability of a type."""

LINKED = 0.5
"""Probability from which an arc of an event counts."""

MOST_PARTIES = 4
"""Actors, and targets, of one event; 2 of 7,288 lists of the coded training pages are longer."""


def tag_happenings(document: Document, decoded: Decoded, builder: TaggingBuilder) -> None:
    """Add triggers with type and status, and arcs to actors, targets, place and time."""
    triggers = []
    heads = []
    for run, listed in found_triggers(document, decoded):
        attributes = (("status", decoded.best("status", run.first)[0]),)
        kind = type_of(decoded, run, listed)
        score = decoded.confidence("events", run.score * decoded.probabilities("type", run.first)[kind])
        triggers.append(run)
        heads.append(builder.add(TaggedSpan("trigger", run.start, run.end, kind, attributes, score, BY_MODEL)))
    labels: tuple[EventLabel, ...] = ("actor", "target", "place", "time")
    for label in labels:
        tails = decoded.phrases(label, document.text)
        links = decoded.links(f"trigger {label}", triggers, tails)
        added: dict[int, int] = {}
        for head, (low, row) in zip(heads, links, strict=True):
            likely = [low + j for j in np.argsort(-row, kind="stable").tolist() if row[j] >= LINKED]
            for j in likely[: MOST_PARTIES if label in ("actor", "target") else 1]:
                if j not in added:
                    run = tails[j]
                    added[j] = builder.add(TaggedSpan(label, run.start, run.end, score=run.score, why=BY_MODEL))
                builder.link(label, head, added[j])


def found_triggers(document: Document, decoded: Decoded) -> list[tuple[Run, TaggedSpan | None]]:
    """Return the triggers that are kept, in text order, each with the mention of the word lists that it meets."""
    listed = listed_triggers(document)
    at_word = {word: span for span in listed for word in range(*decoded.words.between(span.start, span.end))}
    found: list[tuple[Run, TaggedSpan | None]] = []
    taken: set[int] = set()
    for run in decoded.runs("trigger", TRIGGER_BIAS):
        words = range(run.first, run.last)
        taken.update(words)
        known = next((at_word[word] for word in words if word in at_word), None)
        if run.score >= (LEAST_ALONE if known is None else LEAST_KNOWN):
            found.append((run, known))
    for span in listed:
        first, last = decoded.words.between(span.start, span.end)
        if first < last and taken.isdisjoint(range(first, last)):
            score = decoded.inside_at("trigger", span.start, span.end)
            if score >= LEAST_LISTED:
                found.append((Run(first, last, span.start, span.end, score), span))
    return sorted(found, key=lambda pair: pair[0].first)


def type_of(decoded: Decoded, run: Run, listed: TaggedSpan | None) -> str:
    """Return the type of an event: the model's, with a say for the word lists."""
    known = listed.value if listed is not None else None
    return likeliest(decoded.probabilities("type", run.first), known, TYPE_TRUST)


def listed_triggers(document: Document) -> list[TaggedSpan]:
    """Return the mentions that the word lists know."""
    builder = TaggingBuilder()
    tag_events(document, builder)
    return [span for span in builder.spans() if span.label == "trigger"]
