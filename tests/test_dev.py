"""dev.py: which steps run, in which order, and what a failure looks like."""

import subprocess
import sys

import pytest

import dev


def step(name: str, program: str) -> tuple[str, list[str]]:
    return name, [sys.executable, "-c", program]


def test_steps_run_in_order_with_their_times(capfd):
    assert dev.run_steps([step("one", "print('first')"), step("two", "print('second')")]) == 0
    out = capfd.readouterr().out
    assert out.index("first") < out.index("second") < out.index("all steps passed: one 0.")


def test_first_failure_stops_with_its_name(capfd):
    assert dev.run_steps([step("one", "raise SystemExit(3)"), step("two", "print('second')")]) == 1
    out, err = capfd.readouterr()
    assert "one failed after" in err
    assert "exit status 3" in err
    assert "second" not in out


def test_cheap_steps_come_first():
    assert [name for name, _ in dev.lint_steps()] == ["format", "lint", "imports", "types"]


@pytest.mark.parametrize(("long", "marked"), [(False, True), (True, False)])
def test_long_tests_run_only_when_asked_for(long, marked):
    assert ("not long" in dev.test_command(long)) is marked


def test_missing_tool_is_said(capfd):
    assert dev.call(["/no/such/tool"]) == 127
    assert "delete .venv" in capfd.readouterr().err


def test_steps_read_no_input():
    assert dev.call([sys.executable, "-c", "import sys; sys.exit(len(sys.stdin.read()))"]) == 0


def test_steps_see_no_packages_from_elsewhere(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert "PYTHONPATH" not in dev.environment()


def test_install_is_repeated_after_a_change_only(tmp_path, monkeypatch):
    asked = []
    python = tmp_path / ".venv" / "python"
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", python)
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(dev, "install_with_uv", lambda wish: False)
    monkeypatch.setattr(dev, "install_with_pip", lambda wish: asked.append(wish[1]) or True)
    for name in dev.INPUTS:
        (tmp_path / name).write_text("1", encoding="utf-8")
    python.parent.mkdir()
    python.touch()
    for wanted in ("core", "core", "dev", "core", "dev"):
        dev.prepare(wanted)
    assert asked == [".", ".[dev]"]
    (tmp_path / "constraints.txt").write_text("2", encoding="utf-8")
    dev.prepare("core")
    assert asked == [".", ".[dev]", "."]


def test_failed_install_stops(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "install_with_uv", lambda wish: False)
    monkeypatch.setattr(dev, "install_with_pip", lambda wish: False)
    with pytest.raises(SystemExit) as stopped:
        dev.prepare("dev")
    assert stopped.value.code == 1
    assert "install failed" in capfd.readouterr().err
    assert not (tmp_path / "stamp").exists()


def test_help_names_the_commands(root):
    done = subprocess.run([sys.executable, str(root / "dev.py"), "--help"], capture_output=True, text=True, check=True)
    assert all(command in done.stdout for command in ("demo", "test", "lint", "gate"))


@pytest.fixture
def ran(monkeypatch):
    """The commands that dev.py would run, without Python and the script before them."""
    commands: list[list[str]] = []
    monkeypatch.setattr(dev, "prepare", lambda wanted: None)
    monkeypatch.setattr(dev, "call", lambda parts: commands.append(parts[2:]) or 0)
    return commands


@pytest.mark.parametrize("options", [[], ["--update"], ["--update", "--allow-regression", "a reason"]])
def test_options_of_the_gate_reach_it(monkeypatch, ran, options):
    monkeypatch.setattr(sys, "argv", ["dev.py", "gate", *options])
    assert dev.main() == 0
    assert ran == [options]


@pytest.mark.parametrize("arguments", [["lint", "--update"], ["tset"], []])
def test_wrong_usage_runs_nothing(monkeypatch, ran, arguments):
    monkeypatch.setattr(sys, "argv", ["dev.py", *arguments])
    with pytest.raises(SystemExit) as stopped:
        dev.main()
    assert stopped.value.code == 2
    assert ran == []
