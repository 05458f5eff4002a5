"""Words, features and windows that the reader model takes in."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.model_input import (
    MOST_PIECES,
    PieceTable,
    case_of,
    pieces_of,
    windows_of,
    words_of,
)
from onrecord.reading.sentences import document_of

TEXT = 'The mayor of Calder, Ada Rhys, said "nobody was hurt" on Friday.\nAt least 23 people died, police said.'


class Letters:
    """A tokenizer that makes a piece of every two letters of a word."""

    def encode(self, sequence: list[str], *, is_pretokenized: bool, add_special_tokens: bool) -> "Letters":
        assert is_pretokenized
        assert not add_special_tokens
        self.ids, self.word_ids = [], []
        for number, word in enumerate(sequence):
            for _ in range(0, len(word), 2):
                self.ids.append(7)
                self.word_ids.append(number)
        return self


class Silent(Letters):
    """A tokenizer that keeps nothing of a word of one letter."""

    def encode(self, sequence: list[str], *, is_pretokenized: bool, add_special_tokens: bool) -> "Letters":
        super().encode(sequence, is_pretokenized=is_pretokenized, add_special_tokens=add_special_tokens)
        kept = [(i, w) for i, w in zip(self.ids, self.word_ids, strict=True) if len(sequence[w]) > 1]
        self.ids, self.word_ids = [i for i, _ in kept], [w for _, w in kept]
        return self


@pytest.mark.parametrize(
    ("word", "feature"),
    [(",", 0), ("said", 1), ("Ada", 2), ("A", 2), ("UN", 3), ("McRae", 4), ("23", 5), ("16th", 5), ("“", 0)],
)
def test_case_of_a_word(word, feature):
    assert case_of(word) == feature


def test_words_are_those_of_the_sentences_with_their_offsets():
    words = words_of(document_of(TEXT))
    assert [TEXT[s:e] for s, e in zip(words.starts, words.ends, strict=True)][:6] == [
        "The",
        "mayor",
        "of",
        "Calder",
        ",",
        "Ada",
    ]
    assert words.places[0] == 2
    assert sum(place == 2 for place in words.places) == 2


def test_words_in_quotation_marks_are_marked():
    words = words_of(document_of(TEXT))
    marks = {TEXT[s:e]: q for s, e, q in zip(words.starts, words.ends, words.quotes, strict=True)}
    assert marks["nobody"] == marks["hurt"] == 1
    assert marks['"'] == 3
    assert marks["Friday"] == marks["mayor"] == 0


def test_words_behind_a_mark_that_is_never_closed_are_marked_as_such():
    words = words_of(document_of("“We lost the bridge, the mayor said"))
    assert words.quotes[1] == 2


def test_a_word_of_which_the_tokenizer_keeps_nothing_still_has_a_piece():
    words = words_of(document_of("a bridge , a road"))
    table = pieces_of("a bridge , a road", words, Silent())
    assert len(table.first) == len(words) + 1
    assert all(a < b for a, b in pairwise(table.first))


def test_a_run_of_letters_takes_few_pieces():
    text = "x" * 5000 + " fell"
    words = words_of(document_of(text))
    table = pieces_of(text, words, Letters())
    assert table.first[1] <= MOST_PIECES


def test_a_document_without_words_has_no_windows():
    words = words_of(document_of(""))
    assert list(windows_of(words, pieces_of("", words, Letters()), 20)) == []


SENTENCES = st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=4), min_size=1, max_size=8)


@given(SENTENCES, st.integers(14, 60))
def test_windows_show_every_word_once_and_never_too_many_pieces(paragraphs, limit):
    text = "\n".join(" ".join("Ab " + "cd " * count + "ef." for count in sentences) for sentences in paragraphs)
    words = words_of(document_of(text))
    table = pieces_of(text, words, Letters())
    windows = list(windows_of(words, table, limit))
    own = [word for window in windows for word in range(window.first, window.last)]
    assert own == list(range(len(words)))
    assert all(table.first[w.last] - table.first[w.first] <= limit for w in windows)
    assert all(w.first < w.last for w in windows)


def test_short_paragraphs_share_a_window_and_none_is_cut():
    text = "One two three.\nFour five six.\nSeven eight nine."
    words = words_of(document_of(text))
    table = PieceTable(list(range(len(words))), list(range(len(words) + 1)))
    assert [(w.first, w.last) for w in windows_of(words, table, 8)] == [(0, 8), (8, 12)]
