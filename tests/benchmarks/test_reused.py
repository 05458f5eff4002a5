"""benchmarks/reused.py: which pairs count, and a small set end to end."""

import json

import pytest

from measuring import Settings
from reused import MadeText, measure, truth

WORDS = [f"word{number}x" for number in range(400)]
WIRE = " ".join(WORDS[:200]) + "."
OWN = " ".join(WORDS[200:]) + "."


def text(kind, event="e1", body=WIRE, cluster="w"):
    return MadeText(id=kind, text=body, event=event, cluster=cluster, kind=kind)


@pytest.mark.parametrize(
    ("a", "b", "right"),
    [
        (text("wire"), text("truncated 40-70%"), "copy"),
        (text("partial: pasted"), text("wire"), "partial"),
        (text("wire"), text("independent"), "none"),
        (text("truncated 40-70%"), text("heavily cut"), None),
        (text("independent"), text("revised: new lead"), None),
        (text("independent"), text("revised: new lead", event="e2"), "none"),
    ],
)
def test_truth_of_a_pair(a, b, right):
    assert truth(a, b) == right


def test_a_set_is_compared_and_scored(tmp_path):
    made = {
        "wire": (WIRE, "w"),
        "truncated": (" ".join(WORDS[:100]) + ".", "w"),
        "partial: pasted": (OWN + " " + " ".join(WORDS[:80]) + ".", "w"),
        "independent": (" ".join(f"other{number}" for number in range(150)) + ".", "i"),
    }
    lines = [
        {"id": kind, "text": body, "event": "e1", "cluster": cluster, "kind": kind}
        for kind, (body, cluster) in made.items()
    ]
    path = tmp_path / "copies.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    rows = measure(path, Settings()).rows
    assert rows["copy"]["F1"] == rows["any reuse"]["F1"] == 100.0
    assert rows["passages"]["share"] == rows["sources exact"]["share"] == 100.0
