"""Two articles -> how likely they tell the same happening, as one number.

The number is the cosine of their terms, changed by what else is known: how near their dates are, whether they share
rare names, whether they stand in the same places. What speaks against one happening (other countries, other days,
counts that cannot be of one happening) makes it smaller. It depends on the two articles alone, never on others.

All constants were chosen on the development halves; docs/decisions/0010-stories.md says what each of them moves.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from math import exp
from typing import NamedTuple

from onrecord.errors import OnRecordError
from onrecord.stories.accounts import Account, MainFigure
from onrecord.stories.wording import Wording, dot, wording

WINDOW_DAYS = 60
"""Days that two articles of one story may lie apart, if no other stands between them."""

NEAR = 2.2
"""Factor for two articles of one day: in an archive of years, few that are no one story share their day."""

FADING_DAYS = 45.0
"""Days in which that factor falls to its e-th part."""

NAME_SHARE = 0.3
"""Share of the names' cosine in dated pairs; without dates a name says less, since people are in the news for years."""

ENOUGH_NAMES = 15.0
"""Weight of shared rare names (two or three) from which nothing is missing."""

NAMELESS = 0.3
"""What a dated pair without a shared rare name loses."""

ELSEWHERE = 0.6
"""What a pair loses whose places lie in other countries, if there are many of them."""

SAME_COUNTRIES = 0.5
"""Overlap of countries from which nothing is lost."""

FEW_PLACES = 2.0
"""Places at which half of that loss is believed."""

SAME_PLACE = 0.2
"""What a pair gains that shares its cities and regions."""

SHARED_PLACES = 0.3
"""Overlap of places from which all of it is gained."""

OTHER_DAYS = 14
"""Days between the nearest days of two articles' events from which they tell of other days."""

OTHER_TIME = 0.2
"""What a pair loses that tells of other days."""

FAR_COUNTS = 5.0
"""Factor between two counts of one outcome, reported within a day, from which they are not of one happening."""

OTHER_COUNT = 0.2
"""What a pair loses for that."""

Shares = Mapping[tuple[str, str] | str, float]


class Sketch(NamedTuple):
    """What is compared of an article. day and event_days are days since year 1; places and countries are shares."""

    wording: Wording
    day: int | None
    countries: Shares
    places: Shares
    located: int
    event_days: tuple[int, ...]
    figures: tuple[MainFigure, ...]


class DateError(OnRecordError):
    """A date of an account that is none."""


def day_of(text: str | None) -> int | None:
    """Return a date or time as days since year 1; None for None.

    Raises:
        DateError: it does not start with a date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError as err:
        raise DateError(f"{text!r} is no date; write YYYY-MM-DD, with a time behind it or not") from err


def sketch(account: Account) -> Sketch:
    """Return what is compared of an article."""
    countries: Counter[str] = Counter()
    places: Counter[tuple[str, str]] = Counter()
    for place in account.places:
        if place.country:
            countries[place.country] += place.times
        if place.name:
            places[place.name, place.country or ""] += place.times
    return Sketch(
        wording=wording(account.title, account.text),
        day=day_of(account.published),
        countries=_shares(countries),
        places=_shares(places),
        located=sum(countries.values()),
        event_days=tuple(day for text in account.event_days if (day := day_of(text)) is not None),
        figures=account.figures,
    )


def _shares(counts: Mapping[str, int] | Mapping[tuple[str, str], int]) -> Shares:
    total = sum(counts.values())
    return {key: count / total for key, count in counts.items()}


def likeness(a: Sketch, b: Sketch) -> float:
    """Return how likely two articles tell one happening, 0 or more; no probability."""
    cosine = dot(a.wording.terms, b.wording.terms)
    if a.day is not None and b.day is not None:
        apart = abs(a.day - b.day)
        if apart > WINDOW_DAYS:
            return 0.0
        cosine = (1 - NAME_SHARE) * cosine + NAME_SHARE * dot(a.wording.names, b.wording.names)
        cosine *= NEAR * exp(-apart / FADING_DAYS) * _named(a, b) * _counted(a, b, apart)
    return cosine * _placed(a, b) * _timed(a, b)


def _named(a: Sketch, b: Sketch) -> float:
    few, many = sorted((a.wording.telling, b.wording.telling), key=len)
    shared = sum(weight for name, weight in few.items() if name in many)
    return 1 - NAMELESS * (1 - min(1.0, shared / ENOUGH_NAMES))


def _placed(a: Sketch, b: Sketch) -> float:
    factor = 1.0
    if a.countries and b.countries:
        number = min(a.located, b.located)
        missing = 1 - min(1.0, _overlap(a.countries, b.countries) / SAME_COUNTRIES)
        factor -= ELSEWHERE * missing * number / (number + FEW_PLACES)
    if a.places and b.places:
        factor *= 1 + SAME_PLACE * min(1.0, _overlap(a.places, b.places) / SHARED_PLACES)
    return factor


def _overlap(a: Shares, b: Shares) -> float:
    return sum(min(share, b[key]) for key, share in a.items() if key in b)


def _timed(a: Sketch, b: Sketch) -> float:
    if not a.event_days or not b.event_days:
        return 1.0
    apart = min(abs(mine - other) for mine in a.event_days for other in b.event_days)
    return 1 - OTHER_TIME if apart > OTHER_DAYS else 1.0


def _counted(a: Sketch, b: Sketch, apart: int) -> float:
    """Return what is left for two articles of nearly one day that give one outcome quite other counts."""
    counts = {figure.outcome: figure for figure in a.figures}
    for other in b.figures if apart <= 1 else ():
        mine = counts.get(other.outcome)
        if mine and _far(mine, other):
            return 1 - OTHER_COUNT
    return 1.0


def _far(a: MainFigure, b: MainFigure) -> bool:
    less, more = sorted((a, b), key=lambda figure: figure.low or figure.high or 0)
    top, bottom = less.high, more.low
    return top is not None and bottom is not None and bottom > FAR_COUNTS * max(top, 1)
