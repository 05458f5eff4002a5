"""The words of a place fall into name, type, what holds it, and the nation of the adjective before it."""

import pytest

from onrecord.reading.place_phrases import Phrase, parse_phrase
from onrecord.reading.sentences import tokens


def parse(text: str, words: str | None = None) -> Phrase:
    """Parse the words of a text, all of it by default."""
    found = tokens(text, 0, len(text))
    start = text.index(words) if words else 0
    end = start + len(words or text)
    low = next(n for n, token in enumerate(found) if token.end > start)
    high = next((n for n, token in enumerate(found) if token.start >= end), len(found))
    return parse_phrase(found, low, high)


@pytest.mark.parametrize(
    ("text", "names", "kind", "holders", "nations"),
    [
        ("Lomnik", ("Lomnik",), None, (), ()),
        ("the Lomnik district", ("Lomnik",), "district", (), ()),
        ("Lomnik, Peru", ("Lomnik",), None, ("Peru",), ()),
        ("the Peruvian city of Lomnik", ("Lomnik",), "city", (), ("PE",)),
        ("Peru's northern Lomnik province", ("Lomnik",), "region", ("Peru",), ()),
        ("a hospital in Lomnik", (), "facility", ("Lomnik",), ()),
        ("the coast of Peru", ("Peru",), "area", (), ()),
        ("St. Lomnik", ("St", ".", "Lomnik"), None, (), ()),
        ("Saudi Arabia", ("Saudi", "Arabia"), None, (), ()),
        ("the Gulf of Lomnik", ("Gulf", "of", "Lomnik"), None, (), ()),
        ("Lomnik-based", ("Lomnik",), None, (), ()),
    ],
)
def test_phrase_has_parts(
    text: str, names: tuple[str, ...], kind: str | None, holders: tuple[str, ...], nations: tuple[str, ...]
) -> None:
    found = parse(text)
    assert (found.names, found.kind, found.holders, found.nations) == (names, kind, holders, nations)


def test_words_behind_the_stretch_are_read() -> None:
    found = parse("It rained in Lomnik province, Peru.", "Lomnik")
    assert (found.kind, found.holders) == ("region", ("Peru",))


def test_place_beside_is_no_holder() -> None:
    assert parse("Shots fell in Lomnik, east of Varno.", "Lomnik").holders == ()


@pytest.mark.parametrize("text", ["Lomnik and Varno", "Lomnik, Varno and Ardova", "eastern Lomnik and western Varno"])
def test_list_is_seen(text: str) -> None:
    assert parse(text).several


def test_part_is_told_from_a_city_that_lies_there() -> None:
    assert parse("northern Lomnik").direction
    assert not parse("the northern city of Lomnik").direction
