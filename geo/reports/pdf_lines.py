"""From the lines of a PDF's pages to paragraphs: running heads left out, lines joined, hyphens undone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

__all__ = ["Line", "join_pages"]

_HEADS = 4  # lines at the top and at the foot of a page among which running heads are looked for
_APART = 1.6  # of the height of letters: the least gap between a running head and the text
_DRIFT = 3.0  # points by which a running head may lie higher on one page than on another
_SAME_SIZE = 0.12  # of the height of letters, within which two lines are of one text
_LOOSE = 1.35  # of the usual distance of lines, from which a paragraph begins
_TIGHT = 0.6  # of the same, below which two lines are one beside the other
_USUAL = 1.2  # of the height of letters: the distance of lines where it cannot be told
_NOTES = 12  # paragraphs at the foot of a page among which the last of its text is looked for
_ROOM = 0.9  # of the column, up to which a line could have taken the next word too
_LONGEST = 10  # one line of so many may be longer than a full one: it runs over its column
_WIDTH = 0.5  # of the height of letters: the width of one, on the average
_LINES = 4  # from which a column is told by its own lines
_NEAR = (
    2.0,
    14.0,
)  # of the height of letters: how far a line may begin before a column, or be set in within it
_INDENT = (0.7, 6.0)  # of the height of letters: how far the first line of a paragraph is set in
_ENDS = re.compile(r"[.!?…:;][\"'»”’)\]]*(?:\[\d+\]|\d{1,2})*$")
_SIGN, _DASH = re.compile(r"[•●▪■◦‣\uf0b7\uf0a7*]"), re.compile(r"[–—-]\s")  # of the items of a list
_COUNTED = re.compile(r"\d[\d\s.,]*\w*[^\W\d]")  # a number of things, and not of a page
_BROKEN = re.compile(r"(\w+)[-\u2010\u00ad\u00ac]$")  # some fonts show a soft hyphen as ¬
_COMPOUND = re.compile(r"\w+(?:-\w+)+")
_LETTERS = str.maketrans(
    {
        "\uf0b7": "•",
        "\uf0a7": "•",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)


_Columns = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line as it stands on a page.

    Attributes
    ----------
    text
        Its words.
    along, height
        Where it begins, in points along the writing and across it (greater is higher), whatever way the page
        is turned.
    size
        Height of its letters, points.
    turn
        Direction of the writing, degrees.
    page
        Number of its page.
    """

    text: str
    along: float
    height: float
    size: float
    turn: int = 0
    page: int = 0


def join_pages(pages: Sequence[Sequence[Line]]) -> str:
    """Return the text of pages, a paragraph a block between blank lines.

    Parameters
    ----------
    pages
        The lines of each page in reading order.
    """
    lines = [line for page in pages for line in page]
    kept = [line for page in _drop_heads(pages) for line in page] or lines
    usual = _measure_distances(kept)
    columns = _find_columns(kept)
    blocks: list[list[Line]] = []
    for line in kept:
        ends = [block for block in blocks[-1:] if _goes_on(block, line, usual, columns)]
        ends = ends or [one for one in blocks[-2:-_NOTES:-1] if _goes_over(one, line, usual, columns)]
        if ends:
            ends[0].append(line)
        else:
            blocks.append([line])
    compounds = _list_compounds(kept)
    return "\n\n".join(_join_lines([line.text for line in block], compounds) for block in blocks)


def _drop_heads(pages: Sequence[Sequence[Line]]) -> Iterator[Sequence[Line]]:
    """Leave out what stands at the rim of several pages at the same height, figures aside."""
    rims = [_find_rim(page) for page in pages]
    counts = Counter(key for rim in rims for key in {_name_head(line) for line in rim})
    for page, rim in zip(pages, rims, strict=True):
        heads = {id(line) for line in rim if _is_running(line, counts)}
        yield [line for line in page if id(line) not in heads]


def _find_rim(page: Sequence[Line]) -> list[Line]:
    """Return the lines at the top and at the foot of a page that stand apart from its text."""
    ordered = sorted(page, key=lambda line: line.height)
    return [*_find_apart(ordered), *_find_apart(ordered[::-1])]


def _find_apart(inwards: Sequence[Line]) -> Sequence[Line]:
    """Return the first lines from a rim inwards, up to the last gap among them."""
    gaps = [
        number
        for number, (outer, inner) in enumerate(pairwise(inwards[: _HEADS + 1]), 1)
        if abs(outer.height - inner.height) > _APART * max(outer.size, inner.size)
    ]
    return inwards[: max(gaps, default=0)]


def _name_head(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", " ".join(line.text.split())), round(line.height / _DRIFT)


def _is_running(line: Line, counts: Mapping[tuple[str, int], int]) -> bool:
    words, height = _name_head(line)
    return sum(counts.get((words, height + step), 0) for step in (-1, 0, 1)) > 1


def _measure_distances(lines: Sequence[Line]) -> Mapping[int, float]:
    """Return the usual distance of lines by the height of their letters, in half points."""
    found: dict[int, list[float]] = {}
    for above, below in pairwise(lines):
        distance = above.height - below.height
        if _is_alike(above, below) and 0 < distance < 3 * above.size:
            found.setdefault(round(2 * above.size), []).append(distance)
    return {size: _find_usual(distances) for size, distances in found.items()}


def _find_usual(distances: Sequence[float]) -> float:
    """Return the distance that occurs most; of several the least."""
    counts = Counter(round(distance * 2) for distance in distances)
    most = max(counts.values())
    return min(step for step, count in counts.items() if count == most) / 2


def _find_columns(lines: Sequence[Line]) -> _Columns:
    """Return how many letters a full line has, by the height of letters and the left edge."""
    lengths: dict[int, dict[int, list[int]]] = {}
    for line in lines:
        lengths.setdefault(round(2 * line.size), {}).setdefault(round(line.along), []).append(len(line.text))
    return {
        size: {
            edge: sorted(found)[-1 - len(found) // _LONGEST]
            for edge, found in edges.items()
            if len(found) >= _LINES
        }
        for size, edges in lengths.items()
    }


def _count_letters(line: Line, columns: _Columns) -> float:
    """Return how many letters a full line has that begins where this one does; 0 where nothing tells it."""
    edges = columns[round(2 * line.size)]
    near = [edge for edge in edges if -_NEAR[0] * line.size < line.along - edge < _NEAR[1] * line.size]
    if not near:
        return 0.0
    edge = min(near, key=lambda edge: abs(line.along - edge))
    return edges[edge] - max(0.0, line.along - edge) / (_WIDTH * line.size)


def _is_alike(one: Line, other: Line) -> bool:
    return one.turn == other.turn and abs(one.size - other.size) <= _SAME_SIZE * max(one.size, other.size)


def _goes_on(block: Sequence[Line], line: Line, usual: Mapping[int, float], columns: _Columns) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    last = block[-1]
    ended = bool(_ENDS.search(last.text))
    if not _is_alike(last, line) or _SIGN.match(line.text) or (ended and _DASH.match(line.text)):
        return False
    distance = last.height - line.height
    step = usual.get(round(2 * last.size), _USUAL * last.size)
    if distance < 0 or line.page != last.page:  # the next column or page: the sentence goes on there, or not
        return not ended and (_goes_low(line) or _COUNTED.match(line.text) is not None)
    if not _TIGHT * step <= distance <= _LOOSE * step:
        return False
    if _had_room(last, line, columns):
        return False
    set_in = (line.along - last.along) / last.size
    return not (ended and _INDENT[0] < set_in < _INDENT[1])


def _goes_over(block: Sequence[Line], line: Line, usual: Mapping[int, float], columns: _Columns) -> bool:
    """Tell whether a line goes on with a paragraph of the page before, behind which notes stand."""
    return line.page == block[-1].page + 1 and _goes_on(block, line, usual, columns)


def _goes_low(line: Line) -> bool:
    """Tell whether a line begins as no sentence does."""
    return line.text[:1].islower()


def _had_room(last: Line, line: Line, columns: _Columns) -> bool:
    """Tell whether a line ends although the next word would have had room in it."""
    full = _count_letters(last, columns)
    return not _goes_low(line) and len(last.text) + 1 + len(line.text.split(" ", 1)[0]) < _ROOM * full


def _list_compounds(lines: Iterable[Line]) -> frozenset[str]:
    """Return the words of a text that hold a hyphen within a line."""
    return frozenset(word.casefold() for line in lines for word in _COMPOUND.findall(line.text))


@lru_cache(maxsize=1)
def _list_known() -> frozenset[str]:
    """Return the words of all lexicons that hold a hyphen."""
    from geo.resources import list_lexicons, read_bytes

    texts = (read_bytes(f"lexicon/{tag}.toml").decode("utf-8") for tag in list_lexicons())
    return frozenset(word.casefold() for text in texts for word in _COMPOUND.findall(text))


def _join_lines(lines: Sequence[str], compounds: frozenset[str]) -> str:
    """Join the lines of a paragraph; a word that was broken between two of them is whole again."""
    text = ""
    for line in lines:
        words = " ".join(line.split())
        broken = _BROKEN.search(text)
        if not broken or not words[:1].isalnum():
            text = f"{text} {words}" if text else words
        elif _keeps_hyphen(broken, words, compounds):
            text = f"{text[:-1]}-{words}"
        else:
            text = text[:-1] + words
    return text.replace("\u00ad", "").translate(_LETTERS)


def _keeps_hyphen(broken: re.Match[str], words: str, compounds: frozenset[str]) -> bool:
    """Tell whether the hyphen at the end of a line is of the word itself: north-east, Ivano-Frankivsk."""
    first, rest = broken[1], re.match(r"[\w-]+", words)
    if broken[0][-1] in "\u00ad\u00ac" or rest is None:
        return False
    if first[-1].isdigit() or not rest[0][0].islower():
        return True
    whole = f"{first}-{rest[0]}".casefold()
    return whole in compounds or whole in _list_known()
