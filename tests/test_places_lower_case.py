"""Towns whose adjective stands in small letters before a direction of a front."""

from __future__ import annotations

import pytest

from geo.language.lexicon import load_lexicon
from geo.model import RelationKind, Report
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ru", "На лиманском направлении идут бои.", "Lyman"),
        ("ru", "Россияне усилили покровское направление.", "Pokrovsk"),
        ("uk", "На покровському напрямку тривають бої.", "Pokrovsk"),
    ],
)
def test_direction_is_read_in_small_letters(language: str, text: str, name: str) -> None:
    report = Report(id="a", text=text, language=language)
    found = [r for r in read_places(report, load_lexicon(language), open_gazetteer()) if r.place is not None]
    (one,) = found
    assert one.place is not None
    assert (one.place.name, one.toponym.relation.kind) == (name, RelationKind.AXIS)


@pytest.mark.parametrize("text", ["На главном направлении атак нет.", "На городском участке ремонт."])
def test_other_adjectives_are_no_towns(text: str) -> None:
    report = Report(id="a", text=text, language="ru")
    assert not read_places(report, load_lexicon("ru"), open_gazetteer())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Пишу коротко, бо спав три години."),  # not Pisz
        ("uk", "Атаку відбито."),  # not Ataq
        ("uk", "Буде гучно."),  # not Buda
        ("ru", "Били по складам."),  # not Biel
        ("ru", "Паника улеглась."),  # not Paniqui
        ("ru", "Полиции нет."),  # not Police
    ],
)
def test_words_that_open_a_sentence_are_no_towns(language: str, text: str) -> None:
    report = Report(id="a", text=text, language=language)
    assert not read_places(report, load_lexicon(language), open_gazetteer())


def test_kind_before_a_dash_is_not_of_the_name_behind_it() -> None:
    text = "Росіяни захопили села області – Басівку й Журавку."
    report = Report(id="a", text=text, language="uk")
    found = [r for r in read_places(report, load_lexicon("uk"), open_gazetteer()) if r.place is not None]
    assert [r.toponym.name for r in found if r.toponym.kind_hint is None] == ["Басівку", "Журавку"]
