"""Claims as a table with the columns of ACLED's data; what a report does not tell is left empty.

ACLED codes events by hand, from many sources, and knows actors and fatalities; a claim of one report does
not.  So this is data in ACLED's form, not ACLED's data: ``event_id_cnty`` is our claim's identifier, and the
columns for types of actors, associated actors, fatalities and region stay empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from maps.exports_rows import Units, name_sides, write_events
from maps.files.values import Row

__all__ = ["ACLED_COLUMNS", "EVENT_TYPES", "tell_event_type", "write_acled"]

# As ACLED's own exports are headed since 2023.
ACLED_COLUMNS = (
    *(
        "event_id_cnty",
        "event_date",
        "year",
        "time_precision",
        "disorder_type",
        "event_type",
        "sub_event_type",
    ),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"),
    *("civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude"),
    *("longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
_STRATEGIC = "Strategic developments"
_REMOTE = "Explosions/Remote violence"
# Kind: disorder type, event type, sub-event type [ACLED codebook, 2024]; empty where the kind does not
# tell.
EVENT_TYPES: dict[str, tuple[str, str, str]] = {
    "strike": ("Political violence", _REMOTE, ""),
    "clash": ("Political violence", "Battles", "Armed clash"),
    "advance": ("Political violence", "Battles", ""),
    "control": (_STRATEGIC, _STRATEGIC, ""),
    "withdrawal": (_STRATEGIC, _STRATEGIC, ""),
    "concentration": (_STRATEGIC, _STRATEGIC, "Other"),
}
_FROM_THE_AIR = "Air/drone strike"
_FROM_THE_GROUND = "Shelling/artillery/missile attack"
_WEAPONS = {
    "drones": _FROM_THE_AIR,
    "bombs": _FROM_THE_AIR,
    "aircraft": _FROM_THE_AIR,
    "missiles": _FROM_THE_GROUND,
    "rockets": _FROM_THE_GROUND,
    "shells": _FROM_THE_GROUND,
    "guns": _FROM_THE_GROUND,
}


def tell_event_type(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return ACLED's disorder type, event type and sub-event type of a claim."""
    disorder, event, sub = EVENT_TYPES[str(row["kind"])]
    if event == _REMOTE:
        sub = _WEAPONS.get(str(row.get("count_unit")), "")
    return disorder, event, sub


def write_acled(rows: Iterable[Mapping[str, Any]], path: Path | str) -> tuple[str, ...]:
    """Write claims in ACLED's form; returns what was left out.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    remark = (
        "actors' types, fatalities and region are left empty: a report does not tell them in ACLED's sense"
    )
    return (*write_events(rows, path, ACLED_COLUMNS, EVENT_TYPES, _code_event), remark)


def _code_event(row: Row, units: Units) -> Row:
    disorder, event, sub = tell_event_type(row)
    day = row.get("date_start") or row["date_end"]
    sides = name_sides(row.get("actors"))
    return {
        "event_id_cnty": row["claim_id"],
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": row.get("time_precision"),
        "disorder_type": disorder,
        "event_type": event,
        "sub_event_type": sub,
        "actor1": sides[0] if sides else None,
        "actor2": sides[1] if len(sides) > 1 and row["kind"] == "clash" else None,
        "assoc_actor_1": "; ".join(sides[1:]) if len(sides) > 1 and row["kind"] != "clash" else None,
        "country": units.country,
        "admin1": units.admin1,
        "admin2": units.admin2,
        "location": row.get("place"),
        "latitude": round(row["lat"], 6),
        "longitude": round(row["lon"], 6),
        "geo_precision": row.get("geo_precision"),
        "source": row.get("publisher"),
        "notes": row.get("quote"),
        "tags": _tell_tags(row),
    }


def _tell_tags(row: Row) -> str:
    """What ACLED has no column for: our own kind, who says so, and the number."""
    low, high = (row.get(f"count_{end}") for end in ("low", "high"))
    number = "" if low is None and high is None else f"{low or 0:.0f}-{'' if high is None else f'{high:.0f}'}"
    parts = {
        "kind": row["kind"],
        "control": row.get("control_status"),
        "says": row.get("attribution"),
        "number": f"{number} {row.get('count_unit') or ''}".strip(),
    }
    return "; ".join(f"{name}={value}" for name, value in parts.items() if value)
