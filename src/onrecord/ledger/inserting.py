"""A plan of new rows (appending.py) -> the rows in the database, their words in the full-text indexes.

SQLAlchemy writes the SQL of the small tables. Claims and their links, which are nine of ten rows, go to the driver
itself: its own filling in of parameters takes SQLAlchemy as long as SQLite takes to insert. Decides nothing.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.exc import DBAPIError

from onrecord.ledger import guards, schema
from onrecord.ledger.appending import Plan
from onrecord.ledger.rows import CLAIM_COLUMNS, Row

LINKS = ("claim", "reading", "position", "start")


def insert_plan(connection: Connection, plan: Plan) -> None:
    """Insert all rows of a plan and index their words."""
    for table in schema.METADATA.sorted_tables:
        insert_rows(connection, table, plan.rows_of(table.name))
    _insert_claims(connection, plan)
    articles = plan.rows_of("articles")
    if articles:
        guards.index_words(connection, "articles", articles[0]["row"])
    if plan.claims:
        _, first = plan.claims[0]
        guards.index_words(connection, "claims", first[0])


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    columns = tuple(name for name in table.c.keys() if name in rows[0])  # noqa: SIM118  a row may have more
    statement, names = _compiled(table, columns, connection.dialect)
    # SQLite's parameters go by position, PostgreSQL's by name.
    connection.exec_driver_sql(statement, list(map(itemgetter(*names), rows)) if names else list(rows))


@lru_cache(maxsize=100)
def _compiled(table: Table, columns: tuple[str, ...], dialect: Dialect) -> tuple[str, list[str] | None]:
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    return str(compiled), compiled.positiontup


def _insert_claims(connection: Connection, plan: Plan) -> None:
    """Insert claims and links, in this order."""
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name == "sqlite":
            # Page by page, so that rows come in the order of their numbers and go to the end of the table.
            for kind, some in groupby(plan.claims, itemgetter(0)):
                cursor.executemany(_inserted("claims", columns_of(kind)), [row for _, row in some])
            cursor.executemany(_inserted("claim_links", LINKS), plan.links)
        else:
            for kind, some in groupby(sorted(plan.claims, key=itemgetter(0)), itemgetter(0)):
                _copy(cursor, "claims", columns_of(kind), [row for _, row in some])
            _copy(cursor, "claim_links", LINKS, plan.links)
    except connection.dialect.loaded_dbapi.Error as err:
        raise DBAPIError("INSERT INTO claims", None, err) from err
    finally:
        cursor.close()


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the columns of a row of Plan.claims."""
    return "row", "document", "reading", *CLAIM_COLUMNS[kind]


@cache
def _inserted(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({_quoted(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608  our names


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _copy(cursor: Any, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows by PostgreSQL's COPY."""
    if rows:
        with cursor.copy(f"COPY {table} ({_quoted(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
