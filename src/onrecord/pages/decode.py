"""Bytes of a page -> its text. Never raises for a wrong charset; raises for what is no text at all.

The order of evidence: byte order mark, the charset named from outside (an HTTP header), the charset an HTML page names
itself, valid UTF-8, a detector, windows-1252. A byte order mark is part of the encoding, not of the text: it is taken
off, and spans count from the character after it. Everything else is kept: NUL, bidi and zero-width characters, CRLF.
"""

import codecs
import re
from collections.abc import Callable
from functools import cache
from importlib import import_module

import msgspec

from onrecord.errors import TooLargeError, UnreadableError
from onrecord.records import Origin

LARGEST_PAGE_BYTES = 20_000_000
"""Bytes read of one page. The largest news page of the development sets has 3 MB; 20 MB of HTML parse in about 2 s."""

META_BYTES = 4_096
"""Bytes in which an HTML page must name its charset. The standard says 1,024; pages with long comments need more."""

SAMPLE_BYTES = 65_536
"""Bytes looked at to tell text from binary and to detect a charset."""

MOST_CONTROLS = 0.05
"""Share of control characters above which bytes are no text. Text dumps have below 0.001, images above 0.1."""

MOST_HIGH_BYTES = 8
"""Distinct high bytes of UTF-16 text in an alphabet: Latin, its additions, one other script, punctuation."""

LEAST_NUL = 0.3
"""Share of NUL above which text without other control characters is UTF-16; Latin text in it has 0.5."""

MOST_REPLACED = 0.25
"""Share of the characters beyond ASCII that may be broken in a page that is still called UTF-8."""

LEAST_ASCII = 0.8
"""Share of ASCII above which a page in an unknown charset is Western: the detector guesses badly from a few accents."""

SAMPLE_CHARACTERS = 4_000
LEAST_WORDS = 0.4
"""Share of letters, digits and blanks in text that was read in the charset of last resort; HTML has above 0.7."""

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstandard-compressed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
)
"""First bytes of what people give by mistake (source: the formats' own specifications)."""

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

TEXT_CODECS: frozenset[str] = frozenset({
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp866", "cp874", "cp932",
    "cp949", "cp950", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10",
    "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
    "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "euc_jp", "shift_jis", "euc_kr", "tis-620",
})  # fmt: skip
"""Charsets a page may name; others (base64, unicode_escape, utf-7) are no charsets of pages."""

WIDENED: dict[str, str] = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What browsers read in place of a named charset (source: the WHATWG Encoding Standard)."""

META_CHARSET = re.compile(rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.I)
XML_CHARSET = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})""")
CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b")) + b"\x7f"
BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
NOT_CONTROLS = bytes(set(range(256)) - set(CONTROLS)) + b"\x00"
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
BROKEN = "\ufffd"


class Decoded(msgspec.Struct, frozen=True):
    """The text of a page and the charset it was read with; broken counts the bytes that did not fit."""

    text: str
    charset: str
    broken: int = 0


def named(origin: Origin) -> str:
    """Return how messages name a page: its URL, else its name."""
    return origin.url or origin.name


def decode(data: bytes, origin: Origin, *, html: bool = False) -> Decoded:
    """Return the text of a page.

    Args:
        data: the bytes as captured.
        origin: its charset, where given, is what the server named.
        html: whether the page may name its charset itself.

    Raises:
        TooLargeError: more bytes than LARGEST_PAGE_BYTES.
        UnreadableError: empty, blank, or binary.
    """
    where = named(origin)
    if len(data) > LARGEST_PAGE_BYTES:
        raise TooLargeError(
            f"{where}: more than the {LARGEST_PAGE_BYTES:,} bytes read of one page; "
            "split the file or give the page alone"
        )
    if not data.strip(b"\x00\t\n\x0b\x0c\r "):
        raise UnreadableError(f"{where}: empty, there is no text in it; give a page with text")
    for mark, marked in MARKS:
        if data.startswith(mark) and len(data) > len(mark):
            return _checked(_marked(data[len(mark) :], marked), where)
    charset = _wide_charset(data)
    if charset is None:
        _refuse_binary(data, where)
        return _checked(_single_bytes(data, origin, html=html), where)
    return _checked(_with(data, charset), where)


def _checked(decoded: Decoded, where: str) -> Decoded:
    """Return decoded, unless nothing is left in it that can be read."""
    if not decoded.text.strip("\x00\ufeff \t\r\n\x0b\x0c"):
        raise UnreadableError(f"{where}: empty, there is no text in it; give a page with text")
    if decoded.broken * 4 > len(decoded.text):
        raise UnreadableError(
            f"{where}: binary, {decoded.broken:,} of {len(decoded.text):,} characters cannot be read as "
            f"{decoded.charset}; give an HTML or text file"
        )
    sample = decoded.text[:SAMPLE_CHARACTERS]
    if decoded.charset == "cp1252" and sum(map(_is_word, sample)) < LEAST_WORDS * len(sample):
        raise UnreadableError(f"{where}: in no charset that is known here, hardly a letter in it; save it as UTF-8")
    return decoded


def _is_word(character: str) -> bool:
    return character.isalnum() or character.isspace()


def _marked(data: bytes, marked: str) -> Decoded:
    """Decode what stands behind a byte order mark, unless the mark is wrong: then as it would be without."""
    if marked == "utf-8":
        return _with(data, _wide_charset(data) or marked)
    sample = data[:SAMPLE_BYTES]
    if 0 not in sample and len(BEYOND_ASCII.sub(b"", sample)) > LEAST_ASCII * len(sample):
        return _with(data, "utf-8")
    return _with(data, marked)


def _refuse_binary(data: bytes, where: str) -> None:
    """Raise UnreadableError when these bytes are no text in any charset of one byte."""
    for signature, says in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"{where}: {says}, not a page; give the HTML or text in it")
    sample = data[:SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    if controls > max(2, MOST_CONTROLS * len(sample)):
        raise UnreadableError(
            f"{where}: binary, {controls:,} of the first {len(sample):,} bytes are control characters; "
            "give an HTML or text file"
        )


def _wide_charset(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 without a mark: the high bytes of such text are few, and NUL is among them."""
    sample = data[: SAMPLE_BYTES // 4 * 4]
    if len(sample) < 8 or 0 not in sample:
        return None
    if sample.count(0) < LEAST_NUL * len(sample) and not sample.strip(b"\x00").translate(None, NOT_CONTROLS):
        return None  # text with a few NUL in it
    nul = [sample[place::4].count(0) * 4 / len(sample) for place in range(4)]
    if min(nul[2:]) > 0.9 and nul[0] < 0.1:
        return "utf-32-le"
    if min(nul[:2]) > 0.9 and nul[3] < 0.1:
        return "utf-32-be"
    for charset, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if high.count(0) > 0.05 * len(high) and low.count(0) < 0.02 * len(low) and len(set(high)) <= MOST_HIGH_BYTES:
            text = sample[: len(sample) // 2 * 2].decode(charset, "replace")
            if sum(c.isprintable() or c.isspace() for c in text) > 0.98 * len(text):
                return charset
    return None


def _single_bytes(data: bytes, origin: Origin, *, html: bool) -> Decoded:
    """Decode bytes without a mark: UTF-8 when they are valid, else as named, as detected, as windows-1252."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    for name in (origin.charset, _named_in_page(data) if html else None):
        charset = known_charset(name)
        if charset is None or charset in (
            "utf-8",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "utf-32-le",
            "utf-32-be",
        ):
            continue
        try:
            return Decoded(data.decode(charset), charset)
        except UnicodeDecodeError:
            if charset in ("cp1252", "cp1254"):  # their holes are control characters on real pages
                return _with(data, charset)
    if _nearly_utf8(data):
        return _with(data, "utf-8")
    sample = data[:SAMPLE_BYTES]
    detected = (
        known_charset(_detector()(sample)) if len(BEYOND_ASCII.sub(b"", sample)) < LEAST_ASCII * len(sample) else None
    )
    if detected is not None:
        try:
            return Decoded(data.decode(detected), detected)
        except UnicodeDecodeError:
            pass
    return _with(data, "cp1252")


def _named_in_page(data: bytes) -> str | None:
    """Return the charset that an HTML page names in its first bytes."""
    found = META_CHARSET.search(data, 0, META_BYTES) or XML_CHARSET.search(data[:META_BYTES])
    return found.group(1).decode("ascii") if found else None


def known_charset(name: str | None) -> str | None:
    """Return the codec that reads a named charset, as browsers do; None when it is no charset of pages."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return None
    codec = WIDENED.get(codec, codec)
    return codec if codec in TEXT_CODECS else None


def _nearly_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8 with a few broken places (cut sequences, pieces pasted from windows-1252)."""
    text = data.decode("utf-8", "replace")
    return text.count(BROKEN) <= MOST_REPLACED * len(NOT_ASCII.findall(text))


def _with(data: bytes, charset: str) -> Decoded:
    """Decode with what browsers do for bytes that do not fit: windows-1252 in single bytes, else U+FFFD."""
    errors = "onrecord-mixed" if charset in ("utf-8", "cp1252", "cp1254") else "replace"
    text = data.decode(charset, errors)
    return Decoded(text, charset, text.count(BROKEN))


def _mixed(err: UnicodeError) -> tuple[str, int]:
    """Read the bytes that do not fit as windows-1252, its holes as U+FFFD (a codec error handler)."""
    if not isinstance(err, UnicodeDecodeError):
        raise err
    piece = err.object[err.start : err.end]
    return piece.decode("cp1252", "replace"), err.end


codecs.register_error("onrecord-mixed", _mixed)


@cache
def _detector() -> Callable[[bytes], str | None]:
    """Return the charset detector, imported on first use: its library takes 28-43 ms and hardly a page needs it."""
    guess: Callable[[bytes], str | None] = import_module("onrecord.pages.detect").guess
    return guess
