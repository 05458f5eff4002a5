"""A time, an article alone and a dateline are never a source, with the rules and with the model."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.records import Origin, Reading

ROWS = [
    (
        "The civil protection service, which on Tuesday night had spoken of 13 dead, corrected the toll to nine.",
        [("The civil protection service", "13 dead")],
    ),
    (
        "Rescuers, who on Sunday night told reporters that four men were missing, found two of them.",
        [("Rescuers", "four men were missing")],
    ),
    (
        "The mayor of Orvo, who on Friday said 12 people had been injured, lowered the number on Saturday.",
        [("The mayor of Orvo", "12 people had been injured")],
    ),
    ("Police on Friday night said two men had been held.", [("Police", "two men had been held")]),
    (
        'SURYAKOT: "Forty-seven passengers were killed when a bus fell into a gorge", police said.',
        [("police", "Forty-seven passengers were killed when a bus fell into a gorge")],
    ),
]


def read(text: str) -> Reading:
    return read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))


def said(text: str) -> list[tuple[str | None, str | None]]:
    reading = read(text)
    return [(reading.words(s.source), reading.words(s.content[0])) for s in reading.statements]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_time_is_no_source(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_time_is_no_source_with_the_model(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.usefixtures("with_model")
def test_number_takes_no_article_as_source() -> None:
    reading = read("The agency put the dead at 34, up from 29 on Sunday.")
    assert "The" not in [reading.words(figure.source) for figure in reading.figures]


def test_dateline_is_neither_source_nor_headline() -> None:
    reading = read("SURYAKOT: Forty-seven passengers were killed\n\nNine of them were children, police said on Monday.")
    assert reading.article is not None
    assert reading.article.headline is None
    assert [reading.words(s.source) for s in reading.statements] == ["police"]
