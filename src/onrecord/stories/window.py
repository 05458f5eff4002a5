"""Which articles of the last weeks are worth comparing with a new one: an inverted index, cut into stretches of time.

An article is found by its heaviest terms among articles whose dates lie within the window; one without a date is found
by all, and finds all. What it costs to look up follows the number of articles in the window that share a heavy term,
not the size of the archive. Which terms an article is found by depends on that article alone.
"""

from array import array
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from onrecord.stories.found_by import LONE_TIMES, WORTH_COMPARING, FoundBy, in_window
from onrecord.stories.likeness import WINDOW_DAYS

Numbers = npt.NDArray[np.int32]

STRETCH_DAYS = 30
"""Days of one stretch of the index: a window touches five of them."""

UNDATED = -1
"""Number of the stretch that holds the articles without a date."""


class Stretch:
    """The articles of a stretch of time, or those without a date."""

    def __init__(self) -> None:
        self.ids: list[str | None] = []
        self._days: list[int | None] = []
        self._rows: dict[str, array[int]] = {}
        self._weights: dict[str, array[int]] = {}

    def add(self, id: str, made: FoundBy) -> int:
        """Take in an article; return its row."""
        row = len(self.ids)
        self.ids.append(id)
        self._days.append(made.day)
        for term, weight in made.terms.items():
            if term not in self._rows:
                self._rows[term], self._weights[term] = array("i"), array("i")
            self._rows[term].append(row)
            self._weights[term].append(weight)
        return row

    def like(self, made: FoundBy) -> Iterator[str]:
        """Yield the ids of articles that are worth comparing with this one, by their heavy terms."""
        sums: Numbers = np.zeros(len(self.ids), dtype=np.int32)
        shared: Numbers = np.zeros(len(self.ids), dtype=np.int32)
        for term, weight in made.terms.items():
            if term in self._rows:
                rows = np.frombuffer(self._rows[term], dtype=np.int32)
                sums[rows] += weight * np.frombuffer(self._weights[term], dtype=np.int32)
                shared[rows] += 1
        enough = np.where(shared > 1, WORTH_COMPARING, LONE_TIMES * WORTH_COMPARING)
        for row in np.flatnonzero(sums >= enough).tolist():
            id = self.ids[row]
            if id is not None and in_window(made.day, self._days[row]):
                yield id


class Window:
    """All articles, by stretch of time."""

    def __init__(self) -> None:
        self._stretches: dict[int, Stretch] = {}
        self._rows: dict[str, tuple[int, int]] = {}

    def add(self, id: str, made: FoundBy) -> None:
        """Take in an article under an id that is not in the index."""
        number = UNDATED if made.day is None else made.day // STRETCH_DAYS
        self._rows[id] = (number, self._stretches.setdefault(number, Stretch()).add(id, made))

    def remove(self, id: str) -> None:
        """Leave an article out again; its row stays empty."""
        number, row = self._rows.pop(id)
        self._stretches[number].ids[row] = None

    def like(self, made: FoundBy) -> Iterator[str]:
        """Yield the ids of articles of the window that are worth comparing with this one."""
        for number in self._numbers(made.day):
            yield from self._stretches[number].like(made)

    def _numbers(self, day: int | None) -> list[int]:
        if day is None:
            return list(self._stretches)
        near = range((day - WINDOW_DAYS) // STRETCH_DAYS, (day + WINDOW_DAYS) // STRETCH_DAYS + 1)
        return [number for number in (UNDATED, *near) if number in self._stretches]
