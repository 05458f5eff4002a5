"""Which articles of the last weeks are worth comparing with a new one: an inverted index, cut into stretches of time.

An article is found by its heaviest terms among articles whose dates lie within the window; one without a date is found
by all, and finds all. What it costs to look up follows the number of articles in the window that share a heavy term,
not the size of the archive. Which terms an article is found by depends on that article alone.
"""

from array import array
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from onrecord.stories.likeness import WINDOW_DAYS, Sketch
from onrecord.stories.wording import Vector

STRETCH_DAYS = 30
"""Days of one stretch of the index: a window touches five of them."""

HEAVY_TERMS = 50
"""Terms that an article is found by; the rest is mostly common words."""

LEAST_COSINE = 0.05
"""Cosine over heavy terms from which two articles are compared."""

UNDATED = -1
"""Number of the stretch that holds the articles without a date."""


class Stretch:
    """The articles of a stretch of time, found by term."""

    def __init__(self) -> None:
        self.ids: list[str | None] = []
        self.rows: dict[str, array[int]] = {}
        self.weights: dict[str, array[float]] = {}

    def add(self, id: str, terms: Vector) -> int:
        """Take in an article; return its row."""
        row = len(self.ids)
        self.ids.append(id)
        for term, weight in terms.items():
            if term not in self.rows:
                self.rows[term], self.weights[term] = array("i"), array("f")
            self.rows[term].append(row)
            self.weights[term].append(weight)
        return row

    def like(self, terms: Vector) -> Iterator[str]:
        """Yield the ids of articles that share enough weight with these terms."""
        sums: npt.NDArray[np.float32] = np.zeros(len(self.ids), dtype=np.float32)
        for term, weight in terms.items():
            if term in self.rows:
                rows = np.frombuffer(self.rows[term], dtype=np.int32)
                sums[rows] += np.float32(weight) * np.frombuffer(self.weights[term], dtype=np.float32)
        for row in np.flatnonzero(sums >= LEAST_COSINE).tolist():
            id = self.ids[row]
            if id is not None:
                yield id


class Window:
    """All articles, by stretch of time."""

    def __init__(self) -> None:
        self._stretches: dict[int, Stretch] = {}
        self._rows: dict[str, tuple[int, int]] = {}

    def add(self, id: str, made: Sketch) -> None:
        """Take in an article under an id that is not in the index."""
        number = UNDATED if made.day is None else made.day // STRETCH_DAYS
        self._rows[id] = (number, self._stretches.setdefault(number, Stretch()).add(id, heavy(made)))

    def remove(self, id: str) -> None:
        """Leave an article out again; its row stays empty."""
        number, row = self._rows.pop(id)
        self._stretches[number].ids[row] = None

    def like(self, made: Sketch) -> Iterator[str]:
        """Yield the ids of articles of the window that share heavy terms with this one."""
        terms = heavy(made)
        for number in self._numbers(made.day):
            yield from self._stretches[number].like(terms)

    def _numbers(self, day: int | None) -> list[int]:
        if day is None:
            return list(self._stretches)
        near = range((day - WINDOW_DAYS) // STRETCH_DAYS, (day + WINDOW_DAYS) // STRETCH_DAYS + 1)
        return [number for number in (UNDATED, *near) if number in self._stretches]


def heavy(made: Sketch) -> Vector:
    """Return the heaviest terms of an article."""
    return dict(list(made.wording.terms.items())[:HEAVY_TERMS])
