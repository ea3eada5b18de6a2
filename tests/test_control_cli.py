"""``frontline front`` and ``frontline compare`` from files to files."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
import shapely
from shapely.geometry import box

from geo.errors import DataError
from geo.resources import find_data
from maps.cli import main

try:
    find_data("boundaries.sqlite"), find_data("gazetteer.sqlite")
    HAS_DATA = True
except DataError:
    HAS_DATA = False
needs_data = pytest.mark.skipif(not HAS_DATA, reason="the data files are not built")


def write_map(path: Path, day: str, **held: object) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"side": side, "date": day},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for side, shape in held.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_map(tmp_path / "base.geojson", "2024-09-01", RUS=box(37.4, 47.4, 38.0, 48.2))


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_zones(path: Path) -> dict[tuple[str, str], dict]:
    features = [one for one in json.loads(path.read_text())["features"] if one["geometry"]]
    return {(f["properties"]["actors"], f["properties"]["control_status"]): f for f in features}


@needs_data
def test_a_base_and_a_newer_statement(tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = tmp_path / "said.csv"
    said.write_text(
        "lat,lon,side,date,asserted_by\n47.78,37.30,RUS,2024-10-02,RUS\n47.9,37.9,UKR,2024-08-01,UKR\n"
    )
    out = tmp_path / "front.geojson"
    assert (
        main(["front", "--base", str(base), "--statements", str(said), "--on", "2024-10-05", "-o", str(out)])
        == 0
    )
    zones = read_zones(out)
    assert set(zones) == {("RUS", "assessed"), ("RUS", "claimed"), ("UKR", "assessed")}
    claimed = shapely.geometry.shape(zones["RUS", "claimed"]["geometry"])
    assert claimed.contains(shapely.Point(37.30, 47.78))
    assert zones["RUS", "claimed"]["properties"]["date_end"] == "2024-10-05"
    assert "front line, Russia | Ukraine" in capsys.readouterr().out


@needs_data
def test_statements_alone_change_what_is_at_home(tmp_path: Path) -> None:
    said = tmp_path / "said.csv"
    said.write_text("lat,lon,side,date,asserted_by\n51.19,35.27,UKR,2024-08-20,UKR\n")
    out = tmp_path / "front.gpkg"
    assert main(["front", "--statements", str(said), "--on", "2024-08-25", "-o", str(out)]) == 0
    old = write_map(tmp_path / "old.geojson", "2024-08-01", UKR=box(20, 40, 21, 41))
    table = tmp_path / "change.csv"
    assert main(["compare", str(old), str(out), "-o", str(table)]) == 0  # our own file is read back
    sides = {row["side"] for row in read_table(table)}
    assert sides == {"RUS", "UKR"}


@needs_data
def test_a_war_elsewhere(tmp_path: Path) -> None:
    said = tmp_path / "said.csv"
    said.write_text("lat,lon,side,date\n33.18,35.40,ISR,2024-10-10\n33.12,35.45,ISR,2024-10-10\n")
    out = tmp_path / "front.geojson"
    sides = ["--side-a", "LBN", "--side-b", "ISR"]
    assert main(["front", "--statements", str(said), "--on", "2024-10-12", *sides, "-o", str(out)]) == 0
    held = shapely.union_all(
        [shapely.geometry.shape(f["geometry"]) for (side, _), f in read_zones(out).items() if side == "ISR"]
    )
    assert held.contains(shapely.MultiPoint([(35.40, 33.18), (35.45, 33.12)]))
    assert not held.contains(shapely.Point(35.50, 33.89))


def test_two_maps_compared(tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = write_map(tmp_path / "new.geojson", "2024-10-01", RUS=box(37.3, 47.4, 38.0, 48.2))
    out, table = tmp_path / "change.geojson", tmp_path / "change.csv"
    assert main(["compare", str(base), str(new), "-o", str(out), "-o", str(table)]) == 0
    (feature,) = json.loads(out.read_text())["features"]
    assert feature["properties"]["change"] == "gained"
    (row,) = read_table(table)
    assert float(row["net_km2"]) == pytest.approx(feature["properties"]["area_km2"], abs=0.01)
    assert "What changed hands: 1 September – 1 October 2024" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", ("Russia", "gained", "Donetsk Oblast", "+")),
        ("fr", ("Russie", "gagné", "oblast de Donetsk", "1er octobre 2024")),
        ("uk", ("Росія", "здобуто", "Донецька область", "вересня")),
        ("ru", ("Россия", "Донецкая область", "октября")),
    ],
)
def test_the_table_of_change_speaks_the_language_chosen(
    tmp_path: Path,
    base: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tag: str,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setenv("COLUMNS", "120")  # wide enough that no name is broken
    new = write_map(tmp_path / "new.geojson", "2024-10-01", RUS=box(37.3, 47.4, 38.0, 48.2))
    table = tmp_path / "change.csv"
    told = ["compare", str(base), str(new), "--by", "region", "--ui-lang", tag, "-o", str(table)]
    assert main(told) == 0
    out = capsys.readouterr().out
    for word in words:
        assert word in out
    assert {row["unit"] for row in read_table(table)} >= {"", "Donetsk"}, "files keep one name"


def test_a_series_of_maps(tmp_path: Path) -> None:
    maps = [
        str(write_map(tmp_path / f"{day}.geojson", f"2024-09-0{day}", RUS=box(37, 47, 38 + day / 10, 48)))
        for day in (3, 1, 2)
    ]
    assert main(["compare", *maps, "-o", str(tmp_path / "s.csv"), "-o", str(tmp_path / "s.svg")]) == 0
    rows = read_table(tmp_path / "s.csv")
    assert [row["on"] for row in rows] == ["2024-09-01", "2024-09-02", "2024-09-03"]
    assert all(float(row["gained_km2"]) > 0 for row in rows[1:])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["front", "--on", "2024-10-05", "-o", "x.geojson"], "nothing to draw from"),
        (["front", "--base", "{base}", "--on", "soon", "-o", "x.geojson"], "'soon' is not a date"),
        (["front", "--base", "none.geojson", "--on", "2024-10-05", "-o", "x.geojson"], "none.geojson"),
        (["compare", "{base}"], "one map alone"),
        (["compare", "{base}", "{base}", "--dates", "2024-01-01"], "names 1 day"),
        (["compare", "{base}", "{base}", "-o", "x.kml"], "x.kml"),
    ],
)
def test_bad_input_is_one_line_and_two(
    words: list[str],
    told: str,
    base: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(base.parent)
    assert main([word.format(base=base) for word in words]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def read_page(path: Path) -> dict:
    text = path.read_text(encoding="utf-8")
    start = text.index('id="fl-data">') + len('id="fl-data">')
    return json.loads(text[start : text.index("</script>", start)])


@needs_data
def test_a_page_of_control_tells_its_day_its_sources_and_what_was_left_out(
    tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "said.csv"
    said.write_text(
        "lat,lon,side,date,name\n47.78,37.30,RUS,2024-10-02,Vuhledar\n55.75,37.62,UKR,2024-10-01,Moscow\n"
    )
    page, data = tmp_path / "front.html", tmp_path / "front.geojson"
    words = ["front", "--base", str(base), "--statements", str(said), "--on", "2024-10-05", "--ui-lang", "fr"]
    assert main([*words, "-o", str(page), "-o", str(data)]) == 0
    assert "écarté: Moscow: tenu par : Ukraine, mais à plus de 60 km" in capsys.readouterr().err
    shown = read_page(page)
    assert shown["title"] == "Contrôle du terrain le 5 octobre 2024"
    assert [one["publisher"] for one in shown["sources"]] == ["base (1er septembre 2024)", "said.csv"]
    assert [one["place"] for one in shown["unplaced"]] == ["Moscow"]
    assert shown["still"]
    # What a side holds of its own country is pale on the page, and whole in the data.
    assert {(one["side"], one["pattern"]) for one in shown["items"] if one["layer"] == "control"} == {
        ("RUS", "solid"),
        ("UKR", "home"),
    }
    held = [shapely.geometry.shape(zone["geometry"]) for zone in read_zones(data).values()]
    assert not any(shape.contains(shapely.Point(37.62, 55.75)) for shape in held)
    assert len([zone for zone in read_zones(data) if zone == ("UKR", "assessed")]) == 1


@needs_data
def test_a_page_of_change_has_a_legend_and_a_table(tmp_path: Path, base: Path) -> None:
    new = write_map(tmp_path / "new.geojson", "2024-10-01", RUS=box(37.3, 47.4, 37.9, 48.2))
    page, picture = tmp_path / "change.html", tmp_path / "change.png"
    layers = tmp_path / "change.gpkg"
    outputs = [word for out in (page, picture, layers) for word in ("-o", str(out))]
    assert main(["compare", str(base), str(new), *outputs]) == 0
    shown = read_page(page)
    assert shown["title"] == "What changed hands: 1 September – 1 October 2024"
    assert [(one["side"], one["pattern"], one["text"]) for one in shown["legend"]] == [
        ("RUS", "solid", "gained by Russia"),
        ("UKR", "solid", "gained by Ukraine"),
        ("RUS", "home", "held on both days by Russia"),
    ]
    head, row = shown["table"]["rows"]
    assert head == ["", "gained", "lost", "net", "±"]
    assert row[0] == "Russia"
    assert row[3] == "0.0"  # as much gained as lost
    assert picture.stat().st_size > 50_000
    assert layers.stat().st_size > 0


SUDAN = """name,lat,lon,held_by,as_of
Nyala,12.05,24.88,RSF,2025-03-20
El Geneina,13.45,22.45,RSF,2025-03-20
Zalingei,12.91,23.47,RSF,2025-03-20
Ed Daein,11.46,26.13,RSF,2025-03-20
El Fasher,13.63,25.35,SAF,2025-03-20
Khartoum,15.5,32.56,SAF,2025-03-26
El Obeid,13.18,30.22,SAF,2025-02-23
En Nahud,12.7,28.43,SAF,2025-03-01
"""


@needs_data
def test_two_groups_of_one_country_share_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = tmp_path / "sudan.csv"
    said.write_text(SUDAN)
    out = tmp_path / "front.geojson"
    sides = ["--side-a", "SDN", "--side-b", "RSF", "--on", "2025-04-01"]
    assert main(["front", "--statements", str(said), *sides, "-o", str(out)]) == 0
    zones = read_zones(out)
    assert set(zones) == {("RSF", "stated"), ("SDN", "stated")}
    rebels = shapely.from_geojson(json.dumps(zones["RSF", "stated"]["geometry"]))
    assert rebels.contains(shapely.Point(24.88, 12.05))
    assert not rebels.contains(shapely.Point(25.35, 13.63))
    assert "front line, Rapid Support Forces (Sudan) | Sudan" in capsys.readouterr().out


@needs_data
def test_reports_of_a_war_within_one_country_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "The Rapid Support Forces captured Nyala on Monday. Sudan's army recaptured Wad Madani. "
        "Sudanese fighters seized El Geneina."
    )
    out = tmp_path / "front.geojson"
    sides = ["--side-a", "SDN", "--side-b", "RSF", "--on", "2025-04-01"]
    about = ["--date", "2025-03-27", "--source", "Test Wire"]
    assert main(["front", str(report), *about, *sides, "-o", str(out)]) == 0
    held = {side: one["geometry"] for (side, _), one in read_zones(out).items()}
    assert set(held) == {"RSF", "SDN"}
    rebels = shapely.from_geojson(json.dumps(held["RSF"]))
    assert rebels.distance(shapely.Point(24.88, 12.05)) < 0.1
    assert "not told whether SDN or RSF acts, so left out: 1" in capsys.readouterr().err


@needs_data
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "they speak of RSF, SDN: name the sides with --side-a and --side-b"),
        (["--side-a", "SYR", "--side-b", "HTS"], "nothing says that SYR or HTS holds a settlement"),
        (["--side-a", "SDN", "--side-b", "R2D2"], "--side-b 'R2D2' .* a group of: RSF, HTS"),
    ],
)
def test_sides_that_nobody_speaks_of_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    said = tmp_path / "sudan.csv"
    said.write_text(SUDAN)
    out = tmp_path / "front.geojson"
    day = ["--on", "2025-04-01"]
    assert main(["front", "--statements", str(said), *options, *day, "-o", str(out)]) == 2
    assert re.search(words, capsys.readouterr().err)
    assert not out.exists()


@needs_data
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (
            "2020-01-01",
            "all statements are later than --on 2020-01-01: 8 left out; the first is of 2025-02-23",
        ),
        ("2025-03-05", "some statements are later than --on 2025-03-05: 6 left out"),
        ("2025-04-01", ""),
    ],
)
def test_statements_later_than_the_day_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], base: Path, day: str, words: str
) -> None:
    said = tmp_path / "sudan.csv"
    said.write_text(SUDAN)
    out = tmp_path / "front.geojson"
    main(["front", "--statements", str(said), "--base", str(base), "--on", day, "-o", str(out)])
    told = capsys.readouterr().err
    assert words in told if words else "later than" not in told


@needs_data
@pytest.mark.parametrize("name", ["change.gpkg", "change.geojson"])
def test_a_change_given_to_map_says_what_to_do(
    tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    new = write_map(tmp_path / "new.geojson", "2024-10-01", RUS=box(37.3, 47.4, 37.9, 48.2))
    change = tmp_path / name
    assert main(["compare", str(base), str(new), "-o", str(change)]) == 0
    assert main(["map", str(change), "-o", str(tmp_path / "map.html")]) == 2
    assert "tells what changed hands" in capsys.readouterr().err
    assert main(["map", str(base), "-o", str(tmp_path / "map.html")]) == 2
    assert "an assessed map goes to --base" in capsys.readouterr().err


@needs_data
def test_reports_beside_an_assessed_map(
    tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Russian troops advanced near Kurakhove on September 5, 2024, officials said.")
    out = tmp_path / "map.geojson"
    about = ["--date", "2024-09-06", "--source", "Test Wire"]
    assert main(["map", str(report), *about, "--base", str(base), "-o", str(out)]) == 0
    (one,) = json.loads(out.read_text())["features"]
    told = one["properties"]
    assert told["course_rule"] == "course derived from the nearest ground that an assessed map gives its side"
    start = shapely.from_wkt(told["course"]).coords[0]
    assert start[0] == pytest.approx(37.4, abs=0.01), "the edge of the base"
    assert told["bearing_deg"] == pytest.approx(270, abs=5)
