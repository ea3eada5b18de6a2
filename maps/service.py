"""OGC API - Features (part 1: core, GeoJSON, HTML, OpenAPI 3.0) over files of layers: read-only, on FastAPI.

The service follows its files: what is replaced on disk is served at the next request.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import FrontlineError, MissingExtraError
from maps.service_data import Catalogue, Collection, Snapshot
from maps.service_openapi import build_openapi
from maps.service_pages import (
    build_page,
    link,
    list_links,
    load_file_words,
    show_collection,
    show_feature,
    show_features,
    show_table,
)
from maps.service_query import Query, QueryError, find_features, parse_query

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

__all__ = ["CONFORMANCE", "CRS84", "build_app"]

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_CLASSES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
CONFORMANCE = tuple(f"{_CLASSES}/{name}" for name in ("core", "oas30", "html", "geojson"))
_JSON, _GEOJSON, _HTML = "application/json", "application/geo+json", "text/html"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'",
    "Cache-Control": "no-cache",
}
_LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


class _NotFoundError(Exception):
    """There is no such resource."""


def build_app(
    paths: Sequence[Path | str], *, title: str = "Frontline", hosts: Sequence[str] | None = _LOOPBACK
) -> FastAPI:
    """Return the service as an ASGI application.

    Parameters
    ----------
    paths
        Files of layers that `maps.files.read_layers` reads.
    title
        Title of the landing page.
    hosts
        Names that a request may call the service by; None for any.  The default keeps pages of the web from
        reading a service on loopback through a name of their own.

    Raises
    ------
    MissingExtraError
        If FastAPI is not installed.
    FrontlineError
        If a file cannot be read.
    """
    try:
        from fastapi import FastAPI
        from starlette.middleware.trustedhost import TrustedHostMiddleware
    except ImportError as error:
        raise MissingExtraError("fastapi", "serve") from error
    catalogue = Catalogue(paths=[Path(path) for path in paths])
    catalogue.current()
    app = FastAPI(title=title, openapi_url=None, docs_url=None, redoc_url=None)
    if hosts is not None:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    _Routes(catalogue, title).register(app)
    return app


class _Routes:
    """The resources of the service."""

    def __init__(self, catalogue: Catalogue, title: str) -> None:
        self._catalogue = catalogue
        self._title = title
        self._map: tuple[object, str] | None = None

    def register(self, app: FastAPI) -> None:
        """Add every resource to an application, and the answers to what goes wrong."""
        from fastapi import Request
        from starlette.exceptions import HTTPException

        routes: dict[str, Callable[..., Response]] = {
            "/": self.landing,
            "/conformance": self.conformance,
            "/api": self.api,
            "/api.html": self.api_page,
            "/map": self.map_page,
            "/collections": self.collections,
            "/collections/{collection_id}": self.collection,
            "/collections/{collection_id}/items": self.items,
            "/collections/{collection_id}/items/{feature_id}": self.item,
        }
        for path, function in routes.items():
            app.add_api_route(path, _wrap(function, Request), methods=["GET", "HEAD"], response_model=None)

        def refuse(_: Request, error: Exception) -> Response:
            code = getattr(error, "status_code", 500)
            return _answer_fault(code, str(getattr(error, "detail", "")), getattr(error, "headers", None))

        app.add_exception_handler(HTTPException, refuse)

    def landing(self, request: Request) -> Response:
        """The landing page: what there is and where."""
        base, words = _find_base(request), load_file_words()
        snapshot = self._catalogue.current()
        if _choose_form(request, ("json", "html")) == "html":
            links = [(f"{base}/map", words["whole_map"]), (f"{base}/collections", words["collections"])]
            links += [
                (f"{base}/api.html", words["description"]),
                (f"{base}/conformance?f=html", words["conformance"]),
            ]
            about = f"<p>{html.escape(words['read_only'])}</p>{list_links(links)}"
            return _answer_page(self._title, about + _list_collections(snapshot, base))
        links_json = [
            _link(base + "/", "self", _JSON),
            _link(base + "/?f=html", "alternate", _HTML),
            _link(base + "/api", "service-desc", _OPENAPI),
            _link(base + "/api.html", "service-doc", _HTML),
            _link(base + "/conformance", "conformance", _JSON),
            _link(base + "/collections", "data", _JSON),
            _link(base + "/map", "preview", _HTML),
        ]
        return _answer_json({"title": self._title, "description": words["read_only"], "links": links_json})

    def conformance(self, request: Request) -> Response:
        """The conformance classes."""
        base, words = _find_base(request), load_file_words()
        if _choose_form(request, ("json", "html")) == "html":
            page = show_table(((name,) for name in CONFORMANCE), [words["conformance"]])
            return _answer_page(words["conformance"], page, trail=[(base + "/", self._title)])
        return _answer_json({"conformsTo": list(CONFORMANCE)})

    def api(self, request: Request) -> Response:
        """The OpenAPI document."""
        _refuse_parameters(request, ("f",))
        document = build_openapi(self._catalogue.current().collections, _find_base(request), self._title)
        return _answer_json(document, media=_OPENAPI)

    def api_page(self, request: Request) -> Response:
        """The OpenAPI document for people."""
        _refuse_parameters(request, ("f",))
        base, words = _find_base(request), load_file_words()
        document = build_openapi(self._catalogue.current().collections, base, self._title)
        rows = (
            (path, one["get"]["summary"], ", ".join(_name_parameter(p) for p in one["get"]["parameters"]))
            for path, one in document["paths"].items()
        )
        table = show_table(rows, ["GET", words["description"], words["filters"]])
        return _answer_page(
            words["description"],
            link(f"{base}/api", "OpenAPI 3.0") + table,
            trail=[(base + "/", self._title)],
        )

    def map_page(self, request: Request) -> Response:
        """The whole map as one page."""
        _refuse_parameters(request, ("f",))
        from starlette.responses import HTMLResponse

        snapshot = self._catalogue.current()
        if self._map is None or self._map[0] != snapshot.mark:
            from maps.html import MapOptions, render_html

            self._map = (snapshot.mark, render_html(snapshot.layers, MapOptions(title=self._title)))
        # The page carries its own policy.
        return HTMLResponse(self._map[1], headers={"Cache-Control": "no-cache"})

    def collections(self, request: Request) -> Response:
        """All collections."""
        base, words = _find_base(request), load_file_words()
        snapshot = self._catalogue.current()
        if _choose_form(request, ("json", "html")) == "html":
            page = _list_collections(snapshot, base)
            return _answer_page(words["collections"], page, trail=[(base + "/", self._title)])
        links = [
            _link(base + "/collections", "self", _JSON),
            _link(base + "/collections?f=html", "alternate", _HTML),
        ]
        told = [_describe_collection(one, base) for one in snapshot.collections.values()]
        return _answer_json({"links": links, "collections": told})

    def collection(self, request: Request, collection_id: str) -> Response:
        """One collection."""
        base, words = _find_base(request), load_file_words()
        one = self._find(collection_id)
        if _choose_form(request, ("json", "html")) == "html":
            trail = [(base + "/", self._title), (base + "/collections", words["collections"])]
            return _answer_page(one.title, show_collection(one, base), trail=trail)
        return _answer_json(_describe_collection(one, base))

    def items(self, request: Request, collection_id: str) -> Response:
        """A page of features."""
        one = self._find(collection_id)
        form = _choose_form(request, ("json", "html"), others=True)
        query = parse_query(request.query_params.multi_items(), one)
        positions, matched = find_features(one, query)
        links = _page_links(request, query, matched)
        if form == "html":
            return self._show_items(request, one, positions, links)
        head = {
            "type": "FeatureCollection",
            "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "numberMatched": matched,
            "numberReturned": len(positions),
            "links": links,
        }
        text = f'{json.dumps(head)[:-1]}, "features": [{",".join(one.encode(positions))}]}}'
        return _answer_text(text, _GEOJSON)

    def item(self, request: Request, collection_id: str, feature_id: str) -> Response:
        """One feature."""
        base, words = _find_base(request), load_file_words()
        one = self._find(collection_id)
        form = _choose_form(request, ("json", "html"))
        if feature_id not in one.positions:
            raise _NotFoundError(f"collection {collection_id!r} has no feature {feature_id!r}")
        position = one.positions[feature_id]
        own = f"{base}/collections/{collection_id}"
        if form == "html":
            trail = [
                (base + "/", self._title),
                (base + "/collections", words["collections"]),
                (own, one.title),
            ]
            return _answer_page(
                feature_id,
                show_feature(one.rows[position], one),
                trail=[*trail, (f"{own}/items", words["items"])],
            )
        address = f"{own}/items/{feature_id}"
        links = [
            _link(address, "self", _GEOJSON),
            _link(f"{address}?f=html", "alternate", _HTML),
            _link(own, "collection", _JSON),
        ]
        return _answer_text(f'{one.encode([position])[0][:-1]},"links":{json.dumps(links)}}}', _GEOJSON)

    def _find(self, collection_id: str) -> Collection:
        found = self._catalogue.current().collections.get(collection_id)
        if found is None:
            raise _NotFoundError(f"there is no collection {collection_id!r}")
        return found

    def _show_items(
        self, request: Request, one: Collection, positions: Sequence[int], links: Sequence[Mapping[str, str]]
    ) -> Response:
        base, words = _find_base(request), load_file_words()
        named = {entry["rel"]: entry["href"] for entry in links}
        turns = [
            (named[rel], words[word])
            for rel, word in (("prev", "previous"), ("next", "next"))
            if rel in named
        ]
        turns.append((named["alternate"], words["as_geojson"]))
        body = list_links(turns) + show_features(one, positions, base)
        trail = [(base + "/", self._title), (base + "/collections", words["collections"])]
        return _answer_page(words["items"], body, trail=[*trail, (f"{base}/collections/{one.id}", one.title)])


def _wrap(function: Callable[..., Response], request_type: type) -> Callable[..., Response]:
    """Turn faults into answers; the signature is what FastAPI reads its path parameters from."""
    import inspect

    def answer(**values: Any) -> Response:
        try:
            return function(**values)
        except QueryError as error:
            return _answer_fault(400, str(error))
        except _NotFoundError as error:
            return _answer_fault(404, str(error))
        except FrontlineError as error:
            return _answer_fault(500, str(error))

    parameters = [
        one.replace(annotation=request_type if one.name == "request" else str, kind=one.KEYWORD_ONLY)
        for one in inspect.signature(function).parameters.values()
    ]
    answer.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    answer.__name__ = function.__name__
    return answer


def _find_base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _refuse_parameters(request: Request, known: Sequence[str]) -> None:
    for name in request.query_params:
        if name not in known:
            raise QueryError(f"unknown parameter {name!r}; known are {', '.join(known)}")


def _choose_form(request: Request, forms: Sequence[str], *, others: bool = False) -> str:
    """The form asked for by ``f``, else by the Accept header, else JSON."""
    if not others:
        _refuse_parameters(request, ("f",))
    asked = request.query_params.get("f")
    if asked is not None and asked not in forms:
        raise QueryError(f"f={asked!r} must be one of {', '.join(forms)}")
    if asked:
        return asked
    return "html" if _prefers_html(request.headers.get("accept", "")) else "json"


def _prefers_html(accept: str) -> bool:
    """A browser names text/html first; programs name JSON, or nothing."""
    for part in accept.lower().split(","):
        media = part.split(";")[0].strip()
        if media in (_HTML, "application/xhtml+xml"):
            return True
        if media.endswith("json") or media == "*/*":
            return False
    return False


def _page_links(request: Request, query: Query, matched: int) -> list[dict[str, str]]:
    address = request.url.include_query_params
    links = [
        _link(str(request.url), "self", _GEOJSON if request.query_params.get("f") != "html" else _HTML),
        _link(
            str(address(f="html" if request.query_params.get("f") != "html" else "json")), "alternate", _HTML
        ),
    ]
    if query.offset + query.limit < matched:
        links.append(
            _link(str(address(offset=query.offset + query.limit, limit=query.limit)), "next", _GEOJSON)
        )
    if query.offset > 0:
        back = max(query.offset - query.limit, 0)
        links.append(_link(str(address(offset=back, limit=query.limit)), "prev", _GEOJSON))
    return links


def _link(address: str, relation: str, media: str) -> dict[str, str]:
    return {"href": address, "rel": relation, "type": media}


def _describe_collection(one: Collection, base: str) -> dict[str, Any]:
    own = f"{base}/collections/{one.id}"
    extent: dict[str, Any] = {}
    bounds, interval = one.bounds(), one.interval()
    if bounds:
        extent["spatial"] = {"bbox": [bounds], "crs": CRS84}
    if interval:
        moments = [f"{day}T00:00:00Z" if day else None for day in interval]
        if moments[1]:
            moments[1] = moments[1].replace("T00:00:00Z", "T23:59:59Z")
        extent["temporal"] = {"interval": [moments]}
    return {
        "id": one.id,
        "title": one.title,
        "itemType": "feature",
        "crs": [CRS84],
        **({"extent": extent} if extent else {}),
        "links": [
            _link(own, "self", _JSON),
            _link(f"{own}?f=html", "alternate", _HTML),
            _link(f"{own}/items", "items", _GEOJSON),
            _link(f"{own}/items?f=html", "items", _HTML),
        ],
    }


def _list_collections(snapshot: Snapshot, base: str) -> str:
    words = load_file_words()
    told = [
        (f"{base}/collections/{one.id}", f"{one.title} ({len(one.rows)})")
        for one in snapshot.collections.values()
    ]
    return f"<h2>{html.escape(words['collections'])}</h2>{list_links(told)}"


def _name_parameter(parameter: Mapping[str, Any]) -> str:
    return str(parameter.get("name") or parameter["$ref"].rpartition("/")[2])


def _answer_text(text: str, media: str, status: int = 200) -> Response:
    from starlette.responses import Response as Answer

    return Answer(text.encode("utf-8", "replace"), status_code=status, media_type=media, headers=_SAFE)


def _answer_json(value: object, *, media: str = _JSON, status: int = 200) -> Response:
    return _answer_text(json.dumps(value, ensure_ascii=False), media, status)


def _answer_page(title: str, body: str, *, trail: Sequence[tuple[str, str]] = ()) -> Response:
    return _answer_text(build_page(title, body, trail=trail), f"{_HTML}; charset=utf-8")


def _answer_fault(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    answer = _answer_json({"code": str(status), "description": text}, status=status)
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer
