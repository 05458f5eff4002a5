"""The reader model of the package reads plain cases, refuses what is not whole, and never leaves the text."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.pipeline import model_name, read_bytes
from onrecord.reading.lexicon_tagger import LexiconTagger
from onrecord.reading.model_folder import FOLDER, read_settings
from onrecord.reading.model_session import load_model
from onrecord.reading.model_tagger import ModelTagger
from onrecord.reading.sentences import document_of
from onrecord.records import Origin

PAGE = (
    "NORHAVEN (Coast Press) - At least 23 people were killed and 41 injured when a ferry sank off Norhaven on Friday, "
    "the regional governor said.\n"
    'Ada Rhys, the head of the coast guard, told reporters: "We pulled 60 people out of the water."\n'
    "The ministry of transport denied that the ship had been overloaded.\n"
)


@pytest.fixture(scope="module")
def tagger() -> ModelTagger:
    return ModelTagger()


@pytest.fixture(scope="module")
def reading(tagger):
    return read_bytes(PAGE.encode(), Origin(name="ferry", media_type="text"), tagger=tagger)


def words(reading, span):
    return reading.page.text[span.start : span.end]


def test_figures_have_their_outcome_and_source(reading):
    found = {(f.low, f.high, f.outcome): f for f in reading.figures}
    assert {(23, None, "killed"), (41, 41, "injured")} <= set(found)
    assert words(reading, found[(23, None, "killed")].source).endswith("governor")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("A family of five was killed.", ["five"]),
        ("Pupils aged 8-12 were injured.", []),
        ("A father of three was killed.", ["A father"]),
        ("A 13 year old boy was injured in the crash.", ["A 13 year old boy"]),
    ],
)
def test_group_and_ages_are_no_figures_of_their_own(tagger, text, numbers):
    found = read_bytes(text.encode(), Origin(name="page", media_type="text"), tagger=tagger)
    assert [words(found, figure.number) for figure in found.figures] == numbers


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("The gunman shot nine people, killing four.", ["injured", "killed"]),
        ("Two police officers were shot, and one died.", ["injured", "killed"]),
        ("Two men were shot and killed.", ["killed"]),
    ],
)
def test_shot_does_not_say_killed_where_another_number_died(tagger, text, outcomes):
    found = read_bytes(text.encode(), Origin(name="page", media_type="text"), tagger=tagger)
    assert [figure.outcome for figure in found.figures] == outcomes


def test_count_beside_a_sum_is_no_money(tagger):
    text = "The government pledged 2 billion euros for 300,000 refugees."
    found = read_bytes(text.encode(), Origin(name="page", media_type="text"), tagger=tagger)
    assert [figure.kind == "money" for figure in found.figures] == [True, False]


def test_statements_have_source_cue_and_act(reading):
    found = {(words(reading, s.source) if s.source else None, s.act) for s in reading.statements}
    assert any(source and source.endswith("governor") for source, _ in found)
    assert any(source and source.startswith("Ada Rhys") for source, _ in found)
    assert any(source and "ministry" in source and act == "deny" for source, act in found)


def test_direct_speech_stands_without_its_marks(reading):
    (direct,) = (s for s in reading.statements if s.form == "direct")
    assert words(reading, direct.content[0]) == "We pulled 60 people out of the water"


def test_the_same_page_is_read_the_same_twice(tagger, reading):
    assert read_bytes(PAGE.encode(), Origin(name="ferry", media_type="text"), tagger=tagger) == reading


def test_a_page_is_read_alike_whatever_was_read_before(tagger, reading):
    read_bytes(PAGE.replace("23", "44").encode(), Origin(name="other", media_type="text"), tagger=tagger)
    assert read_bytes(PAGE.encode(), Origin(name="ferry", media_type="text"), tagger=tagger) == reading


def test_attributions_keep_thoughts_too(tagger):
    document = document_of("The mayor believes that the bridge will hold.")
    (found,) = tagger.attributions(document)
    assert [document.text[s:e] for s, e in found.cue] == ["believes"]


def test_a_text_without_words_has_no_spans(tagger):
    assert tagger.tag(document_of("")).spans == ()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_spans_lie_inside_any_text(tagger, text):
    document = document_of(text)
    for span in tagger.tag(document).spans:
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.usefixtures("with_model")
def test_the_model_reads_when_nothing_is_named():
    reading = read_bytes(PAGE.encode(), Origin(name="ferry", media_type="text"))
    assert reading.reader.model == model_name() == read_settings().name


def test_rules_read_on_demand():
    reading = read_bytes(PAGE.encode(), Origin(name="ferry", media_type="text"), tagger=LexiconTagger())
    assert reading.reader.model == "lexicon"


@pytest.mark.parametrize("missing", ["model.onnx", "settings.json", "tokenizer.json"])
def test_a_model_that_is_not_whole_is_named(tmp_path, missing):
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=missing):
        load_model(folder)


def test_a_damaged_model_is_named(tmp_path):
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    (folder / "model.onnx").write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"model\.onnx"):
        load_model(folder)


def test_a_model_of_another_version_is_refused(tmp_path):
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    path = folder / "settings.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"cue source"', '"cue speaker"'), encoding="utf-8")
    with pytest.raises(ModelError, match="not those of this version"):
        load_model(folder)


@pytest.mark.parametrize(
    ("text", "speaker", "contents"),
    [
        (
            'Olga Brin, a nurse, said her ward was full. "We have three amputees. One of them is a child."',
            "Olga Brin",
            ["her ward was full", "We have three amputees. One of them is a child"],
        ),
        (
            'Mayor Petr Oslan said the bridge was closed. "It is not safe for anybody to cross it now."',
            "Petr Oslan",
            ["the bridge was closed", "It is not safe for anybody to cross it now"],
        ),
        (
            'President Mira Holt called the attack "an act of cowardice" and urged allies to send help.',
            "Mira Holt",
            ['the attack "an act of cowardice"'],
        ),
        (
            'President Bogdan Reyl accused "foreign paymasters" of stirring unrest in the capital.',
            "Bogdan Reyl",
            ['"foreign paymasters" of stirring unrest in the capital'],
        ),
    ],
)
def test_quotations_without_a_cue_go_on_with_the_speaker_before_them(tagger, text, speaker, contents):
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text"), tagger=tagger)
    first = reading.statements[0]
    assert (first.speaker, [words(reading, part) for part in first.content]) == (speaker, contents)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ('"She has two broken ribs," the lawyer said.', [("two", "none")]),
        ("He suffered three stab wounds, police said.", [("three", "none")]),
        ("The dead included 14 children under five.", [("14", "killed")]),
        ('"Seven are fighting for their lives," she said.', [("Seven", "injured")]),
        ("Twelve people escaped unhurt.", [("Twelve", "other")]),
        (
            "A week ago it reported 3,300 cases and 81 deaths from the virus.",
            [("3,300", "infected"), ("81", "killed")],
        ),
    ],
)
def test_words_bar_outcomes_that_the_model_would_give(tagger, text, figures):
    found = read_bytes(text.encode(), Origin(name="page", media_type="text"), tagger=tagger)
    assert [(words(found, figure.number), figure.outcome) for figure in found.figures] == figures


def test_an_adverb_is_not_counted(tagger):
    text = "The mayor said 38 officers had been hurt, two of them seriously."
    found = read_bytes(text.encode(), Origin(name="page", media_type="text"), tagger=tagger)
    assert [figure.counted and words(found, figure.counted) for figure in found.figures] == ["officers", None]
