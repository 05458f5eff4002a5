"""The older value of a change is of kind previous, with the rules and with the model."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.records import Origin

PREVIOUS = [
    ("The ministry revised the toll to 21 from 23 after two people were found alive.", "23"),
    ("The death toll rose from 17 to 21 on Tuesday, the ministry said.", "17"),
    ("The number of injured was down from nine to seven, doctors said.", "nine"),
    ("Orvo counted 34 dead on Monday, up from 29 on Sunday.", "29"),
    ("Officials initially said 12 people had died, but the toll now stands at nine.", "12"),
    ("The ministry put the death toll at 31, which it had earlier put at 28.", "28"),
    ("The hospital counted 21 dead, against 17 the day before.", "17"),
    ("The death toll stood at 21 on Wednesday, compared with 17 a day earlier.", "17"),
    ("The council lowered the death toll to 21, from 23.", "23"),
    ("Police said 21 people had been killed, correcting an earlier toll of 23.", "23"),
    ("The rescue service, which on Tuesday night had spoken of 13 dead, corrected the toll to nine.", "13"),
    ("The mayor, who on Friday said 12 people had been injured, lowered the number to ten.", "12"),
    ("At least 21 people died, more than the 17 people reported dead on Monday.", "17"),
]
NOT_PREVIOUS = [
    ("Rescuers brought 40 people to the harbour from 12 boats.", "12"),
    ("Police said 21 people were killed when a bus from Orvo hit a wall.", "21"),
    ("Earlier, police said 14 people had been injured.", "14"),
    ("Two people died in a protest against 40 arrests.", "40"),
    ("The fire killed nine people and the toll may rise.", "nine"),
]


def kind(text: str, number: str) -> str:
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))
    return next((f.kind for f in reading.figures if reading.words(f.number) == number), "not read")


@pytest.mark.parametrize(("text", "number"), PREVIOUS)
def test_older_value_is_previous(text: str, number: str) -> None:
    assert kind(text, number) == "previous"


@pytest.mark.parametrize(("text", "number"), NOT_PREVIOUS)
def test_other_number_is_not_previous(text: str, number: str) -> None:
    assert kind(text, number) != "previous"


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "number"), PREVIOUS)
def test_model_reads_the_older_value_too(text: str, number: str) -> None:
    assert kind(text, number) == "previous"


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "number"), NOT_PREVIOUS)
def test_model_leaves_the_other_number(text: str, number: str) -> None:
    assert kind(text, number) != "previous"
