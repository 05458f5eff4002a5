"""stories/clusters.py: what stands in one story, whatever the order; copies have one voice; a person's word is kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.stories import pieces
from onrecord.stories.accounts import Account, MainFigure, Told
from onrecord.stories.clusters import Stories, UnknownArticleError
from onrecord.stories.likeness import DateError

CRANE_1 = Account(
    id="crane1",
    title="Crane falls on warehouse in Orvane harbour",
    text="Rescue teams pulled eleven people from a collapsed warehouse in the harbour of Orvane on Tuesday after a "
    "crane fell through its roof, fire chief Dalia Renko said. One dock worker is missing in the Orvane harbour.",
    published="2031-03-04",
    outlet="Port Gazette",
    places=(Told(name="Orvane", country="XA", times=3),),
    figures=(MainFigure(outcome="missing", low=1, high=1),),
)
CRANE_2 = replace(
    CRANE_1,
    id="crane2",
    title="Missing dock worker found dead after Orvane crane collapse",
    text="Divers found the body of the dock worker who was missing since a crane fell on a warehouse in the harbour of "
    "Orvane, said fire chief Dalia Renko. Eleven people had been rescued from the collapsed warehouse on Tuesday.",
    published="2031-03-06",
    outlet="Daily Lantern",
    figures=(MainFigure(outcome="killed", low=1, high=1),),
)
VOTE = Account(
    id="vote",
    title="Maresh hill towns elect council that decides on closed mine",
    text="Voters in the hill towns of Maresh queued for hours to elect a council that will decide about the closed "
    "mine. Observer Pavel Ostrin counted few complaints, and the party of Selma Dorit leads the count in Maresh.",
    published="2031-03-05",
    outlet="Port Gazette",
    places=(Told(name="Maresh", country="XB", times=2),),
)
VOTE_COPY = replace(VOTE, id="vote copy", published="2031-03-05T18:00:00Z", outlet="Hill Herald")
OTHER_CRANE = replace(
    CRANE_1,
    id="other crane",
    title="Crane falls on market in Tolva",
    text="A crane fell on the covered market of Tolva on Tuesday, and rescue teams pulled people from under its roof, "
    "mayor Ruben Askel said. Tolva had ordered its checks of cranes in winter. A stall keeper is missing in Tolva.",
    places=(Told(name="Tolva", country="XC", times=3),),
)
ALL = (CRANE_1, CRANE_2, VOTE, VOTE_COPY, OTHER_CRANE)


def made(accounts):
    stories = Stories()
    for account in accounts:
        stories.add(account)
    return stories


def grouped(stories):
    return sorted(sorted(article.id for article in story.articles) for story in stories)


EXPECTED = [["crane1", "crane2"], ["other crane"], ["vote", "vote copy"]]


def test_articles_about_one_happening_are_one_story_and_look_alikes_are_not():
    assert grouped(made(ALL)) == EXPECTED


def test_story_has_name_span_places_and_latest_figures():
    story = made(ALL).story_of("crane1")
    assert story.name in (CRANE_1.title, CRANE_2.title)
    assert (story.from_, story.to) == ("2031-03-04", "2031-03-06")
    assert story.places == ("Orvane",)
    assert [(figure.outcome, figure.low) for figure in story.figures] == [("killed", 1), ("missing", 1)]


@settings(deadline=None, max_examples=25)
@given(st.permutations(ALL))
def test_any_order_gives_the_same_stories(order):
    assert list(made(order)) == list(made(ALL))


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_any_order_gives_the_same_stories_of_made_up_words(data):
    words = "crane harbour mine council flood bridge Orvane Maresh Tolva Renko Ostrin Askel storm ferry vote".split()
    text = st.lists(st.sampled_from(words), min_size=3, max_size=14).map(" ".join)
    day = st.sampled_from([None, "2031-03-01", "2031-03-05", "2031-05-20", "2031-09-01"])
    made_up = data.draw(st.lists(st.tuples(text, day), min_size=2, max_size=9))
    accounts = [Account(id=f"a{at}", title="", text=text, published=day) for at, (text, day) in enumerate(made_up)]
    assert list(made(data.draw(st.permutations(accounts)))) == list(made(accounts))


def test_a_flood_of_copies_changes_nothing_but_the_copies():
    flood = [replace(VOTE, id=f"vote {number}", published="2031-03-06") for number in range(20)]
    stories = made((*ALL, *flood))
    story = stories.story_of("vote")
    assert grouped(stories)[:2] == EXPECTED[:2]
    assert story.name == VOTE.title
    assert {article.copy_of for article in story.articles if article.id != "vote"} == {"vote"}
    assert stories.copies(["vote", "vote 3"])[0].kind == "copy"


def test_an_article_says_what_it_changed():
    stories = Stories()
    first = stories.add(CRANE_1)
    assert [story.id for story in first.stories] == [stories.story_of("crane1").id]
    assert stories.add(VOTE).stories == (stories.story_of("vote"),)
    second = stories.add(CRANE_2)
    assert second.stories == (stories.story_of("crane2"),)
    assert second.gone == ()


def test_a_new_version_replaces_the_article():
    stories = made(ALL)
    stories.add(replace(VOTE, id="crane2"))
    assert grouped(stories) == [["crane1"], ["crane2", "vote", "vote copy"], ["other crane"]]
    stories.add(CRANE_2)
    assert list(stories) == list(made(ALL))


def test_what_a_person_merged_stays_merged_and_can_be_split_again():
    stories = made(ALL[:-1])
    change = stories.merge("crane1", "vote copy")
    assert len(change.gone) == 1
    assert grouped(stories) == [["crane1", "crane2", "vote", "vote copy"]]
    stories.add(OTHER_CRANE)
    assert stories.story_of("vote") == stories.story_of("crane1")
    stories.split("crane1", "vote copy")
    assert grouped(stories) == EXPECTED


def test_what_a_person_split_stays_split():
    stories = made(ALL)
    stories.split("crane1", "crane2")
    assert grouped(stories) == [["crane1"], ["crane2"], *EXPECTED[1:]]
    stories.add(replace(CRANE_1, published="2031-03-06"))
    assert stories.story_of("crane1") != stories.story_of("crane2")


def test_a_copy_that_a_person_split_off_stands_alone():
    stories = made(ALL)
    stories.split("vote", "vote copy")
    assert grouped(stories) == [*EXPECTED[:2], ["vote"], ["vote copy"]]
    assert stories.story_of("vote copy").articles[0].copy_of is None


def test_articles_beyond_the_window_are_no_story():
    late = replace(CRANE_2, published="2031-08-06")
    assert grouped(made((CRANE_1, late))) == [["crane1"], ["crane2"]]


def test_a_piece_that_is_too_large_is_cut_first(monkeypatch):
    monkeypatch.setattr(pieces, "MOST_TOGETHER", 1)
    assert ["crane1", "crane2"] not in grouped(made((CRANE_1, CRANE_2)))


def test_a_new_version_says_that_the_story_it_left_is_gone():
    stories = made((CRANE_1, CRANE_2, VOTE))
    old = stories.story_of("crane1").id
    change = stories.add(replace(VOTE, id="crane1", published="2031-03-06"))
    assert change.gone == (old,)
    assert set(change.stories) == {stories.story_of("crane2"), stories.story_of("vote")}
    assert stories.add(CRANE_2) == ((), ())


def test_what_a_person_merged_with_a_copy_stays_merged_in_a_piece_that_is_too_large(monkeypatch):
    monkeypatch.setattr(pieces, "MOST_TOGETHER", 1)
    stories = made((VOTE, VOTE_COPY, replace(CRANE_1, id="wharf")))
    stories.merge("vote copy", "wharf")
    assert grouped(stories) == [["vote", "vote copy", "wharf"]]


def test_unknown_article_and_bad_date_are_named():
    stories = made([VOTE])
    with pytest.raises(UnknownArticleError, match="no article 'x' among 1; add it first"):
        stories.merge("vote", "x")
    with pytest.raises(DateError, match="'May 4' is no date; write YYYY-MM-DD"):
        stories.add(replace(VOTE, id="y", published="May 4"))
    assert grouped(stories) == [["vote"]]
