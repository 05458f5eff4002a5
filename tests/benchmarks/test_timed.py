"""benchmarks/timed.py: which phrase is found, which interval is right."""

import json

import pytest

import timed
from check_coded_spans import CodedTime
from coded import CodedPage
from measuring import Settings
from onrecord.records import Span, Time

TEXT = "VARNO, July 4 (NWA) -- The mill burned on Thursday. It has stood there since 2010."
THURSDAY = {"start": 42, "end": 50, "from": "2025-07-03", "to": "2025-07-03", "precision": "day"}
SINCE = {"start": 71, "end": 81, "from": "2010-01-01", "to": None, "precision": "year"}


def coded(first, last, precision="day"):
    return CodedTime(0, 9, first, last, precision, True, None)


def found(first, last):
    return Time(start=0, end=9, from_=first, to=last)


@pytest.mark.parametrize(
    ("gold", "time", "right"),
    [
        (coded("2025-02-01", "2025-02-28", "month"), found("2025-02", "2025-02"), True),
        (coded("2025-01-01", "2025-12-31", "year"), found("2025", "2025"), True),
        (coded("2025-01-01", None, "year"), found("2025", None), True),
        (coded("2025-01-01", None, "year"), found("2025", "2025"), False),
        (coded("2025-07-03", "2025-07-03"), found("2025-07-04", "2025-07-04"), False),
        (coded("2025-07-03T17:30", "2025-07-03T17:30", "hour"), found("2025-07-03T17:30+02:00", None), True),
        (coded("2025-07-03T17:30", "2025-07-03T17:30", "hour"), found("2025-07-03T05:30", None), False),
        (coded("2025-07-03T18:00", "2025-07-04T06:00", "night"), found("2025-07-03T20:00", "2025-07-04T05:00"), True),
        (coded("2025-07-03", "2025-07-03"), found(None, None), False),
    ],
)
def test_interval_is_right_to_the_day_and_a_clock_time_to_the_minute(gold, time, right):
    assert timed.same_interval(gold, time) is right


def test_phrase_covers_half_of_what_is_coded():
    gold = CodedTime(10, 20, "2025-07-03", "2025-07-03", "day", True, None)
    assert timed.covering(gold, [Span(0, 14), Span(15, 30)]) == Span(15, 30)
    assert timed.covering(gold, [Span(0, 14)]) is None


def test_pages_are_scored_by_half_and_pages_without_text_are_named(tmp_path, monkeypatch):
    lines = [
        {"id": name, "sha256": "0" * 64, "published": "2025-07-04", "expressions": expressions}
        for name, expressions in (("n1", [THURSDAY, SINCE]), ("n2", []), ("n3", [{**THURSDAY, "from": "2025-06-26"}]))
    ]
    for line in lines:
        line["expressions"] = [{**one, "resolved": True, "reason": None} for one in line["expressions"]]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    page = CodedPage(id="n1", text=TEXT, published="2025-07-04")
    monkeypatch.setattr(timed, "load_texts", lambda: {"n1": page, "n3": page})
    result = timed.measure(path, Settings())
    assert result.rows["found"] == {"share": 100.0, "n": 3}
    assert result.rows["interval"] == {"share": 66.7, "n": 3}
    assert result.rows["odd lines: interval as coded"]["n"] == 3
    assert [fault.split(":")[0] for fault in result.faults] == ["as coded", "interval"]
    assert result.notes == ("1 pages are left out: their texts are not beside the checkout",)
