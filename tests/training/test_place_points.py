"""training/place_points.py: the same figures give the same points, and what goes with the right place earns them."""

import pytest

pytest.importorskip("numpy", reason='numpy is not installed; pip install "onrecord[train]" to run this test')

from training import place_points

NAMES = ["near", "far", "none"]


def figures() -> list[place_points.Example]:
    choices = [{"near": 1.0}, {"far": 1.0}, {"near": 1.0, "far": 0.5}, {"none": 1.0}]
    told = [
        place_points.Example(f"page {at}", ["Varno", "Ardova", "Varno"], choices, [True, False, True, False], True)
        for at in range(40)
    ]
    bare = [
        place_points.Example(f"page {at}", ["Ardova"], choices[1:2] + choices[3:], [False, True], True)
        for at in range(40)
    ]
    lost = place_points.Example("page 0", ["Varno", "Ardova", "Varno"], choices, [False] * 4, True)
    return [*told, *bare, lost]


def test_what_goes_with_the_right_place_earns_points() -> None:
    near, far, none = place_points.fit(figures(), NAMES)
    assert near > none > far
    assert (near, far, none) == tuple(place_points.fit(figures(), NAMES))


def test_a_figure_whose_place_is_no_phrase_teaches_nothing() -> None:
    assert place_points.fit(figures(), NAMES) == pytest.approx(place_points.fit(figures()[:-1], NAMES))


def test_the_report_counts_rows_of_pages_that_were_left_out() -> None:
    assert place_points.report(figures(), NAMES) == (
        "40 pages, 81 toll rows found: place right 97.6 % of 41, none right 100.0 % of 40"
    )
