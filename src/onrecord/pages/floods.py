"""The text of a page -> nothing, or an error where it is more than can be read: floods of tags, attributes and letters.

What is refused here costs the parser or the reader minutes or gigabytes. The limits lie far above every page of the
development sets. Reads nothing.
"""

import re
from collections import Counter

from onrecord.errors import TooLargeError

LARGEST_TEXT = 2_600_000
"""Characters of text of one page. The longest of 9,780 articles of the development sets has 100,000."""

MOST_TAGS = 120_000
"""Tags of one page, 40 times as many as any page of the development sets has; a page of so many takes 100 MB."""

MOST_ALIKE = 40_000
"""Tags of one name that are opened on one page; no page of the development sets has more than 3,000 tags in all."""

FEWER: dict[str, int] = {"a": 10_000, "meta": 10_000, "link": 10_000}
"""The same for tags over which the extractor takes long, or that take much memory."""

UNSUSPICIOUS_TAGS = min(FEWER.values())
"""Tags of a page up to which they are not told apart by name."""

LONGEST_RUN_BYTES = 9_900_000
"""Bytes of HTML without a tag. The parser loses what is longer than 10,000,000, and says nothing of it."""

MOST_ATTRIBUTES = 1_000
"""Attributes of one tag; the parser compares each with all before it."""

OPENED = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]{0,40})")
# What is not quoted ends at "<", where the next tag may begin: else each of many would be followed to the page's end.
ATTRIBUTE = r"""[\s/<=]++[^\s=></"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'><]*+))?+"""
MANY_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s></]*+(?:{ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")


def refuse_floods(html: str, where: str) -> None:
    """Raise TooLargeError where a page's HTML cannot be parsed in reasonable time and memory.

    Args:
        html: the decoded page.
        where: its name, for messages.
    """
    if (tags := html.count("<")) > MOST_TAGS:
        raise TooLargeError(f"{where}: {tags:,} tags, more than the {MOST_TAGS:,} read of one page; split it")
    if tags > UNSUSPICIOUS_TAGS:
        for name, count in Counter(map(str.lower, OPENED.findall(html))).items():
            if count > (most := FEWER.get(name, MOST_ALIKE)):
                says = f"{count:,} tags <{name}>, more than the {most:,} read of one page"
                raise TooLargeError(f"{where}: {says}; split it")
    # A character has at most four bytes.
    if len(html) * 4 > LONGEST_RUN_BYTES:
        longest = max(len(run.encode("utf-8", "replace")) for run in html.split("<"))
        if longest > LONGEST_RUN_BYTES:
            says = f"{longest:,} bytes without a tag, more than the {LONGEST_RUN_BYTES:,} that are read"
            raise TooLargeError(f"{where}: {says}; split it")
    if MANY_ATTRIBUTES.search(html):
        raise TooLargeError(f"{where}: a tag with {MOST_ATTRIBUTES:,} attributes or more; give the page without it")


def refuse_long(text: str, where: str) -> None:
    """Raise TooLargeError where a page has more text than is read of one."""
    if len(text) > LARGEST_TEXT:
        says = f"{len(text):,} characters of text, more than the {LARGEST_TEXT:,} read of one page"
        raise TooLargeError(f"{where}: {says}; split it")
