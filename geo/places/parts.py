"""Parts of a unit that a person types ("eastern Ukraine"): an area with a point and a radius."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.model import Candidate, Place, PlaceKind, RelationKind, Toponym
from geo.places.evidence import KM_PER_DEGREE
from geo.resources import open_database

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["cut_part"]

# Shares of a whole that its side is, as maps of claims draw it: of a country, of a smaller unit, of a corner.
_OF_COUNTRY, _OF_UNIT, _OF_CORNER = 0.17, 1 / 3, 0.75
_STEPS = 24
# Compass bearings, degrees clockwise from north.
_BEARINGS = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}
_FAR = 400.0
_ROUND = 350.0
# Degrees from the largest part within which others belong to the mainland.
_MAINLAND = 4.0
_WHOLE = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.AREA)


def cut_part(toponym: Toponym, found: Candidate) -> Candidate:
    """Return the part of a unit that the words name, as an area; the unit itself where they name none.

    Parameters
    ----------
    toponym
        A name with its words; "eastern Ukraine" has the relation ``PART_OF`` and the direction E.
    found
        The place that the name means.
    """
    relation, whole = toponym.relation, found.place
    bearing = _BEARINGS.get(relation.direction or "")
    if relation.kind is not RelationKind.PART_OF or bearing is None or whole.kind not in _WHOLE:
        return found
    outline = _read_outline(whole)
    if outline is None:
        return found
    share = _OF_COUNTRY if whole.kind is PlaceKind.COUNTRY else _OF_UNIT
    share *= _OF_CORNER if bearing % 90 else 1.0
    part = _cut_side(outline, bearing, share)
    place = _make_area(part, whole, toponym.span.exact.strip(), relation.direction or "")
    return replace(found, place=place, why=(*found.why, f"part of {whole.name}"))


def _read_outline(place: Place) -> BaseGeometry | None:
    import shapely

    query = "select wkb from area where key = ?"
    row = open_database("boundaries.sqlite").execute(query, (place.boundary,)).fetchone()
    if row is None:
        return None
    outline: BaseGeometry = shapely.from_wkb(row[0])
    west, _, east, _ = outline.bounds
    if east - west > _ROUND:
        # What lies beyond the antimeridian is the far east and not the far west.
        outline = shapely.transform(outline, lambda points: points + (points < [0.0, -90.0]) * [360.0, 0.0])
    parts = list(getattr(outline, "geoms", [outline]))
    main = max(parts, key=lambda part: part.area)
    # "The west" of a country is that of its mainland, not Alaska.
    return shapely.union_all([part for part in parts if part.distance(main) < _MAINLAND])


def _cut_side(outline: BaseGeometry, bearing: int, share: float) -> BaseGeometry:
    """Cut off the side of an outline that has a share of its area; degrees, longitudes shrunk by latitude."""
    from shapely import affinity
    from shapely.geometry import box

    middle = outline.centroid
    wide = math.cos(math.radians(middle.y))
    # Turned so that the side is at the top, and back again.
    flat = affinity.scale(outline, wide, 1.0, origin=(middle.x, middle.y))
    turned = affinity.rotate(flat.simplify(0.02), bearing, origin=(middle.x, middle.y))
    low, high = turned.bounds[1], turned.bounds[3]
    wanted = turned.area * share
    for _ in range(_STEPS):
        level = (low + high) / 2
        above = turned.intersection(box(middle.x - _FAR, level, middle.x + _FAR, middle.y + _FAR))
        low, high = (level, high) if above.area > wanted else (low, level)
    back = affinity.rotate(above, -bearing, origin=(middle.x, middle.y))
    return affinity.scale(back, 1.0 / wide, 1.0, origin=(middle.x, middle.y))


def _make_area(part: BaseGeometry, whole: Place, name: str, direction: str) -> Place:
    centre = part.centroid if part.contains(part.centroid) else part.representative_point()
    area_km2 = part.area * math.cos(math.radians(centre.y)) * KM_PER_DEGREE**2
    return replace(
        whole,
        id=f"{whole.id}:{direction}",
        name=name,
        latitude=round(centre.y, 4),
        longitude=round((centre.x + 180.0) % 360.0 - 180.0, 4),
        kind=PlaceKind.AREA,
        feature_class="L",
        feature_code="RGN",
        population=0,
        coordinate_uncertainty_m=float(round(math.sqrt(area_km2 / math.pi) * 1000.0, -3)),
        boundary="",
        names={},
    )
