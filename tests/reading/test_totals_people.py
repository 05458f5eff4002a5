"""Which single victims of a page count for the incident it opens with."""

import pytest

from onrecord.reading.totals_people import Person, told_early


def person(outcome: str, sentence: int) -> Person:
    return Person(outcomes={outcome}, sentences={sentence})


@pytest.mark.parametrize(
    ("told", "deaths", "counted"),
    [
        ([("killed", 0), ("killed", 9)], True, [("killed", 0)]),
        ([("injured", 0), ("injured", 5), ("injured", 9)], False, [("injured", 0), ("injured", 5)]),
        ([("killed", 0), ("injured", 2), ("injured", 5)], True, [("killed", 0), ("injured", 2)]),
        ([("killed", 8), ("killed", 9)], False, [("killed", 8)]),
        ([("injured", 8), ("injured", 9)], False, [("injured", 8)]),
        ([("injured", 8)], True, []),
        ([("injured", 1), ("killed", 8)], False, [("injured", 1)]),
        ([], False, []),
    ],
)
def test_victims_told_early_count(told, deaths, counted):
    people = [person(*one) for one in told]
    found = told_early(people, opening=0, deaths=deaths)
    assert [(*one.outcomes, *one.sentences) for one in found] == counted


def test_sentences_are_counted_from_the_opening_of_the_incident():
    people = [person("killed", 20), person("killed", 30)]
    assert told_early(people, opening=20, deaths=True) == people[:1]
