"""A plain-text dump of a page -> page and article; every line gets a role."""

import hashlib
import re

from onrecord.records import Article, Block, Origin, Page


def read_text(data: bytes, origin: Origin) -> tuple[Page, Article]:
    """Read a plain-text page."""
    text = data.decode("utf-8", "replace")
    blocks = tuple(Block(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S[^\n]*", text))
    page = Page(sha256=hashlib.sha256(data).hexdigest(), url=origin.url, outlet=origin.outlet, text=text)
    return page, Article(headline=origin.title, published=origin.published, body=text, blocks=blocks)
