"""Where claims stand: on the latest version of their page, or on that of a time; those that are gone stand nowhere."""

from onrecord import adding
from onrecord.ledger.history import last_moment
from onrecord.ledger.queries import Query
from onrecord.ledger.search import claims, claims_by_id
from onrecord.ledger.standing import standing
from onrecord.manifest import Given
from onrecord.records import Origin


def add(store, words):
    origin = Origin(name="flood", url="https://gazette.example/flood", published="2026-03-02")
    adding.add(store, [Given(origin=origin, data=f"{words} Two bridges collapsed in Selmark.".encode())])


def figures(store, as_of=None):
    with store.reading() as connection:
        return claims(connection, "figure", Query(as_of=as_of)).claims


def test_claims_stand_where_their_evidence_says(store):
    add(store, "At least nine people were killed in Norhaven on Monday, Mayor Iva Dorn said.")
    (first,) = [one for one in figures(store) if one.outcome == "killed"]
    add(store, "At least 12 people were killed in Norhaven on Monday, Mayor Iva Dorn said.")
    with store.reading() as connection:
        now = figures(store)
        found = standing(connection, [first.id, *(one.id for one in now), "nothing"])
        assert found == {one.id: one.evidence.page for one in now}
        assert first.id not in found
        assert found == {id: one.evidence.page for id, one in claims_by_id(connection, found).items()}
        assert standing(connection, []) == {}


def test_claims_of_an_earlier_time_stand_on_its_version(store):
    add(store, "At least nine people were killed in Norhaven on Monday, Mayor Iva Dorn said.")
    (first,) = [one for one in figures(store) if one.outcome == "killed"]
    with store.reading() as connection:
        assert standing(connection, [first.id], last_moment("2999-01-01"))[first.id].endswith("/1")
        assert standing(connection, [first.id], last_moment("1999-01-01")) == {}
