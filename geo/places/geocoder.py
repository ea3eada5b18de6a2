"""The gazetteer as a geopy geocoder: offline, with geopy's signatures and conventions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.errors import PlaceError
from geo.model import Candidate
from geo.places.answers import describe_candidate
from geo.places.gazetteer import Gazetteer, open_gazetteer
from geo.places.lookup import PlaceQuery, find_nearest, find_places

__all__ = ["FrontlineGeocoder"]

_MOST_ANSWERS = 10


class _OfflineAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Refuses the network: this geocoder never needs it."""

    is_available = True

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Refuse.

        Raises
        ------
        GeocoderServiceError
            Always.
        """
        raise GeocoderServiceError(
            f"{url!r} was asked for, but the gazetteer is offline ({timeout=}, {headers=})"
        )

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Refuse.

        Raises
        ------
        GeocoderServiceError
            Always.
        """
        return self.get_text(url, timeout=timeout, headers=headers)


class FrontlineGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Offline geocoder over the shipped gazetteer and the user's places.

    `geocode` returns None where no place is known, as geopy's geocoders do; the score, the reasons, the
    gazetteer and id, the units above, the radius and the precision codes stand in ``Location.raw``.

    Parameters
    ----------
    gazetteer
        Places to look in; the shipped gazetteer with the user's places if None.
    timeout
        Kept for geopy; never used.
    user_agent
        Kept for geopy; never used.
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        timeout: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent, adapter_factory=_make_adapter)
        if gazetteer is None:
            from geo.places.user_folder import find_user_folder

            gazetteer = open_gazetteer(find_user_folder())
        self.gazetteer = gazetteer

    def geocode(  # noqa: PLR0913 (geopy's own signature)
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        within: str = "",
    ) -> Location | list[Location] | None:
        """Return the place of a name.

        Parameters
        ----------
        query
            A name, with larger units after commas if wished; or a mapping whose values are joined so.
        exactly_one
            True for the best place, False for a list of places.
        timeout
            Kept for geopy; never used.
        limit
            How many places at most, with ``exactly_one=False``.
        country_codes
            ISO 3166-1 alpha-2 codes that the place must lie in.
        within
            A larger unit that the place should lie in.

        Returns
        -------
        Location, list of Location, or None where no place is known

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is empty or the unit is not known.
        """
        del timeout
        name = query if isinstance(query, str) else ", ".join(str(part) for part in query.values() if part)
        codes = country_codes if isinstance(country_codes, str) else ",".join(country_codes or ())
        asked = PlaceQuery(name=name, within=within, country=codes, limit=limit or _MOST_ANSWERS)
        return self._answer(lambda: find_places(asked, self.gazetteer), exactly_one=exactly_one)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """Return the settlement nearest to a point.

        Parameters
        ----------
        query
            Latitude and longitude in degrees, as geopy takes points.
        exactly_one
            True for the nearest, False for a list.
        timeout
            Kept for geopy; never used.
        limit
            How many at most, with ``exactly_one=False``.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the point cannot be read.
        """
        del timeout
        try:
            point = query if isinstance(query, Point) else Point(query)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(f"{query!r} is no point: {error}") from error
        count = 1 if exactly_one else limit or _MOST_ANSWERS
        return self._answer(
            lambda: find_nearest(point.latitude, point.longitude, self.gazetteer, count),
            exactly_one=exactly_one,
        )

    def _answer(
        self, ask: Callable[[], tuple[Candidate, ...]], *, exactly_one: bool
    ) -> Location | list[Location] | None:
        try:
            found = ask()
        except PlaceError as error:
            raise GeocoderQueryError(str(error)) from error
        if not found:
            return None
        places = [self._locate(candidate) for candidate in (found[:1] if exactly_one else found)]
        return places[0] if exactly_one else places

    def _locate(self, candidate: Candidate) -> Location:
        raw = describe_candidate(candidate, self.gazetteer)
        address = ", ".join([candidate.place.name, *raw["within"]])
        return Location(address, (candidate.place.latitude, candidate.place.longitude), raw)


def _make_adapter(**settings: Any) -> _OfflineAdapter:
    return _OfflineAdapter(**settings)
