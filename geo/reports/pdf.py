"""PDF files: the words of their pages in reading order, within bounds."""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from unicodedata import category

from geo.errors import FrontlineError, InputError, MissingExtraError
from geo.reports.drafts import MAX_BYTES, Draft, Problem
from geo.reports.pdf_lines import Line, join_pages
from geo.reports.words import draft_document

__all__ = ["EXTRA", "read_pdf"]

EXTRA = "documents"
_MOST_PAGES = 3_000
_MOST_PIECES = 3_000_000  # of text; a page has some hundreds
_MOST_ON_A_PAGE = 200_000
_MOST_BROKEN = 5  # pages that cannot be read; more of them, and the file is broken
_OWN = "Frontline"  # what the pictures that we write name as their maker
_UNREADABLE = 0.2  # of the signs of a text, from which its fonts do not tell its letters
_NO_LETTERS = ("Co", "Cn", "Cc")  # categories of signs of which fonts without letters' codes give many
_RAISED = 0.15  # of the height of letters, by which a mark of a note stands above its line
_MARK = re.compile(r"\s*\[?\d{1,3}(?:[,–-]\s?\d{1,3})*\]?\s*")
_UNIT = re.compile(r"(?<!\w)[^\W\d_]{1,2}$")  # m, km
_POWERS = {"2": "²", "3": "³"}
_NAMED = 8  # pages without text that a message names


@dataclass(frozen=True, kw_only=True, slots=True)
class _Facts:
    """What a file says of itself; only the publisher is a fact of its publication."""

    title: str
    author: str
    publisher: str
    made: date | None


def read_pdf(where: str, data: bytes) -> Iterator[Draft | Problem]:
    """Read a PDF; the day in its heading is taken for its date where nothing else tells it.

    Raises
    ------
    InputError
        If it is broken, locked or far larger than a report.
    MissingExtraError
        If pypdf is not installed.
    """
    try:
        import pypdf
    except ImportError as error:
        raise MissingExtraError("pypdf", EXTRA) from error
    try:
        with _hush():
            reader = _unlock(pypdf.PdfReader(io.BytesIO(data)))
            facts = reader.metadata or {}
            own = facts.get("/Creator") == _OWN
            pages = [] if own else _read_pages(reader)
            found = _Facts(
                title=_read_fact(facts, "/Title"),
                author=_read_fact(facts, "/Author"),
                publisher=_find_publisher(reader),
                made=_find_latest(reader),
            )
    except FrontlineError:
        raise
    except Exception as error:  # whatever the library makes of a broken file
        raise InputError("a broken PDF: print it anew, or save its text as .txt") from error
    if own:
        yield Problem(where=where, message="a picture of ours, not a report: passed over", fatal=False)
    else:
        yield from _draft(where, pages, found)


@contextmanager
def _hush() -> Iterator[None]:
    """Keep the library from telling of each small fault that it passes over."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _unlock(reader: Any) -> Any:
    """Open what is locked against changes alone, which needs no password."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("locked with a password: save it without one first")
    return reader


def _read_pages(reader: Any) -> list[list[Line]]:
    """Return the lines of all pages; a few that are broken are as those without text.

    The library itself bounds what a stream unpacks to, and how deep parts may hold one another.
    """
    if len(reader.pages) > _MOST_PAGES:
        raise InputError(f"more than {_MOST_PAGES:,} pages: split it into reports")
    pages: list[list[Line]] = []
    pieces = letters = broken = 0
    for number, page in enumerate(reader.pages, 1):
        try:
            lines, taken = _read_page(page, number)
        except Exception:  # whatever the library makes of a broken page
            broken += 1
            if broken > _MOST_BROKEN or broken == len(reader.pages):
                raise
            lines, taken = [], 0
        pages.append(lines)
        pieces, letters = pieces + taken, letters + sum(len(line.text) for line in lines)
        if letters > MAX_BYTES or pieces > _MOST_PIECES:
            raise InputError("holds far more than a report: split it, or save its text as .txt")
    return pages


def _read_page(page: Any, number: int) -> tuple[list[Line], int]:
    """Return the lines of a page in the order in which they are written, and of how many pieces they are."""
    lines: list[list[Line]] = [[]]
    pieces = 0

    def take(text: str, outer: Sequence[float], inner: Sequence[float], _font: object, size: float) -> None:
        nonlocal pieces
        pieces += 1
        if pieces > _MOST_ON_A_PAGE:
            raise ValueError(pieces)
        for place, part in enumerate(text.split("\n")):
            if place:
                lines.append([])
            if part:
                lines[-1].append(_place(part, outer, inner, size))

    page.extract_text(visitor_text=take)
    joined = (_join_pieces(one, number) for one in lines)
    return [line for line in joined if line is not None], pieces


def _place(text: str, outer: Sequence[float], inner: Sequence[float], size: float) -> Line:
    """Return a piece of text with its place on the page, whatever way it is turned there."""
    along_x = inner[0] * outer[0] + inner[1] * outer[2]
    along_y = inner[0] * outer[1] + inner[1] * outer[3]
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = math.hypot(along_x, along_y) or 1.0
    right, up = along_x / scale, along_y / scale
    return Line(
        text=text,
        along=x * right + y * up,
        height=y * right - x * up,
        size=abs(size * scale) or 1.0,
        turn=round(math.degrees(math.atan2(up, right))),
    )


def _join_pieces(pieces: Sequence[Line], page: int) -> Line | None:
    """Return one line of its pieces, placed as its first words are; None where there are no words."""
    first = next((piece for piece in pieces if piece.text.strip()), None)
    if first is None:
        return None
    text = ""
    for piece in pieces:
        raised = piece.height > first.height + _RAISED * first.size and piece.size < first.size
        text += _read_mark(piece.text, text) if raised and _MARK.fullmatch(piece.text) else piece.text
    return replace(first, text=text.strip(), page=page)


def _read_mark(mark: str, before: str) -> str:
    """Return what a small raised number means: the power of a unit, or nothing where it points to a note."""
    if mark in _POWERS and _UNIT.search(before):
        return _POWERS[mark]
    return mark if not before.strip() else ""


def _read_fact(facts: Any, name: str) -> str:
    value = facts.get(name)
    return str(value) if isinstance(value, str) else ""


def _find_publisher(reader: Any) -> str:
    """Return who published the file, which only programs of publishers write; empty where it is not told."""
    try:
        told = reader.xmp_metadata
        names = told.dc_publisher if told is not None else ()
    except Exception:  # noqa: BLE001 - broken facts do not make the text worse
        return ""
    return next((str(name).strip() for name in names or ()), "")


def _find_latest(reader: Any) -> date | None:
    """Return the last day on which the file was made or changed; None where it tells none that is one."""
    days: list[date] = []
    for name in ("creation_date", "modification_date"):
        try:
            stamp = getattr(reader.metadata, name, None)
        except (ValueError, AttributeError, TypeError):
            continue
        days += [stamp.date()] if stamp is not None else []
    return max(days, default=None)


def _draft(where: str, pages: Sequence[Sequence[Line]], facts: _Facts) -> Iterator[Draft | Problem]:
    text = join_pages(pages)
    blank = [number for number, page in enumerate(pages, 1) if not page]
    if pages and len(blank) == len(pages):
        message = f"no text on any page ({len(pages)}), as of a scanner: it needs OCR first"
        yield Problem(where=where, message=message)
        return
    signs = [sign for sign in text if not sign.isspace()]
    if sum(category(sign) in _NO_LETTERS or sign == "\ufffd" for sign in signs) > _UNREADABLE * len(signs):
        message = "its fonts do not tell its letters: it needs OCR first, or save its text as .txt"
        yield Problem(where=where, message=message)
        return
    fields = {"document_title": facts.title, "author_name": facts.author}
    yield draft_document(where, text, fields, facts.made, facts.publisher)
    if blank:
        numbers = ", ".join(map(str, blank[:_NAMED])) + (" ..." if len(blank) > _NAMED else "")
        message = f"no text on page {numbers} of {len(pages)}: what stands in pictures is not read"
        yield Problem(where=where, message=message, fatal=False)
