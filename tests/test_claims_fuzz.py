"""Mutated reports are read without a fault; FRONTLINE_FUZZ sets how many (benchmarks/fuzz_claims.py: 100,000)."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Place, PlaceKind, Report, Resolution, Span, Toponym

HERE = Path(__file__).resolve().parent
NUMBER = int(os.environ.get("FRONTLINE_FUZZ", "150"))
# Seconds a megabyte, with room for a busy machine.


def load_fuzz():
    spec = importlib.util.spec_from_file_location(
        "fuzz_claims", HERE.parent / "benchmarks" / "fuzz_claims.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def guess_places(text: str) -> tuple[Resolution, ...]:
    """Take every capitalised word for a place: the worst that recognition could do."""
    found, offset = [], 0
    for word in text.split(" "):
        if word[:1].isupper() and word.isalpha():
            span = Span(report_id="r", start=offset, end=offset + len(word), exact=word)
            place = Place(
                gazetteer="t",
                id=word,
                name=word,
                latitude=48.0,
                longitude=37.0,
                kind=PlaceKind.SETTLEMENT,
                country_code="UA",
            )
            found.append(Resolution(toponym=Toponym(span=span, name=word, name_span=span), place=place))
        offset += len(word) + 1
    return tuple(found)


def read(text: str, record: dict) -> None:
    report = Report(
        id="r",
        text=text,
        language=record["lang"],
        publisher=record["source"],
        issued=datetime(2025, 1, 1, tzinfo=UTC),
    )
    load_fuzz().check(report, read_claims(report, guess_places(text), load_lexicon(record["lang"])))


RECORDS = [
    json.loads(line) for line in (HERE / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_mutated_reports_are_read():
    fuzz, chance = load_fuzz(), random.Random(4)
    for _ in range(NUMBER):
        record, other = chance.choice(RECORDS), chance.choice(RECORDS)
        read(fuzz.mutate(record["text"], other["text"], chance), record)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "«»", "—", "?", ".", "\x00", "’’’", "a" * 5000, "1,000 " * 500]
)
def test_texts_without_sense_give_no_claim(text):
    for record in RECORDS[::12]:
        read(text, record)


def _spend(text, record):
    started = time.process_time()
    read(text, record)
    return time.process_time() - started


@pytest.mark.slow
def test_long_lines_take_time_in_proportion():
    """Four times the text takes four times the time, not sixteen."""
    record = RECORDS[0]
    line = record["text"].replace("\n", " ")
    _spend(line, record)
    assert _spend(line * 160, record) < 9 * _spend(line * 40, record)
