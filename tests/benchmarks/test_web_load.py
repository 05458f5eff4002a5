"""benchmarks/web_load.py: what runs beside the clients ends with them."""

import sys
import threading
from pathlib import Path

import pytest

import web_load


def test_an_error_ends_the_adding(monkeypatch):
    monkeypatch.setattr(web_load, "ADD_STARTS_SECONDS", 0)
    monkeypatch.setattr(web_load, "PAGES_TO_ADD", 1)
    monkeypatch.setattr(web_load, "COMMAND", [sys.executable, "-S", "-c", "import time; time.sleep(5)"])
    before = threading.active_count()
    with pytest.raises(ConnectionError), web_load.adding(Path("ledger.db")):
        raise ConnectionError
    assert threading.active_count() == before
