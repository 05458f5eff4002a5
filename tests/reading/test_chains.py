"""Who gave a figure and who passes it on."""

import pytest

import onrecord

ROWS = [
    ("The news agency Tanar, citing officials in the ministry, said 14 people were killed.",
     "14", "officials in the ministry", "The news agency Tanar"),
    ("Local radio, quoting porters who had walked down, spoke of 14 people killed in the valley.",
     "14", "porters", "Local radio"),
    ("At least 23 people were killed in Ostrava Bay, the Herald reported, citing police.",
     "At least 23", "police", "the Herald"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "speaker", "via"), ROWS)
@pytest.mark.usefixtures("with_model")
def test_who_is_cited_gave_the_figure_and_who_cites_passes_it_on(
    text: str, number: str, speaker: str, via: str
) -> None:
    reading = onrecord.read(text=text)
    figure = next(one for one in reading.figures if reading.words(one.number) == number)
    assert (figure.speaker, figure.via) == (speaker, via)


def test_rules_alone_see_the_chain() -> None:
    reading = onrecord.read(text=ROWS[0][0])
    assert [(one.speaker, one.via) for one in reading.figures] == [(ROWS[0][2], ROWS[0][3])]


def test_a_reason_that_is_cited_is_no_source() -> None:
    text = "The council called off the search for 14 people, citing concern about the spread of disease."
    assert all(one.via is None for one in onrecord.read(text=text).figures)
    assert "concern" not in {one.speaker for one in onrecord.read(text=text).statements}
