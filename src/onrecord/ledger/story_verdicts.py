"""What persons decide of stories: articles that are one story, or are not; kept for ever, and each can be undone.

A verdict names articles by the ids of their documents, so that it holds however stories are made again. The later
verdict on a pair of articles counts.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select

from onrecord.errors import ReviewError
from onrecord.ledger import schema
from onrecord.ledger.inserting import insert_rows
from onrecord.ledger.review import check_reviewer
from onrecord.ledger.store import next_row
from onrecord.records import Record, content_id

StoryAction = Literal["merge", "split", "undo"]


class Said(Record, frozen=True, kw_only=True):
    """Who decides, when by the ledger's clock, why, and which story that person saw."""

    by: str
    at: str
    reason: str | None = None
    story: str | None = None

    def fields(self) -> dict[str, Any]:
        """Return what a verdict takes from it; ReviewError where nobody decides."""
        return {"by": check_reviewer(self.by), "at": self.at, "reason": self.reason, "story": self.story}


class StoryVerdict(Record, frozen=True, kw_only=True):
    """What a person said of articles (ids of documents): merge, all are one story; split, none of these is with those.

    undoes is the id of the verdict that is taken back; undone says that it was.
    """

    id: str
    verdict: StoryAction
    story: str | None = None
    articles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    by: str
    at: str
    reason: str | None = None
    undoes: str | None = None
    undone: bool = False


def story_verdicts(connection: Connection, as_of: str | None = None) -> list[StoryVerdict]:
    """Return all verdicts in the order they were made."""
    table = schema.story_verdicts.c
    query = select(schema.story_verdicts).order_by(table.row)
    if as_of is not None:
        query = query.where(table.at <= as_of)
    rows = connection.execute(query).all()
    undone = {row.undoes for row in rows}
    return [
        StoryVerdict(
            id=row.id,
            verdict=row.verdict,
            story=row.story,
            articles=tuple(msgspec.json.decode(row.articles)),
            others=tuple(msgspec.json.decode(row.others)),
            by=row.by,
            at=row.at,
            reason=row.reason,
            undoes=row.undoes,
            undone=row.id in undone,
        )
        for row in rows
    ]


def decided(verdicts: Iterable[StoryVerdict]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return what stands: by article, those it is together with, and those it is apart from; both ways."""
    together: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    for verdict in verdicts:
        if verdict.undone or verdict.verdict == "undo":
            continue
        merge = verdict.verdict == "merge"
        all_of = sorted({*verdict.articles, *verdict.others})
        pairs = product(all_of, all_of) if merge else product(verdict.articles, verdict.others)
        kept, dropped = (together, apart) if merge else (apart, together)
        for a, b in pairs:
            if a != b:
                for mine, other in ((a, b), (b, a)):
                    kept[mine].add(other)
                    dropped[mine].discard(other)
    return together, apart


def decide(
    connection: Connection,
    verdict: Literal["merge", "split"],
    articles: Iterable[str],
    others: Iterable[str],
    said: Said,
) -> StoryVerdict:
    """Write what a person says of articles, by the ids of their documents.

    Raises:
        ReviewError: nobody decides, or there is nothing to decide on.
    """
    ones, rest = tuple(sorted(set(articles))), tuple(sorted(set(others)))
    if not ones or not rest or (verdict == "split" and set(ones) & set(rest)):
        raise ReviewError(f"{verdict}: it takes articles on both sides, and none on both; give another article")
    id = content_id(verdict, *ones, "with", *rest, said.by, said.at)
    return _write(connection, StoryVerdict(id=id, verdict=verdict, articles=ones, others=rest, **said.fields()))


def undo(connection: Connection, id: str, said: Said) -> StoryVerdict:
    """Take a verdict back.

    Raises:
        ReviewError: no such verdict, or it was taken back already.
    """
    known = {one.id: one for one in story_verdicts(connection) if one.verdict != "undo"}
    if id not in known:
        raise ReviewError(f"{id}: no verdict on stories has this id; `onrecord stories --log` lists them")
    if known[id].undone:
        raise ReviewError(f"{id}: taken back already")
    fields = {**said.fields(), "story": known[id].story}
    return _write(
        connection, StoryVerdict(id=content_id("undo", id, said.by, said.at), verdict="undo", undoes=id, **fields)
    )


def _write(connection: Connection, verdict: StoryVerdict) -> StoryVerdict:
    row = {name: getattr(verdict, name) for name in verdict.__struct_fields__ if name != "undone"}
    lists = {name: msgspec.json.encode(getattr(verdict, name)).decode() for name in ("articles", "others")}
    insert_rows(
        connection,
        schema.story_verdicts,
        [{**row, **lists, "row": next_row(connection, schema.story_verdicts)}],
    )
    return verdict


def decided_since(connection: Connection, row: int) -> set[str]:
    """Return the ids of the documents that verdicts behind a row speak of, those that they take back among them."""
    table = schema.story_verdicts.c
    new = set(connection.execute(select(table.id).where(table.row > row)).scalars())
    undone = set(connection.execute(select(table.undoes).where(table.row > row)).scalars())
    return {
        article
        for one in story_verdicts(connection)
        if one.id in new or one.id in undone
        for article in (*one.articles, *one.others)
    }
