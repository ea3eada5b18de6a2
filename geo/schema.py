"""The columns that every layer and every export carries, in their order of importance."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COLUMNS", "COLUMN_NAMES", "LAYER_NAMES", "Column"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of the layers.

    ``type`` is ``str``, ``int``, ``float`` or ``date``; ``alias`` is a human title; every column may be null
    unless ``required``.
    """

    name: str
    type: str
    alias: str
    description: str
    required: bool = False


def _column(name: str, type_: str, alias: str, description: str, *, required: bool = False) -> Column:
    return Column(name=name, type=type_, alias=alias, description=description, required=required)


COLUMNS: tuple[Column, ...] = (
    _column("claim_id", "str", "Claim", "Stable identifier of the claim", required=True),
    _column(
        "kind", "str", "Kind", "concentration, strike, control, advance, withdrawal or clash", required=True
    ),
    _column("status", "str", "Status", "reported, expected or denied", required=True),
    _column(
        "control_status", "str", "Control status", "stated, claimed, contested or assessed; only for control"
    ),
    _column("actors", "str", "Actors", "ISO 3166 alpha-3 codes joined by ';' of those who act"),
    _column("place", "str", "Place", "Common English name of the place"),
    _column("place_text", "str", "Place as written", "The place as the report writes it"),
    _column(
        "place_kind", "str", "Kind of place", "settlement, district, region, country, area, site or water"
    ),
    _column("geonameid", "str", "Gazetteer id", "GeoNames id, or gazetteer:id of another gazetteer"),
    _column("lat", "float", "Latitude", "Representative point, degrees north, WGS 84"),
    _column("lon", "float", "Longitude", "Representative point, degrees east, WGS 84"),
    _column(
        "geo_precision", "int", "Precision", "ACLED: 1 exact place, 2 near it or part of a region, 3 region"
    ),
    _column(
        "coordinate_uncertainty_m", "float", "Uncertainty (m)", "Radius in metres that surely holds the place"
    ),
    _column("count_low", "float", "Number, low", "Low end of the stated number"),
    _column("count_high", "float", "Number, high", "High end of the stated number; empty for 'more than'"),
    _column("count_unit", "str", "Unit", "What was counted: soldiers, drones, missiles ..."),
    _column("area_km2_low", "float", "Area, low (km²)", "Low end of the stated area, square kilometres"),
    _column("area_km2_high", "float", "Area, high (km²)", "High end of the stated area, square kilometres"),
    _column("date_start", "date", "From", "First day, inclusive"),
    _column("date_end", "date", "To", "Last day, inclusive"),
    _column("time_precision", "int", "Time precision", "ACLED: 1 day, 2 week, 3 month"),
    _column("attribution", "str", "Who says so", "As written; empty for the report's own voice"),
    _column("quote", "str", "Quote", "The sentence that the claim rests on"),
    _column("quote_start", "int", "Quote start", "Offset of the quote in the report, code points"),
    _column("quote_end", "int", "Quote end", "End of the quote in the report, code points, exclusive"),
    _column("rule", "str", "Rule", "georeference_protocol: the rule that drew the shape"),
    _column("report", "str", "Report", "Identifier of the report", required=True),
    _column("publisher", "str", "Publisher", "Who published the report"),
    _column("url", "str", "Address", "Where the report was published"),
    _column("published", "str", "Published", "When the report was published, ISO 8601"),
    _column("lang", "str", "Language", "Language of the report, BCP 47"),
    _column("sources", "int", "Sources", "How many independent sources tell the same"),
    # Beyond section 5 of the design; consumers may ignore what follows.
    _column("asserted_by", "str", "Side that says so", "ISO 3166 alpha-3 code of the side that asserts it"),
    _column("where_prec", "int", "UCDP precision", "UCDP where_prec, 1 exact to 6 country"),
    _column("schematic", "int", "Schematic", "1 where the shape was drawn by rule to a stated size"),
    _column(
        "role",
        "str",
        "Outline",
        "main; of a zone of stated size: outer (high) or inner (low); arrow in the layer of arrows",
    ),
    _column("reading", "str", "Reading rule", "Name of the rule that found the claim"),
    _column("why", "str", "Why here", "Evidence for the choice of the place"),
    _column("unplaced", "str", "Not placed", "Why the claim could not be put on the map"),
    _column(
        "party",
        "str",
        "Group",
        "Group that acts in a war within one country: RSF, HTS, M23 ...; the country's code: its government",
    ),
    _column(
        "bearing_deg",
        "float",
        "Heading",
        "Of a movement: where it heads, degrees clockwise from north; empty where unknown",
    ),
    _column(
        "course", "str", "Course", "Of a movement: its line from start to aim, schematic; WKT in EPSG:4326"
    ),
    _column("course_text", "str", "Course as written", "The words that tell from where to where it goes"),
    _column(
        "course_rule",
        "str",
        "Rule of the course",
        "georeference_protocol of the course: named in the words, or derived from ground that is held",
    ),
)

COLUMN_NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)

# One layer a kind, then what is derived from control.
LAYER_NAMES: tuple[str, ...] = (
    "concentration",
    "strike",
    "control",
    "advance",
    "withdrawal",
    "clash",
    "arrow",  # drawn from the column ``course`` of movements, where a format has layers
    "front_line",
    "front_band",
    "unplaced",
    "sources",
)
