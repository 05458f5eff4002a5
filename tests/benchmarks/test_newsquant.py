"""benchmarks/newsquant.py: values, ranges, changes and pairs of quantities."""

import json

import pytest

import newsquant
from measuring import Settings
from newsquant import GoldQuantity, Value, measure, numbers_of, paired


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [("5", 5, 5), ("5-10", 5, 10), ("3.0 - 4.0", 3, 4), ("-1.3", -1.3, -1.3), ("1.99E-29", 1.99e-29, 1.99e-29)],
)
def test_coded_value_is_read(written, low, high):
    assert GoldQuantity(written).parsed() == Value(low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The bridge cost 5 million dollars.", [Value(5e6, 5e6)]),
        ("At least 40 shops closed.", [Value(40, 40, ">")]),
        ("About 40 shops closed.", [Value(40, 40, "~")]),
        ("Up to 30 shops closed.", [Value(30, 30, "<")]),
        ("Between 30 and 40 shops closed.", [Value(30, 40)]),
        ("Thousands of shops closed.", [Value(1000, 10000)]),
        ("The mayor, aged 52, was there on 4 May 2021.", [Value(52, 52)]),  # an age is a quantity, a date is none
        ("Ana, 52, and men aged 18 to 30 met on 4 May.", []),
        ("No boat sank and both crews sailed.", []),
        ("A third of the boats sank.", [Value(1 / 3, 1 / 3)]),
        ("It fell from 40 cents to 30 cents.", [Value(40, 30)]),
        ("Shares rose 3 percent, wheat fell 2 percent.", [Value(3, 3, "up"), Value(2, 2, "down")]),
        ("Shares rose about 3 percent.", [Value(3, 3, "~")]),
        ("Several hundred boats sank.", []),
    ],
)
def test_number_expressions_of_a_text(text, values):
    assert numbers_of(text) == values


def test_same_value_is_paired_once_and_with_the_same_change_first():
    gold = [Value(5, 5), Value(5, 5, ">")]
    assert paired(gold, [Value(5.00001, 5, ">"), Value(6, 6)]) == [(1, 0)]
    assert paired(gold, [Value(5.1, 5.1)]) == []
    assert paired([Value(5, 6)], [Value(5, 5)]) == []


def rows(tmp_path):
    gold = {"quantities": [{"value": "40", "change": ">"}, {"value": "3", "change": "="}]}
    path = tmp_path / "set.jsonl"
    text = "More than 40 shops closed for 3 weeks."
    path.write_text(json.dumps({"id": "q1", "text": text, "gold": gold}), encoding="utf-8")
    return measure(path, Settings())


def test_both_views_of_the_reader_are_scored(tmp_path, monkeypatch):
    monkeypatch.setattr(newsquant, "find_spec", lambda name: None)
    result = rows(tmp_path)
    assert result.rows["numbers: value"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "n": 2}
    assert result.rows["read: value"]["R"] == 50.0  # a duration is no figure
    assert newsquant.NOT_INSTALLED in result.notes


def test_quantulum_is_scored_where_it_is_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(newsquant, "find_spec", lambda name: name)
    monkeypatch.setattr(newsquant, "by_quantulum", lambda text: [Value(40, 40)])
    result = rows(tmp_path)
    assert result.rows["quantulum3: value"] == {"P": 100.0, "R": 50.0, "F1": 66.7, "n": 2}
    assert "quantulum3: value and change" not in result.rows
