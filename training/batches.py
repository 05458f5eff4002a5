"""Examples -> batches: windows of whole paragraphs with their classes and arcs, mixed from several sets."""

import random  # orders and cuts of training texts, no secrets
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import torch
from examples import UNKNOWN, Example
from torch import Tensor

from onrecord.reading.model_input import Window, windows_of
from onrecord.reading.model_layers import DISTANCES, LAYERS
from onrecord.reading.model_session import END, START


class Batch(msgspec.Struct, frozen=True):
    """Tensors of some windows: inputs of the network, a class per piece for each layer, arcs to be scored."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
    layers: dict[str, Tensor]
    arcs: Tensor  # [N, 6]: row, head piece, tail piece, label, distance bucket, linked


def cut(example: Example, limit: int) -> list[tuple[Example, Window]]:
    """Return the windows of a text, without context."""
    return [(example, window) for window in windows_of(example.words, example.pieces, limit - 2)]


def collate(windows: Sequence[tuple[Example, Window]]) -> Batch:
    """Return the tensors of some windows, padded to the longest."""
    sizes = [e.pieces.first[w.last] - e.pieces.first[w.first] + 2 for e, w in windows]
    shape = (len(windows), max(sizes))
    pieces, cases, quotes, places = (torch.zeros(shape, dtype=torch.long) for _ in range(4))
    mask = torch.zeros(shape)
    layers = {layer.name: torch.full(shape, UNKNOWN, dtype=torch.long) for layer in LAYERS}
    arcs: list[tuple[int, int, int, int, int, int]] = []
    for row, (example, window) in enumerate(windows):
        low, high = example.pieces.first[window.first], example.pieces.first[window.last]
        count = high - low
        pieces[row, : count + 2] = torch.tensor([START, *example.pieces.ids[low:high], END])
        mask[row, : count + 2] = 1.0
        firsts = example.pieces.first[window.first : window.last]
        lengths = [b - a for a, b in zip(firsts, [*firsts[1:], high])]
        repeat = torch.tensor(lengths)
        for feature, tensor in (("cases", cases), ("quotes", quotes), ("places", places)):
            values = torch.tensor(getattr(example.words, feature)[window.first : window.last]) + 1
            tensor[row, 1 : count + 1] = values.repeat_interleave(repeat)
        at = torch.tensor(firsts) - low + 1
        for name, marks in example.layers.items():
            layers[name][row, at] = torch.tensor(marks[window.first : window.last])
        arcs += _arcs(example, window, row, low)
    return Batch((pieces, cases, quotes, places, mask), layers, torch.tensor(arcs, dtype=torch.long).reshape(-1, 6))


def _arcs(example: Example, window: Window, row: int, low: int) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Yield every head with every tail of the window."""
    first = example.pieces.first
    for link in example.links:
        linked = set(link.pairs)
        for h, head in enumerate(link.heads):
            if not window.first <= head < window.last:
                continue
            for t, tail in enumerate(link.tails):
                if window.first <= tail < window.last:
                    at = (first[head] - low + 1, first[tail] - low + 1)
                    yield row, *at, link.label, bisect_right(DISTANCES, tail - head), int((h, t) in linked)


def stream(
    sets: Mapping[str, list[Example]], shares: Mapping[str, float], rows: int, limit: int, seed: int
) -> Iterator[Batch]:
    """Yield batches without end: each set passes through in a new order and new windows, mixed by its share of pieces.

    Windows of like length stand together, so that little is padded; a batch may hold several sets.
    """
    chance = random.Random(seed)
    queues = {
        name: _passes(examples, limit, random.Random(seed + at)) for at, (name, examples) in enumerate(sets.items())
    }
    names, weights = list(shares), list(shares.values())
    while True:
        pool = [next(queues[name]) for name in chance.choices(names, weights, k=rows * 12)]
        pool.sort(key=lambda pair: pair[0].pieces.first[pair[1].last] - pair[0].pieces.first[pair[1].first])
        batches = [pool[at : at + rows] for at in range(0, len(pool), rows)]
        chance.shuffle(batches)
        for batch in batches:
            yield collate(batch)


def _passes(examples: list[Example], limit: int, chance: random.Random) -> Iterator[tuple[Example, Window]]:
    """Yield the windows of a set, pass after pass, in a new order and with new cuts each time."""
    while True:
        order = [pair for example in examples for pair in cut(example, chance.choice((limit, limit, limit * 3 // 4)))]
        chance.shuffle(order)
        yield from order
