"""Scores of the reader model -> spans with their classes, and how likely two spans are linked. Pure numpy."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
import numpy as np

from onrecord.reading.grammar import DETERMINERS, PREPOSITIONS
from onrecord.reading.model_folder import Settings, Topic
from onrecord.reading.model_input import Words
from onrecord.reading.model_layers import ARCS, DISTANCES, LAYERS, offsets
from onrecord.reading.model_session import Scores

Array = np.ndarray[Any, Any]
LEAST_CHANCE = 1e-4
"""Probabilities are kept this far from 0 and 1, where their log odds have no end."""

REACH, BLOCK = 300, 32
"""Words between the two ends of an arc at most, and heads that are looked at together."""

IMPOSSIBLE = -1e9
"""Score of a step that BIO does not allow."""


_CLASSES = {layer.name: layer.classes for layer in LAYERS}


SMALL_WORDS = DETERMINERS | PREPOSITIONS | frozenset({"and", "or", "but", ",", ".", "'", "\u2019"})
"""Words and marks that end no phrase."""


class Run(msgspec.Struct, frozen=True):
    """A span of words, half open, with its offsets in the text and its probability."""

    first: int
    last: int
    start: int
    end: int
    score: float


def log_odds(chance: float) -> float:
    """Return the log odds of a probability that is kept from 0 and 1."""
    chance = min(max(chance, LEAST_CHANCE), 1.0 - LEAST_CHANCE)
    return math.log(chance / (1.0 - chance))


class Decoded:
    """The answers of the model for one document; spans and probabilities are computed on first use."""

    def __init__(self, scores: Scores, settings: Settings) -> None:
        self.words = scores.words
        self._scores, self._settings = scores, settings
        self._logs: dict[str, Array] = {}
        self._outside: dict[str, list[float]] = {}
        self._runs: dict[tuple[str, float], list[Run]] = {}

    def logs(self, layer: str) -> Array:
        """Return log probabilities of the classes of a layer for every word, [W, classes]."""
        if layer not in self._logs:
            low, high = _offsets()[layer]
            part = self._scores.classes[:, low:high]
            part = part - part.max(axis=1, keepdims=True) if len(part) else part
            self._logs[layer] = part - np.log(np.exp(part).sum(axis=1, keepdims=True))
        return self._logs[layer]

    def inside(self, layer: str) -> Array:
        """Return for every word the probability that it stands in a span of the layer, [W]."""
        return 1.0 - np.exp(self.logs(layer)[:, 0])

    def whole_runs(self, layer: str, bias: float = 0.0) -> list[Run]:
        """Return the spans of a layer of long spans, in text order: every beginning has its cost (BEGIN_COST)."""
        logs = self.logs(layer)
        if not len(logs):
            return []
        return [self._run(layer, first, last) for first, last in whole_spans(logs.tolist(), bias)]

    def runs(self, layer: str, bias: float = 0.0) -> list[Run]:
        """Return the spans of a layer in text order.

        Args:
            layer: name of a layer of spans.
            bias: added to the log probability of every class but outside; above 0 finds more spans.
        """
        if (layer, bias) not in self._runs:
            logs = self.logs(layer)
            if bias:
                logs = logs + np.array([0.0] + [bias] * (logs.shape[1] - 1), dtype=np.float32)
            spans = bio_spans(logs) if len(logs) else []
            self._runs[layer, bias] = [self._run(layer, first, last) for first, last in spans]
        return self._runs[layer, bias]

    def _run(self, layer: str, first: int, last: int) -> Run:
        if layer not in self._outside:
            self._outside[layer] = np.exp(self.logs(layer)[:, 0]).tolist()
        score = 1.0 - sum(self._outside[layer][first:last]) / (last - first)
        return Run(first, last, self.words.starts[first], self.words.ends[last - 1], score)

    def phrases(self, layer: str, text: str, bias: float = 0.0) -> list[Run]:
        """Return the spans of a layer without small words at their ends; a span of small words alone is left out.

        bias is that of `runs`.
        """
        found = (whole_phrase(text, self.words, run) for run in self.runs(layer, bias))
        return [run for run in found if run is not None]

    def inside_at(self, layer: str, start: int, end: int) -> float:
        """Return how likely the likeliest word of a stretch of characters stands in a span; 0 when it has no words."""
        first, last = self.words.between(start, end)
        return float(self.inside(layer)[first:last].max()) if first < last else 0.0

    def probabilities(self, layer: str, word: int) -> dict[str, float]:
        """Return the probability of each class of a layer of classes at a word."""
        names = _CLASSES[layer]
        return dict(zip(names, np.exp(self.logs(layer)[word]).tolist(), strict=True))

    def best(self, layer: str, word: int) -> tuple[str, float]:
        """Return the likeliest class of a layer of classes at a word, and its probability."""
        row = self.logs(layer)[word]
        at = int(row.argmax())
        return _CLASSES[layer][at], float(np.exp(row[at]))

    def confidence(self, topic: Topic, chance: float) -> float:
        """Return how sure a claim is, 0 to 1: a probability of the model, calibrated on coded pages."""
        slope, offset = self._settings.calibration.get(topic, (1.0, 0.0))
        return round(1.0 / (1.0 + math.exp(-(slope * log_odds(chance) + offset))), 3)

    def links(self, arc: str, heads: Sequence[Run], tails: Sequence[Run]) -> list[tuple[int, Array]]:
        """Return for each head the position of the first tail within REACH words, and the probabilities from there on.

        Args:
            arc: label of the arc.
            heads: spans in text order.
            tails: spans in text order.
        """
        firsts = [tail.first for tail in tails]
        found: list[tuple[int, Array]] = []
        for at in range(0, len(heads), BLOCK):
            some = heads[at : at + BLOCK]
            low = bisect_left(firsts, some[0].first - REACH)
            high = bisect_right(firsts, some[-1].first + REACH)
            chances = self._chances(arc, some, tails[low:high])
            found += [(low, row) for row in chances]
        return found

    def _chances(self, arc: str, heads: Sequence[Run], tails: Sequence[Run]) -> Array:
        """Return the probability of an arc from every head to every tail, [heads, tails]."""
        if not tails:
            return np.zeros((len(heads), 0), dtype=np.float32)
        label = ARCS.index(arc)
        weights = self._settings.links[label]
        product = (
            self._scores.heads[[run.first for run in heads], label]
            @ self._scores.tails[[run.first for run in tails], label].T
        )
        low, high = ([(run.first, run.last) for run in side] for side in (heads, tails))
        bucket, sentence, paragraph = nearness(self.words, low, high)
        logit = product * weights.product + np.asarray(weights.distance, dtype=np.float32)[bucket]
        logit += sentence * weights.sentence + paragraph * weights.paragraph
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logit, -30, 30))))


def nearness(
    words: Words, heads: Sequence[tuple[int, int]], tails: Sequence[tuple[int, int]]
) -> tuple[Array, Array, Array]:
    """Return how close heads and tails stand, three tables [heads, tails].

    The bucket of the distance between the nearer ends (0 when they overlap, below 0 when the tail comes first), whether
    both begin in one sentence, and whether in one paragraph.
    """
    low, high = np.asarray(heads), np.asarray(tails)
    behind = np.maximum(high[None, :, 0] - low[:, None, 1] + 1, 0)
    before = np.maximum(low[:, None, 0] - high[None, :, 1] + 1, 0)
    same = []
    for numbers in (words.sentences, words.paragraphs):
        left, right = (np.asarray([numbers[first] for first, _ in side]) for side in (heads, tails))
        same.append(left[:, None] == right[None, :])
    return np.searchsorted(_edges(), behind - before, side="right"), same[0], same[1]


def closeness(words: Words, heads: Sequence[tuple[int, int]], tails: Sequence[tuple[int, int]]) -> Array:
    """Return the same as features for a fit, [heads, tails, buckets + 2]: one per bucket, then the other two."""
    bucket, sentence, paragraph = nearness(words, heads, tails)
    found = np.zeros((*bucket.shape, len(DISTANCES) + 3), dtype=np.float32)
    np.put_along_axis(found, bucket[..., None], 1.0, axis=2)
    found[..., -2], found[..., -1] = sentence, paragraph
    return found


@cache
def _offsets() -> dict[str, tuple[int, int]]:
    return offsets()


@cache
def _edges() -> Array:
    return np.asarray(DISTANCES)


def whole_phrase(text: str, words: Words, run: Run) -> Run | None:
    """Return a span without small words at its end ("a lighthouse and"); None when there is nothing but small words."""
    last = run.last
    while last > run.first and text[words.starts[last - 1] : words.ends[last - 1]].lower() in SMALL_WORDS:
        last -= 1
    if last == run.first:
        return None
    return run if last == run.last else msgspec.structs.replace(run, last=last, end=words.ends[last - 1])


def bio_spans(logs: Array) -> list[tuple[int, int]]:
    """Return the likeliest legal spans of a layer.

    Each word takes its best class; a stretch that would start inside a span is decoded again as a whole, with the word
    before it (Viterbi, no other cost than that a span begins with a begin).

    Args:
        logs: log probabilities, [W, classes]; class 0 is outside, odd classes begin, even ones go on.
    """
    tags = logs.argmax(axis=1)
    if not tags.any():
        return []
    spans: list[tuple[int, int]] = []
    filled = np.flatnonzero(tags)
    breaks = np.flatnonzero(np.diff(filled) > 1)
    for low, high in zip([0, *(breaks + 1)], [*(breaks + 1), len(filled)], strict=True):
        first, last = int(filled[low]), int(filled[high - 1]) + 1
        run = tags[first:last].tolist()
        if not _legal(run):
            first = max(0, first - 1) if not spans or spans[-1][1] < first else first
            run = _viterbi(logs[first:last])
        spans += _cut(run, first)
    return spans


BEGIN_COST, AGAIN_COST = 1.0, 1.0
"""Log probability that a long span must be worth to begin, and to begin right behind another one."""


def whole_spans(logs: list[list[float]], bias: float = 0.0) -> list[tuple[int, int]]:
    """Return the likeliest spans of a layer when beginnings cost something, so that a long span is not cut in pieces.

    Args:
        logs: log probabilities of outside, begin, inside for every word.
        bias: added to begin and inside.
    """
    out, begin, inside = 0.0, IMPOSSIBLE, IMPOSSIBLE
    back: list[tuple[int, int, int]] = []
    for o, b, i in logs:
        held, held_from = (begin, 1) if begin >= inside else (inside, 2)
        to_out = (out, 0) if out >= held else (held, held_from)
        to_begin = (out - BEGIN_COST, 0) if out - BEGIN_COST >= held - AGAIN_COST else (held - AGAIN_COST, held_from)
        back.append((to_out[1], to_begin[1], held_from))
        out, begin, inside = to_out[0] + o, to_begin[0] + b + bias, held + i + bias
    tag = max(((out, 0), (begin, 1), (inside, 2)))[1]
    tags = []
    for step in reversed(back):
        tags.append(tag)
        tag = step[tag]
    return _cut(tags[::-1], 0)


def _legal(tags: list[int]) -> bool:
    """Say whether every inside follows a begin or inside of its kind."""
    before = 0
    for tag in tags:
        if tag and tag % 2 == 0 and before not in (tag, tag - 1):
            return False
        before = tag
    return True


def _cut(tags: list[int], offset: int) -> list[tuple[int, int]]:
    """Return the spans of legal tags."""
    spans: list[tuple[int, int]] = []
    for at, tag in enumerate(tags):
        if tag % 2 == 1:
            spans.append((offset + at, offset + at + 1))
        elif tag:
            spans[-1] = (spans[-1][0], offset + at + 1)
    return spans


def _viterbi(logs: Array) -> list[int]:
    """Return the likeliest legal tags of a stretch that follows a word outside."""
    count = logs.shape[1]
    allowed = _allowed(count)
    best = np.where(allowed[0], logs[0], IMPOSSIBLE)
    back = []
    for row in logs[1:]:
        step = best[:, None] + allowed_cost(count)
        choice = step.argmax(axis=0)
        back.append(choice)
        best = step[choice, np.arange(count)] + row
    tag = int(best.argmax())
    tags = [tag]
    for choice in reversed(back):
        tag = int(choice[tag])
        tags.append(tag)
    return tags[::-1]


@cache
def _allowed(count: int) -> Array:
    """Return whether a class may follow another one, [before, after]."""
    table = np.ones((count, count), dtype=bool)
    for after in range(2, count, 2):
        table[:, after] = False
        table[after, after] = table[after - 1, after] = True
    return table


@cache
def allowed_cost(count: int) -> Array:
    """Return 0 for a legal step, IMPOSSIBLE for another one, [before, after]."""
    return np.where(_allowed(count), 0.0, IMPOSSIBLE)
