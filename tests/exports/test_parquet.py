"""Rows as Parquet, read back with DuckDB; without it the message names the extra."""

import io

import pytest

from onrecord import plugins
from onrecord.answers import FigureOnRecord, on_record
from onrecord.errors import ExportError
from onrecord.exports import parquet
from onrecord.plugins import ExportOptions
from onrecord.records import Reading


def write(given, path, **options) -> int:
    with path.open("wb") as out:
        return plugins.load("exporters", "parquet")(given, out, ExportOptions(**options))


def test_parquet_without_duckdb_names_the_extra(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "duckdb", None)
    with pytest.raises(ExportError, match=r"pip install 'onrecord\[parquet\]'"):
        parquet.write_parquet([reading], io.BytesIO(), ExportOptions())


def test_parquet_gives_values_and_evidence_back(reading: Reading, tmp_path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="extra parquet is not installed")
    path = tmp_path / "figures.parquet"
    assert write([reading], path) == len(reading.figures)
    found = duckdb.read_parquet(str(path)).select("low, high, bound, sentence, sha256").fetchall()
    wanted = [
        (c.low, c.high, c.bound, c.evidence.sentence, c.evidence.sha256)
        for c in on_record(reading)
        if isinstance(c, FigureOnRecord)
    ]
    assert found == wanted


def test_parquet_without_rows_has_its_columns(tmp_path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="extra parquet is not installed")
    path = tmp_path / "none.parquet"
    assert write([], path) == 0
    made = duckdb.read_parquet(str(path))
    assert made.fetchall() == []
    assert "sha256" in made.columns
