"""An open WARC file, packed with gzip or not -> its records one by one, whole, and the places that are damaged.

Damage costs the record it is in: the next one is looked for from there on. Nothing larger than a record may be is ever
held, however large it says it is. Does not look into the records.
"""

import io
import re
import zlib
from collections.abc import Generator, Iterator
from typing import BinaryIO

from onrecord.pages.decode import LARGEST_PAGE_BYTES
from onrecord.records import Record

PIECE_BYTES = 65_536
"""Bytes read, and unpacked, in one step."""

LARGEST_HEAD_BYTES = 65_536
"""Bytes of a record's head; heads have below 2,000."""

LARGEST_RECORD_BYTES = LARGEST_PAGE_BYTES + 100_000
"""Bytes of a record that is held: a page and its HTTP head."""

MOST_PASSED_OVER_BYTES = 64_000_000
"""Bytes of a too large record that are unpacked to come behind it; past them the next member is looked for."""

SPAN_BYTES = 1_048_576
"""Bytes searched at once for the next record."""

GZIP = b"\x1f\x8b\x08"
BEGINS = b"WARC/"
BLANK_LINES = (b"\r\n", b"\n")
BETWEEN = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
NEXT_PLAIN = re.compile(rb"\nWARC/[01]\.\d")


class Piece(Record, frozen=True, kw_only=True):
    """A whole record, the head of one that is too large, or a damaged place. at is the byte where it begins."""

    at: int
    data: bytes = b""
    damage: str | None = None
    too_large: int | None = None


class DamagedError(Exception):
    """The bytes are no record, or none that is whole."""


class Member(io.RawIOBase):
    """The bytes in one gzip member; at its end the file stands behind it. Raises DamagedError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._waiting = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, into: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill the buffer with the next bytes; 0 at the end of the member."""
        while not self._unpack.eof:
            piece = self._step(len(into))
            if piece:
                into[: len(piece)] = piece
                return len(piece)
        return 0

    def _step(self, most: int) -> bytes:
        self._waiting = self._waiting or self._file.read(PIECE_BYTES)
        try:
            piece = self._unpack.decompress(self._waiting, most)
        except zlib.error as err:
            raise DamagedError(str(err)) from err
        if not piece and not self._waiting and not self._unpack.eof:
            raise DamagedError("the file ends in it")
        self._waiting = self._unpack.unconsumed_tail
        if self._unpack.eof:
            self._file.seek(-len(self._unpack.unused_data), io.SEEK_CUR)
        return piece


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """Yield the records of a file that can seek, in order, and the damaged places between them."""
    packed = file.read(len(GZIP)) == GZIP
    start: int | None = 0
    while start is not None:
        file.seek(start)
        if not file.read(1):
            return
        file.seek(start)
        start = yield from (_member(file, start) if packed else _plain(file, start))


def _plain(file: BinaryIO, start: int) -> Generator[Piece, None, int | None]:
    """Yield the record that begins here; return where the next one does."""
    try:
        piece = _record(file, start)
        if piece is not None and piece.too_large is not None:
            file.seek(piece.too_large + len(BETWEEN), io.SEEK_CUR)
    except DamagedError as err:
        yield Piece(at=start, damage=str(err))
        return _next_plain(file, start)
    if piece is not None:
        yield piece
    return file.tell()


def _member(file: BinaryIO, start: int) -> Generator[Piece, None, int | None]:
    """Yield the records of the member that begins here; return where the next member does.

    A record is held back until what follows it is in order: the member's checksum stands at its end.
    """
    source: BinaryIO = io.BufferedReader(Member(file), PIECE_BYTES)
    held: Piece | None = None
    try:
        while (piece := _record(source, start)) is not None:
            if held is not None:
                yield held
            held = piece
            if piece.too_large is not None and not _passed_over(source, piece.too_large + len(BETWEEN)):
                yield piece
                return _next_member(file, start)
    except DamagedError as err:
        yield Piece(at=start, damage=str(err))
        return _next_member(file, start)
    if held is not None:
        yield held
    return file.tell()


def _passed_over(source: BinaryIO, count: int) -> bool:
    """Go on behind so many bytes; False where they are too many to be unpacked for nothing."""
    if count > MOST_PASSED_OVER_BYTES:
        return False
    while count > 0 and (piece := source.read(min(count, PIECE_BYTES))):
        count -= len(piece)
    return True


def _record(source: BinaryIO, start: int) -> Piece | None:
    """Return the next record, or the head of one that is too large; None at the end.

    Raises:
        DamagedError: what comes is no record, or none that is whole.
    """
    head = _head(source)
    if not head:
        return None
    if not head.endswith(b"\n"):
        raise DamagedError("its head is cut off")
    lengths = LENGTH.findall(head)
    if len(lengths) != 1:
        raise DamagedError(f"its head names {len(lengths)} lengths in place of one")
    length = int(lengths[0])
    if length > LARGEST_RECORD_BYTES:
        return Piece(at=start, data=head, too_large=length)
    block = source.read(length)
    if len(block) < length:
        raise DamagedError(f"cut off, {len(block):,} of {length:,} bytes are there")
    if source.read(len(BETWEEN)) not in (BETWEEN, b""):
        raise DamagedError("its length is not the one that its head names")
    return Piece(at=start, data=head + block + BETWEEN)


def _head(source: BinaryIO) -> bytes:
    """Return the lines up to the first blank one, and that one; b"" at the end of the source."""
    head = bytearray()
    while line := source.readline(LARGEST_HEAD_BYTES):
        head += line
        if not head.startswith(BEGINS):
            raise DamagedError("no record begins here")
        if line in BLANK_LINES:
            break
        if len(head) >= LARGEST_HEAD_BYTES:
            raise DamagedError("its head does not end")
    return bytes(head)


# --- the next record -----------------------------------------------------------------------------------------------


def _next_plain(file: BinaryIO, start: int) -> int | None:
    """Return where the next record behind `start` begins; None where there is none."""
    for at, span in _spans(file, start, overlap=len(BEGINS) + 4):
        if found := NEXT_PLAIN.search(span):
            return at + found.start() + 1
    return None


def _next_member(file: BinaryIO, start: int) -> int | None:
    """Return where the next gzip member behind `start` begins that holds a record; None where there is none."""
    for at, span in _spans(file, start + 1, overlap=len(GZIP) - 1):
        place = span.find(GZIP)
        while place >= 0:
            if _holds_record(file, at + place):
                return at + place
            place = span.find(GZIP, place + 1)
    return None


def _spans(file: BinaryIO, start: int, *, overlap: int) -> Iterator[tuple[int, bytes]]:
    """Yield pieces of the file and where they begin, each with the last bytes of the one before it."""
    kept = b""
    at = start
    while True:
        file.seek(at)
        more = file.read(SPAN_BYTES)
        if not more:
            return
        yield at - len(kept), kept + more
        at += len(more)
        kept = (kept + more)[-overlap:]


def _holds_record(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(1024), len(BEGINS)) == BEGINS
    except zlib.error:
        return False
