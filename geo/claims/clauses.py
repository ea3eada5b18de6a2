"""Sentences cut into clauses, so that each place meets the word that governs it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from geo.claims.breaks import find_breaks, find_inclusions, likens
from geo.claims.circumstances import adds_nothing
from geo.claims.civilians import is_unarmed
from geo.claims.lists import give_lists, leave_idle
from geo.claims.parts import Clause, Mention, Piece, Trigger, cut_range, find_first
from geo.claims.scene import Scene
from geo.claims.text import Reading, Sentence
from geo.claims.triggers import merge_triggers
from geo.claims.vocabulary import Vocabulary
from geo.model import Kind

__all__ = ["cut_clauses"]

_STRONG = frozenset(";:—–")
_WEAK = frozenset(",()")
_HYPHENS = frozenset("-‒―")
# A piece must hold so many words beside places for something to happen in it.
_LEAST_UNKNOWN = 2
# What those do who are beaten off.
_REPELLED = frozenset({"assault", "attack", "advance"})
# No statement reaches over it, save where what follows leaves out what happens ("; two more in X").
_BORDER = ";"
# So near after a dash a weapon stands for a strike, in tokens; so late in a piece a place ends a statement.
_WEAPON_REACH = 5
_DASHES = frozenset("–—")
_LATE = 2
_BARE = 2  # so many tokens are a conjunction and the comma that opens an insert
_SHORTEST_LINE = 7
_HEAD_PIECES = 5  # a place that heads a line stands in one of the first pieces ("(5) X: drones")
# An attack, and how it ended.
_FOUGHT = frozenset({"attack", "assault", "battle"})
_ENDED = _FOUGHT | {"repel", "withdraw"}


def cut_clauses(scene: Scene) -> None:
    """Cut all sentences of a scene that hold a trigger or a place into clauses."""
    starts = [trigger.start for trigger in scene.triggers], [mention.start for mention in scene.mentions]
    breaks = find_breaks(scene)
    for number, sentence in enumerate(scene.reading.sentences):
        first = len(scene.clauses)
        low, high = _find_range(starts[0], sentence)
        triggers = list(scene.triggers[low:high])
        low, high = _find_range(starts[1], sentence)
        mentions = list(scene.mentions[low:high])
        triggers = triggers or ([] if mentions else _count_weapons(scene, sentence))
        if triggers or mentions:
            low = bisect_left(breaks, sentence.start)
            inner = breaks[low : bisect_left(breaks, sentence.end, low)]
            scene.clauses += _cut_sentence(scene, number, triggers, mentions, inner)
        scene.spans[number] = (first, len(scene.clauses))


def _count_weapons(scene: Scene, sentence: Sentence) -> list[Trigger]:
    """Let a line that is nothing but a number of weapons be a strike ("X. Two bombs. A house burns.")."""
    if sentence.end - sentence.start > _SHORTEST_LINE:
        return []
    figures = cut_range(scene.figures, sentence.start, sentence.end)
    weapon = find_first(scene.things["explosive"], sentence.start, sentence.end) if figures else None
    counted = {index for figure in figures for index in range(figure.start, figure.end)}
    words = scene.reading.words
    others = any(words[i] and i not in counted for i in range(sentence.start, sentence.end))
    return [] if weapon is None or others else [Trigger(weapon, weapon + 1, "strike", "weapon")]


def _find_range(starts: list[int], sentence: Sentence) -> tuple[int, int]:
    """Return which of ordered tokens lie in a sentence."""
    low = bisect_left(starts, sentence.start)
    return low, bisect_left(starts, sentence.end, low)


def _cut_sentence(
    scene: Scene, number: int, triggers: list[Trigger], mentions: list[Mention], breaks: list[int]
) -> list[Clause]:
    listed = _find_listed(scene, triggers, mentions, breaks)
    pieces = _cut_pieces(scene, number, (*triggers, *mentions), [i for i in breaks if i not in listed])
    _share_out(scene, pieces, triggers, mentions)
    for piece in pieces:
        if not piece.triggers and any(m.role == "place" for m in piece.mentions):
            guesses = (guess(scene, piece) for guess in (_guess_strike, _guess_motion, _guess_presence))
            piece.triggers = [guess for guess in guesses if guess is not None][:1]
    leave_idle(scene, pieces)
    give_lists(scene, pieces)
    _name_weapons(scene, pieces)
    _pass_on(scene, pieces)
    _leave_heading(scene, pieces)
    if not any(piece.triggers for piece in pieces):
        _go_on_above(scene, number, pieces)
    _leave_asides(scene, pieces)
    return [_make_clause(piece, number) for piece in _merge_pieces(scene, _drop_foreign(scene, pieces))]


def _find_listed(
    scene: Scene, triggers: list[Trigger], mentions: list[Mention], breaks: list[int]
) -> set[int]:
    """Return the conjunctions between places that stand together before their verb ("X and Y they took")."""
    listed: set[int] = set()
    for place, other in pairwise(mentions):
        if other.start != place.end + 1 or not scene.reading.words[place.end]:
            continue
        start = max((i for i in breaks if i < place.start), default=0)
        if not any(start < trigger.start < place.start for trigger in triggers):
            listed.add(place.end)
    return listed


def _share_out(scene: Scene, pieces: list[Piece], triggers: list[Trigger], mentions: list[Mention]) -> None:
    """Give each piece of a sentence the triggers and places that stand in it."""
    starts, end = [piece.start for piece in pieces], pieces[-1].end
    for trigger in triggers:
        if adds_nothing(scene, trigger, triggers, mentions):
            continue
        pieces[bisect_right(starts, trigger.start) - 1].triggers.append(trigger)
    for mention in mentions:
        if starts[0] <= mention.name_start < end:
            pieces[bisect_right(starts, mention.name_start) - 1].mentions.append(mention)


def _name_weapons(scene: Scene, pieces: list[Piece]) -> None:
    """Let a weapon after a place and a dash be a strike there ("Village of X – drones, one wounded")."""
    for place, piece in pairwise(pieces[:_HEAD_PIECES]):
        if place.triggers or piece.triggers or piece.mentions:
            return
        if piece.opener != "strong":
            continue
        if not any(mention.role == "place" for mention in place.mentions):
            continue
        weapon = find_first(scene.things["weapon"], piece.start, piece.start + _WEAPON_REACH)
        if weapon is not None and weapon < piece.end:
            piece.triggers = [Trigger(weapon, weapon + 1, "strike", "weapon")]


def _pass_on(scene: Scene, pieces: list[Piece]) -> None:
    """Give a place before a dash to what follows it ("in X a school is hit, in Y – drones and shelling")."""
    marks = scene.reading.marks
    for piece, after in pairwise(pieces):
        if after.opener != "strong" or not after.triggers or after.mentions or len(piece.mentions) < 2:
            continue
        last = piece.mentions[-1]
        alone = last.end == after.start - 1 and "," in marks[max(last.start - 1, 0) : last.start]
        told = any(trigger.start < last.start for trigger in piece.triggers)
        if marks[after.start - 1] in _DASHES and alone and told:
            after.mentions = [piece.mentions.pop()]


def _leave_heading(scene: Scene, pieces: list[Piece]) -> None:
    """Leave out a town before a colon that only heads what is told of others ("Sumy: ours are in X")."""
    if len(pieces) < 2 or scene.reading.marks[pieces[1].start - 1] != ":" or len(pieces[0].mentions) != 1:
        return
    named = any(m.role == "place" and not m.anaphor for piece in pieces[1:] for m in piece.mentions)
    if named and not pieces[0].triggers and pieces[0].mentions[0].end >= pieces[1].start - 1:
        pieces[0].mentions = []


def _go_on_above(scene: Scene, number: int, pieces: list[Piece]) -> None:
    """Let a tally go on into the next sentence ("149 were shot down. Of them 42 over X")."""
    first, last = scene.spans.get(number - 1, (0, 0))
    told = (trigger for clause in scene.clauses[first:last] for trigger in clause.triggers)
    if not any(trigger.name == "shoot_down" for trigger in told):
        return
    words, above = scene.reading.words, scene.vocabulary.words["above"]
    for piece in pieces:
        for mention in piece.mentions:
            at = mention.start if words[mention.start] in above else mention.start - 1
            if mention.role == "place" and at >= piece.start and words[at] in above:
                piece.triggers = piece.triggers or [Trigger(at, at + 1, "shoot_down", "above")]


def _drop_foreign(scene: Scene, pieces: list[Piece]) -> list[Piece]:
    """Leave out places behind a semicolon of which something else is told ("; flights at X were late")."""
    starts = [0, *(index for index, piece in enumerate(pieces) if piece.mark == _BORDER and index)]
    if len(starts) < 2:
        return pieces
    for first, last in zip(starts, [*starts[1:], len(pieces)], strict=True):
        part = pieces[first:last]
        if any(piece.triggers for piece in part):
            continue
        if not first and _opens_for(scene, part, pieces[last:]):
            continue
        unknown = sum(_count_unknown(scene.reading, piece, scene.vocabulary, -1) for piece in part)
        if unknown >= _LEAST_UNKNOWN and not any(_is_counted(scene, piece) for piece in part):
            for piece in part:
                piece.mentions = []
    return pieces


def _opens_for(scene: Scene, part: Sequence[Piece], rest: Sequence[Piece]) -> bool:
    """Tell whether a sentence opens with the place of what follows ("X is cut off; the army left it")."""
    places = [m for piece in part for m in piece.mentions if m.role == "place"]
    if len(places) != 1 or any(piece.mentions for piece in rest):
        return False
    return not any(scene.reading.words[part[0].start : places[0].start])


def _is_counted(scene: Scene, piece: Piece) -> bool:
    """Tell whether a piece speaks of weapons or counts forces: it goes on about what came before."""
    return any(
        find_first(scene.things[name], piece.start, piece.end) is not None
        for name in ("explosive", "counted")
    )


def _leave_asides(scene: Scene, pieces: list[Piece]) -> None:
    """Leave out places that only describe the one before ("X, which looks down on Y")."""
    told = aside = False
    small = scene.vocabulary.words
    for piece in pieces:  # but not "before they had Y"
        listed = scene.reading.words[piece.start] in small["including"] | small["afters"]
        aside = (
            told
            and not piece.triggers
            and not listed
            and (piece.opener == "relative" or (aside and piece.opener == "coordinator" and not piece.mark))
        )
        if aside:
            piece.mentions = []
        told = told or any(mention.role == "place" for mention in piece.mentions)


def _make_clause(piece: Piece, number: int) -> Clause:
    clause = Clause(piece.start, piece.end, number, piece.opener)
    places = [mention.name_start for mention in piece.mentions if mention.role == "place"]
    clause.triggers = merge_triggers(piece.triggers, places)
    clause.mentions = piece.mentions
    return clause


def _cut_pieces(
    scene: Scene, number: int, held: Sequence[Trigger | Mention], breaks: Sequence[int]
) -> list[Piece]:
    """Cut a sentence where clauses can begin, save within what is held together."""
    reading, sentence = scene.reading, scene.reading.sentences[number]
    inside = {index for item in held for index in range(item.start + 1, item.end)}
    figures = cut_range(scene.figures, sentence.start, sentence.end)
    inside |= {
        one.end for one, other in pairwise(figures) if other.start == one.end + 1
    }  # "9 drones and 2 bombs"
    inside |= find_inclusions(scene, breaks)
    conditions = {m.start for m in scene.cues.within("condition", sentence.start, sentence.end)}
    relatives = scene.vocabulary.words["relatives"]
    pieces = [Piece(sentence.start, sentence.end, "", "")]
    for index in breaks:
        if index in inside or _joins_weapons(scene, index):
            continue
        mark = reading.marks[index]
        if mark:
            if _is_range(reading, index):
                continue
            strong = mark in _STRONG or (mark in _HYPHENS and _is_dash(reading, index))
            if strong or mark in _WEAK:
                _open(pieces, index + 1, "strong" if strong else "", mark)
        elif index in conditions:
            _open(pieces, index, "condition", "")
        else:
            _open(pieces, index, "relative" if reading.words[index] in relatives else "coordinator", "")
    return [piece for piece in pieces if piece.end > piece.start]


def _joins_weapons(scene: Scene, index: int) -> bool:
    """Tell whether "and" stands between two weapons ("300 drones and missiles at X")."""
    weapons = scene.things["weapon"]
    if find_first(weapons, index - 1, index) is None or find_first(weapons, index + 1, index + 3) is None:
        return False
    return scene.reading.words[index] in scene.vocabulary.words["coordinators"]


def _is_range(reading: Reading, index: int) -> bool:
    """Tell whether a dash ties two numbers ("500–1000 metres")."""
    if reading.marks[index] not in _DASHES or not 0 < index < len(reading.words) - 1:
        return False
    numbers = reading.words[index - 1].isdigit() and reading.words[index + 1].isdigit()
    return numbers and reading.starts[index] == reading.ends[index - 1]


def _is_dash(reading: Reading, index: int) -> bool:
    """Tell whether a hyphen stands alone, as a dash."""
    if not 0 < index < len(reading.starts) - 1:
        return False
    return reading.starts[index] > reading.ends[index - 1] and reading.starts[index + 1] > reading.ends[index]


def _open(pieces: list[Piece], start: int, opener: str, mark: str) -> None:
    last = pieces[-1]
    if mark == "," and last.opener == "coordinator" and start - last.start == _BARE:
        return  # "..., and, in X, several blocks were hit"
    if start - last.start <= 0:
        if opener == "condition" or not last.opener:
            last.opener = opener or last.opener
        return
    end = last.end
    last.end = start
    pieces.append(Piece(start, end, opener, mark))


def _guess_strike(scene: Scene, piece: Piece) -> Trigger | None:
    """Let a weapon that does something unknown at a place be a strike ("a drone beheaded the tower in X")."""
    weapon = find_first(scene.things["explosive"], piece.start, piece.end)
    if scene.cues.within("idle", piece.start, piece.end):  # "the hum of drones over X"
        return None
    if weapon is not None and (_hovers(scene, piece, weapon) or _heads(scene, piece)):
        return Trigger(weapon, weapon + 1, "strike", "weapon")
    if weapon is None or _count_unknown(scene.reading, piece, scene.vocabulary, weapon) < _LEAST_UNKNOWN:
        return None
    return Trigger(weapon, weapon + 1, "strike", "weapon")


def _heads(scene: Scene, piece: Piece) -> bool:
    """Tell whether a short line without a verb sends a weapon somewhere ("4 drones for Odesa")."""
    words, small = scene.reading.words, scene.vocabulary.words
    if piece.end - piece.start > _SHORTEST_LINE:
        return False
    ways = small["goals"] | small["against"]
    return any(
        m.role == "place"
        and (words[m.start] in ways or (m.start > piece.start and words[m.start - 1] in ways))
        for m in piece.mentions
    )


def _hovers(scene: Scene, piece: Piece, weapon: int) -> bool:
    """Tell whether a headline sets a weapon over a place ("Drones over Moscow")."""
    above = scene.vocabulary.words["above"]
    return (
        piece.start == weapon
        and scene.reading.words[weapon + 1] in above
        and any(m.role == "place" and weapon + 1 <= m.start <= weapon + 2 for m in piece.mentions)
    )


def _guess_motion(scene: Scene, piece: Piece) -> Trigger | None:
    """Let a force that does something unknown towards a place be an advance ("tanks rumbled into X")."""
    words, towards = scene.reading.words, scene.vocabulary.words["towards"]
    force = find_first(scene.things["force"], piece.start, piece.end)
    for mention in piece.mentions:
        at = mention.start if words[mention.start] in towards else mention.start - 1
        if mention.role != "place" or force is None or force >= at - 1 or at <= piece.start:
            continue
        if words[at] in towards:
            return Trigger(at - 1, at, "advance", "motion")
    return None


def _guess_presence(scene: Scene, piece: Piece) -> Trigger | None:
    """Let a number of soldiers or vehicles at a place stand for a gathering ("300 vehicles parked in X")."""
    counted = find_first(scene.things["counted"], piece.start, piece.end)
    if counted is None or find_first(scene.things["loss"], piece.start, piece.end) is not None:
        return None
    if scene.cues.within("idle", piece.start, piece.end):  # "will deliver 20 vehicles to X"
        return None
    if is_unarmed(scene, piece.start, piece.end, counted):
        return None
    if _count_unknown(scene.reading, piece, scene.vocabulary, counted) < _LEAST_UNKNOWN:
        return None
    return Trigger(counted, counted + 1, "gather", "count")


def _count_unknown(reading: Reading, piece: Piece, vocabulary: Vocabulary, weapon: int) -> int:
    """Count the words of a piece that are neither places nor words of lists: what happens stands there."""
    taken = {index for mention in piece.mentions for index in range(mention.start, mention.end)} | {weapon}
    lists = vocabulary.words["lists"]
    words = reading.words[piece.start : piece.end]
    unknown = [at for at, word in enumerate(words, piece.start) if word.isalpha() and word not in lists]
    return len(set(unknown) - taken)


def _merge_pieces(scene: Scene, pieces: list[Piece]) -> list[Piece]:
    """Give pieces without a trigger to the clause before, or to the next one where they open it."""
    if len(pieces) < 2:
        return pieces
    merged: list[Piece] = []
    waiting: Piece | None = None
    turned = False  # whether a semicolon has parted what follows from the last clause
    for index, piece in enumerate(pieces):
        after = next((one for one in pieces[index + 1 :] if one.triggers or one.mentions), None)
        turned = not piece.triggers and (turned or piece.mark == _BORDER)
        if piece.triggers and merged and waiting is None and _goes_on(scene, merged[-1], piece):
            merged[-1] = _join(merged[-1], piece)
        elif piece.triggers:
            kept = _keep_waiting(scene, waiting, piece)
            merged.append(_join(kept, piece) if kept else piece)
            waiting = None
        elif waiting is not None:
            waiting = _join(waiting, piece)
        elif not merged or (_opens_next(piece, after) and not _lists_on(scene, merged[-1], piece)):
            waiting = piece
        elif turned and piece.mentions and after is not None and after.triggers and not after.mentions:
            waiting = piece  # "they cannot take X; they can harm Y, which they shell"
        else:
            _extend(merged[-1], piece)
    if waiting is not None:
        if merged:
            _extend(merged[-1], waiting)
        else:
            merged.append(waiting)
    return merged


def _goes_on(scene: Scene, before: Piece, piece: Piece) -> bool:
    """Tell whether a piece only tells more of what the one before states."""
    if _is_repelled(before, piece) or _is_answered(before, piece):
        return True
    if likens(scene.reading, piece.start + 1, scene.vocabulary):
        return True  # "..., ainsi que des colonnes de chars au sud de X"
    explains = piece.opener == "strong" and scene.reading.marks[piece.start - 1] == ":"
    added = scene.reading.words[piece.start] in scene.vocabulary.words["with"]  # ", with 34 assaults"
    explains = explains or (added and {t.kind for t in (*before.triggers, *piece.triggers)} == {Kind.CLASH})
    if not explains or piece.mentions or not before.mentions:
        return False
    struck = {trigger.kind for trigger in (*before.triggers, *piece.triggers)} == {Kind.STRIKE}
    alike = {trigger.name for trigger in piece.triggers} <= {trigger.name for trigger in before.triggers}
    return (struck or alike or added) and not scene.cues.within("negation", piece.start, piece.end)


def _is_answered(before: Piece, piece: Piece) -> bool:
    """Tell whether a piece tells how an attack just told of ended ("..., the attack was beaten off")."""
    names = {trigger.name for trigger in piece.triggers}
    told = {trigger.name for trigger in before.triggers}
    ended = names <= _ENDED and bool({"repel", "withdraw"} & names) and not piece.mentions
    return ended and bool(before.mentions) and told <= _FOUGHT


def _states_other(scene: Scene, waiting: Piece, piece: Piece) -> bool:
    """Tell whether a piece without a trigger is a statement of its own ("Water flooded X, and in Y ...")."""
    if piece.opener != "coordinator" or not any(mention.role == "place" for mention in piece.mentions):
        return False
    late = any(m.start - waiting.start > _LATE for m in waiting.mentions if m.role == "place")
    return late and _count_unknown(scene.reading, waiting, scene.vocabulary, -1) > _LATE


def _keep_waiting(scene: Scene, waiting: Piece | None, piece: Piece) -> Piece | None:
    """Return what goes with a piece that has a trigger of the one before it that has none."""
    if waiting is None or _is_met(scene, waiting, piece):
        return None
    if _states_other(scene, waiting, piece):
        waiting.mentions = [m for m in waiting.mentions if m.start - waiting.start <= _LATE]
    return waiting


def _is_met(scene: Scene, waiting: Piece, piece: Piece) -> bool:
    """Tell whether a piece says what would follow from a condition ("If X is theirs, they will take Y")."""
    if waiting.opener != "condition" or not any(m.role == "place" for m in waiting.mentions):
        return False
    told = any(m.role == "place" for m in piece.mentions)
    return told and bool(scene.cues.within("expected", piece.start, piece.triggers[0].start))


def _is_repelled(before: Piece, piece: Piece) -> bool:
    """Tell whether a piece tells what those did who were beaten off ("... infantry that tried to ...")."""
    repelled = any(trigger.name == "repel" for trigger in before.triggers) and not before.mentions
    return repelled and piece.opener == "relative" and {t.name for t in piece.triggers} <= _REPELLED


def _opens_next(piece: Piece, after: Piece | None) -> bool:
    """Tell whether a piece with a place but no trigger goes with what follows ("and in X, troops ...")."""
    if after is None or not after.triggers or not piece.mentions:
        return False
    if piece.opener == "strong" or piece.mark == ";":
        return not after.mentions or after.opener not in {"relative", "coordinator"}
    return (
        piece.opener == "coordinator"
        and not after.mentions
        and after.opener not in {"relative", "coordinator"}
    )


def _lists_on(scene: Scene, before: Piece, piece: Piece) -> bool:
    """Tell whether "and" adds but a place to the one that ends the clause before ("near X and towards Y,").

    Where a comma follows a place that opens a statement ("and in X, troops ..."), it does not.
    """
    if scene.vocabulary.words["articles"] or piece.opener != "coordinator" or piece.mark:
        return False
    ends = any(m.role == "place" and m.end == piece.start for m in before.mentions)
    inside = {i for m in piece.mentions for i in range(m.start, m.end)}
    words, small = scene.reading.words, scene.vocabulary.words["locatives"]
    others = (words[i] for i in range(piece.start + 1, piece.end) if i not in inside and words[i])
    return ends and bool(before.triggers and inside) and all(word in small for word in others)


def _join(first: Piece, second: Piece) -> Piece:
    joined = Piece(first.start, second.end, first.opener or "", first.mark)
    if second.opener in {"relative", "condition"} and not first.triggers:
        joined.opener = second.opener if second.opener == "condition" else first.opener
    joined.triggers = first.triggers + second.triggers
    joined.mentions = first.mentions + second.mentions
    return joined


def _extend(piece: Piece, after: Piece) -> None:
    piece.end = after.end
    piece.mentions = piece.mentions + after.mentions
