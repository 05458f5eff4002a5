"""The SQL of a form of the database, as it is written in versions/: a later change of schema.py leaves it alone.

`statements` gives what schema.py and guards.py say now; `benchmarks/tables.py` writes it down. A test compares the two.
"""

import re
from pathlib import Path

from sqlalchemy import Connection, create_mock_engine
from sqlalchemy.engine.mock import MockConnection
from sqlalchemy.schema import ExecutableDDLElement

from onrecord.ledger import guards
from onrecord.ledger.schema import METADATA

NEXT = "\n-- next\n"
"""Stands between two statements; a semicolon also stands inside of triggers."""


def statements(dialect: str) -> list[str]:
    """Return what makes an empty database a ledger of the newest form."""
    made: list[str] = []

    def keep(statement: ExecutableDDLElement, *_: object) -> None:
        made.append(str(statement.compile(dialect=engine.dialect)))

    engine: MockConnection = create_mock_engine(f"{dialect}://", keep)
    METADATA.create_all(engine, checkfirst=False)
    # SQLAlchemy gives the indexes of a table in any order.
    tables = [statement for statement in made if statement.lstrip().startswith("CREATE TABLE")]
    indexes = sorted(statement for statement in made if statement not in tables)
    return [_plain(statement) for statement in [*tables, *indexes, *guards.statements(dialect)]]


def _plain(statement: str) -> str:
    """Return the statement without the white space that ends lines and without tabs."""
    return re.sub(r"[ \t]*\n\s*", "\n", statement.strip()).replace("\t", " ")


def written(form: str, dialect: str) -> Path:
    """Return the file that has the SQL of a form."""
    return Path(__file__).parent / "versions" / f"m{form}_{dialect}.sql"


def added(form: str, dialect: str) -> list[str]:
    """Return the statements of the newest form that no form before it has written: what a migration of tables adds."""
    before = {
        statement
        for number in range(1, int(form))
        for statement in written(f"{number:04}", dialect).read_text(encoding="utf-8").split(NEXT)
    }
    return [statement for statement in statements(dialect) if statement not in before]


def create(connection: Connection, form: str) -> None:
    """Make the tables that a form adds to the one before it, or all in an empty database."""
    for statement in written(form, connection.dialect.name).read_text(encoding="utf-8").split(NEXT):
        connection.exec_driver_sql(statement)
