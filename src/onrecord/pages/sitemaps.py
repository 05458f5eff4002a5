"""A sitemap -> the pages it lists; an index of sitemaps -> the sitemaps; an OPML file -> its feeds. Fetches none."""

from onrecord.errors import UnreadableError
from onrecord.pages.safe_xml import local_name, parse_xml
from onrecord.records import Record

MOST_LISTED = 50_000
"""Addresses taken from one list (source: the sitemaps protocol)."""

LISTS: dict[str, str] = {
    "urlset": "sitemap",
    "sitemapindex": "index",
    "opml": "opml",
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
}
"""What a file is, by its first element."""


class Listed(Record, frozen=True, kw_only=True):
    """One address of a list. changed is when the page changed last, as the list says it."""

    url: str
    changed: str | None = None


class Listing(Record, frozen=True, kw_only=True):
    """The addresses of a list, in its order, each once. wrong says what is wrong with the list."""

    listed: tuple[Listed, ...]
    wrong: str | None = None


def read_sitemap(data: bytes, where: str) -> Listing:
    """Return the pages of a sitemap, or the sitemaps of an index.

    Raises:
        TooLargeError: larger than a page may be.
        UnreadableError: nothing can be read.
    """
    root, wrong = parse_xml(data, where)
    found: list[Listed] = []
    for entry in root:
        if local_name(entry) not in ("url", "sitemap"):
            continue
        fields = {local_name(part): (part.text or "").strip() for part in entry}
        if fields.get("loc"):
            found.append(Listed(url=fields["loc"], changed=fields.get("lastmod") or None))
    return listing(found, wrong, where)


def read_opml(data: bytes, where: str) -> Listing:
    """Return the feeds of an OPML file, those of its folders too.

    Raises:
        TooLargeError: larger than a page may be.
        UnreadableError: nothing can be read.
    """
    root, wrong = parse_xml(data, where)
    found = []
    for outline in root.iter():
        if local_name(outline) == "outline":
            fields = {name.lower(): value.strip() for name, value in outline.attrib.items()}
            if fields.get("xmlurl"):
                found.append(Listed(url=fields["xmlurl"]))
    return listing(found, wrong, where)


def listing(found: list[Listed], wrong: str | None, where: str) -> Listing:
    """Return a list with each address once.

    Raises:
        UnreadableError: it is empty because of what is wrong with it.
    """
    first: dict[str, Listed] = {}
    for one in found:
        first.setdefault(one.url, one)
    once = tuple(first.values())
    if not once:
        raise UnreadableError(wrong or f"{where}: no address in it; give a feed, sitemap or OPML file that lists some")
    if len(once) > MOST_LISTED:
        wrong = f"{where}: {len(once):,} addresses, the first {MOST_LISTED:,} are used; split the list"
    return Listing(listed=once[:MOST_LISTED], wrong=wrong)
