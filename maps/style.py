"""The one symbology of all outputs: colour is the side, shape is the kind, pattern is how sure.

Colours were measured in CAM02-UCS under simulated deficiency (Machado, full severity): as areas at 40 % on
the light base the two main sides stay at least 12.5 apart. No meaning hangs on colour alone: signs, patterns
and words carry it too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

__all__ = [
    "AREA_OPACITY",
    "BASE_COLOURS",
    "CONTESTED",
    "CONTESTED_SIDE",
    "HOME_OPACITY",
    "KIND_ORDER",
    "LARGEST_RADIUS",
    "SIDE_COLOURS",
    "SIGN_PATHS",
    "SMALLEST_RADIUS",
    "UNKNOWN",
    "Pattern",
    "Sign",
    "circle_radius",
    "is_side_code",
    "mix_with_base",
    "pattern_of",
    "side_colour",
    "side_of",
    "side_of_claim",
    "sign_of",
    "split_actors",
    "terminal_style_of",
]

AREA_OPACITY = 0.40
# Ground of a side's own country that nobody disputes: there, but calm.
HOME_OPACITY = 0.09
CONTESTED = "#666666"
UNKNOWN = "#666666"

# Okabe and Ito's set for the two main sides; the rest from Tol's muted set, which keeps apart from both.
# Sides that face each other in a war never share a colour (tests/test_style.py).
SIDE_COLOURS: dict[str, str] = {
    "UKR": "#0072B2",
    "RUS": "#D55E00",
    "PRK": "#882255",
    "BLR": "#999933",
    "ISR": "#44AA99",
    "PSE": "#AA7700",
    "LBN": "#CC79A7",
    "IRN": "#882255",
    "SYR": "#AA4499",
    "SDN": "#332288",
    "SSD": "#999933",
    "YEM": "#117733",
    "ARM": "#AA7700",
    "AZE": "#44AA99",
    "COD": "#117733",
    "RWA": "#CC79A7",
    "TUR": "#CC79A7",
    "MMR": "#882255",
    "ETH": "#117733",
    "MLI": "#117733",
    "LBY": "#117733",
    "SOM": "#44AA99",
    # Groups of a war within one country, apart from its government and from one another.
    "RSF": "#AA7700",
    "HTS": "#999933",
    "SDF": "#44AA99",
    "SNA": "#882255",
    "M23": "#AA7700",
    "AA": "#44AA99",
    "KIA": "#999933",
    "TNLA": "#332288",
    "MNDAA": "#AA7700",
    "KNLA": "#117733",
    "PDF": "#CC79A7",
    "HOUTHI": "#AA4499",
    "STC": "#332288",
    "LNA": "#AA7700",
    "TPLF": "#AA7700",
    "FANO": "#332288",
    "OLA": "#CC79A7",
    "JNIM": "#332288",
    "FLA": "#AA7700",
    "SHABAAB": "#882255",
}
_OTHER_COLOURS = ("#009E73", "#CC79A7", "#AA7700", "#332288", "#44AA99", "#882255", "#999933", "#AA4499")

# The two main sides, by whom a joint action is coloured (Russian and North Korean troops: Russia).
_LEADING = ("UKR", "RUS")
# The side of what both main sides do, or of ground that they dispute.
CONTESTED_SIDE = "contested"

BASE_COLOURS: dict[str, str] = {
    "land": "#f4f1ea",
    "land_outside": "#ece8de",
    "water": "#d3e3ea",
    "river": "#b4cfdb",
    "coast": "#a9bcc4",
    "border": "#8d867a",
    "disputed": "#8d867a",
    "region": "#c9c2b3",
    "district": "#ddd7ca",
    "label": "#4a463f",
    "label_faint": "#857e72",
    "label_water": "#5f8799",
    "halo": "#fbf9f5",
    "ink": "#24221f",
    "paper": "#fdfcfa",
}

KIND_ORDER: tuple[str, ...] = ("control", "concentration", "advance", "withdrawal", "clash", "strike")


class Sign(StrEnum):
    """Shape of a kind's sign."""

    CIRCLE = "circle"
    BURST = "burst"
    SQUARE = "square"
    ARROW = "arrow"
    CHEVRON = "chevron"
    CROSS = "cross"
    SPREAD = "spread"
    GATHER = "gather"


class Pattern(StrEnum):
    """How a shape is filled: how sure it is."""

    SOLID = "solid"
    HATCHED = "hatched"
    OUTLINE = "outline"
    STRUCK = "struck"
    HOME = "home"


_SIGNS: dict[str, Sign] = {
    "concentration": Sign.CIRCLE,
    "strike": Sign.BURST,
    "control": Sign.SQUARE,
    "advance": Sign.SPREAD,
    "withdrawal": Sign.GATHER,
    "clash": Sign.CROSS,
}
# Where it is known whereto; drawn as if to the north, to be turned.
_DIRECTED: dict[str, Sign] = {"advance": Sign.ARROW, "withdrawal": Sign.CHEVRON}

# Outlines on a 24 x 24 box, centre 12 12; only straight moves (M, L, Z), so that every output can draw them.
SIGN_PATHS: dict[Sign, str] = {
    Sign.CIRCLE: (
        "M12 3 L15.44 3.69 L18.36 5.64 L20.31 8.56 L21 12 L20.31 15.44 L18.36 18.36 L15.44 20.31 "
        "L12 21 L8.56 20.31 L5.64 18.36 L3.69 15.44 L3 12 L3.69 8.56 L5.64 5.64 L8.56 3.69 Z"
    ),
    Sign.BURST: (
        "M12 1.5 L14.2 6.7 L19.4 4.6 L17.3 9.8 L22.5 12 L17.3 14.2 L19.4 19.4 L14.2 17.3 L12 22.5 "
        "L9.8 17.3 L4.6 19.4 L6.7 14.2 L1.5 12 L6.7 9.8 L4.6 4.6 L9.8 6.7 Z"
    ),
    Sign.SQUARE: "M4.5 4.5 L19.5 4.5 L19.5 19.5 L4.5 19.5 Z",
    Sign.ARROW: "M12 1.8 L21.5 12 L16 12 L16 22 L8 22 L8 12 L2.5 12 Z",
    Sign.CHEVRON: "M3 20 L12 13 L21 20 L21 12.5 L12 4.5 L3 12.5 Z",
    Sign.CROSS: (
        "M5.6 2.6 L12 9 L18.4 2.6 L21.4 5.6 L15 12 L21.4 18.4 L18.4 21.4 L12 15 L5.6 21.4 L2.6 "
        "18.4 L9 12 L2.6 5.6 Z"
    ),
    # The same to all four sides: movement whose direction nobody tells must not point anywhere.
    Sign.SPREAD: (
        "M12 1 L16.2 6.6 L13.5 6.6 L13.5 10.5 L17.4 10.5 L17.4 7.8 L23 12 L17.4 16.2 L17.4 13.5 L13.5 13.5 "
        "L13.5 17.4 L16.2 17.4 L12 23 L7.8 17.4 L10.5 17.4 L10.5 13.5 L6.6 13.5 L6.6 16.2 L1 12 L6.6 7.8 "
        "L6.6 10.5 L10.5 10.5 L10.5 6.6 L7.8 6.6 Z"
    ),
    Sign.GATHER: (
        "M6.5 2 L17.5 2 L12.9 11.1 L22 6.5 L22 17.5 L12.9 12.9 L17.5 22 L6.5 22 L11.1 12.9 L2 17.5 L2 6.5 "
        "L11.1 11.1 Z"
    ),
}


# Radius in pixels of the circle of a map's largest number.
LARGEST_RADIUS = 38.0
SMALLEST_RADIUS = 4.0


def split_actors(actors: object) -> tuple[str, ...]:
    """Return the codes of an ``actors`` value ("PRK;RUS"), empty where there are none."""
    if not isinstance(actors, str):
        return ()
    return tuple(code for code in (part.strip().upper() for part in actors.split(";")) if code)


def side_of(actors: Iterable[str]) -> str:
    """Return the one side that a set of actors is coloured by.

    Both main sides together are ``contested``; a main side with its helpers is that side; otherwise the first
    code in alphabetical order; ``""`` where nobody is named.
    """
    codes = sorted(set(actors))
    leading = [code for code in _LEADING if code in codes]
    if len(leading) > 1:
        return CONTESTED_SIDE
    return leading[0] if leading else (codes[0] if codes else "")


def side_of_claim(row: Mapping[str, Any]) -> str:
    """Return the side that a row of plain values is coloured by: its ``side``, else ``party`` or actors."""
    if row.get("control_status") == CONTESTED_SIDE:
        return CONTESTED_SIDE
    return str(row.get("side") or row.get("party") or side_of(split_actors(row.get("actors"))))


def side_colour(code: str) -> str:
    """Return the colour (``#rrggbb``) of a side's ISO 3166 alpha-3 code; grey for contested or unknown."""
    if code in SIDE_COLOURS:
        return SIDE_COLOURS[code]
    if code == CONTESTED_SIDE or not is_side_code(code):
        return UNKNOWN
    return _OTHER_COLOURS[sum(map(ord, code)) % len(_OTHER_COLOURS)]


def is_side_code(code: str) -> bool:
    """Tell whether a text can be a side's code: letters, or capitals and digits (M23)."""
    return code.isalpha() or (code.isalnum() and code.isupper())


def sign_of(kind: str, *, directed: bool = False) -> Sign:
    """Return the sign of a kind; an unknown kind gets the circle.

    Movements have two: one that points nowhere, and, where ``directed``, one that points north and is turned
    to where the movement heads.
    """
    if directed and kind in _DIRECTED:
        return _DIRECTED[kind]
    return _SIGNS.get(kind, Sign.CIRCLE)


def pattern_of(status: str, control_status: str | None = None, role: str | None = None) -> Pattern:
    """Return the fill pattern for a claim's status and, for control, how sure the control is.

    The role ``home`` is a side's own country where nobody disputes it; only maps of control know it.
    """
    if role == Pattern.HOME:
        return Pattern.HOME
    if status == "denied":
        return Pattern.STRUCK
    if status == "expected":
        return Pattern.OUTLINE
    return Pattern.HATCHED if control_status == "claimed" else Pattern.SOLID


def circle_radius(count: float, largest: float) -> float:
    """Return the radius in pixels of the circle for a count; its area grows with the number.

    Parameters
    ----------
    count
        The number to draw.
    largest
        The largest number on the map, which gets `LARGEST_RADIUS`.
    """
    share = max(count, 0.0) / max(largest, 1.0)
    return float(max(LARGEST_RADIUS * math.sqrt(share), SMALLEST_RADIUS))


def mix_with_base(colour: str, opacity: float = AREA_OPACITY) -> str:
    """Return the opaque colour of an area drawn over the light base, for outputs without transparency."""
    over = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    under = [int(BASE_COLOURS["land"][i : i + 2], 16) for i in (1, 3, 5)]
    mixed = (round(opacity * a + (1 - opacity) * b) for a, b in zip(over, under, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def terminal_style_of(kind: str) -> str:
    """Return a kind's style for tables in a terminal, in the words of rich; it tells no side."""
    return _TERMINAL_STYLES.get(kind, "")


_TERMINAL_STYLES = {
    "concentration": "bold",
    "strike": "bold magenta",
    "control": "bold cyan",
    "advance": "bold yellow",
    "withdrawal": "yellow",
    "clash": "magenta",
}
