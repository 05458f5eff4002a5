"""The parts of a story: the beginning of each on its page, each whole on pages of its own, the slider, what is kept."""

import html as markup
import re

import pytest

from onrecord import adding
from onrecord.manifest import Given
from onrecord.opening import Ledger
from onrecord.records import Origin
from onrecord.web import story_parts
from onrecord.web.story_parts import KEPT_STORIES, NAMES, Drawn, Kept, part

from .conftest import client_of
from .test_pages import shape_of

FIRST_PAGE_BYTES = 150_000
"""Of a story's page with style and script, as sent before they are packed."""


@pytest.fixture(scope="module")
def told(demo):
    return max(demo.get("/api/stories").json()["items"], key=lambda one: len(one["articles"]))


@pytest.fixture(scope="module")
def page(demo, told):
    return demo.get(f"/stories/{told['id']}").text


def weight(client, html):
    loaded = re.findall(r'<(?:link|script)[^>]+(?:href|src)="([^"]+)"', html)
    return len(html.encode()) + sum(len(client.get(markup.unescape(one)).content) for one in loaded)


def test_first_page_is_light(demo, page):
    assert weight(demo, page) <= FIRST_PAGE_BYTES


def test_page_has_all_parts(page):
    shape = shape_of(page)
    assert {"chart", "conflicts", "outlets", "said", "events", "places", "articles"} <= set(shape.ids)
    assert ('class="chart"' in page, 'class="timeline"' in page) == (True, True)


def test_place_with_a_point_is_on_the_map(growing):
    html = growing.get(growing.get("/stories/day2").headers["location"]).text
    link = re.search(r'<a class="place city" href="([^"]+)"><title>Oslo: ', html)[1]
    path, _, anchor = markup.unescape(link).partition("#")
    assert anchor in shape_of(growing.get(path).text).ids
    assert "Oslo</a> (NO): a city, 59.9° N 10.7° E" in html


@pytest.mark.parametrize("name", NAMES)
def test_part_is_whole_page_by_page(demo, told, name):
    path, seen = f"/stories/{told['id']}/{name}", 0
    while path is not None:
        answer = demo.get(path)
        shape = shape_of(answer.text)
        assert (answer.status_code, shape.faults, shape.open) == (200, [], [])
        assert sorted(shape.ids) == sorted(set(shape.ids))
        assert "<h1>" in answer.text
        more = re.search(r'<a href="([^"]+)" rel="next"', answer.text)
        path, seen = markup.unescape(more[1]) if more else None, seen + 1
        assert seen < 30


@pytest.mark.parametrize(("most", "as_of"), [(1, "2099-01-01"), (100, "2099-01-02")])
def test_places_say_when_they_are_not_all(growing, monkeypatch, most, as_of):
    monkeypatch.setattr(story_parts, "MOST_READ", most)
    html = growing.get(f"{growing.get('/stories/day2').headers['location']}/places?as_of={as_of}").text
    assert shape_of(html).faults == []
    assert ("Places of the newest 1 figures and 1 events" in html) == (most == 1)
    assert (f"/file?as_of={as_of}" in html) == (most == 1)


def test_pages_of_statements_have_each_once(demo, told):
    path, found = f"/stories/{told['id']}/said", []
    while path is not None:
        html = demo.get(path).text
        found += re.findall(r'href="/pages/[^"]+#c-([0-9a-f]+)"', html)
        more = re.search(r'<a href="([^"]+)" rel="next"', html)
        path = markup.unescape(more[1]) if more else None
    whole = demo.get(f"/api/said?story={told['id']}&limit=1000").json()["items"]
    assert sorted(found) == sorted(one["id"] for one in whole)


def test_every_link_to_a_part_opens(demo, told, page):
    inner = set(re.findall(rf'href="(/stories/{told["id"]}/[a-z]+)"', page))
    assert {path.rpartition("/")[2] for path in inner} >= {"figures", "once", "conflicts", "outlets", "said", "events"}
    assert {demo.get(path).status_code for path in inner} == {200}


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/stories/nwa-flash/none", 404, "is no part of a story; choose from figures"),
        ("/stories/none/said", 404, "no such story"),
        ("/stories/nwa-flash/said?after=x", 400, "after"),
        ("/stories/nwa-flash/once?from=x", 400, "is no number"),
        ("/stories/nwa-flash/figures?from=" + "0" * 9 + "5" * 5000, 400, "is no number"),
        ("/stories/nwa-flash?made=x", 400, "is no number"),
    ],
)
def test_error_says_what_to_do(demo, told, path, status, says):
    answer = demo.get(path.replace("nwa-flash", told["id"]))
    assert answer.status_code == status
    assert says in markup.unescape(answer.text)


def test_name_of_an_article_leads_to_the_part(demo, told):
    answer = demo.get("/stories/nwa-flash/said?as_of=2999-01-01")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/stories/{told['id']}/said?as_of=2999-01-01")


# --- the slider ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def growing(tmp_path_factory):
    """A story that was made three times, with a place that is in the gazetteer."""
    where = tmp_path_factory.mktemp("growing") / "growing.db"
    with Ledger(where) as ledger:
        for day, number in ((2, 9), (3, 12), (4, 14)):
            words = f"{number} people were killed in the Norhaven flood, Mayor Iva Dorn said. The dam broke on Monday. "
            words += "In Oslo, two people were injured on Monday, police said."
            origin = Origin(name=f"day{day}", id=f"day{day}", outlet=f"Gazette {day}", published=f"2026-03-0{day}")
            adding.add(ledger.store, [Given(origin=origin, data=words.encode())])
            ledger.make_stories()
    with client_of(where) as client:
        yield client


def test_slider_leads_through_the_versions_without_script(growing):
    html = growing.get(growing.get("/stories/day2").headers["location"]).text
    slider = re.search(r'<input type="range"[^>]+>', html)[0]
    assert 'min="1" max="3" value="3"' in slider
    assert len(re.findall(r'<option value="\d"', html)) == 3
    path = re.search(r'<form class="as-of" action="([^"]+)"', html)[1]
    first = growing.get(f"{path}?made=1").headers["location"]
    assert first.startswith(f"{path}?as_of=20")
    then = growing.get(first).text
    assert 'value="1"' in re.search(r'<input type="range"[^>]+>', then)[0]
    assert ("As this ledger had it" in then, "<dd>9</dd>" in then) == (True, True)
    assert growing.get(f"{path}?made=3").headers["location"] == path
    assert growing.get(f"{path}?made=99").headers["location"] == path


def test_days_under_the_slider_are_links(growing):
    path = growing.get("/stories/day2").headers["location"]
    days = re.search(r'<ol class="days">(.*?)</ol>', growing.get(path).text)[1]
    links = [markup.unescape(one) for one in re.findall(r'href="([^"]+)"', days)]
    assert len(links) == 3
    assert links[-1] == path
    assert {growing.get(one).status_code for one in links} == {200}
    assert days.count("aria-current") == 1


def test_story_that_was_made_once_has_no_slider(demo):
    assert 'type="range"' not in demo.get(demo.get("/stories/nwa-flash").headers["location"]).text


# --- what is kept ----------------------------------------------------------------------------------------------------


def drawn(name):
    empty = part("chart", [str(name)])
    return Drawn(empty, empty, empty, empty, ())


def test_drawn_parts_are_made_once_and_the_oldest_are_forgotten():
    kept, made = Kept(), []

    def make(name):
        def one():
            made.append(name)
            return drawn(name)

        return one

    for number in (*range(KEPT_STORIES), 0, KEPT_STORIES, 0, 1):
        assert kept.get((str(number), "t", None), make(number)).chart.html == str(number)
    assert made == [*range(KEPT_STORIES), KEPT_STORIES, 1]
