"""Role, body and country of a source, from the words of the page."""

import pytest

from onrecord.reading.people import Cast
from onrecord.reading.people_standing import Standing
from onrecord.reading.sentences import document_of
from onrecord.records import Span

ROWS = [
    ("Kremlin aide Oleg Torv said so.", "Oleg Torv", Standing("aide", "Kremlin")),
    ("Vale's Mayor Ana Torv said so.", "Vale's Mayor Ana Torv", Standing("Mayor", "Vale")),
    ("Torv, who heads the fire service, said so.", "Torv", Standing("head", "the fire service")),
    ("A spokesperson for the army said so.", "A spokesperson for the army", Standing("spokesperson", "the army")),
    ("The French port minister, Ana Torv, said so.", "Ana Torv", Standing("port minister", None, "FR")),
    ("French Foreign Minister Ana Torv said so.", "Ana Torv", Standing("Foreign Minister", None, "FR")),
    ("Two senior Pentagon officials said so.", "Two senior Pentagon officials", Standing("officials", "Pentagon")),
    ("Ana Torv, the mayor of Vale, said so.", "Ana Torv", Standing("mayor", "Vale")),
    ("French officials said so.", "French officials", Standing("officials", None, "FR")),
    ("Peru's Defence Ministry said so.", "Peru's Defence Ministry", Standing(country="PE")),
    (
        "Ana Torv, 44, a nurse at Vale General Hospital, said so.",
        "Ana Torv",
        Standing("nurse", "Vale General Hospital"),
    ),
    ("The head of the Norvan Port Office, Ivo Rand, said so.", "Ivo Rand", Standing("head", "Norvan Port Office")),
    ("Ana Torv, professor of law at the Vale College, said.", "Ana Torv", Standing("professor of law", "Vale College")),
    ("White House press secretary Ana Torv said so.", "Ana Torv", Standing("press secretary", "White House")),
    ("Ana Torv, Vale's police chief, said so.", "Ana Torv", Standing("chief", "Vale's police")),
    ("President Ana Torv said no. French President Ana Torv met him.", "Ana Torv", Standing("President", None, "FR")),
    ("Secretary of State Ana Torv said so.", "Ana Torv", Standing("Secretary of State")),
    ("Ana Torv said so.", "Ana Torv", Standing()),
    ("Ana Torv, mayor Ivo Rand and a guard said so.", "Ana Torv", Standing()),
    ("Residents said so.", "Residents", Standing("Residents")),
    ("A woman said so.", "A woman", Standing()),
]


@pytest.mark.parametrize(("text", "source", "standing"), ROWS, ids=[source for _, source, _ in ROWS])
def test_standing_is_what_the_page_says(text: str, source: str, standing: Standing) -> None:
    start = text.index(source)
    assert Cast(document_of(text)).resolve(Span(start, start + len(source))).standing == standing


def test_standing_of_a_pronoun_is_that_of_the_person_it_stands_for() -> None:
    text = "Kremlin aide Oleg Torv arrived late. He said that the talks go on."
    start = text.index("He said")
    assert Cast(document_of(text)).resolve(Span(start, start + 2)).standing == Standing("aide", "Kremlin")
