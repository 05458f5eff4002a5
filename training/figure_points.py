"""Coded pages that a model has not seen -> the points of lexicon/figure_points.tsv.

    python training/figure_points.py --model build/first-onnx gold/fiction.jsonl gold/offsets.jsonl
    python training/figure_points.py --check --model build/first-onnx gold/fiction.jsonl gold/offsets.jsonl

The model is the one after the first cycle (training/README.md), which left those pages out: of pages that it has learnt
a model is surer than it should be. Two fits: a conditional logistic regression over the outcomes of each figure, and
one of being part of a toll over the numbers that then have an outcome of the list, numbers that no coder took among
them. Both have a ridge. --folds tells what the points of other pages give. Features are kept by hand: only the cells of
the column `points` change. Exit status 1 when --check finds a row that differs.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from point_tables import LEXICON, fit_table

from coded import CodedPage, origin_of
from onrecord.pipeline import capture
from onrecord.reading.background import History
from onrecord.reading.figure_kinds import TOLL_FREE, TOLL_KINDS
from onrecord.reading.figure_points import Ruled, outcome_features, toll_features
from onrecord.reading.model_figures import candidates
from onrecord.reading.model_layers import OUTCOMES
from onrecord.reading.model_tagger import ModelTagger
from onrecord.reading.sentences import make_document
from onrecord.reading.tagger import LEAST_CHANCE, Chances
from score import Finder, is_toll, pair_up

TABLE = LEXICON / "figure_points.tsv"

RIDGE = 1.4
"""Penalty on half the squared weight of a feature; 0.5 and 2 fit as well."""

STEPS, FOLDS = 12, 5
"""Newton steps at most; parts of the pages that are measured with the points of the others."""

Array = np.ndarray[Any, Any]


class Example(msgspec.Struct, frozen=True):
    """A number on a coded page: what model and rules say; what the coder says, None where no coder took it."""

    page: str
    outcomes: Chances
    part: float
    ruled: Ruled
    outcome: str | None
    toll: bool


def examples_of(page: CodedPage, tagger: ModelTagger) -> Iterator[Example]:
    """Yield the numbers of a page that the reader keeps."""
    text, article = capture(page.data(), origin_of(page))
    document = make_document(text, article)
    decoded = tagger.decode(document)
    found, history, finder = candidates(document, decoded), History(document), Finder(text.text)
    places = [finder.take(figure.number, figure.sentence, "number", figure.counted) for figure in page.figures]
    pairs = pair_up(places, [(one.start, one.end) for one in found], lambda i, j: 0)
    gold = {j: page.figures[i] for i, j in pairs}
    for j, one in enumerate(found):
        kinds = decoded.probabilities("kind", one.word)
        quantity = one.counted.quantity if one.counted is not None else None
        coded = gold.get(j)
        yield Example(
            page=page.id,
            outcomes=decoded.probabilities("outcome", one.word),
            part=sum(kinds[name] for name in TOLL_KINDS),
            ruled=one.seen(history.weight(one.sentence, quantity)),
            outcome=coded.outcome if coded is not None else None,
            toll=coded is not None and is_toll(coded),
        )


# --- fitting -------------------------------------------------------------------------------------------------------


def outcome_table(examples: Sequence[Example], names: Sequence[str]) -> Array:
    """Return the features of every outcome of every example, [examples, outcomes, features]."""
    column = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(examples), len(OUTCOMES), len(names)))
    for row, example in enumerate(examples):
        for at, outcome in enumerate(OUTCOMES):
            table[row, at, column["outcome:model"]] = np.log(example.outcomes[outcome] + LEAST_CHANCE)
            for name in outcome_features(outcome, example.ruled):
                if name in column:
                    table[row, at, column[name]] = 1.0
    return table


def shares(table: Array, weights: Array) -> Array:
    """Return the probability of every choice, [examples, choices]."""
    odds = table @ weights
    odds -= odds.max(axis=1, keepdims=True)
    found = np.exp(odds)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def fit_choice(table: Array, chosen: Array) -> Array:
    """Return the weights of a conditional logistic regression with a ridge, by Newton's method with halved steps."""
    weights = np.zeros(table.shape[2])
    rows = np.arange(len(table))

    def loss(at: Array) -> float:
        chance = np.maximum(shares(table, at)[rows, chosen], 1e-300)
        return float(-np.log(chance).sum() + 0.5 * RIDGE * (at @ at))

    now = loss(weights)
    for _ in range(STEPS):
        chance = shares(table, weights)
        mean = np.einsum("nk,nkd->nd", chance, table)
        slope = mean.sum(axis=0) - table[rows, chosen].sum(axis=0) + RIDGE * weights
        flat = table.reshape(-1, table.shape[2])
        curve = (flat * chance.reshape(-1, 1)).T @ flat - mean.T @ mean + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while loss(weights - size * step) > now and size > 1e-3:
            size /= 2
        weights = weights - size * step
        now = loss(weights)
    return weights


def fit(examples: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """Return the weight of every feature, in units of log odds."""
    of_outcomes = [name for name in names if name.startswith("outcome:")]
    of_tolls = [name for name in names if name.startswith("toll:")]
    coded = [example for example in examples if example.outcome in OUTCOMES]
    chosen = np.array([OUTCOMES.index(example.outcome or "none") for example in coded])
    weights = fit_choice(outcome_table(coded, of_outcomes), chosen)
    found = dict(zip(of_outcomes, weights.tolist(), strict=True))
    listed = [example for example in examples if best_outcome(example, found) not in TOLL_FREE]
    plain = np.array([[toll_features(one.part, one.ruled)[name] for name in of_tolls] for one in listed])
    table = np.stack([plain, np.zeros_like(plain)], axis=1)
    weights = fit_choice(table, np.array([0 if one.toll else 1 for one in listed]))
    return found | dict(zip(of_tolls, weights.tolist(), strict=True))


def in_order(examples: Sequence[Example], names: Sequence[str]) -> list[float]:
    """Return the weights of some features in the order of their names."""
    weights = fit(examples, names)
    return [weights[name] for name in names]


# --- measuring -----------------------------------------------------------------------------------------------------


def best_outcome(example: Example, weights: dict[str, float]) -> str:
    """Return the likeliest outcome of an example."""
    names = [name for name in weights if name.startswith("outcome:")]
    odds = outcome_table([example], names)[0] @ np.array([weights[name] for name in names])
    return OUTCOMES[int(odds.argmax())]


def called_toll(example: Example, weights: dict[str, float]) -> bool:
    """Say whether an example comes out as part of a toll."""
    if best_outcome(example, weights) in TOLL_FREE:
        return False
    return sum(weights[name] * value for name, value in toll_features(example.part, example.ruled).items()) >= 0.0


def report(examples: Sequence[Example], names: Sequence[str]) -> str:
    """Return one line of what the points of the other pages give for each page."""
    pages = sorted({example.page for example in examples})
    part = {page: at % FOLDS for at, page in enumerate(pages)}
    tolls = right = called = both = 0
    for fold in range(FOLDS):
        weights = fit([one for one in examples if part[one.page] != fold], names)
        for one in (one for one in examples if part[one.page] == fold):
            toll = called_toll(one, weights)
            called += toll
            tolls += one.toll
            both += toll and one.toll
            right += one.toll and best_outcome(one, weights) == one.outcome
    return (
        f"{len(pages)} pages, {tolls} toll rows found: outcome right {100 * right / tolls:.1f} %, "
        f"called a toll P {100 * both / called:.1f} R {100 * both / tolls:.1f}"
    )


def main() -> int:
    """Fit, say what changes, write."""
    return fit_table((__doc__ or "").split("\n")[0], TABLE, examples_of, in_order, report)


if __name__ == "__main__":
    raise SystemExit(main())
