"""benchmarks/shootings.py and tolls.py: the killed and injured of a page."""

import json

from measuring import Settings
from shootings import measure_gva, measure_gvdb


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
