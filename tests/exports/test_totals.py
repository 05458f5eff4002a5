"""Totals as csv with the columns of conflict data sets."""

import csv
import io

import pytest

from onrecord.exports.totals import COLUMNS, write_totals
from onrecord.pipeline import read_bytes
from onrecord.reading.totals import page_totals
from onrecord.records import Origin

TEXT = (
    "The governor said that at least 12 people were killed in Madrid.\n\n"
    "The hospital said that nine people were killed in Madrid.\n\nThirty people were injured."
)


def written(style: str) -> list[dict[str, str]]:
    reading = read_bytes(
        TEXT.encode(), Origin(name="page", media_type="text", published="2031-05-04", outlet="Velm Post")
    )
    out = io.BytesIO()
    rows = [(reading, total) for total in page_totals(reading)]
    assert write_totals(rows, out, style) == 1
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def test_ucdp_columns_have_low_best_high():
    [row] = written("ucdp")
    assert (row["low"], row["best"], row["high"]) == ("9", "12", "")
    assert (row["where_coordinates"], row["country"], row["date_start"]) == ("Madrid", "ES", "2031-05-04")
    assert (row["source_office"], row["source_original"]) == ("Velm Post", "The governor")


def test_acled_takes_the_lower_number_and_says_so():
    [row] = written("acled")
    assert (row["fatalities"], row["year"], row["location"], row["source"]) == ("9", "2031", "Madrid", "Velm Post")
    assert row["notes"].startswith("The governor said that at least 12")
    assert "not agreeing: 1 other" in row["notes"]


@pytest.mark.parametrize("style", COLUMNS)
def test_nothing_to_write_gives_the_header(style):
    out = io.BytesIO()
    assert write_totals([], out, style) == 0
    assert out.getvalue().decode().strip().split(",") == list(COLUMNS[style])
