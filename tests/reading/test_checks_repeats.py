"""The same figure told twice, and what is not the same figure."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.records import Origin


def says(text: str, title: str | None = None) -> list[tuple[str, bool, str]]:
    origin = Origin(name="page", media_type="text", published="2031-05-04", title=title)
    found = read_bytes(text.encode(), origin).checks
    return [(check.kind, check.holds, check.says) for check in found if check.kind in ("repeat", "conflict")]


def test_figure_told_twice_that_differs_is_shown():
    text = "The blast killed 12 people.\n\nRescuers said that 14 people were killed by the blast."
    assert says(text) == [("repeat", False, "12 and 14 killed: they differ")]


@pytest.mark.parametrize(
    "second",
    [
        "In May, 14 people were killed.",
        "In a separate attack 14 people were killed.",
        "Since the war began 14 people have been killed.",
        "The 14 people killed were all miners.",
        "Up to 400 people were killed there.",
        "Rescuers said that 14 soldiers were killed.",
        "Another 14 people were killed.",
        "Nobody was killed, the mayor said.",
    ],
)
def test_figure_of_another_scope_is_not_compared(second):
    assert says(f"The blast killed 12 people.\n\n{second}") == []


def test_open_counts_are_not_said_to_agree():
    text = "More than 900 houses were damaged.\n\nMore than 1,700 houses were damaged."
    assert says(text) == []


@pytest.mark.parametrize(("number", "holds"), [("12", True), ("14", False)])
def test_headline_is_compared_with_the_body(number, holds):
    # The title stands in the text as its headline.
    text = f"{number} people killed in blast\n\nThe blast in Velm killed 12 people on Monday, the mayor said."
    words = "they agree" if holds else "they differ"
    found = says(text, title=f"{number} people killed in blast")
    assert found == [("repeat", holds, f"{number} in the headline and 12 killed: {words}")]


@pytest.mark.parametrize(("killed", "holds"), [("nine civilians", True), ("eight people", False)])
def test_headline_without_a_noun_is_compared_with_any(killed, holds):
    title = "Guns fire on border towns, killing nine"
    text = f"{title}\n\nThe fire killed {killed} on Monday, the mayor said.\n\nFive people died in Velm, the army said."
    assert [check[1] for check in says(text, title=title) if "headline" in check[2]] == [holds]
