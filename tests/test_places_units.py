"""States, provinces and counties: abbreviated, named after a comma, and below what GeoNames has first."""

import pytest

from geo.language.lexicon import load_lexicon
from geo.model import Place, Report
from geo.places.gazetteer import Gazetteer, open_gazetteer
from geo.places.lookup import PlaceQuery, find_places
from geo.places.read import read_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def read_all(text: str, gazetteer: Gazetteer) -> dict[str, Place | None]:
    report = Report(id="r", text=text, language="en")
    found = read_places(report, load_lexicon("en"), gazetteer, every_mention=True)
    return {one.toponym.name_span.exact: one.place for one in found}


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("PARIS, Tenn. — Trucks from Murray, Ky., came.", "Ky.", "KY"),
        ("LEBANON, Pa. — A woman died.", "LEBANON", "PA"),
        ("LEBANON, Pa. — A woman died.", "Pa.", "PA"),
        ("CHARLESTON, W.Va. — A mine opens.", "CHARLESTON", "WV"),
        ("CHARLESTON, S.C. — Three were shot.", "CHARLESTON", "SC"),
        ("WALLA WALLA, Wash. — A fire spread.", "Wash.", "WA"),
        ("Police in Seattle, Washington, said so.", "Washington", "WA"),
        ("A fire in Buffalo, New York, killed two.", "New York", "NY"),
        ("KINGSTON, Ont. — A man was fined.", "KINGSTON", "08"),
    ],
)
def test_a_state_after_a_town(text: str, name: str, unit: str, gazetteer: Gazetteer) -> None:
    place = read_all(text, gazetteer)[name]
    assert place is not None
    assert place.admin1_code == unit


def test_cities_in_a_list_are_no_states(gazetteer: Gazetteer) -> None:
    places = read_all("They flew to London, New York, Paris and Tokyo.", gazetteer)
    new_york = places["New York"]
    assert new_york is not None
    assert new_york.population > 1_000_000
    assert new_york.kind.value == "settlement"


@pytest.mark.parametrize("text", ["Man is mortal. In Paris, Man. is not.", "It was Ky. Nothing else."])
def test_an_abbreviation_elsewhere_is_a_word(text: str, gazetteer: Gazetteer) -> None:
    assert not {"Man", "Ky.", "Ky"} & read_all(text, gazetteer).keys()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A van was found in Thetford, Norfolk, and one in Stowmarket, Suffolk.", "Norfolk"),
        ("A van was found in Thetford, Norfolk, and one in Stowmarket, Suffolk.", "Suffolk"),
        ("Councillors from County Durham met in Darlington.", "County Durham"),
        ("Kent Police closed the road from Ashford to Dover and Maidstone.", "Kent"),
    ],
)
def test_british_counties_where_the_report_is_british(text: str, name: str, gazetteer: Gazetteer) -> None:
    place = read_all(text, gazetteer)[name]
    assert place is not None
    assert place.country_code == "GB"


@pytest.mark.parametrize(
    ("name", "country", "latitude"),
    [
        ("Lombardy", "IT", 45.6),
        ("Тоскана", "IT", 43.5),
        ("Bretagne", "FR", 48.2),
        ("Catalonia", "ES", 41.8),
        ("County Cork", "IE", 51.9),
        ("Ituri", "CD", 1.6),
    ],
)
def test_regions_that_one_source_lacks(
    name: str, country: str, latitude: float, gazetteer: Gazetteer
) -> None:
    best = find_places(PlaceQuery(name=name), gazetteer)[0].place
    assert best.country_code == country
    assert best.latitude == pytest.approx(latitude, abs=0.8)


def test_a_french_department_is_not_the_region_of_its_number(gazetteer: Gazetteer) -> None:
    best = find_places(PlaceQuery(name="Mayenne"), gazetteer)[0].place
    assert best.admin1_code != "53"
    assert find_places(PlaceQuery(name="Bretagne"), gazetteer)[0].place.name != "Mayenne"
