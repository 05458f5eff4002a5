"""The outline of the world's land, cut to a window of the map. Reads the packaged file, knows no story.

Degrees: east and north count up. The file is made by training/outline.py; land-NOTICE.md says where it comes from.
"""

import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from math import ceil, floor
from typing import NamedTuple

PER_DEGREE = 100
"""Units of the file in a degree."""
ROUND = 360.0
"""Degrees around the Earth: land is drawn on both sides of the date line where a window goes over it."""

Point = tuple[float, float]
"""East and north."""


class Window(NamedTuple):
    """What a map shows, in degrees; east may be beyond 180, west before -180."""

    west: float
    south: float
    east: float
    north: float


class _Ring(NamedTuple):
    window: Window
    points: tuple[Point, ...]


@lru_cache(maxsize=1)
def _land() -> tuple[_Ring, ...]:
    data = gzip.decompress((files("onrecord.exports") / "land.json.gz").read_bytes())
    return tuple(_ring(numbers) for numbers in json.loads(data))


def _ring(numbers: Sequence[int]) -> _Ring:
    """Return a ring from its first point and the differences that follow."""
    x = y = 0
    points = []
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x / PER_DEGREE, y / PER_DEGREE))
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    return _Ring(Window(min(easts), min(norths), max(easts), max(norths)), tuple(points))


def land_in(window: Window) -> list[list[Point]]:
    """Return the outlines of land in a window, cut at its edges; inner ones are lakes as large as seas."""
    found = []
    for ring in _land():
        west, south, east, north = ring.window
        if south >= window.north or north <= window.south:
            continue
        for turn in range(ceil((window.west - east) / ROUND), floor((window.east - west) / ROUND) + 1):
            cut = _cut([(x + turn * ROUND, y) for x, y in ring.points], window)
            found += [cut] if len(cut) > 2 else []
    return found


def _cut(points: list[Point], window: Window) -> list[Point]:
    """Return the part of a ring that lies in a window (Sutherland and Hodgman 1974)."""
    for at, edge, side in ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1)):
        points = _half(points, at, edge, side)
    return points


def _half(points: list[Point], at: int, edge: float, side: int) -> list[Point]:
    """Return the part of a ring on one side of an edge: where it is not less (side 1), or not more (side -1)."""
    kept: list[Point] = []
    for number, point in enumerate(points):
        before = points[number - 1]
        was_in, is_in = side * (before[at] - edge) >= 0, side * (point[at] - edge) >= 0
        if was_in != is_in:
            part = (edge - before[at]) / (point[at] - before[at])
            other = before[1 - at] + part * (point[1 - at] - before[1 - at])
            kept.append((edge, other) if at == 0 else (other, edge))
        if is_in:
            kept.append(point)
    return kept
