"""Coded pages without their texts."""

import pytest

from coded import CodedFigure, CodedPage, CodedStatement
from offset_pages import Article, from_offsets, to_offsets

TEXT = "Two men died in Ostra. Police said two men were held.\n\nThe rest is not coded."
PAGE = CodedPage(
    "a",
    text=TEXT[:53],
    figures=(CodedFigure("Police said two men were held.", "two", 2, 2, counted="men", source="Police"),),
    statements=(CodedStatement("Police said two men were held.", "said", content=("two men were held",)),),
)


def test_a_page_comes_back_as_it_was_coded_with_its_text() -> None:
    back = from_offsets(to_offsets(PAGE, "gva"), Article(TEXT))
    assert (back.text, back.figures, back.statements) == (PAGE.text, PAGE.figures, PAGE.statements)


def test_no_word_of_the_text_is_kept() -> None:
    made = to_offsets(PAGE, "gva")
    assert not any(word in str(made) for word in ("Police", "held", "Ostra"))
    assert made.figures[0]["number"] == [TEXT.index("two men"), TEXT.index("two men") + 3]


def test_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="another one"):
        from_offsets(to_offsets(PAGE, "gva"), Article(TEXT.replace("Two", "Ten")))
