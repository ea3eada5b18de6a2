"""How many reports a second one core reads, from text to claims with places, and where the time goes.

    python benchmarks/speed.py [--seconds 4] [--json]

Gold reports of one language and publisher's day are joined to reports of about 2.5 KB (UTF-8): dense,
with 15 claims each. Where the shared data are (FRONTLINE_SHARED, else ``../shared`` beside the
checkout), articles of other news, mostly not of war, are read too. Processor time, so that a busy
machine counts little; beside it a fixed loop, to compare machines by.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import geo.claims.read
from geo.claims.read import read_claims
from geo.language.dates import find_times
from geo.language.detect import detect_language
from geo.language.lexicon import load_lexicon
from geo.language.quantities import find_quantities
from geo.language.sentences import split_sentences
from geo.model import Report
from geo.pipeline import Settings, run
from geo.places.gazetteer import open_gazetteer
from geo.places.recognise import find_anaphora, recognise_toponyms
from geo.places.resolve import resolve_toponyms

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
FILES = ("dev.jsonl", "fresh_tune.jsonl", "more_tune.jsonl")
NEWS = Path(os.environ.get("FRONTLINE_SHARED", GOLD.parents[2] / "shared"), "data", "geoparse")
SIZE = 2500  # bytes
TARGET = 300  # reports a second


def read_gold() -> Iterator[dict[str, str]]:
    for name in FILES:
        with (GOLD / name).open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def build_reports(size: int = SIZE) -> list[Report]:
    """Join gold reports of one language to reports of a size in bytes."""
    reports: list[Report] = []
    waiting: dict[str, list[dict[str, str]]] = {}
    for row in read_gold():
        rows = waiting.setdefault(row["lang"], [])
        rows.append(row)
        text = "\n\n".join(one["text"] for one in rows)
        if len(text.encode()) >= size:
            reports.append(
                Report(
                    id=f"{row['lang']}-{len(reports)}",
                    text=text.encode()[:size].decode(errors="ignore"),
                    language=row["lang"],
                    publisher=rows[0].get("source", ""),
                    issued=datetime.fromisoformat(rows[0]["date"]).replace(tzinfo=UTC),
                )
            )
            waiting[row["lang"]] = []
    return reports


def build_news(name: str, size: int = SIZE) -> list[Report]:
    """Return the beginnings of English articles of at least three fifths of a size; none without the data."""
    path = NEWS / f"{name}.jsonl"
    if not path.exists():
        return []
    texts = [json.loads(line)["text"].encode() for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Report(id=f"{name}-{number}", text=text[:size].decode(errors="ignore"), language="en")
        for number, text in enumerate(texts)
        if len(text) >= size * 3 // 5
    ]


def time_loop() -> float:
    """Return the processor seconds of a fixed loop."""
    start = time.process_time()
    counts: dict[str, int] = {}
    for number in range(200_000):
        word = str(number % 977)
        counts[word] = counts.get(word, 0) + len(word)
    return time.process_time() - start


def time_rounds(
    reports: list[Report], seconds: float, read: Callable[[Report], object]
) -> tuple[float, float]:
    """Return the processor seconds a report and of the fixed loop.

    Each report counts with its best of several rounds, as other work on the machine empties the caches.
    """
    best, loop = [float("inf")] * len(reports), float("inf")
    until, clock = time.process_time() + seconds, time.process_time
    while clock() < until or best[0] == float("inf"):
        loop = min(loop, time_loop())
        for number, report in enumerate(reports):
            start = clock()
            read(report)
            best[number] = min(best[number], clock() - start)
    return sum(best) / len(best), loop


def list_stages() -> dict[str, Callable[[Report], object]]:
    """Return each stage alone; what it shares with others may come from a cache, so they add up roughly."""
    gazetteer = open_gazetteer()
    resolved = {}

    def read(report: Report) -> object:
        lexicon = load_lexicon(report.language)
        if report.id not in resolved:
            named = resolve_toponyms(report, recognise_toponyms(report, lexicon, gazetteer), gazetteer)
            meant = find_anaphora(report, lexicon, named)
            resolved[report.id] = (named, tuple(sorted((*named, *meant), key=lambda r: r.toponym.span.start)))
        return read_claims(report, resolved[report.id][1], lexicon)

    def resolve(report: Report) -> object:
        return resolve_toponyms(report, [one.toponym for one in resolved[report.id][0]], gazetteer)

    return {
        "claims (all of it, places given)": read,
        "language": lambda r: detect_language(r.text),
        "sentences": lambda r: split_sentences(r.text, load_lexicon(r.language)),
        "quantities": lambda r: find_quantities(r.text, load_lexicon(r.language), r.id),
        "times": lambda r: find_times(r.text, load_lexicon(r.language), r.issued, r.id),
        "recognise": lambda r: recognise_toponyms(r, load_lexicon(r.language), gazetteer),
        "resolve": resolve,
    }


def measure(seconds: float) -> dict[str, float]:
    reports, settings = build_reports(), Settings(draw=False)
    stateless = [replace(report, language="") for report in reports]
    for report in reports:
        run([report], settings)  # warm
    whole, loop = time_rounds(reports, seconds, lambda r: run([r], settings))
    told, _ = time_rounds(stateless, seconds / 2, lambda r: run([r], settings))
    figures = {
        "reports": float(len(reports)),
        "reports a second": 1 / whole,
        "reports a second, language to be told": 1 / told,
        "ms a report": whole * 1000,
        "fixed loop, ms": loop * 1000,
    }
    for tag in sorted({report.language for report in reports}):
        some = [report for report in reports if report.language == tag]
        figures[f"reports a second, {tag}"] = (
            1 / time_rounds(some, seconds / 4, lambda r: run([r], settings))[0]
        )
    for name in ("trnews", "geovirus"):
        news = build_news(name)
        for report in news:
            run([report], settings)  # warm
        if news:
            figures[f"reports a second, news ({name})"] = (
                1 / time_rounds(news, seconds / 2, lambda r: run([r], settings))[0]
            )
    for name, read in list_stages().items():
        for report in reports:
            read(report)  # warm
        figures[f"ms: {name}"] = time_rounds(reports, seconds / 4, read)[0] * 1000
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="processor seconds to measure for")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.seconds)
    if options.json:
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1))
        return
    sort = "plain Python" if str(geo.claims.read.__file__).endswith(".py") else "compiled readers (make fast)"
    print(f"aim: {TARGET} reports of {SIZE} bytes a second; {sort}")
    for name, value in figures.items():
        print(f"{value:10.2f}  {name}")


if __name__ == "__main__":
    main()
