"""stories/linkage.py: average link, and pairs that must or must not stand together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.stories.linkage import average_link, with_lone

CHAIN = np.array([[0, 0.9, 0.1], [0.9, 0, 0.5], [0.1, 0.5, 0]])


def test_mean_of_all_pairs_decides():
    assert average_link(CHAIN, 0.3) == [[0, 1, 2]]
    assert average_link(CHAIN, 0.31) == [[0, 1], [2]]


def test_growth_lets_a_group_take_in_more():
    assert average_link(CHAIN, 0.31, growth=0.9) == [[0, 1, 2]]


def test_together_comes_first_and_apart_holds():
    assert average_link(CHAIN, 0.31, together=[(0, 2)]) == [[0, 1, 2]]
    assert average_link(CHAIN, 0.3, apart=[(0, 1)]) == [[0], [1, 2]]
    assert average_link(CHAIN, 0.95, together=[(0, 1), (1, 2)], apart=[(0, 2)]) == [[0, 1], [2]]


def test_nothing_to_group():
    assert average_link(np.zeros((0, 0)), 0.5) == []


@given(st.permutations(range(5)))
def test_order_of_rows_does_not_matter(order):
    table = np.array([[abs(a - b) * 7 % 5 / 5 + a * b / 100 for a in range(5)] for b in range(5)])
    groups = average_link(table[np.ix_(order, order)], 0.3)
    assert sorted(sorted(order[row] for row in group) for group in groups) == average_link(table, 0.3)


NEAR_THREE = np.array([
    [0.0, 0.9, 0.9, 0.9, 0.8],
    [0.9, 0.0, 0.9, 0.9, 0.8],
    [0.9, 0.9, 0.0, 0.9, 0.8],
    [0.9, 0.9, 0.9, 0.0, 0.0],
    [0.8, 0.8, 0.8, 0.0, 0.0],
])  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "least", "apart", "expected"),
    [
        ([[0, 1, 2, 3], [4]], 0.75, (), [[0, 1, 2, 3, 4]]),
        ([[0, 1, 2, 3], [4]], 0.85, (), [[0, 1, 2, 3], [4]]),
        ([[0, 1, 2, 3], [4]], 0.75, [(0, 4)], [[0, 1, 2, 3], [4]]),
        ([[0, 1], [2], [3], [4]], 0.75, (), [[0, 1], [2], [3], [4]]),
    ],
    ids=["like its nearest", "not enough", "kept apart", "no group is large enough"],
)
def test_a_lone_row_joins_the_group_whose_nearest_it_is_like(groups, least, apart, expected):
    assert with_lone(groups, NEAR_THREE, least, 3, apart) == expected
