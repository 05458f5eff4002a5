"""Paragraphs in capitals are read with small letters; nothing moves."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.reading.capitals import in_capitals, recased
from onrecord.records import Origin

PRINTED = "THE MAYOR SAID ON MONDAY THAT TWO MEN WERE KILLED NEAR VELM BY A BOMB.  ANA BRELMAR WAS NOT AMONG THEM."


def test_words_are_small_and_names_keep_their_capital():
    found = recased(PRINTED)
    assert (
        found
        == "The mayor said on Monday that two men were killed near Velm by a bomb.  Ana Brelmar was not among them."
    )
    assert len(found) == len(PRINTED)


@pytest.mark.parametrize("text", ["NATO", "BREAKING NEWS", "Two men were killed near Velm, the mayor said on Monday."])
def test_short_or_mixed_text_stays(text):
    assert not in_capitals(text)
    assert recased(text) == text


def test_initials_and_acronyms_stay():
    assert "U.S. " in recased("THE U.S. EMBASSY IN VELM WAS HIT BY A CAR BOMB, THE FMLN SAID ON TUESDAY.")
    assert "FMLN" in recased("THE U.S. EMBASSY IN VELM WAS HIT BY A CAR BOMB, THE FMLN SAID ON TUESDAY.")


def test_figures_are_read_and_the_printed_words_stay():
    reading = read_bytes(PRINTED.encode(), Origin(name="page", media_type="text"))
    [two] = [figure for figure in reading.figures if figure.outcome == "killed"]
    assert (two.low, reading.words(two.number), reading.words(two.counted)) == (2, "TWO", "MEN")
    assert reading.page is not None
    assert reading.page.text == PRINTED
