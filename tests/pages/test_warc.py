"""WARC files: one page for each HTML response; damage costs the record it is in."""

import gzip
import random
import time
import tracemalloc
import zlib
from collections import Counter
from io import BytesIO

import brotli
import pytest

from onrecord.pages.warc import read_archive, without_chunks

BODY = b"<html><body><p>At least 23 people died when the ferry sank off Calder on Monday.</p></body></html>"


def block(body=BODY, *, status="200 OK", media="text/html; charset=utf-8", more=""):
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


def record(number=1, content=None, *, kind="response", more=""):
    content = block() if content is None else content
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://gazette.example/{number}\r\n"
        f"WARC-Date: 2025-11-24T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n{more}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read(data):
    """What an archive gives: numbers of its pages, problems, counts of what was passed over."""
    passed_over = Counter()
    found = list(read_archive(BytesIO(data), "a.warc", passed_over))
    pages = [page.origin.url.rpartition("/")[2] for page in found if page.data is not None]
    return pages, [page.problem for page in found if page.problem], dict(passed_over)


PACKINGS = {
    "plain": b"".join,
    "member each": lambda records: b"".join(gzip.compress(one) for one in records),
    "one member": lambda records: gzip.compress(b"".join(records)),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_html_responses_are_pages_and_others_are_counted(packing):
    records = [
        record(0, b"software: x\r\n", kind="warcinfo"),
        record(1),
        record(2, block(media="image/png")),
        record(3, kind="revisit"),
        record(4, block(status="404 Not Found")),
        record(5, kind="request"),
        record(6),
        record(7, b"no HTTP in here"),
    ]
    assert read(PACKINGS[packing](records)) == (
        ["1", "6"],
        [],
        {
            "warcinfo record": 1,
            "response that is not HTML": 1,
            "revisit record": 1,
            "response with status 4xx": 1,
            "request record": 1,
            "response that is no page": 1,
        },
    )


def test_page_has_its_address_day_and_charset():
    [page] = read_archive(BytesIO(record(1)), "a.warc", Counter())
    assert page.data == BODY
    assert (page.origin.name, page.origin.url) == ("https://gazette.example/1", "https://gazette.example/1")
    assert (page.origin.captured, page.origin.charset) == ("2025-11-24T10:00:00Z", "utf-8")


CHUNKED = b"%x;a=b\r\n%s\r\n3\r\nabc\r\n0\r\n\r\n" % (len(BODY), BODY)


@pytest.mark.parametrize(
    ("body", "more", "data"),
    [
        (gzip.compress(BODY), "Content-Encoding: gzip\r\n", BODY),
        (brotli.compress(BODY), "Content-Encoding: br\r\n", BODY),
        (BODY, "Content-Encoding: gzip\r\n", BODY),
        (CHUNKED, "Transfer-Encoding: chunked\r\n", BODY + b"abc"),
        (BODY, "Transfer-Encoding: chunked\r\n", BODY),
    ],
)
def test_body_is_unpacked(body, more, data):
    [page] = read_archive(BytesIO(record(1, block(body, more=more))), "a.warc", Counter())
    assert page.data == data


@pytest.mark.parametrize("body", [b"", b"zz\r\n", b"-5\r\nabc", b"ffffffffffffffff\r\nabc", b"5\r\nab", b"\r\n" * 9])
def test_bad_chunks_do_no_harm(body):
    assert len(without_chunks(body)) <= len(body)


def test_record_with_another_digest_is_damaged():
    good = record(1, more="WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n")
    pages, problems, _ = read(good + record(2))
    assert pages == ["2"]
    assert [problem.kind for problem in problems] == ["corrupt_archive"]
    assert "digest" in problems[0].says


# --- damage --------------------------------------------------------------------------------------------------------

MEMBERS = [gzip.compress(record(number, block(BODY + str(number).encode() * 40))) for number in range(30)]
PACKED = b"".join(MEMBERS)
TRIED = 100
random.seed(2025)
PLACES = sorted(random.sample(range(20, len(PACKED)), TRIED))


def member_at(place):
    """The number of the record whose member has the byte."""
    for number, member in enumerate(MEMBERS):
        place -= len(member)
        if place < 0:
            return number
    raise AssertionError


def flipped(data, place):
    return data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]


@pytest.mark.parametrize("place", [*PLACES[::10], *(pytest.param(at, marks=pytest.mark.long) for at in PLACES)])
def test_flipped_bit_costs_one_record_at_most(place):
    pages, problems, _ = read(flipped(PACKED, place))
    lost = {str(number) for number in range(30)} - set(pages)
    assert lost <= {str(member_at(place))}
    # Name, time and system of a gzip head are covered by no checksum, and none of them is used.
    assert [problem.kind for problem in problems] == ["corrupt_archive"] * len(lost) or not lost
    if lost:
        start = sum(map(len, MEMBERS[: member_at(place)]))
        assert f"a.warc at byte {start}: damaged record" in problems[0].says


@pytest.mark.parametrize("place", [*PLACES[::10], *(pytest.param(at, marks=pytest.mark.long) for at in PLACES)])
def test_cut_file_gives_all_records_before_the_cut(place):
    pages, problems, _ = read(PACKED[:place])
    assert pages == [str(number) for number in range(member_at(place))]
    assert len(problems) == (place != sum(map(len, MEMBERS[: member_at(place)])))


PLAIN = [record(1), record(2), record(3)]
DAMAGED = {
    "too long": (PLAIN[1].replace(b"Content-Length: 1", b"Content-Length: 2"), "length"),
    "longer than the file": (PLAIN[1].replace(b"Content-Length: 1", b"Content-Length: 99991"), "bytes are there"),
    "too short": (PLAIN[1].replace(b"Content-Length: 1", b"Content-Length: "), "length"),
    "no length": (PLAIN[1].replace(b"Content-Length", b"Content-Lxngth"), "0 lengths"),
    "two lengths": (PLAIN[1].replace(b"WARC-Date", b"Content-Length: 5\r\nWARC-Date"), "2 lengths"),
    "no end of head": (b"WARC/1.0\r\n" + b"A: b\r\n" * 20_000, "head does not end"),
    "garbage": (b"x" * 3_000_000 + b"\r\n\r\n", "no record begins"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_record_is_named_and_the_next_is_read(name):
    damaged, says = DAMAGED[name]
    pages, problems, _ = read(PLAIN[0] + damaged + PLAIN[2])
    assert (pages[0], pages[-1]) == ("1", "3")
    assert says in problems[0].says
    assert f"at byte {len(PLAIN[0])}: " in problems[0].says


@pytest.mark.parametrize("data", [b"no archive", b"\x1f\x8b\x08 nonsense", gzip.compress(b"no archive"), b"WARC/1.0"])
def test_what_is_no_archive_is_said(data):
    pages, problems, _ = read(data)
    assert (pages, [problem.kind for problem in problems]) == ([], ["corrupt_archive"])


# --- bombs ---------------------------------------------------------------------------------------------------------


def packed_zeros(head, megabytes, end=b""):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(head), *(packer.compress(bytes(1_000_000)) for _ in range(megabytes))]
    return b"".join([*parts, packer.compress(end), packer.flush()])


def bomb_member(megabytes):
    head = record(2, block(b"")).replace(b"\r\n\r\nHTTP", b"\r\n\r\nHTTP")[:-4]
    length = len(block(b""))
    head = head.replace(f"Length: {length}".encode(), f"Length: {length + megabytes * 1_000_000}".encode())
    return packed_zeros(head, megabytes, b"\r\n\r\n")


BOMBS = {
    "record of 25 MB": lambda: bomb_member(25),
    "record of 200 MB": lambda: bomb_member(200),
    "body of 50 MB": lambda: gzip.compress(
        record(2, block(packed_zeros(b"<p>", 50), more="Content-Encoding: gzip\r\n"))
    ),
}


LARGE = pytest.param("record of 200 MB", marks=pytest.mark.long)


@pytest.mark.parametrize("name", ["record of 25 MB", LARGE, "body of 50 MB"])
def test_bomb_costs_itself_only(name):
    data = MEMBERS[1] + BOMBS[name]() + MEMBERS[3]
    tracemalloc.start()
    began = time.process_time()
    pages, problems, _ = read(data)
    spent, (_, most) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (pages, [problem.kind for problem in problems]) == (["1", "3"], ["too_large"])
    assert spent < 5
    assert most < 150_000_000
