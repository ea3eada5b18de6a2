"""Reports from files, folders and standard input; what cannot be read is told and never stops the rest."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from geo.errors import FrontlineError
from geo.model import Report
from geo.reports.drafts import MAX_BYTES, Draft, Problem, build_report, parse_date
from geo.reports.formats import read_json_line
from geo.reports.readers import DOCUMENTS, READERS, choose_reader

__all__ = ["Problem", "ReadOptions", "ReadResult", "gather_reports", "read_reports"]

_LINES = frozenset({".jsonl", ".ndjson"})
_NAMED = 8  # suffixes that a message names
_STDIN = "-"
_LARGE = frozenset({".csv", ".tsv", ".json"})  # may hold many reports
_MOST_BYTES = 200_000_000  # of a document, most of it pictures
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadOptions:
    """What holds for reports that do not say it themselves.

    Attributes
    ----------
    date
        Publication date, ISO 8601; a file's own time is never used.
    source, lang, url
        Publisher, BCP 47 tag, address.
    """

    date: str | None = None
    source: str = ""
    lang: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadResult:
    """The reports in the order of the inputs, and what was wrong with those that are missing.

    ``origins`` tells by the id of a report where it stood: file, with ``:line`` where there is one.
    """

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    origins: Mapping[str, str] = field(default_factory=dict)


def read_reports(inputs: Sequence[str | Path], options: ReadOptions = ReadOptions()) -> ReadResult:
    """Read reports from files, folders (searched by suffix) and standard input ("-").

    Parameters
    ----------
    inputs
        Paths: .txt and .md (a header between two lines "---" may give date, source, lang, url), .jsonl and
        .ndjson, .json, .csv and .tsv (columns told by name), .html and .htm, .xml, .rss and .atom feeds,
        .pdf, .docx and .odt documents, .xlsx and .ods workbooks.
    options
        What the inputs do not say.

    Returns
    -------
    ReadResult
        Each bad input, line or entry gives one problem that names it; the rest is read.  Reports without a
        date give one warning together.

    Raises
    ------
    InputError
        If ``options.date`` is no date.
    """
    return gather_reports(_read_all(inputs), options)


def gather_reports(drafts: Iterable[Draft | Problem], options: ReadOptions) -> ReadResult:
    """Make reports of what readers found, each once and by an id of its own; see `read_reports`."""
    defaults = {"source": options.source, "lang": options.lang, "url": options.url}
    if options.date:
        defaults["date"] = parse_date(options.date).isoformat()
    reports: dict[str, Report] = {}
    origins: dict[str, str] = {}
    problems: list[Problem] = []
    dated: set[str] = set()  # reports whose date was told to be wrong
    for found in drafts:
        if isinstance(found, Problem):
            problems.append(found)
            continue
        report, problem = build_report(found, defaults)
        problems += [problem] if problem else []
        if report is None:
            continue
        if report.id in reports:
            report, twin = _part_twins(report, reports, found.where, origins[report.id])
            problems.append(twin)
        reports[report.id] = report
        origins.setdefault(report.id, found.where)
        dated |= {report.id} if problem else set()
    undated = [origins[id_] for id_, one in reports.items() if one.issued is None and id_ not in dated]
    told = (*problems, *_warn_undated(undated))
    return ReadResult(reports=tuple(reports.values()), problems=told, origins=origins)


def _part_twins(
    report: Report, others: Mapping[str, Report], where: str, origin: str
) -> tuple[Report, Problem]:
    """Make one report of two that say the same; give another that only shares its id an id of its own."""
    twin = others[report.id]
    if report.text == twin.text and _agrees(report, twin):
        whole = replace(
            twin, publisher=twin.publisher or report.publisher, issued=twin.issued or report.issued
        )
        return whole, Problem(where=where, message=f"the same report as {origin}: read once", fatal=False)
    number = 2
    while f"{report.id}-{number}" in others:
        number += 1
    message = f"its id {report.id!r} is that of {origin}: it is called '{report.id}-{number}' here"
    if report.text == twin.text:
        message = f"the same words as {origin}, of another day or publisher: both are read"
    return replace(report, id=f"{report.id}-{number}"), Problem(where=where, message=message, fatal=False)


def _agrees(one: Report, other: Report) -> bool:
    """Tell whether publisher and date of two reports are the same, as far as both tell them."""
    pairs = ((one.publisher, other.publisher), (one.issued, other.issued))
    return all(not first or not second or first == second for first, second in pairs)


def _warn_undated(undated: Sequence[str]) -> tuple[Problem, ...]:
    if not undated:
        return ()
    more = f" (and {len(undated) - 1} more)" if len(undated) > 1 else ""
    message = f"no date{more}: \"yesterday\" and the like cannot be told; give --date or a field 'date'"
    return (Problem(where=undated[0], message=message, fatal=False),)


def _read_all(inputs: Sequence[str | Path]) -> Iterator[Draft | Problem]:
    for item in inputs:
        if str(item) == _STDIN:
            yield from _read_bytes("standard input", sys.stdin.buffer.read(), None)
            continue
        path = Path(item)
        try:
            yield from _read_folder(path) if path.is_dir() else _read_file(path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            yield Problem(where=str(path), message=f"cannot be read ({reason}): check the path")
        except ValueError:  # a NUL in the path itself
            yield Problem(where=repr(str(path)), message="not a path: check it")


def _read_folder(path: Path) -> Iterator[Draft | Problem]:
    """Read every file of a folder and below whose suffix is known, by their names; tell the rest."""
    found = False
    others: Counter[str] = Counter()
    for file in sorted(path.rglob("*")):
        if any(part.startswith(".") for part in file.relative_to(path).parts) or not file.is_file():
            continue
        if file.suffix.lower() in READERS:
            found = True
            yield from _read_file(file)
        else:
            others[file.suffix.lower() or file.name] += 1
    if not found:
        yield Problem(
            where=str(path), message=f"no report in the folder: it has no {', '.join(READERS)} file"
        )
    elif others:
        named = ", ".join(sorted(others)[:_NAMED]) + (" ..." if len(others) > _NAMED else "")
        message = f"files of other sorts passed over: {others.total()} ({named})"
        yield Problem(where=str(path), message=message, fatal=False)


def _read_file(path: Path) -> Iterator[Draft | Problem]:
    if path.suffix.lower() in _LINES:
        yield from _read_lines(path)
        return
    suffix = path.suffix.lower()
    most = _MOST_BYTES if suffix in DOCUMENTS else MAX_BYTES
    if path.stat().st_size > most and suffix not in _LARGE:
        yield Problem(where=str(path), message=f"more than {most // 10**6} MB: split it into reports")
        return
    yield from _read_bytes(str(path), path.read_bytes(), suffix)


def _read_bytes(where: str, data: bytes, suffix: str | None) -> Iterator[Draft | Problem]:
    if not data.strip():
        yield Problem(where=where, message="empty: put a report there, or leave it out")
        return
    try:
        yield from choose_reader(data, suffix)(where, data)
    except FrontlineError as error:
        yield Problem(where=where, message=str(error))


def _read_lines(path: Path) -> Iterator[Draft | Problem]:
    """Read JSON Lines one line at a time, so that a file may be larger than memory."""
    number, empty = 0, True
    with path.open("rb") as stream:
        if stream.read(2) in _WIDE:
            yield from _read_bytes(str(path), path.read_bytes(), ".jsonl")
            return
        stream.seek(0)
        while line := stream.readline(MAX_BYTES + 1):
            number += 1
            where = f"{path}:{number}"
            if len(line) > MAX_BYTES:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_BYTES)
                empty = False
                yield Problem(
                    where=where, message=f"more than {MAX_BYTES // 10**6} MB in one line: no report"
                )
            elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                empty = False
                yield read_json_line(where, line)
    if empty:
        yield Problem(where=str(path), message="empty: put a report on each line, or leave it out")
