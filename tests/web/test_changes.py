"""What people change through the interface: pages that are added, claims that are reviewed, names of sources."""

import re
import time
from pathlib import Path
from shutil import copy

import pytest

from onrecord.web.app import Settings
from onrecord.web.users import Users, users_file

from .conftest import CHEAP, HERE, PASSWORD, client_of, sign_in


def posted(client, path, **fields):
    return client.post(path, data=fields, headers=HERE)


def waited(client, path):
    for _ in range(400):
        html = client.get(path).text
        if "Waits to be read" not in html and "Being fetched" not in html:
            return html
        time.sleep(0.01)
    raise AssertionError("the page was not read")


def first_figure(client):
    return client.get("/api/figures?as_read=true").json()["items"][0]


# --- adding


def test_pasted_page_is_read_and_kept(own):
    text = "Governor Ole Fenn said that 31 houses were destroyed in Tarnby on Sunday."
    answer = posted(own, "/add", text=text, title="Storm", outlet="The Gazette", published="2026-03-08")
    html = waited(own, answer.headers["location"])
    assert "Done: 1 new" in html
    page = own.get(re.search(r'href="(/pages/[^"]+)"', html)[1])
    assert "31 houses" in re.sub("<[^>]+>", "", page.text)
    listed = next(one for one in own.get("/api/pages").json()["items"] if one["headline"])
    assert (listed["headline"], listed["outlet"], listed["published"]) == ("Storm", "The Gazette", "2026-03-08")


def test_same_page_again_is_there_already(own):
    text = "Governor Ole Fenn said that 31 houses were destroyed in Tarnby on Sunday."
    for says in ("Done: 1 new", "1 there already"):
        assert says in waited(own, posted(own, "/add", text=text).headers["location"])


def test_fetched_page_is_read(tmp_path, small_ledger, site):
    site.answers["/page"] = site.page
    with client_of(copy(small_ledger, tmp_path / "l.db"), Settings(allow_private=True)) as client:
        html = waited(client, posted(client, "/add", url=site.url("/page")).headers["location"])
        assert "Done: 1 new" in html
        assert "Ferry sinks off Calder" in client.get("/").text


def test_progress_is_asked_for_in_parts(own):
    path = posted(own, "/add", text="Nothing much happened in Tarnby.").headers["location"]
    waited(own, path)
    part = own.get(path, headers={"HX-Request": "true"}).text
    assert part.startswith('<div class="progress"')
    assert "<html" not in part


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "nothing to add"),
        ({"text": "x", "published": "Tuesday"}, "is no date"),
        ({"text": "x", "url": "file:///etc/passwd"}, "only http and https"),
        ({"text": "x", "outlet": "y" * 3000}, "outlet: more than"),
    ],
)
def test_form_comes_back_with_what_was_wrong(own, fields, says):
    answer = posted(own, "/add", **fields)
    assert answer.status_code == 400
    assert says in answer.text
    assert fields.get("text", "") in answer.text


# --- reviewing


def test_accept_is_a_row_and_the_queue_goes_on(own):
    waiting = own.get("/api/review/queue").json()["items"]
    html = own.get("/review").text
    assert f'action="/review/{waiting[0]["claim"]}"' in html
    answer = posted(own, f"/review/{waiting[0]['claim']}", action="accept", by="Iva", back="/review?skip=0")
    assert answer.status_code == 303
    after = own.get(answer.headers["location"]).text
    assert "Accepted" in after
    assert f'action="/review/{waiting[1]["claim"]}"' in after
    made = own.get("/api/reviews").json()["items"]
    assert [(one["action"], one["by"]) for one in made] == [("accept", "Iva")]


def test_correct_then_undo(own):
    figure = first_figure(own)
    path = f"/review/{figure['id']}"
    html = own.get(path).text
    assert 'name="was.low" value="9"' in html
    fields = {"now.low": "10", "was.low": "9", "now.high": "10", "was.high": "9", "now.unit": "", "was.unit": ""}
    answer = posted(own, path, action="correct", back=path, **fields)
    assert answer.headers["location"].startswith(f"{path}?done=correct&last=")
    corrected = own.get("/api/figures").json()["items"][0]
    assert (corrected["low"], corrected["review"]) == (10, "corrected")
    html = own.get(answer.headers["location"]).text
    review = re.search(r'name="review" value="([^"]+)"', html)[1]
    posted(own, path, action="undo", review=review, back=path)
    assert own.get("/api/figures").json()["items"][0]["low"] == 9
    assert [one["action"] for one in own.get("/api/reviews").json()["items"]] == ["correct", "undo"]


def test_second_correction_keeps_the_first(own):
    path = f"/review/{first_figure(own)['id']}"
    posted(own, path, action="correct", **{"now.low": "8", "was.low": "9"})
    html = own.get(path).text
    names = re.findall(r'name="((?:now|was)\.\w+)"[^>]*? value="([^"]*)"', html)
    fields = {**dict(names), "now.speaker": "Iva Dorn of Norhaven"}
    for select in re.findall(r'<select id="f-(\w+)".*?</select>', html, re.DOTALL):
        fields[f"now.{select}"] = fields[f"was.{select}"]
    posted(own, path, action="correct", **fields)
    figure = own.get("/api/figures").json()["items"][0]
    assert (figure["low"], figure["speaker"]) == (8, "Iva Dorn of Norhaven")


def test_reason_is_kept_as_a_comment(own):
    path = f"/review/{first_figure(own)['id']}"
    posted(own, path, action="reject", reason="counted twice")
    made = own.get("/api/reviews").json()["items"]
    assert [(one["action"], one["value"]) for one in made] == [("reject", None), ("comment", {"text": "counted twice"})]
    page = own.get("/pages/flood").text
    assert 'class="rejected"' in page
    assert "rejected by" in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"action": "correct"}, "nothing was changed"),
        ({"action": "correct", "now.low": "many", "was.low": "9"}, "does not fit"),
        ({"action": "correct", "now.place": "Atlantis", "was.place": ""}, "does not stand on the page"),
        ({"action": "correct", "now.id": "x", "was.id": ""}, "no field"),
        ({"action": "merge", "into": "ffff"}, "not in this ledger"),
        ({"action": "comment"}, "a comment has"),
        ({"action": "undo"}, "no review that can be undone"),
        ({"action": "explode"}, "choose from"),
        ({}, "choose from"),
    ],
)
def test_review_that_does_not_fit_is_refused_in_words(own, fields, says):
    answer = posted(own, f"/review/{first_figure(own)['id']}", **fields)
    assert answer.status_code == 400
    assert says in answer.text.replace("&#39;", "'")
    assert own.get("/api/reviews").json()["items"] == []


def test_queue_ends(own):
    waiting = own.get("/api/review/queue").json()["items"]
    assert "behind the" in own.get(f"/review?skip={len(waiting)}").text
    for one in waiting:
        posted(own, f"/review/{one['claim']}", action="accept")
    assert "Nothing waits for a review" in own.get("/review").text


# --- names of sources


def test_names_are_merged_and_split(own):
    text = "Mayor Dorn said two schools were closed. Captain Ole Fenn said four ships had left Norhaven."
    waited(own, posted(own, "/add", text=text).headers["location"])
    names = {one["name"] for one in own.get("/api/sources").json()["items"]}
    name, into = "Ole Fenn", "Iva Dorn"
    assert {name, into} <= names
    answer = posted(own, "/sources", name=name, other=into, verdict="merge")
    html = own.get(answer.headers["location"]).text
    assert "count as one from now on" in html
    assert "counts under Iva Dorn" in re.sub("<[^>]+>", "", html)
    assert own.get("/sources/Ole%20Fenn").headers["location"] == "/sources/Iva%20Dorn"
    posted(own, "/sources", name=name, other=into, verdict="split")
    assert own.get("/sources/Ole%20Fenn").status_code == 200


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "Iva Dorn", "other": "Nobody", "verdict": "merge"}, "no claim has this name"),
        ({"name": "Iva Dorn", "other": "Iva Dorn", "verdict": "merge"}, "needs two names"),
        ({"name": "Iva Dorn", "other": "", "verdict": "merge"}, "fill in both"),
        ({"name": "a", "other": "b", "verdict": "burn"}, "fill in both"),
    ],
)
def test_names_that_do_not_fit_are_refused(own, fields, says):
    answer = posted(own, "/sources", **fields)
    assert answer.status_code == 400
    assert says in answer.text


def test_second_reviewer_judges_without_seeing_the_first_and_both_are_counted(own):
    figure = own.get("/api/figures").json()["items"][0]["id"]
    queue = "/review?second=1&by=Bo"
    assert f"/review/{figure}" not in own.get(queue).text
    fields = {"now.low": "10", "was.low": "9", "now.high": "10", "was.high": "9", "now.point": "10", "was.point": "9"}
    posted(own, f"/review/{figure}", action="correct", by="Ada", **fields)
    html = own.get(queue).text
    assert f'action="/review/{figure}"' in html
    assert "Ada" not in html
    assert 'value="10"' not in html
    posted(own, f"/review/{figure}", action="reject", by="Bo", back=queue)
    assert f"/review/{figure}" not in own.get(queue).text
    told = own.get("/review/agreement").text
    assert "0 of 1 claim judged alike" in told
    assert f'href="/review/{figure}"' in told
    assert "Bo: <b>reject</b>" in told
    assert [one["action"] for one in own.get("/api/reviews").json()["items"]] == ["correct", "reject"]


def test_a_second_look_is_that_of_who_is_signed_in(tmp_path, small_ledger):
    where = Path(copy(small_ledger, tmp_path / "users.db"))
    Users(users_file(str(where)), hasher=CHEAP).add("Ada Fenn", "reviewer", PASSWORD)
    with client_of(where) as client:
        sign_in(client, "Ada Fenn")
        claim = first_figure(client)["id"]
        posted(client, f"/review/{claim}", action="accept")
        assert "Nothing waits" in client.get("/review?second=1&by=Bo+Marsh").text
        assert "Bo Marsh" not in client.get(f"/review/{claim}?by=Bo+Marsh").text
