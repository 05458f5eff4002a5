"""The set muc4: reports with the templates of the Fourth Message Understanding Conference -> killed and injured.

Scored as the multiset of pairs (effect, number) of a report: gold has one for each human target of each template with
the effect killed or injured, the answer one for each distinct count and each single victim of the page's totals. What
the set does not code is not answered: soldiers and fighters, clashes between armed groups, summaries of a war. From the
public definition of the scoring: of alternative fills (`5 / 6`) any is right; an optional fill or template that is
missed costs nothing, and one that is found counts as right. `N-` is at least N, `-N` at most N, `~N` about N (scored as
N), PLURAL more than one, without a number. Template slots and the mapping of templates are not scored: these rows stand
beside the slot scores of 1992 only where those answers were scored by this code.

A line is {"id", "text", "gold": {"templates": [{"template", "figures": [{"side", "number", "raw", "effects",
"optional"}]}]}}. The texts are in capitals, which the reader turns into small letters itself (reading/capitals.py).

    killed and injured    P, R, F1 of the pairs; also for each effect, and for numbers above one
"""

import re
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import msgspec

from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings, read_plain
from onrecord.intervals import value_of
from onrecord.reading.sentences import make_document
from onrecord.reading.totals import counted_figures
from onrecord.reading.totals_people import people_of
from onrecord.reading.totals_victims import named_victims
from onrecord.records import Figure, Number, Reading
from score import Tally, one_to_one
from tolls import INJURED, KILLED

EFFECTS = {"killed": KILLED, "injured": INJURED}
HUMAN = "hum"
PLURAL = "PLURAL"
OPTIONAL = "OPTIONAL"
NOTE = "scored: pairs (effect, number); no 1992 system's answers are at hand, so that their 57.4 is not re-scored here"

FIGHTERS = frozenset({"soldier", "militant"})
NO_FIGHTERS = frozenset({"civilian", "child"})
LARGEST = 100
"""Largest number of victims that is answered; larger ones are summaries, which the set does not code."""

Limits = tuple[Number | None, Number | None]
"""Lower and upper limit; an open end is None."""
ONE: Limits = (1, 1)
MANY: Limits = (2, None)
"""What PLURAL stands for; a vague word is as good."""

WRAP = re.compile(r"(?<=\S)\n(?=\S)")
"""A line break inside a paragraph: the texts begin behind a dateline, so that a first line alone looks like a title."""
NUMBER = re.compile(r"~?(\d+)|(\d+)\s*-|-\s*(\d+)|(\d+)\s*-\s*(\d+)")


class Fill(msgspec.Struct, frozen=True):
    """A target with its number and what happened to it."""

    side: str
    raw: str | None = None
    effects: tuple[str, ...] = ()
    optional: bool = False


class Template(msgspec.Struct, frozen=True):
    """An incident of a report."""

    template: str = ""
    figures: tuple[Fill, ...] = ()


class Templates(msgspec.Struct, frozen=True):
    """The incidents of a report; none where it is not relevant."""

    templates: tuple[Template, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """A report with its templates."""

    id: str
    text: str
    gold: Templates


class Pair(msgspec.Struct, frozen=True):
    """An effect with the numbers that are right for it."""

    effect: str
    numbers: tuple[Limits, ...]
    optional: bool = False


VIEWS: dict[str, Callable[[Pair], bool]] = {
    "killed and injured": lambda pair: True,
    "killed": lambda pair: pair.effect == "killed",
    "injured": lambda pair: pair.effect == "injured",
    "above one": lambda pair: pair.numbers[0] != (1, 1),
}


def measure(path: Path, settings: Settings) -> Result:
    """Read and score a file of the set."""
    reports = load_lines(path, Report, settings.first)
    faults: list[str] = []
    began = time.perf_counter()
    readings = [read_plain(report.id, WRAP.sub(" ", report.text), settings) for report in reports]
    seconds = time.perf_counter() - began
    tallies = [score_report(report, reading, faults) for report, reading in zip(reports, readings, strict=True)]
    return Result(rows_with_intervals(tallies, settings.boot), len(reports), seconds, faults, (NOTE,))


def score_report(report: Report, reading: Reading, faults: list[str]) -> Tally:
    """Score the pairs of one report."""
    tally = Tally()
    gold, found = list(gold_pairs(report.gold.templates)), answers(reading)
    fits = [(g.optional, i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if fit(g, f)]
    pairs = one_to_one((i, j) for _, i, j in sorted(fits))
    hit = {i for i, _ in pairs}
    counted = [i for i, pair in enumerate(gold) if not pair.optional or i in hit]
    for name, keep in VIEWS.items():
        right = [(i, j) for i, j in pairs if keep(gold[i])]
        taken = {j for _, j in right}
        predicted = len(right) + sum(keep(pair) and j not in taken for j, pair in enumerate(found))
        tally.count(name, len(right), predicted, sum(keep(gold[i]) for i in counted))
    faults += [f"{report.id}  missed {gold[i].effect} {gold[i].numbers}" for i in counted if i not in hit]
    extra = set(range(len(found))) - {j for _, j in pairs}
    faults += [f"{report.id}  extra {found[j].effect} {found[j].numbers[0]}" for j in sorted(extra)]
    return tally


def gold_pairs(templates: Iterable[Template]) -> Iterable[Pair]:
    """Yield the pairs of all templates; a target both killed and injured gives two."""
    for template in templates:
        for fill in template.figures:
            numbers = limits_of(fill.raw)
            if fill.side == HUMAN and numbers:
                for effect in EFFECTS:
                    if effect in fill.effects:
                        yield Pair(effect, numbers, fill.optional or OPTIONAL in template.template.upper())


def limits_of(raw: str | None) -> tuple[Limits, ...]:
    """Return the limits that each alternative of a number fill stands for."""
    found: list[Limits] = []
    for part in (raw or "").split("/"):
        text = part.strip().strip("?").strip()
        match = NUMBER.fullmatch(text)
        if text == PLURAL:
            found.append(MANY)
        elif match:
            exact, least, most, low, high = (int(group) if group else None for group in match.groups())
            found.append((exact, exact) if exact is not None else (least or low, most or high))
    return tuple(found)


def answers(reading: Reading) -> list[Pair]:
    """Return one pair for each distinct count and each single victim, as far as the set codes such incidents."""
    if reading.page is None or reading.article is None:
        return []
    document = make_document(reading.page, reading.article)
    clashes = {event.sentence.start for event in reading.events if event.type == "clash"}
    figures = [f for f in counted_figures(document, reading.figures) if coded(f, clashes)]
    groups: dict[tuple[str, Limits], Pair] = {}
    for effect, outcomes in EFFECTS.items():
        for figure in figures:
            if figure.outcome in outcomes and value_of(figure) not in (None, 0, 1) and not is_many(figure):
                limits = (figure.low, figure.high)
                groups[(effect, limits)] = Pair(effect, (limits,))
    starts = [sentence.start for sentence in document.sentences]
    victims = [victim for victim in named_victims(document) if starts[victim.sentence] not in clashes]
    people = people_of(document, figures, victims)
    singles = [Pair("killed" if "killed" in person.outcomes else "injured", (ONE,)) for person in people]
    return [*groups.values(), *singles]


def coded(figure: Figure, clashes: Collection[int]) -> bool:
    """Say whether the set codes such a figure: no fighters, no summary of a war, no clash between armed groups."""
    fighters = figure.counted_class in FIGHTERS or (
        figure.sentence.start in clashes and figure.counted_class not in NO_FIGHTERS
    )
    return not fighters and (value_of(figure) or 0) <= LARGEST


def is_many(figure: Figure) -> bool:
    """Say whether a figure is a vague word for more than one."""
    return figure.point is None and figure.bound == "vague"


def fit(gold: Pair, found: Pair) -> bool:
    """Say whether the effect is the same and the number one of the right ones."""
    return gold.effect == found.effect and found.numbers[0] in gold.numbers
