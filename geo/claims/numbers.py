"""Which stated number and area belong to a claim."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from geo.claims.parts import Clause, Figure, Link, Trigger, cut_range
from geo.claims.scene import Scene
from geo.claims.text import Reading
from geo.claims.wholes import place_key
from geo.model import Kind, Quantity

__all__ = ["assign_figures", "find_figures", "pick_forces"]

_FORCES = frozenset(
    {
        "soldiers",
        "persons",
        "vehicles",
        "tanks",
        "guns",
        "systems",
        "boats",
        "ships",
        "aircraft",
        "helicopters",
        "units",
        "battalions",
        "regiments",
        "brigades",
        "divisions",
    }
)
_UNITS: dict[Kind, frozenset[str]] = {
    Kind.STRIKE: frozenset(
        {
            "drones",
            "missiles",
            "bombs",
            "shells",
            "rockets",
            "strikes",
            "munitions",
            "settlements",
            "attacks",
            "times",
            "mines",
            "targets",
        }
    ),
    Kind.CLASH: frozenset({"clashes", "attacks", "times", "strikes"}),
    Kind.CONTROL: frozenset({"settlements", "sites"}),
    Kind.ADVANCE: _FORCES | {"settlements"},
    Kind.WITHDRAWAL: _FORCES,
    Kind.CONCENTRATION: _FORCES,
}
# Between two places that share a number stands no more than "and over the".
_LIST_GAP = 3
_OWN_REACH = 7
_LEAST_LISTED = 2
_HURT_REACH = 2  # so near behind men who are counted stands that they were hurt
# Who gathers are men of war, whatever they are counted as ("up to 11,000 people from the reserve").
_PEOPLE = "people"
_UNTOLD = frozenset({"", "other", "times"})
_MANNED = frozenset({Kind.CONCENTRATION, Kind.WITHDRAWAL, Kind.ADVANCE})
_NEAR_TRIGGER, _NEAR_FORCE = 2, 3
# Of these verbs a number right behind is their object's ("repelled two attempts", "holds 14 townships").
_COUNTING, _NEAR_OBJECT = frozenset({"repel", "take", "hold"}), 2
# What opens a number behind its place, and what closes it.
_BEHIND = {"(": frozenset({")"}), "–": frozenset(",.;:"), "—": frozenset(",.;:")}
# A bare number behind a force is its strength from so many on; years are none.
_LEAST_STRENGTH = 20
_FORMATIONS = frozenset({"units", "battalions", "regiments", "brigades", "divisions"})
_CALLED = {Kind.CLASH: "clashes", Kind.STRIKE: "strikes"}


def find_figures(
    reading: Reading, quantities: tuple[Quantity, ...], articles: frozenset[str] = frozenset()
) -> list[Figure]:
    """Return counts and areas as token spans, in order; an article before a bare number makes it a day."""
    figures = [
        Figure(reading.find_token(q.span.start), reading.find_end_token(q.span.end), q)
        for q in quantities
        if q.dimension in {"count", "area"}
    ]
    return [
        figure
        for figure in figures
        if not _is_label(reading, figure.start)
        if figure.quantity.unit or not figure.start or reading.words[figure.start - 1] not in articles
    ]


def _is_label(reading: Reading, start: int) -> bool:
    """Tell whether a number at the head of a line only numbers it ("4. Troops are in X")."""
    if start and reading.marks[start - 1] != "\n":
        return False
    return reading.words[start].isdigit() and reading.marks[start + 1 : start + 2] in ([")"], ["."])


def pick_forces(figures: Sequence[Figure]) -> Quantity | None:
    """Return the first number of soldiers, vehicles or units among figures."""
    return next((f.quantity for f in figures if f.quantity.unit in _FORCES), None)


_WEAPONS = frozenset({"missiles", "drones", "bombs", "rockets", "shells", "aircraft"})


def assign_figures(
    scene: Scene, links: list[Link], kinds: dict[int, Kind]
) -> dict[int, tuple[Quantity | None, Quantity | None]]:
    """Return the count and the area of each link, by its identity."""
    found: dict[int, tuple[Quantity | None, Quantity | None]] = {}
    by_clause: dict[int, list[Link]] = {}
    for link in links:
        by_clause.setdefault(id(link.clause), []).append(link)
    for group in by_clause.values():
        clause = group[0].clause
        sayings = scene.sayings.get(clause.sentence, ())
        inside = [
            figure
            for figure in cut_range(scene.figures, clause.start, _find_end(scene, clause, group, kinds))
            if not any(one.source_start <= figure.start < one.source_end for one in sayings)
        ]  # "two officials said" counts no soldiers
        inside = [figure for figure in inside if not _counts_hurt(scene, figure)]
        inside = _find_share(scene, clause) + inside
        if not inside:
            found.update((id(link), (None, None)) for link in group)
            continue
        sides = (side.start for side in cut_range(scene.sides, clause.start, clause.end))
        told = scene.things["force"]
        low, high = bisect_left(told, clause.start), bisect_left(told, clause.end)
        forces = sorted({*sides, *told[low:high]})
        tally = _read_tally(scene, group, inside, kinds)
        for link in group:
            kind = kinds[id(link)]
            counted = [figure for figure in inside if not _only_includes(scene, figure, link, inside)]
            counted = [figure for figure in counted if not _counts_another(scene, figure, link, group)]
            count = tally.get(place_key(link.mention)) or _pick_count(link, group, counted, kind, forces)
            area = next((f.quantity for f in inside if f.quantity.dimension == "area"), None)
            found[id(link)] = (count, area if kind in {Kind.CONTROL, Kind.ADVANCE} else None)
    return found


def _counts_hurt(scene: Scene, figure: Figure) -> bool:
    """Tell whether men are counted of whom is told that they were hurt ("and two men were killed")."""
    manned = figure.quantity.unit in _FORCES or figure.quantity.unit == _PEOPLE
    return manned and bool(scene.cues.within("hurt", figure.end, figure.end + _HURT_REACH))


def _find_share(scene: Scene, clause: Clause) -> list[Figure]:
    """Return the number that "of which" opens a clause with ("144 drones, 20 of which fell near X")."""
    small, words, start = scene.vocabulary.words, scene.reading.words, clause.start
    if not start or words[start] not in small["which"] or words[start - 1] not in small["ofs"]:
        return []
    before = cut_range(scene.figures, scene.reading.sentences[clause.sentence].start, start)
    share = next((f for f in before if f.end == start - 1 and not f.quantity.unit), None)
    whole = next((f for f in before if f.quantity.unit and f.quantity.dimension == "count"), None)
    if share is None or whole is None:
        return []
    return [replace(share, quantity=replace(share.quantity, unit=whole.quantity.unit))]


def _find_end(scene: Scene, clause: Clause, group: list[Link], kinds: dict[int, Kind]) -> int:
    """Return where a clause ends, with what goes on to tell how ("damaged after hits of two drones")."""
    if len(group) != 1 or kinds[id(group[0])] is not Kind.STRIKE:
        return clause.end
    after = next((c for c in scene.list_sentence(clause) if c.start == clause.end), None)
    if after is None or after.mentions:
        return clause.end
    goes_on = bool(after.triggers) and (_hangs_on(after) or _adds_number(scene, after))
    counted = any(f.quantity.unit in _UNITS[Kind.STRIKE] for f in _cut_figures(scene, clause))
    return after.end if goes_on and not counted else clause.end


def _hangs_on(after: Clause) -> bool:
    """Tell whether a relative clause only tells what struck ("which took hits of two drones")."""
    alike = all(t.kind is Kind.STRIKE and t.form in {"noun", "weapon"} for t in after.triggers)
    return after.opener == "relative" and alike


def _adds_number(scene: Scene, after: Clause) -> bool:
    """Tell whether a clause behind a comma has nobody who strikes ("..., six shells were fired")."""
    first = scene.reading.marks[after.start - 1] == "," and after.opener in {"", "strong"}
    return first and {t.name for t in after.triggers} == {"strike"} and not _names_side(scene, after)


def _names_side(scene: Scene, clause: Clause) -> bool:
    return bool(cut_range(scene.sides, clause.start, clause.end))


def _cut_figures(scene: Scene, clause: Clause) -> Sequence[Figure]:
    return cut_range(scene.figures, clause.start, clause.end)


def _counts_another(scene: Scene, figure: Figure, link: Link, group: list[Link]) -> bool:
    """Tell whether a number belongs to another place: in its brackets, or as others than those named."""
    marks = scene.reading.marks
    if figure.start and marks[figure.start - 1] == "(":
        before = [other for other in group if other.mention.end <= figure.start]
        return bool(before) and max(before, key=lambda other: other.mention.end) is not link
    if figure.quantity.unit != "settlements" or len(group) < _LEAST_LISTED:
        return False
    if link.mention.end <= figure.start and not link.mention.rank:  # "X, Y and 28 other villages"
        return True
    towns = [o for o in group if not o.mention.rank and figure.end <= o.mention.start]
    first = min((o.mention.start for o in towns), default=figure.end)
    named = any(marks[figure.end : first])  # "four villages, X, Y, Z and Q", but not "villages in X and Y"
    return named and not link.mention.rank and len(towns) >= _LEAST_LISTED


def _only_includes(scene: Scene, figure: Figure, link: Link, figures: list[Figure]) -> bool:
    """Tell whether a place is one of several that a number counts ("five villages, among them X")."""
    if figure.end >= link.mention.start or figure.quantity.dimension != "count":
        return False
    if any(figure.end <= other.start < link.mention.start for other in figures):
        return False  # "77 drones, among them 30 over X"
    between = scene.reading.words[figure.end : link.mention.start]
    return not scene.vocabulary.words["including"].isdisjoint(between)


def _read_tally(
    scene: Scene, group: list[Link], figures: list[Figure], kinds: dict[int, Kind]
) -> dict[str, Quantity]:
    """Return the numbers that stand straight behind their places ("bombs fell on X (4)", "over X – 20")."""
    found = ((place_key(link.mention), _pick_behind(scene, link, figures, kinds[id(link)])) for link in group)
    return {key: quantity for key, quantity in found if quantity is not None}


def _pick_behind(scene: Scene, link: Link, figures: list[Figure], kind: Kind) -> Quantity | None:
    """Return the number in brackets or behind a dash that belongs to the place before it."""
    marks, end = scene.reading.marks, link.mention.end
    mark = marks[end] if end < len(marks) else ""
    if kind not in _CALLED or mark not in _BEHIND:
        return None
    for figure in figures:
        if figure.start != end + 1 or figure.quantity.dimension != "count":
            continue
        if figure.quantity.unit in _UNITS[kind]:
            return _call(figure.quantity, kind)
        after = marks[figure.end] if figure.end < len(marks) else "."
        if figure.quantity.unit in _UNTOLD and after in _BEHIND[mark]:
            told = (f.quantity for f in figures if f.quantity.unit in _UNITS[kind] - _UNTOLD)
            unit = _CALLED[kind] if mark == "(" else next((_call(q, kind).unit for q in told), _CALLED[kind])
            return replace(figure.quantity, unit=unit)
    return None


def _pick_count(
    link: Link, group: list[Link], figures: list[Figure], kind: Kind, forces: Sequence[int]
) -> Quantity | None:
    counts = [f for f in figures if f.quantity.dimension == "count"]
    fitting = [f for f in counts if f.quantity.unit in _UNITS[kind] and not _counts_others(f, link, group)]
    own = _pick_own(link, group, counts, fitting, kind)
    if own is not None:
        return own
    if link.siblings == 0 and _bears(group):
        return None
    if kind is Kind.CONCENTRATION:
        fitting = _order_forces(counts, fitting)
    if fitting:
        told = link.siblings == 0 and any(
            _pick_own(other, group, counts, fitting, kind)
            for other in group
            if fitting[0].end <= other.mention.start < link.mention.start
        )
        shared = kind in _CALLED and _is_shared(link, group, counts)
        return (
            None if told or shared else _call(fitting[0].quantity, kind)
        )  # "43 drones: 12 over X, the rest over Y"
    return _pick_near(link, counts, kind, forces)


def _is_shared(link: Link, group: list[Link], figures: list[Figure]) -> bool:
    """Tell whether a number is that of several towns in a row, of which none has it ("near X, Y and Z")."""
    if link.mention.rank or link.mention.anaphor:
        return False
    mentions = {(m.start, m.end): m for m in (o.mention for o in group if o.trigger is link.trigger)}
    for other in mentions.values():
        ahead = other.start < link.mention.start
        first, last = (other, link.mention) if ahead else (link.mention, other)
        near = 0 < last.start - first.end <= _LIST_GAP and not (other.rank or other.anaphor)
        if near and not any(first.end <= figure.start < last.start for figure in figures):
            return True
    return False


def _order_forces(counts: list[Figure], fitting: list[Figure]) -> list[Figure]:
    """Return numbers of forces, men before the formations that they make up, and people as men."""
    men = [f for f in counts if f.quantity.unit in {_PEOPLE, "soldiers"}]
    if not fitting or not men:
        return fitting
    first = fitting[0]
    if men[0].start < first.start or first.quantity.unit in _FORMATIONS:
        return [replace(men[0], quantity=replace(men[0].quantity, unit="soldiers")), *fitting]
    return fitting


def _counts_others(figure: Figure, link: Link, group: list[Link]) -> bool:
    """Tell whether places are counted beside a named one ("the town of X and 24 villages in Y and Z")."""
    if figure.quantity.unit != "settlements" or not link.mention.end <= figure.start or link.mention.rank:
        return False
    return any(figure.end <= other.mention.start for other in group)


def _pick_near(link: Link, counts: list[Figure], kind: Kind, forces: Sequence[int]) -> Quantity | None:
    """Return a number whose noun no list has, where it counts the trigger itself or a force."""
    trigger = link.trigger
    for figure in counts:
        if kind is Kind.CONCENTRATION and figure.quantity.unit == _PEOPLE:
            return replace(figure.quantity, unit="soldiers")
        if figure.quantity.unit not in _UNTOLD:
            continue
        if kind in _CALLED and (
            figure.start < trigger.end and 0 <= trigger.start - figure.end <= _NEAR_TRIGGER
        ):
            return replace(figure.quantity, unit=_CALLED[kind])
        behind = figure.start - trigger.end
        if figure.start >= trigger.start and behind <= _NEAR_OBJECT and _is_object(figure, trigger):
            return replace(figure.quantity, unit=_CALLED.get(kind, "sites"))
        low = bisect_left(forces, figure.start)
        if kind is Kind.CONCENTRATION and low and _is_strength(figure, forces[low - 1]):
            return replace(figure.quantity, unit="soldiers")
        if kind in _MANNED and low < len(forces) and forces[low] - figure.end <= _NEAR_FORCE:
            return replace(figure.quantity, unit="soldiers")
    return None


def _is_object(figure: Figure, trigger: Trigger) -> bool:
    """Tell whether a number behind a verb counts what is repelled, taken or held."""
    if trigger.name == "shoot_down":  # "more than 30 were shot down"
        return not figure.quantity.unit
    counted = figure.quantity.unit == "other" or (figure.quantity.unit == "times" and trigger.name == "repel")
    return counted and trigger.name in _COUNTING and trigger.form == "verb"


def _is_strength(figure: Figure, force: int) -> bool:
    """Tell whether a bare number tells how strong a force before it is ("troops at X, about 5,000")."""
    low, high = figure.quantity.low, figure.quantity.high
    least = low if low is not None else high
    return (
        not figure.quantity.unit
        and least is not None
        and least >= _LEAST_STRENGTH
        and figure.start > force + 1
    )


def _bears(group: list[Link]) -> bool:
    """Tell whether a larger place in the statement bears its count."""
    return any(link.siblings > 1 for link in group)


def _pick_own(
    link: Link, group: list[Link], counts: list[Figure], fitting: list[Figure], kind: Kind
) -> Quantity | None:
    """Return the number that stands with one place of a tally ("nine of them over Tula")."""
    bare = [f for f in counts if f.quantity.unit == "" or f.quantity.unit in _UNITS[kind]]
    if len(bare) < 2 or (len(group) < 2 and not _stands_alone(link, bare)):
        return None
    others = [other.mention for other in group if other is not link]
    before = [f for f in bare if f.end <= link.mention.start and link.mention.start - f.end <= _OWN_REACH]
    if not before or _is_shared(link, group, counts):
        return None  # "60 drones over X, Y and Z"
    nearest = _open_row(before)
    between = [m for m in others if nearest.end <= m.start < link.mention.start]
    if between and (len(between) > 1 or link.mention.start - between[0].end > _LIST_GAP):
        return None
    if nearest.quantity.unit:
        return _call(nearest.quantity, kind)
    if not fitting:
        return None
    return replace(nearest.quantity, unit=_call(fitting[0].quantity, kind).unit)


def _open_row(figures: list[Figure]) -> Figure:
    """Return the last number, or the first of those that "and" joins to it ("34 missiles and 339 drones")."""
    first = figures[-1]
    for figure in reversed(figures[:-1]):
        weapons = {figure.quantity.unit, first.quantity.unit} <= _WEAPONS
        if figure.end + 1 != first.start or not weapons:
            break
        first = figure
    return first


def _stands_alone(link: Link, bare: list[Figure]) -> bool:
    """Tell whether a bare number stands right before a place ("41 drones, 17 over the Rostov region")."""
    return any(not f.quantity.unit and 0 <= link.mention.start - f.end <= _LIST_GAP for f in bare)


def _call(quantity: Quantity, kind: Kind) -> Quantity:
    if quantity.unit in {"times", "attacks", "strikes", "clashes"} and kind in _CALLED:
        return replace(quantity, unit=_CALLED[kind])
    return quantity
