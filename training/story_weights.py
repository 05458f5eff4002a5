"""Fits the weights of likeness to pairs of articles with coded stories -> printed, for stories/likeness.py.

    python training/story_weights.py --stories X_articles.jsonl --ecb ECB.jsonl --basil BASIL.jsonl

One logistic regression over four sets: dated articles over years, ECB+ and BASIL without dates, BASIL with all articles
on one day (so that a shared day alone tells little). Each set has the same say, and in each the pairs of one story a
third of it: a likeness of 0.5 then is what a pair in three that share some words has. Pairs that share less than
LEAST_COSINE are left out: they are never found, and there are many. Then it leaves one set out at a time and prints
B-cubed F1 of all sets, which shows what the weights do on articles that they were not fitted to.
"""

import sys
from collections.abc import Sequence
from math import exp
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from measuring import Settings
from onrecord.stories import likeness
from onrecord.stories.likeness import WEIGHTS, Signals
from story_pairs import Numbers, Pairs, figures, options_of, sets_of
from taggers import tagger_called

FITTED = ("stories", "ECB+", "BASIL", "BASIL one day")
LEAST_COSINE = 0.06
SAY = 500.0
"""Weight of the pairs of one story of a set; the other pairs have twice that."""
RIDGE = 10.0
"""Pull of the standardised weights to 0 (swept 0.1-30: flat)."""
ROUNDS = 40


def fit(sets: Sequence[Pairs]) -> Signals:
    """Return the weights under which the coded pairs of these sets are likeliest."""
    parts = [_examples(one) for one in sets]
    found, right, say = (np.concatenate([part[at] for part in parts]) for at in range(3))
    middle, spread = found.mean(axis=0), found.std(axis=0)
    spread[spread == 0] = 1.0
    rows = np.column_stack([(found - middle) / spread, np.ones(len(found))])[:, [*range(found.shape[1] - 1), -1]]
    weights = np.zeros(rows.shape[1])
    ridge = np.array([RIDGE] * (len(weights) - 1) + [0.0])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (say * (right - chance)) - ridge * weights
        bend = (rows * (say * chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        weights += np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread[:-1]
    return Signals(*(round(float(one), 2) for one in (*plain, weights[-1] - plain @ middle[:-1])))


def _examples(one: Pairs) -> tuple[Numbers, Numbers, Numbers]:
    """Return signals, what is coded, and the say of each pair that shares enough words."""
    shared = np.exp(one.signals[:, :, 0]) - likeness.LEAST_COSINE >= LEAST_COSINE
    kept = np.tril(shared & ~one.apart, -1)
    right = one.same[kept].astype(float)
    say = np.where(right == 1, SAY / max(1.0, right.sum()), 2 * SAY / max(1.0, (1 - right).sum()))
    return one.signals[kept], right, say


def main() -> int:
    """Print the weights and what they do; return the exit status."""
    options = options_of(__doc__).parse_args()
    settings = Settings(tagger=tagger_called(options.tagger))
    sets = list(sets_of(options.stories, options.ecb, options.basil, settings))
    fitted = [one for one in sets if one.name in FITTED]
    weights = fit(fitted)
    print("\n".join(f"{name} {value:+.2f} (odds x {exp(value):.2f})" for name, value in weights._asdict().items()))
    others = [name for name, value in weights._asdict().items() if value != getattr(WEIGHTS, name)]
    print(f"other in likeness.py: {', '.join(others) or 'none'}")
    print("| fitted to | " + " | ".join([sets[0].name, "dense", *(one.name for one in sets[1:])]) + " |")
    for left_out in ("none", "stories", "ECB+", "BASIL"):
        made = fit([one for one in fitted if not one.name.startswith(left_out)])
        print(f"| all but {left_out} | " + " | ".join(f"{value:.1f}" for value in figures(sets, made)) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
