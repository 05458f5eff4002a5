"""What a ledger answers: claims with the words they stand on, sources with their counts, what a search found.

Takes readings or rows and gives frozen records that carry their evidence: the archived page (id and SHA-256), the exact
words, the sentence and the reader that read them. Exports, queries and reviews hand these to one another. Nothing here
opens a database or writes a file.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict

from onrecord.records import (
    Claim,
    Event,
    Figure,
    Grade,
    PointState,
    Reader,
    Reading,
    Record,
    Statement,
)

ClaimKind = Literal["figure", "statement", "event"]
ReviewState = Literal["accepted", "corrected", "rejected", "merged"]
ReviewAction = Literal["accept", "correct", "reject", "merge", "comment", "undo"]


class AsWritten(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The exact words of each span of a claim, as the page has them; what the page does not say is left out."""

    number: str | None = None
    counted: str | None = None
    outcome_word: str | None = None
    cue: str | None = None
    trigger: str | None = None
    content: tuple[str, ...] = ()
    source: str | None = None
    addressee: str | None = None
    actor: str | None = None
    target: str | None = None
    weapon: str | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    place: str | None = None
    time: str | None = None


class Evidence(Record, frozen=True, kw_only=True):
    """Where a claim stands: the archived page, the sentence, the words, and what read them.

    page is the id of the archived page in the ledger (its SHA-256 where no ledger is open); sha256 is that of its
    bytes; seen is when the ledger first saw this page.
    """

    page: str
    sha256: str
    url: str | None = None
    sentence: str = ""
    as_written: AsWritten = AsWritten()
    reader: Reader
    seen: str | None = None


class FigureOnRecord(Figure, frozen=True, kw_only=True):
    """A figure with its article and evidence. story, independent_sources and state wait for stories to be made.

    grade is given where a policy was asked for; None where the policy leaves the figure out.
    """

    article: str
    outlet: str | None = None
    published: str | None = None
    story: str | None = None
    independent_sources: int | None = None
    state: PointState | None = None
    review: ReviewState | None = None
    grade: Grade | UnsetType | None = UNSET
    evidence: Evidence


class StatementOnRecord(Statement, frozen=True, kw_only=True):
    """A statement with its article and evidence; words is its content as text."""

    words: str
    article: str
    outlet: str | None = None
    published: str | None = None
    story: str | None = None
    independent_sources: int | None = None
    state: PointState | None = None
    review: ReviewState | None = None
    evidence: Evidence


class EventOnRecord(Event, frozen=True, kw_only=True):
    """An event with its article and evidence."""

    article: str
    outlet: str | None = None
    published: str | None = None
    story: str | None = None
    independent_sources: int | None = None
    state: PointState | None = None
    review: ReviewState | None = None
    evidence: Evidence


ClaimOnRecord = FigureOnRecord | StatementOnRecord | EventOnRecord


class Count(Record, frozen=True, kw_only=True):
    """How often a value occurs."""

    value: str
    count: int


class SourceOnRecord(Record, frozen=True, kw_only=True):
    """A source's record: counts only, no score. first and last are dates of publication.

    roles, bodies and countries are what pages call it, given when it is asked for by name; names are the other names
    that a person counts under this one.
    """

    name: str
    kind: str | None = None
    statements: int = 0
    figures: int = 0
    articles: int = 0
    outlets: int = 0
    acts: tuple[Count, ...] = ()
    outcomes: tuple[Count, ...] = ()
    first: str | None = None
    last: str | None = None
    roles: tuple[Count, ...] = ()
    bodies: tuple[Count, ...] = ()
    countries: tuple[Count, ...] = ()
    names: tuple[str, ...] = ()


class Hit(Record, frozen=True, kw_only=True):
    """One thing that a full-text search found: a page or a claim, with the words around the match.

    id is that of the page version or of the claim.
    """

    kind: Literal["page", "figure", "statement", "event"]
    id: str
    article: str
    outlet: str | None = None
    published: str | None = None
    speaker: str | None = None
    snippet: str
    sha256: str


class Facet(Record, frozen=True, kw_only=True):
    """The values that one field has among what was found, most frequent first."""

    field: str
    values: tuple[Count, ...]


class Found(Record, frozen=True, kw_only=True):
    """A page of hits, the facets of all of them, and the cursor of the next page (None on the last)."""

    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    total: int
    next: str | None = None


def as_written(text: str, claim: Claim) -> AsWritten:
    """Return the exact words of each span of a claim; sentence apart."""
    return words_of(text, asdict(claim))


def words_of(text: str, fields: Mapping[str, Any]) -> AsWritten:
    """Return the exact words of each span among the fields of a claim; sentence apart."""
    words: dict[str, Any] = {}
    for name in fields.keys() & SPANS:
        place = fields[name]
        if not place:
            continue
        if place.__class__ is tuple:
            words[name] = tuple([text[part.start : part.end] for part in place])
        else:
            words[name] = text[place.start : place.end]
    return AsWritten(**words)


SPANS = frozenset(AsWritten.__struct_fields__)
"""The fields of claims that are places in the page's text, the sentence apart."""


def evidence_of(reading: Reading, claim: Claim, *, page: str | None = None, seen: str | None = None) -> Evidence:
    """Return the evidence of a claim of this reading, which must have a page."""
    archived = reading.page
    if archived is None:
        raise ValueError(f"{reading.id}: no page, so no evidence; its problems say why")
    return Evidence(
        page=page or archived.sha256,
        sha256=archived.sha256,
        url=archived.url,
        sentence=claim.sentence.of(archived.text),
        as_written=as_written(archived.text, claim),
        reader=reading.reader,
        seen=seen,
    )


def on_record(reading: Reading, *, page: str | None = None, seen: str | None = None) -> Iterator[ClaimOnRecord]:
    """Yield the claims of a reading with their evidence: figures, then statements, then events."""
    if reading.page is None:
        return
    claims: list[Claim] = [*reading.figures, *reading.statements, *reading.events]
    for claim in claims:
        yield put_on_record(
            claim,
            article=reading.id,
            outlet=reading.page.outlet,
            published=reading.article.published if reading.article else None,
            evidence=evidence_of(reading, claim, page=page, seen=seen),
        )


def put_on_record(
    claim: Claim,
    *,
    article: str,
    evidence: Evidence,
    outlet: str | None = None,
    published: str | None = None,
    review: ReviewState | None = None,
) -> ClaimOnRecord:
    """Return the claim with its article and evidence."""
    return from_fields(
        kind_of(claim),
        asdict(claim),
        article=article,
        evidence=evidence,
        outlet=outlet,
        published=published,
        review=review,
    )


def from_fields(kind: ClaimKind, fields: dict[str, Any], *, evidence: Evidence, **more: Any) -> ClaimOnRecord:
    """Return the claim that has these fields and, as `put_on_record` takes them, its article and evidence."""
    fields = {**fields, **more, "evidence": evidence}
    if kind == "figure":
        return FigureOnRecord(**fields)
    if kind == "statement":
        return StatementOnRecord(words=" … ".join(evidence.as_written.content), **fields)
    return EventOnRecord(**fields)


def kind_of(claim: Claim) -> ClaimKind:
    """Return figure, statement or event."""
    if isinstance(claim, Figure):
        return "figure"
    return "statement" if isinstance(claim, Statement) else "event"


def plain(claim: ClaimOnRecord) -> Claim:
    """Return the claim as its reading has it, without article and evidence."""
    base: type[Figure] | type[Statement] | type[Event] = Event
    if isinstance(claim, Figure):
        base = Figure
    elif isinstance(claim, Statement):
        base = Statement
    return base(**{name: getattr(claim, name) for name in base.__struct_fields__})
