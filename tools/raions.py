"""Polygons of the raions of Ukraine after 2020, read from a drawing of OpenStreetMap data.

The drawing ships in the wheel of alerts-in-ua-py and is an exact Web Mercator map, so two linear fits
put it on the ground (0.04 km median, 0.26 km p90 from the OpenStreetMap border).
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

import numpy as np
import shapely
from packages import read_member
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

__all__ = ["RENAMED", "read_raions"]

_DRAWING = ("alerts-in-ua-py", "alerts_in_ua/resources/map/Ukraine full.svg")
# lon = _LON[0] * x + _LON[1]; Mercator latitude in degrees = _LAT[0] * y + _LAT[1]; fitted on the OSM border.
_LON = (0.00377864078, 21.7602560)
_LAT = (-0.00378180980, 62.3050791)
# Names on the drawing that have changed since.
RENAMED = {
    "Володимир-Волинський": "Володимирський",
    "Новоград-Волинський": "Звягельський",
    "Червоноградський": "Шептицький",
    "Новомосковський": "Самарівський",
    "Сєвєродонецький": "Сіверськодонецький",
    "Красноградський": "Берестинський",
}
_TOKENS = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?|[a-zA-Z]")
_ARIA, _ID = "aria-label", "id"
Matrix = tuple[float, float, float, float, float, float]


def _read_rings(path: str) -> list[list[tuple[float, float]]]:
    """Return the rings of an SVG path of straight lines."""
    tokens, rings, ring = _TOKENS.findall(path), [], []
    x = y = start_x = start_y = 0.0
    command, i = "m", 0
    while i < len(tokens):
        if tokens[i].isalpha():
            command, i = tokens[i], i + 1
        if command in "zZ":
            if ring:
                rings.append([*ring, (start_x, start_y)])
            ring, x, y = [], start_x, start_y
            continue
        if command in "hH":
            x, i = (x if command == "h" else 0.0) + float(tokens[i]), i + 1
        elif command in "vV":
            y, i = (y if command == "v" else 0.0) + float(tokens[i]), i + 1
        else:
            relative = command in "ml"
            x = (x if relative else 0.0) + float(tokens[i])
            y, i = (y if relative else 0.0) + float(tokens[i + 1]), i + 2
            if command in "mM":
                if ring:
                    rings.append(ring)
                ring, start_x, start_y = [], x, y
                command = "l" if relative else "L"
        ring.append((x, y))
    return [*rings, ring] if ring else rings


def _fill_rings(rings: list[list[tuple[float, float]]]) -> BaseGeometry | None:
    polygons = sorted((Polygon(r).buffer(0) for r in rings if len(r) > 3), key=lambda p: -p.area)
    shape: BaseGeometry | None = None
    for polygon in polygons:
        if shape is None:
            shape = polygon
        elif shape.contains(polygon.representative_point()):
            shape = shape.difference(polygon)
        else:
            shape = shape.union(polygon)
    return shape


def _read_transform(text: str | None) -> Matrix:
    if not text:
        return (1, 0, 0, 1, 0, 0)
    name, arguments = re.match(r"(\w+)\(([^)]*)\)", text).groups()  # type: ignore[union-attr]
    values = [float(v) for v in re.split(r"[ ,]+", arguments.strip())]
    if name == "matrix":
        return tuple(values)  # type: ignore[return-value]
    second = values[1] if len(values) > 1 else (values[0] if name == "scale" else 0.0)
    return (values[0], 0, 0, second, 0, 0) if name == "scale" else (1, 0, 0, 1, values[0], second)


def _chain(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def _find_labels(root: ET.Element) -> list[tuple[str, np.ndarray]]:
    """Return each label with the points where its letters start."""
    out: list[tuple[str, np.ndarray]] = []

    def walk(element: ET.Element, matrix: Matrix, *, inside: bool) -> None:
        matrix = _chain(matrix, _read_transform(element.get("transform")))
        inside = inside or element.get(_ID) == "b"
        if inside and _ARIA in element.attrib:
            points = []
            for path in element.iter("{http://www.w3.org/2000/svg}path"):
                match = re.match(r"\s*[mM]\s*([-\d.]+)[ ,]+([-\d.]+)", path.attrib["d"])
                if match:
                    x, y = float(match[1]), float(match[2])
                    a, b, c, d, e, f = matrix
                    points.append((a * x + c * y + e, b * x + d * y + f))
            out.append((element.attrib[_ARIA], np.array(points)))
            return
        for child in element:
            walk(child, matrix, inside=inside)

    walk(root, (1, 0, 0, 1, 0, 0), inside=False)
    return out


def _find_polygons(root: ET.Element) -> list[BaseGeometry]:
    parents = {child: parent for parent in root.iter() for child in parent}
    out = []
    for element in root.iter():
        if not element.tag.endswith("}path"):
            continue
        ancestors, node = [], element
        while node in parents:
            node = parents[node]
            ancestors.append(node.get(_ID))
        if "g4432" not in ancestors or "b" in ancestors:
            continue
        shape = _fill_rings(_read_rings(element.attrib["d"]))
        if shape is not None and ("a" in ancestors or shape.area < 100_000):
            out.append(shape)
    return out


def _choose(polygons: list[BaseGeometry], points: np.ndarray) -> int:
    centre = Point(points.mean(axis=0))
    hits = [i for i, p in enumerate(polygons) if p.contains(centre)]
    if not hits:
        votes = Counter(i for i, p in enumerate(polygons) for q in points if p.contains(Point(q)))
        hits = [votes.most_common(1)[0][0]] if votes else []
    if not hits:
        return min(range(len(polygons)), key=lambda i: polygons[i].distance(centre))
    return min(hits, key=lambda i: polygons[i].area)


def _to_degrees(points: np.ndarray) -> np.ndarray:
    mercator = np.radians(_LAT[0] * points[:, 1] + _LAT[1])
    latitude = np.degrees(2 * np.arctan(np.exp(mercator)) - np.pi / 2)
    return np.c_[_LON[0] * points[:, 0] + _LON[1], latitude]


# Parts of a raion that are drawn apart from it, without a label: the hromada of Toretsk, the zone around the
# power station of Chornobyl, and Slavutych, which lies within the oblast of Chernihiv.
_EXCLAVES = (
    ("Бахмутський", Point(37.85, 48.39)),
    ("Вишгородський", Point(29.95, 51.30)),
    ("Вишгородський", Point(30.73, 51.53)),
)
# Widest ground without a label that is given to whoever lies around it, degrees.
_GAP = 0.09


def read_raions() -> dict[str, BaseGeometry]:
    """Return raion name (Ukrainian, present form) to polygon, EPSG:4326, a valid coverage."""
    root = ET.fromstring(read_member(*_DRAWING))
    polygons = _find_polygons(root)
    named: dict[str, BaseGeometry] = {}
    used: set[int] = set()
    for label, points in _find_labels(root):
        name = re.sub(r"-\s+", "-", label).strip()
        index = _choose(polygons, points)
        used.add(index)
        named[RENAMED.get(name, name)] = shapely.transform(polygons[index], _to_degrees)
    # The two cities with special status are drawn without a label.
    for name, point in (("Київ", Point(30.52, 50.45)), ("Севастополь", Point(33.6, 44.62))):
        for index, polygon in enumerate(polygons):
            ground = shapely.transform(polygon, _to_degrees) if index not in used else None
            if ground is not None and ground.contains(point):
                named.setdefault(name, ground)
    for name, point in _EXCLAVES:
        for index, polygon in enumerate(polygons):
            ground = shapely.transform(polygon, _to_degrees) if index not in used else None
            if ground is not None and ground.contains(point):
                named[name] = named[name].union(ground)
    return _clean(named)


def _clean(named: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    whole = shapely.coverage_clean(list(named.values()), snapping_distance=0.0008, gap_width=_GAP)
    slim = shapely.coverage_simplify(whole, 0.003)
    out = {}
    for name, shape in zip(named, slim, strict=True):
        parts = [p for p in getattr(shape, "geoms", [shape]) if isinstance(p, Polygon)]
        out[name] = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    return out
