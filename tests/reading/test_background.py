"""How much says that a number is history: signs, older years, the place in the article, the opening of a short page."""

import pytest

from onrecord.pages.textdump import read_text
from onrecord.reading.background import BACKGROUND_FROM, History
from onrecord.reading.sentences import make_document
from onrecord.records import Origin

FILLER = "The council met in the hall. It heard three speakers. They talked of roads. The mayor took notes. "


def weights(text: str) -> list[float]:
    page, article = read_text(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))
    document = make_document(page, article)
    history = History(document)
    return [history.weight(sentence, None) for sentence in document.sentences]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("A ferry sank off Lint on Friday. In March 2019 a ferry sank there and 40 people drowned.", 1),
        ("A ferry sank off Lint. Over the years similar wrecks have killed hundreds in the past decades.", 1),
    ],
)
def test_history_weighs_enough(text: str, at: int) -> None:
    assert weights(text)[at] >= BACKGROUND_FROM


def test_the_opening_of_a_short_page_is_its_news_unless_it_says_otherwise() -> None:
    assert weights("A train crash killed 23 people on Tuesday.")[0] < 0
    assert weights("In 2019 a train crash killed 23 people.")[0] >= BACKGROUND_FROM


def test_what_stands_late_weighs_more_than_what_stands_first() -> None:
    found = weights("Nine people died in Calder. " + FILLER + FILLER + "Nine people died in Calder.")
    assert found[0] < 0 < found[-1]


def test_a_sentence_takes_over_from_the_one_before_in_its_paragraph() -> None:
    one, other = "In March 2019 a ferry sank off Lint. ", "The wreck killed 40 people."
    assert weights("Boats were checked. " + one + other)[2] > weights("Boats were checked. " + one + "\n\n" + other)[2]
