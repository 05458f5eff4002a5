"""gold/GUIDELINE.md and the closed lists of records.py say the same."""

import re

import pytest

from onrecord import records
from onrecord.records import choices

# section of the guideline, name of the row, list in the code
LISTS = [
    (1, "bound", records.Bound),
    (1, "kind", records.FigureKind),
    (1, "outcome", records.Outcome),
    (1, "polarity", records.FigurePolarity),
    (1, "modality", records.Modality),
    (2, "form", records.Form),
    (2, "act", records.Act),
    (3, "status", records.EventStatus),
]


def section(text: str, number: int) -> str:
    return text.split(f"\n## {number}. ")[1].split("\n## ")[0]


def values(cell: str) -> list[str]:
    """The values of a list, without what is said of them in brackets."""
    return [value.strip() for value in re.sub(r"\([^()]*\)", "", cell).split(",")]


@pytest.fixture(scope="module")
def guideline(root):
    return (root / "gold" / "GUIDELINE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "row", "closed_list"), LISTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_closed_list_is_that_of_the_guideline(guideline, number, row, closed_list):
    cell = re.search(rf"^\| {row} \| (.*) \|$", section(guideline, number), re.MULTILINE)
    assert tuple(values(cell[1])) == choices(closed_list)


def test_event_types_are_those_of_the_guideline(guideline):
    listed = re.search(r"\(its clearest mention\): (.*?)\.\n", section(guideline, 3), re.DOTALL)
    assert tuple(values(listed[1].replace("\n", " "))) == choices(records.EventType)


def test_kinds_of_a_toll_are_kinds_of_figure():
    assert set(choices(records.FigureKind)) > records.TOLL_KINDS


@pytest.mark.shared
def test_guideline_is_the_shared_one(guideline, shared):
    assert guideline == (shared / "gold" / "GUIDELINE.md").read_text(encoding="utf-8")
