"""From bytes to words: UTF-8, UTF-16, and the older encodings of Cyrillic and Latin text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from geo.errors import InputError

__all__ = ["clean_text", "decode_bytes"]

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLDER = ("cp1251", "koi8_r", "koi8_u", "cp866", "cp1252", "latin_1", "iso8859_15")
_SAMPLE = 4096  # bytes from which an encoding is told
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|\x85|\u2028|\u2029")


def decode_bytes(data: bytes) -> str:
    """Decode text whose encoding is not told.

    Raises
    ------
    InputError
        If it is not text, or its encoding cannot be told.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode(data, name)
    if b"\0" in data:
        return _decode(data, _guess_wide(data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(data, _guess_older(data))


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise InputError(f"not text in {name}: byte {error.start} is broken; save it as UTF-8") from error


def _guess_wide(data: bytes) -> str:
    """Tell UTF-16 without its mark by where the zero bytes stand."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > len(sample) // 20 and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    raise InputError("not a text file: it holds a NUL byte; give the text itself")


def _guess_older(data: bytes) -> str:
    from charset_normalizer import from_bytes

    high = [line for line in data.splitlines() if any(byte > 0x7F for byte in line)]
    best = from_bytes(b"\n".join(high)[:_SAMPLE], cp_isolation=list(_OLDER)).best()
    if best is None:
        raise InputError("not text in a known encoding; save it as UTF-8")
    return best.encoding


def clean_text(text: str) -> str:
    """Return text in NFC with plain line breaks and without control characters; the ends are stripped."""
    text = _BREAKS.sub("\n", text)
    return unicodedata.normalize("NFC", _CONTROL.sub(" ", text)).strip()
