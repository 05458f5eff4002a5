"""benchmarks/calibration.py: bins, their error, and which claims are right."""

import json

import pytest

from calibration import TOPICS, Verdict, bin_name, measure, table
from measuring import Settings

TEXT = "Six shops burned, the mayor said. Two men were injured."
PAGE = {
    "id": "p1",
    "text": TEXT,
    "statements": [
        {
            "sentence": "Six shops burned, the mayor said.", "cue": "said", "source": "the mayor",
            "content": ["Six shops burned"],
        }
    ],
    "figures": [
        {
            "sentence": "Two men were injured.", "number": "Two", "low": 2, "high": 2, "kind": "total",
            "outcome": "injured",
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("confidence", "name"), [(0.0, "0.0-0.1"), (0.79, "0.7-0.8"), (0.8, "0.8-0.9"), (1, "0.9-1.0")]
)
def test_bin_of_a_confidence(confidence, name):
    assert bin_name(confidence) == name


def test_error_is_the_mean_distance_of_confidence_and_share_right():
    page = [Verdict("figures", 0.85, True)] * 3 + [Verdict("figures", 0.85, False)] + [Verdict("figures", 0.25, False)]
    assert table([page], 0) == {
        "figures: 0.2-0.3": {"confidence": 25.0, "right": 0.0, "n": 1},
        "figures: 0.8-0.9": {"confidence": 85.0, "right": 75.0, "n": 4},
        "figures: calibration error": {"ECE": 13.0, "n": 5},
    }


def test_share_right_has_an_interval():
    pages = [[Verdict("events", 0.5, good)] for good in (True, False) * 5]
    row = table(pages, 100)["events: 0.5-0.6"]
    assert row["from"] < row["right"] < row["to"]


def test_claims_are_judged_against_coded_pages(tmp_path):
    path = tmp_path / "coded.jsonl"
    path.write_text(json.dumps(PAGE), encoding="utf-8")
    rows = measure(path, Settings()).rows
    right = dict.fromkeys(TOPICS, 0.0)
    for name, row in rows.items():
        if "right" in row:
            right[name.split(":")[0]] += row["right"] * row["n"] / 100
    assert right == {"figures": 1.0, "statements": 1.0, "events": 0.0}
    assert rows["figures: calibration error"]["n"] == 2  # the shops are not coded, so that their figure is wrong
