"""What people say of claims: accept, correct, reject, merge, comment, undo; each is a row with who and when.

Nothing is changed by a review: answers take the latest verdict that is not undone (search.py). Each review is anchored
by quotation in the document, so that `reapply` can carry it to a claim that a later version or a later reader has on
the same words. What it cannot carry stays where it was, and the claim waits in the queue again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Select, func, insert, not_, select

from onrecord.answers import ClaimKind, ClaimOnRecord, ReviewAction, kind_of
from onrecord.errors import AnchorError, ReviewError
from onrecord.ledger import schema
from onrecord.ledger.agreement import Agreement, AgreementReport, agreement, report
from onrecord.ledger.anchors import TextQuote, find, quote
from onrecord.ledger.appending import chunks
from onrecord.ledger.conditions import (
    ARTICLE,
    CLAIM,
    DOCUMENT,
    READING,
    REVIEW,
    VERDICTS,
    conditions,
    latest,
    not_reviewed,
    standing,
)
from onrecord.ledger.corrections import key_words, read_correction
from onrecord.ledger.fulltext import shown
from onrecord.ledger.queries import Query, checked
from onrecord.ledger.rows import claim_from
from onrecord.ledger.search import claims_by_id
from onrecord.records import Claim, Record, content_id

ACTIONS: tuple[ReviewAction, ...] = ("accept", "correct", "reject", "merge", "comment", "undo")

ID = re.compile(r"[0-9a-f]{1,64}")

LONGEST_COMMENT = 10_000
"""Characters of a comment."""

LONGEST_NAME = 200
"""Characters of a reviewer's name."""

JUDGED = frozenset({
    "low", "high", "point", "bound", "of_total", "kind", "unit", "counted_class", "outcome", "polarity", "modality",
    "speaker", "speaker_kind", "via", "form", "act", "type", "status",
})  # fmt: skip
"""Fields that a verdict is about; a claim that differs in one of them is to be looked at again."""


class Anchor(Record, frozen=True, kw_only=True):
    """Where a reviewed claim stands: its document and the quotation of its words."""

    document: str
    kind: ClaimKind
    selector: TextQuote


class Review(Record, frozen=True, kw_only=True):
    """One row: who did what to which claim, when. value: fields of a correction, `into` of a merge, text of a comment.

    undoes is the id of the review that an undo takes back; reapplied that of the review it was carried over from.
    """

    id: str
    claim: str
    action: ReviewAction
    by: str
    at: str
    value: dict[str, Any] | None = None
    undoes: str | None = None
    undone: bool = False
    anchor: Anchor | None = None


class Given(Record, frozen=True, kw_only=True):
    """A review as a person gives it: a line of an imported file, or what was typed."""

    claim: str
    action: ReviewAction | None = None
    fields: Mapping[str, str | int | float | None] | None = None
    into: str | None = None
    text: str | None = None
    by: str | None = None


class ToReview(Record, frozen=True, kw_only=True):
    """A claim that waits to be looked at, with a line to fill in: a file of these goes out and comes back."""

    claim: str
    action: ReviewAction | None = None
    fields: dict[str, str] | None = None
    into: str | None = None
    text: str | None = None
    by: str | None = None
    kind: ClaimKind
    on_record: ClaimOnRecord


class Imported(Record, frozen=True, kw_only=True):
    """What came of a file of reviews: rows written, rows that said nothing new, lines without an action, and errors."""

    new: int = 0
    same: int = 0
    empty: int = 0
    errors: tuple[str, ...] = ()


# --- writing -------------------------------------------------------------------------------------------------------


def review(connection: Connection, given: Given, *, by: str, at: str) -> Review | None:
    """Write one review; None when the same reviewer's latest word on the claim says the same already.

    Args:
        connection: may write.
        given: what was decided.
        by: the reviewer, where `given` names none.
        at: the ledger's clock.

    Raises:
        ReviewError: no such claim, nothing decided, or a value that does not fit.
    """
    name = check_reviewer(given.by or by)
    if given.action is None:
        raise ReviewError(f"claim {given.claim}: no action; give one of {', '.join(ACTIONS)}")
    if given.action == "undo":
        return undo(connection, given.claim, by=name, at=at)
    claim, document, text = _claim(connection, given.claim)
    value = _value(connection, given, claim, text)
    if _latest_word(connection, given, name) == (given.action, value):
        return None
    anchor = Anchor(document=document, kind=kind_of(claim), selector=quote(text, key_words(claim)))
    made = Review(
        id=content_id(
            "review", given.claim, given.action, name, at, msgspec.json.encode(value).decode(), _count(connection)
        ),
        claim=given.claim,
        action=given.action,
        by=name,
        at=at,
        value=value,
        anchor=anchor,
    )
    _insert(connection, [made])
    return made


def undo(connection: Connection, wanted: str, *, by: str, at: str) -> Review:
    """Take back a review by its id, or the latest verdict on a claim by the claim's id; another row, nothing goes.

    Raises:
        ReviewError: there is no such review, it is undone already, or it is itself an undo.
    """
    _check_id(wanted)
    named = connection.execute(select(REVIEW.id).where(REVIEW.id == wanted)).scalar()
    if named is None:
        query = select(REVIEW.id).where(REVIEW.row.in_(standing(None).where(REVIEW.claim == wanted)))
        named = connection.execute(query).scalar()
    if named is None:
        raise ReviewError(f"{wanted}: no review that can be undone; give the id of a review, or of a reviewed claim")
    (target,) = reviews(connection, ids=[named])
    if target.undone or target.action == "undo":
        raise ReviewError(f"review {named}: undone already or an undo itself; review the claim again instead")
    made = Review(
        id=content_id("review", target.claim, "undo", by, at, named),
        claim=target.claim,
        action="undo",
        by=check_reviewer(by),
        at=at,
        undoes=named,
        anchor=target.anchor,
    )
    _insert(connection, [made])
    return made


def check_reviewer(name: str) -> str:
    """Return the name of a reviewer without stray blanks; raise ReviewError for one that is empty or too long."""
    cleaned = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not cleaned or len(cleaned) > LONGEST_NAME:
        raise ReviewError(f"reviewer: {name[:40]!r} is no name; give 1 to {LONGEST_NAME} characters")
    return cleaned


def _value(connection: Connection, given: Given, claim: Claim, text: str) -> dict[str, Any] | None:
    if given.action == "correct":
        typed = {name: "" if new is None else str(new) for name, new in (given.fields or {}).items()}
        return read_correction(claim, typed, text)
    if given.action == "merge":
        if given.into is None or given.into == given.claim:
            raise ReviewError(f"claim {given.claim}: merge into which other claim? give its id")
        other, _, _ = _claim(connection, given.into)
        if kind_of(other) != kind_of(claim):
            raise ReviewError(
                f"claim {given.into} is a {kind_of(other)}, {given.claim} a {kind_of(claim)}; merge alike"
            )
        if _merged_into(connection, given.into, given.claim):
            raise ReviewError(f"claim {given.into} is merged into {given.claim} already; undo that first")
        return {"into": given.into}
    if given.action == "comment":
        said = "".join(c if c.isprintable() or c in "\t\n" else "\ufffd" for c in given.text or "").strip()
        if not 0 < len(said) <= LONGEST_COMMENT:
            raise ReviewError(
                f"claim {given.claim}: a comment has 1 to {LONGEST_COMMENT:,} characters, not {len(said):,}"
            )
        return {"text": said}
    return None


def _merged_into(connection: Connection, claim: str, other: str) -> bool:
    """Say whether a claim is merged into another one, at last."""
    seen: set[str] = set()
    while claim not in seen:
        if claim == other:
            return True
        seen.add(claim)
        query = select(REVIEW.value).where(
            REVIEW.row.in_(standing(None).where(REVIEW.claim == claim)), REVIEW.action == "merge"
        )
        value = connection.execute(query).scalar()
        if value is None:
            return False
        claim = msgspec.json.decode(value).get("into", claim)
    return False


def _latest_word(connection: Connection, given: Given, by: str) -> tuple[str, dict[str, Any] | None] | None:
    """Return the reviewer's latest verdict or comment on a claim that is not undone, to be compared."""
    of_kind = VERDICTS if given.action in VERDICTS else ("comment",)
    made = [one for one in reviews(connection, claims=[given.claim]) if one.by == by and one.action in of_kind]
    last = next((one for one in reversed(made) if not one.undone), None)
    return None if last is None else (last.action, _without_origin(last.value))


def _without_origin(value: dict[str, Any] | None) -> dict[str, Any] | None:
    kept = {name: part for name, part in (value or {}).items() if name != REAPPLIED}
    return kept or None


def _claim(connection: Connection, claim: str) -> tuple[Claim, str, str]:
    """Return a claim as the latest reading has it, else as any reading had it; its document and that reading's text."""
    _check_id(claim)
    link = schema.claim_links.c
    query = (
        select(CLAIM.kind, CLAIM.record, link.start.label("moved"), DOCUMENT.id, ARTICLE.text)
        .select_from(schema.claims)
        .join(schema.claim_links, link.claim == CLAIM.row)
        .join(schema.readings, READING.row == link.reading)
        .join(schema.articles, ARTICLE.row == READING.article)
        .join(schema.documents, DOCUMENT.row == READING.document)
        .where(CLAIM.id == claim, CLAIM.record != "{}")
        .order_by(READING.version.desc(), READING.row.desc(), CLAIM.row.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    if row is None:
        raise ReviewError(f"claim {claim}: not in this ledger; `onrecord figures --json` gives ids")
    return claim_from(row.kind, row.record, by=row.moved), row.id, row.text


def _check_id(wanted: str) -> None:
    if not ID.fullmatch(wanted):
        raise ReviewError(f"{shown(wanted)}: no id of a claim or review; `onrecord figures --json` gives ids")


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.max(REVIEW.row))).scalar() or 0)


def _insert(connection: Connection, made: Sequence[Review]) -> None:
    first = _count(connection) + 1
    connection.execute(
        insert(schema.reviews),
        [
            {
                "row": first + number,
                "id": one.id,
                "claim": one.claim,
                "action": one.action,
                "by": one.by,
                "at": one.at,
                "anchor": msgspec.json.encode(one.anchor).decode(),
                "value": None if one.value is None else msgspec.json.encode(one.value).decode(),
                "undoes": one.undoes,
            }
            for number, one in enumerate(made)
        ],
    )


def import_reviews(connection: Connection, lines: Iterable[bytes], *, by: str, at: str) -> Imported:
    """Write the reviews of a file; lines without an action are left out, wrong lines are named, the rest is written."""
    counts = {"new": 0, "same": 0, "empty": 0}
    errors: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = msgspec.json.decode(line, type=Given)
            if given.action is None:
                counts["empty"] += 1
                continue
            counts["new" if review(connection, given, by=by, at=at) else "same"] += 1
        except (msgspec.DecodeError, UnicodeDecodeError) as err:
            errors.append(
                f'line {number}: {err}; write one object a line, such as {{"claim": "...", "action": "accept"}}'
            )
        except (ReviewError, AnchorError) as err:
            errors.append(f"line {number}: {err}")
    return Imported(**counts, errors=tuple(errors))


# --- reading -------------------------------------------------------------------------------------------------------


def reviews(
    connection: Connection,
    *,
    claims: Sequence[str] | None = None,
    ids: Sequence[str] | None = None,
    as_of: str | None = None,
) -> list[Review]:
    """Return reviews in the order they were made, of some claims, or of all; undone ones are marked."""
    table = schema.reviews
    known = [] if as_of is None else [REVIEW.at <= as_of]
    undone = set(connection.execute(select(REVIEW.undoes).where(REVIEW.undoes.is_not(None), *known)).scalars())
    column, wanted = (REVIEW.claim, claims) if claims is not None else (REVIEW.id, ids)
    some: list[Sequence[str]] = list(chunks(list(wanted))) if wanted is not None else [[]]
    found: list[Review] = []
    for part in some:
        query = select(table).where(*known).order_by(REVIEW.row)
        if wanted is not None:
            query = query.where(column.in_(part))
        found += [_review(row, undone) for row in connection.execute(query)]
    return found


def _review(row: Any, undone: set[str | None]) -> Review:
    return Review(
        id=row.id,
        claim=row.claim,
        action=row.action,
        by=row.by,
        at=row.at,
        value=None if row.value is None else msgspec.json.decode(row.value),
        undoes=row.undoes,
        undone=row.id in undone,
        anchor=None if row.anchor == "{}" else msgspec.json.decode(row.anchor, type=Anchor),
    )


def queue(
    connection: Connection, kind: ClaimKind | None, query: Query, *, limit: int = 50, second: str | None = None
) -> list[ToReview]:
    """Return the claims that wait for a verdict, those the reader doubts most first.

    Args:
        connection: to read from.
        kind: figure, statement or event; None: all.
        query: narrows what is asked.
        limit: how many.
        second: a reviewer; then the claims that one other has judged, so that two look at them.
    """
    query = checked(query)
    waits = not_reviewed(query.as_of, *VERDICTS) if second is None else CLAIM.id.in_(for_second_look(second))
    waiting: list[tuple[float, str, ClaimKind]] = []
    kinds: tuple[ClaimKind, ...] = ("figure", "statement", "event") if kind is None else (kind,)
    link = schema.claim_links.c
    for one in kinds:
        asked = (
            select(CLAIM.confidence, CLAIM.id)
            .select_from(schema.claims)
            .join(schema.claim_links, link.claim == CLAIM.row)
            .join(schema.readings, READING.row == link.reading)
            .join(schema.articles, ARTICLE.row == READING.article)
            .join(schema.page_versions, schema.page_versions.c.row == READING.version)
            .join(schema.documents, DOCUMENT.row == READING.document)
            .where(latest(query.as_of), waits, *conditions(query, one, connection.dialect.name))
            .order_by(CLAIM.confidence, CLAIM.id)
            .limit(limit)
        )
        waiting += [(row.confidence, row.id, one) for row in connection.execute(asked)]
    chosen = sorted(waiting)[:limit]
    found = claims_by_id(connection, [claim for _, claim, _ in chosen], query)
    return [ToReview(claim=claim, kind=one, on_record=found[claim]) for _, claim, one in chosen if claim in found]


def judgements(connection: Connection) -> dict[str, dict[str, str]]:
    """Return for each reviewer the latest verdict on each claim that is not undone; none that went along by itself.

    Two corrections are alike only where they change the same.
    """
    judged: dict[str, dict[str, str]] = {}
    for row in connection.execute(_judged(REVIEW.by, REVIEW.claim, REVIEW.action, REVIEW.value).order_by(REVIEW.row)):
        value = msgspec.json.encode(msgspec.json.decode(row.value), order="sorted").decode() if row.value else ""
        judged.setdefault(row.by, {})[row.claim] = f"{row.action} {value}".rstrip()
    return judged


def _judged(*columns: Any) -> Select[Any]:
    """Return the query for the verdicts of reviewers that are not undone, without those that went along."""
    undone = select(REVIEW.undoes).where(REVIEW.undoes.is_not(None))
    # As a key: in the words of a value the quotation marks have a backslash before them.
    carried = func.coalesce(REVIEW.value, "").contains(f'"{REAPPLIED}":', autoescape=True)
    return select(*columns).where(REVIEW.action.in_(VERDICTS), REVIEW.id.not_in(undone), not_(carried))


def agreement_of(connection: Connection, a: str, b: str) -> Agreement:
    """Return how far two reviewers agree: on each claim the latest verdict of each that is not undone."""
    return agreement(a, b, judgements(connection))


def agreement_report(connection: Connection) -> AgreementReport:
    """Return how far all reviewers agree."""
    return report(judgements(connection))


def for_second_look(by: str) -> Select[tuple[str]]:
    """Return the query for the ids of the claims that one other reviewer has judged and this one has not."""
    return (
        _judged(REVIEW.claim)
        .group_by(REVIEW.claim)
        .having(func.min(REVIEW.by) == func.max(REVIEW.by), func.max(REVIEW.by) != by)
    )


# --- after reading again -------------------------------------------------------------------------------------------

REAPPLIED = "reapplied"
"""Field of a review's value: the id of the review that it was carried over from."""


def reapply(connection: Connection, *, at: str, run: int | None = None) -> list[Review]:
    """Carry standing verdicts over to claims that the latest readings have on the same words; return the new rows.

    With `run`, only in documents that this run has read.

    An acceptance, rejection or merge goes along only where every field that it was about is the same; a correction goes
    along wherever its words are. Whoever reviewed stays the reviewer. Running it twice writes nothing more.
    """
    if not _count(connection):
        return []
    said = [one for one in reviews(connection) if one.action in VERDICTS]
    verdicts = {one.claim: one for one in said if not one.undone and one.anchor is not None}
    # A claim that has been judged in any way, also undone, is not judged again by itself.
    touched = {one.claim for one in said}
    documents = {one.anchor.document for one in verdicts.values() if one.anchor}
    current = _current(connection, documents & _read_in(connection, run) if run is not None else documents)
    made: list[Review] = []
    for old in verdicts.values():
        here = current.get(old.anchor.document, []) if old.anchor else []
        if any(old.claim == claim.id for claim, _ in here):
            continue
        found = _same_words(connection, old, here)
        if found is None or found.id in touched:
            continue
        touched.add(found.id)
        value = {**(old.value or {}), REAPPLIED: old.id}
        made.append(replace(old, id=content_id("review", found.id, old.id, at), claim=found.id, at=at, value=value))
    if made:
        _insert(connection, made)
    return made


def _read_in(connection: Connection, run: int) -> set[str]:
    query = select(DOCUMENT.id).join(schema.readings, READING.document == DOCUMENT.row).where(READING.run == run)
    return set(connection.execute(query).scalars())


def _current(connection: Connection, documents: Iterable[str]) -> dict[str, list[tuple[Claim, str]]]:
    """Return the claims of the latest readings of some documents, each with the text it stands in."""
    link = schema.claim_links.c
    found: dict[str, list[tuple[Claim, str]]] = {}
    for some in chunks(sorted(documents)):
        query = (
            select(CLAIM.kind, CLAIM.record, link.start.label("moved"), DOCUMENT.id, ARTICLE.text)
            .select_from(schema.claims)
            .join(schema.claim_links, link.claim == CLAIM.row)
            .join(schema.readings, READING.row == link.reading)
            .join(schema.articles, ARTICLE.row == READING.article)
            .join(schema.documents, DOCUMENT.row == READING.document)
            .where(latest(None), DOCUMENT.id.in_(some))
        )
        for row in connection.execute(query):
            found.setdefault(row.id, []).append((claim_from(row.kind, row.record, by=row.moved), row.text))
    return found


def _same_words(connection: Connection, old: Review, current: Iterable[tuple[Claim, str]]) -> Claim | None:
    """Return the claim of the same kind that stands on the quoted words, when the verdict fits it."""
    anchor = old.anchor
    here = [(claim, text) for claim, text in current if anchor is not None and kind_of(claim) == anchor.kind]
    if not here or anchor is None:
        return None
    text = here[0][1]
    before, _, _ = _claim(connection, old.claim)
    span = find(text, anchor.selector, near=key_words(before).start)
    for claim, _ in here:
        if span is not None and key_words(claim) == span and _fits(old, before, claim):
            return claim
    return None


def _fits(old: Review, before: Claim, now: Claim) -> bool:
    if old.action == "correct":
        return True
    return all(getattr(before, name, None) == getattr(now, name, None) for name in JUDGED)
