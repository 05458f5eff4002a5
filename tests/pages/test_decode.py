"""Bytes of every kind become text, or an error that says what they are."""

import pytest

from onrecord.errors import TooLargeError, UnreadableError
from onrecord.pages import decode as decoding
from onrecord.pages.decode import decode
from onrecord.records import Origin

ORIGIN = Origin(name="harbour")
QUOTED = "“No boat left Port Ostra,” the mayor said – it’s closed, café and all."
CYRILLIC = "Власти города сообщили, что порт закрыт и пять человек ранены. " * 4


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (QUOTED.encode(), QUOTED),
        (b"\xef\xbb\xbf" + QUOTED.encode(), QUOTED),
        (QUOTED.encode("utf-16"), QUOTED),
        (QUOTED.encode("utf-16-le"), QUOTED),
        (QUOTED.encode("utf-16-be"), QUOTED),
        (QUOTED.encode("utf-32"), QUOTED),
        (QUOTED.encode("cp1252"), QUOTED),
        (CYRILLIC.encode("utf-16-le"), CYRILLIC),
        (CYRILLIC.encode("cp1251"), CYRILLIC),
        (CYRILLIC.encode("koi8-r"), CYRILLIC),
        (b"one\r\ntwo\x00three", "one\r\ntwo\x00three"),
        ("a\u202eb\u200bc".encode(), "a\u202eb\u200bc"),
    ],
)
def test_decode_finds_the_charset(data: bytes, expected: str) -> None:
    assert decode(data, ORIGIN).text == expected


@pytest.mark.parametrize(
    ("charset", "data", "expected"),
    [
        ("utf-8", QUOTED.encode("cp1252"), QUOTED),
        ("latin-1", QUOTED.encode("cp1252"), QUOTED),
        ("latin-1", QUOTED.encode(), QUOTED),
        ("windows-1251", "порт".encode("cp1251"), "порт"),
        ("no-such-charset", QUOTED.encode(), QUOTED),
        ("base64", b"cGxhaW4=", "cGxhaW4="),
        ("utf-16", QUOTED.encode("cp1252"), QUOTED),
        ("x\x00y", QUOTED.encode(), QUOTED),
    ],
)
def test_decode_takes_a_wrong_charset_as_a_hint(charset: str, data: bytes, expected: str) -> None:
    assert decode(data, Origin(name="harbour", charset=charset)).text == expected


def test_decode_reads_pieces_of_another_charset_in_utf8() -> None:
    data = ("naïve – “so” – " * 9).encode() + b"it\x92s closed"
    assert decode(data, ORIGIN).text.endswith("it’s closed")


def test_decode_reads_the_charset_that_a_page_names() -> None:
    page = '<html><head><meta charset="koi8-r"></head><body>порт</body></html>'.encode("koi8-r")
    assert "порт" in decode(page, ORIGIN, html=True).text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x00" * 40, "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe \x00", "empty"),
        (b"%PDF-1.7 stream", "a PDF file"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_decode_refuses_what_is_no_text(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as caught:
        decode(data, ORIGIN)
    assert str(caught.value).startswith("harbour: ")
    assert "\n" not in str(caught.value)
    assert "; give" in str(caught.value)


def test_decode_refuses_a_page_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LARGEST_PAGE_BYTES", 10)
    with pytest.raises(TooLargeError, match="more than the 10 bytes read"):
        decode(b"eleven byte", ORIGIN)


def test_decode_names_the_address_where_there_is_one() -> None:
    with pytest.raises(UnreadableError, match=r"^https://harbour\.example/1: empty"):
        decode(b"", Origin(name="x", url="https://harbour.example/1"))
