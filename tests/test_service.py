"""The service against the abstract tests of OGC API - Features, part 1 (annex A), and more."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from layers_sample import many_strikes, sample_layers

from geo.errors import FrontlineError, InputError
from geo.schema import COLUMNS
from maps.files import write_layers
from maps.service import CONFORMANCE, CRS84, build_app

BASE = "http://127.0.0.1:8377"
Get = Callable[..., httpx.Response]


def make_get(app: Any) -> Get:
    """A function that asks the application in this process; no socket is opened."""

    def get(path: str, *, method: str = "GET", base: str = BASE, **options: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=base) as client:
                return await client.request(method, path, **options)

        return asyncio.run(ask())

    return get


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("service") / "layers.geojson"
    write_layers(sample_layers(), path)
    return path


@pytest.fixture(scope="module")
def get(file: Path) -> Get:
    return make_get(build_app([file]))


@pytest.fixture(scope="module")
def get_many(tmp_path_factory: pytest.TempPathFactory) -> Get:
    path = tmp_path_factory.mktemp("many") / "many.gpkg"
    write_layers(many_strikes(250), path)
    return make_get(build_app([path]))


def links_of(body: dict[str, Any]) -> dict[str, str]:
    return {link["rel"]: link["href"] for link in body["links"]}


# A.2.2 landing page, API definition, conformance


def test_landing_page_links_what_the_standard_asks_for(get: Get) -> None:
    answer = get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    links = {link["rel"]: link for link in answer.json()["links"]}
    assert {"service-desc", "service-doc", "conformance", "data", "self", "alternate"} <= set(links)
    assert links["service-desc"]["type"] == "application/vnd.oai.openapi+json;version=3.0"
    for relation in ("service-desc", "service-doc", "conformance", "data"):
        assert get(links[relation]["href"]).status_code == 200, relation


def test_api_definition_is_openapi_3_0(get: Get) -> None:
    answer = get("/api")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = answer.json()
    assert document["openapi"].startswith("3.0")
    assert "/collections/strike/items" in document["paths"]
    parameters = document["components"]["parameters"]
    assert parameters["bbox"]["explode"] is False
    assert parameters["limit"]["schema"]["minimum"] == 1


def test_conformance_names_the_classes(get: Get) -> None:
    classes = get("/conformance").json()["conformsTo"]
    assert set(classes) == set(CONFORMANCE)
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in classes


# A.2.5 and A.2.6 collections


def test_collections_have_what_the_standard_asks_for(get: Get) -> None:
    body = get("/collections").json()
    assert {"self", "alternate"} <= set(links_of(body))
    names = {one["id"] for one in body["collections"]}
    assert {"strike", "control", "unplaced", "sources", "front_line"} <= names
    for one in body["collections"]:
        assert "items" in links_of(one)
        assert one["crs"] == [CRS84]
        if "extent" in one and "spatial" in one["extent"]:
            west, south, east, north = one["extent"]["spatial"]["bbox"][0]
            assert west <= east
            assert south <= north
        assert get(f"/collections/{one['id']}").json() == one


def test_collection_that_is_not_there_is_404(get: Get) -> None:
    answer = get("/collections/nowhere")
    assert answer.status_code == 404
    assert "nowhere" in answer.json()["description"]


# A.2.7 features


def test_features_are_geojson_with_counts_and_moment(get: Get) -> None:
    answer = get("/collections/strike/items")
    assert answer.headers["content-type"] == "application/geo+json"
    body = answer.json()
    assert body["type"] == "FeatureCollection"
    assert body["numberReturned"] == len(body["features"]) == body["numberMatched"] == 5
    assert body["timeStamp"].endswith("Z")
    assert {"self", "alternate"} <= set(links_of(body))
    assert all(feature["type"] == "Feature" and feature["id"] for feature in body["features"])


def test_limit_and_next_links_walk_through_all_features(get_many: Get) -> None:
    seen: list[str] = []
    address: str | None = "/collections/strike/items?limit=40"
    pages = 0
    while address:
        body = get_many(address).json()
        assert body["numberReturned"] <= 40
        assert body["numberMatched"] == 250
        seen += [feature["id"] for feature in body["features"]]
        address = links_of(body).get("next")
        pages += 1
    assert pages == 7
    assert len(seen) == len(set(seen)) == 250


def test_default_limit_holds_and_a_great_one_is_cut(get_many: Get) -> None:
    assert get_many("/collections/strike/items").json()["numberReturned"] == 100
    assert get_many("/collections/strike/items?limit=999999999").json()["numberReturned"] == 250


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "", "99999999999"])
def test_bad_limit_is_400(get: Get, value: str) -> None:
    assert get("/collections/strike/items", params={"limit": value}).status_code == 400


def test_bbox_selects_what_it_touches(get: Get) -> None:
    def count(box: str) -> int:
        return int(get(f"/collections/strike/items?bbox={box}").json()["numberMatched"])

    assert count("30,50,31,51") == 4
    assert count("37,55,38,56") == 1
    assert count("-180,-90,180,90") == 5
    assert count("0,0,1,1") == 0
    assert count("30,50,0,31,51,100") == 4


def test_bbox_across_the_antimeridian(get: Get) -> None:
    assert get("/collections/strike/items?bbox=170,-90,35,90").json()["numberMatched"] == 4


@pytest.mark.parametrize(
    "value", ["1,2,3", "a,b,c,d", "1,2,3,4,5", "0,10,1,-10", "nan,0,1,1", "0,0,1,inf", ""]
)
def test_bad_bbox_is_400(get: Get, value: str) -> None:
    assert get("/collections/strike/items", params={"bbox": value}).status_code == 400


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-11-08", 1),
        ("2024-11-08T12:00:00Z", 1),
        ("2024-11-09T01:00:00+03:00", 1),
        ("2024-11-08/2024-11-09", 2),
        ("../2024-11-09", 2),
        ("2024-11-11/..", 1),
        ("/2024-11-08", 1),
        ("2024-11-13/", 1),
        ("1999-01-01", 0),
    ],
)
def test_datetime_selects_what_it_meets(get: Get, value: str, expected: int) -> None:
    answer = get("/collections/strike/items", params={"datetime": value})
    assert answer.json()["numberMatched"] == expected


def test_open_ends_match_without_end(get: Get) -> None:
    # "eastern Ukraine" has no first day, the feared advance no last one.
    assert get("/collections/advance/items?datetime=1990-01-01").json()["numberMatched"] == 1
    assert get("/collections/advance/items?datetime=2030-01-01").json()["numberMatched"] == 1


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2024-13-01", "2024-11-10/2024-11-08", "../..", "/", "1/2/3", "2024", "", "٢٠٢٤-11-08"],
)
def test_bad_datetime_is_400(get: Get, value: str) -> None:
    assert get("/collections/strike/items", params={"datetime": value}).status_code == 400


def test_unknown_parameter_is_400(get: Get) -> None:
    answer = get("/collections/strike/items?colour=red")
    assert answer.status_code == 400
    assert "colour" in answer.json()["description"]
    assert get("/collections?colour=red").status_code == 400
    assert get("/collections/strike/items?limit=1&limit=2").status_code == 400


def test_property_filters(get: Get) -> None:
    def count(query: str) -> int:
        return int(get(f"/collections/strike/items?{query}").json()["numberMatched"])

    assert count("status=expected") == 1
    assert count("count_low=145") == 1
    assert count("count_low=145.0&place=Kyiv") == 1
    assert count("date_start=2024-11-09") == 1
    assert count("actors=UKR") == 1
    assert get("/collections/strike/items?count_low=many").status_code == 400
    assert get("/collections/strike/items?date_start=yesterday").status_code == 400
    assert get("/collections/concentration/items?actors=PRK").json()["numberMatched"] == 2


def test_filters_join_with_bbox_and_datetime(get: Get) -> None:
    query = "bbox=30,50,31,51&datetime=2024-11-08/..&status=reported&limit=1"
    body = get(f"/collections/strike/items?{query}").json()
    assert body["numberMatched"] == 3
    assert body["numberReturned"] == 1


# A.2.8 a feature


def test_feature_has_its_links_and_is_the_one_of_the_page(get: Get) -> None:
    listed = get("/collections/control/items").json()["features"][0]
    answer = get(f"/collections/control/items/{listed['id']}")
    assert answer.headers["content-type"] == "application/geo+json"
    body = answer.json()
    assert {"self", "alternate", "collection"} <= set(links_of(body))
    del body["links"]
    assert body == listed


def test_feature_that_is_not_there_is_404(get: Get) -> None:
    assert get("/collections/control/items/none").status_code == 404


def test_zone_of_stated_size_is_one_feature(get: Get) -> None:
    features = get("/collections/control/items").json()["features"]
    assert len(features) == 2
    assert features[0]["properties"]["inner_wkt"].startswith("POLYGON")


def test_unplaced_claims_have_null_geometry(get: Get) -> None:
    (feature,) = get("/collections/unplaced/items").json()["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["unplaced"]


# pages


def test_browser_gets_pages_and_program_gets_json(get: Get) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for path in ("/", "/conformance", "/collections", "/collections/strike", "/collections/strike/items"):
        assert get(path, headers=browser).headers["content-type"].startswith("text/html"), path
        assert "json" in get(path, headers=browser, params={"f": "json"}).headers["content-type"], path
        assert "json" in get(path).headers["content-type"], path
    assert get("/collections?f=xml").status_code == 400


def test_foreign_text_is_text_on_pages(tmp_path: Path) -> None:
    layers = sample_layers()
    layers["strike"]["quote"] = "<script>alert(1)</script>"
    layers["strike"]["url"] = "javascript:alert(1)"
    layers["strike"]["claim_id"] = '"><img src=x>'
    path = tmp_path / "bad.geojson"
    write_layers(layers, path)
    ask = make_get(build_app([path]))
    page = ask("/collections/strike/items?f=html").text
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page
    assert "default-src 'none'" in ask("/collections/strike/items?f=html").headers["content-security-policy"]


def test_read_only(get: Get) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert get("/collections/strike/items", method=method).status_code == 405
    assert get("/collections", method="HEAD").status_code == 200


def test_foreign_host_name_is_refused(get: Get) -> None:
    assert get("/", base="http://evil.example").status_code == 400


def test_links_follow_the_address_that_was_asked(get: Get) -> None:
    assert (
        links_of(get("/", base="http://localhost:9000").json())["data"] == "http://localhost:9000/collections"
    )


def test_map_is_one_page_without_links_to_elsewhere(get: Get) -> None:
    answer = get("/map")
    assert answer.headers["content-type"].startswith("text/html")
    assert "Chasiv Yar" in answer.text or len(answer.text) > 100_000
    assert 'src="http' not in answer.text
    assert "/map" in get("/", params={"f": "html"}).text


# following the file


def test_follows_the_file_and_keeps_the_last_good_one(tmp_path: Path) -> None:
    path = tmp_path / "layers.geojson"
    layers = sample_layers()
    write_layers(layers, path)
    ask = make_get(build_app([path]))
    assert ask("/collections/strike/items").json()["numberMatched"] == 5
    layers["strike"] = layers["strike"].iloc[:2]
    write_layers(layers, path)
    assert ask("/collections/strike/items").json()["numberMatched"] == 2
    path.write_text("{ half a fi", encoding="utf-8")
    assert ask("/collections/strike/items").json()["numberMatched"] == 2
    path.unlink()
    assert ask("/collections/strike/items").json()["numberMatched"] == 2
    write_layers(sample_layers(), path)
    assert ask("/collections/strike/items").json()["numberMatched"] == 5


def test_several_files_are_served_as_one(tmp_path: Path, file: Path) -> None:
    other = tmp_path / "other.csv"
    write_layers(many_strikes(3), other)
    ask = make_get(build_app([file, other]))
    assert ask("/collections/strike/items").json()["numberMatched"] == 8


def test_missing_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        build_app([tmp_path / "none.gpkg"])


def test_same_features_for_a_bbox_as_the_file(get: Get, file: Path) -> None:
    import shapely

    box = shapely.box(36, 47, 39, 52)
    collection = json.loads(file.read_text(encoding="utf-8"))
    inside = {
        feature["id"]
        for feature in collection["features"]
        if feature["geometry"]
        and shapely.intersects(box, shapely.from_geojson(json.dumps(feature["geometry"])))
    }
    served = set()
    for kind in ("concentration", "strike", "control", "advance", "withdrawal", "clash"):
        body = get(f"/collections/{kind}/items?bbox=36,47,39,52").json()
        served |= {feature["id"] for feature in body["features"]}
    assert served == inside


def test_serve_command_tells_and_runs(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse

    import uvicorn

    from maps.cli_serve import configure, is_loopback, run

    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda _, **options: calls.append(options))
    monkeypatch.setattr("maps.cli_serve.check_address", lambda *_: None)  # it would open a socket
    parser = argparse.ArgumentParser()
    configure(parser)
    assert run(parser.parse_args([str(file)])) == 0
    assert calls == [{"host": "127.0.0.1", "port": 8377, "log_level": "warning"}]
    assert "http://127.0.0.1:8377/" in capsys.readouterr().err
    assert run(parser.parse_args([str(file), "--host", "0.0.0.0", "--port", "9"])) == 0
    assert "whoever reaches" in capsys.readouterr().err
    with pytest.raises(FrontlineError):
        run(parser.parse_args([str(file), "--port", "70000"]))
    assert [is_loopback(host) for host in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "example.org")] == [
        *(True, True, True),
        *(False, False),
    ]


def test_the_page_of_a_collection_tells_what_its_filters_mean(get: Get) -> None:
    page = get("/collections/strike?f=html").text
    (column,) = (one for one in COLUMNS if one.name == "coordinate_uncertainty_m")
    assert html.escape(column.alias) in page
    assert html.escape(column.description) in page
