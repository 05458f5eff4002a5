"""A story of a ledger -> the parts of its page: the beginning of each, and each whole on pages of its own.

Reads a bounded number of claims for the first page, however many articles the story has; what depends on nothing but
the story as it was made last is kept (`Kept`). The mark-up is that of the exported file (exports/story_html.py); here
each figure opens its words on its page.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from markupsafe import Markup, escape
from sqlalchemy import Connection

from onrecord.answers import ClaimOnRecord, EventOnRecord, FigureOnRecord, StatementOnRecord
from onrecord.exports.charts import Href, in_file, outlets_of, point_shown
from onrecord.exports.maps import places_shown
from onrecord.exports.places import PlaceOnMap, places_of
from onrecord.exports.story_figures import (
    against_lines,
    chart_lines,
    compared,
    once_lines,
    outlet_lines,
    points_of,
    told_often,
    told_once,
)
from onrecord.exports.story_html import PARTS, gone_points
from onrecord.exports.story_said import said_lines
from onrecord.exports.timeline import event_lines, happenings
from onrecord.ledger.queries import Query, checked
from onrecord.ledger.search import Answers, claims, claims_by_id
from onrecord.ledger.standing import standing
from onrecord.records import Story
from onrecord.web.showing import document_path, story_path, with_query

PartName = Literal["figures", "once", "conflicts", "outlets", "said", "events", "places", "articles"]
NAMES: tuple[PartName, ...] = get_args(PartName)
TITLES = dict(PARTS) | {"figures": "Figures over time", "once": "Figures told once or by copies only"}

MORE: dict[PartName, str] = {
    "figures": "All figures over time", "conflicts": "All conflicts and revisions", "outlets": "All figures by outlet",
    "said": "All statements", "events": "All events", "places": "All places",
}  # fmt: skip
"""What leads to a part whole."""

FIRST_LANES, FIRST_DOTS = 6, 24
"""Of the first page: series of the chart, figures of each of them."""
FIRST_ROWS, FIRST_OUTLETS, FIRST_CELL = 10, 8, 4
"""Of the first page: rows and columns of the table of figures by outlet, figures of a cell."""
FIRST_AGAINST, FIRST_SAID, FIRST_HAPPENINGS, FIRST_WORDS = 6, 24, 20, 3
"""Of the first page: conflicts and revisions, statements, rows of events, events of each row that are linked."""
FIRST_READ = 400
"""Figures, and events, that the first page is made of, the newest ones: 0.1 ms each on one core of 2.5 GHz."""
MOST_READ = 5_000
"""The same of the page that has all places."""

LANES, DOTS, ROWS, OF_EACH, CLAIMS = 8, 200, 40, 50, 100
"""Of a page of one part: series and figures of each, rows of the table, conflicts and revisions, claims."""

KEPT_STORIES = 32
"""Stories whose drawn parts are kept: some 100 KB each."""


class Part(NamedTuple):
    """A part of a page: the id of its heading, its name, its mark-up, the page that has it whole, if any."""

    id: str
    name: str
    html: Markup
    more: PartName | None = None

    @property
    def leads(self) -> str:
        """What the link to the page that has it whole says."""
        return MORE[self.more] if self.more else ""


class Gone(NamedTuple):
    """A figure of an earlier version: its id, the page that had it, what it was."""

    figure: str
    article: str
    says: str


class Drawn(NamedTuple):
    """What is kept of a story: parts that are drawn from it, and its figures that are gone."""

    chart: Part
    outlets: Part
    events: Part
    places: Part
    gone: tuple[Gone, ...]


class Kept:
    """The drawn parts of the stories that were looked at last, by story, when it was made, and as of when."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[tuple[str, str, str | None], Drawn] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str, str | None], make: Callable[[], Drawn]) -> Drawn:
        """Return what is kept under a key; made where it is not there yet."""
        with self._lock:
            found = self._drawn.get(key)
            if found is not None:
                self._drawn.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._drawn[key] = made
            while len(self._drawn) > KEPT_STORIES:
                self._drawn.popitem(last=False)
        return made


class Asked(NamedTuple):
    """A story that a page is asked for, where its claims are read, and as of when (as it was given)."""

    connection: Connection
    story: Story
    as_of: str | None

    @property
    def moment(self) -> str | None:
        """As of when, in full."""
        return checked(Query(as_of=self.as_of)).as_of

    def claims(self, kind: Literal["figure", "statement", "event"], limit: int, after: str | None = None) -> Answers:
        """Return claims of the story, those of the newest articles first."""
        return claims(self.connection, kind, Query(story=self.story.id, as_of=self.as_of, limit=limit, after=after))

    def href(self, pages: Mapping[str, str]) -> Href:
        """Return what gives the address of a claim's words on its page; for one that is gone, its place below."""

        def to(claim: str) -> str:
            page = pages.get(claim)
            if page is None:
                return in_file(claim)
            version = page.partition("/")[2] if self.as_of else None
            return with_query(document_path(page), {"version": version}) + f"#c-{claim}"

        return to

    def of_figures(self, figures: Iterable[str]) -> dict[str, str]:
        """Return on which pages figures stand."""
        return standing(self.connection, figures, self.moment)


def pages_of(found: Iterable[ClaimOnRecord]) -> dict[str, str]:
    """Return on which pages these claims stand."""
    return {claim.id: claim.evidence.page for claim in found}


def joined(lines: Iterable[str]) -> Markup:
    """Return lines in which exports/ has escaped all that comes from pages."""
    return Markup("\n".join(lines))  # noqa: S704  escaped by exports


def part(id: str, lines: Iterable[str], more: PartName | None = None) -> Part:
    """Return a part with its title."""
    return Part(id, TITLES[id], joined(lines), more)


# --- the first page --------------------------------------------------------------------------------------------------


def first_parts(asked: Asked, drawn: Drawn) -> list[Part]:
    """Return the beginning of each part of a story, in the order of the exported file."""
    return [drawn.chart, first_conflicts(asked), drawn.outlets, first_said(asked), drawn.events, drawn.places]


def drawn_parts(asked: Asked) -> Drawn:
    """Return what is drawn of a story: chart, figures by outlet, events, places."""
    story = asked.story
    pages = asked.of_figures(points_of(story))
    href = asked.href(pages)
    often, outlets = told_often(story), outlets_of(story)
    long = len(often) > FIRST_LANES or any(len(series.points) > FIRST_DOTS for series in often)
    wide = len(often) > FIRST_ROWS or len(set(outlets.values())) > FIRST_OUTLETS or len(story.articles) > FIRST_CELL
    events, figures = asked.claims("event", FIRST_READ), asked.claims("figure", FIRST_READ)
    return Drawn(
        chart=part(
            "chart", chart_lines(story, href, rows=slice(FIRST_LANES), most=FIRST_DOTS), "figures" if long else None
        ),
        outlets=part(
            "outlets",
            outlet_lines(story, href, rows=slice(FIRST_ROWS), most=FIRST_OUTLETS, last=FIRST_CELL),
            "outlets" if wide else None,
        ),
        events=_first_events(asked, events),
        places=part(
            "places",
            places_shown(_places(figures, events), asked.href(pages_of((*figures.claims, *events.claims)))),
            "places" if figures.next or events.next else None,
        ),
        gone=tuple(Gone(one.figure, one.article, point_shown(one, outlets)) for one in gone_points(story, pages)),
    )


def _first_events(asked: Asked, events: Answers) -> Part:
    found = happenings(one for one in events.claims if isinstance(one, EventOnRecord))
    rows = slice(max(0, len(found) - FIRST_HAPPENINGS), None)
    lines = event_lines(found, asked.href(pages_of(events.claims)), rows=rows, said=FIRST_WORDS)
    whole = len(found) <= FIRST_HAPPENINGS and all(len(one.events) <= FIRST_WORDS for one in found) and not events.next
    return part("events", lines, None if whole else "events")


def _places(figures: Answers, events: Answers) -> list[PlaceOnMap]:
    return places_of(
        [one for one in figures.claims if isinstance(one, FigureOnRecord)],
        [one for one in events.claims if isinstance(one, EventOnRecord)],
    )


def first_conflicts(asked: Asked) -> Part:
    """Return the first conflicts and revisions."""
    more = any(len(compared(asked.story, kind)) > FIRST_AGAINST for kind in ("conflicts", "revises"))
    return part("conflicts", _against(asked, slice(FIRST_AGAINST)), "conflicts" if more else None)


def _against(asked: Asked, rows: slice) -> Iterable[str]:
    story = asked.story
    shown = [one for kind in ("conflicts", "revises") for one in compared(story, kind)[rows]]
    found = claims_by_id(asked.connection, [id for one in shown for id in (one.a, one.b)], Query(as_of=asked.moment))
    return against_lines(story, found, asked.href(pages_of(found.values())), rows=rows)


def first_said(asked: Asked) -> Part:
    """Return the newest statements."""
    found = asked.claims("statement", FIRST_SAID)
    return part("said", _said(asked, found), "said" if found.next else None)


def _said(asked: Asked, found: Answers) -> Iterable[str]:
    said = [one for one in found.claims if isinstance(one, StatementOnRecord)]
    return said_lines(asked.story, said, asked.href(pages_of(said)))


# --- a part on pages of its own --------------------------------------------------------------------------------------


def whole_part(asked: Asked, name: PartName, after: str | None, start: int) -> tuple[Part, str | int | None]:
    """Return a page of one part, and where the next one begins.

    Args:
        asked: the story.
        name: of the part; articles are no part of these.
        after: the cursor behind which claims go on.
        start: the row at which rows go on.
    """
    story = asked.story
    if name in ("said", "events"):
        found = asked.claims("statement" if name == "said" else "event", CLAIMS, after)
        return part(name, _said(asked, found) if name == "said" else _events(asked, found)), found.next
    if name == "places":
        figures, events = asked.claims("figure", MOST_READ), asked.claims("event", MOST_READ)
        href = asked.href(pages_of((*figures.claims, *events.claims)))
        says = [_not_all(asked)] if figures.next or events.next else []
        return part(name, (*says, *places_shown(_places(figures, events), href))), None
    step = {"figures": LANES, "outlets": ROWS, "conflicts": OF_EACH}.get(name, CLAIMS)
    rows = slice(start, start + step)
    if name == "conflicts":
        size = max(len(compared(story, kind)) for kind in ("conflicts", "revises"))
        return part(name, _against(asked, rows)), rows.stop if size > rows.stop else None
    href = asked.href(asked.of_figures(points_of(story)))
    size = len(told_once(story)) if name == "once" else len(told_often(story))
    lines = {
        "figures": lambda: chart_lines(story, href, rows=rows, most=DOTS),
        "once": lambda: once_lines(story, href, rows=rows),
        "outlets": lambda: outlet_lines(story, href, rows=rows),
    }[name]()
    return part(name, lines), rows.stop if size > rows.stop else None


def _not_all(asked: Asked) -> str:
    """Return a line that says of how much the places are, and where all of them stand."""
    file = escape(with_query(f"{story_path(asked.story.id)}/file", {"as_of": asked.as_of}))
    read = f"the newest {MOST_READ:,} figures and {MOST_READ:,} events"
    return f'<p class="hint">Places of {read} of this story; <a href="{file}">its file</a> has those of all.</p>'


def _events(asked: Asked, found: Answers) -> Iterable[str]:
    events = happenings(one for one in found.claims if isinstance(one, EventOnRecord))
    return event_lines(events, asked.href(pages_of(found.claims)))
