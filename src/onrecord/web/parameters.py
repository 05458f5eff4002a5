"""The parameters of the API: what each is, read from a request, and its schema. The fields of a query keep their names.

A parameter that a route does not know, one given twice and a value that does not fit are refused in words.
"""

from collections.abc import Sequence
from typing import Any, get_type_hints

import msgspec

from onrecord.answers import ClaimKind
from onrecord.errors import LedgerError, WebError
from onrecord.ledger.fulltext import shown
from onrecord.ledger.history import last_moment
from onrecord.ledger.queries import CLOSED, Query
from onrecord.records import Record
from onrecord.web.routing import Call

AT_ONCE, MOST_AT_ONCE = 100, 1_000
"""Records of one answer, where the limit does not say it, and at most."""

LARGEST_WHOLE = 2**53
"""From here on a float does not tell whole numbers apart."""

SAYS = {
    "act": "What a statement does: assert, deny, promise, ...",
    "after": "The cursor `next` of the page before.",
    "article": "The id of an article.",
    "as_of": "A day (its end) or a moment: what the ledger knew then.",
    "as_read": "Without reviews.",
    "by": "Who said it: a name, or beginnings of its words.",
    "conflicts": "Only figures that do not add up or are disputed.",
    "counted": "What is counted: a class (drones) or words.",
    "form": "direct, mixed, indirect.",
    "kind": "Kind of figure: total, subset, increment, ...",
    "limit": f"Records of one answer, 1 to {MOST_AT_ONCE:,}.",
    "max": "At most.",
    "min": "At least.",
    "modality": "actual, possible, planned, hypothetical.",
    "of": "figure, statement or event.",
    "outcome": "What happened: killed, injured, launched, ...",
    "outlet": "Printed by it: a name, or beginnings of its words.",
    "place": "Where: a name, or beginnings of its words.",
    "polarity": "affirmed, denied, none_reported, unverified.",
    "q": 'Words, as on the command line: "injured in Calder > 20"; in search and said "a phrase", word*, -word.',
    "since": "Published on this day or later.",
    "source": "According to whom: a name, or beginnings of its words.",
    "story": "The id of a story.",
    "text": "Words of the sentence.",
    "to": "Whom it was said to.",
    "until": "Published on this day or earlier.",
    "version": "The number of a version of the page; the latest where it is left out.",
}

OTHER_TYPES: dict[str, Any] = {"q": str, "by": str, "of": ClaimKind, "version": int}
"""Types of parameters that are no fields of a query."""

NUMBERS = frozenset({"min", "max"})


class Named(Record, frozen=True, kw_only=True):
    """A parameter of a path or a query, as OpenAPI has it."""

    name: str
    in_: str = msgspec.field(name="in")
    required: bool
    description: str
    schema: dict[str, Any]


def type_of(name: str) -> Any:
    """Return the type of a parameter; numbers to compare with may have a fraction."""
    if name in OTHER_TYPES:
        return OTHER_TYPES[name]
    if name in NUMBERS:
        return float
    if name == "limit":
        return int
    return bool if get_type_hints(Query)[name] is bool else str


def given(call: Call, names: Sequence[str]) -> dict[str, Any]:
    """Return the parameters of a request by name, in their types.

    Raises:
        WebError: an unknown name, a name given twice, or a value that does not fit.
    """
    found: dict[str, Any] = {}
    for name, written in call.query.multi_items():
        if name not in names:
            known = ", ".join(sorted(names)) or "none at all"
            raise WebError(f"no parameter {shown(name)} here; there are {known}", status=400)
        if name in found:
            raise WebError(f"{name}: given twice; give it once", status=400)
        found[name] = converted(name, written)
    if "as_of" in found:
        as_of(found["as_of"])
    if not 1 <= found.get("limit", 1) <= MOST_AT_ONCE:
        raise WebError(f"limit: {found['limit']}; give 1 to {MOST_AT_ONCE:,} and page on with after", status=400)
    return found


def converted(name: str, written: str) -> Any:
    """Return a value in the type of its parameter; raise WebError where it does not fit."""
    if name not in CLOSED and not written.strip():
        raise WebError(f"{name}: empty; give a value or leave it out", status=400)
    try:
        value = msgspec.convert(written, type_of(name), strict=False)
    except msgspec.ValidationError as err:
        raise WebError(f"{name}: {shown(written)} does not fit; {SAYS[name]}", status=400) from err
    if name in NUMBERS and value % 1 == 0 and abs(value) < LARGEST_WHOLE:
        return int(value)
    return value


def as_of(written: str) -> str:
    """Return a date as the ledger writes it; raise WebError for what is none."""
    try:
        return last_moment(written)
    except LedgerError as err:
        raise WebError(f"as_of: {err}", status=400) from err


def described(path: str, names: Sequence[str]) -> list[Named]:
    """Return the parameters of a route as OpenAPI has them, those of its path first."""
    in_path = [part.strip("{}").partition(":")[0] for part in path.split("/") if part.startswith("{")]
    first = [
        Named(name=name, in_="path", required=True, description="Id, URL or name.", schema={"type": "string"})
        for name in in_path
    ]
    return first + [
        Named(
            name=name,
            in_="query",
            required=name == "q" and "search" in path,
            description=SAYS[name],
            schema=schema_of(name),
        )
        for name in names
    ]


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON schema of a parameter."""
    if name in CLOSED:
        return {"type": "string", "enum": list(CLOSED[name])}
    if name == "limit":
        return {"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE, "default": AT_ONCE}
    schema: dict[str, Any] = msgspec.json.schema(type_of(name))
    return schema
