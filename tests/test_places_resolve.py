"""Choice among namesakes by evidence, each piece of it visible; abstention; known sites; city districts."""

from __future__ import annotations

import pytest
from places_sample import make_gazetteer

from geo.language.lexicon import load_lexicon
from geo.model import Place, PlaceKind, RelationKind, Report, Resolution
from geo.places.candidates import rate_entries
from geo.places.evidence import Weights
from geo.places.gazetteer import PRIMARY, Entry, Gazetteer, open_gazetteer
from geo.places.recognise import recognise_toponyms
from geo.places.resolve import ResolveSettings, resolve_toponyms


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    return open_gazetteer()


def resolve(text: str, language: str, gazetteer: Gazetteer, publisher: str = "") -> dict[str, Resolution]:
    report = Report(id="r", text=text, language=language, publisher=publisher)
    toponyms = recognise_toponyms(report, load_lexicon(language), gazetteer)
    found = resolve_toponyms(report, toponyms, gazetteer)
    assert [one.toponym for one in found] == list(toponyms)
    return {one.toponym.name_span.exact: one for one in found}


def test_a_primary_name_beats_a_larger_city_that_once_had_it() -> None:
    best = resolve("Fighting goes on near Pokrovsk.", "en", make_gazetteer())["Pokrovsk"]
    assert best.place is not None
    assert best.place.country_code == "UA"
    assert "primary name" in best.why
    assert {(other.place.name, other.place.country_code) for other in best.alternatives} == {
        ("Pokrovsk", "RU"),
        ("Engels", "RU"),
    }
    assert all(best.score >= other.score and other.why for other in best.alternatives)


def test_a_unit_beside_it_decides() -> None:
    best = resolve("Snow fell on Pokrovsk in Russia.", "en", make_gazetteer())["Pokrovsk"]
    assert best.place is not None
    assert best.place.country_code == "RU"
    assert "in Russia, named beside it" in best.why


@pytest.mark.parametrize(
    ("text", "longitude"),
    [
        ("Tornadoes hit Springfield, St. Louis, Branson and Joplin in Missouri.", -93.3),
        ("Floods hit Springfield, Chicago, Decatur and Peoria in Illinois.", -89.6),
    ],
)
def test_the_other_places_of_a_report_decide(text: str, longitude: float, shipped: Gazetteer) -> None:
    best = resolve(text, "en", shipped)["Springfield"]
    assert best.place is not None
    assert best.place.longitude == pytest.approx(longitude, abs=0.3)
    assert any(reason.startswith(("near ", "in ")) for reason in best.why)


def test_below_the_threshold_no_place_is_chosen_and_the_candidates_are_listed() -> None:
    report = Report(id="r", text="They met in Springfield.", language="en")
    gazetteer = make_gazetteer()
    toponyms = recognise_toponyms(report, load_lexicon("en"), gazetteer)
    (found,) = resolve_toponyms(report, toponyms, gazetteer, ResolveSettings(threshold=5.0))
    assert found.place is None
    assert len(found.alternatives) == 2


def test_namesakes_far_apart_that_nothing_parts_are_left_unplaced() -> None:
    report = Report(id="r", text="They met in Springfield.", language="en")
    gazetteer = make_gazetteer()
    toponyms = recognise_toponyms(report, load_lexicon("en"), gazetteer)
    (found,) = resolve_toponyms(report, toponyms, gazetteer, ResolveSettings(margin=0.1))
    assert found.place is None
    assert found.why == ("two namesakes are as likely",)
    assert len(found.alternatives) == 2


@pytest.mark.parametrize(
    ("language", "text", "name", "site"),
    [
        ("en", "Drones hit an airfield in Engels.", "Engels", "Engels air base"),
        ("en", "Drones hit the Engels air base.", "Engels air base", "Engels air base"),
    ],
)
def test_a_site_is_the_known_one_within_reach(language: str, text: str, name: str, site: str) -> None:
    best = resolve(text, language, make_gazetteer())[name]
    assert best.place is not None
    assert (best.place.name, best.place.kind) == (site, PlaceKind.SITE)


def test_an_unknown_site_stands_at_its_settlement() -> None:
    best = resolve("A refinery in Pokrovsk burns.", "en", make_gazetteer())["Pokrovsk"]
    assert best.place is not None
    assert (best.place.name, best.place.kind, best.place.latitude) == ("Pokrovsk", PlaceKind.SITE, 48.28)


@pytest.mark.parametrize(
    ("language", "text", "name", "expected"),
    [
        ("en", "Kursk was quiet.", "Kursk", PlaceKind.SETTLEMENT),
        ("en", "The Kursk region was quiet.", "Kursk", PlaceKind.REGION),
        ("fr", "La région de Koursk est calme.", "Koursk", PlaceKind.REGION),
        ("uk", "Над Курською областю тихо.", "Курською", PlaceKind.REGION),
        ("ru", "Над Курской областью тихо.", "Курской", PlaceKind.REGION),
        ("ru", "Под Курском тихо.", "Курском", PlaceKind.SETTLEMENT),
        ("uk", "На Сумщині тихо.", "Сумщині", PlaceKind.REGION),
    ],
)
def test_a_region_and_its_seat_are_told_apart(
    language: str, text: str, name: str, expected: PlaceKind, shipped: Gazetteer
) -> None:
    (best,) = resolve(text, language, shipped).values()
    assert best.place is not None
    assert best.place.kind is expected
    assert name in best.toponym.name_span.exact


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A fire broke out in the Kirovskyi district of Donetsk."),
        ("ru", "Пожар в Кировском районе Донецка."),
    ],
)
def test_a_district_of_a_city_is_the_city(language: str, text: str, shipped: Gazetteer) -> None:
    best = next(iter(resolve(text, language, shipped).values()))
    assert best.place is not None
    assert best.place.kind is PlaceKind.SETTLEMENT
    assert (best.place.latitude, best.place.longitude) == (
        pytest.approx(48.0, abs=0.15),
        pytest.approx(37.8, abs=0.2),
    )


def test_the_bank_of_a_river_lies_in_the_region_beside_it(shipped: Gazetteer) -> None:
    best = resolve("Shells fell on the left bank of the Dnipro in Kherson region.", "en", shipped)["Dnipro"]
    assert best.place is not None
    assert (best.toponym.relation.kind, best.toponym.relation.direction) == (RelationKind.BANK, "L")
    assert best.place.name == "Kherson Oblast"


def test_a_second_name_in_brackets_is_one_place(shipped: Gazetteer) -> None:
    (best,) = resolve("Освобождён город Дзержинск (Торецк).", "ru", shipped).values()
    assert best.place is not None
    assert (best.place.country_code, best.place.admin1_code) == ("UA", "05")
    assert best.toponym.span.exact.endswith("Дзержинск (Торецк)")


def test_the_publisher_is_evidence(shipped: Gazetteer) -> None:
    text = "Zolochiv: three drones hit cars."
    here = resolve(text, "en", shipped, "Head of the Kharkiv administration")["Zolochiv"]
    there = resolve(text, "en", shipped, "Head of the Lviv administration")["Zolochiv"]
    assert here.place is not None
    assert there.place is not None
    assert here.place.longitude > 35.0 > 26.0 > there.place.longitude


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The army shelled Goma, Bukavu and Masisi.", "CD"),
        ("Jets bombed Khan Younis and Beit Lahiya.", "PS"),
        ("Fighters shelled El Fasher and Nyala in Darfur.", "SD"),
        ("Rebels took Aleppo, Hama and Homs.", "SY"),
        ("Shells fell on Stepanakert and Martakert.", "AZ"),
    ],
)
def test_any_war(text: str, country: str, shipped: Gazetteer) -> None:
    found = [one.place for one in resolve(text, "en", shipped).values() if one.toponym.role == "place"]
    assert {place.country_code for place in found if place is not None} == {country}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Fighting went on for the village of Kostiantynivka.", "Kostiantynivka"),
        ("ru", "Бои шли за село Константиновка.", "Константиновка"),
    ],
)
def test_what_is_called_a_village_is_no_city(language: str, text: str, name: str, shipped: Gazetteer) -> None:
    found = resolve(text, language, shipped)[name]
    assert found.place is None or found.place.population < 30_000
    cities = [other for other in found.alternatives if other.place.population >= 30_000]
    assert cities
    assert all("named as a village, is a city" in other.why for other in cities)


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("PARIS, Texas — A man from Blossom was held.", "PARIS", "TX"),
        ("A bridge in Naples, Florida, was closed.", "Naples", "FL"),
        ("Police in Delaware, Ohio, found him.", "Delaware", "OH"),
        ("Firemen from London, Ontario, came.", "London", "08"),
    ],
)
def test_a_state_after_the_comma_beats_a_metropolis_elsewhere(
    text: str, name: str, unit: str, shipped: Gazetteer
) -> None:
    place = resolve(text, "en", shipped)[name].place
    assert place is not None
    assert place.admin1_code == unit


def test_the_other_places_of_a_report_beat_a_metropolis_abroad(shipped: Gazetteer) -> None:
    text = (
        "The council of Columbia City met on Tuesday. A firm of Fort Wayne offered to mend the roof; "
        "another bid came from Warsaw. Repairs in Churubusco, Indiana, must wait."
    )
    place = resolve(text, "en", shipped)["Warsaw"].place
    assert place is not None
    assert (place.country_code, place.admin1_code) == ("US", "IN")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Russia has taken Pokrovsk.", "Pokrovsk"),
        ("en", "The town of Pokrovsk fell to Russia.", "Pokrovsk"),
        ("fr", "La Russie a pris Pokrovsk.", "Pokrovsk"),
        ("ru", "Россия взяла Покровск.", "Покровск"),
    ],
)
def test_a_country_that_acts_abroad_does_not_draw_its_namesakes(
    language: str, text: str, name: str, shipped: Gazetteer
) -> None:
    place = resolve(text, language, shipped)[name].place
    assert place is not None
    assert place.country_code == "UA"


@pytest.mark.parametrize(("city", "known"), [(0, True), (40_000, False)])
def test_a_village_that_no_list_counts_has_people_save_beside_a_city(city: int, known: bool) -> None:
    def make(country: str, people: int) -> Entry:
        place = Place(
            gazetteer="g",
            id=f"{country}{people}",
            name="Sosnove",
            latitude=49.0,
            longitude=30.0,
            kind=PlaceKind.SETTLEMENT,
            country_code=country,
            population=people,
        )
        return Entry(place, PRIMARY)

    rated = rate_entries([make("UA", 0), make("RU", 0), make("UA", city)], Weights())
    told = {scored.place.country_code for scored in rated if "population not known" in scored.why}
    assert told == ({"UA"} if known else set())


@pytest.mark.parametrize(
    "text", ["HIT BY GLIDE BOMBS: KHARKIV, 3 DEAD", "RUSSIAN GLIDE BOMBS STRUCK KHARKIV"]
)
def test_a_little_known_name_among_capitals_is_a_word(text: str, shipped: Gazetteer) -> None:
    assert set(resolve(text, "en", shipped)) == {"KHARKIV"}
