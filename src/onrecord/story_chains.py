"""A story -> in words, for each number that several articles print: who put it on record first, who repeats it, when.

The chain of a number runs from each account back to the one before all others, and to those whom they name: two outlets
that quote one ministry are one origin and two accounts. Prints nothing; nothing is counted that a page does not say.
"""

from collections.abc import Iterator

from onrecord.intervals import range_shown
from onrecord.records import Series, SeriesPoint
from onrecord.standings import origins_of
from onrecord.stories.comparisons import day_in_words
from onrecord.stories.leads import Lead, leads
from onrecord.stories.mentions import NOON, day_and_clock
from onrecord.tables import counted, one_line
from onrecord.told import ToldStory

HOUR_MINUTES, DAY_HOURS = 60, 24
HOURS_UNTIL = 48
"""Hours from which a lag is said in days."""

REPEATS_SHOWN = 6
"""Repeats in one line; the rest as a number."""


def chains(told: ToldStory, series: Series) -> Iterator[str]:
    """Yield a line for each number of a series that more than one article prints."""
    for lead in leads(series):
        articles = {lead.first.article} | {repeat.point.article for repeat in lead.repeats}
        if len(articles) > 1 and lead.first.state != "background":
            yield one_line(f"{range_shown(lead.first.low, lead.first.high)}: {_chain(lead)}. {_behind(told, lead)}")


def according_to(point: SeriesPoint) -> str:
    """Return who gives a figure and who passed it on: "officials, via local media"; "" for the outlet itself."""
    if not point.speaker:
        return f"via {point.via}" if point.via else ""
    return f"{point.speaker}, via {point.via}" if point.via else point.speaker


def _chain(lead: Lead) -> str:
    day, clock = day_and_clock(lead.first.reported)
    when = day_in_words(day) + ("" if clock in ("", NOON) else f" {clock[:5]}")
    first = f"first in {_account(lead.first)}" + (f", {when}" if when else "")
    after = [
        f"{_account(repeat.point)} {lag_in_words(repeat.lag)}"
        for repeat in lead.repeats
        if repeat.point.article != lead.first.article
    ]
    more = len(after) - REPEATS_SHOWN
    return f"{first}; then {', '.join(after[:REPEATS_SHOWN])}" + (f" and {more} more" if more > 0 else "")


def _account(point: SeriesPoint) -> str:
    named = "copy" if point.copy else according_to(point)
    return f"{point.article} ({named})" if named else point.article


def lag_in_words(hours: float | None) -> str:
    """Return how much later a repeat is: "after 10 minutes", "after 3 hours", "after 2 days"."""
    if hours is None:
        return "at a time not known"
    if round(hours * HOUR_MINUTES) == 0:
        return "at the same time"
    if hours < 1:
        return f"after {counted(round(hours * HOUR_MINUTES), 'minute')}"
    if hours < HOURS_UNTIL:
        return f"after {counted(round(hours), 'hour')}"
    return f"after {counted(round(hours / DAY_HOURS), 'day')}"


def _behind(told: ToldStory, lead: Lead) -> str:
    """Return how many origins and accounts stand behind a number."""
    sources = next((state.sources for state in told.states if state.figure == lead.first.figure), ())
    origins = origins_of(source.origin for source in sources if source.attributed)
    own = sum(not source.attributed for source in sources)
    parts = [counted(len(origins), "origin")] if origins else []
    parts += [f"{counted(own, 'outlet')} in {'its' if own == 1 else 'their'} own voice"] if own else []
    return f"{' and '.join(parts)}, {counted(len(sources), 'account')}"
