"""The store: what is new, the same, revised or failed, and that nothing is lost or doubled."""

import math
import sqlite3
import threading
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from onrecord import adding
from onrecord.errors import LedgerError
from onrecord.ledger import connect, health, schema
from onrecord.ledger.archive import pack, unpack
from onrecord.ledger.history import archived_bytes, stored_reading
from onrecord.ledger.rows import (
    RECORD,
    Capture,
    amount,
    claim_from,
    form_of,
    moved,
    prepare,
    record_of,
    without_nul,
)
from onrecord.ledger.store import Store
from onrecord.manifest import Given
from onrecord.pipeline import read_bytes
from onrecord.records import AddSummary, Origin, Statement

URL = "https://gazette.example/flood"
FIRST = b"Mayor Iva Dorn said on Monday that nine people had been killed in Norhaven.\n\nTwo bridges collapsed."
READING = read_bytes(FIRST, Origin(name="a"))
SECOND = FIRST.replace(b"nine", b"14")


def count(store: Store, table: str) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(schema.METADATA.tables[table])).scalar_one()


def one(summary: AddSummary) -> str:
    """What the only page of a run was."""
    (state,) = [name for name in ("new", "same", "revised", "failed") if getattr(summary, name)]
    return state


@pytest.mark.parametrize(
    ("pages", "states"),
    [
        pytest.param([(FIRST, {"url": URL}), (FIRST, {"url": URL})], "new same", id="same bytes"),
        pytest.param([(FIRST, {"url": URL}), (SECOND, {"url": URL})], "new revised", id="other text at a URL"),
        pytest.param([(FIRST, {"id": "a"}), (SECOND, {"id": "a"})], "new revised", id="other text under an id"),
        pytest.param([(FIRST, {"id": "a"}), (FIRST, {"id": "b"})], "new new", id="same text under two ids"),
        pytest.param([(FIRST, {}), (SECOND, {})], "new new", id="other text in a file"),
        pytest.param([(FIRST, {"name": "a"}), (FIRST, {"name": "b"})], "new same", id="same text in two files"),
        pytest.param([(FIRST, {"url": URL}), (FIRST + b"\n", {"url": URL})], "new same", id="other bytes, same text"),
        pytest.param(
            [(FIRST, {"url": URL}), (FIRST, {"url": URL, "published": "2026-03-04"})], "new revised", id="other date"
        ),
        pytest.param([(FIRST, {"url": URL}), (FIRST, {"url": URL + "/2"})], "new new", id="same text at two URLs"),
        pytest.param(
            [(FIRST, {"url": URL}), (SECOND, {"url": URL}), (FIRST, {"url": URL})],
            "new revised same",
            id="back to an earlier text, from the same file",
        ),
        pytest.param(
            [(data, {"url": URL, "captured": f"2026-03-{n}"}) for n, data in ((14, FIRST), (15, SECOND), (16, FIRST))],
            "new revised revised",
            id="back to an earlier text, captured again",
        ),
        pytest.param([(b"\x89PNG\r\n\x1a\n\x00\x00", {}), (b"", {})], "failed failed", id="not pages"),
    ],
)  # fmt: skip
def test_page_is_known_again(store, add, pages, states):
    assert " ".join(one(add(store, data, **known)) for data, known in pages) == states
    before = store.content_hash()
    again = [one(add(store, data, **known)) for data, known in pages]
    assert set(again) <= {"same", "failed"}
    assert store.content_hash() == before


def test_unchanged_claims_are_linked_not_doubled(store, add):
    add(store, FIRST, url=URL)
    claims, links = count(store, "claims"), count(store, "claim_links")
    add(store, b"Gazette\n\n" + FIRST + b"\n\nThe river rose by two metres.", url=URL)
    assert count(store, "claim_links") > 2 * links - 1
    with store.reading() as connection:
        shared = connection.execute(
            text("SELECT count(*) FROM (SELECT claim FROM claim_links GROUP BY claim HAVING count(*) = 2) AS twice")
        ).scalar()
    assert shared == claims


def test_reading_comes_back_as_it_was(store, root):
    pages = sorted((root / "src" / "onrecord" / "demo" / "pages").iterdir())
    adding.add(store, [Given(origin=Origin(name=path.stem), path=path) for path in pages])
    with store.reading() as connection:
        rows = connection.execute(select(schema.readings.c.row).order_by(schema.readings.c.row)).scalars().all()
        stored = [stored_reading(connection, row) for row in rows]
    assert stored == [read_bytes(path.read_bytes(), Origin(name=path.stem)) for path in pages]


def test_spans_fit_in_every_version(store, add):
    add(store, FIRST, url=URL)
    add(store, b"Norhaven Gazette reported this first.\n\n" + FIRST, url=URL)
    with store.reading() as connection:
        rows = connection.execute(select(schema.readings.c.row)).scalars().all()
        for reading in (stored_reading(connection, row) for row in rows):
            assert {reading.words(figure.number) for figure in reading.figures} >= {"nine"}


def test_bytes_come_back_as_they_were(store, add):
    add(store, FIRST, url=URL)
    with store.reading() as connection:
        sha256 = connection.execute(select(schema.pages.c.sha256)).scalar_one()
        assert archived_bytes(connection, sha256) == FIRST
        with pytest.raises(LedgerError, match="no page with this hash"):
            archived_bytes(connection, "0" * 64)


@pytest.mark.parametrize("data", [b"", b"x", b"word " * 1000, bytes(range(256))])
def test_packing_loses_nothing(data):
    assert unpack(*pack(data)) == data


def test_names_of_two_documents_differ(store, add):
    add(store, FIRST, "index")
    add(store, SECOND, "index")
    with store.reading() as connection:
        names = connection.execute(select(schema.documents.c.name).order_by(schema.documents.c.row)).scalars().all()
    assert names[0] == "index"
    assert names[1].startswith("index~")


def test_long_address_fits(store, add):
    add(store, FIRST, URL + "/" + "long" * 2000, url=URL + "/" + "long" * 2000)
    assert count(store, "documents") == 1


@pytest.mark.parametrize(("value", "stored"), [(None, None), (7, 7.0), (10**20, 1e20), (10**400, math.inf)])
def test_number_fits_into_its_column(value, stored):
    assert amount(value) == stored


def test_times_are_those_of_the_ledger(store, add, clock):
    add(store, FIRST, url=URL, published="1987-01-01", captured="1999-01-01T00:00:00Z")
    with store.reading() as connection:
        seen = connection.execute(select(schema.page_versions.c.seen_at)).scalar_one()
        reported = connection.execute(select(schema.articles.c.published)).scalar_one()
    assert seen.startswith("2026-03-04T06:")
    assert reported == "1987-01-01"


def test_nul_is_kept_out_of_text(store, add):
    add(store, b"Mayor Iva Dorn said nine people\x00 had been killed in Norhaven on Monday.", "a")
    with store.reading() as connection:
        assert "\x00" not in connection.execute(select(schema.articles.c.text)).scalar_one()


def test_without_nul_keeps_lengths():
    reading = read_bytes(b"Nine people\x00 died.", Origin(name="a"))
    cleaned = without_nul(reading)
    assert len(cleaned.page.text) == len(reading.page.text)
    assert "\x00" not in cleaned.page.text


def test_problem_is_one_row_however_often(store, add):
    for _ in range(3):
        assert add(store, b"", "empty").failed == 1
    assert count(store, "problems") == 1
    assert count(store, "documents") == 0


def _rows(reading):
    prepared = prepare(reading, FIRST, Capture(origin=Origin(name="a")), sha256="0")
    return prepared.content.claims


ROWS = _rows(READING)


@given(st.integers(0, 100_000))
def test_claim_moves_with_its_sentence(by):
    for claim in (*READING.figures, *READING.statements, *READING.events):
        far = moved(claim, by)
        assert far.sentence.start == claim.sentence.start + by
        assert record_of(far) == record_of(claim)
        assert moved(far, -by) == claim
        row = next(row for row in ROWS if row.form == form_of(record_of(claim)))
        assert claim_from(row.kind, row.values[RECORD], by=row.start) == claim


@pytest.mark.parametrize("words", ['he said "a":null,', ',"unit":null', '\\","x":[]', "[]"])
def test_compact_record_keeps_words_that_look_like_json(words):
    claim = msgspec.structs.replace(READING.statements[0], speaker=words)
    reading = msgspec.structs.replace(READING, statements=(claim,), figures=(), events=())
    (row,) = _rows(reading)
    assert claim_from("statement", row.values[RECORD], by=row.start) == claim
    assert isinstance(claim, Statement)


# --- more than one at a time ---------------------------------------------------------------------------------------


def test_locked_database_is_said_and_nothing_is_lost(tmp_path, add):
    where = tmp_path / "war.db"
    store = Store(str(where), wait_seconds=0.2)
    add(store, FIRST, url=URL)
    other = sqlite3.connect(where, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="another process has been writing for too long; end it"):
        add(store, SECOND, url=URL)
    other.execute("ROLLBACK")
    other.close()
    assert one(add(store, SECOND, url=URL)) == "revised"
    store.close()


def test_full_disk_is_said_and_nothing_is_lost(tmp_path, add):
    store = Store(str(tmp_path / "war.db"))
    add(store, FIRST, url=URL)
    before = store.content_hash()
    with store._writer.connect() as connection:
        cursor = connection.connection.cursor()
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
    long = b"\n\n".join(b"Officials said %d people had been hurt in ward %d." % (n, n) for n in range(60, 400))
    with pytest.raises(LedgerError, match="no room is left on the disk; make room and run this again"):
        add(store, long, "long")
    assert store.content_hash() == before
    with store._writer.connect() as connection:
        connection.connection.cursor().execute("PRAGMA max_page_count=1000000")
    assert one(add(store, long, "long")) == "new"
    store.close()


@pytest.mark.parametrize("seconds", [0.6, pytest.param(10.0, marks=pytest.mark.long)])
def test_readers_are_not_held_up_by_a_writer(store, seconds):
    """Eight readers beside the writer: no error, and no read waits longer than 250 ms."""
    until = time.monotonic() + seconds
    slowest: list[float] = []
    errors: list[LedgerError] = []

    def read_on() -> None:
        worst = 0.0
        while time.monotonic() < until:
            began = time.perf_counter()
            try:
                with store.reading() as connection:
                    connection.execute(select(schema.claims).where(schema.claims.c.kind == "figure").limit(20)).all()
            except LedgerError as err:
                errors.append(err)
            worst = max(worst, time.perf_counter() - began)
        slowest.append(worst)

    readers = [threading.Thread(target=read_on) for _ in range(8)]
    for thread in readers:
        thread.start()
    number = 0
    while time.monotonic() < until:
        number += 1
        page = Given(origin=Origin(name=str(number)), data=FIRST.replace(b"nine", str(number).encode()))
        adding.add(store, [page])
    for thread in readers:
        thread.join()
    assert not errors
    assert max(slowest) <= 0.25 + 0.5 * (seconds < 1)  # a short run has no warm-up


def test_two_writers_share_a_ledger(where):
    errors: list[LedgerError] = []

    def write(name: str) -> None:
        store = Store(where)
        for number in range(5):
            page = Given(origin=Origin(name=f"{name}{number}"), data=FIRST.replace(b"nine", f"{number}0".encode()))
            try:
                adding.add(store, [page])
            except LedgerError as err:
                errors.append(err)
        store.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    store = Store(where)
    assert not errors
    assert count(store, "documents") == 5
    store.close()


# --- health --------------------------------------------------------------------------------------------------------


def test_health_counts(where, add):
    store = Store(where)
    add(store, FIRST, url=URL)
    store.close()
    found = health.health(where)
    assert (found["integrity"], found["documents"], found["page_versions"]) == ("ok", "1", "1")


def test_health_says_that_there_is_no_ledger(tmp_path):
    assert health.health(str(tmp_path / "none.db"))["ledger"].startswith("none yet")
    assert not list(tmp_path.iterdir())


def test_health_finds_a_damaged_file(tmp_path, add):
    where = tmp_path / "war.db"
    store = Store(str(where))
    for number in range(30):
        add(store, FIRST.replace(b"nine", b"%d" % (20 + number)), str(number))
    store.close()
    data = bytearray(where.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 12288] = b"\xa5" * 12288
    where.write_bytes(data)
    assert health.health(str(where))["integrity"] != "ok"


@pytest.mark.parametrize(("version", "fault"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)])
def test_health_names_the_fault_of_old_sqlite(monkeypatch, version, fault):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert ("WAL-reset" in health.sqlite_version()) is fault


@pytest.mark.parametrize(
    "message",
    [
        "the connection is lost",
        "the connection is closed",
        "server closed the connection unexpectedly",
        "terminating connection due to administrator command",
    ],
)
def test_server_that_goes_away_is_said_in_one_line_with_what_to_do(message: str) -> None:
    lost = OperationalError("SELECT 1", None, RuntimeError(f"{message}\nDETAIL: more"))
    said = r"^postgresql://host/war: .*; the server went away; start it[^\n]*$"
    with pytest.raises(LedgerError, match=said), connect.explained("postgresql://host/war"):
        raise lost
