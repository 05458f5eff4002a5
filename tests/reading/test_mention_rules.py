"""Times and places are marked by words alone."""

import pytest

from onrecord.reading.mention_rules import Mentions, tag_mentions
from onrecord.reading.sentences import Document, document_of
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder


def marked(text: str) -> tuple[Document, list[TaggedSpan]]:
    document, builder = document_of(text), TaggingBuilder()
    tag_mentions(document, builder)
    return document, builder.spans()


def phrases(text: str, label: str) -> list[str]:
    return [text[span.start : span.end] for span in marked(text)[1] if span.label == label]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The mayor of Ardova resigned on Friday.", ["Friday"]),
        ("Two bridges fell overnight.", ["overnight"]),
        ("The ferry sank late Thursday off the coast.", ["late Thursday"]),
        ("The ferry sank late on Thursday.", ["late on Thursday"]),
        ("The war began in February 2022.", ["February 2022"]),
        ("The pit has been closed since 2022.", ["since 2022"]),
        ("They hope to agree by Friday.", ["by Friday"]),
        ("The dam was inspected last year.", ["last year"]),
        ("Shortly after the call concluded, shells fell on Ardova.", ["Shortly after the call concluded"]),
        ("The tremor came at 6:30 a.m. on Monday.", ["6:30 a.m. on Monday"]),
        ("Rain fell in recent days.", ["recent days"]),
        ("Forty fires were put out in the past 24 hours.", ["the past 24 hours"]),
        ("He was buried two days ago.", ["two days ago"]),
        ("On Oct. 7, 2019, the mill burned.", ["Oct. 7, 2019"]),
        ("On 7 October the mill burned.", ["7 October"]),
        ("So far this year nine mills burned.", ["So far this year"]),
        ("It happened on Friday, July 21, in the harbour.", ["Friday, July 21"]),
        ("The 2016 vote was annulled.", ["2016"]),
    ],
)
def test_time_is_marked_whole(text: str, times: list[str]) -> None:
    assert phrases(text, "time") == times


@pytest.mark.parametrize(
    "text",
    [
        "About 2000 people may march.",
        "The brigade has 1999 rifles.",
        "He waited three hours.",
        "Second prize went to May Orlin.",
    ],
)
def test_number_is_not_taken_for_a_time(text: str) -> None:
    assert phrases(text, "time") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A shop burned in Ardova.", ["Ardova"]),
        ("A clinic in the Lomnik district caught fire.", ["the Lomnik district"]),
        ("Shells fell in and near Ardova.", ["in and near Ardova"]),
        ("Power failed nationwide.", ["nationwide"]),
        ("Rain fell across central and northern Brazil.", ["central and northern Brazil"]),
        ("Schools stay closed across the country.", ["the country"]),
        ("A mill in the northern town of Brandeck burned.", ["the northern town of Brandeck"]),
        ("A bus crashed in Brandeck, Ohio, on Friday.", ["Brandeck, Ohio"]),
        ("A bus crashed in Lower Brandeck. Rescuers went to Lower Brandeck.", ["Lower Brandeck", "Lower Brandeck"]),
        ("Police searched a house in Peru's Lomnik province.", ["Peru's Lomnik province"]),
    ],
)
def test_place_is_marked_as_the_guideline_codes_it(text: str, places: list[str]) -> None:
    assert phrases(text, "place") == places


@pytest.mark.parametrize(
    "text",
    [
        "In March the mill closed.",
        "He has faith in President Orlin.",
        "The vote in Parliament Party circles was close.",
        "They met on Friday.",
        "He was killed in Russian shelling.",
        "Confidence in the Lomnik government fell.",
    ],
)
def test_person_month_and_body_are_no_places(text: str) -> None:
    assert phrases(text, "place") == []


def test_place_after_a_preposition_outranks_a_country_that_acts() -> None:
    text = "Peru sent doctors after a quake in Ardova."
    document, spans = marked(text)
    number = Mentions(document, spans).nearest(document.sentences[0], text.index("doctors"), "place")
    assert number is not None
    assert text[spans[number].start : spans[number].end] == "Ardova"


def test_nearest_time_stays_in_its_clause() -> None:
    text = "The mill burned on Monday, and the owner was arrested on Friday."
    document, spans = marked(text)
    mentions = Mentions(document, spans)
    found = [mentions.nearest(document.sentences[0], text.index(word), "time") for word in ("burned", "arrested")]
    assert [text[spans[at].start : spans[at].end] for at in found if at is not None] == ["Monday", "Friday"]


def test_place_is_inherited_within_a_paragraph_and_time_is_not() -> None:
    text = "A mill burned in Ardova on Monday. Two men died.\nA bus crashed."
    document, spans = marked(text)
    mentions = Mentions(document, spans)
    second, third = document.sentences[1], document.sentences[2]
    number = mentions.nearest(second, second.start, "place")
    assert number is not None
    assert text[spans[number].start : spans[number].end] == "Ardova"
    assert mentions.nearest(second, second.start, "time") is None
    assert mentions.nearest(third, third.start, "place") is None
