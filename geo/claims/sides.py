"""Sides: which words name one, who publishes, whom "the enemy" and "our" mean, who fights whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from geo.claims.parts import Mention, Saying, SideMention, cut_range
from geo.claims.patterns import Match, fold_word
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary

__all__ = ["ALPHA3", "Cast", "find_sides", "hear_sides", "only_backs", "read_cast"]

# Who fights whom where only one side is named (ISO 3166 alpha-3).
_OPPONENTS = {
    "RUS": "UKR",
    "UKR": "RUS",
    "PRK": "UKR",
    "AZE": "ARM",
    "ARM": "AZE",
    "IND": "PAK",
    "PAK": "IND",
    "SDN": "SDN",
    "MMR": "MMR",
    "SYR": "SYR",
    "COD": "COD",
    "RWA": "COD",
    "PSE": "ISR",
    "ISR": "PSE",
    "LBN": "ISR",
    "IRN": "ISR",
    "YEM": "YEM",
    "THA": "KHM",
    "KHM": "THA",
    "ETH": "ETH",
    "LBY": "LBY",
    "MLI": "MLI",
}
# Whose arms Ukraine fights with (ISO 3166 alpha-3).
_AT_WAR = frozenset({"RUS", "UKR"})
_ARMOURERS = frozenset({"USA", "GBR", "FRA", "POL", "TUR"})
# Of whose land the other side holds parts, and is struck there by the state itself.
_DIVIDED = frozenset({"RUS", "UKR", "AZE", "ARM"})
# What of "ours" can act.
_NEAR = 2  # so many words may stand between "despite" and a side
_ARMED = frozenset({"force", "weapon", "explosive"})
# So near after "our" stands a force of ours.
_OWNED_REACH = 4
# So near a country's adjective a weapon is of its make.
_WEAPON_REACH = 3
_BORDER_REACH = 5  # so near behind a border stand those who are neighbours, in tokens
_DOING_REACH = 6  # so near behind "we" stands what they do, or with whom
_UNARMED = frozenset({"civil", "unarmed", "peace", "quarter", "site"})  # what is no force or weapon
_SPEAKING_REACH = 3  # so near behind "we" a verb of saying or thinking is theirs
# Who fights a state and is told by what the report named before; whom the state itself commands; and an
# army or aircraft, which are a state's where only one country fights.
_REBEL, _STATE, _ARMY = "rebel", "state", "army"
_INNER = frozenset({_REBEL, _STATE, _ARMY})
# An army without a name is the state's where its country is named so many times as often as other fighters.
_PREVAILING = 3
# Cues whose name tells whose words a report speaks in begin so.
_VOICE = "speaks_"
# ISO 3166 alpha-2 to alpha-3 for the countries whose places can tell a side.
ALPHA3 = {
    "RU": "RUS", "UA": "UKR", "IL": "ISR", "PS": "PSE", "LB": "LBN", "SY": "SYR", "SD": "SDN", "CD": "COD",
    "MM": "MMR", "AM": "ARM", "AZ": "AZE", "IN": "IND", "PK": "PAK", "YE": "YEM", "IR": "IRN", "ET": "ETH",
    "TH": "THA", "KH": "KHM", "LY": "LBY", "ML": "MLI",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Cast:
    """The sides of a report.

    Attributes
    ----------
    publisher
        Side that publishes; empty for the press and for relief organisations.
    bulletin
        Whether the publisher reports on its own war (a general staff, a ministry, a governor).
    relief
        Whether it is a relief organisation, which does not say who strikes.
    ministry
        Whether it commands forces (a ministry, a general staff): deeds without a doer are its own.
    counts
        How often each side is named.
    """

    publisher: str
    bulletin: bool
    relief: bool
    ministry: bool
    counts: Counter[str]

    def oppose(self, code: str) -> str:
        """Return the side that fights a side in this report, or an empty text."""
        if not code:
            return ""
        if code in {"RUS", "UKR"} or (code in _OPPONENTS and _OPPONENTS[code] == code):
            return _OPPONENTS[code]
        others = [other for other, _ in self.counts.most_common() if other != code and other in _OPPONENTS]
        foes = [o for o in others if _OPPONENTS[o] == code or _OPPONENTS.get(code) == o]
        return (foes or others or [_OPPONENTS.get(code, "")])[0]

    def list_foes(self, code: str) -> list[str]:
        """Return the sides named in this report that are at war with a state none of whose land they hold."""
        if not code or code in _DIVIDED:
            return []
        return [foe for foe in self.counts if foe != code and _OPPONENTS.get(foe) == code]

    @property
    def fighters(self) -> frozenset[str]:
        """The sides of a report that are at war with one."""
        return frozenset(self.counts.keys() & _OPPONENTS.keys())

    @property
    def enemy(self) -> str:
        """Whom the publisher means by "the enemy"."""
        return self.oppose(self.publisher) if self.publisher else ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher's side, whether it reports on its own war, gives relief, or commands forces."""

    side: str
    bulletin: bool = False
    relief: bool = False
    ministry: bool = False


@lru_cache(maxsize=1024)  # the same few publish many reports
def find_publisher(publisher: str, vocabulary: Vocabulary) -> Publisher:
    """Return what a publisher's name tells of it."""
    words = [fold_word(word) for word in _split_words(publisher)]
    names = [match.sense.name for match in vocabulary.publishers.find(words)]
    named = [name.removesuffix("_named") for name in names if name.endswith("_named")]
    sides = named or [name for name in names if name.isupper()]
    if sides and (named or "party" in names):
        ministry = "ministry" in names and not {"air", "regional"} & set(names)
        return Publisher(sides[0], bulletin=bool(named) or "bulletin" in names, ministry=ministry)
    return Publisher("", relief="relief" in names)


def _split_words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()


def read_cast(reading: Reading, publisher: str, vocabulary: Vocabulary, mentions: list[Mention]) -> Cast:
    """Count the sides of a report and tell its publisher's."""
    known = find_publisher(publisher, vocabulary)
    named = {match.end for match in reading.matches.get("side", ()) if match.sense.name.isupper()}
    names = [
        m.sense.name
        for m in reading.matches.get("side", ())
        if not _is_theirs(m, named) and not (m.sense.name == "our" and _only_writes(reading, m, vocabulary))
    ]
    counts = Counter(name for name in names if name.isupper())
    side = known.side
    if not side and not known.relief and {"enemy", "our"} & set(names):
        foreign = counts and counts.most_common(1)[0][0] not in _AT_WAR
        voice = "" if foreign else _find_voice(reading) or _find_other(names, counts)
        side = voice or _guess_side(names, mentions)
    return Cast(side, known.bulletin, known.relief, known.ministry, counts)


def _only_writes(reading: Reading, match: Match, vocabulary: Vocabulary) -> bool:
    """Tell whether "we" and "our" are those who write and count ("by our count", "we do not expect")."""
    if not vocabulary.progressives:  # where "nous" and "notre" are told of forces more than not
        return False
    near = cut_range(reading.matches.get("say", ()), match.end, match.end + _SPEAKING_REACH)
    said = {m.start: m.sense.name for m in near}
    verbs = {start for start, name in said.items() if name == "verb"}
    writes = said.get(match.end) == "accounts" or _only_thinks(reading, match, verbs, vocabulary)
    return writes or _only_watches(reading, match, vocabulary)


def _only_watches(reading: Reading, match: Match, vocabulary: Vocabulary) -> bool:
    """Tell whether "we" do nothing that forces do ("soldiers we met", "while we were there")."""
    if not vocabulary.progressives or reading.words[match.start] not in vocabulary.words["first"]:
        return False
    end = match.end
    while end < min(match.end + _DOING_REACH, len(reading.words)) and not reading.marks[end]:
        end += 1
    groups = (reading.matches.get("trigger", ()), reading.matches.get("thing", ()))
    told = chain.from_iterable(cut_range(group, match.end, end) for group in groups)
    return not any(m.sense.name not in _UNARMED for m in told)


def _is_theirs(match: Match, named: Collection[int]) -> bool:
    """Tell whether a word that can mean "our" men stands right behind the side whose they are."""
    return match.sense.name == "our" and match.start in named


def _find_other(names: list[str], counts: Counter[str]) -> str:
    """Return who speaks of "our" men and of an enemy and names but one side: the other one."""
    named = _AT_WAR & set(counts)
    told = "our" in names and len(named) == 1
    return _OPPONENTS[next(iter(named))] if told else ""


def _find_voice(reading: Reading) -> str:
    """Return whose words a report speaks in ("special military operation", "occupiers"), or an empty text."""
    cues = (match.sense.name for match in reading.matches.get("cue", ()))
    voices = {name.removeprefix(_VOICE) for name in cues if name.startswith(_VOICE)}
    return voices.pop() if len(voices) == 1 else ""


def _guess_side(names: list[str], mentions: list[Mention]) -> str:
    """Return whose words "the enemy" and "our" are: the country's whose places a report is about."""
    countries = Counter(
        ALPHA3.get(mention.resolution.place.country_code, "")
        for mention in mentions
        if mention.resolution.place is not None
    )
    ours, enemies = names.count("our"), names.count("enemy")
    if not countries or ours + enemies < 2:
        return ""
    code, count = countries.most_common(1)[0]
    return code if code in _OPPONENTS and count * 2 > countries.total() else ""


def find_sides(
    reading: Reading, cast: Cast, mentions: list[Mention], vocabulary: Vocabulary
) -> list[SideMention]:
    """Return the mentions of sides that can act, in order.

    Left out are names of places, and adjectives that only say whose a place or a target is.
    """
    taken = {
        index
        for mention in mentions
        if mention.role != "government"
        for index in range(mention.name_start, mention.name_end)
    }
    taken |= {
        index
        for match in reading.matches.get("say", ())
        if match.sense.name in {"according", "echo"}
        for index in range(match.start, match.end)
    }
    heres = vocabulary.words["heres"]  # but not "Kyiv there sent troops", as the French say it
    names = {m.name_start for m in mentions if not m.anaphor or reading.words[m.name_end - 1] not in heres}
    deeds = {m.end for m in reading.matches.get("trigger", ()) if m.sense.form == "noun"}
    stands = {mention.end for mention in mentions if mention.anaphor} if vocabulary.words["agents"] else set()
    targets = {match.start for match in reading.matches.get("thing", ()) if match.sense.name == "target"}
    weapons = {match.start for match in reading.matches.get("thing", ()) if match.sense.name == "weapon"}
    forces = {match.start for match in reading.matches.get("thing", ()) if match.sense.name in _ARMED}
    forces |= {match.start for match in reading.matches.get("trigger", ())}
    doing = {match.start for match in reading.matches.get("trigger", ()) if match.sense.form == "verb"}
    crewed = {match.start for match in reading.matches.get("thing", ()) if match.sense.name == "force"}
    made = {at for at in weapons if at not in crewed or at + 1 not in doing}  # not "American jets struck X"
    said = {match.start for match in reading.matches.get("say", ()) if match.sense.name == "verb"}
    counts = {match.start for match in reading.matches.get("say", ()) if match.sense.name == "accounts"}
    found: list[SideMention] = []
    for match in _pick_longest(reading):
        owned = match.end in targets and match.end + 1 not in doing  # but "Russian ships have left X"
        if owned and match.end in doing:  # "Russian-held", but "Ukraine held X"
            owned = reading.text[reading.ends[match.end - 1]] == "-"
        if match.start in taken or match.start in stands or owned or _is_idle(reading, match, vocabulary):
            continue
        agentive = _is_agentive(reading, match.end, vocabulary)
        after = set(reading.words[match.end : match.end + 1])
        owned = match.start in deeds or (match.start - 1 in forces and bool(vocabulary.words["agents"]))
        owned = owned and not vocabulary.words["origins"].isdisjoint(after)
        people = reading.words[match.end - 1].endswith(vocabulary.peoples)  # "the Russians took X" has a noun
        if not (agentive or owned or people) and _describes_place(reading, match.end, names, vocabulary):
            continue  # but "the Ukrainian retreat from X" and "the Russian troops of X", as the French say it
        if match.sense.name in _INNER:
            group = _find_inner(match.sense.name, cast)
            if group or (match.sense.name == _REBEL and "UKR" not in cast.counts):
                found.append(SideMention(match.start, match.end, group, match.sense.name, agentive))
            continue
        if match.sense.name == "our" and (
            match.end in counts  # "by our count"
            or _only_watches(reading, match, vocabulary)
            or _only_owns(reading, match, forces, vocabulary)
            or _only_thinks(reading, match, said, vocabulary)
        ):
            continue
        code = _resolve_code(match.sense.name, cast, vocabulary)
        if (
            cast.relief
            and reading.words[match.start] in vocabulary.words["first"] | vocabulary.words["possessors"]
        ):
            code = ""  # relief workers are no side, but whom they quote can be one
        if code in _ARMOURERS and "UKR" in cast.counts and _describes_weapon(reading, match.end, made):
            continue
        sort = match.sense.name if match.sense.name in {"enemy", "our"} else "named"
        found.append(SideMention(match.start, match.end, code, sort, agentive))
    return found


def _is_idle(reading: Reading, match: Match, vocabulary: Vocabulary) -> bool:
    """Tell whether a side only backs another one, or is the neighbour of a place."""
    backs = _only_backs(reading, match, vocabulary) or _only_borders(reading, match, vocabulary)
    made = reading.words[max(match.start - 1, 0)], *reading.words[match.end : match.end + 1]
    return backs or not vocabulary.words["makes"].isdisjoint(made)  # "de fabrication nord-coréenne"


def _only_borders(reading: Reading, match: Match, vocabulary: Vocabulary) -> bool:
    """Tell whether a side is only the neighbour of a place ("the region, which borders X and Y")."""
    for index in range(match.start - 1, max(match.start - _BORDER_REACH, -1), -1):
        if reading.marks[index]:
            return False
        if reading.words[index] in vocabulary.words["borders"]:
            return True
    return False


def _only_backs(reading: Reading, match: Match, vocabulary: Vocabulary) -> bool:
    """Tell whether a side only backs another one ("Iran-backed Houthis"), or wants peace."""
    if not vocabulary.words["despite"].isdisjoint(reading.words[max(match.start - _NEAR, 0) : match.start]):
        return True  # "despite an American truce"
    return only_backs(reading, match, vocabulary.words["with"])


def only_backs(reading: Reading, match: Match, backing: frozenset[str]) -> bool:
    """Tell whether a hyphen ties a side to a word for backing ("the Rwanda-backed M23").

    Parameters
    ----------
    reading
        The words of a report.
    match
        A side that it names.
    backing
        Words behind one that only backs another.
    """
    if reading.text[reading.ends[match.end - 1] : reading.ends[match.end - 1] + 1] != "-":
        return False
    return not backing.isdisjoint(reading.words[match.end : match.end + 1])


def _find_inner(sort: str, cast: Cast) -> str:
    """Return whose rebels, government troops or army a report speaks of, or an empty text."""
    group = _find_group(cast)
    if sort == _REBEL or (sort == _STATE and group):
        return group
    if sort == _STATE:
        return "UKR" if "UKR" in cast.counts else ""
    others = sum(cast.counts[code] for code in cast.fighters if code != group)
    return group if group and cast.counts[group] >= _PREVAILING * max(others, 1) else ""


def hear_sides(
    sides: list[SideMention], sayings: Mapping[int, list[Saying]], cast: Cast
) -> list[SideMention]:
    """Let "the enemy" and "our" be read from who speaks ("the Armenian ministry says the enemy ...")."""
    loose = [side for side in sides if side.sort in {"enemy", "our"}]
    for saying in (one for group in sayings.values() for one in group) if loose else ():
        if saying.side not in _OPPONENTS:
            continue
        for side in cut_range(loose, saying.scope_start, saying.scope_end):
            side.code = saying.side if side.sort == "our" else cast.oppose(saying.side)
    return sides


def _find_group(cast: Cast) -> str:
    """Return whom "the rebels" stands for: the side most named whose country fights itself (ruling 7)."""
    codes = (code for code, _ in cast.counts.most_common())
    return next((code for code in codes if _OPPONENTS.get(code) == code), "")


def _pick_longest(reading: Reading) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(reading.matches.get("side", ()), key=lambda m: (m.start, m.start - m.end)):
        named = {kept[-1].end} if kept and kept[-1].sense.name.isupper() else set[int]()
        if not kept or (match.start >= kept[-1].end and not _is_theirs(match, named)):
            kept.append(match)
    return kept


def _resolve_code(name: str, cast: Cast, vocabulary: Vocabulary) -> str:
    if name == "enemy":
        return cast.enemy or _guess_enemy(cast, vocabulary)
    if name == "our":
        return cast.publisher or cast.oppose(_guess_enemy(cast, vocabulary))
    return name


def _guess_enemy(cast: Cast, vocabulary: Vocabulary) -> str:
    """Return whom the press means by "the enemy": the invader, where no other war is told of more.

    In a language that both sides write nothing tells.
    """
    if not vocabulary.words["press"]:
        return ""
    foremost = next((code for code, _ in cast.counts.most_common() if code in _OPPONENTS), "RUS")
    if foremost not in _AT_WAR:
        return ""
    return "RUS" if {"RUS", "UKR"} & set(cast.counts) or not cast.counts else ""


def _only_owns(reading: Reading, match: Match, forces: set[int], vocabulary: Vocabulary) -> bool:
    """Tell whether "our" speaks of no force, where it cannot stand alone ("our water point in X")."""
    words = vocabulary.words
    if not words["articles"] or reading.words[match.start] not in words["possessors"]:
        return False
    return forces.isdisjoint(range(match.end, match.end + _OWNED_REACH))


def _only_thinks(reading: Reading, match: Match, said: set[int], vocabulary: Vocabulary) -> bool:
    """Tell whether "we" only speak or think ("we assess that ..."), and so are those who write."""
    if reading.words[match.start] not in vocabulary.words["first"]:
        return False
    for index in range(match.end, min(match.end + _SPEAKING_REACH, len(reading.words))):
        if reading.marks[index] or index in said:
            return index in said
    return False


def _describes_weapon(reading: Reading, end: int, weapons: set[int]) -> bool:
    """Tell whether a country that does not fight only says whose make a weapon is ("American missiles")."""
    reach = range(end, min(end + _WEAPON_REACH, len(reading.words)))
    return not weapons.isdisjoint(reach)


def _describes_place(reading: Reading, end: int, names: set[int], vocabulary: Vocabulary) -> bool:
    """Tell whether an adjective stands before a place ("the Russian city of Kursk")."""
    kinds = vocabulary.words["kinds"]
    for index in range(end, min(end + 4, len(reading.words))):
        if index in names:
            return True
        if reading.words[index] not in kinds:
            return False
    return False


def _is_agentive(reading: Reading, end: int, vocabulary: Vocabulary) -> bool:
    endings = vocabulary.agentive
    if not endings:
        return False
    words = reading.words[end - 1 : end + 1]
    if not words[0].endswith(endings):
        return False
    return not words[0].endswith(vocabulary.genitives) or words[-1].endswith(endings)
