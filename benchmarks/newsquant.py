"""The set newsquant: sentences with coded quantities -> F1 of the value, and of value and change, after its paper.

A quantity is right by value when the number, or both ends of a range, are the same to one part in 100,000 (Almasian et
al. 2023, CQE); pairs are one to one, best first. Change is `=`, `~` (about), `>`, `<`, `up` or `down`. Units and
concepts are not scored. A line is {"id", "text", "gold": {"quantities": [{"value", "change"}]}}.

    numbers     every number expression of the reader, ages and durations among them; dates, clock times, names with a
                number and ordinals are no quantities in the set
    read        the figures that `onrecord read` reports, which leave out ages and durations
    quantulum3  the same set by that library in the same run, where it is installed; it gives the mean of a range, so
                that its means are compared, and no change
"""

import math
import time
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import msgspec

from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings, read_plain
from onrecord.reading.quantities import Quantity as Expression
from onrecord.reading.quantities import read_quantities
from onrecord.reading.sentences import document_of
from onrecord.records import Figure, Number
from score import Tally, one_to_one

CLOSENESS = 1e-5
"""Relative difference of values that are the same (CQE's scorer)."""

CHANGES = {"about": "~", "nearly": "~", "at_least": ">", "more_than": ">", "at_most": "<", "less_than": "<"}
"""Bound of a figure -> change of the set; all else is `=`."""

NO_QUANTITIES = frozenset({"year", "date", "clock", "ordinal", "name", "address", "phone", "score"})
"""Types of number that the set does not code (source: its 303 sentences for development)."""

NO_DIRECTION = "change: a figure has no field for a rise or fall, so that `up` and `down` are always wrong"
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
        add(tally, "read", gold, [value for figure in reading.figures if (value := value_of(figure))])
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
    return [
        value
        for sentence in document_of(text).sentences
        for one in read_quantities(sentence)
        if one.non_figure not in NO_QUANTITIES and (value := value_of(one))
    ]


def value_of(one: Figure | Expression) -> Value | None:
    """Return the value of a figure or number expression; None for a vague word without limits.

    The set writes "thousands" as 1,000 to 10,000: a vague word is the power of ten it names and the next.
    """
    change = CHANGES.get(one.bound, "=")
    if one.point is not None:
        return Value(one.point, one.point, change)
    if one.bound == "vague" and one.low:
        ten = 10.0 ** math.floor(math.log10(one.low))
        return Value(ten, ten * 10, change)
    low = one.high if one.low is None else one.low
    high = one.low if one.high is None else one.high
    return None if low is None or high is None else Value(low, high, change)


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
