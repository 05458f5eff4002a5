"""The address of a ledger and settings -> the application that a server runs; and the server itself.

Every route stands in one table, with the role that it needs. The ledger is opened once and closed with the application.
"""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import OnRecordError, WebError
from onrecord.records import Record, to_json
from onrecord.web import (
    api,
    views_add,
    views_home,
    views_page,
    views_review,
    views_sources,
    views_stories,
    views_users,
)
from onrecord.web.jobs import Jobs
from onrecord.web.openapi import ErrorAnswer
from onrecord.web.remembered import Remembered
from onrecord.web.routing import Route, mounted, status_of
from onrecord.web.security import LONGEST_HEAD_BYTES, LOOPBACK, Guard, PatientProtocol, RateLimit
from onrecord.web.served import ServedLedger
from onrecord.web.showing import made_templates, static_files
from onrecord.web.story_parts import Kept
from onrecord.web.users import User, Users, users_file

LOG = logging.getLogger(__name__)

ROUTES: tuple[Route, ...] = (
    *views_home.ROUTES,
    *views_add.ROUTES,
    *views_page.ROUTES,
    *views_stories.ROUTES,
    *views_sources.ROUTES,
    *views_review.ROUTES,
    *views_users.ROUTES,
    *api.ROUTES,
)
"""All that is answered, first match first."""

FETCHES, FETCH_SECONDS = 10, 60.0
"""Addresses that one user may have fetched in so many seconds."""

SIGN_INS, SIGN_IN_SECONDS = 10, 300.0
"""Times that one name may be tried in so many seconds."""

VIEWS_AT_ONCE = 3
"""Threads that answer. Python runs one at a time; each has a connection to the database with a cache of its own."""

KEEP_ALIVE_SECONDS = 5
"""Seconds that a connection without a request stays open."""

MOST_CONNECTIONS = 200
"""Requests and connections at once; more are answered with 503."""


class Settings(Record, frozen=True, kw_only=True):
    """How the interface is served.

    hosts are names that the Host header may have beside those of this machine; https: a proxy in front speaks it;
    users: the file of users, where it is not beside the ledger; allow_private: fetch from private nets too.
    """

    hosts: tuple[str, ...] = ()
    https: bool = False
    users: Path | None = None
    allow_private: bool = False


class Site:
    """What all views share: the ledger, users, templates, pages that are being added, limits."""

    def __init__(self, ledger: ServedLedger, settings: Settings) -> None:
        self.ledger, self.settings = ledger, settings
        self.users = Users(settings.users or users_file(ledger.store.where))
        self.static = static_files()
        self.templates = made_templates(self.static)
        self.kept = Kept()
        self.remembered = Remembered(ledger.store)
        self.jobs = Jobs(ledger.store, allow_private=settings.allow_private)
        self.fetches = RateLimit(FETCHES, FETCH_SECONDS)
        self.sign_ins = RateLimit(SIGN_INS, SIGN_IN_SECONDS)

    def page(self, template: str, user: User | None, *, status: int = 200, **shown: object) -> Response:
        """Return a page made from a template; user is who looks at it."""
        at_this_machine = user is not None and not user.password
        html = self.templates.get_template(template).render(user=user, at_this_machine=at_this_machine, **shown)
        return Response(html.encode("utf-8", "replace"), status_code=status, media_type="text/html; charset=utf-8")

    def failed(self, err: OnRecordError, *, as_json: bool, user: User | None = None) -> Response:
        """Return what was wrong and what to do, as JSON or as a page."""
        return self.says(str(err), status_of(err), as_json=as_json, user=user)

    def says(self, words: str, status: int, *, as_json: bool, user: User | None = None) -> Response:
        """Return an error in words."""
        if as_json:
            return Response(to_json(ErrorAnswer(error=words)), status_code=status, media_type="application/json")
        return self.page("error.html", user, status=status, says=words, status_code=status)

    def close(self) -> None:
        """Finish the page that is being read, and close the ledger."""
        self.jobs.close()
        self.ledger.close()


def make_app(ledger_where: str | Path, *, settings: Settings | None = None) -> Starlette:
    """Return the application for a ledger; the ledger is made where there is none.

    Raises:
        LedgerError: the ledger cannot be opened.
    """
    settings = settings or Settings()
    site = Site(ServedLedger(ledger_where), settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = VIEWS_AT_ONCE
        yield
        site.close()

    app = Starlette(
        routes=[mounted(route) for route in ROUTES],
        middleware=[Middleware(Guard, hosts=LOOPBACK | set(settings.hosts), https=settings.https)],
        exception_handlers={HTTPException: not_routed, Exception: unforeseen},
        lifespan=lifespan,
    )
    app.state.site = site
    return app


async def not_routed(request: Request, err: Exception) -> Response:
    """Say that there is nothing at an address, or that it takes another method."""
    status = err.status_code if isinstance(err, HTTPException) else 500
    says = {
        404: f"{request.url.path}: nothing is at this address; begin at the first page",
        405: f"{request.method} is not answered at {request.url.path}; go back and try again",
    }.get(status, "the request cannot be answered")
    answer = said(request, says, status)
    if isinstance(err, HTTPException) and err.headers:
        answer.headers.update(err.headers)
    return answer


async def unforeseen(request: Request, err: Exception) -> Response:
    """Say that something went wrong here; the log has the rest."""
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=err)
    return said(request, "something went wrong here; the log of the server says what", 500)


def said(request: Request, says: str, status: int) -> Response:
    """Return an error in words, in the form in which the path answers."""
    site: Site = request.app.state.site
    return site.says(says, status, as_json=request.url.path.startswith("/api"))


def check_address(host: str, users: Sequence[User]) -> None:
    """Raise WebError where others could reach the server and there are no users."""
    if host not in LOOPBACK and not users:
        says = f"--host {host}: others can reach this address and the ledger has no users"
        raise WebError(f"{says}; add one with `onrecord serve --add-user NAME --role admin`", status=403)


def serve(ledger_where: str, *, host: str, port: int, settings: Settings) -> None:
    """Serve a ledger until interrupted.

    Raises:
        WebError: others could reach the address and there are no users.
    """
    check_address(host, Users(settings.users or users_file(ledger_where)).all())
    names = (*settings.hosts, host)
    app = make_app(ledger_where, settings=replace(settings, hosts=names))
    uvicorn.run(
        app,
        host=host,
        port=port,
        http=PatientProtocol,
        ws="none",
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=LONGEST_HEAD_BYTES,
    )
