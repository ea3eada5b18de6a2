"""Make ``data/curated/courses.geojson``: named rivers as lines that run downstream.

GSHHG's rivers (in the base map) have no names.  Each river below is told by a few points on it,
downstream; the way between them follows the unnamed lines where those are near, and leaps
where they are missing (reservoirs).

    python tools/make_courses.py
"""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

DATA = Path(__file__).parents[1] / "data"
LEAP_KM = 6.0  # ends of lines nearer than this may be joined
LEAP_COST = 3.0
KM = np.array([111.2 * 0.66, 111.2])  # a degree at 48.5° N
DETAIL_DEGREES = 0.004

# Identifier in the gazetteer -> points (longitude, latitude), downstream.
RIVERS: dict[str, list[tuple[float, float]]] = {
    "dnipro-river": [
        (30.70, 51.45),
        (30.52, 50.90),
        (30.56, 50.45),
        (31.05, 49.98),
        (31.47, 49.76),
        (32.08, 49.46),
        (32.60, 49.25),
        (33.42, 49.05),
        (33.95, 48.88),
        (34.62, 48.53),
        (35.07, 48.48),
        (35.15, 48.15),
        (35.07, 47.86),
        (35.02, 47.68),
        (34.80, 47.52),
        (34.50, 47.553),
        (34.20, 47.42),
        (33.90, 47.197),
        (33.60, 46.93),
        (33.37, 46.78),
        (33.20, 46.757),
        (32.95, 46.71),
        (32.62, 46.62),
        (32.48, 46.54),
        (32.25, 46.50),
    ],
    "siverskyi-donets": [
        (36.60, 50.60),
        (36.90, 50.05),
        (36.70, 49.82),
        (36.36, 49.66),
        (36.87, 49.45),
        (37.27, 49.21),
        (37.56, 49.03),
        (37.95, 48.93),
        (38.45, 48.93),
        (38.75, 48.74),
        (39.48, 48.63),
        (40.10, 48.35),
    ],
    "oskil-river": [
        (37.87, 51.28),
        (37.87, 50.76),
        (37.80, 50.20),
        (37.63, 49.71),
        (37.52, 49.40),
        (37.42, 49.10),
    ],
    "inhulets": [(32.95, 48.50), (33.30, 47.90), (33.15, 47.40), (32.85, 46.95), (32.80, 46.68)],
    "seim": [(36.20, 51.72), (35.26, 51.66), (34.70, 51.43), (33.85, 51.33), (32.90, 51.32), (32.58, 51.45)],
}


def read_lines() -> list[np.ndarray[Any, Any]]:
    """Return the unnamed rivers of the base map, degrees."""
    data = json.loads(gzip.decompress((DATA / "basemap" / "region.json.gz").read_bytes()))
    return [np.cumsum(np.reshape(line, (-1, 2)), axis=0) / data["scale"] for line in data["rivers"]]


def build_graph(lines: list[np.ndarray[Any, Any]]) -> tuple[np.ndarray[Any, Any], Any]:
    """Return nodes (degrees) and the graph of ways between them, km; ends may leap to nodes near."""
    nodes = np.concatenate(lines)
    starts = np.cumsum([0, *(len(line) for line in lines)])
    steps = np.concatenate([np.arange(a, b - 1) for a, b in pairwise(starts)])
    ends = np.concatenate([starts[:-1], starts[1:] - 1])
    leaps = cKDTree(nodes * KM).query_ball_point(nodes[ends] * KM, LEAP_KM)
    pairs = [(end, near) for end, nears in zip(ends, leaps, strict=True) for near in nears if near != end]
    one = np.concatenate([steps, [a for a, _ in pairs]]).astype(int)
    other = np.concatenate([steps + 1, [b for _, b in pairs]]).astype(int)
    cost = np.hypot(*((nodes[one] - nodes[other]) * KM).T) + 1e-6
    cost[len(steps) :] = cost[len(steps) :] * LEAP_COST + 0.1
    return nodes, coo_matrix((cost, (one, other)), shape=(len(nodes), len(nodes))).tocsr()


def find_way(
    nodes: Any, graph: Any, start: tuple[float, float], end: tuple[float, float]
) -> list[tuple[float, float]]:
    """Return the way along the lines, or a leap where it would be much longer than the straight one."""
    straight = float(np.hypot(*((np.array(start) - end) * KM)))
    tree = cKDTree(nodes * KM)
    (away, first), (away2, last) = tree.query(np.array(start) * KM), tree.query(np.array(end) * KM)
    if max(away, away2) > LEAP_KM or first == last:
        return [start, end]
    cost, before = dijkstra(
        graph, directed=False, indices=first, return_predecessors=True, limit=4 * straight + 20
    )
    if not np.isfinite(cost[last]) or cost[last] > 3.0 * straight + 10:
        return [start, end]
    way = [last]
    while way[-1] != first:
        way.append(before[way[-1]])
    return [tuple(nodes[i]) for i in reversed(way)]


def main() -> None:
    nodes, graph = build_graph(read_lines())
    features = []
    for name, points in RIVERS.items():
        course: list[tuple[float, float]] = []
        for start, end in pairwise(points):
            course += find_way(nodes, graph, start, end)
        line = shapely.remove_repeated_points(shapely.LineString(course)).simplify(DETAIL_DEGREES)
        rounded = shapely.set_precision(line, 1e-4, mode="pointwise")
        leaps = np.hypot(*(np.diff(shapely.get_coordinates(rounded), axis=0) * KM).T)
        print(f"{name:18} {len(rounded.coords):4} vertices, longest step {leaps.max():.0f} km")
        geometry = json.loads(shapely.to_geojson(rounded))
        features.append({"type": "Feature", "id": name, "properties": {}, "geometry": geometry})
    text = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    path = DATA / "curated" / "courses.geojson"
    path.write_text('{"type":"FeatureCollection","features":[\n' + text + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
