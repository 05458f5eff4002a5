"""The tables: what they refuse, what erasure may do, how an empty database becomes a ledger."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from onrecord.errors import LedgerError
from onrecord.ledger import connect, guards, migrations, schema
from onrecord.ledger.erasure import erase
from onrecord.ledger.migrations import written
from onrecord.ledger.store import Store

NOT_FILLED = (
    "checks", "reviews", "problems", "claim_status", "aliases", "source_verdicts", "accounts", "story_versions",
    "story_words",
)  # fmt: skip
BLANKED = {table: columns for table, columns in guards.BLANKED.items() if table not in NOT_FILLED}
GUARDED = (
    "pages",
    "archive",
    "documents",
    "page_versions",
    "articles",
    "readings",
    "claims",
    "claim_links",
    "sightings",
)


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_rows_are_never_changed(filled, table, change):
    column = "page" if table == "archive" else "reading" if table == "claim_links" else '"row"'
    statement = f"UPDATE {table} SET {column} = {column} + 1" if change == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(LedgerError, match=f"{table}: rows are never"), filled.writing() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, (columns, _) in BLANKED.items() for c in columns])
def test_nothing_is_blanked_without_a_tombstone(filled, table, column):
    with pytest.raises(LedgerError, match="never changed"), filled.writing() as connection:
        connection.execute(text(f"UPDATE {table} SET {column} = :value"), {"value": guards.blank(table, column)})


def test_verdicts_on_sources_are_never_changed(store):
    row = {"row": 1, "id": "v1", "name": "Ana", "other": "Iva", "verdict": "merge", "by": "ada", "at": "2026"}
    with store.writing(fully=True) as connection:
        connection.execute(schema.source_verdicts.insert(), row)
    for statement in ("UPDATE source_verdicts SET verdict = 'split'", "DELETE FROM source_verdicts"):
        with pytest.raises(LedgerError, match="source_verdicts: rows are never"), store.writing() as connection:
            connection.execute(text(statement))


def test_reviews_are_never_changed(store):
    row = {"row": 1, "id": "r1", "claim": "c1", "action": "accept", "by": "iva", "at": "2026", "anchor": "{}"}
    with store.writing(fully=True) as connection:
        connection.execute(schema.reviews.insert(), row)
    with pytest.raises(LedgerError, match="reviews: rows are never"), store.writing() as connection:
        connection.execute(text("UPDATE reviews SET action = 'reject'"))


def test_readers_cannot_write(filled):
    with pytest.raises(LedgerError, match=r"readonly|read-only"), filled.reading() as connection:
        connection.execute(text("DELETE FROM problems"))


def test_tables_are_strict_where_sqlite_would_not_be(store):
    with store.reading() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("PostgreSQL is strict")
        tables = connection.execute(text("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")).all()
    ours = {table.name for table in schema.METADATA.sorted_tables}
    assert {name for name, strict in tables if strict} >= ours


def test_sqlite_is_set_up(store):
    with store.writing() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("SQLite only")
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")}
        normal = connection.execute(text("PRAGMA synchronous")).scalar()
    with store.writing(fully=True) as connection:
        full = connection.execute(text("PRAGMA synchronous")).scalar()
    assert found == {"journal_mode": "wal", "foreign_keys": 1}
    assert (normal, full) == (1, 2)


@pytest.mark.parametrize(
    ("query", "found"), [("bridges", 1), ("killed norhaven", 1), ("BRIDGES", 1), ("volcano", 0), ("bridge", 0)]
)
def test_articles_are_found_by_their_words(filled, query, found):
    with filled.reading() as connection:
        if connection.dialect.name == "sqlite":
            statement = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH :query"
        else:
            statement = "SELECT count(*) FROM articles WHERE fts @@ plainto_tsquery('simple', :query)"
        assert connection.execute(text(statement), {"query": query}).scalar() == found


def test_opening_twice_changes_nothing(where):
    for _ in range(2):
        store = Store(where)
        with store.reading() as connection:
            assert migrations.current(connection) == migrations.HEAD
            names = set(inspect(connection).get_table_names())
        store.close()
        assert names >= {table.name for table in schema.METADATA.sorted_tables}


def test_ledger_of_a_later_version_is_refused(where):
    store = Store(where)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(LedgerError, match="made by a later version of onrecord"):
        Store(where)


def test_head_is_the_newest_migration():
    steps = sorted((Path(migrations.__file__).parent / "versions").glob("m*.py"))
    assert steps[-1].name.startswith(f"m{migrations.HEAD}_")


CATALOGUE = {
    "sqlite": "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL",
    "postgresql": """
        SELECT 'column', table_name || '.' || column_name, concat_ws(' ', data_type, is_nullable, collation_name,
            column_default, generation_expression)
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'alembic%'
        UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes
            WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%'
        UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'
        UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """,
}


def catalogue(connection):
    """All that a database is made of, white space aside."""
    rows = connection.execute(text(CATALOGUE[connection.dialect.name])).all()
    return sorted((kind, name, " ".join(sql.split())) for kind, name, sql in rows)


def test_migrations_lead_to_the_tables_of_the_schema(request, tmp_path, where):
    """A table that is changed in schema.py without a migration fails here."""
    store = Store(where)
    empty = request.getfixturevalue("server").fresh() if connect.is_server(where) else str(tmp_path / "plain.db")
    plain = connect.writer(empty)
    with plain.begin() as connection, store.reading() as migrated:
        for statement in written.statements(connection.dialect.name):
            connection.exec_driver_sql(statement)
        assert catalogue(connection) == catalogue(migrated)
        assert len(catalogue(connection)) > len(schema.METADATA.tables)
        names = set(inspect(connection).get_table_names())
    assert names >= set(schema.METADATA.tables)
    plain.dispose()
    store.close()


def test_no_ledger_is_made_when_none_is_wanted(tmp_path):
    with pytest.raises(LedgerError, match="no ledger there; add pages first"):
        Store(str(tmp_path / "none.db"), create=False)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("content", "says"), [(b"This is no database, it is a text. " * 40, "this is no ledger"), (b"", None)]
)
def test_file_of_another_kind_is_refused(tmp_path, content, says):
    file = tmp_path / "page.txt"
    file.write_bytes(content)
    if says is None:
        Store(str(file)).close()  # an empty file is an empty database
        return
    with pytest.raises(LedgerError, match=says):
        Store(str(file))
    assert file.read_bytes() == content


def test_folder_that_is_missing_is_said(tmp_path):
    with pytest.raises(LedgerError, match="check that the folder is there"):
        Store(str(tmp_path / "none" / "war.db"))


def test_server_that_is_missing_is_said():
    with pytest.raises(LedgerError, match="no server answers there") as error:
        Store("postgresql://iva:secret@127.0.0.1:1/war", wait_seconds=1)
    assert "secret" not in str(error.value)


def test_erasure_leaves_no_word_in_the_file(tmp_path, add):
    where = tmp_path / "war.db"
    store = Store(str(where))
    add(store, b"Mayor Quillonia Zabrewski said nine people had been killed in Norhaven.", "one")
    add(store, b"Two bridges collapsed in Oldport, the harbour office said.", "two")
    with store.reading() as connection:
        hashes = connection.execute(text("SELECT id FROM claims ORDER BY 1")).all()

    erase(store, "one", by="iva", reason="court order 12/26")
    with store.reading() as connection:
        kept = connection.execute(text("SELECT kind, by, reason FROM erasures ORDER BY kind")).all()
        assert connection.execute(text("SELECT id FROM claims ORDER BY 1")).all() == hashes
        found = connection.execute(text("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'bridges'"))
        assert found.scalar() == 1
    store.close()
    assert kept == [("document", "iva", "court order 12/26"), ("page", "iva", "court order 12/26")]
    data = b"".join(file.read_bytes() for file in tmp_path.glob("war.db*")).lower()
    assert b"zabrewski" not in data
    assert b"bridges" in data
    with sqlite3.connect(where) as again:
        assert again.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    again.close()
