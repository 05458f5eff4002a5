"""One page of the ledger: its archived text with the words of its claims marked, and its ledger beside it."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection
from starlette.responses import Response

from onrecord.answers import ClaimOnRecord, on_record
from onrecord.errors import WebError
from onrecord.ledger.history import archived_bytes, differences, find_document, stored_reading, versions
from onrecord.ledger.review import Review, reviews
from onrecord.ledger.search import claims_by_id
from onrecord.ledger.story_answers import find_story, stories_of_documents
from onrecord.records import Article, PageVersion, Reading, Record, Story
from onrecord.told import story_from
from onrecord.web.marking import stretches
from onrecord.web.routing import Call, Route, see_other
from onrecord.web.showing import credits_of, kind_name, page_path

SHA256 = re.compile(r"[0-9a-f]{64}")


class Carried(Record, frozen=True, kw_only=True):
    """What a page says of copies: whose text it has, and how many other articles have it too."""

    copy_of: str
    others: int
    share: float | None = None


def page(call: Call) -> Response:
    """Answer a page by its id, URL or name; version: an earlier one, as it was read."""
    named, wanted = call.path["named"], call.number("version")
    with call.site.ledger.store.reading() as connection:
        document = find_document(connection, named)
        there = versions(connection, document.row)
        row, version = chosen_version(there, wanted)
        reading = stored_reading(connection, row)
        is_latest = version.number == there[-1][1].number
        claims = standing_claims(connection, reading, document.id, version, is_latest=is_latest)
        changes = differences(connection, document.id)
        said = latest_reviews(connection, [claim.id for claim in claims]) if is_latest else {}
        story, copy_of = stories_of_documents(connection, [document.row]).get(document.row, (None, None))
        told = find_story(connection, story, states=False) if story else None
    return call.site.page(
        "page.html",
        call.user,
        document=document.id,
        reading=reading,
        version=version,
        versions=[one for _, one in there],
        is_latest=is_latest,
        stretches=stretches(reading.page.text, reading.article, claims) if reading.page else [],
        claims={kind: [one for one in claims if kind_name(one) == kind] for kind in ("figure", "statement", "event")},
        said=said,
        credits=credits_of(reading.article or Article()),
        changes=[change for change in changes if change.from_ is not None],
        story=told,
        carried=carried(story_from(told.record), document.name) if told and copy_of else None,
    )


def chosen_version(there: Sequence[tuple[int, PageVersion]], wanted: int | None) -> tuple[int, PageVersion]:
    """Return the reading's row and the version of this number; the latest for None.

    Raises:
        WebError: there is none of this number.
    """
    if wanted is None:
        return there[-1]
    found = next((one for one in there if one[1].number == wanted), None)
    if found is None:
        raise WebError(f"version {wanted}: this page has {len(there)}; choose one of them", status=404)
    return found


def standing_claims(
    connection: Connection, reading: Reading, document: str, version: PageVersion, *, is_latest: bool
) -> list[ClaimOnRecord]:
    """Return the claims of a reading in its order; of the latest version as they were reviewed, rejected ones too."""
    read = list(on_record(reading, page=f"{document}/{version.number}", seen=version.seen_at))
    if not is_latest:
        return read
    now = claims_by_id(connection, [claim.id for claim in read])
    return [now.get(claim.id, claim) for claim in read]


def latest_reviews(connection: Connection, claims: Sequence[str]) -> dict[str, Review]:
    """Return the latest review of each claim that is not undone."""
    if not claims:
        return {}
    return {one.claim: one for one in reviews(connection, claims=claims) if not one.undone and one.action != "undo"}


def carried(story: Story, name: str) -> Carried | None:
    """Return whose text an article of a story carries; None where it is no copy."""
    article = next((one for one in story.articles if one.id == name), None)
    if article is None or article.copy_of is None:
        return None
    others = sum(one.copy_of == article.copy_of and one.id != name for one in story.articles)
    pair = {name, article.copy_of}
    share = next((copy.share for copy in story.copies or () if {copy.a, copy.b} == pair), None)
    return Carried(copy_of=article.copy_of, others=others, share=share)


def claim(call: Call) -> Response:
    """Send the browser to the words of a claim, in the latest version of its page that has them."""
    wanted = call.path["claim"]
    with call.site.ledger.store.reading() as connection:
        found = claims_by_id(connection, [wanted]).get(wanted)
    if found is None:
        raise WebError(f"claim {wanted[:40]}: not in a latest reading of this ledger; search for it", status=404)
    return see_other(page_path(found))


def archived(call: Call) -> Response:
    """Answer the bytes of a page as they were captured, as a download that no browser runs."""
    sha256 = call.path["sha256"]
    data = None
    if SHA256.fullmatch(sha256):
        with call.site.ledger.store.reading() as connection:
            data = archived_bytes(connection, sha256)
    if data is None:
        raise WebError(f"{sha256[:64]}: no page with this SHA-256 is archived here, or it was erased", status=404)
    headers = {
        "Content-Disposition": f'attachment; filename="{sha256}.page"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


ROUTES = (
    Route("/claims/{claim}", claim, "reader"),
    Route("/archived/{sha256}", archived, "reader"),
    Route("/pages/{named:path}", page, "reader", is_remembered=True),
)
