"""Clients that take their time: the running server hangs up on them, and others are answered meanwhile."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from urllib.parse import urlsplit

import pytest

from onrecord.web import routing, security
from serving import served

SHORT_SECONDS = 0.3
HOST = "Host: 127.0.0.1\r\n"
FORM = (
    f"{HOST}Origin: http://127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
)


@pytest.fixture
def address(small_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr(security, "HEAD_SECONDS", SHORT_SECONDS)
    monkeypatch.setattr(routing, "BODY_SECONDS", SHORT_SECONDS)
    with served(Path(copy(small_ledger, tmp_path / "slow.db"))) as base:
        yield "127.0.0.1", urlsplit(base).port


def answered(address, sent: str) -> str:
    """Send the beginning of a request and wait; return what came until the server hung up."""
    with socket.create_connection(address, timeout=20) as client:
        client.sendall(sent.encode())
        parts = iter(lambda: client.recv(4096), b"")
        return b"".join(parts).decode()


@pytest.mark.parametrize(
    "sent", ["", "GET", "GET / HTTP/1.1\r\n", f"GET / HTTP/1.1\r\n{HOST}", "POST /add HTTP/1.1\r\nX:"]
)
def test_headers_that_do_not_come_are_not_waited_for(address, sent):
    assert "200 OK" not in answered(address, sent)


@pytest.mark.parametrize("begun", ["", "text=Nine"])
def test_a_form_that_does_not_come_is_not_waited_for(address, begun):
    answer = answered(address, f"POST /add HTTP/1.1\r\n{FORM}{begun}")
    assert answer.startswith("HTTP/1.1 408 ")
    assert "send it again" in answer


def test_headers_byte_by_byte_are_not_waited_for(address):
    with socket.create_connection(address, timeout=20) as client:
        client.sendall(f"GET / HTTP/1.1\r\n{HOST}X: ".encode())
        began, is_open = time.monotonic(), True
        while is_open and time.monotonic() - began < 20:
            try:
                client.sendall(b"x")
                time.sleep(SHORT_SECONDS / 10)
            except OSError:
                is_open = False
    assert not is_open


def test_others_are_answered_while_many_wait(address):
    waiting = [socket.create_connection(address, timeout=20) for _ in range(30)]
    for client in waiting:
        client.sendall(f"POST /add HTTP/1.1\r\n{FORM}".encode())
    answer = answered(address, f"GET /search HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 200 ")
    for client in waiting:
        client.close()


def test_headers_that_never_end_are_refused(address):
    head = "".join(f"X-{number}: {'x' * 1000}\r\n" for number in range(80))
    assert answered(address, f"GET / HTTP/1.1\r\n{HOST}{head}").startswith("HTTP/1.1 4")
