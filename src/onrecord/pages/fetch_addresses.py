"""A URL as given -> one that may be fetched; a host name -> the checked addresses that are connected to.

A name is resolved once, every address behind it is checked, and the connection goes to one of these very addresses, so
that a name cannot answer differently the second time. Host header and TLS name stay those of the URL. Does not send
requests.
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import httpcore2
import httpx2

from onrecord.errors import AddressError, FetchError, TooSlowError

LONGEST_URL = 8_000
"""Characters of a URL; servers take 8,000 at most (RFC 9110 section 4.1 asks for this much)."""

RESOLVE_SECONDS = 10.0
"""Seconds waited for a name to be looked up; resolvers ask twice within 5 s each."""

KEPT_URLS = 256
"""URLs whose parts are remembered: each page is looked at several times, one after the other."""

SHOWN_OF_URL = 200
"""Characters of a URL that a message shows."""

OTHER_PORTS = frozenset({
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})  # fmt: skip
"""Ports on which other services listen (mail, shells); browsers do not ask them for pages either.

Source: the WHATWG Fetch standard, section 2.9, "bad port".
"""

UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\\]")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones where a network has no IPv4 (RFC 6052)."""

SITE_LOCAL = ipaddress.ip_network("fec0::/10")
IPV4_COMPATIBLE = ipaddress.ip_network("::/96")

Resolver = Callable[[str, int], list[str]]
"""Gives the addresses behind a host name and a port; raises OSError where there are none."""


def shown(url: str) -> str:
    """Return a URL as messages show it: without user and password, in printable characters, cut."""
    bare = re.sub(r"(?<=//)[^/?#]*@", "", url)
    return UNFIT.sub("\ufffd", bare if len(bare) <= SHOWN_OF_URL else bare[:SHOWN_OF_URL] + "...")


def checked_url(url: str) -> str:
    """Return the URL in its normal form, without fragment.

    Raises:
        FetchError: not http or https, no host, a user or password in it, characters that no URL has, too long, a port
            of another service.
    """
    if len(url) > LONGEST_URL:
        raise FetchError(
            f"{shown(url)}: {len(url):,} characters, URLs have {LONGEST_URL:,} at most; give the page's URL"
        )
    if UNFIT.search(url):
        raise FetchError(f"{shown(url)}: a space, control character or backslash in the URL; percent-encode it")
    try:
        parsed = _parsed(url)
    except (httpx2.InvalidURL, ValueError) as err:
        raise FetchError(f"{shown(url)}: no URL ({err}); give one such as https://gazette.example/page") from err
    if parsed.scheme not in ("http", "https"):
        raise FetchError(f"{shown(url)}: {parsed.scheme or 'no scheme'}; only http and https are fetched")
    if parsed.port is not None and not 0 < parsed.port < 65_536:
        raise FetchError(f"{shown(url)}: no URL (port {parsed.port}); ports go from 1 to 65535")
    if parsed.port in OTHER_PORTS:
        raise FetchError(f"{shown(url)}: port {parsed.port} is that of another service, not of pages; check the URL")
    if not parsed.host:
        raise FetchError(f"{shown(url)}: no host in the URL; give one such as https://gazette.example/page")
    if parsed.userinfo:
        raise FetchError(f"{shown(url)}: user or password in the URL; they are not sent, give the URL without them")
    # Most URLs are in their normal form; a copy costs as much as reading one.
    return str(parsed.copy_with(fragment=None) if "#" in url or url.count(":") > 1 else parsed)


@lru_cache(maxsize=KEPT_URLS)
def _parsed(url: str) -> httpx2.URL:
    return httpx2.URL(url)


def joined(base: str, target: str) -> str:
    """Return the checked URL that a link or redirect leads to from a page."""
    try:
        return checked_url(str(httpx2.URL(base).join(target)))
    except (httpx2.InvalidURL, ValueError) as err:
        raise FetchError(f"{shown(base)}: leads to {shown(target)!r}, which is no URL ({err})") from err


def site(url: str) -> str:
    """Return scheme, host and port of a checked URL: what robots.txt speaks for."""
    parsed = _parsed(url)
    return f"{parsed.scheme}://{parsed.netloc.decode('ascii')}/"


def host(url: str) -> str:
    """Return the host of a checked URL: what delays are kept for."""
    return _parsed(url).host


# --- addresses -----------------------------------------------------------------------------------------------------


def refused(address: str) -> str | None:
    """Return in words why an address is never connected to; None for an address of the public internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in NAT64:
            return refused(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if found.ipv4_mapped or (found in IPV4_COMPATIBLE and int(found) > 1):
            return "an IPv4 address in IPv6 form"
        if found.sixtofour or found.teredo or found in SITE_LOCAL:
            return "a tunnel or site-local address"
    for is_it, says in (
        (found.is_unspecified, "unspecified"),
        (found.is_loopback, "loopback"),
        (found.is_link_local, "link-local"),
        (found.is_multicast, "multicast"),
        (not found.is_global or found.is_reserved, "private or reserved"),
    ):
        if is_it:
            return says
    return None


def system_resolver(name: str, port: int) -> list[str]:
    """Return the addresses that the operating system gives for a name."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def addresses(name: str, port: int, *, resolver: Resolver, allow_private: bool, seconds: float) -> list[str]:
    """Return the addresses behind a name, all of them checked.

    Raises:
        AddressError: one of them is refused; the others are then not tried either.
        FetchError: there are none.
        TooSlowError: the look-up takes too long.
    """
    answer: list[list[str] | OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            answer.append(resolver(name, port))
        except (OSError, UnicodeError) as err:
            answer.append(err)

    # A thread: the system's look-up takes no time limit.
    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(seconds)
    if not answer:
        raise TooSlowError(f"{name}: looking up its address took more than {seconds:.0f} s; try again later")
    found = answer[0]
    if isinstance(found, Exception) or not found:
        raise FetchError(f"{name}: no address is known for this name ({found or 'none'}); check the URL")
    if not allow_private:
        for address in found:
            if why := refused(address):
                says = f"{name}: its address {address} is {why}; not connected to (--allow-private reads your own net)"
                raise AddressError(says)
    return found


# --- connections ---------------------------------------------------------------------------------------------------


class Deadline:
    """The moment by which the answer to a request must be complete."""

    def __init__(self) -> None:
        self._end = float("inf")

    def set(self, seconds: float) -> None:
        """Begin to count."""
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left, 0 at least."""
        return max(0.0, self._end - time.monotonic())

    def within(self, timeout: float | None) -> float:
        """Return how long one step may wait.

        Raises:
            httpcore2.ReadTimeout: no time is left.
        """
        left = self.left()
        if left <= 0:
            raise httpcore2.ReadTimeout("no time left")
        return left if timeout is None else min(timeout, left)


class TimedStream(httpcore2.NetworkStream):
    """A connection whose every step ends by the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come."""
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Begin TLS under the name of the URL."""
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)


class CheckedNetwork(httpcore2.NetworkBackend):
    """Connects to checked addresses only, one after the other until one answers."""

    def __init__(self, deadline: Deadline, *, allow_private: bool, resolver: Resolver) -> None:
        self._deadline, self._allow_private, self._resolver = deadline, allow_private, resolver
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a connection to the host.

        Raises:
            AddressError, FetchError, TooSlowError: as `addresses` does.
        """
        seconds = min(RESOLVE_SECONDS, self._deadline.within(timeout))
        found = addresses(host, port, resolver=self._resolver, allow_private=self._allow_private, seconds=seconds)
        for address in found[:-1]:
            try:
                return self._connected(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return self._connected(found[-1], port, timeout, local_address, socket_options)

    def _connected(
        self, address: str, port: int, timeout: float | None, local: str | None, options: Iterable[Any] | None
    ) -> httpcore2.NetworkStream:
        stream = self._plain.connect_tcp(address, port, self._deadline.within(timeout), local, options)
        return TimedStream(stream, self._deadline)
