"""What every request must meet before a view sees it, and the headers of every answer.

The Host header must name this server (a page elsewhere cannot reach it under a name of its own, DNS rebinding); a
change must come from a page of this server, on loopback too. Does not know users or routes.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: browsers then send Origin: null with forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FOR_A_YEAR = "max-age=31536000"
SAFE = frozenset({"GET", "HEAD"})
METHODS = SAFE | {"POST"}
WRONG_METHOD = 405

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names and addresses that only this machine reaches."""

HEAD_SECONDS = 10.0
"""Seconds from the first byte of a request, or the connection, to the end of its headers."""

LONGEST_HEAD_BYTES = 64 * 1024
"""Bytes of a request line and headers together."""


class Guard:
    """The outermost layer: refuses what no view may see, and adds headers to every answer."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], https: bool = False) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)
        self._headers = HEADERS | ({"Strict-Transport-Security": FOR_A_YEAR} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = refused(scope["method"], Headers(scope=scope), self._hosts)
        if refusal is None:
            await self._app(scope, receive, with_headers)
        else:
            status, says = refusal
            methods = SAFE if scope["path"].startswith("/api") else METHODS
            allowed = {"Allow": ", ".join(sorted(methods))} if status == WRONG_METHOD else None  # RFC 9110, 15.5.6
            await PlainTextResponse(f"{says}\n", status_code=status, headers=allowed)(scope, receive, with_headers)


def refused(method: str, headers: Headers, hosts: Collection[str]) -> tuple[int, str] | None:
    """Return why a request is refused, with its status; None for one that may pass.

    Args:
        method: of the request.
        headers: of the request.
        hosts: names of this server, in small letters.
    """
    if method not in METHODS:
        return WRONG_METHOD, "only GET and POST are answered here"
    given = headers.getlist("host")
    if len(given) != 1 or host_name(given[0]) not in hosts:
        return 421, "the Host header names another server; open the address that `onrecord serve` prints"
    if method in SAFE:
        return None
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return 403, "this change was asked for by a page of another site; nothing was done"
    origins = headers.getlist("origin")
    if len(origins) != 1 or not same_origin(origins[0], given[0]):
        return 403, "a change needs the Origin header of a page of this server; nothing was done"
    return None


def host_name(header: str) -> str | None:
    """Return the name in a Host header, in small letters, without port and brackets; None for what is no host."""
    if any(character in header for character in "/?#@\\ \t,"):
        return None
    try:
        parts = urlsplit(f"//{header}")
        parts.port  # noqa: B018  raises ValueError for what is no port
    except ValueError:
        return None
    return (parts.hostname or "").rstrip(".").lower() or None


def same_origin(origin: str, host: str) -> bool:
    """Say whether an origin is that of the server with this Host header; a proxy in front may speak HTTPS."""
    return origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


class RateLimit:
    """Allows so many things in so many seconds, for each name by itself."""

    def __init__(self, most: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allows(self, name: str) -> bool:
        """Count one thing for a name and say whether it is within the limit."""
        now = self._clock()
        with self._lock:
            for other in [other for other, times in self._times.items() if times[-1] <= now - self._seconds]:
                del self._times[other]
            times = self._times.setdefault(name, deque(maxlen=self._most))
            if len(times) == self._most and times[0] > now - self._seconds:
                return False
            times.append(now)
        return True


class PatientProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, but a client that does not finish its headers in time is hung up on."""

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes; wait for the rest of the headers where they are not whole."""
        if self._due is None and self._is_idle():
            self._wait()
        super().data_received(data)
        if not self._is_idle():
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._due = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def _stop(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _hang_up(self) -> None:
        self._due = None
        if self._is_idle():
            self.transport.close()
