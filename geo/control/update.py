"""Later statements change an assessed map: locally, and marked as what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from geo.control.areas import keep_areas
from geo.control.contour import trace_contour
from geo.control.field import Mesh, make_mesh
from geo.control.model import NOBODY, Base, Zone
from geo.control.partition import Settlements, cut_domain, plant_tree
from geo.control.settings import ControlSettings
from geo.control.statements import Standing
from geo.model import ControlStatus
from geo.projection import Plane, clip_around, find_plane
from geo.units import M_PER_KM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Labels = NDArray[np.int64]

__all__ = ["update_base"]

# Settlements farther away than this do not tell how far a change of hands reaches.
_WINDOW_KM = 30.0
# A settlement this near to a stated one is the same.
_SAME_KM = 1.0
# Within this of the way from held ground to a village that was taken, villages that nobody speaks of tell
# nothing against it.  Autumn of 2024 with the gazetteer's settlements (benchmarks/control.py): the changed
# area is found with IoU .59 without this, .64 at 1 km, .69 at 2 km, .65 at 3.5 km.
_WALK_KM = 2.0
# Changes farther apart than this are drawn in planes of their own.
_CLUSTER_KM = 120.0
# Fewer settlements than this around a change tell nothing of how far it reaches.
_FEW = 3
# What two makers' outlines of one border leave between them, square degrees (a tenth of a hectare).
_NOTHING = 1e-7
_SLIVER_DEGREES = 0.02
_RIM_DEGREES = 0.03
# A lagoon or a bay that a country's outline counts as land, square degrees: some 800 km² at 48 degrees.
_LAGOON = 0.1


def update_base(
    base: Base,
    standings: Sequence[Standing],
    domain: BaseGeometry | None,
    settlements: Sequence[tuple[float, float]],
    settings: ControlSettings,
) -> tuple[Zone, ...]:
    """Return the zones of a base after what newer statements say, EPSG:4326.

    A settlement that changed hands takes with it the triangles (Delaunay, of all settlements) that meet in
    it, up to the smooth line between it and those that did not.  Nothing else of the base moves.
    """
    places = np.asarray(settlements, dtype=float).reshape(-1, 2)
    grounds = _complete(base, domain, places)
    held = _merge(grounds)
    changed = [
        one for one in standings if _find_side(held, one.longitude, one.latitude) not in {one.side, None}
    ]
    gains: list[tuple[Standing, BaseGeometry]] = []
    for group in _cluster(changed):
        gains += _find_gains(_Scene(held, standings, places, settings), group)
    return _apply(grounds, _join_gains(held, gains))


def _complete(base: Base, domain: BaseGeometry | None, places: Points) -> list[Zone]:
    """Return the base's zones, unchanged, and who holds the rest of a domain."""
    grounds = [_assess(base, side, geometry) for side, geometry in base.held.items()]
    if domain is None:
        return grounds
    rest = domain
    for geometry in base.held.values():
        rest = rest.difference(geometry)
    for side, home in base.homes.items():
        own = keep_areas(rest.intersection(home))
        rest = keep_areas(rest.difference(home))
        if not own.is_empty:
            zone = _assess(base, side, own)
            grounds.append(replace(zone, control_status=ControlStatus.STATED))
    rest, slivers = _part_slivers(rest, base.held, domain, places)
    grounds += [_assess(base, side, sliver) for side, sliver in slivers.items() if side != NOBODY]
    if NOBODY in slivers:
        lagoons = _assess(base, NOBODY, slivers[NOBODY])
        grounds.append(replace(lagoons, control_status=ControlStatus.CONTESTED))
    if rest.area <= _NOTHING:
        return grounds
    zone = _assess(base, base.rest, rest)
    return [*grounds, zone if base.held else replace(zone, control_status=ControlStatus.STATED)]


def _part_slivers(
    rest: BaseGeometry, held: Mapping[str, BaseGeometry], domain: BaseGeometry, places: Points
) -> tuple[BaseGeometry, dict[str, BaseGeometry]]:
    """Part from the rest what two makers' outlines leave between held ground and a border or a coast.

    Such a sliver is cut off from all else, lies on the domain's rim and touches held ground.  If it is
    nowhere four kilometres wide it goes with that ground, as a zone of its own; if it is of a lagoon's size
    and nobody lives there, it is nobody's.  A pocket inland stays.
    """
    parts = shapely.get_parts(rest)
    thin = shapely.is_empty(shapely.buffer(parts, -_SLIVER_DEGREES))
    rim = domain.boundary
    shapely.prepare(rim)
    loose = (thin | _is_lagoon(parts, places)) & shapely.intersects(rim, parts)
    found: dict[str, list[Any]] = {}
    for side, geometry in held.items():
        touching = loose & shapely.intersects(geometry, parts)
        found.setdefault(side, []).extend(parts[touching & thin])
        found.setdefault(NOBODY, []).extend(parts[touching & ~thin])
        parts, thin, loose = parts[~touching], thin[~touching], loose[~touching]
    slivers: dict[str, BaseGeometry] = {
        side: shapely.MultiPolygon(some) for side, some in found.items() if some
    }
    left: list[Any] = list(parts)
    return (shapely.MultiPolygon(left) if slivers else rest), slivers


def _is_lagoon(parts: NDArray[Any], places: Points) -> NDArray[np.bool_]:
    """Tell which parts are of a lagoon's size and hold no settlement; none where no settlement is known."""
    small = shapely.area(parts) <= _LAGOON
    if not len(places):
        return np.zeros(len(parts), dtype=bool)
    spots: Any = shapely.points(places)
    lived_in = shapely.STRtree(spots).query(parts[small], predicate="contains")[0]
    empty = np.ones(int(small.sum()), dtype=bool)
    empty[lived_in] = False
    small[small] = empty
    return np.asarray(small)


def _assess(base: Base, side: str, geometry: BaseGeometry) -> Zone:
    return Zone(side=side, control_status=ControlStatus.ASSESSED, as_of=base.as_of, geometry=geometry)


def _merge(grounds: Sequence[Zone]) -> dict[str, BaseGeometry]:
    held: dict[str, BaseGeometry] = {}
    for zone in grounds:
        known = held.get(zone.side)
        held[zone.side] = zone.geometry if known is None else known.union(zone.geometry)
    for geometry in held.values():
        shapely.prepare(geometry)
    return held


def _find_side(held: Mapping[str, BaseGeometry], longitude: float, latitude: float) -> str | None:
    """Return whose ground a place is on; of a town on a border or coast, whose is near."""
    point = shapely.Point(longitude, latitude)
    for reach in (0.0, _RIM_DEGREES):
        for side, geometry in held.items():
            if geometry.intersects(point) if not reach else geometry.dwithin(point, reach):
                return side
    return None


def _cluster(standings: Sequence[Standing]) -> list[list[Standing]]:
    """Group changes that lie near each other, so that one plane serves each group."""
    groups: list[list[Standing]] = []
    for one in sorted(standings, key=lambda s: (s.longitude, s.latitude)):
        for group in groups:
            if _measure_km(group[0], one) <= _CLUSTER_KM:
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _measure_km(one: Standing, other: Standing) -> float:
    """Return a rough distance, kilometres: enough to group by."""
    dx = (one.longitude - other.longitude) * np.cos(np.radians(one.latitude))
    return float(np.hypot(dx, one.latitude - other.latitude) * 111.2)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a change of hands is drawn against; settlements as (longitude, latitude) rows."""

    held: Mapping[str, BaseGeometry]
    standings: Sequence[Standing]
    settlements: Points
    settings: ControlSettings


def _find_gains(scene: _Scene, changed: Sequence[Standing]) -> list[tuple[Standing, BaseGeometry]]:
    """Return for each changed settlement what its side gains with it, EPSG:4326; gains do not overlap."""
    plane = find_plane(changed[0].longitude, changed[0].latitude)
    spots = _project(plane, [(one.longitude, one.latitude) for one in changed])
    around, sides = _label_around(plane, scene, spots)
    names = sorted(set(sides))
    labels = np.array([names.index(side) for side in sides])
    mesh = make_mesh(around)
    contour = trace_contour(mesh, labels, len(names), parts=scene.settings.smoothness)
    where = _index_of(around, spots)
    star, owners = _draw_stars(mesh, where)
    zones = cut_domain(star, contour, Settlements(plant_tree(around), labels), len(names))
    return _share_gains(plane, scene.held, changed, [zones[names.index(one.side)] for one in changed], owners)


def _project(plane: Plane, places: Sequence[tuple[float, float]] | Points) -> Points:
    spots: Any = shapely.multipoints(np.asarray(places, dtype=float))
    return np.asarray(shapely.get_coordinates(plane.to_plane(spots)))


def _is_near(plane: Plane, one: Standing, spots: Points) -> bool:
    away = np.hypot(*(spots - plane.project(one.longitude, one.latitude)).T)
    return bool(away.min() <= _WINDOW_KM * M_PER_KM)


def _label_around(plane: Plane, scene: _Scene, spots: Points) -> tuple[Points, list[str]]:
    """Return settlements around the changes with their sides: as stated, else as in the base.

    Where there are too few, points of a grid stand for them.
    """
    stated = [one for one in scene.standings if _is_near(plane, one, spots)]
    known = _project(plane, [(one.longitude, one.latitude) for one in stated])
    for near in (_gather_settlements(plane, scene, spots), _lay_grid_around(scene, spots)):
        around, sides = _label_near(plane, scene, stated, known, near)
        if len(around) >= len(known) + _FEW:  # a border town may have all its neighbours abroad
            break
    return around, sides


def _label_near(
    plane: Plane, scene: _Scene, stated: Sequence[Standing], known: Points, near: Points
) -> tuple[Points, list[str]]:
    """Return what is stated and what lies near it with their sides; who stands in the way does not count."""
    apart = plant_tree(known).query_nearest(shapely.points(near), return_distance=True, all_matches=False)[1]
    near = near[apart > _SAME_KM * M_PER_KM]
    sides = _read_sides(plane, scene.held, near)
    passed = _find_passed(plane, scene, stated, near)
    keep = [i for i, side in enumerate(sides) if side not in {None, *passed.get(i, ())}]
    return np.vstack([known, near[keep]]), [one.side for one in stated] + [str(sides[i]) for i in keep]


def _find_passed(
    plane: Plane, scene: _Scene, stated: Sequence[Standing], near: Points
) -> dict[int, set[str | None]]:
    """Return which settlements lie on the way to a changed one, and whose word against it no longer counts.

    Whoever holds a village now came to it from the ground that was held before.
    """
    passed: dict[int, set[str | None]] = {}
    points: Any = shapely.points(near)
    for one in stated:
        if _find_side(scene.held, one.longitude, one.latitude) == one.side or one.side not in scene.held:
            continue
        spot = one.longitude, one.latitude
        ground = plane.to_plane(clip_around(scene.held[one.side], spot * 2, _WINDOW_KM))
        if ground.is_empty:
            continue
        way = shapely.shortest_line(shapely.Point(plane.project(*spot)), ground)
        for i in np.flatnonzero(shapely.dwithin(points, way, _WALK_KM * M_PER_KM)):
            passed.setdefault(int(i), set()).update(side for side in scene.held if side != one.side)
    return passed


def _gather_settlements(plane: Plane, scene: _Scene, spots: Points) -> Points:
    """Return the settlements in a window around the changes, distinct, metres."""
    window = _WINDOW_KM * M_PER_KM
    low, high = spots.min(axis=0) - window, spots.max(axis=0) + window
    rough = _clip_degrees(plane, scene.settlements, low, high)
    xy = _project(plane, rough) if len(rough) else np.empty((0, 2))
    xy = xy[((xy >= low) & (xy <= high)).all(axis=1)]
    _, first = np.unique(np.round(xy), axis=0, return_index=True)
    return np.asarray(xy[np.sort(first)])


def _lay_grid_around(scene: _Scene, spots: Points) -> Points:
    """Return points of a grid in a window around the changes, metres."""
    window = _WINDOW_KM * M_PER_KM
    step = scene.settings.grid_km * M_PER_KM
    return _lay_grid(spots.min(axis=0) - window, spots.max(axis=0) + window, step)


def _lay_grid(low: Points, high: Points, step: float) -> Points:
    """Return points of a grid of triangles, metres."""
    columns, rows = np.meshgrid(np.arange(low[0], high[0], step), np.arange(low[1], high[1], step))
    columns = columns + (np.arange(len(rows)) % 2)[:, None] * step / 2
    return np.column_stack([columns.ravel(), rows.ravel()])


def _clip_degrees(plane: Plane, places: Points, low: Points, high: Points) -> Points:
    """Drop places that are far from a window, by degrees: cheaper than projecting a whole country."""
    half = float(np.abs(np.concatenate([low, high])).max()) / 1e5
    wide = half / max(0.05, float(np.cos(np.radians(abs(plane.latitude) + half))))
    east = (places[:, 0] - plane.longitude + 180.0) % 360.0 - 180.0
    return places[(np.abs(east) <= wide) & (np.abs(places[:, 1] - plane.latitude) <= half)]


def _read_sides(plane: Plane, held: Mapping[str, BaseGeometry], xy: Points) -> list[str | None]:
    points: Any = shapely.points(shapely.get_coordinates(plane.to_degrees(shapely.MultiPoint(xy))))
    sides: list[str | None] = [None] * len(points)
    for side, geometry in held.items():
        for i in np.flatnonzero(shapely.intersects(geometry, points)):
            sides[i] = sides[i] or side
    return sides


def _index_of(points: Points, spots: Points) -> Labels:
    return np.asarray(plant_tree(points).nearest(shapely.points(spots)), dtype=np.int64)


def _draw_stars(mesh: Mesh, where: Labels) -> tuple[BaseGeometry, list[BaseGeometry]]:
    """Return the triangles that meet in the changed settlements: all joined, and those of each."""
    owners = []
    for index in where:
        own = mesh.triangles[(mesh.triangles == index).any(axis=1)]
        owners.append(shapely.coverage_union_all(shapely.polygons(mesh.points[own])))
    return shapely.union_all(owners), owners


def _share_gains(
    plane: Plane,
    held: Mapping[str, BaseGeometry],
    changed: Sequence[Standing],
    zones: Sequence[BaseGeometry],
    stars: Sequence[BaseGeometry],
) -> list[tuple[Standing, BaseGeometry]]:
    """Return what each changed settlement brings to its side; a triangle of two goes to the first."""
    gains: list[tuple[Standing, BaseGeometry]] = []
    taken: dict[str, BaseGeometry] = {}
    for one, zone, star in zip(changed, zones, stars, strict=True):
        own = keep_areas(zone.intersection(star))
        if own.is_empty:
            # At the rim of all settlements the line does not close around one: half-way to each neighbour.
            own = scale(star, 0.5, 0.5, origin=plane.project(one.longitude, one.latitude))
        before = taken.get(one.side)
        if before is not None:
            own = keep_areas(own.difference(before))
        taken[one.side] = own if before is None else before.union(own)
        gain = plane.to_degrees(own)
        if one.side in held:
            gain = keep_areas(gain.difference(held[one.side]))
        if not gain.is_empty:
            gains.append((one, gain))
    return gains


def _apply(grounds: Sequence[Zone], gains: Sequence[Zone]) -> tuple[Zone, ...]:
    """Take every gain from whoever held it; what no gain touches stays the same value."""
    lost = shapely.union_all([gain.geometry for gain in gains])
    kept = []
    for zone in grounds:
        if lost.intersects(zone.geometry):
            left = keep_areas(zone.geometry.difference(lost))
            kept += [replace(zone, geometry=left)] if not left.is_empty else []
        else:
            kept.append(zone)
    return (*kept, *gains)


def _join_gains(
    held: Mapping[str, BaseGeometry], gains: Sequence[tuple[Standing, BaseGeometry]]
) -> list[Zone]:
    """Join gains of one side and status; only held ground changes hands, and only once."""
    if not gains:
        return []
    free = shapely.union_all(list(held.values()))
    groups: dict[tuple[str, ControlStatus], list[tuple[Standing, BaseGeometry]]] = {}
    for one, gain in gains:
        groups.setdefault((one.side, one.control_status), []).append((one, gain))
    zones = []
    for (side, status), some in groups.items():
        wanted = shapely.union_all([gain for _, gain in some])
        geometry = keep_areas(wanted.intersection(free))
        free = free.difference(wanted)
        if not geometry.is_empty:
            newest = max(one.as_of for one, _ in some)
            zones.append(Zone(side=side, control_status=status, as_of=newest, geometry=geometry))
    return zones
