"""`onrecord totals`: table, JSON lines, csv."""

import json

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

TEXT = "Twelve people were killed in Madrid on Monday, the mayor said. Three of the dead were children."


def run(*arguments: str, text: str = TEXT) -> Result:
    return CliRunner().invoke(main, ["totals", "--no-model", "--published", "2031-05-04", *arguments, "-"], input=text)


def test_one_line_of_json_for_each_total():
    result = run("--json")
    [line] = [json.loads(line) for line in result.stdout.splitlines()]
    assert (line["outcome"], line["low"], line["best"], line["high"]) == ("killed", 12, 12, 12)
    assert result.exit_code == 0


def test_table_names_sources():
    result = run()
    assert "the mayor" in result.stdout
    assert "12" in result.stdout


@pytest.mark.parametrize(("style", "column"), [("ucdp", "best"), ("acled", "fatalities")])
def test_csv_for_data_sets(style, column):
    header, row = run("--as", style).stdout.splitlines()
    assert dict(zip(header.split(","), row.split(","), strict=False))["year" if style == "acled" else "id"]
    assert column in header


def test_two_formats_are_wrong_usage():
    assert run("--json", "--as", "ucdp").exit_code == 2


def test_no_page_is_wrong_usage():
    result = CliRunner().invoke(main, ["totals"])
    assert result.exit_code == 2
    assert "no page given" in result.stderr


def test_page_that_cannot_be_read_fails_with_words():
    result = CliRunner().invoke(main, ["totals", "missing.txt"])
    assert result.exit_code == 1
    assert "missing" in result.stderr
