"""A ledger -> one hash of all that it holds, to tell whether two ledgers are the same.

Row numbers, runs and the times at which pages were seen are left out, so that adding the same pages twice, in several
runs or after a kill gives the same hash. Rows are taken in any order.
"""

import hashlib
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Select, exists, select

from onrecord.ledger import schema

HASH_BITS = 256
"""SHA-256; the hashes of rows are added up modulo 2**256, which does not depend on their order."""


def content_hash(connection: Connection, as_of: str | None = None) -> str:
    """Return the hash of all rows, or of those that the ledger had at a time."""
    total = hashlib.sha256()
    for name, query in content_queries(as_of).items():
        summed, count = 0, 0
        for row in connection.execution_options(yield_per=1000).execute(query):
            line = msgspec.json.encode([bytes(value) if isinstance(value, memoryview) else value for value in row])
            summed += int.from_bytes(hashlib.sha256(line).digest())
            count += 1
        total.update(f"{name} {count} {summed % (1 << HASH_BITS):x}\n".encode())
    return total.hexdigest()


def content_queries(as_of: str | None = None) -> dict[str, Select[Any]]:
    """Return a query for each table: its rows, with other rows named by what they are known by outside."""
    document, version, page, article = (
        schema.documents.c, schema.page_versions.c, schema.pages.c, schema.articles.c,
    )  # fmt: skip
    reading, claim, link = schema.readings.c, schema.claims.c, schema.claim_links.c
    seen = [] if as_of is None else [version.seen_at <= as_of]
    read = [] if as_of is None else [reading.read_at <= as_of]
    of_reading = (document.id, version.number, reading.reader_version, reading.model)
    readings = schema.readings.join(schema.page_versions, reading.version == version.row).join(
        schema.documents, reading.document == document.row
    )
    versions = schema.page_versions.join(schema.documents, version.document == document.row)
    return {
        "documents": select(*_own(schema.documents)).where(exists().where(version.document == document.row, *seen)),
        "pages": select(*_own(schema.pages)).where(exists().where(version.page == page.row, *seen)),
        "archive": select(page.sha256, schema.archive.c.encoding, schema.archive.c.data)
        .join_from(schema.archive, schema.pages)
        .where(exists().where(version.page == page.row, *seen)),
        "page_versions": select(document.id, version.number, page.sha256, version.given, version.silent_edit)
        .select_from(versions.join(schema.pages, version.page == page.row))
        .where(*seen),
        "articles": select(*_own(schema.articles, "page")).where(exists().where(reading.article == article.row, *read)),
        "readings": select(*of_reading, article.id)
        .select_from(readings.join(schema.articles, reading.article == article.row))
        .where(*read),
        "claims": select(*of_reading, *_own(schema.claims, "document", "reading"))
        .select_from(readings.join(schema.claims, claim.reading == reading.row))
        .where(*read),
        "claim_links": select(*of_reading, claim.form, link.position, link.start)
        .select_from(
            readings.join(schema.claim_links, link.reading == reading.row).join(schema.claims, link.claim == claim.row)
        )
        .where(*read),
        "checks": select(*of_reading, *_own(schema.checks, "reading"))
        .select_from(readings.join(schema.checks, schema.checks.c.reading == reading.row))
        .where(*read),
        "sources": select(*_own(schema.sources, "reading"))
        .join_from(schema.sources, schema.readings, schema.sources.c.reading == reading.row)
        .where(*read),
        "problems": _until(schema.problems, as_of, "seen_at", "reading", "run"),
        "claim_status": _until(schema.claim_status, as_of, "recorded_at", "by_version"),
        "aliases": _until(schema.aliases, as_of, "at"),
        "source_verdicts": _until(schema.source_verdicts, as_of, "at"),
        "story_verdicts": _until(schema.story_verdicts, as_of, "at"),
        "reviews": _until(schema.reviews, as_of, "at"),
        "erasures": _until(schema.erasures, as_of, "at"),
    }


def _own(table: Any, *left_out: str) -> list[Column[Any]]:
    """Return the columns of a table that mean the same in every ledger."""
    return [column for column in table.c if column.name not in ("row", *left_out)]


def _until(table: Any, as_of: str | None, time: str, *left_out: str) -> Select[Any]:
    """Return the rows that there were at a time. When a problem was met is left out: it is met again in every run."""
    ours = (time,) if time == "seen_at" else ()
    query = select(*_own(table, *ours, *left_out))
    return query if as_of is None else query.where(table.c[time] <= as_of)
