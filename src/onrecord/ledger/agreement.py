"""How far two reviewers agree: the share of claims judged alike, and Cohen's kappa, which takes chance off it.

Takes the latest judgement of each reviewer on each claim; claims that only one of them judged do not count. Kappa is
None where it is not defined: no claim in common, or both gave one and the same answer to all.
"""

from collections import Counter
from collections.abc import Mapping

from onrecord.records import Record


class Agreement(Record, frozen=True, kw_only=True):
    """Two reviewers on the claims that both judged. raw and kappa are None where they are not defined."""

    a: str
    b: str
    claims: int
    raw: float | None = None
    kappa: float | None = None


def agreement(a: str, b: str, judged: Mapping[str, Mapping[str, str]]) -> Agreement:
    """Return how far reviewers a and b agree.

    Args:
        a: one reviewer.
        b: the other.
        judged: for each reviewer the judgement on each claim id.

    Source: Cohen, A coefficient of agreement for nominal scales, 1960.
    """
    of_a, of_b = judged.get(a, {}), judged.get(b, {})
    pairs = [(of_a[claim], of_b[claim]) for claim in sorted(of_a.keys() & of_b.keys())]
    if not pairs:
        return Agreement(a=a, b=b, claims=0)
    raw = sum(one == other for one, other in pairs) / len(pairs)
    return Agreement(a=a, b=b, claims=len(pairs), raw=raw, kappa=kappa(pairs))


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of judgements; 1 is full agreement, 0 what chance gives, below 0 less than that."""
    if not pairs:
        return None
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    same = sum(one == other for one, other in pairs)
    # Whole numbers: the expected share is 1 exactly when both gave one answer to all, never 0.9999.
    by_chance = sum(ones[value] * others[value] for value in ones)
    whole = len(pairs) ** 2
    if by_chance == whole:
        return None
    return (same * len(pairs) - by_chance) / (whole - by_chance)
