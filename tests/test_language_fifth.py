"""A fifth language is a file: German reports are read into claims by ``data/lexicon/de.toml`` alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.claims.read import read_claims
from geo.language.detect import detect_language
from geo.language.lexicon import load_lexicon
from geo.model import Claim, Place, PlaceKind, Report, Resolution, Span, Toponym

# A report, its places with their countries, and what it states: kind, status, actors, place, count.
REPORTS = {
    "strikes": (
        (
            "Russische Drohnen haben in der Nacht ein Wohnhaus in Odessa getroffen. "
            "Über Mykolajiw schoss die Flugabwehr fünf russische Drohnen ab."
        ),
        {"Odessa": "UA", "Mykolajiw": "UA"},
        {
            ("strike", "reported", "RUS", "Odessa", None),
            ("strike", "reported", "RUS", "Mykolajiw", 5.0),
        },
    ),
    "retreat and advance": (
        (
            "Die ukrainische Armee hat sich aus Awdijiwka zurückgezogen, räumte der Generalstab ein. "
            "Russische Truppen rückten zugleich bei Marjinka vor."
        ),
        {"Awdijiwka": "UA", "Marjinka": "UA"},
        {
            ("withdrawal", "reported", "UKR", "Awdijiwka", None),
            ("advance", "reported", "RUS", "Marjinka", None),
        },
    ),
    "build-up and fear": (
        (
            "Russland zog in den vergangenen Wochen 10.000 Soldaten bei Belgorod zusammen. "
            "Befürchtet wird ein Angriff auf Charkiw."
        ),
        {"Belgorod": "RU", "Charkiw": "UA"},
        {
            ("concentration", "reported", "RUS", "Belgorod", 10_000.0),
            ("advance", "expected", "RUS", "Charkiw", None),
        },
    ),
    "denial and hold": (
        (
            "Kiew dementierte die Einnahme von Pokrowsk durch russische Truppen. "
            "Myrnohrad steht weiter unter ukrainischer Kontrolle."
        ),
        {"Pokrowsk": "UA", "Myrnohrad": "UA"},
        {
            ("control", "denied", "RUS", "Pokrowsk", None),
            ("control", "reported", "UKR", "Myrnohrad", None),
        },
    ),
    "repelled attacks": (
        (
            "Ukrainische Soldaten wehrten am Freitag drei Angriffe bei Torezk ab. "
            "Die russische Armee verlegte zwei Brigaden nach Tokmak."
        ),
        {"Torezk": "UA", "Tokmak": "UA"},
        {
            ("clash", "reported", "RUS;UKR", "Torezk", 3.0),
            ("concentration", "reported", "RUS", "Tokmak", 2.0),
        },
    ),
    "other wars": (
        "Die M23-Rebellen eroberten am Montag Goma. Israelische Kampfjets flogen Luftangriffe auf Baalbek.",
        {"Goma": "CD", "Baalbek": "LB"},
        {
            ("control", "reported", "COD", "Goma", None),
            ("strike", "reported", "ISR", "Baalbek", None),
        },
    ),
    "conditions and summits": (
        (
            "Wenn Russland Sumy angreift, wäre das ein Fehler, sagte der Minister. "
            "In Berlin begann ein Gipfel über Waffenlieferungen."
        ),
        {"Sumy": "UA", "Berlin": "DE"},
        set(),
    ),
}


def resolve(text: str, name: str, country: str) -> Resolution:
    start = text.index(name)
    span = Span(report_id="r", start=start, end=start + len(name), exact=name)
    place = Place(
        gazetteer="test",
        id=name,
        name=name,
        latitude=48.0,
        longitude=37.0,
        kind=PlaceKind.SETTLEMENT,
        country_code=country,
    )
    return Resolution(toponym=Toponym(span=span, name=name, name_span=span), place=place, score=1.0)


def read(text: str, places: dict[str, str]) -> tuple[Claim, ...]:
    issued = datetime(2025, 6, 10, tzinfo=UTC)
    report = Report(id="r", text=text, language="de", publisher="Der Bote", issued=issued)
    resolutions = tuple(resolve(text, name, country) for name, country in places.items())
    return read_claims(report, resolutions, load_lexicon("de")).claims


@pytest.mark.parametrize("name", REPORTS)
def test_german_report_gives_its_claims(name: str) -> None:
    text, places, expected = REPORTS[name]
    assert detect_language(text) == "de"
    found = {
        (c.kind.value, c.status.value, ";".join(c.actors), c.place.toponym.name, c.count and c.count.high)
        for c in read(text, places)
    }
    assert found == expected


def test_german_source_is_named() -> None:
    text, places, _ = REPORTS["denial and hold"]
    assert next(claim.attribution for claim in read(text, places)) == "Kiew"
