"""The timeline of a story: events by day, type and status, drawn and in words."""

import re
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from onrecord.answers import AsWritten, EventOnRecord, Evidence
from onrecord.exports.timeline import event_lines, happenings
from onrecord.records import Reader, Span, Time

READER = Reader(version="0", model="lexicon")


def event(id: str, type: str = "attack", **more: Any) -> EventOnRecord:
    written = AsWritten(trigger=more.pop("trigger", "struck"))
    evidence = Evidence(page="p/1", sha256="0", sentence="They struck.", as_written=written, reader=READER)
    given: dict[str, Any] = {"article": "a", "outlet": "Gazette", "published": "2026-03-04T10:00:00Z", **more}
    return EventOnRecord(id=id, type=type, sentence=Span(0, 9), trigger=Span(5, 9), evidence=evidence, **given)


def time(day: str | None, precision: str = "day") -> Time:
    return Time(start=0, end=1, from_=day, to=day, precision=precision)


def lines_of(*events: EventOnRecord, **more: Any) -> str:
    html = "\n".join(event_lines(happenings(events), lambda claim: f"#claim-{claim}", **more))
    etree.fromstring(f"<div>{html}</div>")
    return html


@pytest.mark.parametrize(
    ("given", "day", "printed"),
    [
        ({"time": time("2026-03-02")}, "2026-03-02", False),
        ({"time": time("2026-03-02T18:00", "part_of_day")}, "2026-03-02", False),
        ({"time": time("2026-03", "month")}, "2026-03-04", True),
        ({"time": time(None, "unknown")}, "2026-03-04", True),
        ({}, "2026-03-04", True),
        ({"published": None}, None, False),
    ],
)
def test_event_stands_at_its_day(given, day, printed):
    (found,) = happenings([event("e1", **given)])
    assert (found.day, found.printed) == (day, printed)


def test_events_of_one_day_type_and_status_are_one_mark():
    found = happenings([
        event("e1"), event("e2", article="b", outlet="Courier"), event("e3", status="planned"), event("e4", "death"),
        event("e5", time=time("2026-03-01")), event("e6", published=None),
    ])  # fmt: skip
    assert [(one.day, one.type, one.status, len(one.events)) for one in found] == [
        ("2026-03-01", "attack", "happened", 1), ("2026-03-04", "attack", "happened", 2),
        ("2026-03-04", "attack", "planned", 1), ("2026-03-04", "death", "happened", 1), (None, "attack", "happened", 1),
    ]  # fmt: skip


def test_list_has_type_status_words_and_articles():
    html = lines_of(
        event("e1"), event("e2", article="b", outlet="Courier", trigger="hit"), event("e3", status="planned")
    )
    text = re.sub(r"<[^>]+>", "", html)
    assert "attack, 2 events in 2 articles, day of print: struck Gazette; hit Courier" in text
    assert "attack, planned, day of print: struck Gazette" in text
    assert "4 Mar 2026" in text
    assert 'href="#claim-e2"' in html


def test_marks_lead_to_their_rows_and_say_what_they_are():
    html = lines_of(event("e1"), event("e2", "death", time=time("2026-03-01")))
    targets = re.findall(r'<a class="happening[^"]*" href="#([^"]+)"', html)
    assert sorted(targets) == sorted(re.findall(r'<li id="([^"]+)"', html))
    assert len(targets) == len(set(targets)) == 2
    assert "<title>1 Mar 2026: death</title>" in html


def test_mark_without_a_row_is_no_link():
    html = lines_of(event("e1"), event("e2", "death", time=time("2026-03-01")), rows=slice(1))
    assert html.count("<li id=") == html.count('<a class="happening') == 1
    assert html.count('<g class="happening') == 1


def test_hollow_is_what_did_not_happen():
    html = lines_of(event("e1", status="denied"), event("e2", "death", status="ongoing"))
    assert "hollow: denied" in html
    assert "filled: ongoing" in html
    assert html.count('<a class="happening open"') == 1


def test_many_events_are_cut_and_counted():
    html = lines_of(*(event(f"e{number}") for number in range(9)), said=3)
    assert html.count('href="#claim-') == 3
    assert "and 6 more" in html


@pytest.mark.parametrize("days", [1, 3, 30, 200])
def test_marks_stand_within_the_picture_side_by_side(days):
    events = [
        event(f"e{day}-{status}", time=time(f"20{day // 28 + 10:02d}-03-{day % 28 + 1:02d}"), status=status)
        for day in range(days)
        for status in ("happened", "planned", "denied")
    ]
    html = lines_of(*events)
    marks = [(float(x), float(r)) for x, r in re.findall(r'cx="([\d.]+)" cy="23.0" r="([\d.]+)"', html)]
    assert len(marks) == 3 * days
    assert all(x - r >= 130 and x + r <= 960 for x, r in marks)
    ordered = sorted(marks)
    assert all(a[0] + a[1] <= b[0] - b[1] + 0.2 for a, b in pairwise(ordered))


def test_more_types_than_lanes_share_the_last_one():
    types = ("attack", "explosion", "shooting", "clash", "arrest", "trial", "verdict", "accident", "disaster",
             "protest", "meeting", "call", "visit", "agreement")  # fmt: skip
    html = lines_of(*(event(f"e{number}", type) for number, type in enumerate(types)))
    assert ">others</text>" in html
    assert html.count('class="grid" d="M130') == 12


def test_hostile_words_stay_text():
    html = lines_of(event("e1", outlet="<b>", trigger="<script>"))
    assert "<script" not in html
    assert "<b>&lt;" not in html


def test_no_events_are_said():
    assert lines_of() == "<p>No events.</p>"
