"""Scores of the reader model become legal spans."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.reading.decoding import bio_spans, whole_spans


def logs_of(tags, sure=3.0, classes=3):
    table = np.zeros((len(tags), classes), dtype=np.float32)
    table[np.arange(len(tags)), tags] = sure
    return table - np.log(np.exp(table).sum(axis=1, keepdims=True))


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([0, 0], []),
        ([0, 1, 2, 0], [(1, 3)]),
        ([1, 1, 2], [(0, 1), (1, 3)]),
        ([1, 2, 0, 1], [(0, 2), (3, 4)]),
    ],
)
def test_legal_classes_become_their_spans(tags, spans):
    assert bio_spans(logs_of(tags)) == spans


def test_a_span_that_starts_inside_gets_a_beginning_where_it_costs_least():
    logs = logs_of([0, 2, 2, 0])
    logs[1, 1] = logs[1, 2] - 0.5
    assert bio_spans(logs) == [(1, 3)]


def test_the_word_before_may_become_the_beginning():
    logs = logs_of([0, 2, 2, 0])
    logs[0, 1] = logs[0, 0] - 0.2
    assert bio_spans(logs) == [(0, 3)]


def test_a_weak_inside_alone_is_dropped():
    logs = logs_of([0, 2, 0])
    logs[1] = [-1.0, -6.0, -0.6]
    assert bio_spans(logs) == []


def test_kinds_do_not_run_into_one_another():
    assert bio_spans(logs_of([1, 2, 3, 4], classes=5)) == [(0, 2), (2, 4)]


@given(arrays(np.float32, st.tuples(st.integers(0, 12), st.just(5)), elements=st.floats(-8, 0, width=32)))
def test_spans_are_in_order_apart_and_inside(logs):
    spans = bio_spans(logs)
    assert all(0 <= first < last <= len(logs) for first, last in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_a_long_span_is_not_cut_by_one_doubtful_word():
    logs = logs_of([0, 1, 2, 2, 2, 2, 0])
    logs[3] = np.log([0.5, 0.05, 0.45])
    assert whole_spans(logs.tolist()) == [(1, 6)]


def test_two_long_spans_stay_two():
    assert whole_spans(logs_of([1, 2, 0, 0, 0, 1, 2], sure=6.0).tolist()) == [(0, 2), (5, 7)]


@given(arrays(np.float32, st.tuples(st.integers(0, 12), st.just(3)), elements=st.floats(-8, 0, width=32)))
def test_long_spans_are_in_order_apart_and_inside(logs):
    spans = whole_spans(logs.tolist())
    assert all(0 <= first < last <= len(logs) for first, last in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
