"""Bytes packed for the way (gzip, deflate, br, zstd) -> the bytes of the page, never more than is asked for.

Every step gives back a bounded piece, so that a bomb costs no more memory than a page. What cannot be unpacked in
bounded pieces here is not asked for, and refused when it comes all the same.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, Protocol

import brotli

from onrecord.errors import TooLargeError, UnreadableError

PIECE_BYTES = 65_536
"""Bytes unpacked in one step."""

MOST_LAYERS = 2
"""Codings over one another; servers use one, badly set up ones two."""

LONGEST_LAYER_NAMES = 100
"""Characters of a Content-Encoding header."""

LARGEST_ZSTD_WINDOW = 23
"""Bytes that an unpacker of zstd must remember, as a power of two: 8 MB (RFC 9659 section 3)."""

GZIP_OR_ZLIB, RAW = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS


class Unpacker(Protocol):
    """Unpacks one stream in bounded pieces."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next bytes."""

    def whole(self) -> bool:
        """Say whether the stream has come to its end."""


class Zlib:
    """gzip (all members of it) and deflate, with or without its header."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(GZIP_OR_ZLIB)
        self._begun = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next bytes; raise zlib.error where they are damaged."""
        while data:
            if self._unpack.eof:
                if not data.startswith(b"\x1f\x8b"):  # padding behind the last member
                    return
                self._unpack = zlib.decompressobj(GZIP_OR_ZLIB)
            piece = self._step(data)
            yield piece
            data = self._unpack.unconsumed_tail or self._unpack.unused_data
            while not data and len(piece) == PIECE_BYTES:  # more may wait inside though all input is taken
                piece = self._unpack.decompress(b"", PIECE_BYTES)
                yield piece

    def _step(self, data: bytes) -> bytes:
        try:
            piece = self._unpack.decompress(data, PIECE_BYTES)
        except zlib.error:
            if self._begun or data.startswith(b"\x1f\x8b"):
                raise
            # Some servers send deflate without the header that RFC 9110 section 8.4.1.2 asks for.
            self._unpack = zlib.decompressobj(RAW)
            piece = self._unpack.decompress(data, PIECE_BYTES)
        self._begun = True
        return piece

    def whole(self) -> bool:
        """Say whether the stream has come to its end."""
        return self._unpack.eof


class Brotli:
    """br."""

    def __init__(self) -> None:
        self._unpack = brotli.Decompressor()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next bytes; raise brotli.error where they are damaged."""
        yield self._unpack.process(data, output_buffer_limit=PIECE_BYTES)
        # More may wait inside even where it says that it takes more.
        while not self._unpack.is_finished() and (piece := self._unpack.process(b"", output_buffer_limit=PIECE_BYTES)):
            yield piece

    def whole(self) -> bool:
        """Say whether the stream has come to its end."""
        return bool(self._unpack.is_finished())


def _python_zstd() -> Any | None:
    """Return Python's own zstd; None before Python 3.14, and where Python is built without it."""
    try:
        return import_module("compression.zstd")
    except ImportError:
        return None


ZSTD = _python_zstd()


class Zstd:
    """zstd (all frames of it), from Python 3.14 on."""

    def __init__(self) -> None:
        self._unpack = self._begun()

    def _begun(self) -> Any:
        assert ZSTD is not None  # noqa: S101  not in UNPACKERS without it
        return ZSTD.ZstdDecompressor(options={ZSTD.DecompressionParameter.window_log_max: LARGEST_ZSTD_WINDOW})

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next bytes; raise ZstdError where they are damaged or need too much memory."""
        while data:
            if self._unpack.eof:
                self._unpack = self._begun()
            yield self._unpack.decompress(data, PIECE_BYTES)
            while not self._unpack.eof and not self._unpack.needs_input:
                yield self._unpack.decompress(b"", PIECE_BYTES)
            data = self._unpack.unused_data

    def whole(self) -> bool:
        """Say whether the stream has come to its end."""
        return bool(self._unpack.eof)


UNPACKERS: dict[str, Callable[[], Unpacker]] = {"gzip": Zlib, "x-gzip": Zlib, "deflate": Zlib, "br": Brotli}
DAMAGED: tuple[type[Exception], ...] = (zlib.error, brotli.error, EOFError)
if ZSTD is not None:
    UNPACKERS["zstd"] = Zstd
    DAMAGED += (ZSTD.ZstdError,)

ACCEPTED = ", ".join(name for name in UNPACKERS if name != "x-gzip")
"""What a request asks for."""


def unpacked(chunks: Iterable[bytes], codings: str, *, most: int, where: str) -> Iterator[bytes]:
    """Yield the bytes of a body in pieces.

    Args:
        chunks: the body as it comes.
        codings: the Content-Encoding header, "" for none.
        most: bytes of the page at most.
        where: the page's name, for messages.

    Raises:
        TooLargeError: there is more than `most`.
        UnreadableError: an unknown coding, more than MOST_LAYERS of them, damaged or cut off.
    """
    names = [name.strip().lower() for name in codings[:LONGEST_LAYER_NAMES].split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MOST_LAYERS:
        raise UnreadableError(f"{where}: packed {len(names)} times over; save the page and give its file")
    for name in reversed(names):
        # Each layer is counted: one may hold hours of work for the next, out of which nothing comes.
        chunks = counted(_layer(chunks, name, where), most, where)
    yield from chunks if names else counted(chunks, most, where)


def counted(pieces: Iterable[bytes], most: int, where: str) -> Iterator[bytes]:
    """Yield the pieces as they come.

    Raises:
        TooLargeError: they are more than so many bytes.
    """
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise TooLargeError(f"{where}: more than the {most:,} bytes read of one page; save it and split it")
        yield piece


def _layer(chunks: Iterable[bytes], name: str, where: str) -> Iterator[bytes]:
    if name not in UNPACKERS:
        raise UnreadableError(f"{where}: packed with {name[:20]!r}, which is not unpacked here; save the page unpacked")
    unpacker = UNPACKERS[name]()
    some = False
    try:
        for chunk in chunks:
            if chunk:
                some = True
                yield from unpacker.pieces(chunk)
    except DAMAGED as err:
        raise UnreadableError(f"{where}: damaged {name} data ({err}); get the page again") from err
    if some and not unpacker.whole():
        raise UnreadableError(f"{where}: {name} data cut off before their end; get the page again")
