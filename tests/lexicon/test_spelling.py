"""Spellings of one name, by rule."""

import pytest

from onrecord.lexicon.spelling import given_agree, same_spelling, surname_of


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Zelensky", "Zelenskyy"),
        ("Zelensky", "Zelenskiy"),
        ("Torvsky", "Torvskij"),
        ("Sergei", "Sergey"),
        ("Dmitry", "Dmitri"),
        ("Mohammed", "Muhammad"),
        ("Mahmoud", "Mahmud"),
        ("Erdoğan", "Erdogan"),
        ("Qasim", "Kasim"),
    ],
)
def test_spellings_of_one_name_meet(a: str, b: str) -> None:
    assert same_spelling(a, b)
    assert same_spelling(b, a)


@pytest.mark.parametrize(("a", "b"), [("Li", "Lee"), ("Marsh", "March"), ("Torv", "Dorn"), ("Ivanov", "Ivanova")])
def test_other_names_stay_apart(a: str, b: str) -> None:
    assert not same_spelling(a, b)


@pytest.mark.parametrize(
    ("words", "surname"), [(("Ivo", "Marsh", "Jr"), "Marsh"), (("Ana", "Torv"), "Torv"), (("Jr", "."), ""), ((), "")]
)
def test_surname_is_the_last_word_that_is_no_suffix(words: tuple[str, ...], surname: str) -> None:
    assert surname_of(words) == surname


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        (("Ana", "Torv"), ("Ana", "Torv"), True),
        (("A.", "Torv"), ("Ana", "Torv"), True),
        (("Ana", "Torv"), ("Iva", "Torv"), False),
        (("Torv",), ("Ana", "Torv"), False),
    ],
)
def test_given_names_agree_never_without_one(a: tuple[str, ...], b: tuple[str, ...], agree: bool) -> None:
    assert given_agree(a, b) is agree
