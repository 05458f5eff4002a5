"""Rows -> JSON lines: each record as it is, with all its spans and evidence. Readings are written whole."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.plugins import ExportOptions
from onrecord.records import Record, to_json


def write_jsonl(rows: Iterable[Record], out: BinaryIO, options: ExportOptions) -> int:
    """Write one JSON object a line."""
    written = 0
    for row in rows:
        out.write(to_json(row) + b"\n")
        written += 1
    return written
