"""One reading -> the rows that the ledger keeps of it, and back from rows to records.

Pure functions, so that the processes that read pages can also prepare their rows. Row numbers are not known here; the
store gives them. Opens no database.
"""

import hashlib
import math
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from onrecord.ledger.archive import pack
from onrecord.records import (
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

NUL_IN_JSON = "\\u0000"

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


C = TypeVar("C", Figure, Statement, Event)

Own = Callable[[C, str], tuple[Any, ...]]
"""Gives what only a kind of claims has: its words, then its columns behind EVERY_CLAIM."""


class ClaimRow(Record, frozen=True, kw_only=False, array_like=True, gc=False):
    """A claim: what its link to a reading takes, and its values in the order of CLAIM_COLUMNS[kind]."""

    kind: str
    form: int
    position: int
    start: int
    values: tuple[Any, ...]


class Content(Record, frozen=True, kw_only=True):
    """The rows of a page that could be read."""

    page: Row
    archive: Row
    document: Row
    article: Row
    claims: list[ClaimRow]
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
    prepared = _prepare(reading, data, capture, sha256=sha256, version=version)
    if _holds_nul(prepared):
        prepared = _prepare(without_nul(reading), data, capture, sha256=sha256, version=version)
    return prepared


def _prepare(reading: Reading, data: bytes | None, capture: Capture, *, sha256: str, version: int | None) -> Prepared:
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


def _holds_nul(prepared: Prepared) -> bool:
    """Say whether a NUL may stand in one of the texts, given what JSON writes for it."""
    content = prepared.content
    if content is None:
        return NUL_IN_JSON in msgspec.json.encode((prepared.name, prepared.problems)).decode()
    # The words of claims are words of the article's text; what else they hold stands in their records.
    rest = (prepared.name, prepared.problems, content.page, content.document, content.article, content.checks)
    return NUL_IN_JSON in msgspec.json.encode(rest).decode() or any(
        NUL_IN_JSON in claim.values[RECORD] for claim in content.claims
    )


def without_nul(reading: Reading) -> Reading:
    """Return the reading with U+FFFD for every NUL."""
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
    record = compact(article)
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
    kinds: dict[str, str | None] = {}
    for statement in reading.statements:
        if statement.speaker is not None:
            kinds[statement.speaker] = kinds.get(statement.speaker) or statement.speaker_kind
    named: list[str | None] = [event.speaker for event in reading.events]
    for figure in reading.figures:
        named += (figure.speaker, figure.via)
    for name in named:
        if name is not None:
            kinds.setdefault(name, None)
    return [{"id": content_id("source", name), "name": name, "kind": kinds[name]} for name in sorted(kinds)]


# --- claims --------------------------------------------------------------------------------------------------------


EVERY_CLAIM = (
    "kind", "id", "form", "sentence", "words", "record", "confidence", "speaker",
    "place", "country", "geonames", "latitude", "longitude",
)  # fmt: skip
CLAIM_COLUMNS = {
    "figure": (
        *EVERY_CLAIM, "happened_from", "happened_to", "low", "high", "point", "bound", "figure_kind", "unit", "counted",
        "counted_class", "outcome", "modality", "polarity", "via",
    ),
    "statement": (
        *EVERY_CLAIM, "said_from", "said_to", "act", "form_of_speech", "addressee", "polarity", "speaker_kind",
    ),
    "event": (*EVERY_CLAIM, "happened_from", "happened_to", "event_type", "status"),
}  # fmt: skip
"""The columns of `claims` that a kind has, beside row, document and reading. The others stay NULL: to hand a NULL to
SQLite takes Python as long as ten other values."""

RECORD = EVERY_CLAIM.index("record")

FORM_BYTES = 8
"""Width of `claims.form`: two of a million readings of one claim are taken for one with a chance of 1 in 10 million."""


def claim_rows(reading: Reading, text: str) -> list[ClaimRow]:
    """Return the rows of a reading's claims; position counts among the claims of a kind."""
    found: dict[int, ClaimRow] = {}
    _add_rows(found, "figure", reading.figures, text, _figure_values)
    _add_rows(found, "statement", reading.statements, text, _statement_values)
    _add_rows(found, "event", reading.events, text, _event_values)
    return list(found.values())


def _add_rows(found: dict[int, ClaimRow], kind: str, claims: Sequence[C], text: str, own: Own[C]) -> None:
    for position, claim in enumerate(claims):
        record = record_of(claim)
        form = form_of(record)
        if form in found:
            continue
        start, place = claim.sentence.start, claim.place
        words, *values = own(claim, text)
        where: tuple[Any, ...] = NO_PLACE if place is None else _place_values(place, text)
        sentence = text[start : claim.sentence.end]
        every: tuple[Any, ...] = (kind, claim.id, form, sentence, words, record, claim.confidence, claim.speaker)
        found[form] = ClaimRow(kind, form, position, start, (*every, *where, *values))


NO_PLACE: tuple[Any, ...] = (None, None, None, None, None)


def _place_values(place: Place, text: str) -> tuple[Any, ...]:
    return place.name or text[place.start : place.end], place.country, place.geonames, place.lat, place.lon


def _figure_values(figure: Figure, text: str) -> tuple[Any, ...]:
    time, counted = figure.time, figure.counted
    return (
        _words(text, figure.number, counted, figure.outcome_word), time and time.from_, time and time.to,
        amount(figure.low), amount(figure.high), amount(figure.point), figure.bound, figure.kind, figure.unit,
        counted and text[counted.start : counted.end], figure.counted_class, figure.outcome, figure.modality,
        figure.polarity, figure.via,
    )  # fmt: skip


def _statement_values(statement: Statement, text: str) -> tuple[Any, ...]:
    time, addressee = statement.time, statement.addressee
    return (
        _words(text, *statement.content), time and time.from_, time and time.to, statement.act, statement.form,
        addressee and text[addressee.start : addressee.end], statement.polarity, statement.speaker_kind,
    )  # fmt: skip


def _event_values(event: Event, text: str) -> tuple[Any, ...]:
    time = event.time
    words = _words(text, event.trigger, *event.actors, *event.targets)
    return words, time and time.from_, time and time.to, event.type, event.status


def _words(text: str, *spans: Span | None) -> str:
    """Return the words of some spans, one after the other."""
    return " ".join([text[span.start : span.end] for span in spans if span is not None])


def amount(value: Number | None) -> float | None:
    """Return a number as the database compares it; one too large for that is without end."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return math.inf


def compact(article: Article) -> str:
    """Return the article as JSON without its body and the fields that say nothing."""
    values = zip(ARTICLE_NAMES, attrgetter(*ARTICLE_NAMES)(article), strict=True)
    said = {name: value for name, value in values if value is not None and value != ()}
    return msgspec.json.encode(said).decode()


ARTICLE_NAMES = tuple(name for name in Article.__struct_fields__ if name not in ("body", "why"))

NAMES = {kind: tuple(name for name in kind.__struct_fields__ if name != "why") for kind in (Figure, Statement, Event)}
"""Fields of what is kept as JSON; why a value is what it is, is not kept."""

FIELDS = {kind: attrgetter(*names) for kind, names in NAMES.items()}
PLAIN = frozenset({str, int, float})
ENCODE = msgspec.json.Encoder().encode


def record_of(claim: Claim) -> str:
    """Return a claim as JSON without the fields that say nothing; a span is [start, end], counted from its sentence.

    The same claim has the same record wherever its sentence stands; `claim_from` reads it back.
    """
    base = claim.sentence.start
    kind = claim.__class__
    said = {}
    for name, value in zip(NAMES[kind], FIELDS[kind](claim)):
        if value.__class__ in PLAIN:
            said[name] = value
        elif value:  # neither None nor an empty list
            said[name] = _near(value, base)
    return ENCODE(said).decode()


def _near(value: Any, base: int) -> Any:
    """Return a value with its spans counted from base."""
    kind = value.__class__
    if kind is Span:
        return value.start - base, value.end - base
    if kind is tuple:
        return [_near(item, base) for item in value]
    if kind is Place or kind is Time:
        fields = msgspec.structs.asdict(value)
        near = {name: part for name, part in fields.items() if part is not None}
        near["start"] -= base
        near["end"] -= base
        return near
    return value


def form_of(record: str) -> int:
    """Return the hash of a claim's record, in the range of a database's integer."""
    return int.from_bytes(hashlib.blake2b(record.encode(), digest_size=FORM_BYTES).digest(), signed=True)


def claim_from(kind: str, record: str, *, by: int = 0) -> Claim:
    """Return the claim of a row; its sentence starts at `by` (claim_links.start)."""
    return KINDS[kind](**fields_from(record, by=by))


def fields_from(record: str, *, by: int = 0) -> dict[str, Any]:
    """Return the fields of the claim of a row, those apart that say nothing; see `claim_from`."""
    said: dict[str, Any] = DECODE(record)
    for name in said.keys() & FAR.keys():
        said[name] = FAR[name](said[name], by)
    return said


DECODE = msgspec.json.Decoder().decode


def _span(pair: list[int], by: int) -> Span:
    return Span(pair[0] + by, pair[1] + by)


def _spans(pairs: list[list[int]], by: int) -> tuple[Span, ...]:
    return tuple([Span(start + by, end + by) for start, end in pairs])


def _ids(ids: list[str], _by: int) -> tuple[str, ...]:
    return tuple(ids)


def _place(near: dict[str, Any], by: int) -> Place:
    return Place(**{**near, "start": near["start"] + by, "end": near["end"] + by})


def _time(near: dict[str, Any], by: int) -> Time:
    return Time(**{**near, "start": near["start"] + by, "end": near["end"] + by})


def _fields_of_type(*types: Any) -> list[str]:
    fields = [field for kind in (Figure, Statement, Event) for field in msgspec.structs.fields(kind)]
    return [field.name for field in fields if field.type in types]


FAR: dict[str, Callable[[Any, int], Any]] = {
    **dict.fromkeys(_fields_of_type(Span, Span | None), _span),
    **dict.fromkeys(_fields_of_type(tuple[Span, ...]), _spans),
    **dict.fromkeys(_fields_of_type(tuple[str, ...]), _ids),
    "place": _place,
    "time": _time,
}
"""What makes the value of a field from its JSON, with its spans counted from the text."""


def moved(claim: Claim, by: int) -> Claim:
    """Return the claim with all its spans moved."""
    kind = claim.__class__.__name__.lower()
    return replace(claim_from(kind, record_of(claim), by=claim.sentence.start + by), why=claim.why)


def article_from(record: str, body: str) -> Article:
    """Return the article of a row."""
    return replace(from_json(record, Article), body=body)
