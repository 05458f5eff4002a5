"""How far reviewers agree: the share of claims judged alike, and a coefficient that takes chance off it.

Of two reviewers that is Cohen's kappa, of all of them Krippendorff's alpha. Takes the latest judgement of each reviewer
on each claim; claims that only one of them judged do not count. Both are None where they are not defined: no claim in
common, or one and the same answer to all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from onrecord.records import Record


class Agreement(Record, frozen=True, kw_only=True):
    """Two reviewers on the claims that both judged. raw and kappa are None where they are not defined."""

    a: str
    b: str
    claims: int
    raw: float | None = None
    kappa: float | None = None


class Differing(Record, frozen=True, kw_only=True):
    """A claim on which reviewers differ, with what each of them said."""

    claim: str
    judged: dict[str, str]


class AgreementReport(Record, frozen=True, kw_only=True):
    """All reviewers on the claims that two or more of them judged, and each two of them on theirs.

    alike counts the claims on which all who judged them said the same; raw is its share.
    """

    reviewers: tuple[str, ...] = ()
    claims: int = 0
    alike: int = 0
    raw: float | None = None
    alpha: float | None = None
    pairs: tuple[Agreement, ...] = ()
    differing: tuple[Differing, ...] = ()


def report(judged: Mapping[str, Mapping[str, str]]) -> AgreementReport:
    """Return how far all reviewers agree, and each two who judged a claim in common.

    Args:
        judged: for each reviewer the judgement on each claim id.
    """
    by_claim: dict[str, dict[str, str]] = defaultdict(dict)
    for reviewer in sorted(judged):
        for claim, said in judged[reviewer].items():
            by_claim[claim][reviewer] = said
    shared = {claim: said for claim, said in sorted(by_claim.items()) if len(said) > 1}
    differing = tuple(Differing(claim=id, judged=said) for id, said in shared.items() if len(set(said.values())) > 1)
    pairs = (agreement(a, b, judged) for a, b in combinations(sorted(judged), 2))
    alike = len(shared) - len(differing)
    return AgreementReport(
        reviewers=tuple(sorted({reviewer for said in shared.values() for reviewer in said})),
        claims=len(shared),
        alike=alike,
        raw=alike / len(shared) if shared else None,
        alpha=alpha([tuple(said.values()) for said in shared.values()]),
        pairs=tuple(pair for pair in pairs if pair.claims),
        differing=differing,
    )


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Return Krippendorff's alpha for nominal values; 1 is full agreement, 0 what chance gives.

    Args:
        units: the values that each unit was given, by however many reviewers; units with fewer than two do not count.

    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section D.
    """
    paired = [Counter(values) for values in units if len(values) > 1]
    totals: Counter[str] = sum(paired, Counter())
    whole = totals.total()
    unlike_by_chance = whole**2 - sum(count**2 for count in totals.values())
    if not unlike_by_chance:
        return None
    unlike = sum((unit.total() ** 2 - sum(count**2 for count in unit.values())) / (unit.total() - 1) for unit in paired)
    return 1 - (whole - 1) * unlike / unlike_by_chance


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
