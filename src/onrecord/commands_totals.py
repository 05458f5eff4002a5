"""What `onrecord totals` does: readings of pages -> their totals as a table, as JSON lines, or as csv for data sets."""

import sys
from collections.abc import Iterable, Iterator
from typing import Protocol

from rich.table import Table

from onrecord.exports.totals import OUTLET, write_totals
from onrecord.intervals import shown
from onrecord.manifest import Given
from onrecord.pipeline import Defaults, read_pages
from onrecord.reading.totals import page_totals
from onrecord.records import Number, PageTotal, Reading, to_json

COLUMNS = ("page", "incident", "outcome", "low", "best", "high", "sources", "from")


class Printer(Protocol):
    """What a command prints with; cli.py has it."""

    as_json: bool

    def json(self, data: bytes) -> None:
        """Print one line of JSON."""

    def show(self, *renderables: object) -> None:
        """Print tables."""

    def problem(self, name: str, says: str) -> None:
        """Print why a page, or a part of it, could not be read."""


def run(given: Iterable[Given], defaults: Defaults, style: str | None, printer: Printer) -> None:
    """Read the pages and print their totals in the order of the inputs."""
    rows = totals_of(read_pages(given, defaults=defaults), printer)
    if style is not None:
        write_totals(rows, sys.stdout.buffer, style)
    elif printer.as_json:
        for _, total in rows:
            printer.json(to_json(total))
    else:
        printer.show(table(rows))


def totals_of(readings: Iterable[Reading], printer: Printer) -> Iterator[tuple[Reading, PageTotal]]:
    """Yield each total with its reading; the problems of a page are printed."""
    for reading in readings:
        for problem in reading.problems:
            printer.problem(reading.id, problem.says)
        for total in page_totals(reading):
            yield reading, total


def table(rows: Iterable[tuple[Reading, PageTotal]]) -> Table:
    """Return the totals as a table; a number in doubt has the counts that do not agree beside it."""
    made = Table(*COLUMNS, box=None)
    for reading, total in rows:
        against = {figure.id: reading.words(figure.number) or "" for figure in reading.figures}
        disputed = [against[name] for name in total.disputed if name in against]
        says = total.says + (f"; not agreeing: {', '.join(disputed)}" if disputed else "")
        speakers = ", ".join(speaker or OUTLET for speaker in total.speakers)
        numbers = (cell(total.low), cell(total.best), cell(total.high))
        made.add_row(total.article, str(total.incident + 1), total.outcome.replace("_", " "), *numbers, speakers, says)
    return made


def cell(value: Number | None) -> str:
    """Return a number as a table shows it; a dash for an open end."""
    return "-" if value is None else shown(value)
