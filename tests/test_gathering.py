"""From places to pages: URLs, feeds, sitemaps, OPML and WARC files, through the commands too."""

import gzip
import json

import pytest
from click.testing import CliRunner

from onrecord import cli
from onrecord.gathering import Reach, gathered
from onrecord.manifest import given_pages
from onrecord.pages import fetch


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """No pauses between pages."""
    monkeypatch.setattr(fetch, "PAUSE_SECONDS", 0.0)
    manners = fetch.Manners
    monkeypatch.setattr(fetch, "Manners", lambda **given: manners(pause=0.0, **given))


def gather(*places, manifest=None, tell=None):
    return list(gathered(given_pages(map(str, places), manifest), Reach(allow_private=True, seconds=2.0), tell=tell))


def kinds(pages):
    return [page.problem.kind if page.problem else None for page in pages]


def xml(handler, body):
    handler.give(200, body.encode(), Content_Type="application/xml")


def feed_of(*addresses):
    items = "".join(f"<item><link>{address}</link></item>" for address in addresses)
    return f"<rss><channel>{items}</channel></rss>"


def warc(*addresses, page):
    records = []
    for address in addresses:
        content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + content + b"\r\n\r\n"))
    return b"".join(records)


def test_url_gives_its_page(site):
    site.answers |= {"/a": lambda h: h.give(302, b"", Location="/b"), "/b": site.page}
    [page] = gather(site.url("/a"))
    assert (page.data, page.origin.name, page.origin.url) == (site.page, site.url("/a"), site.url("/b"))
    assert (page.origin.media_type, page.origin.charset, page.address) == ("html", "utf-8", None)
    assert page.origin.captured


def test_feed_gives_its_pages_each_once(site):
    site.answers |= {"/a": site.page, "/b": site.page}
    site.answers["/feed"] = lambda h: xml(h, feed_of("/a", "/b", "/a", "/gone", "ftp://n.example/x"))
    pages = gather(site.url("/feed"))
    assert kinds(pages) == [None, None, "fetch", "fetch"]
    assert site.paths() == ["/feed", "/a", "/b", "/gone"]


def test_index_of_sitemaps_packed_and_not(site):
    site.answers |= {"/a": site.page}
    index = f"<sitemapindex><sitemap><loc>{site.url('/s.xml.gz')}</loc></sitemap></sitemapindex>"
    urls = gzip.compress(f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>".encode())
    site.answers |= {
        "/index": lambda h: xml(h, index),
        "/s.xml.gz": lambda h: h.give(200, urls, Content_Type="application/gzip"),
    }
    assert [page.origin.url for page in gather(site.url("/index"))] == [site.url("/a")]


def test_opml_file_gives_the_pages_of_its_feeds(site, tmp_path):
    site.answers |= {"/a": site.page, "/feed": lambda h: xml(h, feed_of("/a"))}
    (tmp_path / "feeds.opml").write_text(f'<opml><body><outline xmlUrl="{site.url("/feed")}"/></body></opml>')
    assert [page.origin.url for page in gather(tmp_path / "feeds.opml")] == [site.url("/a")]


def test_lists_that_list_one_another_end(site):
    site.answers |= {f"/{n}": lambda h, n=n: xml(h, feed_of(f"/{n + 1}")) for n in range(9)}
    pages = gather(site.url("/0"))
    assert kinds(pages) == ["fetch"]
    assert "3 other lists" in pages[0].problem.says


@pytest.mark.parametrize(("first", "second"), [("/0", "/0"), ("/1", "/0"), ("/1", "/1")])
def test_list_that_lists_itself_is_said(site, first, second):
    site.answers |= {"/0": lambda h: xml(h, feed_of(first)), "/1": lambda h: xml(h, feed_of(second, "/a"))}
    site.answers["/a"] = site.page
    problems = [page.problem for page in gather(site.url("/0")) if page.problem]
    assert [problem.kind for problem in problems] == ["fetch"]
    assert "lists itself" in problems[0].says


def test_damaged_feed_is_a_problem_beside_its_pages(site, tmp_path):
    site.answers["/a"] = site.page
    (tmp_path / "feed.xml").write_text(feed_of(site.url("/a"))[:-10])
    assert kinds(gather(tmp_path / "feed.xml")) == ["unreadable", None]


def test_archive_gives_its_pages_from_a_file_and_from_the_net(site, tmp_path):
    data = warc("https://gazette.example/1", "https://gazette.example/2", page=site.page)
    (tmp_path / "a.warc.gz").write_bytes(data)
    site.answers["/a.warc.gz"] = data
    told = []
    pages = gather(tmp_path / "a.warc.gz", site.url("/a.warc.gz"), tell=told.append)
    assert [page.origin.name for page in pages] == ["https://gazette.example/1", "https://gazette.example/2"] * 2
    assert told[0] == f"{tmp_path / 'a.warc.gz'}: 2 pages; passed over: nothing"


def test_files_and_problems_pass_through(tmp_path):
    (tmp_path / "page.txt").write_text("At least 23 people died off Calder.")
    (tmp_path / "page").write_text("At least 23 people died off Calder.")
    pages = gather(tmp_path / "page.txt", tmp_path / "page", tmp_path / "none", tmp_path)
    assert [page.path for page in pages] == [tmp_path / "page.txt", tmp_path / "page", tmp_path / "none", tmp_path]
    assert kinds(pages) == [None] * 4


@pytest.mark.parametrize("name", ["missing.warc.gz", "empty.warc", "damaged.warc.gz"])
def test_archive_that_cannot_be_read_is_a_problem(tmp_path, name):
    (tmp_path / "empty.warc").write_bytes(b"")
    (tmp_path / "damaged.warc.gz").write_bytes(b"\x1f\x8b\x08 nonsense")
    result = run("read", "--json", str(tmp_path / name))
    kind = "corrupt_archive" if name == "damaged.warc.gz" else "unreadable"
    assert [problem["kind"] for problem in json.loads(result.stdout)["problems"]] == [kind]


def test_manifest_line_keeps_what_it_says(site, tmp_path):
    site.answers["/a"] = site.page
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(json.dumps({"url": site.url("/a"), "id": "k", "outlet": "Calder Gazette"}))
    [page] = gather(manifest=manifest)
    assert (page.origin.id, page.origin.outlet, page.data) == ("k", "Calder Gazette", site.page)


def test_private_address_is_refused(site):
    [page] = gathered(given_pages([site.url("/a")]))
    assert page.problem.kind == "refused_address"
    assert "--allow-private" in page.problem.says
    assert site.asked == []


# --- commands ------------------------------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(cli.main, arguments)


def test_read_fetches(site):
    site.answers["/a"] = site.page
    result = run("read", "--json", "--allow-private", site.url("/a"))
    reading = json.loads(result.stdout)
    assert (result.exit_code, reading["id"]) == (0, site.url("/a"))
    assert 23 in [figure["low"] for figure in reading["figures"]]


@pytest.mark.parametrize(
    ("options", "answer", "kind"),
    [
        ([], None, "refused_address"),
        (["--allow-private"], None, "fetch"),
        (["--allow-private", "--timeout", "0.2"], lambda h: h.server.shutdown_request or h.rfile.read(1), "timeout"),
    ],
)
def test_read_says_what_cannot_be_fetched(site, options, answer, kind):
    if answer:
        site.answers["/a"] = answer
    result = run("read", "--json", *options, site.url("/a"))
    assert result.exit_code == 1
    assert [problem["kind"] for problem in json.loads(result.stdout)["problems"]] == [kind]
    assert result.stderr.startswith(("127.0.0.1: ", site.url("/a")))


def test_add_keeps_pages_of_a_feed_and_notices_changes(site, tmp_path):
    site.answers |= {"/a": site.page, "/b": site.page, "/feed": lambda h: xml(h, feed_of("/a", "/b"))}
    add = ("add", "--json", "--allow-private", "--db", str(tmp_path / "l.db"), site.url("/feed"))
    first, again = json.loads(run(*add).stdout), json.loads(run(*add).stdout)
    site.answers["/b"] = site.page.replace(b"23 people", b"25 people")
    third = json.loads(run(*add).stdout)
    assert [first["new"], again["same"], third["same"], third["revised"]] == [2, 2, 1, 1]
