"""The reports of one story -> its series of figures over time, what they say of each other, and who stands behind each.

`Report`s go in, one for each version of each article; a `Telling` comes out. It does not depend on their order, and
copies of an article change the state of no figure but their own. Nothing says which of two figures is true.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from onrecord.records import Series, SeriesPoint
from onrecord.stories.comparisons import compared
from onrecord.stories.leads import with_leads
from onrecord.stories.mentions import Key, Mention, mentions_of
from onrecord.stories.origins import Claimed, IndependentSource, independent_sources
from onrecord.stories.reports import FigureState, Report, Telling
from onrecord.stories.sayings import compared_sayings
from onrecord.stories.scopes import Quantity, quantities
from onrecord.stories.states import Verdict, judge


def telling(reports: Sequence[Report]) -> Telling:
    """Return what the articles of one story tell together."""
    known = with_sources(reports)
    judged = {
        quantity: judge(quantity, mentions) for quantity, mentions in sorted(quantities(mentions_of(known)).items())
    }
    stand = _sources(judged, known)
    states = tuple(
        FigureState(
            figure=one.mention.figure.id, article=one.mention.unit.article, state=one.state,
            sources=stand.get(one.mention.key, ()),
        )
        for verdicts in judged.values()
        for one in verdicts
    )  # fmt: skip
    return Telling(
        series=tuple(series_of(quantity, verdicts) for quantity, verdicts in judged.items()),
        comparisons=(*compared(judged), *compared_sayings(known)),
        states=states,
    )


def with_sources(reports: Sequence[Report]) -> list[Report]:
    """Return the reports in a fixed order, each copy pointing at an article that is there.

    Where the source of copies is not among the reports, the one first reported stands for it.
    """
    ordered = sorted(reports, key=lambda one: (one.reported or "~", one.reading.id, one.version))
    there = {one.reading.id for one in ordered if one.copy_of is None}
    stand_in: dict[str, str] = {}
    for one in ordered:
        if one.copy_of is not None and one.copy_of not in there:
            stand_in.setdefault(one.copy_of, one.reading.id)
    return [_pointed(one, stand_in) for one in ordered]


def _pointed(report: Report, stand_in: Mapping[str, str]) -> Report:
    source = stand_in.get(report.copy_of or "")
    if source is None:
        return report
    return replace(report, copy_of=None if source == report.reading.id else source)


def series_of(quantity: Quantity, verdicts: Sequence[Verdict]) -> Series:
    """Return the points of one quantity, in order of time, each with who put its number on record first."""
    heads = Counter(one.mention.head.lower() for one in verdicts if one.mention.head)
    places = Counter(one.mention.place.name for one in verdicts if one.mention.place)
    series = Series(
        outcome=quantity.outcome,
        counted=_commonest(heads),
        place=_commonest(places),
        scope=quantity.scope,
        points=tuple(_point(one) for one in verdicts),
    )
    return with_leads(series)


def _commonest(found: Counter[str]) -> str | None:
    return min(found, key=lambda name: (-found[name], name), default=None)


def _point(verdict: Verdict) -> SeriesPoint:
    mention = verdict.mention
    return SeriesPoint(
        article=mention.unit.article,
        reported=mention.reported,
        low=mention.figure.low,
        high=mention.figure.high,
        bound=mention.figure.bound,
        speaker=mention.figure.speaker,
        via=mention.figure.via,
        figure=mention.figure.id,
        state=verdict.state,
        copy=mention.copy,
    )


# --- independent sources ---------------------------------------------------------------------------------------------


def _sources(
    judged: Mapping[Quantity, Sequence[Verdict]], reports: Iterable[Report]
) -> dict[Key, tuple[IndependentSource, ...]]:
    """Return the independent sources of each figure: of all figures of its series that give the same number."""
    copy_of = {one.reading.id: one.copy_of for one in reports}
    agencies = {one.reading.id: one.agency for one in reports}
    found: dict[Key, tuple[IndependentSource, ...]] = {}
    for verdicts in judged.values():
        for members, claims in _agreeing([one.mention for one in verdicts]):
            sources = independent_sources([_claimed(one) for one in claims], copy_of, agencies)
            found |= {one.key: sources for one in members}
    return found


def _agreeing(mentions: Sequence[Mention]) -> list[tuple[list[Mention], list[Mention]]]:
    """Return for each printed number its mentions, and all mentions that give the same number."""
    by_number: dict[tuple[float | None, float, float], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_number[mention.value, mention.low, mention.high].append(mention)
    by_value: dict[float | None, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_value[mention.value].append(mention)
    return [(kept, by_value[value] if value is not None else kept) for (value, _, _), kept in by_number.items()]


def _claimed(mention: Mention) -> Claimed:
    figure = mention.figure
    return Claimed(
        claim=figure.id, article=mention.unit.article, origin=figure.speaker, evidence=figure.source or figure.number
    )
