"""Who is taken to a hospital by whatever name is hospitalised, with the rules and with the model."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.records import Origin

ROWS = [
    ("Five people were taken to hospital after the crash.", "Five", "hospitalised"),
    ("Three victims were taken to a hospital in Orvo.", "Three", "hospitalised"),
    ("Two other victims were transported to Orvo General Hospital.", "Two", "hospitalised"),
    ("Eight passengers were rushed to the clinic.", "Eight", "hospitalised"),
    ("Seven victims remained at the hospital on Friday.", "Seven", "hospitalised"),
    ("Nine people were being treated in hospital for burns.", "Nine", "hospitalised"),
    ("Five victims died at the scene.", "Five", "killed"),
    ("Eleven people were injured near the Orvo hospital.", "Eleven", "injured"),
]


def outcome(text: str, number: str) -> str:
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))
    return next(f.outcome for f in reading.figures if reading.words(f.number) == number)


@pytest.mark.parametrize(("text", "number", "expected"), ROWS)
def test_hospital_by_any_name(text: str, number: str, expected: str) -> None:
    assert outcome(text, number) == expected


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "number", "expected"), ROWS)
def test_hospital_by_any_name_with_the_model(text: str, number: str, expected: str) -> None:
    assert outcome(text, number) == expected
