"""Movements on the HTML map, in a real browser: arrows, signs that turn, signs that make room."""

from __future__ import annotations

import numpy as np
import pytest
from browser_tools import Page, browser_test
from layers_sample import make_frame, row
from shapely.geometry import Point

from maps.html import MapOptions, render_html

pytestmark = browser_test

APP = "const app = Frontline.app;"
COURSE = "LINESTRING (37.6 48.0, 37.0 48.0)"


@pytest.fixture(scope="module")
def moves() -> dict[str, object]:
    """Movements: along a course, to a bearing, and whose direction nobody tells."""
    rows = [
        row("advance", "Westward", 37.0, 48.0, bearing_deg=270.0, course=COURSE, course_text="from the east"),
        row("advance", "Feared", 36.0, 48.5, status="expected", bearing_deg=0.0,
            course="LINESTRING (36 48.2, 36 48.5)"),
        row("advance", "Turned", 36.0, 47.5, bearing_deg=135.0),
        row("advance", "Unknown", 38.0, 47.5),
        row("withdrawal", "Left", 38.5, 48.5, actors="UKR"),
    ]  # fmt: skip
    return {
        kind: make_frame([one for one in rows if one["kind"] == kind]) for kind in ("advance", "withdrawal")
    }


def test_arrows_follow_their_course(browser: Page, moves: dict) -> None:
    browser.size(1280, 800)
    browser.open(render_html(moves))
    box = browser.run(
        f"{APP} const arrow = app.arrows.find(a => a.getElement().getAttribute('aria-label').includes('Westward'));"
        "const ring = arrow._rings[0]; const tip = app.map.latLngToLayerPoint([48, 37]);"
        "return [Math.min(...ring.map(p => p.x)) - tip.x, Math.max(...ring.map(p => p.x)) - tip.x,"
        "Math.max(...ring.map(p => Math.abs(p.y - tip.y)))]"
    )
    assert box[0] == pytest.approx(0, abs=0.6)
    assert box[1] > 60
    assert box[2] < 15
    dashes = browser.run(
        "return ['solid', 'outline'].map(n => document.querySelector(`path.fl-arrow.fl-${n}`)"
        ".getAttribute('stroke-dasharray'))"
    )
    assert not dashes[0]
    assert dashes[1]
    # One arrow a course, and no sign beside it.
    assert browser.run(f"{APP} return app.arrows.length") == 2
    assert browser.run("return document.querySelectorAll('.fl-sign').length") == 3


def test_signs_turn_to_their_bearing_or_point_nowhere(browser: Page, moves: dict) -> None:
    browser.open(render_html(moves))
    found = browser.run(
        f"{APP} const of = (name) => document.querySelector(`.fl-sign[aria-label*=${{name}}]`);"
        "return ['Turned', 'Unknown', 'Left'].map(n => [of(n).querySelectorAll('circle').length,"
        "of(n).querySelector('path').getAttribute('transform'), of(n).querySelector('path').getAttribute('d') === "
        "app.style.signs[n === 'Left' ? 'withdrawal' : 'advance']])"
    )
    assert found[0] == [0, "rotate(135 12 12)", False]
    assert [one[::2] for one in found[1:]] == [[1, True], [1, True]]
    assert not any("rotate" in one[1] for one in found[1:])


def test_arrows_open_with_the_keyboard_and_tell_whereto(browser: Page, moves: dict) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open(render_html(moves))
    browser.run("document.querySelector('path.fl-arrow[aria-label*=Westward]').focus()")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    text = browser.wait("return document.querySelector('.fl-card')?.innerText")
    assert "to the west (270°)" in text
    assert "from the east" in text
    legend = browser.run("return document.querySelector('.fl-section-legend').innerText")
    assert "arrow: in the direction that is told" in legend
    assert "its direction is not told" in legend


def test_packed_movements_turn_too(browser: Page, moves: dict) -> None:
    """On tiles: a sign turned to its bearing, one that points nowhere, and arrows along courses."""
    browser.size(1280, 800)
    browser.open(render_html(moves, MapOptions(compact_above=2)))
    assert browser.run(f"{APP} return app.arrows.length") == 2
    inks = {}
    for name, lat, lon in (("turned", 47.5, 36.0), ("unknown", 47.5, 38.0)):
        browser.run(f"{APP} app.map.setView([{lat}, {lon}], 11, {{animate: false}})")
        browser.wait(
            "const t = [...document.querySelectorAll('canvas.fl-tile')];"
            "return t.length > 3 && t.every(n => getComputedStyle(n).opacity === '1')"
        )
        browser.run("for (const n of document.querySelectorAll('.leaflet-names-pane')) n.hidden = true")
        centre = browser.run(
            "const b = document.querySelector('.fl-map').getBoundingClientRect();"
            "return [b.left + b.width / 2, b.top + b.height / 2]"
        )
        x, y = (round(value) for value in centre)
        picture = browser.picture()[y - 9 : y + 10, x - 9 : x + 10].astype(int)
        inks[name] = np.abs(picture - [0xD5, 0x5E, 0x00]).sum(axis=2) < 90
    for name, towards in (("unknown", 1.0), ("turned", 1.7)):
        ys, xs = np.nonzero(inks[name])
        assert len(ys) > 30
        # Seen from the middle of what it covers, how much lies to the south-east for each that lies north-west.
        lean = (ys - (ys.min() + ys.max()) / 2) + (xs - (xs.min() + xs.max()) / 2)
        assert (lean > 1).sum() / (lean < -1).sum() == pytest.approx(towards, abs=0.3)


def test_signs_of_near_places_do_not_hide_each_other(browser: Page) -> None:
    kinds = ("strike", "clash", "advance", "withdrawal", "control")
    rows = [
        row(kinds[i % 5], f"P{i}", 37 + 0.11 * (i % 7), 48 + 0.09 * (i // 7), actors=("RUS", "UKR")[i % 2])
        for i in range(35)
    ]
    layers = {kind: make_frame([one for one in rows if one["kind"] == kind]) for kind in kinds}
    browser.size(1280, 800)
    browser.open(render_html(layers))
    for zoom in (6, 7.5, 9):
        browser.run(f"{APP} app.map.setView([48.2, 37.3], {zoom}, {{animate: false}})")
        boxes = browser.run(
            "return [...document.querySelectorAll('.fl-sign')].map(n => n.getBoundingClientRect()).map(b => [b.left, b.top])"
        )
        assert len(boxes) > 3
        near = [
            (a, b)
            for i, a in enumerate(boxes)
            for b in boxes[:i]
            if abs(a[0] - b[0]) < 14 and abs(a[1] - b[1]) < 14
        ]
        assert near == []


def test_no_sign_hides_a_figure_of_forces(browser: Page) -> None:
    """The sign stands where the figure usually does: below its circle."""
    region = {"place_kind": "region", "geo_precision": 3, "actors": "RUS"}
    forces = row("concentration", "Region", 36.0, 50.5, count_low=5e4, count_high=6e4, **region)
    rows = [row("clash", str(i), 36.0 + i / 50, 50.13) for i in range(-4, 5)]
    browser.open(render_html({"concentration": make_frame([forces]), "clash": make_frame(rows)}))
    browser.run(f"{APP} app.map.setView([50.2, 36], 7, {{animate: false}})")
    hidden = browser.run(
        "const box = (node) => node.getBoundingClientRect(); const figure = box(document.querySelector('.fl-figure'));"
        "return [...document.querySelectorAll('.fl-sign-clash')].map(box).filter(sign => sign.left < figure.right - 1"
        " && sign.right > figure.left + 1 && sign.top < figure.bottom - 1 && sign.bottom > figure.top + 1).length"
    )
    below = browser.run(
        "const box = (node) => node.getBoundingClientRect(); const circle = box(document.querySelector('.fl-sign-concentration svg'));"
        "return [...document.querySelectorAll('.fl-sign-clash')].map(box).some(sign => sign.left < circle.right"
        " && sign.right > circle.left && sign.top < circle.bottom + 16 && sign.bottom > circle.bottom)"
    )
    assert below
    assert hidden == 0


def test_the_legend_tells_of_schematic_zones_only_where_there_is_one(browser: Page) -> None:
    area = Point(36, 50).buffer(0.5)
    told = []
    for kind in ("clash", "control"):
        claim = row(kind, "X", 36, 50, schematic=1, geometry=area, place_kind="area", control_status="stated")
        browser.open(render_html({kind: make_frame([claim])}))
        told.append(
            "schematic" in browser.run("return document.querySelector('.fl-section-legend').textContent")
        )
    assert told == [False, True]


def test_joined_signs_are_named_after_the_place_most_is_told_of(browser: Page) -> None:
    rows = [row("clash", "Large", 36.0, 50.0, report=f"r{i}") for i in range(3)]
    rows += [row("strike", "Small", 36.02, 50.0), row("strike", "Alone", 39.0, 50.0)]
    region = row("clash", "Region", 36.01, 50.0, place_kind="region", geo_precision=3)
    frames = {
        kind: make_frame([one for one in [*rows, region] if one["kind"] == kind])
        for kind in ("clash", "strike")
    }
    browser.open(render_html(frames))
    browser.run(f"{APP} app.map.setView([50, 37.5], 6, {{animate: false}})")
    names = browser.run(f"{APP} return app.stacks.map(stack => [stack.name, stack.text])")
    assert sorted(names) == [["Alone", "Alone"], ["Large", "Large +1"]]
    label = browser.run("return document.querySelector('.fl-sign-clash').getAttribute('aria-label')")
    assert "Large +1" in label, "a screen reader hears that there is more than one place"


def test_a_name_at_the_lower_edge_stands_beside_its_sign(browser: Page) -> None:
    browser.size(1280, 800)
    browser.open(render_html({"strike": make_frame([row("strike", "Edgetown", 36.0, 50.0)])}))
    spots = browser.run(
        f"{APP} const said = []; const write = CanvasRenderingContext2D.prototype.fillText;"
        "CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {"
        "  if (text === 'Edgetown') said.push(y); return write.apply(this, arguments); };"
        "const size = app.map.getSize(); const spots = [];"
        "for (const up of [200, 14]) { said.length = 0; app.map.setView([50, 36], 8, {animate: false});"
        "  app.map.panBy([0, -(size.y / 2 - up)], {animate: false}); app.names.repaint();"
        "  const sign = app.map.latLngToLayerPoint([50, 36]).y - app.names._bounds.min.y;"
        "  spots.push(said.at(-1) - sign); }"
        "CanvasRenderingContext2D.prototype.fillText = write; return spots"
    )
    assert spots[0] > 10, "below where there is room"
    assert abs(spots[1]) < 10, "beside at the edge"
