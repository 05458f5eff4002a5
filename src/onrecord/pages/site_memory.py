"""What the pages of an outlet share: a line that stands on three pages of it is furniture.

A file (SQLite) keeps, for each outlet, the hash of each line and up to three pages that have it; no words. A page is
known by its URL where it has one, so that versions of one page count once. A page most of whose prose stands elsewhere
is a copy or a version of another one and keeps its labels; so does a whole sentence with a number or a quotation, since
outlets repeat their background word for word.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from msgspec.structs import replace

from onrecord.errors import SiteMemoryError
from onrecord.pages.compose import BODY_ROLES, folded, words_of
from onrecord.records import Article, Block, Page

PAGES_OF_FURNITURE = 3
"""Pages of one outlet on which a line must stand, this page among them."""

LARGEST_SHARE = 0.5
"""Share of an article's letters that may turn out to be furniture; above it the page is a copy of others."""

FOR_THE_RECORD = re.compile(r"(?s)(?=.*(?:\d|[\"\u201c\u201d]))^.{40,}[.!?][\"\u201d\u2019)]*\s*$")
"""A sentence of some length with a digit or a quotation in it: losing one costs more than reading an advertisement."""

VARIANT = re.compile(r"www\d?|m|mobile|amp|wap|touch|lite")
"""First labels of hosts that show the same pages in another dress."""

FEWEST_LABELS = 2
"""Labels that stay of a host: "m.example" is an outlet's own name."""

AMP_CACHE = "cdn.ampproject.org"
IN_CACHE = re.compile(r"^/[a-z]/(?:s/)?[^/]+/")
AMP_PATH = re.compile(r"^/amp(?=/)|[./]amp(?=\.html?$)|[./]amp/?$")
AMP_QUERY = re.compile(r"amp(?:=[^&]*)?|(?:outputType|output|format|type|view)=amp", re.I)
"""How addresses mark the AMP variant of a page: in the path, in the query."""

FEWEST_LETTERS = 3
SECONDS_TO_WAIT = 30.0
"""Seconds that a process waits for others that write to the file."""

TABLE = """
CREATE TABLE IF NOT EXISTS lines (outlet TEXT, line BLOB, page BLOB, PRIMARY KEY (outlet, line, page)) WITHOUT ROWID
"""
PAGES = "SELECT page FROM lines WHERE outlet = ? AND line = ?"
READ_ROLES = BODY_ROLES | {"standfirst", "caption"}


def with_site_memory(page: Page, article: Article, file: Path, *, given: str | None = None) -> Article:
    """Return the article without the lines that other pages of its outlet have too, and keep its lines for them.

    Args:
        page: of an outlet, by its name or its URL's host; without either the article is returned as it is.
        article: its labelled blocks.
        file: where the lines of outlets are kept; made when it is not there.
        given: the id that a manifest gave the page, which tells pages without a URL apart.

    Raises:
        SiteMemoryError: the file is no site memory.
    """
    outlet = outlet_key(page)
    if outlet is None:
        return article
    read = [block for block in article.blocks if block.role in READ_ROLES or block.role == "furniture"]
    lines = {block: _digest(folded(words_of(page.text, block))) for block in read}
    lines = {block: line for block, line in lines.items() if line}
    try:
        with closing(sqlite3.connect(file, timeout=SECONDS_TO_WAIT)) as store, store:
            store.execute(TABLE)
            shared = set(
                _learn(
                    store,
                    outlet,
                    _digest(page_key(page.url) if page.url else given or page.sha256),
                    set(lines.values()),
                )
            )
    except sqlite3.DatabaseError as err:
        raise SiteMemoryError(f"{file}: no site memory ({err}); name another file with --site-memory") from err
    # Headlines, dates and names stay: only what would be read as the story can be wrong.
    return _relabelled(page.text, article, {block for block, line in lines.items() if line in shared})


def outlet_key(page: Page) -> str | None:
    """Return what names the outlet of a page: the canonical host of its URL, else its name; None without both."""
    parts = _parts(page.url)
    host = canonical_host(parts.hostname or "") if parts else ""
    return (host or page.outlet or "").casefold() or None


def canonical_host(host: str) -> str:
    """Return the host that an outlet's pages share: without "www", "m", "amp" and the like, out of an AMP cache."""
    labels = host.casefold().rstrip(".").split(".")
    if ".".join(labels[-3:]) == AMP_CACHE and len(labels) == 4:
        # the cache writes "-" for "." and "--" for "-" (source: its address format)
        labels = labels[0].replace("--", "\n").replace("-", ".").replace("\n", "-").split(".")
    while len(labels) > FEWEST_LABELS and VARIANT.fullmatch(labels[0]):
        labels = labels[1:]
    return ".".join(labels)


def page_key(url: str) -> str:
    """Return what the variants of one page share: canonical host, path without marks of AMP, query without them."""
    parts = _parts(url)
    if parts is None or not parts.hostname:
        return url
    host, path = canonical_host(parts.hostname), parts.path
    if parts.hostname.casefold().endswith(f".{AMP_CACHE}"):
        path = IN_CACHE.sub("/", path)
    path = AMP_PATH.sub("", path).rstrip("/") or "/"
    query = "&".join(part for part in parts.query.split("&") if part and not AMP_QUERY.fullmatch(part))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def _parts(url: str | None) -> SplitResult | None:
    """Return the parts of an address; None where there is none: a page may say anything of its own URL."""
    try:
        return urlsplit(url) if url else None
    except ValueError:
        return None


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "replace")).digest()[:12] if len(words) >= FEWEST_LETTERS else b""


def _learn(store: sqlite3.Connection, outlet: str, page: bytes, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Keep the lines of a page and yield those that stand on enough pages; more pages than that are not kept."""
    for line in lines:
        pages = {row[0] for row in store.execute(PAGES, (outlet, line))}
        if page not in pages and len(pages) < PAGES_OF_FURNITURE:
            store.execute("INSERT OR IGNORE INTO lines VALUES (?, ?, ?)", (outlet, line, page))
        if len(pages | {page}) >= PAGES_OF_FURNITURE:
            yield line


def _relabelled(text: str, article: Article, shared: set[Block]) -> Article:
    """Return the article with shared blocks of it as furniture."""
    wrong = {block for block in shared if block.role in READ_ROLES and not FOR_THE_RECORD.search(words_of(text, block))}
    size = sum(block.end - block.start for block in wrong)
    whole = sum(block.end - block.start for block in article.blocks if block.role in READ_ROLES)
    if not wrong or size > LARGEST_SHARE * whole:
        return article
    blocks = tuple(
        replace(block, role="furniture", kind="other") if block in wrong else block for block in article.blocks
    )
    return replace(
        article,
        blocks=blocks,
        body="\n\n".join(words_of(text, block) for block in blocks if block.role in BODY_ROLES),
        standfirst=_kept(text, blocks, article),
        captions=tuple(caption for caption in article.captions if not _is_one(text, wrong, caption.text)),
        posts=tuple(post for post in article.posts if not any(post.start <= block.start < post.end for block in wrong)),
    )


def _kept(text: str, blocks: Sequence[Block], article: Article) -> str | None:
    """Return the standfirst, None when its block is furniture."""
    if article.standfirst is None or not any(
        _is_one(text, {block}, article.standfirst) for block in blocks if block.role == "furniture"
    ):
        return article.standfirst
    return None


def _is_one(text: str, blocks: Iterable[Block], words: str) -> bool:
    return any(words_of(text, block) == words for block in blocks)
