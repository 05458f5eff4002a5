"""Calendar arithmetic: months and years of every length, holidays, the nearest of several dates."""

from datetime import date

import pytest

from onrecord.reading.time_values import (
    add_months,
    easter,
    holiday,
    holidays,
    nearest_year,
    nth_weekday,
    one_day,
    third_of_month,
    week_of,
    weekend_of,
    whole_month,
)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_added_within_the_calendar(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("year", "expected"), [(2018, date(2018, 4, 1)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20))]
)
def test_easter(year, expected):
    assert easter(year) == expected


@pytest.mark.parametrize("name", sorted(holidays()))
def test_every_holiday_has_a_day_in_every_year(name):
    assert {holiday(holidays()[name], year).first.year for year in (1999, 2024, 2025)} == {1999, 2024, 2025}


def test_nth_weekday_of_a_month():
    assert nth_weekday(4, 3, 2025, 11).first == date(2025, 11, 27)
    assert nth_weekday(0, 0, 2025, 5).first == date(2025, 5, 26)
    with pytest.raises(ValueError, match="2025-02"):
        nth_weekday(5, 0, 2025, 2)


def test_week_may_begin_on_sunday():
    assert week_of(date(2025, 7, 6)).first == date(2025, 6, 30)
    assert week_of(date(2025, 7, 6), sunday=True).first == date(2025, 7, 6)


def test_weekend_is_the_last_one_or_the_next():
    assert weekend_of(date(2025, 7, 2), ahead=False).first == date(2025, 6, 28)
    assert weekend_of(date(2025, 7, 2), ahead=True).first == date(2025, 7, 5)
    assert weekend_of(date(2025, 7, 6), ahead=False).first == date(2025, 7, 5)


def test_last_third_of_february_ends_with_the_month():
    assert third_of_month(whole_month(2024, 2), "late").last == date(2024, 2, 29)
    assert third_of_month(whole_month(2025, 2), "late").last == date(2025, 2, 28)


@pytest.mark.parametrize(("tense", "year"), [("ahead", 2025), ("behind", 2024), (None, 2025)])
def test_date_without_a_year_is_the_next_the_last_or_the_near_one(tense, year):
    around = {one: one_day(date(one, 8, 1)) for one in (2024, 2025, 2026)}
    assert nearest_year(around, date(2025, 7, 4), tense, 60).first.year == year
