"""Places keep their words and say how exact they are."""

import pytest

from onrecord.reading.places import resolve_place
from onrecord.reading.sentences import document_of
from onrecord.records import Span


@pytest.mark.parametrize(
    ("words", "name", "precision"),
    [
        ("the Lomnik district", "Lomnik district", "district"),
        ("Kenya", "Kenya", "country"),
        ("eastern Kenya", "eastern Kenya", "region"),
        ("Ohio", "Ohio", "region"),
        ("the Indian state of Lomnik", "Lomnik", "region"),
        ("the northern town of Brandeck", "Brandeck", "city"),
        ("in and near Ardova", "Ardova", "unknown"),
        ("nationwide", "nationwide", "country"),
        ("the country", "country", "country"),
        ("Brandeck, Ohio", "Brandeck, Ohio", "unknown"),
    ],
)
def test_place_has_name_and_precision(words: str, name: str, precision: str) -> None:
    place = resolve_place(document_of(words), Span(0, len(words)))
    assert (place.name, place.precision) == (name, precision)


def test_place_has_no_coordinates_without_a_gazetteer() -> None:
    place = resolve_place(document_of("Kenya"), Span(0, 5))
    assert (place.lat, place.lon, place.geonames) == (None, None, None)
