"""Databases for the tests: each test that takes `where` runs on SQLite and, where its programs are, on PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import make_url

import postgres
from onrecord import adding
from onrecord.ledger.store import Store
from onrecord.manifest import Given
from onrecord.records import AddSummary, Origin


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server for the whole run; tests that take it are skipped where there is none."""
    found = postgres.programs()
    if found is None:
        pytest.skip("no PostgreSQL on this machine; install it (Debian: apt-get install postgresql) for this test")
    running = postgres.Server(found)
    yield running
    running.close()


@pytest.fixture(scope="session")
def template(server: postgres.Server) -> str:
    """The name of a database with the tables, to be copied."""
    where = server.fresh()
    Store(where).close()
    return make_url(where).database


@pytest.fixture(params=["sqlite", "postgresql"], scope="session")
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Gives the address of a new ledger or, on SQLite, of the file that becomes one."""
    if request.param == "postgresql":
        server, template = request.getfixturevalue("server"), request.getfixturevalue("template")
        return lambda: server.fresh(template)
    return lambda: str(tmp_path_factory.mktemp("ledger") / "war.db")


@pytest.fixture
def where(fresh: Callable[[], str]) -> str:
    """The address of an empty ledger."""
    return fresh()


class Clock:
    """Runs one minute at each look."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(where: str, clock: Clock) -> Iterator[Store]:
    """An empty ledger."""
    made = Store(where, clock=clock)
    yield made
    made.close()


def add(store: Store, data: bytes, name: str = "page", **known: str) -> AddSummary:
    """Add one page from its bytes; known are fields of its origin."""
    return adding.add(store, [Given(origin=Origin(name=name, **known), data=data)])


@pytest.fixture(name="add")
def adds() -> Callable[..., AddSummary]:
    """Add one page."""
    return add


@pytest.fixture(scope="module")
def filled(fresh: Callable[[], str]) -> Iterator[Store]:
    """A ledger with one page, for tests that change nothing."""
    made = Store(fresh())
    page = b"Mayor Iva Dorn said on Monday that nine people had been killed in Norhaven. Two bridges collapsed."
    add(made, page, "flood", url="https://gazette.example/flood")
    yield made
    made.close()
