"""Captions, photo credits and glued alternative text are told apart, and from prose."""

import pytest

from onrecord.pages.captions import CaptionParts, caption_parts, is_photo_credit

ALT = "Mayor Falk, port strike, harbour view"


@pytest.mark.parametrize(
    ("alt", "words", "credit"),
    [
        ("", "Boats lie in Port Ostra, May 3, 2031. ", "REUTERS/Ana Reyes"),
        ("", "Boats lie in Port Ostra. ", "Harbour Board/Handout via REUTERS/File Photo"),
        ("", "The mayor speaks on May 3, 2031. ", "(Xinhua/Ana Reyes)"),
        (ALT, "When asked, he said “no”. ", "(AP Photos)"),
        ("", "A boat in the harbour. ", "Photo: Tom Okoro"),
        ("", "A boat in the harbour ", "(Representational image)"),
        ("", "FILE PHOTO: The mayor waves to the crowd", ""),
        ("", "", "Getty Images"),
        ("", "", "© Ana Reyes"),
    ],
)
def test_caption_is_cut_in_parts(alt: str, words: str, credit: str) -> None:
    text = alt + words + credit
    found = caption_parts(text)
    assert found is not None
    assert (text[: found.words], text[found.words : found.credit], text[found.credit :]) == (alt, words, credit)


@pytest.mark.parametrize(
    "text",
    [
        "Five people drowned, the harbour office said (Reuters)",
        "Five people drowned on Friday. Reuters",
        "The photo shows a boat that sank in May.",
        "He asked Getty Images and the port for the pictures.",
        "Officials put the loss at 2/3 of the fleet. Nobody was hurt.",
        "",
    ],
)
def test_prose_is_no_caption(text: str) -> None:
    assert caption_parts(text) is None


def test_agency_alone_credits_a_picture_only_under_it() -> None:
    text = "The mayor speaks to the crew. AFP"
    found = caption_parts(text, under_picture=True)
    assert found is not None
    assert text[found.credit :] == "AFP"


@pytest.mark.parametrize("name", ["the iPhone was found by the crew", "McRae and DeVille left by boat at night"])
def test_names_with_inner_capitals_are_no_joins(name: str) -> None:
    found = caption_parts(f"{name}. (AP Photos)")
    assert found is not None
    assert found.words == 0


def test_photo_credit_is_short() -> None:
    assert not is_photo_credit("REUTERS/" + "Ana " * 30)


def test_caption_before_a_credit_in_brackets_keeps_its_words() -> None:
    line = "Boats leave the harbour on Friday (AP Photo/Tom Okoro)"
    found = caption_parts(line, under_picture=True)
    assert found is not None
    assert line[found.words : found.credit].strip() == "Boats leave the harbour on Friday"
    names = "AFP/Tom Okoro (AP)"
    assert caption_parts(names, under_picture=True) == CaptionParts(0, 0)
