"""The store: the one writer of a ledger, and read-only connections to it.

Takes prepared rows (rows.py), decides what is new, the same or revised, and appends. A page and all its claims are in
one transaction; several pages may share one. What was committed stays: after a kill, run the same input again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, Table, func, insert, select

from onrecord.errors import LedgerError
from onrecord.ledger import connect, migrations, schema
from onrecord.ledger.appending import Plan, State, chunks, known_documents
from onrecord.ledger.archive import unpack
from onrecord.ledger.fingerprint import content_hash
from onrecord.ledger.inserting import insert_plan
from onrecord.ledger.rows import Capture, Prepared
from onrecord.records import from_json

Clock = Callable[[], datetime]

RunKind = Literal["add", "reread"]


def utc_now() -> datetime:
    """Return the time by this machine's clock."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return a time as the ledger writes it: UTC, always the same length, so that order of text is order of time."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Store:
    """A ledger's database.

    `reading()` gives a read-only connection with one consistent view; `writing()` one transaction that may write.
    """

    def __init__(
        self,
        where: str,
        *,
        create: bool = True,
        wait_seconds: float = connect.WAIT_SECONDS,
        clock: Clock = utc_now,
    ) -> None:
        """Open the ledger; make it where there is none, bring an older one to the newest form.

        Raises:
            LedgerError: it cannot be opened, or there is none and none is to be made.
        """
        if not create and not connect.is_there(where):
            raise LedgerError(f"{where}: no ledger there; add pages first (`onrecord add PATH`) or give --db")
        self.where = where
        self._clock = clock
        self._writer = connect.writer(where, wait_seconds=wait_seconds)
        self._reader = connect.reader(where, wait_seconds=wait_seconds)
        try:
            with connect.explained(where):
                self._open()
        except LedgerError:
            self.close()
            raise

    def _open(self) -> None:
        """Bring the database to the newest form."""
        form = None
        if connect.is_there(self.where):
            with self._reader.connect() as connection:
                form = migrations.current(connection)
        if form is not None and form > migrations.HEAD:
            raise LedgerError(f"{connect.shown(self.where)}: made by a later version of onrecord; install that version")
        if form != migrations.HEAD:
            with self._writer.begin() as connection:
                connect.lock(connection)
                migrations.upgrade(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self._reader.dispose()
        self._writer.dispose()

    def settle(self) -> None:
        """Write all of the log into the database file, so that nothing stays in the log (SQLite)."""
        with connect.explained(self.where), self._writer.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def now(self) -> str:
        """Return the time that rows written now get."""
        return stamp(self._clock())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that cannot write; all it reads is from one moment."""
        with connect.explained(self.where), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, fully: bool = False) -> Iterator[Connection]:
        """Give the connection that writes, in one transaction; an error undoes it all.

        Args:
            fully: the commit survives a power cut (for what people typed; what was read can be read again).
        """
        with connect.explained(self.where), self._writer.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.connection.cursor().execute(f"PRAGMA synchronous={'FULL' if fully else 'NORMAL'}")
            with connection.begin():
                connect.lock(connection)
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SET LOCAL synchronous_commit = {'on' if fully else 'off'}")
                yield connection

    # --- runs ------------------------------------------------------------------------------------------------------

    def begin_run(self, kind: RunKind, *, reader_version: str, model: str) -> int:
        """Record that a run begins; return its row."""
        with self.writing() as connection:
            row = next_row(connection, schema.runs)
            values = {"kind": kind, "began_at": self.now(), "reader_version": reader_version, "model": model}
            connection.execute(insert(schema.runs), {"row": row, **values})
        return row

    def end_run(self, run: int, counts: Counter[State]) -> None:
        """Record how a run ended; a run without this was cut off."""
        with self.writing() as connection:
            row = next_row(connection, schema.run_ends)
            counted = {name: counts[name] for name in ("new", "same", "revised", "failed")}
            connection.execute(insert(schema.run_ends), {"row": row, "run": run, "ended_at": self.now(), **counted})

    # --- pages -----------------------------------------------------------------------------------------------------

    def seen(self, keys: Iterable[str], run: int) -> set[str]:
        """Return which of these bytes the ledger has already (rows.sighting_key); record that they came again."""
        wanted = list(dict.fromkeys(keys))
        with self.writing() as connection:
            versions = versions_of(connection, wanted)
            row, now = next_row(connection, schema.sightings), self.now()
            again = [
                {"row": row + n, "key": key, "version": version, "run": run, "seen_at": now}
                for n, (key, version) in enumerate(versions.items())
            ]
            if again:
                connection.execute(insert(schema.sightings), again)
        return set(versions)

    def append(self, pages: Sequence[Prepared], run: int) -> list[State]:
        """Append pages with all their claims, in one transaction; return what each of them was."""
        with self.writing() as connection:
            known = known_documents(connection, pages)
            plan = Plan(known, rows=next_rows(connection), run=run, now=self.now())
            states = [plan.add(page) for page in pages]
            insert_plan(connection, plan)
        return states

    # --- what is there ---------------------------------------------------------------------------------------------

    def totals(self) -> tuple[int, int]:
        """Return how many documents and how many claims the ledger has."""
        with self.reading() as connection:
            documents = connection.execute(select(func.count()).select_from(schema.documents)).scalar_one()
            claims = connection.execute(select(func.count(schema.claims.c.id.distinct()))).scalar_one()
        return documents, claims

    def content_hash(self, as_of: str | None = None) -> str:
        """Return a hash of all that the ledger holds, runs and times of seeing left out (fingerprint.py)."""
        with self.reading() as connection:
            return content_hash(connection, as_of)

    def unread_versions(self, reader_version: str, model: str) -> list[int]:
        """Return the page versions that this reader has not read and whose bytes are still there, oldest first."""
        version, reading, kept = schema.page_versions.c, schema.readings.c, schema.archive.c
        done = select(reading.version).where(reading.reader_version == reader_version, reading.model == model)
        query = (
            select(version.row)
            .join(schema.archive, kept.page == version.page)
            .where(kept.encoding != "erased", version.row.not_in(done))
            .order_by(version.row)
        )
        with self.reading() as connection:
            return list(connection.execute(query).scalars())

    def archived(self, version: int) -> tuple[Capture, str, bytes | None]:
        """Return with what a page version was read, the hash of its bytes, and these (None: erased)."""
        table, page, kept = schema.page_versions, schema.pages.c, schema.archive.c
        query = (
            select(table.c.given, page.sha256, kept.encoding, kept.data)
            .join_from(table, schema.pages, table.c.page == page.row)
            .join(schema.archive, kept.page == page.row)
            .where(table.c.row == version)
        )
        with self.reading() as connection:
            given, sha256, encoding, stored = connection.execute(query).one()
        return from_json(given, Capture), sha256, unpack(encoding, stored)


def versions_of(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return the page version in which these bytes were seen last, by sighting key."""
    table = schema.sightings
    found: dict[str, int] = {}
    for some in chunks(keys):
        query = select(table.c.key, table.c.version).where(table.c.key.in_(some)).order_by(table.c.row)
        found.update((key, version) for key, version in connection.execute(query))
    return {key: found[key] for key in keys if key in found}


def next_row(connection: Connection, table: Table) -> int:
    """Return the number of the next row of a table; the transaction holds the write lock."""
    return (connection.execute(select(func.max(table.c.row))).scalar() or 0) + 1


def next_rows(connection: Connection) -> dict[str, int]:
    """Return the number of the next row of each table that has row numbers."""
    return {table.name: next_row(connection, table) for table in schema.METADATA.sorted_tables if "row" in table.c}
