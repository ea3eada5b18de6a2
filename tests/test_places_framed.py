"""The region that a sentence opens with chooses among namesakes."""

from __future__ import annotations

import pytest

from geo.language.lexicon import load_lexicon
from geo.model import Report
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places

_NORTH = "В Курской области отбиты атаки в направлении Любимовки и Ольговки."


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Поражены Каховка, Берислав и Олешки. В Курской области отбита атака у Любимовки.", ("RU", "41")),
        ("Бои под Суджей. В Херсонской области отбита атака у Любимовки.", ("UA", "08")),
        ("В Сумской области бои у Андреевки; обстреляны Часов Яр и Клещеевка.", ("UA", "21")),
    ],
)
def test_the_unit_that_opens_a_sentence_rules_it(text: str, unit: tuple[str, str]) -> None:
    report = Report(id="a", text=text, language="ru")
    found = read_places(report, load_lexicon("ru"), open_gazetteer())
    (place,) = (r.place for r in found if r.toponym.name in {"Любимовки", "Андреевки"})
    assert place is not None
    assert (place.country_code, place.admin1_code) == unit


def test_a_frame_ends_with_its_paragraph() -> None:
    report = Report(id="a", text=f"{_NORTH}\nБои идут у Новоивановки.", language="ru")
    *_, last = read_places(report, load_lexicon("ru"), open_gazetteer())
    assert not any("named before it" in why for why in last.why)
