"""The bytes of a robots.txt -> whether a URL may be fetched, and how long to wait between two requests.

Follows RFC 9309: a file that is not there allows everything, one that the server cannot give now allows nothing. Does
not fetch it.
"""

import math
import re

from protego import Protego

AGENT = "onrecord"
"""The name under which robots.txt speaks to this program."""

LARGEST_ROBOTS_BYTES = 512_000
"""Bytes of robots.txt that count (RFC 9309 section 2.5: 500 KiB at least)."""

MOST_LINES = 20_000
"""Lines of robots.txt that count; the longest of large sites have 3,000."""

LONGEST_DELAY_SECONDS = 300.0
"""Longest time between two requests that is waited; a site that asks for more is left alone."""

GONE = range(400, 500)


class Rules:
    """What one robots.txt says to this program."""

    def __init__(self, text: str, *, silent: str | None = None) -> None:
        self._rules = Protego.parse(text)
        self.silent = silent
        """Why nothing may be fetched at all; None when the rules are known."""

    def allow(self, url: str) -> bool:
        """Say whether a URL may be fetched."""
        return self.silent is None and self._rules.can_fetch(url, AGENT)

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for, 0 when it does not say."""
        rate = self._rules.request_rate(AGENT)
        try:
            between = rate.seconds / rate.requests if rate and rate.requests else 0.0
        except OverflowError:  # a number of 400 digits
            between = math.inf
        return max(0.0, self._rules.crawl_delay(AGENT) or 0.0, between)


def rules_of(status: int, data: bytes) -> Rules:
    """Return the rules that an answer to the request for robots.txt gives."""
    if status in GONE and status != 429:
        return Rules("")
    if not 200 <= status < 300:
        return Rules("", silent=f"robots.txt could not be read (HTTP {status})")
    text = data[:LARGEST_ROBOTS_BYTES].decode("utf-8-sig", "replace")
    if re.match(r"\s*<(?:!doctype|html)", text, re.IGNORECASE):  # an error page in place of the file
        return Rules("")
    return Rules("\n".join(text.splitlines()[:MOST_LINES]))
