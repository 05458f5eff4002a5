"""The chart of a story: a linked dot for each figure, its bounds, its source, what became of it."""

from typing import Any

import pytest
from lxml import etree, html

from onrecord.exports.charts import chart, series_name
from onrecord.records import Series, SeriesPoint, Story, StoryArticle

HOSTILE = "<script>alert('x')</script>\"&"


def point(figure: str, low: float | None, high: float | None = None, **more: Any) -> SeriesPoint:
    given = {"article": "a", "reported": "2026-03-04T10:00:00Z", "speaker": "Mayor Dorn", **more}
    return SeriesPoint(figure=figure, low=low, high=high, **given)


def drawn(*points: SeriesPoint, **more: Any) -> Any:
    """Return the tree of the chart of one series."""
    series = Series(**{"outcome": "killed", "counted": "people", "scope": "whole", "points": points, **more})
    articles = (StoryArticle(id="a", outlet="Gazette"), StoryArticle(id="b", outlet="Post", copy_of="a"))
    return html.fromstring(f"<div>{chart(Story(id='s', name='Flood', articles=articles), [series])}</div>")


def test_chart_of_nothing_is_empty() -> None:
    story = Story(id="s", name="Flood")
    assert chart(story, []) == ""
    assert chart(story, [Series(outcome="killed", points=(point("f", None),))]) == ""


def test_chart_of_one_figure_has_its_dot_and_day() -> None:
    tree = drawn(point("f1", 9, 9))
    assert tree.xpath("//a/@href") == ["#claim-f1"]
    assert "4 Mar 2026" in tree.xpath("//svg[@class='chart']//text()")


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (point("f", 9, 9), "9, according to Mayor Dorn, Gazette, 4 Mar 2026, first"),
        (point("f", 9, None, bound="at_least"), "9 or more, according to Mayor Dorn, Gazette, 4 Mar 2026, first"),
        (point("f", None, 9, speaker=None), "up to 9, in the outlet's own words, Gazette, 4 Mar 2026, first"),
        (
            point("f", 1500, 1500, bound="about", state="revised_up", reported="2026-03-04"),
            "about 1,500, according to Mayor Dorn, Gazette, 4 Mar 2026, revised up",
        ),
        (
            point("f", 4, 6, article="b", copy=True, state="repeated", reported=None),
            "4 to 6, according to Mayor Dorn, Post, no date, repeated, copy",
        ),
    ],
)
def test_dot_says_value_source_outlet_day_and_state(given: SeriesPoint, title: str) -> None:
    assert drawn(given).xpath("//a/title/text()") == [title]


def test_dot_of_a_copy_is_hollow_and_explained() -> None:
    tree = drawn(point("f1", 9, 9), point("f2", 9, 9, article="b", copy=True, state="repeated"))
    hollow = [link.get("href") for link in tree.xpath("//a") if "copy" in link.get("class").split()]
    assert hollow == ["#claim-f2"]
    assert "hollow: a copy" in tree.text_content()
    assert "hollow" not in drawn(point("f1", 9, 9)).text_content()


@pytest.mark.parametrize(
    ("low", "high", "bars", "ends"),
    [(9, 9, 0, None), (9, None, 1, "up"), (None, 9, 1, "down"), (4, 9, 1, "closed")],
)
def test_bounds_are_a_bar_with_an_arrow_at_an_open_end(
    low: int | None, high: int | None, bars: int, ends: str | None
) -> None:
    tree = drawn(point("f1", low, high))
    paths = tree.xpath("//a/path[@class='bar']/@d")
    assert len(paths) == bars
    if ends in ("up", "down"):
        start, end = float(paths[0].split("V")[0].split()[1]), float(paths[0].split("V")[1].split("m")[0])
        assert (end < start) == (ends == "up")
    elif ends:
        assert "h8" in paths[0]


@pytest.mark.parametrize(
    ("state", "sign", "words"),
    [
        ("revised_up", "↑", "revised up"), ("revised_down", "↓", "revised down"), ("corrected", "↻", "corrected"),
        ("silently_changed", "!", "silently changed"), ("conflicting", "≠", "conflicting"),
    ],
)  # fmt: skip
def test_change_has_a_sign_explained_in_words(state: str, sign: str, words: str) -> None:
    tree = drawn(point("f1", 9, 9), point("f2", 12, 12, state=state, reported="2026-03-05"))
    assert f"{sign} 12" in tree.xpath("//a[@href='#claim-f2']/text/text()")
    assert words in " ".join(tree.xpath("//ul[@class='legend']//text()"))


def test_sources_differ_in_colour_and_shape() -> None:
    tree = drawn(point("f1", 9, 9), point("f2", 12, 12, speaker="Police", reported="2026-03-05"))
    tones = [link.get("class").split()[1] for link in tree.xpath("//a")]
    assert len(set(tones)) == 2
    assert len({link.xpath("./*[contains(@class, 'dot')]")[0].tag for link in tree.xpath("//a")}) == 2
    assert {"Mayor Dorn", "Police"} <= {words.strip() for words in tree.xpath("//li//text()")}


def test_many_sources_share_the_last_class() -> None:
    tree = drawn(*(point(f"f{n}", n, n, speaker=f"Source {n:02}") for n in range(1, 13)))
    assert "other sources" in tree.text_content()
    assert len(tree.xpath("//a[contains(@class, 's8')]")) == 4


def test_dots_do_not_hide_one_another() -> None:
    tree = drawn(*(point(f"f{n}", 9, 9, state="repeated") for n in range(30)))
    places = [(dot.get("cx"), dot.get("cy")) for dot in tree.xpath("//a/circle")]
    assert len(set(places)) == 30


def test_figure_without_a_number_has_no_dot() -> None:
    assert drawn(point("f1", 9, 9), point("f2", None)).xpath("//a/@href") == ["#claim-f1"]


def test_chart_escapes_and_has_classes_only() -> None:
    series = Series(outcome="killed", counted=HOSTILE, place=HOSTILE, points=(point(HOSTILE, 9, 9, speaker=HOSTILE),))
    made = chart(Story(id="s", name=HOSTILE, articles=(StoryArticle(id="a", outlet=HOSTILE),)), [series])
    assert "<script" not in made
    assert "style=" not in made
    tree = etree.fromstring(f"<div>{made}</div>")
    assert tree.xpath("//a/@href") == [f"#claim-{HOSTILE}"]
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"outcome": "killed", "counted": "people", "scope": "whole"}, "killed: people"),
        ({"outcome": "killed", "counted": "homes", "scope": "part", "place": "Calder"}, "killed: homes (part, Calder)"),
        ({"outcome": "killed_or_injured", "scope": "none_reported"}, "killed or injured (none reported)"),
        ({"outcome": "other"}, "figures"),
    ],
)  # fmt: skip
def test_series_name_says_what_is_counted(given: dict[str, str], name: str) -> None:
    assert series_name(Series(**given)) == name
