"""The text of a page and its claims -> blocks of pieces, each with the claims that hold it.

Claims may overlap: the text is cut at every edge, and a piece says which claims it belongs to. The words that a claim
is known by (the number, the cue, the trigger) become a link to its row. Escapes nothing; the template does.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal

from onrecord.answers import ClaimOnRecord, FigureOnRecord, StatementOnRecord
from onrecord.records import Article, Block, Record, Span

MarkKind = Literal["figure", "cue", "event", "said", "source"]

KEYS: frozenset[MarkKind] = frozenset({"figure", "cue", "event"})
"""Marks that are the words a claim is known by."""


class Mark(Record, frozen=True, kw_only=True):
    """A stretch of the text that belongs to a claim."""

    start: int
    end: int
    kind: MarkKind
    claim: str


class Piece(Record, frozen=True, kw_only=True):
    """Words between two edges. claims are ids, kinds those of the marks; link is the claim whose row it leads to.

    anchors are the claims whose own words begin here.
    """

    words: str
    kinds: tuple[MarkKind, ...] = ()
    claims: tuple[str, ...] = ()
    link: str | None = None
    anchors: tuple[str, ...] = ()


class Paragraph(Record, frozen=True, kw_only=True):
    """A block of the page with its pieces."""

    role: str
    kind: str | None
    pieces: tuple[Piece, ...]


class Stretch(Record, frozen=True, kw_only=True):
    """Blocks that follow one another, of the article or furniture."""

    furniture: bool
    paragraphs: tuple[Paragraph, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of furniture there are, each once."""
        return tuple(dict.fromkeys((one.kind or "other").replace("_", " ") for one in self.paragraphs))


def marks_of(claims: Iterable[ClaimOnRecord]) -> list[Mark]:
    """Return the stretches of the text that belong to each claim, in the order of the text."""
    return sorted((mark for claim in claims for mark in _marks(claim)), key=lambda mark: (mark.start, mark.end))


def _marks(claim: ClaimOnRecord) -> Iterator[Mark]:
    if isinstance(claim, FigureOnRecord):
        yield _mark(claim.number, "figure", claim)
    elif isinstance(claim, StatementOnRecord):
        yield _mark(claim.cue, "cue", claim)
        yield from (_mark(part, "said", claim) for part in claim.content)
    else:
        yield _mark(claim.trigger, "event", claim)
    if claim.source is not None:
        yield _mark(claim.source, "source", claim)


def _mark(span: Span, kind: MarkKind, claim: ClaimOnRecord) -> Mark:
    return Mark(start=span.start, end=span.end, kind=kind, claim=claim.id)


def stretches(text: str, article: Article | None, claims: Sequence[ClaimOnRecord]) -> list[Stretch]:
    """Return the whole text of a page, block by block, with the words of its claims marked."""
    marks = marks_of(claims)
    linked: set[str] = set()
    paragraphs = [
        Paragraph(role=block.role, kind=block.kind, pieces=tuple(_pieces(text, block.span, marks, linked)))
        for block in _blocks(text, article)
    ]
    return [
        Stretch(furniture=is_furniture, paragraphs=tuple(some))
        for is_furniture, some in groupby(paragraphs, key=lambda one: one.role == "furniture")
    ]


def _blocks(text: str, article: Article | None) -> Iterator[Block]:
    """Yield the blocks of the article, and a body block for each stretch of text between them."""
    at = 0
    for block in article.blocks if article else ():
        if text[at : block.start].strip():
            yield Block(start=at, end=block.start, role="body")
        yield block
        at = max(at, block.end)
    if text[at:].strip():
        yield Block(start=at, end=len(text), role="body")


def _pieces(text: str, block: Span, marks: Sequence[Mark], linked: set[str]) -> Iterator[Piece]:
    inside = [mark for mark in marks if mark.start < block.end and block.start < mark.end]
    edges = {block.start, block.end}
    edges |= {min(max(edge, block.start), block.end) for mark in inside for edge in (mark.start, mark.end)}
    for start, end in pairwise(sorted(edges)):
        here = [mark for mark in inside if mark.start <= start and end <= mark.end]
        # The first piece of a claim's own words is where it is linked from and to.
        keys = [mark.claim for mark in here if mark.kind in KEYS and mark.claim not in linked]
        linked.update(keys)
        yield Piece(
            words=text[start:end],
            kinds=tuple(dict.fromkeys(mark.kind for mark in here)),
            claims=tuple(dict.fromkeys(mark.claim for mark in here)),
            link=keys[0] if keys else None,
            anchors=tuple(keys),
        )
