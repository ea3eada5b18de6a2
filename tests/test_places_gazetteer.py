"""Look-up by name, by unit and by point; the user's places before ours."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from places_sample import make_connection, make_gazetteer

from geo.errors import DataError, PlaceError
from geo.model import PlaceKind
from geo.places.gazetteer import HISTORICAL, PRIMARY, USER_FILE, Gazetteer, open_gazetteer
from geo.places.lookup import PlaceQuery, describe_precision, find_nearest, find_places
from geo.places.rows import SCHEMA, PlaceRow, write_rows


def test_a_name_finds_every_place_under_it_with_what_the_name_is_to_it() -> None:
    found = {
        (entry.place.name, entry.place.country_code): entry.flag
        for entry in make_gazetteer().find("pokrovsk")
    }
    assert found == {("Pokrovsk", "UA"): PRIMARY, ("Pokrovsk", "RU"): PRIMARY, ("Engels", "RU"): HISTORICAL}


def test_names_are_known_by_their_first_token_only() -> None:
    gazetteer = make_gazetteer()
    assert gazetteer.starting_with("kursk").names == {"kursk", "kursk oblast"}
    assert gazetteer.starting_with("kursk").longest == 2
    assert not gazetteer.has_prefix("kurs")


def test_units_above_a_place_come_smallest_first() -> None:
    gazetteer = make_gazetteer()
    place = next(entry.place for entry in gazetteer.find("pokrovsk") if entry.place.country_code == "UA")
    assert [unit.name for unit in gazetteer.find_parents(place)] == ["Donetsk Oblast", "Ukraine"]


def test_own_places_come_first_and_win() -> None:
    own = sqlite3.connect(":memory:")
    own.executescript(SCHEMA)
    write_rows(own, [PlaceRow(gazetteer="own", id="1", name="Kursk", latitude=10.0, longitude=20.0)], "mine")
    gazetteer = Gazetteer(make_connection(), own)
    assert gazetteer.find("kursk")[0].own
    assert find_places(PlaceQuery(name="Kursk"), gazetteer)[0].place.latitude == 10.0


def test_a_broken_file_of_own_places_is_named(tmp_path) -> None:
    (tmp_path / USER_FILE).write_bytes(b"no database at all, but long enough to be read as one" * 20)
    with pytest.raises(DataError, match="remove it"):
        open_gazetteer(tmp_path)


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        (PlaceQuery(name="Pokrovsk"), "Pokrovsk", "UA"),
        (PlaceQuery(name="pokrovsk", country="ru"), "Pokrovsk", "RU"),
        (PlaceQuery(name="Pokrovsk, Donetsk Oblast"), "Pokrovsk", "UA"),
        (PlaceQuery(name="Pokrovsk (Russia)"), "Pokrovsk", "RU"),
        (PlaceQuery(name="Pokrovsk", within="Ukraine"), "Pokrovsk", "UA"),
        (PlaceQuery(name="Koursk"), "Kursk", "RU"),
        (PlaceQuery(name="the city of Sumy"), "Sumy", "UA"),
        (PlaceQuery(name="курская"), "Kursk Oblast", "RU"),
    ],
)
def test_typed_names(query: PlaceQuery, name: str, country: str) -> None:
    best = find_places(query, make_gazetteer())[0]
    assert (best.place.name, best.place.country_code) == (name, country)
    assert best.why


def test_a_name_that_is_not_known_has_no_place_and_no_default() -> None:
    assert find_places(PlaceQuery(name="Xyzzyqwv"), make_gazetteer()) == ()


@pytest.mark.parametrize("query", [PlaceQuery(name=" - "), PlaceQuery(name="Kursk", within="Xyzzyqwv")])
def test_questions_that_cannot_be_answered_say_why(query: PlaceQuery) -> None:
    with pytest.raises(PlaceError):
        find_places(query, make_gazetteer())


def test_the_nearest_settlement_to_a_point() -> None:
    (best,) = find_nearest(48.3, 37.2, make_gazetteer())
    assert (best.place.name, best.place.country_code) == ("Pokrovsk", "UA")


def test_precision_follows_kind_and_radius() -> None:
    gazetteer = make_gazetteer()
    assert describe_precision(gazetteer.find("sumy")[0].place) == (1, 1)
    assert describe_precision(gazetteer.find("sumy oblast")[0].place) == (3, 4)
    assert describe_precision(gazetteer.find("ukraine")[0].place) == (3, 6)


def test_one_name_needs_no_heavy_library() -> None:
    code = (
        "import sys; from geo.places.gazetteer import open_gazetteer; "
        "open_gazetteer().find('kramatorsk'); "
        "print(sorted({'numpy', 'pandas', 'shapely', 'geopy', 'platformdirs'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shipped_gazetteer_has_every_kind() -> None:
    gazetteer = open_gazetteer()
    for name, kind in [
        ("ukraine", PlaceKind.COUNTRY),
        ("donetsk oblast", PlaceKind.REGION),
        ("kramatorsk", PlaceKind.SETTLEMENT),
    ]:
        assert kind in {entry.place.kind for entry in gazetteer.find(name)}
