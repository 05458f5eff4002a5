"""The page's day, and which way the words around a time look."""

from datetime import date

import pytest

from onrecord.reading.time_context import page_day, tense_around, zone_of_dateline


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("They will meet on @.", "ahead"),
        ("They will not be paid on @.", "ahead"),
        ("They were paid on @.", "behind"),
        ("They agreed to meet on @.", "ahead"),
        ("They agreed on @.", "behind"),
        ("On @ they will meet.", "ahead"),
        ("On @ they met.", "behind"),
        ("He said on @ that they will meet.", "behind"),
        ("Ahead of @'s vote he spoke.", "ahead"),
        ("He spoke of @'s fire, which will be looked into.", "behind"),
        ("They will vote. A fire on @", None),
    ],
)
def test_nearest_verb_says_which_way_a_time_lies(text: str, tense: str | None) -> None:
    start = text.index("@")
    text = text.replace("@", "Monday")
    assert tense_around(text, start, start + 6) == tense


@pytest.mark.parametrize(
    ("dateline", "zone"),
    [
        ("LONDON", "Europe/London"),
        ("BRANDECK, Ohio", "America/New_York"),
        ("VARNO, Ukraine", "Europe/Kyiv"),
        ("ST. PETERSBURG, Fla.", "America/New_York"),
        ("BEIRUT/DAMASCUS", "Asia/Damascus"),
        ("VARNO", None),
        (None, None),
    ],
)
def test_dateline_gives_the_zone(dateline: str | None, zone: str | None) -> None:
    assert zone_of_dateline(dateline) == zone


@pytest.mark.parametrize(
    ("published", "head", "day"),
    [
        ("2025-07-04", "VARNO, July 3 (NWA) -- It burned.", date(2025, 7, 3)),
        ("2025-07-04", "Source: NWA| 2025\n\nPORT CALLAN, July 3 (NWA) -- It burned.", date(2025, 7, 3)),
        ("2026-01-01", "VARNO, Dec. 31 (NWA) - It burned.", date(2025, 12, 31)),
        ("2025-07-04", "VARNO, March 3 (NWA) -- It burned.", date(2025, 7, 4)),
        ("2025-07-04", "VARNO, Feb. 30 (NWA) -- It burned.", date(2025, 7, 4)),
        (None, "VARNO, July 3 (NWA) -- It burned.", None),
        ("0001-01-01", "VARNO, Dec. 31 (NWA) -- It burned.", date(1, 1, 1)),
    ],
)
def test_day_of_the_dateline_counts_where_it_is_near_publication(published, head, day) -> None:
    assert page_day(published, None, head).day == day
