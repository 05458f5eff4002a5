"""An open WARC file -> the HTML pages that servers answered with, each with its address and day, and what is damaged.

One page for each response with status 2xx whose body is HTML; other records are passed over and counted by what they
are. Bodies are unpacked here in bounded pieces, and not by the WARC library (`auto_decode` stays off: a bomb in one
record would spoil the ones behind it).
"""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.errors import ArchiveError, PageError, TooLargeError
from onrecord.pages.decode import LARGEST_PAGE_BYTES
from onrecord.pages.fetch_addresses import LONGEST_URL, UNFIT, shown
from onrecord.pages.fetch_codings import unpacked
from onrecord.pages.warc_records import PIECE_BYTES, Piece, pieces
from onrecord.records import Origin, Problem, Record

HTML_TYPES = ("text/html", "application/xhtml+xml")
GZIP = b"\x1f\x8b"
LONGEST_CHUNK_LINE = 1_000
"""Bytes of the line before a chunk: its length, and extensions that nobody uses."""


class Archived(Record, frozen=True, kw_only=True):
    """One page of an archive, or (without data) a place of it that cannot be read."""

    origin: Origin
    data: bytes | None = None
    problem: Problem | None = None


def read_archive(file: BinaryIO, where: str, passed_over: Counter[str]) -> Iterator[Archived]:
    """Yield the pages of a WARC file in order.

    Args:
        file: open for reading, can seek.
        where: its name, for messages.
        passed_over: counts the records that are no pages, by what they are.
    """
    for piece in pieces(file):
        at = f"{where} at byte {piece.at}"
        try:
            page = _page(piece, at, passed_over)
        except PageError as err:
            yield Archived(origin=Origin(name=at), problem=Problem(kind=err.kind, says=str(err)))
            continue
        if page is not None:
            yield page


def _page(piece: Piece, at: str, passed_over: Counter[str]) -> Archived | None:
    """Return the page of a record; None, counted, where it has none."""
    if piece.damage is not None:
        raise ArchiveError(f"{at}: damaged record ({piece.damage}); it is left out, get the archive again")
    record = _parsed(piece, at)
    if record.record_type != WarcRecordType.response:
        passed_over[_type_name(record)] += 1
        return None
    if piece.too_large is not None:
        raise TooLargeError(f"{at}: a record of {piece.too_large:,} bytes, more than a page may have; it is left out")
    record.is_http = True  # some writers leave out the Content-Type that says so
    try:
        record.parse_http(auto_decode="none", strict_mode=False)
    except (OSError, ValueError) as err:
        raise ArchiveError(f"{at}: damaged HTTP head ({err}); it is left out, get the archive again") from err
    status = record.http_headers.status_code if record.is_http_parsed else None
    if status is None or not 200 <= status < 300:
        passed_over["response that is no page" if status is None else f"response with status {status // 100}xx"] += 1
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    headers = {name.lower(): value for name, value in record.http_headers.asdict().items()}
    body = record.reader.read()
    if not _is_html(headers.get("content-type", ""), body):
        passed_over["response that is not HTML"] += 1
        return None
    if not url or len(url) > LONGEST_URL or UNFIT.search(url):
        url = ""
    return Archived(
        origin=Origin(
            name=url or at, url=url or None, captured=record.headers.get("WARC-Date"), media_type="html",
            charset=record.http_charset,
        ),
        data=_body(body, headers, f"{at} ({shown(url)})"),
    )  # fmt: skip


def _parsed(piece: Piece, at: str) -> WarcRecord:
    """Return the record of a piece.

    Raises:
        ArchiveError: its head is damaged, or its bytes are not those that their digest was made of.
    """
    try:
        record = next(iter(ArchiveIterator(BytesIO(piece.data), parse_http=False, auto_decode="none")), None)
    except OSError as err:
        raise ArchiveError(f"{at}: damaged record ({err}); it is left out, get the archive again") from err
    if record is None:
        raise ArchiveError(f"{at}: damaged record (no head); it is left out, get the archive again")
    if piece.too_large is None and "WARC-Block-Digest" in record.headers and not record.verify_block_digest():
        raise ArchiveError(f"{at}: damaged record (its digest does not fit); it is left out, get the archive again")
    return record


def _type_name(record: WarcRecord) -> str:
    return str(record.headers.get("WARC-Type") or "unknown")[:20].lower() + " record"


def _is_html(media: str, body: bytes) -> bool:
    """Say whether a body is HTML, by its Content-Type, by its beginning where there is none."""
    media = media.partition(";")[0].strip().lower()
    return media in HTML_TYPES or (not media and body.lstrip()[:1] == b"<")


def _body(body: bytes, headers: dict[str, str], where: str) -> bytes:
    """Return a body without chunks and unpacked.

    Raises:
        TooLargeError, UnreadableError: as `unpacked` does.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = without_chunks(body)
    codings = headers.get("content-encoding", "")
    # Some crawlers unpack the body and leave the header as it was.
    if "gzip" in codings.lower() and not body.startswith(GZIP):
        codings = ""
    parts = (body[place : place + PIECE_BYTES] for place in range(0, len(body), PIECE_BYTES))
    return b"".join(unpacked(parts, codings, most=LARGEST_PAGE_BYTES, where=where))


def without_chunks(body: bytes) -> bytes:
    """Return a chunked body as one; a body that is not chunked (crawlers leave the header) as it is."""
    parts: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place, place + LONGEST_CHUNK_LINE)
        try:
            length = int(body[place:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            length = -1
        if length < 0:
            return b"".join(parts) or body
        if length == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        place = end + 2 + length + 2
