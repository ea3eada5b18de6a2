"""Read mutated reports: python benchmarks/fuzz_claims.py [N] [--seed S]; stops at the first fault.

A fault is an exception or a span that is not in its text.  The slowest text is told, warming up and
pauses of the collector included; it is no fault.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
_STRANGE = "\x00\x07\u200b\u202e\ufeff\u0301İßﬁ𝕏🏴\n\t«»„“”—–…;:()[]{}'’ʼ-,.?!0123456789"


def mutate(text: str, other: str, random_: random.Random) -> str:
    """Return a text cut, repeated, shuffled, mixed with another, or strewn with strange characters."""
    choice = random_.randrange(7)
    at, to = sorted((random_.randrange(len(text) + 1), random_.randrange(len(text) + 1)))
    if choice == 0:
        return text[at:to]
    if choice == 1:
        return text[:to] + text[at:to] * random_.randrange(1, 4) + text[to:]
    if choice == 2:
        words = text.split(" ")
        random_.shuffle(words)
        return " ".join(words)
    if choice == 3:
        return text[:at] + other[at:to] + text[to:]
    if choice == 4:
        signs = list(text)
        for _ in range(random_.randrange(1, 40)):
            signs.insert(random_.randrange(len(signs) + 1), random_.choice(_STRANGE))
        return "".join(signs)
    if choice == 5:
        return text.replace(" ", random_.choice(("", ",", "  ", "\n", "-", "’")))
    return "".join(random_.choice(text) for _ in range(min(len(text), 600))) if text else ""


def check(report: Any, result: Any) -> None:
    """Raise if a span is not in its text."""
    for claim in result.claims:
        quote = claim.quote
        if report.text[quote.start : quote.end] != quote.exact or not quote.exact:
            raise AssertionError(f"quote not in text: {quote}")
        if claim.attribution is not None and claim.attribution not in report.text:
            raise AssertionError(f"attribution not in text: {claim.attribution!r}")
        for quantity in (claim.count, claim.area):
            if quantity is not None:
                span = quantity.span
                if report.text[span.start : span.end] != span.exact:
                    raise AssertionError(f"number not in text: {span}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    from geo.claims.read import read_claims
    from geo.language.lexicon import load_lexicon
    from geo.model import Report
    from geo.places.gazetteer import open_gazetteer
    from geo.places.read import read_places

    gazetteer = open_gazetteer()
    records = [json.loads(line) for line in (GOLD / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    random_ = random.Random(options.seed)
    slowest = 0.0
    for number in range(options.number):
        record, other = random_.choice(records), random_.choice(records)
        text = mutate(record["text"], other["text"], random_)
        language = random_.choice((record["lang"], other["lang"]))
        report = Report(
            id=str(number),
            text=text,
            language=language,
            publisher=record["source"],
            issued=datetime(2025, 1, 1, tzinfo=UTC),
        )
        lexicon = load_lexicon(language)
        try:
            resolutions = read_places(report, lexicon, gazetteer)
            started = time.process_time()
            check(report, read_claims(report, resolutions, lexicon))
            slowest = max(slowest, (time.process_time() - started) / (len(text.encode()) + 20_000) * 1e6)
        except Exception:
            print(
                json.dumps({"text": text, "lang": language, "source": record["source"]}, ensure_ascii=False)
            )
            raise
    print(
        f"{options.number} mutated reports read; slowest {slowest:.2f} s a megabyte (at least 20 kB counted)"
    )


if __name__ == "__main__":
    main()
