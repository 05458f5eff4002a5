"""A server on this machine that answers as badly as a case asks for: bytes as they are, slowly, for ever.

Names of hosts are those of the case: NAMES_PROGRAM puts them in place of the system's look-up in the process that is
tried, and leads connections to addresses of the public net here, so that nothing leaves the machine and the judgement
of addresses stays as it is.
"""

import socketserver
import ssl
import threading
import time
from collections.abc import Callable

NAMES_PROGRAM = """
import json, os, socket
names = json.loads(os.environ["HOSTILE_NAMES"])
port = int(os.environ["HOSTILE_PORT"])
asked = {}
def look_up(host, at, *_, **__):
    answers = names.get(host)
    if answers is None:
        raise socket.gaierror(-2, "Name or service not known")
    asked[host] = asked.get(host, -1) + 1
    found = answers[min(asked[host], len(answers) - 1)]
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, at)) for address in found]
def connected(_, timeout=None, *__, **___):
    here = socket.socket()
    here.settimeout(timeout)
    here.connect(("127.0.0.1", port))
    return here
if names:
    socket.getaddrinfo, socket.create_connection = look_up, connected
"""

LONGEST_HEAD = 65_536
"""Bytes of a request that are read."""


class Talk(socketserver.BaseRequestHandler):
    """One connection: each request gets what the site has under its path."""

    site: "Site"

    def handle(self) -> None:
        """Answer until one side hangs up."""
        waiting = b""
        while True:
            while b"\r\n\r\n" not in waiting:
                more = self.request.recv(LONGEST_HEAD)
                if not more or len(waiting) > LONGEST_HEAD:
                    return
                waiting += more
            head, _, waiting = waiting.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode("latin-1")
            self.site.asked.append(path)
            given = self.site.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            if isinstance(given, bytes):
                self.send(given)
            else:
                given(self)
            if not (isinstance(given, bytes) and b"ontent-Length: " in given[:300]):
                return

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.request.sendall(data)

    def drip(self, data: bytes, *, seconds: float = 0.05) -> None:
        """Send byte after byte, each after a pause."""
        for place in range(len(data)):
            self.send(data[place : place + 1])
            time.sleep(seconds)

    def for_ever(self, data: bytes) -> None:
        """Send the same bytes until the other side hangs up."""
        while True:
            self.send(data)


Given = bytes | Callable[[Talk], None]


class Server(socketserver.ThreadingTCPServer):
    """Answers many at once."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no error here."""


class Site:
    """The answers of one server by path, and what it was asked for."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Given] = {}
        self.asked: list[str] = []
        self.server = Server(("127.0.0.1", 0), type("SiteTalk", (Talk,), {"site": self}))
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port: int = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    def close(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()


def whole(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Return an answer that is in order: head, length, body."""
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers, f"Content-Length: {len(body)}"]
    if any(line.lower().startswith("content-type:") for line in headers):
        del head[1]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
