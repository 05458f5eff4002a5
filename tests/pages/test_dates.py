"""Dates that pages print in a line of their own, and those they declare."""

import pytest

from onrecord.pages.dates import date_line, edtf


@pytest.mark.parametrize(
    ("text", "published", "modified"),
    [
        ("Published: July 4, 2031 10:15 IST", "2031-07-04T10:15:00", None),
        ("2031-07-04 20:44:07", "2031-07-04T20:44:07", None),
        ("Updated 3:45 PM EDT, Fri July 4, 2031", None, "2031-07-04T15:45:00-04:00"),
        ("4 July 2031", "2031-07-04", None),
        ("First published on 4 July 2031, updated 5 July 2031", "2031-07-04", "2031-07-05"),
    ],
)
def test_date_line_gives_dates(text: str, published: str | None, modified: str | None) -> None:
    found = date_line(text)
    assert found is not None
    assert (found.published, found.modified) == (published, modified)


@pytest.mark.parametrize("text", ["The July 4, 2031 storm", "July 4", "2031", "On 4 July 2031 the port closed."])
def test_date_line_is_not_seen_in_sentences(text: str) -> None:
    assert date_line(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031-07-04T10:15:00.000Z", "2031-07-04T10:15:00Z"),
        ("2031-07-04T10:15:00+0530", "2031-07-04T10:15:00+05:30"),
        ("2031-07-04", "2031-07-04"),
        ("2031-13-04", None),
        ("yesterday", None),
    ],
)
def test_edtf_of_declared_dates(text: str, expected: str | None) -> None:
    assert edtf(text) == expected
