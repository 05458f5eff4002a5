"""benchmarks/check_coded_spans.py: slips in coded places and times are found, and the project's own have none."""

import hashlib

import msgspec
import pytest

from check_coded_spans import CodedPlace, CodedTime, PlacePage, TimePage, check, load_spans, load_texts
from coded import CodedPage

TEXT = "Six shops burned in Port Callan on Friday, two days after the strike."
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
PLACE = CodedPlace(
    start=20, end=31, name="Port Callan", kind="city", country="XA", region="XA-01", lat=12.5, lon=-7.1,
    in_gazetteer=True, is_place=True,
)  # fmt: skip
TIME = CodedTime(
    start=35, end=41, from_="2031-05-02", to="2031-05-02", precision="day", resolved=True, reason=None
)  # fmt: skip
UNRESOLVED = CodedTime(
    start=43, end=68, from_=None, to=None, precision=None, resolved=False, reason="relative to an undated event"
)  # fmt: skip
TEXTS = {"p": CodedPage(id="p", text=TEXT, published="2031-05-03")}


def page_of(*spans, sha256=SHA256, published="2031-05-03"):
    if isinstance(spans[0], CodedPlace):
        return PlacePage(id="p", sha256=sha256, mentions=spans)
    return TimePage(id="p", sha256=sha256, published=published, expressions=spans)


@pytest.mark.parametrize("texts", [{}, TEXTS])
def test_right_coding_has_no_fault(texts):
    assert check([page_of(PLACE), page_of(TIME, UNRESOLVED)], texts) == []


@pytest.mark.parametrize(
    "change",
    [
        {"from_": None},
        {"to": None},
        {"from_": "2031-05-01T18:00", "to": "2031-05-02T06:00", "precision": "night"},
        {"from_": "2028-02-29", "to": "2028-02-29"},
    ],
)
def test_open_interval_night_and_leap_day_are_right(change):
    assert check([page_of(msgspec.structs.replace(TIME, **change))], TEXTS) == []


@pytest.mark.parametrize(
    ("span", "change", "says"),
    [
        (PLACE, {"end": 20}, "empty"),
        (PLACE, {"start": -1}, "not behind the span before"),
        (PLACE, {"name": " "}, "no name"),
        (PLACE, {"kind": "village"}, "kind is 'village'"),
        (PLACE, {"country": "xa"}, "country is 'xa'"),
        (PLACE, {"region": "Callan"}, "region is 'Callan'"),
        (PLACE, {"region": "XB-01"}, "not in country XA"),
        (PLACE, {"kind": "district"}, "kind district is not in the gazetteer"),
        (PLACE, {"lat": None}, "both or none"),
        (PLACE, {"lat": 91.0}, "no point on earth"),
        (PLACE, {"lon": -7.13}, "finer than a tenth"),
        (TIME, {"precision": "afternoon"}, "precision is 'afternoon'"),
        (TIME, {"precision": None}, "precision is None"),
        (TIME, {"from_": "2031-05-03"}, "from 2031-05-03 is behind to 2031-05-02"),
        (TIME, {"from_": "2031-02-30"}, "'2031-02-30' is no date"),
        (TIME, {"to": "2 May 2031"}, "'2 May 2031' is no date"),
        (TIME, {"to": "2031-05-02T24:30"}, "is no date and no minute"),
        (TIME, {"to": "2031-05-02T18:00"}, "as fine as a day"),
        (TIME, {"from_": None, "to": None}, "open on both sides"),
        (TIME, {"reason": "unsure"}, "resolved, but with a reason"),
        (UNRESOLVED, {"reason": ""}, "without a reason"),
        (UNRESOLVED, {"to": "2031-05-02"}, "is not resolved"),
    ],
)
def test_slip_is_found(span, change, says):
    faults = check([page_of(msgspec.structs.replace(span, **change))], {})
    assert any(says in fault for fault in faults)


def test_spans_that_overlap_are_found():
    faults = check([page_of(PLACE, msgspec.structs.replace(PLACE, start=25))], {})
    assert len(faults) == 1
    assert "not behind the span before, which ends at 31" in faults[0]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (page_of(PLACE, sha256="0" * 64), "sha256 is not that of the text"),
        (page_of(PLACE, sha256="abc"), "64 small hexadecimal digits"),
        (page_of(msgspec.structs.replace(PLACE, end=len(TEXT) + 1)), "beyond the text"),
        (page_of(msgspec.structs.replace(PLACE, start=19)), "space at its edge"),
        (page_of(TIME, published=None), "published is None, but 2031-05-03"),
        (page_of(TIME, published="May 3"), "published is 'May 3'"),
        (msgspec.structs.replace(page_of(PLACE), id="q"), "no page of that id"),
    ],
)
def test_page_that_does_not_fit_its_text_is_found(page, says):
    assert any(says in fault for fault in check([page], TEXTS))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('{"id": "p", "sha256": "0"}\n', "line 1"),
        ('{"id": "p", "sha256": "0", "mentions": []}\n' * 2, "p stands twice"),
        ('{"id": "p", "sha256": "0", "mentions": [], "text": "x"}\n', "unknown field `text`"),
    ],
)
def test_line_that_is_no_page_of_places_is_named(tmp_path, lines, says):
    path = tmp_path / "places.jsonl"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        load_spans(path)


@pytest.mark.parametrize("name", ["places", "times"])
def test_own_spans_have_no_fault(root, name):
    assert check(load_spans(root / "gold" / f"{name}.jsonl"), {}) == []


@pytest.mark.shared
@pytest.mark.parametrize("name", ["places", "times"])
def test_own_spans_fit_the_shared_texts(root, shared, name):
    texts = load_texts([shared / "gold" / "train.jsonl"])
    assert check(load_spans(root / "gold" / f"{name}.jsonl"), texts) == []
