"""benchmarks/told.py: a small coded set end to end, and what counts as a revision that is found."""

import json

import pytest

from measuring import Settings
from onrecord.reading.lexicon_tagger import LexiconTagger
from told import measure

TEXTS = {
    "a": "The flood in Orvane killed 9 people. Rescue teams searched the Orvane harbour for Dalia Renko's crew.",
    "b": "The flood in Orvane killed 14 people. Rescue teams searched the Orvane harbour for Dalia Renko's crew again.",
}


@pytest.fixture
def coded(tmp_path):
    """The path of a set of two articles of one story, of which the reader may have seen the first."""
    ends = {"a": {"id": "a", "low": 9, "high": 9}, "b": {"id": "b", "low": 14, "high": 14}}
    sets = {
        "articles": [
            {"id": id, "text": text, "published": f"2031-03-0{day}", "outlet": id, "in_gold_train": id == "a"}
            for day, (id, text) in enumerate(TEXTS.items(), 4)
        ],
        "series": [{**end, "outcome": "killed"} for end in ends.values()],
        "revisions": [{"outcome": "killed", "kind": "revised_up", "from": ends["a"], "to": ends["b"]}],
    }
    for name, lines in sets.items():
        (tmp_path / f"x_{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path / "x_articles.jsonl"


def test_a_revision_is_found(coded):
    rows = measure(coded, Settings(tagger=LexiconTagger())).rows
    assert rows["rows read"] == rows["rows found"] == {"R": 100.0, "n": 2}
    assert rows["revisions"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "n": 1}
    assert rows["wrong scope"] == {"wrong": 0, "n": 0}


def test_unseen_articles_have_rows_of_their_own(coded):
    rows = measure(coded, Settings(tagger=LexiconTagger())).rows
    assert rows["unseen: rows found"]["n"] == 1
    assert rows["unseen: revisions"]["n"] == 0


def test_a_pair_of_other_scope_in_one_series_is_wrong(coded):
    path = coded.with_name("x_revisions.jsonl")
    path.write_text(path.read_text(encoding="utf-8").replace("revised_up", "different_scope"), encoding="utf-8")
    assert measure(coded, Settings(tagger=LexiconTagger())).rows["wrong scope"] == {"wrong": 1, "n": 1}
