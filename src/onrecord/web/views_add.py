"""Adding a page: pasted text, or an address that is fetched by the rules of `onrecord add`; and how far it is."""

import hashlib

from starlette.responses import Response

from onrecord.errors import LedgerError, WebError
from onrecord.gathering import listed_page
from onrecord.ledger.history import find_document
from onrecord.manifest import Given, is_date
from onrecord.records import Origin
from onrecord.web.jobs import Job
from onrecord.web.routing import Call, Route, see_other
from onrecord.web.showing import SHORT_HASH, document_path

PASTED_BYTES = 4 * 1024 * 1024
"""Bytes of a form with a pasted page; percent-encoded text takes up to three times its own."""

FIELDS = ("url", "text", "title", "outlet", "published")

LONGEST_FIELD = 2_000
"""Characters of a field other than the pasted text."""


def form(call: Call) -> Response:
    """Answer the form."""
    return call.site.page("add.html", call.user, given={name: call.text(name) or "" for name in FIELDS}, says=None)


def add(call: Call) -> Response:
    """Begin to read what was given, and send the browser to how far it is."""
    given = {name: call.form.get(name, "").strip() for name in FIELDS}
    try:
        page, what = to_add(call, given)
        by = call.user.name if call.user else ""
        job = call.site.jobs.add(page, what=what, by=by)
    except WebError as err:
        return call.site.page("add.html", call.user, status=err.status, given=given, says=str(err))
    return see_other(f"/add/{job.id}")


def to_add(call: Call, given: dict[str, str]) -> tuple[Given, str]:
    """Return the page that was given, and how it is called while it waits.

    Raises:
        WebError: neither text nor an address, a date that is none, an address that is not fetched, or too many.
    """
    long = next((name for name in FIELDS if name != "text" and len(given[name]) > LONGEST_FIELD), None)
    if long is not None:
        raise WebError(f"{long}: more than {LONGEST_FIELD:,} characters; give fewer", status=400)
    if given["published"] and not is_date(given["published"]):
        says = f"published: {given['published'][:40]!r} is no date; write it as 2025-07-04 or 2025-07-04T09:30:00Z"
        raise WebError(says, status=400)
    if given["text"]:
        return pasted(given), given["title"] or given["url"] or "the pasted page"
    if not given["url"]:
        raise WebError("nothing to add; paste the text of a page, or give its address", status=400)
    page = listed_page(given["url"], None, outlet=given["outlet"] or None)
    if page.problem is not None:
        raise WebError(page.problem.says, status=400)
    if not call.site.fetches.allows(call.user.name if call.user else ""):
        raise WebError("too many addresses in one minute; wait a minute and try again", status=429)
    return page, given["url"]


def pasted(given: dict[str, str]) -> Given:
    """Return the pasted page; its address is where it says it is from, and nothing is fetched."""
    data = given["text"].encode("utf-8", "replace")
    name = f"pasted-{hashlib.sha256(data).hexdigest()[:SHORT_HASH]}"
    url = None
    if given["url"]:
        page = listed_page(given["url"], None)
        if page.problem is not None:
            raise WebError(page.problem.says, status=400)
        url = page.origin.url
    origin = Origin(
        name=url or name,
        url=url,
        outlet=given["outlet"] or None,
        published=given["published"] or None,
        title=given["title"] or None,
    )
    return Given(origin=origin, data=data)


def progress(call: Call) -> Response:
    """Answer how far a job is; once it is done, the page, or the pages, that came of it."""
    job = call.site.jobs.get(call.path["job"])
    if job is None:
        raise WebError("nothing is being added under this address; look among the newest pages", status=404)
    made = made_pages(call, job)
    template = "add_part.html" if call.is_part else "adding.html"
    return call.site.page(template, call.user, job=job, made=made)


def made_pages(call: Call, job: Job) -> list[tuple[str, str]]:
    """Return the paths and names of the pages that a job added or found there."""
    if job.state != "done":
        return []
    made = []
    with call.site.ledger.store.reading() as connection:
        for name in job.pages:
            try:
                made.append((document_path(find_document(connection, name).id), name))
            except LedgerError:
                continue  # it could not be read; the job's problems say why
    return made


ROUTES = (
    Route("/add", form, "reviewer"),
    Route("/add", add, "reviewer", method="POST", most_bytes=PASTED_BYTES),
    Route("/add/{job}", progress, "reviewer"),
)
