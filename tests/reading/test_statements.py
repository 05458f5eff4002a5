"""Form, act, speaker, polarity and nesting of assembled statements."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.attribution import Attribution
from onrecord.reading.cue_rules import tag_statements
from onrecord.reading.keys import ClaimKeys
from onrecord.reading.people import Cast
from onrecord.reading.sentences import document_of
from onrecord.reading.statements import assemble_statements
from onrecord.reading.tagger import Tagging, TaggingBuilder
from onrecord.records import UNSET, Statement


def read(text: str, *, explain: bool = False) -> tuple[Statement, ...]:
    document = document_of(text)
    builder = TaggingBuilder()
    tag_statements(document, builder)
    return assemble_statements(document, builder.tagging(), Cast(document), ClaimKeys(document), explain=explain)


FORMS = [
    ("“The bridge is safe,” said Torv.", "direct"),
    ("“The bridge,” Torv said, “is safe.”", "direct"),
    ("The bridge “is safe”, said Torv.", "mixed"),
    ("Torv said the bridge was “safe”.", "mixed"),
    ("Torv said the bridge was safe.", "indirect"),
    ("‘The bridge is safe for now,’ said Torv.", "direct"),
]
ACTS = [
    ("Torv denied the allegations.", "deny"),
    ("Torv urged residents to leave.", "demand"),
    ("Torv vowed to rebuild the port.", "promise"),
    ("Torv warned that the dam may fail.", "warn"),
    ("Torv asked whether the dam may fail.", "ask"),
    ("Torv blamed the firm for the leak.", "accuse"),
    ("Torv announced a new dam.", "announce"),
    ("Torv declined to comment.", "decline"),
    ("The gang claimed responsibility for the attack.", "announce"),
    ("Torv told drivers to leave the port.", "demand"),
    ("Torv praised the crew.", "assert"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_form_follows_the_quotation_marks(text: str, form: str) -> None:
    assert [statement.form for statement in read(text)] == [form]


@pytest.mark.parametrize(("text", "act"), ACTS)
def test_act_follows_the_verb(text: str, act: str) -> None:
    assert [statement.act for statement in read(text)] == [act]


def test_negated_cue_is_a_negated_statement() -> None:
    assert read("The union did not say whether it would strike.")[0].polarity == "negated"


def test_speaker_is_the_fullest_name() -> None:
    last = read("Palace aide Ivo Marsh called. Marsh said it was late.")[-1]
    assert (last.speaker, last.speaker_kind) == ("Ivo Marsh", "person")


def test_statement_without_a_source_has_no_speaker() -> None:
    statement = read("Drivers were told to turn back.")[0]
    assert (statement.source, statement.speaker, statement.speaker_kind) == (None, None, None)


def test_statement_inside_a_statement_is_nested() -> None:
    outer, inner = sorted(
        read("Torv said the minister had warned that the dam may fail."), key=lambda statement: statement.cue.start
    )
    assert (outer.nested_in, inner.nested_in) == (None, outer.id)


def test_why_is_given_only_when_asked_for() -> None:
    text = "Torv said the bridge was safe."
    assert read(text)[0].why is UNSET
    assert {why.field for why in read(text, explain=True)[0].why} >= {"cue", "act", "form"}


def test_reading_twice_gives_the_same_ids() -> None:
    text = "Torv said the bridge was safe. Torv said the bridge was safe."
    first, second = read(text), read(text)
    assert [s.id for s in first] == [s.id for s in second]
    assert len({s.id for s in first}) == 2


def test_spans_of_several_sentences_stay_inside_their_sentences() -> None:
    text = "“We waited. Nobody came,” said a driver."
    assert [span.of(text) for span in read(text)[0].content] == ["We waited.", "Nobody came"]


SOURCES = [
    ("Police said 23 people were hurt.", "23", "Police"),
    ("At least 23 people were hurt, police said.", "23", "police"),
    ("The mayor reported 23 dead.", "23", "The mayor"),
    ("Torv said police had reported that 23 people were hurt.", "23", "police"),
    ("Police met. 23 people were hurt.", "23", None),
    ("Police, who sent 23 officers, said the road was closed.", "23", None),
]


@pytest.mark.parametrize(("text", "figure", "source"), SOURCES)
def test_innermost_source_governs_a_place(text: str, figure: str, source: str | None) -> None:
    builder = TaggingBuilder()
    tag_statements(document_of(text), builder)
    tagging: Tagging = builder.tagging()
    span = Attribution(tagging.spans, tagging.arcs).at(text.index(figure))
    assert (None if span is None else text[span.start : span.end]) == source


SCRAP = 'said Torv told the mayor that was “ ” " , . saying according to who by of calls for asked -- (@ ) he “We go.”'
WORDS = st.sampled_from(SCRAP.split())


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_any_words_give_spans_inside_the_text_and_ids_of_their_own(words: list[str]) -> None:
    text = " ".join(words)
    statements = read(text)
    assert len({statement.id for statement in statements}) == len(statements)
    for statement in statements:
        for span in (statement.cue, *statement.content):
            assert span.of(text).strip()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ivo Marsh Jr. said that the dam may fail.", "Ivo Marsh Jr"),
        ("The dam may fail, Ivo Marsh Sr. said.", "Ivo Marsh Sr"),
        ("Nine people died, the mayor said.", "the mayor"),
    ],
)
def test_name_with_a_point_and_a_short_verb_are_read(text: str, speaker: str) -> None:
    assert [statement.speaker for statement in read(text)] == [speaker]
