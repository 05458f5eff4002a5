#!/usr/bin/env python3
"""Sets up the environment in .venv and runs the demo, the checks and the quality gate in it.

Standard library only, so that it works in a fresh clone with any Python from 3.11 on. It takes uv where uv is on PATH,
else venv and pip, installs again only after pyproject.toml or constraints.txt changed, and exits with the status of
the first step that fails.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "onrecord-installed.txt"
OLDEST_PYTHON = (3, 11)  # requires-python of pyproject.toml
INPUTS = ("pyproject.toml", "constraints.txt")


def main() -> int:
    """Run the command given on the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("demo", help="install the package only and print the ledger of the sample pages")
    test = commands.add_parser("test", help="everything that CI runs: format, lint, imports, types, tests, gate")
    test.add_argument("--long", action="store_true", help="the tests marked long as well (fuzzing, large inputs)")
    commands.add_parser("lint", help="format, lint, imports and types only")
    commands.add_parser("gate", help="the quality gate only; further options go to benchmarks/gate.py")
    commands.add_parser("screenshots", help="take the pictures of the web interface that README shows (needs Chromium)")
    chosen, options = parser.parse_known_args()
    if options and chosen.command != "gate":
        parser.error(f"{chosen.command} does not take {' '.join(options)}")
    if sys.version_info < OLDEST_PYTHON:
        print(f"dev.py: this is Python {sys.version.split()[0]}; run it with Python 3.11 or newer", file=sys.stderr)
        return 2
    prepare("core" if chosen.command == "demo" else "dev")
    if chosen.command == "demo":
        return call([str(BIN / "onrecord"), "demo"])
    if chosen.command == "gate":
        return call(gate_command(options))
    if chosen.command == "screenshots":
        return call([str(PYTHON), str(ROOT / "benchmarks" / "pictures.py")])
    steps = lint_steps()
    if chosen.command == "test":
        steps += [("tests", test_command(chosen.long)), ("gate", gate_command([]))]
    return run_steps(steps)


def lint_steps() -> list[tuple[str, list[str]]]:
    """Return the cheap steps, quickest first."""
    return [
        ("format", [str(BIN / "ruff"), "format", "--check", "."]),
        ("lint", [str(BIN / "ruff"), "check", "."]),
        ("imports", [str(BIN / "lint-imports"), "--no-cache", "--no-logo"]),
        ("types", [str(PYTHON), "-m", "mypy"]),
    ]


def test_command(long: bool) -> list[str]:
    """Return how the tests are run; the long ones only when they are asked for."""
    return [str(PYTHON), "-m", "pytest", *([] if long else ["-m", "not long"])]


def gate_command(options: list[str]) -> list[str]:
    """Return how the gate is run."""
    return [str(PYTHON), str(ROOT / "benchmarks" / "gate.py"), *options]


def run_steps(steps: list[tuple[str, list[str]]]) -> int:
    """Run the steps in order, name each with its wall time, stop at the first that fails."""
    times = []
    for name, command in steps:
        print(f"\n== {name}: {shown(command)}", flush=True)
        began = time.monotonic()
        status = call(command)
        took = time.monotonic() - began
        if status:
            print(f"\ndev.py: {name} failed after {took:.1f} s (exit status {status})", file=sys.stderr)
            print(f"dev.py: to run it alone: {shown(command)}", file=sys.stderr)
            return 1
        times.append(f"{name} {took:.1f} s")
    print(f"\ndev.py: all steps passed: {', '.join(times)}")
    return 0


def prepare(wanted: str) -> None:
    """Make .venv and install the package into it: `core` without, `dev` with what the checks need.

    Nothing is done when an install of the same inputs stands there; `dev` serves for `core` too.
    """
    state = fingerprint()
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() and PYTHON.exists() else []
    if done[:1] == [state] and (wanted in done or "dev" in done):
        return
    began = time.monotonic()
    STAMP.unlink(missing_ok=True)
    target = "." if wanted == "core" else f".[{wanted}]"
    wish = ["-e", target, "-c", "constraints.txt"]
    if not (install_with_uv(wish) or install_with_pip(wish)):
        print("dev.py: the install failed; the lines above say why", file=sys.stderr)
        sys.exit(1)
    STAMP.write_text(f"{state} {wanted}\n", encoding="utf-8")
    print(f"dev.py: installed {target} into .venv in {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


def fingerprint() -> str:
    """Return a hash of what decides the install: the two files and the Python that runs this script."""
    parts = [(ROOT / name).read_bytes() for name in INPUTS]
    return hashlib.sha256(b"\0".join([sys.version.encode(), *parts])).hexdigest()


def install_with_uv(wish: list[str]) -> bool:
    """Make .venv and install with uv; False where there is no uv or it fails."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    shutil.rmtree(VENV, ignore_errors=True)
    made = call([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]) == 0
    if made and call([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *wish]) == 0:
        return True
    print("dev.py: uv failed; going on with venv and pip", file=sys.stderr, flush=True)
    return False


def install_with_pip(wish: list[str]) -> bool:
    """Make .venv and install with the pip in it; False when pip fails."""
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except subprocess.CalledProcessError as err:
        print(f"dev.py: cannot make .venv ({err}); install the venv module of your Python", file=sys.stderr)
        return False
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    if call([*pip, "--upgrade", "pip"]):
        print("dev.py: pip could not be upgraded; going on with the one at hand", file=sys.stderr, flush=True)
    return call([*pip, *wish]) == 0


def call(command: list[str]) -> int:
    """Run a command in the repository with no input; return its exit status."""
    sys.stdout.flush()
    try:
        return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment(), check=False).returncode
    except FileNotFoundError:
        print(f"dev.py: {command[0]} is not there; delete .venv and run this again", file=sys.stderr)
        return 127


def environment() -> dict[str, str]:
    """Return the environment of the steps: yours, without what would let packages from elsewhere in."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return {**kept, "VIRTUAL_ENV": str(VENV), "PATH": f"{BIN}{os.pathsep}{kept.get('PATH', '')}"}


def shown(command: list[str]) -> str:
    """Return a command as it can be typed in the repository."""
    return shlex.join([part.replace(f"{ROOT}{os.sep}", "") for part in command])


if __name__ == "__main__":
    sys.exit(main())
