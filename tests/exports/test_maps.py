"""The map of a story: its window, the signs of its places, and the list that says the same."""

import html as markup
import re

import pytest
from lxml import etree
from msgspec.structs import replace

from onrecord.answers import FigureOnRecord, on_record
from onrecord.exports.maps import HIGH, NARROWEST, SIGNS, WIDE, places_shown, view_of
from onrecord.exports.places import PlaceOnMap, geojson, places_of
from onrecord.records import Place


def place(name, lat, lon, precision="city", **more):
    return PlaceOnMap(
        **{"name": name, "lat": lat, "lon": lon, "precision": precision, "figures": 2, "claims": ("f1",), **more}
    )


def shown(*places):
    html = "\n".join(places_shown(places, lambda claim: f"#claim-{claim}"))
    etree.fromstring(f"<div>{html}</div>")
    return html


@pytest.mark.parametrize(
    "points",
    [
        [(30.5, 50.4)],
        [(30.5, 50.4), (30.6, 50.5)],
        [(-9.1, 38.7), (37.6, 55.7)],
        [(178.4, -18.1), (-171.7, -13.8)],
        [(-118.2, 34.0), (139.7, 35.7), (-0.1, 51.5), (174.8, -41.3)],
        [(19.0, 69.6), (-64.0, -64.8)],
        [(0.0, 90.0)],
        [(-180.0, 0.0), (180.0, 0.0)],
    ],
)
def test_every_place_is_on_the_map_with_room_around(points):
    view = view_of(points)
    window = view.window
    assert window.north - window.south >= NARROWEST - 1e-9
    assert view.high <= HIGH + 1e-9
    assert (window.east - window.west) * view.east == pytest.approx(WIDE)
    for lon, lat in points:
        turned = next(turn for turn in (lon - 360, lon, lon + 360) if window.west <= turn <= window.east)
        x, y = view.at((turned, max(min(lat, 85), -85)))
        assert -1e-9 <= x <= WIDE + 1e-9
        assert -1e-9 <= y <= view.high + 1e-9


def test_map_over_the_date_line_is_the_narrow_one():
    window = view_of([(178.4, -18.1), (-171.7, -13.8)]).window
    assert window.east - window.west < 40


def test_sign_says_how_exact_a_place_is():
    html = shown(
        place("a school", 50.45, 30.60, "exact"),
        place("Varn", 49.5, 36.5, "region"),
        place("Selm", 49.0, 32.0, "country"),
        place("Norhaven", 50.0, 30.5),
    )
    signs = dict(re.findall(r'<a class="place (\w+)"[^>]*>.*?</title>(<[^>]+>)', html))
    assert 'class="full"' in signs["exact"]
    assert "circle" in signs["region"]
    assert 'class="open"' in signs["region"]
    assert "h10v10" in signs["country"]
    for precision in ("exact", "region", "country", "city"):
        assert f"{SIGNS[precision][0]}: " in html


def test_list_says_what_the_map_shows():
    html = shown(place("Norhaven", 50.45, -30.52, country="NV", events=1), place("the lane", None, None, "exact"))
    text = markup.unescape(re.sub(r"<[^>]+>", "", html))
    assert "Norhaven (NV): a city, 50.5° N 30.5° W; 2 figures, 1 event" in text
    assert "On the map: 1 of 2 places, of 3 of 5 figures and events with a place." in text
    assert "Named, without a point (1)" in text
    assert html.count('href="#claim-f1"') == 3
    assert "<title>Norhaven: a city, 2 figures, 1 event</title>" in html


def test_without_points_there_is_no_map():
    assert "<svg" not in shown(place("the lane", None, None))
    assert "None of the places has a point" in shown(place("the lane", None, None))
    assert shown() == "<p>No places.</p>"


def test_long_list_is_folded():
    html = shown(*(place(f"lane {number}", None, None) for number in range(30)))
    assert "More places without a point (18)" in html


def test_hostile_name_stays_text():
    html = shown(place('<script>x</script>"', 50.0, 30.0, country="<b>"), place("<i>", None, None))
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_map_of_the_world_stays_light():
    assert len(shown(place("Here", 51.5, -0.1), place("There", -41.3, 174.8), place("Yonder", 34.0, -118.2))) < 25_000


def test_labels_do_not_hide_each_other():
    html = shown(*(place(f"Quarter {number}", 50.45 + number / 100, 30.5) for number in range(5)))
    found = re.findall(r'class="label" x="([\d.]+)" y="([\d.]+)">([^<]+)', html)
    boxes = [(float(x), float(x) + 7 * len(name), float(y)) for x, y, name in found]
    assert len(boxes) >= 3
    for number, (left, right, line) in enumerate(boxes):
        for other_left, other_right, other_line in boxes[:number]:
            assert abs(line - other_line) >= 10 or right <= other_left or other_right <= left


def test_places_are_counted_with_their_claims(reading):
    here = Place(start=0, end=8, name="Norhaven", lat=50.0, lon=30.0, precision="city")
    killed = [one for one in on_record(reading) if isinstance(one, FigureOnRecord)][:2]
    figures = [replace(killed[0], place=here), replace(killed[1], place=None)]
    found = places_of(figures, [])
    assert [(one.name, one.figures, one.events, one.claims) for one in found] == [("Norhaven", 1, 0, (killed[0].id,))]
    assert "claims" not in geojson(found)["features"][0]["properties"]
