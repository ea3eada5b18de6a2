"""Words with a halo, as outlines: words of one colour are one artist, each letter is outlined once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from maps.picture_board import Board
from maps.style import BASE_COLOURS

__all__ = ["Lettering", "WordLook"]

# Points: as wide as the halo of the HTML map's names.
_HALO = 2.2
# How far above the baseline the middle of the letters is, in multiples of their size.
_MIDDLE = 0.36


@dataclass(frozen=True, kw_only=True, slots=True)
class WordLook:
    """How words look; ``size`` in points, ``room`` in pixels that stay free around them."""

    size: float
    colour: str
    weight: str = "normal"
    style: str = "normal"
    room: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Lettering:
    """Words that are put on a board together."""

    board: Board
    outlines: dict[str, list[Any]] = field(default_factory=dict)

    def measure(self, words: str, look: WordLook) -> float:
        """Return how wide words are, in 1/100 inch."""
        return _lay_out(words, look.weight, look.style)[1] * look.size * 100 / 72

    def write(self, x: float, y: float, words: str, look: WordLook, *, share: float = 0.0) -> None:
        """Write words, their middle at height ``y``; ``share`` of their width lies to the left of ``x``."""
        import numpy as np
        from matplotlib.path import Path as Outline

        outline, width = _lay_out(words, look.weight, look.style)
        if outline is None:
            return
        scale = np.array(self.board.unit) * look.size * 100 / 72
        moved = (outline.vertices - [share * width, _MIDDLE]) * scale + [x, y]
        self.outlines.setdefault(look.colour, []).append(Outline(moved, outline.codes))

    def finish(self, order: float) -> None:
        """Put the words on the board."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline

        halo: dict[str, Any] = {
            "facecolor": BASE_COLOURS["halo"],
            "edgecolor": BASE_COLOURS["halo"],
            "linewidth": _HALO,
            "joinstyle": "round",
        }
        everything = [outline for some in self.outlines.values() for outline in some]
        if everything:
            self.board.add(PathPatch(Outline.make_compound_path(*everything), zorder=order, **halo))
        for colour, some in self.outlines.items():
            look: dict[str, Any] = {"facecolor": colour, "linewidth": 0, "zorder": order + 0.1}
            self.board.add(PathPatch(Outline.make_compound_path(*some), **look))


@lru_cache(maxsize=8)
def _find_font(weight: str, style: str, families: tuple[str, ...]) -> tuple[Any, dict[str, Any]]:
    """Return a font in the size of outlines, and its letters' outlines so far."""
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from matplotlib.textpath import text_to_path

    properties = FontProperties(family=list(families), weight=weight, style=style)  # type: ignore[arg-type]
    font = get_font([findfont(properties), findfont(FontProperties(family="DejaVu Sans", weight=weight))])
    font.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
    return font, {}


def _lay_out(words: str, weight: str, style: str) -> tuple[Any, float]:
    """Return words as an outline from the start of the baseline, and their width, for letters of size 1."""
    from matplotlib import rcParams

    return _lay_out_in(words, weight, style, tuple(rcParams["font.family"]))


@lru_cache(maxsize=4096)
def _lay_out_in(words: str, weight: str, style: str, families: tuple[str, ...]) -> tuple[Any, float]:
    import numpy as np
    from matplotlib.path import Path as Outline
    from matplotlib.textpath import text_to_path

    font, known = _find_font(weight, style, families)
    letters, glyphs, _ = text_to_path.get_glyphs_with_font(font, words, glyph_map=known)
    known.update(glyphs)
    parts = [(glyphs[name], x, y, size) for name, x, y, size in letters if len(glyphs[name][0])]
    font.set_text(words, 0.0)
    width = font.get_width_height()[0] / 64 / text_to_path.FONT_SCALE
    if not parts:
        return None, width
    points = np.concatenate([np.asarray(glyph[0]) * size + [x, y] for glyph, x, y, size in parts])
    codes = np.concatenate([np.asarray(glyph[1]) for glyph, *_ in parts])
    return Outline(points / text_to_path.FONT_SCALE, codes), width
