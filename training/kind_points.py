"""Coded pages that a model has not seen -> the points of lexicon/kind_points.tsv.

    python training/kind_points.py --model build/first-onnx --folds gold/fiction.jsonl gold/offsets.jsonl
    python training/kind_points.py --check --model build/first-onnx gold/fiction.jsonl gold/offsets.jsonl

The model is the one after the first cycle, as for figure_points.py. A conditional logistic regression with a ridge over
the kinds of each figure that is part of a toll, read so and coded so. --folds tells what the points of other pages
give. Features are kept by hand: only the cells of the column `points` change. Exit status 1 when --check finds a row
that differs.
"""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
from figure_points import FOLDS, Array, fit_choice
from point_tables import LEXICON, fit_table

from coded import CodedPage, origin_of
from onrecord.pipeline import capture
from onrecord.reading.figure_kinds import TOLL_KINDS
from onrecord.reading.figures import kind_scenes
from onrecord.reading.kind_points import KindScene, kind_features, page_signs
from onrecord.reading.model_tagger import ModelTagger
from onrecord.reading.sentences import make_document
from score import Finder, is_toll, pair_up

TABLE = LEXICON / "kind_points.tsv"
KINDS = sorted(TOLL_KINDS)


class Example(msgspec.Struct, frozen=True):
    """A toll figure of a coded page, what its page says of it, and the kind that the coder gave."""

    page: str
    scene: KindScene
    signs: tuple[str, ...]
    kind: str


def examples_of(page: CodedPage, tagger: ModelTagger) -> Iterator[Example]:
    """Yield the toll figures of a page that are read and coded as such."""
    text, article = capture(page.data(), origin_of(page))
    document = make_document(text, article)
    scenes = kind_scenes(document, tagger.tag(document))
    finder = Finder(text.text)
    places = [finder.take(figure.number, figure.sentence, "number", figure.counted) for figure in page.figures]
    spans = [(scene.start, scene.end) for scene in scenes]
    for i, j in pair_up(places, spans, lambda i, j: 0):
        if is_toll(page.figures[i]):
            yield Example(page.id, scenes[j], tuple(page_signs(scenes[j], scenes)), page.figures[i].kind)


def table_of(examples: Sequence[Example], names: Sequence[str]) -> Array:
    """Return the features of every kind of every example, [examples, kinds, features]."""
    column = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(examples), len(KINDS), len(names)))
    for row, example in enumerate(examples):
        for at, kind in enumerate(KINDS):
            for name, value in kind_features(kind, example.scene, example.signs):
                if name in column:
                    table[row, at, column[name]] = value
    return table


def fit(examples: Sequence[Example], names: Sequence[str]) -> Array:
    """Return the weight of every feature, in units of log odds."""
    return fit_choice(table_of(examples, names), np.array([KINDS.index(example.kind) for example in examples]))


def report(examples: Sequence[Example], names: Sequence[str]) -> str:
    """Return one line of what the points of the other pages give for each, beside the model and the rules alone."""
    pages = sorted({example.page for example in examples})
    part = {page: at % FOLDS for at, page in enumerate(pages)}
    right = 0
    for fold in range(FOLDS):
        weights = fit([one for one in examples if part[one.page] != fold], names)
        held = [one for one in examples if part[one.page] == fold]
        best = (table_of(held, names) @ weights).argmax(axis=1)
        right += sum(KINDS[at] == one.kind for at, one in zip(best, held, strict=True))
    ruled = sum(one.scene.ruled == one.kind for one in examples)
    model = sum(max(one.scene.chances, key=one.scene.chances.__getitem__) == one.kind for one in examples)
    count = len(examples)
    shares = [f"{100 * rows / count:.1f} %" for rows in (right, model, ruled)]
    return (
        f"{len(pages)} pages, {count} toll rows: kind right {shares[0]}, by the model {shares[1]}, by rules {shares[2]}"
    )


def main() -> int:
    """Fit, say what changes, write."""
    return fit_table((__doc__ or "").split("\n")[0], TABLE, examples_of, fit, report)


if __name__ == "__main__":
    raise SystemExit(main())
