"""The base of all records, the ids of contents and documents, and the JSON of a record. Import them from records.py.

Records go in, JSON comes out, and the other way round; the records themselves are in records.py.
"""

import hashlib
from typing import TypeVar

import msgspec

ID_HEX_DIGITS = 16
"""Length of a content-hash id: 64 bits, one expected collision among some 4 thousand million claims."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, compared by value, keyword arguments only."""


R = TypeVar("R", bound=Record)


def content_id(*parts: object) -> str:
    """Return the id of a content: the first hex digits of the SHA-256 of its parts.

    Parts are joined by U+001F, which does not stand in news text; None and "" are different contents.
    """
    joined = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:ID_HEX_DIGITS]


def document_id(url: str | None, article_text: str, *, given: str | None = None) -> str:
    """Return what identifies a document: its URL where one is known, else its given id, else its article text.

    A rotating advertisement therefore never makes a new document.
    """
    if url:
        return content_id("url", url)
    return content_id("given", given) if given else content_id("text", article_text)


def to_json(record: Record) -> bytes:
    """Return a record as one line of UTF-8 JSON without a line break."""
    # Lone surrogates can stand in a decoded page only by accident of its bytes; JSON cannot carry them.
    return msgspec.json.encode(record)


def from_json(data: bytes | str, record_type: type[R]) -> R:
    """Return the record that to_json wrote; msgspec.ValidationError names the field that does not fit."""
    return msgspec.json.decode(data, type=record_type)


def json_schema(record_type: type[Record]) -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a record type."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(record_type)}
