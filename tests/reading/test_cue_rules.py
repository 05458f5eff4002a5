"""Rows of (text, [(source, cue, content...)]): who is reported to have said what, by the rules alone."""

import pytest

from onrecord.reading.cue_rules import tag_statements
from onrecord.reading.sentences import document_of
from onrecord.reading.tagger import Tagging, TaggingBuilder


def tag(text: str) -> Tagging:
    builder = TaggingBuilder()
    tag_statements(document_of(text), builder)
    return builder.tagging()


def found(text: str) -> list[tuple[str | None, str, tuple[str, ...]]]:
    """Return (source, cue, contents) of each statement in text order."""
    tagging, rows = tag(text), []
    tails = tagging.tails()
    for position, span in enumerate(tagging.spans):
        if span.label == "cue":
            parts = {
                label: tuple(
                    text[tagging.spans[tail].start : tagging.spans[tail].end]
                    for tail in tails.get((position, label), ())
                )
                for label in ("source", "content")
            }
            source = parts["source"][0] if parts["source"] else None
            rows.append((source, text[span.start : span.end], parts["content"]))
    return rows


DIRECT = [
    ("“The bridge is safe,” said Ana Torv.", ("Ana Torv", "said", ("The bridge is safe",))),
    ('"The bridge is safe," the mayor told reporters.', ("the mayor", "told", ("The bridge is safe",))),
    ("“The bridge,” Torv said, “is safe.”", ("Torv", "said", ("The bridge", "is safe."))),
    ("Torv said: “The bridge is safe.”", ("Torv", "said", ("The bridge is safe.",))),
    ("“Is the bridge safe?” Torv asked.", ("Torv", "asked", ("Is the bridge safe?",))),
    ("“We waited. Nobody came,” said a driver.", ("a driver", "said", ("We waited.", "Nobody came"))),
    ("''We waited all day,'' said Ana Torv, a nurse.", ("Ana Torv", "said", ("We waited all day",))),
]
INDIRECT = [
    ("Police said the road was closed.", ("Police", "said", ("the road was closed",))),
    ("Police said on Friday that the road was closed.", ("Police", "said", ("the road was closed",))),
    ("The road was closed, police said.", ("police", "said", ("The road was closed",))),
    ("The road was closed, police said in a statement on Friday.", ("police", "said", ("The road was closed",))),
    ("The road was closed, said Ana Torv, a nurse.", ("Ana Torv", "said", ("The road was closed",))),
    ("In Norvale, police said the road was closed.", ("police", "said", ("the road was closed",))),
    ("According to police, the road was closed.", ("police", "According to", ("the road was closed",))),
    ("The road was closed, according to police.", ("police", "according to", ("The road was closed",))),
    ("Ana Torv, a nurse at the clinic, said the road was closed.", ("Ana Torv", "said", ("the road was closed",))),
    ("Emily Torv, a nurse, said the road was closed.", ("Emily Torv", "said", ("the road was closed",))),
    ("Drivers who saw the crash said the road was closed.", ("Drivers", "said", ("the road was closed",))),
    ("Critics, however, say the road is closed.", ("Critics", "say", ("the road is closed",))),
    ("The mayor said in an interview the road was closed.", ("The mayor", "said", ("the road was closed",))),
    (
        "The army told residents in the valley that the road was closed.",
        ("The army", "told", ("the road was closed",)),
    ),
    ("The road, Torv said, was closed.", ("Torv", "said", ("The road", "was closed"))),
    ("NORVALE, May 3 (Wire) -- Police said the road was closed.", ("Police", "said", ("the road was closed",))),
    ("A poll showed that most voters want a new road.", ("A poll", "showed", ("most voters want a new road",))),
]
OTHER_FRAMES = [
    ("The mayor reported damage across the port.", ("The mayor", "reported", ("damage across the port",))),
    ("The ministry denied the allegations.", ("The ministry", "denied", ("the allegations",))),
    ("Officials urged residents to leave.", ("Officials", "urged", ("to leave",))),
    ("Torv vowed to rebuild the port.", ("Torv", "vowed", ("to rebuild the port",))),
    ("The union called for a strike.", ("The union", "called for", ("a strike",))),
    ("The union called on drivers to strike.", ("The union", "called on", ("to strike",))),
    ("Torv accused the firm of hiding the leak.", ("Torv", "accused", ("hiding the leak",))),
    ("Vale declined to comment.", ("Vale", "declined to comment", ())),
    ("Vale has been accused by rivals of hiding money.", ("rivals", "accused", ("hiding money",))),
    ("Torv was quoted as saying that the road was closed.", ("Torv", "quoted", ("the road was closed",))),
    ("Drivers were told to turn back.", (None, "told", ("to turn back",))),
    ("It was reported that the road was closed.", (None, "reported", ("the road was closed",))),
    ("Few heard the mayor's claim that the dam may fail.", ("the mayor", "claim", ("the dam may fail",))),
    ("Floods followed warnings that the dam may fail.", (None, "warnings", ("the dam may fail",))),
    ("The raid renewed calls for a vote.", (None, "calls", ("a vote",))),
]


@pytest.mark.parametrize(("text", "row"), DIRECT + INDIRECT + OTHER_FRAMES)
def test_statement_is_found_with_source_cue_and_content(
    text: str, row: tuple[str | None, str, tuple[str, ...]]
) -> None:
    assert found(text) == [row]


SHARED = [
    (
        "Torv said the road was closed, adding that the bridge was safe.",
        [("Torv", "said", ("the road was closed",)), ("Torv", "adding", ("the bridge was safe",))],
    ),
    (
        "Torv reiterated that the road is open but insisted the bridge must close.",
        [("Torv", "reiterated", ("the road is open",)), ("Torv", "insisted", ("the bridge must close",))],
    ),
    (
        "The army said it shot down 40 drones, calling the port the “main target” of the raid.",
        [
            ("The army", "said", ("it shot down 40 drones",)),
            ("The army", "calling", ("the port the “main target” of the raid",)),
        ],
    ),
    (
        "The halt worries Norvale, with officials warning the delay could cost lives.",
        [("officials", "warning", ("the delay could cost lives",))],
    ),
    (
        "The mayor visited the port and said the road was closed.",
        [("The mayor", "said", ("the road was closed",))],
    ),
    (
        "When asked whether he would quit, he responded saying “I stay.”",
        [(None, "asked", ("whether he would quit",)), ("he", "saying", ("I stay.",))],
    ),
    (
        "While both sides deny attacking the port, thousands have fled.",
        [("both sides", "deny", ("attacking the port",))],
    ),
    ("Noting that rain was near, the mayor left.", [("the mayor", "Noting", ("rain was near",))]),
]


@pytest.mark.parametrize(("text", "rows"), SHARED)
def test_cues_share_the_subject_of_the_sentence(text: str, rows: list[tuple[str | None, str, tuple[str, ...]]]) -> None:
    assert found(text) == rows


NOT_SAID = [
    "The mayor believes the road is closed.",
    "Officials hope the road opens soon.",
    "The ministry did not respond to a request for comment.",
    "Vale could not be reached.",
    "The alleged thief lives in Norvale.",
    "The tower is said to be old.",
    "A phone call lasted an hour.",
    "Emergency calls came from the port.",
    "The army called off the search.",
    "Video showed smoke over the port.",
    "The mayor will announce a plan.",
    "State officials met on Friday.",
    "The newly announced plan failed.",
    "The owner called the police.",
    "The flood led to protests that toppled the mayor.",
    "There were no reports of damage.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_thoughts_plans_and_nouns_are_no_statements(text: str) -> None:
    assert found(text) == []


def test_post_with_its_author_behind_a_dash_is_read() -> None:
    text = "The bridge is shut. We walk. -- Ana Torv (@anatorv) May 3, 2021"
    assert found(text) == [("Ana Torv", "--", ("The bridge is shut.", "We walk."))]


def test_quotation_that_follows_belongs_to_the_cue_before() -> None:
    text = "“We waited all day,” said Ana Torv. “Nobody came to help us.”"
    assert found(text) == [("Ana Torv", "said", ("We waited all day", "Nobody came to help us."))]


def test_speech_runs_over_paragraphs() -> None:
    text = "Torv said: “We waited all day.\n\n“Nobody came to help us.”"
    assert found(text) == [("Torv", "said", ("We waited all day.", "Nobody came to help us."))]


def test_negated_cue_carries_its_polarity() -> None:
    cue = next(span for span in tag("The union did not say whether it would strike.").spans if span.label == "cue")
    assert cue.attribute("polarity") == "negated"


def test_shared_source_is_one_span() -> None:
    tagging = tag("Torv said the road was closed, adding that the bridge was safe.")
    assert [span.label for span in tagging.spans].count("source") == 1


def test_addressee_is_linked() -> None:
    text = "Torv told reporters that the road was closed."
    assert [text[s.start : s.end] for s in tag(text).spans if s.label == "addressee"] == ["reporters"]
