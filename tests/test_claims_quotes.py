"""Who has said the sentences of a quote, of a line of dialogue and of an interview; places are made by hand."""

from __future__ import annotations

import pytest
from wording import read_text

_SPOKESMAN = "Речник бригади Петро Шершень"


def read_sources(text: str, names: list[str], language: str) -> list[str | None]:
    """Return who says so of each claim of a text, in its order; all its places lie in Ukraine."""
    return [claim.attribution for claim in read_text(text, names, language)]


@pytest.mark.parametrize(
    "text",
    [
        (
            "«Росіяни зайшли в Роботине. Вони штурмують Вербове. Вночі вони обстріляли Оріхів», – сказав "
            "речник бригади Петро Шершень."
        ),
        (
            "Речник бригади Петро Шершень сказав: «Росіяни зайшли в Роботине. Вони штурмують Вербове. "
            "Вночі вони обстріляли Оріхів»."
        ),
        (
            "«Росіяни зайшли в Роботине, – сказав речник бригади Петро Шершень. – Вони штурмують Вербове. "
            "Вночі вони обстріляли Оріхів»."
        ),
        (
            "– Росіяни зайшли в Роботине, – сказав речник бригади Петро Шершень. – Вони штурмують Вербове. "
            "Вночі вони обстріляли Оріхів."
        ),
        (
            "Речник бригади Петро Шершень розповів про становище. «Росіяни зайшли в Роботине. Вони штурмують "
            "Вербове. Вночі вони обстріляли Оріхів»."
        ),
    ],
)
def test_quote_has_one_speaker(text: str) -> None:
    told = read_sources(text, ["Роботине", "Вербове", "Оріхів"], "uk")
    assert [source and source.capitalize() for source in told] == [_SPOKESMAN.capitalize()] * 3


@pytest.mark.parametrize(
    ("language", "text", "names", "source"),
    [
        (
            "ru",
            (
                "«Россияне вошли в Работино. Они штурмуют Вербовое», – сказал командир роты Иван Седых. "
                "Ночью российский дрон ударил по школе в Орехове."
            ),
            ["Работино", "Вербовое", "Орехове"],
            "командир роты Иван Седых",
        ),
        (
            "en",
            (
                '"Russian troops entered Robotyne. They are storming Verbove," said Colonel Ivan Sedykh. '
                "Overnight, a Russian drone struck a school in Orikhiv."
            ),
            ["Robotyne", "Verbove", "Orikhiv"],
            "Colonel Ivan Sedykh",
        ),
    ],
)
def test_quote_ends_with_its_marks(language: str, text: str, names: list[str], source: str) -> None:
    assert read_sources(text, names, language) == [source, source, None]


def test_open_quote_ends_with_its_paragraph() -> None:
    text = (
        "«Росіяни зайшли в Роботине. Вони штурмують Вербове, – сказав речник бригади Петро Шершень.\n\n"
        "Вночі російський дрон поцілив у школу в Оріхові."
    )
    assert read_sources(text, ["Роботине", "Вербове", "Оріхові"], "uk")[-1] is None


def test_interview_names_who_answers() -> None:
    text = (
        "Старший лейтенант «Лис» воює третій рік.\n\n"
        "– Що біля Роботиного?\n– Російська піхота зайшла в Роботине. Далі не пройшла.\n\n"
        "– А південніше?\n– Росіяни штурмують Вербове.\n"
    )
    assert set(read_sources(text, ["Роботине.", "Вербове"], "uk")) == {"Старший лейтенант «Лис»"}


def test_dialogue_of_two_lines_is_no_interview() -> None:
    text = "Старший лейтенант «Лис» воює третій рік.\n\n– Що нового?\n– Росіяни зайшли в Роботине.\n"
    assert read_sources(text, ["Роботине"], "uk") == [None]


def test_they_of_a_quote_are_not_who_speaks() -> None:
    text = "«Ми тримаємо Роботине. Вони обстріляли Оріхів», – сказав український комбат Петро Шершень."
    claims = read_text(text, ["Оріхів"], "uk")
    assert [claim.actors for claim in claims] == [("RUS",)]
