"""The set newsquant: sentences with coded quantities -> F1 of the value, and of value and change, after its paper.

A quantity is right by value when the number, or both ends of a range, are the same to one part in 100,000 (Almasian et
al. 2023, CQE); pairs are one to one, best first. Change is `=`, `~` (about), `>`, `<`, `up` or `down`. Units and
concepts are not scored. A line is {"id", "text", "gold": {"quantities": [{"value", "change"}]}}.

    numbers     every number expression of the reader, durations and "15-year-old" among them; dates, clock times, bare
                ages, names with a number, ordinals, "both" and zeros in words are no quantities in the set. It writes
                "from 5 to 7" as one range and a fraction in words as a part of 1
    read        the figures that `onrecord read` reports, which leave out ages and durations, the same way
    quantulum3  the same set by that library in the same run, where it is installed; it gives the mean of a range, so
                that its means are compared, and no change
"""

import math
import time
from collections.abc import Iterable, Sequence
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import msgspec

from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings, read_plain
from onrecord.reading.quantities import Quantity as Expression
from onrecord.reading.quantities import read_quantities
from onrecord.reading.sentences import Sentence, document_of
from onrecord.records import Figure, Number, Reading
from score import Tally, one_to_one

CLOSENESS = 1e-5
"""Relative difference of values that are the same (CQE's scorer)."""

CHANGES = {"about": "~", "nearly": "~", "at_least": ">", "more_than": ">", "at_most": "<", "less_than": "<"}
"""Bound of a figure -> change of the set; all else is `=`."""

NO_QUANTITIES = frozenset({"year", "date", "clock", "ordinal", "name", "address", "phone", "score"})
"""Types of number that the set does not code (source: its 303 sentences for development)."""

WORDS_ONLY = frozenset({"no", "none", "both"})
"""Marks of a number that stands in no numeral or number word."""
MOST_PARTS = 20
"""Parts of a whole of which a fraction in words tells; a share of 33.33 is a third."""
MOST_BETWEEN = 4
"""Words between the ends of "from 21 miles a gallon to 23"."""
NO_DIRECTION = "read, change: a figure has no field for a rise or fall, so that `up` and `down` are wrong there"
NOT_INSTALLED = "quantulum3 is not installed, so that its rows are left out; pip install quantulum3"


class Value(msgspec.Struct, frozen=True):
    """Both ends of a number, the same for a single one, and its change."""

    low: float
    high: float
    change: str = "="


class GoldQuantity(msgspec.Struct, frozen=True):
    """A quantity as the set has it: `5`, `5-10`, `-1.3`, `1.99E-29`."""

    value: str
    change: str = "="

    def parsed(self) -> Value:
        """Return the value; a hyphen between two numbers makes a range."""
        text = self.value.strip()
        if "E" in text or text.startswith("-") or "-" not in text:
            return Value(float(text), float(text), self.change)
        low, high = text.split("-", 1)
        return Value(float(low), float(high), self.change)


class GoldQuantities(msgspec.Struct, frozen=True):
    """The quantities of a sentence."""

    quantities: tuple[GoldQuantity, ...] = ()


class CodedSentence(msgspec.Struct, frozen=True):
    """A sentence with its quantities."""

    id: str
    text: str
    gold: GoldQuantities


def measure(path: Path, settings: Settings) -> Result:
    """Read and score a file of the set."""
    sentences = load_lines(path, CodedSentence, settings.first)
    faults: list[str] = []
    notes = [NO_DIRECTION]
    quantulum = find_spec("quantulum3") is not None
    if not quantulum:
        notes.append(NOT_INSTALLED)
    tallies: list[Tally] = []
    seconds = 0.0
    for sentence in sentences:
        tally = Tally()
        gold = [one.parsed() for one in sentence.gold.quantities]
        began = time.perf_counter()
        reading = read_plain(sentence.id, sentence.text, settings)
        seconds += time.perf_counter() - began
        numbers = numbers_of(sentence.text)
        add(tally, "numbers", gold, numbers)
        add(tally, "read", gold, figures_of(reading))
        if quantulum:
            means = [Value(mean, mean) for one in gold for mean in [(one.low + one.high) / 2]]
            add(tally, "quantulum3", means, by_quantulum(sentence.text), change=False)
        tallies.append(tally)
        faults += shown(sentence, gold, numbers)
    return Result(rows_with_intervals(tallies, settings.boot), len(sentences), seconds, faults, tuple(notes))


def add(tally: Tally, name: str, gold: Sequence[Value], found: Sequence[Value], *, change: bool = True) -> None:
    """Add the rows of one system on one sentence."""
    pairs = paired(gold, found)
    tally.count(f"{name}: value", len(pairs), len(found), len(gold))
    if change:
        right = sum(gold[i].change == found[j].change for i, j in pairs)
        tally.count(f"{name}: value and change", right, len(found), len(gold))


def paired(gold: Sequence[Value], found: Sequence[Value]) -> list[tuple[int, int]]:
    """Return one-to-one pairs of the same value, those with the same change first."""
    fits = [(a.change != b.change, i, j) for i, a in enumerate(gold) for j, b in enumerate(found) if same_value(a, b)]
    return one_to_one((i, j) for _, i, j in sorted(fits))


def same_value(a: Value, b: Value) -> bool:
    """Say whether both ends are the same."""
    return math.isclose(a.low, b.low, rel_tol=CLOSENESS) and math.isclose(a.high, b.high, rel_tol=CLOSENESS)


def numbers_of(text: str) -> list[Value]:
    """Return the number expressions of a text that are quantities to the set."""
    found: list[Value] = []
    for sentence in document_of(text).sentences:
        kept = [one for one in read_quantities(sentence) if is_quantity(one, text)]
        values = [value_of(one, text[one.start : one.end]) for one in kept]
        for at, one in enumerate(kept):
            if at and values[at - 1] is not None and values[at] is not None and joined(sentence, kept[at - 1], one):
                before, here = values[at - 1], values[at]
                values[at] = msgspec.structs.replace(here, low=before.low) if before and here else here
                values[at - 1] = None
        found += [value for value in values if value is not None]
    return found


def figures_of(reading: Reading) -> list[Value]:
    """Return the values of the figures of a reading."""
    values = (value_of(figure, reading.words(figure.number) or "") for figure in reading.figures)
    return [value for value in values if value is not None]


def is_quantity(one: Expression, text: str) -> bool:
    """Say whether the set codes a number expression: no date, name, zero in words, "both" or age without "old"."""
    if one.non_figure in NO_QUANTITIES or one.marks & WORDS_ONLY:
        return False
    aged = text[: one.start].endswith("aged ") and one.low == one.high
    return one.non_figure != "age" or aged or "old" in text[one.start : one.end + len("-year-old")]


def joined(sentence: Sentence, before: Expression, here: Expression) -> bool:
    """Say whether two numbers are the ends of "from 5 to 7"."""
    tokens = [token.lower for token in sentence.tokens]
    opened = "from" in tokens[max(0, before.first - 1) : before.first + 1]
    between = tokens[before.last : here.first]
    return opened and len(between) <= MOST_BETWEEN and between[-1:] == ["to"]


def value_of(one: Figure | Expression, words: str) -> Value | None:
    """Return the value of a figure or number expression; None for a vague word without limits.

    The set writes "thousands" as 1,000 to 10,000, "a fifth" as 0.2 and codes no "several" or "dozens".
    """
    change = CHANGES.get(one.bound, "=")
    if isinstance(one, Expression) and one.move is not None and one.bound in ("exact", "nearly", "between"):
        change = one.move
    if one.bound == "vague" and one.low:
        ten = 10.0 ** math.floor(math.log10(one.low))
        return Value(ten, ten * 10, change) if one.low == 2 * ten else None
    low = one.high if one.low is None else one.low
    high = one.low if one.high is None else one.high
    if one.point is not None:
        low = high = one.point
    if low is None or high is None:
        return None
    if one.unit == "percent" and not words.endswith(("%", "cent", "pc", "pct")):
        low, high = (float(Fraction(end / 100).limit_denominator(MOST_PARTS)) for end in (low, high))
    return Value(low, high, change)


def by_quantulum(text: str) -> list[Value]:
    """Return the quantities that quantulum3 finds."""
    found: Iterable[Number] = (one.value for one in import_module("quantulum3.parser").parse(text))
    return [Value(value, value) for value in found]


def shown(sentence: CodedSentence, gold: Sequence[Value], found: Sequence[Value]) -> list[str]:
    """Return one line where the numbers of a sentence are not those of gold."""
    pairs = paired(gold, found)
    missed = [gold[i] for i in sorted(set(range(len(gold))) - {i for i, _ in pairs})]
    extra = [found[j] for j in sorted(set(range(len(found))) - {j for _, j in pairs})]
    if not missed and not extra:
        return []
    lost, added = (" ".join(f"{one.change}{one.low:g}..{one.high:g}" for one in side) for side in (missed, extra))
    return [f"{sentence.id}  missed {lost or 'nothing'}, extra {added or 'nothing'}: {sentence.text[:200]}"]
