"""Axes of a chart: marks that people can read, and numbers far beyond the others off the scale."""

import pytest

from onrecord.exports.scales import day_shown, moment, number_axis, time_axis

HOUR = 3600.0


@pytest.mark.parametrize(
    ("reported", "day"),
    [
        ("2026-03-04", "4 Mar 2026"), ("2026-03-04T23:30:00Z", "4 Mar 2026"),
        ("2026-03-04T23:30:00-02:00", "5 Mar 2026"),
        ("2026-03", None), ("yesterday", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_moment_of_a_date(reported: str | None, day: str | None) -> None:
    at = moment(reported)
    assert (None if at is None else day_shown(at, year=True)) == day


@pytest.mark.parametrize(
    ("hours", "names"),
    [
        (0, ["4 Mar 2026"]), (4, ["4 Mar", "01:00", "02:00", "03:00", "04:00"]),
        (60, ["4 Mar", "12:00", "5 Mar", "12:00", "6 Mar", "12:00"]),
        (96, ["4 Mar", "12:00", "5 Mar", "12:00", "6 Mar", "12:00", "7 Mar", "12:00", "8 Mar"]),
        (24 * 7, ["4 Mar", "5 Mar", "6 Mar", "7 Mar", "8 Mar", "9 Mar", "10 Mar", "11 Mar"]),
    ],
)  # fmt: skip
def test_time_axis_names_days_and_clocks(hours: float, names: list[str]) -> None:
    first = moment("2026-03-04T00:00:00Z")
    marks = time_axis([first, first + hours * HOUR], 100, 900).marks()
    assert [name for _, name in marks] == names
    assert all(100 <= x <= 900 for x, _ in marks)


def test_time_axis_begins_with_a_day() -> None:
    marks = time_axis([moment("2026-03-04T04:40:00Z"), moment("2026-03-06T19:00:00Z")], 100, 900).marks()
    assert [name for _, name in marks] == ["4 Mar, 12:00", "5 Mar", "12:00", "6 Mar", "12:00"]


@pytest.mark.parametrize("days", [1, 30, 400, 4000, 40000])
def test_time_axis_has_few_marks(days: int) -> None:
    assert 1 <= len(time_axis([0.0, days * 24 * HOUR], 0, 900).marks()) <= 11


@pytest.mark.parametrize(
    ("numbers", "marks"),
    [
        ([9, 14, 24], [0, 5, 10, 15, 20, 25]), ([1], [0, 1]), ([0], [0, 1]), ([], [0, 1]),
        ([0.3, 0.5], [0, 0.1, 0.2, 0.3, 0.4, 0.5]), ([1_300_000], [0, 500_000, 1_000_000, 1_500_000]),
        ([30, 405, 832, 1200], [0, 250, 500, 750, 1000, 1250]),
    ],
)  # fmt: skip
def test_number_axis_has_round_marks(numbers: list[float], marks: list[float]) -> None:
    assert number_axis(numbers, 100, 0).marks() == pytest.approx(marks)


def test_number_axis_leaves_a_far_number_off_the_scale() -> None:
    axis = number_axis([9, 14, 19, 23, 9999], 100, 0)
    assert axis.off(9999)
    assert axis.y(9999) == 0
    assert not axis.off(23)
    assert axis.y(23) < axis.y(14) < axis.y(0) == 100
