"""What a batch of prepared pages adds to a ledger: new, the same, revised or failed, and the rows to be written.

`known_documents` asks the database, in a few queries for the whole batch, what it holds of these pages; `Plan` decides
and numbers the rows without asking again. Writes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Column, Connection, Select, select

from onrecord.ledger import schema
from onrecord.ledger.rows import Content, Prepared, Row, problem_row
from onrecord.records import Problem

State = Literal["new", "same", "revised", "failed"]

PARAMETERS = 500
"""Values in one IN list; SQLite takes 32,766, and a long list is no faster."""

ERASED = Problem(kind="unreadable", says="erased from this ledger on legal demand; it is not taken in again")

NAME_CHARACTERS = 500
"""Greatest length of a document's name; a row of PostgreSQL's index takes 2,700 bytes."""

NAME_DIGITS = 6
"""Hex digits of the document's id that tell two documents of one name apart."""


class Version(msgspec.Struct, kw_only=True):
    """The latest version of a document."""

    row: int
    number: int
    edition: str
    outlet: str | None
    published: str | None
    modified: str | None


class Known(msgspec.Struct, kw_only=True):
    """What the ledger holds of a batch of pages; grows as the batch is planned."""

    sightings: dict[str, int] = {}
    documents: dict[str, int] = {}
    names: set[str] = set()
    pages: dict[str, int] = {}
    articles: dict[str, int] = {}
    versions: dict[int, Version] = {}
    claims: dict[int, dict[int, int]] = {}
    version_documents: dict[int, int] = {}
    seen: dict[int, str] = {}
    readings: set[tuple[int, str, str]] = set()
    sources: set[str] = set()
    erased: set[str] = set()
    problems: set[str] = set()


def known_documents(connection: Connection, pages: Sequence[Prepared]) -> Known:
    """Return what the ledger holds of these pages."""
    known = Known()
    table = schema.sightings
    known.sightings = dict(_pairs(connection, table.c.key, table.c.version, (page.key for page in pages)))
    contents = [page.content for page in pages if page.content]
    ids = (content.document["id"] for content in contents)
    known.documents = dict(_pairs(connection, schema.documents.c.id, schema.documents.c.row, ids))
    names = _pairs(connection, schema.documents.c.name, schema.documents.c.row, (page.name for page in pages))
    known.names = {name for name, _ in names}
    hashes = (content.page["sha256"] for content in contents)
    known.pages = dict(_pairs(connection, schema.pages.c.sha256, schema.pages.c.row, hashes))
    articles = (content.article["id"] for content in contents)
    known.articles = dict(_pairs(connection, schema.articles.c.id, schema.articles.c.row, articles))
    sources = (source["id"] for content in contents for source in content.sources)
    known.sources = {key for key, _ in _pairs(connection, schema.sources.c.id, schema.sources.c.row, sources)}
    erasures = schema.erasures.c.what
    erased = {what for content in contents for what in (content.document["id"], content.page["sha256"])}
    known.erased = {what for what, _ in _pairs(connection, erasures, schema.erasures.c.row, erased)}
    problems = [problem["id"] for page in pages for problem in page.problems]
    if known.erased:
        problems += [problem_row(page.name, ERASED)["id"] for page in pages]
    known.problems = {key for key, _ in _pairs(connection, schema.problems.c.id, schema.problems.c.row, problems)}
    _look_up_rereadings(connection, pages, known)
    rows = {*known.documents.values(), *known.version_documents.values()}
    known.versions = _latest_versions(connection, rows)
    known.claims = {row: {} for row in rows}
    table = schema.claims
    for some in chunks(sorted(rows)):
        for document, form, row in connection.execute(
            select(table.c.document, table.c.form, table.c.row).where(table.c.document.in_(some))
        ):
            known.claims[document][form] = row
    return known


def _look_up_rereadings(connection: Connection, pages: Sequence[Prepared], known: Known) -> None:
    wanted = [page.version for page in pages if page.version is not None]
    table = schema.page_versions
    known.version_documents = dict(_pairs(connection, table.c.row, table.c.document, wanted))
    known.seen = dict(_pairs(connection, table.c.row, table.c.seen_at, wanted))
    readings = schema.readings
    for some in chunks(wanted):
        query = select(readings.c.version, readings.c.reader_version, readings.c.model)
        known.readings.update(tuple(row) for row in connection.execute(query.where(readings.c.version.in_(some))))


def _pairs(
    connection: Connection, key: Column[Any], value: Column[Any], wanted: Iterable[Any]
) -> Iterator[tuple[Any, Any]]:
    """Yield key and value of the rows whose key is wanted, in the order of their rows."""
    for some in chunks(list(dict.fromkeys(wanted))):
        for row in connection.execute(select(key, value).where(key.in_(some)).order_by(key.table.c.row)):
            yield row[0], row[1]


def _latest_versions(connection: Connection, documents: Iterable[int]) -> dict[int, Version]:
    """Return the latest version of each document, with what its latest reading says."""
    found = {}
    for some in chunks(sorted(documents)):
        for row in connection.execute(latest_version_query().where(schema.readings.c.document.in_(some))).mappings():
            found[row["document"]] = Version(**{name: row[name] for name in Version.__struct_fields__})
    return found


def latest_version_query() -> Select[Any]:
    """Return a query for the latest version of documents."""
    version, article, reading = schema.page_versions.c, schema.articles.c, schema.readings.c
    return (
        select(
            reading.document,
            version.row,
            version.number,
            article.edition,
            article.outlet,
            article.published,
            article.modified,
        )
        .join_from(schema.readings, schema.page_versions, reading.version == version.row)
        .join(schema.articles, reading.article == article.row)
        .where(schema.latest_readings())
    )


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the values in lists that fit into one query."""
    for start in range(0, len(values), PARAMETERS):
        yield values[start : start + PARAMETERS]


class Plan:
    """Decides page by page; `rows_of` gives what is to be inserted into a table."""

    def __init__(self, known: Known, *, rows: dict[str, int], run: int, now: str) -> None:
        """Take what is known, the next row number of each table, the run and the time that rows get."""
        self._known, self._next, self._run, self._now = known, rows, run, now
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self.claims: list[tuple[str, tuple[Any, ...]]] = []
        """Rows of `claims`: their kind; row, document, reading and what rows.CLAIM_COLUMNS has for the kind."""
        self.links: list[tuple[int, int, int, int]] = []
        """Rows of `claim_links`: claim, reading, position, start."""

    def rows_of(self, table: str) -> list[Row]:
        """Return the rows to be inserted into a table other than claims and claim_links."""
        return self._rows[table]

    def _add(self, table: str, values: Row) -> int:
        row = self._next[table]
        self._next[table] = row + 1
        values["row"] = row
        self._rows[table].append(values)
        return row

    def add(self, page: Prepared) -> State:
        """Plan the rows of one page; return what it is to the ledger."""
        content = page.content
        if content is None:
            self._add_problems(page, None)
            return "failed"
        if page.version is not None:
            return self._reread(page, content, page.version)
        seen = self._known.sightings.get(page.key)
        if seen is not None:
            self._sight(page, seen)
            return "same"
        if not self._known.erased.isdisjoint((content.document["id"], content.page["sha256"])):
            page.problems.append(problem_row(page.name, ERASED))
            self._add_problems(page, None)
            return "failed"
        document = self._known.documents.get(content.document["id"])
        latest = self._known.versions.get(document) if document is not None else None
        if latest is not None and _is_same(latest, content.article):
            self._sight(page, latest.row)
            return "same"
        if document is None:
            document = self._add_document(page, content)
        version = self._add_version(page, content, document, latest)
        self._sight(page, version)
        self._add_reading(page, content, document, version)
        return "new" if latest is None else "revised"

    def _reread(self, page: Prepared, content: Content, version: int) -> State:
        reading = (version, page.reader_version, page.model)
        if reading in self._known.readings:
            return "same"
        self._known.readings.add(reading)
        before = len(self.claims)
        self._add_reading(page, content, self._known.version_documents[version], version)
        return "revised" if len(self.claims) > before else "same"

    def _sight(self, page: Prepared, version: int) -> None:
        self._known.sightings[page.key] = version
        self._add("sightings", {"key": page.key, "version": version, "run": self._run, "seen_at": self._now})

    def _add_document(self, page: Prepared, content: Content) -> int:
        key, name = content.document["id"], page.name
        if len(name) > NAME_CHARACTERS:
            name = f"{name[:NAME_CHARACTERS]}~{key}"
        for longer in (f"{name}~{key[:NAME_DIGITS]}", f"{name}~{key}"):
            if name not in self._known.names:
                break
            name = longer
        self._known.names.add(name)
        row = self._add("documents", {**content.document, "name": name})
        self._known.documents[key] = row
        self._known.claims[row] = {}
        return row

    def _add_version(self, page: Prepared, content: Content, document: int, latest: Version | None) -> int:
        article = content.article
        number = latest.number + 1 if latest else 1
        row = self._add(
            "page_versions",
            {
                "document": document,
                "number": number,
                "page": self._page(content),
                "given": page.given,
                "run": self._run,
                "seen_at": self._now,
                "silent_edit": int(latest is not None and _is_silent(latest, article)),
            },
        )
        self._known.seen[row] = self._now
        names = ("edition", "outlet", "published", "modified")
        self._known.versions[document] = Version(row=row, number=number, **{name: article[name] for name in names})
        return row

    def _page(self, content: Content) -> int:
        sha256 = content.page["sha256"]
        row = self._known.pages.get(sha256)
        if row is None:
            row = self._add("pages", {**content.page})
            self._known.pages[sha256] = row
            self._rows["archive"].append({"page": row, **content.archive})
        return row

    def _add_reading(self, page: Prepared, content: Content, document: int, version: int) -> None:
        published = content.article["published"]
        article = self._known.articles.get(content.article["id"])
        if article is None:
            article = self._add("articles", {**content.article, "page": self._page(content)})
            self._known.articles[content.article["id"]] = article
        reading = self._add(
            "readings",
            {
                "version": version,
                "document": document,
                "article": article,
                "reader_version": page.reader_version,
                "model": page.model,
                "run": self._run,
                "read_at": self._now,
                "reported": self._known.seen[version] if published is None else published,
            },
        )
        self._add_claims(content, document, reading)
        for check in content.checks:
            self._add("checks", {**check, "reading": reading})
        for source in content.sources:
            if source["id"] not in self._known.sources:
                self._known.sources.add(source["id"])
                self._add("sources", {**source, "reading": reading})
        self._add_problems(page, reading)

    def _add_claims(self, content: Content, document: int, reading: int) -> None:
        """Link the claims that the document has already, add the others."""
        there = self._known.claims[document]
        links = self.links
        row = self._next["claims"]
        for claim in content.claims:
            known = there.get(claim.form)
            if known is None:
                known = there[claim.form] = row
                self.claims.append((claim.kind, (row, document, reading, *claim.values)))
                row += 1
            links.append((known, reading, claim.position, claim.start))
        self._next["claims"] = row

    def _add_problems(self, page: Prepared, reading: int | None) -> None:
        for problem in page.problems:
            if problem["id"] not in self._known.problems:
                self._known.problems.add(problem["id"])
                self._add("problems", {**problem, "reading": reading, "run": self._run, "seen_at": self._now})


def _is_same(latest: Version, article: Row) -> bool:
    """Say whether the article stands as it did; bytes around it may differ."""
    return all(getattr(latest, name) == article[name] for name in ("edition", "outlet", "published", "modified"))


def _is_silent(latest: Version, article: Row) -> bool:
    """Say whether the text changed and the date that the page gives for it did not."""
    date = latest.modified or latest.published
    changed: bool = latest.edition != article["edition"]
    return changed and date == (article["modified"] or article["published"])
