"""benchmarks/newsdiscourse.py: which sentences count as having speech."""

import json

from measuring import Settings
from newsdiscourse import LabelledArticle, LabelledSentence, laid_out, measure

SENTENCES = [
    ("Six shops burned in Orlo.", False, "Main", 1),
    ("“The roof fell in,” baker Anna Feld said.", True, "Main", 1),
    ("The fire brigade said that nobody was hurt.", False, "Main", 2),
    ("Police said that the street is closed.", False, "NA", 3),
]


def article(sentences=SENTENCES) -> dict:
    keys = ("text", "speech", "role", "paragraph")
    return {"id": "n1", "outlet": "nwa", "sentences": [dict(zip(keys, sentence)) for sentence in sentences]}


def rows(tmp_path, *articles):
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    return measure(path, Settings())


def test_sentence_with_a_cue_counts_and_the_label_is_explained(tmp_path):
    result = rows(tmp_path, article())
    assert result.rows["speech"] == {"P": 33.3, "R": 100.0, "F1": 50.0, "n": 1}
    assert result.rows["speech: nwa"] == result.rows["speech"]
    assert "human speakers only" in result.notes[0]


def test_furniture_is_left_out_of_its_row(tmp_path):
    assert rows(tmp_path, article()).rows["speech: no furniture"]["P"] == 50.0


def test_speaker_known_to_be_no_human_is_left_out_of_its_row(tmp_path):
    sentences = [("The Orlo Weather Institute said that the storm is over.", False, "Main", 1)]
    found = rows(tmp_path, article([*SENTENCES[:2], *sentences])).rows
    assert found["speech"]["P"] == 50.0
    assert found["speech: human speakers"]["P"] == 100.0


def test_sentence_of_a_long_content_counts(tmp_path):
    sentences = [("“The roof fell in.", True, "Main", 1), ("The wall held,” Anna Feld said.", True, "Main", 1)]
    assert rows(tmp_path, article(sentences)).rows["speech"]["R"] == 100.0


def test_paragraphs_stand_apart():
    sentences = tuple(LabelledSentence(text, False, None, number) for text, number in (("A.", 1), ("B.", 1), ("C.", 2)))
    assert laid_out(LabelledArticle("n1", sentences)) == ("A. B.\n\nC.", [(0, 2), (3, 5), (7, 9)])
