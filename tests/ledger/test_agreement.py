"""Agreement of two reviewers, by hand-counted tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.agreement import agreement, alpha, kappa, report


def pairs(both_accept: int, only_a: int, only_b: int, both_reject: int) -> list[tuple[str, str]]:
    yes, no = "accept", "reject"
    return [(yes, yes)] * both_accept + [(yes, no)] * only_a + [(no, yes)] * only_b + [(no, no)] * both_reject


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        pytest.param((20, 5, 10, 15), 0.4, id="50 claims, raw 0.7, by chance 0.5"),
        pytest.param((45, 15, 25, 15), 0.1304, id="raw 0.6, by chance 0.54"),
        pytest.param((5, 0, 0, 5), 1.0, id="always alike"),
        pytest.param((0, 5, 5, 0), -1.0, id="never alike"),
        pytest.param((25, 25, 25, 25), 0.0, id="as chance gives"),
        pytest.param((9, 0, 0, 0), None, id="one answer to all"),
        pytest.param((0, 0, 0, 0), None, id="none"),
    ],
)
def test_kappa_of_a_table(table: tuple[int, int, int, int], wanted: float | None) -> None:
    assert kappa(pairs(*table)) == (wanted if wanted is None else pytest.approx(wanted, abs=1e-4))


def test_claims_of_one_reviewer_only_do_not_count() -> None:
    judged = {"ada": {"1": "accept", "2": "reject", "3": "accept"}, "bo": {"1": "accept", "2": "accept", "4": "reject"}}
    found = agreement("ada", "bo", judged)
    assert (found.claims, found.raw, found.kappa) == (2, 0.5, 0.0)


def test_reviewers_without_a_claim_in_common_have_no_agreement() -> None:
    found = agreement("ada", "cy", {"ada": {"1": "accept"}})
    assert (found.claims, found.raw, found.kappa) == (0, None, None)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30))
def test_kappa_is_at_most_one_and_the_same_both_ways(judged: list[tuple[str, str]]) -> None:
    value = kappa(judged)
    assert value == kappa([(other, one) for one, other in judged])
    assert value is None or value <= 1


# Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section C: four observers, 12 units, gaps (.).
OBSERVED = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def test_alpha_of_a_published_example() -> None:
    units = [tuple(value for value in unit if value != ".") for unit in zip(*OBSERVED, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=5e-4)


@pytest.mark.parametrize(
    ("units", "wanted"),
    [
        pytest.param([("a", "a"), ("b", "b")], 1.0, id="always alike"),
        pytest.param([("a", "b"), ("b", "a")], -0.5, id="never alike: (4 - 1) * 4 / 8 taken from 1"),
        pytest.param([("a", "a"), ("a", "a")], None, id="one answer to all"),
        pytest.param([("a",), ("b",)], None, id="nothing in common"),
        pytest.param([], None, id="none"),
    ],
)
def test_alpha_of_few_units(units: list[tuple[str, ...]], wanted: float | None) -> None:
    assert alpha(units) == wanted


def test_report_counts_what_all_said_alike_and_lists_the_rest() -> None:
    judged = {
        "ada": {"1": "accept", "2": "reject", "3": "accept"},
        "bo": {"1": "accept", "2": "accept", "4": "reject"},
        "cy": {"1": "accept", "5": "reject"},
        "di": {"6": "accept"},
    }
    told = report(judged)
    assert (told.reviewers, told.claims, told.alike, told.raw) == (("ada", "bo", "cy"), 2, 1, 0.5)
    assert [(pair.a, pair.b, pair.claims) for pair in told.pairs] == [
        ("ada", "bo", 2),
        ("ada", "cy", 1),
        ("bo", "cy", 1),
    ]
    assert [(one.claim, one.judged) for one in told.differing] == [("2", {"ada": "reject", "bo": "accept"})]
