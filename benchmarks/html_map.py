"""The HTML map beside folium's own ways for many points, in one run, each page without a network.

    python benchmarks/html_map.py [--points 100000] [--million]

Prints a row a page: size, seconds to build, seconds until it is drawn and the main thread is free, frame
times while the map is dragged.  Needs chromium and chromedriver.  (A file called html.py would hide Python's
own module of that name from every benchmark beside it.)
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

# Limits that the run is held to.
MEGABYTES_100K, MEGABYTES_1M, ARTICLE_MEGABYTES = 5.0, 35.0, 1.2
DRAG_FRAME_MS, ARTICLE_READY_S, ARTICLE_BUILD_S = 20.0, 1.0, 1.5

_DRAG = """
const done = arguments[0], map = document.querySelector('.folium-map');
const box = map.getBoundingClientRect(), x0 = box.left + box.width / 2, y0 = box.top + box.height / 2;
const send = (target, kind, x, y) => target.dispatchEvent(new MouseEvent(kind, { bubbles: true,
  cancelable: true, clientX: x, clientY: y, button: 0, buttons: kind === 'mouseup' ? 0 : 1, view: window }));
const frames = []; let last = performance.now(), i = 0;
send(document.elementFromPoint(x0, y0) || map, 'mousedown', x0, y0);
const step = (now) => {
  frames.push(now - last); last = now; i += 1;
  send(document, i > 60 ? 'mouseup' : 'mousemove', x0 + 4 * i, y0 + 2 * i);
  if (i > 60) done(frames.slice(2)); else requestAnimationFrame(step);
};
requestAnimationFrame(step);
"""


def build_ours(layers: Mapping[str, Any]) -> str:
    from maps.html import MapOptions, render_html

    return render_html(layers, MapOptions(title="Strikes"))


def build_fast_cluster(layers: Mapping[str, Any]) -> str:
    """Build folium's FastMarkerCluster with the same words in its popups, its assets inlined."""
    import folium
    from folium.plugins import FastMarkerCluster

    frame = layers["strike"]
    map_ = folium.Map([48.7, 36.8], zoom_start=6, tiles=None)
    map_.options["max_zoom"] = 14
    rows = frame[["lat", "lon", "quote", "date_start", "publisher"]].to_numpy().tolist()
    callback = "function (row) { return L.circleMarker([row[0], row[1]]).bindPopup(row[2]); }"
    FastMarkerCluster(rows, callback=callback).add_to(map_)
    return inline(map_)


def build_circles(layers: Mapping[str, Any]) -> str:
    """Build folium's CircleMarkers on canvas, one a strike."""
    import folium

    map_ = folium.Map([48.7, 36.8], zoom_start=6, tiles=None, prefer_canvas=True)
    frame = layers["strike"]
    for lat, lon, quote in zip(frame["lat"], frame["lon"], frame["quote"], strict=True):
        folium.CircleMarker([lat, lon], radius=3, popup=quote).add_to(map_)
    return inline(map_)


def inline(map_: Any) -> str:
    """The page with its scripts from the package folder, so that no network is asked for."""
    import re

    page = map_.get_root().render()
    assets = find_assets()
    page = re.sub(r'<link rel="stylesheet" href="[^"]*"/>', "", page)

    def replace(match: re.Match[str]) -> str:
        for name, path in assets.items():
            if name in match.group(1):
                return f"<script>{path.read_text('utf-8')}</script>"
        return ""

    return re.sub(r'<script src="([^"]*)"></script>', replace, page)


def find_assets() -> dict[str, Path]:
    assets = ROOT / "maps" / "assets"
    found = {"leaflet.js": assets / "leaflet.js", "jquery": assets / "jquery.min.js"}
    cluster = Path(tempfile.gettempdir()) / "frontline-bench" / "leaflet.markercluster.js"
    if not cluster.is_file():
        fetch_cluster(cluster)
    return found | {"leaflet.markercluster.js": cluster}


def fetch_cluster(path: Path) -> None:
    """Get the plugin with npm, once: it is not ours to ship."""
    import subprocess
    import tarfile

    path.parent.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", "leaflet.markercluster@1.5.3"]
    packed = subprocess.run(command, cwd=path.parent, check=True, capture_output=True, text=True)
    with tarfile.open(path.parent / packed.stdout.split()[-1]) as archive:
        member = archive.extractfile("package/dist/leaflet.markercluster.js")
        path.write_bytes(member.read() if member else b"")


def measure(name: str, page: str, seconds: float, folder: Path, repeats: int = 3) -> dict[str, Any]:
    from browser_tools import open_browser

    file = folder / f"{name}.html"
    file.write_text(page, "utf-8")
    ready, frames = [], []
    for number in range(repeats):
        with open_browser(folder / f"{name}{number}") as browser:
            browser.driver.set_page_load_timeout(240)
            browser.driver.set_script_timeout(240)
            browser.driver.get(file.as_uri())
            ready.append(wait_drawn(browser))
            frames += browser.driver.execute_async_script(_DRAG)
    frames.sort()
    return {
        "page": name,
        "MB": round(len(page.encode()) / 1e6, 2),
        "build s": round(seconds, 2),
        "ready s": round(min(ready), 2),
        "frame p50 ms": round(statistics.median(frames), 1),
        "frame p95 ms": round(frames[int(len(frames) * 0.95)], 1),
    }


def wait_drawn(browser: Any) -> float:
    """Seconds from navigation until what the page draws is on screen and its main thread is free."""
    script = """
    const done = arguments[0];
    const free = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() / 1000), 0));
    const ours = document.querySelector('.fl');
    const wait = () => (!ours || document.documentElement.dataset.ready ? free() : setTimeout(wait, 5));
    wait();
    """
    return float(browser.driver.execute_async_script(script))


def timed(build: Callable[[Mapping[str, Any]], str], layers: Mapping[str, Any]) -> tuple[str, float]:
    start = time.perf_counter()
    page = build(layers)
    return page, time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--million", action="store_true", help="also a million strikes, ours alone")
    parser.add_argument(
        "--circles", type=int, default=10_000, help="strikes for CircleMarker; 0 leaves it out"
    )
    arguments = parser.parse_args()
    from layers_sample import many_strikes, sample_layers

    import maps.html  # noqa: F401 (imports are not what is measured)

    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        layers = many_strikes(arguments.points)
        build_ours(sample_layers())
        rows.append(measure("ours, article's size", *timed(build_ours, sample_layers()), folder))
        rows.append(measure(f"ours {arguments.points}", *timed(build_ours, layers), folder))
        rows.append(
            measure(f"FastMarkerCluster {arguments.points}", *timed(build_fast_cluster, layers), folder)
        )
        if arguments.circles:
            some = many_strikes(arguments.circles)
            rows.append(
                measure(f"CircleMarker canvas {arguments.circles}", *timed(build_circles, some), folder, 1)
            )
        if arguments.million:
            rows.append(measure("ours 1000000", *timed(build_ours, many_strikes(1_000_000)), folder, 1))
    for row in rows:
        print(json.dumps(row))
    return judge(rows, arguments.points)


def judge(rows: list[dict[str, Any]], points: int) -> int:
    article, ours, cluster = rows[:3]
    checks = {
        f"article's page at most {ARTICLE_MEGABYTES} MB": article["MB"] <= ARTICLE_MEGABYTES,
        f"article's page ready within {ARTICLE_READY_S} s": article["ready s"] <= ARTICLE_READY_S,
        f"article's page built within {ARTICLE_BUILD_S} s": article["build s"] <= ARTICLE_BUILD_S,
        f"{points} strikes at most {MEGABYTES_100K} MB": ours["MB"] <= MEGABYTES_100K * points / 100_000,
        "ready in at most half of FastMarkerCluster's time": ours["ready s"] <= cluster["ready s"] / 2,
        f"median drag frame at most {DRAG_FRAME_MS} ms": ours["frame p50 ms"] <= DRAG_FRAME_MS,
    }
    million = [row for row in rows if row["page"] == "ours 1000000"]
    if million:
        checks[f"a million at most {MEGABYTES_1M} MB"] = million[0]["MB"] <= MEGABYTES_1M
    for check, passed in checks.items():
        print("pass" if passed else "FAIL", check)
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
