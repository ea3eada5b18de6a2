"""How near a place lies to where wars are fought: now, or on the date of an older report.

Today's front is the hand-made table of directions; earlier ones are points and lines, each with the days
between which there was fighting.
"""

from __future__ import annotations

import csv
import io
import math
from functools import lru_cache

from geo.places.evidence import KM_PER_DEGREE, measure_points_km
from geo.places.folding import fold_name
from geo.resources import read_bytes

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from geo.model import Place

    _Points = tuple[tuple[float, float], ...]

__all__ = ["Front", "find_front", "is_direction", "read_past_points"]

# Weight falls to 1/e so far from a direction's point, km, and so far from a line of the past, which is exact.
_REACH_KM = 80.0
_PAST_REACH_KM = 15.0
# What lies beyond so many reaches is not near.
_MOST_REACHES = 3.0
# Lines are cut into pieces of this length, km.
_STEP_KM = 3.0


class Front:
    """Points of fighting at one time.

    Attributes
    ----------
    key
        Tells fronts apart; empty for today's.
    points
        Latitude and longitude, degrees.
    reach_km
        The distance at which nearness falls to 1/e.
    """

    __slots__ = ("_box", "key", "points", "reach_km")

    def __init__(self, key: str, points: _Points, reach_km: float) -> None:
        self.key, self.points, self.reach_km = key, points, reach_km
        self._box = _find_box(points, reach_km)

    def rate_nearness(self, place: Place) -> float:
        """Return 1 at a point of the front, falling with distance, 0 far from it."""
        south, north, west, east = self._box
        if not (south <= place.latitude <= north and west <= place.longitude <= east):
            return 0.0
        most = _MOST_REACHES * self.reach_km
        high = most / KM_PER_DEGREE
        near = [
            measure_points_km(latitude, longitude, place.latitude, place.longitude)
            for latitude, longitude in self.points
            if abs(latitude - place.latitude) < high
        ]
        best = min(near, default=math.inf)
        return math.exp(-best / self.reach_km) if best < most else 0.0


def _find_box(points: _Points, reach_km: float) -> tuple[float, float, float, float]:
    """Return the south, north, west and east, degrees, beyond which no point is near."""
    latitudes, longitudes = zip(*points, strict=True)
    high = reach_km * _MOST_REACHES / KM_PER_DEGREE
    south, north = min(latitudes) - high, max(latitudes) + high
    wide = high / max(math.cos(math.radians(max(abs(south), abs(north)))), 0.01)
    return south, north, min(longitudes) - wide, max(longitudes) + wide


# From this year and month on the front is that of the table of directions.
_TODAY_SINCE = 2022, 12


def find_front(day: date | None) -> Front:
    """Return the front on a day: an earlier one where its lines are known, else today's.

    Parameters
    ----------
    day
        When the report was issued; None for today's.
    """
    if day is None or (day.year, day.month) >= _TODAY_SINCE:
        return _make_front("")
    text = f"{day:%Y-%m-%d}"
    return _make_front(max((turn for turn in _list_turns() if turn <= text), default=""))


@lru_cache(maxsize=256)
def _make_front(key: str) -> Front:
    """Make the front of today (no key), or that between one turn of the war and the next."""
    if key and (points := tuple(_trace_lines(line for line in _read_past() if line[3] <= key < line[4]))):
        return Front(key, points, _PAST_REACH_KM)
    rows = _read_rows("curated/axes.csv")
    points = tuple((float(row["latitude"]), float(row["longitude"])) for row in rows)
    return Front("", points, _REACH_KM)


def _read_rows(name: str) -> csv.DictReader[str]:
    return csv.DictReader(io.StringIO(read_bytes(name).decode("utf-8")))


@lru_cache(maxsize=1)
def _read_past() -> tuple[tuple[float, float, str, str, str], ...]:
    """Return latitude, longitude, line, first day and day after the last of each point of the past."""
    return tuple(
        (float(row["latitude"]), float(row["longitude"]), row["line"], row["since"], row["until"])
        for row in _read_rows("curated/past_fronts.csv")
    )


@lru_cache(maxsize=1)
def _list_turns() -> tuple[str, ...]:
    """Return the days on which lines of the past begin or end."""
    return tuple(sorted({day for *_, since, until in _read_past() for day in (since, until)}))


def _trace_lines(lines: Iterable[tuple[float, float, str, str, str]]) -> Iterator[tuple[float, float]]:
    """Yield latitude and longitude of points, and of steps between those that follow each other on a line."""
    before: tuple[float, float, str] | None = None
    for latitude, longitude, line, *_ in lines:
        if before is not None and line and line == before[2]:
            length = measure_points_km(before[0], before[1], latitude, longitude)
            steps = max(1, round(length / _STEP_KM))
            for step in range(1, steps):
                share = step / steps
                yield before[0] + share * (latitude - before[0]), before[1] + share * (longitude - before[1])
        yield latitude, longitude
        before = latitude, longitude, line


def read_past_points() -> tuple[tuple[float, float], ...]:
    """Return the points and steps of all fronts of the past, latitude and longitude in degrees."""
    return tuple(_trace_lines(_read_past()))


# A town farther than this from the direction of its name is a namesake.
_NAMESAKE_KM = 200.0


def is_direction(place: Place) -> bool:
    """Tell whether general staffs name a direction after a place."""
    return any(
        measure_points_km(latitude, longitude, place.latitude, place.longitude) < _NAMESAKE_KM
        for latitude, longitude in _read_directions().get(fold_name(place.name), ())
    )


@lru_cache(maxsize=1)
def _read_directions() -> dict[str, list[tuple[float, float]]]:
    """Return the points of the directions by the folded names of the places that they are named after."""
    found: dict[str, list[tuple[float, float]]] = {}
    for row in _read_rows("curated/axes.csv"):
        for name in row["names"].split("|"):
            point = float(row["latitude"]), float(row["longitude"])
            found.setdefault(fold_name(name), []).append(point)
    return found
