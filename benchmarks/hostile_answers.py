"""Hostile servers: packed bombs, redirects, names with private addresses, heads and bodies that lie or never end."""

import gzip
import time
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import brotli

from hostile_cases import PAGE, READ, Case, archive, deflate_bomb, gzip_bomb, record, zstd_bomb
from hostile_cases import answer as archived
from hostile_lists import ZSTD_ENDS, item, rss
from hostile_site import Given, Site, Talk, whole

TIMEOUT = ("--allow-private", "--timeout", "2")
"""What a person gives who waits no longer than 2 s for a page."""

PUBLIC = "93.184.216.34"
GAZETTE = "gazette.example"


def served(
    name: str, answers: dict[str, Given], ends: str, *, says: str = "", quick: bool = False, path: str = "/a",
    seconds: int = 2,
) -> Case:  # fmt: skip
    """Return the case of a URL whose server gives these answers by path; seconds are those that the command waits."""

    def make(_: Path, site: Site) -> list[str]:
        site.answers |= answers
        return ["read", "--json", "--allow-private", "--timeout", str(seconds), site.url(path)]

    return Case(name=name, make=make, ends=ends, says=says, quick=quick)


def one(name: str, given: Given, ends: str, *, says: str = "", quick: bool = False) -> Case:
    """Return the case of a URL that gives one answer."""
    return served(name, {"/a": given}, ends, says=says, quick=quick)


def lazily(make: Callable[[], bytes]) -> Given:
    """Return an answer that is made when it is asked for."""

    def give(talk: Talk) -> None:
        talk.send(make())

    return give


def coded(coding: str, make: Callable[[], bytes]) -> Given:
    """Return an answer that is packed."""
    return lazily(lambda: whole(make(), f"Content-Encoding: {coding}"))


BOMBS = [
    one("answer: gzip bomb", coded("gzip", lambda: gzip_bomb(1000)), "too_large", quick=True),
    one("answer: deflate bomb", coded("deflate", lambda: deflate_bomb(1000, bits=15)), "too_large"),
    one("answer: deflate bomb without head", coded("deflate", lambda: deflate_bomb(1000, bits=-15)), "too_large"),
    one("answer: br bomb", coded("br", lambda: brotli.compress(bytes(100_000_000), quality=1)), "too_large"),
    one("answer: zstd bomb", coded("zstd", lambda: zstd_bomb(1000)), ZSTD_ENDS),
    one("answer: zstd with a window of 1 GB", coded("zstd", lambda: zstd_bomb(1000, window=0xA0)), "unreadable"),
    one("answer: gzip bomb in gzip", coded("gzip, gzip", lambda: gzip.compress(gzip_bomb(3000))), "too_large"),
    one("answer: gzip bomb in br", coded("gzip, br", lambda: brotli.compress(gzip_bomb(3000))), "too_large"),
    one("answer: packed ten times", coded(", ".join(["gzip"] * 10), lambda: PAGE), "unreadable", says="10 times"),
    one("answer: 10,000 codings", coded("gzip," * 10_000, lambda: PAGE), "unreadable", says="times over"),
    one("answer: gzip file of a gzip bomb", lazily(lambda: whole(gzip_bomb(1000))), "too_large"),
    served(
        "answer: a million empty gzip members",
        {"/a": coded("gzip", lambda: gzip.compress(b"") * 900_000)},
        "unreadable",
        seconds=30,
    ),
    one("answer: says gzip, is plain", coded("gzip", lambda: PAGE), "unreadable", says="gzip"),
    one("answer: says br, is plain", coded("br", lambda: PAGE), "unreadable", says="br"),
    one("answer: gzip cut off", coded("gzip", lambda: gzip.compress(PAGE)[:-30]), "unreadable", says="cut off"),
    one("answer: coding that is none", coded("\x1b[2Jexe", lambda: PAGE), "unreadable"),
    one(
        "answer: coding with letters of a terminal",
        coded("com\u0301press".encode().decode("latin-1"), lambda: PAGE),
        "unreadable",
        says="packed with",
    ),
    served(
        "answer: archive that is a bomb",
        {"/a.warc.gz": lazily(lambda: whole(gzip_bomb(1000)))},
        "corrupt_archive",
        path="/a.warc.gz",
    ),
    served(
        "answer: archive with a bomb", {"/a.warc.gz": lazily(lambda: whole(_bombs()))}, "too_large", path="/a.warc.gz"
    ),
    one("answer: feed packed, 1 GB", coded("gzip", lambda: gzip.compress(b"<rss>") + gzip_bomb(1000)), "too_large"),
]


def _bombs() -> bytes:
    return archive(*[record(archived(gzip_bomb(100), more="Content-Encoding: gzip\r\n"))] * 5)


# --- redirects and names -------------------------------------------------------------------------------------------


def moved(to: str, status: int = 302) -> bytes:
    """Return an answer that leads somewhere else."""
    return whole(b"", f"Location: {to}", status=f"{status} Found")


def by_name(
    name: str, addresses: list[list[str]], ends: str, *, answers: Mapping[str, Given] | None = None, says: str = "",
    quick: bool = False, more: dict[str, list[list[str]]] | None = None,
) -> Case:  # fmt: skip
    """Return the case of a URL with a name; addresses are what each look-up answers, the last one for ever."""

    def make(_: Path, site: Site) -> list[str]:
        site.answers["/a"] = whole(PAGE)
        site.answers.update(answers or {})
        return ["read", "--json", "--timeout", "2", f"http://{GAZETTE}/a"]

    names = {GAZETTE: addresses} | (more or {})
    return Case(name=name, make=make, ends=ends, says=says, quick=quick, names=names)


def at(url: str, ends: str, says: str) -> Case:
    """Return the case of a URL that must not be asked for."""
    return Case(
        name=f"address {url[:50]!r}",
        make=lambda *_: ["read", "--json", "--timeout", "2", url],
        ends=ends,
        says=says,
    )


def redirected(to: str, ends: str = "refused_address", *, says: str = "", quick: bool = False) -> Case:
    """Return the case of a page of the public net that leads somewhere else."""
    return by_name(
        f"redirect to {to[:60]!r}", [[PUBLIC]], ends, answers={"/a": moved(to)}, says=says, quick=quick,
        more={"inside.example": [["10.0.0.7"]], "127.0.0.1": [["127.0.0.1"]], "10.0.0.1": [["10.0.0.1"]],
              "169.254.169.254": [["169.254.169.254"]], "::1": [["::1"]], "::ffff:127.0.0.1": [["::ffff:127.0.0.1"]],
              "::ffff:7f00:1": [["::ffff:7f00:1"]], "2130706433": [["127.0.0.1"]], "0177.0.0.1": [["127.0.0.1"]],
              "0x7f.0.0.1": [["127.0.0.1"]], "127.1": [["127.0.0.1"]], "0": [["0.0.0.1"]], "fe80::1": [["fe80::1"]],
              "localhost": [["127.0.0.1"]], "64:ff9b::a00:1": [["64:ff9b::a00:1"]], "::": [["::"]]},
    )  # fmt: skip


TARGETS = (
    "http://127.0.0.1/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://2130706433/",
    "http://0x7f.0.0.1/", "http://127.1/", "http://0/", "http://[fe80::1]/", "http://localhost/", "http://[::]/",
    "http://[64:ff9b::a00:1]/", "http://inside.example/", "//10.0.0.1/", "https://10.0.0.1/",
)  # fmt: skip

REDIRECTS = [
    *(redirected(to) for to in TARGETS),
    redirected("http://\u2460\u2461\u2466.0.0.1/", "fetch"),
    redirected("http://0177.0.0.1/", "fetch", says="no URL"),
    redirected("http://you:secret@gazette.example/", "fetch", says="password"),
    redirected("http://gazette.example@10.0.0.1/", "fetch", says="password"),
    redirected("http://gazette.example\\@10.0.0.1/", "fetch"),
    redirected("file:///etc/passwd", "fetch", says="only http"),
    redirected("ftp://gazette.example/a", "fetch", says="only http"),
    redirected("javascript:alert(1)", "fetch", says="only http"),
    redirected("data:text/html,<p>a</p>", "fetch", says="only http"),
    redirected("gopher://gazette.example:25/", "fetch", says="only http"),
    redirected("http://gazette.example:25/", "fetch", says="port"),
    redirected("http://gazette.example:0/", "fetch", says="port"),
    redirected("http://gazette.example:99999/", "fetch", says="port"),
    redirected("http://gazette.example:6667/", "fetch", says="port"),
    redirected("http://[::1/", "fetch", says="no URL"),
    redirected("http:///a", "fetch"),
    redirected("/" + "a" * 9000, "fetch", says="characters"),
    redirected("", "fetch", says="where to"),
    by_name(
        "redirect that goes round",
        [[PUBLIC]],
        "fetch",
        answers={"/a": moved("/b"), "/b": moved("/a")},
        says="redirects",
    ),
    by_name("redirect to itself", [[PUBLIC]], "fetch", answers={"/a": moved("/a")}, says="redirects"),
    by_name(
        "redirects without end",
        [[PUBLIC]],
        "fetch",
        answers={"/a": moved("/1")} | {f"/{n}": moved(f"/{n + 1}") for n in range(1, 30)},
        says="redirects",
    ),
    by_name(
        "redirect of robots.txt to a private address",
        [[PUBLIC]],
        "refused_address",
        answers={"/robots.txt": moved("http://inside.example/")},
        more={"inside.example": [["10.0.0.7"]]},
    ),
    by_name("redirects of robots.txt without end", [[PUBLIC]], READ, answers={"/robots.txt": moved("/robots.txt")}),
]

NAMES = [
    by_name("name with a public and a private address", [[PUBLIC, "10.0.0.1"]], "refused_address", quick=True),
    by_name("name with a private and a public address", [["192.168.1.1", PUBLIC]], "refused_address"),
    by_name("name with IPv4 in IPv6", [["::ffff:10.0.0.1"]], "refused_address", says="IPv6"),
    by_name("name with public IPv4 in IPv6", [[f"::ffff:{PUBLIC}"]], "refused_address", says="IPv6"),
    by_name("name with a 6to4 address", [["2002:7f00:1::"]], "refused_address", says="tunnel"),
    by_name(
        "name that is private the second time",
        [[PUBLIC], ["127.0.0.1"]],
        "refused_address",
        says="loopback",
        answers={"/a": lambda talk: talk.send(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")},
    ),
    by_name("name with 1,000 addresses, one private", [[PUBLIC] * 1_000 + ["10.0.0.1"]], "refused_address"),
    by_name("name without address", [[]], "fetch", says="no address"),
    by_name("name of multicast", [["224.0.0.1"]], "refused_address", says="multicast"),
    by_name("name of a carrier's net", [["100.64.0.1"]], "refused_address"),
    by_name("name that is public", [[PUBLIC]], READ),
    *(
        at(url, ends, says)
        for url, ends, says in (
            ("http://127.0.0.1:8080/", "refused_address", "loopback"),
            ("http://2130706433/", "refused_address", ""),
            ("http://017700000001/", "refused_address", ""),
            ("http://0x7f000001/", "refused_address", ""),
            ("http://127.1/", "refused_address", ""),
            ("http://[::ffff:127.0.0.1]/", "refused_address", ""),
            ("http://localhost/", "refused_address", "loopback"),
            ("http://\u0661\u0662\u0667.0.0.1/", "fetch", ""),
            ("http://you:secret@127.0.0.1/", "fetch", "password"),
            ("ftp://gazette.example/", "fetch", "only http"),
            ("file:///etc/passwd", "fetch", "only http"),
            ("http://127.0.0.1:22/", "fetch", "port"),
            ("http://a.example:port/", "fetch", "no URL"),
            ("http://" + "a" * 70 + ".example/", "fetch", ""),
            ("http://a.example/\x1b[2J", "fetch", "control character"),
            ("http://[fe80::1%25eth0]/", "fetch", ""),
        )
    ),
]


# --- heads and bodies ----------------------------------------------------------------------------------------------

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def endless(*begin: bytes, piece: bytes = b"<p>a</p>" * 8000) -> Given:
    """Return an answer that goes on for ever."""

    def give(talk: Talk) -> None:
        for data in begin:
            talk.send(data)
        talk.for_ever(piece)

    return give


def slowly(*begin: bytes, data: bytes = b"a" * 10_000) -> Given:
    """Return an answer whose rest comes byte after byte."""

    def give(talk: Talk) -> None:
        for piece in begin:
            talk.send(piece)
        talk.drip(data)

    return give


def closing(data: bytes) -> Given:
    """Return bytes behind which the server hangs up."""
    return lambda talk: talk.send(data)


def silent(talk: Talk) -> None:
    """Say nothing for a while."""
    time.sleep(8)


BODIES = [
    one("body without end", endless(OK + b"\r\n"), "too_large"),
    one(
        "chunks without end",
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", piece=b"5\r\nabcde\r\n" * 5000),
        "timeout",
    ),
    one(
        "empty chunk extensions without end",
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n1;", piece=b"a" * 9999),
        "fetch",
    ),
    one(
        "trailers without end",
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", piece=b"A: b\r\n" * 99),
        "fetch",
    ),
    one("chunk of 16 EB", closing(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" + PAGE), "fetch"),
    one("chunk below zero", closing(OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n" + PAGE), "fetch"),
    one("length longer than the body", closing(OK + b"Content-Length: 9000\r\n\r\n" + PAGE), "fetch", says="whole"),
    one("length shorter than the body", closing(OK + b"Content-Length: 30\r\n\r\n" + PAGE), "no_article"),
    one("length below zero", closing(OK + b"Content-Length: -1\r\n\r\n" + PAGE), "fetch"),
    one("length of 99 GB", closing(OK + b"Content-Length: 99000000000\r\n\r\n"), "too_large"),
    one("length of 10,000 digits", closing(OK + b"Content-Length: " + b"9" * 10_000 + b"\r\n\r\n"), "fetch"),
    one("two lengths", closing(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + PAGE), "fetch"),
    one("length and chunks", closing(OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + PAGE), "fetch"),
    one("head byte after byte", slowly(b"HTTP/1.1 200 OK\r\n"), "timeout"),
    one("body byte after byte", slowly(OK + b"\r\n"), "timeout", quick=True),
    one("gzip byte after byte", slowly(OK + b"Content-Encoding: gzip\r\n\r\n", data=gzip_bomb(1)), "timeout"),
    one("nothing for ever", silent, "timeout"),
    one("200,000 fields", endless(OK, piece=b"A: b\r\n" * 5000), "fetch", says="whole"),
    one("field of 10 MB", endless(OK + b"A: ", piece=b"b" * 65536), "fetch"),
    one("field folded without end", endless(OK + b"A: b\r\n", piece=b" c\r\n" * 5000), "fetch"),
    one("1,000,000 answers that say go on", endless(piece=b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), "timeout"),
    one("hints without end", endless(piece=b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" * 1000), "timeout"),
    one(
        "another protocol in place of an answer",
        closing(b"HTTP/1.1 101 Switching\r\nUpgrade: a\r\n\r\n" + PAGE),
        "fetch",
    ),
    one("answer without a head", closing(PAGE), "fetch"),
    one("answer of SSH", closing(b"SSH-2.0-OpenSSH_9.6\r\n"), "fetch"),
    one("answer of random bytes", closing(bytes(range(256)) * 100), "fetch"),
    one("status of five digits", closing(b"HTTP/1.1 20000 OK\r\n\r\n" + PAGE), "fetch"),
    one("status 204", closing(b"HTTP/1.1 204 No Content\r\n\r\n"), "unreadable", says="empty"),
    one("status with a terminal's escapes", closing(b"HTTP/1.1 418 \x1b[2J\r\n\r\n"), "fetch"),
    one("NUL in a field", closing(OK + b"A: \0\r\n\r\n" + PAGE), "fetch"),
    one(
        "type of 60,000 characters",
        closing(b"HTTP/1.1 200 OK\r\nContent-Type: image/" + b"a" * 60_000 + b"\r\n\r\n"),
        "unreadable",
        says="not a page",
    ),
    one(
        "type with a terminal's escapes",
        closing(b"HTTP/1.1 200 OK\r\nContent-Type: image/\xe2\x80\xae\xc2\x9b\r\n\r\n"),
        "unreadable",
    ),
    one(
        "charset that is none",
        closing(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=base64\r\n\r\n" + PAGE),
        READ,
    ),
    one(
        "charset that lies", closing(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-16\r\n\r\n" + PAGE), READ
    ),
    one(
        "a film that says it is a page", closing(OK + b"\r\n\0\0\0\x20ftypmp42" + bytes(range(256)) * 999), "unreadable"
    ),
    one("a page of 19 MB", lazily(lambda: whole(b"<p>" + b"a " * 9_500_000)), "too_large"),
    one("cookies", closing(OK + b"Set-Cookie: a=b\r\n" * 2000 + b"\r\n" + PAGE), READ),
    one(
        "later, for ever",
        closing(b"HTTP/1.1 503 Later\r\nRetry-After: 999999999999\r\nContent-Length: 0\r\n\r\n"),
        "fetch",
        says="503",
    ),
    one("later, at no time", closing(b"HTTP/1.1 429 Later\r\nRetry-After: \xff\r\nContent-Length: 0\r\n\r\n"), "fetch"),
]

# --- robots.txt and lists ------------------------------------------------------------------------------------------


def robots(name: str, given: Given, ends: str, *, says: str = "", quick: bool = False) -> Case:
    """Return the case of a site with a page and this robots.txt."""
    return served(f"robots.txt {name}", {"/robots.txt": given, "/a": whole(PAGE)}, ends, says=says, quick=quick)


def text(data: bytes) -> Given:
    """Return a text."""
    return lazily(lambda: whole(data, "Content-Type: text/plain"))


ROBOTS = [
    robots("of 10 MB", text(b"User-agent: *\nDisallow: /b\n" * 400_000), "robots", says="could not be read"),
    robots("without end", endless(OK + b"\r\n", piece=b"Disallow: /b\n" * 5000), "robots", says="could not be read"),
    robots("that is a bomb", coded("gzip", lambda: gzip_bomb(1000)), "robots", says="could not be read"),
    robots("that is cut gzip", coded("gzip", lambda: gzip.compress(b"User-agent: *")[:-4]), "robots"),
    robots("of random bytes", text(bytes(range(256)) * 1000), READ),
    robots("with an error of the server", lazily(partial(whole, b"", status="500 Oops")), "robots", says="HTTP 500"),
    robots("byte after byte", slowly(OK + b"\r\n", data=b"User-agent: *\n" * 999), "timeout"),
    robots("with 100,000 stars", text(b"User-agent: *\nDisallow: /" + b"*a" * 50_000 + b"b\n"), READ),
    robots(
        "with 5,000 rules of stars",
        text(b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*a*a*b$\n" * 5000),
        READ,
    ),
    robots("of one line of 400,000", text(b"User-agent: *\nDisallow: /" + b"b" * 400_000), READ),
    robots("with 100,000 agents", text(b"User-agent: a\n" * 30_000 + b"Disallow: /\n"), READ),
    robots("with a delay of a year", text(b"User-agent: *\nCrawl-delay: 31536000"), "robots", says="31536000 s"),
    robots("with a delay that is no number", text(b"User-agent: *\nCrawl-delay: nan"), READ),
    robots("with a delay without end", text(b"User-agent: *\nCrawl-delay: inf"), READ),
    robots("with a delay below zero", text(b"User-agent: *\nCrawl-delay: -1e308"), READ),
    robots("with a rate of none", text(b"User-agent: *\nRequest-rate: 0/0"), READ),
    robots("with hours that are none", text(b"User-agent: *\nVisit-time: 9999-99999\nRequest-rate: 1/1d 99-1"), READ),
    robots("in a page", text(b"<!DOCTYPE html><p>User-agent: *<p>Disallow: /"), READ),
    robots("with NUL", text(b"User-agent: *\0\nDisallow: /\0"), READ),
    robots("that forbids all", text(b"User-agent: *\nDisallow: /"), "robots", says="asks programs"),
]


def listed(
    name: str, make: Callable[[Site], dict[str, Given]], ends: str, *, says: str = "", quick: bool = False
) -> Case:
    """Return the case of a list that is fetched and leads on."""

    def arguments(_: Path, site: Site) -> list[str]:
        site.answers |= make(site)
        return ["read", "--json", *TIMEOUT, site.url("/a")]

    return Case(name=name, make=arguments, ends=ends, says=says, quick=quick)


def _index(*addresses: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return whole(f"<sitemapindex>{entries}</sitemapindex>".encode())


def _opml(*addresses: str) -> bytes:
    entries = "".join(f"<outline xmlUrl='{address}'/>" for address in addresses)
    return whole(f"<opml><body>{entries}</body></opml>".encode())


LISTS_THAT_LEAD_ON = [
    listed("index of sitemaps that lists itself", lambda site: {"/a": _index(site.url("/a"))}, "fetch", says=""),
    listed(
        "indexes that list one another",
        lambda site: {"/a": _index(site.url("/b")), "/b": _index(site.url("/a"))},
        "fetch",
    ),
    listed("OPML that lists itself", lambda site: {"/a": _opml(site.url("/a"))}, "fetch"),
    listed(
        "OPML that lists a feed that lists it",
        lambda site: {"/a": _opml(site.url("/b")), "/b": whole(rss(item(site.url("/a"))).encode())},
        "fetch",
    ),
    listed(
        "feed with an odd base",
        lambda site: {"/a": whole(rss(item("a"), "").replace("<rss", "<rss xml:base='file:///'").encode())},
        "fetch",
    ),
    listed(
        "feed that leads to a bomb",
        lambda site: {"/a": whole(rss(item(site.url("/b"))).encode()), "/b": coded("gzip", lambda: gzip_bomb(1000))},
        "too_large",
    ),
    listed(
        "feed in zlib that says it is plain",
        lambda _: {"/a": whole(zlib.compress(rss(item("/b")).encode()))},
        "unreadable",
    ),
]

ANSWERS: tuple[Case, ...] = (*BOMBS, *REDIRECTS, *NAMES, *BODIES, *ROBOTS, *LISTS_THAT_LEAD_ON)
