"""A ledger -> its web interface at a free port of this machine, for pictures and for the tests in a browser."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from onrecord.web.app import make_app
from onrecord.web.security import PatientProtocol

CHROMIUM = Path("/usr/bin/chromium")
"""The browser of the system, as Debian installs it."""


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """Serve a ledger as `onrecord serve` does; give its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(ledger), log_level="error", http=PatientProtocol, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()
