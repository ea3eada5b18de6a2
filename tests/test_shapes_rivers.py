"""Banks of rivers: as deep as said, and each ground on one of them."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import box

from geo.projection import find_plane_of
from geo.shapes.parts import BANK_DEPTH_KM
from geo.shapes.rivers import read_courses, split_by_river


@pytest.mark.parametrize("river", sorted(read_courses()))
def test_a_bank_is_as_deep_as_said_and_no_part_of_the_other(river: str) -> None:
    course = read_courses()[river]
    west, south, east, north = course.bounds
    unit = box(west - 0.6, south - 0.6, east + 0.6, north + 0.6)
    plane = find_plane_of(unit)
    line, banks = plane.to_plane(course), {}
    for side in "LR":
        banks[side] = split_by_river(unit, course, side, BANK_DEPTH_KM)
        corners = shapely.points(shapely.get_coordinates(plane.to_plane(banks[side])))
        assert shapely.distance(line, corners).max() == pytest.approx(30_000, abs=3_000)  # bends are cut
    shared = banks["L"].intersection(banks["R"]).area
    assert shared < 0.002 * min(bank.area for bank in banks.values())
