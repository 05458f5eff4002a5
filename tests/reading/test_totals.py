"""What a page as a whole puts on record: no double count, nothing lost, doubt kept."""

import pytest
from msgspec.structs import replace

from onrecord.pipeline import failed, read_bytes
from onrecord.reading.sentences import make_document
from onrecord.reading.totals import counted_figures, page_totals
from onrecord.records import Origin, PageTotal, Problem, Reading, Span


def read(text: str) -> Reading:
    return read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))


def totals(text: str) -> dict[tuple[int, str], PageTotal]:
    return {(total.incident, total.outcome): total for total in page_totals(read(text))}


def best(text: str, outcome: str = "killed", incident: int = 0) -> float | None:
    found = totals(text).get((incident, outcome))
    return found.best if found else None


DEVELOP = [
    ("Twelve people were killed in Velm, including three children.", 12),
    ("The blast killed 12 people. Three of the dead were children.", 12),
    ("Twelve people were killed in Velm on Monday.\n\nThe blast killed 12 people, the mayor said.", 12),
    ("Two officers and three drivers were killed in the blast in Velm.", 5),
    ("Ten people were killed in Velm on Monday.\n\nTwo more people died of their wounds on Tuesday.", 12),
    ("The toll rose to 14 from 12 after two more people died.", 14),
    ("A woman was killed in Velm.\n\nThe woman died in the street, police said.", 1),
    ("A man and a woman were killed when a wall fell.", 2),
    ("Ana Brel, 34, was shot dead in Velm on Monday, police said.", 1),
    ("Ana Brel and Ivo Tann were killed in the blast, the mayor said.", 2),
    ("A man was shot in Velm. He died in hospital.", 1),
    ("A 34-year-old man was killed. Ivo Tann, 34, was the driver's brother. Tann died at the scene.", 1),
    ("Mika Orr was charged in the death of Ana Brel.", 1),
    ("Nobody was hurt in the fatal shooting of Ana Brel.", 1),
    ("A father of three was killed in Velm.", 1),
    ("A man killed two people in Velm on Monday.", 2),
]


@pytest.mark.parametrize(("text", "number"), DEVELOP)
def test_killed_of_a_page(text, number):
    assert best(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Four people were shot, one fatally.\n\nThe dead man was not named.", 3),
        ("One man was killed and three others were wounded.", 3),
        ("A man was shot in Velm. He died in hospital.", None),
        ("A man was wounded and taken to hospital. The man is expected to live.", 1),
        ("Ana Brel was killed and Ivo Tann was wounded.", 1),
        ("Police said 12 people were injured, 4 of them seriously.", 12),
    ],
)
def test_injured_of_a_page_are_without_the_dead(text, number):
    assert best(text, "injured") == number


LATER = (
    "A woman was shot in the arm at a market in Velm on Monday, police said.\n\n"
    "Traders closed their stalls early. The square was empty by noon. It rained. Buses were turned back.\n\n"
)


def test_victims_of_older_incidents_told_late_are_not_added():
    text = LATER + "Last spring a man was killed in the same street. A boy was wounded there in June."
    assert best(text) is None
    assert best(text, "injured") == 1


def test_nobody_is_killed_by_being_found():
    killed = read("A man was killed at home in Velm on Monday.").figures[0]
    text = "A man was found at home in Velm on Monday."
    told = read(text)
    at = text.index("found")
    figure = replace(killed, outcome_word=Span(at, at + len("found")), sentence=Span(0, len(text)))
    assert [f.outcome for f in counted_figures(make_document(told.page, told.article), [figure])] == ["injured"]


def test_first_victim_counts_where_a_page_tells_it_late():
    text = "The market in Velm opened late. Traders stood about. Nobody sang. Rain fell. A baker was killed at dawn."
    assert best(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people may have died in Velm.",
        "The army denied that 12 people were killed.",
        "He was charged with the attempted murder of Ana Brel.",
        "The mayor threatened to kill Ana Brel.",
    ],
)
def test_what_has_not_happened_is_no_total(text):
    assert best(text) is None


def test_incidents_stand_apart():
    text = "Twelve people were killed in Velm.\n\nIn a separate attack, four people were killed."
    assert (best(text), best(text, incident=1)) == (12, 4)


def test_counts_that_do_not_agree_stay_visible():
    reading = read(
        "The governor said that 12 people were killed in Velm.\n\n"
        "The hospital said that nine people were killed in Velm."
    )
    [total] = [total for total in page_totals(reading) if total.outcome == "killed"]
    by_id = {figure.id: reading.words(figure.number) for figure in reading.figures}
    assert (total.low, total.best, total.high) == (9, 12, 12)
    assert [by_id[name] for name in total.figures] == ["12"]
    assert [by_id[name] for name in total.disputed] == ["nine"]
    assert total.speakers == ("The governor",)


def test_open_count_has_no_highest():
    found = totals("At least 12 people were killed in Velm.")[0, "killed"]
    assert (found.low, found.best, found.high) == (12, 12, None)


def test_named_victims_are_shown():
    reading = read("Ana Brel, 34, was shot dead in Velm on Monday, police said.")
    [total] = [total for total in page_totals(reading) if total.outcome == "killed"]
    assert [reading.words(name) for name in total.named] == ["Ana Brel"]
    assert total.article == "page"


def test_other_outcomes_have_totals_too():
    assert best("The army launched 40 drones and 12 missiles overnight, the air force said.", "launched") == 52


def test_page_that_was_not_read_has_no_totals():
    assert page_totals(failed("page", Problem(kind="unreadable", says="empty"), "lexicon")) == ()
