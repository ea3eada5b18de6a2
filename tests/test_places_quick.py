"""One name at once: the same answers as the thorough way, and nothing heavy imported for them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from geo.places.answers import describe_candidate
from geo.places.gazetteer import Gazetteer, open_gazetteer
from geo.places.lookup import PlaceQuery, find_places
from geo.places.quick import answer_name, open_quickly
from geo.places.user_folder import find_user_folder
from geo.resources import open_database

# What a look-up of one name has no need of; each costs as long as the look-up itself.
HEAVY = {
    *(
        "argparse",
        "asyncio",
        "ast",
        "dataclasses",
        "email",
        "inspect",
        "shutil",
        "tempfile",
        "tomllib",
        "typing",
    ),
    *("geo.claims", "geo.language", "geo.model", "geo.places.scan", "geopy", "numpy", "pandas", "shapely"),
}


@pytest.fixture(scope="module")
def thorough() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture(scope="module")
def quick() -> Gazetteer:
    return open_quickly()


def list_names() -> list[str]:
    """Names of every sort from all over the gazetteer, each 700th and some with many namesakes."""
    rows = open_database("gazetteer.sqlite").execute(
        "select folded from name where place % 700 = 1 and folded not like '%(%' limit 700"
    )
    known = (
        "Kramatorsk",
        "Paris",
        "New York",
        "Russia",
        "Донецьк",
        "Крым",
        "Сумщина",
        "Artyomovsk",
        "Georgia",
    )
    return [*known, *(folded for (folded,) in rows)]


def test_answers_are_those_of_the_thorough_way(quick: Gazetteer, thorough: Gazetteer) -> None:
    names = list_names()
    assert len(names) > 300
    for name in names:
        found = find_places(PlaceQuery(name=name, limit=30), thorough)
        assert answer_name(name, quick, 30) == [describe_candidate(one, thorough) for one in found], name


@pytest.mark.parametrize("country", ["UA", "ru, by", "US"])
def test_countries_are_kept_to(country: str, quick: Gazetteer, thorough: Gazetteer) -> None:
    for name in ("Pokrovsk", "Moscow", "Odesa"):
        found = find_places(PlaceQuery(name=name, country=country), thorough)
        answer = answer_name(name, quick, country=country)
        if answer is not None:
            assert answer == [describe_candidate(one, thorough) for one in found]
    assert answer_name("Kramatorsk", quick, country="US") is None


@pytest.mark.parametrize(
    "name", ["Xyzzyqwv", "Pokrovsk, Donetsk oblast", "Kursk (Russia)", "", " ", "Ku\nrsk"]
)
def test_what_needs_the_thorough_way_is_left_to_it(name: str, quick: Gazetteer) -> None:
    assert answer_name(name, quick) is None


@pytest.mark.skipif(not hasattr(Gazetteer.find, "__code__"), reason="compiled, it reads whole places")
def test_nothing_heavy_is_imported_for_one_name() -> None:
    code = (
        "import sys; from geo.places.quick import answer_name, open_quickly; "
        "assert answer_name('Kramatorsk', open_quickly()); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY.isdisjoint(set(done.stdout.split()) - set(bare.stdout.split()))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked itself")
@pytest.mark.parametrize("value", [None, "", "/somewhere/else"])
def test_the_users_folder_is_where_platformdirs_has_it(value: str | None, monkeypatch) -> None:
    from platformdirs import user_data_path

    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if value is not None:
        monkeypatch.setenv("XDG_DATA_HOME", value)
    assert find_user_folder() == user_data_path("frontline", appauthor=False)
