"""Is a number the older value of a change: "to 21 from 23", "up from 38", "against 17 the day before"?

The tokens of a sentence and where the number stands go in, yes or no comes out. Word order alone decides; whether the
newer value stands on the page is not asked (gold/GUIDELINE.md section 4: previous is the older value of a quantity).
"""

import re
from collections.abc import Sequence
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.sentences import Token

CHANGE_REACH = 12
"""Tokens before a number in which the verb of the change stands: "revised the number of those killed to 21 from 23"."""
NEWER_REACH = 8
"""Tokens between "to" and the older value behind its "from": "to 21 people from 23"."""
REPORT_REACH = 7
"""Tokens between "had earlier" or "initially" and the number: "initially put the death toll at 12"."""
CLAUSE_ENDS = frozenset({";", ":", "\u2014", "\u2013", ".", "but", "while"})
GIVING = frozenset({"put", "puts", "gave", "gives", "counted", "counts", "estimates", "estimated", "lowered", "raised"})
"""Verbs whose subject gives the count behind them."""
RELATIVES = frozenset({"who", "which"})
THE_DAY_BEFORE = re.compile(
    r"^(?: \w+){0,3} (?:(?:the|a) (?:day|week|month|year) (?:before|earlier|ago)|"
    r"the previous (?:day|week|month|year))\b"
)
"""What follows an older value behind "against": "against 17 the day before"."""
REPORTED_AFTER = re.compile(
    r"^(?: \w+){0,2} (?:(?:previously|earlier|initially|originally|first) )?"
    r"(?:reported|given|announced|counted|estimated|put out|stated)\b"
)
"""What follows an older value behind "than the": "more than the 17 reported on Monday"."""


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("older_values") if row["kind"] == kind)


def gives_count(between: Sequence[str]) -> bool:
    """Say whether words between a source and a number give a count: "lowered the toll to", "put the toll at"."""
    return not (_words("count") | GIVING).isdisjoint(between)


def is_older(tokens: tuple[Token, ...], start: int, end: int, *, shares: bool) -> bool:
    """Say whether the number at the characters start to end is the older value of a change.

    shares says that its outcome is that of a number before it or of a noun such as "toll".
    """
    before = [token.lower for token in tokens if token.end <= start]
    after = [token.lower for token in tokens if token.start >= end]
    if not before:
        return False
    return _from(before, after, shares) or _compared(before, after, shares) or _once_said(before, after)


def _from(before: list[str], after: list[str], shares: bool) -> bool:
    """Read "up from 38", "from 60 to 53", "to 53, from 60"."""
    if before[-1] != "from":
        return False
    near = before[-CHANGE_REACH - 1 : -1]
    if near[-1:] and near[-1] in _words("direction"):
        return True
    changes = not _words("change").isdisjoint(near)
    if "to" in after[:6] and changes:
        return True
    newer = [at for at, word in enumerate(near[-NEWER_REACH:]) if word == "to"]
    return bool(newer) and (changes or (shares and near[-2:-1] == ["to"]))


def _compared(before: list[str], after: list[str], shares: bool) -> bool:
    """Read "compared with 7", "against 17 the day before", "more than the 17 reported"."""
    if before[-2:] in (["compared", "with"], ["compared", "to"]):
        return True
    following = "".join(f" {word}" for word in after[:8])
    if before[-1] in ("against", "versus"):
        return shares or THE_DAY_BEFORE.search(following) is not None
    if before[-2:] in (["than", "the"], ["from", "the"]):
        return REPORTED_AFTER.search(following) is not None
    return False


def _once_said(before: list[str], after: list[str]) -> bool:
    """Read "initially 12", "an earlier toll of 23", "had earlier put at 28", "who had said 12, lowered it to 10"."""
    if before[-1] in ("previously", "initially", "originally"):
        return True
    if before[-1] == "of" and before[-2:-1] and before[-2] in _words("count"):
        return not _words("count_mark").isdisjoint(before[-6:-2])
    clause = _clause(before)[-REPORT_REACH:]
    reports = [at for at, word in enumerate(clause) if word in _words("report")]
    if not reports:
        return False
    opened = clause[: reports[-1]]
    if not _words("first").isdisjoint(opened):
        return True
    if not RELATIVES.isdisjoint(opened) and _changes_to(after):
        return True
    return "had" in opened and not _words("ago").isdisjoint(opened[opened.index("had") :])


def _changes_to(after: list[str]) -> bool:
    """Say whether a verb of change with its newer value follows: ", corrected the toll to nine"."""
    changed = next((at for at, word in enumerate(after) if word in _words("change")), None)
    return changed is not None and after[changed - 1] == "," and "to" in after[changed + 1 : changed + CHANGE_REACH]


def _clause(before: list[str]) -> list[str]:
    """Return the words of the clause before a number."""
    ends = [at for at, word in enumerate(before) if word in CLAUSE_ENDS]
    return before[ends[-1] + 1 :] if ends else before
