"""The interface in a browser: no error in the console, no request elsewhere, a phone, the dark, paper, the keyboard."""

from pathlib import Path
from shutil import copy

import pytest

from serving import served

from .browsing import Watched, browser

STORY = "/stories/nwa-flash"
"""Leads to the story of the page."""

PATHS = ("/", "/pages", "/search?q=killed", "/search?q=killed&in=figures", "/search?in=statements", "/search?in=events",
         "/sources", "/sources/Greta%20Lundmark", "/review", "/add", "/stories", STORY, "/pages/nwa-port-callan-wrap",
         "/pages/flood", "/nowhere")  # fmt: skip
SHORT = ("/", "/search?q=killed", "/pages/nwa-port-callan-wrap", "/review", STORY)

VIEWS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "still": {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"},
}


@pytest.fixture
def ledger(demo_ledger: Path, tmp_path: Path) -> Path:
    return Path(copy(demo_ledger, tmp_path / "browsed.db"))


def look(running, base, paths, view):
    """Open each path; return what went wrong."""
    context = running.new_context(**VIEWS[view])
    watched = Watched(context, base)
    for path in paths:
        page = watched.open(path)
        watched.keep(f"{view} {path if path != '/' else 'home'}")
        if watched.is_wider_than_the_window():
            watched.errors.append(f"{path} is wider than the window")
        assert page.title().endswith("onrecord")
    errors = [one for one in watched.errors if "/nowhere" not in one and "404" not in one]
    context.close()
    return errors


def walk(running, base):
    """Find a figure, see its sentence, correct it and undo that, by keys alone; return what went wrong."""
    context = running.new_context(**VIEWS["wide"])
    watched = Watched(context, base)
    page = watched.open("/")
    page.keyboard.press("/")
    page.keyboard.type("nine people killed Norhaven")
    page.keyboard.press("Escape")
    page.goto(base + "/search?q=Norhaven&in=figures")
    figure = page.locator("td.big a").first
    figure.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/**")
    watched.keep("walk 1 the sentence of a figure")
    row = page.locator("tr[data-c]").first
    claim = row.get_attribute("data-c")
    row.locator("a").first.focus()
    assert page.locator(f"#c-{claim}").evaluate("one => one.classList.contains('on')")
    row.locator("a.review").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/**")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "now.low"
    page.keyboard.type("13")
    page.locator("#f-high").fill("13")
    page.locator("#f-high").press("Enter")
    page.wait_for_url("**done=correct**")
    watched.keep("walk 2 a figure corrected")
    assert page.locator(".amount").inner_text().endswith("13") or "13" in page.locator(".amount").inner_text()
    page.keyboard.press("u")
    page.wait_for_url("**done=undo**")
    watched.keep("walk 3 the correction undone")
    assert "12" in page.locator(".amount").inner_text()
    context.close()
    return watched.errors


def test_pages_and_keys_in_short(ledger):
    with browser() as running, served(ledger) as base:
        assert look(running, base, SHORT, "phone") == []
        assert walk(running, base) == []


@pytest.mark.long
def test_every_page_in_every_view(ledger):
    with browser() as running, served(ledger) as base:
        assert {view: look(running, base, PATHS, view) for view in VIEWS} == {view: [] for view in VIEWS}


@pytest.mark.long
def test_hovering_either_side_marks_the_other(ledger):
    with browser() as running, served(ledger) as base:
        page = Watched(running.new_context(**VIEWS["wide"]), base).open("/pages/nwa-port-callan-wrap")
        words = page.locator(".text .m.figure").first
        claim = words.get_attribute("data-c").split()[0]
        words.hover()
        assert page.locator(f"#r-{claim}").evaluate("one => one.classList.contains('on')")
        page.locator(f"#r-{claim}").hover()
        assert page.locator(f"#c-{claim}").evaluate("one => one.classList.contains('on')")


@pytest.mark.long
def test_paper_has_the_words_and_no_forms(ledger):
    with browser() as running, served(ledger) as base:
        page = Watched(running.new_context(**VIEWS["wide"]), base).open("/pages/nwa-port-callan-wrap")
        page.emulate_media(media="print")
        assert page.locator(".text").is_visible()
        assert page.locator(".ledger").is_visible()
        assert not page.locator(".find").is_visible()


@pytest.mark.long
def test_pasted_page_opens_when_it_is_read(ledger):
    with browser() as running, served(ledger) as base:
        watched = Watched(running.new_context(**VIEWS["wide"]), base)
        page = watched.open("/add")
        page.locator("textarea").fill("Governor Ole Fenn said that 31 houses were destroyed in Tarnby on Sunday.")
        page.get_by_role("button", name="Read", exact=True).click()
        page.wait_for_url("**/pages/**", timeout=15_000)
        assert "31 houses" in page.locator(".text").inner_text()
        assert watched.errors == []


@pytest.mark.long
def test_pages_work_without_scripts(ledger):
    with browser() as running, served(ledger) as base:
        context = running.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{base}/review")
        page.get_by_role("button", name="Accept").click()
        page.wait_for_url("**done=accept**")
        page.get_by_role("button", name="Undo").click()
        page.wait_for_url("**done=undo**")
        context.close()
