"""Signing in and out, and the list of users for those who may see it."""

from starlette.responses import RedirectResponse, Response

from onrecord.errors import WebError
from onrecord.web.routing import Call, Route, local_path, see_other
from onrecord.web.users import COOKIE, SESSION_SECONDS


def form(call: Call) -> Response:
    """Answer the form; who is signed in already is sent on."""
    wanted = local_path(call.query.get("next"))
    return see_other(wanted) if call.user is not None else sign_in_page(call, wanted)


def sign_in_page(call: Call, wanted: str, *, says: str | None = None, status: int = 200) -> Response:
    """Return the form, with what was wrong."""
    return call.site.page("sign_in.html", None, status=status, wanted=wanted, says=says)


def sign_in(call: Call) -> Response:
    """Begin a session under a new id, whatever the browser had before, and go where the user wanted to."""
    name, password = call.form.get("name", "").strip(), call.form.get("password", "")
    wanted = local_path(call.form.get("next"))
    try:
        if not call.site.sign_ins.allows(name):
            raise WebError("this name was tried too often; wait five minutes and try again", status=429)
        session = call.site.users.sign_in(name, password, before=call.cookie)
    except WebError as err:
        return sign_in_page(call, wanted, says=str(err), status=err.status)
    answer = RedirectResponse(wanted, status_code=303)
    answer.set_cookie(
        COOKIE,
        session,
        max_age=int(SESSION_SECONDS),
        path="/",
        secure=call.site.settings.https,
        httponly=True,
        samesite="strict",
    )
    return answer


def sign_out(call: Call) -> Response:
    """End the session."""
    call.site.users.sign_out(call.cookie)
    answer = see_other("/sign-in")
    answer.delete_cookie(COOKIE, path="/", secure=call.site.settings.https, httponly=True, samesite="strict")
    return answer


def users(call: Call) -> Response:
    """Answer who may sign in, with which role, and how many sessions are open."""
    open_sessions = [session.name for session in call.site.users.sessions()]
    listed = [(user, open_sessions.count(user.name)) for user in call.site.users.all()]
    return call.site.page("users.html", call.user, listed=listed)


def end_sessions(call: Call) -> Response:
    """Sign a user out everywhere."""
    call.site.users.end_sessions(call.form.get("name", ""))
    return see_other("/users")


ROUTES = (
    Route("/sign-in", form, "anyone"),
    Route("/sign-in", sign_in, "anyone", method="POST"),
    Route("/sign-out", sign_out, "reader", method="POST"),
    Route("/users", users, "admin"),
    Route("/users", end_sessions, "admin", method="POST"),
)
