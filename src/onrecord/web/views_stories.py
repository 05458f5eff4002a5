"""Stories: the list, one of them as its page begins, each of its parts whole, the file of it."""

from io import BytesIO
from typing import Any, NamedTuple

from starlette.responses import Response

from onrecord.errors import LedgerError, WebError
from onrecord.exports.story_figures import told_once
from onrecord.ledger.story_answers import times_made
from onrecord.told import ToldStory
from onrecord.web.parameters import as_of
from onrecord.web.routing import Call, Route, see_other
from onrecord.web.showing import story_path, with_query
from onrecord.web.story_parts import CLAIMS, NAMES, TITLES, Asked, PartName, drawn_parts, first_parts, whole_part

STORIES_SHOWN = 30
"""Stories on a page of the list."""

FIRST_ARTICLES = 20
"""Articles, and pairs that share text, on the page of a story."""

LABELS = 6
"""Days under the slider, at most."""


class Slider(NamedTuple):
    """The slider over the versions of a story: when each was made, which is shown (from 1), which have a label."""

    made: tuple[str, ...]
    at: int
    labelled: tuple[int, ...]


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
    made, ledger = call.number("made"), call.site.ledger
    with ledger.store.reading() as connection:
        times = times_made(connection, told.id)
        if made is not None:
            return see_other(with_query(story_path(told.id), {"as_of": _made_at(times, made)}))
        of = Asked(connection, told.record, asked)
        drawn = call.site.kept.get((told.id, told.made_at, asked), lambda: drawn_parts(of))
        parts = first_parts(of, drawn)
    return call.site.page(
        "story.html",
        call.user,
        told=told,
        story=told.record,
        parts=parts,
        gone=drawn.gone,
        once=len(told_once(told.record)),
        as_of=asked,
        slider=slider(times, told.made_at),
        most=FIRST_ARTICLES,
    )


def _made_at(times: list[str], made: int) -> str | None:
    """Return when a version (from 1) was made; None for the last one, which is now."""
    return times[made - 1] if 1 <= made < len(times) else None


def slider(times: list[str], shown: str) -> Slider:
    """Return the slider over versions made at these times, of which the one made then is shown."""
    last = max(len(times) - 1, 1)
    steps = min(last, LABELS - 1)
    labelled = tuple(dict.fromkeys(round(step * last / steps) + 1 for step in range(steps + 1)))
    at = times.index(shown) + 1 if shown in times else len(times)
    return Slider(tuple(times), at, labelled if len(times) > 1 else ())


def story_part(call: Call) -> Response:
    """Answer a part of a story whole, on pages of its own."""
    name = next((name for name in NAMES if name == call.path["part"]), None)
    if name is None:
        raise WebError(f"{call.path['part'][:40]!r} is no part of a story; choose from {', '.join(NAMES)}", status=404)
    asked = call.text("as_of")
    told = told_story(call, asked)
    path = f"{story_path(told.id)}/{name}"
    if told.id != call.path["id"]:
        return see_other(with_query(path, {"as_of": asked}))
    shown: dict[str, Any] = {"told": told, "story": told.record, "name": TITLES[name], "path": path, "as_of": asked}
    return call.site.page("story_part.html", call.user, **shown, **_part(call, told, name, asked))


def _part(call: Call, told: ToldStory, name: PartName, asked: str | None) -> dict[str, Any]:
    """Return what a page of a part shows, and where the next one begins."""
    start, after = call.number("from") or 0, call.text("after")
    if name == "articles":
        size = max(len(told.articles), len(told.record.copies or ()))
        return {"part": None, "start": start, "most": CLAIMS, "next": start + CLAIMS if size > start + CLAIMS else None}
    with call.site.ledger.store.reading() as connection:
        part, behind = whole_part(Asked(connection, told.record, asked), name, after, start)
    return {"part": part, "next": behind}


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


def download(call: Call) -> Response:
    """Answer the story as one HTML file that works from disk."""
    asked = call.text("as_of")
    told, file = told_story(call, asked), BytesIO()
    call.site.ledger.export_story(told.id, to=file, as_of=asked)
    headers = {"Content-Disposition": f'attachment; filename="story-{told.id}.html"'}
    return Response(file.getvalue(), media_type="text/html; charset=utf-8", headers=headers)


ROUTES = (
    Route("/stories", stories, "reader", is_remembered=True),
    Route("/stories/{id}", story, "reader", is_remembered=True),
    Route("/stories/{id}/file", download, "reader"),
    Route("/stories/{id}/{part}", story_part, "reader", is_remembered=True),
)
