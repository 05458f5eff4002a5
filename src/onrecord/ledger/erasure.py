"""Erasure on legal demand: the words of one document are blanked, a tombstone with its id and its hashes stays.

The only way in which a row of the ledger ever changes; the triggers of guards.py let it pass once the tombstone stands.
Bytes that another document shares are erased with it. Copies of the database made before are not reached.
"""

from typing import Any

from sqlalchemy import Connection, exists, insert, or_, select, update

from onrecord.ledger import schema
from onrecord.ledger.guards import BLANKED, GONE_PLACES, INDEXED, blank
from onrecord.ledger.history import find_document
from onrecord.ledger.store import Store, next_row


def erase(store: Store, named: str, *, by: str, reason: str) -> None:
    """Blank all words of a document.

    Args:
        store: the ledger.
        named: URL, name or id of the document.
        by: who demands it or carries it out.
        reason: why; it stays in the tombstone.

    Raises:
        LedgerError: the ledger does not have it.
    """
    with store.writing(fully=True) as connection:
        document = find_document(connection, named)
        if connection.dialect.name == "sqlite":
            # Freed pages of the file are overwritten with zeros.
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        versions = schema.page_versions.c
        pages = connection.execute(select(versions.page).where(versions.document == document.row)).scalars().all()
        hashes = select(schema.pages.c.sha256).where(schema.pages.c.row.in_(pages)).order_by(schema.pages.c.row)
        what = [("document", document.id), *(("page", sha256) for sha256 in connection.execute(hashes).scalars())]
        row, at = next_row(connection, schema.erasures), store.now()
        connection.execute(
            insert(schema.erasures),
            [
                {"row": row + n, "kind": kind, "what": key, "by": by, "at": at, "reason": reason}
                for n, (kind, key) in enumerate(what)
            ],
        )
        for table, condition in _rows_of(document.row, pages).items():
            values = {name: blank(table, name) for name in BLANKED[table][0]}
            connection.execute(update(schema.METADATA.tables[table]).where(condition).values(values))
        connection.exec_driver_sql(GONE_PLACES)
        if connection.dialect.name == "sqlite":
            _forget_words(connection)
    store.settle()


def _rows_of(document: int, pages: Any) -> dict[str, Any]:
    """Return, for each table, the condition for the rows of a document."""
    reading, claim, source = schema.readings.c, schema.claims.c, schema.sources.c
    readings = select(reading.row).where(reading.document == document)
    return {
        "archive": schema.archive.c.page.in_(pages),
        "page_versions": schema.page_versions.c.document == document,
        "articles": schema.articles.c.row.in_(select(reading.article).where(reading.document == document)),
        "claims": claim.document == document,
        "checks": schema.checks.c.reading.in_(readings),
        # After the claims: a name that another document has stays.
        "sources": source.reading.in_(readings)
        & ~exists().where(or_(claim.speaker == source.name, claim.via == source.name)),
        "reviews": schema.reviews.c.claim.in_(select(claim.id).where(claim.document == document)),
    }


def _forget_words(connection: Connection) -> None:
    """Write the full-text indexes anew: entries marked as deleted would still hold the words."""
    for table in INDEXED:
        connection.exec_driver_sql(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")  # noqa: S608  own names
