"""Stories in the interface: lists, one story with its chart, links to its sentences, copies, JSON, what is wrong."""

import html as markup
import json
import re

import pytest
from click.testing import CliRunner

from onrecord.cli import main

from .test_pages import shape_of

LINK = re.compile(r'href="([^"]+)"')


@pytest.fixture(scope="module")
def told(demo):
    """The story of the sample pages that most articles tell, as the API gives it."""
    listed = demo.get("/api/stories").json()["items"]
    most = max(listed, key=lambda story: len(story["articles"]))
    return demo.get(f"/api/stories/{most['id']}").json()


@pytest.mark.parametrize("query", ["", "?q=Lethmark", "?place=Port+Callan", "?since=2020-01-01"])
def test_stories_are_those_of_the_command_line(demo, demo_ledger, query):
    options = {"": [], "?q=Lethmark": ["Lethmark"], "?place=Port+Callan": ["--place", "Port Callan"],
               "?since=2020-01-01": ["--since", "2020-01-01"]}[query]  # fmt: skip
    done = CliRunner().invoke(main, ["stories", *options, "--json", "--db", str(demo_ledger)])
    items = demo.get(f"/api/stories{query}").json()["items"]
    assert items
    assert items == [json.loads(line) for line in done.stdout.splitlines()]


def test_story_is_that_of_the_command_line(demo_ledger, told):
    done = CliRunner().invoke(main, ["story", told["id"], "--json", "--db", str(demo_ledger)])
    assert told == json.loads(done.stdout)


@pytest.mark.parametrize("path", ["/", "/stories", "/stories?q=lethmark"])
def test_lists_have_main_figure_and_conflicts(demo, told, path):
    html = demo.get(path).text
    assert f'href="/stories/{told["id"]}"' in html
    row = html.split(f"/stories/{told['id']}")[1].split("</tr>")[0]
    assert str(told["main_figure"]["low"]) in row
    conflicts = sum(one["kind"] == "conflicts" for one in told["comparisons"])
    assert f'<td class="n warn">{conflicts}</td>' in row


def test_copy_says_whose_words_it_has(demo, told):
    copy = next(article for article in told["articles"] if article.get("copy_of"))
    html = demo.get(f"/pages/{copy['id']}").text
    assert f">{copy['copy_of']}</a>" in html.split('class="banner"')[1]
    assert "as one source" in html
    own = next(article for article in told["articles"] if not article.get("copy_of"))
    assert 'class="banner"' not in demo.get(f"/pages/{own['id']}").text
    assert f'href="/stories/{told["id"]}"' in html


def test_story_is_whole(demo, told):
    answer = demo.get(f"/stories/{told['id']}")
    shape = shape_of(answer.text)
    assert (answer.status_code, shape.faults, shape.open) == (200, [], [])
    assert sorted(shape.ids) == sorted(set(shape.ids))
    assert set(shape.targets) <= set(shape.ids)
    page = markup.unescape(answer.text)
    for words in (told["name"], *told["places"], "independent sources", *(one["id"] for one in told["articles"])):
        assert words in page
    assert "Conflicts (" in page
    assert "carry the same text" in page


def test_every_dot_opens_its_words(demo, told):
    html = demo.get(f"/stories/{told['id']}").text
    dots = re.findall(r'<a class="point[^"]*" href="([^"]+)"', html)
    assert len(dots) > 10
    pages = {}
    for path, _, anchor in (dot.partition("#") for dot in dots):
        if path and path not in pages:
            pages[path] = set(shape_of(demo.get(path).text).ids)
        assert anchor in (pages[path] if path else shape_of(html).ids), anchor


def test_figure_of_an_earlier_version_stands_below_the_chart(demo):
    path = demo.get("/stories/flood").headers["location"]
    html = demo.get(path).text
    gone = html.split('class="gone"')[1].split("</details>")[0]
    anchor = re.search(r'id="(claim-[0-9a-f]+)"', gone)[1]
    assert "9 or more" in gone
    assert f'href="#{anchor}"' in html


def test_links_of_a_story_lead_somewhere(demo, told):
    html = demo.get(f"/stories/{told['id']}").text
    inner = {markup.unescape(link).partition("#")[0] for link in LINK.findall(html)} - {""}
    assert f"/api/stories/{told['id']}" in inner
    assert {path: demo.get(path).status_code for path in inner} == dict.fromkeys(inner, 200)


def test_file_is_that_of_the_export(demo, told):
    answer = demo.get(f"/stories/{told['id']}/file")
    assert answer.headers["content-disposition"] == f'attachment; filename="story-{told["id"]}.html"'
    assert shape_of(answer.text).targets


@pytest.mark.parametrize("end", ["", "?as_of=2999-01-01"])
def test_shorter_names_lead_to_the_story(demo, told, end):
    for named in (told["id"][:8], told["articles"][0]["id"]):
        answer = demo.get(f"/stories/{named}{end}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/stories/{told['id']}{end}")


def test_story_as_of_a_later_day_is_the_same(demo, told):
    html = demo.get(f"/stories/{told['id']}?as_of=2999-01-01").text
    assert "As this ledger had it at 2999-01-01" in html
    dot = re.search(r'<a class="point[^"]*" href="([^"]+)"', html)[1]
    assert re.fullmatch(r"/pages/[0-9a-f]+\?version=\d+#c-[0-9a-f]+", dot)
    assert dot.partition("#")[2] in shape_of(demo.get(dot).text).ids


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/stories/none", 404, "no such story"),
        ("/stories/none", 404, "choose one of the list at /stories"),
        ("/stories/none/file", 404, "no such story"),
        ("/stories/nwa-flash?as_of=1999", 404, "give a later date"),
        ("/stories/nwa-flash?as_of=Tuesday", 400, "no date"),
        ("/api/stories/none", 404, "no such story"),
        ("/api/stories/nwa-flash?as_of=Tuesday", 400, "no date"),
        ("/api/stories?since=Tuesday", 400, "no date"),
    ],
)
def test_error_says_what_to_do(demo, path, status, says):
    answer = demo.get(path)
    assert answer.status_code == status
    assert says in answer.text
