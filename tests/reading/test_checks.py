"""Sums, parts, shares and repeats inside one page."""

from onrecord.pipeline import read_bytes
from onrecord.records import Check, Origin, Reading


def read(text: str) -> Reading:
    return read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))


def says(text: str) -> list[tuple[str, bool, str]]:
    return [(check.kind, check.holds, check.says) for check in read(text).checks]


def test_sum_is_found_in_the_whole_of_another_figure() -> None:
    text = (
        "The air force said the north launched 39 drones and 11 missiles overnight.\n\n"
        "It said it intercepted 41 of the 50 aerial weapons launched overnight."
    )
    assert ("sum", True, "39 + 11 = 50") in says(text)


def test_sum_that_nobody_printed_is_no_check() -> None:
    assert [c for c in says("The blast killed two men and three women.") if c[0] == "sum"] == []


def test_part_belongs_to_the_figure_of_its_outcome() -> None:
    reading = read(
        "The strike injured at least 23 people. Three people were killed.\n\n14 of the injured were in hospital."
    )
    by_words = {reading.words(figure.number): figure for figure in reading.figures}
    assert by_words["14"].part_of == by_words["at least 23"].id
    assert ("part_of", True, "14 is a part of at least 23") in [(c.kind, c.holds, c.says) for c in reading.checks]


def test_part_larger_than_its_whole_fails() -> None:
    found = says("Doctors said 52 of the 47 wounded had gone home.")
    assert ("part_of", False, "52 of 47: the part is larger than its whole") in found


def test_part_that_names_its_whole_and_is_larger_fails() -> None:
    found = says("Doctors said that 47 wounded people were in hospital and that 52 of the wounded had gone home.")
    assert ("part_of", False, "52 is more than its whole, 47") in found


def test_part_of_a_mixed_toll_is_no_part_of_another_class() -> None:
    reading = read(
        "The blast killed at least 14 people. The army said it killed up to 60 soldiers, which could not be verified."
        "\n\n"
        "A mother and her two sons were among the dead."
    )
    by_words = {reading.words(figure.number): figure for figure in reading.figures}
    assert by_words["two"].part_of == by_words["at least 14"].id


def test_share_of_something_else_is_not_compared() -> None:
    assert says("Six of the 10 districts lost power, and about half of the homes have no windows.") == []


def test_share_is_worked_out() -> None:
    found = says("Gunners downed 40 of the 50 drones, or 80 percent, overnight.")
    assert [(kind, holds) for kind, holds, _ in found] == [("share", True)]


def test_repeated_figure_that_differs_is_shown() -> None:
    text = "The blast killed 19 people.\n\nDoctors worked all night. In all, the blast killed 21 people."
    assert [(kind, holds) for kind, holds, _ in says(text)] == [("repeat", False)]


def test_two_sources_that_differ_are_a_conflict() -> None:
    text = "The governor said the blast killed 19 people.\n\nThe mayor said the blast killed 21 people."
    assert [(kind, holds) for kind, holds, _ in says(text)] == [("conflict", False)]


def test_open_interval_that_can_hold_the_other_value_agrees() -> None:
    text = "The blast killed at least 19 people.\n\nIn all, the blast killed 21 people."
    assert [(kind, holds) for kind, holds, _ in says(text)] == [("repeat", True)]


def test_figures_of_two_places_are_not_compared() -> None:
    text = "Shelling killed five people in Ostrel.\n\nA raid killed nine people in Varno."
    assert [c for c in says(text) if c[0] in ("repeat", "conflict")] == []


def test_every_check_names_figures_of_the_page() -> None:
    reading = read("Doctors said 52 of the 47 wounded had gone home.")
    ids = {figure.id for figure in reading.figures}
    assert all(isinstance(check, Check) and set(check.figures) <= ids for check in reading.checks)


def test_toll_printed_often_is_compared_with_its_first_mention_only() -> None:
    text = "\n\n".join(
        ["The blast killed 14 people.", "Officials counted 14 people killed.", "In all, 14 people died."]
    )
    assert says(text) == [("repeat", True, "14 and 14 killed: they agree")] * 2


def test_checks_of_a_page_of_many_values_stay_few() -> None:
    text = "\n\n".join(f"The blast killed {n} people." for n in range(20, 140))
    assert len(read(text).checks) < 120 * 12
