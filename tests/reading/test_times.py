"""Times are counted from the day of publication."""

import pytest

from onrecord.reading.sentences import make_document
from onrecord.reading.times import resolve_time
from onrecord.records import Article, Page, Span, Time

PUBLISHED = "2025-07-04"  # a Friday


def resolved(text: str, words: str, published: str | None = PUBLISHED) -> Time:
    document = make_document(Page(sha256="", text=text), Article(body=text, published=published))
    start = text.index(words)
    return resolve_time(document, Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "interval", "precision"),
    [
        ("The mill burned on Thursday.", "Thursday", ("2025-07-03", "2025-07-03"), "day"),
        ("The mill burned on Friday.", "Friday", ("2025-07-04", "2025-07-04"), "day"),
        ("The mill burned on Saturday.", "Saturday", ("2025-06-28", "2025-06-28"), "day"),
        ("They will meet on Monday.", "Monday", ("2025-07-07", "2025-07-07"), "day"),
        ("They hope to speak by Sunday.", "by Sunday", (None, "2025-07-06"), "day"),
        ("It burned yesterday.", "yesterday", ("2025-07-03", "2025-07-03"), "day"),
        ("Shells fell overnight.", "overnight", ("2025-07-03T18:00", "2025-07-04T06:00"), "part_of_day"),
        ("It burned on Thursday night.", "Thursday night", ("2025-07-03T18:00", "2025-07-04T06:00"), "part_of_day"),
        ("It struck at 6:30 p.m. on Monday.", "6:30 p.m. on Monday", ("2025-06-30T18:30",) * 2, "minute"),
        ("It closed last week.", "last week", ("2025-06-23", "2025-06-29"), "week"),
        ("It closed last month.", "last month", ("2025-06", "2025-06"), "month"),
        ("It closed two years ago.", "two years ago", ("2023", "2023"), "year"),
        ("It closed three days ago.", "three days ago", ("2025-07-01", "2025-07-01"), "day"),
        ("It began on Oct. 7, 2019.", "Oct. 7, 2019", ("2019-10-07", "2019-10-07"), "day"),
        ("It began on 7 October.", "7 October", ("2024-10-07", "2024-10-07"), "day"),
        ("It began in February 2022.", "February 2022", ("2022-02", "2022-02"), "month"),
        ("It has run since 2022.", "since 2022", ("2022", None), "year"),
        ("It rained in the past 24 hours.", "the past 24 hours", ("2025-07-03", "2025-07-04"), "day"),
        ("It was common in the 1980s.", "the 1980s", ("1980", "1989"), "year"),
        ("It rained shortly after the call.", "shortly after the call", (None, None), "unknown"),
        ("It ends on February 30.", "February 30", (None, None), "unknown"),
    ],
)
def test_time_is_resolved(text: str, words: str, interval: tuple[str | None, str | None], precision: str) -> None:
    time = resolved(text, words)
    assert (time.from_, time.to, time.precision) == (*interval, precision)


def test_relative_time_without_a_date_of_publication_stays_open() -> None:
    time = resolved("It burned on Friday.", "Friday", published=None)
    assert (time.from_, time.to, time.precision) == (None, None, "unknown")


def test_full_date_needs_no_date_of_publication() -> None:
    assert resolved("It burned on May 3, 2021.", "May 3, 2021", published=None).from_ == "2021-05-03"


def test_time_keeps_its_place_in_the_text() -> None:
    time = resolved("It burned on Friday.", "Friday")
    assert (time.start, time.end) == (13, 19)
