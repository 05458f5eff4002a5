"""What a ledger has of stories: each as it was made last, its articles, and what became of each claim. Reads only.

As of an earlier time, it is what had been made by then. Nothing is made here.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, func, literal, or_, select

from onrecord.errors import LedgerError, QueryError
from onrecord.ledger import schema
from onrecord.ledger.appending import chunks
from onrecord.ledger.story_rows import NOTHING_LEFT, spaced_out
from onrecord.records import Record

SHORTEST_ID = 4
"""Digits of a story's id that stand for it, if no other begins with them."""


class StoryVersion(Record, frozen=True, kw_only=True):
    """A story as it was made once; record and states are JSON."""

    id: str
    made_at: str
    made_of: str
    gone: bool
    name: str
    record: str
    states: str


class ClaimState(NamedTuple):
    """What became of a claim in its story."""

    story: str | None
    state: str | None
    independent_sources: int | None
    conflict: bool


class Wanted(Record, frozen=True, kw_only=True):
    """Which stories are asked for; since and until are days that their spans touch, words stand in name or places.

    after: the id of the story behind which the list goes on. articles: at least so many.
    """

    words: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    articles: int = 1
    limit: int | None = None
    after: str | None = None


def _last_versions(as_of: str | None) -> Any:
    story, later = schema.story_versions.c, schema.story_versions.alias("later").c
    known = [] if as_of is None else [later.made_at <= as_of]
    last = select(func.max(later.row)).where(later.id == story.id, *known).correlate(schema.story_versions)
    return story.row == last.scalar_subquery()


def _asked_for(*where: Any, states: bool = True) -> Select[Any]:
    """Return the query for versions; states, longer than all the rest, only where they are needed."""
    story = schema.story_versions.c
    query = select(
        story.id, story.made_at, story.made_of, story.gone, story.name, story.record,
        (story.states if states else literal("")).label("states"),
    )  # fmt: skip
    return query.where(*where).order_by(story.last_day.desc().nulls_last(), story.id)


def _versions(connection: Connection, query: Select[Any]) -> Iterator[StoryVersion]:
    for row in connection.execute(query):
        yield StoryVersion(**{**row._mapping, "gone": bool(row.gone)})


def last_versions(connection: Connection, ids: Iterable[str]) -> dict[str, StoryVersion]:
    """Return these stories as they were made last, those that are no more among them; unknown ids are left out."""
    found = [
        version
        for some in chunks(sorted(ids))
        for version in _versions(connection, _asked_for(schema.story_versions.c.id.in_(some), _last_versions(None)))
    ]
    return {version.id: version for version in found}


def stories(
    connection: Connection, wanted: Wanted, as_of: str | None = None, *, states: bool = True
) -> list[StoryVersion]:
    """Return the stories that are asked for, those with the latest articles first, those without a date last.

    Without states, what became of each figure is left empty.

    Raises:
        QueryError: no story has the id to go on behind.
    """
    story = schema.story_versions.c
    asked = [_last_versions(as_of), story.gone == 0, story.record != NOTHING_LEFT]
    if wanted.since is not None:
        asked.append(or_(story.last_day >= wanted.since, story.last_day.is_(None)))
    if wanted.until is not None:
        asked.append(or_(story.first_day <= f"{wanted.until}~", story.first_day.is_(None)))
    if wanted.after is not None:
        asked.append(_behind(connection, wanted.after, as_of))
    asked += _of_words(wanted)
    return list(_versions(connection, _asked_for(*asked, states=states).limit(wanted.limit)))


def _of_words(wanted: Wanted) -> list[Any]:
    """Return the condition that a story has words, a place and so many articles; none where nothing is asked."""
    table = schema.story_words.c
    asked: list[Any] = [
        (table.name + table.places).contains(spaced_out(word), autoescape=True) for word in (wanted.words or "").split()
    ]
    if wanted.place is not None:
        asked.append(table.places.contains(spaced_out(wanted.place), autoescape=True))
    if wanted.articles > 1:
        asked.append(table.articles >= wanted.articles)
    return [schema.story_versions.c.row.in_(select(table.version).where(*asked))] if asked else []


def _behind(connection: Connection, id: str, as_of: str | None) -> Any:
    """Return the condition of the stories that a list has behind this one."""
    story = schema.story_versions.c
    known = [] if as_of is None else [story.made_at <= as_of]
    last = select(story.last_day).where(story.id == id, story.gone == 0, *known).order_by(story.row.desc()).limit(1)
    row = connection.execute(last).first()
    if row is None:
        raise QueryError(f"after: {id[:40]!r} is no story's id; begin the list again")
    if row.last_day is None:
        return and_(story.last_day.is_(None), story.id > id)
    later = and_(story.last_day == row.last_day, story.id > id)
    return or_(story.last_day < row.last_day, later, story.last_day.is_(None))


def find_story(connection: Connection, named: str, as_of: str | None = None, *, states: bool = True) -> StoryVersion:
    """Return a story by its id, the beginning of its id, or the id or URL of one of its articles.

    Without states, what became of each figure is left empty.

    Raises:
        LedgerError: there is none, it is no more, or several ids begin like this.
    """
    story = schema.story_versions.c
    begins = len(named) >= SHORTEST_ID and named.isalnum()
    like = story.id.startswith(named) if begins else story.id == named
    found = list(_versions(connection, _asked_for(_last_versions(as_of), like, states=states)))
    there = [version for version in found if not version.gone and version.record != NOTHING_LEFT]
    if len(there) > 1:
        raise LedgerError(f"{named}: {len(there)} stories begin like this; give more of the id")
    if there:
        return there[0]
    article = story_of_article(connection, named, as_of)
    if article is not None:
        return find_story(connection, article, as_of, states=states)
    if found:
        raise LedgerError(f"{named}: this story is no more; its articles stand in others (see `onrecord stories`)")
    when = f" at {as_of}" if as_of else ""
    raise LedgerError(f"{named}: no such story{when}; give an id as `onrecord stories` prints it, or an article's id")


def story_of_article(connection: Connection, named: str, as_of: str | None = None) -> str | None:
    """Return the id of the story that an article (by name or URL) stands in."""
    document = schema.documents.c
    query = select(document.row).where(or_(document.name == named, document.url == named, document.id == named))
    row = connection.execute(query.limit(1)).scalar()
    return None if row is None else stories_of_documents(connection, [row], as_of).get(row, (None, None))[0]


def stories_of_documents(
    connection: Connection, documents: Iterable[int], as_of: str | None = None
) -> dict[int, tuple[str | None, int | None]]:
    """Return, by document, the story it stands in and the document whose text it carries."""
    table = schema.story_articles.c
    found: dict[int, tuple[str | None, int | None]] = {}
    for some in chunks(sorted(set(documents))):
        query = select(table.document, table.story, table.copy_of).where(table.document.in_(some)).order_by(table.row)
        if as_of is not None:
            query = query.where(table.made_at <= as_of)
        found.update((row.document, (row.story, row.copy_of)) for row in connection.execute(query))
    return found


def documents_of_stories(connection: Connection, ids: Iterable[str]) -> set[int]:
    """Return the documents that stand in these stories, or once did."""
    table = schema.story_articles.c
    return {
        document
        for some in chunks(sorted(ids))
        for document in connection.execute(select(table.document).where(table.story.in_(some))).scalars()
    }


def states_of_claims(connection: Connection, ids: Iterable[str], as_of: str | None = None) -> dict[str, ClaimState]:
    """Return what became of these claims; those of which nothing is known are left out."""
    table = schema.claim_states.c
    found: dict[str, ClaimState] = {}
    for some in chunks(sorted(set(ids))):
        query = select(table.claim, table.story, table.state, table.independent_sources, table.conflict)
        if as_of is not None:
            query = query.where(table.made_at <= as_of)
        for row in connection.execute(query.where(table.claim.in_(some)).order_by(table.row)):
            found[row.claim] = ClaimState(row.story, row.state, row.independent_sources, bool(row.conflict))
    return found


def times_made(connection: Connection, id: str) -> list[str]:
    """Return when a story was made, each time it changed, first time first; the versions themselves are not read."""
    story = schema.story_versions.c
    query = select(story.made_at).where(story.id == id, story.gone == 0).order_by(story.row)
    return list(connection.execute(query).scalars())


def document_ids(connection: Connection, names: Iterable[str]) -> list[str]:
    """Return the ids of documents by their names; those that the ledger does not have are left out."""
    document = schema.documents.c
    return [
        id
        for some in chunks(sorted(set(names)))
        for id in connection.execute(select(document.id).where(document.name.in_(some))).scalars()
    ]


def names_of(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    """Return the names of documents by row."""
    document = schema.documents.c
    query = select(document.row, document.name)
    return {
        row.row: row.name
        for some in chunks(sorted(set(documents)))
        for row in connection.execute(query.where(document.row.in_(some)))
    }


def names_of_ids(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of documents by id; those that the ledger does not have are left out."""
    document = schema.documents.c
    query = select(document.id, document.name)
    return {
        row.id: row.name
        for some in chunks(sorted(set(ids)))
        for row in connection.execute(query.where(document.id.in_(some)))
    }
