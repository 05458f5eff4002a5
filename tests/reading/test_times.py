"""Times are counted from the page's own day: the dateline's, else that of publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.reading.sentences import Document, document_of, make_document
from onrecord.reading.times import edtf, resolve_time, time_reason
from onrecord.records import Article, Block, Entry, Page, Span, Time

PUBLISHED = "2025-07-04"  # a Friday


def page(text: str, published: str | None = PUBLISHED, dateline: str | None = None) -> Document:
    blocks = document_of(text).paragraphs
    return make_document(
        Page(sha256="", text=text),
        Article(
            body=text,
            published=published,
            dateline=dateline,
            blocks=tuple(Block(start=one.start, end=one.end, role="body") for one in blocks),
        ),
    )


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def resolved(text: str, words: str, published: str | None = PUBLISHED, dateline: str | None = None) -> Time:
    return resolve_time(page(text, published, dateline), at(text, words))


def interval(text: str, words: str, published: str | None = PUBLISHED, dateline: str | None = None) -> str:
    return edtf(resolved(text, words, published, dateline))


def why(text: str, words: str, published: str | None = PUBLISHED) -> str:
    return time_reason(page(text, published), at(text, words)).says


@pytest.mark.parametrize(
    ("text", "words", "ends", "precision"),
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
        ("It struck at 6 p.m. on Monday.", "6 p.m. on Monday", ("2025-06-30T18:00",) * 2, "hour"),
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
def test_time_is_resolved(text: str, words: str, ends: tuple[str | None, str | None], precision: str) -> None:
    time = resolved(text, words)
    assert (time.from_, time.to, time.precision) == (*ends, precision)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Orlin said on Monday that talks will resume.", "Monday", "2025-06-30"),
        ("Talks will resume, Orlin said on Monday.", "Monday", "2025-06-30"),
        ("Orlin said talks will resume on Monday.", "Monday", "2025-07-07"),
        ("On Monday the council will vote.", "Monday", "2025-07-07"),
        ("On Monday the council voted.", "Monday", "2025-06-30"),
        ("Both sides agreed to meet again Monday.", "Monday", "2025-07-07"),
        ("Both sides managed to meet on Monday.", "Monday", "2025-06-30"),
        ("The hearing will be held on Monday.", "Monday", "2025-07-07"),
        ("The term begins on Monday.", "Monday", "2025-07-07"),
        ("A march was called for Monday.", "Monday", "2025-07-07"),
        ("By Monday, the camp was empty.", "By Monday", "../2025-06-30"),
        ("The school will stay shut until Monday.", "until Monday", "../2025-07-07"),
        ("He will answer questions about Monday's fire.", "Monday", "2025-06-30"),
        ("Orlin will vote in Monday's election.", "Monday", "2025-07-07"),
        ("Police opened roads. The rally will be on Monday.", "Monday", "2025-07-07"),
        ("Orlin said on Monday that talks will resume by Wednesday.", "by Wednesday", "../2025-07-02"),
        ("His office had until Monday to reply.", "until Monday", "../2025-07-07"),
        ("It burned last Friday.", "last Friday", "2025-06-27"),
        ("It opens next Friday.", "next Friday", "2025-07-11"),
        ("It burned on Monday of last week.", "Monday of last week", "2025-06-23"),
        ("He prays there on Fridays.", "Fridays", ""),
        ("The plant shuts on Sunday through the end of the week.", "the end of the week", "2025-07-06"),
    ],
)
def test_weekday_is_the_nearest_past_one_unless_the_words_look_ahead(text: str, words: str, expected: str) -> None:
    assert interval(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It burned late Thursday.", "late Thursday", "2025-07-03T18:00/2025-07-03T23:59"),
        ("It burned early on Friday.", "early on Friday", "2025-07-04T00:00/2025-07-04T08:00"),
        ("It burned on Wednesday morning.", "Wednesday morning", "2025-07-02T06:00/2025-07-02T12:00"),
        ("It burned last night.", "last night", "2025-07-03T18:00/2025-07-04T06:00"),
        ("They will march tonight.", "tonight", "2025-07-04T18:00/2025-07-05T06:00"),
        ("It burned on Monday night. It fell at 2 a.m.", "2 a.m.", "2025-07-01T02:00"),
        ("It burned on Monday night. It began at 10 p.m.", "10 p.m.", "2025-06-30T22:00"),
        ("Thieves came early Friday. They woke her in the middle of the night.", "the middle of the night",
         "2025-07-03T18:00/2025-07-04T06:00"),
        ("The truce began at midnight on Thursday.", "midnight on Thursday", "2025-07-04T00:00"),
        ("It struck shortly after midnight on Thursday.", "shortly after midnight on Thursday", "2025-07-03T00:00"),
        ("It struck on Thursday before dawn.", "Thursday before dawn", "2025-07-03T00:00/2025-07-03T08:00"),
        ("The tally as of Tuesday noon was four.", "as of Tuesday noon", "2025-07-01T12:00"),
        ("It struck at 19:45 on Tuesday.", "19:45 on Tuesday", "2025-07-01T19:45"),
    ],
)  # fmt: skip
def test_hours_lie_on_their_day_and_nights_run_across_midnight(text: str, words: str, expected: str) -> None:
    assert interval(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "published", "expected"),
    [
        ("It burned on Wednesday.", "Wednesday", "2026-01-01", "2025-12-31"),
        ("It burned overnight.", "overnight", "2026-01-01", "2025-12-31T18:00/2026-01-01T06:00"),
        ("It burned last month.", "last month", "2026-01-15", "2025-12"),
        ("It burned two months ago.", "two months ago", "2026-01-31", "2025-11"),
        ("It burned last week.", "last week", "2026-01-05", "2025-12-29/2026-01-04"),
        ("It burned on Dec. 28.", "Dec. 28", "2026-01-02", "2025-12-28"),
        ("It will open on Jan. 9.", "Jan. 9", "2025-12-20", "2026-01-09"),
        ("It burned in December.", "December", "2026-02-01", "2025-12"),
        ("It will open in January.", "January", "2025-12-20", "2026-01"),
        ("It burned late last month.", "late last month", "2024-03-03", "2024-02-21/2024-02-29"),
        ("It burned yesterday.", "yesterday", "2024-03-01", "2024-02-29"),
        ("It burned yesterday.", "yesterday", "2023-03-01", "2023-02-28"),
        ("It burned on Feb. 29.", "Feb. 29", "2025-07-04", "2024-02-29"),
        ("It burned on Feb. 29, 2023.", "Feb. 29, 2023", "2025-07-04", ""),
        ("It burned a month ago.", "a month ago", "2024-03-31", "2024-02"),
        ("It rained over the past year.", "the past year", "2024-02-29", "2023-02-28/2024-02-29"),
        ("It burned last year.", "last year", "2026-01-01", "2025"),
        ("It burned on New Year's Eve.", "New Year's Eve", "2026-01-02", "2025-12-31"),
        ("They will sing on Christmas Day.", "Christmas Day", "2025-12-20", "2025-12-25"),
        ("They sang on Easter Monday.", "Easter Monday", "2024-05-01", "2024-04-01"),
        ("They ate on Thanksgiving.", "Thanksgiving", "2024-12-01", "2024-11-28"),
        ("The term ended last winter.", "last winter", "2024-05-01", "2023-12/2024-02"),
    ],
)
def test_months_years_and_leap_days_end_where_the_calendar_has_it(
    text: str, words: str, published: str, expected: str
) -> None:
    assert interval(text, words, published) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It rained this week.", "this week", "2025-06-30/2025-07-06"),
        ("It rained over the weekend.", "the weekend", "2025-06-28/2025-06-29"),
        ("They will meet this weekend.", "this weekend", "2025-07-05/2025-07-06"),
        ("It rained in recent days.", "recent days", "../2025-07-04"),
        ("It will rain in the coming days.", "the coming days", "2025-07-04/.."),
        ("It rained over the past week.", "the past week", "2025-06-27/2025-07-04"),
        ("It will rain in the next 48 hours.", "the next 48 hours", "2025-07-04/2025-07-06"),
        ("It rained earlier this year.", "earlier this year", "2025"),
        ("It will end early next year.", "early next year", "2026-01/2026-04"),
        ("It rained in mid-May.", "mid-May", "2025-05-11/2025-05-20"),
        ("It closed in the late 1990s.", "the late 1990s", "1997/1999"),
        ("He led it from 2010 to 2016.", "from 2010 to 2016", "2010/2016"),
        ("He led it between May 13 and July 30, 2017.", "between May 13 and July 30, 2017", "2017-05-13/2017-07-30"),
        ("He led it from 2001 to June of this year.", "from 2001 to June of this year", "2001-01-01/2025-06-30"),
        ("It ran on Sept. 3-9, 2021.", "Sept. 3-9, 2021", "2021-09-03/2021-09-09"),
        ("It has run since May 2016.", "since May 2016", "2016-05/.."),
        ("It has run since the beginning of the year.", "since the beginning of the year", "2025-01/.."),
        ("It must end by the end of the year.", "by the end of the year", "../2025-12"),
        ("It burned twenty-one years ago.", "twenty-one years ago", "2004"),
        ("It burned more than two years ago.", "more than two years ago", "../2023"),
        ("It burned four decades ago.", "four decades ago", "1985"),
        ("It fell in the second quarter.", "the second quarter", "2025-04/2025-06"),
        ("The term opens on the first Monday of October 2025.", "the first Monday of October 2025", "2025-10-06"),
        ("It happens every day.", "every day", ""),
        ("It was quoted as 2025-06-30 there.", "2025-06-30", "2025-06-30"),
        ("It burned on 3 March 2018.", "3 March 2018", "2018-03-03"),
        ("It burned on Tue, March 22, 2016.", "Tue, March 22, 2016", "2016-03-22"),
    ],
)
def test_longer_times_have_the_edges_that_the_words_give(text: str, words: str, expected: str) -> None:
    assert interval(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It burned on Tuesday. It rained the following day.", "the following day", "2025-07-02"),
        ("It burned on Tuesday. The day before, it rained.", "The day before", "2025-06-30"),
        ("It burned on Tuesday. Three days later it fell.", "Three days later", "2025-07-04"),
        ("It burned on Tuesday. Later in the day it fell.", "Later in the day", "2025-07-01"),
        ("It burned on Tuesday. Hours earlier it shook.", "Hours earlier", "2025-07-01"),
        ("It burned on Tuesday. It shook the previous afternoon.", "the previous afternoon",
         "2025-06-30T12:00/2025-06-30T18:00"),
        ("He sued in 2016 and won in December of that year.", "December of that year", "2016-12"),
        ("It lost money last year and the year before.", "the year before", "2023"),
        ("He won in 2017 and lost two years earlier.", "two years earlier", "2015"),
        ("They met two days before Christmas.", "two days before Christmas", "2024-12-23"),
        ("It burned. It rained the following day.", "the following day", ""),
        ("It was late last month. That day it rained.", "That day", ""),
        ("They spoke two days after the verdict.", "two days after the verdict", ""),
    ],
)  # fmt: skip
def test_times_count_from_the_one_named_before(text: str, words: str, expected: str) -> None:
    assert interval(text, words) == expected


def test_time_after_an_event_says_that_the_event_has_no_day() -> None:
    assert "event whose day the text does not give" in why(
        "They spoke shortly after the call.", "shortly after the call"
    )


@pytest.mark.parametrize(
    ("text", "words", "published", "dateline", "expected"),
    [
        # 02:00 in UTC on Friday is Thursday evening there, so that Thursday is the page's day
        ("It burned today.", "today", "2025-07-04T02:00:00Z", "LOS ANGELES", "2025-07-03"),
        ("It burned today.", "today", "2025-07-03T23:00:00Z", "SYDNEY, Australia", "2025-07-04"),
        ("It burned today.", "today", "2025-07-04T02:00:00Z", None, "2025-07-04"),
        ("It burned today.", "today", "2025-07-04T02:00:00Z", "BRANDECK, Ohio", "2025-07-03"),
        ("VARNO, July 2 (NWA) -- It burned today.", "today", "2025-07-04", "VARNO", "2025-07-02"),
        ("VARNO, Dec. 31 (NWA) -- It burned today.", "today", "2026-01-01", "VARNO", "2025-12-31"),
        ("VARNO, July 2, 2021 (NWA) -- It burned today.", "today", None, "VARNO", "2021-07-02"),
        ("VARNO, May 2 (NWA) -- It burned today.", "today", "2025-07-04", "VARNO", "2025-07-04"),
        ("It struck at 5 p.m. on Tuesday.", "5 p.m. on Tuesday", "2025-07-04", "LONDON", "2025-07-01T17:00+01:00"),
        ("It struck at 5 p.m. on Jan. 7.", "5 p.m. on Jan. 7", "2025-01-09", "LONDON", "2025-01-07T17:00Z"),
        ("It struck at 5 p.m. on Tuesday.", "5 p.m. on Tuesday", "2025-07-04T10:00:00+03:00", None,
         "2025-07-01T17:00+03:00"),
        ("It struck at 5 p.m. EDT on Tuesday.", "5 p.m. EDT on Tuesday", "2025-07-04", "LONDON",
         "2025-07-01T17:00-04:00"),
        ("It struck at 5 p.m. (1400 GMT) on Tuesday.", "5 p.m. (1400 GMT) on Tuesday", "2025-07-04", None,
         "2025-07-01T17:00+03:00"),
        ("It struck at 1430 GMT on Tuesday.", "1430 GMT on Tuesday", "2025-07-04", None, "2025-07-01T14:30Z"),
        ("It closed last week.", "last week", "2025-07-06", "WASHINGTON", "2025-06-29/2025-07-05"),
        ("It closed last week.", "last week", "2025-07-06", "LONDON", "2025-06-23/2025-06-29"),
    ],
)  # fmt: skip
def test_dateline_and_zone_say_which_day_counts(
    text: str, words: str, published: str | None, dateline: str | None, expected: str
) -> None:
    assert interval(text, words, published, dateline) == expected


def test_night_counts_from_the_day_of_the_news_where_the_page_is_a_day_late() -> None:
    text = "Orlin spoke on Friday. The air force said drones came overnight. It began in February 2022."
    assert interval(text, "Friday", "2025-07-05") == "2025-07-04"
    assert interval(text, "overnight", "2025-07-05") == "2025-07-03T18:00/2025-07-04T06:00"
    assert interval(text, "February 2022", "2025-07-05") == "2022-02"


@pytest.mark.parametrize(
    "words", ["Friday", "overnight", "last month", "two years ago", "July 3", "the weekend", "this year", "at 5 p.m."]
)
def test_page_without_a_date_leaves_the_time_open_and_says_so(words: str) -> None:
    text = f"It burned {words}."
    time = resolved(text, words, published=None)
    assert (time.from_, time.to, time.precision) == (None, None, "unknown")
    assert "no date of publication" in why(text, words, published=None)


@pytest.mark.parametrize("published", ["", "soon", "2025-13-45", "2025"])
def test_date_of_publication_that_is_no_date_counts_as_none(published: str) -> None:
    assert interval("It burned on Friday.", "Friday", published) == ""


def test_full_date_needs_no_date_of_publication() -> None:
    assert resolved("It burned on May 3, 2021.", "May 3, 2021", published=None).from_ == "2021-05-03"


def test_reason_names_the_words_the_interval_and_the_day_counted_from() -> None:
    says = why("It burned on Thursday.", "Thursday")
    assert '"Thursday" is 2025-07-03' in says
    assert "2025-07-04" in says


def test_time_keeps_its_place_in_the_text() -> None:
    time = resolved("It burned on Friday.", "Friday")
    assert (time.start, time.end) == (13, 19)


WORDS = st.sampled_from(
    """since until by from to between and the early late mid last next this that of in on at before after ago earlier
    later day days week month year years decade century night morning Friday Sunday March 3 31 30 February 29 0 99999
    2016 1999 0000 9999 1990s 12:30 25 p.m. a.m. noon midnight (1400 GMT) two twenty-one few half end beginning first
    quarter Easter Christmas weekend overnight today the following same previous - , ' recent 10,000 hundred""".split()
)


@given(
    st.lists(WORDS, min_size=1, max_size=9).map(" ".join) | st.text(max_size=40),
    st.sampled_from([None, "2025-07-04", "0001-01-01", "9999-12-31T23:00:00Z", "2024-02-29T23:30:00-11:00", "x"]),
    st.sampled_from([None, "LONDON", "SYDNEY", "LOS ANGELES"]),
)
def test_any_words_resolve_to_an_interval_that_runs_forwards(
    words: str, published: str | None, dateline: str | None
) -> None:
    text = f"It burned on July 3. It was {words} there."
    document = page(text, published, dateline)
    time = resolve_time(document, Span(28, 28 + len(words)))
    if time.from_ is not None and time.to is not None:
        assert date.fromisoformat(full(time.from_, "-01-01")) <= date.fromisoformat(full(time.to, "-12-31"))
        if "T" in time.from_ and "T" in time.to:
            assert time.from_[:16] <= time.to[:16]
    assert (time.precision == "unknown") == (time.from_ is None and time.to is None)


def full(end: str, rest: str) -> str:
    """The day of an EDTF date, with the first or last month and the first day where it has none."""
    return (end + rest[len(end) - 4 :])[:10] if len(end) == 4 else (end + "-28" if len(end) == 7 else end[:10])


def test_words_of_a_live_entry_are_of_its_day() -> None:
    text = (
        "Six people died on Thursday, police said.\nDivers found two more bodies on Thursday, the harbour office said."
    )
    document = page(text)
    entry = Entry(start=text.index("Divers"), end=len(text), published="2025-07-12T00:10:00+02:00")
    document = replace(document, article=replace(document.article, entries=(entry,)))
    first, second = text.index("Thursday"), text.rindex("Thursday")
    assert edtf(resolve_time(document, Span(first, first + 8))) == "2025-07-03"
    assert edtf(resolve_time(document, Span(second, second + 8))) == "2025-07-10"
