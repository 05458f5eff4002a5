"""A quotation is found again in a changed text, and never at the wrong place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import AnchorError, SpanError
from onrecord.ledger.anchors import TextQuote, find, from_selector, quote, to_selector
from onrecord.records import Span

TEXT = "Nine people died in Norhaven. In Calder nine people died too, and 40 people were hurt."

FOUND = [
    pytest.param(TEXT, "40 people", TEXT, id="unchanged"),
    pytest.param(TEXT, "40 people", "New: a longer beginning. " + TEXT, id="text before"),
    pytest.param(TEXT, "40 people", TEXT.replace("Nine people died in Norhaven. ", ""), id="sentence removed"),
    pytest.param(TEXT, "40 people", TEXT.replace("were hurt", "were injured"), id="surroundings changed"),
    pytest.param("é 🚒 5 died", "5", "🚒🚒 é 🚒 5 died", id="beyond the basic plane"),
]


@pytest.mark.parametrize(("old", "words", "new"), FOUND)
def test_quotation_is_found_in_the_changed_text(old: str, words: str, new: str) -> None:
    start = old.index(words)
    span = find(new, quote(old, Span(start, start + len(words))))
    assert span is not None
    assert span.of(new) == words


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(TEXT.replace("40", "41"), id="the number changed"),
        pytest.param("", id="empty text"),
        pytest.param(TEXT.replace("40 people", "40  people"), id="another space"),
    ],
)
def test_changed_words_are_not_found(new: str) -> None:
    start = TEXT.index("40 people")
    assert find(new, quote(TEXT, Span(start, start + 9))) is None


def test_surroundings_tell_two_places_apart() -> None:
    old = "In Norhaven 9 died. In Calder 9 died."
    for place in (old.index("9"), old.rindex("9")):
        quotation = quote(old, Span(place, place + 1))
        assert find(old, quotation) == Span(place, place + 1)
        assert find("Update. " + old, quotation) == Span(place + 8, place + 9)


def test_two_places_alike_are_told_apart_by_nothing_but_the_old_place() -> None:
    quotation = TextQuote(exact="9")
    assert find("9 - 9", quotation) is None
    assert find("9 - 9", quotation, near=3) == Span(4, 5)
    assert find("9 - 9", quotation, near=2) is None


def test_surroundings_beat_the_old_place() -> None:
    quotation = TextQuote(exact="9", prefix="Calder ")
    assert find("Norhaven 9, Calder 9", quotation, near=9) == Span(19, 20)


def test_empty_span_and_span_outside_are_refused() -> None:
    with pytest.raises(AnchorError, match="no words to quote"):
        quote(TEXT, Span(3, 3))
    with pytest.raises(SpanError):
        quote(TEXT, Span(3, 3000))


def test_selector_goes_there_and_back() -> None:
    quotation = quote(TEXT, Span(0, 4))
    assert to_selector(quotation)["type"] == "TextQuoteSelector"
    assert from_selector(to_selector(quotation)) == quotation


@pytest.mark.parametrize("selector", [{}, {"exact": ""}, {"exact": 3}, None, {"type": "XPathSelector", "exact": "a"}])
def test_wrong_selector_is_refused(selector: object) -> None:
    with pytest.raises(AnchorError):
        from_selector(selector)


@given(text=st.text(min_size=1, max_size=60), data=st.data())
def test_what_is_quoted_is_found_where_it_stood(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert find(text, quote(text, span), near=span.start) == span


@given(old=st.text(alphabet="ab ", min_size=1, max_size=30), new=st.text(alphabet="ab ", max_size=60), data=st.data())
def test_what_is_found_are_the_same_words(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    quotation = quote(old, Span(start, data.draw(st.integers(start + 1, len(old)))))
    found = find(new, quotation)
    assert found is None or found.of(new) == quotation.exact
