"""What real QGIS makes of our files: it opens them in its own process, tells what it sees and draws it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from layers_sample import sample_layers

from geo.schema import COLUMNS
from maps.files import WriteOptions, write_layers
from maps.style import BASE_COLOURS, SIDE_COLOURS, mix_with_base

PYTHON = "/usr/bin/python3"
PROBE = Path(__file__).with_name("qgis_probe.py")
RUSSIA, UKRAINE = SIDE_COLOURS["RUS"], SIDE_COLOURS["UKR"]
KURSK_AND_DONBAS = [33.0, 46.5, 41.0, 53.0]


def _has_qgis() -> bool:
    if not shutil.which(PYTHON):
        return False
    environment = {"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [PYTHON, "-c", "import qgis.core"], capture_output=True, check=False, env=environment
    )
    return done.returncode == 0


pytestmark = [
    pytest.mark.qgis,
    pytest.mark.skipif(not _has_qgis(), reason="needs Debian's python3-qgis: apt-get install python3-qgis"),
]

Probe = Callable[..., dict[str, Any]]


@pytest.fixture
def probe(tmp_path: Path) -> Probe:
    def run(**job: Any) -> dict[str, Any]:
        path = tmp_path / "job.json"
        path.write_text(json.dumps({"background": BASE_COLOURS["land"], "extent": KURSK_AND_DONBAS} | job))
        (tmp_path / "home").mkdir(exist_ok=True)
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path / "home"),
            "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": "C.UTF-8",
        }
        done = subprocess.run(
            [PYTHON, str(PROBE), str(path)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env=environment,
        )
        lines = [line for line in done.stdout.splitlines() if line.startswith("JSON")]
        assert lines, done.stdout[-2000:] + done.stderr[-2000:]
        return dict(json.loads(lines[0][4:]))

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in every format that QGIS opens."""
    folder = tmp_path_factory.mktemp("qgis")
    for suffix in (".qgz", ".geojson", ".fgb", ".kml", ".kmz", ".csv", ".shp.zip"):
        write_layers(
            sample_layers(), folder / f"map{suffix}", WriteOptions(title="Kursk & Donbas", licence="CC0")
        )
    return folder


def list_sources(path: Path) -> list[tuple[str, str]]:
    """URIs of the spatial tables of a GeoPackage, the topmost first."""
    import sqlite3

    with sqlite3.connect(path) as connection:
        tables = [name for (name,) in connection.execute("select table_name from gpkg_geometry_columns")]
    connection.close()
    rank = {"line": 0, "point": 1, "area": 2}
    areas = ("control", "front_band", "concentration", "withdrawal")
    tables.sort(key=lambda name: (name.endswith("_areas") or name in areas, rank.get(name, 1), name))
    return [(f"{path}|layername={name}", name) for name in tables]


def read_picture(path: Path) -> np.ndarray[Any, Any]:
    """Pixels as integers of 0 to 255."""
    from matplotlib import image

    return np.round(image.imread(path)[..., :3] * 255).astype(int)


def share_of(picture: np.ndarray[Any, Any], colours: Iterable[str], tolerance: int = 10) -> float:
    """Share of the picture's pixels near one of some colours."""
    found = np.zeros(picture.shape[:2], dtype=bool)
    for colour in colours:
        wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        found |= (np.abs(picture - wanted) <= tolerance).all(axis=-1)
    return float(found.mean())


def test_geopackage_opens_with_styles_times_titles_and_metadata(folder: Path, probe: Probe) -> None:
    sources = list_sources(folder / "map.gpkg")
    told = probe(sources=sources, styles=True, tip="concentration")
    layers = {layer["name"]: layer for layer in told["layers"]}
    assert {"strike", "strike_areas", "control", "advance", "advance_areas", "clash", "front_line"} <= set(
        layers
    )
    for name, layer in layers.items():
        assert layer["valid"], name
        assert layer["temporal"] == [True, "date_start", "date_end"], name
        assert layer["crs"] == "EPSG:4326"
        assert layer["title"].startswith("Kursk & Donbas: "), name
        assert layer["licences"] == ["CC0"]
        assert layer["fields"]["date_start"] == "Date"
        assert layer["aliases"]["count_low"] == "Number, low"
    categories = {value: kinds for value, _, kinds in layers["control"]["categories"]}
    assert categories["RUS|hatched"] == ["SimpleFill", "LinePatternFill"]
    assert categories["UKR|solid|outer"] == ["SimpleFill"]
    assert layers["concentration"]["categories"][0][2] == ["SimpleFill", "CentroidFill"]
    assert layers["advance"]["categories"][0][2] == ["ArrowLine"]
    assert layers["strike"]["labels"]
    assert layers["strike"]["widgets"]["kind"] == "ValueMap"
    assert {"fid", "claim_id", "course", "area_km2_low"} <= set(layers["strike"]["hidden"])
    assert not {"place", "quote", "publisher", "date_start"} & set(layers["strike"]["hidden"])
    assert "officials said" in told["tip"]


def test_every_column_has_its_title(folder: Path, probe: Probe) -> None:
    (layer,) = probe(sources=[(f"{folder / 'map.gpkg'}|layername=strike", "strike")], styles=True)["layers"]
    assert {name: alias for name, alias in layer["aliases"].items() if name != "fid"} == {
        column.name: column.alias for column in COLUMNS
    }


def test_map_tip_is_text_and_no_markup(tmp_path: Path, probe: Probe) -> None:
    layers = sample_layers()
    layers["clash"]["quote"] = "<img src=x onerror=alert(1)> & [% 1+1 %]"
    write_layers({"clash": layers["clash"]}, tmp_path / "x.gpkg")
    told = probe(sources=[(f"{tmp_path / 'x.gpkg'}|layername=clash", "clash")], styles=True, tip="clash")
    assert "&lt;img src=x" in told["tip"]
    assert "<img" not in told["tip"]
    assert "[% 1+1 %]" in told["tip"]


def test_pictures_have_the_colours_hatches_and_arrows(folder: Path, probe: Probe, tmp_path: Path) -> None:
    picture = tmp_path / "all.png"
    probe(sources=list_sources(folder / "map.gpkg"), styles=True, pictures=[[str(picture), "", ""]])
    pixels = read_picture(picture)
    assert 0.0003 < share_of(pixels, [RUSSIA]) < 0.05
    assert share_of(pixels, [UKRAINE]) > 0.00003
    assert share_of(pixels, [BASE_COLOURS["ink"]]) > 0.0005  # the front line
    assert share_of(pixels, [BASE_COLOURS["land"]], 2) > 0.5


def test_claimed_zone_is_hatched_and_stated_zone_is_not(folder: Path, probe: Probe, tmp_path: Path) -> None:
    picture = tmp_path / "control.png"
    source = [(f"{folder / 'map.gpkg'}|layername=control", "control")]
    probe(sources=source, styles=True, pictures=[[str(picture), "", ""]], extent=[38.4, 48.0, 38.9, 48.2])
    inside = read_picture(picture)
    hatch = share_of(inside, [mix_with_base(RUSSIA, 0.87)], 25)
    assert 0.06 < hatch < 0.5
    assert 0.3 < share_of(inside, [mix_with_base(RUSSIA, 0.08)], 6) < 0.8
    probe(sources=source, styles=True, pictures=[[str(picture), "", ""]], extent=[34.95, 51.3, 35.05, 51.36])
    assert share_of(read_picture(picture), [mix_with_base(UKRAINE, 0.40)], 6) > 0.5


def test_two_days_of_the_time_controller_show_different_features(
    folder: Path, probe: Probe, tmp_path: Path
) -> None:
    days = ["2024-11-07", "2024-11-08", "2024-11-09", "2024-11-10", "2024-11-15"]
    after = ["2024-11-08", "2024-11-09", "2024-11-10", "2024-11-11", "2024-11-16"]
    pictures = [[str(tmp_path / f"{day}.png"), day, end] for day, end in zip(days, after, strict=True)]
    source = [(f"{folder / 'map.gpkg'}|layername=strike", "strike")]
    probe(sources=source, styles=True, pictures=pictures, extent=[30, 50, 31, 51])
    seen = [share_of(read_picture(Path(path)), [RUSSIA]) > 0.00004 for path, _, _ in pictures]
    # Strikes of the 8th, 9th and 10th, each on its own day; one feared from the 12th to the 14th.
    assert seen == [False, True, True, True, False]
    source = [(f"{folder / 'map.gpkg'}|layername=control", "control")]
    probe(sources=source, styles=True, pictures=pictures, extent=[38.4, 48.0, 38.9, 48.2])
    zones = [share_of(read_picture(Path(path)), [BASE_COLOURS["land"]], 2) < 0.5 for path, _, _ in pictures]
    assert zones == [False, False, False, True, False]


def test_project_opens_with_groups_time_and_sheet(folder: Path, probe: Probe, tmp_path: Path) -> None:
    sheet, picture = tmp_path / "sheet.png", tmp_path / "project.png"
    told = probe(
        project=str(folder / "map.qgz"),
        pictures=[[str(picture), "", ""]],
        layout=["Map sheet", str(sheet)],
        background=BASE_COLOURS["water"],
    )
    project = told["project"]
    assert project["title"] == "Kursk & Donbas"
    assert project["crs"] == "EPSG:3857"
    assert project["invalid"] == []
    assert list(project["groups"]) == [
        "Fire and fighting",
        "Forces and movement",
        "Territory",
        "Base map",
        "Tables",
    ]
    assert project["groups"]["Territory"] == ["Front line", "Its uncertainty", "Controlled zones"]
    assert project["groups"]["Base map"] == [
        "Towns",
        "Names",
        "Borders and coasts",
        "Regions",
        "Lakes and seas",
        "Rivers",
        "Land",
    ]
    assert project["time"] == ["2024-08-06T00:00:00Z", "2024-11-15T00:00:00Z"]
    assert {"QgsLayoutItemMap", "QgsLayoutItemLegend", "QgsLayoutItemScaleBar", "QgsLayoutItemLabel"} <= set(
        told["layout"]["items"]
    )
    pixels = read_picture(picture)
    assert share_of(pixels, [BASE_COLOURS["land"]], 3) > 0.4
    assert share_of(pixels, [BASE_COLOURS["water"]], 3) > 0.01
    assert share_of(pixels, [RUSSIA]) > 0.0003
    assert share_of(read_picture(sheet), [RUSSIA]) > 0.0003


def test_project_may_be_moved_with_what_stands_beside_it(folder: Path, probe: Probe, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("map.qgz", "map.gpkg", "map_basemap.gpkg"):
        shutil.copy(folder / name, moved / name)
    assert probe(project=str(moved / "map.qgz"))["project"]["invalid"] == []


@pytest.mark.parametrize(
    ("uri", "features"),
    [
        ("{}/map.geojson|geometrytype=Point", 6),
        ("{}/map.geojson|geometrytype=Polygon", 8),
        ("{}/map.fgb", 15),
        ("{}/map.kml|layername=Strikes", 6),
        ("{}/map.kmz|layername=Controlled zones", 3),
        ("{}/map.csv", 16),
        ("/vsizip/{}/map.shp.zip/strike.shp", 4),
    ],
)
def test_other_formats_open_and_draw(
    folder: Path, probe: Probe, tmp_path: Path, uri: str, features: int
) -> None:
    picture = tmp_path / "plain.png"
    (layer,) = probe(
        sources=[(uri.format(folder), "x")], pictures=[[str(picture), "", ""]], extent=[29, 46, 41, 57]
    )["layers"]
    assert layer["valid"]
    assert layer["features"] == features
    if layer["crs"]:  # a table of text names none
        assert share_of(read_picture(picture), [BASE_COLOURS["land"]], 2) < 1.0


def test_layers_file_is_sound_for_gdal(folder: Path) -> None:
    """GDAL's command line, another build than the one that wrote the file."""
    if not shutil.which("ogrinfo"):
        pytest.skip("needs Debian's gdal-bin")
    environment = {**os.environ, "CPL_LOG": "/dev/stderr"}
    done = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", str(folder / "map.gpkg")],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert "partially supported" not in done.stderr
    assert "ERROR" not in done.stderr
    assert "date_start: Date" in done.stdout


def test_a_whole_country_does_not_widen_the_window(tmp_path: Path) -> None:
    from maps.qgis_project import _find_extent

    layers = sample_layers()
    before, _ = _find_extent(layers)
    layers["strike"].loc[0, "place_kind"] = "country"
    layers["strike"].loc[0, "where_prec"] = 6
    layers["strike"].loc[0, "geometry"] = layers["strike"].geometry.iloc[0].buffer(60)
    after, limits = _find_extent(layers)
    assert after[2] - after[0] <= before[2] - before[0]
    assert limits[0] < after[0] < after[2] < limits[2], "the base map reaches beyond the window"
    whole = {"strike": layers["strike"].iloc[:1]}
    (west, _, east, _), _ = _find_extent(whole)
    assert east - west > 100


def test_one_claim_far_from_the_rest_does_not_widen_the_window() -> None:
    from layers_sample import row

    from geo.layers import layer_rows
    from maps.qgis_project import _find_extent

    near = [row("strike", f"Town {n}", 36.0 + n / 10, 50.0) for n in range(20)]
    (west, _, east, _), _ = _find_extent(layer_rows([*near, row("strike", "Nyala", 24.9, 12.0)]))
    assert 35 < west < east < 39


def test_the_base_map_has_no_holes(folder: Path, probe: Probe, tmp_path: Path) -> None:
    """The zone around Chornobyl, the shore of the Sea of Azov; on a ground that no map has."""
    nothing, picture = "#ff00ff", tmp_path / "ground.png"
    for extent in ([29.2, 51.0, 30.6, 51.6], [36.6, 46.7, 37.9, 47.2]):
        project = str(folder / "map.qgz")
        probe(project=project, pictures=[[str(picture), "", ""]], extent=extent, background=nothing)
        ground = share_of(read_picture(picture), [nothing])
        assert ground < 0.002 if extent[0] < 30 else 0.02 < ground < 0.9


def test_circles_of_one_place_do_not_add_up_and_stand_beside_those_of_another_side(
    probe: Probe, tmp_path: Path
) -> None:
    from layers_sample import make_frame, row

    def draw(rows: list[dict[str, Any]]) -> np.ndarray[Any, Any]:
        picture = tmp_path / "forces.png"
        write_layers({"concentration": make_frame(rows)}, tmp_path / "f.gpkg")
        source = [(f"{tmp_path / 'f.gpkg'}|layername=concentration", "concentration")]
        probe(sources=source, styles=True, pictures=[[str(picture), "", ""]], extent=[35, 49, 37, 51])
        return read_picture(picture)

    forces = [
        row("concentration", "X", 36, 50, report=f"r{n}", count_low=5e4, count_high=5e4) for n in range(6)
    ]
    colour = [mix_with_base(RUSSIA, 0.75)]
    one, six = draw(forces[:1]), draw(forces)
    assert share_of(one, colour, 12) > 0.004
    assert share_of(six, colour, 12) == pytest.approx(share_of(one, colour, 12), rel=0.1)
    other = row("concentration", "X", 36, 50, actors="UKR", count_low=5e4, count_high=5e4)
    both = draw([*forces, other])
    assert share_of(both, colour, 12) == pytest.approx(share_of(one, colour, 12), rel=0.1)
    blue = share_of(both, [mix_with_base(UKRAINE, 0.75)], 12)
    assert blue == pytest.approx(share_of(one, colour, 12), rel=0.15)


def test_signs_of_one_place_stand_side_by_side(probe: Probe, tmp_path: Path) -> None:
    from layers_sample import make_frame, row

    rows = {kind: row(kind, "X", 36, 50, actors=side) for kind, side in (("strike", "RUS"), ("clash", "UKR"))}
    write_layers({kind: make_frame([one]) for kind, one in rows.items()}, tmp_path / "s.gpkg")
    picture = tmp_path / "signs.png"
    sources = [(f"{tmp_path / 's.gpkg'}|layername={kind}", kind) for kind in rows]
    probe(sources=sources, styles=True, pictures=[[str(picture), "", ""]], extent=[35, 49, 37, 51])
    pixels = read_picture(picture)
    columns = []
    for colour in (RUSSIA, UKRAINE):
        wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        columns.append(np.nonzero((np.abs(pixels - wanted) <= 12).all(axis=-1).any(axis=0))[0])
    first, second = sorted(columns, key=np.min)
    assert first.max() < second.min()


def test_the_foot_of_the_sheet_speaks_the_readers_language_and_keeps_what_is_given() -> None:
    from maps.files.options import DEFAULTS, WriteOptions
    from maps.qgis_layout import _tell_sources

    english, french = (_tell_sources(WriteOptions(language=tag)) for tag in ("en", "fr"))
    assert english == f"{DEFAULTS.attribution}. {DEFAULTS.licence}. {DEFAULTS.abstract}."
    assert "Lieux" in french
    assert "Claims" not in french
    assert "A survey of mine." in _tell_sources(WriteOptions(language="fr", abstract="A survey of mine"))
