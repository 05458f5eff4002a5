"""A story with what was said in it -> how each of its figures stands: who is behind it, what is against it, how old.

These are the facts that a policy's conditions look at (`grading.py`). Nothing is graded here, and nothing says which
figure is true. Who is behind a figure is who is behind any figure of its series with the same number.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache

from onrecord.lexicon import rows
from onrecord.policies import Rank
from onrecord.records import Number, Record, Series, SeriesPoint, SpeakerKind, Statement
from onrecord.stories.mentions import NOON, day_and_clock
from onrecord.stories.origins import IndependentSource, same_name
from onrecord.stories.scopes import COMPARED
from onrecord.stories.states import CHANGES
from onrecord.told import ToldStory

DAY_SECONDS = 86_400

LEAST_SHARED = 2
"""Words of a name that must all stand in a fuller one for both to be one origin: one word ("officials") is too few."""

WORD = re.compile(r"[^\W_]+")
LITTLE = frozenset({"the", "a", "an", "s"})
"""Words of a name that do not tell it from others; s is what is left of 's."""

Key = tuple[str, str]
"""A figure and its article."""


class Origin(Record, frozen=True, kw_only=True):
    """One who put a figure on record: its fullest name, what it is called by elsewhere, and what the pages say of it.

    about holds its names, role, body and country. kind is None where no statement of the story names it.
    """

    name: str
    kind: SpeakerKind | None = None
    about: str = ""

    @property
    def official(self) -> bool:
        """Say whether a word of lexicon/officials.tsv stands in its name, role or body."""
        public, not_public = _officials()
        return public.search(self.about) is not None and not_public.search(self.about) is None


class Standing(Record, frozen=True, kw_only=True):
    """How one figure stands. counts are those that a policy can ask for; None is unknown.

    accounts are the independent sources in words, own the articles that give it in their own voice.
    """

    point: SeriesPoint
    outcome: str
    scope: str | None
    rank: frozenset[Rank]
    counts: dict[str, int | None]
    origins: tuple[Origin, ...]
    accounts: tuple[str, ...]
    own: tuple[str, ...]


def standings(
    told: ToldStory, said: Iterable[Statement], now: str, same: Mapping[str, str] | None = None
) -> dict[Key, Standing]:
    """Return how each figure of a story stands.

    Args:
        told: the story.
        said: its statements, which say of what kind a source is.
        now: the time that ages are counted to, RFC 3339 or EDTF.
        same: names that a person counts under another one.
    """
    return _Story(told, said, now, same or {}).standings()


def origins_of(names: Iterable[str]) -> tuple[Origin, ...]:
    """Return the distinct origins behind names as articles write them."""
    known = list(names)
    return _Sources(known, (), {}).origins(known)


@cache
def _officials() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of the words of public bodies and offices, and of those that take a name out again."""
    found = ("|".join(re.escape(row["word"]) for row in rows("officials") if row["kind"] == kind)
             for kind in ("public", "other"))  # fmt: skip
    public, other = (re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for words in found)
    return public, other


def _words(name: str) -> frozenset[str]:
    return frozenset(WORD.findall(name.lower())) - LITTLE


class _Sources:
    """Names of sources -> origins: one for names that a person merged and for a name whose words a fuller one has."""

    def __init__(self, names: Iterable[str], said: Iterable[Statement], same: Mapping[str, str]) -> None:
        self._same = same
        self._known: dict[str, list[Statement]] = defaultdict(list)
        for statement in said:
            if statement.speaker:
                self._known[self._plain(statement.speaker)].append(statement)
        self._written: dict[str, set[str]] = defaultdict(set)
        for name in names:
            self._written[self._plain(name)].add(name)

    def _plain(self, name: str) -> str:
        return same_name(self._same.get(name, name))

    def origins(self, names: Iterable[str]) -> tuple[Origin, ...]:
        """Return the distinct origins behind these names, in their order."""
        parts: list[dict[str, frozenset[str]]] = []
        for name in dict.fromkeys(self._plain(name) for name in names):
            words = _words(name)
            near = [part for part in parts if any(_one_name(words, other) for other in part.values())]
            joined = {other: kept for part in near for other, kept in part.items()} | {name: words}
            parts = [part for part in parts if part not in near] + [joined]
        return tuple(self._origin(sorted(part)) for part in parts)

    def _origin(self, plain: Sequence[str]) -> Origin:
        written = sorted({name for one in plain for name in self._written[one]}, key=lambda name: (-len(name), name))
        known = [statement for one in plain for statement in self._known[one]]
        kinds = Counter(statement.speaker_kind for statement in known if statement.speaker_kind).most_common()
        told = (part for one in known for part in (one.speaker_role, one.speaker_body, one.speaker_country) if part)
        return Origin(
            name=written[0] if written else plain[0],
            kind=min(kinds, key=lambda found: (-found[1], found[0]))[0] if kinds else None,
            about="; ".join(dict.fromkeys([*written, *told])),
        )


def _one_name(a: frozenset[str], b: frozenset[str]) -> bool:
    return min(len(a), len(b)) >= LEAST_SHARED and (a <= b or b <= a)


class _Story:
    """What the standings of one story are made of."""

    def __init__(self, told: ToldStory, said: Iterable[Statement], now: str, same: Mapping[str, str]) -> None:
        self._told, self._now = told, _moment(now)
        self._behind: dict[Key, tuple[IndependentSource, ...]] = {
            (state.figure, state.article): state.sources for state in told.states
        }
        points = [point for series in told.series() for point in series.points]
        self._state = {point.figure: point.state for point in points}
        self._last = max((time for point in points if (time := _moment(point.reported))), default=None)
        names = [source.origin for sources in self._behind.values() for source in sources if source.attributed]
        self._sources = _Sources([*names, *(point.speaker for point in points if point.speaker)], said, same)
        self._against: dict[str, set[str]] = defaultdict(set)
        self._denied_by: dict[str, set[str]] = defaultdict(set)
        for one in told.conflicts():
            if self._state.get(one.a) == "conflicting":
                self._against[one.a].add(one.b)
                self._against[one.b].add(one.a)
            else:
                self._denied_by[one.b].add(one.a)

    def standings(self) -> dict[Key, Standing]:
        return {
            (one.point.figure, one.point.article): one
            for series in self._told.series()
            for one in self._of_series(series)
        }

    def _of_series(self, series: Series) -> Iterator[Standing]:
        groups: dict[tuple[IndependentSource, ...], list[SeriesPoint]] = defaultdict(list)
        for point in series.points:
            groups[self._sources_of(point)].append(point)
        ranks = self._ranks(series)
        for sources, points in groups.items():
            origins = self._sources.origins(source.origin for source in sources if source.attributed)
            own = tuple(article for source in sources if not source.attributed for article in source.articles)
            counts = self._counts(series, sources, points, origins)
            accounts = tuple(_account(source) for source in sources)
            for point in points:
                yield Standing(
                    point=point, outcome=series.outcome, scope=series.scope, rank=ranks.get(sources, frozenset()),
                    counts=counts, origins=origins, accounts=accounts, own=own,
                )  # fmt: skip

    def _sources_of(self, point: SeriesPoint) -> tuple[IndependentSource, ...]:
        return self._behind.get((point.figure, point.article), ())

    def _counts(
        self,
        series: Series,
        sources: Sequence[IndependentSource],
        points: Sequence[SeriesPoint],
        origins: Sequence[Origin],
    ) -> dict[str, int | None]:
        figures = {point.figure for point in points}
        value_of = {point.figure: (point.low, point.high) for point in series.points}
        against = {value_of.get(other, other) for figure in figures for other in self._against[figure]}
        own = [point for point in points if not point.copy] or points
        first = min((time for point in own if (time := _moment(point.reported))), default=None)
        return {
            "independent_sources": len(sources),
            "origins": len(origins),
            "named": sum(one.kind not in (None, "unnamed") for one in origins),
            "unnamed": sum(one.kind == "unnamed" for one in origins),
            "official": sum(one.official for one in origins),
            "own_voice": sum(not source.attributed for source in sources),
            "articles": len({point.article for point in points if not point.copy}),
            "copies": len({point.article for point in points if point.copy}),
            "conflicts": len(against),
            "denials": len({one for figure in figures for one in self._denied_by[figure]}),
            "days_on_record": _days(first, self._last),
            "age_days": _days(first, self._now),
        }

    def _ranks(self, series: Series) -> dict[tuple[IndependentSource, ...], frozenset[Rank]]:
        """Return where each value of a series stands; only those of a whole or of a place are compared."""
        if series.scope not in COMPARED:
            return {}
        own = [point for point in series.points if not point.copy]
        last = next((point for point in reversed(own) if point.state == "first" or point.state in CHANGES), None)
        standing = {self._sources_of(point): _value(point) for point in self._unreplaced(own)}
        if last is not None:
            standing[self._sources_of(last)] = _value(last)
        ranks: dict[tuple[IndependentSource, ...], frozenset[Rank]] = {}
        for point in series.points:
            sources, replaced = self._sources_of(point), frozenset[Rank]({"replaced"})
            here = set(_rank(standing[sources], standing.values())) if sources in standing else set(replaced)
            if last is not None and sources == self._sources_of(last):
                here.add("last")
            ranks[sources] = frozenset(here - {"between"} if "last" in here else here)
        return ranks

    def _unreplaced(self, own: Sequence[SeriesPoint]) -> Iterator[SeriesPoint]:
        """Yield the counts in conflict whose source gave no other one later."""
        for number, point in enumerate(own):
            later = own[number + 1 :]
            if point.state == "conflicting" and not any(self._one_source(point, other) for other in later):
                yield point

    def _one_source(self, a: SeriesPoint, b: SeriesPoint) -> bool:
        if a.speaker is None or b.speaker is None:
            return a.speaker is b.speaker and a.article == b.article
        return len(self._sources.origins((a.speaker, b.speaker))) == 1


def _account(source: IndependentSource) -> str:
    articles = ", ".join(source.articles)
    return f"{source.origin} ({articles})" if source.attributed else f"{articles} itself"


def _value(point: SeriesPoint) -> Number:
    return next((limit for limit in (point.low, point.high) if limit is not None), 0)


def _rank(value: Number, standing: Iterable[Number]) -> Iterator[Rank]:
    values = set(standing)
    if len(values) == 1:
        yield "only"
    if value == min(values):
        yield "lowest"
    if value == max(values):
        yield "highest"
    if min(values) < value < max(values):
        yield "between"


def _moment(reported: str | None) -> datetime | None:
    day, clock = day_and_clock(reported)
    try:
        return datetime.fromisoformat(f"{day}T{clock or NOON}")
    except ValueError:
        return None


def _days(start: datetime | None, end: datetime | None) -> int | None:
    """Return the whole days between two times; None where one is not known."""
    return None if start is None or end is None else int((end - start).total_seconds() // DAY_SECONDS)
