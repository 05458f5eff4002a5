"""Answers as tables of pandas and pyarrow, and what is said where these are missing."""

import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.conflicts import conflicts_in_words
from onrecord.errors import ExportError
from onrecord.exports.columns import COLUMNS
from onrecord.policies import load_policy

PAGES = ("Police said that at least 40 people were injured.", "Nine people were killed in Norhaven, Ada Brun said.")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("asking")
    for number, text in enumerate(PAGES):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    with onrecord.open(folder / "war.db") as made:
        made.add(folder, published="2026-03-04")
        yield made


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda ledger, found, policy: ledger.graded_figures(found, policy), id="grades"),
        pytest.param(lambda ledger, found, _: list(conflicts_in_words(ledger, found)), id="conflicts"),
    ],
)
def test_what_is_said_of_figures_is_of_the_ledger_they_are_from(ledger, root, monkeypatch, ask) -> None:
    found = ledger.figures()
    assert len({figure.story for figure in found}) == len(PAGES)
    policy, read, times = load_policy(root / "docs" / "policies" / "two-sources.toml"), ledger.store.reading, []
    monkeypatch.setattr(ledger, "make_stories", lambda: pytest.fail("the stories are those of the figures"))
    monkeypatch.setattr(ledger.store, "reading", lambda: times.append(1) or read())
    ask(ledger, found, policy)
    assert len(times) == 1


def test_pandas_has_a_row_for_each_figure(ledger) -> None:
    pytest.importorskip("pandas", reason="extra pandas is not installed")
    figures = ledger.figures()
    frame = figures.to_pandas()
    assert tuple(frame.columns) == COLUMNS["figures"]
    assert frame["low"].tolist() == [figure.low for figure in figures]
    assert frame["high"].isna().tolist() == [figure.high is None for figure in figures]
    assert frame["sentence"].tolist() == [figure.evidence.sentence for figure in figures]
    assert str(frame["low"].dtype) == "float64"


def test_arrow_has_a_row_for_each_figure(ledger) -> None:
    pytest.importorskip("pyarrow", reason="extra arrow is not installed")
    figures = ledger.figures()
    table = figures.to_arrow()
    assert tuple(table.column_names) == COLUMNS["figures"]
    assert table.column("low").to_pylist() == [figure.low for figure in figures]
    assert table.column("place_name").to_pylist() == [figure.place and figure.place.name for figure in figures]
    assert str(table.schema.field("low").type) == "double"


@pytest.mark.parametrize("made", ["to_pandas", "to_arrow"])
def test_no_answers_are_a_table_with_all_columns(ledger, made: str) -> None:
    pytest.importorskip({"to_pandas": "pandas", "to_arrow": "pyarrow"}[made])
    table = getattr(ledger.figures(outcome="missing"), made)()
    assert table.shape == (0, len(COLUMNS["figures"]))


@pytest.mark.parametrize("made", ["to_pandas", "to_arrow"])
def test_sources_and_statements_are_tables_too(ledger, made: str) -> None:
    pytest.importorskip({"to_pandas": "pandas", "to_arrow": "pyarrow"}[made])
    assert getattr(ledger.sources(), made)().shape == (len(ledger.sources()), len(COLUMNS["sources"]))
    assert getattr(ledger.said(), made)().shape == (len(ledger.said()), len(COLUMNS["statements"]))


@pytest.mark.parametrize(
    ("made", "library", "extra"), [("to_pandas", "pandas", "pandas"), ("to_arrow", "pyarrow", "arrow")]
)
def test_missing_library_names_its_extra(ledger, monkeypatch: pytest.MonkeyPatch, made, library, extra) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExportError, match=rf"{library} is not installed; pip install 'onrecord\[{extra}\]'"):
        getattr(ledger.figures(), made)()


def test_exported_parquet_is_what_pyarrow_reads(ledger, tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="extra parquet is not installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="extra arrow is not installed")
    assert ledger.export("figures", to=tmp_path / "figures.parquet") == len(ledger.figures())
    read = parquet.read_table(tmp_path / "figures.parquet")
    assert read.to_pylist() == ledger.figures().to_arrow().to_pylist()


def test_source_asked_for_by_name_has_what_pages_call_it(tmp_path: Path) -> None:
    told = (
        "Nine people were killed, Norvale fire chief Ada Brun said.",
        "Four people were killed, Ada Brun, the mayor of Norhaven, said.",
    )
    for number, text in enumerate(told):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    with onrecord.open(tmp_path / "war.db") as made:
        made.add(tmp_path, published="2026-03-04")
        (one,) = made.sources("Ada Brun")
        assert {count.value for count in one.roles} == {"fire chief", "mayor"}
        assert {count.value for count in one.bodies} == {"Norvale", "Norhaven"}
        figure = made.figures(source="Ada Brun")[0]
        assert figure.speaker_role in {"fire chief", "mayor"}
