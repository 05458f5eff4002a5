"""Addresses in feeds, sitemaps and OPML files; damaged and hostile ones."""

import time

import pytest

from onrecord.errors import PageError, TooLargeError, UnreadableError
from onrecord.pages.feeds import MOST_ENTRIES, read_feed
from onrecord.pages.safe_xml import root_name
from onrecord.pages.sitemaps import read_opml, read_sitemap

HOME = "https://gazette.example"
ITEM = "<item><title>Ferry &nbsp; sinks</title><link>{}/a?x=1&amp;y=2</link><pubDate>Mon, 24 Nov 2025</pubDate></item>"
RSS = f'<?xml version="1.0"?><rss version="2.0"><channel><link>/</link>{ITEM.format(HOME)}</channel></rss>'
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/self"/><link href="/b"/>'
    "<updated>2025-11-24T10:00:00Z</updated><content>At least 23 people died.</content></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    f"<channel/><item><link>{HOME}/c</link></item></rdf:RDF>"
)


@pytest.mark.parametrize(
    ("feed", "url", "changed"),
    [
        (RSS, f"{HOME}/a?x=1&y=2", "Mon, 24 Nov 2025"),
        (ATOM, f"{HOME}/b", "2025-11-24T10:00:00Z"),
        (RDF, f"{HOME}/c", None),
        (f'<rss><channel><item><guid isPermaLink="true">{HOME}/d</guid></item></channel></rss>', f"{HOME}/d", None),
    ],
)
def test_feed_lists_its_pages(feed, url, changed):
    listing = read_feed(feed.encode(), "feed", url=f"{HOME}/feed")
    assert [(one.url, one.changed) for one in listing.listed] == [(url, changed)]
    assert listing.wrong is None


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig", "latin-1"])
def test_feed_in_another_charset(charset):
    feed = RSS.replace("?>", ' encoding="iso-8859-1"?>') if charset == "latin-1" else RSS
    assert len(read_feed(feed.replace("sinks", "sïnks").encode(charset), "feed").listed) == 1


def test_cut_feed_gives_what_is_left_and_says_so():
    feed = RSS.replace("</channel></rss>", "<item><link>https://gazette.example/b</link>")
    listing = read_feed(feed.encode(), "the feed")
    assert len(listing.listed) == 2
    assert listing.wrong.startswith("the feed: damaged XML in line 1")


@pytest.mark.parametrize(
    "damaged",
    [
        RSS.replace("<pubDate>", "<media:thumbnail/><pubDate>"),  # a prefix that is not declared
        RSS.replace("<rss ", '<rss xmlns:dc="h<ttp:" ').replace("pubDate>", "dc:date>"),
        ATOM.replace("http://www.w3.org/2005/Atom", "http:>//"),
        RSS.replace("Ferry", "&#xD800;"),
        RSS.replace("/a?", "/a&#55300;?"),
        RSS.replace("Ferry", "&#&#xD800;xD800;&#xD8&00;"),
    ],
)
def test_damage_costs_only_its_place(damaged):
    listing = read_feed(damaged.encode(), "the feed", url=f"{HOME}/feed")
    assert listing.listed[0].url.startswith(HOME)


@pytest.mark.parametrize("loc", ["<x:loc>{}</x:loc>", "<loc>{}</loc><x:y/>", "<loc>{}</loc><a>&#xDFFF;</a>"])
def test_damage_in_a_sitemap_costs_only_its_place(loc):
    sitemap = f"<urlset><url>{loc.format(HOME)}</url></urlset>"
    assert [one.url for one in read_sitemap(sitemap.encode(), "the sitemap").listed] == [HOME]


DECLARED = (
    '<!DOCTYPE rss [<!ENTITY a "https://evil.example/"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">'
    '<!ENTITY % d SYSTEM "http://10.0.0.1/x.dtd"> %d;]>'
)


@pytest.mark.parametrize("entity", ["&a;", "&b;", "&c;"])
def test_entities_are_never_expanded(entity):
    feed = DECLARED + f"<rss><channel><item><link>{HOME}/{entity}a</link></item></channel></rss>"
    listing = read_feed(feed.encode(), "feed")
    assert [one.url for one in listing.listed] == [f"{HOME}/a"]
    assert "declares entities" in listing.wrong


def test_entity_put_together_from_two_is_not_expanded():
    declared = DECLARED.replace("ENTITY a ", "ENTITY aa ")
    feed = f'<!-- <!DOCTYPE a> -->{declared}<rss><channel><item><link href="{HOME}/&a&b;a;"/></item></channel></rss>'
    assert [one.url for one in read_feed(feed.encode(), "feed").listed] == [f"{HOME}/aa;"]


def test_sitemap_and_its_index():
    sitemap = (
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> {HOME}/a </loc>'
        f"<lastmod>2025-11-24</lastmod></url><url><loc>{HOME}/b</loc></url><url/><url><loc>{HOME}/a</loc></url></urlset>"
    )
    listing = read_sitemap(sitemap.encode(), "sitemap")
    assert [(one.url, one.changed) for one in listing.listed] == [(f"{HOME}/a", "2025-11-24"), (f"{HOME}/b", None)]
    index = f"<sitemapindex><sitemap><loc>{HOME}/s.xml</loc></sitemap></sitemapindex>"
    assert [one.url for one in read_sitemap(index.encode(), "index").listed] == [f"{HOME}/s.xml"]


def test_opml_lists_feeds_of_its_folders():
    opml = f'<opml><body><outline text="News"><outline xmlUrl="{HOME}/f"/></outline><outline text="x"/></body></opml>'
    assert [one.url for one in read_opml(opml.encode(), "feeds.opml").listed] == [f"{HOME}/f"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (RSS.encode(), "rss"), (ATOM.encode(), "feed"), (RDF.encode(), "rdf"), (b"\xef\xbb\xbf <opml/>", "opml"),
        ((DECLARED + "<urlset>").encode(), "urlset"), (b"<!-- a --><sitemapindex>", "sitemapindex"),
        ("<rss>".encode("utf-16"), "rss"), (b"<!doctype html><html><body>", "html"), (b"At least 23 died.", None),
        (b"", None), (b"<", None), (b"<!DOCTYPE" * 900, None), (b"<!--" * 1000, None), (b"<!---->" * 500, None),
        (b"<?xml " * 700, None),
    ],
)  # fmt: skip
def test_first_element_is_named(data, name):
    assert root_name(data) == name


FLOODS = {
    "nothing": (b"", UnreadableError),
    "no XML": (b"At least 23 people died.", UnreadableError),
    "no address": (b"<rss><channel/></rss>", UnreadableError),
    "100,000 nested": (b"<rss><channel>" + b"<item>" * 100_000, UnreadableError),
    "9 MB title": (b"<rss><channel><item><title>" + b"x" * 9_000_000, UnreadableError),
    "over 10 MB": (b"<rss><channel>" + b" " * 10_000_000, TooLargeError),
    "signs": (b"<rss><channel>" + b"<" * 9_000_000, TooLargeError),
    "references": (b"<rss><channel>" + b"&a;" * 3_000_000, TooLargeError),
    "attributes": (b"<rss " + b" ".join(b'a%d=""' % n for n in range(200_000)) + b"/>", UnreadableError),
    "binary": (bytes(range(256)) * 1000, UnreadableError),
    "document types": (b"<rss>" + b"<!DOCTYPE [ ]" * 300_000, UnreadableError),
}


@pytest.mark.parametrize("name", FLOODS)
def test_flood_ends_soon_with_a_problem(name):
    data, error = FLOODS[name]
    began = time.process_time()
    with pytest.raises(PageError) as raised:
        read_feed(data, "the feed")
    assert time.process_time() - began < 5
    assert isinstance(raised.value, error)
    assert str(raised.value).startswith("the feed: ")


def test_entries_past_the_most_are_left():
    items = "".join(f"<item><link>{HOME}/{n}</link></item>" for n in range(MOST_ENTRIES + 10))
    listing = read_feed(f"<rss><channel>{items}</channel></rss>".encode(), "feed")
    assert len(listing.listed) == MOST_ENTRIES
    assert "first 5,000 entries" in listing.wrong
