"""The steps from one form of the database to the next, run by Alembic when a ledger is opened.

A ledger in its newest form is recognised by one look at `alembic_version`; Alembic is loaded only when there is
something to do.
"""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, inspect, text

HEAD = "0006"
"""The newest form; a test compares it with the files of versions/."""


def current(connection: Connection) -> str | None:
    """Return the form of the database; None when it has none of the ledger's tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection) -> None:
    """Bring the database to its newest form, in the transaction that the connection is in."""
    command, config = import_module("alembic.command"), import_module("alembic.config")
    settings = config.Config()
    # A path may hold a per cent sign, which the configuration reads as the start of a name.
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
