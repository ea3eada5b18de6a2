"""Who must be meant where no words of a statement name who acts: by what came before and whose war it is."""

from __future__ import annotations

from datetime import date

from geo.claims.actors import Stage, find_doer, names_rebels, pair_sides, surrounds
from geo.claims.parts import Clause, Trigger, cut_range, find_first
from geo.claims.scene import Scene, has_pronoun
from geo.claims.sides import ALPHA3
from geo.claims.voices import is_passive
from geo.model import Kind, Place, PlaceKind

__all__ = ["guess_actors"]

# What a side says that did not happen to a place of its own.
_TAKING = frozenset({"take", "lose", "fall"})
# What is done to a place and its holders.
_AGAINST = frozenset({Kind.ADVANCE, Kind.CLASH})
# Between these states whoever is struck is struck by the other, since the day given (ISO 3166 alpha-3).
_STRIKERS = {
    "UKR": ("RUS", date(2022, 2, 24)),
    "RUS": ("UKR", date(2022, 2, 24)),
    "IRN": ("ISR", date(2024, 4, 1)),
    "ISR": ("IRN", date(2025, 6, 13)),
    "PSE": ("ISR", date(2023, 10, 7)),
    "LBN": ("ISR", date(2023, 10, 8)),
    "THA": ("KHM", date(2025, 7, 24)),
    "KHM": ("THA", date(2025, 7, 24)),
}
# Whose forces gather on its own ground, which its neighbour does not hold (ISO 3166 alpha-3).
_INVADER = "RUS"
_DRIVING = frozenset({Kind.ADVANCE, Kind.CONTROL, Kind.CLASH})
_SEATED = frozenset({"hold", "gather"})
_HOLDER_REACH = 4  # so near behind "in the hands of" stand those who hold, in tokens
_SPOKEN_REACH = 3  # so far before the noun for a strike stands who only speaks of it, in tokens
_WON = frozenset({Kind.ADVANCE, Kind.CONTROL})
# GeoNames units (first and second level) in the east and south of Ukraine held by Russia from that day.
_OCCUPIED = {
    ("05", "1406"): date(2022, 2, 24),
    ("05", "1408"): date(2022, 2, 24),
    ("05", "1410"): date(2022, 2, 24),
    ("14", "4402"): date(2022, 2, 24),
    ("14", "4404"): date(2022, 2, 24),
    ("14", "4406"): date(2022, 2, 24),
    ("14", "4408"): date(2022, 2, 24),
    ("05", "1414"): date(2022, 5, 21),
    ("08", "6504"): date(2022, 4, 1),
    ("08", "6506"): date(2022, 4, 1),
    ("08", "6508"): date(2022, 4, 1),
    ("14", "4414"): date(2022, 4, 1),
    ("14", "4416"): date(2022, 4, 1),
    ("26", "2302"): date(2022, 4, 1),
    ("26", "2308"): date(2022, 4, 1),
}
# GeoNames units of Ukraine that Russia has held throughout: Crimea and Sevastopol.
_HELD_BY_RUSSIA = frozenset({"11", "20"})


def guess_actors(  # noqa: PLR0913
    stage: Stage,
    trigger: Trigger,
    clause: Clause,
    kind: Kind,
    place: Place | None,
    *,
    named: tuple[str, ...] = (),
    teller: str = "",
    denied: bool = False,
) -> tuple[str, ...]:
    """Return who must be meant where the clause names nobody; empty where nothing tells.

    ``named`` are those that the clause names, ``teller`` is the side that says so, or denies it.
    """
    if named and (denied or not _hits_itself(stage, trigger, clause, place, named)):
        return named
    return _guess(stage, trigger, clause, kind, place, teller, denied=denied)


def _guess(  # noqa: PLR0913, PLR0917
    stage: Stage,
    trigger: Trigger,
    clause: Clause,
    kind: Kind,
    place: Place | None,
    teller: str,
    *,
    denied: bool,
) -> tuple[str, ...]:
    """Return who must be meant where the clause names nobody."""
    taker = _guess_taker(stage, place, teller) if denied and trigger.name in _TAKING else ()
    if denied and kind is Kind.WITHDRAWAL:
        taker = _guess_holder(stage, place, teller)
    taker = taker or _guess_defender(stage, trigger, place) or _guess_locals(stage, trigger, clause, place)
    lost = trigger.name == "lose" and bool(teller) and not denied  # "X's side admitted that it lost Y"
    fought = trigger.name == "battle" and not surrounds(stage.scene, trigger)
    if taker or lost or fought or names_rebels(stage, trigger, clause):
        return taker or (tuple(filter(None, (stage.scene.cast.oppose(teller),))) if lost else ())
    country = ALPHA3.get(place.country_code, "") if place else ""
    struck_itself = kind is Kind.STRIKE and stage.subject == (country,) and not _struck_before(stage)
    against = kind in _AGAINST and is_passive(stage.scene, trigger)
    if stage.subject == (country,) and (against or (trigger.name == "fall" and not denied)):
        other = _guess_by_country(stage, place)  # nobody names who attacks, and none attacks his own
        if against or other:
            return other
    freed = kind is Kind.CONTROL and _is_freed(stage.scene, trigger)
    own = freed and not denied and _is_undergone(stage, trigger) and teller in stage.scene.cast.fighters
    if stage.subject and stage.subject_sentence == clause.sentence and not (struck_itself or own):
        return _pair_repelled(stage, trigger, stage.subject)
    if _goes_on(stage, trigger, clause) and not own:
        return stage.subject
    if kind is Kind.STRIKE:
        return _guess_strike(stage, trigger, clause, place, teller if denied else "")
    won = kind is Kind.CONTROL and trigger.form == "passive" and not denied  # "Moscow says X is taken"
    won = won and trigger.name == "take" and country == stage.scene.cast.oppose(teller)
    told = (teller,) if (freed or won) and teller in stage.scene.cast.fighters else ()
    return (
        told
        or _guess_by_publisher(stage, trigger, clause, kind, place)
        or _guess_fighters(stage, trigger, clause, kind, place)
    )


def _hits_itself(
    stage: Stage, trigger: Trigger, clause: Clause, place: Place | None, named: tuple[str, ...]
) -> bool:
    """Tell whether a state would strike its own land that only does not speak of the strike on it."""
    country = ALPHA3.get(place.country_code, "") if place else ""
    if trigger.kind is not Kind.STRIKE or trigger.form != "noun" or named != (country,):
        return False
    if country not in _STRIKERS or _guess_striker(stage, place) == named:
        return False
    doer = find_doer(stage, trigger, clause, country)
    return doer is not None and trigger.start - doer.end > _SPOKEN_REACH


def _guess_taker(stage: Stage, place: Place | None, teller: str) -> tuple[str, ...]:
    """Return who would have taken a place where that is denied."""
    cast = stage.scene.cast
    foe = cast.oppose(teller) if teller in cast.fighters else ""
    if foe and foe != teller:
        return (foe,)
    return _guess_by_country(stage, place)


def _guess_holder(stage: Stage, place: Place | None, teller: str) -> tuple[str, ...]:
    """Return who would have left a place where that is denied: who left it by other words, or holds it."""
    fighters = stage.scene.cast.fighters
    country = ALPHA3.get(place.country_code, "") if place else ""
    told = stage.last.get(Kind.WITHDRAWAL, ())
    return told or ((teller,) if teller in fighters else (country,) if country in fighters else ())


def _guess_locals(stage: Stage, trigger: Trigger, clause: Clause, place: Place | None) -> tuple[str, ...]:
    """Return the land of forces that nobody names, where no other state invades it ("local militias")."""
    country = ALPHA3.get(place.country_code, "") if place else ""
    foreign = bool(stage.subject) and country not in stage.subject
    if trigger.name not in _SEATED or not foreign or not country or country in _STRIKERS:
        return ()
    if stage.subject_sentence == clause.sentence:
        return ()
    end = min(trigger.end + _HOLDER_REACH, clause.end)
    named = any(side.code for side in cut_range(stage.scene.sides, clause.start, end))
    told = find_first(stage.scene.things["force"], clause.start, end) is not None
    return (country,) if told and not named else ()


def _guess_strike(
    stage: Stage, trigger: Trigger, clause: Clause, place: Place | None, denier: str
) -> tuple[str, ...]:
    """Return who must have struck a place, or is the one to deny it."""
    country = ALPHA3.get(place.country_code, "") if place else ""
    if denier and country and country != denier:
        return (denier,)
    men = find_first(stage.scene.things["force"], clause.start, trigger.start) is not None
    men = men and bool(stage.scene.vocabulary.words["articles"])  # "the fighters hit X"
    if stage.scene.cast.ministry and (trigger.form == "passive" or men):
        return (stage.scene.cast.publisher,)
    along = _go_along(stage, clause, Kind.STRIKE)
    return (
        along
        or _find_launcher(stage.scene, clause, country)
        or _guess_liberator(stage, clause, place)
        or _guess_striker(stage, place)
        or _strikes_again(stage, place)
    )


def _guess_defender(stage: Stage, trigger: Trigger, place: Place | None) -> tuple[str, ...]:
    """Return who defends a town: those of its country, where they fight."""
    if (
        trigger.name != "hold"
        or stage.scene.reading.words[trigger.start] not in stage.scene.vocabulary.words["defends"]
    ):
        return ()
    country = ALPHA3.get(place.country_code, "") if place is not None else ""
    return (country,) if country in stage.scene.cast.fighters else ()


def _strikes_again(stage: Stage, place: Place | None) -> tuple[str, ...]:
    """Return who struck a place of the same country before in the report, where one side does it."""
    if stage.scene.cast.relief:
        return ()
    struck = stage.struck.get(place.country_code, ()) if place is not None else ()
    country = ALPHA3.get(place.country_code, "") if place is not None else ""
    if len(struck) == 1 and country not in struck:
        return struck
    foes = stage.scene.cast.list_foes(country)
    return tuple(foes) if len(foes) == 1 else ()


def _guess_liberator(stage: Stage, clause: Clause, place: Place | None) -> tuple[str, ...]:
    """Return who strikes a town that is called occupied ("occupied Tokmak and X are without light")."""
    if place is None or place.country_code != "UA" or place.kind is not PlaceKind.SETTLEMENT:
        return ()
    words = stage.scene.vocabulary.words
    small = words["coordinators"] | words["kinds"]
    for match in stage.scene.cues.within("occupied", clause.start, clause.end):
        end = match.end
        for mention in clause.mentions:
            between = stage.scene.reading.words[end : mention.name_start]
            if mention.start < end or any(word and word not in small for word in between):
                continue
            if mention.resolution.place is place:
                return ("UKR",)
            end = mention.end
    return ()


def _go_along(stage: Stage, clause: Clause, kind: Kind) -> tuple[str, ...]:
    """Return who did the same before where a clause adds to it ("Shells also fell on X")."""
    words = stage.scene.reading.words[clause.start : clause.end]
    fresh = clause.sentence - stage.subject_sentence <= 1 and stage.subject_kind is kind
    return stage.subject if fresh and not stage.scene.vocabulary.words["also"].isdisjoint(words) else ()


def _struck_before(stage: Stage) -> bool:
    """Tell whether who acted last was one who strikes ("it was Ukrainian shelling that wrecked X")."""
    return stage.subject_kind is Kind.STRIKE and stage.subject_named


def _goes_on(stage: Stage, trigger: Trigger, clause: Clause) -> bool:
    """Tell whether a pronoun takes up the one side of the sentence before ("... fog. It advanced near X")."""
    if len(stage.subject) != 1 or stage.subject_sentence != clause.sentence - 1 or trigger.form != "verb":
        return False
    return has_pronoun(stage.scene, clause.start, trigger.start)


def _guess_by_publisher(
    stage: Stage, trigger: Trigger, clause: Clause, kind: Kind, place: Place | None
) -> tuple[str, ...]:
    """Return whom a side's own words must mean, and whose forces gather on their own ground."""
    cast = stage.scene.cast
    if kind is Kind.CONCENTRATION:
        home = place is not None and ALPHA3.get(place.country_code) == _INVADER
        told = _INVADER in cast.fighters or bool(cast.publisher)
        return (_INVADER,) if home and told else tuple(filter(None, (cast.enemy,)))
    done = kind in _WON and trigger.form == "verb"
    if cast.publisher and not cast.bulletin and done and _opens_paragraph(stage, clause):
        return (cast.publisher,)  # in a channel of one side: "X. Took Y."
    return ()


def _guess_fighters(
    stage: Stage, trigger: Trigger, clause: Clause, kind: Kind, place: Place | None
) -> tuple[str, ...]:
    cast = stage.scene.cast
    own = (cast.publisher,) if cast.publisher else ()
    if trigger.name == "repel":
        return _pair_repelled(stage, trigger, own or _guess_by_country(stage, place))
    if kind is Kind.CONTROL and _is_freed(stage.scene, trigger):
        return own or _liberate(stage, place)
    if cast.ministry and kind in {*_WON, Kind.WITHDRAWAL} and trigger.name != "offensive":
        return own
    home = ALPHA3.get(place.country_code, "") if place else ""
    if kind is Kind.WITHDRAWAL and home and _is_driven(stage, trigger, clause, home):
        return (home,)
    if stage.subject and stage.subject_sentence == clause.sentence - 1:
        return stage.subject
    return _guess_by_war(stage, trigger, kind, place)


def _is_driven(stage: Stage, trigger: Trigger, clause: Clause, home: str) -> bool:
    """Tell whether men of whom nothing is told leave land of their own that the last side named attacks."""
    if len(stage.subject) != 1 or stage.subject_kind not in _DRIVING or trigger.form != "verb":
        return False
    if stage.scene.cast.oppose(stage.subject[0]) != home:
        return False
    men = find_first(stage.scene.things["force"], clause.start, trigger.start) is not None
    return men and not has_pronoun(stage.scene, clause.start, trigger.start)


def _opens_paragraph(stage: Stage, clause: Clause) -> bool:
    """Tell whether nobody has been named in a paragraph before a statement."""
    sentences = stage.scene.reading.sentences
    told = stage.subject_sentence
    return told < 0 or sentences[told].paragraph != sentences[clause.sentence].paragraph


def _guess_by_war(stage: Stage, trigger: Trigger, kind: Kind, place: Place | None) -> tuple[str, ...]:
    """Return who is meant by what the report told before, and by whose war it is."""
    cast = stage.scene.cast
    if kind in stage.last:
        return stage.last[kind]
    if cast.bulletin and trigger.name in {"take", "hold"}:
        return (cast.publisher,)
    country = ALPHA3.get(place.country_code, "") if place else ""
    if country and country in cast.fighters and cast.oppose(country) == country:
        return (country,)
    if kind in {Kind.ADVANCE, Kind.CLASH} or (trigger.name == "fall" and not stage.subject):
        return _guess_by_country(stage, place)
    return stage.subject


def _is_freed(scene: Scene, trigger: Trigger) -> bool:
    words = scene.reading.words[trigger.start : trigger.end]
    return any(word.startswith(scene.vocabulary.liberating) for word in words)


def _is_undergone(stage: Stage, trigger: Trigger) -> bool:
    """Tell whether a verb is passive, its auxiliary before it or among its words ("had been cleared")."""
    inside = stage.scene.reading.words[trigger.start : trigger.end - 1]
    return is_passive(stage.scene, trigger) or not stage.scene.vocabulary.words["auxiliaries"].isdisjoint(
        inside
    )


def _liberate(stage: Stage, place: Place | None) -> tuple[str, ...]:
    """Return who frees a place where no side says so: those whose country it is."""
    country = ALPHA3.get(place.country_code, "") if place else ""
    cast = stage.scene.cast
    return (country,) if country and {country, cast.oppose(country)} & cast.fighters else ()


def _pair_repelled(stage: Stage, trigger: Trigger, actors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(pair_sides(stage, actors))) if trigger.name == "repel" and actors else actors


def _find_launcher(scene: Scene, clause: Clause, target: str) -> tuple[str, ...]:
    """Return the country that a sentence names as where a strike came from ("fired from Lebanon")."""
    mentions = [m for other in scene.list_sentence(clause) for m in other.mentions if m.role == "origin"]
    places = [mention.resolution.place for mention in mentions]
    codes = {ALPHA3.get(place.country_code, "") for place in places if place is not None} - {"", target}
    return tuple(codes) if len(codes) == 1 else ()


def _guess_striker(stage: Stage, place: Place | None) -> tuple[str, ...]:
    if stage.scene.cast.relief:
        return ()
    if stage.scene.cast.enemy and stage.scene.cast.bulletin and not stage.scene.cast.ministry:
        return (stage.scene.cast.enemy,)
    since = _OCCUPIED.get((place.admin1_code, place.admin2_code)) if place else None
    if since is not None and stage.issued is not None and stage.issued >= since and place is not None:
        return ("UKR",) if place.country_code == "UA" and place.kind is PlaceKind.SETTLEMENT else ()
    country = ALPHA3.get(place.country_code, "") if place else ""
    divided = stage.scene.cast.oppose(country) == country
    if country and divided and set(stage.scene.cast.counts) == {country}:
        return (country,)
    return _guess_by_country(stage, place)


def _guess_by_country(stage: Stage, place: Place | None) -> tuple[str, ...]:
    """Return the state at war with the one whose place it is."""
    if place is None or stage.issued is None or stage.scene.cast.relief:
        return ()
    country = ALPHA3.get(place.country_code, "")
    if country == "UKR" and place.admin1_code in _HELD_BY_RUSSIA:
        country = "RUS"
    code, since = _STRIKERS.get(country, ("", date.max))
    return (code,) if code and stage.issued >= since else ()
