"""A matrix of likeness -> groups, by average link, with pairs that must or must not stand together.

The result depends on the matrix only: rows in another order give the same groups, ties aside, and a tie goes to the
lower row.
"""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
NEVER = -1.0
"""Likeness of what must not be merged; all others are 0 or more."""


def average_link(
    likeness: Matrix,
    least: float,
    *,
    growth: float = 1.0,
    together: Collection[tuple[int, int]] = (),
    apart: Collection[tuple[int, int]] = (),
) -> list[list[int]]:
    """Merge the two most alike groups again and again while their mean likeness is `least` or more.

    Args:
        likeness: symmetric, 0 or more; the diagonal is not looked at.
        least: mean likeness of all pairs of two groups from which they are merged.
        growth: power of the number of pairs that the sum is divided by, 1 for a mean; less lets large groups take in
            what is a little like many of them.
        together: pairs of rows that are merged first, in order, unless that would break `apart`.
        apart: pairs of rows that never stand in one group.

    Returns:
        Groups of rows, each sorted, by their first row.
    """
    state = _Merging(likeness, growth, apart)
    for a, b in sorted(together):
        state.merge_rows(a, b)
    while (best := state.best()) is not None and best[0] >= least:
        state.merge(best[1], best[2])
    return sorted(sorted(group) for group in state.groups.values())


def with_lone(
    groups: list[list[int]], likeness: Matrix, least: float, nearest: int, apart: Collection[tuple[int, int]] = ()
) -> list[list[int]]:
    """Put each row that stands alone into the group whose nearest rows it is most like, if it is enough like them.

    Args:
        groups: groups of rows; those with fewer rows than `nearest` take in none.
        likeness: symmetric, 0 or more.
        least: mean likeness of that many nearest rows from which a lone one is taken in.
        nearest: how many rows of a group are looked at.
        apart: pairs of rows that never stand in one group.

    Returns:
        Groups of rows, each sorted, by their first row. A group is looked at as it was, so that order does not matter.
    """
    closed = {frozenset(pair) for pair in apart}
    large = [group for group in groups if len(group) >= nearest]
    taken: dict[int, list[int]] = {}
    for (row,) in (group for group in groups if len(group) == 1):
        open_to = [group for group in large if not any(frozenset((row, other)) in closed for other in group)]
        means = [float(np.sort(likeness[row, group])[-nearest:].mean()) for group in open_to]
        if means and max(means) >= least:
            taken[row] = open_to[means.index(max(means))]
    kept = (group for group in groups if len(group) > 1 or group[0] not in taken)
    return sorted(sorted([*group, *(row for row, into in taken.items() if into is group)]) for group in kept)


class _Merging:
    """The sums of likeness between groups, and their means."""

    def __init__(self, likeness: Matrix, growth: float, apart: Collection[tuple[int, int]]) -> None:
        rows = len(likeness)
        self.sums = np.array(likeness, dtype=np.float64)
        self.growth = growth
        self.sizes = np.ones(rows)
        self.closed = np.eye(rows, dtype=bool)
        for a, b in apart:
            self.closed[a, b] = self.closed[b, a] = True
        self.means = np.where(self.closed, NEVER, self.sums)
        self.groups = {row: [row] for row in range(rows)}
        self.of = list(range(rows))

    def best(self) -> tuple[float, int, int] | None:
        """Return the greatest mean and its two groups; None when fewer than two are left."""
        if len(self.groups) < 2:
            return None
        a, b = divmod(int(np.argmax(self.means)), len(self.means))
        return float(self.means[a, b]), min(a, b), max(a, b)

    def merge_rows(self, a: int, b: int) -> None:
        """Merge the groups of two rows, unless they are one or must stay apart."""
        first, second = sorted((self.of[a], self.of[b]))
        if first != second and not self.closed[first, second]:
            self.merge(first, second)

    def merge(self, a: int, b: int) -> None:
        """Put group b into group a."""
        self.sums[a] += self.sums[b]
        self.sums[:, a] = self.sums[a]
        self.sizes[a] += self.sizes[b]
        self.closed[a] |= self.closed[b]
        self.closed[:, a] = self.closed[a]
        means = np.where(self.closed[a], NEVER, self.sums[a] / (self.sizes[a] * self.sizes) ** self.growth)
        self.means[a] = self.means[:, a] = means
        self.means[b] = self.means[:, b] = NEVER
        self.closed[b] = self.closed[:, b] = True
        for row in self.groups[b]:
            self.of[row] = a
        self.groups[a] += self.groups.pop(b)
