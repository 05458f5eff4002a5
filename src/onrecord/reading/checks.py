"""What the figures of one page say of each other: sums, parts of a whole, shares, repeated figures that differ.

Values are compared as intervals, never as points, with a named tolerance for "about" and for vague words. A check is
recorded whether it holds or not; nothing is corrected. Figures of different pages are compared by the stories.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

import msgspec

from onrecord.intervals import interval, shown
from onrecord.reading.checks_repeats import repeats
from onrecord.reading.exclusions import left_out
from onrecord.reading.parties import Parties, parties_of
from onrecord.reading.sentences import Document
from onrecord.records import Check, Event, Figure, Number, Span

SHARE_TOLERANCE = 1.0
"""Percentage points by which a printed share may differ from the one worked out: printed shares are rounded."""
MOST_SUMMANDS = 4
"""Figures of one sentence that are added up at most."""
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
PEOPLE_CLASSES = frozenset({"person", "civilian", "child", "soldier", "police", "militant", "prisoner", "other"})
HARMS = frozenset({
    "killed", "injured", "hospitalised", "missing", "killed_or_injured", "displaced", "detained", "evacuated",
    "rescued", "charged", "affected",
})  # fmt: skip
"""Outcomes of people: homes and districts are no part of the people killed."""
NOT_AMONG = re.compile(r"\bnot (?:\w+ )?(?:among|one of|part of)\b", re.IGNORECASE)
ALL_OF = re.compile(r"all\b|both\b", re.IGNORECASE)
NESTED = re.compile(r"\s*of (?:the|them|those|these|whom)\b", re.IGNORECASE)
"""Words behind a part that make it a part of the part before: "four men and a woman, with one of the men"."""


def link_figures(document: Document, figures: tuple[Figure, ...], events: tuple[Event, ...]) -> tuple[Figure, ...]:
    """Return the figures with part_of, excludes, incident, actor, target and weapon filled where the page ties them.

    A part belongs to the last figure before it that has the outcome it is a part of and is large enough; a figure
    belongs to the event that lists it.
    """
    owners = {figure_id: event for event in events for figure_id in event.figures}
    told: dict[Span, list[Event]] = {}
    for one in events:
        told.setdefault(one.sentence, []).append(one)
    sentences = {sentence.start: sentence for sentence in document.sentences}
    excluded = left_out(document, figures)
    outside = {name for names in excluded.values() for name in names}
    linked: list[Figure] = []
    wholes: list[Figure] = []
    parts: list[Figure] = []
    for figure in figures:
        if figure.kind == "subset" and figure.id in outside:
            figure = msgspec.structs.replace(figure, kind="total")
        whole = _whole_of(document, figure, wholes[-MOST_WHOLES:]) if figure.kind == "subset" else None
        if whole is None and figure.kind == "subset":
            whole = _whole_of(document, figure, [part for part in parts if part.sentence == figure.sentence])
        event = owners.get(figure.id)
        sentence = sentences.get(figure.sentence.start)
        parties = parties_of(document, sentence, figure, told.get(figure.sentence, ())) if sentence else Parties()
        linked.append(
            msgspec.structs.replace(
                figure,
                part_of=whole.id if whole else None,
                incident=event.id if event else (whole.incident if whole else None),
                excludes=excluded.get(figure.id, ()),
                actor=parties.actor,
                target=parties.target,
                weapon=parties.weapon,
            )
        )
        if figure.kind in WHOLE_KINDS:
            wholes.append(linked[-1])
        elif figure.kind == "subset" and whole is None:
            parts.append(linked[-1])
    return tuple(linked)


def _whole_of(document: Document, part: Figure, before: list[Figure]) -> Figure | None:
    """Return the full count before a part that it belongs to: same outcome, nearest before it."""
    if NOT_AMONG.search(document.text, part.sentence.start, part.sentence.end):
        return None
    named = _named_outcome(document, part)
    outcomes = {named} if named else {part.outcome, "killed_or_injured"}
    if not named and part.outcome == "hospitalised":
        outcomes.add("injured")
    for whole in reversed(before):
        if _named_alike(document, whole, part):
            return whole
        fits = whole.outcome in outcomes and _can_hold(whole, part) and _same_stock(whole, part)
        if fits and not _told_apart(document, whole, part):
            return whole
    return None


def _told_apart(document: Document, whole: Figure, part: Figure) -> bool:
    """Say whether two counts that seem part and whole are the same count, or stand beside one another.

    Equal exact values are one count told again; one noun counted twice in a sentence, joined by "and", is two groups:
    "four members of his family and three members of his club".
    """
    if _known(whole) and _known(part) and whole.point == part.point:
        return ALL_OF.match(document.text, part.number.start) is None
    if part.outcome in ("none", "other") and whole.sentence != part.sentence:
        return not NESTED.match(document.text, part.number.end)
    if whole.sentence != part.sentence or whole.counted is None or part.counted is None:
        return False
    nouns = [figure.counted.of(document.text).lower().split()[-1] for figure in (whole, part) if figure.counted]
    between = document.text[whole.number.end : part.number.start].lower()
    return nouns[0] == nouns[1] and between.rstrip().endswith(" and")


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
    if whole.polarity != "affirmed" or whole.modality != "actual" or whole.high in (0, 1):
        return False
    if whole.counted_class == part.counted_class:
        return True
    if part.counted_class == "incident" and whole.counted_class != "incident":
        return False
    people = part.counted_class in PEOPLE_CLASSES or part.counted is None
    return whole.counted_class in MIXED_CLASSES and (people or part.outcome not in HARMS)


def check_figures(document: Document, figures: tuple[Figure, ...]) -> tuple[Check, ...]:
    """Return the checks that the figures of one page allow, held or failed, each in words, in text order."""
    return (
        *_sums(figures),
        *_parts(document, figures),
        *_shares(document, figures),
        *_changes(document, figures),
        *repeats(document, figures),
    )


def _known(figure: Figure) -> bool:
    return figure.point is not None and figure.bound == "exact"


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
                    terms = " + ".join(shown(part.point or 0) for part in parts)
                    yield Check(kind="sum", figures=(*key, whole.id), holds=True, says=f"{terms} = {shown(total)}")


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
            says = f"{words} of {shown(figure.of_total)}" + ("" if holds else ": the part is larger than its whole")
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
        if figure.part_of is not None and not NESTED.match(document.text, figure.number.end):
            groups.setdefault((figure.part_of, figure.sentence), []).append(figure)
    for (whole_id, _), parts in groups.items():
        whole = by_id[whole_id]
        least = sum(part.low or 0 for part in parts)
        terms = " + ".join(part.number.of(document.text) for part in parts)
        if len(parts) > 1 and _known(whole) and all(map(_known, parts)) and least == whole.point:
            ids = (*(part.id for part in parts), whole_id)
            yield Check(kind="sum", figures=ids, holds=True, says=f"{terms} = {whole.number.of(document.text)}")
        if len(parts) > 1 and least > interval(whole)[1]:
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
            low, high = interval(share)
            yield Check(
                kind="share",
                figures=(figure.id, share.id),
                holds=low - SHARE_TOLERANCE <= value <= high + SHARE_TOLERANCE,
                says=f"{shown(figure.point)} of {shown(figure.of_total)} is {value:.1f} percent; "
                f"printed: {share.number.of(document.text)}",
            )


NEAR_SHARE = 60
"""Characters between a figure and the share that restates it: "478 of the 550 drones (87 percent)"."""


def _changes(document: Document, figures: tuple[Figure, ...]) -> Iterable[Check]:
    """Add an increment to the older value and compare the running total: "two more died, taking the toll from 9 to 11".

    All three stand in one sentence or the next, have one outcome and are exact.
    """
    steps = [figure for figure in figures if figure.kind == "increment" and _known(figure)]
    for step in steps:
        near = [f for f in figures if f.outcome == step.outcome and _known(f) and _next_to(document, f, step)]
        before = [f for f in near if f.kind == "previous"]
        after = [f for f in near if f.kind == "running_total"]
        if len(before) == len(after) == 1:
            parts, total = (before[0], step), (before[0].point or 0) + (step.point or 0)
            holds = total == after[0].point
            terms = " + ".join(shown(part.point or 0) for part in parts)
            says = f"{terms} = {shown(total)}" + ("" if holds else f"; printed: {after[0].number.of(document.text)}")
            yield Check(kind="sum", figures=(*(f.id for f in parts), after[0].id), holds=holds, says=says)


def _next_to(document: Document, figure: Figure, other: Figure) -> bool:
    """Say whether two figures stand in one sentence or in neighbouring ones: no stop but one between them."""
    low, high = sorted((figure.number.start, other.number.start))
    return sum(low < sentence.start <= high for sentence in document.sentences) <= 1
