"""Applications over ledgers for the tests: the sample pages, a hostile page, a ledger with users."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from onrecord import adding
from onrecord.manifest import DEMO, Given, given_pages
from onrecord.opening import Ledger
from onrecord.records import Origin
from onrecord.web.app import Settings, make_app
from onrecord.web.users import Users, users_file

BASE = "http://127.0.0.1:8000"
HERE = {"Origin": BASE}
"""What a browser sends with a form of the interface itself."""

PASSWORD = "correct horse"  # noqa: S105  of made-up users
ROLES = ("reader", "reviewer", "admin")
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

BAD = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
"""Markup that must come out as text wherever it stands."""


def client_of(where: Path, settings: Settings | None = None) -> TestClient:
    """A client that follows no redirect and shows a failure of the server as status 500."""
    app = make_app(where, settings=settings)
    return TestClient(app, base_url=BASE, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def demo_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the sample pages, one of them in two versions."""
    where = tmp_path_factory.mktemp("web") / "demo.db"
    with Ledger(where) as ledger:
        adding.add(ledger.store, given_pages((), DEMO))
        for words in ("At least nine people were killed in Norhaven", "At least 12 people were killed in Norhaven"):
            page = f"{words} on Monday, Mayor Iva Dorn said. Two bridges collapsed.".encode()
            origin = Origin(name="flood", url="https://gazette.example/flood", published="2026-03-02", title="Flood")
            adding.add(ledger.store, [Given(origin=origin, data=page)])
    return where


@pytest.fixture(scope="session")
def demo(demo_ledger: Path) -> Iterator[TestClient]:
    """The interface over the sample pages, for tests that change nothing."""
    with client_of(demo_ledger) as client:
        yield client


@pytest.fixture(scope="session")
def small_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with one page, to be copied."""
    where = tmp_path_factory.mktemp("small") / "small.db"
    with Ledger(where) as ledger:
        page = b"Mayor Iva Dorn said on Monday that nine people had been killed in Norhaven. Two bridges collapsed."
        adding.add(ledger.store, [Given(origin=Origin(name="flood", url="https://gazette.example/flood"), data=page)])
        ledger.store.settle()
    return where


@pytest.fixture
def own(tmp_path: Path, small_ledger: Path) -> Iterator[TestClient]:
    """An interface over a small ledger of its own."""
    with client_of(Path(copy(small_ledger, tmp_path / "own.db"))) as client:
        yield client


@pytest.fixture(scope="session")
def shared_ledger(tmp_path_factory: pytest.TempPathFactory, small_ledger: Path) -> Path:
    """A ledger with a page and a user of each role."""
    where = Path(copy(small_ledger, tmp_path_factory.mktemp("users") / "shared.db"))
    users = Users(users_file(str(where)), hasher=CHEAP)
    for role in ROLES:
        users.add(f"{role} Fenn", role, PASSWORD)
    return where


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> None:
    """Sign a client in."""
    answer = client.post("/sign-in", data={"name": name, "password": password}, headers=HERE)
    assert answer.status_code == 303, answer.text


@pytest.fixture(scope="session")
def as_role(shared_ledger: Path) -> Iterator[Callable[[str], TestClient]]:
    """Gives a client that is signed in with a role; "nobody" is not signed in."""
    clients: dict[str, TestClient] = {}
    with client_of(shared_ledger) as first:
        for role in ("nobody", *ROLES):
            clients[role] = TestClient(first.app, base_url=BASE, follow_redirects=False, raise_server_exceptions=False)
            if role != "nobody":
                sign_in(clients[role], f"{role} Fenn")
        yield clients.__getitem__
