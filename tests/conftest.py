"""What the tests share: where the data beside the checkout are, and a real HTTP server on this machine."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from onrecord.pages.fetch import Fetcher, Manners

# Most tests are about rules, the ledger or the commands: they read without the model, which is quick and stays the same
# when new weights come. Tests of the model and of what a user gets by default ask for the fixture `with_model`.
os.environ["ONRECORD_TAGGER"] = "lexicon"

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the checkout; the test is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold" / "dev.jsonl").is_file():
        pytest.skip(f"no shared data in {folder}; this test needs them")
    return folder


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the model of the package, as a user does who names no tagger."""
    monkeypatch.delenv("ONRECORD_TAGGER")


# --- a server ------------------------------------------------------------------------------------------------------

PAGE = (
    b"<!doctype html><html><head><title>Ferry sinks off Calder</title></head><body><article><h1>Ferry sinks off "
    b"Calder</h1>"
    + b"<p>The mayor of Calder said on Monday that at least 23 people died when the ferry sank in the harbour.</p>"
    b"<p>Five divers were injured in the search, which went on through the night, the coast guard said.</p>"
    + b"</article></body></html>"
)

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Gives what the site has under a path, and keeps what was asked."""

    protocol_version = "HTTP/1.1"
    site: "Site"

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers.items())))
        answer = self.site.answers.get(self.path)
        if answer is None:
            self.give(404, b"")
        elif callable(answer):
            answer(self)
        else:
            self.give(200, answer)

    def give(self, status: int, body: bytes, /, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, *pieces: bytes) -> None:
        """Send bytes as they are, then close."""
        self.close_connection = True
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is no error here."""


class Site:
    """The answers of one server by path; a function gets the handler. page is a page to serve."""

    page = PAGE

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        handler = type("SiteHandler", (Handler,), {"site": self})
        self.server = Server(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        # A short poll: a test that ends waits for it.
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def url(self, path: str) -> str:
        return self.address + path

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with nothing on it yet."""
    one = Site()
    yield one
    one.close()


@pytest.fixture
def slept() -> list[float]:
    """The pauses that the fetcher made, in seconds."""
    return []


@pytest.fixture
def fetcher(slept: list[float]) -> Iterator[Fetcher]:
    """A fetcher that may read this machine, waits 0.3 s for an answer and only notes its pauses."""
    with Fetcher(Manners(allow_private=True, total=1.0, step=0.3), sleep=slept.append) as one:
        yield one


@pytest.fixture
def dead_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
