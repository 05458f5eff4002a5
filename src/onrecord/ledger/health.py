"""Whether a ledger is in order: what `onrecord doctor` says of the database. Reads only."""

import sqlite3

from sqlalchemy import Connection, func, select, text

from onrecord.errors import LedgerError
from onrecord.ledger import connect, migrations, schema

COUNTED = ("documents", "page_versions", "claims", "problems", "reviews")


def sqlite_version() -> str:
    """Return the version of SQLite, and the fault that it has."""
    if sqlite3.sqlite_version_info >= connect.SAFE_SQLITE:
        return sqlite3.sqlite_version
    fixed = ".".join(str(part) for part in connect.SAFE_SQLITE)
    return (
        f"{sqlite3.sqlite_version}; below {fixed}: the WAL-reset fault can damage a file that two processes write at "
        "once; write from one at a time"
    )


def health(where: str) -> dict[str, str]:
    """Return what is known about the database, by name; `integrity` is "ok" where nothing is wrong."""
    found = {"sqlite": sqlite_version(), "ledger": connect.shown(where)}
    if not connect.is_there(where):
        return {**found, "ledger": f"none yet at {where}"}
    engine = connect.reader(where)
    try:
        with connect.explained(where), engine.connect() as connection, connection.begin():
            return {**found, **_looked_at(connection)}
    except LedgerError as err:
        return {**found, "integrity": str(err)}
    finally:
        engine.dispose()


def _looked_at(connection: Connection) -> dict[str, str]:
    form = migrations.current(connection)
    if form is None:
        return {"integrity": "no ledger in this database"}
    counts = {
        name: str(connection.execute(select(func.count()).select_from(schema.METADATA.tables[name])).scalar_one())
        for name in COUNTED
    }
    form = form if form == migrations.HEAD else f"{form}, becomes {migrations.HEAD} when pages are added"
    return {"form": form, "integrity": _integrity(connection), **counts}


def _integrity(connection: Connection) -> str:
    """Return "ok", or the first thing that is wrong."""
    if connection.dialect.name == "sqlite":
        says = str(connection.execute(text("PRAGMA integrity_check(1)")).scalar())
        if says != "ok":
            return f"{says}; restore the file from a copy"
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken:
            return f"{broken[0]} row {broken[1]} names a row of {broken[2]} that is not there"
    for name, says in TORN.items():
        if connection.execute(text(says)).first():
            return f"{name}; restore the database from a copy"
    return "ok"


TORN = {
    "a page version without a reading": (
        'SELECT 1 FROM page_versions v WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.version = v."row") LIMIT 1'
    ),
    "a claim that no reading links": (
        'SELECT 1 FROM claims c WHERE NOT EXISTS (SELECT 1 FROM claim_links l WHERE l.claim = c."row") LIMIT 1'
    ),
    "a page without its bytes": (
        'SELECT 1 FROM pages p WHERE NOT EXISTS (SELECT 1 FROM archive a WHERE a.page = p."row") LIMIT 1'
    ),
}
"""Rows that can only be there when a transaction was torn."""
