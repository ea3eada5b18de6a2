"""Hostile words in every field of a report run nowhere, whatever a reader does."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pandas as pd
import pytest
from browser_tools import Page, browser_test, open_browser
from layers_sample import make_frame, many_strikes, row, sample_layers

from maps.html import MapOptions, render_html

MARK = "window.__x=1"
PAYLOADS = {
    "image": f'<img src=x onerror="{MARK}">',
    "script": f"</script><script>{MARK}</script>",
    "backtick": f"`);{MARK};(`",
    "template": f"${{{MARK}}}",
    "quote": f'");{MARK};("',
    "single": f"');{MARK};('",
    "jinja": "{{ 7*7 }}{% for c in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "comment": f"--><!--<script>{MARK}</script>",
    "attribute": f'" onmouseover="{MARK}" autofocus onfocus="{MARK}" x="',
    "svg": f"<svg/onload={MARK}>",
    "style": f"</style><script>{MARK}</script>",
    "link": f"javascript:{MARK}",
    "data link": f"data:text/html,<script>opener.{MARK}</script>",
    "css": f"url(javascript:{MARK})",
    "separator": f"\u2028{MARK}\u2029",
    "surrogate": "\ud83d half a pair",
    "format": "{n}{date}{kind}%s%(x)s",
    "prototype": "__proto__",
    "constructor": "constructor",
}
FIELDS = (
    "actors",
    "place",
    "place_text",
    "place_kind",
    "geonameid",
    "count_unit",
    "control_status",
    "attribution",
    "quote",
    "rule",
    "report",
    "publisher",
    "url",
    "published",
    "lang",
    "claim_id",
    "why",
    "course",
    "course_text",
    "course_rule",
    "party",
    "unread",
    "unplaced",
    "side_a",
    "asserted_by",
)

pytestmark = browser_test


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser(tmp_path_factory.mktemp("hostile")) as page:
        yield page


def poison(frame: pd.DataFrame) -> pd.DataFrame:
    """Fill every field of every row with a payload, another one in each row."""
    payloads = list(PAYLOADS.values())
    words = pd.Series(
        [payloads[i % len(payloads)] for i in range(len(frame))], index=frame.index, dtype="object"
    )
    return frame.assign(**{field: words for field in FIELDS if field in frame.columns})


def poison_sample() -> dict[str, pd.DataFrame]:
    """The sample's layers with a row for each payload, each at its own place."""
    layers = {}
    for name, frame in sample_layers().items():
        many = pd.concat([frame.iloc[:1]] * len(PAYLOADS), ignore_index=True)
        shift = [0.3 * i for i in range(len(many))]
        layers[name] = poison(many.assign(lon=many["lon"] + shift, lat=many["lat"] + shift))
    return layers


def touch_all(page: Page) -> None:
    """Open, hover, search, filter, print: everything that shows words."""
    page.run(
        """
        const app = Frontline.app;
        for (const box of document.querySelectorAll('details')) box.open = true;
        for (const node of document.querySelectorAll('.fl *')) {
          for (const name of ['mouseover', 'mouseenter', 'focus']) node.dispatchEvent(new Event(name, {bubbles: true}));
        }
        for (const node of [...document.querySelectorAll('.fl-sign, path.leaflet-interactive, .fl-claim')].slice(0, 40)) {
          node.dispatchEvent(new MouseEvent('click', {bubbles: true}));
          for (const button of document.querySelectorAll('.fl-pager button, .fl-card summary')) button.click();
        }
        const field = document.querySelector('.fl-search');
        field.value = '<img'; field.dispatchEvent(new Event('input'));
        dispatchEvent(new Event('beforeprint'));
        app.map.fire('click', {latlng: app.map.getCenter()});
        """
    )
    page.driver.execute_async_script(
        "const done = arguments[0]; const app = Frontline.app; (async () => {"
        "for (let i = 0; i < Math.min(app.model.count, 160); i += 1) {"
        "  await app.goTo(i); for (const box of document.querySelectorAll('.fl-card details')) box.open = true; }"
        "})().then(done)"
    )
    time.sleep(0.5)


def check_quiet(page: Page) -> None:
    assert page.run("return window.__x") is None
    assert (
        page.run("return document.querySelectorAll('.fl img, .fl script, .fl iframe, .fl [onerror]').length")
        == 0
    )
    links = page.run("return [...document.querySelectorAll('a[href]')].map(a => a.href)")
    assert all(link.startswith(("http://", "https://")) or link.endswith("#close") for link in links)
    assert page.requests() == []
    assert page.console() == []


def test_words_of_a_report_run_nowhere(browser: Page) -> None:
    words = " ".join(PAYLOADS.values())
    options = MapOptions(title=words, point_of_view=words, generated=words)
    layers = poison_sample()
    # Reports that were not read say why, in words that may be anybody's; and arrows have courses.
    sources = [
        {"report": f"r{i}", "publisher": text, "unread": text} for i, text in enumerate(PAYLOADS.values())
    ]
    layers["sources"] = pd.DataFrame(sources, dtype="object")
    layers["advance"] = layers["advance"].assign(course="LINESTRING (36 50, 37 51)", bearing_deg=45.0)
    html = render_html(layers, options)
    browser.requests(), browser.console()
    browser.open(html)
    assert browser.run("return Frontline.app.model.count") >= 6 * len(PAYLOADS)
    touch_all(browser)
    check_quiet(browser)
    title = browser.run("return document.querySelector('h1').textContent")
    for name, payload in PAYLOADS.items():
        assert name == "surrogate" or payload in title


def test_words_that_run_the_other_way_leave_the_date_in_its_place(browser: Page) -> None:
    claim = row(
        "strike",
        "مدينة \N{RIGHT-TO-LEFT OVERRIDE}X",
        36,
        50,
        publisher="الجزيرة",
        quote="قال المتحدث باسم الجيش",
    )
    browser.open(render_html({"strike": make_frame([claim])}))
    browser.run("return Frontline.app.goTo(0)")
    places = browser.wait(
        "const foot = document.querySelector('.fl-card footer p'); if (!foot) return null;"
        "const range = document.createRange(); range.selectNode(foot.lastChild);"
        "return [foot.querySelector('a').getBoundingClientRect().right, range.getBoundingClientRect().left]"
    )
    assert places[0] <= places[1] + 1
    quote = browser.run("return getComputedStyle(document.querySelector('.fl-card blockquote')).unicodeBidi")
    assert quote == "plaintext"


def test_words_of_packed_points_run_nowhere(browser: Page) -> None:
    layers = {name: poison(frame) for name, frame in many_strikes(2500).items()}
    html = render_html(layers, MapOptions(title="Packed"))
    browser.requests(), browser.console()
    browser.open(html)
    touch_all(browser)
    browser.run(
        "const app = Frontline.app; const d = app.model.columns.brief(0);"
        "app.map.setView([d.lat, d.lon], 12, {animate: false}); app.map.fire('click', {latlng: L.latLng(d.lat, d.lon)})"
    )
    browser.wait("return document.querySelector('.fl-card')")
    check_quiet(browser)


def test_a_foreign_script_is_stopped_by_the_policy(browser: Page) -> None:
    browser.open(render_html(sample_layers()))
    browser.run(
        "const s = document.createElement('script'); s.textContent = 'window.__x = 1'; document.body.append(s);"
        "const d = document.createElement('div'); d.innerHTML = '<img src=x onerror=\"window.__x=1\">'; document.body.append(d)"
    )
    time.sleep(0.3)
    assert browser.run("return window.__x") is None
    assert any("Content Security Policy" in message for message in browser.console())
