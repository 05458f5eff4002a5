"""Which source answers for a place of the text: the spans and arcs of the statements in, one source span out.

Pure; it reads what tag_statements has added and resolves nobody.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from onrecord.reading.tagger import Arc, TaggedSpan

T = TypeVar("T")
SHELF = 1_000
"""Characters that share one list of stretches; a paragraph is shorter, so that few stretches stand in two lists."""


class Stretches(Generic[T]):
    """Stretches of a text (start, end, value) for many look-ups by character; immutable after it is made."""

    def __init__(self, stretches: Iterable[tuple[int, int, T]]) -> None:
        self._shelves: dict[int, list[tuple[int, int, T]]] = {}
        for stretch in sorted(stretches, key=lambda s: s[1] - s[0]):
            for shelf in range(stretch[0] // SHELF, stretch[1] // SHELF + 1):
                self._shelves.setdefault(shelf, []).append(stretch)

    def holding(self, position: int, end: int | None = None) -> Iterator[T]:
        """Yield the values of the stretches that hold a character, or all characters up to end, shortest first."""
        last = position + 1 if end is None else end
        for start, stop, value in self._shelves.get(position // SHELF, ()):
            if start <= position and last <= stop:
                yield value


class Attribution:
    """The contents of a tagging with their sources, for many look-ups; immutable after it is made."""

    def __init__(self, spans: Sequence[TaggedSpan], arcs: Iterable[Arc]) -> None:
        sources: dict[int, TaggedSpan] = {}
        contents: list[tuple[int, int, int]] = []
        passed_on: set[tuple[int, int]] = set()
        for arc in arcs:
            if arc.label == "via":
                passed_on.add((spans[arc.head].start, spans[arc.head].end))
            if spans[arc.head].label != "cue":
                continue
            if arc.label == "source":
                sources[arc.head] = spans[arc.tail]
            elif arc.label == "content":
                contents.append((spans[arc.tail].start, spans[arc.tail].end, arc.head))
        # of two cues with one content, who gave it comes before who passes it on; the sort by length keeps this order
        contents.sort(
            key=lambda one: one[2] not in sources or (sources[one[2]].start, sources[one[2]].end) not in passed_on
        )
        self._contents = Stretches(contents)
        self._sources = sources

    def at(self, position: int) -> TaggedSpan | None:
        """Return the source of the innermost content that holds this character and has a source; else None."""
        return next((self._sources[cue] for cue in self._contents.holding(position) if cue in self._sources), None)
