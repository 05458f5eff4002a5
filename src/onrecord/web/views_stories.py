"""Stories: the list, and one of them: figures over time, who said what, conflicts, copies, downloads.

Chart and lists are those of the exported file (exports/story_html.py); here each figure opens its words on its page.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple, get_args

from markupsafe import Markup
from starlette.responses import Response

from onrecord.answers import ClaimKind, ClaimOnRecord
from onrecord.errors import LedgerError, WebError
from onrecord.exports.charts import Href, in_file, outlets_of, point_shown
from onrecord.exports.story_html import PARTS, accounts, gone_points, in_order
from onrecord.ledger.queries import Query, checked
from onrecord.ledger.search import all_claims
from onrecord.ledger.story_answers import history
from onrecord.records import Story
from onrecord.told import ToldStory
from onrecord.web.parameters import as_of
from onrecord.web.routing import Call, Route, see_other
from onrecord.web.showing import document_path, story_path, with_query

STORIES_SHOWN = 30
"""Stories on a page of the list."""


class Part(NamedTuple):
    """A part of the page: the id of its heading, its name, its mark-up."""

    id: str
    name: str
    html: Markup


class Gone(NamedTuple):
    """A figure of an earlier version: its id, the page that had it, what it was."""

    figure: str
    article: str
    says: str


def stories(call: Call) -> Response:
    """Answer the list of stories, those with the latest articles first."""
    words = call.text("q")
    found = call.site.ledger.stories(words, limit=STORIES_SHOWN + 1, after=call.text("after"))
    shown = found[:STORIES_SHOWN]
    behind = shown[-1].id if len(found) > STORIES_SHOWN else None
    return call.site.page("stories.html", call.user, stories=shown, words=words, next=behind)


def story(call: Call) -> Response:
    """Answer one story by its id; by the beginning of it or an article's id the browser is sent there."""
    asked = call.text("as_of")
    told = told_story(call, asked)
    if told.id != call.path["id"]:
        return see_other(with_query(story_path(told.id), {"as_of": asked}))
    with call.site.ledger.store.reading() as connection:
        query = checked(Query(story=told.id, as_of=asked))
        claims = in_order(claim for kind in get_args(ClaimKind) for claim in all_claims(connection, kind, query))
        versions = [one.made_at for one in history(connection, told.id) if not one.gone]
    return call.site.page(
        "story.html",
        call.user,
        told=told,
        story=told.record,
        parts=parts_of(told.record, claims, asked),
        gone=gone_of(told.record, claims),
        as_of=asked,
        versions=versions,
    )


def told_story(call: Call, asked: str | None) -> ToldStory:
    """Return the story that a path names.

    Raises:
        WebError: there is none of this id, or was none then; as_of is no date.
    """
    if asked is not None:
        as_of(asked)
    try:
        return call.site.ledger.story(call.path["id"], as_of=asked)
    except LedgerError as err:
        if err.__cause__ is not None:
            raise
        then = "; leave out as_of, or give a later date" if asked else ""
        raise WebError(f"{err}{then}; or choose one of the list at {story_path('').rstrip('/')}", status=404) from err


def parts_of(story: Story, claims: list[ClaimOnRecord], asked: str | None) -> list[Part]:
    """Return chart, conflicts, figures by outlet and who said what."""
    made = accounts(story, claims, links_to(claims, asked))
    return [Part(id, name, joined(lines)) for (id, name), lines in zip(PARTS, made, strict=False)]


def joined(lines: Iterable[str]) -> Markup:
    """Return lines in which exports/story_html.py has escaped all that comes from pages."""
    return Markup("\n".join(lines))  # noqa: S704  escaped by story_html


def links_to(claims: Iterable[ClaimOnRecord], asked: str | None) -> Href:
    """Return what gives the address of a claim's words on its page; for a claim that is gone, its place below."""
    paths = {}
    for claim in claims:
        version = claim.evidence.page.partition("/")[2] if asked else None
        paths[claim.id] = with_query(document_path(claim.evidence.page), {"version": version}) + f"#c-{claim.id}"
    return lambda figure: paths.get(figure) or in_file(figure)


def gone_of(story: Story, claims: list[ClaimOnRecord]) -> list[Gone]:
    """Return the figures that the latest versions of the pages do not have any more."""
    outlets = outlets_of(story)
    return [Gone(one.figure, one.article, point_shown(one, outlets)) for one in gone_points(story, claims)]


def download(call: Call) -> Response:
    """Answer the story as one HTML file that works from disk."""
    asked = call.text("as_of")
    told, file = told_story(call, asked), BytesIO()
    call.site.ledger.export_story(told.id, to=file, as_of=asked)
    headers = {"Content-Disposition": f'attachment; filename="story-{told.id}.html"'}
    return Response(file.getvalue(), media_type="text/html; charset=utf-8", headers=headers)


ROUTES = (
    Route("/stories", stories, "reader"),
    Route("/stories/{id}", story, "reader"),
    Route("/stories/{id}/file", download, "reader"),
)
