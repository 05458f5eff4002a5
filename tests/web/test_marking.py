"""The text of a page is cut at the edges of its claims, and nothing of it is lost or doubled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.answers import on_record
from onrecord.web.marking import marks_of, stretches

PAGES = (
    "Mayor Iva Dorn said on Monday that nine people had been killed in Norhaven. Two bridges collapsed.",
    "“At least 12 people died,” said Iva Dorn, who was told by the coast guard that five divers were injured.",
)


def parts(text):
    reading = onrecord.read(text=text, published="2026-03-02")
    claims = list(on_record(reading))
    return reading, claims, stretches(reading.page.text, reading.article, claims)


@pytest.mark.parametrize("text", PAGES)
def test_pieces_are_the_words_of_their_claims(text):
    reading, claims, made = parts(text)
    pieces = [piece for stretch in made for paragraph in stretch.paragraphs for piece in paragraph.pieces]
    for claim in claims:
        mark = next(one for one in marks_of([claim]) if one.kind in {"figure", "cue", "event"})
        mine = [piece for piece in pieces if claim.id in piece.claims and mark.kind in piece.kinds]
        words = "".join(piece.words for piece in mine)
        assert reading.page.text[mark.start : mark.end] in words
        assert sum(claim.id in piece.anchors for piece in pieces) == 1


@given(st.lists(st.sampled_from([*PAGES, "", "Menu | News | Sport", "It rained."]), max_size=4))
def test_no_word_is_lost_or_doubled(lines):
    text = "\n\n".join(lines)
    reading = onrecord.read(text=text)
    if reading.page is None:
        return
    made = stretches(reading.page.text, reading.article, list(on_record(reading)))
    shown = "".join(piece.words for one in made for paragraph in one.paragraphs for piece in paragraph.pieces)
    assert "".join(shown.split()) == "".join(reading.page.text.split())
