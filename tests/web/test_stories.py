"""Stories in the interface: lists, one story with its chart, links to its sentences, copies, JSON, what is wrong."""

import json

import pytest
from click.testing import CliRunner

from onrecord.cli import main


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
