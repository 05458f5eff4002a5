"""History: versions, what changed between them, silent edits, what was known at a time, erasure."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from onrecord import adding
from onrecord.errors import LedgerError
from onrecord.ledger import schema
from onrecord.ledger.erasure import erase
from onrecord.ledger.history import differences, find_document, last_moment, stored_reading, versions
from onrecord.ledger.store import Store
from onrecord.manifest import Given
from onrecord.records import Figure, Origin

URL = "https://gazette.example/flood"
KEPT = "Two bridges collapsed in Oldport."
DEAD = "Mayor Iva Dorn said on Monday that {} people had been killed in Norhaven."
MODIFIED = (
    '<html><head><meta property="article:modified_time" content="{}"></head><body><article>{}</article></body></html>'
)


def page(*sentences: str) -> bytes:
    return "\n\n".join(sentences).encode()


def changes(store, named=URL, as_of=None):
    with store.reading() as connection:
        return differences(connection, named, as_of)


def test_one_version_has_no_change(store, add):
    add(store, page(DEAD.format("nine"), KEPT), url=URL)
    (one,) = changes(store)
    assert one.from_ is None
    assert one.to.number == 1
    assert one.kept >= 2
    assert (one.added, one.removed, one.changed, one.silent_edit) == ((), (), (), False)


def test_changed_figure_stands_beside_the_one_before(store, add):
    add(store, page(DEAD.format("nine"), KEPT), url=URL)
    add(store, page(DEAD.format("14"), KEPT, "The river Olm rose by two metres."), url=URL)
    (one,) = changes(store)
    figures = [(c.before.claim.low, c.after.claim.low) for c in one.changed if isinstance(c.after.claim, Figure)]
    assert figures == [(9, 14)]
    assert (one.from_.number, one.to.number) == (1, 2)
    assert "two metres" in " ".join(added.words for added in one.added)
    assert not any(KEPT in claim.sentence for claim in (*one.added, *one.removed))


def test_removed_claim_is_shown(store, add):
    add(store, page(DEAD.format("nine"), KEPT), url=URL)
    add(store, page(DEAD.format("nine")), url=URL)
    (one,) = changes(store)
    assert {claim.sentence for claim in one.removed} == {KEPT}
    assert not one.added


@pytest.mark.parametrize("named", [URL, "flood"])
def test_page_is_found_by_url_and_id(store, add, named):
    add(store, page(KEPT), "flood", url=URL)
    assert changes(store, named)[0].id == "flood"


def test_unknown_page_is_said(store):
    with pytest.raises(LedgerError, match="not in this ledger; give the URL or the id"):
        changes(store, "https://gazette.example/none")


@pytest.mark.parametrize(
    ("first", "second", "silent"),
    [
        pytest.param("2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", True, id="same date"),
        pytest.param("2026-03-04T06:00:00Z", "2026-03-04T09:00:00Z", False, id="later date"),
    ],
)
def test_silent_edit_is_a_text_that_changed_without_its_date(store, add, first, second, silent):
    for modified, number in ((first, "nine"), (second, "14")):
        paragraphs = f"<p>{DEAD.format(number)}</p><p>{KEPT} Rescue teams searched the streets along the river.</p>"
        add(store, MODIFIED.format(modified, paragraphs).encode(), url=URL)
    (one,) = changes(store)
    assert one.from_.modified == first
    assert one.silent_edit is silent
    assert one.to.silent_edit is silent


def test_other_date_on_the_same_text_is_no_silent_edit(store, add):
    add(store, page(KEPT), url=URL, published="2026-03-04")
    add(store, page(KEPT), url=URL, published="2026-03-05")
    assert changes(store)[0].silent_edit is False


def test_as_of_knows_only_what_had_been_read(store, add):
    add(store, page(DEAD.format("nine")), url=URL)
    between = store.now()
    add(store, page(DEAD.format("14")), url=URL)
    (one,) = changes(store, as_of=between)
    assert one.from_ is None
    with store.reading() as connection:
        document = find_document(connection, URL).row
        ((reading, _),) = versions(connection, document, between)
        assert [figure.low for figure in stored_reading(connection, reading).figures] == [9]


def test_nothing_is_known_before_the_first_page(store, add):
    add(store, page(KEPT), url=URL)
    with pytest.raises(LedgerError, match="not yet in this ledger"):
        changes(store, as_of="2000-01-01T00:00:00.000000Z")


@pytest.mark.parametrize("times", [4, pytest.param(200, marks=pytest.mark.long)])
def test_replay_equals_a_ledger_of_what_was_seen_by_then(fresh, clock, times):
    """At random times: the ledger as of then has the hash of one that was given only the pages seen by then."""
    chosen = random.Random(7)  # noqa: S311  no secret
    numbers = [chosen.randrange(2, 90) for _ in range(14 if times < 10 else 60)]
    pages = [
        Given(
            origin=Origin(name=f"p{n % 5}", url=f"https://gazette.example/{n % 5}"),
            data=page(DEAD.format(number), KEPT) if n % 7 else b"",
        )
        for n, number in enumerate(numbers)
    ]
    whole = Store(fresh(), clock=clock)
    ends = []
    for one in pages:
        adding.add(whole, [one])
        ends.append(whole.now())
    parts = {0: None}
    growing = Store(fresh())
    for n, one in enumerate(pages, 1):
        adding.add(growing, [one])
        parts[n] = growing.content_hash()
    for _ in range(times):
        seen = chosen.randrange(1, len(pages) + 1)
        assert whole.content_hash(ends[seen - 1]) == parts[seen]
    assert whole.content_hash() == parts[len(pages)]
    whole.close()
    growing.close()


def test_latest_reading_is_that_of_the_latest_version(store, add):
    for number in ("nine", "14", "16"):
        add(store, page(DEAD.format(number)), url=URL)
    add(store, page(KEPT), url=URL + "/2")
    with store.reading() as connection:
        rows = connection.execute(select(schema.readings.c.version).where(schema.latest_readings())).scalars().all()
    assert sorted(rows) == [3, 4]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026", "2026-12-31T23:59:59.999999Z"),
        ("2026-02", "2026-02-28T23:59:59.999999Z"),
        ("2024-12", "2024-12-31T23:59:59.999999Z"),
        ("2026-03-04", "2026-03-04T23:59:59.999999Z"),
        ("2026-03-04T06:00:00Z", "2026-03-04T06:00:00.000000Z"),
        ("2026-03-04T06:00:00+02:00", "2026-03-04T04:00:00.000000Z"),
        ("2026-03-04T06:00", "2026-03-04T06:00:00.000000Z"),
    ],
)
def test_date_stands_for_its_last_moment(written, moment):
    assert last_moment(written) == moment


@pytest.mark.parametrize("written", ["", "yesterday", "2026-13", "2026-02-30", "0000", "9999", "9999-12-31", "26"])
def test_what_is_no_date_is_said(written):
    with pytest.raises(LedgerError, match="is no date; write it as"):
        last_moment(written)


@given(st.dates())
def test_every_day_has_a_last_moment(day):
    if day.isoformat() < "9999-12-31":
        assert last_moment(day.isoformat()) == f"{day.isoformat()}T23:59:59.999999Z"


def test_erased_document_has_no_words(store, add):
    add(store, page(DEAD.format("nine")), url=URL)
    add(store, page(KEPT), "other")
    erase(store, URL, by="iva", reason="court order 12/26")
    (one,) = changes(store)
    assert "page" not in one.id
    assert (one.to.headline, one.kept) == (None, 0)
    with store.reading() as connection:
        sources = connection.execute(select(schema.sources.c.name)).scalars().all()
        assert "Iva Dorn" not in " ".join(sources)
        for document, reading in connection.execute(select(schema.readings.c.document, schema.readings.c.row)).all():
            assert (stored_reading(connection, reading).page is None) == (document == 1)


def test_erased_page_is_not_added_again(store, add):
    add(store, page(DEAD.format("nine")), url=URL)
    erase(store, URL, by="iva", reason="court order 12/26")
    assert add(store, page(DEAD.format("nine")), url=URL).same == 1
    assert add(store, page(DEAD.format("14")), url=URL).failed == 1
    assert add(store, page(DEAD.format("nine")), url=URL + "/copy").failed == 1
    assert adding.reread(store).failed == 0
