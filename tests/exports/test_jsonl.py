"""Rows as JSON lines: what was written is what is read."""

import io

from onrecord import plugins
from onrecord.answers import FigureOnRecord, on_record
from onrecord.plugins import ExportOptions
from onrecord.records import Reading, from_json


def write(rows) -> list[bytes]:
    out = io.BytesIO()
    count = plugins.load("exporters", "jsonl")(rows, out, ExportOptions())
    lines = out.getvalue().splitlines()
    assert count == len(lines)
    return lines


def test_jsonl_gives_the_claims_back(reading: Reading) -> None:
    claims = [claim for claim in on_record(reading) if isinstance(claim, FigureOnRecord)]
    assert [from_json(line, FigureOnRecord) for line in write(claims)] == claims


def test_jsonl_gives_whole_readings_back(reading: Reading) -> None:
    assert from_json(write([reading])[0], Reading) == reading
