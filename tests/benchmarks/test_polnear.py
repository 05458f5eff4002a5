"""benchmarks/polnear.py: the table of the tagger's layer and the table of what is read."""

import json

import pytest

from attributions import Attribution
from measuring import Settings
from onrecord.reading.lexicon_tagger import LexiconTagger
from onrecord.records import Span
from polnear import layer_of, measure

TEXT = "The bridge is closed, the mayor said. The shops hope for a new one."
SAID = {"source": [[22, 31]], "cue": [[32, 36]], "content": [[0, 20]]}
HOPES = {"source": [[38, 47]], "cue": [[48, 52]], "content": [[53, 66]]}


class LayerTagger(LexiconTagger):
    """Finds the same attributions in every text, as spans."""

    def attributions(self, document):
        return [
            Attribution(*(tuple(Span(*place) for place in one[role]) for role in ("source", "cue", "content")))
            for one in (SAID, HOPES)
        ]


@pytest.fixture
def path(tmp_path):
    lines = [{"id": "a1", "text": TEXT, "attributions": marked} for marked in ([SAID, HOPES], [SAID])]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_tagger_without_a_layer_is_said_and_statements_are_scored(path):
    result = measure(path, Settings(tagger=LexiconTagger()))
    assert "'lexicon' has no method `attributions`" in result.notes[0]
    assert not any(name.startswith("layer") for name in result.rows)
    assert result.rows["read: AR-speech"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "n": 2}
    assert result.rows["read: AR-main"]["R"] == 66.7  # the hope of one annotator is no statement


def test_text_of_two_annotators_is_read_once_and_scored_against_each(path):
    result = measure(path, Settings(tagger=LayerTagger(), boot=20))
    assert result.pages == 1
    assert result.rows["layer: AR-exact"] | {"from": 0, "to": 0} == {
        "P": 75.0, "R": 100.0, "F1": 85.7, "n": 3, "from": 0, "to": 0,
    }  # fmt: skip
    assert result.rows["layer: AR-main"]["from"] < result.rows["layer: AR-main"]["to"]


def test_first_lines_only(path):
    assert measure(path, Settings(tagger=LayerTagger(), first=1)).rows["layer: AR-exact"]["F1"] == 100.0


def test_layer_comes_as_places(path):
    assert layer_of(LayerTagger(), TEXT)[0] == Attribution(((22, 31),), ((32, 36),), ((0, 20),))


def test_missed_attribution_is_among_the_faults(path):
    faults = measure(path, Settings(tagger=LexiconTagger())).faults
    assert faults == ["a1  read: missed The shops | hope | for a new one"]
