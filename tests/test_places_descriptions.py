"""What stands before a region's name and is no part of it."""

from __future__ import annotations

import pytest

from geo.language.lexicon import load_lexicon
from geo.model import PlaceKind, RelationKind, Report
from geo.places.descriptions import settle_descriptions
from geo.places.gazetteer import open_gazetteer
from geo.places.recognise import recognise_toponyms
from geo.places.resolve import resolve_toponyms


@pytest.mark.parametrize(
    ("words", "name", "kind", "direction"),
    [
        ("in Ukraine's eastern Luhansk region", "Luhansk Oblast", RelationKind.AT, None),
        ("in the eastern Donetsk region", "Donetsk Oblast", RelationKind.AT, None),
        ("in Russia’s western Kursk region", "Kursk Oblast", RelationKind.AT, None),
        ("in northern Kharkiv region", "Kharkiv Oblast", RelationKind.PART_OF, "N"),
        ("in the western Donetsk region", "Donetsk Oblast", RelationKind.PART_OF, "W"),
        ("in the eastern part of the Donetsk region", "Donetsk Oblast", RelationKind.PART_OF, "E"),
        ("on the border of Ukraine's Sumy region", "Sumy Oblast", RelationKind.BORDER, None),
        ("in eastern Ukraine's Luhansk region", "Luhansk Oblast", RelationKind.AT, None),
    ],
)
def test_what_a_region_is_called_is_no_part_of_it(
    words: str, name: str, kind: RelationKind, direction: str | None
) -> None:
    report = Report(id="a", text=f"Soldiers shelled a school {words} on Monday.", language="en")
    lexicon, gazetteer = load_lexicon("en"), open_gazetteer()
    places = resolve_toponyms(report, recognise_toponyms(report, lexicon, gazetteer), gazetteer)
    settled = settle_descriptions(report, places, lexicon, gazetteer)
    drawn = [r for r in settled if r.place is not None and r.place.kind is PlaceKind.REGION]
    assert [
        (r.place.name, r.toponym.relation.kind, r.toponym.relation.direction) for r in drawn if r.place
    ] == [(name, kind, direction)]
