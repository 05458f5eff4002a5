"""Where a ledger lies -> engines to write and to read it, set up as the ledger needs them; database errors in words.

SQLite: WAL, foreign keys on, no memory map, one connection that writes (each transaction takes the write lock when it
begins), readers opened read-only. PostgreSQL: psycopg 3; writers wait for one another inside each transaction.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from onrecord.errors import LedgerError

WAIT_SECONDS = 10.0
"""How long a writer waits for another one; a batch of pages is written in less than one second."""

WRITER_ROOM = ("cache_size=-65536", "wal_autocheckpoint=16000")
"""64 MiB of cache and 64 MB of log. Ids are hashes, so each batch touches index pages all over the file: with the 2 and
4 MB of SQLite they would be read and copied again for every batch (commits took half of the time)."""

READER_ROOM = "cache_size=-24576"
"""24 MiB of cache for each view that runs: at a million figures a query touches more than the 2 MB of SQLite hold."""

WRITE_LOCK = 0x6F6E7265
"""Key of the PostgreSQL advisory lock that writers take for a transaction: "onre"."""

SAFE_SQLITE = (3, 51, 3)
"""First version without the WAL-reset fault (https://sqlite.org/wal.html#walresetbug)."""

SERVER_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")


def is_server(where: str) -> bool:
    """Say whether this is the address of a database server rather than a file."""
    return where.startswith(SERVER_SCHEMES)


def shown(where: str) -> str:
    """Return where the ledger lies, without a password."""
    return make_url(where).render_as_string(hide_password=True) if is_server(where) else where


def writer(where: str, *, wait_seconds: float = WAIT_SECONDS) -> Engine:
    """Return an engine with one connection that may write."""
    if is_server(where):
        return _postgresql(where, wait_seconds, pool_size=1, max_overflow=0)
    engine = create_engine(
        URL.create("sqlite", database=os.path.abspath(where)),
        connect_args={"timeout": wait_seconds, "check_same_thread": False},
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # BEGIN is ours
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "mmap_size=0", *WRITER_ROOM):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reader(where: str, *, wait_seconds: float = WAIT_SECONDS) -> Engine:
    """Return an engine whose connections cannot write."""
    if is_server(where):
        engine = _postgresql(where, wait_seconds)

        @event.listens_for(engine, "begin")
        def read_only(connection: Connection) -> None:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

        return engine

    def connect() -> sqlite3.Connection:
        address = f"file:{quote(os.path.abspath(where))}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=wait_seconds, check_same_thread=False, isolation_level=None)

    engine = create_engine("sqlite:///ledger.db", creator=connect)  # a file, so that connections are pooled

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        for pragma in ("query_only=ON", "mmap_size=0", READER_ROOM):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


# It logs a broken connection once more than the error that says so.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


def _postgresql(where: str, wait_seconds: float, **pool: Any) -> Engine:
    try:
        address = make_url(where.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
        engine = create_engine(address, connect_args={"connect_timeout": int(wait_seconds) or 1}, **pool)
    except ImportError as err:
        raise LedgerError(f"{shown(where)}: psycopg is not installed; pip install 'onrecord[postgres]'") from err
    except ArgumentError as err:
        raise LedgerError(f"{where}: no address of a database; write it as postgresql://user@host/name") from err

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{int(wait_seconds * 1000)}ms'")
        connection.commit()

    return engine


def lock(connection: Connection) -> None:
    """Wait until no other transaction writes. SQLite has taken its lock with BEGIN IMMEDIATE."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn the errors of a database into one line that says what to do."""
    try:
        yield
    except DBAPIError as err:
        raise LedgerError(f"{shown(where)}: {_reason(err)}") from err
    except SQLAlchemyError as err:
        raise LedgerError(f"{shown(where)}: {err}") from err
    except sqlite3.Error as err:
        raise LedgerError(f"{shown(where)}: {_advice(str(err))}") from err


def _reason(err: DBAPIError) -> str:
    return _advice(" ".join(str(err.orig).split("\n")[0].split()))


ADVICE = (
    ("database is locked", "another process has been writing for too long; end it and run this again"),
    ("lock timeout", "another process has been writing for too long; end it and run this again"),
    ("database or disk is full", "no room is left on the disk; make room and run this again"),
    ("disk I/O error", "the disk takes no more; make room or check it, and run this again"),
    ("No space left", "no room is left on the server's disk; make room and run this again"),
    ("could not extend", "no room is left on the server's disk; make room and run this again"),
    ("readonly database", "the file may not be written; change its permissions or give another --db"),
    ("unable to open database file", "cannot be opened; check that the folder is there and may be written"),
    ("file is not a database", "this is no ledger; give another --db"),
    ("malformed", "the file is damaged; run `onrecord doctor`, and restore it from a copy"),
    ("refused", "no server answers there; start it, or check host and port"),
    ("No such file", "no server answers there; start it, or check host and port"),
    ("server closed the connection", "the server went away; start it and run this again"),
    ("connection is lost", "the server went away; start it and run this again"),
    ("connection is closed", "the server went away; start it and run this again"),
    ("terminating connection", "the server went away; start it and run this again"),
    ("does not exist", "there is no such database or role; make it first (createdb)"),
)
"""What to do about a message of SQLite or PostgreSQL. What had been committed is there in every case."""


def _advice(message: str) -> str:
    for part, advice in ADVICE:
        if part in message:
            return f"{message}; {advice}"
    return message


def is_there(where: str) -> bool:
    """Say whether something is at this place; a server is asked later."""
    return is_server(where) or Path(where).exists()
