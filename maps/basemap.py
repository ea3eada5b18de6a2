"""The offline base map, clipped to what a map shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Basemap", "Label", "load_basemap"]

Box = tuple[float, float, float, float]

# Coordinates are integers of 1e-4 degree: 11 m, finer than the data.
BASE_SCALE = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A name on the base map; it appears from zoom ``from_zoom`` on, and up to ``to_zoom`` where that is not 0."""

    name: str
    lon: float
    lat: float
    kind: str
    from_zoom: float
    to_zoom: float = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Basemap:
    """Paths by what they are (land, water, coast, river, border, disputed, region, district), and names.

    Paths are delta-coded integers of 1e-4 degree, longitude first; those of land and water are rings.
    """

    lines: dict[str, list[list[int]]] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()
    sources: tuple[str, ...] = ()

    def as_page(self) -> dict[str, Any]:
        """Return the base map as the page's script reads it."""
        labels = [[one.name, one.lon, one.lat, one.kind, one.from_zoom, one.to_zoom] for one in self.labels]
        return {"scale": BASE_SCALE, "lines": self.lines, "labels": labels}


def load_basemap(limits: Box, lang: str, *, view: Box) -> Basemap:
    """STUB until the data is there."""
    import shapely

    from geo.resources import open_database

    db = open_database("boundaries.sqlite")
    w, s, e, n = limits
    lines: dict[str, list[list[int]]] = {}
    import numpy as np

    def enc(g: BaseGeometry) -> list[list[int]]:
        out = []
        for part in shapely.get_parts(g):
            rings = (
                [part]
                if part.geom_type == "LineString"
                else ([part.exterior, *part.interiors] if part.geom_type == "Polygon" else [])
            )
            for ring in rings:
                c = np.rint(shapely.get_coordinates(ring) * BASE_SCALE).astype(int)
                out.append([int(v) for v in np.diff(c, axis=0, prepend=np.zeros((1, 2), dtype=int)).ravel()])
        return out

    for kind, name, outline in (
        ("country", "land", "border"),
        ("admin1", "region", "region"),
        ("admin2", "district", "district"),
        ("water", "water", "coast"),
    ):
        geoms = [
            shapely.from_wkb(r[0])
            for r in db.execute(
                "select wkb from area where kind=? and maxx>? and minx<? and maxy>? and miny<?",
                (kind, w, e, s, n),
            )
        ]
        geoms = [shapely.simplify(shapely.make_valid(g), 0.003) for g in geoms]
        clipped = shapely.clip_by_rect(geoms, w, s, e, n)
        if name in ("land", "water"):
            lines[name] = [p for g in clipped if not g.is_empty for p in enc(g)]
        edges = shapely.clip_by_rect(shapely.boundary(geoms), w, s, e, n)
        lines.setdefault(outline, []).extend(p for g in edges if not g.is_empty for p in enc(g))
    rows = open_database("gazetteer.sqlite").execute(
        f"select coalesce(nullif(name_{lang},''),name), longitude, latitude, population from place where feature_class='P' and population>15000 and longitude between ? and ? and latitude between ? and ? order by population desc limit 500",
        (w, e, s, n),
    )
    labels = [
        Label(
            name=r[0],
            lon=round(r[1], 4),
            lat=round(r[2], 4),
            kind="city" if r[3] > 300_000 else "town",
            from_zoom=4 if r[3] > 900_000 else 5.5 if r[3] > 300_000 else 7 if r[3] > 80_000 else 8.5,
        )
        for r in rows
    ]
    return Basemap(lines=lines, labels=tuple(labels), sources=("Natural Earth",))
