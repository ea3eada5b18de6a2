"""Measure places: names, headlines, marked texts, gold reports, speed. Prints a table, or JSON with --json.

Reads the shared data from the folder that FRONTLINE_SHARED names, else ``../shared`` beside the checkout.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo.language.lexicon import load_lexicon
from geo.model import Place, PlaceKind, Report, Resolution
from geo.places.gazetteer import Gazetteer, open_gazetteer
from geo.places.lookup import PlaceQuery, find_places
from geo.places.read import read_places

SHARED = Path(os.environ.get("FRONTLINE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
NEWS = Path(__file__).resolve().parents[1] / "tests" / "gold" / "news_places.jsonl"
csv.field_size_limit(10_000_000)

# How far a right answer may lie from the gold point, km, and what kinds count, by the kind of the list.
GOLD_KINDS = {
    "city": (15.0, {PlaceKind.SETTLEMENT}),
    "town": (12.0, {PlaceKind.SETTLEMENT}),
    "village": (8.0, {PlaceKind.SETTLEMENT}),
    "district": (60.0, {PlaceKind.DISTRICT}),
    "region": (230.0, {PlaceKind.REGION}),
    "country": (800.0, {PlaceKind.COUNTRY}),
    "airbase": (12.0, {PlaceKind.SITE, PlaceKind.SETTLEMENT}),
    "airport": (12.0, {PlaceKind.SITE, PlaceKind.SETTLEMENT}),
    "refinery": (12.0, {PlaceKind.SITE}),
    "site": (12.0, {PlaceKind.SITE, PlaceKind.AREA, PlaceKind.WATER}),
    "area": (350.0, {PlaceKind.AREA, PlaceKind.REGION}),
    "sea": (350.0, {PlaceKind.WATER}),
    "river": (300.0, {PlaceKind.WATER, PlaceKind.SETTLEMENT}),
}


def km(latitude: float, longitude: float, place: Place) -> float:
    a, b, c, d = map(math.radians, (latitude, longitude, place.latitude, place.longitude))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def read_csv(name: str) -> Iterator[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_jsonl(name: str) -> Iterator[dict[str, Any]]:
    with (SHARED / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def share(hits: Iterable[bool]) -> float:
    listed = list(hits)
    return round(sum(listed) / len(listed), 4) if listed else float("nan")


def read_text(
    gazetteer: Gazetteer,
    text: str,
    language: str,
    publisher: str = "",
    issued: datetime | None = None,
    *,
    every_mention: bool = False,
) -> list[Resolution]:
    report = Report(id="r", text=text, language=language, publisher=publisher, issued=issued)
    return list(read_places(report, load_lexicon(language), gazetteer, every_mention=every_mention))


def read_day(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def flatten(found: Iterable[Resolution]) -> Iterator[Place]:
    for resolution in found:
        if resolution.place is not None:
            yield resolution.place
        yield from flatten(resolution.others)


def measure_names(gazetteer: Gazetteer, misses: int) -> dict[str, Any]:
    rows = []
    for row in read_csv("gold/places.csv"):
        radius, kinds = GOLD_KINDS[row["kind"]]
        best = find_places(PlaceQuery(name=row["name"]), gazetteer)[:1]
        hit = bool(best) and best[0].place.kind in kinds
        hit = hit and km(float(row["lat"]), float(row["lon"]), best[0].place) <= radius
        rows.append((row, hit))
        if not hit and misses > 0:
            answer = [(c.place.name, c.place.kind.value, c.place.country_code, c.score) for c in best]
            print(
                "MISS", row["name"], row["lang"], row["kind"], row["lat"], row["lon"], answer, file=sys.stderr
            )
            misses -= 1
    result: dict[str, Any] = {"all": share(hit for _, hit in rows)}
    for tag in ("en", "fr", "uk", "ru"):
        result[tag] = share(hit for row, hit in rows if row["lang"] == tag)
    for kind in GOLD_KINDS:
        result[kind] = share(hit for row, hit in rows if row["kind"] == kind)
    return result


def measure_ucdp_places(gazetteer: Gazetteer, misses: int) -> dict[str, Any]:
    result = {}
    for name, field in (("bare", ""), ("with_oblast", "admin1")):
        hits = []
        for row in read_csv("data/events/ucdp_places.csv"):
            query = PlaceQuery(
                name=", ".join(part for part in (row["place"], row[field] if field else "") if part)
            )
            best = find_places(query, gazetteer)[:1]
            hits.append(bool(best) and km(float(row["lat"]), float(row["lon"]), best[0].place) <= 10.0)
            if not hits[-1] and misses > 0:
                at = [
                    (
                        c.place.name,
                        c.place.admin1_code,
                        round(km(float(row["lat"]), float(row["lon"]), c.place)),
                    )
                    for c in best
                ]
                print("MISS", name, row["place"], row["admin1"], at, file=sys.stderr)
                misses -= 1
        result[name] = share(hits)
    return result


def measure_headlines(gazetteer: Gazetteer, name: str, misses: int) -> dict[str, Any]:
    hits: dict[str, list[bool]] = {"10": [], "25": [], "161": []}
    texts: dict[str, list[tuple[float, float]]] = {}
    languages: dict[str, str] = {}
    days: dict[str, datetime | None] = {}
    for row in read_csv(name):
        if row.get("place_in_text", "1") == "1":
            texts.setdefault(row["text"], []).append((float(row["lat"]), float(row["lon"])))
            languages[row["text"]] = row.get("lang") or "en"
        days[row["text"]] = (
            datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) if row.get("date") else None
        )
    for text, points in texts.items():
        places = list(flatten(read_text(gazetteer, text, languages[text], issued=days[text])))
        near = min((km(*point, place) for point in points for place in places), default=math.inf)
        for limit, found in hits.items():
            found.append(near <= float(limit))
        if near > 25 and misses > 0:
            print("MISS", points, [place.name for place in places], text[:300], file=sys.stderr)
            misses -= 1
    return {f"within_{limit}_km": share(found) for limit, found in hits.items()} | {"texts": len(texts)}


def measure_marked(gazetteer: Gazetteer, name: str, misses: int) -> dict[str, Any]:
    right = predicted = marked = located = near = close = settled = settled_near = 0
    for document in read_jsonl(name):
        found = read_text(gazetteer, document["text"], "en", every_mention=True)
        by_span = {
            (part.toponym.name_span.start, part.toponym.name_span.end): part
            for resolution in found
            for part in (resolution, *resolution.others)
        }
        gold = {(item["start"], item["end"]): item for item in document["toponyms"]}
        predicted, marked = predicted + len(by_span), marked + len(gold)
        right += len(by_span.keys() & gold.keys())
        if misses > 0:
            extra = [document["text"][a:b] for a, b in by_span.keys() - gold.keys()]
            missing = [document["text"][a:b] for a, b in gold.keys() - by_span.keys()]
            print("EXTRA", extra, "MISSING", missing, file=sys.stderr)
            misses -= 1
        for span, item in gold.items():
            if item["lat"] is None:
                continue
            located += 1
            answer = by_span.get(span)
            place = answer.place if answer is not None else None
            distance = km(item["lat"], item["lon"], place) if place is not None else math.inf
            near, close = near + (distance <= 161.0), close + (distance <= 10.0)
            if (item["type"] or "").startswith("PPL"):
                settled, settled_near = settled + 1, settled_near + (distance <= 161.0)
            if 161.0 < distance < math.inf and misses > 0:
                print(
                    "FAR",
                    item["name"],
                    place and (place.name, place.country_code, place.kind.value),
                    item["lat"],
                    item["lon"],
                    file=sys.stderr,
                )
    precision, recall = right / max(predicted, 1), right / marked
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "within_161_km": round(near / located, 4),
        "within_10_km": round(close / located, 4),
        "settlements_within_161_km": round(settled_near / settled, 4) if settled else None,
    }


def measure_gold(gazetteer: Gazetteer, misses: int) -> dict[str, Any]:
    hits: list[tuple[str, bool]] = []
    for row in read_jsonl("gold/dev.jsonl"):
        found = read_text(gazetteer, row["text"], row["lang"], row["source"])
        places = list(flatten(found))
        for name, lat, lon, tol in {(c["place"], c["lat"], c["lon"], c["tol_km"]) for c in row["claims"]}:
            hit = any(km(lat, lon, place) <= tol for place in places)
            hits.append((row["lang"], hit))
            if not hit and misses > 0:
                print("MISS", row["id"], name, lat, lon, file=sys.stderr)
                misses -= 1
    result = {"all": share(hit for _, hit in hits)}
    return result | {tag: share(hit for lang, hit in hits if lang == tag) for tag in ("en", "fr", "uk", "ru")}


def measure_speed(gazetteer: Gazetteer, misses: int) -> dict[str, Any]:
    del misses
    texts = [row["text"] for row in read_jsonl("data/geoparse/trnews.jsonl")]
    size = 2500
    articles = [
        text[at : at + size] for text in texts for at in range(0, max(len(text) - size // 2, 1), size)
    ]
    time_articles(gazetteer, articles)
    # Processor time, best of three: the figure is for one core, whatever else runs on it.
    seconds = min(time_articles(gazetteer, articles) for _ in range(3))
    kilobytes = sum(map(len, articles)) / 2500.0
    return (
        {"articles_of_2.5_kB_a_second": round(kilobytes / seconds)}
        | measure_start()
        | (measure_article(articles[0]))
    )


def time_articles(gazetteer: Gazetteer, articles: list[str]) -> float:
    start = time.process_time()
    for article in articles:
        read_text(gazetteer, article, "en")
    return time.process_time() - start


# What `frontline geocode --json` answers, in a fresh process; as installed, so with its bytecode beside it.
_ONE_NAME = """
from geo.places.quick import answer_name, open_quickly
(best, *_) = answer_name("Kramatorsk", open_quickly())
assert best["country_code"] == "UA"
print(next((line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), "nan"))
"""


# The names of one article in a fresh process, after imports and the lexicon: all else is cold.
# Processor time, so that what else runs counts little.
_ONE_ARTICLE = """
import sys, time
from geo.language.lexicon import load_lexicon
from geo.model import Report
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places
lexicon, report = load_lexicon("en"), Report(id="r", text=sys.stdin.read(), language="en")
start = time.process_time()
places = list(read_places(report, lexicon, open_gazetteer()))
print(1000.0 * (time.process_time() - start), len(places))
"""


def measure_article(article: str) -> dict[str, Any]:
    """Time the names of one article in a fresh process, milliseconds of processor time, best of ten."""

    def run() -> float:
        command = [sys.executable, "-c", _ONE_ARTICLE]
        done = subprocess.run(command, check=True, input=article, capture_output=True, text=True)
        return float(done.stdout.split()[0])

    return {"names_of_one_article_ms": round(min(run() for _ in range(10)), 1)}


def measure_start() -> dict[str, Any]:
    """Time a fresh process with one look-up against a bare one, milliseconds of wall clock, best of many."""
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = folder

        def run(source: str) -> tuple[float, str]:
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", source], check=True, env=env, capture_output=True, text=True
            )
            return (time.perf_counter() - start) * 1000.0, done.stdout

        one, bare = zip(*[(run(_ONE_NAME), run("pass")) for _ in range(25)], strict=True)
    return {
        "one_name_ms": round(min(one)[0] - min(bare)[0], 1),
        "python_ms": round(min(bare)[0], 1),
        "one_name_mb": round(float(one[-1][1]) / 1024.0, 1),  # the most that was resident
    }


MEASURES: dict[str, Callable[[Gazetteer, int], dict[str, Any]]] = {
    "names": measure_names,
    "ucdp_places": measure_ucdp_places,
    "viina": lambda gazetteer, misses: measure_headlines(
        gazetteer, "data/events/viina_headlines_uk_ru.csv", misses
    ),
    "ucdp_ged": lambda gazetteer, misses: measure_headlines(gazetteer, "data/events/ucdp_ged_en.csv", misses),
    "trnews": lambda gazetteer, misses: measure_marked(gazetteer, "data/geoparse/trnews.jsonl", misses),
    "geovirus": lambda gazetteer, misses: measure_marked(gazetteer, "data/geoparse/geovirus.jsonl", misses),
    "news": lambda gazetteer, misses: measure_marked(gazetteer, str(NEWS), misses),
    "gold": measure_gold,
    "speed": measure_speed,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measures", nargs="*", help=f"which of {', '.join(MEASURES)}; all if none")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--misses", type=int, default=0, help="show so many misses of each, on stderr")
    args = parser.parse_args()
    gazetteer = open_gazetteer()
    results = {name: MEASURES[name](gazetteer, args.misses) for name in args.measures or MEASURES}
    if args.json:
        print(json.dumps(results))
        return 0
    for name, figures in results.items():
        print(f"{name:12} " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
