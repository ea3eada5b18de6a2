"""The commands ``geocode`` and ``gazetteer``."""

from __future__ import annotations

import io
import json

import pytest

from maps.cli import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_geocode_answers_in_the_order_asked_as_json(capsys) -> None:
    status, out, _ = run(capsys, "geocode", "Kramatorsk", "Xyzzyqwv", "--json", "--limit", "2")
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [answer["query"] for answer in answers] == ["Kramatorsk", "Xyzzyqwv"]
    assert answers[1]["places"] == []
    best = answers[0]["places"][0]
    assert list(best)[:12] == [
        *("name", "latitude", "longitude", "feature_class", "feature_code", "country_code", "admin1_code"),
        *("gazetteer", "id", "coordinate_uncertainty_m", "score", "why"),
    ]
    assert (best["name"], best["country_code"], best["within"][-1]) == ("Kramatorsk", "UA", "Ukraine")
    assert len(answers[0]["places"]) <= 2


def test_geocode_reads_names_from_stdin(capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Kursk\n\nСуми\n"))
    _, out, _ = run(capsys, "geocode", "-", "--json", "--limit", "1")
    assert [json.loads(line)["query"] for line in out.splitlines()] == ["Kursk", "Суми"]


@pytest.mark.parametrize(
    ("words", "country"),
    [(("--within", "Donetsk Oblast"), "UA"), (("--country", "RU"), "RU")],
)
def test_geocode_within_a_unit_or_a_country(capsys, words: tuple[str, ...], country: str) -> None:
    _, out, _ = run(capsys, "geocode", "Pokrovsk", *words, "--json", "--limit", "1")
    assert json.loads(out)["places"][0]["country_code"] == country


def test_geocode_reverse(capsys) -> None:
    _, out, _ = run(capsys, "geocode", "--reverse", "48.28,37.18", "--json", "--limit", "1")
    assert json.loads(out)["places"][0]["name"] == "Pokrovsk"


def test_geocode_prints_a_table_for_people(capsys) -> None:
    _, out, _ = run(capsys, "geocode", "Kramatorsk", "Xyzzyqwv", "--limit", "1")
    assert "Donetsk Oblast" in out
    assert "48.7" in out
    assert "Xyzzyqwv: no place of this name is known" in out


@pytest.mark.parametrize(
    "words",
    [
        ("geocode",),
        ("geocode", "--reverse", "here"),
        ("geocode", "--reverse", "100,200"),
        ("geocode", "Kursk", "--limit", "0"),
        ("geocode", "Kursk", "--within", "Xyzzyqwv"),
        ("geocode", "Xyzzyqwv", "--online", "nosuchservice"),
        ("gazetteer", "add"),
        ("gazetteer", "add", "no-such-file.csv"),
        ("gazetteer", "remove", "nothing"),
    ],
)
def test_bad_input_is_one_line_and_status_two(capsys, words: tuple[str, ...]) -> None:
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith("frontline: ")
    assert err.count("\n") == 1


def test_own_places_are_added_found_listed_and_removed(capsys, tmp_path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon\nKramatorsk,1.5,2.5\n", encoding="utf-8")
    assert run(capsys, "gazetteer", "add", str(path))[0] == 0
    _, out, _ = run(capsys, "geocode", "Kramatorsk", "--json")
    assert json.loads(out)["places"][0]["latitude"] == 1.5
    _, out, _ = run(capsys, "gazetteer", "list", "--json")
    assert json.loads(out)["name"] == "mine"
    assert run(capsys, "gazetteer", "remove", "mine")[0] == 0
    _, out, err = run(capsys, "gazetteer", "list")
    assert out == ""
    assert "no places were added" in err
