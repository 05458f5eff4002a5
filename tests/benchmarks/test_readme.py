"""The parts of README.md that a program prints are what it prints today."""

import pytest

from readme import README, filled


@pytest.mark.usefixtures("with_model")
def test_readme_shows_what_the_reader_finds_and_the_floors() -> None:
    text = README.read_text(encoding="utf-8")
    assert filled(text) == text, "run python benchmarks/readme.py"
