"""A query -> conditions on the tables of the ledger, the same in SQLite and PostgreSQL.

Values are always parameters. matching.py says the same of one claim; a test compares both.
"""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    TextClause,
    UnaryExpression,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    text,
    type_coerce,
    union,
)
from sqlalchemy.sql.elements import SQLColumnExpression
from sqlalchemy.sql.operators import custom_op

from onrecord.answers import ClaimKind
from onrecord.ledger import schema
from onrecord.ledger.fulltext import Term, read_terms, to_fts5, to_tsquery
from onrecord.ledger.queries import Query, class_of_words
from onrecord.records import Outcome, choices

CLAIM, READING, ARTICLE = schema.claims.c, schema.readings.c, schema.articles.c
VERSION, REVIEW, DOCUMENT = schema.page_versions.c, schema.reviews.c, schema.documents.c
PLACE, SOURCE = schema.PLACES.c, schema.sources.c

Condition = ColumnElement[bool] | TextClause
Name = SQLColumnExpression[str] | SQLColumnExpression[str | None]

VERDICTS = ("accept", "correct", "reject", "merge")
"""Actions that decide on a claim; the latest that is not undone stands."""

IN_CONFLICT = {
    "sqlite": "EXISTS (SELECT 1 FROM checks c, json_each(c.figures) f "
    'WHERE c.reading = readings."row" AND c.holds = 0 AND f.value = claims.id)',
    "postgresql": "EXISTS (SELECT 1 FROM checks c, json_array_elements_text(c.figures::json) AS f(value) "
    'WHERE c.reading = readings."row" AND c.holds = 0 AND f.value = claims.id)',
}
IS_DISPUTED = (
    "EXISTS (SELECT 1 FROM claim_status s WHERE s.claim = claims.id AND s.status = 'disputed'"
    " AND s.recorded_at <= :known)"
    ' OR EXISTS (SELECT 1 FROM claim_states s WHERE s.claim = claims.id AND s.conflict = 1 AND s."row" ='
    ' (SELECT max(l."row") FROM claim_states l WHERE l.claim = claims.id AND l.made_at <= :known))'
)
"""Disputed by a reviewer, or contradicted by another claim of the story, as stories were made last."""

MAY_CONFLICT = {
    "sqlite": "SELECT f.value FROM checks c, json_each(c.figures) f WHERE c.holds = 0 "
    "UNION SELECT s.claim FROM claim_status s WHERE s.status = 'disputed' "
    "UNION SELECT s.claim FROM claim_states s WHERE s.conflict = 1",
    "postgresql": "SELECT f.value FROM checks c, json_array_elements_text(c.figures::json) AS f(value) "
    "WHERE c.holds = 0 UNION SELECT s.claim FROM claim_status s WHERE s.status = 'disputed' "
    "UNION SELECT s.claim FROM claim_states s WHERE s.conflict = 1",
}
"""Claims that are in conflict in some reading: few, so that a query can begin with them."""

END_OF_TIME = "9999-12-31T23:59:59.999999Z"


def has_name(column: Name, wanted: str) -> Condition:
    """Return the condition that a word of the column begins with what is wanted; ASCII letters in either case."""
    pattern = "% " + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    # SQLite's lower() and PostgreSQL's ILIKE under collation C fold ASCII letters and no others.
    padded = type_coerce(literal(" ", schema.WORDS).op("||")(column), schema.WORDS)
    return padded.ilike(pattern, escape="\\")


def conditions(
    query: Query, kind: ClaimKind, dialect: str, *, names: frozenset[str] = frozenset(), newest: int | None = None
) -> list[Condition]:
    """Return what claims must meet, but for reviews and the version that is asked for.

    Args:
        query: checked.
        kind: the kind of claim.
        dialect: sqlite or postgresql.
        names: names that stand for the source that is asked for (aliases).
        newest: see `found_in`.
    """
    return [
        *of_claims(query, kind, dialect, names=names, newest=newest),
        *of_pages(query),
        *of_readings(query, dialect),
    ]


def of_claims(
    query: Query,
    kind: ClaimKind,
    dialect: str,
    *,
    names: frozenset[str] = frozenset(),
    walked: bool = False,
    newest: int | None = None,
) -> list[Condition]:
    """Return what is asked of the claim itself, the kind first; see `conditions`.

    Args:
        query: checked.
        kind: the kind of claim.
        dialect: sqlite or postgresql.
        names: see `conditions`.
        walked: the claims are reached by their pages, so that SQLite must not begin with an index of theirs.
        newest: see `found_in`.
    """
    fewer = any(value is not None for value in (query.text, query.source, query.story, query.place))
    kept = _unindexed if dialect == "sqlite" and (walked or fewer) else _indexed
    row = _unindexed(CLAIM.row) if dialect == "sqlite" and walked else CLAIM.row
    asked = [kept(CLAIM.kind) == kind, *_lists(query, kept), *_limits(query, kept)]
    asked += _names(query, kind, names, dialect, row, _unindexed if walked and dialect == "sqlite" else _indexed)
    if query.story is not None:
        document = _unindexed(CLAIM.document) if dialect == "sqlite" and walked else CLAIM.document
        asked.append(document.in_(_of_story(query)))
    if query.text is not None:
        row_name = '+claims."row"' if walked else 'claims."row"'
        asked.append(found_in("claims", query.text, dialect, row=row_name, newest=newest))
    if query.conflicts:
        asked.append(kept(CLAIM.id).in_(text(MAY_CONFLICT[dialect])))
    return asked


def has_index(query: Query) -> bool:
    """Say whether the database finds the claims that are asked for without looking at all of them."""
    asked = (query.outcome, query.place, query.source, query.text, query.story, query.min, query.conflicts or None)
    return any(value is not None for value in asked)


def of_pages(query: Query) -> list[Condition]:
    """Return what is asked of articles and documents."""
    asked: list[Condition] = []
    if query.article is not None:
        asked.append(DOCUMENT.name == query.article)
    if query.outlet is not None:
        asked.append(has_name(ARTICLE.outlet, query.outlet))
    if query.since is not None:
        # "2025-07~" >= "2025-07-04": a month that is not told apart further may hold the day.
        asked.append(type_coerce(READING.reported, schema.WORDS).op("||")("~") >= query.since)
        asked.append(READING.reported >= query.since[:4])
    if query.until is not None:
        asked.append(READING.reported <= f"{query.until}~")
    return asked


def of_readings(query: Query, dialect: str) -> list[Condition]:
    """Return what is asked of a claim in its reading: that its figures do not add up, or that it is in conflict."""
    if not query.conflicts:
        return []
    disputed = text(IS_DISPUTED).bindparams(bindparam("known", query.as_of or END_OF_TIME))
    return [or_(text(IN_CONFLICT[dialect]), disputed)]


def _indexed(column: Name) -> Name:
    return column


def _unindexed(column: Any) -> Any:
    """Return the column so that SQLite does not begin with its index: words, a name or the pages leave fewer rows."""
    return UnaryExpression(cast(ColumnElement[str], column), operator=custom_op("+"))


def _lists(query: Query, kept: Callable[[Name], Name]) -> list[Condition]:
    columns = {
        "outcome": kept(CLAIM.outcome), "kind": CLAIM.figure_kind, "polarity": CLAIM.polarity,
        "modality": CLAIM.modality, "form": CLAIM.form_of_speech, "act": CLAIM.act,
    }  # fmt: skip
    given = ((column, getattr(query, field)) for field, column in columns.items())
    return [column == value for column, value in given if value is not None]


def _limits(query: Query, kept: Callable[[Name], Name]) -> list[Condition]:
    first = func.coalesce(CLAIM.low, CLAIM.high, CLAIM.point)
    last: ColumnElement[float] = literal_column(schema.GREATEST, schema.AMOUNT)
    asked: list[Condition] = []
    if query.min is not None:
        asked.append(last > float(query.min) if query.min_open else last >= float(query.min))
        if query.outcome is None:
            # All outcomes, one by one: the index has the outcome before the number.
            asked.append(kept(CLAIM.outcome).in_(choices(Outcome)))
    if query.max is not None:
        asked.append(first < float(query.max) if query.max_open else first <= float(query.max))
    return asked


def _names(
    query: Query, kind: ClaimKind, names: frozenset[str], dialect: str, row: Any, kept: Callable[[Name], Name]
) -> list[Condition]:
    asked: list[Condition] = []
    if query.counted is not None:
        named = class_of_words(query.counted)
        asked.append(CLAIM.counted_class == named if named else has_name(CLAIM.counted, query.counted))
    if query.place is not None:
        places = select(PLACE.name).where(has_name(PLACE.name, query.place))
        asked.append(_one_of(cast(ColumnElement[Any], kept(CLAIM.place)), places, dialect))
    if query.to is not None:
        asked.append(has_name(CLAIM.addressee, query.to))
    if query.source is not None:
        either = or_(has_name(SOURCE.name, query.source), SOURCE.name.in_(sorted(names)))
        sources = select(SOURCE.name).where(either)
        # Two questions of an index each; with OR, SQLite looks at every claim.
        by_name = schema.claims.alias("by_name").c
        of_source = union(
            *(
                select(by_name.row).where(by_name.kind == kind, column.in_(sources))
                for column in (by_name.speaker, by_name.via)
            )
        )
        asked.append(_one_of(row, of_source, dialect))
    return asked


def _of_story(query: Query) -> Select[Any]:
    """Return a query for the documents of a story, as it was made last."""
    one, later = schema.story_articles.c, schema.story_articles.alias("later").c
    known = [] if query.as_of is None else [later.made_at <= query.as_of]
    last = select(func.max(later.row)).where(later.document == one.document, *known).correlate(schema.story_articles)
    return select(one.document).where(one.story == query.story, one.row == last.scalar_subquery())


def _one_of(column: ColumnElement[Any], found: Select[Any] | CompoundSelect[Any], dialect: str) -> Condition:
    """Return the condition that a column has one of the values that a query finds first."""
    if dialect == "sqlite":
        return column.in_(found)
    # As an array PostgreSQL has them before it begins, and takes the index of the column.
    return column == func.any(func.array(found.scalar_subquery()))


def found_in(table: str, words: str, dialect: str, *, row: str | None = None, newest: int | None = None) -> Condition:
    """Return the condition that a row of claims or articles has the words that are looked for.

    Args:
        table: claims or articles.
        words: as a person types them.
        dialect: sqlite or postgresql.
        row: what SQLite compares with the rows that were found.
        newest: only so many rows, those that were written last; None: all.
    """
    number = row or f'{table}."row"'
    terms = read_terms(words)
    if newest is not None:
        return text(f"{number} IN ({matching(table, dialect)} LIMIT :newest)").bindparams(
            bindparam(f"{table}_words", term_words(terms, dialect)), bindparam("newest", newest)
        )
    if dialect == "sqlite":
        found = text(f"{number} IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :{table}_words)")  # noqa: S608
        return found.bindparams(bindparam(f"{table}_words", to_fts5(terms)))
    found = text(f"{table}.fts @@ CAST(:{table}_words AS tsquery)")
    return found.bindparams(bindparam(f"{table}_words", to_tsquery(terms)))


def matching(table: str, dialect: str) -> str:
    """Return the SQL of the rows of claims or articles that have the words, those written last first."""
    if dialect == "sqlite":
        return f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :{table}_words ORDER BY rowid DESC"  # noqa: S608
    words = f"CAST(:{table}_words AS tsquery)"
    return f'SELECT m."row" FROM {table} m WHERE m.fts @@ {words} ORDER BY m."row" DESC'  # noqa: S608


def term_words(terms: tuple[Term, ...], dialect: str) -> str:
    """Return what somebody looks for in the language of the database."""
    return to_fts5(terms) if dialect == "sqlite" else to_tsquery(terms)


# --- reviews -------------------------------------------------------------------------------------------------------


def standing(as_of: str | None) -> Select[tuple[int]]:
    """Return a query for the rows of `reviews` that stand: the latest verdict on each claim that is not undone."""
    known = [] if as_of is None else [REVIEW.at <= as_of]
    undone = select(REVIEW.undoes).where(REVIEW.undoes.is_not(None), *known)
    return (
        select(func.max(REVIEW.row))
        .where(REVIEW.action.in_(VERDICTS), REVIEW.id.not_in(undone), *known)
        .group_by(REVIEW.claim)
    )


def reviewed(as_of: str | None, *actions: str) -> Select[tuple[str]]:
    """Return a query for the ids of the claims on which one of these verdicts stands."""
    return select(REVIEW.claim).where(REVIEW.row.in_(standing(as_of)), REVIEW.action.in_(actions))


def not_reviewed(as_of: str | None, *actions: str) -> Condition:
    """Return the condition that none of these verdicts stands on a claim."""
    return not_(CLAIM.id.in_(reviewed(as_of, *actions)))


def latest(as_of: str | None) -> Condition:
    """Return the condition that a reading is the latest of its document, and its words have not been erased."""
    return and_(schema.latest_readings(as_of), CLAIM.record != "{}")
