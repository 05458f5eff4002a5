"""Expressions of time are found whole, and words that only look like them are left alone."""

import pytest

from onrecord.reading.sentences import document_of
from onrecord.reading.time_rules import find_times


def found(text: str) -> list[str]:
    return [
        text[sentence.tokens[low].start : sentence.tokens[high - 1].end]
        for sentence in document_of(text).sentences
        for low, high in find_times(sentence.tokens)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It burned late Thursday.", ["late Thursday"]),
        ("It burned late on Thursday.", ["late on Thursday"]),
        ("It burned at 6:30 p.m. on Friday.", ["6:30 p.m. on Friday"]),
        ("It burned at 5 p.m. local time (1400 GMT) on Friday.", ["5 p.m. local time (1400 GMT) on Friday"]),
        ("It burned at 14:30 GMT.", ["14:30 GMT"]),
        ("They won 3:21 and lost.", []),
        ("He led it from 2010 to 2016.", ["from 2010 to 2016"]),
        ("He led it between May 13 and July 30, 2017.", ["between May 13 and July 30, 2017"]),
        ("It is shut from Wednesday to Friday.", ["from Wednesday to Friday"]),
        ("It rained on Wednesday and Thursday.", ["Wednesday", "Thursday"]),
        ("It is shut until the end of the week.", ["until the end of the week"]),
        ("It fell in the first half of 2018.", ["the first half of 2018"]),
        ("It fell over the past couple of months.", ["the past couple of months"]),
        ("It fell twenty-one years ago.", ["twenty-one years ago"]),
        ("It rained over the weekend.", ["the weekend"]),
        ("It fell later in the day.", ["later in the day"]),
        ("It rained the previous afternoon.", ["the previous afternoon"]),
        ("It opens on the first Monday of October.", ["the first Monday of October"]),
        ("It burned on Tue, March 22, 2016.", ["Tue, March 22, 2016"]),
        ("It closed on New Year's Eve.", ["New Year's Eve"]),
        ("They ate on Easter Sunday.", ["Easter Sunday"]),
        ("He won the 2016 race and Lorland's 2017 vote.", ["2016", "2017"]),
        ("They moved in the fall of 2004.", ["the fall of 2004"]),
        ("Some 2000 people and 1950 homes were hit.", []),
        ("He paid $2016 for it.", []),
        ("May Orlin read the Sun.", []),
    ],
)
def test_expression_is_found_whole(text: str, expected: list[str]) -> None:
    assert found(text) == expected
