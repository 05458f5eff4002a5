"""Claims on record -> flat rows: one cell for each field, its words as written and where they stand.

Spans are written as `char=521,529` (RFC 5147), code points of the page's text, half open: unlike 521-529 no spreadsheet
takes them for a date. Nothing is left out but `why`; None stays None.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from onrecord.answers import (
    AsWritten,
    ClaimOnRecord,
    Count,
    EventOnRecord,
    Evidence,
    FigureOnRecord,
    SourceOnRecord,
    StatementOnRecord,
    on_record,
)
from onrecord.errors import ExportError
from onrecord.plugins import ExportOptions
from onrecord.records import Place, Reading, Record, Span, Time

Cell = str | int | float | bool | None

BETWEEN = "; "
"""Stands between the parts of one cell."""

NUMBERS = frozenset({
    "low", "high", "point", "of_total", "confidence", "lat", "lon", "geonames", "independent_sources", "statements",
    "figures", "articles", "outlets", "place_lat", "place_lon", "place_geonames",
})  # fmt: skip
"""Columns of numbers; all others hold text."""

CONTEXT = ("article", "outlet", "published", "story", "independent_sources", "state", "review")
TRACE = ("sentence", "sentence_span", "page", "sha256", "url", "seen", "reader_version", "reader_model")

FIGURE_COLUMNS = (
    "id", "number_words", "number_span", "low", "high", "point", "bound", "of_total", "kind", "unit",
    "counted_words", "counted_span", "counted_class", "outcome", "outcome_word_words", "outcome_word_span",
    "polarity", "modality", "place_words", "place_span", "place_name", "place_geonames", "place_country", "place_lat",
    "place_lon", "place_precision", "time_words", "time_span", "time_from", "time_to", "time_precision",
    "source_words", "source_span", "speaker", "speaker_role", "speaker_body", "speaker_country", "via", "actor_words",
    "actor_span", "target_words", "target_span", "weapon_words", "weapon_span", "part_of", "excludes",
    "incident", "confidence", *CONTEXT, *TRACE,
)  # fmt: skip
STATEMENT_COLUMNS = (
    "id", "words", "content_span", "source_words", "source_span", "speaker", "speaker_kind", "speaker_role",
    "speaker_body", "speaker_country", "cue_words", "cue_span", "form", "act", "polarity", "addressee_words",
    "addressee_span", "place_words", "place_span", "place_name", "place_geonames", "place_country", "place_lat",
    "place_lon", "place_precision", "time_words", "time_span", "time_from", "time_to", "time_precision", "nested_in",
    "confidence", *CONTEXT, *TRACE,
)  # fmt: skip
EVENT_COLUMNS = (
    "id", "trigger_words", "trigger_span", "type", "actors_words", "actors_span", "targets_words", "targets_span",
    "place_words", "place_span", "place_name", "place_geonames", "place_country", "place_lat", "place_lon",
    "place_precision", "time_words", "time_span", "time_from", "time_to", "time_precision", "status", "source_words",
    "source_span", "speaker", "figure_ids", "confidence", *CONTEXT, *TRACE,
)  # fmt: skip
SOURCE_COLUMNS = SourceOnRecord.__struct_fields__

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "figures": FIGURE_COLUMNS,
    "statements": STATEMENT_COLUMNS,
    "events": EVENT_COLUMNS,
    "sources": SOURCE_COLUMNS,
}


def columns_of(options: ExportOptions, first: Record | None = None) -> tuple[str, ...]:
    """Return the columns of these rows, in order; `first` decides for records that have no list here."""
    if options.rows in COLUMNS:
        return COLUMNS[options.rows]
    return first.__struct_fields__ if first is not None else ("id",)


def chosen(rows: Iterable[Record], options: ExportOptions) -> Iterator[Record]:
    """Yield the rows, and of each reading among them its claims of the kind that the options name."""
    wanted: dict[str, type[ClaimOnRecord]] = {
        "figures": FigureOnRecord,
        "statements": StatementOnRecord,
        "events": EventOnRecord,
    }
    kind = wanted.get(options.rows)
    for row in rows:
        if isinstance(row, Reading):
            yield from (claim for claim in on_record(row) if kind and isinstance(claim, kind))
        elif kind and not isinstance(row, kind):
            raise ExportError(f"a row of {options.rows} is a {type(row).__name__}; export each kind into its own file")
        else:
            yield row


def flat(row: Record) -> dict[str, Cell]:
    """Return the cells of one row by column; a cell without a column of its own is left out by the writer."""
    if isinstance(row, FigureOnRecord | StatementOnRecord | EventOnRecord):
        return _claim(row)
    return {name: _simple(getattr(row, name)) for name in row.__struct_fields__}


def _claim(claim: ClaimOnRecord) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for name in claim.__struct_fields__:
        value = getattr(claim, name)
        if name == "evidence" or value is msgspec.UNSET:
            continue
        if name == "figures":
            cells["figure_ids"] = _simple(value)
        elif name == "sentence" or name in AsWritten.__struct_fields__:
            cells |= _worded(name, value, claim.evidence)
        else:
            cells[name] = _simple(value)
    return cells | _trace(claim)


def _worded(name: str, value: object, evidence: Evidence) -> dict[str, Cell]:
    """Return the words and the span of a field, and what a place or time was resolved to."""
    if name == "sentence":
        return {}
    cells: dict[str, Cell] = {
        f"{name}_words": _simple(getattr(evidence.as_written, name)),
        f"{name}_span": _spans(value),
    }
    if isinstance(value, Place):
        for part in ("name", "geonames", "country", "lat", "lon", "precision"):
            cells[f"place_{part}"] = getattr(value, part)
    if isinstance(value, Time):
        cells |= {"time_from": value.from_, "time_to": value.to, "time_precision": value.precision}
    return cells


def _trace(claim: ClaimOnRecord) -> dict[str, Cell]:
    evidence = claim.evidence
    return {
        "sentence": evidence.sentence,
        "sentence_span": _spans(claim.sentence),
        "page": evidence.page,
        "sha256": evidence.sha256,
        "url": evidence.url,
        "seen": evidence.seen,
        "reader_version": evidence.reader.version,
        "reader_model": evidence.reader.model,
    }


def _spans(value: object) -> str | None:
    parts = value if isinstance(value, tuple) else (value,)
    shown = [f"char={part.start},{part.end}" for part in parts if isinstance(part, Span | Place | Time)]
    return BETWEEN.join(shown) or None


def _simple(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return BETWEEN.join(_part(part) for part in value) or None
    return msgspec.json.encode(value).decode()


def _part(part: object) -> str:
    if isinstance(part, Count):
        return f"{part.value} {part.count}"
    return part if isinstance(part, str) else msgspec.json.encode(part).decode()
