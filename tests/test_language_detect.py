"""The language of short and long texts."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language.detect import detect_language
from geo.language.lexicon import list_languages

ROWS = [
    ("en", "Russian drones hit Odesa"),
    ("en", "Kyiv says its troops still hold the town"),
    ("fr", "Frappe russe sur Odessa"),
    ("fr", "L’armée avance vers Pokrovsk"),
    ("fr", "Retrait ukrainien de Vouhledar"),
    ("uk", "Удар по Одесі"),
    ("uk", "Ворог відступив"),
    ("uk", "Бої за Торецьк"),
    ("uk", "Росія атакувала Харків"),
    ("ru", "Удар по Одессе"),
    ("ru", "Бои за Торецк продолжаются"),
    ("ru", "Противник отошёл"),
    ("ru", "Россия атаковала Харьков"),
    ("de", "Russland greift Odessa an"),
    ("de", "Die Armee rückt auf Pokrowsk vor"),
    ("und", ""),
    ("und", "12345 – 05:20"),
    ("und", "今日は戦争"),
    ("und", "Rosyjskie wojska zaatakowały miasto w nocy, poinformował gubernator obwodu na swoim kanale"),
]


@pytest.mark.parametrize(("tag", "text"), ROWS)
def test_headlines(tag, text):
    assert detect_language(text) == tag


def test_a_hint_settles_ties_and_never_overrules_the_words():
    assert detect_language("Toretsk", "fr") == "fr"
    assert detect_language("Toretsk", "uk-UA") == "uk"
    assert detect_language("Toretsk", "tlh") == "und"
    assert detect_language("Російські війська вийшли з міста", "ru") == "uk"


def test_example_reports_are_told():
    for path in sorted((Path(__file__).parents[1] / "data" / "reports").glob("*.txt")):
        text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        assert detect_language(text) == path.name[:2], path.name


def test_gold_reports_are_told():
    shared = Path(os.environ.get("FRONTLINE_SHARED", Path(__file__).parents[2] / "shared"))
    gold = shared / "gold" / "dev.jsonl"
    if not gold.is_file():
        pytest.skip("no gold reports beside the checkout")
    reports = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in reports if detect_language(r["text"]) != r["lang"]] == []
    first = [(r["id"], detect_language(r["text"][:120])) for r in reports]
    assert sum(tag == name[:2] for name, tag in first) == len(first)


@given(st.text(max_size=200), st.text(max_size=5))
def test_any_text_has_an_answer(text, hint):
    assert detect_language(text, hint) in {*list_languages(), "und"}
