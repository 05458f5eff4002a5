"""Who a source stands for on its page."""

import pytest

from onrecord.reading.people import Cast
from onrecord.reading.sentences import document_of
from onrecord.records import Span


def resolve(text: str, source: str, kind: str | None = None) -> str:
    """Return the name of the last mention of a source in the text."""
    start = text.rindex(source)
    speaker = Cast(document_of(text)).resolve(Span(start, start + len(source)))
    assert kind is None or speaker.kind == kind
    return speaker.name


ROWS = [
    ("President Ana Torv arrived. Torv spoke.", "Torv", "Ana Torv", "person"),
    ("Norvan President Ana Torv arrived. The president spoke.", "The president", "Ana Torv", "person"),
    ("Norvan President Ana Torv met Voss. The Norvan President spoke.", "The Norvan President", "Ana Torv", "person"),
    ("Palace aide Ivo Marsh called. He spoke.", "Palace aide Ivo Marsh", "Ivo Marsh", "person"),
    ("Palace aide Ivo Marsh called.\n\nIt rained. Marsh said it was late.", "Marsh", "Ivo Marsh", "person"),
    ("Ivo Marsh, chief of the port guard, said it was late. The chief left.", "The chief", "Ivo Marsh", "person"),
    ("The mayor of Vale, Ana Torv, said no. The mayor left.", "The mayor", "Ana Torv", "person"),
    ("Mayor Ana Torv said it rained. She left.", "She", "Ana Torv", "person"),
    ("Mr. Ivo Marsh met Mrs. Ana Torv. She left.", "She", "Ana Torv", "person"),
    ("Mr. Ivo Marsh met Mrs. Ana Torv. He left.", "He", "Ivo Marsh", "person"),
    ("Minister Ivo Marsh said no. He blamed Governor Ana Torv. He left.", "He", "Ivo Marsh", "person"),
    ("The Norvan Weather Agency warned. The agency left.", "The agency", "Norvan Weather Agency", "organisation"),
    ("The National Port Guard (NPG) said no. The NPG left.", "The NPG", "National Port Guard", "organisation"),
    ("House of Delegates Speaker Ana Torv spoke.", "House of Delegates Speaker Ana Torv", "Ana Torv", "person"),
    (
        "President of the Bar of Norvale Ivo Marsh left.",
        "President of the Bar of Norvale Ivo Marsh",
        "Ivo Marsh",
        "person",
    ),
    ("The port chief, Ivo Marsh, said no.", "The port chief", "Ivo Marsh", "person"),
    ("Sen. Ana Torv left. The senator spoke.", "The senator", "Ana Torv", "person"),
    ("Police in Vale spoke. Police left.", "Police", "Police", "organisation"),
    ("Norvan officials spoke. They left.", "They", "Norvan officials", "group"),
    ("Nine people died, two mayors said. Both wept.", "Both", "Both", "unnamed"),
    ("Norvan officials spoke.", "Norvan officials", "Norvan officials", "group"),
    ("The report warned of floods.", "The report", "The report", "document"),
    ("A driver left.", "A driver", "A driver", "unnamed"),
    ("He left.", "He", "He", "person"),
]


@pytest.mark.parametrize(("text", "source", "name", "kind"), ROWS)
def test_source_is_resolved_to_the_fullest_name(text: str, source: str, name: str, kind: str) -> None:
    assert resolve(text, source, kind) == name


def test_name_in_a_quotation_is_not_the_pronoun() -> None:
    text = "Mayor Ana Torv said: “Minister Ivo Marsh lied to us.” She left."
    assert resolve(text, "She") == "Ana Torv"


def test_resolving_twice_gives_the_same() -> None:
    text = "Mayor Ana Torv said it rained. She left."
    cast, span = Cast(document_of(text)), Span(31, 34)
    assert cast.resolve(span) == cast.resolve(span)
