"""Text whose lines an editor or a mail program has cut at a width: its lines made one paragraph again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["join_wrapped_lines"]

_NARROWEST, _WIDEST = 40, 132  # letters of a line; a mail has 72 to 79
_FULL = 15  # a full line lacks no more of the width than a long word takes
_LEAST_FULL = 2  # so many lines nearly as long as the longest make a width
# Of the lines behind full ones so many begin in mid-sentence; of a list's entries next to none.
_LEAST_SMALL = 0.15
_ENTRY = re.compile(r"[ \t]*(?:[-–—•*·▪#>]|\d{1,2}[.)])\s|[ \t]*\d{1,2} ?[:.h] ?\d\d\b")
_Line = tuple[int, int]  # offsets, half-open


def join_wrapped_lines(text: str) -> str:
    r"""Put a space for each line break that only a width asked for.

    Such a break stands where the next word would not have found room.  A break between entries of a list,
    between verses or after a short line stays, and so does every break of a text that looks like a list
    of lines of one length.

    Parameters
    ----------
    text
        The text, its line breaks ``\n``.

    Returns
    -------
    str
        The text, of the same length: offsets hold.
    """
    lines = [match.span() for match in re.finditer(r"[^\n]*", text) if match[0] or match.end() == len(text)]
    inner = [(line, after) for line, after in pairwise(lines) if after[0] == line[1] + 1]
    width = _find_width([line for line, _ in inner])
    if not width:
        return text
    cut = [after[0] for line, after in inner if _is_cut(text, line, after, width)]
    small = sum(text[at:].lstrip()[:1].islower() for at in cut)
    if len(cut) < _LEAST_FULL or small < _LEAST_SMALL * len(cut):
        return text
    parts = [text[start : end - 1] for start, end in pairwise([0, *cut, len(text) + 1])]
    return " ".join(parts)


def _find_width(lines: Sequence[_Line]) -> int:
    """Return the width that several lines nearly fill, letters, or 0."""
    lengths = sorted((end - start for start, end in lines if end - start <= _WIDEST), reverse=True)
    for longest, other in zip(lengths, lengths[_LEAST_FULL - 1 :], strict=False):
        if longest >= _NARROWEST and longest - other < _FULL:
            return longest
    return 0


def _is_cut(text: str, line: _Line, after: _Line, width: int) -> bool:
    """Tell whether a line has no room for the first word of the next, and the next is no list's entry."""
    following = text[after[0] : after[1]]
    if _ENTRY.match(following) or line[1] - line[0] > width:
        return False
    word = following.split(maxsplit=1)[:1]
    return bool(word) and line[1] - line[0] + 1 + len(word[0]) > width
