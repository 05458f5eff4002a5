"""What a program asks of an open ledger: figures, who said what, sources, full text, reviews, exports.

Each method is one call of the part that does it, on a read-only connection with one view of the ledger; reviews are
written in a transaction of their own. Answers are lists of records; `to_pandas()` and `to_arrow()` need pandas and
pyarrow (extras `pandas`, `arrow`).
"""

import getpass
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypedDict, TypeVar, Unpack, get_args

from sqlalchemy import Connection

from onrecord import plugins
from onrecord.answers import ClaimKind, Found, ReviewAction, SourceOnRecord, StatementOnRecord

from onrecord.answers import EventOnRecord, FigureOnRecord  # isort: skip
from onrecord.errors import ExportError, ReviewError
from onrecord.exports.columns import NUMBERS, columns_of, flat
from onrecord.exports.story_html import write_story
from onrecord.grading import graded_figures, graded_story
from onrecord.ledger import finding, search, source_counts, source_names, story_answers, story_verdicts
from onrecord.ledger import review as reviewing
from onrecord.ledger.agreement import Agreement, AgreementReport
from onrecord.ledger.history import find_document, stored_reading, versions
from onrecord.ledger.queries import Query, checked, class_of_words
from onrecord.ledger.query_words import outcome_of, parse_query
from onrecord.ledger.review import Given, Imported, Review, ToReview
from onrecord.ledger.source_names import MergeSuggestion, SourceVerdict, Verdict
from onrecord.ledger.store import Store
from onrecord.ledger.story_answers import Wanted
from onrecord.ledger.story_verdicts import Said, StoryVerdict
from onrecord.making import Made, make_if_possible
from onrecord.plugins import ExportOptions
from onrecord.policies import Policy
from onrecord.records import Number, Reading, Record
from onrecord.told import ToldStory, told_story

R = TypeVar("R", bound=Record)
LOG = logging.getLogger(__name__)

Rows = Literal["figures", "statements", "events", "sources", "reviews", "page"]
"""What can be exported; said is another word for statements."""

KINDS: dict[str, ClaimKind] = {"figures": "figure", "statements": "statement", "events": "event"}

ROWS_OF: dict[ClaimKind, str] = {kind: rows for rows, kind in KINDS.items()}

QUEUE = 50
"""Claims of the review queue that are given when nobody says how many."""

ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".html": "html", ".htm": "html"}
"""Formats by the ending of the file that is written."""


class Asked(TypedDict, total=False):
    """Fields of a query; see Query for what they mean."""

    outcome: str | None
    counted: str | None
    place: str | None
    source: str | None
    since: str | None
    until: str | None
    min: Number | None
    max: Number | None
    min_open: bool
    max_open: bool
    conflicts: bool
    text: str | None
    kind: str | None
    polarity: str | None
    modality: str | None
    form: str | None
    act: str | None
    outlet: str | None
    article: str | None
    story: str | None
    limit: int | None
    after: str | None
    as_of: str | None
    as_read: bool


class Answers(list[R]):
    """Records in order; `next` is the cursor of the next page, where a limit cut them off."""

    def __init__(self, records: Iterable[R] = (), *, next: str | None = None, rows: str = "") -> None:
        super().__init__(records)
        self.next = next
        self.rows = rows

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame: the columns of the csv export, numbers as float64 (extra `pandas`)."""
        pandas = _library("pandas")
        kinds = {True: "float64", False: "object"}
        return pandas.DataFrame(
            {name: pandas.Series(cells, dtype=kinds[name in NUMBERS]) for name, cells in self._columns().items()}
        )

    def to_arrow(self) -> Any:
        """Return a pyarrow Table: the columns of the csv export, numbers as double (extra `arrow`)."""
        arrow = _library("pyarrow", extra="arrow")
        kinds = {True: arrow.float64(), False: arrow.string()}
        return arrow.table(
            {name: arrow.array(cells, type=kinds[name in NUMBERS]) for name, cells in self._columns().items()}
        )

    def _columns(self) -> dict[str, list[Any]]:
        """Return the cells column by column, the same columns whatever the answers are."""
        options = ExportOptions(rows=self.rows)  # type: ignore[arg-type]  # "": rows without a list of columns
        names = columns_of(options, self[0] if self else None)
        cells = [flat(record) for record in self]
        return {name: [_cell(row.get(name), number=name in NUMBERS) for row in cells] for name in names}


def _cell(value: object, *, number: bool) -> float | str | None:
    if value is None or (number and not isinstance(value, int | float)):
        return None
    return float(value) if number else str(value)  # type: ignore[arg-type]  # a number, as asked above


def _library(name: str, *, extra: str | None = None) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as err:
        extra = extra or name
        raise ExportError(f"{name} is not installed; pip install 'onrecord[{extra}]', or export as csv") from err


class Asking:
    """The questions of a ledger; `store` is its database."""

    store: Store

    states_of_figures = True
    """Whether stories are given with what became of each figure, which `independent_sources` needs."""

    # --- stories ---------------------------------------------------------------------------------------------------

    def stories(self, words: str | None = None, *, as_of: str | None = None, **wanted: Any) -> list[ToldStory]:
        """Return stories, those with the latest articles first; what came in since is made into stories before.

        Args:
            words: that stand in the name or the places of a story.
            as_of: only what had been made by then.
            wanted: place, since, until, articles (at least so many), limit, after (the id of the last one of a list).

        Raises:
            QueryError: a date is none.
        """
        self.make_stories()
        known = checked(Query(as_of=as_of, since=wanted.get("since"), until=wanted.get("until"))).as_of
        with self.store.reading() as connection:
            versions = story_answers.stories(
                connection, Wanted(words=words, **wanted), known, states=self.states_of_figures
            )
        return [told_story(version) for version in versions]

    def story(self, named: str, *, as_of: str | None = None) -> ToldStory:
        """Return a story by its id, the beginning of its id, or one of its articles.

        Raises:
            LedgerError: there is none, or it is no more.
        """
        self.make_stories()
        known = checked(Query(as_of=as_of)).as_of
        with self.store.reading() as connection:
            return told_story(story_answers.find_story(connection, named, known, states=self.states_of_figures))

    def graded(self, told: ToldStory, policy: Policy, *, as_of: str | None = None) -> ToldStory:
        """Return a story with the grade that a policy (`policies.load_policy`) gives each point of its series, and why.

        Args:
            told: the story.
            policy: grades of the user's own.
            as_of: the time that ages are counted to, and the latest that names were merged; else now.
        """
        with self.store.reading() as connection:
            return self._grading(connection, policy, as_of)(told)

    def graded_figures(
        self, figures: Answers[FigureOnRecord], policy: Policy, *, as_of: str | None = None
    ) -> Answers[FigureOnRecord]:
        """Return figures with the grades that they have in their stories, as `graded` gives them."""
        with self.store.reading() as connection:
            stories = stories_of(connection, figures, as_of, states=self.states_of_figures)
            graded = graded_figures(figures, map(self._grading(connection, policy, as_of), stories))
            return Answers(graded, next=figures.next, rows=figures.rows)

    def _grading(self, connection: Connection, policy: Policy, as_of: str | None) -> Callable[[ToldStory], ToldStory]:
        """Return what grades a story by what is said in it."""
        known = checked(Query(as_of=as_of)).as_of
        same, now = search.aliases(connection, known), known or self.store.now()

        def grade(told: ToldStory) -> ToldStory:
            found = search.all_claims(connection, "statement", checked(Query(story=told.id, as_of=as_of)))
            said = [one for one in found if isinstance(one, StatementOnRecord)]
            return graded_story(told, policy, said, now, same)

        return grade

    def merge_stories(
        self, named: str, other: str, *, by: str | None = None, reason: str | None = None
    ) -> StoryVerdict:
        """Say that two stories (or articles of them) are one, now and when they are made again.

        Raises:
            LedgerError: there is no such story.
            ReviewError: they are one already.
        """
        one, rest = self.story(named), self.story(other)
        names = [[article.id for article in story.articles] for story in (one, rest)]
        if one.id == rest.id:
            raise ReviewError(f"{named} and {other}: one story already; give another one")
        return self._decide_story("merge", names[0], names[1], one.id, by, reason)

    def split_story(self, named: str, *articles: str, by: str | None = None, reason: str | None = None) -> StoryVerdict:
        """Say that these articles are not of one story with its other ones, now and when they are made again.

        Raises:
            LedgerError: there is no such story.
            ReviewError: an article that does not stand in it, or none would be left.
        """
        story = self.story(named)
        there = {name: article.id for article in story.articles for name in (article.id, article.url) if name}
        unknown = [name for name in articles if name not in there]
        if unknown:
            raise ReviewError(f"{unknown[0]}: no article of this story; `onrecord story {named} --json` lists them")
        leaving = {there[name] for name in articles}
        rest = [article.id for article in story.articles if article.id not in leaving]
        return self._decide_story("split", leaving, rest, story.id, by, reason)

    def undo_story_verdict(self, id: str, *, by: str | None = None, reason: str | None = None) -> StoryVerdict:
        """Take a merge or split of stories back.

        Raises:
            ReviewError: no such verdict, or it was taken back already.
        """
        with self.store.writing(fully=True) as connection:
            said = Said(by=reviewer() if by is None else by, at=self.store.now(), reason=reason)
            return story_verdicts.undo(connection, id, said)

    def _decide_story(
        self,
        verdict: Literal["merge", "split"],
        names: Iterable[str],
        others: Iterable[str],
        story: str,
        by: str | None,
        reason: str | None,
    ) -> StoryVerdict:
        with self.store.writing(fully=True) as connection:
            said = Said(by=reviewer() if by is None else by, at=self.store.now(), reason=reason, story=story)
            ids = [story_answers.document_ids(connection, some) for some in (names, others)]
            return story_verdicts.decide(connection, verdict, ids[0], ids[1], said)

    def story_verdicts(self, *, as_of: str | None = None) -> Answers[StoryVerdict]:
        """Return every merge and split of stories, in the order they were made."""
        known = checked(Query(as_of=as_of)).as_of
        with self.store.reading() as connection:
            return Answers(story_verdicts.story_verdicts(connection, known))

    def article_names(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the articles' ids, as `read` and stories give them, of the ids by which verdicts name them."""
        with self.store.reading() as connection:
            return story_answers.names_of_ids(connection, ids)

    def make_stories(self) -> Made | None:
        """Make the stories of what came in; what keeps it from that is logged, and what was made stays."""
        return make_if_possible(self.store, LOG.warning)

    # --- claims and sources ----------------------------------------------------------------------------------------

    def figures(self, words: str | None = None, **asked: Unpack[Asked]) -> Answers[FigureOnRecord]:
        """Return figures, newest publication first.

        Args:
            words: such as "injured in Kyiv > 20"; fields that are given beside them must hold too.
            asked: fields of a query: outcome, counted, place, source, since, until, min, max, ...

        Raises:
            QueryError: the query cannot be answered as it stands.
        """
        return self._claims("figure", _query(words, asked))

    def said(
        self,
        about: str | None = None,
        *,
        by: str | None = None,
        to: str | None = None,
        **asked: Unpack[Asked],
    ) -> Answers[StatementOnRecord]:
        """Return statements, newest publication first.

        Args:
            about: words that are looked for in the sentence and what was said.
            by: who said it: a name, or beginnings of its words.
            to: whom it was said to.
            asked: fields of a query: act, form, since, until, outlet, ...
        """
        query = Query(to=to, **asked)
        both = " ".join(words for words in (about, query.text) if words)
        return self._claims("statement", _replaced(query, text=both or None, source=by or query.source))

    def events(self, words: str | None = None, **asked: Unpack[Asked]) -> Answers[EventOnRecord]:
        """Return events, newest publication first."""
        return self._claims("event", _query(words, asked))

    def _claims(self, kind: ClaimKind, query: Query) -> Answers[Any]:
        self.make_stories()
        with self.store.reading() as connection:
            found = search.claims(connection, kind, query)
        return Answers(found.claims, next=found.next, rows=ROWS_OF[kind])

    def sources(
        self, name: str | None = None, *, called: bool = True, **asked: Unpack[Asked]
    ) -> Answers[SourceOnRecord]:
        """Return who put how much on record: counts only, most first; called: with roles, bodies and countries."""
        query = Query(**asked)
        with self.store.reading() as connection:
            found = source_counts.sources(connection, name, _replaced(query, limit=None), called=called)
        return Answers(found[: query.limit], rows="sources")

    def suggest_merges(self, name: str | None = None) -> Answers[MergeSuggestion]:
        """Return pairs of names that may be one source, with the evidence; nothing is merged by itself."""
        with self.store.reading() as connection:
            return Answers(source_names.suggestions(connection, name))

    def merge_sources(self, name: str, into: str, *, by: str | None = None) -> SourceVerdict | None:
        """Count a name under another one from now on; None when that was the latest word already.

        Raises:
            ReviewError: a name that no claim has, or one name twice.
        """
        return self._decide(name, into, "merge", by)

    def split_sources(self, name: str, other: str, *, by: str | None = None) -> SourceVerdict | None:
        """Say that two names are two sources: they are counted apart and not suggested again.

        Raises:
            ReviewError: a name that no claim has, or one name twice.
        """
        return self._decide(name, other, "split", by)

    def _decide(self, name: str, other: str, verdict: Verdict, by: str | None) -> SourceVerdict | None:
        with self.store.writing(fully=True) as connection:
            return source_names.decide(
                connection, name, other, verdict, by=reviewer() if by is None else by, at=self.store.now()
            )

    def source_verdicts(self, *, as_of: str | None = None) -> Answers[SourceVerdict]:
        """Return every merge and split of names, in the order they were made."""
        known = checked(Query(as_of=as_of)).as_of
        with self.store.reading() as connection:
            return Answers(source_names.verdicts(connection, as_of=known))

    def search(self, words: str, **asked: Unpack[Asked]) -> Found:
        """Return pages and claims that have these words, with facets."""
        with self.store.reading() as connection:
            return finding.find_words(connection, _replaced(Query(**asked), text=words))

    def reading(self, named: str, *, as_of: str | None = None) -> Reading:
        """Return the latest reading of an article, by its id or URL.

        Raises:
            LedgerError: it is not in the ledger, or was not at that time.
        """
        with self.store.reading() as connection:
            return latest_reading(connection, named, as_of)

    # --- reviews ---------------------------------------------------------------------------------------------------

    def review(
        self,
        claim: str,
        action: ReviewAction,
        *,
        by: str | None = None,
        fields: Mapping[str, str | int | float | None] | None = None,
        into: str | None = None,
        text: str | None = None,
    ) -> Review | None:
        """Accept, correct, reject, merge or comment a claim, or undo a review; None when nothing new was said.

        Args:
            claim: id of the claim; for undo that of the review, or of the claim whose verdict is taken back.
            action: what is done.
            by: the reviewer; the name of the account where none is given.
            fields: what a correction changes.
            into: the claim that this one is merged into.
            text: the comment.

        Raises:
            ReviewError: no such claim, or a value that does not fit.
        """
        given = Given(claim=claim, action=action, fields=fields, into=into, text=text)
        with self.store.writing(fully=True) as connection:
            return reviewing.review(connection, given, by=by or reviewer(), at=self.store.now())

    def reviews(self, *claims: str, as_of: str | None = None) -> Answers[Review]:
        """Return the reviews of some claims, or all, in the order they were made."""
        known = checked(Query(as_of=as_of)).as_of
        with self.store.reading() as connection:
            return Answers(reviewing.reviews(connection, claims=claims or None, as_of=known))

    def queue(
        self,
        words: str | None = None,
        *,
        of: ClaimKind | None = None,
        second: str | None = None,
        **asked: Unpack[Asked],
    ) -> Answers[ToReview]:
        """Return claims that wait for a verdict, those the reader doubts most first, 50 unless a limit is given.

        Args:
            words: such as "injured in Kyiv > 20".
            of: figure, statement or event; None: all.
            second: a reviewer; then the claims that one other reviewer has judged.
            asked: fields of a query.
        """
        query = _query(words, asked)
        with self.store.reading() as connection:
            return Answers(reviewing.queue(connection, of, query, limit=query.limit or QUEUE, second=second))

    def import_reviews(self, lines: Iterable[bytes], *, by: str | None = None) -> Imported:
        """Write the reviews of a file of JSON lines that `queue` went out as."""
        with self.store.writing(fully=True) as connection:
            return reviewing.import_reviews(connection, lines, by=by or reviewer(), at=self.store.now())

    def reapply_reviews(self) -> Answers[Review]:
        """Carry verdicts over to claims that later readings have on the same words; call it after reading again."""
        with self.store.writing(fully=True) as connection:
            return Answers(reviewing.reapply(connection, at=self.store.now()))

    def agreement(self, a: str, b: str) -> Agreement:
        """Return how far two reviewers agree."""
        with self.store.reading() as connection:
            return reviewing.agreement_of(connection, a, b)

    def agreement_report(self) -> AgreementReport:
        """Return how far all reviewers agree, and the claims on which they differ."""
        with self.store.reading() as connection:
            return reviewing.agreement_report(connection)

    # --- exports ---------------------------------------------------------------------------------------------------

    def export(
        self,
        rows: str = "figures",
        *,
        to: str | Path | BinaryIO,
        format: str | None = None,
        formula_safe: bool = False,
        title: str | None = None,
        **asked: Unpack[Asked],
    ) -> int:
        """Write rows to a file; return how many.

        Args:
            rows: figures, statements (or said), events, sources, reviews, or page (with article=...).
            to: a file name, or a file open for bytes. What stood in the file goes once all is written.
            format: csv, jsonl, parquet, html, or that of a plug-in; else by the ending of the file name.
            formula_safe: no cell of a csv file is a formula to a spreadsheet.
            title: heading of an html file.
            asked: fields of a query.

        Raises:
            ExportError: unknown rows or format, or the file cannot be written.
        """
        wanted = {"said": "statements"}.get(rows, rows)
        if wanted not in get_args(Rows):
            raise ExportError(f"export: no rows {rows!r}; choose from {', '.join(get_args(Rows))}")
        write: plugins.Exporter = plugins.load("exporters", format or _format_of(to))
        query = checked(with_outcome(Query(**asked)))
        options = ExportOptions(
            rows="figures" if wanted == "page" else wanted,  # type: ignore[arg-type]  # one of Rows
            formula_safe=formula_safe,
            title=title or f"{wanted.capitalize()} on record",
        )
        with _written(to) as out, self.store.reading() as connection:
            return write(self._rows(connection, wanted, query), out, options)

    def export_story(
        self, named: str, *, to: str | Path | BinaryIO, as_of: str | None = None, as_read: bool = False
    ) -> int:
        """Write a story to one html file, with all claims of its articles; return how many claims.

        Raises:
            LedgerError: there is no such story.
            ExportError: the file cannot be written.
        """
        story = self.story(named, as_of=as_of).record
        with _written(to) as out, self.store.reading() as connection:
            query = checked(Query(story=story.id, as_of=as_of, as_read=as_read))
            return write_story(
                story, (row for kind in ROWS_OF for row in search.all_claims(connection, kind, query)), out
            )

    def _rows(self, connection: Connection, rows: str, query: Query) -> Iterator[Record]:
        if rows in KINDS:
            yield from search.all_claims(connection, KINDS[rows], query)
        elif rows == "sources":
            yield from source_counts.sources(connection, query.source, _replaced(query, source=None, limit=None))[
                : query.limit
            ]
        elif rows == "reviews":
            yield from reviewing.reviews(connection, as_of=query.as_of)
        elif query.article is None:
            raise ExportError("export: which page? give the id or URL of its article")
        else:
            document = find_document(connection, query.article)
            yield from (
                stored_reading(connection, row) for row, _ in versions(connection, document.row, query.as_of)[-1:]
            )


def stories_of(
    connection: Connection, figures: Iterable[FigureOnRecord], as_of: str | None = None, *, states: bool = True
) -> Iterator[ToldStory]:
    """Yield the stories that figures stand in, each once; see `Asking.story`."""
    known = checked(Query(as_of=as_of)).as_of
    for id in dict.fromkeys(one.story for one in figures if one.story):
        yield told_story(story_answers.find_story(connection, id, known, states=states))


def latest_reading(connection: Connection, named: str, as_of: str | None = None) -> Reading:
    """Return the latest reading of an article; see `Asking.reading`."""
    known = checked(Query(as_of=as_of)).as_of
    document = find_document(connection, named)
    there = versions(connection, document.row, known)
    if not there:
        raise ExportError(f"{named}: not yet in this ledger at {as_of}; give a later date")
    return stored_reading(connection, there[-1][0])


def reviewer() -> str:
    """Return who reviews: ONRECORD_REVIEWER, else the name of the account."""
    try:
        return os.environ.get("ONRECORD_REVIEWER") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def fields_of_words(words: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that words ask for, beside what is given already and is no field of a query."""
    asked = {name: value for name, value in given.items() if name in Asked.__annotations__}
    read = parse_query(words, Query(**asked))
    found = {name: getattr(read, name) for name in read.__struct_fields__ if name in Asked.__annotations__}
    return given | {name: value for name, value in found.items() if value not in (None, False)}


def _query(words: str | None, asked: Asked) -> Query:
    query = with_outcome(Query(**asked))
    return parse_query(words, query) if words else query


def with_outcome(query: Query) -> Query:
    """Return the query with the outcome that its word names: wounded is injured."""
    if query.outcome is None:
        return query
    return _replaced(query, outcome=outcome_of(query.outcome, class_of_words(query.counted or "")))


def _replaced(query: Query, **changes: Any) -> Query:
    return Query(**{**{name: getattr(query, name) for name in query.__struct_fields__}, **changes})


def _format_of(to: str | Path | BinaryIO) -> str:
    ending = Path(to).suffix.lower() if isinstance(to, str | Path) else ""
    if ending not in ENDINGS:
        raise ExportError(f"export: no format given, and {ending or 'no ending'!r} names none; choose csv, jsonl, ...")
    return ENDINGS[ending]


@contextmanager
def _written(to: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    """Give a file that takes the place of the named one once all is written; one that is open already as it is."""
    if not isinstance(to, str | Path):
        with nullcontext(to) as given:
            yield given
        return
    path = Path(to)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(path)
    except OSError as err:
        raise ExportError(f"{path}: {err.strerror or err}; give another file") from err
    finally:
        beside.unlink(missing_ok=True)
