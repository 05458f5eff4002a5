"""What a hostile case is, and what many are made of: a page, packed bombs, records of archives. Runs none."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord.records import Record

if TYPE_CHECKING:
    from hostile_site import Site

SAID = "The mayor of Calder said on Monday that at least 23 people died when the ferry sank in the harbour."
PARAGRAPHS = (
    f"<p>{SAID}</p>"
    "<p>Five divers were injured in the search, which went on through the night, the coast guard said.</p>"
)
READ = "read"
"""How a case ends whose page is read all the same: the 23 dead stand in the reading."""


class Case(Record, frozen=True, kw_only=True):
    """One hostile input.

    Args:
        name: says what it is.
        make: writes files into the folder, sets answers of the site; returns the arguments of `onrecord`.
        ends: kind of the problem that it must end with; READ where the page is read all the same.
        says: words of that problem.
        quick: whether it is in the short form of the suite.
        names: host names and the addresses that they have; of an address of the public net, connections go to the site.
    """

    name: str
    make: Callable[[Path, "Site"], list[str]]
    ends: str
    says: str = ""
    quick: bool = False
    names: dict[str, list[list[str]]] = msgspec.field(default_factory=dict)


def page(body: str, head: str = "") -> str:
    """Return an HTML page whose article is body."""
    return (
        f"<!doctype html><html><head><title>Ferry sinks off Calder</title>{head}</head><body><article>"
        f"<h1>Ferry sinks off Calder</h1>{body}</article></body></html>"
    )


PAGE = page(PARAGRAPHS).encode()


def laughs(root: str) -> str:
    """Return a document type whose entity &e9; is a thousand million others."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY e0 "ha">{entities}]>'


def a_file(
    name: str,
    data: Callable[[], bytes | str],
    ends: str,
    *,
    ending: str = ".html",
    says: str = "",
    quick: bool = False,
    options: tuple[str, ...] = (),
) -> Case:
    """Return the case of one file that is read."""

    def make(folder: Path, _: "Site") -> list[str]:
        made = data()
        path = folder / f"hostile{ending}"
        path.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"))
        return ["read", "--json", *options, str(path)]

    return Case(name=name, make=make, ends=ends, says=says, quick=quick)


# --- bombs ---------------------------------------------------------------------------------------------------------


def deflate_bomb(megabytes: int, *, bits: int, head: bytes = b"<p>") -> bytes:
    """Return a packed stream of so many megabytes of letters; its checksum is wrong, nobody comes to it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    begin = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(b"a" * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return begin + piece * megabytes + packer.flush()


def gzip_bomb(megabytes: int) -> bytes:
    """Return a gzip file of so many megabytes."""
    return deflate_bomb(megabytes, bits=zlib.MAX_WBITS | 16)


def gzip_members(megabytes: int) -> bytes:
    """Return a gzip file of whole members of a megabyte each."""
    return gzip.compress(b"a" * 1_000_000) * megabytes


def zstd_bomb(megabytes: int, *, window: int = 0x58) -> bytes:
    """Return a zstd frame of blocks that repeat one letter (RFC 8878 section 3.1.1), 128 KiB each.

    window is the byte that says how much a reader must remember: 0x58 is 2 MB, 0xA0 is 1 GB.
    """
    block = (0x20000 << 3 | 1 << 1).to_bytes(3, "little") + b"a"
    last = (1 << 3 | 1 << 1 | 1).to_bytes(3, "little") + b"a"
    return b"\x28\xb5\x2f\xfd\x00" + bytes([window]) + block * (megabytes * 8) + last


# --- records of archives -------------------------------------------------------------------------------------------


def answer(body: bytes = PAGE, *, more: str = "") -> bytes:
    """Return an HTTP answer with a page."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n".encode() + body


def record(content: bytes, *, number: int = 1, length: int | str | None = None, more: str = "") -> bytes:
    """Return a WARC record that holds an answer; length is the one that its head names."""
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: https://gazette.example/{number}\r\nWARC-Date: 2025-11-24T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\n{more}"
        f"Content-Length: {len(content) if length is None else length}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def archive(*records: bytes) -> bytes:
    """Return records as a WARC file, each in a gzip member of its own."""
    return b"".join(gzip.compress(one, 1, mtime=0) for one in records)


def flipped(data: bytes, place: int) -> bytes:
    """Return bytes with one bit of that place changed."""
    return data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]


def attributes() -> str:
    """Return 200,000 attributes of one tag."""
    return " ".join(f'a{n}="{n}"' for n in range(200_000))
