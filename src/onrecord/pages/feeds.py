"""A feed (RSS, Atom, RDF) -> the pages it lists. Does not fetch them and keeps none of their texts."""

from io import BytesIO
from typing import Any

import feedparser
from lxml import etree

from onrecord.pages.fetch_addresses import LONGEST_URL
from onrecord.pages.safe_xml import local_name, parse_xml
from onrecord.pages.sitemaps import Listed, Listing, listing

KEPT_ATTRIBUTES = ("href", "rel", "type", "isPermaLink", "{http://www.w3.org/XML/1998/namespace}base")

MOST_ENTRIES = 5_000
"""Entries read of one feed; feeds have 10 to 100, archives of a whole year below 5,000."""

ENTRIES = ("item", "entry")

KEPT = frozenset({
    "rss", "rdf", "feed", "channel", "item", "items", "entry", "link", "guid", "id", "origlink", "pubdate", "published",
    "updated", "modified", "issued", "date", "lastbuilddate", "author",
})  # fmt: skip
"""Elements that say where an entry's page is and when it changed; the others are left out before reading."""


def read_feed(data: bytes, where: str, *, url: str | None = None) -> Listing:
    """Return the pages of a feed.

    Args:
        data: the feed.
        where: its name, for messages.
        url: where it was fetched, for links without a host.

    Raises:
        TooLargeError: larger than a page may be.
        UnreadableError: nothing can be read.
    """
    root, wrong = parse_xml(data, where)
    headers = {"content-type": "application/xml; charset=utf-8"} | ({"content-location": url} if url else {})
    # tostring of the root leaves the document type out, and with it all declarations of entities.
    clean = etree.tostring(_addresses_only(root), encoding="utf-8", xml_declaration=False, with_tail=False)
    feed = feedparser.parse(
        BytesIO(clean), response_headers=headers, sanitize_html=False, resolve_relative_uris=bool(url)
    )
    found = [_listed(entry) for entry in feed.entries]
    if len(found) > MOST_ENTRIES:
        wrong = f"{where}: the first {MOST_ENTRIES:,} entries are used; give the page of one that is missing"
    return listing([one for one in found[:MOST_ENTRIES] if one.url], wrong, where)


def _addresses_only(root: Any) -> Any:
    """Return a copy of a feed's tree with the elements in KEPT, and MOST_ENTRIES entries and one more."""
    copy = etree.Element(_tag(root))
    entries = 0
    stack = [(root, copy)]
    while stack:
        element, copied = stack.pop()
        for part in element:
            name = local_name(part)
            if name in ENTRIES:
                entries += 1
                if entries > MOST_ENTRIES + 1:
                    break
            if name in KEPT:
                kept = etree.SubElement(copied, _tag(part), _attributes(part))
                kept.text = (part.text or "")[:LONGEST_URL]
                stack.append((part, kept))
    return copy


def _tag(element: Any) -> str:
    """Return an element's name with its namespace; without one that no copy can have (damage, no address)."""
    try:
        return str(etree.Element(element.tag).tag)
    except ValueError:
        name = local_name(element)
        return name if name in KEPT else "feed"


def _attributes(element: Any) -> dict[str, str]:
    return {name: value for name in KEPT_ATTRIBUTES if (value := element.get(name))}


def _listed(entry: Any) -> Listed:
    # dict.get: the feed library's own look-up of `updated` falls back to `published` with a warning.
    address = str(entry.get("feedburner_origlink") or entry.get("link") or "").strip()
    return Listed(url=address, changed=dict.get(entry, "updated") or entry.get("published"))
