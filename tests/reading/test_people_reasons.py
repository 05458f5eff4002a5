"""What the page says of a source beside its name."""

import pytest

from onrecord.reading.people import Cast
from onrecord.reading.sentences import document_of
from onrecord.records import Span

ROWS = [
    ("A port official said so on condition of anonymity.", "A port official", "unnamed: on condition of anonymity"),
    ("Two pilots, who were not authorised to speak, said so.", "Two pilots", "unnamed: not authorised to speak"),
    ("A spokesman for the Norvan Port Office said so.", "A spokesman for the Norvan Port Office",
     "speaks for Norvan Port Office"),
    ("A port official said so on condition of anonymity because talks go on. Later", "A port official",
     "unnamed: on condition of anonymity because talks go on"),
    ("A harbour ministry spokeswoman said so.", "A harbour ministry spokeswoman", "speaks for harbour ministry"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "says"), ROWS)
def test_what_the_page_says_of_a_source_is_explained(text: str, source: str, says: str) -> None:
    start = text.index(source)
    speaker = Cast(document_of(text)).resolve(Span(start, start + len(source)))
    assert says in speaker.why
    assert speaker.name == source


def test_named_person_is_not_called_unnamed() -> None:
    text = "Ana Torv, a pilot, said a colleague spoke on condition of anonymity."
    assert "unnamed" not in Cast(document_of(text)).resolve(Span(0, 8)).why
