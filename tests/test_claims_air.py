"""Attacks behind the front come from the air; where that is stands in the data."""

from __future__ import annotations

from geo.claims import air
from geo.resources import open_database


def test_the_units_that_were_fought_over_are_those_of_the_gazetteer() -> None:
    units = air._read_fought_over()
    assert set(units) == {"UA", "RU"}
    known = {code for (code,) in open_database("gazetteer.sqlite").execute("select code from unit")}
    told = {f"{country}.{unit}" for country, some in units.items() for unit in some}
    assert told <= known
    assert {"UA.05", "RU.41"} <= told
    assert "UA.15" not in told, "Lviv Oblast is only attacked from the air"
