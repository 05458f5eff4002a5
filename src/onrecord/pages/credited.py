"""The credit lines of an article -> reporters and editors by name: "(Reporting by A in B; Editing by C)".

Takes lines that `credits.credit_line` knows as credits; agencies are left out, they are the wire credits.
"""

import re
from collections.abc import Sequence

from onrecord.pages.credits import IN_CREDITS, NAME, NO_NAMES, agencies

WORK = re.compile(
    r"\b(?P<reports>(?:additional |further |extra )?(?:reporting|reported|writing|written|report|compiled|research)"
    r"(?: and (?:writing|reporting))?|contributions?)?(?:\s+and\s+)?(?P<edits>(?:photo )?(?:editing|edited))?\s*"
    r"(?:\bby\b|\bfrom\b|:)\s*",
    re.I,
)
CONTRIBUTED = re.compile(r"^[(\[*\s]*(?P<names>[^.]{2,300}?)\s+(?:also |all )?(?:contributed|provided)\b")
WHERE = re.compile(r"\s+(?:in|from|at)\s+")
PARTS = re.compile(r"\s*(?:,|;|&|\band\b)\s*")


def reporters_and_editors(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the reporters and the editors that credit lines name, in order, each once."""
    reporters: dict[str, None] = {}
    editors: dict[str, None] = {}
    for line in lines:
        words = " ".join(line.split())
        contributed = CONTRIBUTED.match(words)
        if contributed and not WORK.match(words.lstrip("([* ")):
            reporters.update(dict.fromkeys(_names(contributed["names"])))
            continue
        found = [m for m in WORK.finditer(words) if m["reports"] or m["edits"]]
        for i, work in enumerate(found):
            names = _names(words[work.end() : found[i + 1].start() if i + 1 < len(found) else len(words)])
            if work["reports"]:
                reporters.update(dict.fromkeys(names))
            if work["edits"]:
                editors.update(dict.fromkeys(names))
    return tuple(reporters), tuple(editors)


def _names(words: str) -> list[str]:
    """Return the personal names of a list such as "A and B in Port Vale, C"; what stands after "in" is no name."""
    found = []
    for part in PARTS.split(words.strip(" ()[].;*")):
        name = WHERE.split(part)[0].strip(" ()[].;*")
        small = {word.lower() for word in name.split()}
        if (
            len(name.split()) < 2
            or not NAME.fullmatch(name)
            or small & (NO_NAMES | IN_CREDITS - {"de", "van", "von", "al", "the"})
        ):
            continue
        if not agencies(name):
            found.append(name)
    return found
