"""Verdicts on the figures of a story -> comparisons in words: who put what on record against whom.

Each figure is compared with the one that it repeats, revises or conflicts with, a figure of one place with the whole,
a denied one with what it denies, so that the number of comparisons grows as the number of figures does. The words name
both values, sources, outlets and days; they do not say who is right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache

from onrecord.intervals import shown
from onrecord.lexicon import rows
from onrecord.records import Bound, Comparison, ComparisonKind, Outcome, PointState
from onrecord.stories.mentions import Mention, Unit, order
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

LINKS: dict[PointState, str] = {
    "repeated": ", the same as ",
    "revised_up": ", up from ",
    "revised_down": ", down from ",
    "corrected": ", corrected from ",
    "silently_changed": ", changed without notice from ",
    "conflicting": " against ",
    "not_comparable": ", not comparable with ",
}
"""Words between the figure and the one it is compared with."""

BOUND_WORDS: dict[Bound, str] = {
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
    "nearly": "nearly ",
    "about": "about ",
}

Judged = Mapping[Quantity, Sequence[Verdict]]


def compared(judged: Judged) -> tuple[Comparison, ...]:
    """Return the comparisons of a story's figures; copies are compared with nothing."""
    found = [
        _pair(one, one.against)
        for verdicts in judged.values()
        for one in verdicts
        if one.against is not None and not one.mention.copy
    ]
    return (*found, *_parts(judged), *_denials(judged))


def _pair(verdict: Verdict, against: Mention) -> Comparison:
    mention = verdict.mention
    link = LINKS[verdict.state]
    if verdict.state == "repeated" and mention.value != against.value:
        link = ", not at odds with "
    return comparison(mention, against, KINDS[verdict.state], link)


def comparison(a: Mention, b: Mention, kind: ComparisonKind, link: str) -> Comparison:
    """Return what figure a says of figure b; link is the words between the two."""
    years = {one.when[0][:4] for one in (a, b)}
    dated = len(years) > 1
    return Comparison(a=a.figure.id, b=b.figure.id, kind=kind, says=f"{said(a, dated)}{link}{said(b, dated)}")


def said(mention: Mention, with_year: bool = False) -> str:
    """Return a figure with its source, outlet and day: "19 killed according to the governor (Herald, 4 March)"."""
    figure = mention.figure
    what = "" if mention.thing == "person" or not mention.head else f" {mention.head}"
    where = f" {placed(mention.place.name)}" if mention.place else ""
    passed_on = f", via {figure.via}" if figure.via else ""
    source = f" according to {_inside(figure.speaker)}{passed_on}" if figure.speaker else ""
    printed = (mention.outlet, day_in_words(mention.when[0], with_year))
    shown_by = ", ".join(one for one in printed if one)
    outcome = "" if figure.outcome == "other" else f" {figure.outcome.replace('_', ' ')}"
    return f"{number_in_words(mention)}{what}{outcome}{where}{source}" + (f" ({shown_by})" if shown_by else "")


def placed(name: str) -> str:
    """Return a place as it stands behind what happened: "in Calder", "along the lane"."""
    return name if name.partition(" ")[0] in _prepositions() else f"in {name}"


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(word for row in rows("grammar") if row["class"] == "preposition" for word in row["words"].split())


def _inside(name: str) -> str:
    """Return a name as it stands inside a sentence: "the health ministry" for "The health ministry"."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in ("The", "A", "An") else name


def number_in_words(mention: Mention) -> str:
    """Return the number with its bound: "at least 14", "30 to 40"; as written for words without a number."""
    figure = mention.figure
    if figure.bound == "between" and figure.low is not None and figure.high is not None:
        return f"{shown(figure.low)} to {shown(figure.high)}"
    if figure.point is None:
        return mention.report.reading.words(figure.number) or "an unknown number"
    return BOUND_WORDS.get(figure.bound, "") + shown(figure.point)


@lru_cache(maxsize=1 << 12)
def day_in_words(day: str, with_year: bool = False) -> str:
    """Return a date as "4 March" or "4 March 2026"; another one as it is, "" where there is none."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day.removeprefix("~")
    return f"{found.day} {found:%B}" + (f" {found.year}" if with_year else "")


# --- parts -----------------------------------------------------------------------------------------------------------


def _parts(judged: Judged) -> Iterator[Comparison]:
    """Yield each count of one place against the whole on record at that time, and places that add up to a whole."""
    wholes: dict[tuple[Outcome, str], list[Mention]] = defaultdict(list)
    places: dict[tuple[Outcome, str], list[Mention]] = defaultdict(list)
    for quantity, verdicts in judged.items():
        kept = wholes if quantity.scope == "whole" else places if quantity.scope == "part" else None
        if kept is not None:
            kept[quantity[:2]].extend(one.mention for one in verdicts if not one.mention.copy and not one.mention.older)
    for key, found in places.items():
        whole_of = _whole_at(sorted(wholes.get(key, ()), key=order), found)
        for mention in found:
            whole = whole_of.get(mention.unit)
            if whole is not None and _all_over(whole) and (mention.value or 0.0) <= (whole.value or 0.0):
                yield comparison(mention, whole, "part_of", ", part of ")
        yield from _sums(found, whole_of)


def _all_over(whole: Mention) -> bool:
    """Say whether a count is of no place that could lie beside the part."""
    return whole.place is None or whole.place.wide or whole.place.is_country


def _whole_at(wholes: Sequence[Mention], parts: Iterable[Mention]) -> dict[Unit, Mention]:
    """Return for each unit with parts its own whole, else the last one on record before it."""
    own = {one.unit: one for one in reversed(wholes)}
    found: dict[Unit, Mention] = {}
    place, last = 0, None
    for mention in sorted(parts, key=order):
        while place < len(wholes) and wholes[place].when <= mention.when:
            last = wholes[place]
            place += 1
        whole = own.get(mention.unit) or last
        if whole is not None:
            found.setdefault(mention.unit, whole)
    return found


def _sums(parts: Iterable[Mention], whole_of: Mapping[Unit, Mention]) -> Iterator[Comparison]:
    """Yield one comparison for each unit whose places, once each, add up to the whole."""
    units: dict[Unit, dict[frozenset[str], Mention]] = defaultdict(dict)
    for mention in parts:
        if mention.place and mention.figure.point is not None:
            units[mention.unit].setdefault(mention.place.words, mention)
    for unit, by_place in units.items():
        kept, whole = list(by_place.values()), whole_of.get(unit)
        if whole is not None and len(kept) > 1 and sum(one.figure.point or 0 for one in kept) == whole.figure.point:
            added = " + ".join(said(one) for one in kept)
            largest = max(kept, key=lambda one: (one.value or 0.0, one.key))
            says = f"{added} = {said(whole)}"
            yield Comparison(a=largest.figure.id, b=whole.figure.id, kind="sums_to", says=says)


# --- denials ---------------------------------------------------------------------------------------------------------


def _denials(judged: Judged) -> Iterator[Comparison]:
    """Yield each denied figure, and each "none" of soldiers or the like, with what it denies of another source."""
    claimed: dict[tuple[Outcome, str, str | None, float | None], Mention] = {}
    denied: list[Mention] = []
    for quantity, verdicts in judged.items():
        for mention in (one.mention for one in verdicts if not one.mention.copy):
            if mention.figure.polarity == "denied" or (mention.value == 0 and mention.thing != "person"):
                denied.append(mention)
            elif mention.figure.modality == "actual" and mention.value:
                # "None were killed" denies what is told of this happening, not what a war has cost before.
                for value in (mention.value, None)[: 1 if quantity.scope == "background" else 2]:
                    claimed.setdefault((quantity.outcome, mention.thing, mention.noun, value), mention)
    for mention in denied:
        value = mention.value or None
        against = claimed.get((mention.figure.outcome, mention.thing, mention.noun, value))
        if against is not None and against.source != mention.source:
            yield comparison(mention, against, "conflicts", ", denying ")
