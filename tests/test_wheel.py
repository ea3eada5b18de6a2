"""The wheel holds the checkout, names no top-level package but geo and maps, and works when installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return next(folder.glob("*.whl"))


def list_tracked() -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "geo", "maps", "data"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    renamed = (
        "geo/_data/" + name[5:] if name.startswith("data/") else name
        for name in listed.stdout.split("\n")
        if name
    )
    return set(renamed)


def test_the_wheel_holds_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert list_tracked() - names == set()
    assert {name.split("/")[0] for name in names} == {"geo", "maps"}


def test_the_installed_wheel_maps_the_example_reports(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(command, check=True, capture_output=True)
    out = tmp_path / "out.geojson"
    run = [sys.executable, "-m", "maps.cli", "map", str(site / "geo/_data/reports"), "-o", str(out)]
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 10_000
    where = "import geo, maps; print(geo.__file__, maps.__file__)"
    told = subprocess.run(
        [sys.executable, "-c", where],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.count(str(site)) == 2
