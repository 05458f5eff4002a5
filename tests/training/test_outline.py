"""The step that makes the outline of land: rings from arcs, the date line, what is left out."""

import pytest

from training import outline as step


def topology(*arcs, rings):
    return {
        "transform": {"scale": [0.5, 0.5], "translate": [-10.0, 20.0]},
        "arcs": [list(arc) for arc in arcs],
        "objects": {"land": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": rings}]}},
    }


def test_arcs_become_one_ring_in_degrees():
    one = ((0, 0), (20, 0), (0, 20))
    back = ((0, 0), (0, 20), (20, 0))
    (ring,) = step.rings(topology(one, back, rings=[[0, -2]]))
    assert ring == [(-10, 20), (0, 20), (0, 30), (-10, 30), (-10, 20)]


def test_ring_over_the_date_line_goes_on_beyond_it():
    ring = step.unturned([(170, 60), (-170, 60), (-170, 70), (170, 70), (170, 60)])
    assert ring == [(170, 60), (190, 60), (190, 70), (170, 70), (170, 60)]


def test_ring_around_a_pole_is_closed_along_it():
    ring = step.unturned([(-180, -70), (-60, -75), (60, -72), (180, -70), (-180, -70)])
    assert ring[-3:] == [(180, -90), (-180, -90), (-180, -70)]
    assert {turn for turn, _ in ring} == {-180, -60, 60, 180}


def test_points_on_a_line_are_left_out_and_corners_stay():
    side = [(x / 10, 50.0) for x in range(101)] + [(10.0, 50 + y / 10) for y in range(1, 101)] + [(0.0, 60.0)]
    ring = [*side, *[(0.0, 60 - y / 10) for y in range(1, 101)]]
    packed = step.packed(ring)
    assert packed[:2] == [0, 5000]
    assert len(packed) // 2 <= 6
    assert sum(packed[2::2]) + packed[0] == 0


@pytest.mark.parametrize(("wide", "kept"), [(0.05, False), (1.0, True)])
def test_small_islands_are_left_out(wide, kept):
    ring = [(0.0, 0.0), (wide, 0.0), (wide, wide), (0.0, wide), (0.0, 0.0)]
    assert bool(step.packed(ring)) == kept
