"""A domain cut along the line between sides into zones without gaps or overlaps; plane, metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.control.contour import Contour, trace_contour
from geo.control.field import Mesh, make_mesh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Labels = NDArray[np.int64]

__all__ = ["Partition", "Settlements", "cut_domain", "plant_tree", "split_by_settlements"]

_MANY = 3_000  # fewer settlements are not worth thinning out
_PER_CELL = 8.0
_STEPS = 3
_NEVER = 1 << 30
_RING = 72  # points far around the domain that carry its rim's labels outwards
_RING_REACH = 3.0


@dataclass(frozen=True, slots=True)
class Partition:
    """Zones (one a label, maybe empty) that add up to the domain, and the line and mesh they came from."""

    zones: tuple[BaseGeometry, ...]
    contour: Contour
    mesh: Mesh
    labels: Labels


@dataclass(frozen=True, slots=True)
class Settlements:
    """Where settlements are (plane) and whose."""

    tree: shapely.STRtree
    labels: Labels


def plant_tree(points: Points) -> shapely.STRtree:
    """Return the tree of points in the plane that answers which is nearest."""
    geometries: Any = shapely.points(points)
    return shapely.STRtree(geometries)


def split_by_settlements(  # noqa: PLR0913 (two of them by name)
    points: Points,
    labels: Labels,
    count: int,
    domain: BaseGeometry,
    *,
    water: BaseGeometry | None = None,
    parts: int = 4,
) -> Partition:
    """Return the zones of labels between settlements.

    Parameters
    ----------
    points
        Settlements, plane, metres, distinct.
    labels
        0 to ``count`` - 1 for each.
    count
        How many labels there are.
    domain
        What is shared out, plane, metres.
    water
        Wide waters, plane: one that the line crosses is nobody's, and becomes a last zone of its own.
    parts
        Smoothness of the line, see `trace_contour`.
    """
    points, labels = _thin_out(points, labels)
    tree = plant_tree(points)
    ringed, ringed_labels = _ring_in(points, labels, domain, tree)
    mesh = make_mesh(ringed)
    contour = trace_contour(mesh, ringed_labels, count, parts=parts)
    between = _find_between(water, contour)
    zones = cut_domain(domain, contour, Settlements(tree, labels), count, between)
    return Partition(zones, contour, mesh, ringed_labels)


def _thin_out(points: Points, labels: Labels) -> tuple[Points, Labels]:
    """Drop settlements that cannot touch the line: the zones stay exactly the same.

    A settlement goes if all 7 × 7 cells of a grid around it hold settlements, all of its own label.  Any
    empty circle through it and one of another label would have to be wider than three cells, and would then
    hold a whole cell, which is not empty: so no triangle of the mesh joins the two.
    """
    if len(points) < _MANY:
        return points, labels
    low, high = points.min(axis=0), points.max(axis=0)
    size = float(np.sqrt(np.prod(high - low) * _PER_CELL / len(points)))
    shape = tuple((np.floor((high - low) / size).astype(int) + 1).tolist())
    cell = np.ravel_multi_index(tuple(((points - low) // size).astype(int).T), shape)
    least, most = np.full(np.prod(shape), _NEVER), np.full(np.prod(shape), -1)
    np.minimum.at(least, cell, labels)
    np.maximum.at(most, cell, labels)
    # An empty cell has the bounds (never, -1): it counts as mixed.
    mixed = (least != most).reshape(shape)
    value = np.where(mixed, -1, most.reshape(shape))
    dull = _is_dull(value)
    keep = ~dull.ravel()[cell]
    return points[keep], labels[keep]


def _is_dull(value: Labels) -> NDArray[np.bool_]:
    """Tell for each cell whether all cells within three steps have its own, unmixed value."""
    edged = np.pad(value, _STEPS, constant_values=-1)
    rows, columns = value.shape
    same = value >= 0
    for i in range(2 * _STEPS + 1):
        for j in range(2 * _STEPS + 1):
            same &= edged[i : i + rows, j : j + columns] == value
    return np.asarray(same)


def _ring_in(
    points: Points, labels: Labels, domain: BaseGeometry, tree: shapely.STRtree
) -> tuple[Points, Labels]:
    """Add a far ring whose points carry the label of the settlement nearest to them."""
    west, south = np.minimum(domain.bounds[:2], points.min(axis=0))
    east, north = np.maximum(domain.bounds[2:], points.max(axis=0))
    middle = np.array([(west + east) / 2, (south + north) / 2])
    radius = _RING_REACH * float(np.hypot(east - west, north - south))
    angles = np.linspace(0.0, 2 * np.pi, _RING, endpoint=False)
    ring = middle + radius * np.column_stack([np.cos(angles), np.sin(angles)])
    nearest = tree.nearest(shapely.points(ring))
    return np.vstack([points, ring]), np.concatenate([labels, labels[nearest]])


def _find_between(water: BaseGeometry | None, contour: Contour) -> BaseGeometry | None:
    """Return the waters that the line crosses."""
    if water is None or not len(contour.segments):
        return None
    parts = shapely.get_parts(water)
    line = _join_segments(contour)
    crossed = parts[shapely.intersects(line, parts)]
    return shapely.union_all(crossed) if len(crossed) else None


def _join_segments(contour: Contour) -> Any:
    lines: Any = shapely.linestrings(contour.segments)
    line = shapely.line_merge(shapely.multilinestrings(lines))
    shapely.prepare(line)
    return line


def cut_domain(
    domain: BaseGeometry,
    contour: Contour,
    settlements: Settlements,
    count: int,
    water: BaseGeometry | None = None,
) -> tuple[BaseGeometry, ...]:
    """Cut a domain along a contour; each face goes to the label on its side of the line, or to the water."""
    if not len(contour.segments):
        zones: list[BaseGeometry] = [shapely.MultiPolygon()] * count
        zones[int(settlements.labels[0])] = domain
        return tuple(zones)
    parts = shapely.get_parts(domain)
    line = _join_segments(contour)
    if water is not None:
        line = shapely.union_all([line, water.boundary])
    crossed = shapely.intersects(line, parts)
    faces = np.concatenate([parts[~crossed], *(_cut_part(part, line) for part in parts[crossed])])
    owner = _find_owners(faces, contour, settlements)
    if water is not None:
        shapely.prepare(water)
        owner[shapely.contains(water, shapely.point_on_surface(faces))] = count
    return tuple(_join(faces[owner == label]) for label in range(count + (water is not None)))


def _cut_part(part: Any, line: Any) -> NDArray[Any]:
    """Return the faces that a line cuts a polygon into."""
    network = shapely.union_all([part.boundary, line])
    faces = shapely.get_parts(shapely.polygonize([network]))
    shapely.prepare(part)
    return np.asarray(faces[shapely.contains_properly(part, shapely.point_on_surface(faces))])


def _find_owners(faces: NDArray[Any], contour: Contour, settlements: Settlements) -> Labels:
    """Return the label of each face: by the segments on its outline, else by the nearest settlement."""
    owner = np.full(len(faces), -1)
    on_left, on_right = _offset(contour, contour.segments.mean(axis=1))
    for side, sample in ((contour.left, on_left), (contour.right, on_right)):
        face, which = plant_tree(sample).query(faces, predicate="contains")
        owner[face] = side[which]
    far = np.flatnonzero(owner < 0)
    if len(far):
        owner[far] = settlements.labels[settlements.tree.nearest(shapely.point_on_surface(faces[far]))]
    return owner


def _offset(contour: Contour, middles: Points) -> tuple[Points, Points]:
    """Return points a hair's breadth to the left and to the right of each segment's middle."""
    along = contour.segments[:, 1] - contour.segments[:, 0]
    across = np.column_stack([-along[:, 1], along[:, 0]])
    step = across * 1e-3
    return middles + step, middles - step


def _join(faces: NDArray[Any]) -> BaseGeometry:
    joined: BaseGeometry = shapely.coverage_union_all(faces) if len(faces) else shapely.MultiPolygon()
    if joined.geom_type == "GeometryCollection":
        return shapely.MultiPolygon(
            [part for part in shapely.get_parts(joined) if part.geom_type == "Polygon"]
        )
    return joined
