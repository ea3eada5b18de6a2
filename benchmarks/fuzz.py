"""Read mutated reports the whole way to claims: no crash, no span outside its text, no hang.

    python benchmarks/fuzz.py [--count 2000] [--seed 1] [--megabytes 0.4]

Gold reports are cut, repeated, shuffled, mixed with others and strewn with control characters.  Then come
lines of one thing over and over (numbers, dates, dots, quotes, brackets, one word ...), a
quarter and whole: the time must grow with the length, not with its square.  Exit status 1 at a fault.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo.model import Report, Span
from geo.pipeline import Settings, run

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
FILES = ("dev.jsonl", "fresh_tune.jsonl", "more_tune.jsonl")
STRANGE = "\x00\x07\x1b\x85\u200b\u202e\ufeff\u0301\u2028İßﬁ𝕏🏴\r\n\t«»„“”—–…;:()[]{}<>'’ʼ-,.?!0123456789٣"
SCRIPTS = ("Харків 10 дронів ", "北京 ", "القدس ", "Αθήνα ", "תל אביב ", "e\u0301a\u0300 ", "Ћирилица ")
CHAINS = (
    *("10-15 ", "1 150 ", "6 August 2024, ", "10:30 ", ".", ". ", '" ', "«", "(", "() ", "drone ", "Aa"),
    *("Kharkiv, ", "Kyiv: ", "– ", "U.S. ", "a-", "l'", "1,", "two hundred ", "troops struck Kharkiv and "),
    *("in the village of ", "said ", "since ", "Зеленого Гаю ", "3-й ", "\n", " ", "_", "\u0301", "\u200d"),
)
# Four times the length takes four times the time; its square would be sixteen.
GROWTH = 9.0
ALLOWANCE = 0.03  # seconds; shorter times tell nothing
HANG = 2.0  # seconds a report


def read_gold() -> list[dict[str, str]]:
    lines = [line for name in FILES for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def mutate(text: str, other: str, chance: random.Random) -> str:
    """Return a text with one to three mutations."""
    for _step in range(chance.randint(1, 3)):
        text = chance.choice(MUTATIONS)(text, other, chance)[:20_000]
    return text


def cut(text: str, _: str, chance: random.Random) -> str:
    start, end = pick(text, chance)
    return text[start:end]


def repeat(text: str, _: str, chance: random.Random) -> str:
    start, end = pick(text, chance)
    return text[:end] + text[start:end] * chance.randrange(1, 5) + text[end:]


def shuffle(text: str, _: str, chance: random.Random) -> str:
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def mix(text: str, other: str, chance: random.Random) -> str:
    start, end = pick(text, chance)
    return text[:start] + chance.choice((other[start:end], *SCRIPTS)) + text[end:]


def strew(text: str, _: str, chance: random.Random) -> str:
    signs = list(text)
    for _step in range(chance.randrange(1, 60)):
        signs.insert(chance.randrange(len(signs) + 1), chance.choice(STRANGE))
    return "".join(signs)


def join(text: str, _: str, chance: random.Random) -> str:
    return text.replace(" ", chance.choice(("", ",", "  ", "\n", "-", "’", "\u00a0", ". ")))


def shout(text: str, _: str, chance: random.Random) -> str:
    return chance.choice((text.upper(), text.lower(), text.title(), text[::-1]))


MUTATIONS = (cut, repeat, shuffle, mix, strew, join, shout)


def pick(text: str, chance: random.Random) -> tuple[int, int]:
    start, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    return start, end


def list_spans(value: Any) -> Iterator[Span]:
    """Yield every span that a value holds, at any depth."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from list_spans(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from list_spans(getattr(value, field.name))


def check(report: Report) -> float:
    """Read a report; return its processor seconds. Raise `AssertionError` where a span is not in its text."""
    started = time.process_time()
    result = run([report], Settings(draw=False))
    took = time.process_time() - started
    for claim in result.claims:
        if not claim.quote.exact:
            raise AssertionError(f"empty quote of {claim.id}")
        if claim.attribution and claim.attribution not in report.text:
            raise AssertionError(f"attribution not in text: {claim.attribution!r}")
    for span in list_spans((result.claims, result.rejections)):
        if (
            not 0 <= span.start <= span.end <= len(report.text)
            or report.text[span.start : span.end] != span.exact
        ):
            raise AssertionError(f"not in the text: {span}")
    return took


def make_reports(count: int, seed: int) -> Iterator[Report]:
    """Yield mutated reports, the same for the same seed."""
    chance, rows = random.Random(seed), read_gold()
    for number in range(count):
        row, other = chance.choice(rows), chance.choice(rows)
        yield Report(
            id=str(number),
            text=mutate(row["text"], other["text"], chance),
            language=chance.choice((row["lang"], row["lang"], other["lang"], "")),
            publisher=row.get("source", ""),
            issued=chance.choice((datetime(2025, 1, 1, tzinfo=UTC), None)),
        )


def fuzz(count: int, seed: int) -> float:
    """Check mutated reports; return the seconds of the slowest."""
    slowest = 0.0
    for report in make_reports(count, seed):
        try:
            slowest = max(slowest, check_time(report))
        except Exception:
            print(json.dumps({"text": report.text, "lang": report.language}), file=sys.stderr)
            raise
    return slowest


def check_time(report: Report) -> float:
    """Check a report; `AssertionError` where it hangs twice (the first time may fill a cache)."""
    took = check(report)
    if took > HANG:
        took = check(report)
    if took > HANG:
        raise AssertionError(f"{took:.1f} s for {len(report.text)} characters")
    return took


def grow(chain: str, language: str, most: int) -> tuple[float, float]:
    """Read a chain of a length and of a quarter of it; return how the time grows, and seconds a megabyte."""
    took: list[float] = []
    for size in (most // 4, most):
        text = (chain * (size // len(chain.encode()) + 1))[: size * len(chain) // len(chain.encode())]
        report = Report(id="chain", text=text, language=language)
        took.append(min(check(report) for _ in range(2)))
    return took[1] / max(took[0], ALLOWANCE), took[1] / (most / 1e6)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--megabytes", type=float, default=0.4, help="length of the longest chains; 0 for none"
    )
    options = parser.parse_args()
    started = time.process_time()
    slowest = fuzz(options.count, options.seed)
    took = time.process_time() - started
    print(f"{options.count} mutated reports read, none at fault; {took:.0f} s, the slowest {slowest:.2f} s")
    faults = 0
    for chain in CHAINS if options.megabytes else ():
        language = "uk" if any("а" <= sign <= "я" for sign in chain.lower()) else "en"
        worst, rate = grow(chain, language, int(options.megabytes * 1e6))
        faults += worst > GROWTH
        mark = " !" if worst > GROWTH else ""
        print(f"{chain!r:32} {rate:7.2f} s/MB, four times the length {worst:4.1f} times the time{mark}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
