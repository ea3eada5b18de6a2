"""Which of the words that can state something do state it here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from geo.claims.air import stands_under_fire
from geo.claims.parts import Mention, Trigger, find_first
from geo.claims.patterns import Match
from geo.claims.ranks import only_ranks
from geo.claims.text import Reading, Sentence
from geo.claims.topics import list_warlike
from geo.model import PlaceKind

__all__ = ["find_triggers", "merge_triggers"]

_NEAR_FORCE = 8
_FORCE_BEFORE, _FORCE_AFTER = 14, 10
_WEAPON_REACH = 7
_SITE_REACH = 6
_SHORT_LINE = 10  # no longer is a line that only announces what the next sentence tells, in tokens
_SITE_BEFORE = 28  # what is hit stands far from its verb where appositions come between
_HIT_REACH = 3
_REPELLED_REACH = 3
_FLOWN_REACH = 8
_HURLED_REACH = 3
# Who fight from afar (ISO 3166 alpha-3): so near behind an attack it hurts, and so near behind that, people.
_FAR = frozenset({"RUS", "UKR"})
_VICTIMS_REACH, _HURT_REACH = 12, 6
_LONGEST_PLACE = 20
_RELATIVE_REACH = 7  # so far from its verb a relative word may stand
_PLACE_BEFORE, _PLACE_AFTER = 3, 5
_PASSIVE_BEFORE = 5  # "X has once more been hammered"
_OPENING_REACH = 12  # so many tokens a participle and its agent hold before the comma
# What a trigger swallows in its clause: "repelled 11 assaults" is one thing said.
_ABSORBS: dict[str, frozenset[str]] = {
    "repel": frozenset({"attack", "assault", "battle", "offensive", "advance", "gather"}),
    "strike": frozenset({"attack"}),
    "shoot_down": frozenset({"attack", "strike"}),
    "assault": frozenset({"attack", "offensive"}),
    "lose": frozenset({"hold"}),
    "take": frozenset({"hold"}),
}
_APPOSED = frozenset({",", ":", "–", "—"})
_HELD = frozenset({"take", "hold", "withdraw"})  # "took it in May"
_PLACED = frozenset({"place", "next", "after"})
# What a trigger needs before it where its language is free to put it there ("From X the battalions left").
_WAYS = {"from": "origins", "to": "goals"}
_AIM_REACH = 4  # so near behind an assault that forces gather for stands its own place, in tokens
_ATTEMPTED = frozenset({"take", "advance"})
_GATHER_PURPOSES = frozenset({"attack", "assault", "offensive", "advance"})


def find_triggers(
    reading: Reading,
    mentions: Sequence[Mention],
    cues: Mapping[str, list[Match]],
    words: Mapping[str, frozenset[str]],
    *,
    regional: bool,
) -> list[Trigger]:
    """Return the triggers of a report whose needs are met, in order; none where it is not about a war.

    ``words`` are the plain words of the language; ``regional`` tells that the head of a region or town
    reports, who means strikes by attacks.
    """
    warlike = list_warlike(reading, cues, words["shared"])
    if not warlike:
        return []
    named = {  # but "y prenaient leurs quartiers" may begin with the word for the place
        index
        for mention in mentions
        if not mention.anaphor
        for index in range(mention.name_start, mention.name_end)
    }
    triggers: list[Trigger] = []
    starts = {
        mention.name_start
        for mention in mentions
        if mention.start >= mention.name_start - 1
        and not mention.anaphor
        and reading.words[max(mention.name_start - 1, 0)] not in words["locatives"]
    }
    context = _Context(reading, mentions, words)
    for match in _pick_longest(reading.matches.get("trigger", []) + reading.matches.get("mask", [])):
        if match.sense.group == "mask" or match.start in named:
            continue
        sentence = context.find_sentence(match.start)
        if sentence is None or sentence.start not in warlike:
            continue
        if match.sense.needs and not context.meets(match, sentence):
            continue
        if context.is_carried_out(match, sentence) and not only_ranks(reading, match, words):
            name = _settle_name(context, match, sentence, starts, regional=regional)
            form = context.settle_form(match)
            triggers.append(Trigger(match.start, match.end, name, form, match.sense.needs))
    return triggers


def _settle_name(
    context: _Context, match: Match, sentence: Sentence, starts: set[int], *, regional: bool
) -> str:
    """Return what a trigger states here: to beat off a place is to take it; "attacked" may be a strike."""
    name = match.sense.name
    struck = (
        (name == "attack" and (regional and not context.is_repelled(match)))
        or (name == "attack" and context.has_weapon(match, sentence))
        or (name == "attack" and match.sense.form == "noun" and context.has_victims(match, sentence))
        or (name == "assault" and context.is_hurled(match, sentence))
        or (name in {"fall", "advance"} and context.is_flown(match, sentence))
        or (name == "assault" and match.sense.form == "verb" and context.is_flown(match, sentence))
    )
    if struck:
        return "strike"
    if name == "gather" and match.end in starts and context.reading.words[match.start] in context.abandons:
        return "withdraw"  # «бросили Изюм»
    if name == "repel" and match.sense.form == "verb" and match.end - match.start == 1:
        after = (match.end, match.end + 1)
        if any(index in starts for index in after) and not context.reading.marks[match.end]:
            return "take"
    return name


def _pick_longest(matches: list[Match]) -> list[Match]:
    """Keep the longest of overlapping matches; a mask wins over a trigger of its length."""
    kept: list[Match] = []
    ordered = sorted(
        matches,
        key=lambda m: (
            m.start - m.end,
            m.sense.group != "mask",
            not m.sense.needs,
            m.sense.form == "noun",  # a stem of nouns can fit a verb's forms too
        ),
    )
    taken: set[int] = set()
    masked: set[int] = set()
    for match in ordered:
        span = range(match.start, match.end)
        if not masked.isdisjoint(span):
            continue
        if match.sense.group == "trigger" and not match.sense.needs:
            if taken.isdisjoint(span):
                kept.append(match)
                taken.update(span)
        elif taken.isdisjoint(span) or match.sense.needs:
            kept.append(match)
            if match.sense.group == "mask":
                taken.update(span)
                masked.update(span)
    return _drop_overlaps(kept)


def _drop_overlaps(matches: list[Match]) -> list[Match]:
    return sorted(matches, key=lambda m: (m.start, m.start - m.end))


def _find_ways(reading: Reading, mentions: Sequence[Mention], words: frozenset[str]) -> list[int]:
    """Return where places stand behind a word of coming from or going to them, in order."""
    starts = (m.start for m in mentions if reading.words[m.start] in words)
    behind = (m.start for m in mentions if m.start and reading.words[m.start - 1] in words)
    return sorted({*starts, *behind})


def _list_manned(reading: Reading, things: Mapping[str, list[int]]) -> list[int]:
    """Return where forces stand, and no convoys or teams of those who help."""
    if "unarmed" not in things:
        return things.get("force", [])
    helping = (m for m in reading.matches["thing"] if m.sense.name == "unarmed")
    unarmed = {index for match in helping for index in range(match.start, match.end)}
    return [index for index in things.get("force", ()) if index not in unarmed]


def _is_site(mention: Mention) -> bool:
    """Tell whether a name is that of a known plant, port or airfield."""
    place = mention.resolution.place
    return place is not None and place.kind is PlaceKind.SITE


class _Context:
    """Where forces, weapons and places stand, for the needs of triggers."""

    def __init__(
        self, reading: Reading, mentions: Sequence[Mention], words: Mapping[str, frozenset[str]]
    ) -> None:
        self.reading = reading
        self.abandons, self.which = words["abandons"], words["which"]
        self.small = words
        self.nouns = {
            (m.start, m.sense.name) for m in reading.matches.get("trigger", ()) if m.sense.form == "noun"
        }
        repelled = (m for m in reading.matches.get("trigger", ()) if m.sense.name == "repel")
        self.repelled = sorted({match.end for match in repelled})
        self.things: dict[str, list[int]] = {}
        for match in reading.matches.get("thing", ()):
            self.things.setdefault(match.sense.name, []).append(match.start)
        self.things["manned"] = _list_manned(reading, self.things)
        sides = [match.start for match in reading.matches.get("side", ())]
        self.things["sides"] = sorted(sides)
        self.things["force"] = sorted(self.things["manned"] + sides)
        named = {i for mention in mentions for i in range(mention.name_start, mention.name_end)}
        armed = {match.start for match in reading.matches.get("side", ())} - named
        self.things["gathered"] = sorted({*self.things["manned"], *armed})
        for need, name in _WAYS.items():
            self.things[need] = _find_ways(reading, mentions, words[name])
        self.places = sorted((mention.start, mention.end) for mention in mentions)
        named_sites = (m.name_start for m in mentions if _is_site(m))
        self.things["site"] = sorted({*self.things.get("site", []), *named_sites})
        self.ends_of_places = {end for _, end in self.places}
        located = set(_find_ways(reading, mentions, words["locatives"]))
        self.place_ends = {mention.end for mention in mentions if mention.start not in located}
        self.ends = [sentence.end for sentence in reading.sentences]
        self.far = any(match.sense.name in _FAR for match in reading.matches.get("side", ()))
        harm = (m for m in reading.matches.get("trigger", ()) if m.sense.name == "strike")
        self.hurting = sorted(m.start for m in harm if m.sense.form == "verb" and "weapon" in m.sense.needs)

    def settle_form(self, match: Match) -> str:
        """Return the form of a trigger; behind an article it is no verb ("l'avance russe sur X")."""
        noun = match.sense.form == "verb" and (match.start, match.sense.name) in self.nouns
        if noun and self.reading.words[match.start - 1] in self.small["determiners"]:
            return "noun"
        return match.sense.form

    def find_sentence(self, token: int) -> Sentence | None:
        index = bisect_left(self.ends, token + 1)
        if index < len(self.ends) and self.reading.sentences[index].start <= token:
            return self.reading.sentences[index]
        return None

    def meets(self, match: Match, sentence: Sentence) -> bool:
        """Tell whether all that a trigger needs stands around it."""
        return all(self._meets(need, match, sentence) for need in match.sense.needs)

    def _meets(self, need: str, match: Match, sentence: Sentence) -> bool:
        if need in _PLACED:
            return self._is_placed(need, match, sentence)
        if need == "blow":
            site = self._has("site", match, sentence, _SITE_BEFORE, _SITE_REACH)
            hit = site or self._meets("weapon", match, sentence)
            return hit or self._has("explosive", match, sentence, _SITE_BEFORE, 0)
        if need in _WAYS:
            return self._has(need, match, sentence, _FORCE_BEFORE, 0)
        near = need == "force" and match.sense.name == "gather"
        if near:
            return self._has("gathered", match, sentence, _NEAR_FORCE, _NEAR_FORCE)
        return self._has(need, match, sentence, _FORCE_BEFORE, _FORCE_AFTER + 6 * (need == "weapon"))

    def _is_placed(self, need: str, match: Match, sentence: Sentence) -> bool:
        """Tell whether a place stands where a trigger needs one."""
        if need == "next":
            return self._is_next(match)
        if need == "after":
            return self._skip_dash(match.start) in self.place_ends
        told = self._has_place(match) or self._is_told_of_before(match) or self._opens(match, sentence)
        behind = self.reading.words[match.end : match.end + 1]
        told = told or (match.sense.name in _HELD and not self.small["its"].isdisjoint(behind))
        return told or (match.sense.form == "verb" and self._is_undergone(match))

    def _skip_dash(self, start: int) -> int:
        """Return where the words before a dash end, which stands for "is" in some languages."""
        return start - 1 if start and self.reading.marks[start - 1] in {"–", "—"} else start

    def is_carried_out(self, match: Match, sentence: Sentence) -> bool:
        """Tell whether somebody is there for a noun of motion ("progress", "raids") to be one of forces.

        What a hyphen ties to a holder only describes a place ("Russian-held Donetsk").
        """
        if match.sense.name == "hold" and match.start:
            return self.reading.text[self.reading.ends[match.start - 1]] != "-"
        if match.sense.name != "advance" or match.sense.form != "noun":
            return True
        if not self.small["articles"] and self._has_place(match):
            return True  # "the advance to X goes on", where whose it is goes without saying
        low, high = max(sentence.start, match.start - _FORCE_BEFORE), match.end + _FORCE_AFTER
        return find_first(self.things["force"], low, min(high, sentence.end)) is not None

    def is_repelled(self, match: Match) -> bool:
        """Tell whether an attack was beaten off, and so one on the ground."""
        return find_first(self.repelled, match.start - _REPELLED_REACH, match.start + 1) is not None

    def has_weapon(self, match: Match, sentence: Sentence) -> bool:
        """Tell whether an attack is one with weapons that fly: they stand close to it, or a plant is hit."""
        if match.sense.form != "noun" and self._has("site", match, sentence, 0, _HIT_REACH):
            return True
        low = max(sentence.start, match.start - _WEAPON_REACH)
        held = self.is_repelled(match) and stands_under_fire(self.things, low, match.start)
        near = self._has("weapon", match, sentence, 0 if held else _WEAPON_REACH, _WEAPON_REACH)
        return near or self._is_explained(match, sentence)

    def _is_explained(self, match: Match, sentence: Sentence) -> bool:
        """Tell whether the next sentence tells of weapons ("A new attack on X. A missile hit a hotel")."""
        number = bisect_left(self.ends, match.start + 1)
        line = self.settle_form(match) == "noun" and sentence.end - sentence.start <= _SHORT_LINE
        if not line or number + 1 >= len(self.ends):
            return False
        after = self.reading.sentences[number + 1]
        end = min(after.start + _WEAPON_REACH, after.end)
        weapon = find_first(self.things.get("explosive", ()), after.start, end)
        return after.paragraph == sentence.paragraph and weapon is not None

    def has_victims(self, match: Match, sentence: Sentence) -> bool:
        """Tell whether an attack hurts people in a war fought from afar ("an attack on X killed two")."""
        end = min(match.end + _VICTIMS_REACH, sentence.end)
        hurt = find_first(self.hurting, match.end, end) if self.far else None
        if hurt is None:
            return False
        close = min(hurt + _HURT_REACH, sentence.end)
        counted = any(word[:1].isdigit() for word in self.reading.words[hurt + 1 : min(hurt + 2, close)])
        return counted or find_first(self.things.get("civil", ()), hurt, close) is not None

    def is_flown(self, match: Match, sentence: Sentence) -> bool:
        """Tell whether what moves or falls is a weapon and no force ("missiles heading for X")."""
        if match.sense.form == "verb" and self._flies_after(match.end):
            return True
        low = max(sentence.start, match.start - _FLOWN_REACH)
        low = next((at for at in range(match.start, low, -1) if self.reading.marks[at] == ";"), low)
        weapon = find_first(self.things.get("explosive", ()), low, match.start)
        return weapon is not None and not self._is_manned(low, weapon, match.start)

    def _is_manned(self, start: int, weapon: int, end: int) -> bool:
        """Tell whether a force stands beside a weapon; whose a weapon is ("bombes russes") is none."""
        if find_first(self.things["manned"], start, weapon) is not None:
            return True
        manned = find_first(self.things["manned"], weapon, end)
        while manned is not None and find_first(self.things["sides"], manned, manned + 1) is not None:
            manned = find_first(self.things["manned"], manned + 1, end)
        return manned is not None

    def _flies_after(self, index: int) -> bool:
        """Tell whether a weapon follows a verb as its subject, with at most its side before it."""
        sides = self.things["sides"]
        while find_first(sides, index, index + 1) is not None:
            index += 1
        return find_first(self.things.get("explosive", ()), index, index + 1) is not None

    def is_hurled(self, match: Match, sentence: Sentence) -> bool:
        """Tell whether weapons and no men are thrown at a place ("sent a wave of drones at X")."""
        if match.sense.form != "verb":
            return False
        end = min(match.end + _HURLED_REACH, sentence.end)
        weapon = find_first(self.things.get("explosive", ()), match.start, end)
        if weapon is None:
            return False
        return find_first(self.things["manned"], match.start, max(match.end, weapon + 1)) is None

    def _has(self, thing: str, match: Match, sentence: Sentence, before: int, after: int) -> bool:
        """Tell whether a thing stands near a trigger, but not within it."""
        starts = self.things.get(thing, ())
        low, high = max(sentence.start, match.start - before), min(sentence.end, match.end + after)
        for index in range(bisect_left(starts, low), len(starts)):
            if starts[index] >= high:
                return False
            if not match.start <= starts[index] < match.end:
                return True
        return False

    def _has_place(self, match: Match) -> bool:
        marks = self.reading.marks
        low = bisect_left(self.places, (match.start - _LONGEST_PLACE, 0))
        high = bisect_left(self.places, (match.end + _PLACE_AFTER + 1, 0))
        for start, end in self.places[low:high]:
            if match.end <= start <= match.end + _PLACE_AFTER and not any(marks[match.end : start]):
                return True
            if match.start - _PLACE_BEFORE <= end <= match.start:
                between = marks[end : match.start]  # "In X, near Y, explosions are heard"
                if not any(between) or (match.sense.name == "strike" and between == [","]):
                    return True
        return self._is_apposed(match) or self._is_relative(match)

    def _is_next(self, match: Match) -> bool:
        """Tell whether a verb's object or, in the passive, its subject is a place ("hammered X")."""
        words, index = self.reading.words, match.end
        while index < len(words) and words[index] in self.small["articles"]:
            index += 1
        low = bisect_left(self.places, (index - 1, 0))
        for start, end in self.places[low : low + 2]:
            if start <= index < end and words[start] not in self.small["locatives"]:
                return True
        undergone = self._is_undergone(match) or self._is_told_of_before(match)
        return undergone or self._is_apposed(match) or self._is_relative(match)

    def _is_undergone(self, match: Match) -> bool:
        """Tell whether a place is the subject of a passive ("X was also hammered", "X hammered by")."""
        words, ends = self.reading.words, self.ends_of_places
        if words[match.start].endswith(tuple(self.small["progressives"])):
            return False
        if match.start in ends:
            return words[match.end] in self.small["agents"] if match.end < len(words) else False
        before = range(match.start - 1, max(match.start - _PASSIVE_BEFORE - 1, -1), -1)
        ends_here = (
            at for at in before if at in ends or self.reading.marks[at] or words[at] in self.small["its"]
        )
        at = next(ends_here, 0)
        known = at in ends or words[at] in self.small["its"]
        return known and not self.small["auxiliaries"].isdisjoint(words[at : match.start])

    def _is_apposed(self, match: Match) -> bool:
        """Tell whether a participle follows a place and a comma or colon ("X, taken in May, ...")."""
        at = match.start - 1
        return match.sense.form == "verb" and self.reading.marks[at] in _APPOSED and at in self.ends_of_places

    def _is_told_of_before(self, match: Match) -> bool:
        """Tell whether a pronoun before a verb and its auxiliary is its object ("les Russes l'ont prise")."""
        words, haves, at = self.reading.words, self.small["haves"], match.start
        while at and words[at - 1] in haves:
            at -= 1
        if at == 0 or match.sense.form != "verb" or (at == match.start and words[at] not in haves):
            return False
        passive = not self.small["auxiliaries"].isdisjoint(words[at : match.end])  # "Elle a été prise"
        return words[at - 1] in self.small["its"] or (passive and words[at - 1] in self.small["it"])

    def _opens(self, match: Match, sentence: Sentence) -> bool:
        """Tell whether a participle opens a sentence on a place ("Taken in May, X is quiet")."""
        if match.start != sentence.start or match.sense.form != "verb":
            return False
        end = min(match.end + _OPENING_REACH, sentence.end)
        comma = next((at for at in range(match.end, end) if self.reading.marks[at] == ","), end)
        subject = bisect_left(self.places, (comma, 0))
        return comma < end and any(
            start <= comma + _PLACE_AFTER for start, _ in self.places[subject : subject + 1]
        )

    def _is_relative(self, match: Match) -> bool:
        """Tell whether the object of a verb is the place behind which it stands ("X, which they took")."""
        if match.sense.form != "verb":
            return False
        for index in range(match.start - 1, max(match.start - _RELATIVE_REACH, 0), -1):
            if self.reading.words[index] in self.which:
                return index in self.ends_of_places or index - 1 in self.ends_of_places
        return False


def merge_triggers(triggers: list[Trigger], places: Sequence[int] = ()) -> list[Trigger]:
    """Let triggers of one clause swallow what they govern, and drop what stands twice.

    ``places`` are the token numbers of the clause's places: what holds one of its own is not swallowed.
    """
    if len(triggers) < 2:
        return list(triggers)
    kept = _drop_moved(_drop_attempted(_drop_twins(triggers)))
    names = {trigger.name for trigger in kept}
    if len(names) < 2:
        return kept
    swallowed: set[str] = set()
    for name in names:
        swallowed |= _ABSORBS.get(name, frozenset()) & names
    if "strike" in names:  # a gathering that is struck only says what stood there
        kept = [t for t in kept if t.name != "gather" or t.form != "noun"]
    if "gather" in names and swallowed.isdisjoint({"gather"}):
        kept = [
            t
            for t in kept
            if not (t.name in _GATHER_PURPOSES and t.form == "noun") or _aims_elsewhere(t, kept, places)
        ] or kept
    for trigger in kept:
        trigger.absorbed = " ".join(sorted(_ABSORBS.get(trigger.name, frozenset()) & names))
    return [t for t in kept if t.name not in swallowed or _holds_own(t, kept, places)]


def _aims_elsewhere(trigger: Trigger, triggers: list[Trigger], places: Sequence[int]) -> bool:
    """Tell whether forces gather in one place for an attack on another ("masses men in X to assault Y")."""
    gathered = next((t for t in triggers if t.name == "gather" and t.end <= trigger.start), None)
    if gathered is None or not any(trigger.end <= at < trigger.end + _AIM_REACH for at in places):
        return False
    return any(gathered.end <= at < trigger.start for at in places)


def _drop_attempted(triggers: list[Trigger]) -> list[Trigger]:
    """Drop what is only attempted, right behind the word for the attempt ("tentent de | déloger ...")."""
    tried = {trigger.end for trigger in triggers if trigger.name == "assault" and trigger.form == "verb"}
    return [t for t in triggers if t.start not in tried or t.name not in _ATTEMPTED or t.form != "verb"]


def _drop_moved(triggers: list[Trigger]) -> list[Trigger]:
    """Drop the noun for those who are moved, right behind the verb ("перебросила | подкрепления")."""
    moved = {trigger.end for trigger in triggers if trigger.name == "gather" and trigger.form == "verb"}
    return [t for t in triggers if t.start not in moved or t.name != "gather" or t.form != "noun"]


def _holds_own(trigger: Trigger, triggers: list[Trigger], places: Sequence[int]) -> bool:
    """Tell whether what is held is another place than what was taken ("the fall of X leaves him Y")."""
    if trigger.name != "hold":
        return False
    before = max((t.end for t in triggers if t.end <= trigger.start), default=0)
    between = any(before <= place < trigger.start for place in places)
    return between and any(place >= trigger.end for place in places)


def _drop_twins(triggers: list[Trigger]) -> list[Trigger]:
    """Drop triggers that lie within another one."""
    if all(one.end <= other.start for one, other in pairwise(triggers)):
        return list(triggers)
    kept: list[Trigger] = []
    for trigger in sorted(triggers, key=lambda t: (t.start - t.end, t.start)):
        if not any(trigger.start < other.end and trigger.end > other.start for other in kept):
            kept.append(trigger)
    return sorted(kept, key=lambda t: t.start)
