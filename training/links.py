"""An exported model and examples -> how much its arcs, distance, sentence and paragraph count for a link.

    python training/links.py --examples build/examples --model build/reader-3

The vectors of the model say what goes together, but they learn slowly how far apart it stands. This step fits one
logistic regression per arc (Newton steps, a ridge) over both and writes it into settings.json. It takes two minutes on
one core. Only training sets are read.
"""

import argparse
from pathlib import Path

import msgspec
import numpy as np
from examples import Example, Link

from onrecord.reading.decoding import Array, closeness
from onrecord.reading.model_folder import LinkWeights, read_settings
from onrecord.reading.model_layers import ARCS, DISTANCES
from onrecord.reading.model_session import ReaderModel, load_model

SETS = {"gold_train": 369, "polnear_train": 200}
"""Texts that are read of each set: the first so many. PolNeAR has arcs of cues only."""

RIDGE = 1.0
"""Penalty on half the squared weights; buckets that no pair falls into stay at zero."""

STEPS = 15
"""Newton steps; nothing moves any more in the last of them."""

TAIL_LAYERS = {"outcome": ("outcome word",), "source": ("source", "any source"), "content": ("content", "any content")}
HEAD_LAYERS = {"cue": ("cue", "any cue"), "number": ("number",), "trigger": ("trigger",)}


def end_of(example: Example, layers: tuple[str, ...], first: int) -> int:
    """Return the word behind the span that begins at a word in the first of these layers that has it."""
    for name in layers:
        marks = example.layers.get(name)
        if marks is not None and marks[first] == 1:
            last = first + 1
            while last < len(marks) and marks[last] == 2:
                last += 1
            return last
    return first + 1


def pairs_of(example: Example, link: Link, heads: Array, tails: Array) -> tuple[Array, Array]:
    """Return the features of every head with every tail, [pairs, features], and whether they are linked."""
    head_role, tail_role = ARCS[link.label].split()
    low = [(w, end_of(example, HEAD_LAYERS[head_role], w)) for w in link.heads]
    high = [(w, end_of(example, TAIL_LAYERS.get(tail_role, (tail_role,)), w)) for w in link.tails]
    product = heads[link.heads, link.label] @ tails[link.tails, link.label].T
    features = closeness(example.words, low, high)
    rows = np.column_stack([product.ravel(), features.reshape(-1, features.shape[-1])])
    linked = np.zeros(product.shape)
    for h, t in link.pairs:
        linked[h, t] = 1.0
    return rows, linked.ravel()


def fit(rows: Array, linked: Array) -> Array:
    """Return the weights of a logistic regression with a ridge."""
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (linked - chance) - RIDGE * weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def collect(model: ReaderModel, folder: Path) -> dict[int, tuple[list[Array], list[Array]]]:
    """Return features and answers of all pairs of the sets, by arc."""
    found: dict[int, tuple[list[Array], list[Array]]] = {}
    for name, count in SETS.items():
        path = folder / f"{name}.msgpack"
        if not path.exists():
            continue
        for example in msgspec.msgpack.decode(path.read_bytes(), type=list[Example])[:count]:
            scores = model.scores_of(example.words, example.pieces)
            for link in example.links:
                rows, linked = pairs_of(example, link, scores.heads, scores.tails)
                into = found.setdefault(link.label, ([], []))
                into[0].append(rows)
                into[1].append(linked)
    return found


def main() -> int:
    """Fit every arc and write the settings."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    settings = read_settings(options.model)
    found = collect(load_model(options.model), options.examples)
    links = []
    for label, name in enumerate(ARCS):
        weights = fit(np.concatenate(found[label][0]), np.concatenate(found[label][1]))
        rounded = [round(float(w), 4) for w in weights]
        buckets = len(DISTANCES) + 1
        links.append(LinkWeights(rounded[0], rounded[1 : 1 + buckets], rounded[1 + buckets], rounded[2 + buckets]))
        print(f"{name}: {len(np.concatenate(found[label][1])):,} pairs, weight of the vectors {rounded[0]:.2f}")
    changed = msgspec.structs.replace(settings, links=links)
    (options.model / "settings.json").write_bytes(msgspec.json.encode(changed))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
