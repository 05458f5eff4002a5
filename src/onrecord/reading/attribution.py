"""Which source answers for a place of the text: the spans and arcs of the statements in, one source span out.

Pure; it reads what tag_statements has added and resolves nobody.
"""

from collections.abc import Iterable, Sequence

from onrecord.reading.tagger import Arc, TaggedSpan


def governing_source(spans: Sequence[TaggedSpan], arcs: Iterable[Arc], position: int) -> TaggedSpan | None:
    """Return the source of the innermost content that holds this character; None in the outlet's own voice.

    Args:
        spans: those of the builder or the tagging, by position.
        arcs: those between them.
        position: a character of the page's text.
    """
    return Attribution(spans, arcs).at(position)


class Attribution:
    """The contents of a tagging with their sources, for many look-ups; immutable after it is made."""

    def __init__(self, spans: Sequence[TaggedSpan], arcs: Iterable[Arc]) -> None:
        sources: dict[int, TaggedSpan] = {}
        contents: list[tuple[int, int]] = []
        for arc in arcs:
            if spans[arc.head].label != "cue":
                continue
            if arc.label == "source":
                sources[arc.head] = spans[arc.tail]
            elif arc.label == "content":
                contents.append((arc.tail, arc.head))
        self._held = sorted(
            ((spans[tail].end - spans[tail].start, spans[tail], head) for tail, head in contents), key=lambda h: h[0]
        )
        self._sources = sources

    def at(self, position: int) -> TaggedSpan | None:
        """Return the source of the innermost content that holds this character and has a source; else None."""
        for _, content, cue in self._held:
            if content.start <= position < content.end and cue in self._sources:
                return self._sources[cue]
        return None
