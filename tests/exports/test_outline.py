"""The packaged outline of land, and what a window of the map cuts out of it."""

import gzip
import json
from importlib.resources import files

import pytest

from onrecord.exports.outline import Window, land_in


def is_in(point, ring):
    """Say whether a point lies within a ring: how often a line to the east crosses it."""
    x, y = point
    crossed = False
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            crossed = not crossed
    return crossed


def is_land(point, window):
    return sum(is_in(point, ring) for ring in land_in(window)) % 2 == 1


AROUND = 6
"""Degrees around a site."""
SITES = (
    ("in Europe", (15.0, 50.0), True), ("in Siberia", (100.0, 60.0), True), ("in Africa", (20.0, 5.0), True),
    ("in Brazil", (-55.0, -10.0), True), ("in Australia", (135.0, -25.0), True), ("in Antarctica", (0.0, -80.0), True),
    ("behind the date line", (-175.0, 66.5), True), ("in the Atlantic", (-35.0, 30.0), False),
    ("in the Pacific", (-150.0, -30.0), False), ("in the Caspian Sea", (51.0, 42.0), False),
    ("north of Siberia", (100.0, 82.0), False), ("in the Arctic above Europe", (20.0, 74.0), False),
)  # fmt: skip


@pytest.mark.parametrize(("point", "land"), [row[1:] for row in SITES], ids=[row[0] for row in SITES])
def test_land_is_where_it_is(point, land):
    x, y = point
    assert is_land(point, Window(x - AROUND, y - AROUND, x + AROUND, y + AROUND)) == land


@pytest.mark.parametrize(
    ("east", "north", "land"),
    [(170.0, 66.5, True), (185.0, 66.5, True), (-330.0, 62.0, True), (192.5, 67.0, False), (-168.0, 67.0, False)],
)
def test_window_may_go_over_the_date_line(east, north, land):
    assert is_land((east, north), Window(east - 15, 55, east + 15, 75)) == land


def test_nothing_lies_outside_its_window():
    window = Window(-12.0, 35.0, 5.0, 45.0)
    points = [point for ring in land_in(window) for point in ring]
    assert points
    assert all(window.west <= x <= window.east and window.south <= y <= window.north for x, y in points)


def test_open_sea_has_no_land():
    assert land_in(Window(-40.0, 25.0, -30.0, 32.0)) == []


def test_file_is_small_and_its_notice_comes_along():
    folder = files("onrecord.exports")
    data = (folder / "land.json.gz").read_bytes()
    assert len(data) <= 80_000
    assert all(isinstance(number, int) for ring in json.loads(gzip.decompress(data)) for number in ring)
    assert "Natural Earth" in (folder / "land-NOTICE.md").read_text(encoding="utf-8")
