"""Verdicts on the figures of a story -> comparisons in words: who put what on record against whom.

Each figure is compared with the one that it repeats, revises or conflicts with, so that there are never more comparisons
than figures. The words name both values, sources, outlets and days; they do not say who is right.
"""

from collections.abc import Mapping, Sequence

from onrecord.records import Comparison, ComparisonKind, PointState
from onrecord.stories.mentions import Mention
from onrecord.stories.reports import Report
from onrecord.stories.scopes import Quantity
from onrecord.stories.states import Verdict

KINDS: dict[PointState, ComparisonKind] = {
    "repeated": "agrees",
    "revised_up": "revises",
    "revised_down": "revises",
    "corrected": "revises",
    "silently_changed": "revises",
    "conflicting": "conflicts",
    "not_comparable": "not_comparable",
}


def compared(judged: Mapping[Quantity, Sequence[Verdict]], reports: Sequence[Report]) -> tuple[Comparison, ...]:
    """Return the comparisons of a story's claims; copies are compared with nothing."""
    return tuple(
        Comparison(
            a=one.mention.figure.id, b=one.against.figure.id, kind=KINDS[one.state],
            says=f"{said(one.mention)} {one.state} {said(one.against)}",
        )
        for verdicts in judged.values()
        for one in verdicts
        if one.against is not None and not one.mention.copy
    )  # fmt: skip


def said(mention: Mention) -> str:
    """Return a figure with its source, outlet and day in words."""
    return f"{mention.value}"
