"""Whether a toll figure is the full count, a part, an increment or a running total: model, rules and the page, weighed.

Whether "three were wounded" is a total or a part of the "seven wounded" above stands in no sentence of its own, so each
figure is looked at among the toll figures of its page. Points are those of lexicon/kind_points.tsv, fitted by
training/kind_points.py on coded pages that the model had not seen; a hundred are a factor e in the odds against a
total. In go what the model and the rules say of each figure, out come probabilities.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.figure_points import POINTS_PER_E, Points
from onrecord.reading.outcomes import PERSON_CLASSES
from onrecord.reading.tagger import LEAST_CHANCE, Chances

WHOLES = {
    "killed": frozenset({"killed", "killed_or_injured"}),
    "injured": frozenset({"injured", "killed_or_injured"}),
    "hospitalised": frozenset({"hospitalised", "injured", "killed_or_injured"}),
}
"""Outcomes whose figures can be the whole of a part with an outcome; any other outcome is its own whole only."""

REACH = 60
"""Toll figures before and behind that a figure is compared with: more than a page of news has."""

LEAD_SENTENCES = 2
"""Sentences that tell the news of a page."""

OTHERS = frozenset({"other", "others"})
DEFINITE = frozenset({"the", "both", "all", "these", "those"})
OF_MEMBERS = frozenset({"of", "among", "including"})


class KindScene(msgspec.Struct, frozen=True):
    """A toll figure as the weighing sees it.

    sentence and paragraph are positions; value is its lowest count, None for a vague one without bounds; words are its
    own in small letters; before the last two in front of it; chances are the model's, by kind of toll figure.
    """

    start: int
    end: int
    sentence: int
    paragraph: int
    outcome: str
    counted_class: str
    value: float | None
    of_total: float | None
    single: bool
    words: tuple[str, ...]
    before: tuple[str, ...]
    ruled: str
    chances: Chances


@cache
def points() -> Points:
    """Return the points by the name of their feature."""
    return {row["feature"]: int(row["points"]) for row in rows("kind_points")}


def page_signs(scene: KindScene, page: Sequence[KindScene]) -> Iterator[str]:
    """Yield what the other toll figures of a page and the words of the number say of it.

    Args:
        scene: one figure of the page.
        page: all its toll figures, in text order.
    """
    at = bisect_left(page, scene.start, key=lambda one: one.start)
    page = page[max(0, at - REACH) : at + REACH]
    wholes = [one for one in page if one.start != scene.start and _may_hold(one, scene)]
    earlier = [one for one in wholes if one.start < scene.start]
    larger = [one for one in earlier if _above(one, scene)]
    if not wholes:
        yield "alone"
    elif not earlier:
        yield "first of its outcome"
    if larger:
        yield "larger before"
        if scene.single:
            yield "single, larger before"
        if larger[-1].sentence == scene.sentence:
            yield "larger in the sentence"
        elif larger[-1].paragraph == scene.paragraph:
            yield "larger in the paragraph"
        if any(one.sentence < LEAD_SENTENCES for one in larger):
            yield "larger in the lead"
    elif any(_above(one, scene) for one in wholes):
        yield "larger behind"
    if scene.value is not None and any(one.value == scene.value for one in earlier if one.outcome == scene.outcome):
        yield "told before"
    if _sums_up(scene, [one for one in page if one.paragraph == scene.paragraph], larger):
        yield "parts sum up"
    yield from _word_signs(scene, page)


def _word_signs(scene: KindScene, page: Sequence[KindScene]) -> Iterator[str]:
    if scene.sentence == 0:
        yield "first sentence"
    if scene.single:
        yield "single"
    if scene.words[:1] == ("another",):
        yield "another"
    if OTHERS & set(scene.words):
        yield "others"
    if DEFINITE & {*scene.words[:1], *scene.before[-1:]}:
        yield "definite"
    if OF_MEMBERS & set(scene.before):
        yield "behind of"
    if scene.of_total is not None:
        told = any(one.value == scene.of_total for one in page)
        yield "whole told" if told else "whole not told"


def _may_hold(one: KindScene, scene: KindScene) -> bool:
    """Say whether a figure counts things of which the other can count a part."""
    if one.outcome not in WHOLES.get(scene.outcome, frozenset({scene.outcome})):
        return False
    people = one.counted_class in PERSON_CLASSES or one.counted_class == "other"
    return one.counted_class == scene.counted_class or (
        people and (scene.counted_class in PERSON_CLASSES or scene.counted_class == "other")
    )


def _above(one: KindScene, scene: KindScene) -> bool:
    return one.value is not None and scene.value is not None and one.value > scene.value


def _sums_up(scene: KindScene, near: Sequence[KindScene], larger: Sequence[KindScene]) -> bool:
    """Say whether the figure and others of its paragraph are together a larger one before."""
    if scene.value is None:
        return False
    outcomes = WHOLES.get(scene.outcome, frozenset({scene.outcome})) | {scene.outcome}
    mates = [one for one in near if one.start != scene.start and one.value is not None and one.outcome in outcomes]
    for whole in larger:
        parts = [one.value or 0 for one in mates if one.start != whole.start and _above(whole, one)]
        if whole.value in (scene.value + sum(parts), *(scene.value + part for part in parts)) and parts:
            return True
    return False


def kind_features(kind: str, scene: KindScene, signs: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield what speaks for a kind, with its value; a total has only what model and rules say.

    Args:
        kind: a kind of toll figure.
        scene: the figure.
        signs: what `page_signs` gives for it.
    """
    yield "model", math.log(scene.chances[kind] + LEAST_CHANCE)
    if kind == scene.ruled:
        yield f"ruled={kind}", 1.0
    if kind != "total":
        yield f"{kind}: always", 1.0
        for sign in signs:
            yield f"{kind}: {sign}", 1.0


def weighed_kinds(scene: KindScene, page: Sequence[KindScene]) -> Chances:
    """Return how likely each kind of toll figure is by model, rules and page together."""
    given, signs = points(), tuple(page_signs(scene, page))
    odds = {
        kind: sum(given.get(name, 0) * value for name, value in kind_features(kind, scene, signs)) / POINTS_PER_E
        for kind in scene.chances
    }
    most = max(odds.values())
    shares = {kind: math.exp(one - most) for kind, one in odds.items()}
    whole = sum(shares.values())
    return {kind: share / whole for kind, share in shares.items()}
