"""gold/hard: the lists are sound, the develop list is read as well as it was, bugs stay mended, xfail still fails.

The held-out list is checked for slips of its coder and never read here; it is for a measurement, not for work.
"""

from itertools import pairwise

import pytest

from check_gold import check, misplaced
from coded import ROOT as CHECKOUT
from coded import CodedFigure, CodedPage, CodedStatement, load_coded, read_coded
from score import Finder, Tally, score, score_figures

HARD = CHECKOUT / "gold" / "hard"
LISTS = ("develop", "held_out", "bugs", "xfail")
LEAST_CASES = {"develop": 100, "held_out": 100}

FLOORS = {
    "figures: found": 91.6,
    "figures: value": 98.8,
    "figures: outcome": 76.2,
    "figures: kind": 78.1,
    "figures: source": 81.2,
    "figures: ledger": 55.1,
    "toll: found": 88.8,
    "toll: value": 98.7,
    "toll: outcome": 87.7,
    "toll: kind": 84.4,
    "toll: source": 81.2,
    "toll: ledger": 59.9,
}
"""Rows of the develop list in percent (F1 or share), as last measured; a floor goes up with the reader, never down."""


def cases(name: str) -> list[CodedPage]:
    return load_coded(HARD / f"{name}.jsonl")


def named(name: str, *marks: pytest.MarkDecorator) -> list:
    return [pytest.param(case, id=case.id, marks=marks) for case in cases(name)]


def faults_of(case: CodedPage) -> list[str]:
    """What is wrong with the figures that are read from a case: missed, extra, wrong in a value or the source."""
    faults: list[str] = []
    score_figures(case, read_coded(case).figures, Finder(case.text), Tally(), faults)
    return faults


@pytest.mark.parametrize("name", LISTS)
def test_list_is_coded_without_a_slip(name):
    pages = cases(name)
    assert check(pages) == []
    assert list(misplaced(pages, name)) == []
    assert len(pages) >= LEAST_CASES.get(name, 0)


@pytest.mark.parametrize("name", LISTS)
def test_readme_counts_the_list(name):
    pages = cases(name)
    row = f"| `{name}.jsonl` | `{name}` | {len(pages)} | {sum(len(page.figures) for page in pages)} |"
    assert row in (HARD / "README.md").read_text(encoding="utf-8")


def test_no_case_stands_twice():
    pages = [page for name in LISTS for page in cases(name)]
    assert len({page.id for page in pages}) == len(pages)
    assert len({page.text for page in pages}) == len(pages)


def test_no_number_is_coded_twice():
    for page in (page for name in LISTS for page in cases(name)):
        finder = Finder(page.text)
        places = [finder.take(figure.number, figure.sentence, "number", figure.counted) for figure in page.figures]
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(places))), page.id


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"listed": "develop"}, "list is 'develop'"),
        ({"listed": None}, "list is None"),
        ({"about": " "}, "about is empty"),
        ({"statements": (CodedStatement(sentence="One died, he said.", cue="said"),)}, "statements and events"),
    ],
)
def test_misplaced_case_is_named(change, says):
    right = {"id": "hard_1", "text": "One died, he said.", "listed": "bugs", "about": "one", "figures": ()}
    assert list(misplaced([CodedPage(**right)], "bugs")) == []
    said = list(misplaced([CodedPage(**{**right, **change})], "bugs"))
    assert len(said) == 1
    assert says in said[0]


@pytest.mark.parametrize(("low", "right"), [(4, True), (5, False)])
def test_case_with_a_wrong_figure_is_seen(low, right):
    figure = CodedFigure(sentence="Four people died.", number="Four", low=low, high=low, kind="total", outcome="killed")
    assert (faults_of(CodedPage(id="one", text="Four people died.", figures=(figure,))) == []) is right


@pytest.fixture(scope="module")
def develop_rows() -> dict[str, dict[str, float]]:
    pages = cases("develop")
    return score(pages, {page.id: read_coded(page) for page in pages})


@pytest.mark.parametrize("row", FLOORS)
def test_develop_list_is_read_as_well_as_before(develop_rows, row):
    measured = develop_rows[row]
    assert measured.get("F1", measured.get("share")) >= FLOORS[row]


@pytest.mark.parametrize("case", named("bugs"))
def test_bug_stays_mended(case):
    assert faults_of(case) == []


@pytest.mark.parametrize("case", named("xfail", pytest.mark.xfail(strict=True)))
def test_known_failure_still_fails(case):
    assert faults_of(case) == []
