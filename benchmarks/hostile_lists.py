"""Hostile feeds, sitemaps and OPML files, and damaged archives of pages."""

import gzip
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import brotli

from hostile_cases import (
    PAGE,
    READ,
    Case,
    a_file,
    answer,
    archive,
    attributes,
    deflate_bomb,
    flipped,
    gzip_bomb,
    laughs,
    record,
    zstd_bomb,
)
from onrecord.pages.fetch_codings import ACCEPTED

if TYPE_CHECKING:
    from hostile_site import Site

PRIVATE = "http://10.0.0.1/a"
TRIED_PLACES = 100

ENTITIES = (
    '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % b SYSTEM "http://10.0.0.1/x.dtd"> %b;'
    '<!ENTITY c "http://10.0.0.1/"><!ENTITY d "&c;&c;">]>'
)


def rss(items: str, head: str = "") -> str:
    """Return a feed."""
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>a</title>{items}</channel></rss>'


def item(link: str) -> str:
    """Return one entry of a feed."""
    return f"<item><title>a</title><link>{link}</link></item>"


def a_list(name: str, data: Callable[[], bytes | str], ends: str, *, says: str = "", quick: bool = False) -> Case:
    """Return the case of one list or archive in a file."""
    return a_file(name, data, ends, ending=".xml", says=says, quick=quick)


HERE: tuple[str, ...] = (
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/",
    "http://0177.0.0.1/", "http://0x7f.1/", "http://169.254.169.254/latest/meta-data/", "https://0/",
)  # fmt: skip
SCHEMES: tuple[str, ...] = (
    "file:///etc/passwd", "ftp://gazette.example/a", "javascript:alert(1)", "data:text/html,a", "gopher://a/",
    "jar:http://a!/b", "\\\\gazette\\a", "about:blank", "http:", "://a",
)  # fmt: skip

FEEDS = [
    a_list(
        "feed with an external entity", lambda: rss(item("&a;"), ENTITIES), "unreadable", says="entities", quick=True
    ),
    a_list("feed whose address is an entity", lambda: rss(item("&d;x"), ENTITIES), "fetch", says="only http"),
    a_list(
        "feed with billion laughs", lambda: rss(item("&e9;"), laughs("rss")), "unreadable", says="entities", quick=True
    ),
    a_list("feed with one long entity 100,000 times", lambda: rss(item("&a;" * 100_000), _long_entity()), "too_large"),
    a_list(
        "feed with another DTD",
        lambda: rss(item(PRIVATE), '<!DOCTYPE rss SYSTEM "http://10.0.0.1/x.dtd">'),
        "refused_address",
    ),
    a_list(
        "feed with a style sheet",
        lambda: '<?xml-stylesheet href="http://10.0.0.1/"?>' + rss(item(PRIVATE)),
        "refused_address",
    ),
    a_list(
        "feed that includes a file",
        lambda: rss(
            item('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')
        ),
        "unreadable",
        says="no address",
    ),
    a_list("feed of pages on this machine", lambda: rss("".join(map(item, HERE))), "refused_address"),
    a_list("feed of odd schemes", lambda: rss("".join(map(item, SCHEMES))), "fetch", says="only http"),
    a_list("feed with no addresses", lambda: rss("<item/>" * 1000), "unreadable", says="no address"),
    a_list("feed of 100,000 nested entries", lambda: rss("<item>" * 100_000), "unreadable"),
    a_list("feed of 100,000 nested elements of no standard", lambda: rss("<x>" * 100_000), "unreadable"),
    a_list("feed of 200,000 entries on this machine", lambda: rss(item("http://127.0.0.1/") * 200_000), "too_large"),
    a_list("feed of 12 MB", lambda: rss(item("/a" * 6_000_000)), "too_large"),
    a_list("feed with a title of 9 MB", lambda: rss(f"<title>{'a' * 9_000_000}</title>"), "unreadable"),
    a_list("feed with 9 MB in CDATA", lambda: rss(item(f"<![CDATA[{'a' * 9_000_000}]]>")), "fetch"),
    a_list("feed with 200,000 attributes", lambda: rss("", "").replace("<rss ", f"<rss {attributes()} "), "unreadable"),
    a_list(
        "feed with 100,000 names of spaces",
        lambda: rss("".join(f'<a xmlns:n{n}="n"/>' for n in range(100_000))),
        "unreadable",
    ),
    a_list("feed of nothing but tags", lambda: "<rss>" + "<" * 9_000_000, "too_large", says="tags"),
    a_list("feed of nothing but references", lambda: "<rss>" + "&a;" * 3_000_000, "too_large"),
    a_list("feed of nothing but document types", lambda: "<rss>" + "<!DOCTYPE [ ]" * 300_000, "unreadable"),
    a_list("feed cut off", lambda: rss(item(PRIVATE))[:-40], "unreadable", says="damaged XML"),
    a_list(
        "feed that says utf-16", lambda: rss(item(PRIVATE)).replace("?>", ' encoding="utf-16"?>'), "refused_address"
    ),
    a_list("feed that says utf-7", lambda: rss(item(PRIVATE)).replace("?>", ' encoding="utf-7"?>'), "refused_address"),
    a_list("feed with NUL", lambda: rss(item("http://10.0.0.1/\0a")), "unreadable"),
    a_list("feed packed: 1 GB", lambda: gzip.compress(b"<rss><channel>") + gzip_bomb(1000), "too_large"),
    a_list("sitemap of 60,000 pages on this machine", lambda: _sitemap(60_000), "refused_address"),
    a_list("sitemap nested 100,000 deep", lambda: "<urlset>" + "<url>" * 100_000, "unreadable"),
    a_list(
        "index of itself",
        lambda: f"<sitemapindex><sitemap><loc>{PRIVATE}</loc></sitemap></sitemapindex>",
        "refused_address",
    ),
    a_list("OPML nested 100,000 deep", lambda: "<opml><body>" + "<outline text='a'>" * 100_000, "unreadable"),
    a_list("OPML with an external entity", lambda: ENTITIES + "<opml><outline xmlUrl='&a;'/></opml>", "unreadable"),
]


def _long_entity() -> str:
    return f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'


def _sitemap(count: int) -> str:
    return f"<urlset>{''.join(f'<url><loc>http://10.0.0.1/{n}</loc></url>' for n in range(count))}</urlset>"


# --- archives ------------------------------------------------------------------------------------------------------

SHORT = PAGE.replace(b"</article>", b"<p>The harbour stays closed.</p></article>")


CHUNKED = "Transfer-Encoding: chunked\r\n"
DIGEST = "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
EMPTY = b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
ZSTD_ENDS = "too_large" if "zstd" in ACCEPTED else "unreadable"


def three() -> list[bytes]:
    """Return three records of pages."""
    return [record(answer(SHORT), number=number) for number in range(3)]


def long_member(megabytes: int) -> bytes:
    """Return a gzip member whose record says it is as long as the member is."""
    head = record(b"", length=megabytes * 1_000_000).removesuffix(b"\r\n\r\n")
    return deflate_bomb(megabytes, bits=zlib.MAX_WBITS | 16, head=head)


def bomb_record(body: bytes, coding: str) -> bytes:
    """Return an archive with a good page, one whose body is a bomb, and a good page."""
    good = record(answer())
    return archive(good, record(answer(body, more=f"Content-Encoding: {coding}\r\n")), good)


def at_places(name: str, packed: bool, change: Callable[[bytes, int], bytes], *, quick: bool = False) -> Case:
    """Return the case of an archive that is damaged at 100 places, a file for each."""

    def make(folder: Path, _: "Site") -> list[str]:
        data = archive(*three()) if packed else b"".join(three())
        places = random.Random(2025).sample(range(20, len(data) - 5), TRIED_PLACES)  # noqa: S311  the same each time
        for number, place in enumerate(places):
            (folder / f"{number}.warc").write_bytes(change(data, place))
        return ["read", "--json", *(str(folder / f"{number}.warc") for number in range(TRIED_PLACES))]

    return Case(name=name, make=make, ends="corrupt_archive", says="damaged record", quick=quick)


def _cut(data: bytes, place: int) -> bytes:
    return data[:place]


ARCHIVES = [
    at_places("packed archive cut off at 100 places", True, _cut),
    at_places("packed archive with a bit flipped at 100 places", True, flipped, quick=True),
    at_places("plain archive cut off at 100 places", False, _cut),
    at_places("plain archive with a bit flipped at 100 places", False, flipped),
    a_list(
        "archive: member of 1 GB",
        lambda: archive(three()[0]) + long_member(1000) + archive(three()[1]),
        "too_large",
        quick=True,
    ),
    a_list("archive: body is a gzip bomb", lambda: bomb_record(gzip_bomb(1000), "gzip"), "too_large"),
    a_list("archive: body is a deflate bomb", lambda: bomb_record(deflate_bomb(1000, bits=15), "deflate"), "too_large"),
    a_list(
        "archive: body is a br bomb",
        lambda: bomb_record(brotli.compress(bytes(100_000_000), quality=1), "br"),
        "too_large",
    ),
    a_list("archive: body is a zstd bomb", lambda: bomb_record(zstd_bomb(1000), "zstd"), ZSTD_ENDS),
    a_list("archive: body packed three times", lambda: bomb_record(b"\x1f\x8b", "gzip, gzip, gzip"), "unreadable"),
    a_list("archive: member in a member", lambda: gzip.compress(archive(*three())), "unreadable", says="gzip"),
    a_list("archive: length of 99 GB", lambda: record(answer(), length=99_000_000_000) + record(answer()), "too_large"),
    a_list("archive: length below zero", lambda: record(answer(), length=-5) + record(answer()), "corrupt_archive"),
    a_list("archive: length of 5,000 digits", lambda: record(answer(), length="9" * 5000), "corrupt_archive"),
    a_list("archive: length too short", lambda: record(answer(), length=60) + record(answer()), "corrupt_archive"),
    a_list("archive: two lengths", lambda: record(answer(), more="Content-Length: 5\r\n"), "corrupt_archive"),
    a_list("archive: head without end", lambda: b"WARC/1.1\r\n" + b"A: b\r\n" * 500_000, "corrupt_archive"),
    a_list(
        "archive: 50,000 fields in a HTTP head", lambda: record(answer(more="A: b\r\n" * 50_000)), "corrupt_archive"
    ),
    a_list(
        "archive: field of 10 MB in a HTTP head",
        lambda: record(answer(more=f"A: {'b' * 10_000_000}\r\n")),
        "corrupt_archive",
    ),
    a_list(
        "archive: 19 MB of garbage", lambda: b"WARC/" + b"x\x1f\x8b\x08" * 4_700_000 + three()[0], "corrupt_archive"
    ),
    a_list("archive: 100,000 records without a page", lambda: EMPTY * 100_000 + three()[0], READ),
    a_list(
        "archive: 300,000 beginnings of members",
        lambda: archive(three()[0]) + b"\x1f\x8b\x08\0" * 300_000,
        "corrupt_archive",
    ),
    a_list("archive: chunks that lie", lambda: record(answer(b"ffffffff\r\n" + PAGE, more=CHUNKED)), READ),
    a_list(
        "archive: 500,000 chunks",
        lambda: record(answer(b"1\r\na\r\n" * 500_000 + b"0\r\n\r\n", more=CHUNKED)),
        "no_article",
    ),
    a_list("archive: address with a bidi mark", lambda: three()[0].replace(b"gazette", "\u202e".encode()), READ),
    a_list("archive: charset that is none", lambda: three()[0].replace(b"utf-8", b"\xff\x00base64"), "corrupt_archive"),
    a_list(
        "archive: digest that does not fit", lambda: record(answer(), more=DIGEST), "corrupt_archive", says="digest"
    ),
    a_list("archive: nothing in it", lambda: gzip.compress(b"WARC/1.1\r\n"), "corrupt_archive"),
]

LISTS: tuple[Case, ...] = (*FEEDS, *ARCHIVES)
