"""A place that the model finds in part is taken whole."""

import pytest

from onrecord.reading.decoding import Run
from onrecord.reading.place_extents import whole_places
from onrecord.reading.sentences import document_of


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("Ten died in North Varnia's hills.", "North", "North Varnia"),
        ("Ten died at Varno General Hospital on Friday.", "Varno", "Varno General Hospital"),
        ("Ten died in Varno district on Friday.", "Varno", "Varno district"),
        ("Ten died in Varno, a port.", "Varno", "Varno"),
        ("In Varno Mayor Ana Torv said so.", "Varno", "Varno"),
        ("Ten died in the city hospital.", "the city", "the city"),
        ("Ten died in Varno", "Varno", "Varno"),
    ],
)
def test_place_has_all_words_of_its_name(text: str, found: str, whole: str) -> None:
    start = text.index(found)
    run = Run(0, 1, start, start + len(found), 0.9)
    (place,) = whole_places(document_of(text), [run])
    assert text[place.start : place.end] == whole
