"""stories/sayings.py: denials with what they deny, plans with what came about, repeats; on made records."""

import pytest

from onrecord.records import Event, Page, Reader, Reading, Span, Statement
from onrecord.stories.reports import Report
from onrecord.stories.sayings import compared_sayings


def report(id, day, text, **found):
    page = Page(sha256="0", outlet=id.title(), text=text)
    reading = Reading(id=id, page=page, reader=Reader(version="1", model="made"), **found)
    return Report(reading=reading, reported=day)


def spoken(id, day, speaker, words, act="assert"):
    span = Span(0, len(words))
    one = Statement(id=f"{id}-s", sentence=span, cue=Span(0, 1), content=(span,), speaker=speaker, act=act)
    return report(id, day, words, statements=(one,))


def happened(id, day, actor, target, status):
    text = f"{actor} meets {target}."
    start = text.index("meets")
    event = Event(
        id=f"{id}-e", sentence=Span(0, len(text)), trigger=Span(start, start + 5), type="meeting", status=status,
        actors=(Span(0, len(actor)),), targets=(Span(start + 6, len(text) - 1),),
    )  # fmt: skip
    return report(id, day, text, events=(event,))


CLAIM = "the frigate smuggled ammunition through the harbour"


@pytest.mark.parametrize(
    ("speaker", "act", "words", "kinds"),
    [
        ("Ada Brenn", "assert", CLAIM, ["agrees"]),
        ("Ada Brenn", "assert", "the frigate never smuggled ammunition through the harbour", ["conflicts"]),
        ("Karl Venn", "deny", CLAIM, ["conflicts"]),
        ("Karl Venn", "assert", CLAIM, []),
        ("Ada Brenn", "assert", "the orchestra rehearsed a quartet in the cathedral", []),
    ],
    ids=["repeats", "contradicts", "another denies", "another agrees", "about something else"],
)
def test_statements(speaker, act, words, kinds):
    told = compared_sayings(
        [spoken("first", "2026-03-04", "Ada Brenn", CLAIM), spoken("second", "2026-03-05", speaker, words, act)]
    )
    assert [(one.kind, one.a, one.b) for one in told] == [(kind, "second-s", "first-s") for kind in kinds]


@pytest.mark.parametrize(
    ("target", "status", "kinds"),
    [
        ("Karl Venn", "happened", ["agrees"]),
        ("Karl Venn", "did_not_happen", ["conflicts"]),
        ("Rolf Tam", "happened", []),
    ],
    ids=["comes about", "is called off", "somebody else"],
)
def test_a_plan_meets_what_came_of_it(target, status, kinds):
    told = compared_sayings(
        [
            happened("first", "2026-03-04", "Brenn", "Karl Venn", "planned"),
            happened("second", "2026-03-06", "Brenn", target, status),
        ]
    )
    assert [(one.kind, one.a, one.b) for one in told] == [(kind, "first-e", "second-e") for kind in kinds]


def vote(id, day, text, status):
    start = text.index("vote")
    event = Event(
        id=f"{id}-e", sentence=Span(0, len(text)), trigger=Span(start, start + 4), type="other", status=status
    )
    return report(id, day, text, events=(event,))


@pytest.mark.parametrize(
    ("text", "status", "kinds"),
    [
        ("Parliament voted 96 to 31 for sanctions against the smuggling shipping companies.", "happened", ["agrees"]),
        ("Parliament did not vote on sanctions against smuggling companies.", "did_not_happen", ["conflicts"]),
        ("Parliament voted for a memorial to the drowned sailors.", "happened", []),
        ("Parliament is to vote on sanctions against the smuggling companies.", "planned", []),
    ],
    ids=["comes about", "is called off", "about something else", "is still planned"],
)
def test_a_plan_without_names_meets_what_came_of_it_in_the_same_words(text, status, kinds):
    plan = vote("first", "2026-03-04", "Parliament is to vote on sanctions against the smuggling companies.", "planned")
    told = compared_sayings([plan, vote("second", "2026-03-06", text, status)])
    assert [(one.kind, one.a, one.b) for one in told] == [(kind, "first-e", "second-e") for kind in kinds]
