"""Erasure on legal demand: the words of one document are blanked, its URL and name too; a tombstone with hashes stays.

The only way in which a row of the ledger ever changes; the triggers of guards.py let it pass once the tombstone stands.
Bytes that another document shares are erased with it. Copies of the database made before are not reached.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, exists, func, insert, or_, select, update

from onrecord.errors import LedgerError
from onrecord.ledger import schema
from onrecord.ledger.guards import BLANKED, GONE_PLACES, INDEXED, NAMED_BY_ID, blank
from onrecord.ledger.history import find_document
from onrecord.ledger.store import Store, next_row
from onrecord.ledger.story_rows import forget_keys
from onrecord.records import Record


class Erased(Record, frozen=True, kw_only=True):
    """What was erased, or would be: ids, hashes and counts only. at, by and reason are those of the tombstone."""

    document: str
    pages: tuple[str, ...]
    versions: int
    claims: int
    reviews: int
    by: str | None = None
    at: str | None = None
    reason: str | None = None


def to_be_erased(connection: Connection, named: str) -> Erased:
    """Return what an erasure would take away.

    Raises:
        LedgerError: the ledger does not have it, or it has been erased.
    """
    document = find_document(connection, named)
    gone = select(schema.erasures.c.at).where(
        schema.erasures.c.kind == "document", schema.erasures.c.what == document.id
    )
    at = connection.execute(gone).scalar()
    if at is not None:
        raise LedgerError(f"{document.id}: erased already, at {at}")
    version, page, claim = schema.page_versions.c, schema.pages.c, schema.claims.c
    numbers = select(version.page).where(version.document == document.row)
    hashes = select(page.sha256).where(page.row.in_(numbers)).order_by(page.row)
    ids = select(claim.id).where(claim.document == document.row)

    def count(table: Any, condition: Any) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one())

    return Erased(
        document=document.id,
        pages=tuple(connection.execute(hashes).scalars()),
        versions=count(schema.page_versions, version.document == document.row),
        claims=count(schema.claims, claim.document == document.row),
        reviews=count(schema.reviews, schema.reviews.c.claim.in_(ids)),
    )


def erase(store: Store, named: str, *, by: str, reason: str) -> Erased:
    """Blank all words of a document, its URL and its name; return what the tombstone says.

    Args:
        store: the ledger.
        named: URL, name or id of the document.
        by: who demands it or carries it out.
        reason: why; it stays in the tombstone.

    Raises:
        LedgerError: the ledger does not have it, it has been erased, or nobody or no reason is given.
    """
    by, reason = by.strip(), reason.strip()
    if not by or not reason:
        raise LedgerError("erase: the tombstone needs who (by) and why (reason); give both")
    with store.writing(fully=True) as connection:
        found = replace(to_be_erased(connection, named), by=by, at=store.now(), reason=reason)
        if connection.dialect.name == "sqlite":
            # Freed pages of the file are overwritten with zeros.
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        what = [("document", found.document), *(("page", sha256) for sha256 in found.pages)]
        row = next_row(connection, schema.erasures)
        tombstones = [
            {"row": row + n, "kind": kind, "what": key, "by": by, "at": found.at, "reason": reason}
            for n, (kind, key) in enumerate(what)
        ]
        connection.execute(insert(schema.erasures), tombstones)
        document = connection.execute(select(schema.documents).where(schema.documents.c.id == found.document)).one()
        for table, condition in _rows_of(document, found.pages).items():
            values: dict[str, Any] = {name: blank(table, name) for name in BLANKED[table][0]}
            if table == NAMED_BY_ID[0]:
                values[NAMED_BY_ID[1]] = document.id
            connection.execute(update(schema.METADATA.tables[table]).where(condition).values(values))
        connection.exec_driver_sql(GONE_PLACES)
        forget_keys(connection, [document.row])
        if connection.dialect.name == "sqlite":
            _forget_words(connection)
    store.settle()
    return found


def _rows_of(document: Any, pages: Sequence[str]) -> dict[str, Any]:
    """Return, for each table in the order in which they are blanked, the condition for the rows of a document."""
    reading, claim, source, problem = schema.readings.c, schema.claims.c, schema.sources.c, schema.problems.c
    readings = select(reading.row).where(reading.document == document.row)
    ids = select(claim.id).where(claim.document == document.row)
    # Also of documents erased before: a name that stayed for the sake of this one goes with it.
    erased = select(schema.documents.c.row).join(schema.erasures, schema.erasures.c.what == schema.documents.c.id)
    named_first = select(reading.row).where(reading.document.in_(erased))
    unnamed = source.reading.in_(named_first) & ~exists().where(
        or_(claim.speaker == source.name, claim.via == source.name)
    )
    gone = select(source.name).where(unnamed)
    names = [name for name in (document.name, document.url) if name is not None]
    stories = select(schema.story_articles.c.story).where(schema.story_articles.c.document == document.row)
    return {
        "archive": schema.archive.c.page.in_(select(schema.pages.c.row).where(schema.pages.c.sha256.in_(pages))),
        "page_versions": schema.page_versions.c.document == document.row,
        "articles": schema.articles.c.row.in_(select(reading.article).where(reading.document == document.row)),
        "claims": claim.document == document.row,
        "claim_status": schema.claim_status.c.claim.in_(ids),
        "checks": schema.checks.c.reading.in_(readings),
        "accounts": schema.accounts.c.document == document.row,
        "story_words": schema.story_words.c.version.in_(
            select(schema.story_versions.c.row).where(schema.story_versions.c.id.in_(stories))
        ),
        "story_versions": schema.story_versions.c.id.in_(stories),
        "reviews": schema.reviews.c.claim.in_(ids),
        # After the claims: a name that another document has stays.
        "aliases": or_(schema.aliases.c.name.in_(gone), schema.aliases.c.stands_for.in_(gone)),
        "source_verdicts": or_(schema.source_verdicts.c.name.in_(gone), schema.source_verdicts.c.other.in_(gone)),
        "sources": unnamed,
        "problems": or_(problem.reading.in_(readings), problem.name.in_(names)),
        "documents": schema.documents.c.row == document.row,
    }


def _forget_words(connection: Connection) -> None:
    """Write the full-text indexes anew: entries marked as deleted would still hold the words."""
    for table in INDEXED:
        connection.exec_driver_sql(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")  # noqa: S608  own names
