"""Counts given by name: "the number of homes at 62", "the ministry put that figure at 22"."""

import pytest

import onrecord

NAMED = [
    ("The mayor put the number of destroyed homes at 62.", [("62", "destroyed", "destroyed homes")]),
    ("The number of drones shot down reached 45, the air force said.", [("45", "shot_down", "drones")]),
    ("The agency raised the number of damaged buildings to 310.", [("310", "damaged", "damaged buildings")]),
    ("The number of injured stood at 85 on Monday.", [("85", "injured", None)]),
]
AGAIN = [
    (
        "Hospital officials said 19 survivors were being treated for burns. The health ministry put that number at 22.",
        [("19", "hospitalised", "survivors"), ("22", "hospitalised", "survivors")],
    ),
    (
        "The union said 300 workers were arrested. Police put it at 240.",
        [("300", "detained", "workers"), ("240", "detained", "workers")],
    ),
    (
        "The mayor put the number of destroyed homes at 62, while the relief agency gave a figure of 58.",
        [("62", "destroyed", "destroyed homes"), ("58", "destroyed", "destroyed homes")],
    ),
    (
        "Officials said 40 people were missing. The budget office put the cost at 40 million dollars.",
        [("40", "missing", "people"), ("40 million dollars", "none", None)],
    ),
]


def counts(text):
    reading = onrecord.read(text=text)
    words = reading.words
    return [(words(f.number), f.outcome, f.counted and words(f.counted)) for f in reading.figures]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_number_of_names_what_is_counted(text, expected):
    assert counts(text) == expected


@pytest.mark.parametrize(("text", "expected"), AGAIN)
def test_a_count_given_again_counts_what_the_one_before_counts(text, expected):
    assert counts(text) == expected


def test_two_sources_that_give_one_count_differ():
    text = "Police said 12 people were killed at the port. The army said the figure was closer to 20."
    reading = onrecord.read(text=text)
    assert [(check.holds, check.says) for check in reading.checks] == [(False, "12 and 20 killed: they differ")]


@pytest.mark.usefixtures("with_model")
def test_two_sources_in_one_sentence_differ():
    text = "The mayor said 62 homes had been destroyed, while the relief agency gave a figure of 58."
    reading = onrecord.read(text=text)
    assert [(check.kind, check.holds, check.says) for check in reading.checks] == [
        ("conflict", False, "62 and 58 destroyed: they differ")
    ]
