"""Many points on the HTML map, in a real browser."""

from __future__ import annotations

import pytest
from browser_tools import Page, browser_test
from layers_sample import make_frame, many_strikes, row

from maps.html import render_html

pytestmark = browser_test

APP = "const app = Frontline.app;"


def test_many_points_are_packed_and_found(browser: Page, many: str) -> None:
    browser.size(1280, 800)
    browser.open(many)
    assert browser.run(f"{APP} return app.model.columns.count") == 20_000
    assert browser.run("return document.querySelectorAll('.fl-sign').length") == 0
    assert browser.run("return document.querySelectorAll('canvas.fl-tile').length") > 0
    row = browser.run(f"{APP} return app.model.columns.detail(0)")
    frame = many_strikes(20_000)["strike"]
    there = frame[(frame["quote"] == row["quote"])].iloc[0]
    assert (row["lon"], row["lat"]) == pytest.approx((there["lon"], there["lat"]), abs=1e-5)
    assert (row["low"], row["unit"], row["place"], row["publisher"]) == (
        there["count_low"], there["count_unit"], there["place"], there["publisher"]
    )  # fmt: skip
    assert browser.console() == []


def test_many_points_are_filtered_and_searched(browser: Page, many: str) -> None:
    browser.size(1280, 800)
    browser.open(many)
    frame = many_strikes(20_000)["strike"]
    browser.run(f"{APP} app.setDay(19700)")
    on_day = int((frame["date_start"] == "2023-12-09").sum())
    assert browser.run(f"{APP} return app.model.columns.total") == on_day
    browser.run(f"{APP} app.setDay(null)")
    browser.run(
        "const f = document.querySelector('.fl-search'); f.focus(); f.value = 'missiles 17;';"
        "f.dispatchEvent(new Event('input'))"
    )
    expected = sum("missiles" in quote and "17;" in quote for quote in frame["quote"])
    browser.wait(f"{APP} return app.model.columns.total === {expected}")


def test_a_click_on_many_points_tells_them(browser: Page, many: str) -> None:
    browser.size(1280, 800)
    browser.open(many)
    browser.run(
        f"{APP} const d = app.model.columns.brief(5000); app.map.setView([d.lat, d.lon], 12, {{animate: false}});"
        "app.map.fire('click', {latlng: L.latLng(d.lat, d.lon)})"
    )
    assert "Officials said" in browser.wait("return document.querySelector('.fl-card')?.innerText")


def test_the_index_of_many_points_finds_what_lies_in_a_box(browser: Page, many: str) -> None:
    browser.open(many)
    wrong = browser.run(
        f"""{APP}
        const {{ x, y, index, count }} = app.model.columns;
        const boxes = [[0, 0, 1, 1], [0.6, 0.34, 0.6001, 0.3401], [0.59, 0.33, 0.61, 0.35], [0.9, 0.9, 0.95, 0.95],
          [x[7], y[7], x[7], y[7]], [0.55, 0.3, 0.6, 0.34]];
        return boxes.filter(([l, t, r, b]) => {{
          const wanted = [];
          for (let i = 0; i < count; i += 1) if (x[i] >= l && x[i] <= r && y[i] >= t && y[i] <= b) wanted.push(i);
          const found = index.range(l, t, r, b).sort((a, c) => a - c);
          return found.length !== wanted.length || found.some((n, k) => n !== wanted[k]);
        }}).concat(index.within(x[3], y[3], 1e-9).includes(3) ? [] : ["within"]);
        """
    )
    assert wrong == []


def test_many_points_are_counted_by_what_they_say(browser: Page, many: str) -> None:
    browser.open(many)
    frame = many_strikes(20_000)["strike"]
    counted = browser.run(
        f"{APP} const of = (field) => {{ const m = new Map(); app.model.columns.countBy(field, m); return [...m]; }};"
        "return ['side', 'publisher', 'kind', 'status', 'pattern', 'layer'].map(of)"
    )
    side, publisher, kind, status, pattern, layer = (dict(pairs) for pairs in counted)
    assert side == frame["actors"].value_counts().to_dict()
    assert publisher == frame["publisher"].value_counts().to_dict()
    assert kind == layer == {"strike": 20_000}
    assert status == {"reported": 20_000}
    assert pattern == {"solid": 20_000}


def test_what_lies_far_off_is_told_and_shown_when_asked(browser: Page) -> None:
    rows = [row("strike", f"P{i}", 36 + i / 10, 50) for i in range(9)] + [row("strike", "Far", -77, 38.9)]
    browser.size(1280, 800)
    browser.open(render_html({"strike": make_frame(rows)}))
    holds = (
        f"{APP} return app.map.getBounds().contains([38.9, -77]) && app.map.getBounds().contains([50, 36.8])"
    )
    assert not browser.run(holds)
    assert browser.run("return document.querySelector('.fl-far').innerText") == "1 far off: show it too"
    browser.run("document.querySelector('.fl-far').click()")
    assert browser.run(holds)


def test_a_crowd_of_signs_is_summed_up_and_parted_by_zooming(browser: Page) -> None:
    sides = ("RUS", "UKR", "ISR", "SDN", "AZE", "TUR", "SYR")
    rows = [
        row(kind, f"P{i}", 37 + 0.02 * i, 48, actors=side)
        for i, (kind, side) in enumerate((k, s) for k in ("strike", "clash", "control") for s in sides)
    ]
    layers = {
        kind: make_frame([one for one in rows if one["kind"] == kind])
        for kind in ("strike", "clash", "control")
    }
    browser.size(1280, 800)
    browser.open(render_html(layers))
    mixed = (
        "return [...document.querySelectorAll('.fl-sign.fl-mixed')].map(n => n.getAttribute('aria-label'))"
    )
    legend = "return document.querySelector('.fl-section-legend').innerText.includes('black sign')"
    browser.run(f"{APP} app.map.setView([48, 37.2], 5, {{animate: false}})")
    assert sorted(browser.run(mixed)) == [
        "Controlled zones, 7 claims",
        "Fighting, 7 claims",
        "Strikes, 7 claims",
    ]
    assert browser.run(legend)
    browser.run("document.querySelector('.fl-sign.fl-mixed').click()")
    assert "1 / 7" in browser.wait("return document.querySelector('.fl-pager')?.innerText")
    browser.run(f"{APP} app.map.setView([48, 37.2], 12, {{animate: false}})")
    assert browser.run(mixed) == []
    assert not browser.run(legend)
