"""The HTML map in a real browser with the network off: every function that a reader uses."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from browser_tools import Page, browser_test
from layers_sample import sample_layers
from PIL import Image

from maps.html import MapOptions, render_html

pytestmark = browser_test

APP = "const app = Frontline.app;"


def shown(page: Page) -> list[str]:
    return page.run(
        f"{APP} return shownNow(); function shownNow() {{ return app.shown.map(item => item.kind); }}"
    )


def test_asks_nobody_and_says_nothing_wrong(page: Page) -> None:
    page.run(f"{APP} app.map.zoomIn(2)")
    page.wait("return !Frontline.app.map._animatingZoom")
    assert page.requests() == []
    assert page.console() == []


def test_is_ready_within_a_second(browser: Page, html: str) -> None:
    assert min(browser.open(html) for _ in range(3)) < 1000
    assert len(html.encode()) < 1_200_000


def test_draws_the_base_map_under_everything(page: Page) -> None:
    levels = page.run(
        "return ['base', 'overlay', 'names', 'marker'].map(name => +getComputedStyle("
        "document.querySelector(`.leaflet-${name}-pane`)).zIndex)"
    )
    assert levels == sorted(levels)
    painted = page.run(
        "const c = document.querySelector('.leaflet-base-pane canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; const seen = new Set();"
        "for (let i = 0; i < d.length; i += 4004) seen.add(`${d[i]},${d[i + 1]},${d[i + 2]}`); return [...seen]"
    )
    assert "244,241,234" in painted
    assert "211,227,234" in painted


def test_claimed_zone_is_hatched_and_assessed_is_not(page: Page) -> None:
    page.run(f"{APP} app.map.setView([48.6, 38.6], 9, {{animate: false}})")
    page.run(
        "for (const p of document.querySelectorAll('.leaflet-marker-pane, .leaflet-names-pane')) p.hidden = true"
    )
    page.wait("return document.querySelector('path.fl-hatched')")
    picture = page.picture()[250:450, 700:900].astype(int)
    orange = (np.abs(picture - [0xD5, 0x5E, 0x00]).sum(axis=2) < 120).mean()
    light = (picture.min(axis=2) > 190).mean()
    assert 0.05 < orange < 0.6
    assert light > 0.2
    fills = page.run(
        "return [...document.querySelectorAll('path.fl-solid.fl-inner')].map(p => p.getAttribute('fill'))"
    )
    assert fills == ["#0072B2"]


def test_zone_of_stated_size_has_two_outlines(page: Page) -> None:
    dashes = page.run(
        "return ['outer', 'inner'].map(n => document.querySelector(`path.fl-${n}`).getAttribute('stroke-dasharray'))"
    )
    assert dashes[0]
    assert not dashes[1]


def test_strikes_on_one_place_stack(page: Page) -> None:
    boxes = page.run(
        "return [...document.querySelectorAll('.fl-sign-strike')].filter(n => n.getAttribute('aria-label')"
        ".includes('Kyiv')).map(n => { const b = n.getBoundingClientRect(); return [b.left, b.right]; })"
    )
    boxes.sort()
    assert len(boxes) == 2
    assert boxes[0][1] <= boxes[1][0] + 3
    assert page.run("return document.querySelector('.fl-sign-strike .fl-badge').textContent") == "3"


def test_who_holds_a_zone_stands_in_it(page: Page) -> None:
    labels = page.run("return Frontline.zoneLabels(Frontline.app)")
    assert {label["name"] for label in labels} == {"held by Russia", "held by Ukraine"}
    assert all(label["wide"] > 0 for label in labels)


def test_places_that_are_only_named_are_not_filled(page: Page) -> None:
    """A country that a report names is not painted in the colour of who struck it."""
    fills = page.run(
        "return [...document.querySelectorAll('path.fl-place')].map(n => n.getAttribute('fill-opacity'))"
    )
    assert fills
    assert set(fills) == {"0"}


def test_every_sign_has_a_name(page: Page) -> None:
    names = page.run(
        "return [...document.querySelectorAll('.fl-sign')].map(n => n.getAttribute('aria-label'))"
    )
    assert names
    assert all(names)
    assert any("Strike" in name and "Kyiv" in name for name in names)


def test_card_tells_all(page: Page) -> None:
    page.run(f"{APP} return app.goTo(app.model.items.findIndex(i => i.kind === 'concentration'))")
    text = page.wait("return document.querySelector('.fl-card')?.innerText")
    for words in ("Concentration of forces", "reported", "Kursk region", "North Korea, Russia", "20,000–90,000 soldiers",
                  "no exact place", "a US official", "10 November 2024", "Harbour Wire"):  # fmt: skip
        assert words in text
    link = page.run("const a = document.querySelector('.fl-card footer a'); return [a.href, a.rel]")
    assert link == ["https://example.org/r1", "noopener noreferrer"]


def test_quote_marks_the_place(page: Page) -> None:
    page.run(f"{APP} return app.goTo(app.model.items.findIndex(i => i.place === 'Kyiv'))")
    assert page.wait("return document.querySelector('.fl-card mark')?.textContent") == "Kyiv"


def test_sign_opens_with_the_keyboard(page: Page) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    sign = page.driver.find_element(By.CSS_SELECTOR, ".fl-sign-strike[aria-label*=Kyiv]")
    page.run("arguments[0].focus()", sign)
    page.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert "1 / 3 on this place" in page.wait("return document.querySelector('.fl-pager')?.innerText")
    page.run("document.querySelector('.fl-pager button:last-child').click()")
    assert "2 / 3" in page.run("return document.querySelector('.fl-pager').innerText")


def test_layers_can_be_hidden(page: Page) -> None:
    assert "strike" in shown(page)
    page.run(
        "[...document.querySelectorAll('.fl-section-layers label')].find(n => n.innerText.includes('Strikes')).click()"
    )
    assert "strike" not in shown(page)
    assert page.run("return document.querySelectorAll('.fl-sign-strike').length") == 0


def test_filters_by_side_status_and_source(page: Page) -> None:
    page.run("document.querySelector('.fl-section-filters').open = true")
    for name, left in (("Ukraine", "side !== 'UKR'"), ("denied", "status !== 'denied'"), ("Harbour", "publisher !== 'Harbour Wire'")):  # fmt: skip
        page.run(
            "[...document.querySelectorAll('.fl-section-filters label')].find(n => n.innerText.includes(arguments[0]))"
            ".click()", name
        )  # fmt: skip
        assert page.run(f"{APP} return app.shown.filter(i => !i.is_line).every(i => i.{left})")
    page.run("document.querySelector('.fl-quiet').click()")
    assert len(shown(page)) == page.run(f"{APP} return app.model.items.length")


def test_time_shows_one_day(page: Page) -> None:
    page.run("document.querySelector('.fl-all').click()")
    page.run(
        "const r = document.querySelector('.fl-range'); r.value = Date.UTC(2024, 10, 9) / 864e5;"
        "r.dispatchEvent(new Event('input'))"
    )
    assert page.run("return document.querySelector('.fl-day').textContent") == "9 November 2024"
    kinds = page.run(f"{APP} return app.shown.filter(i => i.from === i.to).map(i => i.from)")
    assert set(kinds) == {20036}
    # The zone held since August is there, the front line of the tenth is not yet.
    assert page.run(f"{APP} return app.shown.some(i => i.kind === 'control' && i.schematic)")
    assert not page.run(f"{APP} return app.shown.some(i => i.is_line)")
    page.run("document.querySelector('[aria-label=\"One step on\"]').click()")
    assert page.run("return document.querySelector('.fl-day').textContent") == "10 November 2024"
    assert page.run(f"{APP} return app.shown.some(i => i.is_line)")


def test_time_plays_and_pauses(page: Page) -> None:
    page.run("document.querySelector('.fl-play').click()")
    first = page.run(f"{APP} return app.model.state.day")
    page.wait(f"{APP} return app.model.state.day > {first}")
    page.run("document.querySelector('.fl-play').click()")
    assert page.run("return document.querySelector('.fl-play').getAttribute('aria-label')") == "Play"


def test_histogram_counts_days(page: Page) -> None:
    counts = page.run(f"{APP} return [...app.countDays()]")
    assert len(counts) == 101
    assert max(counts) == counts[96]  # 10 November: most happens
    assert page.run("return document.querySelectorAll('.fl-bars rect').length") <= 101


def test_search_finds_words_and_places(page: Page) -> None:
    page.run(
        "const f = document.querySelector('.fl-search'); f.focus(); f.value = 'avdiivka pushed';"
        "f.dispatchEvent(new Event('input'))"
    )
    page.wait(f"{APP} return app.shown.filter(i => !i.is_line).length === 1")
    assert page.run("return document.querySelectorAll('.fl-claims .fl-claim').length") == 1
    page.run(
        "const f = document.querySelector('.fl-search'); f.value = 'Pol'; f.dispatchEvent(new Event('input'))"
    )
    assert "Poltava" in page.wait("return document.querySelector('.fl-results').innerText")


def test_link_keeps_view_and_filters(page: Page, html: str) -> None:
    page.run(f"{APP} app.map.setView([49.5, 37.25], 8, {{animate: false}})")
    page.run("[...document.querySelectorAll('.fl-section-layers label')].at(-1).click()")
    page.run(f"{APP} app.setDay(20035)")
    fragment = page.wait("return location.hash.includes('day=') && location.hash")
    page.open(html, fragment=fragment, name="linked.html")
    view = page.run(f"{APP} return [app.map.getZoom(), app.map.getCenter().lat, app.map.getCenter().lng]")
    assert view == pytest.approx([8, 49.5, 37.25], abs=0.01)
    assert page.run(f"{APP} return [app.model.state.day, [...app.model.state.layers]]") == [20035, ["clash"]]
    assert page.run("return document.querySelector('.fl-day').textContent") == "8 November 2024"


def test_hostile_fragment_is_ignored(browser: Page, html: str) -> None:
    browser.open(html, fragment="#map=a/b/c&day=never&off=%3Cimg%20src=x%20onerror=window.__x=1%3E&q=%3Cb%3E")
    assert not browser.run("return window.__x")
    assert browser.console() == []


def test_panel_names_what_was_not_placed_and_the_sources(page: Page) -> None:
    text = page.run(
        "for (const d of document.querySelectorAll('details')) d.open = true; return document.body.innerText"
    )
    for words in ("Nowhere-on-Sea", "the gazetteer knows no place", "Harbour Wire", "Le Courrier du Port", "Crimea in Ukraine",
                  "claimed by one side", "expected", "denied", "schematic", "front line, as of 10 November 2024"):  # fmt: skip
        assert words in text


def test_legend_tells_only_what_is_there(browser: Page) -> None:
    layers = {"strike": sample_layers()["strike"].iloc[1:2]}
    browser.open(render_html(layers, MapOptions(title="One")))
    text = browser.run("return document.querySelector('.fl-section-legend').innerText")
    assert "schematic" not in text
    assert "claimed by" not in text
    assert browser.run("return document.querySelector('.fl-scale')") is None


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (844, 390), (1920, 1080)])
def test_nothing_overlaps_and_nothing_runs_out(browser: Page, html: str, width: int, height: int) -> None:
    browser.size(width, height, mobile=width < 900)
    browser.open(html)
    faults = browser.run(
        """
        const names = ['.fl-buttons', '.fl-time', '.leaflet-control-scale', '.fl-head', '.leaflet-control-attribution'];
        const boxes = names.map(n => [n, document.querySelector(n).getBoundingClientRect()]).filter(b => b[1].width);
        const out = boxes.filter(([, b]) => b.left < -1 || b.right > innerWidth + 1 || b.top < -1 || b.bottom > innerHeight + 1);
        const meet = [];
        boxes.forEach(([n, a], i) => boxes.slice(i + 1).forEach(([m, b]) => {
          if (a.left < b.right - 1 && a.right > b.left + 1 && a.top < b.bottom - 1 && a.bottom > b.top + 1) meet.push([n, m]);
        }));
        return [out.map(o => o[0]), meet, document.documentElement.scrollWidth > innerWidth];
        """
    )
    assert faults == [[], [], False]


def test_phone_sheet_opens_and_closes(browser: Page, html: str) -> None:
    browser.size(390, 844, mobile=True)
    browser.open(html)
    top = "return document.querySelector('.fl-panel').getBoundingClientRect().top"
    closed = browser.run(top)
    browser.run("document.querySelector('.fl-grip').click()")
    browser.wait(f"{top} < {closed} - 300")
    assert browser.run("return document.querySelector('.fl-grip').getAttribute('aria-expanded')") == "true"


def test_a_phones_fingers_find_what_they_need(browser: Page, html: str) -> None:
    browser.size(390, 844, mobile=True)
    browser.open(html)
    browser.run(f"{APP} return app.goTo(app.model.items.findIndex(i => i.place === 'Kyiv'))")
    browser.run("document.querySelectorAll('.fl-sign-strike[aria-label*=Kyiv]')[0].click()")
    still = "!document.querySelector('.leaflet-zoom-anim, .leaflet-pan-anim')"
    browser.wait(f"return document.querySelector('.fl-pager') && {still}")
    sizes = browser.run(
        "const of = (n) => { const b = document.querySelector(n).getBoundingClientRect(); return [b.width, b.height, b.left, b.right]; };"
        "return ['.fl-range', '.fl-play', '.fl-all', '.fl-button', '.fl-pager button', '.leaflet-popup-close-button',"
        "'.leaflet-popup-content-wrapper'].map(of)"
    )
    *touched, popup = sizes
    assert all(height >= 30 for _, height, *_ in touched[:1])
    assert [one[:2] for one in touched[1:] if min(one[:2]) < 40] == []
    assert popup[2] >= 0
    assert popup[3] <= 390


def test_paper_that_lies_has_the_legend_beside_the_map(page: Page, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (Debian: apt install poppler-utils)")
    import base64

    page.run("dispatchEvent(new Event('beforeprint'))")
    sheet = {"paperWidth": 11.69, "paperHeight": 8.27, "landscape": False}
    pdf = page.driver.execute_cdp_cmd("Page.printToPDF", sheet)
    (tmp_path / "page.pdf").write_bytes(base64.b64decode(pdf["data"]))
    done = subprocess.run(
        ["pdftotext", "-l", "1", "-bbox", str(tmp_path / "page.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    (left,) = re.findall(r'xMin="([\d.]+)"[^>]*>assessed<', done.stdout)
    assert float(left) > 540, "points of 842"


def test_prints_on_a_page(page: Page, tmp_path: Path) -> None:
    """Paper holds the whole map of the screen, the legend under it, and in grey a code says whose a sign is."""
    import base64

    seen = page.run(f"{APP} const s = app.map.getSize(); return [s.x, s.y]")
    page.run("dispatchEvent(new Event('beforeprint'))")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        state = page.run(
            "const see = n => getComputedStyle(document.querySelector(n)).display;"
            "const m = document.querySelector('.fl-map').getBoundingClientRect();"
            "return [[see('.fl-time'), see('.fl-buttons'), see('.fl-section-legend'), see('.fl-section-sources')],"
            "m.width, m.height, getComputedStyle(document.querySelector('.fl-sign-strike'), '::after').content,"
            "getComputedStyle(document.querySelector('.fl-legend [data-side=RUS]'), '::after').content]"
        )
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    shown, width, height, sign, legend = state
    assert shown == ["none", "none", "block", "block"]
    assert width <= 690
    assert height <= 565
    assert width / height == pytest.approx(seen[0] / seen[1], rel=0.01)
    assert sign == '"RUS"'
    assert "RUS" in legend
    pdf = page.driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    (tmp_path / "page.pdf").write_bytes(base64.b64decode(pdf["data"]))
    if shutil.which("pdftoppm") is None:
        pytest.skip("needs pdftoppm (Debian: apt install poppler-utils)")
    command = ["pdftoppm", "-r", "50", "-png", "-gray", "-singlefile", "page.pdf", "page"]
    subprocess.run(command, cwd=tmp_path, check=True)
    grey = np.asarray(Image.open(tmp_path / "page.png").convert("L"))
    # The base map is there: land and water are no paper.
    assert (grey[90:300, 40:350] < 251).mean() > 0.9


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Lire cette carte"), ("uk", "Як читати карту"), ("ru", "Как читать карту")]
)
def test_speaks_the_readers_language(browser: Page, lang: str, words: str) -> None:
    browser.open(render_html(sample_layers(), MapOptions(lang=lang)))
    assert browser.run("return document.documentElement.lang") == lang
    assert words in browser.run("return document.body.innerText")
    assert browser.console() == []


@pytest.mark.parametrize("width", [1280, 390])
def test_has_no_serious_fault_of_accessibility(browser: Page, html: str, width: int) -> None:
    axe = pytest.importorskip("axe_core_python", reason="needs axe-core-python")
    source = files(axe).joinpath("axe.min.js").read_text("utf-8")
    browser.size(width, 844, mobile=width < 900)
    browser.open(html)
    browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
    browser.run(f"{APP} return app.goTo(0)")
    # Faint words of a card that is still fading in would be judged.
    browser.wait(
        "const c = document.querySelector('.leaflet-popup'); return c && getComputedStyle(c).opacity === '1'"
    )
    # The page's own policy would stop a foreign script: this one gets the nonce.
    browser.run(
        "const s = document.createElement('script'); s.nonce = document.querySelector('script[nonce]').nonce;"
        "s.textContent = arguments[0]; document.head.append(s)", source
    )  # fmt: skip
    result = browser.driver.execute_async_script("const done = arguments[0]; axe.run().then(done)")
    faults = [
        (v["id"], v["nodes"][0]["html"][:120])
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert faults == []
    assert len(result["passes"]) > 10


@pytest.fixture
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """Tiles of one colour from this machine, and which were asked for."""
    import io
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    content = io.BytesIO()
    Image.new("RGB", (256, 256), "#123456").save(content, "PNG")
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(content.getvalue())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_tiles_are_shown_where_they_are_chosen_and_nothing_else_is_asked(
    browser: Page, tile_server: tuple[str, list[str]]
) -> None:
    address, asked = tile_server
    network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.size(1280, 800)
    browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", network | {"offline": False})
    try:
        browser.requests()
        options = MapOptions(tile_url=f"{address}/t/{{z}}/{{x}}/{{y}}.png", tile_credit="Tiles & <i>co</i>")
        browser.open(render_html(sample_layers(), options))
        browser.wait("return document.querySelectorAll('img.leaflet-tile-loaded').length > 5")
        browser.wait(
            "return [...document.querySelectorAll('img.leaflet-tile')].every(n => n.style.opacity === '1')"
        )
        requests = browser.requests()
        assert requests
        assert all(url.startswith(f"{address}/t/") for url in requests)
        assert all(path.startswith("/t/") and path.endswith(".png") for path in asked)
        picture = browser.picture()[:700, 340:1200].astype(int)
        assert (np.abs(picture - [0x12, 0x34, 0x56]).sum(axis=2) < 12).mean() > 0.3
        credit = browser.run("return document.querySelector('.leaflet-control-attribution').innerText")
        assert "Tiles & <i>co</i>" in credit
        # Off again: the base map is back, and nobody is asked.
        browser.run("document.querySelector('.fl-tiles').click()")
        browser.requests()
        browser.run(f"{APP} app.map.setView([50, 36], 8, {{animate: false}})")
        browser.wait("return document.querySelectorAll('img.leaflet-tile').length === 0")
        assert browser.requests() == []
        assert browser.console() == []
        text = browser.run("return document.querySelector('.leaflet-control-attribution').innerText")
        assert "Tiles" not in text
    finally:
        browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", network | {"offline": True})


def test_tiles_of_another_host_are_kept_out(browser: Page, tile_server: tuple[str, list[str]]) -> None:
    """The policy lets in the tiles that were chosen, and no picture from elsewhere."""
    address, asked = tile_server
    network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", network | {"offline": False})
    try:
        browser.open(render_html(sample_layers()))
        browser.run(f"const i = new Image(); i.src = '{address}/spy.png'; document.body.append(i)")
        browser.wait("return document.images.length && [...document.images].every(i => i.complete)")
        assert asked == []
    finally:
        browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", network | {"offline": True})
        browser.console()


def test_folium_elements_can_be_added(browser: Page) -> None:
    import folium

    from maps.html import build_map

    map_ = build_map(sample_layers())
    folium.CircleMarker([48, 36], radius=9, color="#123456").add_to(map_)
    browser.open(map_.get_root().render())
    assert browser.run("return document.querySelectorAll('path[stroke=\"#123456\"]').length") == 1
    assert browser.console() == []


def test_a_notebooks_frame_shows_it(browser: Page) -> None:
    from maps.html import build_map

    (browser.folder / "notebook.html").write_text(build_map(sample_layers())._repr_html_(), "utf-8")
    browser.size(1280, 900)
    browser.driver.get((browser.folder / "notebook.html").as_uri())
    frame = browser.driver.find_element("tag name", "iframe")
    browser.driver.switch_to.frame(frame)
    browser.wait_ready()
    assert browser.run("return document.querySelectorAll('.fl-sign').length") > 3
    browser.driver.switch_to.default_content()
