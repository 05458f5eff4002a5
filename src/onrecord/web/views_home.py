"""The first page, search, and the files that browsers load. The first page reads a bounded number of stories."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from onrecord.answers import FigureOnRecord, Found
from onrecord.errors import WebError
from onrecord.ledger.finding import KINDS, find_latest
from onrecord.ledger.queries import Query
from onrecord.ledger.search import claims_by_id
from onrecord.web.listed import ListedPages, newest_pages
from onrecord.web.newest import differences
from onrecord.web.routing import Call, Route
from onrecord.web.security import FOR_A_YEAR

NEWEST_PAGES, NEWEST_FIGURES, NEWEST_STORIES = 15, 12, 10
"""Rows on the first page; the lists behind it have all."""

FIGURES_OF_A_PAGE = 3
"""Figures of one page among the newest."""

ROWS = 50
"""Claims on a page of answers."""

LATEST_HITS, NARROWED_HITS = 200, 2_000
"""Pages, and claims, with the words that are looked at: those taken in last; more where outlet or days narrow them."""

PLACES_TO_SEARCH = ("all", "figures", "statements", "events", "sources")


def home(call: Call) -> Response:
    """Answer the first page: newest stories, what changed and conflicts in them, newest pages and figures.

    With after, the id of a story, it goes on behind that story, without pages and figures.
    """
    ledger, after = call.site.ledger, call.text("after")
    told = ledger.stories(limit=NEWEST_STORIES + 1, after=after)
    shown = [one.record for one in told[:NEWEST_STORIES]]
    changed, conflicts = differences(shown, "revises"), differences(shown, "conflicts")
    with ledger.store.reading() as connection:
        newest = ListedPages(pages=()) if after else newest_pages(connection, Query(limit=NEWEST_PAGES))
        sides = claims_by_id(connection, [id for one in (*changed, *conflicts) for id in (one.a, one.b)])
    return call.site.page(
        "home.html",
        call.user,
        after=after,
        newest=newest,
        figures=[] if after else some_of_each(ledger.figures(limit=NEWEST_FIGURES * FIGURES_OF_A_PAGE * 2)),
        stories=told[:NEWEST_STORIES],
        next=shown[-1].id if len(told) > NEWEST_STORIES else None,
        changed=changed,
        conflicts=conflicts,
        sides=sides,
    )


def some_of_each(figures: Iterable[FigureOnRecord]) -> list[FigureOnRecord]:
    """Return the first figures of each page, so that one long page does not fill the list."""
    seen: Counter[str] = Counter()
    kept = []
    for figure in figures:
        seen[figure.article] += 1
        if seen[figure.article] <= FIGURES_OF_A_PAGE:
            kept.append(figure)
    return kept[:NEWEST_FIGURES]


def pages(call: Call) -> Response:
    """Answer the list of pages, newest first."""
    asked: dict[str, Any] = {name: call.text(name) for name in ("outlet", "since", "until", "after")}
    with call.site.ledger.store.reading() as connection:
        found = newest_pages(connection, Query(**asked))
    return call.site.page("pages.html", call.user, found=found, asked=asked)


def search(call: Call) -> Response:
    """Answer what was searched: the full text with facets, or figures, statements, events, sources by query."""
    place = call.text("in") or "all"
    if place not in PLACES_TO_SEARCH:
        raise WebError(f"in: {place[:40]!r} is none; choose from {', '.join(PLACES_TO_SEARCH)}", status=400)
    words = call.text("q")
    asked = {name: call.text(name) for name in ("outlet", "since", "until", "source", "outcome", "kind")}
    shown: dict[str, Any] = {"place": place, "words": words, "asked": asked, "after": call.text("after")}
    if place == "all" and words is not None:
        found, shown["more_than"] = found_words(call, words, asked)
    else:
        found, shown["more_than"] = answers(call, place, words, asked), None
    return call.site.page("search.html", call.user, places=PLACES_TO_SEARCH, found=found, **shown)


def answers(call: Call, place: str, words: str | None, asked: dict[str, str | None]) -> Any:
    """Return what the ledger answers; None where nothing was asked yet."""
    ledger, after = call.site.ledger, call.text("after")
    narrowed: dict[str, Any] = {name: value for name, value in asked.items() if value and name != "kind"}
    if place == "all":
        return None
    if place == "sources":
        return ledger.sources(words, called=False, limit=ROWS)
    if place == "figures":
        return ledger.figures(words, limit=ROWS, after=after, **narrowed)
    if place == "events":
        return ledger.events(words, limit=ROWS, after=after, **narrowed)
    by = narrowed.pop("source", None)
    return ledger.said(words, by=by, limit=ROWS, after=after, **narrowed)


def found_words(call: Call, words: str, asked: dict[str, str | None]) -> tuple[Found, int | None]:
    """Return pages and claims that have the words; where more have them than are looked at, how many are."""
    kind = asked["kind"]
    if kind is not None and kind not in KINDS:
        raise WebError(f"kind: {kind[:40]!r} is none; choose from {', '.join(KINDS)}", status=400)
    narrowed: dict[str, Any] = {name: value for name, value in asked.items() if value and name != "kind"}
    most = NARROWED_HITS if narrowed else LATEST_HITS
    query = Query(text=words, after=call.text("after"), **narrowed)
    with call.site.ledger.store.reading() as connection:
        found, has_more = find_latest(connection, query, most, kinds=KINDS if kind is None else (kind,))
    return found, most if has_more else None


def static(call: Call) -> Response:
    """Answer a file of the package; its address has its hash, so that browsers may keep it."""
    file = call.site.static.get(call.path["name"])
    if file is None:
        raise WebError(f"{call.path['name'][:80]}: no such file", status=404)
    kept = f"public, {FOR_A_YEAR}, immutable" if call.query.get("v") == file.mark else "no-cache"
    headers = {"ETag": f'"{file.mark}"', "Cache-Control": kept}
    if call.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(file.data, media_type=file.media_type, headers=headers)


ROUTES = (
    Route("/", home, "reader", is_remembered=True),
    Route("/pages", pages, "reader", is_remembered=True),
    Route("/search", search, "reader", is_remembered=True),
    Route("/static/{name}", static, "anyone"),
)
