"""A short sentence with a negation denies what the one before told, unless it says that it goes on."""

from __future__ import annotations

import pytest
from wording import read_sentence

GOES_ON = [
    ("en", "The occupiers attacked near Toretsk eleven times. The fighting has not stopped."),
    ("fr", "Les Russes ont attaqué Toretsk onze fois. Les combats ne cessent pas."),
    ("uk", "Окупанти атакували поблизу Toretsk одинадцять разів. Дотепер не вщухають чотири боєзіткнення."),
    ("ru", "Россияне атаковали возле Toretsk одиннадцать раз. Бои не прекращаются."),
]
DENIED = [
    ("en", "Russian troops entered Toretsk, the blogger wrote. They did not enter."),
    ("uk", "Російські війська зайшли в Toretsk, написав блогер. Вони не зайшли."),
]


@pytest.mark.parametrize(("language", "text"), GOES_ON)
def test_what_goes_on_is_not_denied(language: str, text: str) -> None:
    found = read_sentence(text, "Toretsk", "UA", language=language, publisher="")
    assert {status for _, status, _ in found} == {"reported"}


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_the_negative_denies(language: str, text: str) -> None:
    found = read_sentence(text, "Toretsk", "UA", language=language, publisher="")
    assert {status for _, status, _ in found} == {"denied"}
