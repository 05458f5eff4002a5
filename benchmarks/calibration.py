"""Confidence of claims against how often they are right on coded pages: a reliability table.

A figure is right when its row could be copied into a ledger (the rule `ledger` of score.py), a statement when it is
found, an event when it is found with its type; a claim that gold does not have is wrong. Claims are put into ten bins
by their confidence. The expected calibration error is the mean, over claims, of the distance between a bin's mean
confidence and its share right, in percentage points. A file is one of coded pages, as for the set ledger.

    figures: 0.8-0.9            mean confidence and share right of these claims, in percent
    figures: calibration error  ECE
"""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from coded import CodedPage, load_coded, read_coded, text_of
from intervals import rows_with_intervals
from measuring import Result, Settings
from onrecord.records import Reading
from score import Finder, Rows, Tally, judge_figure, pair_events, pair_figures, pair_statements

BINS = 10
TOPICS = ("figures", "statements", "events")


class Verdict(NamedTuple):
    """A claim: its topic, how sure the reader is of it (0 to 1), and whether it is right."""

    topic: str
    confidence: float
    right: bool


def measure(path: Path, settings: Settings) -> Result:
    """Read coded pages and compare the confidence of each claim with gold."""
    pages = load_coded(path)[: settings.first]
    began = time.perf_counter()
    readings = [read_coded(page, settings.tagger) for page in pages]
    seconds = time.perf_counter() - began
    verdicts = [list(verdicts_of(page, reading)) for page, reading in zip(pages, readings, strict=True)]
    return Result(table(verdicts, settings.boot), len(pages), seconds, [])


def verdicts_of(page: CodedPage, reading: Reading) -> Iterator[Verdict]:
    """Yield a verdict on each claim of a reading."""
    finder = Finder(text_of(page, reading))
    pairs = pair_figures(page.figures, reading.figures, finder)
    good = {j for i, j in pairs if judge_figure(finder.text, page.figures[i], reading.figures[j])["ledger"]}
    yield from (Verdict("figures", one.confidence, j in good) for j, one in enumerate(reading.figures))
    good = {j for _, j in pair_statements(page.statements, reading.statements, finder)}
    yield from (Verdict("statements", one.confidence, j in good) for j, one in enumerate(reading.statements))
    pairs = pair_events(page.events, reading.events, finder)
    good = {j for i, j in pairs if page.events[i].type == reading.events[j].type}
    yield from (Verdict("events", one.confidence, j in good) for j, one in enumerate(reading.events))


def table(pages: Iterable[list[Verdict]], draws: int) -> Rows:
    """Return the reliability table: bins by rising confidence, then the error, for each topic.

    Args:
        pages: the verdicts on the claims of each page.
        draws: how often pages are drawn for the interval of the share right; 0 for none.
    """
    tallies: list[Tally] = []
    sure = Tally()
    for verdicts in pages:
        tally = Tally()
        for one in verdicts:
            name = f"{one.topic}: {bin_name(one.confidence)}"
            tally.share(name, one.right)
            sure.share(name, one.confidence)
        tallies.append(tally)
    shares, confidence = rows_with_intervals(tallies, draws), sure.rows()
    rows: Rows = {}
    for topic in TOPICS:
        names = sorted(name for name in shares if name.startswith(f"{topic}: "))
        for name in names:
            row = shares[name]
            ends = {end: row[end] for end in ("from", "to") if end in row}
            rows[name] = {"confidence": confidence[name]["share"], "right": row["share"], "n": row["n"]} | ends
        if names:
            rows[f"{topic}: calibration error"] = calibration_error([rows[name] for name in names])
    return rows


def calibration_error(bins: list[dict[str, float]]) -> dict[str, float]:
    """Return the expected calibration error over bins, in percentage points, and the number of claims."""
    n = sum(row["n"] for row in bins)
    return {"ECE": round(sum(row["n"] * abs(row["confidence"] - row["right"]) for row in bins) / n, 1), "n": n}


def bin_name(confidence: float) -> str:
    """Return the name of a claim's bin; 1 belongs to the last."""
    at = min(int(confidence * BINS), BINS - 1)
    return f"{at / BINS:.1f}-{(at + 1) / BINS:.1f}"
