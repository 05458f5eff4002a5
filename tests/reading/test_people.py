"""Who a source stands for on its page."""

import pytest

from onrecord.reading.people import Cast
from onrecord.reading.sentences import document_of
from onrecord.reading.tagger import Arc, TaggedSpan, Tagging
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

JOINED = [
    # names
    ("Xu Renfang, mayor of Vale, left. Xu spoke.", "Xu", "Xu Renfang", "person"),
    ("Ivo Torvskyy arrived. Then Torvsky spoke.", "Torvsky", "Ivo Torvskyy", "person"),
    ("Ana Torv and Ivo Torv came. Mr. Torv spoke.", "Torv", "Ivo Torv", "person"),
    ("Ivo Marsh met Ivo Marsh Jr. in Vale. Ivo Marsh spoke.", "Ivo Marsh", "Ivo Marsh", "person"),
    ("Farid el-Nadim, a pilot, left. El-Nadim spoke.", "Farid el-Nadim", "Farid el-Nadim", "person"),
    ("Former Secretary of State Ana Torv spoke.", "Former Secretary of State Ana Torv", "Ana Torv", "person"),
    ("Norvale's Mayor Ana Torv spoke.", "Norvale's Mayor Ana Torv", "Ana Torv", "person"),
    ("The head of the Port Guard, Ivo Marsh, spoke.", "The head of the Port Guard, Ivo Marsh", "Ivo Marsh", "person"),
    ("The rower's lawyer, Ana Torv, spoke.", "The rower's lawyer, Ana Torv", "Ana Torv", "person"),
    # no name of the source's own
    ("A lawyer for Mayor Ana Torv spoke.", "A lawyer for Mayor Ana Torv", "A lawyer for Mayor Ana Torv", "unnamed"),
    ("His allies, including Ana Torv, spoke.", "His allies, including Ana Torv",
     "His allies, including Ana Torv", None),
    ("Ana Torv and Ivo Marsh spoke.", "Ana Torv and Ivo Marsh", "Ana Torv and Ivo Marsh", "group"),
    ("Two senior port officials spoke.", "Two senior port officials", "Two senior port officials", "group"),
    # bodies
    ("The Office for Ports and Roads (OPR) warned. OPR spoke.", "OPR", "Office for Ports and Roads", "organisation"),
    ("Calder Foods Inc fell. Calder Foods spoke.", "Calder Foods", "Calder Foods Inc", "organisation"),
    ("The Norvan Harbour Department met. The department spoke.", "The department", "Norvan Harbour Department", None),
    ("The Norvan Port Office met. The semi-official Lurn news agency spoke.", "The semi-official Lurn news agency",
     "The semi-official Lurn news agency", None),
    # descriptions
    ("Ana Torv, vice president, met Ivo Marsh, the president. The president spoke.", "The president",
     "Ivo Marsh", None),
    ("A judge spoke. It rained. Judge Ivo Marsh and Ana Torv, a judge in Vale, met.", "A judge", "A judge", None),
    ("A magistrate left Vale. Ana Torv, a magistrate, spoke.", "A magistrate", "Ana Torv", "person"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "name", "kind"), JOINED)
def test_mentions_of_a_page_are_joined(text: str, source: str, name: str, kind: str | None) -> None:
    assert resolve(text, source, kind) == name


def spoken(text: str, *sources: str) -> list[str]:
    """Return the names of sources that say something, each given by its words, in text order."""
    spans, at = [], 0
    for source in sources:
        at = text.index(source, at)
        spans.append(Span(at, at + len(source)))
        at += len(source)
    tagging = Tagging(tuple(TaggedSpan("source", span.start, span.end) for span in spans))
    cast = Cast(document_of(text), tagging)
    return [cast.resolve(span).name for span in spans]


SPOKEN = [
    ("Ana Torv said no. Ivo Marsh said yes. She said it rained.", ("Ana Torv", "Ivo Marsh", "She"), "Ana Torv"),
    ("The report said no. It rained. It also said that ships sank.", ("The report", "It"), "The report"),
    ("The Norvan Port Office said no. It said it again.", ("The Norvan Port Office", "It"), "The Norvan Port Office"),
    ("Two rowers said no. They said it twice.", ("Two rowers", "They"), "They"),
    ("Port pilots said no. They said it twice.", ("Port pilots", "They"), "Port pilots"),
    ("Ana Torv and Ivo Marsh said no. Both said it twice.", ("Ana Torv and Ivo Marsh", "Both"),
     "Ana Torv and Ivo Marsh"),
    ("Ivo Marsh said in a statement that it rained. The statement said more.", ("Ivo Marsh", "The statement"),
     "Ivo Marsh"),
    ("A source close to Ana Torv said no. The source said more.", ("A source close to Ana Torv", "The source"),
     "A source close to Ana Torv"),
    ("Two port officials said no. The officials said more.", ("Two port officials", "The officials"),
     "Two port officials"),
    ("A port official said no. The officials said more.", ("A port official", "The officials"), "The officials"),
    ("A police officer said no. Late that day he said yes.", ("A police officer", "he"), "A police officer"),
    ("Mayor Ana Torv said no. A pilot, Ivo Marsh, said yes. The pilot said more.",
     ("Ana Torv", "A pilot, Ivo Marsh", "The pilot"), "Ivo Marsh"),
    ("Mayor Ana Torv said no. She left. The governor said yes.", ("Ana Torv", "The governor"), "The governor"),
    ("Governor Ana Torv said no. It rained. The pilot said yes.", ("Ana Torv", "The pilot"), "The pilot"),
    ("Ana Torv said no. The boy's uncle said yes.", ("Ana Torv", "The boy's uncle"), "The boy's uncle"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sources", "name"), SPOKEN)
def test_source_is_resolved_by_what_was_said_before(text: str, sources: tuple[str, ...], name: str) -> None:
    assert spoken(text, *sources)[-1] == name


LATER_NAMED = [
    ("Ten died, an official said. Rain fell, said Ivo Marsh, a director of the port office.",
     ("an official", "Ivo Marsh"), "Ivo Marsh"),
    ("Ten died, a magistrate said. Rain fell, Magistrate Ivo Marsh said.", ("a magistrate", "Magistrate Ivo Marsh"),
     "Ivo Marsh"),
    ("Ten died, a magistrate said. Rain fell, Mayor Ivo Marsh said.", ("a magistrate", "Mayor Ivo Marsh"),
     "a magistrate"),
    ("Ten died, an official said. Rain fell, President Ivo Marsh said.", ("an official", "President Ivo Marsh"),
     "an official"),
    ("Ten died, an official said, and Ivo Marsh said no.", ("an official", "Ivo Marsh"), "an official"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sources", "name"), LATER_NAMED)
def test_official_of_the_lead_is_the_next_who_is_named_and_can_be_called_so(
    text: str, sources: tuple[str, ...], name: str
) -> None:
    assert spoken(text, *sources)[0] == name


def test_first_person_in_a_quotation_is_who_says_it() -> None:
    text = "“I told them to leave,” Ana Torv said."
    i, ana = text.index("I told"), text.index("Ana")
    spans = (
        TaggedSpan("source", i, i + 1), TaggedSpan("cue", 32, 36), TaggedSpan("source", ana, ana + 8),
        TaggedSpan("content", 1, 22),
    )  # fmt: skip
    tagging = Tagging(spans, (Arc("source", 1, 2), Arc("content", 1, 3)))
    assert Cast(document_of(text), tagging).resolve(Span(i, i + 1)).name == "Ana Torv"


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


NAMED_RIGHT = [
    ("Fire broke out in Upper Vale, governor Ana Torv said. Later she left.", "she", "Ana Torv", "person"),
    ("Ana Torv said so. Porters walked in Upper Vale. She left, she said.", "she said", "Ana Torv", "person"),
    ("The operator, Norvan Petrol, said so.", "The operator, Norvan Petrol,", "Norvan Petrol", "organisation"),
    ("Rivers rose, a spokeswoman, Commissioner Ana Torv, said.", "a spokeswoman", "Ana Torv", "person"),
    ("Police said so. The Police Athletic League met.", "Police", "Police", "organisation"),
    ("The Red Cross said so.", "The Red Cross", "The Red Cross", "organisation"),
    ("Minister for Peru Ana Torv said so.", "Minister for Peru Ana Torv", "Ana Torv", "person"),
    ("Villagers met. The rain, they said, goes on.", "they", "Villagers", "group"),
    ("Rain fell, the sub-prefect, Zoru Tavik, said.", "the sub-prefect, Zoru Tavik", "Zoru Tavik", "person"),
    ("Rain fell, said the sub-prefect, Zoru Tavik.", "the sub-prefect", "Zoru Tavik", "person"),
    ("The port's chair, retired judge Zoru Tavik, said so.", "The port's chair", "Zoru Tavik", "person"),
    ("A spokesperson for the army said so.", "A spokesperson for the army", "A spokesperson for the army", "office"),
    ("Ten died at Zoru, the governor said. Then the governor left.", "the governor", "the governor", "office"),
    ("Villagers, Zoru Tavik said, met.", "Villagers", "Villagers", "group"),
    ("Pilots met in Vale Port Zone. She left, she said.", "she said", "she", "person"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "name", "kind"), NAMED_RIGHT, ids=[row[1] for row in NAMED_RIGHT])
def test_neighbouring_words_do_not_mislead(text: str, source: str, name: str, kind: str) -> None:
    start = text.index(source)
    end = start + len(source.removesuffix(" said"))
    speaker = Cast(document_of(text)).resolve(Span(start, end))
    assert (speaker.name, speaker.kind) == (name, kind)
