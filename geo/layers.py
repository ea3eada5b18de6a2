"""Layers: one GeoDataFrame a kind, every one with the columns of `geo.schema`, checked by one function.

Rows are plain dictionaries first, so that what needs no geopandas does not pay for its import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import GeometryError, SchemaError
from geo.model import Claim, Event, Footprint, Kind, Place, Rejection, Report, Result, Stage, Status
from geo.schema import COLUMN_NAMES, COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

__all__ = ["add_arrows", "build_layers", "build_rows", "build_sources", "check_layers", "frame_rows"]

Row = dict[str, Any]
_MOVING = (Kind.ADVANCE, Kind.WITHDRAWAL)


def build_rows(result: Result) -> list[Row]:
    """Return one row a claim; ``geometry`` and ``inner``, its low outline, are in EPSG:4326 or None."""
    reports = {report.id: report for report in result.reports}
    reasons = {one.claim_id: _tell_reason(one) for one in result.rejections if one.claim_id}
    sources = _count_sources(result.events)
    return [
        _build_row(
            claim,
            reports[claim.report_id],
            result.footprints.get(claim.id),
            sources.get(claim.id, 1),
            reasons.get(claim.id),
        )
        for claim in result.claims
    ]


def _tell_reason(rejection: Rejection) -> str:
    if not rejection.candidates:
        return rejection.reason
    return f"{rejection.reason}; candidates: {', '.join(rejection.candidates)}"


def _count_sources(events: Sequence[Event]) -> dict[str, int]:
    return {claim.id: event.sources for event in events for claim in event.claims}


def _build_row(
    claim: Claim, report: Report, footprint: Footprint | None, sources: int, reason: str | None
) -> Row:
    row: Row = dict.fromkeys(COLUMN_NAMES)
    row.update(_tell_claim(claim))
    row.update(_tell_place(claim))
    row.update(_tell_report(report))
    row.update(_tell_footprint(footprint))
    row["sources"] = sources
    row["unplaced"] = None if footprint else (reason or "no place named")
    return row


def _tell_claim(claim: Claim) -> Row:
    count, area, time = claim.count, claim.area, claim.time
    return {
        "claim_id": claim.id,
        "kind": claim.kind.value,
        "status": claim.status.value,
        "control_status": claim.control_status.value if claim.control_status else None,
        "actors": ";".join(claim.actors) or None,
        "count_low": count.low if count else None,
        "count_high": count.high if count else None,
        "count_unit": (count.unit or None) if count else None,
        "area_km2_low": area.low if area else None,
        "area_km2_high": area.high if area else None,
        "date_start": time.start,
        "date_end": time.end,
        "time_precision": time.time_precision,
        "attribution": claim.attribution,
        "asserted_by": claim.asserted_by or None,
        "quote": claim.quote.exact,
        "quote_start": claim.quote.start,
        "quote_end": claim.quote.end,
        "reading": claim.rule or None,
        "party": claim.party or None,
        "course_text": claim.course.span.exact if claim.course and claim.course.span else None,
    }


def _tell_place(claim: Claim) -> Row:
    resolution = claim.place
    row: Row = {"place_text": resolution.toponym.span.exact, "why": "; ".join(resolution.why) or None}
    place = resolution.place
    if place is None:
        return row | {"place": resolution.toponym.name}
    return row | {
        "place": place.name,
        "place_kind": (resolution.toponym.kind_hint or place.kind).value,
        "geonameid": name_identifier(place),
    }


def name_identifier(place: Place) -> str:
    """Return the GeoNames id alone, or ``gazetteer:id`` for another gazetteer."""
    return place.id if place.gazetteer == "geonames" else f"{place.gazetteer}:{place.id}"


def _tell_report(report: Report) -> Row:
    return {
        "report": report.id,
        "publisher": report.publisher or None,
        "url": report.url or None,
        "published": report.issued.isoformat() if report.issued else None,
        "lang": report.language,
    }


def _tell_footprint(footprint: Footprint | None) -> Row:
    if footprint is None:
        return {"geometry": None, "inner": None}
    return {
        "geometry": footprint.geometry,
        "inner": footprint.inner,
        "lat": round(footprint.latitude, 6),
        "lon": round(footprint.longitude, 6),
        "geo_precision": footprint.geo_precision,
        "where_prec": footprint.where_prec,
        "coordinate_uncertainty_m": round(footprint.coordinate_uncertainty_m),
        "rule": footprint.georeference_protocol,
        "schematic": int(footprint.schematic),
        "role": "outer" if footprint.inner is not None else "main",
        **_tell_course(footprint),
    }


def _tell_course(footprint: Footprint) -> Row:
    if footprint.bearing_deg is None:
        return {}
    return {
        "bearing_deg": round(footprint.bearing_deg, 1) % 360.0,
        "course": write_course(footprint.course),
        "course_rule": footprint.course_protocol or None,
    }


def write_course(course: BaseGeometry | None) -> str | None:
    """Return a course as the schema's column holds it: WKT, EPSG:4326, six decimals."""
    if course is None:
        return None
    import shapely

    return str(shapely.to_wkt(course, rounding_precision=6))


def build_layers(result: Result) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of a result: one a kind that occurs, ``unplaced`` and ``sources``.

    Raises
    ------
    SchemaError
        If a layer does not keep the schema (a fault of ours, never of the input).
    """
    layers = layer_rows(build_rows(result))
    layers["sources"] = frame_sources(build_sources(result.reports, result.claims, result.rejections))
    check_layers(layers)
    return layers


def layer_rows(rows: Iterable[Row]) -> dict[str, gpd.GeoDataFrame]:
    """Sort rows into one GeoDataFrame a kind, and ``unplaced`` for those without geometry."""
    sorted_rows: dict[str, list[Row]] = {name: [] for name in (*(kind.value for kind in Kind), "unplaced")}
    for row in rows:
        sorted_rows[row["kind"] if row.get("geometry") is not None else "unplaced"].extend(
            _split_outlines(row)
        )
    return {name: frame_rows(some) for name, some in sorted_rows.items() if some or name == "unplaced"}


def _split_outlines(row: Row) -> list[Row]:
    """A zone of stated size is two rows: the high outline, then the low one on top of it."""
    outer = {key: value for key, value in row.items() if key != "inner"}
    if row.get("inner") is None:
        return [outer]
    return [outer, outer | {"geometry": row["inner"], "role": "inner"}]


def frame_rows(rows: Sequence[Row]) -> gpd.GeoDataFrame:
    """Return rows as a GeoDataFrame with the schema's columns and types, EPSG:4326."""
    import geopandas as gpd
    import pandas as pd

    data = {
        column.name: _column_values(column.type, [row.get(column.name) for row in rows]) for column in COLUMNS
    }
    frame = pd.DataFrame(data, columns=list(COLUMN_NAMES))
    return gpd.GeoDataFrame(frame, geometry=[row.get("geometry") for row in rows], crs="EPSG:4326")


def _column_values(type_: str, values: list[Any]) -> pd.Series[Any]:
    import pandas as pd

    match type_:
        case "int":
            return pd.Series(values, dtype="Int64")
        case "float":
            return pd.Series(
                [float("nan") if value is None else float(value) for value in values], dtype="float64"
            )
        case "date":
            return pd.Series([_as_date(value) for value in values], dtype="object")
        case _:
            return pd.Series([None if value is None else str(value) for value in values], dtype="object")


def _as_date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])


def add_arrows(layers: Mapping[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
    """Return layers with ``arrow``: an arrow for each movement that has a course, else as they are.

    An arrow carries all that is told of its claim; ``rule`` is the rule of the course, ``role`` is ``arrow``.
    """
    rest = {name: frame for name, frame in layers.items() if name != "arrow"}
    frames = [frame for kind in _MOVING if (frame := layers.get(kind.value)) is not None]
    told = (row for frame in frames if "course" in frame.columns for row in _list_courses(frame))
    drawn = ((row, _draw_arrow(row["course"], broken=row["kind"] == Kind.WITHDRAWAL)) for row in told)
    rows = [
        row | {"geometry": arrow, "rule": row["course_rule"], "role": "arrow", "schematic": 1}
        for row, arrow in drawn
        if arrow is not None
    ]
    return rest | {"arrow": frame_rows(rows)} if rows else rest


def _list_courses(frame: gpd.GeoDataFrame) -> list[Row]:
    """Return the rows of a layer that have a course."""
    named = frame["course"].notna() & (frame["course"] != "")
    rows: list[Row] = frame[named].to_dict("records")
    return rows


def _draw_arrow(course: object, *, broken: bool) -> BaseGeometry | None:
    """Return the arrow of a course as text; None where a file that came back holds no line in it."""
    import shapely

    from geo.shapes.arrows import draw_arrow

    line = shapely.from_wkt(str(course), on_invalid="ignore")
    if line is None or line.geom_type not in {"LineString", "MultiLineString"}:
        return None
    try:
        return draw_arrow([(float(x), float(y)) for x, y in shapely.get_coordinates(line)], broken=broken)
    except GeometryError:
        return None


def build_sources(
    reports: Sequence[Report], claims: Sequence[Claim], rejections: Sequence[Rejection] = ()
) -> list[Row]:
    """Return one row a report: what was read, from whom, how many claims it gave, or why it was not read."""
    unread = {one.report_id: one.reason for one in rejections if one.stage is Stage.REPORT}
    counts: dict[str, int] = {}
    for claim in claims:
        counts[claim.report_id] = counts.get(claim.report_id, 0) + 1
    return [
        _tell_report(report) | {"claims": counts.get(report.id, 0), "unread": unread.get(report.id)}
        for report in reports
    ]


def frame_sources(rows: Sequence[Row]) -> gpd.GeoDataFrame:
    """Return the sources as a table (a GeoDataFrame whose geometry is empty)."""
    import geopandas as gpd

    names = ["report", "publisher", "url", "published", "lang", "claims", "unread"]
    data = {name: [row.get(name) for row in rows] for name in names}
    return gpd.GeoDataFrame(data, geometry=[None] * len(rows), crs="EPSG:4326")


def check_layers(layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Check layers against the schema and report every fault at once.

    Raises
    ------
    SchemaError
        Lists each fault with its layer.
    """
    faults = [
        f"{name}: {fault}"
        for name, frame in layers.items()
        if name in {kind.value for kind in Kind} | {"unplaced"}
        for fault in _find_faults(name, frame)
    ]
    if faults:
        raise SchemaError("; ".join(faults))


def _find_faults(name: str, frame: gpd.GeoDataFrame) -> list[str]:
    faults = [f"column {column!r} is missing" for column in COLUMN_NAMES if column not in frame.columns]
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        faults.append(f"CRS is {frame.crs}, not EPSG:4326")
    if faults:
        return faults
    faults += [f"{c.name!r} is null in a row" for c in COLUMNS if c.required and frame[c.name].isna().any()]
    known = {"kind": [name] if name != "unplaced" else list(Kind), "status": list(Status)}
    for column, values in known.items():
        strange = sorted(set(map(str, frame[column].dropna())) - set(map(str, values)))
        faults += [f"unknown {column} in {strange}"] if strange else []
    return faults + _find_geometry_faults(name, frame)


def _find_geometry_faults(name: str, frame: gpd.GeoDataFrame) -> list[str]:
    if name == "unplaced":
        return ["a row has a geometry"] if frame.geometry.notna().any() else []
    faults = []
    if frame.geometry.isna().any() or frame.geometry.is_empty.any():
        faults.append("a row has no geometry")
    if not frame.geometry.is_valid.all():
        faults.append("a geometry is not valid")
    minx, miny, maxx, maxy = frame.total_bounds
    if len(frame) and not (minx >= -180 and maxx <= 180 and miny >= -90 and maxy <= 90):
        faults.append(f"coordinates {minx, miny, maxx, maxy} leave the globe")
    return faults
