"""What the figures of one page say of each other: sums, parts of a whole, shares, repeated figures that differ.

Values are compared as intervals, never as points, with a named tolerance for "about" and for vague words. A check is
recorded whether it holds or not; nothing is corrected. Figures of different pages are compared by the stories.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

import msgspec

from onrecord.reading.grammar import singular
from onrecord.reading.sentences import Document
from onrecord.records import Check, Event, Figure, Number, Span

ABOUT_TOLERANCE = 0.1
"""Share by which a figure with "about" may be off and still agree (a convention, stated in docs/how-it-works.md)."""
SHARE_TOLERANCE = 1.0
"""Percentage points by which a printed share may differ from the one worked out: printed shares are rounded."""
MOST_SUMMANDS = 4
"""Figures of one sentence that are added up at most."""
MOST_VALUES = 12
"""Different values and sources of one matter that later figures are compared with; bounds the checks of one page."""
MOST_WHOLES = 100
"""Figures before a part among which its whole is looked for: a coded page has at most 32 in all."""
WHOLE_KINDS = frozenset({"total", "running_total"})
NAMED_OUTCOMES = {
    "injured": "injured", "wounded": "injured", "hurt": "injured", "dead": "killed", "killed": "killed",
    "missing": "missing", "victims": "killed_or_injured", "casualties": "killed_or_injured", "detained": "detained",
    "arrested": "detained", "hospitalised": "hospitalised", "evacuated": "evacuated", "displaced": "displaced",
}  # fmt: skip
"""Words that name a whole by its outcome: "14 of the injured"."""
MIXED_CLASSES = frozenset({"person", "civilian", "other", "incident"})
"""Classes that can hold others: among the people killed are children, soldiers and police."""
INFINITE = float("inf")


def link_figures(document: Document, figures: tuple[Figure, ...], events: tuple[Event, ...]) -> tuple[Figure, ...]:
    """Return the figures with part_of, incident, actor and target filled where the page ties them.

    A part belongs to the last figure before it that has the outcome it is a part of and is large enough; a figure
    belongs to the event that lists it.
    """
    owners = {figure_id: event for event in events for figure_id in event.figures}
    linked: list[Figure] = []
    wholes: list[Figure] = []
    for figure in figures:
        whole = _whole_of(document, figure, wholes[-MOST_WHOLES:]) if figure.kind == "subset" else None
        event = owners.get(figure.id)
        linked.append(
            msgspec.structs.replace(
                figure,
                part_of=whole.id if whole else None,
                incident=event.id if event else None,
                actor=event.actors[0] if event and event.actors else None,
                target=event.targets[0] if event and event.targets else None,
            )
        )
        if figure.kind in WHOLE_KINDS:
            wholes.append(linked[-1])
    return tuple(linked)


def _whole_of(document: Document, part: Figure, before: list[Figure]) -> Figure | None:
    """Return the full count before a part that it belongs to: same outcome, nearest before it."""
    named = _named_outcome(document, part)
    outcomes = {named} if named else {part.outcome, "killed_or_injured"}
    if not named and part.outcome == "hospitalised":
        outcomes.add("injured")
    for whole in reversed(before):
        if _named_alike(document, whole, part):
            return whole
        if whole.outcome in outcomes and _can_hold(whole, part) and _same_stock(whole, part):
            return whole
    return None


def _named_alike(document: Document, whole: Figure, part: Figure) -> bool:
    """Say whether a part names its whole in the same sentence: "47 wounded people ... 52 of the wounded".

    Such a part belongs to its whole even when it is larger; the check then says so.
    """
    if part.counted is None or whole.counted is None or whole.sentence != part.sentence:
        return False
    words = part.counted.of(document.text).lower().split()
    return words[-1] in NAMED_OUTCOMES and words[-1] in whole.counted.of(document.text).lower().split()


def _named_outcome(document: Document, part: Figure) -> str | None:
    """Return the outcome that the counted phrase names: "14 of the injured" is a part of the injured."""
    if part.counted is None:
        return None
    return NAMED_OUTCOMES.get(part.counted.of(document.text).lower().split()[-1])


def _can_hold(whole: Figure, part: Figure) -> bool:
    """Say whether the part fits into the whole; unknown values fit."""
    return (part.low or 0) <= interval(whole)[1]


def _same_stock(whole: Figure, part: Figure) -> bool:
    """Say whether a part can be counted among the whole: both on record as facts, children among people."""
    if whole.polarity != "affirmed" or whole.modality != "actual":
        return False
    return whole.counted_class in MIXED_CLASSES or whole.counted_class == part.counted_class


def check_figures(document: Document, figures: tuple[Figure, ...]) -> tuple[Check, ...]:
    """Return the checks that the figures of one page allow, held or failed, each in words, in text order."""
    return (
        *_sums(figures),
        *_parts(document, figures),
        *_shares(document, figures),
        *_repeats(document, figures),
    )


# --- intervals -----------------------------------------------------------------------------------------------------


def interval(figure: Figure) -> tuple[float, float]:
    """Return the closed interval of a figure; open ends are infinite, "about" is widened."""
    low = -INFINITE if figure.low is None else float(figure.low)
    high = INFINITE if figure.high is None else float(figure.high)
    if figure.low is None and figure.high is not None:
        low = 0.0
    if figure.bound == "about":
        low, high = low * (1 - ABOUT_TOLERANCE), high * (1 + ABOUT_TOLERANCE)
    return low, high


def overlap(a: Figure, b: Figure) -> bool:
    """Say whether two figures can be the same value."""
    (a_low, a_high), (b_low, b_high) = interval(a), interval(b)
    return a_low <= b_high and b_low <= a_high


def _known(figure: Figure) -> bool:
    return figure.point is not None and figure.bound == "exact"


def _shown(value: Number) -> str:
    """Return a number as a reader writes it: 1,200 and 12.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


# --- the checks ----------------------------------------------------------------------------------------------------


def _sums(figures: tuple[Figure, ...]) -> Iterable[Check]:
    """Add up figures of one sentence with one outcome and look for their sum on the page.

    A sum that is not found is no failed check: two figures need not have a total in print.
    """
    groups: dict[tuple[Span, str], list[Figure]] = {}
    for figure in figures:
        if figure.outcome not in ("none", "other") and figure.kind in WHOLE_KINDS and _known(figure):
            groups.setdefault((figure.sentence, figure.outcome), []).append(figure)
    printed: dict[Number, list[Figure]] = {}
    for figure in figures:
        for value in {figure.point, figure.of_total}:
            if value is not None:
                printed.setdefault(value, []).append(figure)
    seen: set[tuple[str, ...]] = set()
    for (_, outcome), group in groups.items():
        for size in range(2, min(MOST_SUMMANDS, len(group)) + 1):
            for parts in combinations(group[: MOST_SUMMANDS + 2], size):
                total = sum(part.point or 0 for part in parts)
                whole = _printed_sum(total, outcome, printed.get(total, ()), parts)
                if whole is None or total == 0 or any(not part.point for part in parts):
                    continue
                key = tuple(part.id for part in parts)
                if key not in seen:
                    seen.add(key)
                    terms = " + ".join(_shown(part.point or 0) for part in parts)
                    yield Check(kind="sum", figures=(*key, whole.id), holds=True, says=f"{terms} = {_shown(total)}")


def _printed_sum(total: Number, outcome: str, figures: Sequence[Figure], parts: tuple[Figure, ...]) -> Figure | None:
    """Return the first of these figures that prints a sum, as its value or as its whole."""
    for figure in figures:
        if figure in parts:
            continue
        if figure.outcome == outcome and figure.kind in WHOLE_KINDS and _known(figure) and figure.point == total:
            return figure
        if figure.of_total == total and _same_matter(figure, outcome):
            return figure
    return None


def _same_matter(figure: Figure, outcome: str) -> bool:
    """Say whether the whole of a figure can be what was launched, or have the outcome itself."""
    launched = outcome == "launched" and figure.outcome in ("intercepted", "shot_down", "hit", "destroyed", "launched")
    return launched or figure.outcome == outcome


def _parts(document: Document, figures: tuple[Figure, ...]) -> Iterable[Check]:
    """Compare each part with its whole: by part_of, or by "52 of 47"."""
    by_id = {figure.id: figure for figure in figures}
    for figure in figures:
        words = figure.number.of(document.text)
        if figure.of_total is not None and figure.low is not None:
            holds = figure.low <= figure.of_total
            says = f"{words} of {_shown(figure.of_total)}" + ("" if holds else ": the part is larger than its whole")
            if not holds:
                yield Check(kind="part_of", figures=(figure.id,), holds=False, says=says)
        whole = by_id.get(figure.part_of or "")
        if whole is not None:
            holds = _can_hold(whole, figure)
            yield Check(
                kind="part_of",
                figures=(figure.id, whole.id),
                holds=holds,
                says=f"{words} is {'a part of' if holds else 'more than its whole,'} {whole.number.of(document.text)}",
            )
    yield from _too_many_parts(document, figures)


def _too_many_parts(document: Document, figures: tuple[Figure, ...]) -> Iterable[Check]:
    """Report parts of one whole in one sentence that together are more than it."""
    by_id = {figure.id: figure for figure in figures}
    groups: dict[tuple[str, Span], list[Figure]] = {}
    for figure in figures:
        if figure.part_of is not None:
            groups.setdefault((figure.part_of, figure.sentence), []).append(figure)
    for (whole_id, _), parts in groups.items():
        whole = by_id[whole_id]
        least = sum(part.low or 0 for part in parts)
        if len(parts) > 1 and least > interval(whole)[1]:
            terms = " + ".join(part.number.of(document.text) for part in parts)
            yield Check(
                kind="part_of",
                figures=(*(part.id for part in parts), whole_id),
                holds=False,
                says=f"{terms} are more than the whole, {whole.number.of(document.text)}",
            )


def _shares(document: Document, figures: tuple[Figure, ...]) -> Iterable[Check]:
    """Work out "478 out of 550" in percent where the same sentence prints a share behind it."""
    for figure, share in pairwise(figures):
        near = share.sentence == figure.sentence and share.number.start - figure.number.end <= NEAR_SHARE
        near = near and share.counted is None
        if figure.of_total and figure.point is not None and share.kind == "share" and share.point is not None and near:
            value = 100 * figure.point / figure.of_total
            yield Check(
                kind="share",
                figures=(figure.id, share.id),
                holds=abs(value - share.point) <= SHARE_TOLERANCE,
                says=f"{_shown(figure.point)} of {_shown(figure.of_total)} is {value:.1f} percent; "
                f"printed: {share.number.of(document.text)}",
            )


NEAR_SHARE = 60
"""Characters between a figure and the share that restates it: "478 of the 550 drones (87 percent)"."""


def _repeats(document: Document, figures: tuple[Figure, ...]) -> Iterable[Check]:
    """Compare figures that count the same thing with the same outcome in different sentences of the page.

    They are the same matter when outcome, counted noun and place agree. Two sources that differ are a conflict; one
    source that differs, or the outlet itself, is a failed repeat. Each figure is compared with the first one of every
    value and source before it, so that a toll printed ten times gives nine checks and not 45.
    """
    groups: dict[tuple[str, str, str | None], list[Figure]] = {}
    for figure in figures:
        if figure.outcome in ("none", "other") or figure.kind not in WHOLE_KINDS or figure.modality != "actual":
            continue
        if figure.polarity in ("affirmed", "none_reported") and (figure.low, figure.high) not in ((1, 1), (None, None)):
            matter = (figure.outcome, _counted(document, figure), _place(document, figure))
            groups.setdefault(matter, []).append(figure)
    for group in groups.values():
        firsts: dict[tuple[object, ...], Figure] = {}
        for second in group:
            value = (second.low, second.high, second.bound, second.speaker)
            for first in firsts.values():
                if first.sentence != second.sentence:
                    yield from _repeat(document, first, second)
            if len(firsts) < MOST_VALUES:
                firsts.setdefault(value, second)


def _repeat(document: Document, first: Figure, second: Figure) -> Iterable[Check]:
    """Yield the check of two figures of one matter; none for two open intervals that overlap."""
    holds = overlap(first, second)
    if holds and first.point is None and second.point is None:
        return
    sources = first.speaker != second.speaker and first.speaker and second.speaker
    words = [figure.number.of(document.text) for figure in (first, second)]
    yield Check(
        kind="conflict" if sources and not holds else "repeat",
        figures=(first.id, second.id),
        holds=holds,
        says=f"{words[0]} and {words[1]} {first.outcome.replace('_', ' ')}: "
        + ("they agree" if holds else "they differ"),
    )


def _counted(document: Document, figure: Figure) -> str:
    """Return what a figure counts as one singular word; all words for people in general are one."""
    if figure.counted is None or figure.counted_class == "person":
        return "person"
    return singular(figure.counted.of(document.text).lower().split()[-1])


def _place(document: Document, figure: Figure) -> str | None:
    """Return the words of a figure's place, which keeps it apart from figures of other places or of none."""
    return Span(figure.place.start, figure.place.end).of(document.text).lower() if figure.place else None
