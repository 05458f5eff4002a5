"""Queries of the ledger -> claims on record, sources with their counts, what a full-text search finds.

Works on a read-only connection. Answers come newest publication first, then by article and place on the page: an order
that does not change when the ledger grows, is built again or lies in another database. Rejected and merged claims are
left out, corrected ones are given (and chosen) as corrected, unless the query says as_read.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, get_args

from msgspec.structs import asdict
from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select, text, tuple_

from onrecord.answers import (
    ClaimKind,
    ClaimOnRecord,
    Count,
    Evidence,
    ReviewState,
    SourceOnRecord,
    from_fields,
    words_of,
)
from onrecord.errors import QueryError
from onrecord.ledger import schema
from onrecord.ledger.appending import PARAMETERS, chunks
from onrecord.ledger.conditions import (
    ARTICLE,
    CLAIM,
    DOCUMENT,
    READING,
    REVIEW,
    SOURCE,
    VERSION,
    conditions,
    has_index,
    has_name,
    latest,
    not_reviewed,
    of_claims,
    of_pages,
    of_readings,
    reviewed,
    standing,
)
from onrecord.ledger.corrections import corrected
from onrecord.ledger.matching import matches
from onrecord.ledger.queries import Query, checked, cursor, place_of
from onrecord.ledger.rows import KINDS, fields_from
from onrecord.ledger.story_answers import states_of_claims, stories_of_documents
from onrecord.records import Reader, Record

STATES: dict[str, ReviewState] = {
    "accept": "accepted", "correct": "corrected", "reject": "rejected", "merge": "merged",
}  # fmt: skip

BATCH = 1000
"""Claims that are fetched at once when all are asked for; a page of text is held once for each of their articles."""

FEW = 4000
"""Up to so many claims are found by an index and sorted; with more of them the newest pages are gone through.
An estimate: at a million figures both ways answer within the limits of benchmarks/queries.py."""

FIRST_PAGES, MOST_PAGES = 16, 512
"""Pages whose claims are asked for together; twice as many each time that they have not enough answers."""

PAGE_DONE = 1 << 31
"""A position behind every claim of a page."""

Fetched = Any
"""A row as SQLAlchemy gives it; its versions 2.0 and 2.1 name the type differently."""

Key = tuple[str, str, int]
LARGEST_POSITION = 2**63 - 1
"""The largest whole number that a database holds."""
"""What answers are ordered by: when published or seen (latest first), name of the article, place among its claims."""


class Answers(Record, frozen=True, kw_only=True):
    """A page of claims, and the cursor of the next one (None on the last)."""

    claims: tuple[ClaimOnRecord, ...]
    next: str | None = None


class _Located(Record, frozen=True, kw_only=True):
    key: Key
    claim: ClaimOnRecord
    words: str


def claims(connection: Connection, kind: ClaimKind, query: Query) -> Answers:
    """Return the claims of one kind that answer the query, `limit` of them or all.

    Raises:
        QueryError: the query cannot be answered as it stands.
    """
    query = checked(query)
    found: list[_Located] = []
    more = False
    for part in _batches(connection, kind, query):
        found += part
        if query.limit is not None and len(found) > query.limit:
            more = True
            found = found[: query.limit]
            break
    return Answers(
        claims=tuple(one.claim for one in found), next=cursor(query, found[-1].key) if more and found else None
    )


def all_claims(connection: Connection, kind: ClaimKind, query: Query) -> Iterator[ClaimOnRecord]:
    """Yield the claims that answer the query, a batch at a time; limit is kept."""
    query = checked(query)
    left = query.limit
    for part in _batches(connection, kind, query):
        for one in part if left is None else part[:left]:
            yield one.claim
        if left is not None:
            left -= len(part)
            if left <= 0:
                return


def _batches(connection: Connection, kind: ClaimKind, query: Query) -> Iterator[list[_Located]]:
    """Yield the answers in order, batch by batch, corrected claims among them."""
    keep_order(connection)
    names = stands_for(connection, query.source, query.as_of) if query.source else frozenset()
    has_reviews = not query.as_read and connection.execute(select(func.max(REVIEW.row))).scalar() is not None
    after = after_of(query)
    waiting = _corrected(connection, kind, query, names, after) if has_reviews else []
    asked = _Question(connection, kind, query, names, has_reviews)
    few = _few(asked)
    parts = _walked(asked, after) if few is None else _sorted(asked, few, after)
    for rows, last in parts:
        found = _located(connection, rows, kind, query, reviews=has_reviews)
        ready = [one for one in waiting if last is None or order_of(one.key) < order_of(last)]
        waiting = waiting[len(ready) :]
        yield sorted([*found, *ready], key=lambda one: order_of(one.key)) if ready else found


class _Question(NamedTuple):
    """A query of one kind of claims, with what has been looked up for it."""

    connection: Connection
    kind: ClaimKind
    query: Query
    names: frozenset[str]
    has_reviews: bool

    @property
    def size(self) -> int:
        """How many rows one batch has at most: one more than are wanted shows that there are more."""
        return BATCH if self.query.limit is None else min(BATCH, self.query.limit + 1)

    def of_claims(self, *, walked: bool) -> list[Any]:
        """Return the conditions on claims, those of reviews among them."""
        dialect = self.connection.dialect.name
        asked: list[Any] = list(of_claims(self.query, self.kind, dialect, names=self.names, walked=walked))
        if self.has_reviews:
            asked.append(not_reviewed(self.query.as_of, "reject", "merge", "correct"))
        return asked


def _few(asked: _Question) -> list[int] | None:
    """Return the rows of the claims that may answer the query, where an index finds them and they are few."""
    if not has_index(asked.query):
        return None
    wanted = select(CLAIM.row).where(*asked.of_claims(walked=False)).limit(FEW + 1)
    rows = list(asked.connection.execute(wanted).scalars())
    return rows if len(rows) <= FEW else None


def _sorted(asked: _Question, few: list[int], after: Key | None) -> Iterator[tuple[list[Fetched], Key | None]]:
    """Yield the rows of a few claims in order, and the key of the last one of each batch but the last."""
    query, dialect = asked.query, asked.connection.dialect.name
    link = schema.claim_links.c
    there = [*of_pages(query), *of_readings(query, dialect), *([_behind(after)] if after is not None else [])]
    if len(few) < min(asked.size, PARAMETERS):
        yield few and _rows(asked, _among(asked, CLAIM.row, few), *there), None
        return
    # Without the claims, whose rows are long and lie all over the file.
    thin = (
        select(READING.reported, DOCUMENT.name, link.position, link.claim, link.reading)
        .select_from(schema.claim_links)
        .join(schema.readings, READING.row == link.reading)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .where(schema.latest_readings(query.as_of), *there)
    )
    if query.conflicts:
        thin = thin.join(schema.claims, CLAIM.row == link.claim)
    if query.outlet is not None:
        thin = thin.join(schema.articles, ARTICLE.row == READING.article)
    parts = [few] if dialect == "sqlite" else chunks(few)
    found = [row for some in parts for row in asked.connection.execute(thin.where(_among(asked, link.claim, some)))]
    found.sort(key=itemgetter(1, 2))
    found.sort(key=itemgetter(0), reverse=True)
    for start in range(0, max(len(found), 1), asked.size):
        some = found[start : start + asked.size]
        claims_and_readings = (
            _among(asked, CLAIM.row, [row[3] for row in some]),
            _among(asked, link.reading, {r[4] for r in some}),
        )
        rows = {(row.name, row.position): row for row in _rows(asked, *claims_and_readings)}
        last = None if start + asked.size >= len(found) else (some[-1][0], some[-1][1], some[-1][2])
        there_still = (rows.get((row[1], row[2])) for row in some)
        yield [row for row in there_still if row is not None], last  # none: its words have been erased


def _among(asked: _Question, column: Any, values: Iterable[int]) -> Any:
    """Return the condition that a column has one of these values, given all at once: one by one takes longer."""
    table, name = column.table.name, column.name
    listed, given = f"{table}_{name}s", sorted(values)
    if asked.connection.dialect.name == "sqlite":
        # One parameter, so that the statement stays the same however many values there are.
        condition = text(f'{table}."{name}" IN (SELECT value FROM json_each(:{listed}))')  # noqa: S608  our names
        return condition.bindparams(bindparam(listed, json.dumps(given)))
    return column.in_(bindparam(listed, given, expanding=True))


def _walked(asked: _Question, after: Key | None) -> Iterator[tuple[list[Fetched], Key | None]]:
    """Yield the rows of all claims that answer, newest page first: page by page, so that none is sorted in vain."""
    query, dialect = asked.query, asked.connection.dialect.name
    pages = (
        select(READING.row, READING.reported, DOCUMENT.name)
        .select_from(schema.readings)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .where(schema.latest_readings(query.as_of), *of_pages(query))
        .order_by(READING.reported.desc(), DOCUMENT.name)
    )
    if query.outlet is not None:
        pages = pages.join(schema.articles, ARTICLE.row == READING.article)
    wanted = [*asked.of_claims(walked=True), *of_readings(query, dialect)]
    behind, number, size = after, FIRST_PAGES, asked.size
    while True:
        some = pages.limit(number)
        if behind is not None:
            when, name, position = behind
            on_page = DOCUMENT.name >= name if position < PAGE_DONE else DOCUMENT.name > name
            some = some.where(READING.reported <= when, or_(READING.reported < when, on_page))
        there = asked.connection.execute(some).all()
        last = (there[-1].reported, there[-1].name, PAGE_DONE) if len(there) == number else None
        part = after
        while there:
            # A page may have more claims than one batch holds.
            on_pages = _among(asked, schema.claim_links.c.reading, [page.row for page in there])
            rows = _rows(asked, on_pages, *wanted, *([_behind(part)] if part is not None else []), limit=size)
            if len(rows) < size:
                break
            part = (rows[-1].reported, rows[-1].name, rows[-1].position)
            yield rows, part
        yield (rows if there else []), last
        if last is None:
            return
        behind, after, number = last, None, min(number * 2, MOST_PAGES)


def _rows(asked: _Question, *where: Any, limit: int | None = None) -> list[Fetched]:
    """Return the rows of claims that meet these conditions, in order."""
    return list(asked.connection.execute(_select(asked.query.as_of).where(*where).limit(limit)).all())


def keep_order(connection: Connection) -> None:
    """Let PostgreSQL join in the order in which queries are written; its search for a better one takes longer."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL join_collapse_limit = 1")


def after_of(query: Query) -> Key | None:
    """Return the key that the query's cursor holds.

    Raises:
        QueryError: the cursor is damaged, belongs to another query, or holds no key.
    """
    place = place_of(query, 3)
    if place is None:
        return None
    when, name, position = place
    if not (isinstance(when, str) and isinstance(name, str) and isinstance(position, int)):
        raise QueryError("after: this cursor holds no place in a list of claims; take `next` of the page before")
    if not 0 <= position <= LARGEST_POSITION:
        raise QueryError(f"after: no claim stands at {position}; take `next` of the page before")
    return when, name, position


def order_of(key: Key) -> tuple[tuple[int, ...], str, int]:
    """Return what sorts the keys as the database does: the latest time first, then name and position."""
    # -1 ends a text: "2025-07" stands behind "2025-07-04", of which it is the beginning.
    return (*(-ord(character) for character in key[0]), 1), key[1], key[2]


def _behind(key: Key) -> Any:
    """Return the condition that a row stands behind this key."""
    when, name, position = key
    behind = tuple_(DOCUMENT.name, schema.claim_links.c.position) > tuple_(name, position)
    return or_(READING.reported < when, and_(READING.reported == when, behind))


@lru_cache(maxsize=16)
def _select(as_of: str | None) -> Select[Any]:
    """Return the query for claims with their articles, in order; made once, which takes longer than asking it."""
    link = schema.claim_links.c
    return (
        select(
            CLAIM.id,
            CLAIM.record,
            CLAIM.words,
            link.start.label("moved"),
            link.position,
            READING.article,
            READING.reader_version,
            READING.model,
            ARTICLE.url,
            ARTICLE.outlet,
            ARTICLE.published,
            DOCUMENT.name,
            DOCUMENT.id.label("document"),
            VERSION.number,
            VERSION.seen_at,
            schema.pages.c.sha256,
            READING.reported,
            READING.document.label("document_row"),
            CLAIM.kind,
        )
        .select_from(schema.claims)
        .join(schema.claim_links, link.claim == CLAIM.row)
        .join(schema.readings, READING.row == link.reading)
        .join(schema.articles, ARTICLE.row == READING.article)
        .join(schema.page_versions, VERSION.row == READING.version)
        .join(schema.pages, schema.pages.c.row == VERSION.page)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .where(latest(as_of))
        .order_by(READING.reported.desc(), DOCUMENT.name, link.position)
    )


def _located(
    connection: Connection, rows: Iterable[Fetched], kind: ClaimKind, query: Query, *, reviews: bool
) -> list[_Located]:
    """Return the claims of the rows with their evidence and what reviewers said."""
    rows = list(rows)
    texts = _texts(connection, {row.article for row in rows})
    verdicts = _verdicts(connection, [row.id for row in rows], query.as_of) if reviews else {}
    in_story = stories_of_documents(connection, (row.document_row for row in rows), query.as_of)
    states = states_of_claims(connection, (row.id for row in rows), query.as_of)
    used = {(row.reader_version, row.model) for row in rows}
    readers = {(version, model): Reader(version=version, model=model) for version, model in used}
    found = []
    for row in rows:
        (id_, record, words, moved, position, article, version, model, url, outlet, published, name, document) = row[
            :13
        ]
        number, seen_at, sha256, reported, document_row = row[13:18]
        fields = fields_from(record, by=moved)
        page_text = texts[article]
        verdict = verdicts.get(id_)
        if verdict is not None and verdict.action == "correct":
            fields = asdict(corrected(KINDS[kind](**fields), verdict.value, page_text))
        evidence = Evidence(
            page=f"{document}/{number}",
            sha256=sha256,
            url=url,
            sentence=fields["sentence"].of(page_text),
            as_written=words_of(page_text, fields),
            reader=readers[version, model],
            seen=seen_at,
        )
        claim = from_fields(
            kind,
            fields,
            article=name,
            outlet=outlet,
            published=published,
            review=verdict and STATES[verdict.action],
            story=in_story.get(document_row, (None, None))[0],
            independent_sources=states[id_].independent_sources if id_ in states else None,
            state=states[id_].state if id_ in states else None,
            evidence=evidence,
        )
        found.append(_Located(key=(reported, name, position), claim=claim, words=words))
    return found


def _texts(connection: Connection, articles: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(sorted(articles)):
        asked = select(ARTICLE.row, ARTICLE.text).where(ARTICLE.row.in_(some))
        found.update((row, words) for row, words in connection.execute(asked))
    return found


def _verdicts(connection: Connection, ids: list[str], as_of: str | None) -> dict[str, Fetched]:
    found: dict[str, Fetched] = {}
    for some in chunks(ids):
        asked = select(REVIEW.claim, REVIEW.action, REVIEW.value).where(
            REVIEW.row.in_(standing(as_of).where(REVIEW.claim.in_(some)))
        )
        for row in connection.execute(asked):
            found[row.claim] = row
    return found


def _corrected(
    connection: Connection, kind: ClaimKind, query: Query, names: frozenset[str], after: Key | None
) -> list[_Located]:
    """Return the corrected claims that answer the query as corrected, in order, behind the cursor."""
    # The database answers what a correction cannot change; the rest is asked of the corrected claim.
    lasting = Query(conflicts=query.conflicts, as_of=query.as_of)
    asked = _select(query.as_of).where(
        CLAIM.id.in_(reviewed(query.as_of, "correct")), *conditions(lasting, kind, connection.dialect.name)
    )
    rows = connection.execute(asked).all()
    found = _located(connection, rows, kind, query, reviews=True)
    return [
        one
        for one in found
        if matches(query, one.claim, names=names, words=one.words)
        and (after is None or order_of(one.key) > order_of(after))
    ]


def claims_by_id(connection: Connection, ids: Iterable[str], query: Query | None = None) -> dict[str, ClaimOnRecord]:
    """Return claims as they stand in the latest readings, corrected where they are, by id; unknown ids are left out."""
    query = query or Query()
    found: dict[str, ClaimOnRecord] = {}
    for some in chunks(sorted(set(ids))):
        rows = connection.execute(_select(query.as_of).where(CLAIM.id.in_(some))).all()
        for kind in get_args(ClaimKind):
            # Chosen here: SQLite would take the index of the kind, with a third of all claims, for that of the id.
            of_kind = [row for row in rows if row.kind == kind]
            found.update((one.claim.id, one.claim) for one in _located(connection, of_kind, kind, query, reviews=True))
    return found


# --- sources -------------------------------------------------------------------------------------------------------


def aliases(connection: Connection, as_of: str | None = None) -> dict[str, str]:
    """Return the names that are counted under another one; as_of: a time of the ledger's clock, included."""
    table = schema.aliases
    asked = select(table.c.name, table.c.stands_for).order_by(table.c.row)
    if as_of is not None:
        asked = asked.where(table.c.at <= as_of)
    latest_of = {row.name: row.stands_for for row in connection.execute(asked)}
    return {name: other for name, other in latest_of.items() if name != other}


def stands_for(connection: Connection, wanted: str, as_of: str | None = None) -> frozenset[str]:
    """Return the names that are counted under a name with these words; as_of: as in `aliases`."""
    from_names = aliases(connection, as_of)
    lowered = f" {wanted.lower()}"
    return frozenset(name for name, other in from_names.items() if lowered in f" {other.lower()}")


def sources(
    connection: Connection,
    name: str | None = None,
    query: Query | None = None,
    *,
    among: Collection[str] | None = None,
) -> list[SourceOnRecord]:
    """Return who put how much on record, most claims first: counts only.

    Args:
        connection: to read from.
        name: a name, or beginnings of its words; None: all sources.
        query: outlet, since, until and as_of narrow what is counted.
        among: only names as claims have them; what is counted under another one is counted there.
    """
    query = checked(query or Query())
    link = schema.claim_links.c
    asked = (
        select(
            CLAIM.speaker, CLAIM.kind, CLAIM.speaker_kind, CLAIM.act, CLAIM.outcome, DOCUMENT.name, ARTICLE.outlet,
            func.min(ARTICLE.published).label("first"), func.max(ARTICLE.published).label("last"),
            func.count().label("number"),
        )
        .select_from(schema.claims)
        .join(schema.claim_links, link.claim == CLAIM.row)
        .join(schema.readings, READING.row == link.reading)
        .join(schema.articles, ARTICLE.row == READING.article)
        .join(schema.page_versions, VERSION.row == READING.version)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .where(latest(query.as_of), CLAIM.speaker.is_not(None), CLAIM.kind.in_(("statement", "figure")))
        .where(*conditions(query, "statement", connection.dialect.name)[1:])
        .group_by(
            CLAIM.speaker, CLAIM.kind, CLAIM.speaker_kind, CLAIM.act, CLAIM.outcome, DOCUMENT.name, ARTICLE.outlet
        )
    )  # fmt: skip
    if not query.as_read:
        asked = asked.where(not_reviewed(query.as_of, "reject", "merge"))
    if name is not None:
        wanted = checked(Query(source=name)).source or ""
        names = sorted(stands_for(connection, wanted, query.as_of))
        # Each name once: claims are then found by the index of speakers.
        named = select(SOURCE.name).where(or_(has_name(SOURCE.name, wanted), SOURCE.name.in_(names)))
        asked = asked.where(CLAIM.speaker.in_(named))
    same = aliases(connection, query.as_of)
    counted: defaultdict[str, _Counts] = defaultdict(_Counts)
    parts = [asked] if among is None else [asked.where(CLAIM.speaker.in_(some)) for some in chunks(sorted(among))]
    for row in (row for part in parts for row in connection.execute(part)):
        counted[same.get(row.speaker, row.speaker)].add(row)
    made = [counts.source(name) for name, counts in counted.items()]
    return sorted(made, key=lambda source: (-source.statements - source.figures, source.name))


class _Counts:
    """What is counted of one source."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.claims: Counter[str] = Counter()
        self.acts: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.articles: set[str] = set()
        self.outlets: set[str] = set()
        self.times: set[str] = set()

    def add(self, row: Fetched) -> None:
        self.claims[row.kind] += row.number
        if row.speaker_kind:
            self.kinds[row.speaker_kind] += row.number
        if row.act:
            self.acts[row.act] += row.number
        if row.outcome:
            self.outcomes[row.outcome] += row.number
        self.articles.add(row.name)
        self.outlets |= {row.outlet} - {None}
        self.times |= {row.first, row.last} - {None}

    def source(self, name: str) -> SourceOnRecord:
        return SourceOnRecord(
            name=name,
            kind=next((count.value for count in frequent(self.kinds)), None),
            statements=self.claims["statement"],
            figures=self.claims["figure"],
            articles=len(self.articles),
            outlets=len(self.outlets),
            acts=frequent(self.acts),
            outcomes=frequent(self.outcomes),
            first=min(self.times, default=None),
            last=max(self.times, default=None),
        )


def frequent(counter: Counter[str], most: int | None = None) -> tuple[Count, ...]:
    """Return the counts, most frequent first, then by value."""
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Count(value=value, count=count) for value, count in ordered[:most])
