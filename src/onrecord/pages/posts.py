"""The embedded posts of a page -> whose words they are: author, handle and day as the post's signature gives them.

A post ends in a line such as "- Ana Reyes (@anareyes) May 3, 2025", or begins with its author's handle alone.
Looks at blocks with the role embed only.
"""

import re
from collections.abc import Iterator, Sequence

from onrecord.records import Block, Post

SIGNATURE = re.compile(
    r"(?:^|\n|\s)[\u2014\u2013-]{1,2}\s*+(?P<author>\S[^\n]{0,79}?)\s*\((?P<handle>@[\w.]{1,40}(?:@[\w.]+)?)\)\s*+"
    r"(?P<posted>[^\n]{0,40})$"
)
"""The last line that networks give a post in the code they hand out for embedding (source: their own help pages)."""

SHARED_BY = re.compile(
    r"A post shared by\s++(?P<author>[^\s(][^\n(]{0,79}?)\s*\((?P<handle>@[\w.]{1,40})\)(?P<posted>)\s*$"
)

POSTED_BY = re.compile(
    r"(?:^|\n|\s)Post(?:ed)? by\s++(?:(?P<handle>@[\w.]{1,40}(?:@[\w.-]{1,80})?)|(?P<author>[^\s@\n][^\n]{0,79}?))"
    r"(?:\s+on\s+(?P<posted>[^\n]{0,40}))?$"
)
HANDLE_ALONE = re.compile(r"@[\w.]{1,40}")


def find_posts(text: str, blocks: Sequence[Block]) -> tuple[Post, ...]:
    """Return the posts in text order; the blocks before a signature that no other signature claims are its words."""
    return tuple(_posts(text, blocks))


def _posts(text: str, blocks: Sequence[Block]) -> Iterator[Post]:
    start: int | None = None
    end = 0
    handle: str | None = None
    for block in blocks:
        if block.role != "embed":
            if start is not None:
                yield Post(start=start, end=end, handle=handle)
            start = handle = None
            continue
        words = text[block.start : block.end]
        if HANDLE_ALONE.fullmatch(words):
            if start is not None:
                yield Post(start=start, end=end, handle=handle)
            start, handle = block.start, words
        start = block.start if start is None else start
        end = block.end
        signed = SIGNATURE.search(words) or SHARED_BY.search(words) or POSTED_BY.search(words)
        if signed:
            yield Post(
                start=start,
                end=end,
                author=signed["author"],
                handle=signed["handle"] or handle,
                posted=signed["posted"] or None,
            )
            start = handle = None
    if start is not None:
        yield Post(start=start, end=end, handle=handle)
