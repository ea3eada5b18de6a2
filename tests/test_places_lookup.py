"""Names as a person types them, against the shipped gazetteer."""

from __future__ import annotations

import pytest

from geo.model import PlaceKind
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
        ("Congo", "Democratic Republic of the Congo", "CD."),
        # Raions that were renamed with their seats in 2024 and 2025.
        ("Новомосковський район", "Samar Raion", "UA.04"),
        ("Красноградский район", "Berestyn Raion", "UA.07"),
        # What the press writes without the soft sign, and an old ending.
        ("Радківка, Харківська область", "Radkivka", "UA.07"),
        ("Lopaskine, Luhansk oblast", "Lopashchyne", "UA.14"),
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


@pytest.mark.parametrize(
    ("query", "latitude", "longitude", "reach"),
    [
        ("eastern Ukraine", 48.5, 37.8, 1.0),
        ("ouest de la Russie", 58.0, 42.0, 6.0),
        ("схід України", 48.5, 37.8, 1.0),
        ("север Харьковской области", 50.1, 36.5, 0.5),
        # The mainland's west, not Alaska; beyond the antimeridian is Russia's far east.
        ("western United States", 41.0, -117.0, 6.0),
        ("eastern Russia", 65.0, 158.0, 15.0),
    ],
)
def test_a_part_of_a_unit_is_an_area(
    query: str, latitude: float, longitude: float, reach: float, gazetteer: Gazetteer
) -> None:
    best = find_places(PlaceQuery(name=query), gazetteer)[0]
    assert (best.place.kind, best.place.name) == (PlaceKind.AREA, query)
    assert abs(best.place.latitude - latitude) < reach
    assert abs(best.place.longitude - longitude) < reach
    assert best.place.coordinate_uncertainty_m > 50_000
    assert "part of" in best.why[-1]


def test_a_unit_may_be_spelled_in_another_way_too(gazetteer: Gazetteer) -> None:
    best = find_places(PlaceQuery(name="Dmytrivka village, Mykolayiv oblast"), gazetteer)[0].place
    assert (best.country_code, best.admin1_code) == ("UA", "16")


def test_a_whole_name_is_not_cut(gazetteer: Gazetteer) -> None:
    """The second Novoselivka is a village of its own beside many a Novoselivka."""
    best = find_places(PlaceQuery(name="Novoselivka Druha village, Donetsk oblast"), gazetteer)[0].place
    assert best.name == "Novoselivka Druha"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Pokrvosk", "Pokrovsk"),
        ("Kramatorks", "Kramatorsk"),
        ("Kupyanks", "Kupiansk"),
        ("Вовчанкс", "Vovchansk"),
    ],
)
def test_a_slip_of_the_pen_is_read_and_told(query: str, name: str, gazetteer: Gazetteer) -> None:
    best = find_places(PlaceQuery(name=query), gazetteer)[0]
    assert best.place.name == name
    assert "spelled like" in best.why[0]
    assert best.score < find_places(PlaceQuery(name=name), gazetteer)[0].score


@pytest.mark.parametrize("query", ["Kitshangga", "Qqwxzvbn", "Щщфгр"])
def test_what_resembles_nothing_is_not_found(query: str, gazetteer: Gazetteer) -> None:
    found = find_places(PlaceQuery(name=query), gazetteer)
    assert not found or found[0].place.country_code == "CD"
