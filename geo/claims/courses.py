"""From where to where an advance goes: "from A through B towards C", "on A from the south", "westwards".

And whither those go who leave a place: "withdrew from A towards B", "pulled back westwards from A".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from geo.claims.parts import Clause, Link, Mention, cut_range
from geo.claims.scene import Scene
from geo.claims.vocabulary import OPPOSITES
from geo.model import Course, Kind, RelationKind, Resolution, Span

__all__ = ["Courses", "read_courses"]

# From a start to the aim that follows it, in tokens ("from X in the general direction of the town of Y").
_REACH = 8
# Words between the word of the way and the name that it goes with ("from the small town of X").
_FRAME = 3
_ROLES = frozenset({"place", "origin"})
_START, _WAY, _AIM, _AT = "from", "through", "towards", ""
_WEAK = "weak_"  # words that mean much else beside: they need another place of the way
_STARTING = frozenset({RelationKind.AT, RelationKind.NEAR})
_PLAIN = _STARTING | {RelationKind.AXIS, RelationKind.PART_OF}


@dataclass(slots=True)
class Courses:
    """The courses of links, by the link's identity, and the links that only name a start."""

    by_link: dict[int, Course] = field(default_factory=dict)
    retreats: dict[int, Course] = field(default_factory=dict)
    starts: set[int] = field(default_factory=set)

    def find(self, link: Link, kind: Kind) -> Course | None:
        """Return the course of a link's claim; only an advance and a withdrawal have one."""
        known = {Kind.ADVANCE: self.by_link, Kind.WITHDRAWAL: self.retreats}.get(kind)
        return known.get(id(link)) if known else None

    def keep(self, links: Sequence[Link]) -> list[Link]:
        """Return the links that state an advance of their place."""
        return [link for link in links if id(link) not in self.starts]


@dataclass(slots=True, eq=False)
class _Step:
    """A place of a way: what the words make it, and where those words begin; token numbers."""

    mention: Mention
    part: str
    start: int
    weak: bool = False


@dataclass(slots=True, eq=False)
class _Way:
    """A course while it is read."""

    start: _Step | None = None
    way: list[_Step] = field(default_factory=list)
    aim: _Step | None = None


def read_courses(scene: Scene, links: Sequence[Link]) -> Courses:
    """Return from where to where the advances and withdrawals of a report go, as far as its words tell.

    Parameters
    ----------
    scene
        What was found in the report.
    links
        Its triggers with their places.
    """
    courses = Courses()
    advances: dict[int, list[Link]] = {}
    for link in links:
        if link.trigger.kind is Kind.ADVANCE:
            advances.setdefault(link.clause.sentence, []).append(link)
        elif link.trigger.kind is Kind.WITHDRAWAL:
            _read_retreat(scene, link, courses)
    for group in advances.values():
        _read_sentence(scene, group, courses)
    return courses


def _read_retreat(scene: Scene, link: Link, courses: Courses) -> None:
    """Keep whither those go who leave a link's place: its course starts there."""
    steps = _list_steps(scene, link.clause)
    index = next((i for i, step in enumerate(steps) if step.mention is link.mention), None)
    if index is None or steps[index].part not in {_START, _AT}:
        return
    left, ahead = steps[index], steps[index + 1 :]
    aim = next((i for i, step in enumerate(ahead) if step.part == _AIM), None)
    heading = _find_heading(scene, link.clause)
    told = aim is not None and (not ahead[aim].weak or _is_near(left, ahead[aim]))
    if told and aim is not None and all(step.part in {_START, _WAY} for step in ahead[:aim]):
        way = [step for step in ahead[:aim] if step.part == _WAY]
        courses.retreats[id(link)] = _make_course(scene, _Way(left, way, ahead[aim]), None)
    elif heading is not None and not heading.back:
        first, last = min(heading.start, left.start), max(heading.end, left.mention.end)
        courses.retreats[id(link)] = Course(
            start=left.mention.resolution, direction=heading.direction, span=_quote(scene, first, last)
        )


def _read_sentence(scene: Scene, links: Sequence[Link], courses: Courses) -> None:
    clauses = {id(link.clause): link.clause for link in links}
    steps = [step for clause in clauses.values() for step in _list_steps(scene, clause)]
    ways = {id(way.aim.mention): way for way in _join_steps(scene, steps) if way.aim is not None}
    starts = {id(step.mention) for way in ways.values() if (step := way.start) is not None}
    headings = {name: _find_heading(scene, clause) for name, clause in clauses.items()}
    for link in links:
        heading = headings[id(link.clause)]
        way = ways.get(id(link.mention))
        if way is not None and (_is_told(way) or heading is not None):
            courses.by_link[id(link)] = _make_course(scene, way, heading)
        elif id(link.mention) in starts and _is_start_alone(steps, link.mention):
            courses.starts.add(id(link))
        elif heading is not None:
            courses.by_link[id(link)] = _head(scene, steps, link.mention, heading)


def _is_told(way: _Way) -> bool:
    """Tell whether the words tell more of a way than that something is done at its aim ("on X")."""
    return way.start is not None or bool(way.way) or (way.aim is not None and not way.aim.weak)


def _is_start_alone(steps: Sequence[_Step], mention: Mention) -> bool:
    """Tell whether a place is named as a start and not as where the advance is ("near X towards Y")."""
    return any(step.mention is mention and step.part == _START for step in steps)


def _list_steps(scene: Scene, clause: Clause) -> list[_Step]:
    """Return the places of a clause in order, with the part that the words before give them."""
    steps: list[_Step] = []
    floor = clause.start
    # Not only the clause's own: "via" and "since" are one word in some languages, and open an aside.
    for mention in cut_range(scene.mentions, clause.start, clause.end):
        if mention.role not in _ROLES:
            continue
        step = _read_step(scene, mention, floor)
        if not step.part and steps and _goes_on(scene, steps[-1].mention, mention):
            step.part, step.start, step.weak = steps[-1].part, mention.start, steps[-1].weak
        steps.append(step)
        floor = mention.end
    for step, after in pairwise(steps):
        # A weak word ("de") makes a start only where an aim follows at once.
        if step.part == _START and step.weak and not _leads_on(step, after):
            step.part = _AT
    if steps and steps[-1].part == _START and steps[-1].weak:
        steps[-1].part = _AT
    return steps


def _read_step(scene: Scene, mention: Mention, floor: int) -> _Step:
    relation = mention.resolution.toponym.relation.kind
    for end in _list_ends(scene, mention, floor):
        sizes = {name: _match_before(scene, name, end, floor) for name in scene.vocabulary.course}
        name = max(sizes, key=lambda one: sizes[one])
        part = name.removeprefix(_WEAK)
        if sizes[name] and (part != _START or relation in _STARTING):
            return _Step(mention, part, end - sizes[name], name != part)
    return _Step(mention, _AIM if relation is RelationKind.AXIS else _AT, mention.start, weak=True)


def _list_ends(scene: Scene, mention: Mention, floor: int) -> Iterator[int]:
    """Yield where the words of the way may end: at the name, or before its frame, article and kind."""
    vocabulary, words = scene.vocabulary.words, scene.reading.words
    least = max(floor, mention.name_start - _FRAME)
    # In "south of X" and "5 km from X" the words before the name are of the relation.
    inner = mention.resolution.toponym.relation.kind in _PLAIN
    for end in range(mention.name_start if inner else mention.start, least, -1):
        yield end
        word = words[end - 1]
        if end <= mention.start and word not in vocabulary["articles"] and word not in vocabulary["kinds"]:
            return


def _match_before(scene: Scene, part: str, end: int, floor: int) -> int:
    """Return how many words before a token are the longest phrase of a part, or 0."""
    words = scene.reading.words
    phrases = scene.vocabulary.course[part].get(words[end - 1]) if end > floor else None
    if phrases is None:
        return 0
    sizes = (len(p) for p in phrases if end - len(p) >= floor and tuple(words[end - len(p) : end]) == p)
    return max(sizes, default=0)


def _goes_on(scene: Scene, before: Mention, mention: Mention) -> bool:
    """Tell whether two places are joined as in a list ("to Lyman and Sloviansk")."""
    words = [word for word in scene.reading.words[before.end : mention.start] if word]
    marks = [mark for mark in scene.reading.marks[before.end : mention.start] if mark]
    joined = set(words) <= scene.vocabulary.words["coordinators"] and len(words) <= 1
    return joined and set(marks) <= {","} and bool(words or marks)


def _leads_on(step: _Step, after: _Step) -> bool:
    return after.part in {_AIM, _WAY} and after.start - step.mention.end <= _REACH


def _join_steps(scene: Scene, steps: Sequence[_Step]) -> list[_Way]:
    """Join starts, places on the way and aims."""
    ways: list[_Way] = []
    start: _Step | None = None
    passed: list[_Step] = []
    for index, step in enumerate(steps):
        after = steps[index + 1] if index + 1 < len(steps) else None
        onwards = after is not None and after.part in {_AIM, _WAY, _START}
        if step.part == _AIM:
            ways.append(_Way(start, list(passed), step))
        elif step.part == _WAY and not onwards and ways:
            ways[-1].way.append(step)
        elif step.part == _WAY:
            passed.append(step)
        elif step.part == _START and not onwards and ways:
            for way in ways:
                way.start = way.start or step
        elif _opens(scene, steps, index, start):
            start, passed = step, []
    return ways


def _opens(scene: Scene, steps: Sequence[_Step], index: int, start: _Step | None) -> bool:
    """Tell whether a way begins at a step: of several starts the first counts, and after an aim another."""
    step = steps[index]
    if step.part == _START:
        return start is None or start.part != _START or _ends(steps, index)
    return step.part == _AT and index + 1 < len(steps) and _sets_out(scene, step, steps[index + 1])


def _ends(steps: Sequence[_Step], index: int) -> bool:
    """Tell whether an aim stands right before a step: what follows is another way."""
    return index > 0 and steps[index - 1].part == _AIM


def _sets_out(scene: Scene, step: _Step, after: _Step) -> bool:
    """Tell whether an advance at one place leads to the next ("near Shakhove towards Dobropillia")."""
    near = after.part == _AIM and after.start == step.mention.end
    known = step.mention.rank == 0 and after.mention.resolution.place is not None
    return near and known and not any(scene.reading.marks[step.mention.end : after.start])


def _make_course(scene: Scene, way: _Way, heading: _Heading | None) -> Course:
    steps = [step for step in (way.start, *way.way, way.aim) if step is not None]
    first, last = min(step.start for step in steps), max(step.mention.end for step in steps)
    told = heading is not None and way.start is None
    if told and heading is not None:
        first, last = min(first, heading.start), max(last, heading.end)
    return Course(
        start=_resolve(way.start),
        way=tuple(step.mention.resolution for step in way.way),
        aim=_resolve(way.aim),
        direction=heading.direction if told and heading is not None else None,
        span=_quote(scene, first, last),
    )


def _resolve(step: _Step | None) -> Resolution | None:
    return None if step is None else step.mention.resolution


def _quote(scene: Scene, first: int, last: int) -> Span:
    reading = scene.reading
    start, end = reading.starts[first], reading.ends[last - 1]
    report_id = scene.mentions[0].resolution.toponym.span.report_id
    return Span(report_id=report_id, start=start, end=end, exact=reading.text[start:end])


def _is_near(left: _Step, aim: _Step) -> bool:
    """Tell whether a weak word ("to") leads on from the place that is left: it follows "from A" at once."""
    return left.part == _START and 0 <= aim.start - left.mention.end <= 1


@dataclass(slots=True, eq=False)
class _Heading:
    """A direction of the compass in words; token numbers.  ``back`` is one told by where it comes from."""

    direction: str
    start: int
    end: int
    back: bool = False


def _find_heading(scene: Scene, clause: Clause) -> _Heading | None:
    """Return where a clause says that an advance heads ("westwards", "from the south"): None if not one."""
    taken = {index for mention in clause.mentions for index in range(mention.start, mention.end)}
    found: list[_Heading] = []
    index = clause.start
    while index < clause.end:
        heading = None if index in taken else _read_heading(scene, clause, index, taken)
        if heading is not None:
            found.append(heading)
        index = heading.end if heading is not None else index + 1
    return found[0] if len(found) == 1 else None


def _read_heading(scene: Scene, clause: Clause, index: int, taken: set[int]) -> _Heading | None:
    """Read a compass word at a token: alone ("westwards"), or after a word of the way ("from the south")."""
    vocabulary, words = scene.vocabulary, scene.reading.words
    for phrase, direction in vocabulary.headings.get(words[index], ()):
        if tuple(words[index : index + len(phrase)]) == phrase:
            return _Heading(direction, index, index + len(phrase))
    for phrase, direction in vocabulary.compass.get(words[index], ()):
        end = index + len(phrase)
        if tuple(words[index:end]) != phrase or end in taken or end > clause.end:
            continue
        at = index
        while at > clause.start and words[at - 1] in vocabulary.words["articles"]:
            at -= 1
        for name in (_START, _AIM):
            size = _match_before(scene, name, at, clause.start)
            if size and not taken.intersection(range(at - size, index)):
                back = name == _START
                return _Heading(OPPOSITES[direction] if back else direction, at - size, end, back)
    return None


def _head(scene: Scene, steps: Sequence[_Step], mention: Mention, heading: _Heading) -> Course:
    """Return the course of an advance whose direction alone is told; "from X" makes the place its start."""
    step = next((one for one in steps if one.mention is mention), None)
    starts = step is not None and step.part == _START
    first, last = heading.start, heading.end
    if step is not None and starts:
        first, last = min(first, step.start), max(last, mention.end)
    return Course(
        start=mention.resolution if starts else None,
        direction=heading.direction,
        span=_quote(scene, first, last),
    )
