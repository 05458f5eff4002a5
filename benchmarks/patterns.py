"""Number patterns: short made-up texts with the figures that must come out -> share of items right, field by field.

An item is right when the multiset of (low, high) of the reader's figures is that of `expect`. Each field is then
compared over the figures whose number expressions overlap. Reads no page and prints nothing; evaluate.py does.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from onrecord.pipeline import read_bytes
from onrecord.records import Number, Origin, Reading
from score import Rows, pair_up, percent, prf, same_number, stretch, words

LIMITS = ("low", "high", "of_total")
NAMES = ("bound", "kind", "outcome", "polarity", "modality")
PHRASES = ("counted", "outcome_word", "source")


class ExpectedFigure(msgspec.Struct, frozen=True):
    """A figure that must come out of a pattern; phrases are exact substrings of its text."""

    number: str
    low: Number | None = None
    high: Number | None = None
    bound: str | None = None
    of_total: Number | None = None
    kind: str | None = None
    counted: str | None = None
    outcome: str | None = None
    outcome_word: str | None = None
    polarity: str | None = None
    modality: str | None = None
    source: str | None = None


class Pattern(msgspec.Struct, frozen=True):
    """A short text with the figures in it; none means that nothing in it is a figure."""

    id: str
    text: str
    category: str = ""
    expect: tuple[ExpectedFigure, ...] = ()


def load_patterns(path: Path) -> list[Pattern]:
    """Return the patterns of a JSON lines file.

    Raises:
        ValueError: a line is no pattern; the message names the line.
    """
    patterns = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            try:
                patterns.append(msgspec.json.decode(line, type=Pattern))
            except msgspec.DecodeError as err:
                raise ValueError(f"{path} line {number}: {err}") from err
    return patterns


def read_pattern(pattern: Pattern) -> Reading:
    """Read the text of a pattern as a plain-text page."""
    return read_bytes(pattern.text.encode(), Origin(name=pattern.id, media_type="text"))


def score_patterns(
    patterns: Iterable[Pattern], readings: Mapping[str, Reading], faults: list[str] | None = None
) -> Rows:
    """Score readings, by the id of their pattern.

    Args:
        patterns: the texts and what must come out.
        readings: what came out; a pattern without a reading counts as read empty.
        faults: where given, one line per wrong item is added to it.
    """
    items = right = found = expected = overlapping = 0
    agreed: Counter[str] = Counter()
    for pattern in patterns:
        reading = readings.get(pattern.id)
        figures = reading.figures if reading else ()
        items += 1
        wanted = Counter((rounded(one.low), rounded(one.high)) for one in pattern.expect)
        got = Counter((rounded(one.low), rounded(one.high)) for one in figures)
        if wanted == got:
            right += 1
        elif faults is not None:
            faults.append(f"{pattern.id}  {pattern.text!r}: wanted {shown(wanted)}, got {shown(got)}")
        pairs = pair_up(places(pattern), [stretch(one.number) for one in figures], lambda i, j: 0)
        found, expected, overlapping = found + len(figures), expected + len(pattern.expect), overlapping + len(pairs)
        for i, j in pairs:
            a, b = pattern.expect[i], figures[j]
            good = {name: same_number(getattr(a, name), getattr(b, name)) for name in LIMITS}
            good |= {name: getattr(a, name) == getattr(b, name) for name in NAMES}
            good |= {name: getattr(a, name) == words(pattern.text, getattr(b, name)) for name in PHRASES}
            agreed.update(name for name in good if good[name])
            agreed["whole record"] += all(good.values())
    rows: Rows = {"patterns: right": {"share": percent(right, items) if items else 0.0, "n": items}}
    rows["patterns: found"] = prf(overlapping, found, expected)
    for name in (*LIMITS, *NAMES, *PHRASES, "whole record"):
        if overlapping:
            rows[f"patterns: {name}"] = {"share": percent(agreed[name], overlapping), "n": overlapping}
    return rows


def places(pattern: Pattern) -> list[tuple[int, int] | None]:
    """Return where the expected number expressions stand, each after the one before where it does so."""
    found: list[tuple[int, int] | None] = []
    after = 0
    for one in pattern.expect:
        at = pattern.text.find(one.number, after)
        at = pattern.text.find(one.number) if at < 0 else at
        found.append(None if at < 0 else (at, at + len(one.number)))
        after = after if at < 0 else at + len(one.number)
    return found


def rounded(number: Number | None) -> Number | None:
    """Return a limit to two decimals, the precision of shares in the guideline."""
    return None if number is None else round(number, 2)


def shown(limits: Counter[tuple[Number | None, Number | None]]) -> str:
    """Return limits as low..high, an open one as nothing."""
    ends = [("" if low is None else low, "" if high is None else high) for low, high in limits.elements()]
    return ", ".join(f"{low}..{high}" for low, high in ends) or "nothing"
