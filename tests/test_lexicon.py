"""lexicon/*.tsv: every file loads, says what its rows are for, and holds no row twice."""

from importlib.resources import files

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import rows, words

FOLDER = files("onrecord.lexicon")
NAMES = sorted(path.name.removesuffix(".tsv") for path in FOLDER.iterdir() if path.name.endswith(".tsv"))


def lines(name: str) -> list[str]:
    return FOLDER.joinpath(f"{name}.tsv").read_text(encoding="utf-8").split("\n")


def test_there_are_lexicon_files():
    assert "abbreviations" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_lexicon_file_loads(name):
    assert rows(name)


@pytest.mark.parametrize("name", NAMES)
def test_lexicon_file_has_a_comment_column_last(name):
    columns = list(rows(name)[0])
    assert columns[-1] == "comment"
    assert len(columns) > 1
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("name", NAMES)
def test_lexicon_row_says_something(name):
    blank = [row for row in rows(name) if not any(value for column, value in row.items() if column != "comment")]
    assert blank == []


@pytest.mark.parametrize("name", NAMES)
def test_lexicon_row_stands_once(name):
    seen: set[tuple[str, ...]] = set()
    twice = []
    for row in rows(name):
        cells = tuple(value for column, value in row.items() if column != "comment")
        if cells in seen:
            twice.append(cells)
        seen.add(cells)
    assert twice == []


@pytest.mark.parametrize("name", NAMES)
def test_lexicon_file_has_no_stray_blanks(name):
    stray = [
        cell for line in lines(name) if not line.startswith("#") for cell in line.split("\t") if cell != cell.strip(" ")
    ]
    assert stray == []


def test_unknown_lexicon_is_refused():
    with pytest.raises(LexiconError, match="docs/lexicons"):
        rows("no_such_file")


def test_words_are_lower_case():
    assert "mr" in words("abbreviations", "never_end")
    assert all(word == word.lower() for word in words("abbreviations", "never_end"))
