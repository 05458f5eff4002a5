"""making.py: the same articles give the same stories, however they come; nothing is lost by a kill."""

import random
from contextlib import suppress
from datetime import UTC, datetime
from itertools import permutations

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import delete, func, select, text

from onrecord import adding, making, shelf
from onrecord.errors import LedgerError, QueryError
from onrecord.ledger import schema, story_answers, story_rows, story_verdicts
from onrecord.ledger.erasure import erase
from onrecord.ledger.migrations.versions import m0004_story_words
from onrecord.ledger.story_answers import Wanted
from onrecord.ledger.story_verdicts import Said
from onrecord.manifest import Given
from onrecord.records import Origin, Story, from_json
from onrecord.stories import pieces

WIRE = (
    "A dam above Norhaven gave way on Monday and the flood killed at least nine people, the mayor, Iva Dorn, said.\n\n"
    "Rescue teams from the Selmark coast guard searched the lower streets of Norhaven by boat until nightfall. "
    "Two bridges over the Varn river collapsed and the railway to Selmark was cut in three places, Dorn said."
)
PAGES = {
    "wire": ("2026-03-02T06:00:00Z", "Northern Wire", WIRE),
    "copy": (
        "2026-03-02T18:00:00Z",
        "Courier",
        WIRE + "\n\nThe Courier's office in Norhaven was not reached by the water.",
    ),
    "day2": (
        "2026-03-03",
        "Herald",
        "The flood in Norhaven killed 14 people, the mayor, Iva Dorn, said on Tuesday, after the dam on the Varn gave "
        "way. Teams of the Selmark coast guard still searched the lower streets of Norhaven by boat.",
    ),
    "late": (
        "2026-03-04",
        "Gazette",
        "Norhaven counted 21 dead after the flood from the broken Varn dam, mayor Iva Dorn said on Wednesday. The "
        "Selmark coast guard ended its search of the lower streets of Norhaven.",
    ),
    "other": (
        "2026-03-03",
        "Herald",
        "A court in Pellam sentenced the former harbour master, Teo Kastel, to four years in prison on Tuesday for "
        "taking bribes from shipping companies, the prosecutor Lena Marsh said.",
    ),
}


def given(name, data=None):
    published, outlet, words = PAGES[name]
    origin = Origin(name=name, id=name, outlet=outlet, published=published, title=f"{name} page")
    return Given(origin=origin, data=(data or words).encode())


def records_of(connection, wanted=None, as_of=None):
    return [from_json(one.record, Story) for one in story_answers.stories(connection, wanted or Wanted(), as_of)]


def stories_of(store):
    with store.reading() as connection:
        return sorted((one.id, one.record, one.states) for one in story_answers.stories(connection, Wanted()))


def members(store):
    with store.reading() as connection:
        found = records_of(connection)
    return sorted(sorted(article.id for article in story.articles) for story in found)


def rows(store):
    """How many rows there are of each table that making writes."""
    tables = (schema.accounts, schema.account_pairs, schema.story_versions, schema.story_articles, schema.claim_states)
    with store.reading() as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


@pytest.fixture
def told(store):
    """A ledger with all pages, and its stories."""
    adding.add(store, [given(name) for name in PAGES])
    making.make(store)
    return store


def test_articles_of_one_happening_are_one_story(told):
    assert members(told) == [["copy", "day2", "late", "wire"], ["other"]]
    with told.reading() as connection:
        story = records_of(connection, Wanted(articles=2))[0]
    assert {article.id: article.copy_of for article in story.articles if article.copy_of} == {"copy": "wire"}
    assert (story.from_, story.to, story.independent_sources) == ("2026-03-02", "2026-03-04", 3)
    assert [(pair.a, pair.b) for pair in story.copies if pair.kind == "copy"] == [("copy", "wire")]
    assert story.main_figure.low == 21


def test_any_order_gives_the_same_stories(fresh, told):
    expected = stories_of(told)
    for order in list(permutations(PAGES))[7::23]:
        other = making_store(fresh)
        for some in (order[:2], order[2:3], order[3:]):
            adding.add(other, [given(name) for name in some])
            making.make(other)
        assert stories_of(other) == expected, order
        other.close()


CORRECTED = PAGES["late"][2].replace("21 dead", "19 dead") + "\n\nCorrection: an earlier version said 21 were dead."
AFTER = {"corrected": {"late"}, "split": {"late", "wire", "copy", "day2"}, "merge": {"other", "wire"}}
"""Steps besides the pages, and what must be in the ledger before."""


def drawn_steps(rng):
    """The pages, a correction and two decisions of a person, in an order that can be."""
    steps, left = [], [*PAGES, *AFTER]
    while left:
        steps.append(rng.choice([one for one in left if AFTER.get(one, set()) <= set(steps)]))
        left.remove(steps[-1])
    return steps


def take(store, step):
    if step == "split":
        decide(store, "split", ["late"], ["wire", "copy", "day2"])
    elif step == "merge":
        decide(store, "merge", ["other"], ["wire"])
    else:
        adding.add(store, [given(step) if step in PAGES else given("late", CORRECTED)])


def make_with_a_kill(store, at):
    """Make stories; the process dies after so many steps, and another one goes on."""
    steps = iter(range(1, 99))

    def dies(_, __):
        if next(steps) == at:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        making.make(store, dies)
    making.make(store)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_batches_correction_decisions_and_kill_give_the_same_stories(fresh, seed, monkeypatch):
    monkeypatch.setattr(making, "TAKEN_TOGETHER", 2)
    monkeypatch.setattr(making, "WRITTEN_TOGETHER", 1)
    moment = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
    straight = adding.Store(fresh(), clock=lambda: moment)
    for step in (*PAGES, *AFTER):
        take(straight, step)
    making.make(straight)
    assert members(straight) == [["copy", "day2", "other", "wire"], ["late"]]
    rng = random.Random(seed)  # noqa: S311  an order, no secret
    other = adding.Store(fresh(), clock=lambda: moment)
    for step in drawn_steps(rng):
        take(other, step)
        if rng.random() < 0.6:
            make_with_a_kill(other, rng.randrange(1, 6))
    making.make(other)
    assert stories_of(other) == stories_of(straight)
    for store in (straight, other):
        store.close()


@pytest.mark.parametrize("most", [1, 2])
def test_any_order_gives_the_same_stories_where_pieces_are_too_large(fresh, most, monkeypatch):
    monkeypatch.setattr(pieces, "MOST_TOGETHER", most)
    moment = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
    straight, other = (adding.Store(fresh(), clock=lambda: moment) for _ in range(2))
    for step in (*PAGES, *AFTER):
        take(straight, step)
    making.make(straight)
    for step in drawn_steps(random.Random(most)):  # noqa: S311  an order, no secret
        take(other, step)
        making.make(other)
    assert stories_of(other) == stories_of(straight)
    for store in (straight, other):
        store.close()


def making_store(fresh):
    return adding.Store(fresh())


def test_making_again_writes_nothing(told):
    before = rows(told)
    adding.add(told, [given(name) for name in PAGES])
    assert not making.is_pending(told)
    assert making.make(told) == making.Made()
    assert rows(told) == before


def test_a_kill_between_steps_loses_nothing(fresh, told, monkeypatch):
    expected = stories_of(told)
    monkeypatch.setattr(making, "TAKEN_TOGETHER", 2)
    monkeypatch.setattr(making, "WRITTEN_TOGETHER", 1)
    for kill_at in range(1, 6):
        other = making_store(fresh)
        adding.add(other, [given(name) for name in PAGES])
        steps = iter(range(1, 99))

        def dies(_, __, steps=steps, kill_at=kill_at):
            if next(steps) == kill_at:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            making.make(other, dies)
        assert making.is_pending(other)
        making.make(other)
        assert stories_of(other) == expected
        other.close()


def test_a_ledger_of_an_older_version_gets_its_index(fresh, told):
    expected = stories_of(told)
    older = making_store(fresh)
    adding.add(older, [given(name) for name in ("wire", "copy", "other")])
    making.make(older)
    with older.writing(fully=True) as connection:
        connection.execute(delete(schema.ACCOUNT_KEYS))
    adding.add(older, [given(name) for name in ("day2", "late")])
    making.make(older)
    assert stories_of(older) == expected
    older.close()


def test_what_an_older_version_packed_is_made_anew(fresh, told, monkeypatch):
    other = making_store(fresh)
    names = list(PAGES)
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "FORM", b"0:")
        adding.add(other, [given(name) for name in names[:3]])
        making.make(other)
    adding.add(other, [given(name) for name in names[3:]])
    making.make(other)
    assert stories_of(other) == stories_of(told)
    other.close()


def test_a_revised_page_is_told_again_and_its_story_keeps_its_history(told):
    before = stories_of(told)
    words = PAGES["late"][2].replace("21 dead", "23 dead")
    adding.add(told, [given("late", words)])
    assert making.make(told).stories == 1
    assert stories_of(told) != before
    with told.reading() as connection:
        story = records_of(connection, Wanted(articles=2))[0]
        first, last = story_answers.times_made(connection, story.id)
        then = records_of(connection, Wanted(articles=2), first)
    assert first < last
    assert (story.main_figure.low, [one.main_figure.low for one in then]) == (23, [21])


def test_articles_are_found_by_their_newest_version_only(told):
    adding.add(told, [given("late", PAGES["late"][2].replace("21 dead", "23 dead"))])
    making.make(told)
    account = schema.accounts.c
    with told.reading() as connection:
        newest = set(connection.execute(select(func.max(account.row)).group_by(account.document)).scalars())
        found = set(connection.execute(select(schema.ACCOUNT_KEYS.c.account).distinct()).scalars())
        assert len(newest) < connection.execute(select(func.count(account.row))).scalar_one()
    assert found == newest


def test_a_story_that_is_no_more_says_so(store):
    adding.add(store, [given("day2")])
    making.make(store)
    with store.reading() as connection:
        first = story_answers.stories(connection, Wanted())[0].id
    adding.add(store, [given("wire")])
    assert making.make(store) == making.Made(articles=1, stories=1, gone=1)
    with store.reading() as connection:
        assert story_answers.last_versions(connection, [first])[first].gone
        with pytest.raises(LedgerError, match="this story is no more"):
            story_answers.find_story(connection, first)
        assert story_answers.find_story(connection, "day2").id != first


def decide(store, verdict, ones, others):
    with store.writing(fully=True) as connection:
        names = {row.name: row.id for row in connection.execute(select(schema.documents))}
        said = Said(by="ada", at=store.now())
        return story_verdicts.decide(connection, verdict, map(names.get, ones), map(names.get, others), said)


def test_what_a_person_decides_is_kept_and_can_be_undone(told):
    whole = stories_of(told)
    split = decide(told, "split", ["late"], ["wire", "copy", "day2"])
    making.make(told)
    assert members(told) == [["copy", "day2", "wire"], ["late"], ["other"]]
    merge = decide(told, "merge", ["late"], ["other"])
    making.make(told)
    assert members(told) == [["copy", "day2", "wire"], ["late", "other"]]
    with told.writing(fully=True) as connection:
        for id in (split.id, merge.id):
            story_verdicts.undo(connection, id, Said(by="ada", at=told.now()))
    making.make(told)
    assert stories_of(told) == whole


def test_erasure_takes_an_article_out_of_its_story(told):
    erase(told, "wire", by="ada", reason="court order")
    with told.reading() as connection:
        left = connection.execute(text("SELECT count(*) FROM story_versions WHERE record LIKE '%wire%'")).scalar()
    assert left == 0
    making.make(told)
    assert members(told) == [["copy", "day2", "late"], ["other"]]


def test_erasure_of_a_lone_article_ends_its_story(told):
    erase(told, "other", by="ada", reason="court order")
    making.make(told)
    assert members(told) == [["copy", "day2", "late", "wire"]]
    assert not making.is_pending(told)


def test_far_apart_in_time_is_another_story_whatever_comes_first(store):
    _, outlet, words = PAGES["wire"]
    later = Given(
        origin=Origin(name="later", id="later", outlet=outlet, published="2026-09-02", title="later page"),
        data=words.encode(),
    )
    adding.add(store, [later, given("wire")])
    making.make(store)
    assert members(store) == [["later"], ["wire"]]


def test_articles_without_a_date_are_compared_with_all(store):
    undated = Given(origin=Origin(name="undated", id="undated", outlet="Post", title="x"), data=WIRE.encode())
    adding.add(store, [given("wire"), given("other")])
    making.make(store)
    adding.add(store, [undated])
    making.make(store)
    assert members(store) == [["other"], ["undated", "wire"]]


def test_two_makings_at_once_do_not_mix(told, monkeypatch):
    adding.add(told, [given("late", PAGES["late"][2] + " The mayor thanked them.")])
    taken = making._take_in

    def other_is_quicker(store, shelf):
        count = taken(store, shelf)
        if not count:
            with store.writing() as connection:
                story_rows.add_making(connection, story_rows.Marks(account=1), store.now())
            monkeypatch.setattr(making.story_rows, "made_until", lambda _: story_rows.Marks(account=next(marks)))
        return count

    marks = iter(range(2, 9))
    monkeypatch.setattr(making, "_take_in", other_is_quicker)
    said = []
    assert making.make_if_possible(told, said.append) is None
    assert "another process makes stories" in said[0]


def test_list_goes_on_behind_a_story(store):
    undated = Given(origin=Origin(name="undated", id="undated", title="undated"), data=PAGES["other"][2].encode())
    adding.add(store, [*(given(name) for name in PAGES), undated])
    making.make(store)
    with store.reading() as connection:
        whole = [one.id for one in story_answers.stories(connection, Wanted())]
        paged, after = [], None
        while some := story_answers.stories(connection, Wanted(limit=1, after=after)):
            after = some[0].id
            paged.append(after)
        searched = story_answers.stories(connection, Wanted(words="page", limit=1, after=whole[0]))
        with pytest.raises(QueryError, match="begin the list again"):
            story_answers.stories(connection, Wanted(after="nothing"))
    assert len(whole) >= 2
    assert paged == whole
    assert [one.id for one in searched] == whole[1:2]


def test_list_as_of_a_time_goes_on_as_it_was_then(store):
    adding.add(store, [given("wire"), given("other")])
    making.make(store)
    then = store.now()
    adding.add(store, [given("late")])
    making.make(store)
    with store.reading() as connection:
        newest, oldest = (one.id for one in story_answers.stories(connection, Wanted(), then))
        now = [one.id for one in story_answers.stories(connection, Wanted())]
        behind = [one.id for one in story_answers.stories(connection, Wanted(after=newest), then)]
        assert story_answers.stories(connection, Wanted(after=oldest), then) == []
    assert behind == [oldest]
    assert now == [oldest, newest]


def words_of_stories(store):
    with store.reading() as connection:
        table = schema.story_words.c
        return sorted(connection.execute(select(table.version, table.name, table.places, table.articles)).all())


def test_erasure_takes_the_words_that_a_story_is_found_by(told):
    assert any("other page" in name for _, name, _, _ in words_of_stories(told))
    erase(told, "other", by="iva", reason="court order 12/26")
    assert not any("other page" in name for _, name, _, _ in words_of_stories(told))
    assert any("norhaven" in places for _, _, places, _ in words_of_stories(told))


def test_the_migration_finds_the_words_of_stories_that_were_made_before(told):
    before = words_of_stories(told)
    with told.writing() as connection:
        sqlite = connection.dialect.name == "sqlite"
        for statement in (
            "DROP TABLE story_words",
            f"DROP INDEX ix_story_versions_listed{'' if sqlite else '_nulls'}",
            *([] if sqlite else ["DROP FUNCTION story_words_blank"]),
        ):
            connection.execute(text(statement))
        with Operations.context(MigrationContext.configure(connection)):
            m0004_story_words.upgrade()
    assert words_of_stories(told) == before != []
