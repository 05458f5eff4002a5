"""Number expressions: value, bounds, whole, unit, and what is no figure."""

from itertools import pairwise

import pytest

from onrecord.lexicon import rows
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
    ("11 people, at the very least, lay there.", "11", 11, None, "at_least"),
    ("20 windows, give or take, broke.", "20", 20, 20, "about"),
    ("Twenty-three people or more had come.", "Twenty-three", 23, None, "at_least"),
    ("Sub-300 sq m shops are full.", "Sub-300 sq m", None, 300, "less_than"),
    ("Fees range from $200 to $4 million.", "from $200 to $4 million", 200, 4_000_000, "between"),
    ("Prices run from $10 to $15 billion.", "from $10 to $15 billion", 10_000_000_000, 15_000_000_000, "between"),
    ("Two and a half million people voted.", "Two and a half million", 2_500_000, 2_500_000, "exact"),
    ("12 000 people came.", "12 000", 12_000, 12_000, "exact"),
    ("Half a metre of snow fell.", "Half a metre", 0.5, 0.5, "exact"),
    ("It paid RM79 a day.", "RM79", 79, 79, "exact"),
    ("It paid USD10m.", "USD10m", 10_000_000, 10_000_000, "exact"),
    ("It paid $US113 million.", "$US113 million", 113_000_000, 113_000_000, "exact"),
    ("The line gives 30Mbps.", "30Mbps", 30, 30, "exact"),
    ("The rate is .5 percent.", ".5 percent", 0.5, 0.5, "exact"),
    ("The lake stood at minus 5 degrees.", "minus 5 degrees", -5, -5, "exact"),
    ("The index shed -1.3% then.", "-1.3%", -1.3, -1.3, "exact"),
    ("One child in 12 is ill.", "One child in 12", 8.33, 8.33, "exact"),
    ("One out of three wells is dry.", "One out of three", 33.33, 33.33, "exact"),
    ("It holds 1/16 of a pint.", "1/16", 6.25, 6.25, "exact"),
    ("It warmed by 1 to 1.5 degrees Celsius.", "1 to 1.5 degrees Celsius", 1, 1.5, "between"),
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
    ("The shelling began at 1430, two hours before the truce.", "clock"),
    ("A mortar fell on the yard at 0615 on Friday.", "clock"),
    ("Ida Lorn and Petra Hale, both 21, were hurt.", "age"),
    ("The brothers, both 23 of Orvo, were charged.", "age"),
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


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Boys aged 9 to 14 and 12 officers were hurt.", [12]),
        ("Two 9 year olds were hurt.", [2]),
        ("Girls aged 4 and 6, two of them sisters, sang.", [2]),
        ("The average age of the 40 dead was high.", [40]),
        ("A family of three was killed.", [3]),
    ],
)
def test_count_beside_an_age_stays_a_figure(text: str, values: list[int]) -> None:
    assert [quantity.low for quantity in figures(text)] == values


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


def test_moves_have_a_direction_and_what_they_take() -> None:
    assert {(row["direction"] in ("up", "down"), row["takes"] in ("any", "amount")) for row in rows("moves")} == {
        (True, True)
    }


SECONDS = [
    ("Waves of up to nine metres (30 feet) broke.", (None, 30, "at_most")),
    ("The court jailed three men and acquitted a fourth.", (1, 1, "exact")),
    ("More than 7 million crowns (US $1.1 million) is gone.", (1_100_000, None, "more_than")),
]


@pytest.mark.parametrize(("text", "limits"), SECONDS)
def test_second_number_follows_the_first(text: str, limits: tuple[float | None, float | None, str]) -> None:
    second = figures(text)[1]
    assert (second.low, second.high, second.bound) == limits


MOVES = [
    ("The fund rose 3 percent.", "up", False),
    ("Output fell by another 12 tonnes.", "down", False),
    ("Prices fell to 40 cents.", "down", True),
    ("It was up nearly 9 percent.", "up", False),
    ("The number of jobs grew by 600.", "up", False),
    ("The team lost 12 men.", None, False),
    ("He added 15 stamps.", None, False),
    ("A rise of 3 percent is planned.", None, False),
    ("The fund stood at +0.2%.", "up", False),
]


@pytest.mark.parametrize(("text", "direction", "reached"), MOVES)
def test_number_measures_a_rise_or_fall(text: str, direction: str | None, reached: bool) -> None:
    quantity = figures(text)[0]
    assert (quantity.move, "reached" in quantity.marks) == (direction, reached)


@pytest.mark.parametrize("text", ["It shed 190 points, or 0.6 percent.", "Shares rose 8 cents to $3."])
def test_second_number_shares_the_direction(text: str) -> None:
    first, second = figures(text)
    assert first.move is not None
    assert second.move == first.move


TRAPS = [
    ("Call 0800 555 1212 now.", "phone"),
    ("Please text 60777.", "phone"),
    ("The farm is 12 km from the border.", "distance"),
    ("Lint is 90 miles to the west.", "distance"),
    ("He sailed the Varo 320 to port.", "name"),
    ("Room 512 is shut.", "name"),
    ("Row 21 is wet.", "name"),
    ("Between 1600 and 1900 it froze.", "year"),
    ("A woman of 62 drowned.", "age"),
    ("Men aged 18 to 34 voted.", "age"),
    ("A father of three was killed.", "age"),
    ("A 13 year old was hurt.", "age"),
    ("A 13 year-old girl fled.", "age"),
    ("Girls aged between 6 and 11 sang.", "age"),
    ("Girls aged from 6 to 11 sang.", "age"),
    ("Girls aged four, six and 11 were heard.", "age"),
    ("Girls under the age of 12 sang.", "age"),
    ("They are 17, 19 and 24 years old.", "age"),
    ("The sisters, 14 and 17, sang.", "age"),
    ("Sept. 20-24 was dry.", "date"),
    ("The 90049 ZIP code is full.", "address"),
]


@pytest.mark.parametrize(("text", "kind"), TRAPS)
def test_number_is_no_figure(text: str, kind: str) -> None:
    assert {quantity.non_figure for quantity in quantities(text)} == {kind}


@pytest.mark.parametrize(
    "text", ["A pipe of 12 km from Orvo burst.", "Its crew of three came.", "Between 1600 and 1900 men came."]
)
def test_number_stays_a_figure(text: str) -> None:
    assert [quantity.non_figure for quantity in quantities(text)] == [None]
