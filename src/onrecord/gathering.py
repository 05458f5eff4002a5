"""What a person gives -> pages: addresses are fetched, feeds, sitemaps, OPML and WARC files give the pages in them.

Pages come one by one, in order, as they are asked for. What cannot be had becomes a page with a problem; a list or an
archive that is damaged gives a problem and what can be read of it. Does not read the pages.
"""

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec.structs import replace

from onrecord.errors import PageError
from onrecord.manifest import ENDINGS, GZIP, Given, clean, load, unpack
from onrecord.pages.safe_xml import HEAD_BYTES, root_name
from onrecord.pages.sitemaps import LISTS, Listing, read_opml, read_sitemap
from onrecord.records import Origin, Problem, Record

if TYPE_CHECKING:
    from onrecord.pages.fetch import Fetched, Fetcher

ARCHIVES = re.compile(r"\.warc(?:\.gz)?$", re.IGNORECASE)
"""File names and paths of URLs that are archives of pages."""

DEEPEST = 3
"""Lists inside one another: an index of sitemaps, a sitemap, its pages."""

Tell = Callable[[str], None]
"""Told what was passed over."""


class Reach(Record, frozen=True, kw_only=True):
    """How far fetching goes: addresses of private nets too, and how many seconds one page may take."""

    allow_private: bool = False
    seconds: float | None = None


def gathered(given: Iterable[Given], reach: Reach | None = None, *, tell: Tell | None = None) -> Iterator[Given]:
    """Yield the pages that the places give, each with its bytes or its file, or with a problem.

    Args:
        given: pages, and places that give pages.
        reach: what may be fetched.
        tell: told what was passed over in archives.
    """
    gathering = Gathering(reach or Reach(), tell)
    try:
        for one in given:
            yield from gathering.pages(one, 0)
    finally:
        gathering.close()


# The parts that fetch take 0.3 s to load, and most runs fetch nothing.
@cache
def _part(name: str) -> Any:
    return import_module(f"onrecord.pages.{name}")


class Gathering:
    """One run: keeps one fetcher, and what it has fetched from lists already."""

    def __init__(self, reach: Reach, tell: Tell | None) -> None:
        self._reach, self._tell = reach, tell
        self._fetcher: Fetcher | None = None
        self._seen: set[str] = set()
        self._open: list[str] = []  # the lists that the next page stands in

    def close(self) -> None:
        """Close the connections."""
        if self._fetcher is not None:
            self._fetcher.close()

    def pages(self, given: Given, depth: int) -> Iterator[Given]:
        """Yield the pages that one place gives; depth counts the lists it stands in."""
        try:
            if given.address is not None:
                yield from self._at_address(given, given.address, depth)
            elif given.path is not None and not ENDINGS.search(given.path.name):
                yield from self._in_file(given, given.path)
            else:
                yield given
        except PageError as err:
            yield replace(given, address=None, path=None, problem=Problem(kind=err.kind, says=str(err)))

    # --- addresses

    def fetcher(self) -> "Fetcher":
        """Return the fetcher, made when the first address comes."""
        if self._fetcher is None:
            fetch = _part("fetch")
            manners = fetch.Manners(allow_private=self._reach.allow_private)
            if self._reach.seconds is not None:
                manners = replace(manners, total=self._reach.seconds, step=min(manners.step, self._reach.seconds))
            self._fetcher = fetch.Fetcher(manners)
        return self._fetcher

    def _at_address(self, given: Given, address: str, depth: int) -> Iterator[Given]:
        if ARCHIVES.search(address.partition("?")[0]):
            with TemporaryFile() as file:
                self.fetcher().fetch(address, into=file)
                file.seek(0)
                yield from self._in_archive(file, address, given)
            return
        fetched = self.fetcher().fetch(address)
        yield from self.fetched_pages(given, fetched, depth)

    def fetched_pages(self, given: Given, fetched: "Fetched", depth: int) -> Iterator[Given]:
        """Yield the page that was fetched, or the pages that the fetched list names."""
        data = unpack(fetched.data, fetched.url) if fetched.data.startswith(GZIP) else fetched.data
        kind = LISTS.get(root_name(data) or "")
        if kind is not None:
            yield from self._in_list(data, kind, fetched.url, given, depth)
        elif data.startswith(b"WARC/"):
            yield from self._in_archive(BytesIO(data), fetched.url, given)
        else:
            yield replace(given, address=None, data=data, origin=_origin(given.origin, given.address, fetched))

    # --- lists and archives

    def _in_file(self, given: Given, path: Path) -> Iterator[Given]:
        head = _head(path)
        if head and (ARCHIVES.search(path.name) or head.startswith(b"WARC/")):
            with path.open("rb") as file:
                yield from self._in_archive(file, clean(str(path)), given)
        elif kind := LISTS.get(root_name(head) or ""):
            yield from self._in_list(load(given), kind, None, given, 0)
        else:
            yield given

    def _in_archive(self, file: BinaryIO, where: str, given: Given) -> Iterator[Given]:
        passed_over: Counter[str] = Counter()
        pages = 0
        for page in _part("warc").read_archive(file, where, passed_over):
            pages += page.data is not None
            origin = replace(page.origin, outlet=given.origin.outlet)
            yield Given(origin=origin, data=page.data, problem=page.problem)
        if self._tell:
            counts = ", ".join(f"{count} {what}" for what, count in sorted(passed_over.items())) or "nothing"
            self._tell(f"{where}: {pages} pages; passed over: {counts}")

    def _in_list(self, data: bytes, kind: str, url: str | None, given: Given, depth: int) -> Iterator[Given]:
        where = url or clean(str(given.path))
        listing = read_list(data, kind, where, url=url)
        if listing.wrong:
            problem = Problem(kind="unreadable", says=listing.wrong)
            yield Given(origin=replace(given.origin, name=given.origin.name or where), problem=problem)
        within = [address for address in (url, given.address) if address is not None]
        self._open += within
        for one in listing.listed:
            page = listed_page(one.url, url, outlet=given.origin.outlet)
            if depth >= DEEPEST:
                yield _left_out(page, f"{where}: a list in {DEEPEST} other lists; give the innermost one")
                break
            yield from self._listed(page, where, depth)
        del self._open[len(self._open) - len(within) :]

    def _listed(self, page: Given, where: str, depth: int) -> Iterator[Given]:
        """Yield what one address of a list gives; nothing where it has been given before."""
        if page.address is None:
            yield page
        elif page.address in self._open:
            yield _left_out(page, f"{where}: lists itself, or a list that it stands in; give another one")
        elif page.address not in self._seen:
            self._seen.add(page.address)
            yield from self.pages(page, depth + 1)


def _left_out(page: Given, says: str) -> Given:
    return Given(origin=page.origin, problem=Problem(kind="fetch", says=says))


def is_list_of_pages(data: bytes) -> bool:
    """Say whether bytes are a feed, sitemap, index of sitemaps or OPML file, packed with gzip or not."""
    return (root_name(_unpacked_head(data[:HEAD_BYTES])) or "") in LISTS


def read_list(data: bytes, kind: str, where: str, *, url: str | None) -> Listing:
    """Return what a feed, sitemap, index of sitemaps or OPML file lists; raise PageError where nothing can be read."""
    if kind == "feed":
        listing: Listing = _part("feeds").read_feed(data, where, url=url)
        return listing
    return read_opml(data, where) if kind == "opml" else read_sitemap(data, where)


def listed_page(address: str, base: str | None, *, outlet: str | None = None) -> Given:
    """Return a page to be fetched from an address in a list; one with a problem where the address cannot be used."""
    parts = _part("fetch_addresses")
    try:
        url = parts.joined(base, address) if base else parts.checked_url(address)
    except PageError as err:
        return Given(origin=Origin(name=parts.shown(address)), problem=Problem(kind=err.kind, says=str(err)))
    return Given(origin=Origin(name=url, url=url, outlet=outlet), address=url)


def _origin(origin: Origin, address: str | None, fetched: "Fetched") -> Origin:
    """Return where a page comes from, with what its server said of it; what a manifest says stays."""
    media = origin.media_type
    if media == "auto" and fetched.media_type in ("text/html", "application/xhtml+xml"):
        media = "html"
    url = fetched.url if origin.url in (None, address) else origin.url
    return replace(origin, url=url, media_type=media, charset=fetched.charset, captured=fetched.captured)


def _head(path: Path) -> bytes:
    """Return the first bytes of a file, unpacked; b"" where they cannot be had (who opens it later says why)."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError):
        return b""
    return _unpacked_head(head)


def _unpacked_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD_BYTES) if head.startswith(GZIP) else head
    except zlib.error:
        return head
