"""Places that are listed before the verb told of them, and those of which only an aftermath is told."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.parts import Piece
from geo.claims.scene import Scene

__all__ = ["give_lists", "leave_idle"]

_LAST_WORDS = 3  # so near to the end of a part stands its subject ("though X itself, where ..., is bombed")


def give_lists(scene: Scene, pieces: Sequence[Piece]) -> None:
    """Give places to the verb behind them ("villages, including X, were taken", "and X, near Y, fell").

    Parameters
    ----------
    scene
        The words of a report.
    pieces
        The parts of a sentence, in order; their places are moved.
    """
    words, small = scene.reading.words, scene.vocabulary.words
    listed: list[Piece] = []
    for piece in pieces:
        helped = not small["auxiliaries"].isdisjoint(words[piece.start : piece.start + 2])
        opens = bool(piece.triggers) and (helped or piece.triggers[0].start == piece.start)
        if opens and not piece.mentions:
            for one in listed:
                piece.mentions, one.mentions = piece.mentions + one.mentions, []
        located = any(mention.role == "place" for mention in piece.mentions)
        if listed and words[piece.start] in small["which"]:
            continue  # an aside
        if piece.triggers or (not located and not piece.mentions):
            listed = []
        elif located and (listed or words[piece.start] in small["including"] or _adds(scene, piece)):
            listed = [*listed, piece]


def _adds(scene: Scene, piece: Piece) -> bool:
    """Tell whether a part opens a statement with a place, of which it says nothing itself (", and X,")."""
    words, marks, first = scene.reading.words, scene.reading.marks, piece.mentions[0]
    joined = piece.opener == "coordinator" and marks[max(piece.start - 1, 0)] == ","
    if piece.opener == "relative" and words[piece.start] not in scene.vocabulary.words["which"]:
        return marks[max(piece.end - 1, 0)] == "," and first.end >= piece.end - _LAST_WORDS
    return joined and first.start <= piece.start + 1


def leave_idle(scene: Scene, pieces: Sequence[Piece]) -> None:
    """Leave out places of which only an aftermath is told ("..., closing the airports of X and Y")."""
    idle = False  # a list goes on with what is idle ("warnings for X, Y and Z")
    for piece in pieces:
        told = bool(scene.cues.within("idle", piece.start, piece.end))
        idle = not piece.triggers and bool(piece.mentions) and (told or (idle and _is_list(scene, piece)))
        if idle:
            piece.mentions = []


def _is_list(scene: Scene, piece: Piece) -> bool:
    """Tell whether a part of a sentence holds places and what joins them alone."""
    named = {at for mention in piece.mentions for at in range(mention.start, mention.end)}
    joins = scene.vocabulary.words["lists"]
    words = ((at, scene.reading.words[at]) for at in range(piece.start, piece.end))
    return all(not word or at in named or word in joins for at, word in words)
