"""Claims as a table with the columns of UCDP GED; what a report does not tell is left empty.

UCDP GED counts events of organised violence with at least one death; a claim tells no deaths in that
sense, so ``best``, ``high``, ``low`` and the conflict's own numbers stay empty.  This is data in UCDP's form,
and not UCDP's data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from maps.exports_rows import Units, name_sides, write_events
from maps.files.values import Row

__all__ = ["UCDP_COLUMNS", "find_priogrid", "tell_date_precision", "write_ucdp"]

# As the CSV of UCDP GED Global is headed.
UCDP_COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id"),
    *("conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id"),
    *("side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources"),
    *("source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec"),
    *("where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start"),
    *("date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
    *("gwnoa", "gwnob"),
)
# Only what is violence; holding, massing and leaving a place are none.
_KINDS = ("strike", "clash", "advance")
_STATE_BASED = 1
# UCDP date_prec: last day of each precision, counted from the first (1 a day, 2 up to six days, 3 a week,
# 4 up to a month, 5 longer).
_DATE_PRECISIONS = ((0, 1), (5, 2), (6, 3), (30, 4))
_CELLS_PER_DEGREE = 2
_CELLS_PER_ROW = 360 * _CELLS_PER_DEGREE


def tell_date_precision(start: date | None, end: date | None) -> int | None:
    """Return UCDP's date_prec of an interval of inclusive days; None where an end is open."""
    if start is None or end is None:
        return None
    days = (end - start).days
    return next((code for last, code in _DATE_PRECISIONS if days <= last), 5)


def find_priogrid(latitude: float, longitude: float) -> int:
    """Return the number of the PRIO-GRID cell (half a degree, counted from the south-west) of a point."""
    row = min(int((latitude + 90) * _CELLS_PER_DEGREE), 180 * _CELLS_PER_DEGREE - 1)
    column = min(int((longitude + 180) * _CELLS_PER_DEGREE), _CELLS_PER_ROW - 1)
    return row * _CELLS_PER_ROW + column + 1


def write_ucdp(rows: Iterable[Mapping[str, Any]], path: Path | str) -> tuple[str, ...]:
    """Write claims in UCDP GED's form; returns what was left out.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    remark = "deaths, conflicts and dyads are left empty: a report does not tell them in UCDP's sense"
    return (*write_events(rows, path, UCDP_COLUMNS, _KINDS, _code_event), remark)


def _code_event(row: Row, units: Units) -> Row:
    start, end = row.get("date_start"), row.get("date_end")
    sides = name_sides(row.get("actors"))
    known = start or end
    latitude, longitude = round(row["lat"], 6), round(row["lon"], 6)
    return {
        "id": row["claim_id"],
        "relid": row["claim_id"],
        "year": known.year if known else None,
        "type_of_violence": _STATE_BASED if len(sides) > 1 and row["kind"] == "clash" else None,
        "side_a": sides[0] if sides else None,
        "side_b": sides[1] if len(sides) > 1 and row["kind"] == "clash" else None,
        "number_of_sources": row.get("sources"),
        "source_article": row.get("url"),
        "source_office": row.get("publisher"),
        "source_date": str(row["published"])[:10] if row.get("published") else None,
        "source_headline": row.get("quote"),
        "source_original": row.get("attribution"),
        "where_prec": row.get("where_prec"),
        "where_coordinates": row.get("place"),
        "where_description": row.get("place_text"),
        "adm_1": units.admin1,
        "adm_2": units.admin2,
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": find_priogrid(latitude, longitude),
        "country": units.country,
        "date_prec": tell_date_precision(start, end),
        "date_start": start.isoformat() if start else None,
        "date_end": end.isoformat() if end else None,
    }
