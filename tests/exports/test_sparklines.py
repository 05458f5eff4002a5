"""A story's main figure as a small picture: what it draws and says, and what it leaves out."""

import re

import pytest

from onrecord.exports.sparklines import sparkline
from onrecord.records import Figure, Series, SeriesPoint, Span, Story


def point(day, number, **given):
    return SeriesPoint(article="a", reported=day, low=number, high=number, figure=f"f-{day}-{number}", **given)


def story_of(*points, outcome="killed", scope="whole"):
    main = Figure(id="f", sentence=Span(0, 9), number=Span(0, 1), outcome="killed", low=9, high=9)
    series = (Series(outcome=outcome, scope=scope, points=points),)
    return Story(id="s", name="Flood", main_figure=main, series=series)


def test_course_is_drawn_and_said():
    html = sparkline(story_of(point("2026-03-02", 9), point("2026-03-04", 12, state="revised_up")))
    assert 'aria-label="killed, 2 figures: first 9 on 2 Mar 2026, last 12 on 4 Mar 2026"' in html
    heights = [float(y) for y in re.findall(r"V(\d+)", html)]
    assert heights[-1] < 25
    assert html.count("<svg") == html.count("</svg>") == 1


@pytest.mark.parametrize(
    "story",
    [
        Story(id="s", name="Flood"),
        story_of(),
        story_of(point("2026-03-02", 9)),
        story_of(point("2026-03-02", 9), point("2026-03-04", 12, copy=True)),
        story_of(point("2026-03-02", 9), point("2026-03-04", 40, state="conflicting")),
        story_of(point("2026-03-02", 9), point(None, 12)),
        story_of(point("2026-03-02", 9), point("2026-03-04", None)),
        story_of(point("2026-03-02", 9), point("2026-03-04", 12), outcome="injured"),
    ],
)
def test_nothing_is_drawn_of_less_than_two_figures(story):
    assert sparkline(story) == ""


def test_whole_count_comes_before_parts():
    whole = Series(outcome="killed", scope="whole", points=(point("2026-03-02", 9), point("2026-03-04", 12)))
    parts = Series(outcome="killed", scope="subset", points=tuple(point(f"2026-03-0{day}", 1) for day in range(1, 6)))
    story = story_of()
    html = sparkline(Story(id="s", name="Flood", main_figure=story.main_figure, series=(parts, whole)))
    assert "2 figures: first 9" in html
