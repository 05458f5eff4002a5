"""What a ledger knew, and when: versions of a page, what they said, and how one differs from the next.

Reads only. "Now" is the latest reading of the latest version; as of an earlier time it is the latest of those that the
ledger had read by then (its own clock, never a date that a page gives).
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, or_, select

from onrecord.errors import LedgerError
from onrecord.ledger import schema
from onrecord.ledger.archive import unpack
from onrecord.ledger.rows import Capture, article_from, claim_from
from onrecord.ledger.store import stamp
from onrecord.records import (
    Change,
    Check,
    Claim,
    ClaimWords,
    Difference,
    Event,
    Figure,
    Page,
    PageVersion,
    Problem,
    Reader,
    Reading,
    Statement,
    document_id,
    from_json,
)

ALIKE = 0.6
"""Share of equal characters from which two sentences are one, reworded (difflib's own threshold for a close match)."""

DAY_ONLY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def last_moment(written: str) -> str:
    """Return a time as the ledger writes it. A year, month or day stands for its last moment; no zone means UTC.

    Raises:
        LedgerError: it is no date.
    """
    try:
        if DAY_ONLY.fullmatch(written):
            year, month, day = (*(int(part) for part in written.split("-")), None, None)[:3]
            first = date(year or 0, month or 1, day or 1)
            # 366 and 31 days on is always in the next year and month.
            later = first + timedelta(days=1 if day else 31 if month else 366)
            after = datetime(later.year, later.month if month else 1, later.day if day else 1, tzinfo=UTC)
            moment = after - timedelta(microseconds=1)
        else:
            moment = datetime.fromisoformat(written)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return stamp(moment)
    except (ValueError, OverflowError) as err:
        raise LedgerError(f"{written!r} is no date; write it as 2025-07-04 or 2025-07-04T09:30:00Z") from err


# --- documents and versions ----------------------------------------------------------------------------------------


def find_document(connection: Connection, named: str) -> Row[Any]:
    """Return the row of a document by its URL, its name or its id.

    Raises:
        LedgerError: there is none.
    """
    table = schema.documents.c
    query = select(schema.documents).where(
        or_(table.id == document_id(named, ""), table.id == named, table.name == named)
    )
    found = connection.execute(query.order_by(table.id != document_id(named, ""), table.row)).first()
    if found is None:
        raise LedgerError(f"{named}: not in this ledger; give the URL or the id that `onrecord read` shows")
    return found


def versions(connection: Connection, document: int, as_of: str | None = None) -> list[tuple[int, PageVersion]]:
    """Return the versions of a document in order, each with the row of its latest reading."""
    version, reading, article = schema.page_versions.c, schema.readings.c, schema.articles.c
    query = (
        select(
            reading.row, version.number, version.seen_at, version.silent_edit, schema.pages.c.sha256, article.outlet,
            article.headline, article.published, article.modified, reading.reader_version, reading.model,
        )
        .join_from(schema.readings, schema.page_versions, reading.version == version.row)
        .join(schema.pages, version.page == schema.pages.c.row)
        .join(schema.articles, reading.article == article.row)
        .where(reading.document == document)
        .order_by(version.number, reading.row)
    )  # fmt: skip
    if as_of is not None:
        query = query.where(reading.read_at <= as_of)
    latest = {row.number: row for row in connection.execute(query)}
    return [(row.row, _version(row)) for row in latest.values()]


def _version(row: Any) -> PageVersion:
    return PageVersion(
        number=row.number,
        seen_at=row.seen_at,
        sha256=row.sha256,
        silent_edit=bool(row.silent_edit),
        outlet=row.outlet,
        headline=row.headline,
        published=row.published,
        modified=row.modified,
        reader=Reader(version=row.reader_version, model=row.model),
    )


# --- readings ------------------------------------------------------------------------------------------------------


def claims_of(connection: Connection, reading: int) -> list[ClaimWords]:
    """Return the claims of a reading: figures, statements, events, each in the order in which they were read."""
    claim, link = schema.claims.c, schema.claim_links.c
    query = (
        select(claim.kind, claim.words, claim.sentence, claim.record, link.start.label("here"))
        .join_from(schema.claim_links, schema.claims, link.claim == claim.row)
        .where(link.reading == reading, claim.record != "{}")
        .order_by(link.position)
    )
    rows = connection.execute(query).all()
    return [
        ClaimWords(
            kind=row.kind,
            words=row.words,
            sentence=row.sentence,
            **_of_kind(row.kind, claim_from(row.kind, row.record, by=row.here)),
        )
        for kind in ("figure", "statement", "event")
        for row in rows
        if row.kind == kind
    ]


def _of_kind(kind: str, claim: Claim) -> dict[str, Any]:
    return {kind: claim}


def stored_reading(connection: Connection, reading: int) -> Reading:
    """Return a reading as it was made; a document that was erased has no page any more."""
    row = connection.execute(_reading_query().where(schema.readings.c.row == reading)).one()
    reader = Reader(version=row.reader_version, model=row.model)
    problems = schema.problems.c
    found = connection.execute(select(problems.kind, problems.says).where(problems.reading == reading))
    if row.record == "{}":
        return Reading(id=row.name, reader=reader)
    claims = [one.claim for one in claims_of(connection, reading)]
    return Reading(
        id=row.name,
        page=Page(
            sha256=row.sha256,
            url=row.url,
            outlet=row.outlet,
            captured=from_json(row.given, Capture).origin.captured,
            media_type=row.media_type,
            text=row.text,
        ),
        article=article_from(row.record, row.body),
        figures=tuple(claim for claim in claims if isinstance(claim, Figure)),
        statements=tuple(claim for claim in claims if isinstance(claim, Statement)),
        events=tuple(claim for claim in claims if isinstance(claim, Event)),
        checks=_checks(connection, reading),
        problems=tuple(Problem(kind=problem.kind, says=problem.says) for problem in found),
        reader=reader,
    )


def _reading_query() -> Any:
    page, article, reading = schema.pages.c, schema.articles.c, schema.readings.c
    version, document = schema.page_versions.c, schema.documents.c
    return (
        select(
            document.name, page.sha256, page.media_type, version.given, article.url, article.outlet, article.text,
            article.body, article.record, reading.reader_version, reading.model,
        )
        .join_from(schema.readings, schema.articles, reading.article == article.row)
        .join(schema.page_versions, reading.version == version.row)
        .join(schema.documents, reading.document == document.row)
        .join(schema.pages, version.page == page.row)
    )  # fmt: skip


def _checks(connection: Connection, reading: int) -> tuple[Check, ...]:
    table = schema.checks.c
    rows = connection.execute(select(schema.checks).where(table.reading == reading).order_by(table.position))
    return tuple(
        Check(kind=row.kind, figures=tuple(msgspec.json.decode(row.figures)), holds=bool(row.holds), says=row.says)
        for row in rows
    )


# --- differences ---------------------------------------------------------------------------------------------------


def differences(connection: Connection, named: str, as_of: str | None = None) -> list[Difference]:
    """Return what changed from each version of a page to the next, oldest first; one entry when nothing ever did."""
    document = find_document(connection, named)
    there = versions(connection, document.row, as_of)
    if not there:
        raise LedgerError(f"{named}: not yet in this ledger at {as_of}; give a later --as-of")
    about = {"id": document.name, "url": document.url}
    if len(there) == 1:
        reading, version = there[0]
        kept = len(claims_of(connection, reading))
        return [Difference(**about, from_=None, to=version, silent_edit=False, kept=kept)]
    return [
        difference(claims_of(connection, before), claims_of(connection, after), about, (first, second))
        for (before, first), (after, second) in pairwise(there)
    ]


def difference(
    before: Sequence[ClaimWords],
    after: Sequence[ClaimWords],
    about: dict[str, Any],
    versions: tuple[PageVersion, PageVersion],
) -> Difference:
    """Return how the claims of two versions differ: by id, then by how much their sentences are alike."""
    old, new = {one.claim.id for one in before}, {one.claim.id for one in after}
    removed = [one for one in before if one.claim.id not in new]
    added = [one for one in after if one.claim.id not in old]
    changed = []
    for gone in list(removed):
        likest = max((one for one in added if _comparable(gone, one)), key=lambda one: _alike(gone, one), default=None)
        if likest is not None and _alike(gone, likest) >= ALIKE:
            changed.append(Change(before=gone, after=likest))
            removed.remove(gone)
            added.remove(likest)
    return Difference(
        **about,
        from_=versions[0],
        to=versions[1],
        silent_edit=versions[1].silent_edit,
        kept=len(old & new),
        added=tuple(added),
        removed=tuple(removed),
        changed=tuple(changed),
    )


def _comparable(one: ClaimWords, other: ClaimWords) -> bool:
    """Say whether one claim may be the other, reworded."""
    if isinstance(one.claim, Figure) and isinstance(other.claim, Figure):
        return one.claim.outcome == other.claim.outcome and one.claim.kind == other.claim.kind
    if isinstance(one.claim, Event) and isinstance(other.claim, Event):
        return one.claim.type == other.claim.type
    return one.kind == other.kind


def _alike(one: ClaimWords, other: ClaimWords) -> float:
    """Return how much of the two sentences is the same; of two figures in one sentence, their words decide."""
    sentences = SequenceMatcher(None, one.sentence, other.sentence, autojunk=False).ratio()
    return sentences + SequenceMatcher(None, one.words, other.words, autojunk=False).ratio() / 100


def archived_bytes(connection: Connection, sha256: str) -> bytes | None:
    """Return the captured bytes of a page; None once they have been erased.

    Raises:
        LedgerError: the ledger has no such page.
    """
    query = (
        select(schema.archive.c.encoding, schema.archive.c.data)
        .join_from(schema.archive, schema.pages)
        .where(schema.pages.c.sha256 == sha256)
    )
    row = connection.execute(query).first()
    if row is None:
        raise LedgerError(f"{sha256}: no page with this hash in the ledger")
    return unpack(row.encoding, row.data)
