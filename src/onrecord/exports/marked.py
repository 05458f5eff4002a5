"""The text of a page with the words of its claims marked -> lines of HTML, escaped, every claim with an anchor.

Spans of claims may overlap; the text is cut at every edge and each piece says which kinds of claims hold it.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from onrecord.records import Block, Reading, Span

HEADINGS = frozenset({"headline", "subhead"})


def text(value: object) -> str:
    """Return a value as escaped text, U+FFFD for what HTML has no place for; "" for None.

    Marks that turn the direction of writing are left out: in a table they would turn the cells beside them.
    """
    return "" if value is None else escape(STRANGE.sub(_shown, str(value)))


def _shown(found: re.Match[str]) -> str:
    return "" if unicodedata.bidirectional(found[0]) in TURNING else "\ufffd"


STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls but tab and line ends, marks that turn the direction, halves of pairs."""
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Bidirectional classes of embeddings, overrides and isolates (source: Unicode Standard Annex 9)."""


def marked_text(reading: Reading) -> Iterator[str]:
    """Yield a paragraph for each block of the page, furniture included, with its words marked."""
    if reading.page is None:
        return
    whole = reading.page.text
    anchors, marks = _anchors(reading), _marks(reading)
    language = reading.article.language if reading.article else None
    yield f'<div class="page"{f" lang={chr(34)}{text(language)}{chr(34)}" if language else ""}>'
    for block in _blocks(reading, whole):
        role = block.role if block.kind is None else f"{block.role}: {block.kind}"
        label = "" if block.role == "body" else f'<span class="role">{text(role.replace("_", " "))}</span> '
        kind = "furniture" if block.role == "furniture" else "block"
        strong = ("<strong>", "</strong>") if block.role in HEADINGS else ("", "")
        words = "".join(_pieces(whole, block.span, anchors, marks))
        yield f'<p class="{kind}" dir="auto">{label}{strong[0]}{words}{strong[1]}</p>'
    yield "</div>"


def _blocks(reading: Reading, whole: str) -> Iterator[Block]:
    """Yield the blocks of the article, and a body block for each stretch of text between them."""
    at = 0
    for block in reading.article.blocks if reading.article else ():
        if whole[at : block.start].strip():
            yield Block(start=at, end=block.start, role="body")
        yield block
        at = max(at, block.end)
    if whole[at:].strip():
        yield Block(start=at, end=len(whole), role="body")


def _anchors(reading: Reading) -> dict[int, list[str]]:
    """Return the ids of the claims that begin at each place of the text: at their own words, not their sentence."""
    found: dict[int, list[str]] = {}
    for figure in reading.figures:
        found.setdefault(figure.number.start, []).append(figure.id)
    for said in reading.statements:
        found.setdefault((said.content[0] if said.content else said.cue).start, []).append(said.id)
    for event in reading.events:
        found.setdefault(event.trigger.start, []).append(event.id)
    return found


def _marks(reading: Reading) -> list[Span]:
    spans = [figure.number for figure in reading.figures] + [event.trigger for event in reading.events]
    for said in reading.statements:
        spans += said.content or (said.cue,)
    return sorted(spans)


def _pieces(whole: str, block: Span, anchors: dict[int, list[str]], marks: list[Span]) -> Iterator[str]:
    """Yield the block's text, cut at the edges of marks and at anchors."""
    inside = [span for span in marks if span.meets(block)]
    starts = [place for place in anchors if block.start <= place < block.end]
    edges = {block.start, block.end, *starts}
    edges |= {min(max(edge, block.start), block.end) for span in inside for edge in (span.start, span.end)}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        yield from (f'<span id="c-{text(claim)}"></span>' for claim in anchors.get(start, ()))
        words = text(whole[start:end])
        held = any(span.start <= start and end <= span.end for span in inside)
        yield f"<mark>{words}</mark>" if held else words
