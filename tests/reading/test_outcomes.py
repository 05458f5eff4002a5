"""Outcome words of a sentence: the longest form, several readings, a letter left out."""

import pytest

from onrecord.reading.outcomes import outcome_hits
from onrecord.reading.sentences import document_of


def outcomes(text: str) -> list[str]:
    return [hit.word.outcome for hit in outcome_hits(document_of(text).sentences[0].tokens)]


def test_longest_form_wins() -> None:
    assert outcomes("Four men were shot down.")[0] == "shot_down"


@pytest.mark.parametrize("text", ["Nine were hospitalisd.", "Nine were hospitalsed."])
def test_long_word_with_a_letter_left_out_is_still_read(text: str) -> None:
    assert outcomes(text) == ["hospitalised"]


@pytest.mark.parametrize("text", ["It was hosted.", "A kiled man.", "He was hospitable."])
def test_short_words_and_other_words_are_not_guessed(text: str) -> None:
    assert outcomes(text) == []
