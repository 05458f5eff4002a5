"""What the reader model and the number rules say of a figure, weighed: its outcome, and whether it is part of a toll.

Points are those of lexicon/figure_points.tsv, fitted by training/figure_points.py on coded pages that the weighed model
had not seen; a hundred are a factor e in the odds. In go probabilities of the model and what the rules see, out come
probabilities; nothing is decided here.
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.figure_kinds import TOLL_FREE
from onrecord.reading.tagger import LEAST_CHANCE, Chances

POINTS_PER_E = 100.0
"""Points of one unit of log odds."""

CERTAIN = 0.999
"""Most that a probability of the model counts for, and one minus the least."""

RARE = frozenset({"launched", "intercepted", "shot_down"})
"""Outcomes of weapons: 36 figures of all coded pages, too few for a point each, and their words are plain."""

Points = Mapping[str, int]


class Ruled(msgspec.Struct, frozen=True):
    """What the rules see of a number: its outcome ("none" without one), how it is tied to it, whether it is one thing.

    open_worded says that the word of the outcome leaves open who lived ("shot"); history is the weight of
    background.py.
    """

    outcome: str
    side: str
    single: bool
    open_worded: bool
    history: float


@cache
def points() -> Points:
    """Return the points by the name of their feature."""
    return {row["feature"]: int(row["points"]) for row in rows("figure_points")}


def outcome_features(name: str, ruled: Ruled) -> Iterator[str]:
    """Yield what speaks for or against an outcome, beside the probability that the model gives it."""
    if name == ruled.outcome:
        yield "outcome:ruled"
        yield f"outcome:side={ruled.side}"
        literal = name == "killed_or_injured" and not ruled.open_worded  # "casualties", "dead or wounded"
        yield "outcome:rare" if name in RARE or literal else f"outcome:is={name}"
        if ruled.single:
            yield "outcome:single"
        if ruled.open_worded:
            yield "outcome:open"
    elif name in TOLL_FREE:
        yield f"outcome:{name} against {'none' if ruled.outcome in TOLL_FREE else 'ruled'}"


def weighed_outcomes(chances: Chances, ruled: Ruled) -> Chances:
    """Return how likely each outcome is by model and rules together."""
    given = points()
    slope = given["outcome:model"] / POINTS_PER_E
    odds = {
        name: slope * math.log(chance + LEAST_CHANCE)
        + sum(given.get(feature, 0) for feature in outcome_features(name, ruled)) / POINTS_PER_E
        for name, chance in chances.items()
    }
    most = max(odds.values())
    shares = {name: math.exp(one - most) for name, one in odds.items()}
    whole = sum(shares.values())
    return {name: share / whole for name, share in shares.items()}


def toll_features(part: float, ruled: Ruled) -> dict[str, float]:
    """Return what says that a figure with an outcome of the list is part of a toll, with its value.

    Args:
        part: probability, by the model, of a kind that is part of a toll.
        ruled: what the rules see.
    """
    part = min(max(part, 1.0 - CERTAIN), CERTAIN)
    return {
        "toll:model": math.log(part / (1.0 - part)),
        "toll:history": min(max(ruled.history, LEAST_HISTORY), MOST_HISTORY),
        "toll:rare": float(ruled.outcome in RARE),
        "toll:ruled": float(ruled.outcome not in TOLL_FREE),
        "toll:always": 1.0,
    }


LEAST_HISTORY, MOST_HISTORY = -2.0, 4.0
"""Ends of what history counts: further signs say no more."""


def toll_chance(part: float, ruled: Ruled) -> float:
    """Return how likely a figure with an outcome of the list is part of a toll; see `toll_features`."""
    given = points()
    odds = sum(given[name] * value for name, value in toll_features(part, ruled).items()) / POINTS_PER_E
    return 1.0 / (1.0 + math.exp(-odds))
