"""The commands as they are typed: what goes to standard output, to standard error, and the exit status."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli, manifest, pipeline
from onrecord.errors import PluginError
from onrecord.pages import decode

TEXT = "Two people died in Calder on Monday, the mayor said.\n"
RUN = [sys.executable, "-c", "from onrecord.cli import main; main(prog_name='onrecord')"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(Path(cli.__file__).parents[1]))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "calder.txt").write_text(TEXT)
    (tmp_path / "brill.txt").write_text(TEXT)
    return tmp_path


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(cli.main, arguments, input=stdin)


def readings(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_json_has_a_line_for_each_page_in_order(folder: Path) -> None:
    result = run("read", "--json", "calder.txt", "none.txt", "ftp://n.example/a", "-", "brill.txt", stdin=TEXT)
    assert result.exit_code == 1
    assert [reading["id"] for reading in readings(result)] == [
        "calder",
        "none",
        "ftp://n.example/a",
        "stdin",
        "brill",
    ]
    assert [bool(reading["page"]) for reading in readings(result)] == [True, False, False, True, True]
    assert [len(reading["problems"]) for reading in readings(result)] == [0, 1, 1, 0, 0]
    assert readings(result)[2]["problems"][0]["kind"] == "fetch"
    assert result.stderr.splitlines() == [
        "none.txt: No such file or directory; give a file that can be read",
        "ftp://n.example/a: ftp; only http and https are fetched",
    ]


def test_json_has_the_fields_of_the_interface(folder: Path) -> None:
    (reading,) = readings(run("read", "--json", "calder.txt"))
    assert list(reading) == [
        "id", "page", "article", "figures", "statements", "events", "checks", "problems", "reader",
    ]  # fmt: skip
    assert list(reading["page"]) == ["sha256", "url", "outlet", "captured", "media_type", "text"]
    assert list(reading["reader"]) == ["version", "model"]


def test_table_goes_to_standard_output(folder: Path) -> None:
    result = run("read", "calder.txt", "brill.txt")
    assert result.exit_code == 0
    assert result.stdout.index("calder ─") < result.stdout.index("brill ─")
    assert result.stderr == ""


def test_quiet_and_verbose(folder: Path) -> None:
    quiet = run("read", "-q", "none.txt")
    assert (quiet.exit_code, quiet.output) == (1, "")
    verbose = run("read", "-v", "calder.txt")
    assert verbose.stderr.startswith("calder: ")
    assert verbose.stderr.count("\n") == 1


def test_options_fill_what_the_page_lacks(folder: Path) -> None:
    result = run("read", "--json", "--published", "2030-03-03", "--outlet", "The Calder Post", "calder.txt")
    (reading,) = readings(result)
    assert reading["page"]["outlet"] == "The Calder Post"
    assert reading["article"]["published"] == "2030-03-03"


def test_manifest_comes_before_other_pages(folder: Path) -> None:
    (folder / "m.jsonl").write_text('{"path": "brill.txt", "id": "x", "outlet": "O"}\n{"path": 3}\n')
    result = run("read", "--json", "--outlet", "Other", "--manifest", "m.jsonl", "calder.txt")
    assert result.exit_code == 1
    assert [reading["id"] for reading in readings(result)] == ["x", "m.jsonl line 2", "calder"]
    assert [reading["page"] and reading["page"]["outlet"] for reading in readings(result)] == ["O", None, "Other"]
    assert result.stderr.startswith("m.jsonl line 2: Expected `str | null`")


def test_format_is_handed_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(pipeline, "capture", lambda data, origin: seen.append(origin.media_type) or 1 / 0)
    for name in ("auto", "html", "text"):
        run("read", "--format", name, "calder.txt")
    assert seen == ["auto", "html", "text"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read"], "no page given"),
        (["read", "--published", "Monday", "calder.txt"], "'Monday' is no date"),
        (["read", "--format", "pdf", "calder.txt"], "'pdf'"),
        (["read", "--manifest", "none.jsonl"], "none.jsonl: No such file or directory; give a file of JSON lines"),
        (["read", "--manifest", "calder.txt"], "calder.txt line 1: not JSON"),
        (["red"], "No such command"),
    ],
)
def test_wrong_usage_is_status_2(folder: Path, arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr.splitlines()[-1]
    assert result.stdout == ""


def test_missing_plugin_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: str) -> None:
        raise PluginError("'html' in onrecord.readers is not installed; install the extra that has it")

    monkeypatch.setattr(pipeline.plugins, "load", load)
    result = run("read", "calder.txt")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_fault_is_not_hidden(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "make_document", lambda *_: 1 / 0)
    assert isinstance(run("read", "calder.txt").exception, ZeroDivisionError)


def test_message_stays_on_one_line(folder: Path) -> None:
    result = run("read", "a\nb\x1b[31m.txt")
    assert result.stderr == "a b[31m.txt: No such file or directory; give a file that can be read\n"


def samples(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"text": TEXT, "id": f"p{n}", "outlet": f"O{n % 2}", "title": f"Title {n}"}) for n in range(4)]
    (folder / "demo.jsonl").write_text("\n".join(lines))
    monkeypatch.setattr(manifest, "DEMO", folder / "demo.jsonl")


def test_demo_shows_two_pages_and_lists_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples(folder, monkeypatch)
    result = run("demo")
    assert result.exit_code == 0
    assert "4 sample pages of 2 outlets" in result.stdout
    assert result.stdout.index("Title 0") < result.stdout.index("Title 1") < result.stdout.index("The other pages")
    assert result.stdout.index("The other pages") < result.stdout.index("Title 2") < result.stdout.index("Title 3")
    assert "onrecord read --manifest" in result.stdout


def test_demo_as_json_has_every_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples(folder, monkeypatch)
    assert [reading["id"] for reading in readings(run("demo", "--json"))] == ["p0", "p1", "p2", "p3"]


def test_doctor_and_version() -> None:
    assert json.loads(run("doctor", "--json").stdout)["onrecord"] == pipeline.VERSION
    assert "tagger               lexicon" in run("doctor").stdout
    assert run("--version").stdout == f"onrecord {pipeline.VERSION}\n"


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, onrecord.cli; print(sorted({'msgspec', 'rich', 'lxml', 'trafilatura'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_reader_that_goes_away_ends_the_run_quietly(folder: Path) -> None:
    process = subprocess.Popen(
        [*RUN, "read", "--json", *["calder.txt"] * 2000], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == cli.PIPE_CLOSED


def test_interrupt_ends_the_run_quietly(folder: Path) -> None:
    process = subprocess.Popen(
        [*RUN, "read", "--json", "calder.txt", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    # The first line is there, so the command runs and waits for standard input.
    assert process.stdout.readline().startswith(b'{"id":"calder"')
    time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate()
    assert (process.returncode, messages) == (cli.INTERRUPTED, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("options", [["--json"], []])
def test_full_disk_is_one_line(folder: Path, options: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*RUN, "read", *options, "calder.txt"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "Error: standard output: No space left on device; the rest was not written\n"


def test_ascii_terminal_gets_the_table(folder: Path) -> None:
    (folder / "calder.txt").write_text("“Two” people died.\n")
    done = subprocess.run(
        [*RUN, "read", "--outlet", "Ünder", "calder.txt"],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


ROWS: list[tuple[str, Callable[[Path], object], str]] = [
    ("folder.txt", lambda path: path.mkdir(), "folder.txt: a folder, not a page"),
    ("none.txt", lambda path: None, "none.txt: No such file or directory"),
    ("fifo.txt", os.mkfifo, "fifo.txt: a pipe or device"),
    ("empty.txt", lambda path: path.touch(), "empty: empty, there is no text"),
    ("large.txt", lambda path: path.write_text("a " * 1000), "large: more than the 1,000 bytes"),
    ("bomb.txt.gz", lambda path: path.write_bytes(gzip.compress(b"a " * 100_000)), "bomb: more than the 1,000 bytes"),
    ("cut.txt.gz", lambda path: path.write_bytes(gzip.compress(os.urandom(300))[:100]), "cut.txt.gz: damaged gzip"),
]


@pytest.mark.parametrize(("name", "make", "says"), ROWS)
def test_bad_file_is_one_line_and_status_1(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[Path], object], says: str
) -> None:
    for module in (manifest, decode):
        monkeypatch.setattr(module, "LARGEST_PAGE_BYTES", 1000)
    make(folder / name)
    result = run("read", name, "calder.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith(says)
    assert result.stderr.count("\n") == 1
    assert "calder ─" in result.stdout
