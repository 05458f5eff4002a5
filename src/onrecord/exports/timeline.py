"""The events of a story by day -> SVG, a lane for each type, and the same events as a list in words.

An event stands at the day it happened, where its page says so to the day, else at the day it was printed, which is
said. Every day with events has a column of one width; a broken line stands between days that do not follow each other.
Events of one day, type and status are one mark, the larger the more there are; filled: they happened, hollow: they are
planned, denied or not sure. Only classes: the page that holds the timeline styles them (`TIMELINE_STYLE`). It does not
decide which events are one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil, sqrt
from typing import NamedTuple

from onrecord.answers import EventOnRecord
from onrecord.exports.charts import Href
from onrecord.exports.marked import text
from onrecord.exports.scales import moment
from onrecord.exports.story_words import day_words, link
from onrecord.records import EventStatus, TimePrecision

WIDE, LANE, HEAD, FOOT = 960, 26, 10, 28
"""Pixels: of the timeline, of a lane, above the lanes, of the time axis below them."""
LEFT = 130
"""Pixels left of the days, for the types."""
SMALLEST, LARGEST = 3.5, 11.0
"""Pixels: radius of a mark of one event, and of the largest one."""
APART = 3.0
"""Pixels between two marks of one day and lane."""
FILLED = 0.94
"""Part of a day's width that its marks may take."""
WIDEST = 160.0
"""Pixels of a day, at most."""
NAMED = 70
"""Pixels that the name of a day takes; where days are narrower only some have theirs."""
LANES = 12
"""Types that have a lane, those with most events; the others share the last one."""
OTHERS = "others"
SAID = 3
"""Events of one day, type and status that are linked at once, where not all are asked for."""
HAPPENED: frozenset[EventStatus] = frozenset({"happened", "ongoing"})
DAY_AND_HALF = 129_600.0
"""Seconds from which two days do not follow each other."""
TO_THE_DAY: frozenset[TimePrecision] = frozenset({"minute", "hour", "part_of_day", "day"})

TIMELINE_STYLE = """
.timeline{display:block;min-width:45rem;width:100%;height:auto;font:12px system-ui,sans-serif;break-inside:avoid}
.timeline text{fill:var(--ink)}.timeline .tick{fill:var(--dim)}.timeline .grid{stroke:var(--line);stroke-width:1}
.timeline .gap{stroke:var(--dim);stroke-width:1;stroke-dasharray:2 4}
.happening circle{fill:var(--happening);stroke:var(--happening);stroke-width:2}.happening.open circle{fill:var(--paper)}
a.happening:focus{outline:none}a.happening:focus circle,a.happening:hover circle{stroke:var(--ink);stroke-width:4}
:root{--happening:#5b3fa0}@media screen and (prefers-color-scheme:dark){:root{--happening:#b7a3f5}}
@media print{.timeline{min-width:0}}
"""
"""Needs --ink, --dim, --line and --paper, and .legend of charts.py."""


class Happening(NamedTuple):
    """Events of one day, type and status. day is a date, or None; printed: it is the one on which they were printed."""

    day: str | None
    printed: bool
    type: str
    status: EventStatus
    events: tuple[EventOnRecord, ...]

    @property
    def id(self) -> str:
        """The id of its place in the list."""
        return f"on-{self.day or 'no-day'}{'-printed' if self.printed else ''}-{self.type}-{self.status}"


def happenings(events: Iterable[EventOnRecord]) -> list[Happening]:
    """Return events by day, type and status, in order of time; those without a day come last."""

    def key(event: EventOnRecord) -> tuple[str, str, EventStatus, bool]:
        day, printed = _day_of(event)
        return day or "~", event.type, event.status, printed

    grouped = ((key, tuple(some)) for key, some in groupby(sorted(events, key=key), key))
    return [
        Happening(None if day == "~" else day, printed, type, status, some)
        for (day, type, status, printed), some in grouped
    ]


def _day_of(event: EventOnRecord) -> tuple[str | None, bool]:
    """Return the day of an event, and whether it is only the one on which it was printed."""
    time = event.time
    happened = time.from_ if time is not None and time.precision in TO_THE_DAY else None
    day = happened or event.published
    return (day[:10] if day else None), happened is None and day is not None


def event_lines(
    found: Sequence[Happening], href: Href, *, rows: slice = slice(None), said: int | None = None
) -> Iterator[str]:
    """Yield the timeline of all happenings, then those asked for in words.

    Args:
        found: as `happenings` gives them.
        href: where each event links to.
        rows: which are listed.
        said: events of each happening that are linked; all where it is None.
    """
    if not found:
        yield "<p>No events.</p>"
        return
    listed = found[rows]
    yield from _legend(found)
    yield from _drawn(found, {one.id for one in listed})
    for day, some in groupby(listed, lambda one: one.day):
        yield f'<h3>{text(day_words(day))}</h3><ul class="plain">'
        yield from (_listed(one, href, said) for one in some)
        yield "</ul>"


# --- words -----------------------------------------------------------------------------------------------------------


def _words(one: Happening) -> str:
    """Return what a mark stands for: attack, planned, 12 events in 6 articles."""
    articles, number = len({event.article for event in one.events}), len(one.events)
    counts = f"{number} events in {articles} article{'s' if articles > 1 else ''}" if number > 1 else ""
    status = "" if one.status == "happened" else _spaced(one.status)
    words = (_spaced(one.type), status, counts, "day of print" if one.printed else "")
    return ", ".join(word for word in words if word)


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _listed(one: Happening, href: Href, said: int | None) -> str:
    """Return a happening in words, with a link to the words of each event and its outlet."""
    outlets: dict[str, list[str]] = {}
    for event in one.events[:said]:
        words = event.evidence.as_written.trigger or _spaced(event.type)
        outlets.setdefault(event.outlet or event.article, []).append(link(href(event.id), words))
    told = "; ".join(f'{", ".join(links)} <span class="dim">{text(outlet)}</span>' for outlet, links in outlets.items())
    more = len(one.events) - len(one.events[:said])
    rest = f' <span class="dim">and {more} more</span>' if more else ""
    return f'<li id="{text(one.id)}" dir="auto"><b>{text(_words(one))}</b>: {told}{rest}</li>'


# --- the picture -----------------------------------------------------------------------------------------------------


def _legend(found: Sequence[Happening]) -> Iterator[str]:
    there = {one.status for one in found}
    yield '<ul class="legend">'
    for classes, sign, statuses in (("", "filled", there & HAPPENED), (" open", "hollow", there - HAPPENED)):
        if statuses:
            yield f"<li>{_symbol(classes)} {sign}: {', '.join(sorted(map(_spaced, statuses)))}</li>"
    more = any(len(one.events) > 1 for one in found)
    yield f"{'<li>larger: more events of that day</li>' if more else ''}</ul>"


def _symbol(classes: str) -> str:
    circle = '<circle cx="9" cy="9" r="5"/>'
    return f'<svg class="happening{classes}" viewBox="0 0 18 18" aria-hidden="true">{circle}</svg>'


class _Days(NamedTuple):
    """The days of a timeline in order, None last, with the pixels of each."""

    days: list[str | None]
    wide: float

    def middle(self, day: str | None) -> float:
        return LEFT + self.wide * (self.days.index(day) + 0.5)


def _drawn(found: Sequence[Happening], listed: set[str]) -> Iterator[str]:
    """Yield the picture; a mark that is listed links to its place in the list."""
    often: Counter[str] = Counter()
    for one in found:
        often[one.type] += len(one.events)
    lanes = [type for type, _ in often.most_common(LANES if len(often) <= LANES else LANES - 1)]
    named = [*map(_spaced, lanes), *([OTHERS] if len(often) > len(lanes) else [])]
    lane_of = {type: lanes.index(type) if type in lanes else len(lanes) for type in often}
    listing = list(dict.fromkeys(one.day for one in found))
    days = _Days(listing, min(WIDEST, (WIDE - LEFT) / len(listing)))
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Events by day">'
    high = HEAD + LANE * len(named) + FOOT
    yield f'<svg class="timeline" viewBox="0 0 {WIDE} {high}" role="group" aria-label="Events by day">'
    yield from _grid(named, days)
    most = max(len(one.events) for one in found)
    cells: dict[tuple[str | None, int], list[Happening]] = {}
    for one in found:
        cells.setdefault((one.day, lane_of[one.type]), []).append(one)
    for (day, lane), some in cells.items():
        yield from _cell(some, days.middle(day), HEAD + LANE * (lane + 0.5), days.wide * FILLED, most, listed)
    yield "</svg></div>"


def _grid(named: Sequence[str], days: _Days) -> Iterator[str]:
    bottom, right = HEAD + LANE * len(named), LEFT + days.wide * len(days.days)
    for number, name in enumerate(named):
        y = HEAD + LANE * (number + 0.5)
        yield f'<text x="0" y="{y + 4:.0f}">{text(name)}</text><path class="grid" d="M{LEFT} {y:.0f}H{right:.0f}"/>'
    every = ceil(NAMED / days.wide)
    for number, day in enumerate(days.days):
        x = days.middle(day)
        if number and _is_gap(days.days[number - 1], day):
            yield f'<path class="gap" d="M{x - days.wide / 2:.1f} {HEAD}V{bottom}"/>'
        if number % every == 0:
            yield f'<text class="tick" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{text(day_words(day))}</text>'


def _is_gap(before: str | None, day: str | None) -> bool:
    first, second = moment(before), moment(day)
    return first is None or second is None or second - first > DAY_AND_HALF


def _cell(
    some: Sequence[Happening], middle: float, y: float, wide: float, most: int, listed: set[str]
) -> Iterator[str]:
    """Yield the marks of one day and lane side by side; smaller where they would not fit."""
    radii = [SMALLEST + (LARGEST - SMALLEST) * sqrt((len(one.events) - 1) / max(most - 1, 1)) for one in some]
    needed = 2 * sum(radii) + APART * (len(some) - 1)
    fit = min(1.0, wide / needed)
    x = middle - needed * fit / 2
    for one, radius in zip(some, radii, strict=True):
        yield _mark(one, x + radius * fit, y, radius * fit, linked=one.id in listed)
        x += (2 * radius + APART) * fit


def _mark(one: Happening, x: float, y: float, radius: float, *, linked: bool) -> str:
    classes = "happening" if one.status in HAPPENED else "happening open"
    title = f"<title>{text(day_words(one.day))}: {text(_words(one))}</title>"
    inner = f'{title}<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.2f}"/>'
    if linked:
        return f'<a class="{classes}" href="#{text(one.id)}">{inner}</a>'
    return f'<g class="{classes}">{inner}</g>'
