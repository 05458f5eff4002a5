"""Hostile pages, lists, archives and servers through the real command, each in a process of its own.

The cases stand in benchmarks/hostile_*.py; `python benchmarks/hostile.py` prints what each costs on a machine at rest.
"""

import pytest
from click.testing import CliRunner

from hostile import CASES, busy_factor, faults, run
from hostile_cases import PAGE, Case, a_file, gzip_bomb, page
from onrecord.cli import main

SHORT = [pytest.param(case, id=case.name) for case in CASES if case.quick]
LONG = [pytest.param(case, id=case.name, marks=pytest.mark.long) for case in CASES if not case.quick]


@pytest.mark.parametrize("case", [*SHORT, *LONG])
def test_hostile_input_ends_soon_with_a_problem(case: Case) -> None:
    assert faults(case, run(case), factor=busy_factor()) == []


def test_there_are_enough_cases_with_names_of_their_own():
    assert len({case.name for case in CASES}) == len(CASES) >= 300


FAULTS = [
    pytest.param(a_file("a page", lambda: PAGE, "too_large"), "no problem too_large", id="silence"),
    pytest.param(a_file("nothing", lambda: "", "read"), "not read", id="not read"),
    pytest.param(a_file("a page", lambda: PAGE, "read", options=("--no-such",)), "status 2", id="bad status"),
]


@pytest.mark.parametrize(("case", "says"), FAULTS)
def test_case_that_ends_otherwise_is_told(case: Case, says: str) -> None:
    assert any(says in fault for fault in faults(case, run(case), factor=busy_factor()))


def test_add_names_each_hostile_page_and_keeps_the_good_one(tmp_path):
    pages = {
        "bomb.html": gzip_bomb(100),
        "tags.html": page("<div>" * 130_000).encode(),
        "long.txt": b"7" * 7_000_000,
        "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        "good.html": PAGE,
    }
    for name, data in pages.items():
        (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(main, ["add", "--db", str(tmp_path / "ledger.db"), str(tmp_path)])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    told = {name.partition(".")[0] for name in pages if name.partition(".")[0] + ":" in result.stderr}
    assert told == {"bomb", "tags", "long", "picture"}
    assert "1 new" in result.output
