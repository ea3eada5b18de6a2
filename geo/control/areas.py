"""What overlays leave, cut down to its areas."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["keep_areas"]


def keep_areas(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry: where outlines only touch, overlays leave points and lines too."""
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
