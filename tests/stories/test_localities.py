"""stories/localities.py: a place limits a figure only where the sentence ties the two. Places are invented."""

import pytest

from onrecord.records import Figure, Span
from onrecord.stories.localities import tied


def span(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


FOUND = "Divers found three bodies under a pier, bringing the total to 24."


@pytest.mark.parametrize(
    ("text", "number", "counted", "kind", "at", "expected"),
    [
        ("11 people in Orvane died.", "11", "people", "total", "Orvane", True),
        ("In Orvane, 11 people died.", "11", "people", "total", "Orvane", True),
        ("11 people died, the mayor of Orvane said.", "11", "people", "total", "Orvane", False),
        (FOUND, "24", "bodies", "running_total", "a pier", False),
        (FOUND, "three", "bodies", "increment", "a pier", True),
        ("In Orvane two more died, bringing the total to 24.", "24", None, "running_total", "Orvane", True),
        ("The bodies in Orvane now number 24.", "24", "bodies", "running_total", "Orvane", True),
    ],
)  # fmt: skip
def test_a_place_limits_what_its_sentence_ties_to_it(text, number, counted, kind, at, expected):
    figure = Figure(
        id="f",
        number=span(text, number),
        sentence=Span(0, len(text)),
        counted=span(text, counted) if counted else None,
        kind=kind,
    )
    assert tied(text, figure, span(text, at)) is expected
