"""The commands that ask a ledger, as they are typed: what they print, their messages, their exit status."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord import cli

PAGES = {
    "flood": "Nine people were killed in Norhaven on Monday, Mayor Iva Dorn said. “The dam is safe,” she said.",
    "crash": "Police said that at least 40 people were injured in Calder.\n\n"
    "Police said that two people died in Norhaven.",
}
DATES = {"flood": "2026-03-04", "crash": "2026-03-05"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of two pages."""
    folder = tmp_path_factory.mktemp("pages")
    manifest = folder / "pages.jsonl"
    lines = []
    for name, text in PAGES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        url = f"https://gazette.example/{name}"
        lines.append({"id": name, "path": f"{name}.txt", "url": url, "outlet": "Gazette", "published": DATES[name]})
    manifest.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with onrecord.open(folder / "war.db") as ledger:
        ledger.add(manifest=manifest)
    return folder / "war.db"


@pytest.fixture
def db(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that ledger, named by ONRECORD_DB."""
    copy = tmp_path / "war.db"
    copy.write_bytes(made.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DB", str(copy))
    monkeypatch.setenv("ONRECORD_REVIEWER", "ada")
    return copy


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    result = CliRunner().invoke(cli.main, arguments, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines(*arguments: str, stdin: str | bytes = "") -> list[dict]:
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


# --- questions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ([], [40, 2, 9]),
        (["--outcome", "killed"], [2, 9]),
        (["--outcome", "dead"], [2, 9]),
        (["--place", "Norhaven", "--min", "5"], [9]),
        (["--source", "Police"], [40, 2]),
        (["--until", "2026-03-04"], [9]),
        (["--outlet", "gazette", "--max", "5"], [2]),
        (["--article", "flood"], [9]),
        (["injured", "in", "Calder", ">", "20"], [40]),
        (["killed > 5"], [9]),
        (["--text", "dam"], []),
        (["--conflicts"], []),
        (["--limit", "1"], [40]),
        (["--as-of", "2020-01-01"], []),
    ],
)
def test_figures_answers_what_is_asked(db: Path, typed: list[str], wanted: list[int]) -> None:
    assert [figure["low"] for figure in lines("figures", "--json", "-q", *typed)] == wanted


def test_figures_json_has_the_fields_of_the_interface(db: Path) -> None:
    figure = lines("figures", "--json", "--article", "flood")[0]
    with onrecord.open(db) as ledger:
        reading = json.loads(onrecord.to_json(ledger.reading("flood")))["figures"][0]
    assert {name: figure[name] for name in reading} == reading
    assert (figure["article"], figure["outlet"], figure["published"]) == ("flood", "Gazette", "2026-03-04")
    assert (figure["independent_sources"], figure["state"]) == (1, "first")
    assert figure["story"] in {story["id"] for story in lines("stories", "--json")}
    assert figure["evidence"]["sentence"] == "Nine people were killed in Norhaven on Monday, Mayor Iva Dorn said."


def test_said_json_has_the_words(db: Path) -> None:
    (said,) = lines("said", "dam", "--by", "dorn", "--json")
    assert said["words"] == "The dam is safe"
    assert said["speaker"] == "Iva Dorn"
    assert lines("said", "dam", "--by", "Police", "--json") == []


def test_sources_are_counted_most_first(db: Path) -> None:
    sources = lines("sources", "--json")
    assert [source["name"] for source in sources] == ["Police", "Iva Dorn"]
    assert (sources[0]["statements"], sources[0]["figures"], sources[0]["articles"]) == (2, 2, 1)
    assert [source["name"] for source in lines("sources", "iva", "dorn", "--json")] == ["Iva Dorn"]


def test_search_gives_hits_and_facets(db: Path) -> None:
    (found,) = lines("search", "norhaven", "--json")
    assert {hit["kind"] for hit in found["hits"]} >= {"page", "figure", "statement"}
    assert {facet["field"] for facet in found["facets"]} >= {"kind", "outlet", "speaker"}


@pytest.mark.parametrize("command", [["figures"], ["said"], ["sources"], ["search", "norhaven"], ["review", "--log"]])
def test_table_is_for_people(db: Path, command: list[str]) -> None:
    result = run(*command)
    assert result.exit_code == 0
    assert result.stdout.strip()
    assert "{" not in result.stdout


@pytest.mark.parametrize("command", [["figures", "--outcome", "infected"], ["said", "grain"], ["sources", "nobody"]])
def test_nothing_found_is_said(db: Path, command: list[str]) -> None:
    assert "found" in run(*command).stdout
    assert run(*command, "--json").stdout == ""


def test_next_page_is_named_and_goes_on(db: Path) -> None:
    first = run("figures", "--json", "--limit", "2")
    after = first.stderr.strip().split(" ")[-1]
    assert first.stderr == f"there are more; the next page: --after {after}\n"
    assert [figure["low"] for figure in lines("figures", "--json", "--limit", "2", "--after", after)] == [9]


def test_check_exits_with_3_only_when_conflicts_were_found(db: Path) -> None:
    assert run("figures", "--check").exit_code == 0
    with onrecord.open(db) as ledger, ledger.store.writing() as connection:
        from onrecord.ledger import schema

        reading, figure = connection.execute(
            schema.claims.select().with_only_columns(schema.claims.c.reading, schema.claims.c.id)
        ).first()
        row = {"row": 1, "reading": reading, "position": 0, "kind": "sum", "holds": 0, "says": "9 + 1 = 11"}
        connection.execute(schema.checks.insert(), {**row, "figures": json.dumps([figure])})
    assert run("figures", "--check").exit_code == 3
    assert len(lines("figures", "--conflicts", "--json")) == 1


@pytest.mark.parametrize(
    ("command", "status", "says"),
    [
        (["figures", "--outcome", "eaten"], 2, "choose from killed, injured"),
        (["figures", "--since", "soon"], 2, "write it as 2025-07-04"),
        (["figures", "--after", "x"], 2, "is no cursor"),
        (["figures", "--limit", "0"], 2, "limit"),
        (["said", "-dam"], 2, "-d"),
        (["said", '"'], 2, "no word in"),
        (["search"], 2, "WORDS"),
        (["export"], 2, "say --as csv"),
        (["export", "--as", "tape"], 2, "built in: csv, html, jsonl, parquet"),
        (["export", "--as", "csv", "--rows", "cats"], 1, "choose from figures, statements"),
        (["export", "-o", "figures.doc"], 1, "names none"),
        (["export", "--story", "nothing", "--as", "html"], 1, "no such story"),
        (["export", "--story", "nothing", "--as", "html", "--outcome", "killed"], 2, "has all of it"),
        (["export", "-o", "no/such/folder.csv"], 1, "No such file"),
        (["export", "--rows", "page", "--as", "html"], 1, "which page?"),
        (["export", "--rows", "page", "--as", "html", "--article", "x"], 1, "not in this ledger"),
        (["figures", "--db", "none.db"], 1, "add pages first"),
        (["review", "--correct", "0" * 16, "low"], 2, "write it as low=23"),
        (["review", "--accept", "0" * 16], 1, "not in this ledger"),
        (["review", "--import", "none.jsonl"], 1, "No such file"),
    ],
)
def test_what_cannot_be_done_is_one_line(db: Path, command: list[str], status: int, says: str) -> None:
    result = run(*command)
    assert result.exit_code == status
    assert says in result.stderr
    assert "Traceback" not in result.output


# --- reviews -------------------------------------------------------------------------------------------------------


def ids() -> dict[int, str]:
    return {figure["low"]: figure["id"] for figure in lines("figures", "--json", "--as-read")}


def test_verdicts_are_given_without_a_terminal(db: Path) -> None:
    figures = ids()
    done = run(
        "review", "--accept", figures[9], "--reject", figures[2], "--correct", figures[40], "low=41",
        "--correct", figures[40], "bound=exact", "--comment", figures[9], "Seen in the report.",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    shown = lines("figures", "--json")
    assert [(figure["low"], figure["review"]) for figure in shown] == [(41, "corrected"), (9, "accepted")]
    log = lines("review", "--log", "--json")
    assert sorted(row["action"] for row in log) == ["accept", "comment", "correct", "reject"]
    assert {row["by"] for row in log} == {"ada"}
    run("review", "--undo", figures[2], "--by", "bo")
    assert [figure["low"] for figure in lines("figures", "--json")] == [41, 2, 9]
    assert lines("review", "--log", "--json")[-1]["by"] == "bo"


def test_wrong_verdict_is_named_and_the_others_are_written(db: Path) -> None:
    done = run("review", "--accept", "0" * 16, "--accept", ids()[9])
    assert done.exit_code == 1
    assert "not in this ledger" in done.stderr
    assert len(lines("review", "--log", "--json")) == 1


def test_queue_goes_out_and_comes_back(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "queue.jsonl"
    assert run("review", "--of", "figure", "--export", str(file)).exit_code == 0
    waiting = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(waiting) == 3
    for line in waiting:
        line["action"] = "accept"
    filled = "\n".join(map(json.dumps, waiting))
    done = run("review", "--import", "-", stdin=filled)
    assert "3 new, 0 the same" in done.stderr
    assert "0 new, 3 the same" in run("review", "--import", "-", stdin=filled).stderr
    assert lines("review", "--of", "figure", "--json") == []


def test_agreement_of_two_reviewers_is_printed(db: Path) -> None:
    for figure in ids().values():
        run("review", "--accept", figure)
        run("review", "--accept", figure, "--by", "bo")
    found = lines("review", "--agreement", "ada", "bo", "--json")[0]
    assert (found["claims"], found["raw"], found["kappa"]) == (3, 1.0, None)
    assert "3 claims in common, 100.0% alike" in run("review", "--agreement", "ada", "bo").stdout


def test_terminal_queue_takes_letters(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord import commands_review

    monkeypatch.setattr(commands_review, "is_terminal", lambda: True)
    typed = "x\nt Seen.\na\nr\nu\ns\nc low=7; high=7\n"
    done = run("review", "--of", "figure", stdin=typed)
    assert done.exit_code == 0, done.output
    assert "type one of" in done.stderr
    actions = [row["action"] for row in lines("review", "--log", "--json")]
    assert actions == ["comment", "accept", "reject", "undo", "correct"]


def test_terminal_queue_can_be_left(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord import commands_review

    monkeypatch.setattr(commands_review, "is_terminal", lambda: True)
    assert run("review", stdin="q\n").exit_code == 0
    assert lines("review", "--log", "--json") == []


# --- erasure -------------------------------------------------------------------------------------------------------

ERASE = ("erase", "https://gazette.example/flood", "--reason", "court order", "--by", "iva")


def test_erase_asks_first(db: Path) -> None:
    done = run(*ERASE, stdin="n\n")
    assert done.exit_code == 1
    assert "1 version" in done.stderr
    assert [figure["low"] for figure in lines("figures", "--json", "--article", "flood")] == [9]


@pytest.mark.parametrize(("more", "typed"), [((), "y\n"), (("--yes",), "")])
def test_erase_leaves_no_figure_and_says_what_went(db: Path, more: tuple[str, ...], typed: str) -> None:
    done = run(*ERASE, *more, "--json", stdin=typed)
    assert done.exit_code == 0, done.output
    erased = json.loads(done.stdout)
    assert (erased["versions"], erased["by"], erased["reason"]) == (1, "iva", "court order")
    assert [figure["low"] for figure in lines("figures", "--json")] == [40, 2]
    assert lines("search", "Dorn", "--json")[0]["total"] == 0
    assert run("doctor").exit_code == 0
    assert run(*ERASE, "--yes").exit_code == 1


@pytest.mark.parametrize("more", [(), ("--json",), ("--quiet",)])
def test_erase_names_what_a_watch_keeps(db: Path, more: tuple[str, ...]) -> None:
    Path(f"{db}.watch").touch()
    assert f"{db.name}.watch: holds addresses and feeds" in run(*ERASE, "--yes", *more).stderr


def test_erase_needs_a_reason(db: Path) -> None:
    assert run("erase", "flood", "--by", "iva").exit_code == 2


# --- exports -------------------------------------------------------------------------------------------------------


def test_export_of_a_story_is_one_page_or_its_rows(db: Path, tmp_path: Path) -> None:
    found = next(one for one in lines("stories", "--json") if "flood" in [had["id"] for had in one["articles"]])
    story = found["id"]
    file = tmp_path / "story.html"
    assert run("export", "--story", story[:6], "-o", str(file)).exit_code == 0
    page = file.read_text(encoding="utf-8")
    assert 'class="chart"' in page
    assert "<mark>Nine</mark> people were killed in Norhaven" in page
    assert run("export", "--story", story[:6], "--as", "html").stdout == page
    rows = list(csv.DictReader(io.StringIO(run("export", "--story", story[:6], "--as", "csv").stdout)))
    assert {row["article"] for row in rows} == {had["id"] for had in found["articles"]}


def test_export_writes_a_file_or_standard_output(db: Path, tmp_path: Path) -> None:
    done = run("export", "--as", "csv", "-o", "figures.csv", "killed > 1")
    assert done.stderr == "figures.csv: 2 rows\n"
    written = (tmp_path / "figures.csv").read_bytes().decode()
    assert run("export", "--as", "csv", "killed > 1").stdout_bytes.decode() == written
    assert [row["low"] for row in csv.DictReader(io.StringIO(written))] == ["2", "9"]


@pytest.mark.parametrize(
    ("rows", "count"), [("figures", 3), ("said", 4), ("events", None), ("sources", 2), ("reviews", 0)]
)
def test_export_has_rows_of_each_kind(db: Path, rows: str, count: int | None) -> None:
    found = lines("export", "--as", "jsonl", "--rows", rows)
    assert count is None or len(found) == count


def test_export_of_a_page_is_one_html_file(db: Path) -> None:
    done = run("export", "--as", "html", "--rows", "page", "--article", "https://gazette.example/flood")
    assert done.stdout.startswith("<!doctype html>")
    assert "The dam is safe" in done.stdout


def test_failed_export_leaves_the_file_as_it_was(db: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("before")
    done = run("export", "-o", "page.html", "--rows", "sources")
    assert done.exit_code == 1
    assert (tmp_path / "page.html").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_python_gives_the_same_records(db: Path) -> None:
    with onrecord.open(db) as ledger:
        assert [figure.low for figure in ledger.figures("killed")] == [2, 9]
        assert [figure.low for figure in ledger.figures(outcome="killed", place="Norhaven", limit=1)] == [2]
        assert ledger.figures(limit=1).next
        assert ledger.said(by="Iva Dorn", about="dam", since="2026-03-01")[0].words == "The dam is safe"
        assert [source.name for source in ledger.sources("Police")] == ["Police"]
        assert ledger.export("figures", to="figures.jsonl") == 3
        assert ledger.export("said", to="said.csv", formula_safe=True) == 4


# --- names of sources ----------------------------------------------------------------------------------------------


def test_sources_are_merged_split_and_logged(db: Path) -> None:
    assert run("sources", "--merge", "Police", "Iva Dorn", "--by", "ada").exit_code == 0
    assert [source["name"] for source in lines("sources", "--json")] == ["Iva Dorn"]
    assert run("sources", "--split", "Police", "Iva Dorn", "--by", "ada").exit_code == 0
    assert [source["name"] for source in lines("sources", "--json")] == ["Police", "Iva Dorn"]
    assert [(one["verdict"], one["by"]) for one in lines("sources", "--log", "--json")] == [
        ("merge", "ada"),
        ("split", "ada"),
    ]


def test_sources_without_anything_to_merge_say_so(db: Path) -> None:
    done = run("sources", "--suggest")
    assert done.exit_code == 0
    assert "no names that may be one source" in done.stdout


def test_source_that_no_claim_has_is_named(db: Path) -> None:
    done = run("sources", "--merge", "Nobody", "Police", "--by", "ada")
    assert done.exit_code == 1
    assert "no claim has this name" in done.stderr
