"""Who put a number on record first and who repeats it, in words."""

import pytest

from onrecord.records import Series, SeriesPoint, Story
from onrecord.stories.origins import Claimed, independent_sources
from onrecord.stories.reports import FigureState
from onrecord.story_chains import according_to, chains, lag_in_words
from onrecord.told import ToldStory


def told(*points):
    """Return a story of one series and the series; all its points stand behind one another."""
    claims = [Claimed(claim=one.figure, article=one.article, origin=one.speaker) for one in points]
    copy_of = {one.article: points[0].article for one in points if one.copy}
    sources = independent_sources(claims, copy_of, {})
    states = tuple(
        FigureState(figure=one.figure, article=one.article, state=one.state, sources=sources) for one in points
    )
    series = Series(outcome="killed", scope="whole", points=points)
    record = Story(id="s", name="A fire in Vell", series=(series,))
    return ToldStory(record=record, states=states, made_at="2026-04-20"), series


def point(article, reported, speaker=None, low=9, **more):
    return SeriesPoint(article=article, figure=article, reported=reported, low=low, high=low, speaker=speaker, **more)


def test_the_chain_of_a_number_names_the_first_the_others_and_the_origins():
    story = told(
        point("a", "2026-04-01T08:00:00Z", "the fire service"),
        point("b", "2026-04-01T08:25:00Z", "The fire service", via="local media"),
        point("c", "2026-04-01T11:00:00Z", "the fire service", copy=True),
        point("d", "2026-04-05"),
    )
    assert list(chains(*story)) == [
        "9: first in a (the fire service), 1 April 08:00; then b (The fire service, via local media) after 25 minutes, "
        "c (copy) after 3 hours, d after 4 days. 1 origin and 1 outlet in its own voice, 3 accounts"
    ]


def test_a_number_of_one_article_has_no_chain():
    assert (
        list(chains(*told(point("a", "2026-04-01"), point("a", "2026-04-01"), point("b", "2026-04-02", low=4)))) == []
    )


def test_many_repeats_are_counted():
    (line,) = chains(*told(*(point(f"a{n}", f"2026-04-{n + 1:02}") for n in range(12))))
    assert line.count(" after ") == 6
    assert "and 5 more. 12 outlets in their own voice, 12 accounts" in line


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "at a time not known"), (0.0, "at the same time"), (1 / 60, "after 1 minute"), (0.5, "after 30 minutes"),
        (1.2, "after 1 hour"), (47.0, "after 47 hours"), (48.0, "after 2 days"), (240.0, "after 10 days"),
    ],
)  # fmt: skip
def test_a_lag_is_minutes_hours_or_days(hours, words):
    assert lag_in_words(hours) == words


@pytest.mark.parametrize(
    ("speaker", "via", "words"),
    [
        ("officials", "local media", "officials, via local media"), ("officials", None, "officials"),
        (None, "local media", "via local media"), (None, None, ""),
    ],
)  # fmt: skip
def test_a_source_is_named_with_who_passed_it_on(speaker, via, words):
    assert according_to(point("a", None, speaker, via=via)) == words
