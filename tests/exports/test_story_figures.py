"""The figures of a story in words and tables, whole and cut: what is left out is said."""

import re

import pytest

from onrecord.exports.story_figures import (
    against_lines,
    chart_lines,
    compared,
    once_lines,
    outlet_lines,
    thinned,
    told_once,
)
from onrecord.records import Comparison, Series, SeriesPoint, Story, StoryArticle


def point(number, *, day=4, outlet="a", **more):
    given = {"article": outlet, "reported": f"2026-03-{day:02d}", "low": number, "high": number}
    return SeriesPoint(**{**given, "figure": f"{outlet}-{day}-{number}", **more})


def story_of(*series, **more):
    articles = tuple(StoryArticle(id=name, outlet=f"The {name}") for name in "abcde")
    return Story(id="s", name="Flood", articles=articles, series=series, **more)


def lines(made):
    return "\n".join(made)


def to(claim):
    return f"#claim-{claim}"


KILLED = Series(outcome="killed", scope="whole", points=tuple(point(number, day=number) for number in range(1, 11)))


@pytest.mark.parametrize(
    ("points", "most", "left"),
    [
        ((point(1), point(2, copy=True), point(3, state="repeated"), point(4, state="conflicting")), 4, [1, 2, 3, 4]),
        ((point(1), point(2, copy=True), point(3, state="repeated"), point(4, state="conflicting")), 3, [1, 3, 4]),
        ((point(1), point(2, copy=True), point(3, state="repeated"), point(4, state="conflicting")), 2, [1, 4]),
        ((point(1), point(2, copy=True), point(3, state="repeated"), point(4, state="conflicting")), 1, [4]),
    ],
)
def test_what_says_nothing_new_is_left_out_first(points, most, left):
    assert [one.low for one in thinned(Series(outcome="killed", points=points), most).points] == left


def test_chart_says_how_many_are_left_out():
    whole, cut = lines(chart_lines(story_of(KILLED), to)), lines(chart_lines(story_of(KILLED), to, most=4))
    assert (whole.count('<a class="point'), cut.count('<a class="point')) == (10, 4)
    assert "6 figures that copy or repeat others, or are older, are left out here." in cut
    assert "left out" not in whole


def test_rows_go_on_where_the_page_before_ended():
    series = [Series(outcome="killed", counted=f"kind {n}", points=(point(n), point(n, day=5))) for n in range(7)]
    story = story_of(*series)
    names = [
        re.findall(r'class="lane"[^>]*>killed: (kind \d)<', lines(chart_lines(story, to, rows=slice(start, start + 3))))
        for start in (0, 3, 6)
    ]
    assert [len(some) for some in names] == [3, 3, 1]
    assert len({name for some in names for name in some}) == 7
    assert "No figure" in lines(chart_lines(story, to, rows=slice(7, 10)))


def test_figures_told_once_are_listed():
    story = story_of(KILLED, Series(outcome="injured", points=(point(41),)))
    assert [one.outcome for one in told_once(story)] == ["injured"]
    assert 'href="#claim-a-4-41"' in lines(once_lines(story, to))
    assert "killed" not in lines(once_lines(story, to))


def test_table_counts_the_same_figure_and_keeps_the_last_ones():
    same = Series(
        outcome="killed", points=(point(9), point(9, day=5), point(9, day=6, state="conflicting"), point(12, day=7))
    )
    assert "9 ×2, 9 ≠, 12" in re.sub(r"<[^>]+>", "", lines(outlet_lines(story_of(same), to)))
    cut = lines(outlet_lines(story_of(KILLED), to, last=3))
    assert "7 before," in cut
    assert re.findall(r">(\d+)</a>", cut) == ["8", "9", "10"]


def test_table_keeps_the_outlets_with_most_figures():
    points = (
        point(1, outlet="e"),
        point(2, outlet="e", day=5),
        point(3, outlet="b"),
        point(4, outlet="b", day=6),
        point(5),
    )
    cut = lines(outlet_lines(story_of(Series(outcome="killed", points=points)), to, most=2))
    assert re.findall(r'<th scope="col" dir="auto">([^<]+)', cut) == ["The b", "The e"]
    assert "3 outlets with fewer figures are left out here" in cut


def test_statements_against_each_other_are_told_after_figures():
    story = story_of(
        KILLED,
        comparisons=(
            Comparison(a="said", b="denied", kind="conflicts", says="Dorn denies what Fenn said"),
            Comparison(a="a-2-2", b="a-1-1", kind="conflicts", says="2 against 1"),
        ),
    )
    assert [one.a for one in compared(story, "conflicts")] == ["a-2-2", "said"]
    html = lines(against_lines(story, {}, to))
    assert "Conflicts (2)" in html
    assert html.index("conflicts with") < html.index("Dorn denies what Fenn said")
    assert "#claim-said" not in html
    first = lines(against_lines(story, {}, to, rows=slice(1)))
    assert ("Conflicts (2)" in first, "Dorn denies" in first) == (True, False)
