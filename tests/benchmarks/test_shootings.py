"""benchmarks/shootings.py and tolls.py: the killed and injured of a page."""

import json

import pytest

from measuring import Settings
from onrecord.records import Figure, Span
from shootings import measure_gva, measure_gvdb
from tolls import KILLED, page_total


def figure(low, *, high=None, kind="total", outcome="killed", **changes) -> Figure:
    point = changes.pop("point", low)
    here = Span(0, 1)
    high = low if high is None else high
    return Figure(
        id="f", number=here, sentence=here, low=low, high=high, point=point, kind=kind, outcome=outcome, **changes
    )


@pytest.mark.parametrize(
    ("figures", "total"),
    [
        ([], 0),
        ([figure(2), figure(3)], 3),
        ([figure(2), figure(9, kind="background"), figure(8, kind="previous")], 2),
        ([figure(2), figure(5, kind="subset")], 2),
        ([figure(5, kind="subset")], 5),
        ([figure(2), figure(9, modality="possible"), figure(7, polarity="denied")], 2),
        ([figure(2), figure(9, outcome="injured")], 2),
        ([figure(20, high=99, point=None)], 20),
        ([figure(None, point=None)], 0),
    ],
)
def test_toll_of_a_page_is_its_largest_whole_count(figures, total):
    assert page_total(figures, KILLED) == total


def written(tmp_path, *reports):
    lines = [
        {"id": f"r{at}", "text": text, "gold": {"killed": killed, "injured": injured, "days_after": day}}
        for at, (text, killed, injured, day) in enumerate(reports)
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


BOTH = "Two people were killed and three were injured at a shop in Orlo."


def test_numbers_of_a_page_are_scored_one_by_one_and_together(tmp_path):
    path = written(tmp_path, (BOTH, 2, 3, None), (BOTH, 2, 1, None))
    result = measure_gvdb(path, Settings())
    shares = {name: (row["share"], row["n"]) for name, row in result.rows.items()}
    assert shares == {
        "killed": (100.0, 2),
        "injured": (50.0, 2),
        "both": (50.0, 2),
        "killed above one": (100.0, 2),
        "injured above one": (100.0, 1),
        "above one": (100.0, 3),
    }
    assert [line.split()[0] for line in result.faults] == ["r1"]


def test_reports_of_another_week_are_left_out_and_counted(tmp_path):
    path = written(tmp_path, (BOTH, 2, 3, 0), (BOTH, 2, 3, 7), (BOTH, 9, 9, 8), (BOTH, 9, 9, -1), (BOTH, 9, 9, None))
    result = measure_gva(path, Settings())
    assert result.rows["both"] == {"share": 100.0, "n": 2}
    assert "3 of 5 reports" in result.notes[1]
