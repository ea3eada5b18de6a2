"""The HTML page without a browser: bytes, links, policy, contents, packed columns."""

from __future__ import annotations

import base64
import gzip
import json
import re
import tomllib
from datetime import date
from hashlib import sha256
from html import unescape
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from folium.plugins import MarkerCluster
from hypothesis import given, settings
from hypothesis import strategies as st
from layers_sample import make_frame, many_strikes, row, sample_layers
from shapely.geometry import LineString, Point, Polygon

from geo.errors import DataError, InputError, OutputError, SchemaError
from maps.html import MapOptions, build_map, render_html, write_html
from maps.html.columns import build_columns, pack_bytes
from maps.html.features import (
    ShapeTable,
    clean_value,
    encode_geometry,
    read_bearing,
    read_course,
    read_day,
)
from maps.html.page import dump_json
from maps.html.view import find_limits, find_view
from maps.offline import read_inline_asset


@pytest.fixture(scope="module")
def html() -> str:
    return render_html(sample_layers(), MapOptions(title="A sample"))


def read_data(html: str) -> dict:
    found = re.search(r'<script type="application/json" id="fl-data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def find_nonce(html: str) -> str:
    found = re.search(r"script-src &#39;nonce-([\w-]{24})&#39;", html)
    assert found
    return found.group(1)


def test_same_input_gives_the_same_bytes(html: str) -> None:
    assert render_html(sample_layers(), MapOptions(title="A sample")) == html
    assert build_map(sample_layers(), MapOptions(title="A sample")).get_root().render() == html


def test_rendering_twice_gives_the_same_bytes() -> None:
    figure = build_map(sample_layers()).get_root()
    assert figure.render() == figure.render()


def test_other_words_give_another_nonce(html: str) -> None:
    assert find_nonce(html) != find_nonce(render_html(sample_layers(), MapOptions(title="Another")))


def test_links_nothing(html: str) -> None:
    assert not re.search(r"<(?:script|img|iframe)[^>]*\ssrc=", html)
    assert "<link" not in html
    assert not re.search(
        r"url\((?!['\"]?(?:data:|#))", re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    )


def test_every_script_that_runs_has_the_nonce(html: str) -> None:
    # Up to the body the tags are the renderer's; data blocks are typed and never run.
    tags = re.findall(r"<script[^>]*>", html)
    running = [tag for tag in tags if "type=" not in tag]
    assert len(running) >= 2
    assert all(f'nonce="{find_nonce(html)}"' in tag for tag in running)


def test_policy_lets_nothing_in(html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src &#39;none&#39;" in policy.group(1)
    assert "unsafe-eval" not in policy.group(1)
    assert "http" not in policy.group(1)


def read_policy(html: str) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert found
    return unescape(found.group(1))


def test_tiles_are_an_option_that_the_policy_names(html: str) -> None:
    with_tiles = render_html(sample_layers(), MapOptions(tiles=True))
    assert "img-src data: blob: https://tile.openstreetmap.org;" in read_policy(with_tiles)
    tiles = read_data(with_tiles)["tiles"]
    assert tiles["url"] == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert "openstreetmap.org/copyright" in tiles["credit"]
    assert read_data(html)["tiles"] is None
    assert "tile.openstreetmap" not in html


def test_other_tiles_are_named_with_their_credit() -> None:
    options = MapOptions(
        tile_url="https://{s}.tiles.example.org:8443/v1/{z}/{x}/{y}.png?k=1", tile_credit="A & <b>"
    )
    page = render_html(sample_layers(), options)
    assert "img-src data: blob: https://*.tiles.example.org:8443;" in read_policy(page)
    assert read_data(page)["tiles"]["credit"] == "A &amp; &lt;b&gt;"
    bare = render_html(sample_layers(), MapOptions(tile_url="https://tiles.example.org/{z}/{x}/{y}"))
    assert read_data(bare)["tiles"]["credit"] == "tiles.example.org"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.example/{z}/{x}.png", r"\{y\} is missing"), ("http://a.example/{z}/{x}/{y}", "only https"),
        ("ftp://a.example/{z}/{x}/{y}", "only https"), ("javascript:alert({z}{x}{y})", "is no host"),
        ("https://a.example; script-src */{z}/{x}/{y}", "is no host"), ("https://a b/{z}/{x}/{y}", "is no host"),
        ("https://a.example'/{z}/{x}/{y}", "is no host"), ("http://127.0.0.1.evil.example/{z}/{x}/{y}", "only https"),
        ("https:///{z}/{x}/{y}", "is no host"), ("https://user@a.example/{z}/{x}/{y}", "is no host"),
    ],
)  # fmt: skip
def test_templates_that_cannot_be_used_are_refused(url: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        render_html(sample_layers(), MapOptions(tile_url=url))


def test_a_link_without_an_asset_is_an_error() -> None:
    map_ = build_map(sample_layers())
    MarkerCluster().add_to(map_)
    with pytest.raises(OutputError, match="no vendored file"):
        map_.get_root().render()


def test_vendored_files_are_what_they_were() -> None:
    folder = files("maps.assets")
    table = tomllib.loads(folder.joinpath("ASSETS.toml").read_text("utf-8"))["asset"]
    for asset in table:
        assert sha256(folder.joinpath(asset["file"]).read_bytes()).hexdigest() == asset["sha256"]
        assert folder.joinpath(asset["licence_file"]).is_file()
    listed = {asset["file"] for asset in table} | {asset["licence_file"] for asset in table} | {"ASSETS.toml"}
    there = {entry.name for entry in folder.iterdir() if not entry.name.startswith("_")}
    assert there == listed


def test_inline_css_holds_its_pictures() -> None:
    css = read_inline_asset("https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.css")
    assert "url(data:image/png;base64," in css
    assert "images/" not in css


def test_a_map_needs_its_figure() -> None:
    from branca.element import Figure

    map_ = build_map(sample_layers())
    map_.add_to(Figure())
    with pytest.raises(OutputError, match="OfflineFigure"):
        map_.get_root().render()


def test_unknown_language_and_wrong_crs_are_told() -> None:
    with pytest.raises(DataError, match="'xx'"):
        render_html(sample_layers(), MapOptions(lang="xx"))
    layers = sample_layers()
    layers["strike"] = layers["strike"].to_crs(3857)
    with pytest.raises(SchemaError, match="strike: CRS is EPSG:3857"):
        render_html(layers)


def test_nothing_placed_is_still_a_page() -> None:
    html = render_html({"unplaced": sample_layers()["unplaced"]})
    assert read_data(html)["unplaced"][0]["written"] == "Nowhere-on-Sea"
    assert read_data(render_html({}))["items"] == []


def test_two_outlines_are_one_item(html: str) -> None:
    held = [item for item in read_data(html)["items"] if item["kind"] == "control" and item.get("schematic")]
    assert len(held) == 1
    assert held[0]["shape"] != held[0]["inner"]


def test_items_say_what_the_rows_say(html: str) -> None:
    item = next(item for item in read_data(html)["items"] if item["kind"] == "concentration")
    assert item["side"] == "RUS"
    assert item["actors"] == ["PRK", "RUS"]
    assert (item["low"], item["high"], item["unit"]) == (20000, 90000, "soldiers")
    assert item["from"] == date(2024, 11, 10).toordinal() - date(1970, 1, 1).toordinal()
    assert item["pattern"] == "solid"


def test_writes_a_whole_file(tmp_path: Path, html: str) -> None:
    write_html(sample_layers(), tmp_path / "map.html", MapOptions(title="A sample"))
    assert (tmp_path / "map.html").read_text("utf-8") == html
    with pytest.raises(OutputError):
        write_html(sample_layers(), tmp_path / "missing" / "map.html")


def test_few_stay_items_and_many_are_packed() -> None:
    assert read_data(render_html(many_strikes(30)))["columns"] is None
    data = read_data(render_html(many_strikes(30), MapOptions(compact_above=20)))
    assert data["items"] == []
    assert data["columns"]["count"] == 30


def test_packing_keeps_what_points_cannot_show() -> None:
    layers = sample_layers() | {"strike": many_strikes(50)["strike"]}
    data = read_data(render_html(layers, MapOptions(compact_above=20)))
    kept = {(item["layer"], data["shapes"][item["shape"]]["t"]) for item in data["items"]}
    assert kept == {("control", "A"), ("advance", "L"), ("front_line", "L"), ("front_band", "A")}
    assert data["columns"]["count"] == 50 + 2 + 2 + 2 + 1


def decode_columns(head: dict, content: bytes) -> dict[str, np.ndarray]:
    columns, at, n = {}, 0, head["count"]
    for name, size in head["layout"]:
        planes = np.frombuffer(content[at : at + n * size], dtype="u1").reshape(size, n)
        columns[name] = np.ascontiguousarray(planes.T).view(f"<u{size}").ravel()
        at += n * size
    return columns


def undo_steps(steps: np.ndarray) -> np.ndarray:
    values = steps.astype(np.int64)
    return np.cumsum((values >> 1) ^ -(values & 1))


def test_packed_columns_come_back() -> None:
    frame = many_strikes(500)["strike"]
    packed = build_columns(frame)
    columns = decode_columns(packed.head, gzip.decompress(base64.b64decode(packed.numbers)))
    quotes = gzip.decompress(base64.b64decode(packed.texts)).decode().split("\n")
    rows = frame.set_index("quote").loc[quotes]
    assert undo_steps(columns["lon"]) / packed.head["scale"] == pytest.approx(
        rows["lon"].to_numpy(), abs=6e-6
    )
    assert undo_steps(columns["lat"]) / packed.head["scale"] == pytest.approx(
        rows["lat"].to_numpy(), abs=6e-6
    )
    days = np.array([date.fromisoformat(day).toordinal() - 719163 for day in rows["date_start"]])
    assert (columns["from"].astype(int) - 1_000_000 == days).all()
    assert (columns["span"] == 0).all()
    assert (columns["low"] == rows["count_low"]).all()
    assert [packed.head["lists"]["place"][code] for code in columns["place"]] == list(rows["place"])
    assert [packed.head["lists"]["report"][code][1] for code in columns["report"]] == list(rows["publisher"])


def test_packed_columns_keep_open_ends_and_missing_numbers() -> None:
    rows = [
        row("strike", "A", 30, 50, date_start=None, date_end="2024-01-02", count_low=None, count_high=7.0),
        row("strike", "B", -70, -50, date_start="1969-12-31", date_end=None, count_low=3.0, count_high=None),
    ]
    packed = build_columns(make_frame(rows))
    columns = decode_columns(packed.head, gzip.decompress(base64.b64decode(packed.numbers)))
    order = [packed.head["lists"]["place"][code] for code in columns["place"]]
    a, b = order.index("A"), order.index("B")
    end = (columns["from"] + columns["span"]) & 0xFFFFFFFF
    assert (columns["from"][a], end[a]) == (0, 1_000_000 + 19724)
    assert (columns["from"][b], end[b]) == (1_000_000 - 1, 0)
    high = (columns["low"] + columns["more"]) & 0xFFFFFFFF
    assert (columns["low"][a], high[a]) == (0xFFFFFFFF, 7)
    assert (columns["low"][b], high[b]) == (3, 0xFFFFFFFF)


COURSE = "LINESTRING (37.75 48.14, 37.18 48.28)"


def test_courses_become_shapes_and_bearings_are_told() -> None:
    rows = [
        row("advance", "A", 37.18, 48.28, bearing_deg=290.04, course=COURSE, course_text="towards A"),
        row("advance", "B", 36, 48, bearing_deg=90.0), row("advance", "C", 36, 47),
    ]  # fmt: skip
    data = read_data(render_html({"advance": make_frame(rows)}))
    with_course, with_bearing, without = data["items"]
    assert data["shapes"][with_course["course"]] == encode_geometry(shapely.from_wkt(COURSE))
    assert with_course["bearing"] == 290
    assert with_course["course_text"] == "towards A"
    assert (with_bearing["bearing"], "course" in with_bearing) == (90, False)
    assert not {"bearing", "course"} & set(without)


@pytest.mark.parametrize(
    "text", [None, "", float("nan"), "POINT (1 2)", "LINESTRING (1 1, 1 1)", "LINESTRING (1 1, 400 1)", "<script>", 5]
)  # fmt: skip
def test_what_is_no_course_is_not_drawn(text: object) -> None:
    assert read_course(text) is None


@pytest.mark.parametrize(
    ("value", "bearing"), [(0.0, 0.0), (360.0, 0.0), (-90.0, 270.0), (None, None), (float("nan"), None), ("N", None)]
)  # fmt: skip
def test_bearings_are_degrees_or_unknown(value: object, bearing: float | None) -> None:
    assert read_bearing(value) == bearing


def test_packed_movements_keep_their_bearing() -> None:
    rows = [
        row("advance", str(i), 30 + i, 50, bearing_deg=bearing, course=COURSE if i == 0 else None)
        for i, bearing in enumerate((10.0, 0.0, 359.6, None))
    ]
    frame = make_frame(rows)
    packed = build_columns(frame)
    columns = decode_columns(packed.head, gzip.decompress(base64.b64decode(packed.numbers)))
    order = [int(packed.head["lists"]["place"][code]) for code in columns["place"]]
    assert [int(columns["bearing"][order.index(i)]) for i in range(4)] == [11, 1, 1, 0]
    data = read_data(render_html({"advance": frame}, MapOptions(compact_above=2)))
    assert [item["place"] for item in data["items"]] == ["0"]
    assert data["columns"]["count"] == 3


def test_packing_is_the_same_each_time() -> None:
    assert pack_bytes(b"words" * 100) == pack_bytes(b"words" * 100)


def decode_path(deltas: list[int]) -> list[tuple[float, float]]:
    points = np.cumsum(np.array(deltas).reshape(-1, 2), axis=0) / 1e5
    return [tuple(point) for point in points]


coordinates = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(coordinates, min_size=2, max_size=20))
@settings(max_examples=60)
def test_lines_survive_their_encoding(points: list[tuple[float, float]]) -> None:
    decoded = decode_path(encode_geometry(LineString(points))["p"][0])
    for point in decoded:
        assert min(abs(point[0] - x) + abs(point[1] - y) for x, y in points) < 1.1e-5
    assert decoded[0] == pytest.approx(points[0], abs=6e-6)


def test_shapes_are_kept_once() -> None:
    table = ShapeTable.empty()
    ring = Polygon([(0, 0), (1, 0), (1, 1)], [[(0.5, 0.2), (0.8, 0.2), (0.8, 0.4)]])
    assert [table.add(ring), table.add(Point(1, 2)), table.add(shapely.Polygon(ring))] == [0, 1, 0]
    assert [shape["t"] for shape in table.shapes] == ["A", "P"]
    assert len(table.shapes[0]["p"][0]) == 2


@given(st.text())
def test_json_of_any_words_stays_inside_its_element(text: str) -> None:
    cleaned = clean_value(text)
    dumped = dump_json({"text": cleaned})
    assert "<" not in dumped
    assert json.loads(dumped)["text"] == cleaned
    dumped.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (float("nan"), None),
        (3.0, 3),
        (2.5, 2.5),
        ("", None),
        (np.int64(4), 4),
        (True, True),
        ("a", "a"),
    ],
)
def test_cells_become_plain_values(value: object, expected: object) -> None:
    assert clean_value(value) == expected


@pytest.mark.parametrize("value", [date(2024, 11, 10), "2024-11-10", "2024-11-10T08:00:00+01:00"])
def test_days_are_read(value: object) -> None:
    assert read_day(value) == 20037


@pytest.mark.parametrize("value", [None, "", "soon", 5, float("nan"), pd.NaT])
def test_what_is_no_day_is_none(value: object) -> None:
    assert read_day(value) is None


def test_one_claim_far_from_the_rest_does_not_make_the_map_small() -> None:
    rows = [row("strike", str(i), 36 + i / 10, 50) for i in range(9)] + [row("strike", "far", -77, 38.9)]
    view = find_view({"strike": make_frame(rows)})
    west, south, east, north = view.box
    assert 30 < west < 36
    assert 36.8 < east < 40
    assert 45 < south < 50 < north < 55
    assert view.outside == 1
    assert view.whole[0] == pytest.approx(-77)


def test_the_first_view_holds_every_war() -> None:
    """Many claims in one war do not push a few in another off the map."""
    rows = [row("strike", str(i), 36 + i / 100, 49 + i / 100) for i in range(300)]
    rows += [
        row("strike", name, 29.2, lat) for name, lat in (("Goma", -1.67), ("Sake", -1.57), ("Bukavu", -2.49))
    ]
    view = find_view({"strike": make_frame(rows)})
    assert view.outside == 0
    assert view.box[0] <= 29.2
    assert view.box[1] <= -2.49
    assert view.box[3] >= 51.99


def test_a_few_claims_far_apart_are_all_shown() -> None:
    rows = [row("strike", str(lon), lon, 10) for lon in (-60, 0, 60, 120)]
    view = find_view({"strike": make_frame(rows)})
    assert view.box == view.whole == pytest.approx((-60, 9.44, 120, 10.56))


def test_a_continent_wide_area_is_seen_by_its_sign() -> None:
    wide = row("strike", "Land", 60, 55, geometry=Polygon([(20, 40), (180, 40), (180, 80), (20, 80)]))
    rows = [row("strike", str(i), 36 + i / 10, 50) for i in range(2)]
    view = find_view({"strike": make_frame([wide, *rows])})
    assert view.box == pytest.approx((36, 50, 60, 55))


def test_a_country_is_seen_by_its_sign_where_more_is_told() -> None:
    land = Polygon([(22, -13), (31, -13), (31, 5), (22, 5)])
    country = row("concentration", "the east", 28, -3, place_kind="country", where_prec=5, geometry=land)
    towns = [row("strike", name, 29, lat) for name, lat in (("Goma", -1.6), ("Bukavu", -2.5))]
    frames = {"concentration": make_frame([country]), "strike": make_frame(towns)}
    west, south, east, north = find_view(frames).box
    assert north - south < 2
    assert west < 28.1 < 28.9 < east
    assert find_view({"concentration": make_frame([country])}).box == pytest.approx((22, -13, 31, 5))


def test_limits_hold_the_view_and_stay_on_the_globe() -> None:
    for view in ((30, 46, 40, 52), (-179, -80, 179, 80), (0, 0, 1, 1)):
        west, south, east, north = find_limits(view)
        assert -180 <= west <= max(view[0], -180)
        assert view[2] <= east <= 180
        assert -84 <= south <= view[1]
        assert view[3] <= north <= 84
