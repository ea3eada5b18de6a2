"""Composition of the stages: languages, ids, progress, what is drawn and what is told instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from shapely import Point, box
from shapes_sample import TOWN, make_claim

from geo.control.model import Base
from geo.model import Candidate, Kind, Report, Stage
from geo.pipeline import Settings, _draw, read_report, run, tell_language
from geo.places.gazetteer import USER_FILE
from geo.places.user_places import add_places

TOOK = "Russian forces took Toretsk on Monday, the ministry said."
ISSUED = datetime(2024, 8, 20, tzinfo=UTC)


def make(text: str, name: str = "r", language: str = "en", publisher: str = "") -> Report:
    return Report(id=name, text=text, language=language, issued=ISSUED, publisher=publisher)


@pytest.mark.parametrize(
    ("text", "given", "told"),
    [
        (TOOK, "uk-UA", "uk"),  # what the input names counts
        (TOOK, "en", "en"),
        (TOOK, "und", "en"),
        (TOOK, "tlh", "en"),
        ("Les forces russes ont pris la ville de Toretsk lundi matin.", "", "fr"),
        ("12 345", "tlh", "tlh"),
        ("12 345", "und", "und"),
    ],
)
def test_the_language_is_the_named_one_or_that_of_the_words(text: str, given: str, told: str) -> None:
    assert tell_language(make(text, language=given)).language == told


@pytest.mark.parametrize(
    ("given", "words"), [("tlh", "no lexicon of language 'tlh'"), ("und", "do not tell its language")]
)
def test_a_report_in_no_known_language_says_so(given: str, words: str) -> None:
    claims, (told,) = read_report(make("12 345", language=given))
    assert claims == ()
    assert told.stage is Stage.REPORT
    assert words in told.reason
    assert "en" in told.reason


def test_a_report_handed_in_again_has_ids_of_its_own() -> None:
    result = run([make(TOOK)] * 3)
    first, second, third = (claim.id for claim in result.claims)
    assert (second, third) == (f"{first}-2", f"{first}-3")
    assert set(result.footprints) == {first, second, third}


def test_progress_is_told_after_each_report_and_claims_may_stay_undrawn() -> None:
    told: list[int] = []
    result = run(
        [make(TOOK, "a"), make("Nothing happened.", "b"), make(TOOK, "c")], Settings(draw=False), told.append
    )
    assert told == [1, 2, 3]
    assert [claim.report_id for claim in result.claims] == ["a", "c"]
    assert result.footprints == {}
    assert result.events == ()
    assert [report.id for report in result.reports] == ["a", "b", "c"]


def test_two_publishers_are_two_sources_of_one_event() -> None:
    other = "Toretsk was taken by Russian forces on Monday, residents said."
    for publisher, sources in (("Wire", 1), ("Desk", 2)):
        result = run([make(TOOK, "a", publisher="Wire"), make(other, "b", publisher=publisher)])
        (event,) = result.events
        assert (len(event.claims), event.sources) == (2, sources)


def test_what_cannot_be_drawn_is_a_rejection_of_its_claim() -> None:
    result = run([make("Ukrainian forces control 900,000 square kilometres of the Kursk region.")])
    (claim,) = result.claims
    assert claim.area is not None
    assert claim.id not in result.footprints
    (told,) = (one for one in result.rejections if one.claim_id == claim.id)
    assert told.stage is Stage.SHAPE
    assert "900,000 km² are stated" in told.reason
    assert told.span is not None


def test_an_unknown_place_is_a_rejection_with_its_name() -> None:
    result = run([make("Russian forces took the village of Qwertyivka on Monday.")])
    (told,) = (one for one in result.rejections if one.claim_id)
    assert told.stage is Stage.PLACE
    assert told.reason == "'Qwertyivka': no place of this name is known"
    assert told.candidates == ()


def test_a_name_that_may_mean_many_tells_the_first_five() -> None:
    towns = [replace(TOWN, id=str(n), name=f"Town {n}", longitude=30.0 + n) for n in range(7)]
    claim = make_claim(None)
    doubt = replace(claim.place, alternatives=tuple(Candidate(place=one, score=0.4) for one in towns))
    drawn, (told,) = _draw([replace(claim, place=doubt)], None)
    assert drawn == {}
    assert told.reason == "'name': the evidence does not tell which place is meant"
    assert told.candidates == tuple(f"Town {n} (UA 48.28, {30 + n}.00)" for n in range(5))


def add_place(folder: Path, name: str, longitude: float, latitude: float) -> None:
    table = folder / f"{name}.csv"
    table.write_text(f"name,latitude,longitude\n{name},{latitude},{longitude}\n", encoding="utf-8")
    add_places(table, folder)


def test_own_places_are_read_anew_when_they_change(tmp_path: Path) -> None:
    settings = Settings(user_folder=tmp_path)
    report = make("Russian forces took the village of Qwertyivka on Monday.")
    assert not (tmp_path / USER_FILE).exists()
    assert run([report], settings).footprints == {}
    for longitude in (30.0, 31.0):
        add_place(tmp_path, "Qwertyivka", longitude, 50.0)
        (footprint,) = run([report], settings).footprints.values()
        assert footprint.geometry == Point(longitude, 50.0)


def test_an_assessed_map_is_where_advances_set_out() -> None:
    base = Base(held={"RUS": box(37.9, 48.0, 40.0, 49.0)}, rest="UKR", as_of=date(2024, 8, 18))
    report = make("Russian forces advanced near Toretsk on Monday.")
    drawn = run([report], Settings(base=base))
    (claim,) = (one for one in drawn.claims if one.kind is Kind.ADVANCE)
    assert "assessed" in drawn.footprints[claim.id].course_protocol
    stale = replace(base, as_of=date(2020, 1, 1))
    assert "assessed" not in run([report], Settings(base=stale)).footprints[claim.id].course_protocol
