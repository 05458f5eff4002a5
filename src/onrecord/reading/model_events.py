"""Answers of the reader model -> spans and arcs of events."""

from typing import Literal

from onrecord.reading.decoding import Decoded
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder

EventLabel = Literal["actor", "target", "place", "time"]

LINKED = 0.5
"""Probability from which an arc of an event counts."""

TRIGGER_BIAS = 0.5
"""Added to the log probability of a trigger."""


def tag_happenings(document: Document, decoded: Decoded, builder: TaggingBuilder) -> None:
    """Add triggers with type and status, and arcs to actors, targets, place and time."""
    triggers = decoded.runs("trigger", bias=TRIGGER_BIAS)
    heads = []
    for run in triggers:
        kind, _ = decoded.best("type", run.first)
        status, _ = decoded.best("status", run.first)
        heads.append(
            builder.add(
                TaggedSpan(
                    "trigger",
                    run.start,
                    run.end,
                    kind,
                    (("status", status), ("by", "model")),
                    run.score,
                    "the reader model",
                )
            )
        )
    labels: tuple[EventLabel, ...] = ("actor", "target", "place", "time")
    for label in labels:
        tails = decoded.runs(label)
        links = decoded.links(f"trigger {label}", triggers, tails)
        added: dict[int, int] = {}
        for i, head in enumerate(heads):
            order = sorted(range(len(tails)), key=lambda j: -links[i, j])
            kept = [j for j in order if links[i, j] >= LINKED]
            for j in kept[:1] if label in ("place", "time") else kept[:4]:
                if j not in added:
                    added[j] = builder.add(
                        TaggedSpan(label, tails[j].start, tails[j].end, None, (), tails[j].score, "the reader model")
                    )
                builder.link(label, head, added[j])
