"""The furniture of a page -> how free its article is, where the page says so ("Subscribe to continue reading").

Evidence, not truth. A page that says nothing gives None.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import cast

from onrecord.lexicon import rows
from onrecord.pages.furniture import LONGEST_FURNITURE, tidied
from onrecord.records import Access


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], Access], ...]:
    """Return the rows, each once for each of the words of which one stands in every line that it fits."""
    return tuple(
        (word, re.compile(row["pattern"]), cast(Access, row["access"]))
        for row in rows("access")
        for word in row["has"].split("|")
    )


def access_in(lines: Iterable[str]) -> tuple[Access, str] | None:
    """Return the access that one of the lines tells, and that line."""
    for line in lines:
        if len(line) > LONGEST_FURNITURE:
            continue
        tidy = tidied(line)
        for word, pattern, access in _patterns():
            if word in tidy and pattern.search(tidy):
                return access, line
    return None
