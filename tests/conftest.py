"""What all tests share: where the public test data stands, and a command that runs in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from browser_tools import Page

    from geo.shapes.boundaries import Boundaries

ROOT = Path(__file__).resolve().parent.parent

# A busy machine is no fault: what takes how long is measured in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def find_shared() -> Path | None:
    """The folder of public test data: named by FRONTLINE_SHARED, else beside the checkout."""
    named = os.environ.get("FRONTLINE_SHARED")
    for folder in (Path(named) if named else None, ROOT.parent / "shared"):
        if folder and folder.is_dir():
            return folder
    return None


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = find_shared()
    if folder is None:
        pytest.skip("public test data is not here; set FRONTLINE_SHARED to its folder")
    return folder


@pytest.fixture(autouse=True)
def _own_user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the places of whoever runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user-data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user-cache"))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where FRONTLINE_WHEEL names the folder of an installed wheel, the tests must run against nothing else."""
    import geo
    import maps

    wheel = os.environ.get("FRONTLINE_WHEEL")
    homes = [str(module.__file__) for module in (geo, maps)]
    if wheel and not all(home.startswith(wheel) for home in homes):
        pytest.exit(f"the tests would run against {homes}, not the wheel in {wheel}", returncode=3)


@pytest.fixture
def boundaries() -> Iterator[Boundaries]:
    """The boundaries of a made-up country and its neighbours."""
    from shapes_sample import open_made_up_boundaries

    yield from open_made_up_boundaries()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A real browser with the network off."""
    from browser_tools import open_browser

    with open_browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture(scope="session")
def html() -> str:
    """A map of a few layers of each kind."""
    from layers_sample import sample_layers

    from maps.html import MapOptions, render_html

    return render_html(sample_layers(), MapOptions(title="A sample"))


@pytest.fixture
def page(browser: Page, html: str) -> Page:
    """That map, open in the browser."""
    browser.size(1280, 800)
    browser.open(html)
    return browser


@pytest.fixture(scope="session")
def many() -> str:
    """A map of 20,000 strikes."""
    from layers_sample import many_strikes

    from maps.html import MapOptions, render_html

    return render_html(many_strikes(20_000), MapOptions(title="Many"))
