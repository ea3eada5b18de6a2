"""The gazetteer as a geopy geocoder, and outside services on loopback."""

from __future__ import annotations

import http.server
import json
import threading
import time

import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from places_sample import make_gazetteer

from geo.errors import PlaceError, ServiceError
from geo.places.geocoder import FrontlineGeocoder
from geo.places.online import OnlineOptions, fetch_geonames, find_online, list_services, make_service


@pytest.fixture
def geocoder() -> FrontlineGeocoder:
    return FrontlineGeocoder(make_gazetteer())


def test_geocode_follows_geopy(geocoder: FrontlineGeocoder) -> None:
    best = geocoder.geocode("Pokrovsk")
    assert (best.latitude, best.longitude) == (48.28, 37.18)
    assert best.address == "Pokrovsk, Donetsk Oblast, Ukraine"
    assert best.raw["gazetteer"] == "sample"
    assert best.raw["why"]
    assert len(geocoder.geocode("Springfield", exactly_one=False)) == 2
    assert len(geocoder.geocode("Springfield", exactly_one=False, limit=1)) == 1
    assert geocoder.geocode("Pokrovsk", country_codes=["ru"]).latitude == 61.48
    assert geocoder.geocode({"city": "Pokrovsk", "state": "Donetsk Oblast"}).latitude == 48.28
    assert geocoder.geocode("Xyzzyqwv") is None


def test_reverse_follows_geopy(geocoder: FrontlineGeocoder) -> None:
    assert geocoder.reverse((48.3, 37.2)).raw["name"] == "Pokrovsk"
    assert geocoder.reverse("48.3, 37.2", exactly_one=False)[0].raw["name"] == "Pokrovsk"


@pytest.mark.parametrize("query", ["  ", "-"])
def test_bad_queries_raise_geopys_error(geocoder: FrontlineGeocoder, query: str) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("nowhere at all")


def test_the_rate_limiter_and_geopandas_take_it(geocoder: FrontlineGeocoder) -> None:
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert [place.raw["name"] for place in map(limited, ["Sumy", "Kursk"])] == ["Sumy", "Kursk"]
    from geopandas.tools import geocode

    frame = geocode(["Sumy", "Xyzzyqwv"], provider=FrontlineGeocoder, gazetteer=make_gazetteer())
    assert frame.geometry.iloc[0].y == 50.92
    assert frame.geometry.iloc[1].is_empty


def test_the_geocoder_never_asks_the_network(geocoder: FrontlineGeocoder) -> None:
    with pytest.raises(GeocoderServiceError, match="offline"):
        geocoder.adapter.get_json("http://127.0.0.1/", timeout=1, headers={})


class _Stub(http.server.BaseHTTPRequestHandler):
    asked: list[tuple[float, str, str]]
    status = 200

    def do_GET(self) -> None:
        self.asked.append((time.monotonic(), self.path, self.headers["User-Agent"]))
        body = json.dumps(
            [{"display_name": "Xyzzy, Nowhere", "lat": "1.5", "lon": "2.5", "osm_id": 7}]
        ).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def stub(socket_enabled):
    handler = type("Handler", (_Stub,), {"asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield handler, f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_service_is_asked_once_and_its_answers_are_marked(stub, tmp_path) -> None:
    handler, domain = stub
    options = OnlineOptions(domain=domain, scheme="http", user_agent="tests", cache=tmp_path / "cache.sqlite")
    geocode = make_service(options)
    first, second = (find_online("Xyzzy", geocode, "nominatim") for _ in range(2))
    assert first == second
    assert len(handler.asked) == 1, "the second answer comes from the cache"
    assert handler.asked[0][2] == "tests"
    place = first[0].place
    assert (place.gazetteer, place.id, place.latitude, place.longitude) == ("online:nominatim", "7", 1.5, 2.5)
    assert any("OpenStreetMap" in reason for reason in first[0].why)


def test_requests_stand_a_second_apart(stub) -> None:
    handler, domain = stub
    geocode = make_service(OnlineOptions(domain=domain, scheme="http", user_agent="tests"))
    for name in ("A", "B"):
        find_online(name, geocode, "nominatim")
    assert handler.asked[1][0] - handler.asked[0][0] >= 0.95


def test_a_failing_service_is_no_empty_answer(stub) -> None:
    handler, domain = stub
    handler.status = 403
    geocode = make_service(OnlineOptions(domain=domain, scheme="http", user_agent="tests"))
    with pytest.raises(ServiceError, match="try again"):
        find_online("A", geocode, "nominatim")


def test_unknown_services_and_countries_are_refused(tmp_path) -> None:
    assert "nominatim" in list_services()
    with pytest.raises(PlaceError, match="no service"):
        make_service(OnlineOptions(service="nosuchservice"))
    with pytest.raises(PlaceError, match="country code"):
        fetch_geonames("../etc", tmp_path)


def test_a_country_dump_is_fetched_or_nothing_is_left(stub, tmp_path) -> None:
    handler, domain = stub
    assert fetch_geonames("ua", tmp_path, f"http://{domain}").name == "UA.zip"
    handler.status = 404
    with pytest.raises(ServiceError):
        fetch_geonames("by", tmp_path, f"http://{domain}")
    assert [path.name for path in tmp_path.iterdir()] == ["UA.zip"]
