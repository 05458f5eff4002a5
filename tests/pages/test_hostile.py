"""Hostile pages, lists, archives and servers through the real command, each in a process of its own.

The cases stand in benchmarks/hostile_*.py; `python benchmarks/hostile.py` prints what each costs on a machine at rest.
"""

import pytest

from hostile import CASES, busy_factor, faults, run
from hostile_cases import PAGE, Case, a_file

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
