"""Reading on several processor cores gives what one gives, in the same order."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from geo.model import Report
from geo.pipeline import Settings, run
from geo.pool import apply_to_all, count_processes

TOWNS = ("Toretsk", "Pokrovsk", "Lyman", "Siversk", "Orikhiv")


def make(number: int) -> Report:
    text = f"Russian forces took {TOWNS[number % len(TOWNS)]} on Monday, the ministry said."
    return Report(id=str(number), text=text, language="en", issued=datetime(2024, 8, 20, tzinfo=UTC))


def leave_other_process(number: int) -> int:
    if number == 30 and os.environ.get("FRONTLINE_TEST_HOME") != str(os.getpid()):
        os._exit(1)
    return number * number


def test_two_processes_read_what_one_reads() -> None:
    reports = [make(number) for number in range(20)]
    told: list[int] = []
    alone = run(reports, Settings(draw=False))
    shared = run(reports, Settings(draw=False, processes=2), told.append)
    assert shared == alone
    assert len(alone.claims) == 20
    assert told == list(range(1, 21))


def test_what_a_killed_process_leaves_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTLINE_TEST_HOME", str(os.getpid()))
    answers = list(apply_to_all(leave_other_process, range(40), 2))
    assert answers == [number * number for number in range(40)]


@pytest.mark.parametrize("reports", [0, 1, 499])
def test_few_reports_are_read_by_one(reports: int) -> None:
    assert count_processes(reports) == 1


def test_many_reports_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert count_processes(600) == 2
    assert count_processes(100_000) == 8


def test_no_process_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    from maps.cli import main

    assert main(["claims", "data/reports", "--processes", "0"]) == 2
    assert "--processes 0: at least 1" in capsys.readouterr().err
