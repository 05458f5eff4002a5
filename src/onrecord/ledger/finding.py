"""Words -> the pages and claims that have them, with facets: how many of each kind, outlet, speaker, outcome, month.

The newest publication comes first, then by article; a page stands before its claims. Claims that reviewers rejected or
merged are left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, func, literal, null, select, text

from onrecord.answers import Facet, Found, Hit
from onrecord.errors import QueryError
from onrecord.ledger import schema
from onrecord.ledger.appending import chunks
from onrecord.ledger.conditions import (
    ARTICLE,
    CLAIM,
    DOCUMENT,
    READING,
    VERSION,
    conditions,
    found_in,
    matching,
    not_reviewed,
    of_pages,
    term_words,
)
from onrecord.ledger.fulltext import Term, read_terms, search_words, without_accents
from onrecord.ledger.queries import Query, checked, cursor
from onrecord.ledger.search import after_of, frequent, order_of

KINDS = ("page", "figure", "statement", "event")
"""The order of hits in one article."""

FACETS = ("kind", "outlet", "speaker", "outcome", "month")
TABLES = ("articles", "claims")
"""What has a full-text index."""

VALUES_OF_FACET = 20
"""Values of a facet that are given; the rest have fewer hits."""

DEFAULT_LIMIT = 20
SNIPPET = 200
"""Characters around the first word that was found."""

MATCHES_LOOKED_AT = 200
"""Places of a page that a snippet may show; a word that stands there more often says little."""

WORD = re.compile(r"[^\W_]+")
Fetched = Any


def find_words(connection: Connection, query: Query, *, kinds: Sequence[str] = KINDS) -> Found:
    """Return a page of what has the words of `query.text`, and the facets of all that was found.

    Args:
        connection: to read from.
        query: text is needed; outlet, article, since, until, place, source and as_of narrow it (claims only, for
            place and source).
        kinds: what is looked through.

    Raises:
        QueryError: no words, or the query cannot be answered as it stands.
    """
    return _found_words(connection, query, kinds, None)


def find_latest(connection: Connection, query: Query, most: int, *, kinds: Sequence[str] = KINDS) -> tuple[Found, bool]:
    """Return the same of the pages and the claims with these words that the ledger took in last, so many of each.

    It takes no longer for a word that stands on every page. The second value says whether there are more of them.
    """
    found = _found_words(connection, query, kinds, most)
    words = {f"{table}_words": term_words(read_terms(query.text or ""), connection.dialect.name) for table in TABLES}
    counted = (
        connection.execute(
            text(f"SELECT count(*) FROM ({matching(table, connection.dialect.name)} LIMIT :more) AS found"),  # noqa: S608
            {f"{table}_words": words[f"{table}_words"], "more": most + 1},
        ).scalar_one()
        for table in TABLES
    )
    return found, any(count > most for count in counted)


def _found_words(connection: Connection, query: Query, kinds: Sequence[str], newest: int | None) -> Found:
    query = checked(query)
    if query.text is None:
        raise QueryError("search: no words given; say what to look for")
    terms = read_terms(query.text)
    asked = (_thin(connection, query, kind, newest) for kind in KINDS if kind in kinds)
    rows = [row for one in asked for row in connection.execute(one)]
    rows.sort(key=lambda row: order_of(_key(row)))
    after = after_of(query)
    left = [row for row in rows if after is None or order_of(_key(row)) > order_of(after)]
    shown = left[: query.limit or DEFAULT_LIMIT]
    texts = _texts(connection, shown)
    return Found(
        hits=tuple(_hit(row, texts, terms) for row in shown),
        facets=facets(rows),
        total=len(rows),
        next=cursor(query, _key(shown[-1])) if len(left) > len(shown) else None,
    )


def _key(row: Fetched) -> tuple[str, str, int]:
    # The kind comes before the place among the claims of that kind; nothing has ten million claims.
    return row.reported, row.name, KINDS.index(row.kind) * 10_000_000 + row.position


def _thin(connection: Connection, query: Query, kind: str, newest: int | None) -> Select[Any]:
    """Return the query for what is counted and ordered of all hits of a kind: no texts."""
    dialect = connection.dialect.name
    common = (
        DOCUMENT.name,
        DOCUMENT.id.label("document"),
        VERSION.number,
        schema.pages.c.sha256,
        ARTICLE.row.label("article"),
        ARTICLE.outlet,
        ARTICLE.published,
        READING.reported,
    )
    if kind == "page":
        page = (literal(kind).label("kind"), literal("").label("id"), null().label("speaker"), null().label("outcome"),
                literal(0).label("position"), literal(0).label("row"))  # fmt: skip
        return _from_readings(select(*page, *common), query).where(
            found_in("articles", query.text or "", dialect, newest=newest), *_of_pages(query, dialect)
        )
    link = schema.claim_links.c
    claim = (CLAIM.kind, CLAIM.id, CLAIM.speaker, CLAIM.outcome, link.position, CLAIM.row)
    asked = (
        _from_readings(select(*claim, *common), query)
        .join(schema.claim_links, link.reading == READING.row)
        .join(schema.claims, CLAIM.row == link.claim)
        .where(CLAIM.record != "{}")
        .where(*conditions(query, kind, dialect, newest=newest))  # type: ignore[arg-type]  # one of KINDS
    )
    return asked if query.as_read else asked.where(not_reviewed(query.as_of, "reject", "merge"))


def _from_readings(asked: Select[Any], query: Query) -> Select[Any]:
    return (
        asked.select_from(schema.readings)
        .join(schema.articles, ARTICLE.row == READING.article)
        .join(schema.page_versions, VERSION.row == READING.version)
        .join(schema.pages, schema.pages.c.row == VERSION.page)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .where(schema.latest_readings(query.as_of))
    )


def _of_pages(query: Query, dialect: str) -> list[Any]:
    """Return the conditions that can be asked of a page; one that is about claims finds no page."""
    of_page = Query(outlet=query.outlet, article=query.article, since=query.since, until=query.until)
    asked = of_pages(of_page)
    about_claims = (
        query.outcome, query.counted, query.place, query.source, query.to, query.min, query.max, query.kind,
        query.polarity, query.modality, query.form, query.act, query.conflicts or None,
    )  # fmt: skip
    return [*asked, literal(1) == 0] if any(value is not None for value in about_claims) else list(asked)


def facets(rows: Iterable[Fetched]) -> tuple[Facet, ...]:
    """Return how many hits have each value; values that are not stated are not counted."""
    counters: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for row in rows:
        for name in ("kind", "outlet", "speaker", "outcome"):
            value = getattr(row, name)
            if value is not None:
                counters[name][value] += 1
        if row.published is not None:
            counters["month"][row.published[:7]] += 1
    return tuple(
        Facet(field=name, values=frequent(counter, VALUES_OF_FACET)) for name, counter in counters.items() if counter
    )


def _texts(connection: Connection, rows: Sequence[Fetched]) -> dict[tuple[str, int], str]:
    """Return the sentences of claims and the bodies of pages that are shown."""
    found: dict[tuple[str, int], str] = {}
    for some in chunks([row.row for row in rows if row.kind != "page"]):
        asked = select(CLAIM.row, CLAIM.sentence).where(CLAIM.row.in_(some))
        found.update({("claim", row): text for row, text in connection.execute(asked)})
    for some in chunks([row.article for row in rows if row.kind == "page"]):
        headed = func.coalesce(ARTICLE.headline, "")
        asked_pages = select(ARTICLE.row, headed, ARTICLE.body).where(ARTICLE.row.in_(some))
        for row, headline, body in connection.execute(asked_pages):
            found["page", row] = f"{headline}\n{body}" if headline else body
    return found


def _hit(row: Fetched, texts: dict[tuple[str, int], str], terms: tuple[Term, ...]) -> Hit:
    is_page = row.kind == "page"
    text = texts.get(("page", row.article) if is_page else ("claim", row.row), "")
    return Hit(
        kind=row.kind,
        id=f"{row.document}/{row.number}" if is_page else row.id,
        article=row.name,
        outlet=row.outlet,
        published=row.published,
        speaker=row.speaker,
        snippet=snippet(text, terms),
        sha256=row.sha256,
    )


def snippet(text: str, terms: tuple[Term, ...], most: int = SNIPPET) -> str:
    """Return the words around the place that has most of what was looked for, on one line, cut with an ellipsis."""
    found = list(islice(_found(text, terms), MATCHES_LOOKED_AT))
    room = most * 2 // 3
    # Of places alike the first: max keeps it.
    at = max((place for place, _ in found), key=lambda place: len(_within(found, place, room)), default=0)
    start = 0 if at < most // 2 else text.rfind(" ", 0, at - most // 3) + 1
    cut = " ".join(text[start : start + most].split())
    if start + most < len(text):
        cut = cut.rsplit(" ", 1)[0] + " …"
    return f"… {cut}" if start else cut


def _found(text: str, terms: tuple[Term, ...]) -> Iterator[tuple[int, str]]:
    """Yield where words stand that were looked for, and which."""
    wanted = {without_accents(word) for term in terms if not term.absent for word in term.words}
    begun = tuple(without_accents(term.words[-1]) for term in terms if term.begins)
    for match in WORD.finditer(text):
        for word in map(without_accents, search_words(match[0])):
            if word in wanted or (begun and word.startswith(begun)):
                yield match.start(), word


def _within(found: list[tuple[int, str]], place: int, room: int) -> set[str]:
    return {word for at, word in found if place <= at < place + room}
