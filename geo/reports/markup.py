"""Marks that chats, notes and scholars set among the words: taken out, so that the words alone are read."""

from __future__ import annotations

import re

__all__ = ["strip_markup"]

# Shown nowhere: soft hyphens, spaces without width, marks of the direction of writing.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
# The number of a note, right behind a word or a stop: "near Sudzha.[12]".
_NOTE = re.compile(r"(?<=[^\W_]|[.!?…,;:»”\"')\]])(?:\[\d{1,3}\])+")
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\s]{1,500}\)")
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((?:https?://|mailto:|/|#)[^)\s]{0,500}\)")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])([^\n]{1,400}?)(?<=[^\s*_])\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^\n*_]{1,400}?)(?<=[^\s*_])\1(?![\w*])")
_LINE_START = re.compile(r"^(?:#{1,6}[ \t]+|>[ \t]?)+", re.MULTILINE)
_HASHTAG = re.compile(r"(?<![\w&/#])#([^\W\d_]\w{0,80})")


def strip_markup(text: str) -> str:
    """Take out the markup of chats and notes, numbers of notes and what is shown nowhere.

    Emphasis (``**X**``), links (``[X](https://...)``), headings, marks of quotation, hashtags
    (``#Kharkiv_region``) and numbers of notes (``[12]``) leave their words.

    Parameters
    ----------
    text
        The text of a report as it came.

    Returns
    -------
    str
        The words, with nothing added; the text itself where it has no such marks.
    """
    text = _UNSEEN.sub("", text)
    if "[" in text:
        text = _NOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    if "#" in text or ">" in text:
        text = _HASHTAG.sub(lambda match: match[1].replace("_", " ").rstrip(), _LINE_START.sub("", text))
    return text
