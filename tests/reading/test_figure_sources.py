"""Who gave a figure that no content holds, with the model."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.records import Origin

ROWS = [
    ("The health ministry gave the number of injured as 88, and said two of them were children.", "88", True),
    ("The ministry lowered the number of people killed to 21 from 23, saying some had been counted twice.", "21", True),
    ("Twelve people were hurt, the mayor of Orvo said.\n\nThe fire destroyed 30 homes in the old town.", "30", False),
    ("Police said the victims -- six men from Orvo, a nurse and two drivers -- are expected to live.", "two", True),
    ("“My father was at work,” said Ana Brel, who lost her daughter and two sons in the flood.", "two", False),
    ("A shell killed a shepherd near Varno, according to the Lorland police, and wounded six of his kin.", "six", True),
    ("About 900 homes had no heating on Sunday, the utility Lornet said, down from 2,000 at dawn.", "2,000", True),
    ("Three soldiers died, the army said on Friday, bringing its losses this month to nine.", "nine", True),
    ("While both sides deny firing on the port, forty sailors have been killed there.", "forty", False),
    ("Three soldiers died, the army said on Friday, as nine people died in a flood.", "nine", False),
]


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "number", "given"), ROWS)
def test_source_speaks_for_its_own_words(text: str, number: str, given: bool) -> None:
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))
    figure = next(f for f in reading.figures if reading.words(f.number) == number)
    assert (figure.source is not None) is given


@pytest.mark.usefixtures("with_model")
def test_place_of_a_later_sentence_is_not_taken() -> None:
    text = "Nine people died on Monday.\n\nThe president flew to Lisbon on Tuesday for talks in Madrid."
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))
    assert [figure.place for figure in reading.figures if figure.outcome == "killed"] == [None]
