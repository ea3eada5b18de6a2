"""Small villages are known for places where a verb of war takes them for its object."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.language.lexicon import load_lexicon
from geo.model import Report
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places


def read(text: str, language: str) -> list[str]:
    report = Report(id="r", text=text, language=language, issued=datetime(2025, 11, 12, tzinfo=UTC))
    found = read_places(report, load_lexicon(language), open_gazetteer())
    return [one.place.name for one in found if one.place is not None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russian forces captured Novouspenivske on Tuesday."),
        ("en", "Novouspenivske was liberated on Tuesday."),
        ("en", "They spoke of the capture of Novouspenivske."),
        ("en", "The battle for Novouspenivske goes on."),
        ("en", "Novouspenivske has fallen."),
        ("en", "Novouspenivske remains under Ukrainian control."),
        ("en", "Troops pulled out of Novouspenivske."),
        ("fr", "Les forces russes ont pris Novouspenivske mardi."),
        ("fr", "Novouspenivske est aux mains des soldats."),
        ("fr", "Novouspenivske a été libérée mardi."),
        ("uk", "Ворог окупував Новоуспенівське."),
        ("uk", "Новоуспенівське звільнено вчора."),
        ("uk", "Новоуспенівське наше."),
        ("uk", "Штурм Новоуспенівського відбито."),
        ("ru", "Подразделения освободили Новоуспеновское."),
        ("ru", "Новоуспеновское взято вчера."),
        ("ru", "Новоуспеновское под огнём."),
        ("ru", "Взятие Новоуспеновского подтверждено."),
    ],
)
def test_an_object_of_war_is_a_place(language: str, text: str) -> None:
    assert "Novouspenivske" in read(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Soldiers praised Novouspenivske on Tuesday."),
        ("en", "Novouspenivske was praised."),
        ("en", "Soldiers captured the officer Petrenko."),
        ("uk", "Ворог похвалив Новоуспенівське."),
    ],
)
def test_other_verbs_tell_nothing(language: str, text: str) -> None:
    assert read(text, language) == []
