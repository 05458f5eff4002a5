"""benchmarks/check_gold.py: slips of a coder are found, and the project's own gold has none."""

import msgspec
import pytest

from check_gold import check
from coded import CodedEvent, CodedFigure, CodedPage, CodedStatement, load_coded

TEXT = "Six shops burned, the mayor said. She called the fire an attack."
FIGURE = CodedFigure(
    sentence="Six shops burned, the mayor said.", number="Six", low=6, high=6, kind="total", outcome="destroyed"
)
STATEMENT = CodedStatement(
    sentence="Six shops burned, the mayor said.",
    cue="said",
    source="the mayor",
    speaker="the mayor",
    content=("Six shops burned",),
)
EVENT = CodedEvent(sentence="She called the fire an attack.", trigger="fire", type="disaster")


def faults_of(**claims):
    return check([CodedPage(id="p", text=TEXT, **claims)])


def test_right_coding_has_no_fault():
    assert faults_of(figures=(FIGURE,), statements=(STATEMENT,), events=(EVENT,)) == []


@pytest.mark.parametrize(
    ("claim", "change", "says"),
    [
        (FIGURE, {"number": "Seven"}, "number is not in the text"),
        (FIGURE, {"number": "the fire"}, "number is not in the text"),  # in the text, not in the sentence
        (FIGURE, {"counted": "Shops"}, "counted is not in the text"),
        (FIGURE, {"place": " "}, "place is not in the text"),
        (FIGURE, {"outcome": "burnt"}, "outcome is 'burnt'"),
        (FIGURE, {"bound": "over"}, "bound is 'over'"),
        (FIGURE, {"high": 5}, "low 6 is above high 5"),
        (FIGURE, {"source": "the mayor"}, "both or none"),
        (STATEMENT, {"cue": "called"}, "cue is not in the text"),
        (STATEMENT, {"content": ("Seven shops",)}, "content is not in the text"),
        (STATEMENT, {"speaker": None}, "both or none"),
        (STATEMENT, {"act": "state"}, "act is 'state'"),
        (EVENT, {"trigger": "burned"}, "trigger is not in the text"),
        (EVENT, {"actors": ("the arsonist",)}, "actor or target is not in the text"),
        (EVENT, {"type": "fire"}, "type is 'fire'"),
        (EVENT, {"status": "over"}, "status is 'over'"),
    ],
)
def test_slip_is_found(claim, change, says):
    kind = {CodedFigure: "figures", CodedStatement: "statements", CodedEvent: "events"}[type(claim)]
    faults = faults_of(**{kind: (msgspec.structs.replace(claim, **change),)})
    assert len(faults) == 1
    assert says in faults[0]


def test_line_that_is_no_coded_page_is_named(tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": "b", "figures": 3}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"claims\.jsonl line 2"):
        load_coded(path)


def test_page_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="a stands twice"):
        load_coded(path)


def test_own_gold_has_no_fault(root):
    path = root / "gold" / "claims.jsonl"
    if not path.is_file():
        pytest.skip("gold/claims.jsonl is not written yet")
    assert check(load_coded(path)) == []


@pytest.mark.shared
@pytest.mark.parametrize("name", ["dev.jsonl", "seed/claims.jsonl"])
def test_shared_gold_has_no_fault(shared, name):
    assert check(load_coded(shared / "gold" / name)) == []
