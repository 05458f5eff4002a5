"""The commands of stories, as they are typed, on the sample pages that come with the package."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml.etree import XMLParser, fromstring

import onrecord
from onrecord import cli
from onrecord.intervals import range_shown
from onrecord.manifest import DEMO


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the sample pages, read by the model."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with pytest.MonkeyPatch.context() as patch, onrecord.open(path) as ledger:
        patch.delenv("ONRECORD_TAGGER", raising=False)
        ledger.add(manifest=Path(str(files("onrecord.demo") / "manifest.jsonl")))
        ledger.make_stories()
    return path


@pytest.fixture
def db(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that ledger, named by ONRECORD_DB."""
    copy = tmp_path / "demo.db"
    copy.write_bytes(made.read_bytes())
    monkeypatch.setenv("ONRECORD_DB", str(copy))
    return copy


def run(*arguments: str, status: int = 0) -> Result:
    result = CliRunner().invoke(cli.main, arguments)
    assert result.exit_code == status, result.output
    return result


def lines(*arguments: str) -> list[dict]:
    return [json.loads(line) for line in run(*arguments, "--json").stdout.splitlines()]


def toll(story: dict) -> list[dict]:
    """The points of the series of all dead."""
    series = [one for one in story["series"] if (one["outcome"], one["scope"]) == ("killed", "whole")]
    return max(series, key=lambda one: len(one["points"]))["points"]


@pytest.mark.usefixtures("db")
def test_the_event_of_the_sample_pages_is_one_story_with_its_copies():
    story = lines("stories", "--articles", "2")[0]
    copies = {article["id"]: article["copy_of"] for article in story["articles"] if article["copy_of"]}
    assert copies == dict.fromkeys(("lpr-wire-brief", "courier-wire-copy"), "nwa-port-callan-wrap")
    assert (story["independent_sources"], story["main_figure"]["low"]) == (5, 24)
    assert "series" not in story


@pytest.mark.usefixtures("db")
def test_the_toll_rises_is_disputed_and_is_corrected():
    points = toll(lines("story", "nwa-flash")[0])
    changed = [
        (point["low"], point["state"]) for point in points if point["state"] not in ("repeated", "first", "background")
    ]
    assert changed == [
        (14, "revised_up"), (19, "revised_up"), (17, "conflicting"), (23, "revised_up"), (19, "conflicting"),
        (21, "corrected"), (21, "silently_changed"), (24, "revised_up"),
    ]  # fmt: skip
    assert points[0]["low"] == 9
    assert {point["article"] for point in points if point["copy"]} == {"lpr-wire-brief", "courier-wire-copy"}


@pytest.mark.usefixtures("db")
def test_no_injured_stand_in_the_toll_of_the_dead():
    assert 61 not in {point["low"] for point in toll(lines("story", "nwa-flash")[0])}


@pytest.mark.usefixtures("db")
def test_who_was_first_and_who_repeats_it_is_said():
    shown = " ".join(run("story", "nwa-flash", "--figures").stdout.split())
    assert (
        "14 or more: first in nwa-port-callan-wrap (Lethmark officials), 4 March 11:20; then lpr-live (the regional "
        "health office) after 10 minutes, lpr-wire-brief (copy) after 45 minutes, courier-wire-copy (copy) after 1 hour"
        ". 2 origins, 2 accounts"
    ) in shown
    points = toll(lines("story", "nwa-flash")[0])
    later = next(point for point in points if point["article"] == "lpr-live" and point["low"] == 23)
    assert later["lag_hours"] == 0.25
    assert later["first"] == next(point["figure"] for point in points if point["low"] == 23)


@pytest.mark.usefixtures("db")
def test_a_plan_and_what_came_of_it_stand_with_what_was_said():
    shown = " ".join(run("story", "nwa-flash", "--said").stdout.split())
    assert "Repeated, denied, come about - " in shown
    assert "planned: “Parliament is to vote on Friday" in shown
    assert "then: “Parliament voted 96 to 31" in shown


@pytest.mark.usefixtures("db")
def test_governor_and_city_are_a_conflict_in_words_and_by_exit_status():
    shown = run("story", "nwa-flash", "--figures", "--check", status=3).stdout
    assert "Conflicts" in shown
    assert "Who said what" not in shown
    says = [one["says"] for one in lines("story", "nwa-flash")[0]["comparisons"] if one["kind"] == "conflicts"]
    assert any("19 killed according to City officials" in one and "governor" in one for one in says)
    assert {(one["low"], one["outcome"]) for one in lines("figures", "--conflicts", "--outcome", "killed")} >= {
        (19, "killed"), (23, "killed"), (17, "killed"),
    }  # fmt: skip
    shown = run("figures", "--conflicts", "--check", status=3)
    assert "- 17 killed according to city hall (The Dunmere Herald, 4 March) against 19 killed" in shown.stdout
    assert "- 52 is more than its whole, 47 (courier-saltgate)" in shown.stdout
    assert "check: figures are at odds\n" in shown.stderr
    assert "--conflicts shows them" in run("figures", "--check", status=3).stderr
    assert "check: no figures are at odds" in run("figures", "--outcome", "evacuated", "--check").stderr
    assert lines("figures", "--conflicts", "--as-of", "2020-01-01") == []


@pytest.mark.usefixtures("db")
def test_the_page_that_was_changed_without_notice_is_shown_in_words():
    story = lines("story", "courier-ferry")[0]
    points = [point for point in toll(story) if point["article"] == "courier-ferry"]
    assert [(point["low"], point["state"], point["reported"]) for point in points] == [
        (23, "repeated", "2026-03-05T13:20:00Z"), (21, "silently_changed", "2026-03-06T07:10:00Z"),
    ]  # fmt: skip
    assert [article["id"] for article in story["articles"]].count("courier-ferry") == 1
    shown = run("story", "courier-ferry", "--figures", "--check", status=3)
    assert "Changed without notice\n- 21 killed according to the health ministry" in shown.stdout
    assert "1 figure changed without notice" in shown.stderr
    silent = lines("diff", "courier-ferry")
    assert [one["silent_edit"] for one in silent] == [True]
    (now,) = lines("figures", "--article", "courier-ferry", "--outcome", "killed")
    assert (now["low"], now["state"]) == (21, "silently_changed")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("value", "sources"),
    [(14, 2), (17, 1), (19, 2), (21, 2), (23, 5), (24, 2)],
)
def test_the_sources_of_each_toll_are_those_of_the_pages(value, sources):
    typed = ("figures", "--outcome", "killed", "--min", str(value), "--max", str(value))
    found = {row["independent_sources"] for row in lines(*typed) if row["kind"] in ("total", "running_total")}
    assert found == {sources}


@pytest.mark.usefixtures("db")
def test_a_figure_says_its_story_and_how_many_stand_behind_it():
    found = lines("figures", "--outcome", "killed", "--article", "courier-wire-copy", "--min", "10")
    assert found[0]["story"] == lines("story", "nwa-flash")[0]["id"]
    assert (found[0]["state"], found[0]["independent_sources"]) == ("repeated", 2)
    assert lines("story", "courier-hospital-dump")[0]["id"] == found[0]["story"], "a side report of the happening"


@pytest.mark.usefixtures("db")
def test_the_page_of_a_story_begins_with_what_it_is_about():
    shown = run("story", "nwa-flash").stdout.splitlines()
    articles = [article["id"] for article in lines("story", "nwa-flash")[0]["articles"]]
    pages = [page for page in DEMO.with_name("pages").iterdir() if page.stem in articles]
    assert shown[0] in {onrecord.read(page).article.headline for page in pages}
    assert shown[3].startswith("killed, people")
    page = "\n".join(shown)
    assert "all with --said" in page
    assert "all with --figures" in page
    assert "more series with --figures" in page
    whole = run("story", "nwa-flash", "--figures").stdout
    assert "with --figures" not in whole
    assert whole.count("\n") > 2 * page[: page.index("Who said what")].count("\n")
    assert "Copies" in shown


def test_the_demo_ends_with_the_story_that_its_pages_tell(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ONRECORD_TAGGER", raising=False)
    shown = run("demo").stdout
    story = shown[shown.index("2026-03-04 to 2026-03-06  ·  16 articles, 5 independent") :]
    assert "silently changed" in story
    assert story.index("Conflicts") < story.index("Changed without notice") < story.index("Copies")
    assert "onrecord story" in " ".join(story.split()).rpartition("All of it:")[2]


@pytest.mark.usefixtures("db")
def test_places_are_a_table_and_geojson():
    assert "Port Callan" in run("story", "nwa-flash", "--map").stdout
    found = lines("story", "nwa-flash", "--map")[0]
    assert found["type"] == "FeatureCollection"
    named = {one["properties"]["name"]: one for one in found["features"]}
    assert named["Port Callan"]["properties"]["figures"] > 5
    assert all(one["geometry"] is None or one["geometry"]["type"] == "Point" for one in found["features"])


def test_the_feed_has_an_entry_for_each_changed_figure(db: Path):
    feed = db.with_name("feed.xml")
    said = run("stories", "--feed", str(feed)).stderr
    entries = fromstring(feed.read_bytes(), parser=XMLParser(resolve_entities=False)).findall("{*}entry")
    assert said == f"{feed}: {len(entries)} changed figures\n"
    titles = [one.findtext("{*}title") for one in entries]
    for state in ("corrected", "silently changed"):
        assert any(title.startswith("21 killed") and title.endswith(f"({state})") for title in titles)
    assert len({one.findtext("{*}id") for one in entries}) == len(entries)
    children = next(one for one in entries if one.findtext("{*}title") == "6 children killed (revised up)")
    assert children.findtext("{*}summary").endswith(
        "up from 3 children killed according to Lethmark officials (Northern Wire Agency, 4 March). "
        f"Story: {lines('story', 'nwa-flash')[0]['name']}"
    )


def documented(root: Path) -> tuple[list[str], list[list[str]]]:
    """The table of docs/policies.md: the names of the policies, and a row for each figure."""
    text = (root / "docs" / "policies.md").read_text(encoding="utf-8")
    table = [line for line in text.split("Of the tolls of the demo")[1].split("\n") if line.startswith("|")]
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return head[1:], rows


POLICIES = ("low-best-high", "one-low-estimate", "source-and-information", "two-sources", "verified-by-two")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("policy", POLICIES)
def test_the_example_policies_grade_the_demo_as_documented(root, policy):
    path = root / "docs" / "policies" / f"{policy}.toml"
    names, rows = documented(root)
    assert sorted(names) == sorted(one.stem for one in path.parent.glob("*.toml")) == sorted(POLICIES)
    story = lines("story", "nwa-flash", "--policy", str(path))[0]
    series = [one for one in story["series"] if one["outcome"] == "killed" and one["scope"] == "whole"]
    grades = {
        (range_shown(point["low"], point["high"]), one["counted"]): point["grade"]
        for one in series
        for point in one["points"]
    }
    for figure, *expected in rows:
        value, _, counted = figure.rstrip(")").partition(" (")
        grade = grades[value, counted or "people"]
        assert (value, grade["name"]) == (value, expected[names.index(policy)])
        assert grade["says"]


@pytest.mark.usefixtures("db")
def test_grades_stand_in_the_tables_with_the_reason(root):
    policy = str(root / "docs" / "policies" / "two-sources.toml")
    shown = " ".join(run("story", "nwa-flash", "--figures", "--policy", policy).stdout.split())
    assert "- 23, two sources: 2 origins: Lethmark’s health ministry, the regional governor's office;" in shown
    assert "two-sources" not in run("story", "nwa-flash", "--figures").stdout
    asked = ("figures", "--outcome", "killed", "--article", "courier-ferry", "--policy", policy)
    assert "graded after two sources" in run(*asked).stdout
    assert [figure["grade"]["name"] for figure in lines(*asked)] == ["one named source"]
    assert "grade" not in lines(*asked[:-2])[0]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("command", [("story", "nwa-flash"), ("figures",)])
def test_a_policy_with_a_mistake_is_wrong_usage(tmp_path, command):
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n[[grade]]\nname = "a"\nwhen = { orgins = { min = 2 } }\n')
    says = run(*command, "--policy", str(path), status=2).stderr
    assert "mine.toml line 4: grade 1: when.orgins: no such key" in says


@pytest.mark.usefixtures("db")
def test_a_person_splits_merges_and_takes_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "240")
    whole = lines("stories")
    split = lines("story", "nwa-flash", "--split", "courier-funeral", "--by", "ada", "--reason", "the burial")[0]
    apart = lines("story", "courier-funeral")[0]
    assert [article["id"] for article in apart["articles"]] == ["courier-funeral"]
    merge = lines("story", "nwa-flash", "--merge", "courier-funeral", "--by", "ada")[0]
    assert lines("story", "courier-funeral")[0]["id"] == whole[0]["id"]
    for verdict in (merge, split):
        lines("story", "nwa-flash", "--undo", verdict["id"], "--by", "ada")
    assert lines("stories") == whole
    log = lines("stories", "--log")
    assert [(one["verdict"], one["undone"]) for one in log[:2]] == [("split", True), ("merge", True)]
    assert log[0]["reason"] == "the burial"
    shown = run("stories", "--log").stdout
    assert "split: courier-funeral not with courier-ferry" in shown
    assert "courier-hospital-dump and 13 more" in shown
    assert f"takes back {split['id']}" in shown


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("typed", "says", "status"),
    [
        (["story", "nowhere"], "no such story", 1),
        (["story", "nwa-flash", "--split", "nowhere"], "nowhere: no article of this story", 1),
        (["story", "nwa-flash", "--merge", "lpr-live"], "one story already", 1),
        (["story", "nwa-flash", "--undo", "nothing"], "`onrecord stories --log` lists them", 1),
        (["story", "nwa-flash", "--undo", "x", "--merge", "y"], "one thing at a time", 2),
        (["story", "nwa-flash", "--map", "--policy", "mine.toml"], "leave it out with --map", 2),
        (["story", "nwa-flash", "--policy", "mine.toml", "--undo", "x"], "leave it out with --undo", 2),
        (["story", "nwa-flash", "--policy", "nowhere.toml"], "nowhere.toml: No such file or directory; give a", 2),
        (["stories", "--since", "Monday"], "since: 'Monday' is no date", 2),
        (["stories", "--log", "--feed", "-", "callan"], "leave out WORDS, --feed", 2),
        (["stories", "--feed", "-", "--json"], "give one of them", 2),
        (["stories", "--feed", "nowhere/feed.xml"], "nowhere/feed.xml: No such file or directory; give a file", 1),
    ],
)
def test_what_cannot_be_done_is_said(typed, says, status):
    assert says in run(*typed, status=status).stderr
