"""benchmarks/patterns.py: when a pattern is right."""

import pytest

from onrecord.records import Figure, Page, Reader, Reading, Span
from patterns import ExpectedFigure, Pattern, load_patterns, places, score_patterns

TEXT = "two men and two women were hurt"


def figure(start, low, high, **more):
    return Figure(id=str(start), number=Span(start, start + 3), sentence=Span(0, len(TEXT)), low=low, high=high, **more)


def rows_of(expect, figures, faults=None):
    reading = Reading(
        id="p", page=Page(sha256="0", text=TEXT), figures=figures, reader=Reader(version="0", model="test")
    )
    return score_patterns([Pattern(id="p", text=TEXT, expect=expect)], {"p": reading}, faults)


TWO = ExpectedFigure(number="two", low=2, high=2, bound="exact", kind="total", outcome="injured", polarity="affirmed")


@pytest.mark.parametrize(
    ("figures", "share"),
    [
        ((figure(0, 2, 2), figure(12, 2, 2)), 100.0),
        ((figure(0, 2, 2),), 0.0),  # one of two equal figures is not both
        ((figure(0, 2, 2), figure(12, 2, 2), figure(20, 1, 1)), 0.0),
        ((figure(0, 2, 2), figure(12, 2, None)), 0.0),
        ((figure(0, 2, 2.001), figure(12, 2, 2)), 100.0),
    ],
)
def test_pattern_is_right_by_its_limits(figures, share):
    assert rows_of((TWO, TWO), figures)["patterns: right"] == {"share": share, "n": 1}


def test_pattern_with_no_figure_is_right_when_none_is_found():
    assert rows_of((), ())["patterns: right"]["share"] == 100.0
    assert rows_of((), (figure(0, 2, 2),))["patterns: right"]["share"] == 0.0


def test_each_field_has_a_row():
    wanted = ExpectedFigure(
        number="two", low=2, high=2, bound="exact", kind="total", outcome="injured", polarity="affirmed",
        modality="actual", counted="men", outcome_word="hurt", source=None,
    )  # fmt: skip
    found = figure(0, 2, 2, kind="total", outcome="injured", counted=Span(4, 7), outcome_word=Span(27, 31))
    rows = rows_of((wanted,), (found,))
    assert rows["patterns: whole record"] == {"share": 100.0, "n": 1}
    rows = rows_of((wanted,), (figure(0, 2, 2, kind="total", outcome="killed", counted=Span(4, 7)),))
    assert rows["patterns: outcome"]["share"] == rows["patterns: outcome_word"]["share"] == 0.0
    assert rows["patterns: counted"]["share"] == 100.0
    assert rows["patterns: whole record"]["share"] == 0.0


def test_faults_name_what_was_wanted():
    faults: list[str] = []
    rows_of((TWO, ExpectedFigure(number="two", low=2)), (figure(0, None, 2),), faults)
    assert faults == [f"p  {TEXT!r}: wanted 2..2, 2.., got ..2"]


def test_equal_numbers_have_places_of_their_own():
    assert places(Pattern(id="p", text=TEXT, expect=(TWO, TWO))) == [(0, 3), (12, 15)]


def test_line_that_is_no_pattern_is_named(tmp_path):
    path = tmp_path / "patterns.jsonl"
    path.write_text('{"id": "a", "text": "six died"}\n\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 3: .*text"):
        load_patterns(path)
