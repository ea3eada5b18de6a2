"""What a sentence states of one place that is made by hand: the tests of wording of all languages read so."""

from __future__ import annotations

from datetime import UTC, datetime

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Place, PlaceKind, Report, Resolution, Span, Toponym

__all__ = ["read_sentence"]


def read_sentence(
    text: str, name: str, country: str, *, language: str, publisher: str
) -> set[tuple[str, str, str]]:
    """Return kind, status and actors of each claim of a text about the place of that name."""
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
    toponym = Toponym(span=span, name=name, name_span=span)
    issued = datetime(2025, 6, 10, tzinfo=UTC)
    report = Report(id="r", text=text, language=language, publisher=publisher, issued=issued)
    named = Resolution(toponym=toponym, place=place, score=1.0)
    found = read_claims(report, (named,), load_lexicon(language))
    return {(c.kind.value, c.status.value, ";".join(c.actors)) for c in found.claims}
