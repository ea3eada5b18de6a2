"""Marks of chats, notes and scholars are taken out; words stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reports.markup import strip_markup
from geo.reports.read import ReadOptions, read_reports


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Fighting near **Pokrovsk**, __Lyman__ and *Siversk*.",
            "Fighting near Pokrovsk, Lyman and Siversk.",
        ),
        ("#Харківська_область: удар", "Харківська область: удар"),
        ("Удар по #Харкову", "Удар по Харкову"),
        ("near Sudzha.[12][3] Forces", "near Sudzha. Forces"),
        ("Sudzha[1], Rylsk", "Sudzha, Rylsk"),
        ("[Kharkiv](https://example.org/a_b_c) was hit", "Kharkiv was hit"),
        ("![map](https://example.org/m.png)Kharkiv", "Kharkiv"),
        ("## Kharkiv region\n> quoted", "Kharkiv region\nquoted"),
        ("Kup\u00adiansk and \u200bIzium", "Kupiansk and Izium"),
    ],
)
def test_the_words_stay(text: str, words: str) -> None:
    assert strip_markup(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 * 3 * 4 is no emphasis, nor is a_name_like_this",
        "https://example.org/#Kharkiv and https://example.org/a_b_c",
        "C# and brigade #72, [sic] and [92nd Brigade]",
        "12 > 10 and [12 drones]",
        "**unfinished",
        "км² and ¹",
    ],
)
def test_other_signs_stay(text: str) -> None:
    assert strip_markup(text) == text


@given(st.text(st.sampled_from("ab*_[]()#>! \n1:/"), max_size=200))
def test_no_word_is_added_or_lost(text: str) -> None:
    letters = [sign for sign in text if sign in "ab"]
    assert [sign for sign in strip_markup(text) if sign in "ab"] == letters or "](" in text


def test_a_message_is_read_without_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "post.txt"
    path.write_text("❗️ **Удар** по #Харкову.[1]\n", encoding="utf-8")
    (report,) = read_reports([str(path)], ReadOptions(lang="uk")).reports
    assert report.text == "❗️ Удар по Харкову."
