"""The set series: dated articles with coded figures and revisions -> how well the package tells figures over time.

A file ..._articles.jsonl is as for the set stories; ..._series.jsonl (the coded figures) and ..._revisions.jsonl (which
figure follows which) stand beside it. Articles are read and made into stories; each story is told. Rows, in percent,
for all articles and, as `unseen: ...`, for those that are not among the coded training pages (`in_gold_train`):

    rows read       coded figures of which the reader found one with this outcome and these limits: the ceiling
    rows found      coded figures that are points of a series
    revisions       R: coded revisions and conflicts of which both ends are points of one series and the later one says
                    so; P: points called revised, corrected or conflicting, on coded articles and outcomes, that are the
                    later end of a coded one
    wrong scope     coded pairs of different scope that stand in one series with such a state (a count, no percentage)

They agree with the shared scorer of the coded stories.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from clustered import Line, scores
from lines import load_lines
from measuring import Result, Settings
from onrecord.pipeline import read_bytes
from onrecord.records import Number, Origin, PointState, Reading
from onrecord.stories.accounts import account_of
from onrecord.stories.clusters import Stories
from onrecord.stories.origins import text_origin
from onrecord.stories.reports import Report, Telling
from onrecord.stories.telling import telling
from score import Rows

CHANGED: frozenset[PointState] = frozenset({"revised_up", "revised_down", "corrected", "conflicting"})
RIGHT: dict[str, frozenset[PointState]] = {
    "revised_up": frozenset({"revised_up", "corrected"}),
    "revised_down": frozenset({"revised_down", "corrected"}),
    "conflict_same_day": frozenset({"conflicting", "revised_up", "revised_down"}),
}
"""States that say what a coded revision says; coded pairs of another kind are of different scope."""

Key = tuple[str, str, Number | None, Number | None]
"""Article, outcome, low and high."""


class Dated(Line, frozen=True):
    """An article; in_gold_train says that the reader may have learned from it."""

    in_gold_train: bool = False


class End(msgspec.Struct, frozen=True):
    """A coded figure of an article."""

    id: str
    low: Number | None
    high: Number | None


class CodedRow(End, frozen=True):
    """A coded figure with its outcome."""

    outcome: str


class CodedRevision(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """Two coded figures, the later one last, and what they say of each other."""

    outcome: str
    kind: str
    before: End
    after: End


def measure(path: Path, settings: Settings) -> Result:
    """Read, group and tell dated articles, and score their series."""
    lines = load_lines(path, Dated, settings.first)
    began = time.perf_counter()
    readings = [read_line(line, settings) for line in lines]
    told = tellings(readings)
    seconds = time.perf_counter() - began
    rows = load_lines(path.with_name(path.name.replace("_articles", "_series")), CodedRow)
    revisions = load_lines(path.with_name(path.name.replace("_articles", "_revisions")), CodedRevision)
    return Result(scored(lines, readings, told, rows, revisions), len(lines), seconds, [])


def read_line(line: Line, settings: Settings) -> Reading:
    """Read an article as `onrecord add --manifest` does."""
    origin = Origin(name=line.id, title=line.title, published=line.published, outlet=line.outlet, media_type="text")
    return read_bytes(line.text.encode(), origin, tagger=settings.tagger)


def tellings(readings: Iterable[Reading]) -> list[Telling]:
    """Make stories of readings, each its own article, and tell each of them."""
    by_id = {reading.id: reading for reading in readings}
    stories = Stories()
    for reading in by_id.values():
        stories.add(account_of(reading))
    return [
        telling(
            [
                Report(
                    reading=by_id[article.id],
                    reported=article.published,
                    copy_of=article.copy_of,
                    agency=text_origin(account_of(by_id[article.id])),
                )
                for article in story.articles
            ]
        )
        for story in stories
    ]


def scored(
    lines: Sequence[Dated],
    readings: Sequence[Reading],
    told: Sequence[Telling],
    rows: Sequence[CodedRow],
    revisions: Sequence[CodedRevision],
) -> Rows:
    """Return the rows of the set for all articles and for those that the reader has not seen."""
    read = {(one.id, f.outcome, f.low, f.high) for one in readings for f in one.figures}
    points = points_of(told)
    found: Rows = {}
    for name, kept in (
        ("", {line.id for line in lines}),
        ("unseen: ", {line.id for line in lines if not line.in_gold_train}),
    ):
        coded = [row for row in rows if row.id in kept]
        pairs = [one for one in revisions if one.before.id in kept and one.after.id in kept]
        for label, there in (("rows read", read), ("rows found", set(points))):
            hits = sum(_key(row, row.outcome) in there for row in coded)
            found[name + label] = {"R": round(100 * hits / max(1, len(coded)), 1), "n": len(coded)}
        found[name + "revisions"], found[name + "wrong scope"] = _changes(coded, pairs, points)
    return found


def points_of(told: Iterable[Telling]) -> dict[Key, dict[tuple[int, int], set[PointState]]]:
    """Return the states of each figure in each series."""
    points: dict[Key, dict[tuple[int, int], set[PointState]]] = defaultdict(lambda: defaultdict(set))
    for story, one in enumerate(told):
        for number, series in enumerate(one.series):
            for point in series.points:
                points[point.article, series.outcome, point.low, point.high][story, number].add(point.state)
    return points


def _key(end: End, outcome: str) -> Key:
    return (end.id, outcome, end.low, end.high)


def _changes(
    rows: Sequence[CodedRow],
    revisions: Sequence[CodedRevision],
    points: Mapping[Key, Mapping[tuple[int, int], set[PointState]]],
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the rows of revisions and of wrong scope."""
    real = [one for one in revisions if one.kind in RIGHT]
    later = {_key(one.after, one.outcome) for one in real}
    coded = {(row.id, row.outcome) for row in rows}
    called = [key for key, at in points.items() if key[:2] in coded and any(states & CHANGED for states in at.values())]

    def says(one: CodedRevision, states: frozenset[PointState]) -> bool:
        before, after = (points.get(_key(end, one.outcome), {}) for end in (one.before, one.after))
        return any(series in before and at & states for series, at in after.items())

    good = sum(says(one, RIGHT[one.kind]) for one in real)
    apart = [one for one in revisions if one.kind not in RIGHT]
    row = scores(sum(key in later for key in called) / (len(called) or 1), good / (len(real) or 1), len(real))
    return row, {"wrong": sum(says(one, CHANGED) for one in apart), "n": len(apart)}
