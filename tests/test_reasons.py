"""Reasons in the reader's language: every sentence that the rooms give is known again, in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from layers_sample import make_frame, row

from geo.language.lexicon import list_languages
from geo.layers import build_layers, build_sources
from geo.model import Report
from geo.pipeline import run
from maps.html import MapOptions
from maps.html.contents import build_contents
from maps.reasons import find_code, tell_reason, tell_rule, tell_why
from maps.words import load_words

GROUPS = ("notes", "reasons", "rules", "why")
GEO = Path(__file__).resolve().parent.parent / "geo"
# What stands in a gap, by what its name in the code ends with.
SAMPLES = {
    "kind": "region",
    "value": "region",
    "km2": "1,200",
    "high": "1,200",
    "whole": "900",
    "population": "5,000",
}


@pytest.mark.parametrize("lang", list_languages())
@pytest.mark.parametrize("group", GROUPS)
def test_every_language_has_every_reason_with_its_gaps(lang: str, group: str) -> None:
    english, own = load_words("en").table[group], load_words(lang).table[group]
    assert set(own) == set(english)
    for code, text in own.items():
        assert set(re.findall(r"\{\w+\}", text)) <= set(re.findall(r"\{\w+\}", english[code])), code
        assert lang == "en" or text != english[code] or code in {"alias", "transliteration", "capital"}, code


def read_text(node: ast.expr) -> str | None:
    """The text of a string in the code, gaps filled with samples; None for what is no string there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else fill_gap(part)  # type: ignore[arg-type]
        for part in node.values
    )


def fill_gap(part: ast.FormattedValue) -> str:
    name = ast.unparse(part.value).rsplit(".", 1)[-1]
    sample = SAMPLES.get(name, "60" if "km" in name.lower() or part.format_spec else "Somewhere")
    return f"'{sample}'" if part.conversion == ord("r") else sample


def find_calls(pattern: str, name: str, position: int) -> Iterator[str]:
    """What calls of ``name`` in some files say at an argument's position, both ways of a conditional."""
    for path in sorted(GEO.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_call = isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
            if not is_call or len(node.args) <= position:  # type: ignore[attr-defined]
                continue
            argument = node.args[position]  # type: ignore[attr-defined]
            ways = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
            yield from (text for way in ways if (text := read_text(way)) is not None)


@pytest.mark.parametrize(
    ("group", "pattern", "name", "position", "least"),
    [("rules", "shapes/*.py", "Protocol", 0, 12), ("why", "places/*.py", "add", 1, 20)],
)
def test_what_the_rooms_say_is_known_again(
    group: str, pattern: str, name: str, position: int, least: int
) -> None:
    said = list(find_calls(pattern, name, position))
    assert len(said) >= least
    # A sentence that is new stands there in English until it has words: one or two may, no more.
    assert len([text for text in said if not find_code(group, text)[0]]) <= 2


def test_rules_of_courses_are_known_again() -> None:
    from geo.shapes import courses

    rules = [value for name, value in vars(courses).items() if name.isupper() and isinstance(value, str)]
    assert len(rules) >= 5
    assert [rule for rule in rules if not find_code("rules", rule)[0]] == []


@pytest.mark.parametrize(
    ("tell", "english", "ukrainian"),
    [
        (tell_reason, "'Нове': no place of this name is known", "«Нове»: місця з такою назвою не знайдено"),
        (tell_reason, '"Shefar\'am": no place of this name is known', "«Shefar'am»: місця з такою назвою не знайдено"),
        (tell_reason, "'A': the evidence does not tell which place is meant; candidates: A (UA 1.00, 2.00), B",
         "«A»: з тексту не ясно, яке саме місце мається на увазі; можливі: A (UA 1.00, 2.00), B"),
        (tell_reason, "held by RUS, but more than 60 km from ground of that side and told of this place alone",
         "утримує Росія, але понад 60 км від території цієї сторони, і сказано лише про це місце"),
        (tell_rule, "outline of a region, coarsened to 10 km", "контур (область), огрублено до 10 км"),
        (tell_rule, "near a unit", "поблизу адміністративної одиниці"),
        (tell_why, "primary name; population 1,421,125; near a front; near Kharkiv",
         "основна назва; населення 1 421 125; поблизу фронту; поблизу Kharkiv"),
        (tell_reason, "something that nobody foresaw; and more", "something that nobody foresaw; and more"),
    ],
)  # fmt: skip
def test_reasons_are_told_in_the_readers_language(tell, english: str, ukrainian: str) -> None:
    assert re.sub(r"\s", " ", tell(english, load_words("uk"))) == ukrainian
    assert tell(english, load_words("en")) == english


def test_the_page_tells_reasons_in_its_language_and_the_data_keeps_theirs() -> None:
    report = Report(id="r1", text="Russian forces captured the village of Qwertyzhopil in the Kharkiv region.",
                    language="en", publisher="Wire")  # fmt: skip
    layers = build_layers(run([report]))
    english = str(layers["unplaced"]["unplaced"].iloc[0])
    assert "no place of this name is known" in english
    contents, _ = build_contents(layers, MapOptions(lang="fr"), load_words("fr"))
    assert "aucun lieu de ce nom" in contents["unplaced"][0]["reason"]
    assert not {"reasons", "rules", "why"} & set(contents["words"])
    strike = make_frame(
        [row("strike", "A", 36, 50, rule="point of a settlement", why="often reported; capital")]
    )
    contents, _ = build_contents({"strike": strike}, MapOptions(lang="de"), load_words("de"))
    assert contents["items"][0]["rule"] == "Punkt (Ortschaft)"
    assert contents["items"][0]["why"] == "oft genannt; Hauptstadt"


def test_reports_that_were_not_read_say_so_among_the_sources() -> None:
    reports = [
        Report(id="r1", text="Fighting went on near Pokrovsk.", language="en", publisher="Wire"),
        Report(id="r2", text="Lorem ipsum dolor sit amet.", language="la", publisher="Tabula"),
    ]
    result = run(reports)
    rows = {
        one["report"]: one["unread"]
        for one in build_sources(result.reports, result.claims, result.rejections)
    }
    assert rows["r1"] is None
    assert rows["r2"]
    contents, _ = build_contents(build_layers(result), MapOptions(lang="ru"), load_words("ru"))
    wire, tabula = sorted(contents["sources"], key=lambda one: one["publisher"] != "Wire")
    assert "unread" not in wire
    assert tabula["unread"] == 1
    assert tabula["reports"][0]["unread"].startswith("не прочитано")


def test_a_kml_tells_the_reason_in_its_readers_language(tmp_path: Path) -> None:
    from maps.files import WriteOptions, write_layers

    lost = row("clash", "Nowhere", 0, 0, geometry=None)
    lost["unplaced"] = "'Nowhere': no place of this name is known"
    write_layers({"unplaced": make_frame([lost])}, tmp_path / "map.kml", WriteOptions(language="fr"))
    text = (tmp_path / "map.kml").read_text("utf-8")
    assert "aucun lieu de ce nom" in text
    # What is read back stays as it was.
    assert "<value>'Nowhere': no place of this name is known</value>" in text
