"""Mentions -> quantities: which figures of a story can be compared, because they count the same thing in one scope.

The scope `whole` is the happening as a whole, `part` one place of it. Which figure of an article is about the whole is
seen from its own company: the largest count of its outcome that stands first, is a running total or is tied to no
place. Figures that fit neither stand in scopes of their own, where only equal ones meet. When in doubt two figures are
of different scope.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.records import Outcome
from onrecord.stories.localities import WORD, Locality, fits
from onrecord.stories.mentions import Mention, Unit, order

RIVAL_SHARE = 0.5
"""Share of an article's count that another count of it must reach to be a rival for the same thing."""

FAR_TIMES = 5.0
"""How many times another count one may be and still be the same thing: the first of its article, its neighbours."""

GROUPS = frozenset({"child", "civilian", "soldier", "police", "militant", "prisoner"})
"""Things of which a part of all people is the whole: three children among the dead are all the children killed."""

OTHERS = "other"
"""Stem of a noun for those not counted before: "four others"; the first count of an outcome is of all it concerns."""

Words = frozenset[str]


class Quantity(NamedTuple):
    """What the figures of one series count: scope is `whole`, `part` (of one place), or why they are compared less."""

    outcome: Outcome
    thing: str
    scope: str
    place: tuple[str, ...] = ()


class Split(NamedTuple):
    """The counts of one thing in one unit: of the whole, of places, and the rest; chief is the first of the whole."""

    whole: list[Mention]
    placed: list[Mention]
    rest: list[Mention]

    @property
    def chief(self) -> Mention | None:
        """The count of the whole, if there is one."""
        return self.whole[0] if self.whole else None


COMPARED = ("whole", "part")
"""Scopes in which a figure can revise another one."""


def quantities(mentions: Sequence[Mention]) -> dict[Quantity, list[Mention]]:
    """Return the mentions of each quantity in the order given. Copies have no say in which places are parts."""
    found: dict[Quantity, list[Mention]] = defaultdict(list)
    counts: dict[tuple[Outcome, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.loose or mention.past:
            found[_apart(mention)].append(mention)
        else:
            counts[mention.figure.outcome, mention.thing].append(mention)
    splits = {key: _splits(kept) for key, kept in counts.items()}
    parts = part_places(one for kept in splits.values() for one in kept)
    for (outcome, thing), kept in splits.items():
        for scope, members in _scoped(kept, parts).items():
            found[Quantity(outcome, thing, *scope)].extend(members)
    rank = {mention.key: place for place, mention in enumerate(mentions)}
    return {key: sorted(kept, key=lambda mention: rank[mention.key]) for key, kept in found.items()}


def _apart(mention: Mention) -> Quantity:
    """Return the quantity of a mention that is compared with equal ones only."""
    figure = mention.figure
    place = tuple(sorted(mention.place.words)) if mention.place else ()
    scope: str = figure.kind
    if mention.past:
        scope = "background"
    elif figure.modality != "actual":
        scope = figure.modality
    elif figure.polarity not in ("affirmed", "unverified"):
        scope = figure.polarity
    elif scope in ("total", "running_total", "count", "background", "previous"):
        scope = "single"
    return Quantity(figure.outcome, mention.thing, scope, place)


def _splits(mentions: list[Mention]) -> list[Split]:
    """Return the mentions of one outcome and thing, split unit by unit."""
    units: dict[Unit, list[Mention]] = defaultdict(list)
    for mention in mentions:
        units[mention.unit].append(mention)
    return [split(sorted(kept, key=lambda m: m.figure.number.start)) for kept in units.values()]


def _scoped(splits: list[Split], parts: set[Words]) -> dict[tuple[str, tuple[str, ...]], list[Mention]]:
    """Return the mentions of one outcome and thing by scope and place."""
    splits = without_outliers([_demoted(_local(one, parts), parts) for one in splits])
    component = _components(m for one in splits for m in one.whole)
    splits = [_gathered(one, component, parts) for one in splits]
    found: dict[tuple[str, tuple[str, ...]], list[Mention]] = defaultdict(list)
    for one in splits:
        chief = one.chief
        where = component[chief.place.words if chief and chief.place else frozenset()] if chief else ()
        found["whole", where].extend(one.whole)
        placed, rest = _of_places(one.placed)
        for mention in placed:
            found["part", _name(mention)].append(mention)
        for mention in (*one.rest, *rest):
            found["background" if mention.figure.kind == "background" else "subset", _name(mention)].append(mention)
    return {key: kept for key, kept in found.items() if kept}


def _name(mention: Mention) -> tuple[str, ...]:
    return tuple(sorted(mention.place.words)) if mention.place else ()


# --- one unit --------------------------------------------------------------------------------------------------------


def split(mentions: list[Mention]) -> Split:
    """Split the counts of one thing in one unit, given in text order."""
    counts = [m for m in mentions if not m.older and not m.local and (m.figure.kind != "subset" or m.thing in GROUPS)]
    counts = _foreground([m for m in counts if m.noun != OTHERS or m is counts[0]])
    chief = _chief(counts)
    whole, placed, rest = ([chief] if chief else []), [], []
    for mention in mentions:
        if mention is chief:
            continue
        at_chief = mention.place is None or (chief is not None and _one_place(mention.place, chief.place))
        if chief and at_chief and (mention.older or (mention in counts and _of_whole(mention, chief))):
            whole.append(mention)
        elif mention.place and not at_chief and (mention in counts or mention.figure.kind != "background"):
            placed.append(mention)
        else:
            rest.append(mention)
    return Split(whole, placed, rest)


def _foreground(counts: list[Mention]) -> list[Mention]:
    """Return the counts that are not background; of background alone the first, which opens what the article tells."""
    front = [m for m in counts if m.figure.kind != "background"]
    return front or counts[:1]


def _chief(counts: list[Mention]) -> Mention | None:
    """Return the count of the whole: the largest that stands first, is a running total or is tied to no place."""
    side_by_side = _side_by_side(counts)
    alone = [m for m in counts if m.figure.id not in side_by_side]
    while alone:
        top = max(alone, key=lambda m: m.value or 0.0)
        near = (top.value or 0.0) <= FAR_TIMES * (counts[0].value or 0.0)
        if top is counts[0] or top.figure.kind == "running_total" or (top.place is None and near):
            return top
        if top.place is not None:
            return None
        alone.remove(top)
    return None


def _side_by_side(counts: list[Mention]) -> set[str]:
    """Return the figures that share a sentence with one of another place: "26 in X and six in Y"."""
    sentences: dict[int, list[Mention]] = defaultdict(list)
    for mention in counts:
        if mention.place:
            sentences[mention.figure.sentence.start].append(mention)
    return {
        mention.figure.id
        for kept in sentences.values()
        if len({m.place.words for m in kept if m.place}) > 1
        for mention in kept
    }


def _one_place(a: Locality, b: Locality | None) -> bool:
    return b is not None and fits(a, b)


def _of_whole(mention: Mention, chief: Mention) -> bool:
    """Say whether a count is of the same as the chief one: equal, or a rival's by another source or in one sentence."""
    if OTHERS == mention.noun != chief.noun:
        return False
    if mention.value == chief.value:
        return True
    rival = mention.source != chief.source or mention.figure.sentence == chief.figure.sentence
    small, large = sorted((mention.value or 0.0, chief.value or 0.0))
    return rival and small >= RIVAL_SHARE * large


def _of_places(placed: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return the counts of a unit that stand for their places, and those that are parts of these."""
    kept: list[Mention] = []
    rest: list[Mention] = []
    by_place: dict[Words, list[Mention]] = defaultdict(list)
    for mention in placed:
        by_place[mention.place.words if mention.place else frozenset()].append(mention)
    for found in by_place.values():
        counts = [m for m in found if not m.older]
        totals = [m for m in counts if m.figure.kind != "subset"] or counts
        top = max(totals, key=lambda m: m.value or 0.0, default=None)
        for mention in found:
            stands = top is None or mention is top or mention.older or (mention in totals and _of_whole(mention, top))
            (kept if stands else rest).append(mention)
    return kept, rest


# --- one story -------------------------------------------------------------------------------------------------------


def part_places(splits: Iterable[Split]) -> set[Words]:
    """Return the places that are parts of the happening: counted beside a whole in at least as many units as as one."""
    parts: dict[Words, set[Unit]] = defaultdict(set)
    wholes: dict[Words, set[Unit]] = defaultdict(set)
    for one in splits:
        if one.chief and one.chief.place and not one.chief.copy:
            wholes[one.chief.place.words].add(one.chief.unit)
        for mention in one.placed:
            if mention.place and not mention.copy:
                parts[mention.place.words].add(mention.unit)
    return {words for words, units in parts.items() if len(units) >= len(wholes[words] - units)}


def _local(one: Split, parts: set[Words]) -> Split:
    """Return a split in which a count tied to no place is one of the part place whose officials give it."""
    named = {m.key: words for m in (*one.whole, *one.rest) if (words := _speaks_for(m, parts))}
    if not named:
        return one
    moved = [replace(m, place=_place_named(m, named[m.key])) for m in (*one.whole, *one.rest) if m.key in named]
    whole, rest = ([m for m in kept if m.key not in named] for kept in (one.whole, one.rest))
    return Split(whole, [*one.placed, *moved], rest)


def _speaks_for(mention: Mention, parts: set[Words]) -> Words | None:
    """Return the part place that the speaker of a count without a place is named by: "X officials"."""
    if mention.place is not None or mention.figure.kind == "subset" or not mention.figure.speaker:
        return None
    said = frozenset(word.lower() for word in WORD.findall(mention.figure.speaker))
    return max((words for words in parts if words <= said), key=lambda words: (len(words), sorted(words)), default=None)


def _place_named(mention: Mention, words: Words) -> Locality:
    speaker = mention.figure.speaker or ""
    return Locality(name=" ".join(word for word in WORD.findall(speaker) if word.lower() in words), words=words)


def _demoted(one: Split, parts: set[Words]) -> Split:
    """Return a split whose whole is one of a part place as a count of that place."""
    chief = one.chief
    if chief is None or chief.place is None:
        return one
    if not chief.place.receiving and (chief.place.wide or chief.place.words not in parts):
        return one
    tied = [m for m in one.whole if m.place]
    loose = [m for m in one.whole if not m.place]
    return Split([], [*tied, *one.placed], [*loose, *one.rest])


def _gathered(one: Split, component: Mapping[Words, tuple[str, ...]], parts: set[Words]) -> Split:
    """Return a split in which counts of the place where the whole happening is are counts of the whole.

    An article gives one count for "the west" and another for "twelve provinces": both are of the happening that other
    articles of the story place in the west.
    """
    chief = one.chief
    if chief is None:
        return one
    where = component[chief.place.words if chief.place else frozenset()]

    def is_whole(mention: Mention) -> bool:
        place = mention.place
        if place is None or place.words in parts or place.receiving:
            return False
        return component.get(place.words) == where and _of_whole(mention, chief)

    moved = [m for m in one.placed if is_whole(m)]
    return Split([*one.whole, *moved], [m for m in one.placed if m not in moved], one.rest) if moved else one


def without_outliers(splits: list[Split]) -> list[Split]:
    """Return splits in which a whole far from those before and after it, which are like one another, is none.

    A toll that jumps stays up; one count in between that is many times off is of something else.
    """
    own = sorted((one for one in splits if one.chief and not one.chief.copy), key=lambda one: order(one.whole[0]))
    far = set()
    for before, one, after in zip(own, own[1:], own[2:], strict=False):
        first, value, last = before.whole[0], one.whole[0], after.whole[0]
        if _far(value, first) and _far(value, last) and not _far(first, last):
            far.add(value.key)
    return [
        Split([], one.placed, [*one.whole, *one.rest]) if one.chief and one.chief.key in far else one for one in splits
    ]


def _far(a: Mention, b: Mention) -> bool:
    small, large = sorted((a.value or 0.0, b.value or 0.0))
    return large > FAR_TIMES * small


def _components(mentions: Iterable[Mention]) -> Mapping[Words, tuple[str, ...]]:
    """Return for the place of each count of the whole which happening it is of, named by its commonest place.

    Places that can be one hang together; a count without a place belongs to the happening with most counts.
    """
    times, shown = Counter[Words](), dict[Words, Mention]()
    for mention in sorted(mentions, key=order):
        if mention.place:
            times[mention.place.words] += not mention.copy
            shown.setdefault(mention.place.words, mention)
    by_times = sorted(times, key=lambda words: (-times[words], order(shown[words])))
    leaders: list[Words] = []
    found: dict[Words, tuple[str, ...]] = {}
    for words in by_times:
        leader = next((one for one in leaders if _fit(shown[one], shown[words])), None)
        if leader is None:
            leaders.append(words)
            leader = words
        found[words] = tuple(sorted(leader))
    found[frozenset()] = tuple(sorted(by_times[0])) if by_times else ()
    return found


def _fit(a: Mention, b: Mention) -> bool:
    return a.place is not None and _one_place(a.place, b.place)
