"""The votes of a page: which countries and regions it speaks of, where, and without the name in question."""

import pytest

from onrecord.reading.page_places import PageVotes
from onrecord.reading.sentences import document_of, make_document
from onrecord.records import Article, Block, Page


def test_names_adjectives_and_cities_vote() -> None:
    shares = PageVotes(document_of("Kenya sent aid. Kenyan trucks left Nairobi. Peru sent none.")).shares("")
    assert set(shares) == {"KE", "PE"}
    assert shares["KE"] > shares["PE"]
    assert sum(shares.values()) == pytest.approx(1.0)


def test_own_mentions_are_left_out() -> None:
    votes = PageVotes(document_of("Nairobi flooded. Nairobi was dark. Peru sent aid."))
    assert votes.shares("nairobi") == {"PE": 1.0}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("South Sudan and Papua New Guinea", {"SS", "PG"}),
        ("New Mexico is dry.", {"US"}),
        ("They told us so.", set()),
        ("Georgia and Congo", set()),
        ("Police in Tampa, Fla., and Ohio", {"US"}),
    ],
)
def test_longest_name_counts_once(text: str, codes: set[str]) -> None:
    assert set(PageVotes(document_of(text)).shares("")) == codes


def test_headline_and_dateline_count() -> None:
    text = "It rained."
    article = Article(headline="Floods in Kenya", dateline="LIMA, Peru", blocks=(Block(start=0, end=10, role="body"),))
    votes = PageVotes(make_document(Page(sha256="", text=text), article))
    assert set(votes.shares("")) == {"KE", "PE"}
    assert list(votes.near(0, "")) == []


def test_only_near_mentions_are_near() -> None:
    votes = PageVotes(document_of("Kenya. " + "It rained. " * 60 + "Peru."))
    assert {vote.country for vote in votes.near(0, "")} == {"KE"}


def test_region_share_counts_regions_only() -> None:
    votes = PageVotes(document_of("Ohio, Ohio, Texas and Kenya"))
    assert votes.region_share("US-OH", "") == pytest.approx(2 / 3)
    assert votes.region_share("US-OH", "ohio") == 0.0


def test_page_without_places_has_no_shares() -> None:
    votes = PageVotes(document_of("It rained."))
    assert (votes.shares(""), votes.region_share("US-OH", ""), votes.points("")) == ({}, 0.0, [])
