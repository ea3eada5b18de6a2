"""Sentences cut into clauses, so that each place meets the word that governs it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from geo.claims.parts import Clause, Mention, Trigger
from geo.claims.text import Reading, Sentence
from geo.claims.triggers import merge_triggers
from geo.claims.vocabulary import Vocabulary

__all__ = ["cut_clauses"]

_STRONG = frozenset(";:—–")
_WEAK = frozenset(",()")
_LEAST_UNKNOWN = 2


@dataclass(slots=True, eq=False)
class _Piece:
    start: int
    end: int
    opener: str
    mark: str
    triggers: list[Trigger] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    speaks: bool = False


def cut_clauses(
    reading: Reading,
    number: int,
    triggers: list[Trigger],
    mentions: list[Mention],
    vocabulary: Vocabulary,
    conditions: frozenset[int],
    weapons: list[int],
    forces: list[int],
    counted: list[int],
    losses: list[int],
) -> list[Clause]:
    """Cut one sentence into clauses.

    Parameters
    ----------
    reading
        The report.
    number
        Which sentence.
    triggers, mentions
        Those of the sentence, in order.
    vocabulary
        Words that open clauses.
    conditions
        Tokens that open a condition.
    """
    sentence = reading.sentences[number]
    pieces = _cut_pieces(reading, sentence, mentions, triggers, vocabulary, conditions)
    _fill(pieces, triggers, mentions)
    _add_weapons(reading, pieces, weapons, vocabulary)
    _add_motion(reading, pieces, forces, vocabulary)
    _add_counts(reading, pieces, counted, losses, vocabulary)
    merged = _merge_pieces(pieces)
    clauses = []
    for piece in merged:
        clause = Clause(piece.start, piece.end, number, piece.opener)
        clause.triggers = merge_triggers(piece.triggers)
        clause.mentions = piece.mentions
        clauses.append(clause)
    return clauses


def _cut_pieces(
    reading: Reading,
    sentence: Sentence,
    mentions: list[Mention],
    triggers: list[Trigger],
    vocabulary: Vocabulary,
    conditions: frozenset[int],
) -> list[_Piece]:
    inside = {index for mention in mentions for index in range(mention.start + 1, mention.end)}
    inside |= {index for trigger in triggers for index in range(trigger.start + 1, trigger.end)}
    relatives, coordinators = vocabulary.words["relatives"], vocabulary.words["coordinators"]
    pieces = [_Piece(sentence.start, sentence.end, "", "")]
    for index in range(sentence.start, sentence.end):
        if index in inside:
            continue
        mark, word = reading.marks[index], reading.words[index]
        if mark:
            if mark in _STRONG or mark in _WEAK or _is_dash(reading, index):
                strong = mark in _STRONG or _is_dash(reading, index)
                _open(pieces, index + 1, "strong" if strong else "", mark if not strong else mark or "-")
        elif index in conditions:
            _open(pieces, index, "condition", "")
        elif word in relatives:
            _open(pieces, index, "relative", "")
        elif word in coordinators:
            _open(pieces, index, "coordinator", "")
    return [piece for piece in pieces if piece.end > piece.start]


def _is_dash(reading: Reading, index: int) -> bool:
    """Tell whether a hyphen stands alone, as a dash."""
    if reading.marks[index] not in {"-", "‒", "―"} or index + 1 >= len(reading.starts) or index == 0:
        return False
    return reading.starts[index] > reading.ends[index - 1] and reading.starts[index + 1] > reading.ends[index]


def _open(pieces: list[_Piece], start: int, opener: str, mark: str) -> None:
    last = pieces[-1]
    if start - last.start <= 0:
        if opener == "condition" or not last.opener:
            last.opener = opener or last.opener
        return
    end = last.end
    last.end = start
    pieces.append(_Piece(start, end, opener, mark))


def _fill(pieces: list[_Piece], triggers: list[Trigger], mentions: list[Mention]) -> None:
    for piece in pieces:
        piece.triggers = [t for t in triggers if piece.start <= t.start < piece.end]
        piece.mentions = [m for m in mentions if piece.start <= m.name_start < piece.end]


def _add_weapons(reading: Reading, pieces: list[_Piece], weapons: list[int], vocabulary: Vocabulary) -> None:
    """Let a weapon that does something unknown at a place stand for a strike ("a drone beheaded the tower in X")."""
    for piece in pieces:
        if piece.triggers or not any(m.role == "place" for m in piece.mentions):
            continue
        low = bisect_left(weapons, piece.start)
        if low == len(weapons) or weapons[low] >= piece.end:
            continue
        weapon = weapons[low]
        if _count_unknown(reading, piece, vocabulary, weapon) >= _LEAST_UNKNOWN:
            piece.triggers = [Trigger(weapon, weapon + 1, "strike", "weapon")]


def _add_counts(
    reading: Reading, pieces: list[_Piece], counted: list[int], losses: list[int], vocabulary: Vocabulary
) -> None:
    """Let a number of soldiers or vehicles at a place stand for a gathering ("some 300 vehicles parked in X")."""
    for piece in pieces:
        if piece.triggers or not any(m.role == "place" for m in piece.mentions):
            continue
        low, lost = bisect_left(counted, piece.start), bisect_left(losses, piece.start)
        if low == len(counted) or counted[low] >= piece.end or (lost < len(losses) and losses[lost] < piece.end):
            continue
        if _count_unknown(reading, piece, vocabulary, counted[low]) >= _LEAST_UNKNOWN:
            piece.triggers = [Trigger(counted[low], counted[low] + 1, "gather", "count")]


def _add_motion(reading: Reading, pieces: list[_Piece], forces: list[int], vocabulary: Vocabulary) -> None:
    """Let a force that does something unknown towards a place stand for an advance ("tanks rumbled into X")."""
    towards = vocabulary.words["towards"]
    for piece in pieces:
        if piece.triggers or piece.speaks:
            continue
        for mention in piece.mentions:
            index = mention.start - 1
            low = bisect_left(forces, piece.start)
            if mention.role != "place" or low == len(forces) or forces[low] >= index - 1:
                continue
            inside = reading.words[mention.start] in towards
            if inside or (index > piece.start and reading.words[index] in towards):
                at = index if not inside else mention.start
                piece.triggers = [Trigger(at - 1, at, "advance", "motion")]
                break


def _count_unknown(reading: Reading, piece: _Piece, vocabulary: Vocabulary, weapon: int) -> int:
    """Count the words of a piece that are neither places nor words of lists: what happens stands there."""
    taken = {index for mention in piece.mentions for index in range(mention.start, mention.end)} | {weapon}
    lists = vocabulary.words["lists"]
    return sum(
        1
        for index in range(piece.start, piece.end)
        if index not in taken and reading.words[index].isalpha() and reading.words[index] not in lists
    )


def _merge_pieces(pieces: list[_Piece]) -> list[_Piece]:
    """Give pieces without a trigger to the clause before, or to the next one where they open it."""
    merged: list[_Piece] = []
    waiting: _Piece | None = None
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if piece.triggers:
            merged.append(_join(waiting, piece) if waiting else piece)
            waiting = None
        elif waiting is not None:
            waiting = _join(waiting, piece)
        elif not merged or _opens_next(piece, after):
            waiting = piece
        else:
            _extend(merged[-1], piece)
    if waiting is not None:
        if merged:
            _extend(merged[-1], waiting)
        else:
            merged.append(waiting)
    return merged


def _opens_next(piece: _Piece, after: _Piece | None) -> bool:
    """Tell whether a piece with a place but no trigger goes with what follows ("and in Toretsk, troops ...")."""
    if after is None or not after.triggers or not piece.mentions:
        return False
    if piece.opener == "strong" or piece.mark == ";":
        return not after.mentions or after.opener not in {"relative", "coordinator"}
    return (
        piece.opener == "coordinator"
        and not after.mentions
        and after.opener not in {"relative", "coordinator"}
    )


def _join(first: _Piece, second: _Piece) -> _Piece:
    joined = _Piece(first.start, second.end, first.opener or "", first.mark)
    if second.opener in {"relative", "condition"} and not first.triggers:
        joined.opener = second.opener if second.opener == "condition" else first.opener
    joined.triggers = first.triggers + second.triggers
    joined.mentions = first.mentions + second.mentions
    return joined


def _extend(piece: _Piece, after: _Piece) -> None:
    piece.end = after.end
    piece.mentions = piece.mentions + after.mentions
