"""The captured bytes of a page, packed for the table `archive`, and unpacked again.

Bytes lie in the database, in the transaction of their page: no page without its bytes, no bytes without a page, one
file to copy, and the same on PostgreSQL (docs/decisions/0006-archive-in-the-database.md has the measurements).
"""

import zlib

ZLIB_LEVEL = 6
"""Level 9 takes twice the time for one part in a hundred less."""

Encoding = str
"""zlib or plain; erased once the bytes are gone."""


def pack(data: bytes) -> tuple[Encoding, bytes]:
    """Return the bytes as they are stored, and how: packed where that makes them fewer."""
    packed = zlib.compress(data, ZLIB_LEVEL)
    return ("zlib", packed) if len(packed) < len(data) else ("plain", data)


def unpack(encoding: Encoding, stored: bytes) -> bytes | None:
    """Return the captured bytes; None once they have been erased."""
    if encoding == "erased":
        return None
    return zlib.decompress(stored) if encoding == "zlib" else stored
