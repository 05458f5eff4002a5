"""The API as its own OpenAPI document describes it: schemathesis asks every route with what fits and what does not."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.web.app import ROUTES, make_app
from onrecord.web.openapi import path_of

from .conftest import BASE

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: pip install '.[dev]'")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

HOST = {"Host": BASE.removeprefix("http://")}

FEW, MANY = 5, 200
"""Cases of each operation."""

LEFT_OUT = [
    # Words of a query, dates and cursors have grammars that JSON Schema does not say.
    checks.positive_data_acceptance,
    # Without users, the person at this machine need not sign in; test_security.py asks every route without a session.
    checks.ignored_auth,
]


PATHS = [path_of(route) for route in ROUTES if route.answers is not None]


@pytest.fixture(scope="module")
def described(demo_ledger: Path):
    return schemathesis.openapi.from_asgi("/api/openapi.json", make_app(demo_ledger), headers=HOST)


def ask(operation, cases: int) -> None:
    """Ask what fits the description and what does not: no answer is a fault of the server, each one is described."""
    modes = schemathesis.GenerationMode

    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes]))
    def asked(case):
        case.call_and_validate(headers=HOST, excluded_checks=LEFT_OUT)

    asked()


@pytest.mark.parametrize("path", PATHS)
def test_api_answers_as_it_is_described(described, path):
    ask(described[path]["GET"], FEW)


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_api_answers_as_it_is_described_to_many_questions(described, path):
    ask(described[path]["GET"], MANY)
