"""What is asked for and unpacked: only codings that can be unpacked here, in pieces, within bounds."""

import sys
from types import ModuleType

import pytest

from onrecord.errors import TooLargeError, UnreadableError
from onrecord.pages import fetch_codings
from onrecord.pages.fetch_codings import ACCEPTED, PIECE_BYTES, UNPACKERS, ZSTD, unpacked

PAGE = b"<p>At least 23 people died when the ferry sank off Calder.</p>"
BLOCK = (0x20000 << 3 | 1 << 1).to_bytes(3, "little") + b"a"
LAST = (1 << 3 | 1 << 1 | 1).to_bytes(3, "little") + b"a"


def frame(blocks, window=0x58):
    """A zstd frame of blocks that repeat one letter 131,072 times, and of one letter more; window 0x58 is 2 MB."""
    return b"\x28\xb5\x2f\xfd\x00" + bytes([window]) + BLOCK * blocks + LAST


def unpack(data, coding, piece=50):
    chunks = (data[place : place + piece] for place in range(0, len(data), piece))
    return b"".join(unpacked(chunks, coding, most=20_000_000, where="page"))


def test_only_what_is_unpacked_is_asked_for(site, fetcher):
    site.answers["/a"] = PAGE
    fetcher.fetch(site.url("/a"))
    assert site.asked[-1][1]["Accept-Encoding"] == ACCEPTED
    assert set(ACCEPTED.split(", ")) <= set(UNPACKERS)


@pytest.mark.parametrize("modules", [{"compression.zstd": None}, {"compression": ModuleType("compression")}])
def test_zstd_is_not_asked_for_where_python_has_none(monkeypatch, modules):
    monkeypatch.delitem(sys.modules, "compression.zstd", raising=False)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    assert fetch_codings._python_zstd() is None


@pytest.mark.skipif(ZSTD is not None, reason="this Python unpacks zstd")
def test_zstd_that_comes_all_the_same_is_said():
    assert "zstd" not in ACCEPTED
    with pytest.raises(UnreadableError, match="packed with 'zstd', which is not unpacked here"):
        unpack(frame(1), "zstd")


@pytest.mark.skipif(ZSTD is None, reason="Python unpacks zstd from 3.14 on")
class TestZstd:
    def test_frames_are_unpacked_one_after_the_other(self):
        assert len(unpack(frame(2) * 3, "zstd")) == 3 * (2 * 131_072 + 1)

    @pytest.mark.parametrize(
        ("data", "error", "says"),
        [
            (frame(1000), TooLargeError, "20,000,000 bytes"),
            (frame(1, window=0xA0), UnreadableError, "damaged zstd data"),
            (frame(2)[:-3], UnreadableError, "cut off"),
            (b"nonsense", UnreadableError, "damaged zstd data"),
        ],
    )
    def test_bad_stream_is_said(self, data, error, says):
        with pytest.raises(error, match=says):
            unpack(data, "zstd")

    def test_pieces_are_bounded(self):
        assert max(map(len, UNPACKERS["zstd"]().pieces(frame(50)))) <= PIECE_BYTES
