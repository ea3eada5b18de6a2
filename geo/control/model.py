"""What control looks like on a day: zones, front line, and where nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geo.control.statements import CONTESTED
from geo.model import ControlStatus

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["NOBODY", "Base", "ControlMap", "FrontLine", "Zone"]

# The side of wide water between two sides.
NOBODY = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """What a side holds, EPSG:4326.

    Attributes
    ----------
    side
        ISO 3166 alpha-3 code; ``contested``; or empty for water between the sides.
    control_status
        How sure: stated, claimed, contested, or assessed (only from a base).
    as_of
        The newest word that it rests on.
    geometry
        Polygons that neither overlap nor leave gaps to the other zones.
    """

    side: str
    control_status: ControlStatus
    as_of: date
    geometry: BaseGeometry


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontLine:
    """A line between two zones, EPSG:4326, with the side on its left and on its right hand."""

    left: str
    right: str
    geometry: BaseGeometry


@dataclass(frozen=True, kw_only=True, slots=True)
class Base:
    """An assessed map that the user brings.

    Attributes
    ----------
    held
        Polygons by side, EPSG:4326; the rest of the domain belongs to ``rest``.
    rest
        The side that holds what no polygon covers.
    as_of
        The day it shows.
    homes
        Countries, EPSG:4326, by the side whose they are: where the domain reaches beyond what the map shows,
        they stay with their own side (a map of Ukraine says nothing of the Kursk region).
    """

    held: Mapping[str, BaseGeometry]
    rest: str
    as_of: date
    homes: Mapping[str, BaseGeometry] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlMap:
    """Control on a day.

    Attributes
    ----------
    on
        The day.
    zones
        They add up to the domain.
    front
        Lines between zones of different sides.
    band
        Where the front may be, EPSG:4326.
    """

    on: date
    zones: tuple[Zone, ...]
    front: tuple[FrontLine, ...] = ()
    band: BaseGeometry = field(default_factory=shapely.MultiPolygon)

    @property
    def first_day(self) -> date:
        """The oldest day that a zone rests on; the map's own day where no zone has one."""
        days = [zone.as_of for zone in self.zones if zone.as_of > date.min]
        return min(days, default=self.on)

    def list_sides(self) -> list[str]:
        """Return the codes of the sides that hold ground, sorted."""
        return sorted({zone.side for zone in self.zones if is_side(zone.side)})

    def merge_sides(self) -> dict[str, BaseGeometry]:
        """Return what each side holds, whatever the status, EPSG:4326."""
        sides: dict[str, list[BaseGeometry]] = {}
        for zone in self.zones:
            sides.setdefault(zone.side, []).append(zone.geometry)
        return {
            side: parts[0] if len(parts) == 1 else shapely.union_all(parts) for side, parts in sides.items()
        }

    def frame_zones(self) -> gpd.GeoDataFrame:
        """Return the zones as a GeoDataFrame: side, control_status, as_of."""
        import geopandas as gpd

        columns = {
            "side": [zone.side for zone in self.zones],
            "control_status": [zone.control_status.value for zone in self.zones],
            "as_of": [zone.as_of for zone in self.zones],
        }
        return gpd.GeoDataFrame(columns, geometry=[zone.geometry for zone in self.zones], crs="EPSG:4326")

    def frame_front(self) -> gpd.GeoDataFrame:
        """Return the front as a GeoDataFrame of lines: left, right, as_of."""
        import geopandas as gpd

        columns = {
            "left": [line.left for line in self.front],
            "right": [line.right for line in self.front],
            "as_of": [self.on for _ in self.front],
        }
        return gpd.GeoDataFrame(columns, geometry=[line.geometry for line in self.front], crs="EPSG:4326")

    def frame_band(self) -> gpd.GeoDataFrame:
        """Return the band of uncertainty as a GeoDataFrame of one row, or none if there is no front."""
        import geopandas as gpd

        rows = [] if self.band.is_empty else [self.band]
        return gpd.GeoDataFrame({"as_of": [self.on for _ in rows]}, geometry=rows, crs="EPSG:4326")


def is_side(side: str) -> bool:
    """Tell whether a zone's side is one that holds ground."""
    return side not in {NOBODY, CONTESTED}
