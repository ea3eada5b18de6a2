"""One's own places: added whole or not at all, listed, removed."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from places_sample import make_connection

from geo.errors import InputError
from geo.places.gazetteer import USER_FILE, Gazetteer
from geo.places.user_places import ColumnNames, add_places, list_sources, remove_source

GEONAMES_LINE = (
    "709717\tDonetsk\tDonetsk\tDonec'k,Stalino,Донецк\t48.023\t37.80224\tP\tPPLA\tUA\t\t05\t\t\t\t"
    "901645\t\t169\tEurope/Kyiv\t2023-01-01"
)
OUTPOST = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Outpost", "kind": "site"},
            "geometry": {"type": "Point", "coordinates": [37.5, 48.5]},
        }
    ],
}


def open_own(folder: Path) -> Gazetteer:
    return Gazetteer(make_connection(), sqlite3.connect(folder / USER_FILE))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain.csv", "name,lat,lon\nAlpha Point,48.5,37.5\n"),
        ("french.csv", "nom;latitude;longitude\nAlpha Point;48,5;37,5\n"),
        ("ukrainian.tsv", "назва\tширота\tдовгота\nAlpha Point\t48.5\t37.5\n"),
    ],
)
def test_tables_with_any_known_column_names(tmp_path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    source = add_places(tmp_path / name, tmp_path / "own")
    assert (source.name, source.places) == (name.split(".", maxsplit=1)[0], 1)
    (entry,) = open_own(tmp_path / "own").find("alpha point")
    assert (entry.place.latitude, entry.place.longitude, entry.own) == (48.5, 37.5, True)


def test_columns_can_be_named_and_aliases_are_names_too(tmp_path) -> None:
    (tmp_path / "a.csv").write_text("w,n,e,more\nAlpha,48.5,37.5,Beta; Gamma\n", encoding="utf-8")
    columns = ColumnNames(name="w", latitude="n", longitude="e", aliases="more")
    add_places(tmp_path / "a.csv", tmp_path / "own", columns)
    gazetteer = open_own(tmp_path / "own")
    assert gazetteer.find("gamma")[0].place is gazetteer.find("alpha")[0].place


def test_a_table_as_european_excel_writes_it(tmp_path) -> None:
    """Semicolons, decimal commas, a byte-order mark, thousands apart, and a first line that is long."""
    path = tmp_path / "own.csv"
    more = ";".join(f"column {number}" for number in range(2_000))
    lines = f"Name;Lat;Lon;Population;Aliases;{more}\nAlpha, the first;48,5;37,25;12 345;Al, Alf;\n"
    path.write_text(lines, encoding="utf-8-sig")
    assert add_places(path, tmp_path / "own").places == 1
    (entry,) = open_own(tmp_path / "own").find("alf")
    assert (entry.place.name, entry.place.latitude, entry.place.longitude) == (
        "Alpha, the first",
        48.5,
        37.25,
    )
    assert entry.place.population == 12_345


def test_a_message_about_a_long_first_line_stays_short(tmp_path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(",".join(f"column{number}" for number in range(2_000)) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        add_places(path, tmp_path / "own")
    assert len(str(caught.value)) < 500


def test_a_geojson_layer(tmp_path) -> None:
    (tmp_path / "b.geojson").write_text(json.dumps(OUTPOST), encoding="utf-8")
    add_places(tmp_path / "b.geojson", tmp_path / "own")
    (entry,) = open_own(tmp_path / "own").find("outpost")
    assert (entry.place.kind.value, round(entry.place.latitude, 6)) == ("site", 48.5)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_geonames_dump_as_shipped(tmp_path, zipped: bool) -> None:
    path = tmp_path / ("UA.zip" if zipped else "UA.txt")
    if zipped:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "what this is")
            archive.writestr("UA.txt", GEONAMES_LINE + "\n")
    else:
        path.write_text(GEONAMES_LINE + "\n", encoding="utf-8")
    assert add_places(path, tmp_path / "own").places == 1
    (entry,) = open_own(tmp_path / "own").find("stalino")
    assert (entry.place.gazetteer, entry.place.id, entry.place.admin1_code) == ("geonames", "709717", "05")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("c.csv", "name,lat,lon\nAlpha,48.5,37.5\nBeta,north,37.5\n", "line 3"),
        ("c.csv", "name,lat,lon\nAlpha,98.5,37.5\n", "off the globe"),
        ("c.csv", "name,lat,lon\n,48.5,37.5\n", "line 2: it has no name"),
        ("c.csv", "name,lat,lon\nA,x,1\nB,1,2\nC,1,y\n", "2 lines cannot be read.*line 2.*'x'.*line 4.*'y'"),
        ("c.csv", "name,lat,lon\n" + ",1,2\n" * 9, "9 lines.*and 4 more"),
        (
            "c.geojson",
            (
                '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "A"}, '
                '"geometry": {"type": "Point", "coordinates": [1, 2]}}, {"type": "Feature", "properties": '
                '{"name": ""}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}'
            ),
            "1 features cannot be read.*feature 2: it has no name",
        ),
        ("c.csv", "name,lat,lon\n", "holds no place"),
        ("c.csv", "name,where\nAlpha,there\n", "latitude"),
        ("c.geojson", "{", "cannot be read"),
        ("c.xyz", "Alpha", "suffix"),
        ("UA.txt", GEONAMES_LINE + "\nbroken\n", "line 2"),
    ],
)
def test_a_broken_file_changes_nothing(tmp_path, name: str, text: str, said: str) -> None:
    own = tmp_path / "own"
    (tmp_path / "good.csv").write_text("name,lat,lon\nGood,1,2\n", encoding="utf-8")
    add_places(tmp_path / "good.csv", own)
    before = (own / USER_FILE).read_bytes()
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        add_places(tmp_path / name, own)
    assert (own / USER_FILE).read_bytes() == before
    assert [path.name for path in own.iterdir()] == [USER_FILE]


def test_adding_again_replaces_and_removing_removes(tmp_path) -> None:
    path, own = tmp_path / "a.csv", tmp_path / "own"
    for latitude in (1, 2):
        path.write_text(f"name,lat,lon\nAlpha,{latitude},2\n", encoding="utf-8")
        add_places(path, own)
    (entry,) = open_own(own).find("alpha")
    assert entry.place.latitude == 2.0
    assert [source.name for source in list_sources(own)] == ["a"]
    remove_source("a", own)
    assert list_sources(own) == ()
    assert open_own(own).find("alpha") == ()
    with pytest.raises(InputError, match="there are: none"):
        remove_source("a", own)


def test_the_pipeline_reads_ones_own_places(tmp_path) -> None:
    """A place that no gazetteer has is found in a report once the user has added it, and not before."""
    from geo.model import Report
    from geo.pipeline import Settings, read_report
    from geo.places.user_places import find_user_folder

    report = Report(id="r", text="Ukrainian forces captured the village of Zubrovetske.", language="en")

    def read_points() -> set[tuple[float, float]]:
        claims, _ = read_report(report, Settings())
        places = (claim.place.place for claim in claims)
        return {(place.latitude, place.longitude) for place in places if place is not None}

    assert (48.25, 37.75) not in read_points()
    own = tmp_path / "own.csv"
    own.write_text("name,lat,lon\nZubrovetske,48.25,37.75\n", encoding="utf-8")
    add_places(own, find_user_folder())
    assert (48.25, 37.75) in read_points()
