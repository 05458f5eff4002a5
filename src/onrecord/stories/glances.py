"""A sketch -> a few bytes by which many articles are looked at in one go, before any is compared in full.

`most_likeness` is never less than the likeness itself: weights are rounded up, words that share a hash count as one,
and what speaks against one happening is left out. What it leaves out is not of one story; the rest is compared.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.stories.likeness import LEAST_COSINE, WEIGHTS, WINDOW_DAYS, Sketch, nearness
from onrecord.stories.wording import Vector

Numbers = npt.NDArray[np.float64]

SCALE = 65_000
"""Parts of a weight of 1: rounded up it fits into 16 bits."""

NO_DAY = -1

HEAD = 5
"""Whole numbers before the hashes: day, whether days of events are told, how many terms, terms of the lead, names."""


PARTS = 3
"""Vectors of a sketch: terms, lead, names."""


class Glance(NamedTuple):
    """Head, hashes and weights (in parts of SCALE) of terms, lead and names, one behind the other."""

    head: npt.NDArray[np.int32]
    hashes: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.uint16]


@lru_cache(maxsize=1 << 16)
def _hash(term: str) -> int:
    return crc32(term.encode())


def glance(made: Sketch) -> Glance:
    """Return what is looked at of an article."""
    vectors: tuple[Vector, ...] = made.wording
    day = NO_DAY if made.day is None else made.day
    head = [day, bool(made.event_days), *map(len, vectors)]
    weights = np.array([weight for vector in vectors for weight in vector.values()])
    return Glance(
        np.array(head, dtype=np.int32),
        np.array([_hash(term) for vector in vectors for term in vector], dtype=np.uint32),
        np.ceil(weights * SCALE).astype(np.uint16),
    )


def to_bytes(seen: Glance) -> bytes:
    """Return a glance as bytes, low bytes first."""
    return b"".join(part.astype(part.dtype.newbyteorder("<")).tobytes() for part in seen)


def from_bytes(data: bytes) -> tuple[Glance, int]:
    """Return the glance that stands at the head of these bytes, and how many it takes."""
    head = np.frombuffer(data, dtype="<i4", count=HEAD)
    number = int(head[2:].sum())
    hashes_at, weights_at = HEAD * 4, HEAD * 4 + number * 4
    hashes = np.frombuffer(data, dtype="<u4", count=number, offset=hashes_at)
    weights = np.frombuffer(data, dtype="<u2", count=number, offset=weights_at)
    return Glance(head, hashes, weights), weights_at + number * 2


def most_likeness(mine: Glance, others: Sequence[Glance]) -> Numbers:
    """Return the most that the likeness of an article to each of the others can be, 0 to 1."""
    if not others:
        return np.zeros(0)
    heads = np.stack([other.head for other in others])
    hashes, weights = (np.concatenate([other[part] for other in others]) for part in (1, 2))
    odds = np.full(len(others), WEIGHTS.always)
    sizes = heads[:, 2:].ravel()
    of = np.repeat(np.arange(len(sizes)), sizes)
    start = 0
    for number, weight in enumerate((WEIGHTS.terms, WEIGHTS.lead, WEIGHTS.names)):
        end = start + int(mine.head[2 + number])
        here = of % PARTS == number
        own = _Weighted(mine.hashes[start:end], mine.weights[start:end])
        sums = _dots(own, _Weighted(hashes[here], weights[here]), of[here] // PARTS, len(others))
        odds += weight * np.log(LEAST_COSINE + sums)
        start = end
    apart = np.abs(heads[:, 0] - mine.head[0])
    dated = (heads[:, 0] != NO_DAY) & (mine.head[0] != NO_DAY)
    odds += WEIGHTS.near * np.where(dated, [nearness(int(days)) for days in apart], 0.0)
    odds += WEIGHTS.same_day * (heads[:, 1] & mine.head[1])
    most: Numbers = 1 / (1 + np.exp(-odds))
    return np.where(dated & (apart > WINDOW_DAYS), 0.0, most)


class _Weighted(NamedTuple):
    hashes: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.uint16]


def _dots(mine: _Weighted, others: _Weighted, of: npt.NDArray[np.int64], number: int) -> Numbers:
    """Return the sum of products of weights that each of some articles shares with one; of says whose each is."""
    if not len(mine.hashes):
        return np.zeros(number)
    hashes, at = np.unique(mine.hashes, return_inverse=True)
    weights = np.bincount(at, weights=mine.weights)
    place = np.minimum(np.searchsorted(hashes, others.hashes), len(hashes) - 1)
    shared = hashes[place] == others.hashes
    products = weights[place[shared]] * others.weights[shared]
    return np.bincount(of[shared], weights=products, minlength=number) / SCALE**2
