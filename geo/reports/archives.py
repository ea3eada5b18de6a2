"""Zipped documents (DOCX, XLSX, ODT, ODS), opened within bounds: no bomb, no entity, no locked part."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from geo.errors import InputError

__all__ = ["open_archive", "read_part", "tell_archive"]

_MOST_PARTS = 10_000
_MOST_BYTES = 400_000_000  # of all parts unpacked: a book with its pictures
_MOST_XML = 64_000_000  # of one part of markup unpacked: some 20 MB of words
_CHUNK = 1 << 20
_LOCKED = 0x1  # flag of a part that needs a password
_XML = (".xml", ".rels")
# Only markup of our own danger declares entities; no office program writes them.
_ENTITIES = tuple("<!ENTITY".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
_LONGEST = max(map(len, _ENTITIES)) - 1
# What zipfile raises on damage, an unknown packing (NotImplementedError) and a lock (RuntimeError).
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_FOLDERS = {"word": ".docx", "xl": ".xlsx"}  # that only documents of one sort have
_KINDS = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}


def tell_archive(data: bytes) -> str:
    """Return the suffix of the sort of document that zipped bytes are; empty for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return _KINDS.get(archive.read("mimetype").strip(), "")
    except _BROKEN:
        return ""
    folders = {name.split("/")[0] for name in names if name.endswith(".xml")}
    return next((suffix for folder, suffix in _FOLDERS.items() if folder in folders), "")


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zipped document whose every part has been unpacked once, within bounds.

    Raises
    ------
    InputError
        If it is broken, locked, far larger than it seems, or its markup declares entities.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_sizes(archive.infolist())
        for part in archive.infolist():
            _check_part(archive, part)
    except _BROKEN as error:
        raise InputError("the file is broken: save it anew, or as .txt or .csv") from error
    return archive


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & _LOCKED for part in parts):
        raise InputError("locked with a password: save it without one first")
    markup = max((part.file_size for part in parts if _is_markup(part)), default=0)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES or markup > _MOST_XML:
        raise InputError("unpacks to far more than a report: split it, or save its text as .txt")


def _is_markup(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith(_XML)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part to its end, which checks that it is as large as it says."""
    if not _is_markup(part):
        return
    for chunk in _read_chunks(archive, part):
        if any(mark in chunk for mark in _ENTITIES):
            raise InputError(
                "its markup declares entities, as no office program writes: save its text as .txt"
            )


def _read_chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a part; each chunk begins with the end of the one before."""
    end = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield end + chunk
            end = chunk[-_LONGEST:]


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of an archive that `open_archive` gave; `InputError` if there is none of this name."""
    try:
        return archive.read(name)
    except (KeyError, *_BROKEN) as error:
        raise InputError("the file is broken: save it anew, or as .txt or .csv") from error
