"""95 % intervals of scores by resampling pages.

Takes the tally of each page, draws as many pages as there are, with replacement, again and again, and returns the rows
of all pages with the 2.5th and the 97.5th percentile of each F1 or share as `from` and `to`. A row that few pages have
is wide by itself; nothing is assumed of its distribution.
"""

import random
from collections.abc import Sequence

from score import Rows, Tally, total

SEED = 0
"""The draws are the same in every run, so that two systems on the same pages are drawn alike."""
TAIL = 0.025
"""Part of the draws left out at each end: 95 % stay."""


def rows_with_intervals(tallies: Sequence[Tally], draws: int) -> Rows:
    """Return the rows of all pages, with intervals where draws is above 0.

    Args:
        tallies: one for each page.
        draws: how often the pages are drawn; 1,000 is enough for one decimal.
    """
    rows = total(tallies).rows()
    if draws <= 0 or not tallies:
        return rows
    scores = resampled(tallies, draws)
    for name, row in rows.items():
        ordered = sorted(scores[name])
        row["from"] = ordered[int(TAIL * draws)]
        row["to"] = ordered[int((1 - TAIL) * draws)]
    return rows


def resampled(tallies: Sequence[Tally], draws: int) -> dict[str, list[float]]:
    """Return, for every row, its F1 or share in each of the draws."""
    sums = [tally.sums() for tally in tallies]
    keys = {key: len(numbers) for page in sums for key, numbers in page.items()}
    columns = {
        key: [[page[key][at] if key in page else 0 for page in sums] for at in range(size)]
        for key, size in keys.items()
    }
    scores: dict[str, list[float]] = {name: [] for _, name in columns}
    rng = random.Random(SEED)  # noqa: S311  # a statistic, no secret
    for _ in range(draws):
        drawn = [rng.randrange(len(sums)) for _ in sums]
        for (_, name), parts in columns.items():
            scores[name].append(score_of([sum(map(part.__getitem__, drawn)) for part in parts]))
    return scores


def score_of(sums: Sequence[float]) -> float:
    """Return F1 of (right, predicted, gold) or the share of (good, of), in percent to one decimal."""
    if len(sums) == 2:
        return round(100 * sums[0] / sums[1], 1) if sums[1] else 0.0
    right, predicted, gold = sums
    return round(200 * right / (predicted + gold), 1) if predicted + gold else 0.0
