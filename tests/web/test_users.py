"""Users, their roles and sessions: what the files hold, how sessions begin and end."""

import stat

import pytest
from starlette.testclient import TestClient

from onrecord.errors import ReviewError, WebError
from onrecord.web.security import RateLimit
from onrecord.web.users import COOKIE, SESSION_SECONDS, Users, may, users_file

from .conftest import BASE, CHEAP, HERE, PASSWORD, client_of, sign_in


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def users(tmp_path, clock):
    made = Users(tmp_path / "l.db.users", clock=clock, hasher=CHEAP)
    made.add("Iva", "reviewer", PASSWORD)
    return made


def test_files_hold_no_password_and_no_session(users, tmp_path):
    cookie = users.sign_in("Iva", PASSWORD)
    for file in tmp_path.iterdir():
        assert PASSWORD.encode() not in file.read_bytes()
        assert cookie.encode() not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert users.all()[0].password.startswith("$argon2id$")


def test_session_is_the_user(users):
    user = users.of(users.sign_in("Iva", PASSWORD))
    assert (user.name, user.role) == ("Iva", "reviewer")


@pytest.mark.parametrize(
    ("name", "password"), [("Iva", "wrong horse!"), ("Ole", PASSWORD), ("", ""), ("Iva", "x" * 9999)]
)
def test_wrong_name_or_password(users, name, password):
    with pytest.raises(WebError, match="name or password is wrong"):
        users.sign_in(name, password)


def test_each_session_has_a_new_id_and_the_one_before_ends(users):
    first = users.sign_in("Iva", PASSWORD)
    second = users.sign_in("Iva", PASSWORD, before=first)
    assert first != second
    assert users.of(first) is None
    assert users.of(second) is not None


def test_session_ends_after_its_time(users, clock):
    cookie = users.sign_in("Iva", PASSWORD)
    clock.now += SESSION_SECONDS - 1
    assert users.of(cookie) is not None
    clock.now += 1
    assert users.of(cookie) is None


def test_session_ends_with_a_new_password_or_the_user(users):
    cookie = users.sign_in("Iva", PASSWORD)
    users.add("Iva", "admin", "another horse")
    assert users.of(cookie) is None
    users.add("Ole", "reader", PASSWORD)
    cookie = users.sign_in("Iva", "another horse")
    users.remove("Iva")
    assert users.of(cookie) is None


def test_signing_out_everywhere(users):
    cookies = [users.sign_in("Iva", PASSWORD) for _ in range(2)]
    users.end_sessions("Iva")
    assert [users.of(cookie) for cookie in cookies] == [None, None]


@pytest.mark.parametrize("cookie", [None, "", "x", "../../l.db.users", "0" * 5000])
def test_what_is_no_session_is_nobody(users, cookie):
    assert users.of(cookie) is None


def test_without_users_it_is_the_person_at_this_machine(tmp_path):
    assert Users(tmp_path / "none.users", hasher=CHEAP).of(None).role == "admin"


@pytest.mark.parametrize("password", ["", "short", "x" * 1025])
def test_password_must_fit(users, password):
    with pytest.raises(WebError, match="a password has"):
        users.add("Ole", "reader", password)


def test_name_must_be_one(users):
    with pytest.raises(ReviewError):
        users.add(" \t ", "reader", PASSWORD)


def test_no_such_user(users):
    with pytest.raises(WebError, match="no such user"):
        users.remove("Ole")


def test_damaged_file_lets_nobody_in(tmp_path):
    file = tmp_path / "l.db.users"
    file.write_text("{")
    with pytest.raises(WebError, match="mend the file"):
        Users(file, hasher=CHEAP).of(None)


@pytest.mark.parametrize(
    ("role", "what", "allowed"),
    [
        ("reader", "reader", True),
        ("reader", "reviewer", False),
        ("reviewer", "admin", False),
        ("admin", "reader", True),
    ],
)
def test_roles_stand_in_order(users, role, what, allowed):
    assert may(users.add("Ole", role, PASSWORD), what) is allowed


def test_nobody_may_only_what_anyone_may():
    assert may(None, "anyone")
    assert not may(None, "reader")


def test_file_of_users_stands_beside_the_ledger():
    assert str(users_file("news/war.db")) == "news/war.db.users"
    assert str(users_file("postgresql://desk@db/war")) == "onrecord.users"


# --- through the interface


def fresh(as_role):
    client = TestClient(as_role("nobody").app, base_url=BASE, follow_redirects=False)
    client.app.state.site.sign_ins = RateLimit(10, 300.0)
    return client


def test_cookie_is_kept_from_scripts_and_other_sites(as_role):
    client = fresh(as_role)
    answer = client.post("/sign-in", data={"name": "reader Fenn", "password": PASSWORD}, headers=HERE)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie


def test_session_cannot_be_fixed_beforehand(as_role):
    client = fresh(as_role)
    client.cookies.set(COOKIE, "known-to-another", domain="127.0.0.1")
    answer = client.post("/sign-in", data={"name": "reader Fenn", "password": PASSWORD}, headers=HERE)
    assert "known-to-another" not in answer.headers["set-cookie"]
    other = TestClient(client.app, base_url=BASE, follow_redirects=False, cookies={COOKIE: "known-to-another"})
    assert other.get("/pages").status_code == 303


def test_signing_out_ends_the_session(as_role):
    client = fresh(as_role)
    sign_in(client, "reader Fenn")
    stolen = client.cookies[COOKIE]
    assert client.post("/sign-out", headers=HERE).headers["location"] == "/sign-in"
    other = TestClient(client.app, base_url=BASE, follow_redirects=False, cookies={COOKIE: stolen})
    assert other.get("/pages").status_code == 303


def test_signing_in_goes_on_to_what_was_wanted(as_role):
    client = fresh(as_role)
    asked = client.get("/search?q=killed&in=figures").headers["location"]
    form = client.get(asked).text
    assert 'value="/search?q=killed&amp;in=figures"' in form
    data = {"name": "reader Fenn", "password": PASSWORD, "next": "/search?q=killed&in=figures"}
    assert client.post("/sign-in", data=data, headers=HERE).headers["location"] == data["next"]


def test_trying_passwords_is_limited(as_role):
    client = fresh(as_role)
    data = {"name": "reader Fenn", "password": "guess a word"}
    assert [client.post("/sign-in", data=data, headers=HERE).status_code for _ in range(12)] == [403] * 10 + [429] * 2


def test_admin_signs_a_user_out(as_role):
    client = fresh(as_role)
    sign_in(client, "reviewer Fenn")
    assert "reviewer Fenn" in as_role("admin").get("/users").text
    as_role("admin").post("/users", data={"name": "reviewer Fenn"}, headers=HERE)
    assert client.get("/pages").status_code == 303
    sign_in(as_role("reviewer"), "reviewer Fenn")


def test_signed_in_reviewer_cannot_take_another_name(as_role):
    client = as_role("reviewer")
    claim = client.get("/api/figures").json()["items"][0]["id"]
    client.post(f"/review/{claim}", data={"action": "accept", "by": "Somebody Else"}, headers=HERE)
    assert client.get("/api/reviews").json()["items"][-1]["by"] == "reviewer Fenn"


def test_behind_https_cookies_go_nowhere_else(tmp_path):
    from onrecord.web.app import Settings

    where = tmp_path / "l.db"
    Users(users_file(str(where)), hasher=CHEAP).add("Iva", "admin", PASSWORD)
    with client_of(where, Settings(https=True)) as client:
        answer = client.post("/sign-in", data={"name": "Iva", "password": PASSWORD}, headers=HERE)
        assert "secure" in answer.headers["set-cookie"].lower()
        assert "strict-transport-security" in answer.headers
