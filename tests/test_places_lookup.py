"""Names as a person types them, against the shipped gazetteer."""

from __future__ import annotations

import pytest

from geo.places.gazetteer import Gazetteer, open_gazetteer
from geo.places.lookup import PlaceQuery, find_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("query", "name", "unit"),
    [
        ("Klyshchiivka village, Donetsk oblast", "Klishchiivka", "UA.05"),
        ("Starognatovka village, Donetsk oblast", "Starohnativka", "UA.05"),
        ("село Клещеевка, Донецкая область", "Klishchiivka", "UA.05"),
        # One of dozens of namesakes, and not among the best known of them.
        ("Dmytrivka, Luhansk oblast", "Dmytrivka", "UA.14"),
        ("Artemivsk, Donetsk oblast", "Bakhmut", "UA.05"),
        ("Krasnyi Partyzan, Donetsk oblast", "Betmanove", "UA.05"),
        ("Minnesota", "Minnesota", "US.MN"),
        ("Ontario", "Ontario", "CA.08"),
        ("England", "England", "GB.ENG"),
        ("Paris", "Paris", "FR.11"),
        ("Washington", "Washington", "US.DC"),
        ("Africa", "Africa", "."),
        ("UK", "United Kingdom", "GB."),
    ],
)
def test_a_typed_name_finds_its_place(query: str, name: str, unit: str, gazetteer: Gazetteer) -> None:
    best = find_places(PlaceQuery(name=query), gazetteer)[0].place
    assert (best.name, f"{best.country_code}.{best.admin1_code}") == (name, unit)


def test_a_name_of_another_unit_is_not_read_as_this_ones(gazetteer: Gazetteer) -> None:
    """What is spelled alike only elsewhere comes with less certainty than what lies in the unit."""
    found = find_places(PlaceQuery(name="Klyshchiivka, Donetsk oblast"), gazetteer)
    ids = [(candidate.place.gazetteer, candidate.place.id) for candidate in found]
    assert len(ids) == len(set(ids))
    assert found[0].place.admin1_code == "05"
    assert "spelled like" in found[0].why[0]
