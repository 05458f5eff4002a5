"""A time beside a reporting verb says when something was said, not when it happened."""

import pytest

from onrecord.reading.said_times import said_time, said_times
from onrecord.reading.sentences import document_of
from onrecord.reading.time_rules import find_times
from onrecord.records import Span


def spoken(text: str) -> list[str]:
    tokens = document_of(text).sentences[0].tokens
    pairs = sorted(said_times(tokens, find_times(tokens)))
    return [text[tokens[low].start : tokens[high - 1].end] for low, high in pairs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five people died on Monday, police said on Tuesday.", ["Tuesday"]),
        ("Police said in a statement late on Tuesday that five died.", ["late on Tuesday"]),
        ("Orlin told reporters in Varno on Tuesday that five died.", ["Tuesday"]),
        ("The ministry on Tuesday said five died.", ["Tuesday"]),
        ("Police said five people died on Tuesday.", []),
        ("On Tuesday, police said five people died.", []),
        ("Five people died on Tuesday.", []),
    ],
)
def test_time_of_saying_is_told_from_the_time_of_happening(text: str, expected: list[str]) -> None:
    assert spoken(text) == expected


def test_statement_has_the_time_beside_its_own_verb() -> None:
    text = "Five died on Monday, police said on Tuesday."
    document = document_of(text)
    when = said_time(document, 0, Span(text.index("said"), text.index("said") + 4))
    assert when is not None
    assert when.of(text) == "Tuesday"
    assert said_time(document, 0, Span(0, 4)) is None
