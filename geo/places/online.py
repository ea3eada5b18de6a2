"""Places from an outside service, only when asked for: one request a second, cached, marked as such."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import MissingExtraError, PlaceError, ServiceError
from geo.model import Candidate, Place, PlaceKind

__all__ = ["GEONAMES_URL", "OnlineOptions", "fetch_geonames", "find_online", "list_services", "make_service"]

# OpenStreetMap Foundation, "Nominatim Usage Policy": one request a second for the whole application, a
# User-Agent that identifies it, results cached, attribution shown.  Kept for every service.
_SECONDS_BETWEEN = 1.0
_TIMEOUT_S = 10.0
_ATTRIBUTIONS = {"nominatim": "© OpenStreetMap contributors (ODbL)"}
_RADIUS_M = 2_000.0


@dataclass(frozen=True, kw_only=True, slots=True)
class OnlineOptions:
    """Which service is asked, and how.

    Attributes
    ----------
    service
        Name of a geopy service ("nominatim", "photon" ...).
    user_agent
        What identifies the user to the service; a contact address is good manners.
    cache
        File of the cache, or None for none.
    domain, scheme
        Where the service runs; empty for its own default.
    settings
        Further arguments of geopy's class, such as ``api_key``.
    """

    service: str = "nominatim"
    user_agent: str = "frontline-map"
    cache: Path | None = None
    domain: str = ""
    scheme: str = ""
    settings: tuple[tuple[str, str], ...] = ()


def list_services() -> tuple[str, ...]:
    """Return the names of geopy's services, sorted."""
    from geopy.geocoders import SERVICE_TO_GEOCODER

    return tuple(sorted(SERVICE_TO_GEOCODER))


def make_service(options: OnlineOptions) -> Callable[..., Any]:
    """Return a service's ``geocode`` behind a limit of one request a second and a cache on disk.

    Raises
    ------
    PlaceError
        If geopy has no such service, or it wants settings that were not given.
    MissingExtraError
        If a cache is wished and requests-cache is not installed.
    """
    from geopy.exc import ConfigurationError, GeocoderNotFound
    from geopy.extra.rate_limiter import RateLimiter
    from geopy.geocoders import get_geocoder_for_service

    arguments: dict[str, Any] = {
        "timeout": _TIMEOUT_S,
        "user_agent": options.user_agent,
        **dict(options.settings),
    }
    arguments |= {
        key: value for key, value in (("domain", options.domain), ("scheme", options.scheme)) if value
    }
    if options.cache is not None:
        arguments["adapter_factory"] = _cache_on_disk(options.cache)
    try:
        service = get_geocoder_for_service(options.service)(**arguments)
    except GeocoderNotFound as error:
        raise PlaceError(f"no service {options.service!r}; geopy has {', '.join(list_services())}") from error
    except (TypeError, ConfigurationError) as error:
        raise PlaceError(f"service {options.service!r} wants other settings: {error}") from error
    # Errors must come out: swallowed, "failed" would look like "not found".
    limited: Callable[..., Any] = RateLimiter(
        service.geocode, min_delay_seconds=_SECONDS_BETWEEN, max_retries=0, swallow_exceptions=False
    )
    return limited


def _cache_on_disk(path: Path) -> Callable[..., Any]:
    """Return an adapter factory for geopy whose requests go through a cache on disk."""
    try:
        import requests_cache
        from geopy.adapters import RequestsAdapter
    except ImportError as error:
        raise MissingExtraError("requests-cache", "online") from error

    def make(*, proxies: Any, ssl_context: Any) -> Any:
        adapter = RequestsAdapter(proxies=proxies, ssl_context=ssl_context)
        plain = adapter.session
        adapter.session = requests_cache.CachedSession(str(path), backend="sqlite", allowable_codes=(200,))
        adapter.session.trust_env = False
        adapter.session.proxies = plain.proxies
        for prefix in ("http://", "https://"):
            adapter.session.mount(prefix, plain.get_adapter(prefix))
        return adapter

    factory: Callable[..., Any] = make
    return factory


def find_online(
    name: str, geocode: Callable[..., Any], service: str, limit: int = 5
) -> tuple[Candidate, ...]:
    """Ask a service for a name; every answer is marked with the service's name.

    Parameters
    ----------
    name
        The name as typed.
    geocode
        From `make_service`.
    service
        Its name, which becomes the gazetteer of each answer.
    limit
        How many answers at most.

    Raises
    ------
    ServiceError
        If the service failed or refused; nothing is taken for "not found".
    """
    from geopy.exc import GeopyError

    try:
        found = geocode(name, exactly_one=False) or []
    except GeopyError as error:
        raise ServiceError(
            f"service {service!r} did not answer for {name!r} ({error}); try again later"
        ) from error
    why = (f"answer of the online service {service}", *filter(None, [_ATTRIBUTIONS.get(service)]))
    return tuple(
        Candidate(place=_make_place(location, service), score=round(0.5 / (1 + rank), 4), why=why)
        for rank, location in enumerate(found[:limit])
    )


def _make_place(location: Any, service: str) -> Place:
    raw = location.raw if isinstance(location.raw, dict) else {}
    return Place(
        gazetteer=f"online:{service}",
        id=str(raw.get("osm_id") or raw.get("place_id") or raw.get("id") or location.address),
        name=str(raw.get("name") or str(location.address).split(",", maxsplit=1)[0]),
        latitude=float(location.latitude),
        longitude=float(location.longitude),
        kind=PlaceKind.SETTLEMENT,
        coordinate_uncertainty_m=_RADIUS_M,
    )


# https://download.geonames.org/export/dump/readme.txt: one zip a country, CC BY 4.0.
GEONAMES_URL = "https://download.geonames.org/export/dump"


def fetch_geonames(country: str, folder: Path, base: str = GEONAMES_URL) -> Path:
    """Download a country's dump from GeoNames into a folder; return its path.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    folder
        Where the zip is put.
    base
        Address of the folder of dumps.

    Raises
    ------
    PlaceError
        If the code is no two letters.
    ServiceError
        If the server cannot be reached or has no such file.
    """
    import urllib.error
    import urllib.request

    code = country.strip().upper()
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise PlaceError(f"{country!r} is no country code; give two letters (ISO 3166-1), such as UA")
    target = folder / f"{code}.zip"
    try:
        # The address is GeoNames' own, or one that the caller gave.
        with urllib.request.urlopen(f"{base}/{code}.zip", timeout=_TIMEOUT_S) as answer:  # noqa: S310
            target.write_bytes(answer.read())
    except (urllib.error.URLError, TimeoutError) as error:
        target.unlink(missing_ok=True)
        raise ServiceError(f"GeoNames did not give {code}.zip ({error}); try again later") from error
    return target
