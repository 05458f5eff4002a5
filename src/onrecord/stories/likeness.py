"""Two articles -> how likely they tell the same happening, as one number between 0 and 1.

Signals are worked out of the two articles alone: cosines of their terms, of their leads and of their names, nearness in
time, and what speaks for or against one happening (the same days, other days, other countries, counts that cannot be
of one happening). Weights add them up to the log of the odds. Nothing depends on other articles.

The weights come from training/story_weights.py; docs/decisions/0010-stories.md says how they were checked.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from math import exp, log
from typing import NamedTuple

from onrecord.errors import OnRecordError
from onrecord.stories.accounts import Account, MainFigure
from onrecord.stories.wording import Wording, dot, wording

WINDOW_DAYS = 60
"""Days that two articles of one story may lie apart, if no other stands between them."""

NEAR_DAYS = 40.0
"""Days in which nearness in time falls to its e-th part; it hardly falls in the first two weeks, as stories go on."""

LEAST_COSINE = 0.02
"""Added to a cosine before its log is taken, so that none is 0."""

SAME_COUNTRIES = 0.5
"""Overlap of countries from which nothing speaks for another place."""

SAME_DAY = 1
"""Days between the nearest days of two articles' events up to which they tell of one day."""

OTHER_DAYS = 14
"""The same from which they tell of other days."""

FAR_COUNTS = 5.0
"""Factor between two counts of one outcome, reported within a day, from which they are not of one happening."""

Shares = Mapping[str, float]


class Signals(NamedTuple):
    """What is compared of two articles, or the weight of each: terms, lead and names are logs of cosines.

    near is 1 for articles of one day and falls with the days between them, 0 where a date is not known; the others are
    0 or 1, elsewhere also between; always is 1.
    """

    terms: float
    lead: float
    names: float
    near: float
    same_day: float
    other_days: float
    elsewhere: float
    other_count: float
    always: float


WEIGHTS = Signals(
    terms=1.67,
    lead=1.97,
    names=0.83,
    near=3.0,
    same_day=2.01,
    other_days=-1.06,
    elsewhere=-1.48,
    other_count=-0.61,
    always=6.08,
)
"""What each signal adds to the log of the odds that two articles tell one happening.

As fitted, but for near (2.73 in the fit): with 3.0 the dated articles stand in the middle of the range in which they
are grouped well, not at its edge.
"""


class Sketch(NamedTuple):
    """What is compared of an article. day and event_days are days since year 1; countries are shares."""

    wording: Wording
    day: int | None
    countries: Shares
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
    for place in account.places:
        if place.country:
            countries[place.country] += place.times
    total = countries.total()
    return Sketch(
        wording=wording(account.title, account.text),
        day=day_of(account.published),
        countries={country: times / total for country, times in countries.items()},
        event_days=tuple(day for text in account.event_days if (day := day_of(text)) is not None),
        figures=account.figures,
    )


def signals(a: Sketch, b: Sketch) -> Signals | None:
    """Return what is compared of two articles; None for articles too far apart in time to be compared."""
    apart = None if a.day is None or b.day is None else abs(a.day - b.day)
    if apart is not None and apart > WINDOW_DAYS:
        return None
    days = _days_between(a, b)
    return Signals(
        terms=log(LEAST_COSINE + dot(a.wording.terms, b.wording.terms)),
        lead=log(LEAST_COSINE + dot(a.wording.lead, b.wording.lead)),
        names=log(LEAST_COSINE + dot(a.wording.names, b.wording.names)),
        near=0.0 if apart is None else nearness(apart),
        same_day=float(0 <= days <= SAME_DAY),
        other_days=float(days > OTHER_DAYS),
        elsewhere=_elsewhere(a, b),
        other_count=float(apart is not None and apart <= 1 and _other_count(a, b)),
        always=1.0,
    )


def nearness(apart: int) -> float:
    """Return how near in time two articles are that many days apart, 1 for one day."""
    return exp(-((apart / NEAR_DAYS) ** 2))


def likeness(a: Sketch, b: Sketch) -> float:
    """Return how likely two articles tell one happening, 0 to 1, where one pair in three that are compared does so."""
    found = signals(a, b)
    return 0.0 if found is None else likely(found)


def likely(found: Signals, weights: Signals = WEIGHTS) -> float:
    """Return the likeness that these signals have under these weights."""
    return 1 / (1 + exp(-sum(weight * signal for weight, signal in zip(weights, found, strict=True))))


def _elsewhere(a: Sketch, b: Sketch) -> float:
    if not a.countries or not b.countries:
        return 0.0
    shared = sum(min(share, b.countries[key]) for key, share in a.countries.items() if key in b.countries)
    return 1 - min(1.0, shared / SAME_COUNTRIES)


def _days_between(a: Sketch, b: Sketch) -> int:
    """Return the days between the nearest events of two articles; -1 where one has none."""
    return min((abs(mine - other) for mine in a.event_days for other in b.event_days), default=-1)


def _other_count(a: Sketch, b: Sketch) -> bool:
    """Say whether two articles give one outcome counts that are not of one happening."""
    counts = {figure.outcome: figure for figure in a.figures}
    return any(other.outcome in counts and _far(counts[other.outcome], other) for other in b.figures)


def _far(a: MainFigure, b: MainFigure) -> bool:
    less, more = sorted((a, b), key=lambda figure: figure.low or figure.high or 0)
    top, bottom = less.high, more.low
    return top is not None and bottom is not None and bottom > FAR_COUNTS * max(top, 1)
