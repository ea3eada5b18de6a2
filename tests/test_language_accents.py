"""A text without any accent is read as if it had them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from geo.language.accents import restore_accents
from geo.language.lexicon import load_lexicon
from geo.model import Claim, Report
from geo.pipeline import read_report

_NEWS = (
    "Les forces ukrainiennes ont libéré Izioum et Balakliïa, a déclaré lundi le ministère de la Défense. "
    "Les Russes se sont retirés de Koupiansk, selon l'état-major. L'armée russe a bombardé Kharkiv dans la nuit ; "
    "un missile a frappé un dépôt à Kramatorsk."
)


def _strip(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


def _read(text: str) -> tuple[Claim, ...]:
    issued = datetime(2022, 9, 12, 12, tzinfo=UTC)
    return read_report(Report(id="r", text=text, language="fr", issued=issued))[0]


def test_the_claims_are_those_of_the_text_with_accents() -> None:
    told = [
        {(c.kind, c.status, c.place.place and c.place.place.id, c.actors) for c in _read(text)}
        for text in (_NEWS, _strip(_NEWS))
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 5


def test_quotes_stay_as_they_were_written() -> None:
    text = _strip(_NEWS)
    assert all(claim.quote.exact in text for claim in _read(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (_NEWS, "fr"),  # it has its accents
        ("Frappe a Kharkiv.", "fr"),  # too short to tell
        ("The army said on Monday that it had taken the town after days of fighting. " * 3, "en"),
    ],
)
def test_other_texts_are_left_alone(text: str, language: str) -> None:
    assert restore_accents(text, load_lexicon(language)) == text


def test_no_sign_is_added() -> None:
    assert len(restore_accents(_strip(_NEWS), load_lexicon("fr"))) == len(_strip(_NEWS))
