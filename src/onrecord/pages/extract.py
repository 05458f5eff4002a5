"""A parsed page and its rendered blocks -> which blocks are the body.

trafilatura finds the body: its main extractor is asked on a copy of the tree, then what it falls back to when that
finds too little. Its paragraphs are found again in the rendering by their letters and digits, so that all spans are of
one text. What its own entry point does besides (a second parse, three more copies of the tree, a second rendering to
measure the page) is left out. Nothing is asked of it that precision mode adds: that loses paragraphs, and leaks are
labelled later.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import islice
from typing import Any

from trafilatura.baseline import baseline
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH

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

SECTIONS = ("div", "section", "aside", "details", "ol", "ul")
COMMENTS = re.compile(r"[Cc]omment(?!ary)|comol|disqus_thread|dsq-comments")
COMMENTS_OF = re.compile(r"(?:article|post)-comments")
"""How ids and classes of the elements that hold readers' comments begin, and what such a class may have amid it."""

ENDLESS = re.compile(r"mvp-post-add|infinite-?scroll|elementor-share-buttons")
"""A word that an id or class has wherever one of RAW_TREE_PRUNE_XPATH fits; few pages have it."""

SUSPECT = re.compile(rf"omment|comol|dsq-|disqus|{ENDLESS.pattern}")
"""What stands in each id and class that one of the patterns above fits; most have none of it."""

BALANCED = Extractor(fast=True, comments=False)
RECALL = Extractor(fast=True, comments=False, recall=True)

LONGEST_DOUBTED = 3_000
SMALLEST_SHARE = 0.2
LEAST_GAIN = 1.5
"""Characters of a body, and its share of what the page shows, below which the extractor is asked again for all it can
find, and how much longer the answer must be (source: the thresholds of its own entry point)."""

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
    shown = sum(len(block.text) for block in blocks if not block.context.aside)
    keys = Keys(blocks)
    return keys.covered(_spans(keys, _paragraphs(_found_body(tree, shown))))


def _found_body(tree: Any, shown: int) -> Any:
    """Return the body that the extractor finds, as its own elements; shown counts the page's visible characters."""
    body, text = _extracted(tree, BALANCED)
    if len(text) < BALANCED.min_extracted_size:
        other, other_text, size = baseline(_pruned(copy(tree)))
        if size > len(text):
            body, text = other, other_text
    if 0 < len(text) < min(LONGEST_DOUBTED, SMALLEST_SHARE * shown):
        other, other_text = _extracted(tree, RECALL)
        if len(other_text) >= max(RECALL.min_extracted_size, LEAST_GAIN * len(text)):
            return other
    return body


def _extracted(tree: Any, options: Extractor) -> tuple[Any, str]:
    """Return the body that the main extractor finds in a tree, which it leaves as it is, and the body's text."""
    cleaned = tree_cleaning(_pruned(copy(tree)), options)
    body, text = extract_content(convert_tags(cleaned, options, None), options)
    return body, text


def _pruned(tree: Any) -> Any:
    """Return a tree without the comments of readers and without articles that follow on an endless page."""
    endless = False
    comments = []
    for element in tree.iter(*SECTIONS):
        name, classes = element.get("id") or "", element.get("class") or ""
        if not SUSPECT.search(f"{name} {classes}"):
            continue
        if COMMENTS.match(name) or COMMENTS.match(classes) or COMMENTS_OF.search(classes):
            comments.append(element)
        endless = endless or ENDLESS.search(f"{name} {classes}") is not None
    for element in comments:
        if element.getparent() is not None:
            element.drop_tree()
    return prune_unwanted_nodes(tree, RAW_TREE_PRUNE_XPATH) if endless else tree


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the paragraphs of an extracted body."""
    for element in body.iter():
        if element.tag == "row" and all(_is_figure(cell) for cell in element):
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


def _is_figure(cell: Any) -> bool:
    """Say whether a cell has at most one paragraph, as cells of figures have."""
    inside = list(islice((one.tag for one in cell.iterdescendants() if one.tag in OF_LAYOUT), 2))
    return not inside or inside == ["p"]


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
