"""The tables of the ledger, for SQLite and PostgreSQL alike; guards.py holds the triggers beside them.

Every table only grows. `row` numbers the rows of a table in the order they were written; what a row is known by outside
is a content hash (`id`, `sha256`, `form`). Four times are kept apart: said_* (when the speaker spoke) and happened_*
(when the thing happened) are what the page says, `published` and `modified` are when the outlet reported it, and
`seen_at` and `read_at` are this ledger's own clock, set when a row is written and never taken from a page. Nothing here
opens a database.

How the tables hang together:

    documents (one address or text) -< page_versions (what stood there) >- pages (the bytes) - archive (them packed)
    page_versions -< readings (what one reader version found) >- articles (the text that spans count in)
    readings -< claim_links >- claims        readings -< checks        sightings: these bytes again, nothing new
    readings -< accounts -< account_pairs >- accounts: what articles have in common, filled when stories are made
    story_versions (a story, each time it changed) - story_words . story_articles >- documents . claim_states . makings
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    column,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TEXT as PG_TEXT
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.types import TypeEngine

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

WORDS: TypeEngine[str] = Text().with_variant(PG_TEXT(collation="C"), "postgresql")
"""Text, compared by code point on both. Times are text too: 2025-07-04T09:30:00.000000Z."""

ROW: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
AMOUNT: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")
"""A number to compare by; the exact value stands in the claim's record."""

FLAG: TypeEngine[int] = Integer()
"""1 or 0; SQLite's strict tables know no other."""


def _table(name: str, *columns: Any) -> Table:
    """Return a table with a row number as its key; strict on SQLite."""
    return Table(name, METADATA, Column("row", ROW, primary_key=True), *columns, sqlite_strict=True)


def _words(name: str, *, null: bool = False, unique: bool = False, index: bool = False) -> Column[str]:
    return Column(name, WORDS, nullable=null, unique=unique or None, index=index or None)


def _to(name: str, target: Table, *, null: bool = False, index: bool = False) -> Column[int]:
    """Return a column that names a row of another table."""
    return Column(name, ROW, ForeignKey(target.c.row), nullable=null, index=index or None)


# --- runs ----------------------------------------------------------------------------------------------------------

runs = _table(
    "runs",
    _words("kind"),  # add, reread
    _words("began_at"),
    _words("reader_version"),
    _words("model"),
)
run_ends = _table(
    "run_ends",
    _to("run", runs, index=True),
    _words("ended_at"),
    *(Column(name, Integer, nullable=False) for name in ("new", "same", "revised", "failed")),
)

# --- pages and articles --------------------------------------------------------------------------------------------

pages = _table("pages", _words("sha256", unique=True), _words("media_type"), Column("size", Integer, nullable=False))
archive = Table(
    "archive",
    METADATA,
    Column("page", ROW, ForeignKey(pages.c.row), primary_key=True, autoincrement=False),
    _words("encoding"),  # zlib, plain; erased when nothing is left
    Column("data", LargeBinary, nullable=False),
    sqlite_strict=True,
)
documents = _table(
    "documents",
    _words("id", unique=True),  # records.document_id
    _words("url", null=True),
    _words("name", unique=True),  # the article's id for people: the manifest's, else the URL, else the file's name
)
page_versions = _table(
    "page_versions",
    _to("document", documents),
    Column("number", Integer, nullable=False),  # 1, 2, 3 of its document
    _to("page", pages, index=True),
    _words("given"),  # JSON of rows.Given: what was known of the page from outside; reading again needs it
    _to("run", runs),
    _words("seen_at", index=True),
    Column("silent_edit", FLAG, nullable=False),  # the text changed since the version before, its date did not
    UniqueConstraint("document", "number"),
)
sightings = _table(
    "sightings",
    _words("key", index=True),  # rows.sighting_key: hash of the bytes and of what was given with them
    _to("version", page_versions, index=True),
    _to("run", runs),
    _words("seen_at"),
)
articles = _table(
    "articles",
    _words("id", unique=True),  # hash of document, page, text and record
    _to("page", pages, index=True),
    _words("url", null=True),
    _words("outlet", null=True),
    _words("headline", null=True),
    _words("published", null=True),
    _words("modified", null=True),
    _words("language", null=True),
    _words("edition"),  # hash of what a reader sees as the article; furniture is left out
    _words("text"),  # Page.text: what all spans count in
    _words("body"),  # Article.body
    _words("record"),  # JSON of the Article without its body
)
readings = _table(
    "readings",
    _to("version", page_versions),
    _to("document", documents),
    _to("article", articles, index=True),
    _words("reader_version"),
    _words("model"),
    _to("run", runs),
    _words("read_at", index=True),
    _words("reported"),  # when the article was published, or its version seen where it does not say: orders answers
    UniqueConstraint("version", "reader_version", "model"),
    Index("ix_readings_latest", "document", "version", "row"),
    Index("ix_readings_reported", "reported", "document"),
)

GREATEST = 'coalesce("high", "low", "point")'
"""The greatest number that a figure may be, the printed one where that end is open; as the index has it."""

# --- claims --------------------------------------------------------------------------------------------------------

claims = _table(
    "claims",
    _words("id", index=True),  # records.claim_id; the same claim read otherwise is another row with the same id
    Column("form", BigInteger().with_variant(Integer(), "sqlite"), nullable=False),  # hash of the record
    _words("kind"),  # figure, statement, event
    _to("document", documents),
    _to("reading", readings),  # the reading that found it first
    _words("sentence"),
    _words("words"),  # figure: number, counted, outcome word; statement: content; event: trigger, actors, targets
    _words("record"),  # JSON of the claim: null and empty fields left out, spans [start, end] counted from its sentence
    # figures
    Column("low", AMOUNT),
    Column("high", AMOUNT),
    Column("point", AMOUNT),
    _words("bound", null=True),
    _words("figure_kind", null=True),
    _words("unit", null=True),
    _words("counted", null=True),  # as written
    _words("counted_class", null=True),
    _words("outcome", null=True),
    _words("modality", null=True),
    # statements
    _words("act", null=True),
    _words("form_of_speech", null=True),  # direct, mixed, indirect
    _words("addressee", null=True),  # as written
    # events
    _words("event_type", null=True),
    _words("status", null=True),
    # all
    _words("polarity", null=True),
    _words("speaker", null=True),
    _words("speaker_kind", null=True),
    _words("via", null=True),
    _words("place", null=True),
    _words("country", null=True),
    Column("geonames", Integer),
    Column("latitude", AMOUNT),
    Column("longitude", AMOUNT),
    _words("said_from", null=True),
    _words("said_to", null=True),
    _words("happened_from", null=True),
    _words("happened_to", null=True),
    Column("confidence", AMOUNT, nullable=False),
    # The document first: rows of a page come together, so new entries go to the end of the index.
    UniqueConstraint("document", "form"),
    Index("ix_claims_figures", "kind", "outcome", text(GREATEST)),
    Index("ix_claims_doubt", "kind", "confidence", "id"),
    # Hash on PostgreSQL: a name has no greatest length, a row of a B-tree has one. SQLite's tells kinds apart too.
    # Most claims lack one of the names, and no query asks for those.
    *(
        index
        for name, more in (("speaker", ("kind",)), ("via", ("kind",)), ("place", ("kind", "outcome")))
        for index in (
            Index(f"ix_claims_{name}", name, *more, sqlite_where=text(f"{name} IS NOT NULL")).ddl_if(dialect="sqlite"),
            Index(
                f"ix_claims_{name}_hash",
                name,
                postgresql_using="hash",
                postgresql_where=text(f"{name} IS NOT NULL"),
            ).ddl_if(dialect="postgresql"),
        )
    ),
)
claim_links = Table(
    "claim_links",
    METADATA,
    Column("claim", ROW, ForeignKey(claims.c.row), primary_key=True, autoincrement=False),
    Column("reading", ROW, ForeignKey(readings.c.row), primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),  # its place among the claims of its kind in this reading, from 0
    Column("start", Integer, nullable=False),  # where its sentence starts in the article of this reading
    Index("ix_claim_links_reading", "reading"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
checks = _table(
    "checks",
    _to("reading", readings, index=True),
    Column("position", Integer, nullable=False),
    _words("kind"),
    _words("figures"),  # JSON list of claim ids
    Column("holds", FLAG, nullable=False),
    _words("says"),
)
problems = _table(
    "problems",
    _words("id", unique=True),  # hash of name, kind and says
    _words("name"),
    _words("kind"),
    _words("says"),
    _to("reading", readings, null=True, index=True),  # none: the page could not be read
    _to("run", runs),
    _words("seen_at", index=True),
)
claim_status = _table(
    "claim_status",
    _words("claim", index=True),  # claims.id
    _words("status"),  # retracted, corrected, superseded, disputed, rejected_by_reviewer
    _words("by_claim", null=True),
    _to("by_version", page_versions, null=True),
    _words("by", null=True),
    _words("effective_at", null=True),
    _words("recorded_at", index=True),
    _words("reason", null=True),
)

# --- stories -------------------------------------------------------------------------------------------------------
#
# What making stories (making.py) found last counts: the latest row of a story, of an article's story, of a claim.

accounts = _table(
    "accounts",
    _to("document", documents, index=True),
    _to("reading", readings, index=True),
    Column("day", Integer, index=True),  # days since year 1, of its publication
    _words("record"),  # JSON of stories.Account without its text; {}: nothing is left to compare
    Column(
        "found_by", LargeBinary, nullable=False
    ),  # MessagePack of stories.Sketch: what is compared once it was found
)
account_pairs = Table(
    "account_pairs",
    METADATA,
    Column("a", ROW, ForeignKey(accounts.c.row), primary_key=True, autoincrement=False),
    Column("b", ROW, ForeignKey(accounts.c.row), primary_key=True, autoincrement=False),
    Column("likeness", AMOUNT),  # where it is enough to hang together
    _words("kind", null=True),  # copy, partial
    Column("share_a", AMOUNT),  # of the article with the lower name
    Column("share_b", AMOUNT),
    Column("run", Integer),
    Index("ix_account_pairs_b", "b"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
story_versions = _table(
    "story_versions",
    _words("id", index=True),
    _words("made_at", index=True),
    Column("gone", FLAG, nullable=False),  # 1: the story is no more; its articles stand in others
    _words("name"),
    _words("first_day", null=True),
    _words("last_day", null=True),
    _words("made_of"),  # hash of what it was made of: the same again is not made again
    _words("record"),  # JSON of the Story
    _words("states"),  # JSON of stories.FigureState, one for each figure that was compared
    # A list of stories begins with the latest day; SQLite has those without a day last by itself.
    Index("ix_story_versions_listed", text("last_day DESC"), "id").ddl_if(dialect="sqlite"),
    Index("ix_story_versions_listed_nulls", text("last_day DESC NULLS LAST"), "id").ddl_if(dialect="postgresql"),
)
story_words = Table(
    "story_words",
    METADATA,
    Column("version", ROW, ForeignKey(story_versions.c.row), primary_key=True, autoincrement=False),
    _words("name"),  # in small letters, a blank before each word, as a search compares them
    _words("places"),
    Column("articles", Integer, nullable=False),
    sqlite_strict=True,
)
"""What a story can be found by, beside its record, which is long."""

story_articles = _table(
    "story_articles",
    _to("document", documents, index=True),
    _words("story", null=True, index=True),  # story_versions.id; none: it is in no story any more
    _to("copy_of", documents, null=True),
    _words("made_at"),
)
claim_states = _table(
    "claim_states",
    _words("claim", index=True),  # claims.id
    _words("story", null=True),
    _words("state", null=True),  # first, repeated, revised_up, ...; figures only
    Column("independent_sources", Integer),
    Column("conflict", FLAG, nullable=False),  # another claim of the story says otherwise
    _words("made_at"),
)
story_verdicts = _table(
    "story_verdicts",
    _words("id", unique=True),
    _words("verdict"),  # merge, split, undo
    _words("story", null=True),  # story_versions.id, as the person saw it
    _words("articles"),  # JSON list of documents.id; merge: all in one story, split: none of these with any of others
    _words("others"),  # JSON list of documents.id
    _words("by"),
    _words("at", index=True),
    _words("reason", null=True),
    _words("undoes", null=True),  # story_verdicts.id
)
makings = _table(
    "makings",
    _words("made_at"),
    *(Column(name, ROW, nullable=False) for name in ("account", "erasure", "verdict", "review")),  # last row of each
)

# --- sources and reviews -------------------------------------------------------------------------------------------

sources = _table(
    "sources",
    _words("id", unique=True),  # hash of the name
    _words("name"),  # claims.speaker and claims.via, as found
    _words("kind", null=True),
    _to("reading", readings),  # the reading that named it first
)
aliases = _table(
    "aliases",
    _words("name"),  # sources.name
    _words("stands_for"),  # the name it is counted under; the latest row counts, its own name undoes
    _words("by"),
    _words("at"),
)
source_verdicts = _table(
    "source_verdicts",
    _words("id", unique=True),
    _words("name"),  # sources.name
    _words("other"),  # sources.name
    _words("verdict"),  # merge: name counts under other; split: they are two
    _words("by"),
    _words("at"),
    _words("evidence", null=True),  # JSON list of what spoke for it then, in words
)
reviews = _table(
    "reviews",
    _words("id", unique=True),
    _words("claim", index=True),  # claims.id
    _words("action"),  # accept, correct, reject, merge, comment, undo
    _words("by"),
    _words("at", index=True),
    _words("anchor"),  # JSON: W3C TextQuoteSelector, and the document's id
    _words("value", null=True),  # JSON
    _words("undoes", null=True),  # reviews.id
)
erasures = _table(
    "erasures",
    _words("kind"),  # document, page
    _words("what"),  # documents.id, pages.sha256: the hash stays, the words go
    _words("by"),
    _words("at"),
    _words("reason"),
)


PLACES = table("places", column("name", WORDS))
"""Each place of claims once, to begin a query with; an index that guards.py fills and empties."""

ACCOUNT_KEYS = table("account_keys", *(column(name, BigInteger) for name in ("key", "day", "account", "weight")))
"""The terms and shingles that each account is found by, as whole numbers; an index that story_rows.py fills."""


LATEST = """
NOT EXISTS (
  SELECT 1 FROM readings later
  WHERE later.document = readings.document
    AND (later.version > readings.version OR (later.version = readings.version AND later."row" > readings."row")){later}
){mine}
"""


def latest_readings(as_of: str | None = None) -> TextClause:
    """Return a condition on `readings`: the latest reading of the latest version of its document.

    Args:
        as_of: a time as `read_at` writes it, itself included; None: now.
    """
    if as_of is None:
        return text(LATEST.format(later="", mine=""))
    condition = LATEST.format(later=" AND later.read_at <= :as_of", mine=" AND readings.read_at <= :as_of")
    return text(condition).bindparams(as_of=as_of)
