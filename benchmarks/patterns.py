"""Number patterns: short made-up texts with the figures that must come out -> share of items right, field by field.

An item is right when the multiset of (low, high) of the reader's figures is that of `expect`; `records right` asks for
the same bound, of_total, kind, outcome, polarity and modality too. Each field is then compared over the figures whose
number expressions overlap.
"""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings
from onrecord.pipeline import read_bytes
from onrecord.reading.tagger import Tagger
from onrecord.records import Figure, Number, Origin, Reading
from score import Rows, Tally, pair_up, same_number, stretch, total, words

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
    return load_lines(path, Pattern)


def read_pattern(pattern: Pattern, tagger: Tagger | None = None) -> Reading:
    """Read the text of a pattern as a plain-text page."""
    return read_bytes(pattern.text.encode(), Origin(name=pattern.id, media_type="text"), tagger=tagger)


def measure(path: Path, settings: Settings) -> Result:
    """Read and score a file of patterns."""
    patterns = load_patterns(path)[: settings.first]
    began = time.perf_counter()
    readings = [read_pattern(pattern, settings.tagger) for pattern in patterns]
    seconds = time.perf_counter() - began
    faults: list[str] = []
    tallies = [score_pattern(pattern, reading, faults) for pattern, reading in zip(patterns, readings, strict=True)]
    return Result(rows_with_intervals(tallies, settings.boot), len(patterns), seconds, faults)


def score_patterns(
    patterns: Iterable[Pattern], readings: Mapping[str, Reading], faults: list[str] | None = None
) -> Rows:
    """Score readings, by the id of their pattern.

    Args:
        patterns: the texts and what must come out.
        readings: what came out; a pattern without a reading counts as read empty.
        faults: where given, one line per wrong item is added to it.
    """
    return total(score_pattern(pattern, readings.get(pattern.id), faults) for pattern in patterns).rows()


def score_pattern(pattern: Pattern, reading: Reading | None, faults: list[str] | None = None) -> Tally:
    """Score the reading of one pattern; None counts as read empty."""
    tally = Tally()
    figures = reading.figures if reading else ()
    wanted = Counter((rounded(one.low), rounded(one.high)) for one in pattern.expect)
    got = Counter((rounded(one.low), rounded(one.high)) for one in figures)
    tally.share("patterns: right", wanted == got)
    tally.share("patterns: records right", Counter(map(record_of, pattern.expect)) == Counter(map(record_of, figures)))
    if wanted != got and faults is not None:
        faults.append(f"{pattern.id}  {pattern.text!r}: wanted {shown(wanted)}, got {shown(got)}")
    pairs = pair_up(places(pattern), [stretch(one.number) for one in figures], lambda i, j: 0)
    tally.count("patterns: found", len(pairs), len(figures), len(pattern.expect))
    for i, j in pairs:
        a, b = pattern.expect[i], figures[j]
        good = {name: same_number(getattr(a, name), getattr(b, name)) for name in LIMITS}
        good |= {name: getattr(a, name) == getattr(b, name) for name in NAMES}
        good |= {name: getattr(a, name) == words(pattern.text, getattr(b, name)) for name in PHRASES}
        for name, right in good.items():
            tally.share(f"patterns: {name}", right)
        tally.share("patterns: whole record", all(good.values()))
    return tally


def record_of(figure: ExpectedFigure | Figure) -> tuple[object, ...]:
    """Return the limits and closed values of a figure, to compare the figures of a text as a set."""
    return (*(rounded(getattr(figure, name)) for name in LIMITS), *(getattr(figure, name) for name in NAMES))


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
