"""Coded pages -> the points of lexicon/place_points.tsv, by which the place of a figure is chosen.

    python training/place_points.py --model build/first-onnx gold/fiction.jsonl gold/offsets.jsonl \
        ../shared/gold/train.jsonl
    python training/place_points.py --check --folds --model build/first-onnx PAGES...

The model is the one after the first cycle, as for figure_points.py: it has not seen the first two files. It has learnt
the third, but most features are of words and distances, which do not know that. The fit is a conditional logistic
regression with a ridge: of the phrases of a page those with the coded head are right, whichever of them it is; "no
place" is right where the coder gives none. Figures whose place is no phrase are left out, those of no toll count half.
--folds tells what the points of other pages give. Features are kept by hand: only the cells of the column `points`
change. Exit status 1 when --check finds a row that differs.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from point_tables import LEXICON, fit_table

from coded import CodedPage, origin_of
from onrecord.pipeline import capture
from onrecord.reading.background import History
from onrecord.reading.mention_rules import Mentions, tag_mentions
from onrecord.reading.model_figures import candidates, judge, run_of
from onrecord.reading.model_statements import tag_said
from onrecord.reading.model_tagger import ModelTagger
from onrecord.reading.place_choices import Features, place_phrases
from onrecord.reading.place_points import PlaceChoices, likeliest
from onrecord.reading.sentences import make_document
from onrecord.reading.tagger import TaggingBuilder
from score import Finder, head, is_toll, pair_up

TABLE = LEXICON / "place_points.tsv"

RIDGE = 3.0
"""Penalty on half the squared weight of a feature; 1 and 10 fit as well."""

NO_TOLL = 0.5
"""Weight of a figure that is part of no toll; the place of tolls is what is asked for most."""

STEPS, FOLDS = 12, 5
"""Newton steps at most; parts of the pages that are measured with the points of the others."""

Array = np.ndarray[Any, Any]


class Example(msgspec.Struct, frozen=True):
    """A coded figure: features of its phrases, "no place" last; which of them are right; the heads of the phrases."""

    page: str
    heads: list[str]
    choices: list[Features]
    right: list[bool]
    toll: bool


def examples_of(page: CodedPage, tagger: ModelTagger) -> Iterator[Example]:
    """Yield the coded figures of a page that the reader finds."""
    text, article = capture(page.data(), origin_of(page))
    document = make_document(text, article)
    decoded, builder = tagger.decode(document), TaggingBuilder()
    tag_said(document, decoded, builder)
    tag_mentions(document, builder)
    spans, found = builder.spans(), candidates(document, decoded)
    numbers = [(run_of(decoded, one), one.sentence) for one in found]
    phrases = place_phrases(document, decoded, spans)
    choices = PlaceChoices(document, decoded, numbers, phrases, Mentions(document, spans))
    heads = [head(text.text[one.run.start : one.run.end]) for one in phrases]
    history, finder = History(document), Finder(text.text)
    places = [finder.take(figure.number, figure.sentence, "number", figure.counted) for figure in page.figures]
    for i, j in pair_up(places, [(one.start, one.end) for one in found], lambda i, j: 0):
        figure, one = page.figures[i], found[j]
        quantity = one.counted.quantity if one.counted is not None else None
        side = judge(decoded, one, history.weight(one.sentence, quantity)).side
        pairs = list(choices.pairs(j))
        yield Example(
            page=page.id,
            heads=[phrases[n].head for n, _ in pairs],
            choices=[phrases[n].features | tied for n, tied in pairs] + [choices.none(j, side)],
            right=[bool(figure.place) and heads[n] == head(figure.place) for n, _ in pairs] + [not figure.place],
            toll=is_toll(figure),
        )


# --- fitting -------------------------------------------------------------------------------------------------------


class Table:
    """Examples as rows of numbers, one a choice; first is the row of the first choice of each example."""

    def __init__(self, examples: Sequence[Example], names: Sequence[str]) -> None:
        column = {name: at for at, name in enumerate(names)}
        sizes = [len(example.choices) for example in examples]
        self.first = np.cumsum([0, *sizes[:-1]])
        self.owner = np.repeat(np.arange(len(examples)), sizes)
        self.right = np.array([right for example in examples for right in example.right], dtype=float)
        self.rows = np.zeros((len(self.owner), len(names)))
        choices = (features for example in examples for features in example.choices)
        for row, features in enumerate(choices):
            for name in features.keys() & column.keys():
                self.rows[row, column[name]] = features[name]
        counts = np.array([1.0 if example.toll else NO_TOLL for example in examples])
        self.weights = counts * (self.sums(self.right) > 0)

    def sums(self, values: Array) -> Array:
        """Return the sums of the rows of each example."""
        return np.asarray(np.add.reduceat(values, self.first, axis=0))

    def shares(self, weights: Array) -> Array:
        """Return the probability of every choice."""
        odds = self.rows @ weights
        found = np.exp(odds - np.maximum.reduceat(odds, self.first)[self.owner])
        return np.asarray(found / self.sums(found)[self.owner])


def fit(examples: Sequence[Example], names: Sequence[str]) -> Array:
    """Return the weight of every feature, in log odds: Newton's method with halved steps."""
    table, weights = Table(examples, names), np.zeros(len(names))

    def loss(at: Array) -> float:
        right = np.maximum(table.sums(table.shares(at) * table.right), 1e-300)
        return float(-(table.weights * np.log(right)).sum() + 0.5 * RIDGE * (at @ at))

    now = loss(weights)
    for _ in range(STEPS):
        chance = table.shares(weights)
        right = chance * table.right
        right /= np.maximum(table.sums(right), 1e-300)[table.owner]
        each = table.weights[table.owner]
        slope = ((chance - right) * each) @ table.rows + RIDGE * weights
        mean = table.sums(table.rows * chance[:, None])
        curve = (table.rows * (chance * each)[:, None]).T @ table.rows - (mean * table.weights[:, None]).T @ mean
        step = np.linalg.solve(curve + RIDGE * np.eye(len(weights)), slope)
        size = 1.0
        while loss(weights - size * step) > now and size > 1e-3:
            size /= 2
        weights = weights - size * step
        now = loss(weights)
    return weights


# --- measuring -----------------------------------------------------------------------------------------------------


def report(examples: Sequence[Example], names: Sequence[str]) -> str:
    """Return one line of what the points of the other pages give for the figures of tolls."""
    pages = sorted({example.page for example in examples})
    part = {page: at % FOLDS for at, page in enumerate(pages)}
    placed = right = bare = left = 0
    for fold in range(FOLDS):
        weights = fit([one for one in examples if part[one.page] != fold], names)
        for one in (one for one in examples if part[one.page] == fold and one.toll):
            odds = Table([one], names).rows @ weights
            best = likeliest(odds[:-1].tolist(), one.heads, float(odds[-1]))
            best = len(one.heads) if best is None else best
            placed, bare = placed + (not one.right[-1]), bare + one.right[-1]
            right += one.right[best] and not one.right[-1]
            left += one.right[best] and one.right[-1]
    return (
        f"{len(pages)} pages, {placed + bare} toll rows found: place right {100 * right / max(1, placed):.1f} % "
        f"of {placed}, none right {100 * left / max(1, bare):.1f} % of {bare}"
    )


def main() -> int:
    """Fit, say what changes, write."""
    return fit_table((__doc__ or "").split("\n")[0], TABLE, examples_of, fit, report)


if __name__ == "__main__":
    raise SystemExit(main())
