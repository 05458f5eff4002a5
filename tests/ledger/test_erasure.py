"""Erasure on both databases: no table has a word of the page any more, others stay, a tombstone says why."""

import pytest
from sqlalchemy import MetaData, select

from onrecord.errors import LedgerError
from onrecord.ledger import review, schema
from onrecord.ledger.erasure import erase, to_be_erased
from onrecord.ledger.health import health
from onrecord.ledger.queries import Query
from onrecord.ledger.search import claims
from onrecord.ledger.store import Store

URL = "https://gazette.example/quillonia-zabrewski"
PAGE = b"Mayor Quillonia Zabrewski said nine people had been killed in Norhaven. Ada Brun said the dam was safe."
OTHER = b"Ada Brun said two bridges had collapsed in Oldport."
WORDS = ("quillonia", "zabrewski", "norhaven", "nine people", "a hard word", "gazette.example", "stained")


@pytest.fixture
def erased(store: Store, add) -> Store:
    """A ledger from which one of two pages was erased, with a review, an alias, a status and a problem of it."""
    add(store, PAGE, "stained", url=URL)
    add(store, OTHER, "bridges")
    with store.writing() as connection:
        figure = claims(connection, "figure", Query(article=name_of(store))).claims[0]
        given = review.Given(claim=figure.id, action="comment", text="A hard word about Zabrewski")
        review.review(connection, given, by="ada", at=store.now())
        alias = {"row": 1, "name": "Quillonia Zabrewski", "stands_for": "Zabrewski", "by": "ada", "at": "2026"}
        connection.execute(schema.aliases.insert(), alias)
        kept = {"row": 2, "name": "Ada Brun", "stands_for": "A. Brun", "by": "ada", "at": "2026"}
        connection.execute(schema.aliases.insert(), kept)
        status = {
            "row": 1,
            "claim": figure.id,
            "status": "disputed",
            "recorded_at": "2026",
            "reason": "Zabrewski says so",
        }
        connection.execute(schema.claim_status.insert(), status)
        run = connection.execute(select(schema.runs.c.row)).scalars().first()
        problem = {"row": 1, "id": "p1", "name": URL, "kind": "unreadable", "says": f"{URL}: broken", "run": run}
        connection.execute(schema.problems.insert(), {**problem, "reading": None, "seen_at": "2026"})
    erase(store, URL, by="iva", reason="court order 12/26")
    return store


def name_of(store: Store) -> str:
    with store.reading() as connection:
        documents = schema.documents.c
        return str(connection.execute(select(documents.name).where(documents.url == URL)).scalar_one())


def everything(store: Store) -> str:
    """All cells of all tables, full-text indexes and what databases keep beside them, as one text."""
    cells = []
    with store.reading() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.tables.values():
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            for row in connection.exec_driver_sql(f'SELECT {names} FROM "{table.name}"'):
                cells += [bytes(c).decode("latin-1") if isinstance(c, bytes | memoryview) else str(c) for c in row]
    return "\n".join(cells).lower()


@pytest.mark.filterwarnings("ignore:Did not recognize type")
@pytest.mark.filterwarnings("ignore:Computed column")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_no_table_has_a_word_of_an_erased_page(erased: Store) -> None:
    text = everything(erased)
    assert [word for word in WORDS if word in text] == []
    assert "oldport" in text


def test_tombstone_has_hash_time_who_and_reason(erased: Store) -> None:
    with erased.reading() as connection:
        stones = connection.execute(select(schema.erasures).order_by(schema.erasures.c.row)).all()
        page = connection.execute(select(schema.pages.c.sha256).order_by(schema.pages.c.row)).scalars().first()
    assert [(stone.kind, stone.by, stone.reason) for stone in stones] == [
        ("document", "iva", "court order 12/26"),
        ("page", "iva", "court order 12/26"),
    ]
    assert stones[1].what == page
    assert all(stone.at.startswith("2026-03-04T") for stone in stones)


def test_what_other_pages_have_stays(erased: Store) -> None:
    with erased.reading() as connection:
        names = set(connection.execute(select(schema.sources.c.name)).scalars())
        aliases = set(connection.execute(select(schema.aliases.c.name)).scalars())
        assert claims(connection, "statement", Query(source="Ada Brun")).claims
        assert claims(connection, "figure", Query(place="Norhaven")).claims == ()
    assert "Ada Brun" in names
    assert aliases == {"", "Ada Brun"}


def test_name_goes_with_the_last_page_that_has_it(erased: Store) -> None:
    erase(erased, "bridges", by="iva", reason="court order 13/26")
    with erased.reading() as connection:
        assert set(connection.execute(select(schema.sources.c.name)).scalars()) == {""}
        assert set(connection.execute(select(schema.aliases.c.name)).scalars()) == {""}


def test_ledger_is_in_order_after_an_erasure(erased: Store, add) -> None:
    assert health(erased.where)["integrity"] == "ok"
    before = erased.content_hash()
    assert before == erased.content_hash()
    summary = add(erased, PAGE, "stained", url=URL)
    assert (summary.new, summary.revised) == (0, 0)
    other = add(erased, PAGE + b" The dam broke.", "stained", url=URL)
    assert (other.new, other.failed) == (0, 1)
    with pytest.raises(LedgerError, match="erased already, at 2026-03-04"):
        erase(erased, URL, by="iva", reason="again")


def test_erasure_is_counted_before_it_is_done(store: Store, add) -> None:
    add(store, PAGE, "stained", url=URL)
    with store.reading() as connection:
        there = to_be_erased(connection, URL)
    done = erase(store, URL, by="iva", reason="court order")
    assert (there.versions, there.reviews, len(there.pages)) == (1, 0, 1)
    assert there.claims > 0
    assert (done.document, done.claims, done.by, done.reason) == (there.document, there.claims, "iva", "court order")


@pytest.mark.parametrize(("by", "reason"), [("", "court order"), ("iva", "  ")])
def test_tombstone_needs_who_and_why(store: Store, add, by: str, reason: str) -> None:
    add(store, PAGE, "stained", url=URL)
    with pytest.raises(LedgerError, match="needs who"):
        erase(store, URL, by=by, reason=reason)
