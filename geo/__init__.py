"""From a report's words to layers.

    import geo

    reports = geo.read_reports(["article.txt"]).reports    # or geo.read_records: texts, rows of a frame
    result = geo.run(reports)
    layers = geo.build_layers(result)      # one GeoDataFrame a kind, EPSG:4326

Opens no socket and writes no file unless told to.  What is heavy is imported where it is used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from typing import Any

    from geo.control import build_control, compare_control
    from geo.layers import build_layers, build_rows, frame_rows
    from geo.model import Claim, Event, Footprint, Kind, Place, Rejection, Report, Result, Status
    from geo.pipeline import Settings, run
    from geo.places.geocoder import FrontlineGeocoder
    from geo.reports.read import ReadOptions, read_reports
    from geo.reports.records import read_records

__all__ = [
    "Claim",
    "Event",
    "Footprint",
    "FrontlineGeocoder",
    "Kind",
    "Place",
    "ReadOptions",
    "Rejection",
    "Report",
    "Result",
    "Settings",
    "Status",
    "build_control",
    "build_layers",
    "build_rows",
    "compare_control",
    "frame_rows",
    "read_records",
    "read_reports",
    "run",
]

_HOMES = {
    "Claim": "geo.model",
    "Event": "geo.model",
    "Footprint": "geo.model",
    "FrontlineGeocoder": "geo.places.geocoder",
    "Kind": "geo.model",
    "Place": "geo.model",
    "ReadOptions": "geo.reports.read",
    "Rejection": "geo.model",
    "Report": "geo.model",
    "Result": "geo.model",
    "Settings": "geo.pipeline",
    "Status": "geo.model",
    "build_control": "geo.control",
    "build_layers": "geo.layers",
    "build_rows": "geo.layers",
    "compare_control": "geo.control",
    "frame_rows": "geo.layers",
    "read_records": "geo.reports.records",
    "read_reports": "geo.reports.read",
    "run": "geo.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
