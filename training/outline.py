"""Makes src/onrecord/exports/land.json.gz, the outline of the world's land for maps, from Natural Earth.

    python training/outline.py LAND             make the file from land-50m.json of the npm package world-atlas 2.0.2
    python training/outline.py LAND --check     say whether the bytes are those of the file, write nothing

In: Natural Earth's land at 1:50 million, as TopoJSON (quantised arcs, each a run of differences). Out: gzip of a JSON
list with one list for each outline: x, y, then differences dx, dy, in hundredths of a degree (east, north), closed
without saying its first point again. An outline that goes over the date line goes on beyond 180 degrees; one around a
pole is closed along it. Points that lie nearer to the line of their neighbours than TOLERANCE are left out (Douglas and
Peucker 1973), and outlines smaller than SMALLEST. Lakes and borders are not in it. Exit status 1 when --check finds
other bytes.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

MADE = Path(__file__).parent.parent / "src/onrecord/exports/land.json.gz"
MOST_BYTES = 80_000
"""Bytes of the file at most: it comes with the package."""
PER_DEGREE = 100
"""Units of a degree: 1.1 km."""
TOLERANCE = 0.045
"""Degrees of latitude (5 km): a pixel of the narrowest map (exports/maps.py)."""
SMALLEST = 0.12
"""Degrees: an island less wide and less high than this (13 km) is left out."""

Point = tuple[float, float]


def rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the rings of all polygons of a TopoJSON topology, in degrees, first and last point the same."""
    (dx, dy), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * dx + x0, y * dy + y0))
        arcs.append(line)
    for part in topology["objects"]["land"]["geometries"]:
        polygons = part["arcs"] if part["type"] == "MultiPolygon" else [part["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            line = []
            for number in ring:
                line += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(line) :]
            yield unturned(line)


def unturned(line: Sequence[Point]) -> list[Point]:
    """Return a ring without leaps over the date line; where it goes around a pole, closed along that."""
    made, turn = [line[0]], 0.0
    for before, after in pairwise(line):
        turn -= 360.0 * round((after[0] - before[0]) / 360.0)
        made.append((after[0] + turn, after[1]))
    if turn:
        pole = 90.0 if made[0][1] > 0 else -90.0
        made += [(made[-1][0], pole), (made[0][0], pole), made[0]]
    return made


def simplified(line: Sequence[Point]) -> list[Point]:
    """Return the points of a line that are farther than TOLERANCE from the line without them, and its ends."""
    kept, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, which = max(
            ((_distance(line[at], line[first], line[last]), at) for at in range(first + 1, last)), default=(0.0, 0)
        )
        if far > TOLERANCE:
            kept.add(which)
            waiting += [(first, which), (which, last)]
    return [line[at] for at in sorted(kept)]


def _distance(point: Point, a: Point, b: Point) -> float:
    """Return how far a point is from a stretch, in degrees of latitude."""
    narrow = cos(radians(point[1]))
    px, py = (point[0] - a[0]) * narrow, point[1] - a[1]
    bx, by = (b[0] - a[0]) * narrow, b[1] - a[1]
    length = bx * bx + by * by
    along = min(1.0, max(0.0, (px * bx + py * by) / length)) if length else 0.0
    return hypot(px - along * bx, py - along * by)


def packed(ring: Sequence[Point]) -> list[int]:
    """Return a ring as whole numbers: its first point, then differences; [] for one that is too small."""
    wide = max(x for x, _ in ring) - min(x for x, _ in ring)
    high = max(y for _, y in ring) - min(y for _, y in ring)
    # The ring is cut in two, so that its ends are not the only points that stay.
    middle = len(ring) // 2
    kept = simplified(ring[: middle + 1]) + simplified(ring[middle:])[1:-1]
    whole = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in kept]
    if max(wide * cos(radians(ring[0][1])), high) < SMALLEST or len(set(whole)) < 3:
        return []
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole) if a != b]
    return [*whole[0], *(number for step in steps for number in step)]


def made(land: Path) -> bytes:
    """Return the bytes of the outline, largest rings first."""
    found = [ring for line in rings(json.loads(land.read_bytes())) if (ring := packed(line))]
    found.sort(key=lambda ring: (-len(ring), ring))
    return gzip.compress(json.dumps(found, separators=(",", ":")).encode(), 9, mtime=0)


def main() -> int:
    """Make the outline, or check that it is the one that is there."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("land", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    data = made(asked.land)
    if len(data) > MOST_BYTES:
        raise SystemExit(f"outline.py: {len(data):,} bytes are more than {MOST_BYTES:,}; raise TOLERANCE")
    same = MADE.exists() and MADE.read_bytes() == data
    if not asked.check:
        MADE.write_bytes(data)
    sys.stdout.write(f"{MADE.name}: {len(data):,} bytes, {'the same' if same else 'other than before'}\n")
    return int(asked.check and not same)


if __name__ == "__main__":
    raise SystemExit(main())
