"""The pages of a ledger as lists show them: newest first, with headline, outlet and how many claims each has.

Reads only, a page of a list at a time; the cursor goes on behind the last one.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from onrecord.ledger import schema
from onrecord.ledger.conditions import ARTICLE, CLAIM, DOCUMENT, READING, VERSION, of_pages
from onrecord.ledger.queries import Query, checked, cursor, place_of
from onrecord.records import Record

PAGES_OF_A_LIST = 30


class ListedPage(Record, frozen=True, kw_only=True):
    """A page as a list shows it, from its latest reading. document is its id in paths, id the one that `read` gives it.

    versions counts those that were seen, seen is when the latest was.
    """

    document: str
    id: str
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    published: str | None = None
    seen: str
    sha256: str
    versions: int = 1
    silent_edit: bool = False
    figures: int = 0
    statements: int = 0
    events: int = 0


class ListedPages(Record, frozen=True, kw_only=True):
    """A page of the list, and the cursor of the next one (None on the last)."""

    pages: tuple[ListedPage, ...]
    next: str | None = None


def newest_pages(connection: Connection, query: Query) -> ListedPages:
    """Return pages, latest publication first; outlet, since, until, as_of, limit and after of the query narrow them.

    Raises:
        QueryError: the query cannot be answered as it stands.
    """
    query = checked(query)
    limit = query.limit or PAGES_OF_A_LIST
    asked = (
        select(
            READING.row, READING.reported, DOCUMENT.id, DOCUMENT.name, VERSION.number, VERSION.seen_at,
            VERSION.silent_edit, ARTICLE.url, ARTICLE.outlet, ARTICLE.headline, ARTICLE.published,
            schema.pages.c.sha256,
        )
        .select_from(schema.readings)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .join(schema.articles, ARTICLE.row == READING.article)
        .join(schema.page_versions, VERSION.row == READING.version)
        .join(schema.pages, schema.pages.c.row == VERSION.page)
        .where(schema.latest_readings(query.as_of), *of_pages(query))
        .order_by(READING.reported.desc(), DOCUMENT.name)
        .limit(limit + 1)
    )  # fmt: skip
    place = place_of(query, 2)
    if place is not None:
        when, name = str(place[0]), str(place[1])
        asked = asked.where(READING.reported <= when, or_(READING.reported < when, DOCUMENT.name > name))
    rows = connection.execute(asked).all()
    shown = rows[:limit]
    counts = _counts(connection, [row.row for row in shown])
    last = shown[-1] if len(rows) > limit else None
    return ListedPages(
        pages=tuple(_listed(row, counts) for row in shown),
        next=cursor(query, (last.reported, last.name)) if last is not None else None,
    )


def _counts(connection: Connection, readings: Sequence[int]) -> Counter[tuple[int, str]]:
    link = schema.claim_links.c
    asked = (
        select(link.reading, CLAIM.kind, func.count().label("number"))
        .join_from(schema.claim_links, schema.claims, CLAIM.row == link.claim)
        .where(link.reading.in_(readings))
        .group_by(link.reading, CLAIM.kind)
    )
    return Counter({(row.reading, row.kind): row.number for row in connection.execute(asked)})


def _listed(row: Any, counts: Counter[tuple[int, str]]) -> ListedPage:
    return ListedPage(
        document=row.id,
        id=row.name,
        url=row.url,
        outlet=row.outlet,
        headline=row.headline,
        published=row.published,
        seen=row.seen_at,
        sha256=row.sha256,
        versions=row.number,
        silent_edit=bool(row.silent_edit),
        figures=counts[row.row, "figure"],
        statements=counts[row.row, "statement"],
        events=counts[row.row, "event"],
    )
