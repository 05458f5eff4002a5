"""A role cannot be got around: other spellings of a path, headers that name another method, path or user."""

import pytest

from onrecord.web.app import ROUTES
from onrecord.web.users import COOKIE

from .conftest import BASE, HERE

KEPT_FROM_READERS = [route for route in ROUTES if route.role in {"reviewer", "admin"}]


def spelled(path: str) -> list[str]:
    """Return a path as it may be written otherwise."""
    first, rest = path[1:2], path[2:]
    return [
        f"{path}/", f"{path}/.", f"/.{path}", f"/x/..{path}", f"/{path}", f"//127.0.0.1:8000{path}", path.upper(),
        f"/%{ord(first):02x}{rest}", f"{path}%20", f"{path};.css", f"{path}%00", f"{path}?", f"{path}%2f",
        f"{path}#/search",
        f"/static/..{path}", f"/static/%2e%2e{path}", f"/pages/..{path}",
    ]  # fmt: skip


@pytest.mark.parametrize("route", KEPT_FROM_READERS, ids=lambda route: f"{route.method} {route.path}")
def test_no_other_spelling_of_a_path_is_answered(as_role, route):
    path = route.path.replace("{claim}", "abc").replace("{job}", "abc").replace("{name}", "abc")
    client = as_role("reader")
    allowed = client.get("/nowhere").status_code
    for written in spelled(path):
        if route.method == "POST":
            answer = client.post(BASE + written, data={"name": "x"}, headers=HERE)
        else:
            answer = client.get(BASE + written)
        # Refused, not there, not this method, or sent to a path that is then refused.
        assert answer.status_code in {allowed, 400, 403, 404, 405, 307}, (written, answer.status_code)


CLAIMED = {
    "method": {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"},
    "path": {"X-Original-URL": "/search", "X-Rewrite-URL": "/search", "X-Forwarded-Prefix": "/search"},
    "user": {"X-Forwarded-User": "admin Fenn", "X-Remote-User": "admin Fenn", "Remote-User": "admin Fenn"},
    "address": {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1;host=localhost", "X-Real-IP": "127.0.0.1"},
    "basic": {"Authorization": "Basic YWRtaW4gRmVubjpjb3JyZWN0IGhvcnNl"},
    "bearer": {"Authorization": "Bearer admin"},
}


@pytest.mark.parametrize("headers", CLAIMED.values(), ids=CLAIMED)
@pytest.mark.parametrize("route", KEPT_FROM_READERS, ids=lambda route: f"{route.method} {route.path}")
def test_no_header_gives_a_role(as_role, route, headers):
    path = route.path.replace("{claim}", "abc").replace("{job}", "abc").replace("{name}", "abc")
    ask = as_role("reader").request(route.method, path, headers={**HERE, **headers})
    assert ask.status_code == 403


@pytest.mark.parametrize("cookie", ["", "0", "null", "admin", "admin Fenn", "a" * 5000, "../users", '{"role":"admin"}'])
def test_no_made_up_session_gives_a_role(as_role, cookie):
    answer = as_role("nobody").get("/users", headers={"Cookie": f"{COOKIE}={cookie}"})
    assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in")
