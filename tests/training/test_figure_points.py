"""training/figure_points.py: the same numbers give the same points, and rules that are right earn trust."""

import pytest

pytest.importorskip("numpy", reason='numpy is not installed; pip install "onrecord[train]" to run this test')

from onrecord.reading.figure_points import Ruled, points
from onrecord.reading.model_layers import OUTCOMES
from training import figure_points

EVEN = dict.fromkeys(OUTCOMES, 1.0 / len(OUTCOMES))


def example(page: int, outcome: str, ruled: str, history: float, *, toll: bool) -> figure_points.Example:
    side = "none" if ruled == "none" else "right"
    return figure_points.Example(
        page=f"page {page}",
        outcomes=EVEN,
        part=0.5,
        ruled=Ruled(ruled, side, single=False, open_worded=False, history=history),
        outcome=outcome,
        toll=toll,
    )


def numbers() -> list[figure_points.Example]:
    fresh = [example(at, "killed", "killed", -1.0, toll=True) for at in range(8)]
    old = [example(at, "killed", "killed", 3.0, toll=False) for at in range(8)]
    plain = [example(at, "none", "none", 0.0, toll=False) for at in range(8)]
    return fresh + old + plain


def test_rules_that_are_right_earn_trust_and_history_speaks_against_a_toll():
    found = figure_points.fit(numbers(), list(points()))
    assert found["outcome:is=killed"] > 0
    assert found["toll:history"] < 0
    assert found == figure_points.fit(numbers(), list(points()))


def test_the_report_counts_rows_of_pages_that_were_left_out():
    assert figure_points.report(numbers(), list(points())) == (
        "8 pages, 8 toll rows found: outcome right 100.0 %, called a toll P 100.0 R 100.0"
    )
