"""Answers of the reader model -> spans and arcs of statements, and attributions as PolNeAR has them.

A cue takes the sources and contents that the model links to it. Words decide only what the model leaves open: whether a
cue is negated.
"""

import re
from collections.abc import Sequence

import numpy as np

from onrecord.reading.decoding import Array, Decoded, Run
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import Attribution, TaggedSpan, TaggingBuilder

LINKED = 0.5
"""Probability from which a second cue shares a source or content."""

LEAST_SOURCE, LEAST_CONTENT = 0.2, 0.1
"""Probability below which a cue stays without a source, and a content without a cue."""

NEGATION = re.compile(r"\b(?:not|never|\w+n['\u2019]t)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
TRIMMED = " \t\n\"'\u201c\u201d\u2018\u2019`.,;:"
NEEDLESS = frozenset({"decline"})


def tag_said(document: Document, decoded: Decoded, builder: TaggingBuilder) -> None:
    """Add cues with their act, and the sources, contents and addressees that belong to them."""
    cues = decoded.runs("cue")
    sources, addressees = decoded.runs("source"), decoded.runs("addressee")
    contents = decoded.whole_runs("content")
    of_source = linked_sources(decoded.links("cue source", cues, sources))
    of_content = linked_contents(decoded.links("cue content", cues, contents))
    to_whom = linked_sources(decoded.links("cue addressee", cues, addressees))
    added: dict[tuple[str, int, int], int] = {}

    def place(label: str, run: Run) -> int:
        key = (label, run.start, run.end)
        if key not in added:
            start, end = trimmed(document.text, run) if label == "content" else (run.start, run.end)
            span = TaggedSpan(label, start, end, score=run.score, why="the reader model")  # type: ignore[arg-type]
            added[key] = builder.add(span)
        return added[key]

    for i, cue in enumerate(cues):
        act, _ = decoded.best("act", cue.first)
        parts = [contents[j] for j in of_content[i]]
        if not parts and act not in NEEDLESS:
            continue
        attributes = (("polarity", "negated"),) if is_negated(document.text, cue) and act != "decline" else ()
        score = cue.score
        head = builder.add(TaggedSpan("cue", cue.start, cue.end, act, attributes, score, "the reader model"))
        for j in of_source[i]:
            builder.link("source", head, place("source", sources[j]))
        for part in parts:
            builder.link("content", head, place("content", part))
        for j in to_whom[i]:
            builder.link("addressee", head, place("addressee", addressees[j]))
    _add_sources(sources, place)


def _add_sources(sources: Sequence[Run], place: object) -> None:
    """Sources without a cue are added for figures ("according to a tally")."""
    for run in sources:
        place("source", run)  # type: ignore[operator]


def trimmed(text: str, run: Run) -> tuple[int, int]:
    """Return a content without the marks around it; the run itself when nothing else is there."""
    words = text[run.start : run.end]
    left = len(words) - len(words.lstrip(TRIMMED))
    right = len(words.rstrip(TRIMMED))
    return (run.start + left, run.start + right) if left < right else (run.start, run.end)


def is_negated(text: str, cue: Run) -> bool:
    """Say whether a cue is negated: "did not say"."""
    return NEGATION.search(text, max(0, cue.start - 30), cue.start) is not None


def linked_sources(links: Array) -> list[list[int]]:
    """Return for each cue its source: the likeliest one, if it is likely at all."""
    if not links.size:
        return [[] for _ in range(len(links))]
    best = links.argmax(axis=1)
    return [[int(j)] if links[i, j] >= LEAST_SOURCE else [] for i, j in enumerate(best)]


def linked_contents(links: Array) -> list[list[int]]:
    """Return for each cue its contents: a content goes to its likeliest cue, and to further ones that are likely."""
    found: list[list[int]] = [[] for _ in range(len(links))]
    if not links.size:
        return found
    best = links.argmax(axis=0)
    for j in range(links.shape[1]):
        for i in np.flatnonzero(links[:, j] >= LINKED).tolist() or [int(best[j])]:
            if links[i, j] >= LEAST_CONTENT:
                found[i].append(j)
    return found


def attributions_of(decoded: Decoded) -> list[Attribution]:
    """Return the attributions of the layers that are trained on PolNeAR."""
    cues, sources = decoded.runs("any cue"), decoded.runs("any source")
    contents = decoded.whole_runs("any content")
    of_source = linked_sources(decoded.links("cue source", cues, sources))
    of_content = linked_contents(decoded.links("cue content", cues, contents))
    used_sources = {j for some in of_source for j in some}
    used_contents = {j for some in of_content for j in some}
    found = [
        Attribution(
            source=tuple((sources[j].start, sources[j].end) for j in of_source[i]),
            cue=((cue.start, cue.end),),
            content=tuple((contents[j].start, contents[j].end) for j in of_content[i]),
        )
        for i, cue in enumerate(cues)
    ]
    lone = [Attribution(((s.start, s.end),), (), ()) for j, s in enumerate(sources) if j not in used_sources]
    return (
        found
        + lone
        + [Attribution((), (), ((c.start, c.end),)) for j, c in enumerate(contents) if j not in used_contents]
    )
