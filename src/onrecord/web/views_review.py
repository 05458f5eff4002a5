"""Reviewing: one claim at a time, those the reader doubts most first; each answer is a row of the ledger.

Works without scripts; with them each button has a key. A correction sends what stood in each field beside what was
typed, so that only fields that a person changed are corrected.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

import msgspec
from msgspec.structs import replace
from starlette.responses import Response

from onrecord.answers import ClaimKind, ClaimOnRecord, kind_of
from onrecord.asking import Answers
from onrecord.errors import ReviewError, WebError
from onrecord.ledger.corrections import SPAN_FIELDS, options_of
from onrecord.ledger.queries import Query
from onrecord.ledger.review import Review
from onrecord.ledger.search import all_claims, claims_by_id
from onrecord.records import Record
from onrecord.tables import one_line
from onrecord.web.routing import Call, Route, local_path, see_other
from onrecord.web.showing import with_query

FIELDS: dict[ClaimKind, tuple[str, ...]] = {
    "figure": (
        "low", "high", "point", "bound", "of_total", "unit", "counted", "counted_class", "outcome", "kind", "polarity",
        "modality", "source", "speaker", "via", "place", "time",
    ),
    "statement": ("source", "speaker", "speaker_kind", "act", "polarity", "form", "addressee", "place", "time"),
    "event": ("type", "status", "source", "speaker", "place", "time"),
}  # fmt: skip
"""Fields that can be corrected here, in the order of the form."""

DONE = {
    "accept": "Accepted", "reject": "Rejected", "correct": "Corrected", "merge": "Merged", "comment": "Comment kept",
    "undo": "Undone", "same": "You have said so already; nothing was written",
}  # fmt: skip

ACTIONS = ("accept", "reject", "correct", "merge", "comment", "undo")

DIFFERING_SHOWN = 100
"""Claims on which reviewers differ that one page lists."""

MOST_SKIPPED = 500
"""Claims of the queue that can be passed over in one go."""


class Field(Record, frozen=True, kw_only=True):
    """A field of the form. was is what the reader read, now what stands (corrected); options those of a closed list."""

    name: str
    was: str
    now: str
    options: tuple[str, ...] = ()
    is_words: bool = False


def queue(call: Call) -> Response:
    """Answer the first claim of the queue that was not skipped."""
    skipped = call.number("skip", most=MOST_SKIPPED) or 0
    kind, words = call.text("of"), call.text("q")
    if kind is not None and kind not in FIELDS:
        raise WebError(f"of: {kind[:40]!r} is none; choose from {', '.join(FIELDS)}", status=400)
    second = "1" if call.text("second") else None
    given = given_name(call, call.query)
    by = given or (call.user.name if call.user else None)
    waiting = call.site.ledger.queue(words, of=kind, limit=skipped + 2, second=by if second else None)
    asked = {"of": kind, "q": words, "by": given, "second": second}
    if len(waiting) <= skipped:
        return call.site.page(
            "review_done.html",
            call.user,
            asked=asked,
            skipped=skipped,
            done=done_in_words(call),
            last=call.text("last"),
        )
    return shown(call, waiting[skipped].claim, asked, skipped=skipped, is_queue=True)


def one(call: Call) -> Response:
    """Answer one claim, whether it waits or not."""
    return shown(call, call.path["claim"], {"by": given_name(call, call.query)}, skipped=0, is_queue=False)


def shown(call: Call, claim: str, asked: Mapping[str, str | None], *, skipped: int, is_queue: bool) -> Response:
    """Answer a claim with what can be done about it and what was done."""
    ledger = call.site.ledger
    with ledger.store.reading() as connection:
        now = claims_by_id(connection, [claim]).get(claim)
        if now is None:
            raise WebError(f"claim {claim[:40]}: not in a latest reading of this ledger; search for it", status=404)
        kind = kind_of(now)
        beside = list(all_claims(connection, kind, Query(article=now.article, as_read=True)))
    was = next((one for one in beside if one.id == claim), now)
    history = ledger.reviews(claim)
    if asked.get("second"):
        # A second look is a look of its own: the claim as it was read, without what was said of it.
        now, history = replace(was, review=None), Answers()
    standing = next((one for one in reversed(history) if can_be_undone(one)), None)
    return call.site.page(
        "review.html",
        call.user,
        claim=now,
        kind=kind,
        fields=[field(name, was, now) for name in FIELDS[kind]],
        beside=[one for one in beside if one.id != claim],
        before=sentence_parts(now),
        history=history,
        standing=standing,
        asked=asked,
        skipped=skipped,
        is_queue=is_queue,
        next_path=with_query("/review", asked, skip=skipped + 1),
        here=with_query("/review", asked, skip=skipped) if is_queue else f"/review/{quote(claim)}",
        by=asked.get("by") or (call.user.name if call.user else ""),
        done=done_in_words(call),
        last=call.text("last"),
    )


def agreement(call: Call) -> Response:
    """Answer how far reviewers agree, and the claims on which they differ with what each said."""
    told = call.site.ledger.agreement_report()
    shown = told.differing[:DIFFERING_SHOWN]
    with call.site.ledger.store.reading() as connection:
        claims = claims_by_id(connection, [one.claim for one in shown])
    return call.site.page("agreement.html", call.user, told=told, differing=shown, claims=claims)


def can_be_undone(review: Review) -> bool:
    """Say whether a review stands and is a verdict."""
    return not review.undone and review.action not in {"undo", "comment"}


def done_in_words(call: Call) -> str | None:
    """Return what was done just now."""
    return DONE.get(call.text("done") or "")


def sentence_parts(claim: ClaimOnRecord) -> tuple[str, str, str]:
    """Return the sentence in three parts: before, the words that the claim stands on, after."""
    sentence, words = claim.evidence.sentence, claim.evidence.as_written
    key = words.number or words.trigger or words.cue or ""
    span = getattr(claim, "number", None) or getattr(claim, "trigger", None) or getattr(claim, "cue", None)
    at = span.start - claim.sentence.start if span is not None else -1
    if at < 0 or sentence[at : at + len(key)] != key:
        return sentence, "", ""
    return sentence[:at], key, sentence[at + len(key) :]


def field(name: str, was: ClaimOnRecord, now: ClaimOnRecord) -> Field:
    """Return a field of the form."""
    kinds = {one.name: one.type for one in msgspec.structs.fields(now)}
    return Field(
        name=name,
        was=in_words(was, name),
        now=in_words(now, name),
        options=() if name in SPAN_FIELDS else options_of(kinds[name]),
        is_words=name in SPAN_FIELDS,
    )


def in_words(claim: ClaimOnRecord, name: str) -> str:
    """Return what a field holds, as a person types it; words of the page for a place in it."""
    value: Any = getattr(claim.evidence.as_written, name, None) if name in SPAN_FIELDS else getattr(claim, name)
    return "" if value is None else one_line(str(value))


def act(call: Call) -> Response:
    """Write what was decided of a claim, and the reason as a comment; then go on with the queue, or stay."""
    claim, action = call.path["claim"], call.form.get("action", "")
    if action not in ACTIONS:
        raise WebError(f"action: {action[:40]!r} is none; choose from {', '.join(ACTIONS)}", status=400)
    by = reviewer_of(call)
    reason = call.form.get("reason", "").strip()
    made = written(call, claim, action, by, reason)
    if reason and action != "comment":
        call.site.ledger.review(claim, "comment", by=by, text=reason)
    back = local_path(call.form.get("back"))
    asked = {"done": action if made else "same", "last": made.id if made and action != "undo" else None}
    if call.user is not None and not call.user.password:
        asked["by"] = by
    return see_other(added(back, asked))


def added(path: str, asked: Mapping[str, str | None]) -> str:
    """Return a path with more parameters; those that it has already are replaced."""
    bare, _, query = path.partition("?")
    return with_query(bare, {**dict(parse_qsl(query)), "done": None, "last": None}, **asked)


def reviewer_of(call: Call) -> str:
    """Return who reviews: who is signed in; at this machine without users, the name that was given."""
    if call.user is None:
        raise WebError("sign in first", status=401)
    return given_name(call, call.form) or call.user.name


def given_name(call: Call, fields: Mapping[str, str]) -> str | None:
    """Return the name that was given as `by`; None where nobody gave one, or who asks is signed in as somebody."""
    return None if call.user is not None and call.user.password else fields.get("by", "").strip() or None


def written(call: Call, claim: str, action: str, by: str, reason: str) -> Review | None:
    """Write one review; None when the same was said already.

    Raises:
        ReviewError: no such claim, nothing changed, or a value that does not fit.
    """
    ledger = call.site.ledger
    if action == "undo":
        return ledger.review(call.form.get("review") or claim, "undo", by=by)
    if action == "correct":
        typed = changed_fields(call.form)
        if not typed:
            raise ReviewError(f"claim {claim}: nothing was changed; change a field, or accept the claim as it stands")
        return ledger.review(claim, "correct", by=by, fields=typed)
    if action == "merge":
        return ledger.review(claim, "merge", by=by, into=call.form.get("into", ""))
    if action == "comment":
        return ledger.review(claim, "comment", by=by, text=reason)
    return ledger.review(claim, "accept" if action == "accept" else "reject", by=by)


def changed_fields(form: Mapping[str, str]) -> dict[str, str]:
    """Return the fields whose value is another one than the reader read."""
    typed = {name.removeprefix("now."): value.strip() for name, value in form.items() if name.startswith("now.")}
    return {name: value for name, value in typed.items() if one_line(value) != one_line(form.get(f"was.{name}", ""))}


ROUTES = (
    Route("/review", queue, "reviewer"),
    Route("/review/agreement", agreement, "reviewer", is_remembered=True),
    Route("/review/{claim}", one, "reviewer"),
    Route("/review/{claim}", act, "reviewer", method="POST"),
)
