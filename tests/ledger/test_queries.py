"""Words that a person types are read into a query; anything typed is an answer or a clear message."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import LedgerError, QueryError
from onrecord.ledger.fulltext import read_terms, search_words, to_fts5, to_tsquery
from onrecord.ledger.queries import Query, checked, class_of_words, cursor, filters, place_of
from onrecord.ledger.query_words import outcome_of, parse_query

READ = [
    ("injured in Kyiv > 20", {"outcome": "injured", "place": "Kyiv", "min": 20, "min_open": True}),
    (
        "drones launched >= 100 since 2025-07",
        {"outcome": "launched", "counted": "drones", "min": 100, "since": "2025-07-01"},
    ),
    (
        "at least 20 children killed in Norhaven",
        {"counted": "children", "outcome": "killed", "place": "Norhaven", "min": 20},
    ),
    ("fewer than 12 missing", {"outcome": "missing", "max": 12, "max_open": True}),
    ("20 to 30 wounded", {"outcome": "injured", "min": 20, "max": 30}),
    ("20-30 wounded", {"outcome": "injured", "min": 20, "max": 30}),
    ("between 20 and 30 wounded in New Calder", {"outcome": "injured", "place": "New Calder", "min": 20, "max": 30}),
    ("20 or more hurt", {"outcome": "injured", "min": 20}),
    ("2.5 million displaced", {"outcome": "displaced", "min": 2_500_000, "max": 2_500_000}),
    (
        "more than two hundred homes destroyed",
        {"outcome": "destroyed", "counted": "homes", "min": 200, "min_open": True},
    ),
    ("over 1,000 people detained in brill", {"outcome": "detained", "place": "brill", "min": 1000, "min_open": True}),
    ("killed in 2025", {"outcome": "killed", "since": "2025-01-01", "until": "2025-12-31"}),
    ("killed on 2025-07-04", {"outcome": "killed", "since": "2025-07-04", "until": "2025-07-04"}),
    ("killed between 2025-07-01 and 2025-07-05", {"outcome": "killed", "since": "2025-07-01", "until": "2025-07-05"}),
    ("killed according to the Harbour Office", {"outcome": "killed", "source": "Harbour Office"}),
    ("shot down near Brill harbour", {"outcome": "shot_down", "place": "Brill harbour"}),
    ("in hospital > 5", {"outcome": "hospitalised", "min": 5, "min_open": True}),
    ("missing at Norhaven since 2025", {"outcome": "missing", "place": "Norhaven", "since": "2025-01-01"}),
    ("conflicts injured", {"outcome": "injured", "conflicts": True}),
    ("denied", {"polarity": "denied"}),
    (
        'outcome:wounded place:"New Calder" kind:total min:7',
        {"outcome": "injured", "place": "New Calder", "kind": "total", "min": 7},
    ),
    ('"grain silo" in Calder', {"place": "Calder", "text": '"grain silo"'}),
    ("tide gauge", {"text": "tide gauge"}),
    ("grain silo", {"counted": "silo", "text": "grain"}),
    ("harvest -rain sil*", {"text": "harvest -rain sil*"}),
    ("", {}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "wanted"), READ)
def test_words_are_read_into_a_query(words: str, wanted: dict) -> None:
    assert filters(parse_query(words)) == wanted


def test_words_are_added_to_what_is_given() -> None:
    query = parse_query("injured > 20", Query(outlet="Gazette", text="silo"))
    assert filters(query) == {"outlet": "Gazette", "text": "silo", "outcome": "injured", "min": 20, "min_open": True}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("killed injured", "outcome is both 'killed' and 'injured'"),
        ("> 20 > 30", "min is both '20' and '30'"),
        ("between 20", "between 20 and what"),
        ("colour:red", "no field 'colour'; fields: act, article"),
        ("min:many", "'many' is no number"),
        ("outcome:eaten", "choose from killed, injured"),
        ("kind:grand", "choose from total, subset"),
        ("30 to 20 injured", "leave nothing between"),
        ("x" * 10_001, "10,001 characters"),
        ("word " * 70, "70 words; give at most 64"),
        ("-silo", "add a word that must"),
        ('"***"', "no word in"),
    ],
)
def test_words_that_cannot_be_read_are_refused_in_words(words: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        parse_query(words)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (Query(since="yesterday"), "since: 'yesterday' is no date; write it as 2025-07-04"),
        (Query(since="2025-13-01"), "is no date"),
        (Query(since="2025-02-30"), "is no date"),
        (Query(since="2025-07-05", until="2025-07-04"), "is later than until"),
        (Query(place="\x00 "), "has no letter in it"),
        (Query(place="a" * 201), "201 characters"),
        (Query(limit=0), "give 1 to 10,000"),
        (Query(min=float("nan")), "no number to compare with"),
        (Query(min=20, max=20, min_open=True), "leave nothing between"),
        (Query(act="sing"), "choose from assert, deny"),
    ],
)
def test_wrong_query_is_refused(query: Query, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        checked(query)


def test_as_of_is_a_day_to_its_end_or_a_moment() -> None:
    assert checked(Query(as_of="2025-07-04")).as_of == "2025-07-04T23:59:59.999999Z"
    assert checked(Query(as_of="2025-07-04T12:00:00+02:00")).as_of == "2025-07-04T10:00:00.000000Z"
    with pytest.raises(LedgerError, match="is no date"):
        checked(Query(as_of="soon"))


def test_dates_are_completed_on_the_right_side() -> None:
    query = checked(Query(since="2024-02", until="2024-02"))
    assert (query.since, query.until) == ("2024-02-01", "2024-02-29")


@pytest.mark.parametrize(
    ("words", "counted", "wanted"),
    [
        ("wounded", None, "injured"),
        ("shot_down", None, "shot_down"),
        ("shot down", "drone", "shot_down"),
        ("evacuated", "home", "evacuated"),
        ("dead", None, "killed"),
    ],
)
def test_outcome_has_many_words(words: str, counted: str | None, wanted: str) -> None:
    assert outcome_of(words, counted) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("drones", "drone"),
        ("Children", "child"),
        ("aircraft", "aircraft"),
        ("firefighters", None),
        ("people", "person"),
    ],
)
def test_class_is_named_by_its_plural(words: str, wanted: str | None) -> None:
    assert class_of_words(words) == wanted


# --- cursors -------------------------------------------------------------------------------------------------------


def test_cursor_goes_there_and_back() -> None:
    query = Query(outcome="killed", limit=10)
    made = cursor(query, ("2025-07-04", "calder", 3))
    following = Query(outcome="killed", limit=99, after=made)
    assert place_of(following, 3) == ("2025-07-04", "calder", 3)


@pytest.mark.parametrize("after", ["", "x", "é", "WyJhIl0", "null", "A" * 5000, "\x00"])
def test_damaged_cursor_is_refused(after: str) -> None:
    with pytest.raises(QueryError, match="after: "):
        place_of(Query(after=after), 3)


def test_cursor_of_another_query_is_refused() -> None:
    made = cursor(Query(outcome="killed"), ("2025-07-04", "calder", 3))
    with pytest.raises(QueryError, match="belongs to another query"):
        place_of(Query(outcome="injured", after=made), 3)


# --- full text -----------------------------------------------------------------------------------------------------

TERMS = [
    ("grain silo", '"grain" AND "silo"', "('grain') & ('silo')"),
    ('"grain silo"', '"grain silo"', "('grain' <-> 'silo')"),
    ("“grain silo”", '"grain silo"', "('grain' <-> 'silo')"),
    ("sil*", '"sil"*', "('sil':*)"),
    ("grain -silo", '("grain") NOT "silo"', "('grain') & !('silo')"),
    ("twenty-two", '"twenty two"', "('twenty' <-> 'two')"),
    ("O'Dorn", '"o dorn"', "('o' <-> 'dorn')"),
    ("grain OR silo NEAR(a b)", '"grain" AND "or" AND "silo" AND "near a" AND "b"',
     "('grain') & ('or') & ('silo') & ('near' <-> 'a') & ('b')"),
    ("Ágota", '"ágota"', "('agota')"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "fts5", "tsquery"), TERMS)
def test_typed_words_are_quoted_one_by_one(typed: str, fts5: str, tsquery: str) -> None:
    assert to_fts5(read_terms(typed)) == fts5
    assert to_tsquery(read_terms(typed)) == tsquery


@given(st.text(max_size=200))
def test_anything_typed_is_a_query_or_a_message(typed: str) -> None:
    for read in (parse_query, read_terms):
        with suppress(QueryError):
            read(typed)


@given(st.text(max_size=100))
def test_words_are_letters_and_digits_only(typed: str) -> None:
    assert all(word.isalnum() and word == word.lower() for word in search_words(typed))
