"""Attacks of prices and strikers are no attacks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.model import Report
from geo.pipeline import read_report

_MARKET = (
    "Workers of the mills of Zaporizhzhia gathered in front of the regional council to ask for their wages. "
    "The price of flour retreated in Kharkiv, said the head of the exchange, and the rate was held in Kyiv. "
    "In Odesa the wholesalers, who had lost a tenth of their customers since the spring, took the largest of "
    "the halls of the market, where apples, cabbages and onions from the whole south are sold in the early "
    "hours of the day, and shoppers stormed its doors. The council of Dnipro meant to answer with a summer "
    "fair, with songs, dances and a prize for the best melon of the year. "
)


def read(text: str) -> tuple[list[str], list[str]]:
    report = Report(id="a", text=text, language="en", issued=datetime(2025, 6, 2, tzinfo=UTC))
    claims, rejections = read_report(report)
    return [claim.kind for claim in claims], [rejection.reason for rejection in rejections]


def test_a_report_without_forces_or_weapons_states_nothing_of_a_war() -> None:
    assert read(_MARKET) == ([], [])


def test_one_word_of_forces_nearby_is_enough() -> None:
    kinds, _ = read(_MARKET + "Near Chasiv Yar, troops took the village of Stupochky.")
    assert "control" in kinds


@pytest.mark.parametrize("text", ["Kupiansk has fallen.", "Chasiv Yar was taken on Sunday."])
def test_a_snap_needs_no_such_words(text: str) -> None:
    assert read(text)[0] == ["control"]
