"""What keeps the tables as they are: triggers that refuse changes, the one way of erasure, and full-text indexes.

A row is never changed or deleted. The one exception is erasure on legal demand: once a tombstone stands in `erasures`,
the columns of BLANKED may be blanked, nothing else. Full-text indexes: on SQLite `articles_fts`, `claims_fts` (FTS5),
which `index_words` fills; on PostgreSQL generated columns `articles.fts`, `claims.fts` (tsvector, `simple`).
"""

from sqlalchemy import Connection, text

from onrecord.ledger.schema import METADATA

TSVECTOR_CHARACTERS = 200_000
"""Characters of a text that PostgreSQL indexes: a tsvector holds 1 MB, a character has up to 4 bytes."""

OF_DOCUMENT = "SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what{} WHERE e.kind = 'document' AND "

UNNAMED = "NOT EXISTS (SELECT 1 FROM claims c WHERE c.speaker = OLD.name OR c.via = OLD.name)"

BLANKED: dict[str, tuple[tuple[str, ...], str]] = {
    "archive": (
        ("encoding", "data"),
        """SELECT 1 FROM erasures e JOIN pages p ON p.sha256 = e.what WHERE e.kind = 'page' AND p."row" = OLD.page""",
    ),
    # The id of a document is the hash of its URL: it stays, so that the page is not taken in again.
    "documents": (("url", "name"), "SELECT 1 FROM erasures e WHERE e.kind = 'document' AND e.what = OLD.id"),
    "page_versions": (("given",), OF_DOCUMENT.format("") + 'd."row" = OLD.document'),
    "articles": (
        ("url", "outlet", "headline", "text", "body", "record"),
        OF_DOCUMENT.format(' JOIN readings r ON r.document = d."row"') + 'r.article = OLD."row"',
    ),
    "claims": (
        ("sentence", "words", "record", "counted", "addressee", "speaker", "via", "place"),
        OF_DOCUMENT.format("") + 'd."row" = OLD.document',
    ),
    "problems": (
        ("name", "says"),
        "SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND (d.name = OLD.name "
        'OR d.url = OLD.name OR OLD.reading IN (SELECT r."row" FROM readings r WHERE r.document = d."row"))',
    ),
    "claim_status": (
        ("by", "reason"),
        OF_DOCUMENT.format(' JOIN claims c ON c.document = d."row"') + "c.id = OLD.claim",
    ),
    "aliases": (
        ("name", "stands_for"),
        OF_DOCUMENT.format(' JOIN readings r ON r.document = d."row" JOIN sources s ON s.reading = r."row"')
        + f"s.name IN (OLD.name, OLD.stands_for) AND {UNNAMED.replace('OLD', 's')}",
    ),
    "source_verdicts": (
        ("name", "other", "evidence"),
        OF_DOCUMENT.format(' JOIN readings r ON r.document = d."row" JOIN sources s ON s.reading = r."row"')
        + f"s.name IN (OLD.name, OLD.other) AND {UNNAMED.replace('OLD', 's')}",
    ),
    "checks": (
        ("says",),
        OF_DOCUMENT.format(' JOIN readings r ON r.document = d."row"') + 'r."row" = OLD.reading',
    ),
    "sources": (
        ("name",),
        OF_DOCUMENT.format(' JOIN readings r ON r.document = d."row"') + f'r."row" = OLD.reading AND {UNNAMED}',
    ),
    "accounts": (("record", "found_by"), OF_DOCUMENT.format("") + 'd."row" = OLD.document'),
    "story_versions": (
        ("name", "record", "states"),
        OF_DOCUMENT.format(' JOIN story_articles s ON s.document = d."row"') + "s.story = OLD.id",
    ),
    "story_words": (
        ("name", "places"),
        OF_DOCUMENT.format(' JOIN story_articles s ON s.document = d."row" JOIN story_versions v ON v.id = s.story')
        + 'v."row" = OLD.version',
    ),
    "reviews": (
        ("anchor", "value"),
        OF_DOCUMENT.format(' JOIN claims c ON c.document = d."row"') + "c.id = OLD.claim",
    ),
}
"""Erasure on legal demand: the columns that may be blanked, and the tombstone that must stand before they are."""

BLANK: dict[str, str | bytes] = {
    "data": b"", "found_by": b"", "record": "{}", "given": "{}", "anchor": "{}", "encoding": "erased",
}  # fmt: skip
"""What a blanked column holds; where it is not named here: NULL where it may be, else no text."""

NAMED_BY_ID = ("documents", "name")
"""A name that is there once: after erasure it is the id."""

INDEXED = {"articles": ("headline", "body"), "claims": ("sentence", "words")}
"""Columns that can be searched by their words."""


def blank(table: str, column: str) -> str | bytes | None:
    """Return what a column holds after erasure."""
    if column in BLANK:
        return BLANK[column]
    return None if METADATA.tables[table].c[column].nullable else ""


LONGEST_PLACE = 500
"""Characters of a place that queries can begin with; PostgreSQL's index holds 2,700 bytes, a longer name is none."""

PLACES = {
    "sqlite": "CREATE TABLE places (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID",
    "postgresql": 'CREATE TABLE places (name TEXT COLLATE "C" NOT NULL PRIMARY KEY)',
}
NEW_PLACES = text(
    "INSERT INTO places(name) SELECT DISTINCT c.place FROM claims c "
    'WHERE c."row" >= :first AND c.place IS NOT NULL AND length(c.place) <= :longest '
    "AND NOT EXISTS (SELECT 1 FROM places p WHERE p.name = c.place)"
)
ACCOUNT_KEYS = {
    dialect: f"CREATE TABLE account_keys (key {big} NOT NULL, day INTEGER NOT NULL, account {big} NOT NULL, "
    f"weight INTEGER NOT NULL, PRIMARY KEY (key, day, account)){strict}"
    for dialect, big, strict in (("sqlite", "INTEGER", " STRICT, WITHOUT ROWID"), ("postgresql", "BIGINT", ""))
}
"""By what articles find one another (schema.ACCOUNT_KEYS): an index as `places` is, not a record, so without guards."""

KEYS_BY_ACCOUNT = "CREATE INDEX ix_account_keys_account ON account_keys (account)"
"""By which the keys of an account go when a newer one takes its place, or its document is erased."""

GONE_PLACES = "DELETE FROM places WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.place = places.name)"


def statements(dialect: str) -> list[str]:
    """Return what creates the triggers and full-text indexes of tables that have just been made."""
    names = [table.name for table in METADATA.sorted_tables]
    if dialect == "sqlite":
        made = [statement for name in names for statement in _sqlite_guards(name)]
        made += [statement for name in INDEXED for statement in _sqlite_index(name)]
    else:
        made = [POSTGRESQL_REFUSE]
        made += [statement for name in names for statement in _postgresql_guards(name)]
        made += [statement for name in INDEXED for statement in _postgresql_index(name)]
    return [*made, PLACES[dialect], ACCOUNT_KEYS[dialect], KEYS_BY_ACCOUNT]


def guard(connection: Connection, table: str) -> None:
    """Create the triggers of a table; a migration calls it."""
    for statement in _sqlite_guards(table) if connection.dialect.name == "sqlite" else _postgresql_guards(table):
        connection.exec_driver_sql(statement)


def _blanking(table: str, *, same: str, no_bytes: str) -> str:
    """Return the condition under which a row of this table is only blanked, and its tombstone stands."""
    columns, tombstone = BLANKED[table]
    # "row" in quotation marks: it is a word of PostgreSQL's SQL
    kept = [column.name for column in METADATA.tables[table].c if column.name not in columns]
    terms = [f'NEW."{name}" {same} OLD."{name}"' for name in kept]
    for name in columns:
        value = blank(table, name)
        literal = "NULL" if value is None else no_bytes if isinstance(value, bytes) else f"'{value}'"
        if (table, name) == NAMED_BY_ID:
            literal = "OLD.id"
        terms.append(f'NEW."{name}" {same} {literal}')
    return " AND ".join([*terms, f"EXISTS ({tombstone})"])


def _sqlite_guards(table: str) -> list[str]:
    condition = _blanking(table, same="IS", no_bytes="x''") if table in BLANKED else "0"
    changed = f"SELECT RAISE(ABORT, '{table}: rows are never changed; write a new row')"
    deleted = f"SELECT RAISE(ABORT, '{table}: rows are never deleted; erase the document instead')"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({condition}) BEGIN {changed}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {deleted}; END",
    ]


def _sqlite_index(table: str) -> list[str]:
    listed, new, old = (", ".join(f"{side}{name}" for name in INDEXED[table]) for side in ("", "NEW.", "OLD."))
    add = f'INSERT INTO {table}_fts(rowid, {listed}) VALUES (NEW."row", {new})'  # noqa: S608  names of this module
    drop = f"INSERT INTO {table}_fts({table}_fts, rowid, {listed}) VALUES ('delete', OLD.\"row\", {old})"  # noqa: S608
    return [
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({listed}, content='{table}', content_rowid='row', "
        "tokenize='unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {table}_fts_blank AFTER UPDATE ON {table} BEGIN {drop}; {add}; END",
    ]


def index_words(connection: Connection, table: str, first: int) -> None:
    """Put rows that were just inserted, from this one on, into the full-text index, and their places into `places`.

    PostgreSQL has filled its index by itself. On SQLite a trigger would do it row by row, and FTS5 writes out what it
    has at each statement of a trigger: 60 microseconds a claim, against 12 for all rows of a batch at once.
    """
    if connection.dialect.name == "sqlite":
        listed = ", ".join(INDEXED[table])
        connection.exec_driver_sql(
            f"INSERT INTO {table}_fts(rowid, {listed}) "  # noqa: S608  names of this module
            f'SELECT "row", {listed} FROM {table} WHERE "row" >= ?',
            (first,),
        )
    if table == "claims":
        connection.execute(NEW_PLACES, {"first": first, "longest": LONGEST_PLACE})


POSTGRESQL_REFUSE = """
CREATE FUNCTION onrecord_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%%: rows are never changed or deleted; write a new row', TG_TABLE_NAME; END $$
"""


def _postgresql_guards(table: str) -> list[str]:
    refuse = "EXECUTE FUNCTION onrecord_refuse()"
    made = [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {refuse}",
    ]
    if table in BLANKED:
        condition = _blanking(table, same="IS NOT DISTINCT FROM", no_bytes="''::bytea")
        made.append(
            f"CREATE FUNCTION {table}_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RETURN NEW; END IF; "
            f"RAISE EXCEPTION '{table}: rows are never changed; write a new row'; END $$"
        )
        refuse = f"EXECUTE FUNCTION {table}_blank()"
    made.append(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}")
    return made


SEPARATED = "[^[:alnum:]]+"
ACCENTS = r"[\u0300-\u036f]"
PART_BREAK = "onrecordpartbreak"
"""A word that nobody looks for, between two columns, so that no phrase runs from one into the other."""


def _postgresql_index(table: str) -> list[str]:
    joined = f" || ' {PART_BREAK} ' || ".join(f"coalesce({name}, '')" for name in INDEXED[table])
    # The same words as FTS5's unicode61: PostgreSQL's own parser keeps "km/h", "2.5" and "twenty-two" as one word, and
    # its lower() knows only the letters of the database's locale. ICU knows them everywhere.
    plain = f"normalize(left({joined}, {TSVECTOR_CHARACTERS}), NFD)"
    plain = f"""regexp_replace(lower({plain} COLLATE "und-x-icu"), '{ACCENTS}', '', 'g')"""
    vector = f"to_tsvector('simple', regexp_replace({plain}, '{SEPARATED}', ' ', 'g'))"
    return [
        f"ALTER TABLE {table} ADD COLUMN fts tsvector GENERATED ALWAYS AS ({vector}) STORED",
        f"CREATE INDEX ix_{table}_fts ON {table} USING gin (fts)",
    ]
