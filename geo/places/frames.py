"""What the words around a name say of it: its kind, its relation, what stands there.

A frame is read outwards from a name: to the left ("10 km south of", "in the eastern part of the",
"the airfield in"), then to the right ("region", "direction", "airport").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from geo.model import PlaceKind, RelationKind
from geo.places.prominence import rate_prominence
from geo.places.scan import Match, Scene

__all__ = ["Frame", "read_frame"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

# So many words may stand between a site and the "in" before its settlement.
_SITE_REACH = 3


@dataclass(slots=True, eq=False)
class Frame:
    """What was read around one name; item indices, half-open."""

    first: int
    last: int
    kind: PlaceKind | None = None
    plural: bool = False
    kind_after: bool = False
    site: str | None = None
    relation: RelationKind = RelationKind.AT
    direction: str | None = None
    low_km: float | None = None
    high_km: float | None = None
    locative: bool = False
    inside: bool = False
    start_word: bool = False
    strong: bool = False
    floor: int = 0

    def take(self, first: int) -> None:
        """Widen the frame to the left; what was widened is strong evidence for a place."""
        self.first = min(self.first, first)
        self.strong = True

    def relate(self, relation: RelationKind, direction: str | None = None) -> None:
        """Set the relation, unless a nearer word has set one."""
        if self.relation is RelationKind.AT:
            self.relation, self.direction = relation, direction


class _Step(NamedTuple):
    """One item to the left of a name, and what has been read so far."""

    scene: Scene
    at: int
    frame: Frame
    labels: dict[str, Any]


def read_frame(scene: Scene, index: int, floor: int = 0) -> Frame:
    """Read the words around the name at an item; items before the floor belong to the name before."""
    frame = Frame(index, index + 1, floor=floor)
    _read_right(scene, index, frame)
    at = index - 1
    while at >= floor and scene.soft(at):
        step = _step_left(scene, at, frame)
        if step is None:
            break
        at = step
    frame.first = max(frame.first, min(floor, index))
    _include_articles(scene, frame)
    return frame


def _include_articles(scene: Scene, frame: Frame) -> None:
    while scene.soft(frame.first - 1) and "article" in scene.labels(frame.first - 1):
        frame.first -= 1


def _step_left(scene: Scene, at: int, frame: Frame) -> int | None:
    """Read one item to the left; return the next one to read, or None to stop."""
    labels = scene.labels(at)
    if not labels:
        return None
    for label, read in _STEPS:
        if label in labels:
            step = read(_Step(scene, at, frame, labels))
            if step is not None:
                return step
    return None


def _read_kind(step: _Step) -> int | None:
    kind, plural = step.labels["kind"]
    if step.frame.kind_after or step.frame.kind is not None or step.frame.relation is not RelationKind.AT:
        # "місто" before "Харківська область" is not its kind, nor is "a town" before "west of Donetsk".
        return None
    if step.scene.gap(step.at).strip() in _DASHES or not _may_be(step.scene, step.frame, kind):
        return None  # "two villages of the region – A and B"
    step.frame.kind, step.frame.plural = kind, plural
    step.frame.take(step.at)
    return step.at - 1


_DASHES = ("–", "—", "-")
_KIN = {
    PlaceKind.REGION: (PlaceKind.REGION, PlaceKind.AREA, PlaceKind.SETTLEMENT, PlaceKind.DISTRICT),
    PlaceKind.DISTRICT: (PlaceKind.DISTRICT, PlaceKind.SETTLEMENT, PlaceKind.REGION, PlaceKind.AREA),
    PlaceKind.SETTLEMENT: (PlaceKind.SETTLEMENT, PlaceKind.SITE),
}


def _may_be(scene: Scene, frame: Frame, kind: PlaceKind) -> bool:
    """Tell whether a name can be of a kind ("the fourth city of Syria" names no city)."""
    match = scene.matches[frame.last - 1]
    if match is None or not match.entries:
        return True
    fitting = _KIN.get(kind)
    if kind is PlaceKind.REGION and scene.book.genitive:
        # A region is named by an adjective before its kind word; a noun after it is something else.
        return any(entry.place.kind in _WIDE_KINDS for entry in match.entries) or _is_known(match)
    return fitting is None or any(entry.place.kind in fitting for entry in match.entries)


_WIDE_KINDS = (PlaceKind.REGION, PlaceKind.AREA)

# A settlement that a region is named after is at least so well known.
_KNOWN = 0.7


def _is_known(match: Match) -> bool:
    return rate_prominence(match.entries) >= _KNOWN


def _read_short(step: _Step) -> int | None:
    scene, at = step.scene, step.at
    abbreviated = scene.gap(at).startswith(".") or len(scene.key(at)) > 2
    if step.frame.kind is not None or not abbreviated or scene.is_capital(at):
        return None
    step.frame.kind = step.labels["short"][0]
    step.frame.take(step.at)
    return step.at - 1


def _read_site(step: _Step) -> int | None:
    if step.frame.site is not None:
        return None
    step.frame.site = step.labels["site"]
    step.frame.take(step.at)
    return step.at - 1


def _read_near(step: _Step) -> int | None:
    step.frame.relate(RelationKind.NEAR)
    step.frame.take(step.at)
    step.frame.locative = True
    return _reach_site(step.scene, step.at, step.frame)


def _reach_site(scene: Scene, at: int, frame: Frame) -> int:
    """After a preposition: take a site word a few words before it ("the depot near X")."""
    if frame.site is not None or frame.relation not in (RelationKind.AT, RelationKind.NEAR):
        return at - 1
    for back in range(at - 1, at - 2 - _SITE_REACH, -1):
        if back < frame.floor or not scene.soft(back) or "locative" in scene.labels(back):
            break
        if "site" in scene.labels(back):
            frame.site = scene.labels(back)["site"]
            frame.take(back)
            return back - 1
    return at - 1


def _read_border(step: _Step) -> int | None:
    step.frame.relate(RelationKind.BORDER)
    step.frame.take(step.at)
    return step.at - 1


def _read_along(step: _Step) -> int | None:
    step.frame.relate(RelationKind.ALONG)
    step.frame.take(step.at)
    return None


def _read_between(step: _Step) -> int | None:
    step.frame.relate(RelationKind.BETWEEN)
    step.frame.take(step.at)
    return None


def _read_axis_before(step: _Step) -> int | None:
    before = step.scene.labels(step.at - 1)
    if not step.scene.book.genitive and "inside" in before and "of" not in before:
        return None  # "en direction de X", "in Richtung X": towards it, and no "du secteur de X"
    step.frame.relate(RelationKind.AXIS)
    step.frame.take(step.at)
    return step.at - 1


def _read_bank(step: _Step) -> int | None:
    step.frame.relate(RelationKind.BANK, step.labels["bank"])
    step.frame.take(step.at)
    return step.at - 1


def _read_side(step: _Step) -> int | None:
    step.frame.relate(RelationKind.SIDE_OF, step.labels["side"])
    step.frame.take(step.at)
    _read_distance(step.scene, step.at - 1, step.frame)
    return step.frame.first - 1


def _read_direction(step: _Step) -> int | None:
    """Read a compass noun straight before a name, as languages with a genitive write it."""
    if not step.scene.book.genitive:
        return None
    step.frame.relate(RelationKind.PART_OF, step.labels["direction"])
    step.frame.take(step.at)
    return step.at - 1


def _read_direction_adjective(step: _Step) -> int | None:
    step.frame.relate(RelationKind.PART_OF, step.labels["direction_adjective"])
    step.frame.take(step.at)
    return step.at - 1


def _read_parts(step: _Step) -> int | None:
    """Read "eastern part" straight before a name in the genitive."""
    if not step.scene.book.genitive:
        return None
    direction = step.scene.labels(step.at - 1).get("direction_adjective")
    if direction is None or not step.scene.soft(step.at - 1):
        return None
    step.frame.relate(RelationKind.PART_OF, direction)
    step.frame.take(step.at - 1)
    return step.at - 2


def _read_of(step: _Step) -> int | None:
    """Read what stands before an "of": a kind, a site, a part, a side, a distance."""
    scene, frame, head = step.scene, step.frame, step.at - 1
    if head < frame.floor or not scene.soft(head):
        return _read_preposition(step)
    if "filler" in scene.labels(head) and scene.soft(head - 1) and _is_head(scene.labels(head - 1)):
        head -= 1
    if _take_head(scene, head, frame, step.labels):
        return frame.first - 1
    if _read_distance(scene, head, frame):
        return None
    return _read_preposition(step)


def _is_head(labels: dict[str, Any]) -> bool:
    return bool(labels) and any(label in labels for label in ("kind", "site", "parts"))


def _take_head(scene: Scene, head: int, frame: Frame, of: dict[str, Any]) -> bool:
    """Take the noun before an "of"; tell whether it says something of the place."""
    labels = scene.labels(head)
    if "direction" in labels:
        _take_direction(scene, head, frame, of)
        return True
    if "of" not in of:
        return False
    if "parts" in labels and _take_parts(scene, head, frame):
        return True
    for label in ("bank", "border", "axis_before", "kind", "site", "near"):
        if (
            label in labels
            and not (label == "site" and frame.site)
            and _take(_HEADS[label], _Step(scene, head, frame, labels))
        ):
            return True
    return False


def _take(read: Callable[[_Step], int | None], step: _Step) -> bool:
    """Read a noun before an "of"; tell whether it widened the frame."""
    first = step.frame.first
    read(step)
    return step.frame.first < first


def _take_parts(scene: Scene, head: int, frame: Frame) -> bool:
    """Take "eastern part", "eastern outskirts" and the French "partie orientale" before an "of"."""
    for at in (head - 1, head + 1):
        direction = scene.labels(at).get("direction_adjective")
        if direction is not None and scene.soft(min(at, head)):
            frame.relate(RelationKind.PART_OF, direction)
            frame.take(min(at, head))
            return True
    return False


def _take_direction(scene: Scene, head: int, frame: Frame, of: dict[str, Any]) -> None:
    """Decide between a part ("the east of the region") and a side ("10 km to the east of the town")."""
    direction = scene.labels(head)["direction"]
    before = head - 1
    article = scene.soft(before) and "article" in scene.labels(before)
    if article:
        before -= 1
    outside = scene.labels(before) if scene.soft(before) else {}
    frame.take(head - 1 if article else head)
    is_side = "of" not in of or "side_before" in outside
    if not is_side and not article and "part_before" not in outside:
        is_side = direction != "C" and "parts" not in outside  # "the quarters south of X" are its own
    if direction == "C":
        is_side = False
    frame.relate(RelationKind.SIDE_OF if is_side else RelationKind.PART_OF, direction)
    if is_side:
        if "side_before" in outside:
            frame.take(before)
            before -= 1
        _read_distance(scene, before, frame)


def _read_distance(scene: Scene, at: int, frame: Frame) -> bool:
    """Read a stated distance that ends at an item ("10 km", "10-15 kilometres", "une dizaine de km")."""
    factor = scene.labels(at).get("unit")
    if factor is None or not scene.soft(at - 1):
        return False
    number = at - 1
    if "of" in scene.labels(number) and scene.soft(number - 1):
        number -= 1
    high = _read_number(scene, number)
    if high is None:
        return False
    frame.relation = RelationKind.DISTANCE
    frame.take(number)
    low = _read_number(scene, number - 1) if scene.gap(number - 1).strip() in ("-", "–") else None
    if low is not None:
        frame.take(number - 1)
    frame.low_km, frame.high_km = (high if low is None else low) * factor, high * factor
    return True


def _read_number(scene: Scene, at: int) -> float | None:
    if at < 0:
        return None
    text = scene.tokens.text[scene.start(at) : scene.end(at)]
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    number: float | None = scene.labels(at).get("number")
    return number


def _read_preposition(step: _Step) -> int | None:
    """Read a locative or a word of origin, and a site before it ("the airfield in X")."""
    if not ("locative" in step.labels or "start" in step.labels):
        return None
    step.frame.locative = True
    step.frame.inside = step.frame.inside or "within" in step.labels
    step.frame.start_word = step.frame.start_word or "start" in step.labels
    if "inside" in step.labels:
        before = step.frame.first
        _reach_site(step.scene, step.at, step.frame)
        if step.frame.first < before:
            return step.frame.first - 1
    return None


def _read_filler(step: _Step) -> int | None:
    return step.at - 1


def _read_article(step: _Step) -> int | None:
    return step.at - 1


# In the order in which a word that can be several things is tried.
_STEPS = (
    ("article", _read_article),
    ("side", _read_side),
    ("near", _read_near),
    ("border", _read_border),
    ("along", _read_along),
    ("between", _read_between),
    ("axis_before", _read_axis_before),
    ("of", _read_of),
    ("of_side", _read_of),
    ("bank", _read_bank),
    ("kind", _read_kind),
    ("short", _read_short),
    ("site", _read_site),
    ("direction_adjective", _read_direction_adjective),
    ("direction", _read_direction),
    ("parts", _read_parts),
    ("locative", _read_preposition),
    ("start", _read_preposition),
    ("filler", _read_filler),
)
_HEADS = {
    "bank": _read_bank,
    "border": _read_border,
    "axis_before": _read_axis_before,
    "kind": _read_kind,
    "site": _read_site,
    "near": _read_near,
}


def _read_right(scene: Scene, index: int, frame: Frame) -> None:
    """Read a kind word, a site, a direction or "area" after a name."""
    after = index + 1
    if not scene.soft(index) or after >= len(scene):
        return
    if scene.key(after) in scene.book.possessives:
        _read_owned_part(scene, after, frame)
        return
    labels = scene.labels(after)
    if not labels:
        return
    match = scene.matches[index]
    fits = not scene.book.adjective_after or (match is not None and match.adjective)
    if "near_after" in labels and "after" not in labels:
        frame.relate(RelationKind.NEAR)
        frame.last, frame.strong = after + 1, True
    elif fits and "after" in labels and not _is_title(scene, after):
        frame.kind, frame.plural = labels["after"]
        frame.kind_after = frame.strong = True
        frame.last = after + 1
    elif fits and "short" in labels and labels["short"][0] is not PlaceKind.SETTLEMENT:
        frame.kind, frame.kind_after, frame.strong = labels["short"][0], True, True
        frame.last = after + 1
    elif fits and "axis" in labels:
        frame.relation = RelationKind.AXIS
        frame.last, frame.strong = after + 1, True
    elif fits and "site" in labels and scene.book.sites_after:
        frame.site = labels["site"]
        frame.last, frame.strong = after + 1, True


def _is_title(scene: Scene, at: int) -> bool:
    """Tell whether a capital kind word goes on into a longer name ("Kentucky State Police")."""
    if not scene.is_capital(at) or scene.labels(at)["after"][0] is not PlaceKind.REGION:
        return False
    return scene.soft(at) and scene.is_capital(at + 1)


def _read_owned_part(scene: Scene, after: int, frame: Frame) -> None:
    """Read "X's southern suburbs" and "X's outskirts"."""
    at = after + 1
    direction = scene.labels(at).get("direction_adjective") if scene.soft(after) else None
    if direction is not None and scene.soft(at) and "parts" in scene.labels(at + 1):
        frame.relate(RelationKind.PART_OF, direction)
        frame.last, frame.strong = at + 2, True
    elif scene.soft(after) and "near_after" in scene.labels(at):
        frame.relate(RelationKind.NEAR)
        frame.last, frame.strong = at + 1, True
