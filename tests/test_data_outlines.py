"""A country's outline is the country's, not that of an island under its code."""

from __future__ import annotations

import shapely

from geo.resources import open_database

# Degrees: coasts are simplified, and capitals stand on them.
_NEAR = 0.15


def test_every_capital_lies_in_its_country() -> None:
    outlines = {
        key: shapely.from_wkb(wkb)
        for key, wkb in open_database("boundaries.sqlite").execute(
            "select key, wkb from area where kind = 'country'"
        )
    }
    capitals = open_database("gazetteer.sqlite").execute(
        "select country_code, name, longitude, latitude from place where feature_code = 'PPLC'"
    )
    strays = [
        (code, name)
        for code, name, longitude, latitude in capitals
        if code in outlines and outlines[code].distance(shapely.Point(longitude, latitude)) > _NEAR
    ]
    assert strays == []
    assert {"AU", "BR", "FR", "UA", "US"} <= outlines.keys()
