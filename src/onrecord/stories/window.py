"""Which articles of the last weeks are worth comparing with a new one: an inverted index, cut into stretches of time.

An article is found by its heaviest terms among articles whose dates lie within the window; one without a date is found
by all, and finds all. What it costs to look up follows the number of articles in the window that share a heavy term,
not the size of the archive. Which terms an article is found by depends on that article alone.
"""

from array import array
from collections.abc import Iterator
from math import exp

import numpy as np
import numpy.typing as npt

from onrecord.stories.found_by import FoundBy
from onrecord.stories.likeness import FADING_DAYS, NAME_SHARE, NEAR, SAME_PLACE, WINDOW_DAYS
from onrecord.stories.wording import Vector

Numbers = npt.NDArray[np.float32]

STRETCH_DAYS = 30
"""Days of one stretch of the index: a window touches five of them."""

MARGIN = 0.7
"""Part of the least likeness that heavy terms, names and days together must reach for two articles to be compared."""

UNDATED_MARGIN = 0.4
"""The same where heavy terms are all there is: those of a long article have half of its weight."""

UNDATED = -1
"""Number of the stretch that holds the articles without a date."""


class Postings:
    """Which rows hold a term, and how heavy it is there."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}
        self._weights: dict[str, array[float]] = {}

    def add(self, row: int, terms: Vector) -> None:
        """Take in the terms of a row; rows come in rising order."""
        for term, weight in terms.items():
            if term not in self._rows:
                self._rows[term], self._weights[term] = array("i"), array("f")
            self._rows[term].append(row)
            self._weights[term].append(weight)

    def add_to(self, sums: Numbers, terms: Vector, share: float) -> None:
        """Add a share of the products of weights to the sum of each row."""
        for term, weight in terms.items():
            if term in self._rows:
                rows = np.frombuffer(self._rows[term], dtype=np.int32)
                sums[rows] += np.float32(share * weight) * np.frombuffer(self._weights[term], dtype=np.float32)


class Stretch:
    """The articles of a stretch of time, or those without a date."""

    def __init__(self) -> None:
        self.ids: list[str | None] = []
        self._days = array("i")
        self._terms, self._names = Postings(), Postings()

    def add(self, id: str, made: FoundBy) -> int:
        """Take in an article; return its row."""
        row = len(self.ids)
        self.ids.append(id)
        self._days.append(made.day or 0)
        self._terms.add(row, made.terms)
        self._names.add(row, made.names)
        return row

    def like(self, made: FoundBy, least: float, *, dated: bool) -> Iterator[str]:
        """Yield the ids of articles that can be that much like this one, by their heavy terms, names and days."""
        sums: Numbers = np.zeros(len(self.ids), dtype=np.float32)
        near = dated and made.day is not None
        self._terms.add_to(sums, made.terms, 1 - NAME_SHARE if near else 1.0)
        if near:
            self._names.add_to(sums, made.names, NAME_SHARE)
        most = 1 + SAME_PLACE
        enough = MARGIN * least / (NEAR * most) if near else UNDATED_MARGIN * least / most
        for row in np.flatnonzero(sums >= enough).tolist():
            id = self.ids[row]
            if id is None:
                continue
            if made.day is not None and near:
                apart = abs(self._days[row] - made.day)
                if sums[row] * exp(-apart / FADING_DAYS) < enough:
                    continue
            yield id


class Window:
    """All articles, by stretch of time. least is the likeness that is looked for."""

    def __init__(self, least: float) -> None:
        self._least = least
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
        """Yield the ids of articles of the window that may be as much like this one as is looked for."""
        for number in self._numbers(made.day):
            yield from self._stretches[number].like(made, self._least, dated=number != UNDATED)

    def _numbers(self, day: int | None) -> list[int]:
        if day is None:
            return list(self._stretches)
        near = range((day - WINDOW_DAYS) // STRETCH_DAYS, (day + WINDOW_DAYS) // STRETCH_DAYS + 1)
        return [number for number in (UNDATED, *near) if number in self._stretches]
