"""The region that a sentence opens with chooses among namesakes."""

from __future__ import annotations

import pytest

from geo.language.lexicon import load_lexicon
from geo.model import Report
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places

_NORTH = "В Курской области отбиты атаки в направлении Любимовки и Ольговки."


@pytest.mark.parametrize(
    ("region", "unit"), [("Курской области", ("RU", "41")), ("Херсонской области", ("UA", "08"))]
)
def test_the_unit_that_opens_a_sentence_rules_it(region: str, unit: tuple[str, str]) -> None:
    text = (
        "На Херсонском направлении поражены Любимовка, Каховка и Берислав. Под Суджей и Кореневом идут бои. "
        f"В {region} отбиты атаки в направлении Любимовки."
    )
    report = Report(id="a", text=text, language="ru")
    *_, last = read_places(report, load_lexicon("ru"), open_gazetteer())
    assert last.toponym.name == "Любимовки"
    assert last.place is not None
    assert (last.place.country_code, last.place.admin1_code) == unit
    assert any("named before it" in why for why in last.why)


def test_a_frame_ends_with_its_paragraph() -> None:
    report = Report(id="a", text=f"{_NORTH}\nБои идут у Новоивановки.", language="ru")
    *_, last = read_places(report, load_lexicon("ru"), open_gazetteer())
    assert not any("named before it" in why for why in last.why)
