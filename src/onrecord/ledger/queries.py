"""What is asked of a ledger, as one record; and the words a person types ("injured in Kyiv > 20") read into it.

Nothing here asks a database. A query is checked before it is run: outcomes, kinds and dates that do not exist, limits
that exclude everything and cursors of another query are refused in words.
"""

import base64
import binascii
import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from onrecord.errors import QueryError
from onrecord.ledger.fulltext import read_terms, shown
from onrecord.ledger.history import last_moment
from onrecord.records import (
    Act,
    CountedClass,
    FigureKind,
    FigurePolarity,
    Form,
    Modality,
    Number,
    Outcome,
    Record,
    choices,
    content_id,
)

MOST_AT_ONCE = 10_000
"""Rows of one page of answers; without a limit all are given."""

DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([Tt ].*)?")


class Query(Record, frozen=True, kw_only=True):
    """What is asked. None and False ask nothing; everything given must hold.

    A figure meets min and max when its interval does: low to high, and where one end is open, the printed one.
    min_open and max_open leave the limit itself out. since and until are dates of publication, both included. place,
    source, to and outlet are names or beginnings of their words ("kyi" is in "Greater Kyiv"), without regard to the
    case of ASCII letters. counted is a class (drones, children) or words. text is looked for in the sentence and the
    words of the claim. as_read leaves reviews aside. as_of is a day (its end) or a moment: what the ledger knew then.
    """

    outcome: str | None = None
    counted: str | None = None
    place: str | None = None
    source: str | None = None
    to: str | None = None
    since: str | None = None
    until: str | None = None
    min: Number | None = None
    max: Number | None = None
    min_open: bool = False
    max_open: bool = False
    conflicts: bool = False
    text: str | None = None
    kind: str | None = None
    polarity: str | None = None
    modality: str | None = None
    form: str | None = None
    act: str | None = None
    outlet: str | None = None
    article: str | None = None
    story: str | None = None
    limit: int | None = None
    after: str | None = None
    as_of: str | None = None
    as_read: bool = False


CLOSED: dict[str, tuple[str, ...]] = {
    "outcome": choices(Outcome),
    "kind": choices(FigureKind),
    "polarity": (*choices(FigurePolarity), "negated"),
    "modality": choices(Modality),
    "form": choices(Form),
    "act": choices(Act),
}
"""Fields whose values are listed in gold/GUIDELINE.md."""

NAMES = ("counted", "place", "source", "to", "outlet", "article", "story")


def checked(query: Query) -> Query:
    """Return the query with names trimmed and dates in full.

    Raises:
        QueryError: a value is not in its list, no date, no number, or the limits exclude each other.
        LedgerError: as_of is no date.
    """
    changes: dict[str, Any] = {}
    for field, values in CLOSED.items():
        value = getattr(query, field)
        if value is not None and value not in values:
            raise QueryError(f"{field}: {shown(value)} is none; choose from {', '.join(values)}")
    for field in NAMES:
        value = getattr(query, field)
        if value is not None:
            changes[field] = _name(field, value)
    for field in ("since", "until"):
        value = getattr(query, field)
        if value is not None:
            changes[field] = day(value, field, last=field == "until")
    if query.as_of is not None:
        changes["as_of"] = last_moment(query.as_of)
    if query.text is not None:
        read_terms(query.text)
    _check_limits(query)
    return msgspec.structs.replace(query, **changes)


def _name(field: str, value: str) -> str:
    cleaned = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    if not cleaned:
        raise QueryError(f"{field}: {shown(value)} has no letter in it; give a name or a part of one")
    if len(cleaned) > 200:
        raise QueryError(f"{field}: {len(value):,} characters; give a name or a part of one")
    return cleaned


def _check_limits(query: Query) -> None:
    for field in ("min", "max"):
        value = getattr(query, field)
        if value is not None and not -1e300 < value < 1e300:
            raise QueryError(f"{field}: {value} is no number to compare with; give one such as 20")
    if query.min is not None and query.max is not None:
        open_ = query.min_open or query.max_open
        if query.min > query.max or (query.min == query.max and open_):
            raise QueryError(f"min {query.min} and max {query.max} leave nothing between; exchange them")
    if query.limit is not None and not 1 <= query.limit <= MOST_AT_ONCE:
        raise QueryError(f"limit: {query.limit}; give 1 to {MOST_AT_ONCE:,} and page on with after")
    if query.since and query.until and day(query.since, "since") > day(query.until, "until", last=True):
        raise QueryError(f"since {query.since} is later than until {query.until}; exchange them")


def day(text: str, field: str, *, last: bool = False) -> str:
    """Return the first (or last) day of a date such as 2025, 2025-07, 2025-07-04, 2025-07-04T09:30:00Z.

    Raises:
        QueryError: it is no date.
    """
    found = DATE.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        year = int(found[1])
        month = int(found[2]) if found[2] else (12 if last else 1)
        number = int(found[3]) if found[3] else (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, number).isoformat()
    except ValueError as err:
        raise QueryError(f"{field}: {shown(text)} is no date; write it as 2025-07-04") from err


def filters(query: Query) -> dict[str, Any]:
    """Return what the query asks, without paging: the fields that were given."""
    left_out = {"limit", "after"}
    return {
        name: value
        for name, value in msgspec.structs.asdict(query).items()
        if name not in left_out and value not in (None, False)
    }


# --- cursors -------------------------------------------------------------------------------------------------------


def cursor(query: Query, place: Sequence[str | int | float | None]) -> str:
    """Return where the next page of answers begins: the sort key of the last row, tied to this query."""
    packed = msgspec.json.encode([_mark(query), list(place)])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def place_of(query: Query, parts: int) -> tuple[str | int | float | None, ...] | None:
    """Return the sort key that the query's cursor holds; None without one.

    Raises:
        QueryError: the cursor is damaged, or belongs to another query.
    """
    if query.after is None:
        return None
    try:
        packed = base64.urlsafe_b64decode(query.after.encode("ascii") + b"=" * (-len(query.after) % 4))
        mark, place = msgspec.json.decode(packed, type=tuple[str, tuple[str | int | float | None, ...]])
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError) as err:
        raise QueryError(f"after: {shown(query.after)} is no cursor; take `next` of the page before") from err
    if mark != _mark(query) or len(place) != parts:
        raise QueryError("after: this cursor belongs to another query; ask the first page of this one")
    return place


def _mark(query: Query) -> str:
    return content_id(*(f"{name}={value}" for name, value in sorted(filters(query).items())))


# --- what is counted -----------------------------------------------------------------------------------------------

CLASS_WORDS = {
    "people": "person", "persons": "person", "children": "child", "police": "police", "aircraft": "aircraft",
    "infrastructure": "infrastructure", "money": "money",
}  # fmt: skip
"""Plurals of classes that are not made by adding s."""


def class_of_words(words: str) -> str | None:
    """Return the class that words name ("drones" -> drone); None for other words ("firefighters")."""
    low = words.casefold().strip()
    if low in CLASS_WORDS:
        return CLASS_WORDS[low]
    classes = choices(CountedClass)
    return next((name for name in (low, low.removesuffix("s")) if name in classes), None)
