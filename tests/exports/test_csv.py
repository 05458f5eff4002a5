"""Rows as csv: the cells of each claim, traceable, and never a formula where that is asked for."""

import csv
import io
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from onrecord import plugins
from onrecord.answers import AsWritten, FigureOnRecord, SourceOnRecord, on_record
from onrecord.errors import ExportError
from onrecord.plugins import ExportOptions
from onrecord.records import Reading


@dataclass
class Written:
    rows: list[dict[str, str]]
    data: bytes
    count: int


def write(given, **options) -> Written:
    out = io.BytesIO()
    count = plugins.load("exporters", "csv")(given, out, ExportOptions(**options))
    data = out.getvalue()
    return Written(list(csv.DictReader(io.StringIO(data.decode(), newline=""))), data, count)


def figures(reading: Reading) -> list[FigureOnRecord]:
    return [claim for claim in on_record(reading) if isinstance(claim, FigureOnRecord)]


def test_csv_has_each_figure_with_its_value(reading: Reading) -> None:
    written = write(figures(reading))
    assert written.count == len(written.rows) == len(reading.figures)
    first = written.rows[0]
    assert (first["number_words"], first["low"], first["high"], first["bound"]) == ("At least 23", "23", "", "at_least")
    assert (first["outcome"], first["outlet"], first["published"]) == ("killed", "Norhaven Gazette", "2026-03-04")


def test_csv_cell_leads_to_its_words_sentence_page_and_reader(reading: Reading) -> None:
    for row in write(figures(reading)).rows:
        assert row["sha256"] == reading.page.sha256
        assert row["page"]
        assert row["reader_version"] == reading.reader.version
        for name in ("number", "counted", "outcome_word", "place", "time", "source"):
            if row[f"{name}_span"]:
                start, end = map(int, row[f"{name}_span"].removeprefix("char=").split(","))
                assert reading.page.text[start:end] == row[f"{name}_words"]
        start, end = map(int, row["sentence_span"].removeprefix("char=").split(","))
        assert reading.page.text[start:end] == row["sentence"]


@pytest.mark.parametrize("rows", ["figures", "statements", "events"])
def test_csv_takes_the_claims_of_a_reading(reading: Reading, rows: str) -> None:
    assert write([reading], rows=rows).count == len(getattr(reading, rows))


@pytest.mark.parametrize("rows", ["figures", "statements", "events", "sources"])
def test_csv_without_rows_is_a_header(rows: str) -> None:
    written = write([], rows=rows)
    assert written.count == 0
    assert len(written.data.splitlines()) == 1


@pytest.mark.parametrize("words", ["=1+1", "+41 22", "-3", "@cmd", "\t=1", " =1", "＝1", "\r=1"])
def test_csv_formula_gets_an_apostrophe_only_when_asked(reading: Reading, words: str) -> None:
    figure = figures(reading)[0]
    evidence = replace(figure.evidence, sentence=words, as_written=AsWritten(number="=2"))
    figure = replace(figure, speaker=words, evidence=evidence)
    safe = write([figure], formula_safe=True).rows[0]
    assert (safe["speaker"], safe["sentence"], safe["number_words"]) == (f"'{words}", f"'{words}", "'=2")
    assert write([figure]).rows[0]["speaker"] == words


def test_csv_numbers_stay_numbers_when_formulas_are_made_safe(reading: Reading) -> None:
    figure = replace(figures(reading)[0], low=-5)
    assert write([figure], formula_safe=True).rows[0]["low"] == "-5"


def test_csv_keeps_line_breaks_quotes_and_nul(reading: Reading) -> None:
    words = 'one,\n"two"\r\nthree ; four'
    assert write([replace(figures(reading)[0], speaker=words)]).rows[0]["speaker"] == words


def test_csv_has_sources_with_their_counts() -> None:
    row = write([SourceOnRecord(name="Ada Brun", statements=3)], rows="sources").rows[0]
    assert (row["name"], row["statements"], row["figures"]) == ("Ada Brun", "3", "0")


def test_csv_refuses_another_kind_of_row(reading: Reading) -> None:
    with pytest.raises(ExportError, match="a row of statements is a FigureOnRecord"):
        write(figures(reading), rows="statements")


def test_csv_has_a_column_for_every_field(reading: Reading) -> None:
    """A field that is added to a record reaches the file, or this test names it."""
    from onrecord.exports.columns import COLUMNS, flat

    for claim in on_record(reading):
        kind = {"Fi": "figures", "St": "statements", "Ev": "events"}[type(claim).__name__[:2]]
        assert set(flat(claim)) - {"content_words", *COLUMNS[kind]} == set()
