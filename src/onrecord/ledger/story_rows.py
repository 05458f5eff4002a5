"""What making stories keeps in a ledger and finds there again: accounts, what they have in common, how far it has come.

Rows in, rows out: nothing here compares articles or knows what an account is made of. Rows are only added; of an
account, the latest row of its document counts, and none once nothing is left of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, union_all

from onrecord.ledger import schema
from onrecord.ledger.appending import chunks
from onrecord.ledger.inserting import insert_rows
from onrecord.ledger.rows import Row
from onrecord.ledger.store import next_row
from onrecord.records import Record, Story, from_json

NO_DAY = -1
"""Day of the keys of an account without one."""

WANTED = "wanted"
"""Name of the parameter of queries that are written once: what is looked for."""

NOTHING_LEFT = "{}"
"""The record of an account whose article has no text, or was erased."""


class Marks(Record, frozen=True, kw_only=True):
    """How far making has come: the last row of each table that a story is made of."""

    account: int = 0
    erasure: int = 0
    verdict: int = 0
    review: int = 0


class KeptAccount(Record, frozen=True, kw_only=True):
    """An account that counts: its row, its document and the article's name.

    record is its JSON, packed what is compared of it, text the article's.
    """

    row: int
    document: int
    name: str
    record: str
    packed: bytes
    text: str


class KeptName(Record, frozen=True, kw_only=True):
    """The row of an account that counts, and its article's name."""

    row: int
    name: str


class KeptPair(Record, frozen=True, kw_only=True):
    """What two accounts (by row) have in common; a is the one whose article has the lower name."""

    a: int
    b: int
    likeness: float | None = None
    kind: str | None = None
    share_a: float | None = None
    share_b: float | None = None
    run: int | None = None


# --- how far it has come -------------------------------------------------------------------------------------------


def made_until(connection: Connection) -> Marks:
    """Return how far the last making came."""
    table = schema.makings.c
    query = select(table.account, table.erasure, table.verdict, table.review).order_by(table.row.desc()).limit(1)
    row = connection.execute(query).first()
    return Marks(**row._mapping) if row else Marks()


def newest(connection: Connection) -> Marks:
    """Return the last rows that there are now."""
    tables = (schema.accounts, schema.erasures, schema.story_verdicts, schema.reviews)
    rows = [connection.execute(select(func.max(table.c.row))).scalar() or 0 for table in tables]
    return Marks(account=rows[0], erasure=rows[1], verdict=rows[2], review=rows[3])


def newest_reading(connection: Connection) -> int:
    """Return the last reading that there is now."""
    return connection.execute(select(func.max(schema.readings.c.row))).scalar() or 0


def read_until(connection: Connection) -> int:
    """Return the last reading that has an account."""
    return connection.execute(select(func.max(schema.accounts.c.reading))).scalar() or 0


def is_pending(connection: Connection) -> bool:
    """Say whether something came in since stories were made last."""
    return bool(unaccounted(connection, 1)) or newest(connection) != made_until(connection)


def unaccounted(connection: Connection, most: int) -> list[tuple[int, int]]:
    """Return document and reading of the latest readings that have no account yet, in the order they were read."""
    reading = schema.readings.c
    query = (
        select(reading.document, reading.row)
        .where(schema.latest_readings(), reading.row > read_until(connection))
        .order_by(reading.row)
        .limit(most)
    )
    return [(row.document, row.row) for row in connection.execute(query)]


def touched_documents(connection: Connection, since: Marks) -> set[int]:
    """Return the documents that came, changed, were erased, reviewed or decided on since a making."""
    account, document, erased = schema.accounts.c, schema.documents.c, schema.erasures.c
    review, claim = schema.reviews.c, schema.claims.c
    found = union_all(
        select(account.document).where(account.row > since.account),
        select(document.row)
        .join(schema.erasures, erased.what == document.id)
        .where(erased.kind == "document", erased.row > since.erasure),
        select(claim.document).join(schema.reviews, review.claim == claim.id).where(review.row > since.review),
    )
    return set(connection.execute(found).scalars())


# --- accounts ------------------------------------------------------------------------------------------------------


def _last_accounts() -> Any:
    account, later = schema.accounts.c, schema.accounts.alias("later").c
    last = select(func.max(later.row)).where(later.document == account.document).correlate(schema.accounts)
    return account.row == last.scalar_subquery(), account.record != NOTHING_LEFT


def found(
    connection: Connection, keys: Mapping[int, int], days: tuple[int, int] | None, *, least: int, lone: int
) -> list[int]:
    """Return the accounts that share keys: those whose products of weights add up to the least or more.

    Args:
        connection: a transaction.
        keys: the keys that are looked for, with their weights.
        days: the first and the last day to look at; accounts without a day are looked at always, None looks at all.
        least: least sum.
        lone: least sum where a single key is shared.
    """
    if not keys:
        return []
    asked = ", ".join(f"({key}, {weight})" for key, weight in keys.items())
    part = (
        "SELECT k.account, k.weight * asked.weight AS part FROM asked CROSS JOIN account_keys k WHERE k.key = asked.key"
    )
    of_days = part if days is None else f"{part} AND k.day BETWEEN {days[0]} AND {days[1]} UNION ALL {part}"
    undated = "" if days is None else f" AND k.day = {NO_DAY}"
    query = (
        f"WITH asked(key, weight) AS (VALUES {asked}) "  # noqa: S608  whole numbers and words of this module
        f"SELECT account FROM ({of_days}{undated}) f GROUP BY account "
        f"HAVING SUM(part) >= CASE COUNT(*) WHEN 1 THEN {lone} ELSE {least} END ORDER BY account"
    )
    return [row.account for row in connection.exec_driver_sql(query)]


def unindexed(connection: Connection) -> set[int]:
    """Return the documents of all accounts where the ledger has accounts and no keys: an older version made them."""
    if connection.execute(select(schema.ACCOUNT_KEYS.c.account).limit(1)).first() is not None:
        return set()
    account = schema.accounts.c
    return set(connection.execute(select(account.document).where(account.record != NOTHING_LEFT)).scalars())


def add_keys(connection: Connection, keys: Sequence[Row]) -> None:
    """Append keys of accounts to the index."""
    if keys:
        connection.execute(insert(schema.ACCOUNT_KEYS), keys)


def names_of_rows(connection: Connection, rows: Iterable[int]) -> list[KeptName]:
    """Return those of these accounts that count still."""
    return _names(connection, schema.accounts.c.row, rows)


def rows_of_names(connection: Connection, names: Iterable[str]) -> list[KeptName]:
    """Return the accounts that count of these articles."""
    return _names(connection, schema.documents.c.name, names)


def _names(connection: Connection, column: Any, wanted: Iterable[Any]) -> list[KeptName]:
    account, document = schema.accounts.c, schema.documents.c
    return [KeptName(**row._mapping) for row in _counting(connection, (account.row, document.name), column, wanted)]


def accounts_named(connection: Connection, names: Iterable[str]) -> list[KeptAccount]:
    """Return the accounts that count of these articles, with their texts."""
    return _accounts(connection, schema.documents.c.name, names)


def accounts_of_rows(connection: Connection, rows: Iterable[int]) -> list[KeptAccount]:
    """Return those of these accounts that count still."""
    return _accounts(connection, schema.accounts.c.row, rows)


def accounts_of_documents(connection: Connection, documents: Iterable[int]) -> list[KeptAccount]:
    """Return the accounts that count of these documents."""
    return _accounts(connection, schema.accounts.c.document, documents)


def packed_of_rows(connection: Connection, rows: Iterable[int]) -> list[tuple[int, str, bytes]]:
    """Return row, name of the article and what is compared of those of these accounts that count still."""
    account, document = schema.accounts.c, schema.documents.c
    columns = (account.row, document.name, account.found_by)
    return [(row.row, row.name, bytes(row.found_by)) for row in _counting(connection, columns, account.row, rows)]


def _accounts(connection: Connection, column: Any, wanted: Iterable[Any]) -> list[KeptAccount]:
    account, document, article = schema.accounts.c, schema.documents.c, schema.articles.c
    columns = (
        account.row, account.document, document.name, account.record, account.found_by, article.body, article.text
    )  # fmt: skip
    return [
        KeptAccount(
            row=row.row,
            document=row.document,
            name=row.name,
            record=row.record,
            packed=bytes(row.found_by),
            text=row.body or row.text,
        )
        for row in _counting(connection, columns, column, wanted)
    ]


def _counting(connection: Connection, columns: tuple[Any, ...], column: Any, wanted: Iterable[Any]) -> Iterator[Any]:
    """Yield these columns of the accounts that count still, where one column is among what is wanted."""
    for some in chunks(sorted(wanted)):
        yield from connection.execute(_counting_query(columns, column), {WANTED: some})


@cache
def _counting_query(columns: tuple[Any, ...], column: Any) -> Select[Any]:
    account = schema.accounts.c
    query = select(*columns).join_from(schema.accounts, schema.documents, account.document == schema.documents.c.row)
    if any(one.table is schema.articles for one in columns):
        query = query.join(schema.readings, schema.readings.c.row == account.reading)
        query = query.join(schema.articles, schema.readings.c.article == schema.articles.c.row)
    return query.where(*_last_accounts(), column.in_(bindparam(WANTED, expanding=True)))


def all_rows(connection: Connection, documents: Iterable[int]) -> list[int]:
    """Return the rows of all accounts that these documents ever had."""
    account = schema.accounts.c
    return [
        row
        for some in chunks(sorted(documents))
        for row in connection.execute(select(account.row).where(account.document.in_(some))).scalars()
    ]


def pairs_of(connection: Connection, accounts: Iterable[int]) -> list[KeptPair]:
    """Return what these accounts have in common with others."""
    return [
        KeptPair(**row._mapping)
        for some in chunks(sorted(accounts))
        for query in _pairs_queries()
        for row in connection.execute(query, {WANTED: some})
    ]


@cache
def _pairs_queries() -> tuple[Select[Any], ...]:
    table = schema.account_pairs.c
    columns = (table.a, table.b)
    return tuple(select(schema.account_pairs).where(one.in_(bindparam(WANTED, expanding=True))) for one in columns)


def keys_of(account: Row, keys: Mapping[int, int]) -> list[Row]:
    """Return the rows by which an account is found: its keys with their weights."""
    day = NO_DAY if account["day"] is None else account["day"]
    return [{"key": key, "day": day, "account": account["row"], "weight": weight} for key, weight in keys.items()]


def add_accounts(
    connection: Connection, accounts: Sequence[Row], keys: Sequence[Row], pairs: Iterable[KeptPair]
) -> None:
    """Append accounts, which have their rows, the keys they are found by, and what they have in common.

    Earlier accounts of the same documents are not found any more.
    """
    forget_keys(connection, {account["document"] for account in accounts})
    insert_rows(connection, schema.accounts, accounts)
    add_keys(connection, keys)
    names = KeptPair.__struct_fields__
    insert_rows(connection, schema.account_pairs, [{name: getattr(pair, name) for name in names} for pair in pairs])


def forget_keys(connection: Connection, documents: Iterable[int]) -> None:
    """Let the accounts that documents have had be found by nothing."""
    keys, account = schema.ACCOUNT_KEYS, schema.accounts.c
    for some in chunks(sorted(documents)):
        had = select(account.row).where(account.document.in_(some))
        connection.execute(delete(keys).where(keys.c.account.in_(had)))


def words_row(version: Row) -> Row:
    """Return the row of `story_words` that belongs to a row of `story_versions`; no word where the story is no more."""
    story = None if version["record"] == NOTHING_LEFT else from_json(version["record"], Story)
    return {
        "version": version["row"],
        "name": spaced_out(story.name) if story else "",
        "places": "".join(map(spaced_out, story.places)) if story else "",
        "articles": len(story.articles) if story else 0,
    }


def spaced_out(words: str) -> str:
    """Return words as `story_words` has them: in small letters, a blank before each."""
    return f" {words.lower()}"


def add_making(connection: Connection, marks: Marks, at: str) -> None:
    """Record how far a making has come."""
    row = {"row": next_row(connection, schema.makings), "made_at": at}
    insert_rows(connection, schema.makings, [row | {name: getattr(marks, name) for name in marks.__struct_fields__}])
