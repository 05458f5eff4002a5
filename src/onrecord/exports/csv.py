"""Rows -> a csv file (RFC 4180, UTF-8): a header, then one line of cells for each claim.

News text is written by strangers, and a spreadsheet runs a cell that begins with = + - or @; with `formula_safe` such a
cell begins with an apostrophe. Without it every cell is what the page says.
"""

import csv
import io
from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO

from onrecord.exports.columns import Cell, chosen, columns_of, flat
from onrecord.plugins import ExportOptions
from onrecord.records import Record

FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""First characters that make a spreadsheet read a cell as a formula (source: OWASP, CSV injection)."""


def write_csv(rows: Iterable[Record], out: BinaryIO, options: ExportOptions) -> int:
    """Write the rows with a header; an empty export has the header only."""
    written = 0
    kept = iter(chosen(rows, options))
    first = next(kept, None)
    columns = columns_of(options, first)
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        for row in chain([first] if first is not None else [], kept):
            cells = flat(row)
            writer.writerow([_cell(cells.get(name), safe=options.formula_safe) for name in columns])
            written += 1
        text.flush()
    finally:
        text.detach()
    return written


def _cell(value: Cell, *, safe: bool) -> Cell:
    """Return the cell as text; numbers are numbers and never formulas."""
    if safe and isinstance(value, str) and (value[:1] in FORMULA_STARTS or value.lstrip()[:1] in FORMULA_STARTS):
        return f"'{value}"
    return value
