"""Which figures a count leaves out in so many words: "31 people, not including two attackers".

The words of a sentence and the figures of a page go in, the ids of the figures left out come out, by the figure that
leaves them out. "Not counting the attacker" gives nothing where the attacker is no figure on the page.
"""

import re
from collections.abc import Sequence
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.sentences import Document
from onrecord.records import Figure, Span

WHOLE_KINDS = frozenset({"total", "running_total"})
JOINED = re.compile(r"\s*(?:the |its |their )?")
"""What stands at most between "not counting" and the number left out."""
NOUN = re.compile(r"\s+(?:the|its|their) (?P<noun>\w+)")
AND = re.compile(r"[^.;,]{0,40}(?: and| or) (?:the )?")
"""What stands between two numbers that are left out together: "not counting the gunman and two hostages"."""


@cache
def _openers() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple(
        (re.compile(rf"\b(?:{row['pattern']})\b", re.IGNORECASE), row["strength"] == "strong")
        for row in rows("exclusions")
    )


def left_out(document: Document, figures: Sequence[Figure]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the figures that a full count leaves out, by the id of the count.

    The count is the last one before the words in their sentence, else the first behind them, else the last one of the
    sentence before ("The toll does not include the two pilots").
    """
    by_sentence: dict[Span, list[Figure]] = {}
    for figure in figures:
        by_sentence.setdefault(figure.sentence, []).append(figure)
    found: dict[str, tuple[str, ...]] = {}
    earlier: list[Figure] = []
    for sentence, here in by_sentence.items():
        for opener, strong in _openers():
            for match in opener.finditer(document.text, sentence.start, sentence.end):
                out = _behind(document.text, match.end(), here) or _meant(document.text, match.end(), figures)
                whole = _whole(match.start(), out, here, earlier, strong=strong) if out else None
                if whole is not None:
                    found[whole.id] = (*found.get(whole.id, ()), *(figure.id for figure in out))
        earlier = here
    return found


def _behind(text: str, at: int, here: Sequence[Figure]) -> list[Figure]:
    """Return the figures that stand right behind a character, and those joined to them."""
    out: list[Figure] = []
    for figure in here:
        gap = text[at : figure.number.start] if figure.number.start >= at else None
        if (
            gap is not None
            and (AND if out else JOINED).fullmatch(gap)
            and (not out or out[0].outcome == figure.outcome)
        ):
            out.append(figure)
            at = figure.number.end
    return out


def _meant(text: str, at: int, figures: Sequence[Figure]) -> list[Figure]:
    """Return the person told of elsewhere whose noun stands right behind a character: "not counting the gunman"."""
    noun = NOUN.match(text, at)
    if noun is None:
        return []
    same = [
        figure
        for figure in figures
        if figure.low == figure.high == 1
        and figure.outcome == "killed"
        and figure.counted is not None
        and figure.counted.of(text).lower().split()[-1] == noun["noun"].lower()
    ]
    return same[:1]


def _whole(
    at: int, out: Sequence[Figure], here: Sequence[Figure], earlier: Sequence[Figure], *, strong: bool
) -> Figure | None:
    """Return the full count that leaves out these figures."""
    whole = [f for f in here if f.kind in WHOLE_KINDS and f not in out and f.outcome != "none"]
    before = [f for f in whole if f.number.end <= at]
    behind = [f for f in whole if f.number.start > max(at, out[-1].number.end)]
    told = [f for f in earlier if f.kind in WHOLE_KINDS and f.outcome == out[0].outcome]
    best = before[-1:] or behind[:1] or told[-1:]
    if not best or not (strong or best[0].outcome == out[0].outcome):
        return None
    return best[0]
