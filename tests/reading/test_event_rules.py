"""Triggers of happenings: type, status, who to whom."""

import pytest

from onrecord.lexicon import rows
from onrecord.reading.event_rules import odds_score, score_points, tag_events
from onrecord.reading.mention_rules import tag_mentions
from onrecord.reading.sentences import document_of
from onrecord.reading.tagger import TaggedSpan, Tagging, TaggingBuilder
from onrecord.records import EventStatus, EventType, Outcome, choices


def tagged(text: str) -> Tagging:
    document, builder = document_of(text), TaggingBuilder()
    tag_mentions(document, builder)
    tag_events(document, builder)
    return builder.tagging()


def triggers(text: str) -> list[TaggedSpan]:
    return [span for span in tagged(text).spans if span.label == "trigger"]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("A drone strike hit the port of Ardova on Friday.", "drone strike", "attack"),
        ("The army launched 40 drones overnight.", "launched", "attack"),
        ("The firm launched a new phone.", "launched", "launch"),
        ("Police arrested three men on Monday.", "arrested", "arrest"),
        ("He pleaded guilty to fraud.", "pleaded guilty", "trial"),
        ("A judge sentenced him on Monday.", "sentenced", "verdict"),
        ("A mill caught fire in Ardova.", "caught fire", "accident"),
        ("The two leaders held a phone call on Friday.", "phone call", "call"),
        ("The finance minister stepped down on Friday.", "stepped down", "resignation"),
        ("Customs officers seized nine crates.", "seized", "other"),
        ("Some 4,000 people were evacuated.", "evacuated", "displacement"),
        ("The governor declared a state of emergency.", "declared a state of emergency", "other"),
        ("Gunmen opened fire in a market.", "opened fire", "shooting"),
        ("The tsunami destroyed 40 homes.", "destroyed", "damage"),
    ],
)
def test_trigger_has_its_type(text: str, words: str, kind: str) -> None:
    assert (words, kind) in [(text[span.start : span.end], span.value) for span in triggers(text)]


@pytest.mark.parametrize(
    "text", ["The minister said the plan was good.", "She told reporters that she agrees with him."]
)
def test_saying_is_no_event(text: str) -> None:
    assert not {"said", "told"} & {text[span.start : span.end] for span in triggers(text)}


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("Police arrested three men.", "arrested", "happened"),
        ("Police have not arrested anybody.", "arrested", "did_not_happen"),
        ("The leaders plan to meet in Ardova.", "meet", "planned"),
        ("The president will visit Ardova.", "visit", "planned"),
        ("The storm may have killed two men.", "killed", "possible"),
        ("He allegedly stabbed a neighbour.", "stabbed", "possible"),
        ("Police are searching the harbour.", "searching", "ongoing"),
        ("The army denied attacking the village.", "attacking", "denied"),
        ("The fire is expected to destroy the mill.", "destroy", "possible"),
    ],
)
def test_status_comes_from_tense_and_words_before(text: str, words: str, status: str) -> None:
    found = {text[span.start : span.end]: span.attribute("status") for span in triggers(text)}
    assert found[words] == status


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        ("Police arrested three men.", "arrested", ["Police"], ["three men"]),
        ("Three men were arrested by border guards.", "arrested", ["border guards"], ["Three men"]),
        ("Hundreds of nurses on Saturday marched.", "marched", ["Hundreds of nurses"], []),
        ("A Russian drone strike against the port failed.", "drone strike", ["Russian"], ["port"]),
        ("A soldier who shot two farmers fled.", "shot", ["soldier"], ["two farmers"]),
    ],
)
def test_trigger_is_linked_to_actor_and_target(text: str, trigger: str, actors: list[str], targets: list[str]) -> None:
    tagging = tagged(text)
    words = [text[span.start : span.end] for span in tagging.spans]
    head = next(at for at, span in enumerate(tagging.spans) if span.label == "trigger" and words[at] == trigger)
    tails = tagging.tails()
    assert [words[at] for at in tails.get((head, "actor"), [])] == actors
    assert [words[at] for at in tails.get((head, "target"), [])] == targets


def test_trigger_is_linked_to_place_and_time() -> None:
    text = "Police arrested three men in Ardova on Friday."
    tagging = tagged(text)
    linked = {arc.label: text[tagging.spans[arc.tail].start : tagging.spans[arc.tail].end] for arc in tagging.arcs}
    assert (linked["place"], linked["time"]) == ("Ardova", "Friday")


@pytest.mark.parametrize("total", [-25, -10, 0, 17])
def test_points_survive_the_way_through_the_score(total: int) -> None:
    assert score_points(odds_score(total)) == total


def test_lexicons_use_the_closed_lists() -> None:
    assert {row["type"] for row in rows("events")} <= set(choices(EventType))
    assert {row["status"] for row in (*rows("events"), *rows("event_status"))} - {""} <= set(choices(EventStatus))
    assert {row["type"] for row in rows("event_outcomes")} <= set(choices(EventType))
    assert {outcome for row in rows("event_outcomes") for outcome in row["outcomes"].split()} <= set(choices(Outcome))


def test_lexicon_has_no_row_twice() -> None:
    seen = [(row["words"], row["within"]) for row in rows("events")]
    assert len(seen) == len(set(seen))


def test_strike_of_workers_is_a_protest() -> None:
    text = "A strike by bus drivers closed the port."
    assert [span.value for span in triggers(text) if text[span.start : span.end] == "strike"] == ["protest"]
