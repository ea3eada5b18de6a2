"""The configuration of pygeoapi: what the GeoPackage has, no more; served by a real pygeoapi where there is one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from layers_sample import sample_layers

from geo.errors import InputError
from maps.files import write_layers
from maps.pygeoapi import build_config, main


@pytest.fixture
def package(tmp_path: Path) -> Path:
    write_layers(sample_layers(), tmp_path / "layers.gpkg")
    return tmp_path / "layers.gpkg"


def test_names_the_layers_that_the_file_has(package: Path) -> None:
    config = build_config(package, "http://localhost:8099")
    resources = config["resources"]
    assert {"strike", "strike_areas", "control", "front_line"} <= set(resources)
    assert not {"unplaced", "sources", "layer_styles"} & set(resources)
    assert config["server"]["bind"] == {"host": "localhost", "port": 8099}
    strike = resources["strike"]
    assert strike["title"] == "Strikes"
    west, south, east, north = strike["extents"]["spatial"]["bbox"]
    assert 20 < west <= east < 45
    assert 44 < south <= north < 60
    assert strike["extents"]["temporal"]["begin"].startswith("2024-11-")
    assert strike["providers"][0]["table"] == "strike"


def test_a_layer_that_is_not_there_is_not_served(tmp_path: Path) -> None:
    write_layers({"strike": sample_layers()["strike"]}, tmp_path / "one.gpkg")
    assert set(build_config(tmp_path / "one.gpkg")["resources"]) == {"strike", "strike_areas"}


@pytest.mark.parametrize("content", [b"", b"no database at all, only words"])
def test_what_is_no_package_is_told(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"x\.gpkg"):
        build_config(path)
    assert main([str(path)]) == 2
    assert "x.gpkg" in capsys.readouterr().err


def test_prints_what_yaml_readers_read(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(package)]) == 0
    assert json.loads(capsys.readouterr().out) == build_config(package)


@pytest.mark.skipif(not os.environ.get("PYGEOAPI") and not shutil.which("pygeoapi"), reason="needs pygeoapi")
def test_pygeoapi_finds_the_configuration_valid(package: Path, tmp_path: Path) -> None:
    program = os.environ.get("PYGEOAPI") or "pygeoapi"
    (tmp_path / "p.yml").write_text(json.dumps(build_config(package)))
    environment = os.environ | {"PYGEOAPI_CONFIG": "p.yml", "PYGEOAPI_OPENAPI": "openapi.yml"}
    for command in (
        ["config", "validate", "-c", "p.yml"],
        ["openapi", "generate", "p.yml", "--output-file", "openapi.yml"],
    ):
        done = subprocess.run(
            [program, *command], cwd=tmp_path, capture_output=True, text=True, env=environment, check=False
        )
        assert done.returncode == 0, done.stderr[-500:]
    assert "/collections/strike/items" in (tmp_path / "openapi.yml").read_text()
