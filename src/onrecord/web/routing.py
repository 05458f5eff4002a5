"""One request -> one call with its user, parameters and form -> the view of its route -> a response.

A route says which role it needs, how many bytes of form it takes and, for the API, what it answers; the table of routes
is what tests and the OpenAPI document are made from. Views are plain functions; they run in a thread and hold no state.
Does not know what is on a page.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route as StarletteRoute

from onrecord.errors import LedgerError, OnRecordError, WebError
from onrecord.web.users import COOKIE, Role, User, may

if TYPE_CHECKING:
    from onrecord.web.app import Site

LOG = logging.getLogger(__name__)

FORM_BYTES = 64 * 1024
"""Bytes of a form, where its route does not say otherwise: a comment of 10,000 characters fits in several times."""

FORM_FIELDS = 200
"""Fields of a form; the longest one has some 40."""

BODY_SECONDS = 30.0
"""Seconds that a form may take to come in; 4 MB need 1.1 Mbit/s."""

LONGEST_VALUE = 20_000
"""Characters of one parameter; a search takes 10,000 at most."""

MOST_DIGITS = 9
"""Digits of a number: more than any number here has, and few enough to be read and stored as a whole number."""

Method = Literal["GET", "POST"]


@dataclass(frozen=True)
class Call:
    """One request as a view sees it.

    cookie is the id of the session; user is who is signed in, or the person at this machine where there are no users.
    """

    site: "Site"
    user: User | None
    path: Mapping[str, str]
    query: QueryParams
    headers: Headers
    cookie: str | None = None
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_part(self) -> bool:
        """Whether only a part of a page is asked for (htmx)."""
        return self.headers.get("hx-request") == "true"

    def may(self, role: Role) -> bool:
        """Say whether the user has this role."""
        return may(self.user, role)

    def text(self, name: str) -> str | None:
        """Return a parameter of the query, trimmed; None where it is missing or empty."""
        return self.query.get(name, "").strip() or None

    def number(self, name: str, *, most: int = 1_000_000) -> int | None:
        """Return a whole number from 0; raise WebError for anything else."""
        written = self.text(name)
        if written is None:
            return None
        if not (written.isascii() and written.isdigit()) or len(written) > MOST_DIGITS or int(written) > most:
            raise WebError(f"{name}: {written[:40]!r} is no number from 0 to {most:,}; give one", status=400)
        return int(written)


View = Callable[[Call], Response]


@dataclass(frozen=True)
class Route:
    """A path and who may call it. answers and asked are those of the API: the type it answers, its parameters.

    is_remembered: what it answers depends on the ledger, the user and the query alone.
    """

    path: str
    view: View
    role: Role
    method: Method = "GET"
    most_bytes: int = FORM_BYTES
    answers: Any = None
    asked: tuple[str, ...] = ()
    is_remembered: bool = False

    @property
    def is_api(self) -> bool:
        """Whether the route answers JSON, errors too."""
        return self.path.startswith("/api")


def mounted(route: Route) -> StarletteRoute:
    """Return the route as Starlette takes it."""

    async def endpoint(request: Request) -> Response:
        return await answered(route, request)

    return StarletteRoute(route.path, endpoint, methods=[route.method], name=f"{route.method} {route.path}")


async def answered(route: Route, request: Request) -> Response:
    """Check who asks, read what came with it, and let the view answer in a thread."""
    site: Site = request.app.state.site
    try:
        check_values([*request.path_params.items(), *request.query_params.multi_items()])
        user = await run_in_threadpool(site.users.of, request.cookies.get(COOKIE))
        if not may(user, route.role):
            return refused_role(route, request, user)
        form = await read_form(request, route.most_bytes) if route.method == "POST" else {}
    except WebError as err:
        return site.failed(err, as_json=route.is_api)
    except ClientDisconnect:
        return Response(status_code=400)
    call = Call(
        site=site,
        user=user,
        path=request.path_params,
        query=request.query_params,
        headers=request.headers,
        cookie=request.cookies.get(COOKIE),
        form=form,
    )
    return await run_in_threadpool(viewed, route, call)


def viewed(route: Route, call: Call) -> Response:
    """Return what the view answers, or a page that says what was wrong."""
    try:
        if not route.is_remembered:
            return route.view(call)
        asked = (route.path, *call.path.items(), *call.query.multi_items(), call.user, call.is_part)
        return call.site.remembered.get(asked, lambda: route.view(call))
    except OnRecordError as err:
        return call.site.failed(err, as_json=route.is_api, user=call.user)


def refused_role(route: Route, request: Request, user: User | None) -> Response:
    """Send somebody who is not signed in to do so; say which role is missing to somebody who is."""
    site: Site = request.app.state.site
    if user is None:
        if route.is_api or route.method != "GET":
            return site.failed(WebError("sign in first", status=401), as_json=route.is_api)
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(asked, safe='')}", status_code=303)
    says = f"this needs the role {route.role}, {user.name} is {user.role}; ask an admin of this ledger"
    return site.failed(WebError(says, status=403), as_json=route.is_api, user=user)


async def read_form(request: Request, most: int) -> dict[str, str]:
    """Return the fields of a form; of several with one name the last.

    Raises:
        WebError: too large, too slow, too many fields, or another kind of body.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", ""}:
        raise WebError("a form of another kind; send application/x-www-form-urlencoded", status=415)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise WebError(f"more than {most:,} bytes were sent; send less", status=413)
    except TimeoutError as err:
        raise WebError(f"the form took longer than {BODY_SECONDS:.0f} s to come; send it again", status=408) from err
    try:
        fields = parse_qsl(bytes(body).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FORM_FIELDS)
    except ValueError as err:
        raise WebError(f"more than {FORM_FIELDS} fields in one form; send fewer", status=400) from err
    return {name: value.replace("\r\n", "\n") for name, value in fields}


def check_values(values: list[tuple[str, Any]]) -> None:
    """Raise WebError for a parameter that is too long or has control characters."""
    for name, value in values:
        written = f"{name}{value}"
        if len(written) > LONGEST_VALUE:
            raise WebError(f"a parameter of {len(written):,} characters; give at most {LONGEST_VALUE:,}", status=400)
        if any(character < " " and character not in "\t\r\n" for character in written) or "\x7f" in written:
            raise WebError("a control character in a parameter; leave it out", status=400)


def status_of(err: OnRecordError) -> int:
    """Return the status of an error: what was asked is wrong (400), is not there (404), the ledger is stuck (503)."""
    if isinstance(err, WebError):
        return err.status
    if isinstance(err, LedgerError):
        # An error of the database has its cause; without one the name or the date was wrong.
        return 404 if err.__cause__ is None else 503
    return 400


def local_path(written: str | None) -> str:
    """Return a path of this site to go to next; "/" for everything that a browser may take for another site."""
    if not written or not written.startswith("/") or written[1:2] in ("/", "\\"):
        return "/"
    return "/" if any(character <= " " or character in "\\\x7f" for character in written) else written


def see_other(path: str) -> Response:
    """Send the browser on after a change, so that loading again changes nothing."""
    return RedirectResponse(path, status_code=303)
