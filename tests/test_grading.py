"""A story and a policy: which grade each figure has, and why; standings are the facts behind it."""

import msgspec
import pytest

from onrecord.answers import FigureOnRecord, on_record
from onrecord.grading import graded_figures, graded_story, in_group
from onrecord.pipeline import read_bytes
from onrecord.policies import read_policy
from onrecord.records import Comparison, Origin, Series, SeriesPoint, Span, Statement, Story
from onrecord.standings import Origin as Behind
from onrecord.standings import standings
from onrecord.stories.origins import Claimed, independent_sources
from onrecord.stories.reports import FigureState
from onrecord.told import ToldStory

NOW = "2026-04-20T00:00:00Z"
PLACE = Span(0, 1)


def point(name, day, low, state="repeated", **more):
    """Return a point of the article that is named like the figure."""
    return SeriesPoint(article=name, figure=name, reported=f"2026-04-{day:02}", low=low, high=low, state=state, **more)


def told(*points, scope="whole", conflicts=()):
    """Return a story of one series of the dead; points with one number stand behind one another."""
    copy_of = {one.article: "a" for one in points if one.copy}
    states = []
    for one in points:
        claims = [Claimed(claim=p.figure, article=p.article, origin=p.speaker) for p in points if p.low == one.low]
        sources = independent_sources(claims, copy_of, {})
        states.append(FigureState(figure=one.figure, article=one.article, state=one.state, sources=sources))
    comparisons = tuple(Comparison(a=a, b=b, kind="conflicts", says=f"{a} against {b}") for a, b in conflicts)
    series = Series(outcome="killed", scope=scope, points=points)
    record = Story(id="s", name="A fire in Vell", series=(series,), comparisons=comparisons)
    return ToldStory(record=record, states=tuple(states), made_at=NOW)


def said(speaker, kind, **more):
    return Statement(id=speaker, sentence=PLACE, cue=PLACE, speaker=speaker, speaker_kind=kind, **more)


SAID = [
    said("Ana Torv", "person", speaker_role="mayor"),
    said("the fire service", "organisation"),
    said("an official", "unnamed"),
    said("Brill Mills", "organisation"),
    said("Jo Wenn", "person", speaker_role="president", speaker_body="Brill company"),
    said("Ole Kant", "person", speaker_role="former governor"),
]

TOLL = told(
    point("a", 1, 5, "first", speaker="the fire service"),
    point("b", 1, 5, speaker="The fire service"),
    point("c", 1, 5, speaker="the city's fire service", copy=True),
    point("d", 2, 8, "revised_up", speaker="Ana Torv"),
    point("e", 2, 6, "conflicting", speaker="an official"),
    point("f", 4, 9, "revised_up"),
    point("g", 4, 9, speaker="Brill Mills"),
    conflicts=[("e", "d")],
)


@pytest.mark.parametrize(
    ("figure", "count", "number"),
    [
        ("a", "independent_sources", 3), ("a", "origins", 1), ("a", "articles", 2), ("a", "copies", 1),
        ("a", "named", 1), ("a", "unnamed", 0), ("a", "official", 1), ("a", "own_voice", 0),
        ("a", "days_on_record", 3), ("a", "age_days", 18), ("a", "conflicts", 0),
        ("d", "conflicts", 1), ("e", "conflicts", 1), ("e", "unnamed", 1), ("d", "official", 1),
        ("f", "own_voice", 1), ("f", "origins", 1), ("f", "official", 0), ("f", "independent_sources", 2),
    ],
)  # fmt: skip
def test_counts_of_a_figure(figure, count, number):
    assert standings(TOLL, SAID, NOW)[figure, figure].counts[count] == number


@pytest.mark.parametrize(
    ("figure", "rank"),
    [
        ("a", {"replaced"}),
        ("d", {"replaced"}),
        ("e", {"lowest"}),
        ("f", {"last", "highest"}),
        ("g", {"last", "highest"}),
    ],
)
def test_ranks_are_those_of_counts_that_stand(figure, rank):
    assert standings(TOLL, SAID, NOW)[figure, figure].rank == rank


def test_a_count_in_conflict_stands_no_more_when_its_source_gives_another_one():
    story = told(
        point("a", 1, 8, "first", speaker="Ana Torv"),
        point("b", 1, 6, "conflicting", speaker="the fire service"),
        point("c", 2, 9, "revised_up", speaker="the fire service"),
        conflicts=[("b", "a")],
    )
    ranks = {key[0]: one.rank for key, one in standings(story, SAID, NOW).items()}
    assert ranks == {"a": {"replaced"}, "b": {"replaced"}, "c": {"only", "last", "lowest", "highest"}}


def test_other_scopes_have_no_rank():
    story = told(point("a", 1, 8, "first"), point("b", 1, 6, "not_comparable"), scope="subset")
    assert {one.rank for one in standings(story, SAID, NOW).values()} == {frozenset()}


def test_what_denies_a_figure_is_no_count_in_conflict():
    story = told(point("a", 1, 8, "first"), point("z", 2, 0, "not_comparable"), conflicts=[("z", "a")])
    counts = standings(story, SAID, NOW)["a", "a"].counts
    assert (counts["denials"], counts["conflicts"]) == (1, 0)


def test_a_name_that_a_person_merged_is_one_origin():
    story = told(point("a", 1, 8, "first", speaker="Ana Torv"), point("b", 1, 8, speaker="the mayor"))
    assert standings(story, SAID, NOW)["a", "a"].counts["origins"] == 2
    assert standings(story, SAID, NOW, {"the mayor": "Ana Torv"})["a", "a"].counts["origins"] == 1


@pytest.mark.parametrize(
    ("about", "official"),
    [
        ("the regional health office", True), ("Ana Torv; mayor", True), ("City officials", True),
        ("Jo Wenn; president; Brill company", False), ("Ole Kant; former governor", False), ("Brill Mills", False),
        ("the opposition leader", False),
    ],
)  # fmt: skip
def test_official_is_who_speaks_for_a_public_body(about, official):
    assert Behind(name="x", about=about).official is official


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        (["Vorland*"], True),
        (["Vorland"], False),
        (["ministry"], True),
        (["mini"], False),
        (["Tessa", "vorlandic"], True),
    ],
)
def test_a_group_is_found_by_whole_words_and_beginnings(words, inside):
    assert in_group(Behind(name="x", about="the Vorlandic defence ministry"), words) is inside


RULES = """
name = "mine"
join = "/"
[groups]
mills = ["Brill"]
[only]
scope = ["whole"]
[[grade]]
name = "against"
when = { conflicts = { min = 1 } }
[[grade]]
name = "two"
says = "print it"
when = { origins = { min = 2 } }
[[grade]]
name = "mill"
when = { inside = { mills = { min = 1 } }, rank = ["last"] }
[[grade]]
scale = "clerk"
name = "public"
when = [{ official = { min = 1 } }, { kinds = ["document"] }]
[[grade]]
scale = "clerk"
name = "other"
"""


@pytest.mark.parametrize(
    ("figure", "name", "says"),
    [
        ("a", "public", "not two: 1 origin: the city's fire service (asked: 2 or more)"),
        ("a", "public", "public: 1 official origin: the city's fire service"),
        ("d", "against/public", "against: 1 count at odds with it"),
        ("f", "mill/other", "mill: 1 origin of mills: Brill Mills; the latest count that stands"),
        ("f", "mill/other", "other: not public: no official origins (asked: 1 or more) or no source of this kind"),
    ],
)
def test_the_first_grade_that_fits_is_given_with_the_reason(figure, name, says):
    story = graded_story(TOLL, read_policy(RULES, "mine.toml"), SAID, NOW)
    grade = next(one.grade for one in story.series()[0].points if one.figure == figure)
    assert story.record.policy == "mine"
    assert grade.name == name
    assert says in grade.says


def test_a_figure_that_the_policy_leaves_out_has_none():
    story = graded_story(told(point("a", 1, 8), scope="subset"), read_policy(RULES, "mine.toml"), SAID, NOW)
    assert story.series()[0].points[0].grade is None
    assert b'"grade":null' in msgspec.json.encode(story.record)


def test_without_a_policy_no_grade_is_written():
    assert b"grade" not in msgspec.json.encode(TOLL.record)
    assert b"policy" not in msgspec.json.encode(TOLL.record)


def test_a_figure_of_no_series_says_so():
    reading = read_bytes(b"Some 40 stalls stood on the quay.", Origin(name="stalls"))
    found = [claim for claim in on_record(reading) if isinstance(claim, FigureOnRecord)]
    (graded,) = graded_figures(found, [])
    assert graded.grade.name is None
    assert "no figures of a story" in graded.grade.says
