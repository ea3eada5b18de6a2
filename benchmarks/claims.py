"""Score the reading of claims on gold files: python benchmarks/claims.py [FILE ...] [--misses] [--report ID].

Without a file it scores all in tests/gold.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"


def load_scorer() -> Any:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/gold/score.py is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules["gold_score"] = module
    spec.loader.exec_module(module)
    return module


def read_reports(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


class Runner:
    """The way from a report to placed claims, as short as it can be."""

    def __init__(self) -> None:
        from geo.places.gazetteer import open_gazetteer
        from geo.shapes.boundaries import open_boundaries

        self.gazetteer = open_gazetteer()
        self.boundaries = open_boundaries()

    def read(self, record: dict[str, Any]) -> Any:
        """Read the claims of a gold record."""
        from geo.claims.read import read_claims
        from geo.language.lexicon import load_lexicon
        from geo.model import Report
        from geo.places.read import read_places

        issued = datetime.fromisoformat(record["date"])
        report = Report(
            id=record["id"],
            text=record["text"],
            language=record["lang"],
            publisher=record.get("source", ""),
            issued=issued if issued.tzinfo else issued.replace(tzinfo=UTC),
        )
        lexicon = load_lexicon(record["lang"])
        return read_claims(report, read_places(report, lexicon, self.gazetteer), lexicon)

    def place(self, claim: Any) -> tuple[float | None, float | None]:
        """Return a claim's point, latitude and longitude in degrees; None twice if unplaced."""
        from geo.errors import FrontlineError
        from geo.shapes.context import gather_context
        from geo.shapes.footprint import draw_footprint

        if claim.place.place is None:
            return None, None
        if claim.place.place.kind in {"settlement", "site"} and claim.place.toponym.relation.kind in {
            "at",
            "near",
        }:
            return claim.place.place.latitude, claim.place.place.longitude
        try:
            drawn = draw_footprint(claim, self.boundaries, gather_context([claim]))
        except FrontlineError:
            return claim.place.place.latitude, claim.place.place.longitude
        return drawn.latitude, drawn.longitude

    def export(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """Return a record's claims as GeoJSON features."""
        return [self.make_feature(claim) for claim in self.read(record).claims]

    def make_feature(self, claim: Any) -> dict[str, Any]:
        """Return a claim as a GeoJSON feature with the properties that score.py reads."""
        latitude, longitude = self.place(claim)

        def day(value: Any) -> str | None:
            return value.isoformat() if value else None

        return {
            "type": "Feature",
            "geometry": None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {
                "report": claim.report_id,
                "kind": str(claim.kind),
                "status": str(claim.status),
                "actors": ";".join(claim.actors),
                "place": claim.place.place.name if claim.place.place else claim.place.toponym.name,
                "lat": latitude,
                "lon": longitude,
                "count_low": claim.count.low if claim.count else None,
                "count_high": claim.count.high if claim.count else None,
                "count_unit": claim.count.unit if claim.count else None,
                "area_km2_low": claim.area.low if claim.area else None,
                "area_km2_high": claim.area.high if claim.area else None,
                "date_start": day(claim.time.start),
                "date_end": day(claim.time.end),
                "attribution": claim.attribution,
                "quote": claim.quote.exact,
                "rule": claim.rule,
            },
        }


def score_file(path: Path, runner: Runner, misses: int) -> dict[str, Any]:
    scorer = load_scorer()
    records = read_reports(path)
    started = time.perf_counter()
    features = [feature for record in records for feature in runner.export(record)]
    spent = time.perf_counter() - started
    gold = scorer.get_gold(path.read_text(encoding="utf-8-sig"), str(path))
    predicted = scorer.get_predicted(
        json.dumps({"type": "FeatureCollection", "features": features}), "predicted", gold
    )
    result: dict[str, Any] = scorer.score(gold, predicted, misses)
    result["seconds"] = spent
    result["table"] = scorer.table(result)
    return result


def show_report(path: Path, runner: Runner, report_id: str) -> None:
    for record in read_reports(path):
        if record["id"] != report_id and report_id != "all":
            continue
        print("##", record["id"], record["date"], "|", record["source"])
        print(record["text"])
        for gold in record["claims"]:
            print(
                "  GOLD",
                *[
                    gold[k]
                    for k in (
                        "kind",
                        "status",
                        "actors",
                        "place",
                        "count_low",
                        "count_high",
                        "area_km2_low",
                        "date_start",
                        "date_end",
                        "attribution",
                    )
                ],
                sep=" | ",
            )
        for feature in runner.export(record):
            p = feature["properties"]
            print(
                "  PRED",
                *[
                    p[k]
                    for k in (
                        "kind",
                        "status",
                        "actors",
                        "place",
                        "count_low",
                        "count_high",
                        "area_km2_low",
                        "date_start",
                        "date_end",
                        "attribution",
                        "rule",
                    )
                ],
                sep=" | ",
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--report", default="")
    options = parser.parse_args()
    runner = Runner()
    files = options.files or sorted(GOLD.glob("*.jsonl"))
    for path in files:
        if options.report:
            show_report(path, runner, options.report)
            continue
        result = score_file(path, runner, options.misses)
        print(f"== {path.name}  ({result['seconds']:.2f} s)")
        print(result["table"])


if __name__ == "__main__":
    main()
