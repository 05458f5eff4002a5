"""A reading -> an account: what the stage `stories` needs of one article, and nothing else.

What goes in is a `Reading`; what comes out is an `Account` with the article's text, title, dates, credits, places,
days of events and main figures. Accounts are plain frozen records, so that a ledger can make them from its rows as
well. Nothing is compared here.
"""

import re
from collections import Counter

from onrecord.records import TOLL_KINDS, Event, Figure, Number, Outcome, Place, Reading, Record

MAIN_OUTCOMES: tuple[Outcome, ...] = ("killed", "injured", "missing", "displaced", "evacuated", "detained", "destroyed")
"""Outcomes whose counts tell one happening from another that looks like it, most telling first."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Told(Record, frozen=True, kw_only=True):
    """A place and how often the article's figures and events stand in it."""

    name: str
    country: str | None = None
    times: int = 1


class MainFigure(Record, frozen=True, kw_only=True):
    """The count of one outcome that the article puts first. low and high are counts; None is an open end."""

    outcome: Outcome
    low: Number | None = None
    high: Number | None = None


class Account(Record, frozen=True, kw_only=True):
    """One article as stories see it.

    text is the running text without furniture. published and seen are RFC 3339 dates or times, event_days are dates.
    credits are the news agencies that the article credits, usual forms.
    """

    id: str
    text: str
    title: str = ""
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    seen: str | None = None
    credits: tuple[str, ...] = ()
    places: tuple[Told, ...] = ()
    event_days: tuple[str, ...] = ()
    figures: tuple[MainFigure, ...] = ()


def account_of(reading: Reading, *, seen: str | None = None) -> Account:
    """Return the account of a reading; a page that could not be read gives one without text.

    Args:
        reading: what was read in one page.
        seen: when the page was first captured, RFC 3339; the page's own date of capture when it is not given.
    """
    page, article = reading.page, reading.article
    return Account(
        id=reading.id,
        text=(article.body if article else "") or (page.text if page else ""),
        title=(article.headline if article else None) or "",
        url=page.url if page else None,
        outlet=page.outlet if page else None,
        published=article.published if article else None,
        seen=seen or (page.captured if page else None),
        credits=article.wire_credits if article else (),
        places=places_of(reading),
        event_days=event_days_of(reading.events),
        figures=main_figures(reading.figures),
    )


def places_of(reading: Reading) -> tuple[Told, ...]:
    """Return the places in which figures and events stand, most often named first."""
    claims: tuple[Figure | Event, ...] = (*reading.figures, *reading.events)
    found = Counter(key for claim in claims if (key := _place_key(claim.place)))
    return tuple(
        Told(name=name, country=country or None, times=times)
        for (name, country), times in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    )


def _place_key(place: Place | None) -> tuple[str, str] | None:
    if place is None or (place.name is None and place.country is None):
        return None
    return (place.name or "", place.country or "")


def event_days_of(events: tuple[Event, ...]) -> tuple[str, ...]:
    """Return the days on which something happened, where the text gives them to the day, in order of time."""
    days = {
        event.time.from_[:10]
        for event in events
        if event.status in ("happened", "ongoing")
        and event.time
        and event.time.from_
        and event.time.precision in ("minute", "hour", "part_of_day", "day")
        and DAY.match(event.time.from_)
    }
    return tuple(sorted(days))


def main_figures(figures: tuple[Figure, ...]) -> tuple[MainFigure, ...]:
    """Return the first affirmed count of each main outcome, in the order of MAIN_OUTCOMES."""
    found: dict[Outcome, MainFigure] = {}
    for figure in figures:
        if figure.kind in TOLL_KINDS - {"previous", "increment"} and figure.polarity == "affirmed":
            count = MainFigure(outcome=figure.outcome, low=figure.low, high=figure.high)
            if figure.low is not None or figure.high is not None:
                found.setdefault(figure.outcome, count)
    return tuple(found[outcome] for outcome in MAIN_OUTCOMES if outcome in found)
