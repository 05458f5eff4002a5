"""A story in a browser: the slider by mouse and keys, marks that lead to their rows, a phone, the exported file."""

from pathlib import Path

import pytest

from onrecord import adding
from onrecord.manifest import Given
from onrecord.opening import Ledger
from onrecord.records import Origin
from serving import served

from .browsing import Watched, browser

pytestmark = pytest.mark.long

PAGES = (
    ("day2", "2026-03-02", "9 people were killed in the Norhaven flood, Mayor Iva Dorn said. The Varn dam broke on "
     "Monday. In Oslo, two people were injured on Monday, police said."),
    ("day3", "2026-03-03", "The flood in Norhaven killed 12 people, Mayor Iva Dorn said on Tuesday, after the Varn dam "
     "broke. Police arrested a man who had kept the gates."),
)  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story that was made twice, with a place that is in the gazetteer."""
    where = tmp_path_factory.mktemp("story") / "story.db"
    with Ledger(where) as made:
        for name, day, words in PAGES:
            origin = Origin(name=name, id=name, outlet=f"Gazette {name}", published=day)
            adding.add(made.store, [Given(origin=origin, data=words.encode())])
            made.make_stories()
    return where


def test_slider_shows_the_story_as_it_was(ledger):
    with browser() as running, served(ledger) as base:
        watched = Watched(running.new_context(), base)
        page = watched.open("/stories/day2")
        assert page.locator(".counts dd").first.inner_text() == "12"
        slider = page.locator("#made")
        assert slider.get_attribute("aria-valuetext") == "now"
        slider.focus()
        page.keyboard.press("ArrowLeft")
        page.wait_for_url("**as_of=**")
        assert page.locator(".counts dd").first.inner_text() == "9"
        page.locator(".days a", has_text="now").click()
        page.wait_for_url("**/stories/*")
        assert page.locator(".banner").count() == 0
        assert watched.errors == []


def test_slider_works_without_scripts(ledger):
    with browser() as running, served(ledger) as base:
        page = running.new_context(java_script_enabled=False).new_page()
        page.goto(f"{base}/stories/day2")
        page.locator("#made").focus()
        page.keyboard.press("Home")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**as_of=**")
        assert page.locator(".counts dd").first.inner_text() == "9"


def test_marks_and_places_open_by_keys(ledger):
    with browser() as running, served(ledger) as base:
        watched = Watched(running.new_context(), base)
        page = watched.open("/stories/day2")
        mark = page.locator("a.happening").first
        row = mark.get_attribute("href")
        mark.focus()
        page.keyboard.press("Enter")
        assert page.locator(f"{row}:target").count() == 1
        page.locator("a.place").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/pages/**")
        assert page.locator(".m:target").count() == 1
        assert watched.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_scrolls_pictures_not_the_page(ledger, scheme):
    with browser() as running, served(ledger) as base:
        context = running.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
        watched = Watched(context, base)
        for part in ("", "/figures", "/once", "/conflicts", "/outlets", "/said", "/events", "/places", "/articles"):
            watched.open(f"/stories/day2{part}")
            assert not watched.is_wider_than_the_window(), part
        assert watched.errors == []


def test_exported_file_has_the_same_pictures(ledger, tmp_path):
    where = tmp_path / "story.html"
    with Ledger(ledger) as made:
        made.export_story("day2", to=where)
    with browser() as running:
        watched = Watched(running.new_context(viewport={"width": 390, "height": 844}), where.as_uri())
        page = watched.open("")
        assert [page.locator(f"svg.{name}").count() for name in ("chart", "timeline", "map")] >= [1, 1, 1]
        assert not watched.is_wider_than_the_window()
        page.emulate_media(media="print")
        assert not watched.is_wider_than_the_window()
        assert watched.errors == []
