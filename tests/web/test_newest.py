"""The newest of what changed and of what conflicts: order, some of each story, and the first page that shows them."""

import html as markup
import re

from onrecord.records import Comparison, Series, SeriesPoint, Story
from onrecord.web.newest import OF_A_STORY, differences

from .test_pages import shape_of


def story_of(id, *days, kind="revises"):
    points = tuple(
        SeriesPoint(article="a", reported=day, low=9, high=9, figure=f"{id}{day}", state="revised_up") for day in days
    )
    compared = tuple(Comparison(a=f"{id}{day}", b="x", kind=kind, says=f"{id} on {day}") for day in days)
    series = (Series(outcome="killed", points=points),)
    return Story(id=id, name=id, to="2026-03-09", series=series, comparisons=compared)


def test_newest_come_first_and_some_of_each_story():
    long = story_of("long", *(f"2026-03-0{day}" for day in range(1, 9)))
    found = differences([long, story_of("short", "2026-03-05")], "revises")
    assert [one.says for one in found] == [
        "long on 2026-03-08",
        "long on 2026-03-07",
        "long on 2026-03-06",
        "short on 2026-03-05",
    ]
    assert len([one for one in found if one.story == "long"]) == OF_A_STORY
    assert {(one.sign, one.state) for one in found} == {("↑", "revised up")}


def test_conflict_is_called_so_whatever_became_of_the_figure():
    found = differences([story_of("s", "2026-03-05", kind="conflicts")], "conflicts")
    assert [(one.state, one.reported) for one in found] == [("conflicting", "2026-03-05")]
    assert differences([story_of("s", "2026-03-05", kind="conflicts")], "revises") == []


def test_statement_has_the_day_of_its_story():
    told = Story(id="s", name="s", to="2026-03-09", comparisons=(Comparison(a="p", b="q", kind="conflicts", says="-"),))
    assert [one.reported for one in differences([told], "conflicts")] == ["2026-03-09"]


def test_first_page_tells_what_changed_and_what_conflicts(demo):
    page = markup.unescape(demo.get("/").text)
    assert "at least 12 killed in Norhaven according to Iva Dorn" in page
    assert "changed without notice from at least 9" in page
    assert "silently changed" in page
    assert page.count('class="spark"') == 2
    conflicts = page.split("Told against each other")[1].split("</section>")[0]
    links = re.findall(r'href="(/pages/[^"#]+)#(c-[0-9a-f]+)"', conflicts)
    assert links
    for path, anchor in links:
        assert anchor in shape_of(demo.get(path).text).ids


def test_first_page_goes_on_behind_a_story(demo):
    stories = demo.get("/api/stories").json()["items"]
    page = demo.get(f"/?after={stories[0]['id']}").text
    assert f'/stories/{stories[0]["id"]}"' not in page
    assert all(f'/stories/{one["id"]}"' in page for one in stories[1:])
    assert "Newest figures" not in page
    behind_all = demo.get(f"/?after={stories[-1]['id']}")
    assert (behind_all.status_code, "No older stories" in behind_all.text) == (200, True)
    assert demo.get("/?after=nothing").status_code == 400


def test_first_page_reads_no_more_stories_than_it_shows(demo, monkeypatch):
    asked = []
    ledger = demo.app.state.site.ledger
    whole = ledger.stories
    monkeypatch.setattr(ledger, "stories", lambda *words, **given: asked.append(given) or whole(*words, **given))
    monkeypatch.setattr("onrecord.web.views_home.NEWEST_STORIES", 1)
    page = demo.get("/?newest=1").text  # asked by no other test
    assert [given["limit"] for given in asked] == [2]
    assert page.count('<td class="n big">') - page.count('title="as written') == 1
    assert "Older stories" in page
