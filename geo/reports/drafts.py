"""What a reader of one format hands on: the fields of a report and where they stood, or a problem."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from geo.errors import InputError
from geo.model import Report
from geo.reports.decode import clean_text
from geo.reports.letters import level_letters
from geo.reports.markup import strip_markup
from geo.reports.wrapped import join_wrapped_lines

__all__ = [
    "MAX_BYTES",
    "Draft",
    "Problem",
    "build_report",
    "fold_key",
    "names_text",
    "parse_date",
    "shorten",
]

MAX_BYTES = 20_000_000  # of one report: a long book; more is a mistake

_UNKNOWN = "und"
_UNIX = re.compile(r"\d{10}(\d{3})?")  # seconds or milliseconds since 1970
_SHORT_DATES = ("%d.%m.%Y", "%Y/%m/%d", "%d.%m.%Y %H:%M", "%Y%m%d")
# Field of a report: names that inputs give it, best first.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *(
            "text",
            "body",
            "content",
            "fulltext",
            "full_text",
            "article",
            "message",
            "post",
            "tweet",
            "maintext",
        ),
        *("description", "notes", "summary", "title", "headline"),
    ),
    "id": ("id", "uid", "guid", "report_id", "article_id", "identifier", "event_id_cnty"),
    "date": (
        *("date", "published", "issued", "publication_date", "publish_date", "published_at", "pubdate"),
        *("datetime", "timestamp", "created_at", "time", "date_unixtime", "event_date"),
    ),
    "source": ("source", "publisher", "sitename", "site_name", "outlet", "site", "channel", "author"),
    "lang": ("lang", "language", "locale"),
    "url": ("url", "link", "href", "source_url", "permalink"),
}
_WORDLESS = "a post without words: skipped"
_NEVER = frozenset({"claims"})  # gold answers that may stand beside a report


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong with an input; ``str`` gives one line that names file and line.

    Attributes
    ----------
    where
        File, with ``:line`` where there is one.
    message
        What is wrong and what to do.
    fatal
        True where a report was lost; False for a warning.
    """

    where: str
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The fields of a report as an input names them, and where they stood.

    Attributes
    ----------
    where
        File, with ``:line`` where there is one.
    fields
        What the input says; it goes before what the user says of all inputs.
    hints
        What it probably is; what the user says goes before it.
    """

    where: str
    fields: Mapping[str, object] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)


def parse_date(value: str) -> datetime:
    """Read a publication date: ISO 8601, RFC 2822 (feeds), 31.12.2024, Unix time; UTC where no zone is given.

    Raises
    ------
    InputError
        If it is none of these.
    """
    words = value.strip()
    if _UNIX.fullmatch(words):
        return datetime.fromtimestamp(int(words[:10]), UTC)
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return _make_aware(read(words))
        except (ValueError, TypeError, IndexError):
            continue
    for form in _SHORT_DATES:
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise InputError(f"date {value!r} is not ISO 8601; write it as 2024-11-10 or 2024-11-10T18:30+02:00")


def _make_aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def build_report(draft: Draft, defaults: Mapping[str, str]) -> tuple[Report | None, Problem | None]:
    """Make a report of a draft; a wrong date gives a warning, no text a problem.

    Parameters
    ----------
    draft
        What a reader found.
    defaults
        ``date``, ``source``, ``lang`` and ``url`` for what the draft does not say.
    """
    names = {fold_key(key): key for key in draft.fields}
    taken = {name: _pick(draft.fields, names, aliases) for name, aliases in _NAMES.items()}
    text = join_wrapped_lines(clean_text(level_letters(strip_markup(taken["text"][1]))))
    if not text:
        wordless = _is_wordless_post(draft.fields)
        message = _WORDLESS if wordless else _tell_missing(draft.fields)
        return None, Problem(where=draft.where, message=message, fatal=not wordless)
    defaults = {**draft.hints, **{name: value for name, value in defaults.items() if value}}
    issued, problem = _read_date(draft.where, taken["date"][1], defaults.get("date", ""))
    url = taken["url"][1] or defaults.get("url", "")
    used = {key for key, _ in taken.values()} | {names[name] for name in _NEVER if name in names}
    report = Report(
        id=taken["id"][1] or hashlib.sha256(f"{url}\n{text}".encode()).hexdigest(),
        text=text,
        language=(taken["lang"][1] or defaults.get("lang", "")).replace("_", "-") or _UNKNOWN,
        publisher=taken["source"][1] or defaults.get("source", ""),
        url=url,
        issued=issued,
        extra={
            key: value for key, value in draft.fields.items() if key not in used and value not in (None, "")
        },
    )
    return report, problem


def _is_wordless_post(fields: Mapping[str, object]) -> bool:
    """Tell whether a chat's export holds a notice of the service here, or a picture without words."""
    known = {"id", "date", "type"} <= fields.keys()
    return known and (fields["type"] == "service" or (fields["type"] == "message" and "text" in fields))


def names_text(heading: str) -> bool:
    """Tell whether a table's heading names a column of reports' words."""
    return fold_key(heading) in map(fold_key, _NAMES["text"])


def shorten(error: BaseException) -> str:
    """Return the first line of what a library says of a fault, or the sort of fault where it says nothing."""
    return str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__


def fold_key(key: str) -> str:
    """Return a field's name so that "Published at", "published-at" and "publishedAt" are one."""
    return re.sub(r"[\W_]+", "", key).casefold()


def _pick(
    fields: Mapping[str, object], names: Mapping[str, str], aliases: tuple[str, ...]
) -> tuple[str, str]:
    """Return the key of the first alias that has a value, and that value as a string; empty if none."""
    for alias in aliases:
        key = names.get(fold_key(alias))
        if key is None:
            continue
        value = fields.get(key)
        found = _read_words(value) if aliases is _NAMES["text"] else _read_scalar(value)
        if found.strip():
            return key, found
    return "", ""


def _read_words(value: object) -> str:
    """Return a string, or the pieces of one (chats export their formatted messages so); a number is none."""
    if isinstance(value, list):
        return "".join(_read_words(part.get("text") if isinstance(part, dict) else part) for part in value)
    return value if isinstance(value, str) else ""


def _read_scalar(value: object) -> str:
    """Return a string or number as a string; of an object its name ("source": {"name": ...})."""
    if isinstance(value, dict):
        value = value.get("name")
    return clean_text(str(value)) if isinstance(value, str | int | float) else ""


def _tell_missing(fields: Mapping[str, object]) -> str:
    if isinstance(fields.get("text"), str):
        return "its 'text' is empty: put the report's words there, or leave it out"
    if "text" in fields:
        return f"its 'text' is {type(fields['text']).__name__}, not a string: put the report's words there"
    named = ", ".join(repr(str(key)) for key in list(fields)[:8]) or "none"
    return f"no text: the report's words stand in a field 'text' (fields found: {named})"


def _read_date(where: str, value: str, fallback: str) -> tuple[datetime | None, Problem | None]:
    try:
        if value:
            return parse_date(value), None
    except InputError as error:
        default = parse_date(fallback) if fallback else None
        return default, Problem(where=where, message=str(error), fatal=False)
    return (parse_date(fallback) if fallback else None), None
