"""What a count leaves out, what it is part of and which event it belongs to, with the rules and with the model."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.records import Figure, Origin, Reading

LEFT_OUT = [
    ("The bombing killed 31 people, not including two attackers who were shot by police.", "31", ["two"]),
    ("Excluding two bombers, 16 people were killed in the attack.", "16", ["two"]),
    (
        "A gunman was killed by guards. Twelve people died in the shooting, excluding the gunman.",
        "Twelve",
        ["A gunman"],
    ),
]
PARTS = [
    ("Nine people died and 14 were injured, including three children.", "three", "14"),
    ("At least 40 people died. Eleven of them were children.", "Eleven", "At least 40"),
    ("Twenty-three people were wounded, 14 of whom were in hospital.", "14", "Twenty-three"),
    (
        "A train crash killed 23 people on Tuesday. Doctors said 60 were injured. Two of the dead were drivers.",
        "Two",
        "23",
    ),
]


def read(text: str) -> tuple[Reading, dict[str | None, Figure]]:
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))
    return reading, {reading.words(figure.number): figure for figure in reading.figures}


def check_left_out(text: str, number: str, out: list[str]) -> None:
    _, figures = read(text)
    assert list(figures[number].excludes) == [figures[words].id for words in out]
    assert all(figures[words].part_of is None and figures[words].kind != "subset" for words in out)


def check_part(text: str, part: str, whole: str) -> None:
    reading, figures = read(text)
    assert figures[part].part_of == figures[whole].id
    assert figures[part].incident == figures[whole].incident
    assert figures[part].incident in {event.id for event in reading.events}


@pytest.mark.parametrize(("text", "number", "out"), LEFT_OUT)
def test_count_leaves_out(text: str, number: str, out: list[str]) -> None:
    check_left_out(text, number, out)


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "number", "out"), LEFT_OUT)
def test_count_leaves_out_with_the_model(text: str, number: str, out: list[str]) -> None:
    check_left_out(text, number, out)


@pytest.mark.parametrize(("text", "part", "whole"), PARTS)
def test_part_has_whole_and_incident(text: str, part: str, whole: str) -> None:
    check_part(text, part, whole)


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "part", "whole"), PARTS)
def test_part_has_whole_and_incident_with_the_model(text: str, part: str, whole: str) -> None:
    check_part(text, part, whole)


@pytest.mark.usefixtures("with_model")
def test_person_left_out_is_no_figure() -> None:
    _, figures = read("Six people were killed, not counting the attacker.")
    assert list(figures) == ["Six"]


def test_other_outcome_is_not_left_out() -> None:
    _, figures = read("In addition to the 12 dead, 40 people were injured.")
    assert figures["40"].excludes == ()
