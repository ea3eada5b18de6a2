"""Letters that only look right are put right, sign for sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reports.letters import level_letters


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Покр\u006fвск", "Покровск"),
        ("Ви\u0062ух", "Ви\u0062ух"),  # no Cyrillic letter looks like it
        ("р\u0061к\u0065ти й \u0061тaки", "ракети й атаки"),
        ("\u0410TACMS і F\u0420V", "ATACMS і FPV"),
        ("FPV-дрони, Су-34, Х-101, Kh-101", "FPV-дрони, Су-34, Х-101, Kh-101"),
        ("Куп`янськ, Куп\u2032янськ, Куп\uff07янськ", "Куп\u2019янськ, Куп\u2019янськ, Куп\u2019янськ"),
        ("l`armée d\u00b4Ukraine", "l\u2019armée d\u2019Ukraine"),
        ("`a` and 5\u2032", "`a` and 5\u2032"),
    ],
)
def test_letters_are_those_of_their_word(text: str, meant: str) -> None:
    assert level_letters(text) == meant


@given(st.text(alphabet="aeoсеоХKкb`'\u2032 -5", max_size=40))
def test_no_sign_is_added_or_lost_and_nothing_is_left_to_put_right(text: str) -> None:
    levelled = level_letters(text)
    assert len(levelled) == len(text)
    assert level_letters(levelled) == levelled
