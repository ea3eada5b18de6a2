"""Places by name: the shipped gazetteer and the user's own places behind one value.

Only the standard library is imported here, so that one name is answered within milliseconds.
"""

from __future__ import annotations

import sqlite3

from geo.errors import DataError
from geo.kinds import PlaceKind
from geo.resources import open_database

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from geo.model import Place

    MakePlace = Callable[[dict[str, Any]], Place]

__all__ = [
    "ADJECTIVE",
    "CASE_FORM",
    "CURRENT_NAME",
    "HISTORICAL",
    "NICKNAME",
    "NO_STARTS",
    "PRIMARY",
    "TRANSLITERATION",
    "USER_FILE",
    "Entry",
    "Gazetteer",
    "Starts",
    "open_gazetteer",
]

# What a name is to its place (column ``flag`` of the table ``name``).
PRIMARY, CURRENT_NAME, TRANSLITERATION, CASE_FORM, HISTORICAL, ADJECTIVE, NICKNAME = range(7)

# The file of the user's own places, in the same layout as the shipped one.
USER_FILE = "places.sqlite"

_PLACE_COLUMNS = (
    "p.rowid, p.gazetteer, p.id, p.name, p.latitude, p.longitude, p.kind, p.feature_class, p.feature_code, "
    "p.country_code, p.admin1_code, p.admin2_code, p.population, p.coordinate_uncertainty_m, p.boundary, "
    "p.prior, p.name_en, p.name_fr, p.name_uk, p.name_ru"
)
_TAGS = ("en", "fr", "uk", "ru")
_KINDS = {kind.value: kind for kind in PlaceKind}

# How many answers are remembered; a first token costs about 0.5 kB, a name about 1 kB.
_MOST_REMEMBERED = 40_000


class Starts:
    """The names that begin with a token, their second tokens, and the most tokens that one has."""

    __slots__ = ("longest", "names", "seconds")

    def __init__(self, names: frozenset[str], longest: int, seconds: frozenset[str] = frozenset()) -> None:
        self.names, self.longest, self.seconds = names, longest, seconds


NO_STARTS = Starts(frozenset(), 0)


class Entry:
    """A place under one of its names.

    Attributes
    ----------
    place
        The place.
    flag
        What the name is to it: ``PRIMARY`` ... ``NICKNAME``.
    prior
        How often reports of war mean this place, 0 to 1; 0 where nothing is known.
    own
        True for a place that the user added.
    """

    __slots__ = ("flag", "own", "place", "prior")

    def __init__(self, place: Place, flag: int, prior: float = 0.0, own: bool = False) -> None:
        self.place, self.flag, self.prior, self.own = place, flag, prior, own


class _Source:
    """One opened file, and the places already read from it."""

    __slots__ = ("connection", "make_place", "own", "places")

    def __init__(self, connection: sqlite3.Connection, make_place: MakePlace, *, own: bool) -> None:
        self.connection, self.make_place, self.own = connection, make_place, own
        self.places: dict[int, tuple[Place, float]] = {}

    def read_place(self, rowid: int) -> tuple[Place, float]:
        known = self.places.get(rowid)
        if known is None:
            query = f"select {_PLACE_COLUMNS} from place p where p.rowid = ?"
            known = self.make(self.connection.execute(query, (rowid,)).fetchone())
            if len(self.places) > _MOST_REMEMBERED:
                self.places.clear()
            self.places[rowid] = known
        return known

    def make(self, row: tuple[Any, ...]) -> tuple[Place, float]:
        """Make a place of a row of the table ``place``, and its prior."""
        values, prior = _read_values(row)
        return self.make_place(values), prior

    def find(self, folded: str) -> Iterator[Entry]:
        query = "select place, flag from name where folded = ?"
        for rowid, flag in self.connection.execute(query, (folded,)):
            place, prior = self.read_place(rowid)
            yield Entry(place, flag, prior, self.own)

    def names_from(self, token: str) -> Iterator[str]:
        query = "select distinct folded from name where folded = ?1 or (folded >= ?2 and folded < ?3)"
        # A space is U+0020 and "!" the next code point: exactly the names with this first token.
        for (name,) in self.connection.execute(query, (token, f"{token} ", f"{token}!")):
            yield name


# The seat of a district without a code stands no farther from its middle, degrees of latitude.
_DISTRICT_DEGREES = 0.1
_NEAR_POINT = " and abs(p.latitude - :latitude) < :reach and abs(p.longitude - :longitude) < 2 * :reach"


class Gazetteer:
    """Places by folded name, from the user's own files first and then the shipped one.

    Parameters
    ----------
    shipped
        Connection to the shipped file.
    own
        Connection to the user's places, or None.
    make_place
        Makes a place of its values by name; a `geo.model.Place` if left out.
    """

    def __init__(
        self,
        shipped: sqlite3.Connection,
        own: sqlite3.Connection | None = None,
        make_place: MakePlace | None = None,
    ) -> None:
        make = make_place or _find_place_class()
        self._sources = [_Source(shipped, make, own=False)]
        if own is not None:
            self._sources.insert(0, _Source(own, make, own=True))
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._starts: dict[str, Starts] = {}
        self._memos: dict[str, dict[Any, Any]] = {}
        self._units = _UnitBook(self._sources)
        self._sites: tuple[Entry, ...] | None = None

    def find(self, folded: str) -> tuple[Entry, ...]:
        """Return every place under a folded name (`geo.places.folding.fold_name`), the user's first."""
        found = self._found.get(folded)
        if found is None:
            found = tuple(entry for source in self._sources for entry in source.find(folded))
            if len(self._found) > _MOST_REMEMBERED:
                self._found.clear()
            self._found[folded] = found
        return found

    def starting_with(self, token: str) -> Starts:
        """Return the folded names whose first token is this one (`NO_STARTS` if there is none)."""
        starts = self._starts.get(token)
        if starts is None:
            names = frozenset(name for source in self._sources for name in source.names_from(token))
            starts = _make_starts(names) if names else NO_STARTS
            if len(self._starts) > _MOST_REMEMBERED:
                self._starts.clear()
            self._starts[token] = starts
        return starts

    def recall(self, topic: str) -> dict[Any, Any]:
        """Return what was found out about this gazetteer's places on a topic, to be read and added to."""
        return self._memos.setdefault(topic, {})

    def has_prefix(self, token: str) -> bool:
        """Tell whether any name begins with this folded token."""
        return self.starting_with(token) is not NO_STARTS

    def list_names(self, letter: str, flag: int) -> Iterator[str]:
        """Yield the folded names that begin with a letter and are at least as good as a flag."""
        query = "select distinct folded from name where folded >= ? and folded < ? and flag <= ?"
        for source in self._sources:
            for (name,) in source.connection.execute(query, (letter, chr(ord(letter) + 1), flag)):
                yield name

    def list_names_within(self, letter: str, unit: Place) -> Iterator[str]:
        """Yield the folded names of settlements in a first-level unit that begin with a letter."""
        query = (
            "select distinct n.folded from name n join place p on p.rowid = n.place "
            "where n.folded >= ? and n.folded < ? and n.flag not in (?, ?) and p.kind = 'settlement' "
            "and p.country_code = ? and p.admin1_code = ?"
        )
        limits = (letter, chr(ord(letter) + 1), CASE_FORM, ADJECTIVE)
        for source in self._sources:
            for (name,) in source.connection.execute(query, (*limits, unit.country_code, unit.admin1_code)):
                yield name

    def unit(self, code: str) -> Place | None:
        """Return the administrative unit of a code ("UA", "UA.14", "UA.14.1408"), or None."""
        return self._units.get(code)

    def find_parents(self, place: Place) -> tuple[Place, ...]:
        """Return the units above a place, smallest first, as far as they are known."""
        codes = [place.country_code]
        if place.admin1_code:
            codes.append(f"{codes[0]}.{place.admin1_code}")
            if place.admin2_code:
                codes.append(f"{codes[1]}.{place.admin2_code}")
        units = (self.unit(code) for code in reversed(codes) if code)
        return tuple(unit for unit in units if unit is not None and unit.id != place.id)

    def find_within(
        self, latitude: float, longitude: float, degrees: float, kinds: Iterable[PlaceKind] = ()
    ) -> tuple[Entry, ...]:
        """Return the places inside a box about a point.

        Parameters
        ----------
        latitude, longitude
            Centre, degrees, WGS 84.
        degrees
            Half the height of the box in degrees; it is widened to the east and west by latitude.
        kinds
            Kinds of place to keep; all if empty.
        """
        import math

        wide = degrees / max(math.cos(math.radians(latitude)), 0.05)
        box = (latitude - degrees, latitude + degrees, longitude - wide, longitude + wide)
        query = (
            f"select {_PLACE_COLUMNS} from place p where p.latitude between ? and ? "
            "and p.longitude between ? and ?"
        )
        wanted = [kind.value for kind in kinds]
        if wanted:
            query += f" and p.kind in ({', '.join('?' * len(wanted))})"
        return tuple(
            Entry(*_swap(source.make(row)), source.own)
            for source in self._sources
            for row in source.connection.execute(query, (*box, *wanted))
        )

    def find_largest(self, unit: Place) -> Place | None:
        """Return the settlement of a region or district with the most people, its seat as a rule; remembered.

        A district without a code of its own is taken to reach `_DISTRICT_DEGREES` from its point.
        """
        memo: dict[str, Place | None] = self.recall("largest")
        if unit.id not in memo:
            memo[unit.id] = self._find_largest(unit)
        return memo[unit.id]

    def _find_largest(self, unit: Place) -> Place | None:
        """Look by the codes of the unit, and a district also by its point, where towns lack its code."""
        codes: dict[str, str | float] = {"country_code": unit.country_code, "admin1_code": unit.admin1_code}
        if unit.kind.value != "district":
            return self._pick_largest(codes, "")
        found = (
            self._pick_largest({**codes, "admin2_code": unit.admin2_code}, "") if unit.admin2_code else None
        )
        near = {"latitude": unit.latitude, "longitude": unit.longitude, "reach": _DISTRICT_DEGREES}
        return found or self._pick_largest({**codes, **near}, _NEAR_POINT)

    def _pick_largest(self, values: dict[str, str | float], near: str) -> Place | None:
        query = f"select {_PLACE_COLUMNS} from place p where p.kind = 'settlement'{near}"
        query += "".join(f" and p.{name} = :{name}" for name in values if name.endswith("_code"))
        query += " order by p.population desc limit 1"
        rows = (
            source.make(row) for source in self._sources for row in source.connection.execute(query, values)
        )
        return next((place for place, _ in rows), None)

    @property
    def sites(self) -> tuple[Entry, ...]:
        """All places of kind ``site`` (airfields, plants, dams ...), read once."""
        if self._sites is None:
            query = f"select {_PLACE_COLUMNS} from place p where p.kind = 'site'"
            self._sites = tuple(
                Entry(*_swap(source.make(row)), source.own)
                for source in self._sources
                for row in source.connection.execute(query)
            )
        return self._sites


class _UnitBook:
    """Units by code, each read when first asked for."""

    def __init__(self, sources: list[_Source]) -> None:
        self._sources = sources
        self._known: dict[str, Place | None] = {}

    def get(self, code: str) -> Place | None:
        if code not in self._known:
            self._known[code] = self._read(code)
        return self._known[code]

    def _read(self, code: str) -> Place | None:
        for source in self._sources:
            row = source.connection.execute("select place from unit where code = ?", (code,)).fetchone()
            if row is not None:
                return source.read_place(row[0])[0]
        return None


def _make_starts(names: frozenset[str]) -> Starts:
    seconds = frozenset(name.split(" ", 2)[1] for name in names if " " in name)
    return Starts(names, max(name.count(" ") for name in names) + 1, seconds)


def _swap(made: tuple[Place, float]) -> tuple[Place, int, float]:
    return made[0], PRIMARY, made[1]


def _find_place_class() -> MakePlace:
    from geo.model import Place

    return lambda values: Place(**values)


def _read_values(row: tuple[Any, ...]) -> tuple[dict[str, Any], float]:
    """Return the values of a place (`geo.model.Place`) in a row of the table ``place``, and its prior."""
    (_, gazetteer, id_, name, latitude, longitude, kind, feature_class, feature_code) = row[:9]
    country, admin1, admin2, population, radius, boundary, prior = row[9:16]
    values = {
        "gazetteer": str(gazetteer),
        "id": str(id_),
        "name": str(name),
        "latitude": float(latitude),
        "longitude": float(longitude),
        "kind": _KINDS[str(kind)],
        "feature_class": str(feature_class or ""),
        "feature_code": str(feature_code or ""),
        "country_code": str(country or ""),
        "admin1_code": str(admin1 or ""),
        "admin2_code": str(admin2 or ""),
        "population": int(population or 0),
        "coordinate_uncertainty_m": float(radius or 0.0),
        "boundary": str(boundary or ""),
        "names": {tag: str(value) for tag, value in zip(_TAGS, row[16:], strict=True) if value},
    }
    return values, float(prior or 0.0)


def open_gazetteer(user_folder: Path | None = None, make_place: MakePlace | None = None) -> Gazetteer:
    """Open the shipped gazetteer, with the user's own places where there are some.

    Parameters
    ----------
    user_folder
        Folder of the user's places (`geo.places.user_places.find_user_folder`); None leaves them out.
    make_place
        See `Gazetteer`.

    Raises
    ------
    DataError
        If the shipped file or the user's file is missing or broken.
    """
    shipped = open_database("gazetteer.sqlite")
    path = user_folder / USER_FILE if user_folder is not None else None
    if path is None or not path.exists():
        return Gazetteer(shipped, make_place=make_place)
    own = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    try:
        own.execute("select count(*) from name").fetchone()
    except sqlite3.DatabaseError as error:
        raise DataError(
            f"{str(path)!r} is not a file of places ({error}); remove it and add yours again"
        ) from error
    return Gazetteer(shipped, own, make_place)
