"""The run of `onrecord add`: what it takes, how it counts, and that a run can be cut off anywhere."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from sqlalchemy import select

import faults
import onrecord
import variants
from onrecord import adding, cli
from onrecord.ledger import schema
from onrecord.ledger.history import stored_reading
from onrecord.ledger.rows import prepare
from onrecord.ledger.store import Store
from onrecord.manifest import Given
from onrecord.pipeline import VERSION, Defaults, read_bytes
from onrecord.records import AddSummary, Origin

PAGE = "Mayor Iva Dorn said on Monday that {} people had been killed in Norhaven.\n\nTwo bridges collapsed.\n"
COMMAND = [sys.executable, "-c", "import sys; from onrecord.cli import main; sys.exit(main())"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with pages, other files and folders."""
    made = tmp_path / "pages"
    for name in (
        "b.txt",
        "a.html",
        "deep/er/c.txt.gz",
        "deep/d.htm",
        "notes.pdf",
        ".hidden.txt",
        ".git/e.txt",
        "README",
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(PAGE.format(20 + len(name)), encoding="utf-8")
    return made


def names(given: list[Given]) -> list[str]:
    return [page.origin.name for page in given]


# --- what is given -------------------------------------------------------------------------------------------------


def test_folder_gives_its_pages_in_order(folder):
    assert names(adding.pages_to_add([folder])) == ["a", "b", "d", "c"]


def test_pattern_gives_the_files_that_fit(folder):
    assert names(adding.pages_to_add([f"{folder}/*.txt"])) == ["b"]
    assert names(adding.pages_to_add([f"{folder}/**/*.htm*"])) == ["a", "d"]


def test_places_keep_their_order(folder):
    given = adding.pages_to_add([folder / "b.txt", "-", folder / "deep"])
    assert names(given) == ["b", "stdin", "d", "c"]


def test_name_with_a_bracket_is_a_name(tmp_path):
    (tmp_path / "page[1].txt").write_text(PAGE, encoding="utf-8")
    assert names(adding.pages_to_add([tmp_path / "page[1].txt"])) == ["page[1]"]


@pytest.mark.parametrize("place", ["none.txt", "no*ne.txt", "empty"])
def test_place_without_pages_is_a_problem(store, tmp_path, place):
    (tmp_path / "empty").mkdir()
    said = []
    given = adding.pages_to_add([tmp_path / place])
    assert adding.add(store, given, problem=lambda *problem: said.append(problem)).failed == 1
    assert place in said[0][1]


def test_address_is_not_fetched_here(store):
    summary = adding.add(store, adding.pages_to_add(["https://gazette.example/flood"]))
    assert summary.failed == 1


@pytest.mark.parametrize(("pages", "most"), [(1, 1), (39, 1), (80, 2), (10**6, os.cpu_count())])
def test_more_pages_get_more_processes(pages, most):
    assert 1 <= adding.default_jobs(pages) <= most


# --- counts --------------------------------------------------------------------------------------------------------


def test_summary_counts_pages_and_what_the_ledger_has(store, folder):
    given = adding.pages_to_add([folder / "a.html", folder / "b.txt", folder / "none.txt"])
    first = adding.add(store, given)
    assert (first.new, first.same, first.revised, first.failed, first.articles) == (2, 0, 0, 1, 2)
    again = adding.add(store, given)
    assert again == AddSummary(same=2, failed=1, articles=2, claims=first.claims)


def test_progress_reaches_the_end(store, folder):
    told = []
    given = adding.pages_to_add([folder])
    adding.add(store, given, progress=lambda done, pages, counts: told.append((done, pages, Counter(counts))))
    assert told[-1] == (4, 4, Counter(new=4))


def test_defaults_fill_what_a_page_does_not_say(store, folder):
    settings = adding.Settings(defaults=Defaults(published="2026-03-04", outlet="Norhaven Gazette"))
    adding.add(store, adding.pages_to_add([folder / "b.txt"]), settings=settings)
    with store.reading() as connection:
        article = connection.execute(select(schema.articles)).one()
    assert (article.published, article.outlet) == ("2026-03-04", "Norhaven Gazette")


def test_problem_of_a_manifest_line_is_kept_beside_its_page(store, tmp_path):
    (tmp_path / "a.txt").write_text(PAGE.format("nine"), encoding="utf-8")
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text('{"path": "a.txt", "id": "a", "published": "soon"}\n', encoding="utf-8")
    assert adding.add(store, adding.pages_to_add([], manifest)).new == 1
    with store.reading() as connection:
        assert "'soon' is no date" in stored_reading(connection, 1).problems[0].says


def test_standard_input_is_added(tmp_path):
    where = str(tmp_path / "war.db")
    done = subprocess.run([*COMMAND, "add", "-", "--db", where], input=PAGE.encode(), capture_output=True, check=False)
    assert done.returncode == 0
    assert b"1 new" in done.stdout


def test_python_adds_a_pattern(where, folder):
    with onrecord.open(where) as ledger:
        assert ledger.add(f"{folder}/*.txt", folder / "a.html", outlet="Norhaven Gazette").new == 2
        before = ledger.content_hash()
        assert ledger.add(f"{folder}/*.txt", folder / "a.html", outlet="Norhaven Gazette").same == 2
        assert ledger.content_hash() == before


# --- reading again -------------------------------------------------------------------------------------------------


def test_new_reader_reads_archived_pages_beside_the_old_readings(store, folder, monkeypatch):
    adding.add(store, adding.pages_to_add([folder]))
    with store.reading() as connection:
        before = stored_reading(connection, 1)
    assert adding.reread(store).new == adding.reread(store).same == 0
    monkeypatch.setattr(adding, "VERSION", "9.0")
    assert adding.reread(store, settings=adding.Settings(read=read_as_newer)).revised == 4
    assert adding.reread(store, settings=adding.Settings(read=read_as_newer)).revised == 0
    with store.reading() as connection:
        assert stored_reading(connection, 1) == before
        versions = connection.execute(select(schema.readings.c.reader_version)).scalars().all()
        latest = connection.execute(select(schema.readings.c.row).where(schema.latest_readings())).scalars().all()
        speakers = [said.speaker for row in latest for said in stored_reading(connection, row).statements]
    assert Counter(versions) == {VERSION: 4, "9.0": 4}
    assert set(speakers) == {"Mayor Iva Dorn"}


def read_as_newer(task: adding.Task):
    """Read as a later version would: it names the speaker in another way."""
    reading = read_bytes(task.data, task.capture.origin)
    said = tuple(replace(statement, speaker="Mayor Iva Dorn") for statement in reading.statements)
    newer = replace(reading, statements=said, reader=replace(reading.reader, version="9.0"))
    return prepare(newer, None, task.capture, sha256=task.sha256, version=task.version)


# --- other processes -----------------------------------------------------------------------------------------------


def test_processes_make_the_same_ledger_as_one(fresh, tmp_path):
    given = adding.pages_to_add([], variants.write_pages(tmp_path / "pages", 24))
    ledgers = []
    for jobs in (1, 2):
        store = Store(fresh())
        assert adding.add(store, given, settings=adding.Settings(jobs=jobs)).new == 24
        with store.reading() as connection:
            rows = connection.execute(select(schema.claims).order_by(schema.claims.c.row)).all()
        ledgers.append((store.content_hash(), rows))
        store.close()
    assert ledgers[0] == ledgers[1]


def test_page_that_kills_its_process_is_a_problem(tmp_path):
    """It is tried once more, alone; the pages beside it are read."""
    store = Store(str(tmp_path / "war.db"))
    once = f"once-{os.getpid()}-{time.time_ns()}"
    given = [
        Given(origin=Origin(name=name), data=PAGE.format(number).encode())
        for number, name in enumerate(["a", "dies", "b", once, "c", "d"], 20)
    ]
    said = []
    settings = adding.Settings(jobs=2, read=faults.deadly_read)
    summary = adding.add(store, given, settings=settings, problem=lambda *problem: said.append(problem))
    assert (summary.new, summary.failed) == (5, 1)
    ((name, says),) = said
    assert name == "dies"
    assert "the process that read it died, twice" in says
    with store.reading() as connection:
        documents = connection.execute(select(schema.documents.c.name).order_by(schema.documents.c.row)).scalars().all()
    assert documents == ["a", "b", once, "c", "d"]
    store.close()


# --- cut off -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kills", "pages", "jobs"), [(3, 12, 1), pytest.param(50, 60, 2, marks=pytest.mark.long)])
def test_kill_at_any_moment_loses_nothing(tmp_path, kills, pages, jobs):
    manifest = variants.write_pages(tmp_path / "pages", pages)
    numbers = iter(range(10**6))
    outcome = faults.kill_series(
        lambda: str(tmp_path / f"{next(numbers)}.db"), manifest, kills=kills, jobs=jobs, seed=1
    )
    assert (outcome.faults, outcome.says) == (kills, [])


@pytest.mark.parametrize(("kills", "pages", "jobs"), [(2, 12, 1), pytest.param(50, 60, 2, marks=pytest.mark.long)])
def test_kill_of_the_server_loses_nothing(server, tmp_path, kills, pages, jobs):
    manifest = variants.write_pages(tmp_path / "pages", pages)
    outcome = faults.kill_series(server.fresh, manifest, kills=kills, jobs=jobs, seed=1, server=server)
    assert (outcome.faults, outcome.says) == (kills, [])


@pytest.mark.long
def test_full_disk_loses_nothing(tmp_path):
    if not faults.can_mount(tmp_path):
        pytest.skip("no disk of memory can be mounted here; run as root on Linux")
    outcome = faults.full_disk(tmp_path, variants.write_pages(tmp_path / "pages", 60))
    assert outcome.says == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_says_that_the_command_goes_on(tmp_path):
    manifest = variants.write_pages(tmp_path / "pages", 400)
    where = tmp_path / "war.db"
    process = faults.start(str(where), manifest, 1)
    until = time.monotonic() + 20
    while not where.exists() and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert errors.strip() == "interrupted; what was added stays; the same command goes on from there"


# --- commands ------------------------------------------------------------------------------------------------------


def run(*arguments: object):
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


def test_add_prints_counts(tmp_path, folder):
    db = tmp_path / "war.db"
    first = run("add", folder / "b.txt", "--db", db)
    assert first.stdout.startswith("1 new, 0 same, 0 revised, 0 failed; the ledger has 1 articles, ")
    again = run("add", folder / "b.txt", folder / "none.txt", "--db", db, "--json")
    assert again.exit_code == 1
    assert (
        json.loads(again.stdout.splitlines()[-1]).items() >= {"new": 0, "same": 1, "failed": 1, "articles": 1}.items()
    )
    assert "No such file" in again.stderr


def test_ledger_is_named_by_the_environment(tmp_path, folder, monkeypatch):
    monkeypatch.setenv("ONRECORD_DB", str(tmp_path / "named.db"))
    assert run("add", folder / "b.txt").exit_code == 0
    assert (tmp_path / "named.db").exists()


def test_diff_prints_what_changed(tmp_path):
    db, manifest = tmp_path / "war.db", tmp_path / "manifest.jsonl"
    for number in ("nine", "14"):
        (tmp_path / "a.txt").write_text(PAGE.format(number), encoding="utf-8")
        manifest.write_text('{"path": "a.txt", "url": "https://gazette.example/a"}\n', encoding="utf-8")
        assert run("add", "--manifest", manifest, "--db", db).exit_code == 0
    shown = run("diff", "https://gazette.example/a", "--db", db).output
    assert "silent edit" in shown
    assert "- figure    nine people killed" in shown
    assert "+ figure    14 people killed" in shown
    (one,) = [
        json.loads(line) for line in run("diff", "https://gazette.example/a", "--db", db, "--json").stdout.splitlines()
    ]
    assert (one["from"]["number"], one["to"]["number"], one["silent_edit"]) == (1, 2, True)
    then = run("diff", "https://gazette.example/a", "--db", db, "--as-of", "1999")
    assert then.exit_code == 1
    assert "not yet in this ledger" in then.stderr


@pytest.mark.parametrize("command", [("diff", "a"), ("reread",)])
def test_command_that_needs_a_ledger_makes_none(tmp_path, command):
    done = run(*command, "--db", tmp_path / "none.db")
    assert done.exit_code == 1
    assert "no ledger there; add pages first" in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_doctor_shows_the_ledger(tmp_path, folder):
    db = tmp_path / "war.db"
    run("add", folder / "b.txt", "--db", db)
    found = json.loads(run("doctor", "--json", "--db", db).stdout)
    assert (found["integrity"], found["documents"]) == ("ok", "1")
    assert found["sqlite"]
