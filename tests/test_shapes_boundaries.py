"""Polygons are found by key, by kind and by where they lie."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import box
from shapes_sample import AREAS

from geo.errors import DataError
from geo.shapes.boundaries import Area, Boundaries


def test_an_unknown_boundary_is_named(boundaries: Boundaries) -> None:
    assert [area.key for area in boundaries.list_areas("country")] == ["FJ", "RU", "UA"]
    with pytest.raises(DataError, match="'XX'"):
        boundaries.read("XX")
    with pytest.raises(DataError, match="'XX'"):
        boundaries.find_country("XX")


@pytest.mark.parametrize(
    ("bounds", "meets"),
    [
        ((1, 1, 2, 2), True),
        ((2, 0, 3, 1), True),  # edge to edge
        ((-3, -3, 9, 9), True),
        ((2.1, 0, 3, 1), False),
        ((-2, 0, -0.1, 1), False),
        ((0, 2.1, 1, 3), False),
        ((0, -2, 1, -0.1), False),
    ],
)
def test_bounds_meet_where_they_touch(bounds: tuple[float, float, float, float], meets: bool) -> None:
    area = Area(key="x", kind="country", country_code="", name="", bounds=(0.0, 0.0, 2.0, 2.0))
    assert area.meets(bounds) is meets


def test_areas_are_listed_by_kind_and_a_country_is_no_region_of_its_code(boundaries: Boundaries) -> None:
    # "AA" comes before "UA": a look-up by the code alone would find it first.
    row = ("AA", "admin1", "UA", "First region", shapely.to_wkb(box(0, 0, 1, 1)), 0, 0, 1, 1)
    boundaries._connection.execute("insert into area values (?,?,?,?,?,?,?,?,?)", row)
    assert boundaries.find_country("UA").equals(box(30, 48, 34, 50))
    listed = {kinds: len(boundaries.list_areas(*kinds)) for kinds in ((), ("country",), ("admin1", "water"))}
    assert listed == {(): len(AREAS) + 1, ("country",): 3, ("admin1", "water"): 5}
    assert len(boundaries.list_areas("country")) == 3


def test_a_polygon_is_found_by_its_key_or_not_at_all(boundaries: Boundaries) -> None:
    found = boundaries.find("UA")
    assert found is not None
    assert found is boundaries.read("UA"), "kept"
    assert boundaries.find("") is None
    assert boundaries.find("XX") is None
