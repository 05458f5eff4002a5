"""The places of a story -> SVG over an outline of the world's land, and the same places as a list in words.

The map shows the places that have a point, with room around them: equal steps of latitude and of longitude at its
middle (equirectangular). The sign says how exact a place is. Only classes: the page that holds the map styles them
(`MAP_STYLE`). It has no borders; it says where the reader resolved a name to, which may be wrong.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import cos, floor, log10, radians
from typing import NamedTuple

from onrecord.exports.charts import Href
from onrecord.exports.labels import LETTER, Box, free_place
from onrecord.exports.marked import text
from onrecord.exports.outline import ROUND, Point, Window, land_in
from onrecord.exports.places import PlaceOnMap
from onrecord.records import PlacePrecision

WIDE, HIGH = 760, 400
"""Pixels of the map."""
NARROWEST = 10.0
"""Degrees of latitude that a map shows at least: nearer, the outline (5 km) is no longer that of the coast."""
ROOM = 0.16
"""Part of the map that is left free on each side of its places."""
MOST_NORTH = 85.0
"""Degrees: no map goes farther to a pole."""
GRID = (1, 2, 5, 10, 20, 30, 45, 60)
"""Degrees between two lines."""
LINES = 7
"""Lines of latitude or longitude, at most."""
NEAR = 3
"""Pixels: points of the outline that are nearer to one another (steps across and down) become one."""
LEAST = 4
"""Points of an outline that is drawn: below these it is a speck."""
KM_PER_DEGREE = 111.2
"""Of latitude, of a sphere with a radius of 6,371 km."""
SCALE_WIDE = 160
"""Pixels of the bar of kilometres, at most."""
LABELLED = 24
"""Places that have their name on the map, those that most claims name; all are in the list."""
LISTED = 12
"""Places without a point that are seen at once; the others are folded."""

SIGNS: dict[PlacePrecision, tuple[str, str]] = {
    "exact": ("filled", "an exact place"),
    "district": ("dot in a ring", "a district"),
    "city": ("dot in a ring", "a city"),
    "region": ("ring", "the middle of a region"),
    "country": ("hollow square", "the middle of a country"),
    "unknown": ("broken ring", "how exact is not known"),
}
"""The sign of each precision and what it stands for."""
ROUGHEST_FIRST: tuple[PlacePrecision, ...] = ("country", "region", "unknown", "city", "district", "exact")
"""Order in which places are drawn, so that an exact one is not hidden."""

MAP_STYLE = """
.map{display:block;min-width:40rem;width:100%;height:auto;max-width:60rem;background:var(--sea);
font:12px system-ui,sans-serif;border:1px solid var(--line);break-inside:avoid}
.map .land{fill:var(--land);fill-rule:evenodd}
.map .grid{stroke:var(--line);stroke-width:1;fill:none}.map text{fill:var(--ink)}.map .tick{fill:var(--dim)}
.map .scale{stroke:var(--ink);stroke-width:2;fill:none}
.map .label,.map .tick,.map .km{paint-order:stroke;stroke:var(--paper);stroke-width:3px}.map .label{font-weight:bold}
.place .full{fill:var(--place)}.place .open{fill:none;stroke:var(--place);stroke-width:2.5}
.place.country .open,.place.unknown .open{fill:var(--paper)}.place.unknown .open{stroke-dasharray:3 2}
a.place:focus{outline:none}a.place:focus .full,a.place:hover .full{fill:var(--ink)}
a.place:focus .open,a.place:hover .open{stroke:var(--ink);stroke-width:4}
:root{--place:#a3195b;--sea:#eef3f7;--land:#dcdcd2}
@media screen and (prefers-color-scheme:dark){:root{--place:#ff8cbf;--sea:#131a21;--land:#343a40}}
.places{columns:2 20rem;column-gap:2.5rem;margin:.75rem 0;padding-left:1.5rem}
.places li{break-inside:avoid;margin:.15rem 0}
@media print{:root{--sea:#fff;--land:#ddd}.map{min-width:0}}
"""
"""Needs --ink, --dim, --line and --paper, and .legend of charts.py."""


class _View(NamedTuple):
    """A window and how it is drawn: pixels of a degree to the east and to the north, height in pixels."""

    window: Window
    east: float
    north: float
    high: float

    def at(self, point: Point) -> Point:
        """Return the pixels of a point."""
        return (point[0] - self.window.west) * self.east, (self.window.north - point[1]) * self.north


def places_shown(places: Sequence[PlaceOnMap], href: Href) -> Iterator[str]:
    """Yield map, legend and list of the places of a story, those that most claims name first."""
    located = [place for place in places if _point(place) is not None]
    if not places:
        yield "<p>No places.</p>"
        return
    if located:
        yield from _legend(located)
        yield from _map(located, href)
        yield f'<p class="hint">{_coverage(located, places)}</p>'
        yield '<ol class="places">'
        yield from (f"<li>{_listed(place, href)}</li>" for place in located)
        yield "</ol>"
    else:
        yield "<p>None of the places has a point on the map.</p>"
    others = [place for place in places if _point(place) is None]
    if others:
        yield f"<h3>Named, without a point ({len(others)})</h3>"
        yield f'<p class="unplaced">{_named(others[:LISTED], href)}</p>'
        if len(others) > LISTED:
            yield f"<details><summary>More places without a point ({len(others) - LISTED})</summary>"
            yield f'<p class="unplaced">{_named(others[LISTED:], href)}</p></details>'


def _point(place: PlaceOnMap) -> Point | None:
    return None if place.lat is None or place.lon is None else (place.lon, place.lat)


# --- words -----------------------------------------------------------------------------------------------------------


def _coverage(located: Sequence[PlaceOnMap], places: Sequence[PlaceOnMap]) -> str:
    """Return how much of what is told the map shows."""
    shown, whole = (sum(one.figures + one.events for one in some) for some in (located, places))
    return (
        f"On the map: {len(located)} of {len(places)} places, of {shown} of {whole} figures and events with a place. "
        "Names are resolved by the reader; a name may be that of another place."
    )


def _listed(place: PlaceOnMap, href: Href) -> str:
    """Return a place in words: name, how exact, where, how many claims name it."""
    lon, lat = _point(place) or (0.0, 0.0)
    country = f" ({text(place.country)})" if place.country else ""
    return f"{_link(place, href)}{country}: {SIGNS[place.precision][1]}, {_degrees(lat, lon)}; {_counts(place)}"


def _named(places: Iterable[PlaceOnMap], href: Href) -> str:
    return "; ".join(f'<span dir="auto">{_link(place, href)}</span> {place.figures + place.events}' for place in places)


def _link(place: PlaceOnMap, href: Href) -> str:
    if not place.claims:
        return f"<b>{text(place.name)}</b>"
    return f'<a href="{text(href(place.claims[0]))}">{text(place.name)}</a>'


def _counts(place: PlaceOnMap) -> str:
    counts = ((place.figures, "figure"), (place.events, "event"))
    return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counts if number)


def _degrees(lat: float, lon: float) -> str:
    return f"{abs(lat):.1f}° {'N' if lat >= 0 else 'S'} {abs(lon):.1f}° {'E' if lon >= 0 else 'W'}"


# --- the window ------------------------------------------------------------------------------------------------------


def view_of(points: Sequence[Point]) -> _View:
    """Return the part of the world that holds some points, with room around them; the date line may be in it."""
    west, east = _span([lon for lon, _ in points])
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    middle = radians(min(60.0, abs(south + north) / 2))
    room = 1 - 2 * ROOM
    scale = min(
        HIGH / NARROWEST,
        HIGH * room / max(north - south, 1e-9),
        WIDE * room / max((east - west) * cos(middle), 1e-9),
    )
    scale = max(scale, WIDE / (ROUND * cos(middle)))
    wide, high = WIDE / (scale * cos(middle)), min(HIGH / scale, 2 * MOST_NORTH)
    south = max(-MOST_NORTH, min((south + north - high) / 2, MOST_NORTH - high))
    left = (west + east - wide) / 2
    return _View(Window(left, south, left + wide, south + high), scale * cos(middle), scale, high * scale)


def _span(lons: Iterable[float]) -> tuple[float, float]:
    """Return the least stretch to the east that holds these longitudes: it begins behind the widest gap."""
    turns = sorted(set(lons))
    gaps = [
        (after - before, before, after) for before, after in zip(turns, [*turns[1:], turns[0] + ROUND], strict=True)
    ]
    _, last, first = max(gaps)
    return (first - ROUND, last) if first > last + 1e-9 and first >= turns[0] + ROUND else (first, last + ROUND)


# --- the picture -----------------------------------------------------------------------------------------------------


def _legend(places: Sequence[PlaceOnMap]) -> Iterator[str]:
    there = {place.precision for place in places}
    words: dict[str, list[PlacePrecision]] = {}
    for precision, (sign, _) in SIGNS.items():
        if precision in there:
            words.setdefault(sign, []).append(precision)
    yield '<ul class="legend">'
    for sign, precisions in words.items():
        stands = " or ".join(SIGNS[precision][1] for precision in precisions)
        one = precisions[0]
        drawn = f'<svg class="place {one}" viewBox="0 0 18 18" aria-hidden="true">{_sign(9, 9, one)}</svg>'
        yield f"<li>{drawn} {sign}: {stands}</li>"
    yield "</ul>"


def _map(places: Sequence[PlaceOnMap], href: Href) -> Iterator[str]:
    view = view_of([point for place in places if (point := _point(place)) is not None])
    names = "Map of the places; the list below has the same"
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Map">'
    yield f'<svg class="map" viewBox="0 0 {WIDE} {view.high:.0f}" role="group" aria-label="{names}">'
    yield f'<path class="land" d="{_outline(view)}"/>'
    yield from _grid(view)
    yield from _scale(view)
    drawn = sorted(enumerate(places), key=lambda one: (ROUGHEST_FIRST.index(one[1].precision), -one[0]))
    spots = {number: _spot(place, view) for number, place in drawn}
    taken: list[Box] = [(x - 7, y - 7, x + 7, y + 7) for x, y in spots.values()]
    labels = {number: _label(place, spots[number], taken, view) for number, place in enumerate(places[:LABELLED])}
    for number, place in drawn:
        x, y = spots[number]
        title = f"<title>{text(place.name)}: {SIGNS[place.precision][1]}, {_counts(place)}</title>"
        inner = f"{title}{_sign(x, y, place.precision)}{labels.get(number, '')}"
        if place.claims:
            yield f'<a class="place {place.precision}" href="{text(href(place.claims[0]))}">{inner}</a>'
        else:
            yield f'<g class="place {place.precision}">{inner}</g>'
    yield "</svg></div>"


@lru_cache(maxsize=64)
def _outline(view: _View) -> str:
    """Return the path of the land: whole pixels, each point from the one before."""
    made = []
    for ring in land_in(view.window):
        x, y = (round(part) for part in view.at(ring[0]))
        path = [f"M{x} {y}"]
        for point in ring[1:]:
            to_x, to_y = (round(part) for part in view.at(point))
            if abs(to_x - x) + abs(to_y - y) >= NEAR:
                path.append(f"l{to_x - x} {to_y - y}".replace(" -", "-"))
                x, y = to_x, to_y
        made += ["".join(path) + "z"] if len(path) >= LEAST else []
    return "".join(made)


def _grid(view: _View) -> Iterator[str]:
    """Yield the lines of latitude and longitude with their degrees."""
    window = view.window
    step = next((step for step in GRID if (window.east - window.west) / step <= LINES), GRID[-1])
    for lon in _marks(window.west, window.east, step):
        x = view.at((lon, 0))[0]
        name = (lon + ROUND / 2) % ROUND - ROUND / 2
        yield f'<path class="grid" d="M{x:.0f} 0V{view.high:.0f}"/>'
        yield f'<text class="tick" x="{x + 3:.0f}" y="12">{_degree(name, "E", "W")}</text>' if x < WIDE - 40 else ""
    for lat in _marks(window.south, window.north, step):
        y = view.at((0, lat))[1]
        yield f'<path class="grid" d="M0 {y:.0f}H{WIDE}"/>'
        yield f'<text class="tick" x="3" y="{y - 3:.0f}">{_degree(lat, "N", "S")}</text>' if y > 28 else ""


def _marks(first: float, last: float, step: int) -> list[float]:
    start = floor(first / step) + 1
    return [float(number * step) for number in range(start, floor(last / step) + 1)]


def _degree(number: float, above: str, below: str) -> str:
    return f"{abs(number):.0f}°{above if number > 0 else below if number < 0 else ''}"


def _scale(view: _View) -> Iterator[str]:
    """Yield a bar of kilometres, as they are at the middle of the map from north to south."""
    most = SCALE_WIDE / view.north * KM_PER_DEGREE
    power = 10 ** floor(log10(most))
    km = next(nice * power for nice in (5, 2, 1) if nice * power <= most)
    wide, y = km / KM_PER_DEGREE * view.north, view.high - 10
    x = WIDE - 12 - wide
    yield f'<path class="scale" d="M{x:.0f} {y - 5:.0f}v5h{wide:.0f}v-5"/>'
    yield f'<text class="km" x="{x + wide / 2:.0f}" y="{y - 6:.0f}" text-anchor="middle">{km:,} km</text>'


def _spot(place: PlaceOnMap, view: _View) -> Point:
    lon, lat = _point(place) or (0.0, 0.0)
    turned = lon + ROUND if lon < view.window.west else lon - ROUND if lon > view.window.east else lon
    return view.at((turned, lat))


def _label(place: PlaceOnMap, spot: Point, taken: list[Box], view: _View) -> str:
    wide = LETTER * len(place.name)
    x, y = spot
    sides = [side for side in (x + 11, x - 11 - wide) if 0 < side < WIDE - wide]
    lines = [y + 4 + step for step in (0, 14, -14, 28, -28) if 14 < y + 4 + step < view.high - 4]
    places = [(side, line) for line in lines for side in sides]
    found = free_place(wide, places, taken)
    return (
        "" if found is None else f'<text class="label" x="{found[0]:.0f}" y="{found[1]:.0f}">{text(place.name)}</text>'
    )


def _sign(x: float, y: float, precision: PlacePrecision) -> str:
    if precision == "country":
        return f'<path class="open" d="M{x - 5:.1f} {y - 5:.1f}h10v10h-10z"/>'
    if precision in ("region", "unknown"):
        return f'<circle class="open" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
    if precision == "exact":
        return f'<circle class="full" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    ring = f'<circle class="open" cx="{x:.1f}" cy="{y:.1f}" r="6.5"/>'
    return f'{ring}<circle class="full" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
