"""A small namesake on another continent is no place of the report."""

from __future__ import annotations

from geo.language.lexicon import load_lexicon
from geo.model import Report, Resolution
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places


def read(text: str) -> dict[str, Resolution]:
    report = Report(id="a", text=text, language="en")
    return {r.toponym.name: r for r in read_places(report, load_lexicon("en"), open_gazetteer())}


def test_a_far_small_namesake_is_left_with_its_reason_and_stays_a_candidate() -> None:
    found = read(
        "Shells fell on Sloviansk and Kramatorsk on Monday. Soldiers from Leeuwen were near Bakhmut."
    )
    assert found["Sloviansk"].place is not None
    stray = found["Leeuwen"]
    assert stray.place is None
    assert "every other place" in stray.why[0]
    assert stray.alternatives[0].place.country_code == "NL"


def test_a_far_place_is_kept_where_its_country_or_its_size_speaks_for_it() -> None:
    found = read(
        "Shells fell on Sloviansk and Kramatorsk. In Leeuwen, the Netherlands, and in Lyon people met."
    )
    assert found["Leeuwen"].place is not None
    assert found["Lyon"].place is not None
    alone = read("Soldiers were seen in Leeuwen on Monday.")
    assert alone["Leeuwen"].place is not None
