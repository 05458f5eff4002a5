"""Each happening becomes one event."""

import pytest
from msgspec import UNSET

from onrecord.reading.event_rules import tag_events
from onrecord.reading.events import assemble_events
from onrecord.reading.keys import ClaimKeys
from onrecord.reading.mention_rules import tag_mentions
from onrecord.reading.people import Cast
from onrecord.reading.sentences import Document, document_of
from onrecord.reading.tagger import TaggingBuilder
from onrecord.records import Event, Figure, Outcome, Span, Statement


def read(
    text: str, figures: tuple[Figure, ...] = (), statements: tuple[Statement, ...] = (), *, explain: bool = False
) -> tuple[Document, tuple[Event, ...]]:
    document, builder = document_of(text), TaggingBuilder()
    tag_mentions(document, builder)
    tag_events(document, builder)
    cast, keys = Cast(document), ClaimKeys(document)
    return document, assemble_events(document, builder.tagging(), cast, keys, (figures, statements), explain=explain)


def words(text: str) -> list[tuple[str, str]]:
    return [(text[event.trigger.start : event.trigger.end], event.type) for event in read(text)[1]]


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def test_event_mentioned_again_is_one_event() -> None:
    text = "An earthquake struck Ardova on Monday.\nThe quake came at dawn.\nAfter the earthquake, shops closed."
    assert [kind for _, kind in words(text)].count("disaster") == 1


def test_event_with_another_victim_is_another_event() -> None:
    text = "Police arrested a baker on Monday.\nOfficers arrested two sailors on Friday."
    assert [kind for _, kind in words(text)] == ["arrest", "arrest"]


def test_plan_and_fact_are_two_events() -> None:
    text = "The ministers met in Ardova on Monday.\nThe ministers plan to meet in Lomnik in May."
    assert [event.status for event in read(text)[1] if event.type == "meeting"] == ["happened", "planned"]


def test_passing_mention_in_a_quotation_is_background() -> None:
    assert words("\u201cAny war is like the flood of the old days,\u201d he said.") == []


def test_event_has_its_place_time_and_people() -> None:
    text = "Police arrested three men in Ardova on Friday."
    _, (event,) = read(text)
    assert event.place is not None
    assert event.time is not None
    assert (event.place.name, text[event.time.start : event.time.end]) == ("Ardova", "Friday")
    assert [text[s.start : s.end] for s in (*event.actors, *event.targets)] == ["Police", "three men"]


@pytest.mark.parametrize(("outcome", "trigger"), [("detained", "arrested"), ("killed", "killed")])
def test_figure_belongs_to_the_trigger_of_its_outcome(outcome: Outcome, trigger: str) -> None:
    text = "Two clerks were killed on Monday, and three men were arrested on Friday."
    number = span_of(text, "Two" if outcome == "killed" else "three")
    figure = Figure(id="f1", number=number, sentence=Span(0, len(text)), outcome=outcome)
    _, events = read(text, (figure,))
    assert {text[e.trigger.start : e.trigger.end]: e.figures for e in events if e.figures} == {trigger: ("f1",)}


def test_figure_of_another_sentence_stays_apart() -> None:
    text = "Three men were arrested on Friday. Two clerks were injured."
    figure = Figure(id="f1", number=span_of(text, "Two"), sentence=span_of(text, "Two clerks were injured."))
    assert all(not event.figures for event in read(text, (figure,))[1])


def test_event_in_reported_words_has_their_source() -> None:
    text = "Border guards said that three men were arrested on Friday."
    statement = Statement(
        id="s1",
        sentence=Span(0, len(text)),
        source=span_of(text, "Border guards"),
        speaker="Border guards",
        cue=span_of(text, "said"),
        content=(span_of(text, "three men were arrested on Friday"),),
    )
    _, events = read(text, (), (statement,))
    assert [(event.source, event.speaker) for event in events] == [(statement.source, "Border guards")]


def test_event_of_the_outlet_has_no_source() -> None:
    assert [event.source for event in read("Three men were arrested on Friday.")[1]] == [None]


def test_reasons_are_given_only_when_asked_for() -> None:
    text = "Police arrested three men on Friday."
    assert read(text)[1][0].why is UNSET
    why = read(text, explain=True)[1][0].why
    assert why is not UNSET
    assert {reason.field for reason in why} >= {"type", "status", "confidence"}


def test_reading_twice_gives_the_same_ids() -> None:
    text = "Police arrested three men on Friday.\nA mill caught fire in Ardova."
    first, second = read(text)[1], read(text)[1]
    assert [event.id for event in first] == [event.id for event in second]
    assert len({event.id for event in first}) == len(first)


def test_event_stands_in_its_sentence() -> None:
    document, events = read("Rain fell. Police arrested three men on Friday. A mill caught fire.")
    assert len(events) >= 2
    for event in events:
        assert event.sentence in [sentence.span for sentence in document.sentences]
        assert event.sentence.holds(event.trigger)
