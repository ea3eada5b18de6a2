"""Place names in the reader's language, looked up in the gazetteer by the ids that layers carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from geo.errors import DataError
from geo.resources import open_database

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["find_names", "find_unit_names", "localise_places"]

# The gazetteer has a column of names for each.
_LANGUAGES = ("en", "fr", "uk", "ru")
# SQLite takes at least 999 values in a query.
_BATCH = 900


def localise_places(frames: Mapping[str, gpd.GeoDataFrame], lang: str) -> dict[str, str]:
    """Return names in ``lang`` by the value of ``geonameid``; a place that has none there is left out.

    Without a gazetteer, or for a language that it has no names in, the result is empty and maps show the
    common English names.
    """
    return find_names(_list_ids(frames), lang)


def find_names(identifiers: Iterable[object], lang: str) -> dict[str, str]:
    """Return names in ``lang`` by identifiers of places (`localise_places`); empty ones are skipped."""
    # Half of a surrogate pair is no identifier, and SQLite takes none.
    wanted = sorted({str(value) for value in identifiers if value and str(value).isprintable()})
    if lang not in _LANGUAGES or not wanted:
        return {}
    try:
        return dict(_look_up(wanted, lang))
    except DataError:
        return {}


def find_unit_names(codes: Iterable[str], lang: str) -> dict[str, str]:
    """Return names in ``lang`` by the codes of units ("UA.05"); one that has none there is left out."""
    wanted = sorted(set(codes))
    if lang not in _LANGUAGES or not wanted:
        return {}
    found: dict[str, str] = {}
    with closing(open_database("gazetteer.sqlite")) as connection:
        for batch in _cut(wanted):
            marks = ",".join("?" * len(batch))
            query = (
                f"select unit.code, place.name_{lang} from unit join place on place.rowid = unit.place "
                f"where unit.code in ({marks})"
            )
            found.update((code, name) for code, name in connection.execute(query, batch) if name)
    return found


def _list_ids(frames: Mapping[str, gpd.GeoDataFrame]) -> set[str]:
    columns = [frame["geonameid"] for frame in frames.values() if "geonameid" in frame.columns]
    return {str(value) for column in columns for value in column.dropna().unique()}


def _look_up(wanted: list[str], lang: str) -> Iterator[tuple[str, str]]:
    keys = dict(_split_id(value) for value in wanted)
    with closing(open_database("gazetteer.sqlite")) as connection:
        for batch in _cut([identifier for _, identifier in keys]):
            marks = ",".join("?" * len(batch))
            query = f"select gazetteer, id, name_{lang} from place where id in ({marks})"
            for gazetteer, identifier, name in connection.execute(query, batch):
                if name and (gazetteer, identifier) in keys:
                    yield keys[gazetteer, identifier], name


def _split_id(value: str) -> tuple[tuple[str, str], str]:
    """Return ((gazetteer, id), value): an id alone is GeoNames'."""
    gazetteer, _, identifier = value.rpartition(":")
    return (gazetteer or "geonames", identifier), value


def _cut(values: list[str]) -> Iterable[list[str]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
