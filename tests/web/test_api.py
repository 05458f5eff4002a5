"""The JSON API: the same records as the command line, paging, entity tags, errors in words, its description."""

import base64
import json
import re

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.cli import main
from onrecord.ledger.queries import Query, cursor
from onrecord.records import Reading
from onrecord.web.app import ROUTES
from onrecord.web.openapi import path_of

API = [route for route in ROUTES if route.answers is not None]
LISTS = ["/api/pages", "/api/figures", "/api/said", "/api/events", "/api/sources"]


def printed(*arguments):
    """The lines that the command line prints."""
    done = CliRunner().invoke(main, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/api/figures?q=killed", ("figures", "killed", "--limit", "100")),
        ("/api/figures?outcome=injured&min=10", ("figures", "--outcome", "injured", "--min", "10")),
        ("/api/said?by=Lundmark", ("said", "--by", "Lundmark")),
        ("/api/sources?q=Lundmark", ("sources", "Lundmark")),
        ("/api/review/queue?of=event", ("review", "--of", "event")),
        ("/api/diff/flood", ("diff", "flood")),
    ],
)
def test_answers_are_those_of_the_command_line(demo, demo_ledger, path, command):
    items = demo.get(path).json()["items"]
    assert items
    assert items == printed(*command, "--db", str(demo_ledger))


def test_search_is_that_of_the_command_line(demo, demo_ledger):
    assert [demo.get("/api/search?q=killed").json()] == printed("search", "killed", "--db", str(demo_ledger))


def test_reading_is_a_reading(demo):
    answer = demo.get("/api/readings/flood")
    reading = msgspec.json.decode(answer.content, type=Reading)
    assert reading.words(reading.figures[0].number) == "At least 12"
    older = demo.get("/api/readings/flood?version=1").json()
    assert "nine" in older["page"]["text"]


@pytest.mark.parametrize("path", LISTS)
def test_list_pages_on_without_gap_or_double(demo, path):
    whole = demo.get(f"{path}?limit=1000").json()
    assert whole["next"] is None
    found, after = [], ""
    while after is not None:
        answer = demo.get(f"{path}?limit=7{after}").json()
        assert 0 < len(answer["items"]) <= 7
        found += answer["items"]
        after = answer["next"] and f"&after={answer['next']}"
    assert found == whole["items"]


@pytest.mark.parametrize("path", [*LISTS, "/api/readings/flood", "/api/openapi.json", "/api/stories", "/api/reviews"])
def test_entity_tag_saves_the_answer(demo, path):
    first = demo.get(path)
    tag = first.headers["etag"]
    again = demo.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert demo.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_entity_tag_changes_with_the_answer(own):
    before = own.get("/api/reviews").headers["etag"]
    claim = own.get("/api/figures").json()["items"][0]["id"]
    own.post(f"/review/{claim}", data={"action": "accept"}, headers={"Origin": "http://127.0.0.1:8000"})
    assert own.get("/api/reviews").headers["etag"] != before


def forged(key: str) -> str:
    """A cursor of all figures that holds this key."""
    real = base64.urlsafe_b64decode(cursor(Query(limit=100), ()) + "===")
    return base64.urlsafe_b64encode(real.replace(b"[]", key.encode())).decode().rstrip("=")


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/api/figures?limit=0", 400, "limit: 0"),
        ("/api/figures?limit=1001", 400, "limit: 1001"),
        ("/api/figures?limit=ten", 400, "does not fit"),
        ("/api/figures?colour=red", 400, "no parameter"),
        ("/api/figures?limit=1&limit=2", 400, "given twice"),
        ("/api/figures?outcome=sad", 400, "choose from"),
        ("/api/figures?since=Tuesday", 400, "no date"),
        ("/api/figures?as_of=Tuesday", 400, "no date"),
        ("/api/figures?min=9&max=3", 400, "leave nothing between"),
        ("/api/figures?min=nan", 400, "min"),
        ("/api/figures?min=1e400", 400, "min"),
        ("/api/figures?max=-inf", 400, "max"),
        ("/api/figures?after=x", 400, "no cursor"),
        ("/api/figures?after=" + forged('["2025", "a", "b"]'), 400, "no place"),
        ("/api/figures?after=" + forged("[null, 1, 2]"), 400, "no place"),
        ("/api/figures?after=" + forged('["2025", "a", 9223372036854775808]'), 400, "no claim"),
        ("/api/figures?outlet=", 400, "empty"),
        ("/api/figures?as_read=maybe", 400, "does not fit"),
        ("/api/search", 400, "no words"),
        ("/api/search?q=%22", 400, "no word"),
        ("/api/sources?after=WyIiLFsxXV0", 400, "another query"),
        ("/api/review/queue?of=moon", 400, "does not fit"),
        ("/api/readings/none", 404, "not in this ledger"),
        ("/api/readings/flood?version=9", 404, "choose one"),
        ("/api/readings/flood?version=99999999999999999999999", 404, "version"),
        ("/api/readings/flood?as_of=1999", 404, "later date"),
        ("/api/diff/none", 404, "not in this ledger"),
        ("/api/nothing", 404, "nothing is at this address"),
        ("/api", 404, "nothing is at this address"),
    ],
)
def test_error_is_json_in_words(demo, path, status, says):
    answer = demo.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    assert says in answer.json()["error"]


# --- the description


def test_description_names_every_route_and_parameter(demo):
    document = demo.get("/api/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {path_of(route) for route in API}
    for route in API:
        told = document["paths"][path_of(route)]["get"]
        assert {one["name"] for one in told["parameters"] if one["in"] == "query"} == set(route.asked)
        assert told["summary"]
        assert told["x-role"] == route.role


def test_description_refers_to_what_it_has(demo):
    text = demo.get("/api/openapi.json").text
    document = json.loads(text)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(document["components"]["schemas"])


ODD = st.one_of(
    st.text(max_size=30), st.integers().map(str), st.floats().map(str), st.sampled_from(["", "true", "2025"])
)


@pytest.mark.parametrize("route", API, ids=lambda route: route.path)
def test_nothing_asked_is_ever_an_error_of_the_server(demo, route):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(route.asked), ODD, max_size=3), ODD)
    def ask(parameters, name):
        path = re.sub(r"\{[^}]+\}", name.encode("utf-8", "replace").hex() or "x", route.path)
        parameters = {key: value.encode("utf-8", "replace").decode() for key, value in parameters.items()}
        assert demo.get(path, params=parameters).status_code in {200, 400, 404}

    ask()
