"""Small made-up layers with every kind, status and shape, for the tests of what draws or writes layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.schema import COLUMNS, LAYER_NAMES

Row = dict[str, Any]

REPORT = {
    "report": "r1",
    "publisher": "Harbour Wire",
    "url": "https://example.org/r1",
    "published": "2024-11-10",
    "lang": "en",
}
SECOND = {
    "report": "r2",
    "publisher": "Le Courrier du Port",
    "url": "https://example.org/r2",
    "published": "2024-11-11",
    "lang": "fr",
}

# Roughly the Kursk region, its east, and a band along its border.
REGION = Polygon(
    [
        (34.1, 51.9),
        (34.3, 51.2),
        (35.1, 51.2),
        (35.3, 50.9),
        (36.6, 50.9),
        (37.6, 51.1),
        (38.5, 51.4),
        (38.3, 52.0),
        (36.0, 52.3),
    ]
)
EAST = Polygon([(37.1, 51.0), (37.6, 51.1), (38.5, 51.4), (38.3, 52.0), (37.2, 52.2)])
ZONE_OUTER = Polygon([(34.7, 51.23), (35.1, 51.2), (35.3, 51.0), (35.5, 51.2), (35.2, 51.42), (34.8, 51.4)])
ZONE_INNER = Polygon([(34.9, 51.24), (35.1, 51.2), (35.25, 51.05), (35.3, 51.2), (35.1, 51.3)])
EASTERN = Polygon([(36.6, 47.3), (38.8, 47.2), (39.9, 49.2), (39.2, 49.9), (37.4, 50.2), (36.9, 48.9)])
HELD = Polygon([(37.3, 47.6), (37.4, 48.2), (37.9, 48.6), (38.1, 49.3), (39.6, 49.4), (39.2, 47.4)])


def row(kind: str, place: str, lon: float, lat: float, **values: Any) -> Row:
    """Return a row of the layer ``kind`` with sensible values for all that is not given."""
    base: Row = {
        "kind": kind,
        "status": "reported",
        "actors": "RUS",
        "place": place,
        "place_text": place,
        "place_kind": "settlement",
        "lat": lat,
        "lon": lon,
        "geo_precision": 1,
        "where_prec": 1,
        "coordinate_uncertainty_m": 3000.0,
        "date_start": "2024-11-10",
        "date_end": "2024-11-10",
        "time_precision": 1,
        "quote": f"Something happened at {place}, officials said.",
        "quote_start": 0,
        "quote_end": 40,
        "rule": "at",
        "reading": "sample",
        "sources": 1,
        "role": "main",
        "schematic": 0,
        "geometry": Point(lon, lat),
        **REPORT,
    }
    base.update(values)
    text = "|".join(str(base[key]) for key in ("report", "kind", "status", "actors", "place", "date_start"))
    base.setdefault("claim_id", f"{abs(hash_text(text)):016x}")
    return base


def hash_text(text: str) -> int:
    """Return a stable 60-bit hash of ``text``."""
    value = 1469598103934665603
    for byte in text.encode():
        value = ((value ^ byte) * 1099511628211) % (1 << 60)
    return value


def _region(place: str, geometry: BaseGeometry, **values: Any) -> Row:
    point = geometry.representative_point()
    wide = {
        "place_kind": "region",
        "geo_precision": 3,
        "where_prec": 4,
        "coordinate_uncertainty_m": 150_000.0,
    }
    return {**wide, "geometry": geometry, "lat": point.y, "lon": point.x, "place": place, **values}


def sample_rows() -> list[tuple[str, Row]]:
    """Return (layer name, row) pairs: every kind, status, control status, role and geometry type."""
    massing = row("concentration", "Kursk region", 0, 0)
    massing.update(_region("Kursk region", REGION, actors="PRK;RUS", count_low=20_000.0, count_high=90_000.0))
    massing.update(
        count_unit="soldiers", attribution="a US official", sources=2, place_text="the Kursk region"
    )
    training = row("concentration", "east", 0, 0)
    training.update(_region("eastern part of the Kursk region", EAST, actors="PRK", place_kind="area"))
    training.update(count_low=2000.0, count_high=9000.0, count_unit="soldiers", geo_precision=2)
    held = row("control", "Kursk region", 0, 0, actors="UKR", control_status="stated", schematic=1)
    held.update(_region("Kursk region", ZONE_OUTER, area_km2_low=200.0, area_km2_high=900.0, role="outer"))
    held.update(date_start="2024-08-06", rule="stated_area", claim_id="c0ffee0000000001")
    inner = {**held, "geometry": ZONE_INNER, "role": "inner"}
    claimed = row("control", "Donetsk region", 38.4, 48.6, geometry=HELD, control_status="claimed", **SECOND)
    claimed.update(asserted_by="RUS", attribution="Russia's defence ministry", place_kind="area")
    advance = row("advance", "eastern Ukraine", 38.0, 48.4)
    advance.update(_region("eastern Ukraine", EASTERN, place_kind="area", date_start=None))
    expected = row("advance", "Kursk region", 36.0, 51.7, status="expected", actors="PRK;RUS")
    expected.update(
        _region("Kursk region", REGION, count_low=50_000.0, count_high=None, count_unit="soldiers")
    )
    expected.update(date_end=None, attribution="a US official")
    arrow = row("advance", "Pokrovsk", 37.18, 48.28, geometry=LineString([(37.75, 48.14), (37.18, 48.28)]))
    arrow.update(rule="towards", quote="Russian troops pushed on from Avdiivka towards Pokrovsk.")
    withdrawal = row("withdrawal", "eastern Ukraine", 37.8, 48.5, actors="UKR")
    withdrawal.update(_region("eastern Ukraine", EASTERN, place_kind="area"))
    denied = row("withdrawal", "Kurakhove", 37.28, 47.98, actors="UKR", status="denied", attribution="Kyiv")
    clash = row("clash", "Chasiv Yar", 37.83, 48.59, actors="RUS;UKR", date_start="2024-11-09")
    moscow = row("strike", "Moscow region", 37.6, 55.6, actors="UKR", count_low=34.0, count_high=34.0)
    moscow.update(
        count_unit="drones", place_kind="region", geo_precision=3, coordinate_uncertainty_m=120_000.0
    )
    moscow.update(geometry=Point(37.6, 55.6).buffer(1.1), **SECOND)
    kyiv = [
        row("strike", "Kyiv", 30.52, 50.45, date_start=day, date_end=day, count_unit="drones", count_low=low)
        for day, low in (("2024-11-08", 20.0), ("2024-11-09", None), ("2024-11-10", 145.0))
    ]
    feared = row(
        "strike", "Kyiv", 30.52, 50.45, status="expected", date_start="2024-11-12", date_end="2024-11-14"
    )
    front = row("control", "", 37.9, 48.5, geometry=LineString(list(HELD.exterior.coords)[:5]))
    front.update(actors="RUS;UKR", side_a="RUS", side_b="UKR", as_of="2024-11-10", control_status="assessed")
    band = {**front, "geometry": front["geometry"].buffer(0.09), "claim_id": "band000000000001"}
    lost = row("clash", "Nowhere", 0, 0)
    lost.update(lat=None, lon=None, geometry=None)
    lost.update(unplaced="the gazetteer knows no place of this name", place_text="Nowhere-on-Sea")
    named: list[tuple[str, Row]] = [
        (item["kind"], item) for item in (massing, training, held, inner, claimed)
    ]
    named += [(item["kind"], item) for item in (advance, expected, arrow, withdrawal, denied, clash, moscow)]
    named += [("strike", item) for item in (*kyiv, feared)]
    return [*named, ("front_band", band), ("front_line", front), ("unplaced", lost)]


def make_frame(rows: Sequence[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Return a frame with the columns of the schema, in EPSG:4326, from rows with a ``geometry``."""
    names = [column.name for column in COLUMNS]
    extra = sorted({key for item in rows for key in item} - set(names) - {"geometry"})
    table = pd.DataFrame(
        [{key: item.get(key) for key in [*names, *extra]} for item in rows], columns=[*names, *extra]
    )
    for column in COLUMNS:
        if column.type == "int":
            table[column.name] = table[column.name].astype("Int64")
        elif column.type == "float":
            table[column.name] = table[column.name].astype("float64")
    geometry = gpd.GeoSeries([item.get("geometry") for item in rows], crs=4326)
    return gpd.GeoDataFrame(table, geometry=geometry, crs=4326)


def sample_layers() -> dict[str, gpd.GeoDataFrame]:
    """Return the sample as layers keyed by `LAYER_NAMES`."""
    rows = sample_rows()
    layers = {name: make_frame([item for layer, item in rows if layer == name]) for name in LAYER_NAMES}
    return {name: frame for name, frame in layers.items() if len(frame)}


def many_strikes(count: int, *, seed: int = 7) -> dict[str, gpd.GeoDataFrame]:
    """Return one layer of ``count`` synthetic strikes with quotes of about 80 characters."""
    random = np.random.default_rng(seed)
    lon = np.round(random.normal(36.8, 2.2, count), 4)
    lat = np.round(random.normal(48.7, 1.1, count), 4)
    days = pd.to_datetime("2022-02-24") + pd.to_timedelta(random.integers(0, 1000, count), unit="D")
    day = days.strftime("%Y-%m-%d").to_numpy()
    place = np.char.add("Settlement ", random.integers(0, 900, count).astype(str))
    weapon = np.array(["drones", "missiles", "bombs", "shells"])[random.integers(0, 4, count)]
    number = random.integers(1, 60, count)
    report = random.integers(0, 5000, count)
    quote = [
        f"Officials said {n} {w} hit houses and a depot at {p}; nobody was reported hurt, case {i}."
        for i, (n, w, p) in enumerate(zip(number, weapon, place, strict=True))
    ]
    table = pd.DataFrame(
        {
            "claim_id": [f"{i:016x}" for i in range(count)],
            "kind": "strike",
            "status": "reported",
            "actors": np.where(random.random(count) < 0.8, "RUS", "UKR"),
            "place": place,
            "place_text": place,
            "place_kind": "settlement",
            "lat": lat,
            "lon": lon,
            "geo_precision": 1,
            "coordinate_uncertainty_m": 2000.0,
            "count_low": number.astype(float),
            "count_high": number.astype(float),
            "count_unit": weapon,
            "date_start": day,
            "date_end": day,
            "time_precision": 1,
            "quote": quote,
            "report": np.char.add("r", report.astype(str)),
            "publisher": np.char.add("Source ", (report % 40).astype(str)),
            "sources": 1,
            "role": "main",
            "schematic": 0,
        }
    ).reindex(columns=[column.name for column in COLUMNS])
    frame = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=4326)
    return {"strike": frame}
