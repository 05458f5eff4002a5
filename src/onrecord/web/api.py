"""JSON for programs: the same records as `--json` prints, with cursors and entity tags, and their OpenAPI document.

Reads only. Bad parameters are answered with 400 and the words of the error. Lists are objects with `items` and `next`,
the cursor of the next page.
"""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from starlette.responses import Response

from onrecord.answers import EventOnRecord, FigureOnRecord, Found, SourceOnRecord, StatementOnRecord
from onrecord.errors import WebError
from onrecord.ledger.history import differences, find_document, stored_reading, versions
from onrecord.ledger.queries import Query, checked, cursor, place_of
from onrecord.ledger.review import Review
from onrecord.records import Difference, Reading, Record, Story, to_json
from onrecord.told import without_details
from onrecord.web.listed import ListedPage, newest_pages
from onrecord.web.openapi import document
from onrecord.web.parameters import AT_ONCE, as_of, given
from onrecord.web.routing import Call, Route
from onrecord.web.views_page import chosen_version

R = TypeVar("R", bound=Record)

DATES = ("since", "until", "outlet")
PAGING = ("limit", "after")
OF_CLAIMS = (*DATES, "place", "source", "article", "story", "text", "polarity", "as_of", "as_read", *PAGING)
OF_PAGES = (*DATES, "as_of", *PAGING)
OF_FIGURES = ("q", "outcome", "counted", "min", "max", "kind", "modality", "conflicts", *OF_CLAIMS)
OF_STATEMENTS = ("q", "by", "to", "act", "form", *(name for name in OF_CLAIMS if name != "source"))
OF_EVENTS = ("q", *OF_CLAIMS)
OF_SOURCES = ("q", *DATES, "as_of", *PAGING)
OF_SEARCH = ("q", *DATES, "place", "source", "article", "as_of", *PAGING)
OF_QUEUE = ("q", "of", "outcome", "counted", "place", "source", "article", *DATES, "limit")
OF_STORIES = ("q", "since", "until", "place", "as_of", *PAGING)
OF_READING = ("version", "as_of")


class PagesAnswer(Record, frozen=True, kw_only=True):
    """Pages, newest publication first."""

    items: tuple[ListedPage, ...]
    next: str | None = None


class FiguresAnswer(Record, frozen=True, kw_only=True):
    """Figures, newest publication first."""

    items: tuple[FigureOnRecord, ...]
    next: str | None = None


class StatementsAnswer(Record, frozen=True, kw_only=True):
    """Statements, newest publication first."""

    items: tuple[StatementOnRecord, ...]
    next: str | None = None


class EventsAnswer(Record, frozen=True, kw_only=True):
    """Events, newest publication first."""

    items: tuple[EventOnRecord, ...]
    next: str | None = None


class SourcesAnswer(Record, frozen=True, kw_only=True):
    """Sources, most claims first."""

    items: tuple[SourceOnRecord, ...]
    next: str | None = None


class DifferencesAnswer(Record, frozen=True, kw_only=True):
    """What changed between the versions of a page, oldest first."""

    items: tuple[Difference, ...]


# A record with claims of three kinds in one field has no schema of its own in msgspec.
AnyClaim = Annotated[
    Any, msgspec.Meta(description="A line of `review --export`: claim, kind, on_record, fields to fill.")
]


class QueueAnswer(Record, frozen=True, kw_only=True):
    """Claims that wait for a verdict, those the reader doubts most first."""

    items: tuple[AnyClaim, ...]


class ReviewsAnswer(Record, frozen=True, kw_only=True):
    """Reviews in the order they were made."""

    items: tuple[Review, ...]
    next: str | None = None


class StoriesAnswer(Record, frozen=True, kw_only=True):
    """Stories, those with the latest articles first."""

    items: tuple[Story, ...]
    next: str | None = None


def as_json(call: Call, answer: Record | dict[str, Any]) -> Response:
    """Return an answer as JSON with its entity tag; 304 where the program has it already."""
    data = to_json(answer)  # type: ignore[arg-type]  # the OpenAPI document is a dict
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = [one.strip().removeprefix("W/") for one in call.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="application/json", headers=headers)


def pages(call: Call) -> Response:
    """Answer the pages of the ledger."""
    with call.site.ledger.store.reading() as connection:
        found = newest_pages(connection, Query(**{"limit": AT_ONCE, **given(call, OF_PAGES)}))
    return as_json(call, PagesAnswer(items=found.pages, next=found.next))


def reading(call: Call) -> Response:
    """Answer what was found in a page, as `read --json` prints it."""
    asked = given(call, OF_READING)
    known = as_of(asked["as_of"]) if "as_of" in asked else None
    with call.site.ledger.store.reading() as connection:
        row = find_document(connection, call.path["named"])
        there = versions(connection, row.row, known)
        if not there:
            raise WebError(f"not yet in this ledger at {asked['as_of']}; give a later date", status=404)
        found: Reading = stored_reading(connection, chosen_version(there, asked.get("version"))[0])
    return as_json(call, found)


def figures(call: Call) -> Response:
    """Answer figures, as `figures --json` prints them."""
    asked = {"limit": AT_ONCE, **given(call, OF_FIGURES)}
    found = call.site.ledger.figures(asked.pop("q", None), **asked)
    return as_json(call, FiguresAnswer(items=tuple(found), next=found.next))


def said(call: Call) -> Response:
    """Answer statements, as `said --json` prints them."""
    asked = {"limit": AT_ONCE, **given(call, OF_STATEMENTS)}
    found = call.site.ledger.said(asked.pop("q", None), **asked)
    return as_json(call, StatementsAnswer(items=tuple(found), next=found.next))


def events(call: Call) -> Response:
    """Answer events."""
    asked = {"limit": AT_ONCE, **given(call, OF_EVENTS)}
    found = call.site.ledger.events(asked.pop("q", None), **asked)
    return as_json(call, EventsAnswer(items=tuple(found), next=found.next))


def sources(call: Call) -> Response:
    """Answer sources with their counts, as `sources --json` prints them."""
    asked = given(call, OF_SOURCES)
    name, paging = asked.pop("q", None), _paging(asked)
    found, after = sliced(call.site.ledger.sources(name, **asked), Query(source=name, **asked, **paging))
    return as_json(call, SourcesAnswer(items=found, next=after))


def search(call: Call) -> Response:
    """Answer pages and claims that have the words, with facets, as `search --json` prints them."""
    asked = given(call, OF_SEARCH)
    if "q" not in asked:
        raise WebError("q: no words given; say what to look for", status=400)
    return as_json(call, call.site.ledger.search(asked.pop("q"), **asked))


def diff(call: Call) -> Response:
    """Answer what changed between the versions of a page, as `diff --json` prints it."""
    asked = given(call, ("as_of",))
    known = as_of(asked["as_of"]) if asked else None
    with call.site.ledger.store.reading() as connection:
        found = differences(connection, call.path["named"], known)
    return as_json(call, DifferencesAnswer(items=tuple(found)))


def queue(call: Call) -> Response:
    """Answer claims that wait for a verdict, as `review --json` prints them."""
    asked = given(call, OF_QUEUE)
    return as_json(call, QueueAnswer(items=tuple(call.site.ledger.queue(asked.pop("q", None), **asked))))


def reviews(call: Call) -> Response:
    """Answer reviews, as `review --log --json` prints them."""
    asked = given(call, ("as_of", *PAGING))
    paging = _paging(asked)
    found, after = sliced(call.site.ledger.reviews(**asked), Query(**asked, **paging))
    return as_json(call, ReviewsAnswer(items=found, next=after))


def stories(call: Call) -> Response:
    """Answer stories, as `stories --json` prints them."""
    asked = given(call, OF_STORIES)
    words, paging = asked.pop("q", None), _paging(asked)
    query = checked(Query(text=words, **asked, **paging))
    place, limit = place_of(query, 1), query.limit or AT_ONCE
    found = call.site.ledger.stories(words, **asked, limit=limit + 1, after=str(place[0]) if place else None)
    shown = found[:limit]
    return as_json(
        call,
        StoriesAnswer(
            items=tuple(without_details(one.record) for one in shown),
            next=cursor(query, (shown[-1].id,)) if len(found) > limit else None,
        ),
    )


def story(call: Call) -> Response:
    """Answer one story with its figures over time, as `story ID --json` prints it."""
    return as_json(call, call.site.ledger.story(call.path["id"], **given(call, ("as_of",))).record)


def openapi(call: Call) -> Response:
    """Answer the description of the API."""
    return as_json(call, document(ROUTES))


def sliced(records: Sequence[R], query: Query) -> tuple[tuple[R, ...], str | None]:
    """Return a page of records that are all at hand, and the cursor of the next one."""
    place = place_of(query, 1)
    begin = place[0] if place is not None else 0
    if not isinstance(begin, int) or begin < 0:
        raise WebError("after: no cursor of this list; take `next` of the page before", status=400)
    end = begin + (query.limit or AT_ONCE)
    return tuple(records[begin:end]), cursor(query, (end,)) if end < len(records) else None


def _paging(asked: dict[str, Any]) -> dict[str, Any]:
    """Take the parameters of paging out of those that were given; return them."""
    return {name: asked.pop(name) for name in PAGING if name in asked}


ROUTES: tuple[Route, ...] = (
    Route("/api/openapi.json", openapi, "anyone"),
    Route("/api/pages", pages, "reader", answers=PagesAnswer, asked=OF_PAGES),
    Route("/api/readings/{named:path}", reading, "reader", answers=Reading, asked=OF_READING),
    Route("/api/figures", figures, "reader", answers=FiguresAnswer, asked=OF_FIGURES),
    Route("/api/said", said, "reader", answers=StatementsAnswer, asked=OF_STATEMENTS),
    Route("/api/events", events, "reader", answers=EventsAnswer, asked=OF_EVENTS),
    Route("/api/sources", sources, "reader", answers=SourcesAnswer, asked=OF_SOURCES),
    Route("/api/search", search, "reader", answers=Found, asked=OF_SEARCH),
    Route("/api/diff/{named:path}", diff, "reader", answers=DifferencesAnswer, asked=("as_of",)),
    Route("/api/review/queue", queue, "reviewer", answers=QueueAnswer, asked=OF_QUEUE),
    Route("/api/reviews", reviews, "reader", answers=ReviewsAnswer, asked=("as_of", *PAGING)),
    Route("/api/stories", stories, "reader", answers=StoriesAnswer, asked=OF_STORIES),
    Route("/api/stories/{id}", story, "reader", answers=Story, asked=("as_of",)),
)
