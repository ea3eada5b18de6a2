"""Still pictures of the map: formats, bytes, what is drawn, and that nothing runs out of the panel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from layers_sample import make_frame, many_strikes, row, sample_layers
from PIL import Image

from geo.errors import OutputError
from maps.html import MapOptions
from maps.picture import draw_picture
from maps.picture_canvas import project, unproject
from maps.picture_figures import Circle, share_area, write_figures
from maps.picture_legend import round_down
from maps.picture_signs import arrow_rings, stretch_arrow
from maps.picture_stacks import _name_stack


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray:
    path = tmp_path_factory.mktemp("picture") / "map.png"
    draw_picture(sample_layers(), path, MapOptions(title="A sample"))
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def share(picture: np.ndarray, colour: str, within: int = 30) -> float:
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    return float((np.abs(picture - wanted).sum(axis=2) < within).mean())


def test_picture_has_its_size_and_its_colours(picture: np.ndarray) -> None:
    assert picture.shape == (1200, 1920, 3)
    assert share(picture, "#f4f1ea") > 0.3
    assert share(picture, "#d3e3ea") > 0.01
    assert share(picture, "#0072B2") > 0.0005
    assert share(picture, "#D55E00") > 0.001


def test_claimed_zone_is_hatched(picture: np.ndarray) -> None:
    """Inside the zone lines of the side's colour and light ground alternate."""
    map_ = picture[:, 520:]
    strong = np.abs(map_ - [0xD5, 0x5E, 0x00]).sum(axis=2) < 60
    rows = [row for row in range(900, 1050) if strong[row].sum() > 8]
    changes = [int(np.abs(np.diff(strong[row].astype(int))).sum()) for row in rows]
    assert max(changes) >= 10


def test_arrows_follow_their_course_and_unknown_movements_point_nowhere(tmp_path: Path) -> None:
    rows = [
        row("advance", "A", 37.0, 48.0, bearing_deg=270.0, course="LINESTRING (38 48, 37 48)"),
        row("advance", "B", 37.5, 48.4),
    ]
    draw_picture({"advance": make_frame(rows)}, tmp_path / "map.png")
    map_ = np.asarray(Image.open(tmp_path / "map.png").convert("RGB")).astype(int)[:, 520:]
    strong = np.abs(map_ - [0xD5, 0x5E, 0x00]).sum(axis=2) < 60
    upper, lower = strong[:600], strong[600:]
    # The arrow: long, and thicker at its western end.
    columns = np.flatnonzero(lower.any(axis=0))
    assert np.ptp(columns) > 400
    thick = lower.sum(axis=0)
    assert thick[columns[:60]].max() > 2 * thick[columns[-60:]].max()
    ys, xs = np.nonzero(upper)
    sign = upper[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    size = min(sign.shape)
    square = sign[:size, :size]
    assert abs(sign.shape[0] - sign.shape[1]) <= 2
    assert (square == np.rot90(square)).mean() > 0.85


def test_circles_of_one_place_are_one(tmp_path: Path) -> None:
    """Four tellings of one side's number in one place are one circle, not four side by side."""
    shares = []
    for count in (1, 4):
        rows = [
            row("concentration", "A", 37.0, 48.0, count_low=5000.0, count_high=5000.0, report=f"r{i}")
            for i in range(count)
        ]
        draw_picture({"concentration": make_frame(rows)}, tmp_path / "map.png")
        shares.append(
            share(
                np.asarray(Image.open(tmp_path / "map.png").convert("RGB")).astype(int)[:, 520:],
                "#DE8D4C",
                90,
            )
        )
    assert shares[0] > 0.001
    assert shares[1] == pytest.approx(shares[0], rel=0.05)


def test_map_stays_out_of_the_panel(picture: np.ndarray) -> None:
    panel = picture[:, :500]
    assert share(panel, "#fdfcfa", 12) > 0.75
    assert share(panel, "#d3e3ea", 8) < 0.001
    # Nothing is written at the lower edge: the panel fits.
    assert share(panel[-8:], "#fdfcfa", 12) > 0.99


@pytest.mark.parametrize(("suffix", "head"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_same_input_gives_the_same_bytes(tmp_path: Path, suffix: str, head: bytes) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        draw_picture(sample_layers(), path, MapOptions(title="A sample", lang="fr"))
    first, second = (path.read_bytes() for path in paths)
    assert first.startswith(head)
    assert first == second


def test_other_suffixes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"'.*map.gif'.*\.png"):
        draw_picture(sample_layers(), tmp_path / "map.gif")


@pytest.mark.parametrize("lang", ["uk", "ru", "de"])
def test_long_words_still_fit(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "map.png"
    title = "A very long title of a map that somebody wrote without thinking of the room there is " * 2
    draw_picture(sample_layers(), path, MapOptions(title=title, lang=lang))
    panel = np.asarray(Image.open(path).convert("RGB"))[-8:, :500].astype(int)
    assert share(panel, "#fdfcfa", 12) > 0.99


def test_many_points_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    draw_picture(many_strikes(3000), path)
    picture = np.asarray(Image.open(path).convert("RGB")).astype(int)
    assert share(picture, "#D55E00", 200) > 0.002


def test_nothing_placed_is_still_a_picture(tmp_path: Path) -> None:
    draw_picture({"unplaced": sample_layers()["unplaced"]}, tmp_path / "map.png")
    assert (tmp_path / "map.png").stat().st_size > 10_000


def test_projection_comes_back() -> None:
    for lon, lat in ((0, 0), (36.6, 51.7), (-70, -33), (179, 84)):
        assert unproject(*project(lon, lat)) == pytest.approx((lon, lat))


def test_arrow_ends_at_its_tip_and_a_withdrawal_is_broken() -> None:
    line = np.array([[0.0, 0.0], [100.0, 0.0]])
    (whole,) = arrow_rings(line, broken=False)
    assert whole[:, 0].max() == pytest.approx(100)
    assert whole[:, 0].min() == pytest.approx(0)
    assert whole[:, 1].max() == pytest.approx(-whole[:, 1].min())
    assert len(arrow_rings(line, broken=True)) > 3
    dot = np.array([[0.0, 0.0], [1.0, 0.0]])
    (short,) = arrow_rings(stretch_arrow(dot, 1.0, broken=False), broken=False)
    assert np.ptp(short[:, 0]) > 25


def test_a_short_arrow_keeps_the_end_that_is_its_place() -> None:
    dot = np.array([[5.0, 5.0], [6.0, 5.0]])
    assert stretch_arrow(dot, 2.0, broken=False)[1].tolist() == [6.0, 5.0]
    assert stretch_arrow(dot, 2.0, broken=True)[0].tolist() == [5.0, 5.0]
    assert np.ptp(stretch_arrow(dot, 2.0, broken=True)[:, 0]) > 50


@pytest.mark.parametrize(
    ("value", "expected"), [(90000, 50000), (1, 1), (0.3, 1), (250, 200), (10, 10), (999, 500)]
)
def test_scales_use_round_numbers(value: float, expected: float) -> None:
    assert round_down(value) == expected


def test_a_picture_needs_no_folium() -> None:
    """Folium compiles dozens of templates when it is imported: a picture does not wait for that."""
    code = "import sys, maps.picture; from maps.html import MapOptions; print('folium' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_no_line_of_the_panel_begins_with_a_colon() -> None:
    from maps.picture_legend import _GLUED

    told = _GLUED.sub("\N{NO-BREAK SPACE}", "tirets : lignes « de fait » 1er – 10 mai")
    assert told.split(" ") == [
        "tirets\N{NO-BREAK SPACE}:",
        "lignes",
        "«\N{NO-BREAK SPACE}de",
        "fait\N{NO-BREAK SPACE}»",
        "1er\N{NO-BREAK SPACE}–",
        "10",
        "mai",
    ]


def test_the_legend_explains_what_stands_in_the_frame() -> None:
    from maps.picture import _list_seen
    from maps.picture_canvas import Frame

    frame = Frame(left=30, right=40, bottom=55, top=65, pixel=0.01)
    near, far = ({"layer": "strike", "lon": lon, "lat": lat} for lon, lat in ((35.0, 50.0), (24.9, 12.0)))
    line = {"layer": "front_line", "lon": 24.9, "lat": 12.0}
    assert _list_seen([near, far, line], frame) == [near, line]


def test_a_figure_goes_where_no_sign_hides_it() -> None:
    written: list[tuple[float, float, str]] = []
    letters = SimpleNamespace(
        measure=lambda words, _look: 8.0 * len(words),
        write=lambda x, y, words, _look, **_how: written.append((x, y, words)),
    )
    canvas = SimpleNamespace(letters=letters, frame=SimpleNamespace(pixel=0.5))
    circle = Circle(x=100.0, y=50.0, radius=20.0, figure="5 000")
    below = (80.0, 30.0, 120.0, 40.0)
    boxes = [write_figures(canvas, [circle], signs)[0] for signs in ([], [below])]  # type: ignore[arg-type]
    assert written[0][1] < 50 < written[1][1]
    assert share_area(boxes[0], below) > 0
    assert share_area(boxes[1], below) == 0
    # Two circles side by side: neither's figure stands on the other.
    beside = Circle(x=112.0, y=50.0, radius=6.0, figure="12 000 000")
    first, second = write_figures(canvas, [circle, beside], [])  # type: ignore[arg-type]
    assert share_area(first, second) == 0


def test_joined_places_are_named_by_the_one_most_is_told_of() -> None:
    told: list[str] = []
    frame = SimpleNamespace(holds=lambda *_at: True)
    canvas = SimpleNamespace(
        frame=frame, named=set(), place_text=lambda text, *_rest, **_how: told.append(text) or True
    )
    items = [{"place": name, "place_kind": "settlement"} for name in ("Small", "Large", "Large")]
    _name_stack(canvas, [*items, {"place": "Region", "place_kind": "region"}], (0, 0), (1, 1), [])  # type: ignore[arg-type]
    assert told == ["Large +1"]
    long = [{"place": "Llanfairpwllgwyngyll" * 9, "place_kind": "settlement"}]
    _name_stack(canvas, long, (0, 0), (1, 1), [])  # type: ignore[arg-type]
    assert len(told[-1]) == 44
    assert told[-1].endswith("…")
    assert "Large" in canvas.named
