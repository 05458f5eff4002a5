"""benchmarks/evaluate.py: what it takes and what it prints."""

import gzip
import json
import sys

import pytest

import bodies
import evaluate

PATTERN = '{"id": "n1", "text": "Group of Seven ministers met", "expect": []}\n'
PAGE = {
    "id": "p1",
    "text": "Six shops burned, the mayor said.",
    "figures": [
        {"sentence": "Six shops burned, the mayor said.", "number": "Six", "low": 6, "high": 6, "outcome": "destroyed"}
    ],
    "statements": [],
    "events": [],
}


def run(monkeypatch, *arguments) -> int:
    monkeypatch.setattr(sys, "argv", ["evaluate.py", *map(str, arguments)])
    return evaluate.main()


def test_patterns_are_scored(tmp_path, monkeypatch, capsys):
    path = tmp_path / "patterns.jsonl"
    path.write_text(PATTERN, encoding="utf-8")
    assert run(monkeypatch, "--set", "patterns", path, "--json") == 0
    assert json.loads(capsys.readouterr().out)[str(path)]["patterns: right"] == {"share": 100.0, "n": 1}


def test_coded_pages_are_scored_as_a_table(tmp_path, monkeypatch, capsys):
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps(PAGE), encoding="utf-8")
    assert run(monkeypatch, "--set", "ledger", path) == 0
    out = capsys.readouterr().out
    assert "1 pages" in out
    assert any(line.startswith("figures: found") and line.endswith("n      1") for line in out.split("\n"))


def test_several_files_are_scored_each_by_itself(tmp_path, monkeypatch, capsys):
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text(PATTERN, encoding="utf-8")
    assert run(monkeypatch, "--set", "patterns", *paths, "--json") == 0
    assert list(json.loads(capsys.readouterr().out)) == [str(path) for path in paths]


def test_page_file_is_read_from_the_repository(tmp_path, monkeypatch):
    monkeypatch.setattr("coded.ROOT", tmp_path)
    (tmp_path / "p1.txt").write_text(PAGE["text"], encoding="utf-8")
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps({**PAGE, "text": None, "page": "p1.txt"}), encoding="utf-8")
    result = evaluate.evaluate("gold", path)
    assert result.rows["figures: found"]["n"] == 1


def test_packed_html_is_found_by_its_id(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>Six shops burned.</p>"))
    (tmp_path / "b.html").write_bytes(b"<p>Nobody was hurt.</p>")
    assert bodies.page_bytes(tmp_path, "a") == b"<p>Six shops burned.</p>"
    assert bodies.page_bytes(tmp_path, "b") == b"<p>Nobody was hurt.</p>"
    assert bodies.page_bytes(tmp_path, "c") is None


@pytest.mark.parametrize("content", [None, "no json\n"])
def test_file_that_cannot_be_read_is_named(tmp_path, monkeypatch, capsys, content):
    path = tmp_path / "pages.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert run(monkeypatch, "--set", "ledger", path) == 1
    assert "pages.jsonl" in capsys.readouterr().err


def test_set_without_a_file_is_wrong_usage(monkeypatch, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(monkeypatch, "--set", "ledger")
    assert stopped.value.code == 2
    assert "needs a file" in capsys.readouterr().err


def test_intervals_are_given_when_asked_for(tmp_path, monkeypatch, capsys):
    path = tmp_path / "pages.jsonl"
    pages = [PAGE, PAGE | {"id": "p2", "figures": []}, PAGE | {"id": "p3"}]
    path.write_text("\n".join(map(json.dumps, pages)), encoding="utf-8")
    assert run(monkeypatch, "--set", "ledger", path, "--json", "--boot", "50") == 0
    row = json.loads(capsys.readouterr().out)[str(path)]["figures: found"]
    assert row["from"] <= row["F1"] <= row["to"]
    assert row["from"] < row["to"]


def test_first_lines_only(tmp_path, monkeypatch, capsys):
    path = tmp_path / "patterns.jsonl"
    path.write_text(PATTERN * 3, encoding="utf-8")
    assert run(monkeypatch, "--set", "patterns", path, "--json", "--first", "2") == 0
    assert json.loads(capsys.readouterr().out)[str(path)]["patterns: right"]["n"] == 2


def test_notes_are_printed_in_both_forms(tmp_path, monkeypatch, capsys):
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "n1", "sentences": [{"text": "Six shops burned.", "speech": false}]}', encoding="utf-8")
    assert run(monkeypatch, "--set", "newsdiscourse", path) == 0
    assert "\nnote: the set counts speech by human speakers only" in capsys.readouterr().out
    assert run(monkeypatch, "--set", "newsdiscourse", path, "--json") == 0
    assert len(json.loads(capsys.readouterr().out)[str(path)]["notes"]) == 1


def test_tagger_that_is_not_there_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(evaluate.TAGGERS, "lost", "onrecord.reading.no_such_module:Tagger")
    path = tmp_path / "patterns.jsonl"
    path.write_text(PATTERN, encoding="utf-8")
    assert run(monkeypatch, "--set", "patterns", path, "--tagger", "lost") == 1
    assert "tagger 'lost' is not there" in capsys.readouterr().err


@pytest.mark.parametrize("name", [name for name in evaluate.SETS if name not in ("pages", "dumps", "poison")])
def test_every_set_names_the_line_that_it_cannot_read(tmp_path, monkeypatch, capsys, name):
    path = tmp_path / "set.jsonl"
    path.write_text("[]\n", encoding="utf-8")
    assert run(monkeypatch, "--set", name, path) == 1
    assert "set.jsonl line 1" in capsys.readouterr().err


def test_every_set_is_described(root):
    text = (root / "docs" / "measuring.md").read_text(encoding="utf-8")
    assert [name for name in evaluate.SETS if f"--set {name}" not in text] == []
