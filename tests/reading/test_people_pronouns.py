"""Whom "he" and "she" stand for, and what may be a person."""

import pytest

from onrecord.reading.people import Cast
from onrecord.reading.people_pronouns import WEIGHTS, contests_of
from onrecord.reading.sentences import document_of
from onrecord.records import Span

ROWS = [
    ("Ivo Marsh met Ana Torv. She left.", "She", "Ana Torv"),
    ("Ivo Marsh met Ana Torv. He left.", "He", "Ivo Marsh"),
    ("Ana Torv came to Calder. China was silent. She left.", "She", "Ana Torv"),
    ("Ana Torv came. “Ivo Marsh lied,” she said.", "she", "Ana Torv"),
    ("Mrs. Dorn came. Ivo Marsh wept. She left.", "She", "Dorn"),
    ("Xu Wenlan, the mayor, came. Ships sank. He left.", "He", "Xu Wenlan"),
    ("Ships sank in the Norvan Bay. He left.", "He", "He"),
]


@pytest.mark.parametrize(("text", "pronoun", "name"), ROWS)
def test_pronoun_goes_to_the_person_that_fits(text: str, pronoun: str, name: str) -> None:
    start = text.rindex(pronoun)
    assert Cast(document_of(text)).resolve(Span(start, start + len(pronoun))).name == name


def test_gender_that_the_page_tells_rules_a_person_out() -> None:
    text = "Mr. Ivo Marsh met Mrs. Ana Torv. She left."
    document = document_of(text)
    (contest,) = contests_of(document, *Cast(document).persons)
    assert [mention.who for mention, _ in contest.rivals] == ["Ana Torv"]


def test_every_feature_has_a_weight() -> None:
    document = document_of("Ivo Marsh met Ana Torv. She left.")
    (contest,) = contests_of(document, *Cast(document).persons)
    assert all(set(features) == set(WEIGHTS) for _, features in contest.rivals)
