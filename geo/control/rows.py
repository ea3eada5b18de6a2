"""Control as rows of the exports' schema."""

from __future__ import annotations

import hashlib
from typing import Any

from geo.control.base import BAND_RULE
from geo.control.model import ControlMap, FrontLine, Zone, is_side
from geo.model import PlaceKind, Status
from geo.projection import measure_area_km2, measure_length_km
from geo.shapes.outlines import find_inside_point

__all__ = ["list_band_rows", "list_front_rows", "list_zone_rows"]

Row = dict[str, Any]

_UCDP_AREA = 5  # where_prec of a part of a country, or of a line
_REPORT = "control"


def list_zone_rows(control: ControlMap) -> list[Row]:
    """Return one row a zone, with the columns of `geo.schema`; water between sides is left out."""
    zones = [zone for zone in control.zones if zone.side and not zone.geometry.is_empty]
    return [_tell_zone(control, zone, number) for number, zone in enumerate(zones)]


def _tell_zone(control: ControlMap, zone: Zone, number: int) -> Row:
    longitude, latitude = find_inside_point(zone.geometry)
    area = round(measure_area_km2(zone.geometry), 3)
    return {
        "claim_id": _name(control, zone.side, zone.control_status.value, str(number)),
        "kind": "control",
        "status": Status.REPORTED.value,
        "control_status": zone.control_status.value,
        "actors": zone.side if is_side(zone.side) else ";".join(control.list_sides()) or None,
        "place_kind": PlaceKind.AREA.value,
        "lat": round(latitude, 6),
        "lon": round(longitude, 6),
        "geo_precision": 2,
        "where_prec": _UCDP_AREA,
        "area_km2_low": area,
        "area_km2_high": area,
        "as_of": zone.as_of,
        "date_start": max(zone.as_of, control.first_day),
        "date_end": control.on,
        "time_precision": 1,
        "rule": "control between settlements and base",
        "report": f"{_REPORT} {control.on.isoformat()}",
        "schematic": 0,
        "role": "main",
        "geometry": zone.geometry,
    }


def list_front_rows(control: ControlMap) -> list[Row]:
    """Return one row a pair of sides: ``left``, ``right``, ``length_km``, ``date_end`` and the lines."""
    return [_tell_front(control, line) for line in control.front]


def _tell_front(control: ControlMap, line: FrontLine) -> Row:
    return {
        "claim_id": _name(control, line.left, line.right),
        "kind": "control",
        "status": Status.REPORTED.value,
        "actors": ";".join(sorted(side for side in (line.left, line.right) if is_side(side))) or None,
        "left": line.left,
        "right": line.right,
        "as_of": control.on,
        "length_km": round(measure_length_km(line.geometry), 1),
        "date_start": control.on,
        "date_end": control.on,
        "rule": "line between sides",
        "report": f"{_REPORT} {control.on.isoformat()}",
        "geometry": line.geometry,
    }


def list_band_rows(control: ControlMap) -> list[Row]:
    """Return the band in which the front may lie as one row, or none."""
    if control.band.is_empty:
        return []
    return [
        {
            "claim_id": _name(control, "band", ""),
            "kind": "control",
            "status": Status.REPORTED.value,
            "area_km2": round(measure_area_km2(control.band), 1),
            "as_of": control.on,
            "date_start": control.on,
            "date_end": control.on,
            "rule": BAND_RULE,
            "report": f"{_REPORT} {control.on.isoformat()}",
            "geometry": control.band,
        }
    ]


def _name(control: ControlMap, *words: str) -> str:
    """Return a stable identifier."""
    return hashlib.sha256("\n".join([control.on.isoformat(), *words]).encode()).hexdigest()[:16]
