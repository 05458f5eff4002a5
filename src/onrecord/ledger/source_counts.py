"""Sources with their counts: who put how much on record, what they are called, under which names.

Works on a read-only connection; counts only, no score. Rejected and merged claims are left out unless the query says
as_read. Roles, bodies and countries are read from the records of the claims, and only for sources asked for by name.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, or_, select

from onrecord.answers import SourceOnRecord
from onrecord.ledger import schema
from onrecord.ledger.appending import chunks
from onrecord.ledger.conditions import (
    ARTICLE,
    CLAIM,
    DOCUMENT,
    READING,
    SOURCE,
    VERSION,
    conditions,
    has_name,
    latest,
    not_reviewed,
)
from onrecord.ledger.queries import Query, checked
from onrecord.ledger.search import Fetched, aliases, frequent, stands_for
from onrecord.records import Record

MOST_RECORDS = 500
"""Claims whose records are read for what a source is called, the newest first: some 5 ms."""


class Office(Record, frozen=True, kw_only=True):
    """What the record of a claim says of its speaker, beside the name and the kind."""

    speaker_role: str | None = None
    speaker_body: str | None = None
    speaker_country: str | None = None


OFFICES = msgspec.json.Decoder(Office)


def sources(
    connection: Connection,
    name: str | None = None,
    query: Query | None = None,
    *,
    among: Collection[str] | None = None,
    called: bool = True,
) -> list[SourceOnRecord]:
    """Return who put how much on record, most claims first: counts only.

    Args:
        connection: to read from.
        name: a name, or beginnings of its words; None: all sources, without what they are called.
        query: outlet, since, until and as_of narrow what is counted.
        among: only names as claims have them; what is counted under another one is counted there.
        called: say what sources asked for by name are called: roles, bodies, countries.
    """
    query = checked(query or Query())
    same = aliases(connection, query.as_of)
    counted: defaultdict[str, _Counts] = defaultdict(_Counts)
    groups = (
        CLAIM.speaker, CLAIM.kind, CLAIM.speaker_kind, CLAIM.act, CLAIM.outcome, CLAIM.document, ARTICLE.outlet
    )  # fmt: skip
    times = (func.min(ARTICLE.published).label("first"), func.max(ARTICLE.published).label("last"))
    asked = _spoken(connection, name, query, *groups, *times, func.count().label("number")).group_by(*groups)
    parts = [asked] if among is None else [asked.where(CLAIM.speaker.in_(some)) for some in chunks(sorted(among))]
    for row in (row for part in parts for row in connection.execute(part)):
        counted[same.get(row.speaker, row.speaker)].add(row)
    if name is not None and called:
        asked = _spoken(connection, name, query, CLAIM.speaker, CLAIM.record).order_by(CLAIM.row.desc())
        for row in connection.execute(asked.limit(MOST_RECORDS)):
            counted[same.get(row.speaker, row.speaker)].call(OFFICES.decode(row.record))
    made = [
        counts.source(one, sorted(n for n, other in same.items() if other == one)) for one, counts in counted.items()
    ]
    return sorted(made, key=lambda source: (-source.statements - source.figures, source.name))


def _spoken(connection: Connection, name: str | None, query: Query, *columns: Any) -> Select[Any]:
    """Return the query for columns of what sources of this name put on record, as the latest readings say."""
    link = schema.claim_links.c
    asked = (
        select(*columns)
        .select_from(schema.claims)
        .join(schema.claim_links, link.claim == CLAIM.row)
        .join(schema.readings, READING.row == link.reading)
        .join(schema.articles, ARTICLE.row == READING.article)
        .join(schema.page_versions, VERSION.row == READING.version)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .where(latest(query.as_of), CLAIM.speaker.is_not(None), CLAIM.kind.in_(("statement", "figure")))
        .where(*conditions(query, "statement", connection.dialect.name)[1:])
    )
    if not query.as_read:
        asked = asked.where(not_reviewed(query.as_of, "reject", "merge"))
    if name is None:
        return asked
    wanted = checked(Query(source=name)).source or ""
    names = sorted(stands_for(connection, wanted, query.as_of))
    # Each name once: claims are then found by the index of speakers.
    named = select(SOURCE.name).where(or_(has_name(SOURCE.name, wanted), SOURCE.name.in_(names)))
    return asked.where(CLAIM.speaker.in_(named))


class _Counts:
    """What is counted of one source."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.claims: Counter[str] = Counter()
        self.acts: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.articles: set[int] = set()
        self.outlets: set[str] = set()
        self.times: set[str] = set()
        self.roles: Counter[str] = Counter()
        self.bodies: Counter[str] = Counter()
        self.countries: Counter[str] = Counter()

    def add(self, row: Fetched) -> None:
        self.claims[row.kind] += row.number
        if row.speaker_kind:
            self.kinds[row.speaker_kind] += row.number
        if row.act:
            self.acts[row.act] += row.number
        if row.outcome:
            self.outcomes[row.outcome] += row.number
        self.articles.add(row.document)
        if row.outlet is not None:
            self.outlets.add(row.outlet)
        if row.first is not None:
            self.times.add(row.first)
            self.times.add(row.last)

    def call(self, office: Office) -> None:
        """Count what one claim calls the source."""
        self.roles.update([office.speaker_role] if office.speaker_role else ())
        self.bodies.update([office.speaker_body] if office.speaker_body else ())
        self.countries.update([office.speaker_country] if office.speaker_country else ())

    def source(self, name: str, names: list[str]) -> SourceOnRecord:
        """Return the record of the source; names are the others that are counted under this one."""
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
            roles=frequent(self.roles),
            bodies=frequent(self.bodies),
            countries=frequent(self.countries),
            names=tuple(names),
        )
