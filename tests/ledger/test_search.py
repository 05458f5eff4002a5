"""Questions of a ledger and their answers, on both databases, and the same answers from both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

import postgres
import queries as made
from onrecord.answers import ClaimOnRecord
from onrecord.errors import QueryError
from onrecord.ledger import finding, review, schema, search, source_counts
from onrecord.ledger.erasure import erase
from onrecord.ledger.matching import matches
from onrecord.ledger.queries import Query, checked
from onrecord.ledger.query_words import parse_query
from onrecord.ledger.store import Store
from onrecord.records import to_json

FIGURES = 120


@pytest.fixture(scope="module")
def maker() -> made.Maker:
    return made.Maker()


@pytest.fixture(scope="module")
def ledger(fresh: Callable[[], str], maker: made.Maker) -> Iterator[Store]:
    """A ledger of made pages, for tests that change nothing."""
    store = Store(fresh())
    fill(store, FIGURES)
    yield store
    store.close()


def fill(store: Store, figures: int) -> None:
    made.fill(store, made.Maker(), figures)


def ask(store: Store, kind, query: Query) -> list[ClaimOnRecord]:
    with store.reading() as connection:
        return list(search.claims(connection, kind, query).claims)


def found(store: Store, query: Query, **options) -> finding.Found:
    with store.reading() as connection:
        return finding.find_words(connection, query, **options)


def everything(store: Store, kind) -> list[ClaimOnRecord]:
    return ask(store, kind, Query())


QUERIES = [
    Query(outcome="injured"),
    Query(outcome="injured", min=20, min_open=True),
    Query(min=20, max=500),
    Query(max=20, max_open=True),
    Query(min=7.5),
    Query(counted="drones"),
    Query(counted="firefighters"),
    Query(counted="FIRE"),
    Query(counted="fighters"),
    Query(kind="total", polarity="affirmed", modality="actual"),
    Query(kind="share"),
    Query(since="2026-01-05"),
    Query(until="2026-01-03"),
    Query(since="2026-01-03", until="2026-01-05"),
    Query(since="2027"),
    Query(place="ba"),
    Query(place="%"),
    Query(place="_"),
    Query(source="Ada"),
    Query(source="ada"),
    Query(source="da"),
    Query(source="Ada", outcome="killed"),
    Query(outlet="gazette"),
    Query(outlet="azette"),
    Query(article="gazette-2"),
    Query(text="were killed"),
    Query(text='"were killed in"'),
    Query(text="kill*"),
    Query(text="people -killed"),
    Query(text="PEOPLE"),
    Query(act="assert"),
    Query(form="indirect"),
    Query(to="Ada"),
    Query(conflicts=True),
]


@pytest.mark.parametrize("kind", ["figure", "statement", "event"])
def test_database_and_python_choose_the_same_claims(ledger: Store, kind) -> None:
    whole = everything(ledger, kind)
    with ledger.reading() as connection:
        rows = connection.execute(schema.claims.select().where(schema.claims.c.kind == kind))
        words = {row.id: row.words for row in rows}
    for query in QUERIES:
        wanted = [claim for claim in whole if matches(checked(query), claim, words=words[claim.id])]
        if query.conflicts:
            wanted = []
        assert ask(ledger, kind, query) == wanted, query


def test_most_queries_of_the_suite_find_something_and_leave_something_out(ledger: Store) -> None:
    sizes = [len(ask(ledger, "figure", query)) for query in QUERIES]
    assert sum(0 < size < FIGURES for size in sizes) >= 15


def test_typed_query_finds_the_figures_it_says(ledger: Store) -> None:
    place = everything(ledger, "figure")[0].place.name
    answers = ask(ledger, "figure", parse_query(f"in {place} > 1"))
    assert answers
    assert all(figure.place.name == place and (figure.high or figure.low) > 1 for figure in answers)


def test_newest_publication_comes_first_then_the_order_of_the_page(ledger: Store) -> None:
    keys = [(figure.published, figure.article, figure.number.start) for figure in everything(ledger, "figure")]
    assert keys == sorted(sorted(keys, key=lambda key: key[1:]), key=lambda key: key[0], reverse=True)


def test_answers_carry_the_words_of_the_page(ledger: Store) -> None:
    for figure in everything(ledger, "figure")[:20]:
        evidence = figure.evidence
        assert evidence.as_written.counted in evidence.sentence
        assert evidence.as_written.number.endswith(str(figure.point))
        assert evidence.as_written.place == figure.place.name
        assert len(evidence.sha256) == 64
        assert evidence.page
        assert evidence.reader.version == "made"
        assert evidence.seen


def test_figure_has_the_fields_of_the_interface(ledger: Store) -> None:
    figure = everything(ledger, "figure")[0]
    names = figure.__struct_fields__
    assert {"article", "outlet", "published", "story", "independent_sources", "state"} <= set(names)
    assert (figure.story, figure.independent_sources, figure.state) == (None, None, None)
    said = everything(ledger, "statement")[0]
    assert said.words == said.evidence.as_written.content[0]


# --- paging --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 7, 60, FIGURES, FIGURES + 1])
def test_pages_are_the_whole(ledger: Store, limit: int) -> None:
    pages, after = [], None
    with ledger.reading() as connection:
        while True:
            answers = search.claims(connection, "figure", Query(limit=limit, after=after))
            pages += answers.claims
            assert len(answers.claims) <= limit
            after = answers.next
            if after is None:
                break
    assert pages == everything(ledger, "figure")


def test_pages_do_not_shift_when_the_ledger_grows(store: Store) -> None:
    maker = made.Maker()
    made.fill(store, maker, 60)
    before = everything(store, "figure")
    with store.reading() as connection:
        first = search.claims(connection, "figure", Query(limit=25))
    made.fill(store, maker, 60)  # published on later days: they come before the first page
    with store.reading() as connection:
        second = search.claims(connection, "figure", Query(limit=100, after=first.next))
    assert [*first.claims, *second.claims] == before


def test_all_claims_in_small_batches_are_the_same(ledger: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = everything(ledger, "figure")
    monkeypatch.setattr(search, "BATCH", 7)
    with ledger.reading() as connection:
        assert list(search.all_claims(connection, "figure", Query())) == whole
        assert list(search.all_claims(connection, "figure", Query(limit=10))) == whole[:10]


def test_few_answers_are_sorted_and_many_are_walked_to_alike(ledger: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    both: list[list[object]] = []
    for few, pages in ((FIGURES * 10, 64), (0, 1), (0, 3)):
        monkeypatch.setattr(search, "FEW", few)
        monkeypatch.setattr(search, "FIRST_PAGES", pages)
        answers: list[object] = []
        with ledger.reading() as connection:
            for query in QUERIES:
                first = search.claims(connection, "figure", replace(query, limit=7))
                answers.append(first)
                if first.next:
                    answers.append(search.claims(connection, "figure", replace(query, limit=7, after=first.next)))
                answers.append(search.claims(connection, "figure", query))
        both.append(answers)
    assert both[0] == both[1] == both[2]


@pytest.mark.parametrize("few", [0, 4000])
def test_corrected_claims_stand_in_their_place(store: Store, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    fill(store, 60)
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(search, "FIRST_PAGES", 1)
    order = [figure.id for figure in everything(store, "figure")]
    with store.writing() as connection:
        for claim in order[10:40:9]:
            given = review.Given(claim=claim, action="correct", fields={"low": 7_777_777, "high": 7_777_777})
            review.review(connection, given, by="ada", at=store.now())
    assert [figure.id for figure in everything(store, "figure")] == order
    assert [figure.id for figure in ask(store, "figure", Query(min=7_777_777))] == order[10:40:9]
    with store.reading() as connection:
        first = search.claims(connection, "figure", Query(min=7_777_777, limit=2))
        rest = search.claims(connection, "figure", Query(min=7_777_777, limit=2, after=first.next))
    assert [figure.id for figure in (*first.claims, *rest.claims)] == order[10:40:9]


def test_story_has_its_claims_as_it_was_made_last(store: Store) -> None:
    made.fill(store, made.Maker(), made.FIGURES_OF_PAGE * (made.PAGES_OF_STORY + 1))
    made.make_stories(store)
    claims = ask(store, "figure", Query(story="story-1"))
    assert len(claims) == made.FIGURES_OF_PAGE * made.PAGES_OF_STORY
    assert len(ask(store, "statement", Query(story="story-2"))) == made.FIGURES_OF_PAGE // 2
    assert ask(store, "figure", Query(story="story-9")) == []
    with store.writing() as connection:
        asked = select(schema.claims.c.document).where(schema.claims.c.id == claims[0].id)
        document = connection.execute(asked).scalar_one()
        other = {"row": 99_999, "document": document, "story": "story-2", "made_at": "2027"}
        connection.execute(schema.story_articles.insert(), other)
    left = ask(store, "figure", Query(story="story-1"))
    assert len(left) == len(claims) - made.FIGURES_OF_PAGE
    assert claims[0].id not in {claim.id for claim in left}
    assert len(ask(store, "figure", Query(story="story-1", as_of="2026-12-31"))) == len(claims)
    assert ask(store, "figure", Query(story="story-1", text="nothingofthis")) == []


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("injured in Calder > 20", {23, 40}), ("injured in Calder at least 23", {23, 40}), ("injured 20 to 30", {20, 23})],
)
def test_quantity_search_answers_in_pages_of_one(store: Store, add, typed: str, numbers: set[int]) -> None:
    for number in (20, 23, 40):
        add(store, f"{number} people were injured in Calder on Monday.".encode(), f"p{number}")
    add(store, b"40 people were injured in Norhaven on Monday, 40 people were killed in Calder.", "other")
    found, after = [], None
    with store.reading() as connection:
        while True:
            page = search.claims(connection, "figure", parse_query(typed, Query(limit=1, after=after)))
            found += page.claims
            after = page.next
            if after is None:
                break
        whole = search.claims(connection, "figure", parse_query(typed)).claims
    assert tuple(found) == whole
    assert {figure.low for figure in found if figure.article != "other"} == numbers


def test_figures_in_conflict_are_those_of_failed_checks(store: Store, add) -> None:
    add(store, b"Nine people were killed in Norhaven on Monday. Ten people were hurt there.", "flood")
    add(store, b"Four people were killed in Calder on Monday.", "crash")
    ids = {figure.article: figure.id for figure in everything(store, "figure")}
    with store.writing() as connection:
        rows = dict(connection.execute(select(schema.claims.c.id, schema.claims.c.reading)).all())
        for number, (article, holds) in enumerate((("flood", 0), ("crash", 1)), 1000):
            check = {"row": number, "reading": rows[ids[article]], "position": 50, "kind": "sum", "holds": holds}
            connection.execute(schema.checks.insert(), {**check, "figures": f'["{ids[article]}"]', "says": "9 = 8"})
    assert ids["flood"] in {figure.id for figure in ask(store, "figure", Query(conflicts=True))}
    assert ask(store, "figure", Query(conflicts=True, article="crash")) == []
    with store.writing() as connection:
        status = {"row": 1, "claim": ids["crash"], "status": "disputed", "recorded_at": "2026-03-05T00:00:00.000000Z"}
        connection.execute(schema.claim_status.insert(), status)
    assert [figure.id for figure in ask(store, "figure", Query(conflicts=True, article="crash"))] == [ids["crash"]]
    assert ask(store, "figure", Query(conflicts=True, article="crash", as_of="2026-03-04")) == []


def test_figures_in_conflict_on_a_version_before_are_not_any_more(store: Store, add) -> None:
    url = "https://gazette.example/flood"
    add(store, b"Nine people were killed in Norhaven on Monday.", "flood", url=url)
    (figure,) = everything(store, "figure")
    with store.writing() as connection:
        reading = connection.execute(select(schema.readings.c.row)).scalar_one()
        check = {"row": 1000, "reading": reading, "position": 50, "kind": "sum", "holds": 0, "says": "9 = 8"}
        connection.execute(schema.checks.insert(), {**check, "figures": f'["{figure.id}"]'})
    assert len(ask(store, "figure", Query(conflicts=True))) == 1
    add(store, b"Nine people were killed in Norhaven on Monday. A bridge is closed.", "flood", url=url)
    assert [one.id for one in everything(store, "figure")] == [figure.id]
    assert ask(store, "figure", Query(conflicts=True)) == []


# --- time ----------------------------------------------------------------------------------------------------------


def test_answers_as_of_a_time_are_those_of_then(store: Store, add) -> None:
    add(store, b"Nine people were killed in Norhaven on Monday.", "flood", url="https://gazette.example/flood")
    then = store.now()
    add(store, b"Ten people were killed in Norhaven on Monday.", "flood", url="https://gazette.example/flood")
    add(store, b"Two people were injured in Calder on Monday.", "crash", url="https://gazette.example/crash")
    assert [figure.low for figure in ask(store, "figure", Query(outcome="killed"))] == [10]
    earlier = ask(store, "figure", Query(as_of=then))
    assert [(figure.low, figure.article) for figure in earlier] == [(9, earlier[0].article)]
    assert earlier[0].evidence.page != ask(store, "figure", Query(outcome="killed"))[0].evidence.page
    assert ask(store, "figure", Query(as_of="2020-01-01")) == []
    assert found(store, Query(text="killed", as_of=then)).total == found(store, Query(text="nine", as_of=then)).total
    assert found(store, Query(text="nine")).total == 0


def test_erased_claims_are_found_no_more(store: Store, add) -> None:
    add(store, b"Nine people were killed in Norhaven on Monday.", "flood", url="https://gazette.example/flood")
    add(store, b"Two people were injured in Calder on Monday.", "crash", url="https://gazette.example/crash")
    erase(store, "flood", by="ada", reason="a court order")
    assert [figure.article for figure in everything(store, "figure")] == ["crash"]
    assert ask(store, "figure", Query(place="Norhaven")) == []
    assert found(store, Query(text="Norhaven")).total == 0
    with store.reading() as connection:
        assert "Norhaven" not in connection.execute(select(schema.PLACES.c.name)).scalars().all()


# --- sources -------------------------------------------------------------------------------------------------------


def test_sources_are_counted(ledger: Store) -> None:
    with ledger.reading() as connection:
        sources = source_counts.sources(connection)
    assert sum(source.figures for source in sources) == FIGURES
    assert sum(source.statements for source in sources) == FIGURES // 2
    assert [source.figures + source.statements for source in sources] == sorted(
        (source.figures + source.statements for source in sources), reverse=True
    )
    one = sources[0]
    assert one.statements == sum(count.count for count in one.acts)
    assert one.figures == sum(count.count for count in one.outcomes)
    assert one.first <= one.last


def test_source_is_found_by_a_word_of_its_name(ledger: Store) -> None:
    with ledger.reading() as connection:
        whole = {source.name: source for source in source_counts.sources(connection)}
        found = source_counts.sources(connection, "ada")
    assert found
    assert {source.name for source in found} == {name for name in whole if name.startswith("Ada")}
    assert all(source.acts == whole[source.name].acts for source in found)


def test_alias_is_counted_under_the_name_it_stands_for(store: Store) -> None:
    fill(store, 40)
    with store.reading() as connection:
        one, other = (source.name for source in source_counts.sources(connection)[:2])
    with store.writing() as connection:
        row = {"row": 1, "name": other, "stands_for": one, "by": "ada", "at": "2026"}
        connection.execute(schema.aliases.insert(), row)
    with store.reading() as connection:
        names = [source.name for source in source_counts.sources(connection)]
        asked = next(source for source in source_counts.sources(connection, one) if source.name == one)
        claims = search.claims(connection, "figure", Query(source=one)).claims
    assert one in names
    assert other not in names
    assert asked.names == (other,)
    assert {claim.speaker for claim in claims} <= {one, other}
    assert len(claims) == len(ask(store, "figure", Query(source=one, as_read=True)))


# --- full text -----------------------------------------------------------------------------------------------------


def test_words_are_found_in_pages_and_claims_with_facets(ledger: Store) -> None:
    result = found(ledger, Query(text="drones were", limit=500))
    kinds = {hit.kind for hit in result.hits}
    assert kinds == {"page", "figure", "statement"}
    facets = {facet.field: {count.value: count.count for count in facet.values} for facet in result.facets}
    assert sum(facets["kind"].values()) == result.total == len(result.hits)
    assert facets["kind"]["figure"] == sum(hit.kind == "figure" for hit in result.hits)
    assert facets["month"] == {"2026-01": result.total}
    assert all("drones" in hit.snippet for hit in result.hits)


def test_found_pages_are_the_whole(ledger: Store) -> None:
    whole, hits, after = found(ledger, Query(text="drones", limit=500)), [], None
    while True:
        part = found(ledger, Query(text="drones", limit=9, after=after))
        hits += part.hits
        assert part.facets == whole.facets
        after = part.next
        if after is None:
            break
    assert tuple(hits) == whole.hits


def test_search_needs_words(ledger: Store) -> None:
    with pytest.raises(QueryError, match="no words given"):
        found(ledger, Query())


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("norhaven", True),
        ("NORHAVEN", True),
        ('"mayor of norhaven"', True),
        ('"norhaven mayor"', False),
        ("agota", True),
        ("Ágota", True),
        ("km", True),
        ("twenty", True),
        ("twenty-two", True),
        ("2.5", True),
        ("o'dorn", True),
        ("dorn", True),
        ("dor*", True),
        ("норгавен", True),
        ("НОРГАВЕН", True),
        ("mayor -norhaven", False),
        ("dorns", False),
    ],
)
def test_words_are_the_same_in_both_databases(one_page: Store, words: str, finds: bool) -> None:
    assert any(hit.kind == "page" for hit in found(one_page, Query(text=words)).hits) == finds


@pytest.fixture(scope="module")
def one_page(fresh: Callable[[], str]) -> Iterator[Store]:
    text = "The mayor of Norhaven, Ágota O'Dorn, said twenty-two cars went 2.5 km/h in Норгавен."
    store = Store(fresh())
    reading = made.Maker().reading(1)
    page = replace(reading.page, text=text)
    article = replace(reading.article, body=text, blocks=())
    reading = replace(reading, page=page, article=article, figures=(), statements=())
    store.append([made.prepared(reading)], store.begin_run("add", reader_version="made", model="made"))
    yield store
    store.close()


HOSTILE = [
    '"', "'", "''", '""', '"a', "“a", "*", "a*", "**", "(", ")", "(a", "a)", "[a]", "{a}", "NEAR", "NEAR(a b, 3)",
    "a NEAR b", "AND", "OR", "NOT", "a AND", "NOT a", "^a", "a + b", "-", "--", "-a", "a -", "a:b", "sentence:a",
    "{words}: a", "\x00", "a\x00b", "'; DROP TABLE claims; --", '" OR 1=1 --', "a' UNION SELECT * FROM claims --", "%",
    "_", "\\", "a\\", "$$", "&", "|", "!", "a & !b", ":*", "a:*", "<->", "a <-> b", "<2>", "\ud800", "\u202e", "🚒",
    "ﬁre", "½", "é", "e\u0301", "日本", "a" * 10_000, "a " * 64, "\n", "\t", "",
]  # fmt: skip


def test_hostile_words_get_an_answer_or_a_message(ledger: Store) -> None:
    with ledger.reading() as connection:
        for words in HOSTILE:
            for field in ("text", "place", "source", "outlet", "counted", "to", "article", "after", "since", "outcome"):
                try:
                    query = Query(**{field: words})
                    search.claims(connection, "figure", query)
                    if field == "text":
                        finding.find_words(connection, query)
                    if field == "source":
                        source_counts.sources(connection, words)
                except QueryError as err:
                    said = str(err)
                    assert "\n" not in said
        assert len(search.claims(connection, "figure", Query()).claims) == FIGURES


@pytest.mark.parametrize("seconds", [1.0, pytest.param(10.0, marks=pytest.mark.long)])
def test_readers_are_answered_while_one_writes(store: Store, seconds: float) -> None:
    fill(store, 240)
    made.make_stories(store)
    readers = 8 if seconds > 1 else 2
    took, errors, added = made.read_while_writing(store.where, made.Maker(seed=2), 1, seconds, readers=readers)
    assert errors == []
    assert len(took) >= readers
    assert added


# --- both ----------------------------------------------------------------------------------------------------------


def test_sqlite_and_postgresql_answer_alike(server: postgres.Server, template: str, tmp_path: Path) -> None:
    stores = [Store(str(tmp_path / "a.db"), clock=fixed), Store(server.fresh(template), clock=fixed)]
    answers: list[list[bytes]] = []
    for store in stores:
        fill(store, FIGURES)
        made.make_stories(store)
        lines = []
        with store.reading() as connection:
            for query in (*QUERIES, Query(story="story-1"), Query(story="story-1", outcome="killed")):
                for kind in ("figure", "statement", "event"):
                    lines += [to_json(claim) for claim in search.claims(connection, kind, query).claims]
                    page = search.claims(connection, kind, replace(query, limit=3))
                    lines.append(str(page.next).encode())
                if query.text:
                    lines.append(to_json(finding.find_words(connection, query)))
            lines += [to_json(source) for source in source_counts.sources(connection)]
        answers.append(lines)
        store.close()
    assert answers[0] == answers[1]
    assert len(answers[0]) > 500


def fixed():
    from datetime import UTC, datetime

    return datetime(2026, 3, 4, tzinfo=UTC)


def test_the_latest_hits_are_all_hits_where_there_are_no_more(ledger, maker):
    query = Query(text=maker.places[0])
    with ledger.reading() as connection:
        latest, has_more = finding.find_latest(connection, query, 1000)
    assert (latest, has_more) == (found(ledger, query), False)


@pytest.mark.parametrize("narrowed", [{}, {"outlet": "Gazette"}, {"since": "2026"}])
def test_only_the_hits_taken_in_last_are_looked_at(ledger, narrowed):
    query = Query(text="said", **narrowed)
    with ledger.reading() as connection:
        latest, has_more = finding.find_latest(connection, query, 5, kinds=("figure", "statement"))
    everything = {hit.id for hit in found(ledger, replace(query, limit=1000), kinds=("figure", "statement")).hits}
    assert has_more
    assert 0 < latest.total <= 5
    assert {hit.id for hit in latest.hits} < everything
