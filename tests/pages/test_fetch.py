"""Fetching from a real server: politeness, limits, and what goes wrong in words."""

import gzip
import time
import zlib
from io import BytesIO

import brotli
import pytest

from onrecord.errors import (
    AddressError,
    FetchError,
    RobotsError,
    ServerError,
    TooLargeError,
    TooSlowError,
    UnreadableError,
)
from onrecord.pages import fetch_addresses
from onrecord.pages.fetch import MOST_REDIRECTS, Fetcher, Known, Manners

PAGE = b"<p>At least 23 people died when the ferry sank off Calder.</p>"
BOMB = 30_000_000


def test_page_comes_with_what_its_server_says_of_it(site, fetcher):
    site.answers["/a"] = lambda h: h.give(200, PAGE, ETag='"v1"', Content_Type="text/html; charset=ISO-8859-2")
    fetched = fetcher.fetch(site.url("/a#top"))
    assert (fetched.data, fetched.url, fetched.charset) == (PAGE, site.url("/a"), "ISO-8859-2")
    assert (fetched.media_type, fetched.known.etag, fetched.unchanged) == ("text/html", '"v1"', False)


def test_request_names_the_program_and_keeps_no_cookies(site, fetcher):
    site.answers["/a"] = lambda h: h.give(200, PAGE, Set_Cookie="who=you")
    fetcher.fetch(site.url("/a"))
    fetcher.fetch(site.url("/a"))
    headers = site.asked[-1][1]
    assert headers["User-Agent"].startswith("onrecord")
    assert "Cookie" not in headers
    assert headers["Host"] == site.address.removeprefix("http://")


# --- what has not changed ------------------------------------------------------------------------------------------


def conditional(handler):
    if handler.headers.get("If-None-Match") == '"v1"' or handler.headers.get("If-Modified-Since"):
        handler.give(304, b"")
    else:
        handler.give(200, PAGE, ETag='"v1"')


@pytest.mark.parametrize("known", [Known(etag='"v1"'), Known(modified="Mon, 24 Nov 2025 10:00:00 GMT")])
def test_unchanged_page_is_not_sent_again(site, fetcher, known):
    site.answers["/a"] = conditional
    fetched = fetcher.fetch(site.url("/a"), known)
    assert (fetched.unchanged, fetched.data) == (True, b"")


def test_unchanged_is_no_answer_to_who_knows_nothing(site, fetcher):
    site.answers["/a"] = lambda h: h.give(304, b"")
    with pytest.raises(FetchError, match="HTTP 304"):
        fetcher.fetch(site.url("/a"))


def test_page_that_changed_silently_is_sent_again(site, fetcher):
    site.answers["/a"] = conditional
    known = fetcher.fetch(site.url("/a")).known
    site.answers["/a"] = lambda h: h.give(200, PAGE + b" ", ETag='"v1"')
    assert fetcher.fetch(site.url("/a"), known).data == PAGE + b" "


def test_remembered_headers_cannot_add_headers(site, fetcher):
    site.answers["/a"] = PAGE
    fetcher.fetch(site.url("/a"), Known(etag='"x"\r\nX-Evil: 1', modified="now\nX-Evil: 1"))
    assert not {"X-Evil", "If-None-Match", "If-Modified-Since"} & set(site.asked[-1][1])


# --- robots --------------------------------------------------------------------------------------------------------


def test_robots_are_obeyed_and_asked_for_once(site, fetcher):
    site.answers |= {"/robots.txt": b"User-agent: *\nDisallow: /private/", "/a": PAGE, "/private/a": PAGE}
    fetcher.fetch(site.url("/a"))
    with pytest.raises(RobotsError, match=r"robots\.txt asks"):
        fetcher.fetch(site.url("/private/a"))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]


def test_redirect_to_what_robots_forbid_is_not_followed(site, fetcher):
    site.answers |= {"/robots.txt": b"User-agent: onrecord\nDisallow: /b", "/b": PAGE}
    site.answers["/a"] = lambda h: h.give(302, b"", Location="/b")
    with pytest.raises(RobotsError):
        fetcher.fetch(site.url("/a"))
    assert site.paths() == ["/a"]


def test_robots_that_cannot_be_given_forbid_everything(site, fetcher):
    site.answers |= {"/robots.txt": lambda h: h.give(503, b""), "/a": PAGE}
    with pytest.raises(RobotsError, match="HTTP 503"):
        fetcher.fetch(site.url("/a"))
    assert site.paths() == []


def test_site_that_does_not_answer_is_not_waited_for_again(site, fetcher):
    site.answers["/robots.txt"] = stall
    for path in ("/a", "/b"):
        with pytest.raises(TooSlowError):
            fetcher.fetch(site.url(path))
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def test_pages_of_a_host_are_spaced(site, fetcher, slept):
    site.answers["/a"] = PAGE
    fetcher.fetch(site.url("/a"))
    assert slept == pytest.approx([1.0], abs=0.3)  # between robots.txt and the page


def test_pages_of_a_host_come_over_one_connection(site, fetcher):
    ports = set()

    def answer(handler):
        ports.add(handler.client_address[1])
        handler.give(200, PAGE)

    site.answers |= dict.fromkeys(("/robots.txt", "/a", "/b", "/c"), answer)
    for path in ("/a", "/b", "/c"):
        fetcher.fetch(site.url(path))
    assert len(ports) == 1


def test_crawl_delay_is_kept(site, fetcher, slept):
    site.answers |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 7", "/a": PAGE}
    fetcher.fetch(site.url("/a"))
    fetcher.fetch(site.url("/a"))
    assert slept[-1] == pytest.approx(7, abs=0.5)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"Crawl-delay: 86400", "86400 s"),
        (b"Request-rate: 1/86400s", "86400 s"),
        (b"Request-rate: 1/" + b"9" * 400, "inf s"),
    ],
)
def test_delay_that_no_one_waits_for_is_said(site, fetcher, line, says):
    site.answers |= {"/robots.txt": b"User-agent: *\n" + line, "/a": PAGE}
    with pytest.raises(RobotsError, match=says):
        fetcher.fetch(site.url("/a"))


# --- answers that are no pages -------------------------------------------------------------------------------------


def drip(handler):
    handler.raw(b"HTTP/1.1 200 OK\r\n")
    for _ in range(30):
        time.sleep(0.1)
        handler.raw(b"X: 1\r\n")


def stall(handler):
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
    time.sleep(1)


def cut(handler):
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")


BROKEN = [
    pytest.param(lambda h: h.give(404, b""), FetchError, "HTTP 404", id="not there"),
    pytest.param(lambda h: h.give(500, b""), ServerError, "HTTP 500", id="always an error"),
    pytest.param(lambda h: h.give(301, b""), FetchError, "without saying where", id="nowhere"),
    pytest.param(lambda h: h.give(302, b"", Location="/a"), FetchError, "more than 5 redirects", id="circle"),
    pytest.param(lambda h: h.give(302, b"", Location="ftp://n.example/"), FetchError, "only http", id="to ftp"),
    pytest.param(lambda h: h.give(302, b"", Location="file:///etc/passwd"), FetchError, "only http", id="to a file"),
    pytest.param(lambda h: h.give(302, b"", Location="http://u:p@n.example/"), FetchError, "password", id="password"),
    pytest.param(drip, TooSlowError, "too long", id="a header at a time"),
    pytest.param(stall, TooSlowError, "too long", id="stalls"),
    pytest.param(cut, ServerError, "no whole answer", id="cut off"),
    pytest.param(lambda h: h.raw(b"nonsense\r\n\r\n"), ServerError, "no whole answer", id="no HTTP"),
    pytest.param(lambda h: h.raw(b""), ServerError, "no whole answer", id="hangs up"),
    pytest.param(lambda h: h.raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000), ServerError, "no whole", id="long head"),
    pytest.param(lambda h: h.give(200, b"x", Content_Type="image/png"), UnreadableError, "image/png", id="a picture"),
    pytest.param(
        lambda h: h.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99000000000\r\n\r\n"), TooLargeError, "99000000000",
        id="says it is large",
    ),
    pytest.param(
        lambda h: h.give(200, b"x", Content_Encoding="zip"), UnreadableError, "'zip'", id="unknown coding"
    ),
    pytest.param(
        lambda h: h.give(200, b"x", Content_Encoding="gzip, gzip, gzip"), UnreadableError, "3 times", id="packed thrice"
    ),
    pytest.param(
        lambda h: h.give(200, gzip.compress(PAGE)[:-12], Content_Encoding="gzip"), UnreadableError, "cut off",
        id="cut gzip",
    ),
    pytest.param(
        lambda h: h.give(200, b"\x1f\x8b nonsense", Content_Encoding="gzip"), UnreadableError, "damaged gzip",
        id="no gzip",
    ),
    pytest.param(lambda h: h.give(200, b"\xff" * 99, Content_Encoding="br"), UnreadableError, "damaged br", id="no br"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "error", "says"), BROKEN)
def test_what_is_no_page_is_said(site, slept, answer, error, says):
    site.answers["/a"] = answer
    with Fetcher(Manners(allow_private=True, total=0.6, step=0.2), sleep=slept.append) as fetcher:
        began = time.monotonic()
        with pytest.raises(error, match=says) as raised:
            fetcher.fetch(site.url("/a"))
    assert time.monotonic() - began < 5
    assert raised.type is error
    assert "; " in str(raised.value)


def test_nobody_there_is_said(fetcher, dead_port):
    with pytest.raises(FetchError, match="try again later"):
        fetcher.fetch(f"http://127.0.0.1:{dead_port}/a")


@pytest.mark.parametrize(
    ("pack", "coding"),
    [(gzip.compress, "gzip"), (zlib.compress, "deflate"), (lambda data: zlib.compress(data)[2:-4], "deflate"),
     (brotli.compress, "br"), (lambda data: gzip.compress(gzip.compress(data)), "gzip, gzip")],
)  # fmt: skip
def test_packed_page_is_unpacked(site, fetcher, pack, coding):
    site.answers["/a"] = lambda h: h.give(200, pack(PAGE * 2000), Content_Encoding=coding)
    assert fetcher.fetch(site.url("/a")).data == PAGE * 2000


@pytest.mark.parametrize(
    ("pack", "coding"),
    [(gzip.compress, "gzip"), (zlib.compress, "deflate"), (lambda data: brotli.compress(data, quality=1), "br"),
     (lambda data: gzip.compress(gzip.compress(data)), "gzip, gzip")],
)  # fmt: skip
def test_bomb_is_refused(site, fetcher, pack, coding):
    body = pack(bytes(BOMB))
    site.answers["/a"] = lambda h: h.give(200, body, Content_Encoding=coding)
    with pytest.raises(TooLargeError, match="20,000,000 bytes"):
        fetcher.fetch(site.url("/a"))


def test_bomb_between_two_layers_is_refused(site):
    body = gzip.compress(gzip.compress(b"") * 20_000)
    site.answers["/a"] = lambda h: h.give(200, body, Content_Encoding="gzip, gzip")
    manners = Manners(allow_private=True, most_bytes=10_000)
    with Fetcher(manners) as fetcher, pytest.raises(TooLargeError, match="10,000 bytes"):
        fetcher.fetch(site.url("/a"))


def test_answer_without_end_is_cut(site):
    def endless(handler):
        handler.raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            handler.raw(b"x" * 65536)

    site.answers["/a"] = endless
    manners = Manners(allow_private=True, most_bytes=1_000_000)
    with Fetcher(manners, sleep=lambda _: None) as fetcher, pytest.raises(TooLargeError):
        fetcher.fetch(site.url("/a"))


# --- again ---------------------------------------------------------------------------------------------------------


def test_busy_server_is_asked_again_later(site, slept):
    answers = iter([(503, {"Retry_After": "9"}), (429, {}), (200, {})])

    def busy(handler):
        status, headers = next(answers)
        handler.give(status, PAGE, **headers)

    site.answers["/a"] = busy
    with Fetcher(Manners(allow_private=True), sleep=slept.append) as fetcher:
        assert fetcher.fetch(site.url("/a")).data == PAGE
    assert [pause for pause in slept if pause > 1.5] == [9, 2]


@pytest.mark.parametrize("later", ["Mon, 01 Jan 2024 99999999999999999999:00:00 GMT", "soon", "-5"])
def test_time_that_is_none_is_passed_over(site, slept, later):
    answers = iter([(503, {"Retry_After": later}), (200, {})])

    def busy(handler):
        status, headers = next(answers)
        handler.give(status, PAGE, **headers)

    site.answers["/a"] = busy
    with Fetcher(Manners(allow_private=True), sleep=slept.append) as fetcher:
        assert fetcher.fetch(site.url("/a")).data == PAGE


def test_archive_that_broke_off_is_begun_anew(site, fetcher):
    answers = iter([b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nWARC", b"HTTP/1.1 200 OK\r\n\r\nWARC/1.1"])
    site.answers["/a.warc"] = lambda h: h.raw(next(answers))
    file = BytesIO()
    fetcher.fetch(site.url("/a.warc"), into=file)
    assert file.getvalue() == b"WARC/1.1"


def test_server_that_asks_for_an_hour_is_left(site, fetcher, slept):
    site.answers["/a"] = lambda h: h.give(503, b"", Retry_After="3600")
    with pytest.raises(FetchError, match="HTTP 503"):
        fetcher.fetch(site.url("/a"))
    assert max(slept) < 5


# --- redirects -----------------------------------------------------------------------------------------------------


def test_redirects_are_followed(site, fetcher):
    site.answers |= {f"/{n}": lambda h, n=n: h.give(301, b"", Location=f"/{n + 1}") for n in range(MOST_REDIRECTS)}
    site.answers[f"/{MOST_REDIRECTS}"] = PAGE
    assert fetcher.fetch(site.url("/0")).url == site.url(f"/{MOST_REDIRECTS}")


PRIVATE = ["http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/"]


@pytest.mark.parametrize("target", PRIVATE)
def test_redirect_to_a_private_address_is_refused(site, target):
    site.answers["/a"] = lambda h: h.give(302, b"", Location=target)

    def resolver(name, port):
        return ["127.0.0.1"] if name == "gazette.example" else [name]

    with pytest.MonkeyPatch.context() as patch:
        # The site stands for a public one; every other address is judged as always.
        judge = fetch_addresses.refused
        patch.setattr(fetch_addresses, "refused", lambda one: None if one == "127.0.0.1" else judge(one))
        fetcher = Fetcher(Manners(), resolver=resolver, sleep=lambda _: None)
        with fetcher, pytest.raises(AddressError, match="not connected to"):
            fetcher.fetch(site.url("/a").replace("127.0.0.1", "gazette.example"))
    assert site.paths() == ["/a"]
    assert site.asked[0][1]["Host"].startswith("gazette.example:")
