"""Number expressions: value, bounds, whole, unit, and what is no figure."""

from itertools import pairwise

import pytest

from onrecord.reading.quantities import Quantity, read_quantities
from onrecord.reading.sentences import document_of


def quantities(text: str) -> list[Quantity]:
    document = document_of(text)
    return [quantity for sentence in document.sentences for quantity in read_quantities(sentence)]


def figures(text: str) -> list[Quantity]:
    return [quantity for quantity in quantities(text) if quantity.non_figure is None]


VALUES = [
    ("At least 23 people were hurt.", "At least 23", 23, None, "at_least"),
    ("No fewer than nine crews went out.", "No fewer than nine", 9, None, "at_least"),
    ("More than 60 homes burned.", "More than 60", 61, None, "more_than"),
    ("Over half of the town fled.", "Over half", 50, None, "more_than"),
    ("Up to 30 miners are below ground.", "Up to 30", None, 30, "at_most"),
    ("As many as 400 tents went up.", "As many as 400", None, 400, "at_most"),
    ("Fewer than 10 rockets got through.", "Fewer than 10", None, 9, "less_than"),
    ("Nearly 100 families left.", "Nearly 100", None, 100, "nearly"),
    ("Just under 500 stayed.", "Just under 500", None, 499, "less_than"),
    ("Some 40 trucks crossed.", "Some 40", 40, 40, "about"),
    ("Roughly 1.3 million litres leaked.", "Roughly 1.3 million litres", 1_300_000, 1_300_000, "about"),
    ("Fifty-odd shops closed.", "Fifty-odd", 50, 50, "about"),
    ("Twelve or more boats sank.", "Twelve or more", 12, None, "at_least"),
    ("50 or so farmers met.", "50 or so", 50, 50, "about"),
    ("30 to 40 shells landed.", "30 to 40", 30, 40, "between"),
    ("30-40 shells landed.", "30-40", 30, 40, "between"),
    ("Not one mast was left.", "Not one", 0, 0, "exact"),
    ("Not a single boat came.", "Not a single", 0, 0, "exact"),
    ("Between 15 and 20 gunmen came.", "Between 15 and 20", 15, 20, "between"),
    ("Five or six blasts were heard.", "Five or six", 5, 6, "between"),
    ("Dozens of homes burned.", "Dozens", 24, 99, "vague"),
    ("Tens of thousands of people marched.", "Tens of thousands", 20_000, 99_999, "vague"),
    ("Several villages were cut off.", "Several", 3, 9, "vague"),
    ("A couple of passers-by were hurt.", "A couple", 2, 2, "vague"),
    ("Many were feared dead.", "Many", None, None, "vague"),
    ("Twenty-one people died.", "Twenty-one", 21, 21, "exact"),
    ("Two hundred and fifty people died.", "Two hundred and fifty", 250, 250, "exact"),
    ("Two dozen sheep were lost.", "Two dozen", 24, 24, "exact"),
    ("About half a million people voted.", "About half a million", 500_000, 500_000, "about"),
    ("Some 3 lakh people voted.", "Some 3 lakh", 300_000, 300_000, "about"),
    ("12,345 votes were cast.", "12,345", 12_345, 12_345, "exact"),
    ("About 1,0O0 people are homeless.", "About 1,0O0", 1000, 1000, "about"),
    ("Two-thirds of the town is under water.", "Two-thirds", 66.67, 66.67, "exact"),
    ("A fifth of the crew survived.", "A fifth", 20, 20, "exact"),
    ("One in five wells is dry.", "One in five", 20, 20, "exact"),
    ("12 per cent of the wells are dry.", "12 per cent", 12, 12, "exact"),
    ("The state gave $2.4 billion.", "$2.4 billion", 2_400_000_000, 2_400_000_000, "exact"),
    ("A £2.5m bounty was set.", "£2.5m", 2_500_000, 2_500_000, "exact"),
    ("No casualties were reported.", "No", 0, 0, "exact"),
    ("None were hurt.", "None", 0, 0, "exact"),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "bound"), VALUES)
def test_quantity_has_value_and_bound(text: str, words: str, low: float, high: float, bound: str) -> None:
    quantity = figures(text)[0]
    assert (text[quantity.start : quantity.end], quantity.low, quantity.high, quantity.bound) == (
        words, low, high, bound,
    )  # fmt: skip


WHOLES = [
    ("The guns downed 478 out of the 550 gliders.", 478, 550),
    ("Six of the city's 10 districts lost power.", 6, 10),
    ("She won 34 of the 65 seats.", 34, 65),
    ("Up to 32 of the 47 counties are flooded.", None, 47),
    ("Of 539 gliders, 268 were shot down.", 268, 539),
    ("Of the 130 injured, 77 were children.", 77, 130),
]


@pytest.mark.parametrize(("text", "low", "whole"), WHOLES)
def test_quantity_keeps_its_whole_and_the_whole_is_no_figure(text: str, low: int, whole: int) -> None:
    found = figures(text)
    assert [(quantity.low, quantity.of_total) for quantity in found] == [(low, whole)]


NON_FIGURES = [
    ("The truce began on 4 July.", "date"),
    ("It began on July 4, they said.", "date"),
    ("The blast came at 6.30am.", "clock"),
    ("The blast came at 7:30 p.m. there.", "clock"),
    ("It was the worst year since 2011.", "year"),
    ("The 1998 attack is remembered.", "year"),
    ("A 10-day truce took effect.", "duration"),
    ("They waited for two hours.", "duration"),
    ("A 24-year-old man fled.", "age"),
    ("Mara Voss, 41, fled.", "age"),
    ("She is aged 7.", "age"),
    ("The 93rd Brigade held the line.", "ordinal"),
    ("Route 66 was closed.", "name"),
    ("They cited Article 5.", "name"),
    ("Call 555-010-2000 for help.", "phone"),
    ("They won 3-1 at home.", "score"),
    ("They fired 155mm shells.", "name"),
    ("They towed a 122 mm howitzer.", "name"),
    ("Brigade 47 of the coast guard left.", "name"),
]


@pytest.mark.parametrize(("text", "kind"), NON_FIGURES)
def test_number_that_is_no_figure_is_found_and_typed(text: str, kind: str) -> None:
    assert figures(text) == []
    assert kind in [quantity.non_figure for quantity in quantities(text)]


def test_number_words_in_the_middle_of_names_and_sayings_are_left_alone() -> None:
    assert [q.low for q in figures("There is no doubt that they no longer care.")] == []


def test_conversion_in_brackets_is_a_record_of_its_own() -> None:
    found = figures("Rain of 10 cm (4 inches) fell.")
    assert [(q.low, q.unit, q.type) for q in found] == [(10, "cm", "measure"), (4, "in", "measure")]


def test_quantities_do_not_overlap() -> None:
    found = quantities("About 20 to 30 of the 400 men, 12 of them boys aged 9 to 14, came on 3 and 4 May.")
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_change_in_percent_is_no_range_with_what_it_led_to() -> None:
    found = figures("Sales fell 12 percent to 3.4 billion euros.")
    assert [(q.low, q.high, q.type) for q in found] == [(12, 12, "share"), (3_400_000_000, 3_400_000_000, "money")]


def test_winners_are_no_sum_of_money() -> None:
    assert [(q.low, q.type) for q in figures("Of the men, 12 won prizes.")] == [(12, "count")]
