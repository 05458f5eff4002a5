"""Totals of pages -> csv with the columns of conflict data sets: UCDP (low, best, high) or ACLED (fatalities).

One row for each incident in which somebody was killed. Only what the page says is filled in; codes that a coder gives
(actors, types, sub-types, ids of the data set) are left to the coder. Nothing of either data set is read or copied.
"""

import csv
import io
from collections.abc import Callable, Iterable
from typing import BinaryIO

from onrecord.exports.columns import BETWEEN, Cell
from onrecord.records import PageTotal, Reading

OUTLET = "the outlet itself"
"""Stands for a figure without a source."""


def write_totals(rows: Iterable[tuple[Reading, PageTotal]], out: BinaryIO, style: str) -> int:
    """Write the killed of each incident with a header, in the columns of `ucdp` or `acled`; return how many rows."""
    cells = STYLES[style]
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    written = 0
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS[style])
        for reading, total in rows:
            if total.outcome == "killed":
                found = cells(reading, total)
                writer.writerow([found[name] for name in COLUMNS[style]])
                written += 1
        text.flush()
    finally:
        text.detach()
    return written


def ucdp_cells(reading: Reading, total: PageTotal) -> dict[str, Cell]:
    """Return the cells of one total under the names of the UCDP Georeferenced Event Dataset; dates are the page's."""
    start, end = days(reading, total)
    return {
        "id": f"{total.article}-{total.incident}",
        "source_office": reading.page.outlet if reading.page else None,
        "source_date": published(reading),
        "source_headline": reading.article.headline if reading.article else None,
        "source_original": sources(total),
        "number_of_sources": len(total.speakers),
        "where_coordinates": total.place.name if total.place else None,
        "country": total.place.country if total.place else None,
        "latitude": total.place.lat if total.place else None,
        "longitude": total.place.lon if total.place else None,
        "date_start": start,
        "date_end": end,
        "best": total.best,
        "high": total.high,
        "low": total.low,
    }


def acled_cells(reading: Reading, total: PageTotal) -> dict[str, Cell]:
    """Return the cells of one total under ACLED's names: fatalities is low, since ACLED takes the lower of reports."""
    start, _ = days(reading, total)
    return {
        "event_id": f"{total.article}-{total.incident}",
        "event_date": start,
        "year": start[:4] if start else None,
        "country": total.place.country if total.place else None,
        "location": total.place.name if total.place else None,
        "latitude": total.place.lat if total.place else None,
        "longitude": total.place.lon if total.place else None,
        "source": reading.page.outlet if reading.page else None,
        "notes": notes(reading, total),
        "fatalities": total.low,
    }


def days(reading: Reading, total: PageTotal) -> tuple[str | None, str | None]:
    """Return the first and last day of an incident: those that the figures are tied to, else the day of the page."""
    time = total.time
    if time is not None and time.from_ is not None:
        return time.from_[:10], (time.to or time.from_)[:10]
    return published(reading), published(reading)


def published(reading: Reading) -> str | None:
    """Return the day a page was published."""
    when = reading.article.published if reading.article else None
    return when[:10] if when else None


def sources(total: PageTotal) -> str:
    """Return the sources of a total in one cell."""
    return BETWEEN.join(speaker or OUTLET for speaker in total.speakers)


def notes(reading: Reading, total: PageTotal) -> str:
    """Return the sentences behind a total, and what it was worked out from."""
    by_id = {figure.id: figure for figure in reading.figures}
    told = dict.fromkeys(reading.words(by_id[name].sentence) or "" for name in total.figures if name in by_id)
    disputed = f"not agreeing: {len(total.disputed)} other counts" if total.disputed else ""
    return BETWEEN.join(part for part in (*told, total.says if total.says != "printed" else "", disputed) if part)


STYLES: dict[str, Callable[[Reading, PageTotal], dict[str, Cell]]] = {"ucdp": ucdp_cells, "acled": acled_cells}
COLUMNS: dict[str, tuple[str, ...]] = {
    "ucdp": (
        "id", "source_office", "source_date", "source_headline", "source_original", "number_of_sources",
        "where_coordinates", "country", "latitude", "longitude", "date_start", "date_end", "best", "high", "low",
    ),
    "acled": (
        "event_id", "event_date", "year", "country", "location", "latitude", "longitude", "source", "notes",
        "fatalities",
    ),
}  # fmt: skip
