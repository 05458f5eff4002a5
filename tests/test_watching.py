"""Watching a real server: what is new or changed is added, what is the same is not sent again."""

import gc
import subprocess
import sys
import tracemalloc

import pytest
from click.testing import CliRunner

from onrecord import cli, watching
from onrecord.errors import WatchMemoryError
from onrecord.gathering import Reach
from onrecord.manifest import given_pages
from onrecord.pages import fetch, looks


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


@pytest.fixture
def always_due(monkeypatch):
    """Each page is due in each round."""
    monkeypatch.setattr(watching, "PAGE_SECONDS", 0.0)


def run(site, db, *, rounds=1, paths=("/feed",)):
    """Watch for some rounds; return what stands on standard error."""
    options = ("--db", str(db), "--rounds", str(rounds), "--allow-private")
    result = CliRunner().invoke(cli.main, ["watch", *options, *map(site.url, paths)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stderr


def sent_back(site, path):
    """What the requests for a path named as known."""
    return [headers.get("If-None-Match") for asked, headers in site.asked if asked == path]


def test_watch_adds_new_versions_and_can_be_started_again(site, tmp_path, always_due):
    site.answers |= {"/feed": feed("/a", "/gone"), "/a": site.page}
    assert "round 1: 1 new, 0 revised, 0 same, 1 failed" in run(site, tmp_path / "l.db")
    assert (tmp_path / "l.db.sites").exists()
    assert "round 1: 0 new, 0 revised, 1 same, 1 failed" in run(site, tmp_path / "l.db")
    site.answers["/a"] = site.page.replace(b"23", b"25")
    assert "round 1: 0 new, 1 revised, 0 same, 1 failed" in run(site, tmp_path / "l.db")


def test_what_servers_said_outlasts_a_restart(site, tmp_path, always_due):
    site.answers |= {"/feed": tagged(feed("/a"), '"f1"'), "/a": tagged(site.page, '"a1"')}
    assert "1 new" in run(site, tmp_path / "l.db")
    assert "0 new, 0 revised, 0 same, 0 failed; the ledger has 1 articles" in run(site, tmp_path / "l.db")
    assert (sent_back(site, "/feed"), sent_back(site, "/a")) == ([None, '"f1"'], [None, '"a1"'])


def test_page_is_not_asked_for_sooner_after_a_restart(site, tmp_path):
    site.answers |= {"/feed": feed("/a"), "/a": site.page}
    run(site, tmp_path / "l.db")
    run(site, tmp_path / "l.db")
    assert site.paths() == ["/feed", "/a", "/feed"]


def test_page_that_changes_silently_is_a_new_version(site, tmp_path, always_due):
    site.answers |= {"/feed": feed("/a"), "/a": lambda h: h.give(200, site.page, ETag='"1"')}
    run(site, tmp_path / "l.db")
    changed = site.page.replace(b"at least 23", b"at least 31")
    site.answers["/a"] = lambda h: h.give(200, changed, ETag='"1"')
    assert "0 new, 1 revised" in run(site, tmp_path / "l.db")
    shown = CliRunner().invoke(cli.main, ["diff", site.url("/a"), "--db", str(tmp_path / "l.db"), "--json"])
    assert "31" in shown.stdout


def test_looks_of_a_round_that_is_cut_off_are_forgotten(site, tmp_path):
    site.answers |= {"/feed": feed("/a", "/b"), "/a": tagged(site.page, '"a1"'), "/b": site.page}
    cut_off = watching.Watch(Reach(allow_private=True), tmp_path / "looks")
    pages = cut_off.round(given_pages([site.url("/feed")]))
    next(pages)
    cut_off.close()
    again = watching.Watch(Reach(allow_private=True), tmp_path / "looks")
    assert len(list(again.round(given_pages([site.url("/feed")])))) == 2
    again.close()
    assert sent_back(site, "/a") == [None, None]


def test_host_that_does_not_answer_is_left_alone_longer_each_time(site):
    now = [0.0]
    watch = watching.Watch(Reach(allow_private=True), clock=lambda: now[0])
    place = given_pages([site.url("/a")])
    site.answers["/a"] = lambda h: h.give(503, b"", Retry_After="999")

    def asked_after(seconds):
        before = len(site.paths())
        now[0] += seconds
        list(watch.round(place))
        return len(site.paths()) > before

    first = watching.FIRST_REST_SECONDS
    assert [asked_after(wait) for wait in (0, first / 2, first / 2, first, first)] == [True, False, True, False, True]
    assert watch.rests.count() == 1
    site.answers["/a"] = site.page
    assert asked_after(4 * first)
    assert watch.rests.count() == 0
    assert asked_after(1)
    watch.close()


def test_rest_of_a_host_has_an_end():
    rests = watching.Rests(lambda: 0.0)
    for _ in range(100):
        rests.failed("gazette.example")
    assert rests._until["gazette.example"][1] == watching.LONGEST_REST_SECONDS
    for number in range(2 * watching.MOST_RESTS):
        rests.failed(f"{number}.example")
    assert rests.count() == watching.MOST_RESTS


def test_status_is_one_line_and_names_what_is_left_alone(site, tmp_path):
    site.answers["/a"] = lambda h: h.give(503, b"", Retry_After="999")
    (line,) = [line for line in run(site, tmp_path / "l.db", paths=("/a",)).splitlines() if "round 1" in line]
    assert line.endswith("claims; 1 hosts left alone for now")


def test_second_watch_of_a_ledger_is_told_to_end(site, tmp_path, monkeypatch):
    monkeypatch.setattr(looks, "SECONDS_TO_WAIT", 0.01)
    site.answers["/a"] = site.page
    first = watching.Watch(Reach(allow_private=True), tmp_path / "l.db.watch")
    list(first.round(given_pages([site.url("/a")])))
    assert "another watch writes to it" in run(site, tmp_path / "l.db", paths=("/a",))
    first.close()


def test_memory_that_is_something_else_is_said(site, tmp_path):
    (tmp_path / "l.db.watch").write_bytes(b"no database" * 100)
    assert "l.db.watch: no memory of a watch" in run(site, tmp_path / "l.db")


def test_memory_that_is_a_folder_is_said(tmp_path):
    with pytest.raises(WatchMemoryError, match="cannot be written"):
        looks.Looks(tmp_path)


# --- kills and long runs -------------------------------------------------------------------------------------------

PROGRAM = """
import sys
from onrecord.pages import fetch
manners = fetch.Manners
fetch.Manners = lambda **given: manners(pause=0.0, **given)
from onrecord.cli import main
sys.exit(main())
"""


@pytest.mark.long
@pytest.mark.parametrize("kills_at", ["/2", "/5", "/feed"])
def test_kill_loses_nothing_and_doubles_nothing(site, tmp_path, kills_at):
    paths = [f"/{number}" for number in range(8)]
    site.answers |= {path: tagged(site.page + path.encode(), f'"{path}"') for path in paths}
    site.answers["/feed"] = feed(*paths)
    command = [sys.executable, "-c", PROGRAM, "watch", "--db", str(tmp_path / "l.db"), "--rounds", "1"]
    command += ["--allow-private", site.url("/feed")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    whole = site.answers[kills_at]

    def kill(handler):
        process.kill()
        process.wait()
        handler.raw(b"")

    site.answers[kills_at] = kill
    assert process.wait(60) == -9
    site.answers[kills_at] = whole
    said = subprocess.run(command, stderr=subprocess.PIPE, check=True, timeout=60, text=True).stderr
    assert "the ledger has 8 articles" in said
    again = subprocess.run(command, stderr=subprocess.PIPE, check=True, timeout=60, text=True).stderr
    assert "0 new, 0 revised, 0 same, 0 failed; the ledger has 8 articles" in again


POLLS = 2_000
GROWTH_BYTES = 8_000_000
"""Memory that 1,800 polls may add; 4 KB for each would be 7 MB."""


@pytest.mark.long
def test_thousands_of_polls_do_not_fill_the_memory(site, tmp_path):
    now = [0.0]
    watch = watching.Watch(Reach(allow_private=True), tmp_path / "looks", clock=lambda: now[0])
    places = given_pages([site.url("/feed")])
    tracemalloc.start()
    for number in range(POLLS):
        site.asked.clear()
        site.answers = {"/feed": tagged(feed("/gone", f"/{number}"), f'"{number}"'), f"/{number}": site.page}
        now[0] += watching.ROUND_SECONDS
        assert [page.data for page in watch.round(places) if page.problem is None] == [site.page]
        watch.keep()
        if number == POLLS // 10:
            gc.collect()
            before, _ = tracemalloc.get_traced_memory()
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    watch.close()
    assert after - before < GROWTH_BYTES
