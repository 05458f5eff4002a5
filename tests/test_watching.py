"""Watching a real server: what is new or changed is added, what is the same is not sent again."""

import pytest
from click.testing import CliRunner

from onrecord import cli, watching
from onrecord.gathering import Reach
from onrecord.manifest import given_pages
from onrecord.pages import fetch


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """No pauses between pages."""
    manners = fetch.Manners
    monkeypatch.setattr(fetch, "Manners", lambda **given: manners(pause=0.0, **given))


def feed(*addresses):
    items = "".join(f"<item><link>{address}</link></item>" for address in addresses)
    return f"<rss><channel>{items}</channel></rss>".encode()


def tagged(body, tag):
    """An answer that is not sent to who has it."""

    def answer(handler):
        same = handler.headers.get("If-None-Match") == tag
        handler.give(304 if same else 200, b"" if same else body, ETag=tag)

    return answer


def test_rounds_give_what_is_new_or_changed(site):
    now = [0.0]
    watch = watching.Watch(Reach(allow_private=True), clock=lambda: now[0])
    places = given_pages([site.url("/feed")])

    def urls():
        return [page.origin.name.removeprefix(site.address) for page in watch.round(places)]

    site.answers |= {"/feed": tagged(feed("/a"), '"1"'), "/a": tagged(site.page, '"1"'), "/b": site.page}
    assert urls() == ["/a"]
    assert urls() == []  # the feed has not changed, the page is not due
    site.answers["/feed"] = tagged(feed("/a", "/b"), '"2"')
    assert urls() == ["/b"]
    now[0] += watching.PAGE_SECONDS
    site.answers["/a"] = site.page.replace(b"23", b"25")
    assert urls() == ["/a", "/b"]
    assert site.paths().count("/a") == 2
    watch.close()


def test_page_that_is_gone_is_asked_for_once_an_hour(site):
    now = [0.0]
    watch = watching.Watch(Reach(allow_private=True), clock=lambda: now[0])
    places = given_pages([site.url("/feed")])
    site.answers["/feed"] = feed("/gone")
    assert [len(list(watch.round(places))) for _ in range(3)] == [1, 0, 0]
    now[0] += watching.PAGE_SECONDS
    site.answers["/gone"] = site.page
    assert [page.data for page in watch.round(places)] == [site.page]
    watch.close()


def test_watch_adds_new_versions_and_can_be_started_again(site, tmp_path):
    site.answers |= {"/feed": feed("/a", "/gone"), "/a": site.page}

    def run():
        places = ("watch", "--db", str(tmp_path / "l.db"), "--rounds", "1", "--allow-private", site.url("/feed"))
        return CliRunner().invoke(cli.main, places).stderr

    assert "round 1: 1 new, 0 revised, 0 same, 1 failed" in run()
    assert (tmp_path / "l.db.sites").exists()
    assert "round 1: 0 new, 0 revised, 1 same, 1 failed" in run()
    site.answers["/a"] = site.page.replace(b"23", b"25")
    assert "round 1: 0 new, 1 revised, 0 same, 1 failed" in run()
