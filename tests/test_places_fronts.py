"""The front of a report's time: an old report is about the front of its day, not about today's."""

from datetime import UTC, date, datetime

import pytest

from geo.language.lexicon import load_lexicon
from geo.model import Place, PlaceKind, Report
from geo.places.fronts import find_front, is_direction, read_past_points
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places


def _stand_at(latitude: float, longitude: float) -> Place:
    return Place(
        gazetteer="", id="", name="", latitude=latitude, longitude=longitude, kind=PlaceKind.SETTLEMENT
    )


DEBALTSEVE, ILOVAISK = _stand_at(48.34, 38.41), _stand_at(47.92, 38.20)


def test_no_day_and_a_late_day_have_the_front_of_today() -> None:
    assert find_front(None).key == find_front(date(2024, 8, 20)).key == ""


def test_a_day_before_all_fighting_has_the_front_of_today() -> None:
    assert find_front(date(2010, 1, 1)).key == ""


@pytest.mark.parametrize(
    ("day", "place", "is_near"),
    [
        (date(2014, 8, 20), ILOVAISK, True),
        (date(2018, 8, 20), ILOVAISK, False),
        (date(2018, 8, 20), _stand_at(48.14, 37.75), True),
        (date(2022, 6, 1), _stand_at(49.20, 37.27), True),
        (date(2018, 8, 20), _stand_at(49.20, 37.27), False),
        (date(2018, 8, 20), _stand_at(50.45, 30.52), False),
    ],
)
def test_each_time_has_its_own_front(day: date, place: Place, is_near: bool) -> None:
    assert (find_front(day).rate_nearness(place) > 0.5) is is_near


def test_lines_are_walked_in_short_steps() -> None:
    midway = _stand_at(48.68, 39.355)  # between Stanytsia Luhanska and Shchastia
    assert find_front(date(2018, 1, 1)).rate_nearness(midway) > 0.8
    assert len(read_past_points()) > 200


def test_a_report_of_2014_is_about_the_villages_of_its_front() -> None:
    gazetteer = open_gazetteer()

    def find(day: datetime | None) -> tuple[float, float]:
        report = Report(id="r", text="Heavy shelling of Stepanivka.", language="en", issued=day)
        (found,) = read_places(report, load_lexicon("en"), gazetteer)
        assert found.place is not None
        return round(found.place.latitude, 1), round(found.place.longitude, 1)

    old, now = find(datetime(2014, 8, 1, tzinfo=UTC)), find(None)
    assert old[1] > 38.5  # beside Savur-Mohyla
    assert now[1] < 38.0


def test_a_direction_is_that_of_the_staffs_not_of_a_hamlet() -> None:
    gazetteer = open_gazetteer()
    text = "На Придніпровському, Гуляйпільському та Курському напрямках відбито десять атак."
    report = Report(id="r", text=text, language="uk")
    found = read_places(report, load_lexicon("uk"), gazetteer)
    (kursk,) = (r.place for r in found if r.toponym.name.startswith("Курськ"))
    assert kursk is not None
    assert kursk.name == "Kursk"
    assert is_direction(kursk)
    assert not is_direction(_stand_at(50.0, 36.0))
