"""The made ledger is one that the product reads: its stories, pages and claims are found by each other."""

from collections.abc import Iterator

import pytest

import made_ledger
from onrecord.making import is_pending
from onrecord.opening import Ledger

OWN, ARTICLES = 20, 60


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with pytest.MonkeyPatch.context() as patched, Ledger(tmp_path_factory.mktemp("made") / "made.db") as made:
        patched.setattr(made_ledger, "MADE_ONE_BY_ONE", OWN)
        patched.setattr(made_ledger, "LARGE_STORY", 20)
        made_ledger.make_ledger(made.store, ARTICLES)
        yield made


def test_articles_claims_and_stories_are_there(ledger):
    assert ledger.store.totals() == (ARTICLES + 20, (ARTICLES + 20) * 6)
    assert not is_pending(ledger.store)
    assert [len(one.articles) for one in ledger.stories()] == [20] + [10] * (ARTICLES // 10)
    assert ledger.stories(limit=1)[0].id == made_ledger.LARGE_ID


def test_a_copy_is_found_as_its_own_article(ledger):
    reading = ledger.reading("gazette-3-2")
    assert reading.page.url == "https://gazette.example/3-2"
    assert {figure.article for figure in ledger.figures(article="gazette-3-2")} == {"gazette-3-2"}
    story = ledger.story("gazette-3-2")
    assert "gazette-3-2" in {article.id for article in story.articles}
    claims = {figure.id for figure in ledger.figures(story=story.id)}
    assert {point.figure for series in story.series() for point in series.points} <= claims
