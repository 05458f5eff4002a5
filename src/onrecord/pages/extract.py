"""A parsed page and its rendered blocks -> which blocks are the body.

trafilatura finds the body. Its paragraphs are found again in the rendering by their letters and digits, so that all
spans are of one text. Its fast mode is asked: precision mode loses paragraphs, and the leaks are labelled later.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from trafilatura.core import bare_extraction
from trafilatura.settings import Document

from onrecord.pages.compose import folded
from onrecord.pages.render import Rendered

SHORT_KEY = 24
"""Letters and digits below which a paragraph is only found as a whole block: "Update" stands in many."""

NEARBY = 300
"""Letters within which a short paragraph counts as the next one."""

LEAST_COVERED = 0.5
"""Share of a block's letters that the extractor must have kept for the block to be kept."""

PIECE = re.compile(r"(?<=[.!?])\s+|\n+")

OF_LAYOUT = frozenset({"p", "head", "list", "item", "quote", "lb", "table"})
"""What stands in the cells of a table that lays out a page and not in those of a table of figures."""

UNITS = frozenset({"p", "head", "item", "quote", "cell", "code", "lb", "ab"})


class Keys:
    """The letters and digits of all rendered blocks in one string, and where each block begins in it."""

    def __init__(self, blocks: Sequence[Rendered]) -> None:
        keys = [folded(block.text) for block in blocks]
        self.text = "".join(keys)
        self.starts: list[int] = []
        self.short: dict[str, list[int]] = {}
        position = 0
        for key in keys:
            self.starts.append(position)
            if len(key) < SHORT_KEY:
                self.short.setdefault(key, []).append(position)
            position += len(key)
        self.ends = [start + len(key) for start, key in zip(self.starts, keys)]

    def find(self, key: str, near: int) -> int | None:
        """Return where a paragraph stands: first after `near`, else anywhere; a short one only as a whole block."""
        if len(key) < SHORT_KEY:
            starts = self.short.get(key)
            return starts[bisect_left(starts, near) % len(starts)] if starts else None
        at = self.text.find(key, near)
        if at < 0:
            at = self.text.find(key)
        return at if at >= 0 else None

    def covered(self, spans: Iterable[tuple[int, int]]) -> set[int]:
        """Return the indices of the blocks of which enough lies in the spans."""
        share: dict[int, int] = {}
        for start, end in spans:
            index = max(0, bisect_right(self.starts, start) - 1)
            while index < len(self.starts) and self.starts[index] < end:
                overlap = min(end, self.ends[index]) - max(start, self.starts[index])
                if overlap > 0:
                    share[index] = share.get(index, 0) + overlap
                index += 1
        return {i for i, size in share.items() if size >= LEAST_COVERED * (self.ends[i] - self.starts[i])}


def kept_blocks(tree: Any, blocks: Sequence[Rendered]) -> set[int]:
    """Return the indices of the rendered blocks that the extractor keeps; empty when it finds no article."""
    document = bare_extraction(tree, fast=True, include_comments=False, include_tables=True)
    if not isinstance(document, Document) or document.body is None:
        return set()
    keys = Keys(blocks)
    return keys.covered(_spans(keys, _paragraphs(document.body)))


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the paragraphs of an extracted body."""
    for element in body.iter():
        if element.tag == "row" and not any(inner.tag in OF_LAYOUT for inner in element.iter()):
            yield " ".join(element.itertext())  # a row is one block of the rendering
        if element.tag not in UNITS:
            text = " ".join(filter(None, (element.text, element.tail)))
            if element.tag in ("list", "table", "body") and text.strip():
                yield text
            continue
        text = "".join(element.itertext()) if not any(child.tag in UNITS for child in element) else (element.text or "")
        yield text
        if element.tail and element.tail.strip():
            yield element.tail


def _spans(keys: Keys, paragraphs: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where the extracted paragraphs stand among the keys; one that is nowhere is looked for in pieces."""
    near = 0
    for paragraph in paragraphs:
        key = folded(paragraph)
        if not key:
            continue
        at = keys.find(key, near)
        if at is not None:
            yield at, at + len(key)
            near = _after(near, at, len(key))
            continue
        for piece in PIECE.split(paragraph):
            part = folded(piece)
            at = keys.find(part, near) if part else None
            if at is not None:
                yield at, at + len(part)
                near = _after(near, at, len(part))


def _after(near: int, at: int, size: int) -> int:
    """Return where to look for the next paragraph; a short one found far away does not move the place."""
    return at + size if size >= SHORT_KEY or 0 <= at - near <= NEARBY else near
