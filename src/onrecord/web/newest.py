"""Stories -> the newest of what changed in them and of what is told against each other, in words. Reads no ledger."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.exports.charts import SIGNS
from onrecord.exports.story_figures import points_of
from onrecord.records import Comparison, ComparisonKind, Story

DIFFERENCES = 8
"""Changes, and conflicts, of the first page."""

OF_A_STORY = 3
"""Changes, and conflicts, of one story among them, so that a long one does not fill the list."""


class Difference(NamedTuple):
    """Two claims (a and b, by id) of a story of which one changes or contradicts the other; says: both, in words.

    sign and state tell what became of a; reported is its date, that of the story where it has none.
    """

    story: str
    name: str
    a: str
    b: str
    says: str
    sign: str
    state: str
    reported: str


def differences(stories: Iterable[Story], kind: ComparisonKind) -> list[Difference]:
    """Return the newest comparisons of a kind, some of each story: what conflicts, or what revises another."""
    found = [one for story in stories for one in _of_story(story, kind)]
    found.sort(key=lambda one: one.reported, reverse=True)
    seen: Counter[str] = Counter()
    kept = []
    for one in found:
        seen[one.story] += 1
        if seen[one.story] <= OF_A_STORY:
            kept.append(one)
    return kept[:DIFFERENCES]


def _of_story(story: Story, kind: ComparisonKind) -> Sequence[Difference]:
    compared = [one for one in story.comparisons or () if one.kind == kind]
    points = points_of(story) if compared else {}

    def told(one: Comparison) -> Difference:
        point = points.get(one.a)
        state = "conflicting" if kind == "conflicts" or point is None else point.state
        sign, words = SIGNS.get(state, ("", state.replace("_", " ")))
        reported = (point.reported if point else None) or story.to or ""
        return Difference(story.id, story.name, one.a, one.b, one.says, sign, words, reported)

    return [told(one) for one in compared]
