"""What a ledger answers of stories is the same on SQLite and on PostgreSQL; the sample pages are read once for each."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import postgres
from onrecord import cli
from onrecord.ledger.store import Store
from onrecord.manifest import DEMO
from onrecord.opening import Ledger
from onrecord.policies import load_policy
from onrecord.records import to_json
from onrecord.story_feed import atom
from onrecord.told import ToldStory

ADDED, SPLIT, UNDONE = (datetime(2026, 3, day, 6, tzinfo=UTC) for day in (7, 8, 9))
"""When the pages come in, and when a person decides."""

FUNERAL = "courier-funeral"


@pytest.fixture(scope="module")
def both(
    server: postgres.Server, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Ledger, Ledger]]:
    """The sample pages in two ledgers, with a split that was taken back; the clock stands still at each step."""
    now = [ADDED]
    ledgers = []
    for where in (str(tmp_path_factory.mktemp("alike") / "demo.db"), server.fresh(template)):
        ledger = Ledger(where)
        ledger.store.close()
        ledger.store = Store(where, clock=lambda: now[0])
        now[0] = ADDED
        ledger.add(manifest=DEMO)
        ledger.make_stories()
        now[0] = SPLIT
        verdict = ledger.split_story(FUNERAL, FUNERAL, by="ada", reason="the burial")
        ledger.make_stories()
        now[0] = UNDONE
        ledger.undo_story_verdict(verdict.id, by="ada")
        ledger.make_stories()
        ledgers.append(ledger)
    yield ledgers[0], ledgers[1]
    for ledger in ledgers:
        ledger.close()


def whole(stories: list[ToldStory]) -> list[bytes]:
    return [to_json(one) for one in stories]


def graded(ledger: Ledger, root: Path) -> list[bytes]:
    policy = load_policy(root / "docs" / "policies" / "two-sources.toml")
    story = ledger.graded(ledger.story("nwa-flash"), policy)
    found = ledger.graded_figures(ledger.figures(outcome="killed"), policy)
    return [to_json(story.record), *map(to_json, found)]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda ledger, _: whole(ledger.stories()), id="stories"),
        pytest.param(lambda ledger, _: whole(ledger.stories("port callan", articles=2, limit=1)), id="words"),
        pytest.param(lambda ledger, _: whole(ledger.stories(place="Saltgate")), id="a place"),
        pytest.param(lambda ledger, _: whole(ledger.stories(since="2026-03-05", until="2026-03-06")), id="days"),
        pytest.param(lambda ledger, _: whole([ledger.story("courier-ferry")]), id="a story by its article"),
        pytest.param(lambda ledger, _: whole([ledger.story(FUNERAL, as_of="2026-03-08")]), id="as of the split"),
        pytest.param(lambda ledger, _: whole(ledger.stories(as_of="2026-03-07")), id="as of before the split"),
        pytest.param(lambda ledger, _: [*map(to_json, ledger.figures())], id="figures"),
        pytest.param(lambda ledger, _: [*map(to_json, ledger.figures(conflicts=True))], id="conflicts"),
        pytest.param(
            lambda ledger, _: [*map(to_json, ledger.said(story=ledger.story("nwa-flash").id))], id="who said what"
        ),
        pytest.param(lambda ledger, _: [*map(to_json, ledger.story_verdicts())], id="verdicts"),
        pytest.param(lambda ledger, _: [atom(ledger.stories())], id="feed"),
        pytest.param(lambda ledger, _: [*map(to_json, ledger.diff("courier-ferry"))], id="a silent edit"),
        pytest.param(graded, id="grades"),
    ],
)
def test_sqlite_and_postgresql_tell_the_same(
    both: tuple[Ledger, Ledger], root: Path, answer: Callable[[Ledger, Path], list[Any]]
) -> None:
    ours, theirs = (answer(ledger, root) for ledger in both)
    assert ours
    assert theirs == ours


def test_a_split_is_seen_as_of_its_time(both: tuple[Ledger, Ledger]) -> None:
    for ledger in both:
        articles = [[one.id for one in ledger.story(FUNERAL, as_of=day).articles] for day in ("2026-03-08", None)]
        assert articles[0] == [FUNERAL]
        assert len(articles[1]) > 10


def test_the_commands_print_the_same(both: tuple[Ledger, Ledger], server: postgres.Server) -> None:
    printed = []
    for ledger in both:
        typed = ["--db", ledger.store.where, "--json"]
        results = [
            CliRunner().invoke(cli.main, [*command, *typed])
            for command in (["stories"], ["story", "nwa-flash", "--check"], ["figures", "--conflicts", "--check"])
        ]
        assert [one.exit_code for one in results] == [0, 3, 3], [one.stderr for one in results]
        printed.append([json.loads(line) for one in results for line in one.stdout.splitlines()])
    assert printed[0] == printed[1]
