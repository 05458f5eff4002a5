"""What others must not do through the interface: each row is one attempt, and what comes of it."""

import re
import time
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from onrecord import adding
from onrecord.errors import WebError
from onrecord.manifest import Given
from onrecord.opening import Ledger
from onrecord.records import Origin
from onrecord.web.app import ROUTES, Settings, check_address, make_app
from onrecord.web.routing import local_path
from onrecord.web.security import RateLimit, host_name
from onrecord.web.story_parts import NAMES
from onrecord.web.users import RANK, User

from .conftest import BAD, BASE, HERE, PASSWORD, ROLES, client_of


def concrete(path: str) -> str:
    """A path of the route, with a name that no ledger has."""
    return re.sub(r"\{[^}]+\}", "zz", path)


def asked(client: TestClient, route, **given):
    return client.request(route.method, concrete(route.path), headers=HERE if route.method == "POST" else {}, **given)


# --- roles, from the table of routes


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_route_says_which_role_it_needs(route):
    assert route.role in RANK
    if route.method == "POST":
        assert route.role in {"reviewer", "admin"} or route.path.startswith("/sign-")


OPEN_TO_ANYONE = {"/sign-in", "/static/{name}", "/api/openapi.json"}


def test_only_these_are_open_to_anyone():
    assert {route.path for route in ROUTES if route.role == "anyone"} == OPEN_TO_ANYONE


@pytest.mark.parametrize("role", ["nobody", *ROLES])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_role_is_asked_of_every_route(as_role, route, role):
    if route.path in {"/sign-in", "/sign-out"}:
        return  # they end or begin sessions that other rows use; tests below
    answer = asked(as_role(role), route)
    rank = {"nobody": 0, "reader": 1, "reviewer": 2, "admin": 3}[role]
    if rank >= RANK[route.role]:
        assert answer.status_code not in {401, 403}
        assert not answer.headers.get("location", "").startswith("/sign-in")
    elif role == "nobody" and route.method == "GET" and not route.is_api:
        assert (answer.status_code, answer.headers["location"][:13]) == (303, "/sign-in?next")
    else:
        assert answer.status_code == (401 if role == "nobody" else 403)
    assert answer.status_code < 500


# --- requests of other sites

CHANGES = [route for route in ROUTES if route.method == "POST"]
FOREIGN = {
    "no origin": {},
    "another site": {"Origin": "https://evil.example"},
    "null": {"Origin": "null"},
    "another port": {"Origin": "http://127.0.0.1:8001"},
    "another name": {"Origin": "http://localhost:8000"},
    "a longer name": {"Origin": f"{BASE}.evil.example"},
    "fetched across sites": {**HERE, "Sec-Fetch-Site": "cross-site"},
    "fetched from a sister": {**HERE, "Sec-Fetch-Site": "same-site"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("route", CHANGES, ids=lambda route: route.path)
def test_change_from_elsewhere_is_refused(demo, route, headers):
    answer = demo.post(concrete(route.path), headers=headers, data={"action": "accept"})
    assert answer.status_code == 403
    assert "nothing was done" in answer.text


HOSTS = {
    "rebound name": ("evil.example", 421),
    "rebound name with port": ("evil.example:8000", 421),
    "this name inside": ("127.0.0.1.evil.example", 421),
    "this name as user": ("127.0.0.1@evil.example", 421),
    "another address": ("10.0.0.7:8000", 421),
    "all addresses": ("0.0.0.0:8000", 421),
    "a path": ("127.0.0.1/evil", 421),
    "no port": ("127.0.0.1:x", 421),
    "two hosts": ("127.0.0.1, evil.example", 421),
    "empty": ("", 421),
    "localhost": ("localhost:8000", 200),
    "capitals": ("LOCALHOST", 200),
    "a dot at the end": ("localhost.:8000", 200),
    "version 6": ("[::1]:8000", 200),
}


@pytest.mark.parametrize(("host", "status"), HOSTS.values(), ids=HOSTS)
def test_host_must_be_this_server(demo, host, status):
    assert demo.get("/pages", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(demo, method):
    assert demo.request(method, "/", headers=HERE).status_code == 405


def test_named_host_is_let_in(tmp_path):
    with client_of(tmp_path / "l.db", Settings(hosts=("desk.example",))) as client:
        assert client.get("/", headers={"Host": "desk.example"}).status_code == 200


# --- headers of every answer


@pytest.mark.parametrize(
    "path",
    ["/", "/nope", "/api/pages", "/api/pages?x=1", "/static/style.css", "/review", "/pages/flood", "/search?in=x"],
)
def test_answer_has_the_strict_headers(demo, path):
    headers = demo.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


def test_refusal_has_the_strict_headers(demo):
    assert "content-security-policy" in demo.get("/", headers={"Host": "evil.example"}).headers


# --- hostile pages

HOSTILE = {
    "id": f"id {BAD}",
    "url": f"https://gazette.example/{quote(BAD)}",
    "outlet": f"Outlet {BAD}",
    "title": f"Title {BAD}",
    "published": "2026-03-02",
}
HOSTILE_TEXT = (
    f"Mayor Iva {BAD} Dorn said on Monday that nine people {BAD} had been killed in Norhaven. "
    f"“We lost {BAD} 12 houses,” said the <b onclick=x>fire service</b> of Norhaven.\n\n"
    f"{BAD} said five divers were injured. javascript:alert(1) was hit. \u202egnol\u202c \x07 {{{{ 7*7 }}}} {{% x %}}"
)
PARTS = tuple(f"/{name}" for name in NAMES)
"""Pages of the parts of a story."""

WHERE_SHOWN = (
    "/",
    "/pages",
    "/search?q=killed",
    "/search?in=figures",
    "/search?in=statements",
    "/search?in=events",
    "/sources",
    "/review",
    "/review?of=statement",
    "/review?of=event",
    "/stories",
    "STORIES",
    "PAGE",
    "SOURCES",
    "CLAIMS",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    where = tmp_path_factory.mktemp("hostile") / "h.db"
    with Ledger(where) as ledger:
        origin = Origin(name=HOSTILE["id"], **HOSTILE)
        data = HOSTILE_TEXT.encode()
        adding.add(ledger.store, [Given(origin=origin, data=data), Given(origin=Origin(name=BAD), data=data)])
        for figure in ledger.figures():
            ledger.review(figure.id, "comment", by=f"Iva {BAD}", text=BAD)
    with client_of(where) as client:
        yield client


@pytest.mark.parametrize("path", WHERE_SHOWN)
def test_markup_of_a_page_stays_text(hostile, path):
    ids = [one["document"] for one in hostile.get("/api/pages").json()["items"]]
    names = [one["name"] for one in hostile.get("/api/sources").json()["items"]]
    claims = [one["claim"] for one in hostile.get("/api/review/queue").json()["items"]]
    stories = [one["id"] for one in hostile.get("/api/stories").json()["items"]]
    assert stories
    paths = {
        "PAGE": [f"/pages/{one}" for one in ids],
        "STORIES": [f"/stories/{one}{end}" for one in stories for end in ("", "?as_of=2999-01-01", *PARTS)],
        "SOURCES": [f"/sources/{quote(one, safe='')}" for one in names],
        "CLAIMS": [f"/review/{one}" for one in claims],
    }.get(path, [path])
    for one in paths:
        answer = hostile.get(one)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "<b onclick" not in answer.text
        assert 'href="javascript:' not in answer.text
        assert "\u202e" not in answer.text
        assert "\x07" not in answer.text


@pytest.mark.parametrize(
    "value", [BAD, "'\"><svg onload=x>", "{{7*7}}", "%3Cscript%3E", "</textarea><script>x</script>"]
)
@pytest.mark.parametrize(
    "path", ["/search?q={}", "/search?q={}&in=figures", "/search?outlet={}&q=x", "/pages?outlet={}", "/pages/{}",
             "/sources/{}", "/sources?q={}", "/review?q={}", "/review?by={}", "/add?url={}", "/add?text={}", "/add/{}",
             "/claims/{}", "/archived/{}", "/sign-in?next={}", "/search?in={}", "/nope/{}"],
)  # fmt: skip
def test_markup_of_a_parameter_stays_text(demo, path, value):
    answer = demo.get(path.format(quote(value, safe="")))
    assert answer.status_code < 500
    for part in ("<script>alert", "<img", "<svg onload", "<script>x", ">49<"):
        assert part not in answer.text


# --- paths, redirects, headers

TRAVERSALS = (
    "../app.py",
    "..%2fapp.py",
    "%2e%2e/app.py",
    "....//app.py",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "style.css%00",
    "..\\app.py",
    "..%5capp.py",
    "style.css/../../app.py",
    ".",
    "%2e",
)


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_other_file_is_served(demo, path):
    answer = demo.get(f"/static/{path}")
    assert answer.status_code in {400, 404}
    assert "make_app" not in answer.text


@pytest.mark.parametrize("path", TRAVERSALS)
def test_archive_holds_no_files(demo, path):
    assert demo.get(f"/archived/{path}").status_code in {400, 404}


ELSEWHERE = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/%0d%0aLocation:x\r\nSet-Cookie: a=b",
    " //evil.example",
    "/\t/evil.example",
    "evil.example",
    "",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_path_to_go_to_is_of_this_site(target):
    assert local_path(target) == "/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(as_role, shared_ledger, target):
    client = TestClient(as_role("nobody").app, base_url=BASE, follow_redirects=False)
    client.app.state.site.sign_ins = RateLimit(10, 1.0)
    form = {"name": "reader Fenn", "password": PASSWORD, "next": target}
    answer = client.post("/sign-in", data=form, headers=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_reviewing_leads_nowhere_else(own, target):
    claim = own.get("/api/review/queue").json()["items"][0]["claim"]
    answer = own.post(f"/review/{claim}", data={"action": "accept", "back": target}, headers=HERE)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/?")


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: x=y", "a\nLocation: //evil.example", "a\x00b", "a\x1bb"])
@pytest.mark.parametrize("path", ["/pages/{}", "/sources/{}", "/search?q={}", "/sign-in?next={}", "/add?url={}"])
def test_no_header_comes_from_a_parameter(demo, path, value):
    answer = demo.get(path.format(quote(value, safe="")))
    assert answer.status_code < 500
    assert "x=y" not in answer.headers.get("set-cookie", "")
    assert "evil" not in answer.headers.get("location", "")


# --- bodies


@pytest.mark.parametrize("path", ["/review/zz", "/sources", "/sign-in", "/users"])
def test_body_too_large_is_refused(demo, path):
    assert demo.post(path, content=b"a=" + b"b" * 70_000, headers=HERE).status_code == 413


def test_pasted_page_too_large_is_refused(demo):
    assert demo.post("/add", content=b"text=" + b"b" * (4 * 1024 * 1024), headers=HERE).status_code == 413


def test_too_many_fields_are_refused(demo):
    assert demo.post("/sources", content="&".join(f"a{n}=1" for n in range(300)), headers=HERE).status_code == 400


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", "text/xml"])
def test_body_of_another_kind_is_refused(demo, kind):
    answer = demo.post("/sources", content=b"{}", headers={**HERE, "Content-Type": kind})
    assert answer.status_code == 415


def test_parameter_too_long_is_refused(demo):
    assert demo.get("/search?q=" + "a" * 30_000).status_code == 400


@pytest.mark.parametrize("body", [b"\xff\xfe=\xff", b"%", b"=", b"&&&", b"a=%zz", b"", b"\x00=\x00"])
def test_odd_bodies_do_no_harm(demo, body):
    assert demo.post("/sources", content=body, headers=HERE).status_code == 400


# --- addresses of the add form

REFUSED_ADDRESSES = (
    "file:///etc/passwd",
    "ftp://gazette.example/",
    "gopher://x/",
    "javascript:alert(1)",
    "/etc/passwd",
    "-",
    "data:text/plain,x",
    "http://",
    "https://user:word@gazette.example/",
    "http://a b/",
    "*.html",
    "http://gazette.example:99999/",
    "http://x\\y/",
    "C:\\pages",
    "http://" + "a" * 9000,
)


@pytest.mark.parametrize("address", REFUSED_ADDRESSES)
def test_what_is_no_address_is_not_fetched(own, address):
    answer = own.post("/add", data={"url": address}, headers=HERE)
    assert answer.status_code == 400
    assert own.app.state.site.jobs._jobs == {}


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/",
                                     "http://0.0.0.0:{port}/", "http://2130706433:{port}/", "http://10.1.2.3/",
                                     "http://169.254.169.254/latest/meta-data/", "http://[::ffff:127.0.0.1]:{port}/",
                                     "http://192.168.0.1/", "http://0x7f.1:{port}/"])  # fmt: skip
def test_address_of_a_private_net_is_refused(own, site, address):
    site.answers["/"] = site.page
    port = site.server.server_port
    path = own.post("/add", data={"url": address.format(port=port)}, headers=HERE).headers["location"]
    html = waited(own, path)
    assert 'class="problem"' in html
    assert site.asked == []
    assert "Done: 0 new" in html


def waited(client, path):
    for _ in range(200):
        html = client.get(path).text
        if "Waits to be read" not in html and "Being fetched" not in html:
            return html
        time.sleep(0.02)
    raise AssertionError("the job did not end")


def test_fetches_are_limited(own):
    statuses = [own.post("/add", data={"url": f"http://10.1.2.{n}/"}, headers=HERE).status_code for n in range(12)]
    assert statuses == [303] * 10 + [429] * 2


# --- binding


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example", ""])  # noqa: S104  refused here
def test_others_are_let_in_only_with_users(host):
    with pytest.raises(WebError, match="add one with"):
        check_address(host, [])
    check_address(host, [User(name="Iva", role="admin", password="x")])  # noqa: S106  a made-up hash


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_is_let_in_without_users(host):
    check_address(host, [])


@pytest.mark.parametrize(
    ("header", "name"),
    [("a.example:80", "a.example"), ("[::1]:8000", "::1"), ("[::1", None), ("a.example:99999999", None), ("a b", None)],
)
def test_host_name(header, name):
    assert host_name(header) == name


def test_an_application_without_users_is_for_this_machine(tmp_path):
    with TestClient(make_app(tmp_path / "l.db"), base_url=BASE) as client:
        assert client.get("/").status_code == 200
