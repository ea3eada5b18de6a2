"""Factors against the definitions of the units; compass words against the globe."""

from __future__ import annotations

import pytest

from geo.errors import GeometryError
from geo.projection import move_point
from geo.units import BEARINGS, KM2_PER_UNIT, KM_PER_UNIT, M2_PER_KM2, M_PER_KM, find_bearing

FOOT_KM = 0.3048 / M_PER_KM
SIGNS = {"N": 1, "S": -1, "E": 1, "W": -1}


def test_lengths_are_what_they_are_defined_to_be() -> None:
    assert KM_PER_UNIT["km"] == KM_PER_UNIT["m"] * M_PER_KM == 1
    assert KM_PER_UNIT["mile"] == pytest.approx(5280 * FOOT_KM)
    assert KM_PER_UNIT["nautical_mile"] == 1.852
    assert KM_PER_UNIT["verst"] == pytest.approx(500 * 7 * FOOT_KM)  # of sazhens, of seven English feet


def test_areas_are_squares_of_lengths() -> None:
    assert KM2_PER_UNIT["km2"] == KM2_PER_UNIT["m2"] * M2_PER_KM2 == 1
    assert KM2_PER_UNIT["hectare"] == pytest.approx(0.1**2)
    assert KM2_PER_UNIT["square_mile"] == pytest.approx(KM_PER_UNIT["mile"] ** 2)


@pytest.mark.parametrize("direction", BEARINGS)
def test_who_goes_where_a_compass_word_says_arrives_there(direction: str) -> None:
    longitude, latitude = move_point(0.0, 0.0, find_bearing(direction), 100.0)
    north = sum(SIGNS[letter] for letter in direction if letter in "NS")
    east = sum(SIGNS[letter] for letter in direction if letter in "EW")
    away = 1 / (2 ** (len(direction) / 2 - 0.5))
    assert latitude * 110.574 == pytest.approx(100 * away * north, abs=0.1)
    assert longitude * 111.320 == pytest.approx(100 * away * east, abs=0.1)


@pytest.mark.parametrize("direction", ["", "C", "n", "NNE", "north"])
def test_no_bearing_is_made_up(direction: str) -> None:
    with pytest.raises(GeometryError, match=r"has no bearing; use one of N, NE"):
        find_bearing(direction)
