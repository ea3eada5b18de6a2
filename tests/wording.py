"""What a text states of places that are made by hand: the tests of wording of all languages read so."""

from __future__ import annotations

from datetime import UTC, datetime

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Claim, Place, PlaceKind, Report, Resolution, Span, Toponym

__all__ = ["ISSUED", "read_sentence", "read_text"]

ISSUED = datetime(2025, 6, 10, 12, tzinfo=UTC)  # a Tuesday


def read_text(
    text: str, names: list[str], language: str, publisher: str = "", country: str = "UA"
) -> tuple[Claim, ...]:
    """Return the claims of a text; its places are settlements of one country, at their first mention."""
    named = tuple(_settle(text, name, country) for name in names)
    report = Report(id="r", text=text, language=language, publisher=publisher, issued=ISSUED)
    return read_claims(report, named, load_lexicon(language)).claims


def read_sentence(
    text: str, name: str, country: str, *, language: str, publisher: str
) -> set[tuple[str, str, str]]:
    """Return kind, status and actors of each claim of a text about the place of that name."""
    found = read_text(text, [name], language, publisher, country)
    return {(c.kind.value, c.status.value, ";".join(c.actors)) for c in found}


def _settle(text: str, name: str, country: str) -> Resolution:
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
