"""Speakers that are pronouns against chains."""

import json
from pathlib import Path

import pytest

import coreference
from measuring import Settings
from taggers import tagger_called

TEXT = "Mayor Ana Torv said the port was shut. She said the dam was safe. He said nothing was safe."


def write(folder: Path, *, name: str = "page") -> Path:
    """Write a text with a chain for "She", none for "He"; return the file of the chains."""
    (folder / "attribution").mkdir()
    (folder / "entities").mkdir()
    (folder / "attribution" / "set_dev.jsonl").write_text(json.dumps({"id": name, "text": TEXT}), encoding="utf-8")
    she = TEXT.index("She")
    line = {"id": "page", "entities": [[6, 14, "PERSON"]], "coref": [[[0, 14], [she, she + 3]]]}
    chains = folder / "entities" / "set_corenlp_dev.jsonl"
    chains.write_text(json.dumps(line), encoding="utf-8")
    return chains


def test_right_chain_is_counted_and_pronouns_without_one_are_not_judged(tmp_path: Path) -> None:
    result = coreference.measure(write(tmp_path), Settings(tagger=tagger_called("lexicon")))
    assert result.rows["pronoun sources: right chain"] == {"share": 100.0, "n": 1}
    assert result.rows["pronoun sources: not judged"] == {"share": 50.0, "n": 2}
    assert any("automatic" in note for note in result.notes)


def test_text_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no text with the id page"):
        coreference.measure(write(tmp_path, name="other"), Settings(tagger=tagger_called("lexicon")))


@pytest.mark.parametrize(("mention", "named"), [((0, 14), True), ((6, 14), True), ((0, 20), False), ((7, 14), False)])
def test_name_has_to_end_the_mention(mention: tuple[int, int], named: bool) -> None:
    assert coreference.names_mention(TEXT, (6, 14), mention) is named
