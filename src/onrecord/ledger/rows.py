"""One reading -> the rows that the ledger keeps of it, and back from rows to records.

Pure functions, so that the processes that read pages can also prepare their rows. Row numbers are not known here; the
store gives them. Opens no database.
"""

import hashlib
import math
from operator import attrgetter
from types import NoneType
from typing import Any

import msgspec
from msgspec.structs import replace

from onrecord.ledger.archive import pack
from onrecord.records import (
    ID_HEX_DIGITS,
    Article,
    Claim,
    Event,
    Figure,
    Number,
    Origin,
    Page,
    Place,
    Problem,
    Reading,
    Record,
    Span,
    Statement,
    Time,
    content_id,
    document_id,
    from_json,
    to_json,
)

Row = dict[str, Any]
"""Values by column name."""

NUL = "\x00"
"""PostgreSQL's text cannot hold it; U+FFFD stands for it in a ledger, and all lengths stay."""

KINDS: dict[str, type[Figure] | type[Statement] | type[Event]] = {
    "figure": Figure,
    "statement": Statement,
    "event": Event,
}


class Capture(Record, frozen=True, kw_only=True):
    """What was known of a page from outside: with its bytes, all that is needed to read it again."""

    origin: Origin
    published: str | None = None
    outlet: str | None = None


class Content(Record, frozen=True, kw_only=True):
    """The rows of a page that could be read."""

    page: Row
    archive: Row
    document: Row
    article: Row
    claims: list[Row]
    checks: list[Row]
    sources: list[Row]


class Prepared(Record, frozen=True, kw_only=True):
    """All rows of one page, without row numbers. content is None when it could not be read.

    version is given when an archived page is read again: the row of `page_versions` that the reading belongs to.
    """

    name: str
    key: str
    given: str
    reader_version: str
    model: str
    problems: list[Row]
    version: int | None
    content: Content | None

    @property
    def size(self) -> int:
        """Bytes that go to the archive."""
        return len(self.content.archive["data"]) if self.content else 0


def sighting_key(sha256: str, capture: Capture) -> str:
    """Return what tells whether these bytes have been seen before, given in this way."""
    return content_id(sha256, to_json(capture).decode())


def prepare(
    reading: Reading, data: bytes | None, capture: Capture, *, sha256: str, version: int | None = None
) -> Prepared:
    """Return the rows of one reading.

    Args:
        reading: as the pipeline made it.
        data: the captured bytes; None leaves the archive alone.
        capture: what the bytes were read with.
        sha256: hash of the bytes, also where the page could not be read.
        version: row of the page version, when an archived page is read again.
    """
    reading = without_nul(reading)
    return Prepared(
        name=reading.id,
        key=sighting_key(sha256, capture),
        given=to_json(capture).decode(),
        reader_version=reading.reader.version,
        model=reading.reader.model,
        problems=[problem_row(reading.id, problem) for problem in reading.problems],
        version=version,
        content=content_of(reading, data, capture),
    )


def content_of(reading: Reading, data: bytes | None, capture: Capture) -> Content | None:
    """Return the rows of the article and its claims; None when the page could not be read."""
    page, article = reading.page, reading.article
    if page is None or article is None:
        return None
    document = document_id(page.url, article.body, given=capture.origin.id)
    encoding, packed = pack(data) if data is not None else ("", b"")
    return Content(
        page={"sha256": page.sha256, "media_type": page.media_type, "size": len(data or b"")},
        archive={"encoding": encoding, "data": packed},
        document={"id": document, "url": page.url},
        article=article_row(page, article, document),
        claims=claim_rows(reading, page.text),
        checks=[
            {
                "position": position,
                "kind": check.kind,
                "figures": msgspec.json.encode(check.figures).decode(),
                "holds": int(check.holds),
                "says": check.says,
            }
            for position, check in enumerate(reading.checks)
        ],
        sources=source_rows(reading),
    )


def without_nul(reading: Reading) -> Reading:
    """Return the reading with U+FFFD for every NUL."""
    data = to_json(reading)
    if b"\\u0000" not in data:
        return reading
    return msgspec.convert(_without_nul(msgspec.to_builtins(reading)), Reading)


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(NUL, "\ufffd")
    if isinstance(value, list | tuple):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_nul(item) for key, item in value.items()}
    return value


def problem_row(name: str, problem: Problem) -> Row:
    """Return the row of a problem; the same problem of the same page is one row, however often it is met."""
    return {
        "id": content_id(name, problem.kind, problem.says),
        "name": name,
        "kind": problem.kind,
        "says": problem.says,
    }


def article_row(page: Page, article: Article, document: str) -> Row:
    """Return the row of an article of this document."""
    record = compact(replace(article, body=""))
    captions = [part for caption in article.captions for part in (caption.text, caption.credit)]
    return {
        "id": content_id(document, page.sha256, page.url, page.outlet, page.text, article.body, record),
        "url": page.url,
        "outlet": page.outlet,
        "headline": article.headline,
        "published": article.published,
        "modified": article.modified,
        "language": article.language,
        "edition": content_id(article.headline, article.standfirst, article.body, *captions),
        "text": page.text,
        "body": article.body,
        "record": record,
    }


def source_rows(reading: Reading) -> list[Row]:
    """Return one row for each speaker of a reading, in the order of their names."""
    named: list[Claim] = [*reading.statements, *reading.figures, *reading.events]
    kinds: dict[str, str | None] = {}
    for claim in named:
        for name in (claim.speaker, getattr(claim, "via", None)):
            if name is not None:
                kind = getattr(claim, "speaker_kind", None) if name == claim.speaker else None
                kinds[name] = kinds.get(name) or kind
    return [{"id": content_id("source", name), "name": name, "kind": kinds[name]} for name in sorted(kinds)]


# --- claims --------------------------------------------------------------------------------------------------------


def claim_rows(reading: Reading, text: str) -> list[Row]:
    """Return the rows of a reading's claims; position counts among the claims of a kind."""
    rows = [_row(figure, text, position, _figure_columns) for position, figure in enumerate(reading.figures)]
    rows += [
        _row(statement, text, position, _statement_columns) for position, statement in enumerate(reading.statements)
    ]
    rows += [_row(event, text, position, _event_columns) for position, event in enumerate(reading.events)]
    return list({row["form"]: row for row in reversed(rows)}.values())[::-1]


NO_COLUMNS: Row = dict.fromkeys(
    (
        "low", "high", "point", "bound", "figure_kind", "unit", "counted", "counted_class", "outcome", "modality",
        "act", "form_of_speech", "addressee", "event_type", "status", "polarity", "speaker_kind", "via", "place",
        "country", "geonames", "latitude", "longitude", "said_from", "said_to", "happened_from", "happened_to",
    )
)  # fmt: skip
"""The columns of claims that only some kinds have."""


def _row(claim: Any, text: str, position: int, columns: Any) -> Row:
    sentence = claim.sentence
    row = {
        **NO_COLUMNS,
        "id": claim.id,
        "form": form_of(claim),
        "start": sentence.start,
        "sentence": text[sentence.start : sentence.end],
        "record": compact(claim),
        "speaker": claim.speaker,
        "confidence": claim.confidence,
        "position": position,
    }
    row.update(columns(claim, text))
    place: Place | None = claim.place
    if place is not None:
        row["place"] = place.name or text[place.start : place.end]
        row["country"], row["geonames"] = place.country, place.geonames
        row["latitude"], row["longitude"] = place.lat, place.lon
    return row


def _words(text: str, *spans: Span | None) -> str:
    return " ".join(text[span.start : span.end] for span in spans if span is not None)


def _figure_columns(figure: Figure, text: str) -> Row:
    return {
        "kind": "figure",
        "words": _words(text, figure.number, figure.counted, figure.outcome_word),
        "low": amount(figure.low),
        "high": amount(figure.high),
        "point": amount(figure.point),
        "bound": figure.bound,
        "figure_kind": figure.kind,
        "unit": figure.unit,
        "counted": figure.counted and _words(text, figure.counted),
        "counted_class": figure.counted_class,
        "outcome": figure.outcome,
        "modality": figure.modality,
        "polarity": figure.polarity,
        "via": figure.via,
        "happened_from": figure.time and figure.time.from_,
        "happened_to": figure.time and figure.time.to,
    }


def amount(value: Number | None) -> float | None:
    """Return a number as the database compares it; one too large for that is without end."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return math.inf


def _statement_columns(statement: Statement, text: str) -> Row:
    return {
        "kind": "statement",
        "words": _words(text, *statement.content),
        "act": statement.act,
        "form_of_speech": statement.form,
        "addressee": statement.addressee and _words(text, statement.addressee),
        "polarity": statement.polarity,
        "speaker_kind": statement.speaker_kind,
        "said_from": statement.time and statement.time.from_,
        "said_to": statement.time and statement.time.to,
    }


def _event_columns(event: Event, text: str) -> Row:
    return {
        "kind": "event",
        "words": _words(text, event.trigger, *event.actors, *event.targets),
        "event_type": event.type,
        "status": event.status,
        "happened_from": event.time and event.time.from_,
        "happened_to": event.time and event.time.to,
    }


def compact(record: Figure | Statement | Event | Article) -> str:
    """Return the record as JSON without the fields that say nothing; reading it back gives the same record."""
    kind = type(record)
    values = zip(NAMES[kind], FIELDS[kind](record))
    said = {name: value for name, value in values if value is not None and value != ()}
    return msgspec.json.encode(said).decode()


NAMES = {
    kind: tuple(name for name in kind.__struct_fields__ if name != "why")
    for kind in (Figure, Statement, Event, Article)
}
"""Fields of what is kept as JSON. None of them has another name in JSON; why a value is what it is, is not kept."""

FIELDS = {kind: attrgetter(*names) for kind, names in NAMES.items()}
PLAIN = frozenset({NoneType, str, int, float})


def form_of(claim: Claim) -> str:
    """Return the hash of a claim with its spans counted from its sentence: the same wherever the sentence moves."""
    base = claim.sentence.start
    parts = [part if part.__class__ in PLAIN else _relative(part, base) for part in FIELDS[type(claim)](claim)]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:ID_HEX_DIGITS]


def _relative(value: Any, base: int) -> Any:
    if type(value) is Span:
        return value.start - base, value.end - base
    if type(value) is tuple:
        return [_relative(item, base) for item in value]
    if type(value) is Place:
        where = (value.name, value.geonames, value.country, value.lat, value.lon, value.precision)
        return value.start - base, value.end - base, *where
    if type(value) is Time:
        return value.start - base, value.end - base, value.from_, value.to, value.precision
    return value


def claim_from(kind: str, record: str, *, by: int = 0) -> Claim:
    """Return the claim of a row, its spans moved by so many characters (claim_links.start - claims.start)."""
    claim = from_json(record, KINDS[kind])
    return moved(claim, by) if by else claim


def moved(claim: Claim, by: int) -> Claim:
    """Return the claim with all its spans moved."""
    return replace(claim, **{name: _moved(getattr(claim, name), by) for name in claim.__struct_fields__})


def _moved(value: Any, by: int) -> Any:
    if isinstance(value, Span | Place | Time):
        return replace(value, start=value.start + by, end=value.end + by)
    if isinstance(value, tuple):
        return tuple(_moved(item, by) for item in value)
    return value


def article_from(record: str, body: str) -> Article:
    """Return the article of a row."""
    return replace(from_json(record, Article), body=body)
