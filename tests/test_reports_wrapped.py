"""Lines that an editor cut at a width are one paragraph again, at the same offsets; other lines stay."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.pipeline import Settings, run
from geo.reports.read import ReadOptions, read_reports
from geo.reports.wrapped import join_wrapped_lines

PARAGRAPH = (
    "Russian forces advanced towards Pokrovsk over the past week, the General Staff said on Tuesday, and "
    "took the village of Hrodivka. Ukrainian troops withdrew from Novohrodivka, where street fighting had "
    "gone on since August, and hold Selydove. Near Toretsk nothing changed, officers of the brigade said."
)
GOLD = Path(__file__).parent / "gold" / "fresh_tune.jsonl"


def wrap(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


@pytest.mark.parametrize("width", [60, 72, 79, 100])
def test_a_wrapped_paragraph_is_one_line(width: int) -> None:
    assert join_wrapped_lines(wrap(PARAGRAPH, width)) == PARAGRAPH


def test_paragraphs_and_entries_stay_apart() -> None:
    text = "\n\n".join([wrap(PARAGRAPH, 72), wrap(PARAGRAPH, 72), "- Lyman\n- Siversk", "15:30 Kharkiv hit"])
    assert (
        join_wrapped_lines(text) == f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n- Lyman\n- Siversk\n\n15:30 Kharkiv hit"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One line",
        # Entries of nearly one length.
        "\n".join(
            f"{town} direction: five attacks were repelled near {town}." for town in ("Lyman", "Izium")
        ),
        "\n".join(
            f"Fighting goes on in the direction of the town of {town}" for town in ("Ab", "Cd", "Ef", "Gh")
        ),
        # An entry of a live blog begins with its time.
        "\n".join(f"{hour}:30 {PARAGRAPH[:60]}" for hour in range(10, 16)),
        # Verse: short lines.
        "the river\nand the town\nthe bridge\nthey held it",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert join_wrapped_lines(text) == text


@given(st.text(st.sampled_from("ab .\n-1Я"), max_size=400))
def test_nothing_moves(text: str) -> None:
    joined = join_wrapped_lines(text)
    assert len(joined) == len(text)
    assert all(new == old or (old, new) == ("\n", " ") for old, new in zip(text, joined, strict=True))
    assert join_wrapped_lines(joined) == joined or "\n" in joined


def test_a_wrapped_file_is_read_as_the_plain_one(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][::4]
    for row in rows:
        found = []
        for name, text in (("plain", row["text"]), ("wrapped", _wrap_all(row["text"]))):
            path = tmp_path / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            defaults = {"date": row["date"], "source": row["source"] or "", "lang": row["lang"]}
            reports = read_reports([str(path)], ReadOptions(**defaults)).reports
            claims = run(reports, Settings(draw=False)).claims
            found.append([(one.kind, one.status, one.place.toponym.name, one.actors) for one in claims])
        assert found[0] == found[1], row["id"]


def _wrap_all(text: str) -> str:
    return "\n".join(wrap(line, 72) for line in text.split("\n"))
