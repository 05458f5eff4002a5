"""Rows -> a Parquet file, by DuckDB (extra `parquet`). Numbers are DOUBLE, everything else VARCHAR, null is null.

The rows pass through a temporary file of JSON lines, so that memory does not grow with them.
"""

import os
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from onrecord.errors import ExportError
from onrecord.exports.columns import NUMBERS, chosen, columns_of, flat
from onrecord.plugins import ExportOptions
from onrecord.records import Record

try:
    import duckdb
except ModuleNotFoundError:
    if not TYPE_CHECKING:
        duckdb = None

LARGEST_ROW = 64 * 1024 * 1024
"""Bytes of one row: a page has at most 20 MB, and JSON may triple a character."""


def write_parquet(rows: Iterable[Record], out: BinaryIO, options: ExportOptions) -> int:
    """Write the rows.

    Raises:
        ExportError: DuckDB is not installed, or it refuses the rows.
    """
    if duckdb is None:
        raise ExportError("export as parquet: DuckDB is not installed; pip install 'onrecord[parquet]'")
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        lines, target = Path(folder, "rows.jsonl"), Path(folder, "rows.parquet")
        columns, written = _write_lines(rows, lines, options)
        try:
            _convert(lines, target, columns)
        except duckdb.Error as err:
            raise ExportError(f"export as parquet: {err}; export as jsonl instead") from err
        with target.open("rb") as made:
            copyfileobj(made, out)
    return written


def _write_lines(rows: Iterable[Record], lines: Path, options: ExportOptions) -> tuple[tuple[str, ...], int]:
    kept = iter(chosen(rows, options))
    first = next(kept, None)
    columns = columns_of(options, first)
    written = 0
    with lines.open("wb") as file:
        for row in chain([first] if first is not None else [], kept):
            cells = flat(row)
            file.write(msgspec.json.encode({name: cells.get(name) for name in columns}) + b"\n")
            written += 1
    return columns, written


def _convert(lines: Path, target: Path, columns: tuple[str, ...]) -> None:
    kinds = {name: "DOUBLE" if name in NUMBERS else "VARCHAR" for name in columns}
    database = duckdb.connect(config={"threads": 1})
    try:
        if os.path.getsize(lines):
            database.read_json(
                str(lines), columns=kinds, format="newline_delimited", maximum_object_size=LARGEST_ROW
            ).write_parquet(str(target), compression="zstd")
        else:
            listed = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in kinds.items())
            database.sql(f"SELECT {listed} WHERE false").write_parquet(str(target), compression="zstd")
    finally:
        database.close()
