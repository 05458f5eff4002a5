"""Articles of a ledger that are new or changed -> its stories, made anew where they touch: what follows `add`.

First each new article gets an account and is compared with those of the weeks around it; then every piece that may be
another one by them (stories/pieces.py) is cut into stories again, and what these tell is compared. Each step is a
transaction of its own: after a kill the next making goes on from there. The same articles in any order and any number
of runs give the same stories. Rows are only added; a story that is no more says so.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from onrecord.errors import LedgerError, OnRecordError
from onrecord.ledger import schema, story_answers, story_rows, story_verdicts
from onrecord.ledger.history import stored_reading, versions
from onrecord.ledger.inserting import insert_rows
from onrecord.ledger.reviewed import as_reviewed
from onrecord.ledger.rows import Row
from onrecord.ledger.store import Store, next_row
from onrecord.ledger.story_answers import ClaimState, StoryVersion
from onrecord.ledger.story_rows import NOTHING_LEFT, KeptPair, Marks
from onrecord.records import Record, Story, content_id, to_json
from onrecord.shelf import Finder, Shelf, common, keys, packed
from onrecord.stories.accounts import Account, account_of
from onrecord.stories.cutting import Compared, copies_among, cut
from onrecord.stories.found_by import found_by
from onrecord.stories.likeness import DateError, day_of
from onrecord.stories.origins import text_origin
from onrecord.stories.outlines import Outline
from onrecord.stories.pieces import FIRM, Fetch, Pieces, unsettled
from onrecord.stories.reports import Report, Telling
from onrecord.stories.telling import telling
from onrecord.stories.voices import main_figure, statement_sources, voices

TAKEN_TOGETHER = 200
"""Articles in one transaction; what a kill may lose is compared again in two seconds."""

WRITTEN_TOGETHER = 100
"""Stories in one transaction."""

CONFLICT = "conflicting"

Progress = Callable[[str, int], None]
"""Told after each step: what was done (articles, stories), and how many so far."""


class Made(Record, frozen=True, kw_only=True):
    """What a making did: articles that were compared, stories that are new or other than before, and those gone."""

    articles: int = 0
    stories: int = 0
    gone: int = 0

    @property
    def says(self) -> str:
        """The same in one line."""
        return f"stories: {self.articles} articles compared, {self.stories} made or changed, {self.gone} gone"


def is_pending(store: Store) -> bool:
    """Say whether something came in since stories were made last."""
    with store.reading() as connection:
        return story_rows.is_pending(connection)


def make(store: Store, progress: Progress | None = None) -> Made:
    """Make the stories of all that came in since they were made last; nothing where nothing did.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    tell = progress or (lambda _, __: None)
    shelf = Shelf()
    _index(store, shelf)
    articles = 0
    while taken := _take_in(store, shelf):
        articles += taken
        shelf.trim()
        tell("articles", articles)
    made = Made(articles=articles)
    while (more := _Making(store, shelf, tell).run()) is not None:
        made = replace(made, stories=made.stories + more.stories, gone=made.gone + more.gone)
    return made


def make_if_possible(store: Store, problem: Callable[[str], None], progress: Progress | None = None) -> Made | None:
    """Make stories; where that cannot be, say so in one line: what is in the ledger is there all the same."""
    try:
        return make(store, progress) if is_pending(store) else Made()
    except OnRecordError as err:
        problem(f"stories were not made: {err}; `onrecord stories` makes them")
        return None


def _index(store: Store, shelf: Shelf) -> None:
    """Make the index of accounts where an older version left none."""
    with store.reading() as connection:
        names = shelf.load_documents(connection, story_rows.unindexed(connection))
    rows: list[Row] = []
    for id in sorted(names):
        by = found_by(shelf.sketches[id], shelf.prints[id])
        rows += story_rows.keys_of({"row": shelf.rows[id], "day": by.day}, keys(by))
    if rows:
        with store.writing() as connection:
            if story_rows.unindexed(connection):
                story_rows.add_keys(connection, rows)
    shelf.trim()


# --- accounts ------------------------------------------------------------------------------------------------------


def _take_in(store: Store, shelf: Shelf) -> int:
    """Give some articles that have none an account, and compare each with those before; return how many."""
    with store.reading() as connection:
        wanted = story_rows.unaccounted(connection, TAKEN_TOGETHER)
        if not wanted:
            return 0
        before, row = story_rows.read_until(connection), next_row(connection, schema.accounts)
        found = [_account(connection, document, reading) for document, reading in wanted]
        finder = Finder()
        rows: list[Row] = []
        found_by_keys: list[Row] = []
        pairs: list[KeptPair] = []
        for number, (account, (document, reading)) in enumerate(zip(found, wanted, strict=True)):
            kept = {"row": row + number, "document": document, "reading": reading}
            finder.hide(account.id)
            if not account.text:
                shelf.leave_out(account.id)
                rows.append({**kept, "day": None, "record": NOTHING_LEFT, "found_by": b""})
                continue
            shelf.put(account, row=row + number, document=document)
            made = shelf.sketches[account.id]
            by = found_by(made, shelf.prints[account.id])
            near, alike = finder.like(connection, by, shelf)
            pairs += common(account.id, near, alike, shelf)
            finder.add(account.id, by)
            record = to_json(replace(account, text="")).decode()
            rows.append({**kept, "day": by.day, "record": record, "found_by": packed(made)})
            found_by_keys += story_rows.keys_of(rows[-1], keys(by))
    with store.writing() as connection:
        if story_rows.read_until(connection) != before:
            raise LedgerError("another process makes stories of this ledger; try again when it is done")
        story_rows.add_accounts(connection, rows, found_by_keys, pairs)
    return len(wanted)


def _account(connection: Connection, document: int, reading: int) -> Account:
    """Return the account of a reading as stories compare it; dates that are none are left out."""
    version = schema.page_versions.c
    seen = connection.execute(select(func.min(version.seen_at)).where(version.document == document)).scalar()
    stored = stored_reading(connection, reading)
    account = account_of(stored, seen=(stored.page.captured if stored.page else None) or seen)
    return replace(
        account,
        published=account.published if _is_day(account.published) else None,
        event_days=tuple(day for day in account.event_days if _is_day(day)),
    )


def _is_day(written: str | None) -> bool:
    try:
        return day_of(written) is not None
    except DateError:
        return False


# --- stories -------------------------------------------------------------------------------------------------------


@dataclass
class _Group:
    """Pieces with articles that stand in one story, all articles of them, and those stories as they are."""

    pieces: list[set[str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)


@dataclass
class _Waiting:
    """Rows that wait to be written, without their numbers."""

    versions: list[Row] = field(default_factory=list)
    articles: list[Row] = field(default_factory=list)
    states: list[Row] = field(default_factory=list)


class _Making:
    """One making: all that was touched since the one before, as the ledger has it at one moment."""

    def __init__(self, store: Store, shelf: Shelf, tell: Progress) -> None:
        self._store, self._shelf, self._tell = store, shelf, tell
        self._since = Marks()
        self._waiting = _Waiting()
        self._written = self._gone = 0

    def run(self) -> Made | None:
        """Make what was touched; None where nothing was."""
        with self._store.reading() as connection:
            self._since, now = story_rows.made_until(connection), story_rows.newest(connection)
            if self._since == now:
                return None
            decided = story_verdicts.decided(story_verdicts.story_verdicts(connection))
            self._together, self._apart = (_by_name(connection, one) for one in decided)
            documents = story_rows.touched_documents(connection, self._since)
            documents |= _rows_of(connection, story_verdicts.decided_since(connection, self._since.verdict)).keys()
            self._now_in = story_answers.stories_of_documents(connection, documents)
            compared = self._shelf.compared(self._together, self._apart)
            fetch = partial(self._shelf.fetch, connection)
            self._pieces = Pieces(compared, fetch)
            seeds = self._seeds(connection, documents, compared, fetch)
            self._leave(connection, documents)
            done: set[str] = set()
            for seed in seeds:
                if seed not in done:
                    group = self._group(connection, seed)
                    done |= group.names
                    self._make(connection, group, compared)
                    if len(self._waiting.versions) >= WRITTEN_TOGETHER:
                        self._write()
                        self._shelf.trim()
        self._write(now)
        return Made(stories=self._written - self._gone, gone=self._gone)

    def _seeds(self, connection: Connection, documents: set[int], compared: Compared, fetch: Fetch) -> list[str]:
        """Return the articles to begin with: touched ones, those whose piece may be another one, their stories'."""
        touched = self._shelf.load_documents(connection, documents)
        put_with = {other for id in touched for other in self._together.get(id, ())}
        tied = self._shelf.tied(connection, story_rows.all_rows(connection, documents))
        names = unsettled(touched, tied | dict.fromkeys(put_with, FIRM), compared, fetch)
        stories = {story for story, _ in self._now_in.values() if story is not None}
        return sorted(names | self._shelf.load_documents(connection, _standing_in(connection, stories)))

    def _leave(self, connection: Connection, documents: set[int]) -> None:
        """Take articles of which nothing is left out of their stories."""
        there = {self._shelf.documents[id] for id in self._shelf.load_documents(connection, documents)}
        for document in sorted(documents - there):
            story, _ = self._now_in.get(document, (None, None))
            if story is None:
                continue
            self._waiting.articles.append({"document": document, "story": None, "copy_of": None})
            if not _standing_in(connection, {story}) - (documents - there):
                self._end(story_answers.last_versions(connection, [story])[story])

    def _group(self, connection: Connection, seed: str) -> _Group:
        """Return the piece of an article, with those of all articles that stand in one story with one of it."""
        group, waiting = _Group(), {seed}
        while waiting:
            id = min(waiting)
            _, piece = self._pieces.of(id)
            group.names |= piece | {id}
            group.pieces.append(piece)
            self._shelf.load(connection, piece)
            documents = [self._shelf.documents[one] for one in piece]
            self._now_in |= story_answers.stories_of_documents(connection, documents)
            stories = {story for document in documents if (story := self._now_in.get(document, (None,))[0])}
            mates = _standing_in(connection, stories - group.stories)
            group.stories |= stories
            waiting = (waiting | self._shelf.load_documents(connection, mates)) - group.names
        self._shelf.fetch(connection, group.names)
        return group

    def _make(self, connection: Connection, group: _Group, compared: Compared) -> None:
        """Cut the pieces of a group into stories, and keep what is other than before."""
        outlines = [one for piece in group.pieces for one in cut(piece, compared)]
        before = story_answers.last_versions(connection, group.stories | {one.id for one in outlines})
        for one in outlines:
            self._place(one)
            made_of = self._made_of(connection, one)
            last = before.get(one.id)
            if last is None or last.gone or last.record == NOTHING_LEFT or last.made_of != made_of:
                self._keep(connection, one, made_of)
        now = {one.id for one in outlines}
        for id in sorted(group.stories - now):
            if id in before and not before[id].gone:
                self._end(before[id])

    def _place(self, one: Outline) -> None:
        """Keep which article stands in which story now."""
        for article in one.articles:
            document = self._shelf.documents[article.id]
            copy_of = self._shelf.documents[article.copy_of] if article.copy_of else None
            if self._now_in.get(document) != (one.id, copy_of):
                self._now_in[document] = (one.id, copy_of)
                self._waiting.articles.append({"document": document, "story": one.id, "copy_of": copy_of})

    def _made_of(self, connection: Connection, one: Outline) -> str:
        """Return a hash of all that the story is told from: articles, their readings, the reviews of their claims."""
        documents = [self._shelf.documents[article.id] for article in one.articles]
        reading, review, claim = schema.readings.c, schema.reviews.c, schema.claims.c
        readings = select(reading.row).where(reading.document.in_(documents)).order_by(reading.row)
        reviews = (
            select(func.max(review.row))
            .join(schema.claims, claim.id == review.claim)
            .where(claim.document.in_(documents))
        )
        return content_id(
            to_json(one).decode(), *connection.execute(readings).scalars(), connection.execute(reviews).scalar()
        )

    def _keep(self, connection: Connection, one: Outline, made_of: str) -> None:
        reports = [
            report for article in one.articles for report in self._reports(connection, article.id, article.copy_of)
        ]
        told = telling(reports)
        story = self._story(one, told, reports)
        self._waiting.versions.append({
            "id": one.id,
            "gone": 0,
            "name": one.name,
            "first_day": one.from_,
            "last_day": one.to,
            "made_of": made_of,
            "record": to_json(story).decode(),
            "states": msgspec.json.encode(told.states).decode(),
        })  # fmt: skip
        self._waiting.states += _changed_states(connection, one.id, told, statement_sources(reports))
        self._written += 1
        self._tell("stories", self._written)

    def _reports(self, connection: Connection, name: str, copy_of: str | None) -> Iterator[Report]:
        """Yield each version of an article with its reading."""
        there = versions(connection, self._shelf.documents[name])
        agency = text_origin(self._shelf.accounts[name])
        modified = None
        for row, version in there:
            reading = as_reviewed(connection, stored_reading(connection, row))
            dated = version.modified if version.modified != modified else None
            first = version is there[0][1]
            seen = (reading.page.captured if reading.page else None) or version.seen_at
            yield Report(
                reading=reading,
                reported=(version.published if first else dated) or seen,
                version=version.number,
                latest=version is there[-1][1],
                silent_edit=version.silent_edit,
                copy_of=copy_of,
                agency=agency,
            )
            modified = version.modified

    def _story(self, one: Outline, told: Telling, reports: list[Report]) -> Story:
        agencies = {report.reading.id: report.agency for report in reports}
        return Story(
            id=one.id,
            name=one.name,
            from_=one.from_,
            to=one.to,
            places=one.places,
            articles=one.articles,
            independent_sources=voices(one, agencies),
            main_figure=main_figure(told, reports),
            series=told.series,
            copies=copies_among([article.id for article in one.articles], self._shelf.reuses),
            comparisons=told.comparisons,
        )

    def _end(self, last: StoryVersion) -> None:
        """Keep that a story is no more."""
        self._waiting.versions.append({
            "id": last.id, "gone": 1, "name": last.name, "first_day": None, "last_day": None, "made_of": "",
            "record": NOTHING_LEFT, "states": "",
        })  # fmt: skip
        self._written += 1
        self._gone += 1

    def _write(self, marks: Marks | None = None) -> None:
        """Append what waits; with marks, how far this making has come."""
        with self._store.writing() as connection:
            if story_rows.made_until(connection) != self._since:
                raise LedgerError("another process makes stories of this ledger; try again when it is done")
            now = self._store.now()
            waiting = self._waiting
            for table, rows in (
                (schema.story_versions, waiting.versions),
                (schema.story_articles, waiting.articles),
                (schema.claim_states, waiting.states),
            ):
                first = next_row(connection, table)
                numbered = [{**row, "row": first + n, "made_at": now} for n, row in enumerate(rows)]
                insert_rows(connection, table, numbered)
                if table is schema.story_versions:
                    insert_rows(connection, schema.story_words, list(map(story_rows.words_row, numbered)))
            if marks is not None:
                story_rows.add_making(connection, marks, now)
        self._waiting = _Waiting()


def _changed_states(connection: Connection, story: str, told: Telling, statements: dict[str, int]) -> list[Row]:
    """Return a row for each claim of which something else is known now than before."""
    disputed = {id for one in told.comparisons if one.kind == "conflicts" for id in (one.a, one.b)}
    now = {id: ClaimState(story, None, count, id in disputed) for id, count in statements.items()}
    for state in told.states:
        conflict = state.state == CONFLICT or state.figure in disputed
        now[state.figure] = ClaimState(story, state.state, len(state.sources), conflict)
    before = story_answers.states_of_claims(connection, now)
    return [
        {"claim": id, **state._asdict(), "conflict": int(state.conflict)}
        for id, state in now.items()
        if before.get(id) != state
    ]


def _standing_in(connection: Connection, stories: Iterable[str]) -> set[int]:
    """Return the documents that stand in these stories now."""
    wanted = set(stories)
    documents = story_answers.documents_of_stories(connection, wanted)
    now = story_answers.stories_of_documents(connection, documents)
    return {document for document in documents if now[document][0] in wanted}


def _rows_of(connection: Connection, ids: Iterable[str]) -> dict[int, str]:
    """Return the names of documents, by row, from their ids; those that the ledger does not have are left out."""
    document = schema.documents.c
    query = select(document.row, document.name).where(document.id.in_(sorted(ids)))
    return {row.row: row.name for row in connection.execute(query)}


def _by_name(connection: Connection, decided: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return decisions on documents by the names of articles."""
    document = schema.documents.c
    query = select(document.id, document.name).where(document.id.in_(sorted(decided)))
    names = {row.id: row.name for row in connection.execute(query)}
    return {
        names[id]: {names[other] for other in others if other in names} for id, others in decided.items() if id in names
    }
