"""Phrases that look like a single victim: who did it, who came to no harm, who is described as one of a group."""

import pytest

from onrecord.reading.no_victims import describes_member, is_doer, is_spared
from onrecord.reading.sentences import document_of


@pytest.mark.parametrize(
    ("following", "spared"),
    [
        ("escaped injuries from the shots", True),
        ("narrowly escaped without serious injury", True),
        ("had escaped unharmed", True),
        ("escaped from the camp", False),
        ("was injured", False),
        ("", False),
    ],
)
def test_who_escapes_harm_is_no_victim(following, spared):
    assert is_spared(following.split()) is spared


@pytest.mark.parametrize(
    ("before", "doer"),
    [
        ("six people were shot by", True),
        ("the men began shooting at", True),
        ("a shell killed", False),
        ("they walked by", True),
        ("by", False),
    ],
)
def test_who_does_it_is_no_victim(before, doer):
    assert is_doer(before.split()) is doer


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Ida Lorn was one of the victims.", True),
        ("The baker, one of the leaders of the strike, was arrested.", True),
        ("Seven boats sank, one of them off Orvo.", False),
        ("One of the miners died.", False),
        ("The shell killed one of the miners.", False),
        ("He was one metre from the door.", False),
    ],
)
def test_one_of_a_group_describes_somebody(text, described):
    tokens = document_of(text).sentences[0].tokens
    at = next(i for i, token in enumerate(tokens) if token.lower == "one")
    assert describes_member(tokens, at, at + 1) is described
