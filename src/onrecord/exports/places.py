"""The figures and events of a story -> its places with how many of them name each, and the same as GeoJSON.

Places are those that the reader resolved; one without coordinates has no geometry. Decides nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from onrecord.answers import EventOnRecord, FigureOnRecord
from onrecord.records import Place, PlacePrecision, Record


class PlaceOnMap(Record, frozen=True, kw_only=True):
    """A place of a story, and how many figures and events name it, which are claims. lat and lon are WGS84 degrees."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    figures: int = 0
    events: int = 0
    claims: tuple[str, ...] = ()


def places_of(figures: Iterable[FigureOnRecord], events: Iterable[EventOnRecord]) -> list[PlaceOnMap]:
    """Return the named places, those that most claims name first."""
    found: dict[tuple[str, float | None, float | None], Place] = {}
    claims: dict[tuple[str, float | None, float | None], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    naming: list[tuple[int, FigureOnRecord | EventOnRecord]] = [(0, one) for one in figures]
    naming += [(1, one) for one in events]
    for which, claim in naming:
        place = claim.place
        if place is not None and place.name:
            key = (place.name, place.lat, place.lon)
            found.setdefault(key, place)
            claims[key][which].append(claim.id)
    named = (
        PlaceOnMap(
            name=key[0],
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            precision=place.precision,
            figures=len(claims[key][0]),
            events=len(claims[key][1]),
            claims=(*claims[key][0], *claims[key][1]),
        )
        for key, place in found.items()
    )
    return sorted(named, key=lambda one: (-one.figures - one.events, one.name, one.lat or 0.0, one.lon or 0.0))


def geojson(places: Iterable[PlaceOnMap]) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection (RFC 7946): a point for each place, null where it has no coordinates."""
    return {"type": "FeatureCollection", "features": [_feature(place) for place in places]}


def _feature(place: PlaceOnMap) -> dict[str, Any]:
    point = None if place.lat is None or place.lon is None else [place.lon, place.lat]
    kept = {name: getattr(place, name) for name in ("name", "country", "precision", "figures", "events")}
    return {
        "type": "Feature",
        "geometry": None if point is None else {"type": "Point", "coordinates": point},
        "properties": kept,
    }
