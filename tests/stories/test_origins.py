"""stories/origins.py: which agency an article owes its words to, and independent sources counted from claims."""

import pytest

from onrecord.records import Span
from onrecord.stories.accounts import Account
from onrecord.stories.origins import Claimed, cited_agency, independent_sources, lineage, origins, text_origin


def account(text, **more):
    return Account(id="a", text=text, **more)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The dam held. With inputs from Reuters", [("Reuters", "credit")]),
        ("ORVANE (AP) \u2014 The dam held.", [("Associated Press", "dateline")]),
        ("The dam held overnight. (AFP)", [("Agence France-Presse", "dateline")]),
        ("The dam held, Kyodo news agency said, citing Interfax.", [("Interfax", "citing")]),
        ("The dam held, according to state news agency TASS.", [("TASS", "citing")]),
        ("The dam held, the mayor said to the ap shop owner.", []),
    ],
)
def test_lineage_is_read_from_the_text(text, found):
    assert [(one.agency, one.kind) for one in lineage(account(text))] == found


def test_credit_of_the_page_comes_first_and_once():
    found = lineage(account("The dam held. With inputs from Reuters", credits=("Reuters",)))
    assert [(one.agency, one.kind, one.span) for one in found] == [("Reuters", "credit", None)]


def test_a_claim_is_tied_to_the_agency_its_sentence_cites():
    text = "The dam held. Nine are missing, the paper wrote, citing Interfax."
    assert cited_agency(account(text), Span(14, len(text))) == "Interfax"
    assert cited_agency(account(text), Span(0, 13)) is None


def test_text_of_two_agencies_has_no_single_origin():
    assert text_origin(account("The dam held.", credits=("Reuters",))) == "Reuters"
    assert text_origin(account("The dam held.", credits=("Reuters", "Associated Press"))) is None
    assert text_origin(account("The dam held, citing Interfax.")) is None


def claim(article, origin=None):
    return Claimed(claim=f"claim of {article}", article=article, origin=origin)


def counted(claims, copy_of=(), agencies=()):
    found = independent_sources(claims, dict(copy_of), dict(agencies))
    return len(found), origins(found)


def test_two_outlets_quoting_one_air_force_are_one_origin_and_two_accounts():
    assert counted([claim("a", "the Air Force"), claim("b", "Air Force")]) == (2, ("the Air Force",))


def test_own_voices_are_sources_of_their_own():
    assert counted([claim("a"), claim("b")]) == (2, ("a", "b"))


def test_a_flood_of_copies_is_one_source():
    flood = [claim(f"copy {number}") for number in range(40)]
    found = independent_sources([claim("a"), *flood], {one.article: "a" for one in flood}, {})
    assert len(found) == 1
    assert len(found[0].evidence) == 41


def test_rewritten_reports_of_one_agency_are_one_source():
    assert counted([claim("a"), claim("b"), claim("c")], agencies={"a": "Reuters", "b": "Reuters"})[0] == 2


def test_one_group_with_two_origins_is_two_sources():
    assert counted([claim("a", "police"), claim("a", "the mayor")])[0] == 2
