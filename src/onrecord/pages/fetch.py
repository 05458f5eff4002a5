"""A URL -> the bytes that its server answers with, fetched politely and safely. Does not look into the bytes.

Every hop of a redirect is checked like the first URL: only http and https, no user or password, no address of a private
net, nothing that robots.txt forbids. One request at a time, one connection to a host, a pause between two requests to
it. Sizes, times, redirects and repeats are bounded; what goes wrong is an error that says so. No cookies, no
passwords, no proxy of the environment.
"""

import re
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO, TypeVar

import httpcore2
import httpx2

from onrecord.errors import FetchError, RobotsError, ServerError, TooLargeError, TooSlowError, UnreadableError
from onrecord.pages.decode import LARGEST_PAGE_BYTES
from onrecord.pages.fetch_addresses import (
    CheckedNetwork,
    Deadline,
    Resolver,
    checked_url,
    host,
    joined,
    shown,
    site,
    system_resolver,
)
from onrecord.pages.fetch_codings import ACCEPTED, counted, unpacked
from onrecord.pages.fetch_robots import AGENT, LARGEST_ROBOTS_BYTES, LONGEST_DELAY_SECONDS, Rules, rules_of
from onrecord.records import Record

TOTAL_SECONDS = 30.0
"""Seconds for one page, repeats and redirects included; pauses between pages are not counted."""

STEP_SECONDS = 10.0
"""Seconds without a byte after which a server is given up."""

PAUSE_SECONDS = 1.0
"""Seconds between two requests to one host when robots.txt does not ask for more."""

MOST_REDIRECTS = 5
"""Redirects followed; browsers stop at 20, news pages need 2."""

MOST_REPEATS = 2
"""Times a request is sent again after an answer that says `later`, or after none."""

FIRST_BACKOFF_SECONDS = 1.0
"""Pause before the first repeat; it doubles."""

KEPT_ROBOTS_SECONDS = 24 * 3600
"""How long a robots.txt holds (RFC 9309 section 2.4)."""

KEPT_SILENCE_SECONDS = 600
"""How long a site is not asked again whose robots.txt could not be read, or which does not answer."""

MOST_SITES = 1_000
"""Sites whose robots.txt is remembered at once."""

LARGEST_ARCHIVE_BYTES = 2_000_000_000
"""Bytes of an archive that is fetched into a file; those of public crawls have 1 GB."""

ARCHIVE_SECONDS = 3_600.0
"""Seconds for an archive."""

LATER = frozenset({429, 500, 502, 503, 504})
MOVED = frozenset({301, 302, 303, 307, 308})
NOT_PAGES = re.compile(r"(?:image|audio|video|font)/|application/(?:pdf|zip|msword|vnd\.)", re.IGNORECASE)
CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
HEADER_TEXT = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,500}")

USER_AGENT = f"{AGENT} (reads news pages for a ledger; obeys robots.txt)"
"""How requests name this program."""

Sleep = Callable[[float], None]
V = TypeVar("V")


class Manners(Record, frozen=True, kw_only=True):
    """How a fetcher behaves. Times are in seconds."""

    allow_private: bool = False
    total: float = TOTAL_SECONDS
    step: float = STEP_SECONDS
    pause: float = PAUSE_SECONDS
    most_bytes: int = LARGEST_PAGE_BYTES


class Known(Record, frozen=True, kw_only=True):
    """What a server said of the bytes that one has: sent back, it answers `not modified` where they still hold."""

    etag: str | None = None
    modified: str | None = None


class Fetched(Record, frozen=True, kw_only=True):
    """An answer. url is where the redirects ended; data is empty where the page has not changed."""

    url: str
    data: bytes
    captured: str
    media_type: str | None = None
    charset: str | None = None
    known: Known = Known()
    unchanged: bool = False


class Answer(Record, frozen=True, kw_only=True):
    """Status, headers and body of one request."""

    status: int
    headers: dict[str, str]
    data: bytes


class Fetcher:
    """Fetches pages one after the other and remembers what it must to be polite. Close it, or use `with`."""

    def __init__(
        self, manners: Manners | None = None, *, resolver: Resolver = system_resolver, sleep: Sleep = time.sleep
    ) -> None:
        self._manners = manners or Manners()
        self._sleep = sleep
        self._deadline = Deadline()
        network = CheckedNetwork(self._deadline, allow_private=self._manners.allow_private, resolver=resolver)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=1,
            max_keepalive_connections=1,
            keepalive_expiry=30.0,
            network_backend=network,
        )
        self._rules: OrderedDict[str, tuple[float, Rules]] = OrderedDict()
        self._down: OrderedDict[str, tuple[float, FetchError]] = OrderedDict()
        self._next: OrderedDict[str, float] = OrderedDict()

    def __enter__(self) -> "Fetcher":
        """Return the fetcher."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def fetch(self, url: str, known: Known | None = None, *, into: BinaryIO | None = None) -> Fetched:
        """Return what a URL leads to.

        Args:
            url: http or https.
            known: what its server said last time.
            into: an open file that takes the bytes as they come, for archives; `data` is empty then.

        Raises:
            FetchError: it cannot be had: a wrong URL, a status that says so, too many redirects.
            ServerError: its server does not answer, or says that it cannot now.
            RobotsError: robots.txt forbids it, or could not be read.
            AddressError: it, or a redirect, leads to a refused address.
            TooSlowError: it takes too long.
            TooLargeError: it is larger than a page may be.
            UnreadableError: a picture, a film, or packed in a way that is not unpacked here.
        """
        given = url = checked_url(url)
        self._deadline.set(self._total(into))
        for _ in range(MOST_REDIRECTS + 1):
            rules = self._rules_for(url)
            if not rules.allow(url):
                raise RobotsError(
                    f"{shown(url)}: {rules.silent or 'robots.txt asks programs to leave it alone'}; not read"
                )
            answer = self._repeated(url, known or Known(), rules.delay, into)
            if answer.status not in MOVED:
                return self._page(url, answer, known or Known())
            url = _redirected(url, answer)
        raise FetchError(
            f"{shown(given)}: more than {MOST_REDIRECTS} redirects, the last to {shown(url)}; give its URL"
        )

    def _total(self, into: BinaryIO | None) -> float:
        return self._manners.total if into is None else max(ARCHIVE_SECONDS, self._manners.total)

    def _page(self, url: str, answer: Answer, known: Known) -> Fetched:
        # `Not modified` is no answer where nothing was sent back that could still hold.
        unchanged = answer.status == 304 and known != Known()
        if not unchanged and not 200 <= answer.status < 300:
            error = ServerError if answer.status in LATER else FetchError
            raise error(f"{shown(url)}: the server answers with HTTP {answer.status}; look at it in a browser")
        media = answer.headers.get("content-type", "")
        charset = CHARSET.search(media)
        return Fetched(
            url=url,
            data=answer.data,
            captured=datetime.now(UTC).isoformat(timespec="seconds"),
            media_type=media.partition(";")[0].strip().lower() or None,
            charset=charset[1] if charset else None,
            known=Known(etag=answer.headers.get("etag"), modified=answer.headers.get("last-modified")),
            unchanged=unchanged,
        )

    # --- politeness

    def _rules_for(self, url: str) -> Rules:
        """Return what robots.txt of a URL's site says, fetched once a day."""
        where = site(url)
        until, rules = self._rules.get(where, (0.0, None))
        if rules is not None and time.monotonic() < until:
            return rules
        until, down = self._down.get(where, (0.0, None))
        if down is not None and time.monotonic() < until:
            raise type(down)(str(down))
        try:
            rules = self._fetched_rules(where)
        except FetchError as err:
            # A list may name a thousand pages of a site that does not answer: it is not waited for each time.
            _remember(self._down, where, (time.monotonic() + KEPT_SILENCE_SECONDS, err))
            raise
        kept = KEPT_SILENCE_SECONDS if rules.silent else KEPT_ROBOTS_SECONDS
        _remember(self._rules, where, (time.monotonic() + kept, rules))
        return rules

    def _fetched_rules(self, where: str) -> Rules:
        url = joined(where, "/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            try:
                answer = self._repeated(url, Known(), 0.0, None, most=LARGEST_ROBOTS_BYTES)
            except (TooLargeError, UnreadableError) as err:
                return Rules("", silent=f"robots.txt could not be read ({err})")
            if answer.status not in MOVED:
                return rules_of(answer.status, answer.data)
            url = _redirected(url, answer)
        return Rules("")  # RFC 9309 section 2.3.1.2: more than five redirects count as no file

    def _wait(self, url: str, delay: float) -> None:
        """Pause until the host may be asked again; the time of the pause is not taken from the page's."""
        pause = max(self._manners.pause, delay)
        if delay > LONGEST_DELAY_SECONDS:
            says = (
                f"robots.txt asks for {delay:.0f} s between requests, {LONGEST_DELAY_SECONDS:.0f} s are waited at most"
            )
            raise RobotsError(f"{shown(url)}: {says}; save the page and give its file")
        now = time.monotonic()
        wait = self._next.get(host(url), now) - now
        if wait > 0:
            left = self._deadline.left()
            self._sleep(wait)
            self._deadline.set(left)
        _remember(self._next, host(url), time.monotonic() + pause)

    def _repeated(
        self, url: str, known: Known, delay: float, into: BinaryIO | None, *, most: int | None = None
    ) -> Answer:
        """Ask for a URL, again where the server says `later` or does not answer."""
        backoff = FIRST_BACKOFF_SECONDS
        for repeat in range(MOST_REPEATS + 1):
            last = repeat == MOST_REPEATS
            self._wait(url, delay)
            try:
                answer = self._asked(url, known, into, most or self._manners.most_bytes)
            except UnansweredError as err:
                if last or backoff >= self._deadline.left():
                    raise ServerError(f"{shown(url)}: {err}; try again later") from err
                later = 0.0
            else:
                if answer.status not in LATER:
                    return answer
                later = _seconds_until(answer.headers.get("retry-after"))
                if last or max(later, backoff) >= self._deadline.left():
                    return answer
            self._sleep(max(later, backoff))
            backoff *= 2
        raise ServerError(f"{shown(url)}: no answer; try again later")

    # --- one request

    def _asked(self, url: str, known: Known, into: BinaryIO | None, most: int) -> Answer:
        with (
            _in_words(url),
            self._pool.stream(
                "GET",
                url,
                headers=self._headers(url, known, packed=into is None),
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._manners.step)},
            ) as response,
        ):
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in MOVED or response.status == 304 or response.status >= 400:
                return Answer(status=response.status, headers=headers, data=b"")
            if into is not None:
                into.seek(0)  # an answer that broke off may stand there
                into.truncate()
                for piece in counted(response.iter_stream(), LARGEST_ARCHIVE_BYTES, shown(url)):
                    into.write(piece)
                return Answer(status=response.status, headers=headers, data=b"")
            _refuse(headers, url, most)
            chunks = counted(response.iter_stream(), most, shown(url))
            pieces = unpacked(chunks, headers.get("content-encoding", ""), most=most, where=shown(url))
            return Answer(status=response.status, headers=headers, data=b"".join(pieces))

    def _headers(self, url: str, known: Known, *, packed: bool) -> list[tuple[str, str]]:
        headers = [
            ("Host", httpx2.URL(url).netloc.decode("ascii")),
            ("User-Agent", USER_AGENT),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"),
            ("Accept-Encoding", ACCEPTED if packed else "identity"),
        ]
        for name, value in (("If-None-Match", known.etag), ("If-Modified-Since", known.modified)):
            # What a server once said may hold anything: a value that is no header text is not sent back.
            if value and HEADER_TEXT.fullmatch(value):
                headers.append((name, value))
        return headers


class UnansweredError(Exception):
    """There was no whole answer; asking again may help."""


@contextmanager
def _in_words(url: str) -> Iterator[None]:
    """Turn what goes wrong with a connection into errors that say so."""
    try:
        yield
    except httpcore2.ConnectError as err:
        if why := _refused_certificate(err):
            raise FetchError(f"{shown(url)}: its certificate is refused ({why}); look at it in a browser") from err
        raise UnansweredError(f"no connection ({str(err) or type(err).__name__})") from err
    except httpcore2.TimeoutException as err:
        raise TooSlowError(f"{shown(url)}: the server took too long ({type(err).__name__}); try again later") from err
    except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as err:
        raise UnansweredError(f"no whole answer ({str(err) or type(err).__name__})") from err
    except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as err:
        raise FetchError(f"{shown(url)}: cannot be asked for ({err}); check the URL") from err


def _refused_certificate(err: BaseException | None) -> str | None:
    """Return in words why a certificate is refused, where that is what an error comes from."""
    while err is not None:
        if isinstance(err, ssl.SSLCertVerificationError):
            return str(err.verify_message).rstrip(".")
        err = err.__cause__ or err.__context__
    return None


def _refuse(headers: dict[str, str], url: str, most: int) -> None:
    """Raise where the headers already say that this is no page, or too large a one."""
    media = headers.get("content-type", "")
    if NOT_PAGES.match(media):
        raise UnreadableError(f"{shown(url)}: {media[:60]}, not a page; give the page that shows it")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > most:
        raise TooLargeError(
            f"{shown(url)}: {length[:20]} bytes, more than the {most:,} read of one page; save and split it"
        )


def _redirected(url: str, answer: Answer) -> str:
    target = answer.headers.get("location")
    if not target:
        raise FetchError(f"{shown(url)}: HTTP {answer.status} without saying where to; look at it in a browser")
    # Headers are bytes; browsers read them as UTF-8 where they are.
    return joined(url, target.encode("latin-1").decode("utf-8", "replace"))


def _seconds_until(text: str | None) -> float:
    """Return the seconds of a Retry-After header, 0 where there are none."""
    if text is None:
        return 0.0
    if text.strip().isdecimal():
        return float(text.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0


def _remember(kept: OrderedDict[str, V], name: str, value: V) -> None:
    kept[name] = value
    kept.move_to_end(name)
    if len(kept) > MOST_SITES:
        kept.popitem(last=False)
