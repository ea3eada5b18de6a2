"""Who says so: "X said that", "..., X said", "according to X", "X: ...", "... – X"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from geo.claims.addressees import CLOSERS, ends_part, is_title, skip_addressee, skip_title
from geo.claims.described import read_described
from geo.claims.dropped import read_dropped
from geo.claims.echoes import name_fully, read_echoes, settle_source
from geo.claims.finder import LONGEST_SOURCE, Finder
from geo.claims.handed import hand_on, read_agent, read_quoted
from geo.claims.inserts import is_told_of, parts_verb, read_added, skip_day, skip_insert
from geo.claims.parts import Saying, Trigger, get_start
from geo.claims.patterns import Match
from geo.claims.pointers import find_quoted, read_account, read_back, read_marks
from geo.claims.reaches import extend_apposition, is_adverbial, is_topic, reach_left, reach_right
from geo.claims.refusals import read_refusal
from geo.claims.scopes import find_comma, find_part, find_told, reach_from_source, reach_from_verb
from geo.claims.sides import Cast, only_backs
from geo.claims.text import Reading, Sentence
from geo.claims.vocabulary import Vocabulary

__all__ = ["find_sayings", "note_sides", "pick_saying"]

# A cue of so many letters leaves no doubt that a source follows.
_LONG_CUE = 5
_INVERSION_GAP = 4
_FULL_NAME = 2  # words of a person's full name
_CLOSING = frozenset('»”"')
_QUOTED = CLOSERS | frozenset("'’?!")  # what stands before a verb whose source follows, in a fixed order
# "This" is what so many sentences before state.
_BACK_REACH = 3


def find_sayings(
    reading: Reading,
    vocabulary: Vocabulary,
    triggers: list[Trigger],
    times: list[tuple[int, int]],
    named: frozenset[int],
) -> dict[int, list[Saying]]:
    """Return the sayings of each sentence, by its number.

    ``named`` are the tokens of places, which say nothing.
    """
    finder = Finder(reading, vocabulary, triggers, times, named)
    found: dict[int, list[Saying]] = {}
    last: Saying | None = None
    voiced: list[Saying] = []
    for number, sentence in enumerate(reading.sentences):
        back = read_back(finder, sentence)
        if back is not None:
            _spread_back(reading, found, number, back)
            last = back
            voiced.append(back)
            continue
        sayings = _read_sentence(finder, sentence)
        before = reading.sentences[number - 1] if number else sentence
        sayings += read_echoes(finder, sentence, name_fully(finder, last, voiced), sayings)
        sayings = sayings or read_dropped(finder, sentence, last)
        for saying in sayings:
            settle_source(finder, saying, name_fully(finder, last, voiced), (sentence, before))
            last = saying if saying.source else last
            voiced += [saying] if saying.source else []
        if sayings:
            found[number] = sorted(sayings, key=lambda s: s.cue_start)
    return found


def _spread_back(reading: Reading, found: dict[int, list[Saying]], number: int, back: Saying) -> None:
    """Let who told "this" have told the sentences before that nobody else tells."""
    at = number - 1
    opened = at >= 0 and reading.sentences[at].paragraph != reading.sentences[number].paragraph
    paragraph = reading.sentences[at].paragraph if opened else reading.sentences[number].paragraph
    while at >= max(number - _BACK_REACH, 0) and at not in found:
        sentence = reading.sentences[at]
        if sentence.paragraph != paragraph:
            break
        found[at] = [replace(back, scope_start=sentence.start, scope_end=sentence.end)]
        at -= 1


def _read_sentence(finder: Finder, sentence: Sentence) -> list[Saying]:
    sayings: list[Saying] = []
    for match in _within(finder.according, sentence):
        told = is_told_of(finder, match.start)
        if sayings and sayings[-1].source_start < match.start <= sayings[-1].source_end + told:
            continue  # "according to a source cited by X": the source's own words
        saying = _read_according(finder, sentence, match)
        if saying:
            sayings.append(saying)
    for match in _within(finder.accounts, sentence):
        if read_account(finder, sentence, match):
            scope = reach_from_source(finder, sentence, match.start - 2, match.end)
            sayings.append(
                finder.make((match.start - 1, match.end), (match.start - 2, match.start - 1), scope)
            )
    taken = {index for s in sayings for index in range(s.cue_start, s.source_end)}
    for match in _within(finder.verbs, sentence):
        if match.start in taken or (match.start in finder.triggers and match.start not in finder.opened):
            continue  # but "fears an assault" tells who fears
        saying = _read_joined(finder, sentence, match, sayings) or _read_put_in(finder, sentence, match)
        saying = saying or read_refusal(finder, sentence, match) or read_quoted(finder, sentence, match)
        saying = saying or read_agent(finder, sentence, match) or read_added(finder, sentence, match, sayings)
        saying = saying or _read_verb(finder, sentence, match, taken)
        if saying:
            sayings.append(saying)
            if finder.reading.words[saying.cue_start - 1] not in finder.vocabulary.words["which"]:
                taken |= set(range(saying.source_start, saying.source_end))  # "X, who claims, says"
    hand_on(finder, sayings)
    return sorted(sayings, key=lambda s: s.cue_start) or _read_unspoken(finder, sentence)


def _read_unspoken(finder: Finder, sentence: Sentence) -> list[Saying]:
    """Read who says so by a mark alone, or before a colon and a quote ("The colonel has doubts: "...")."""
    colon = find_quoted(finder, sentence)
    start, end = (0, 0) if colon is None else finder.trim(*_find_subject(finder, sentence, colon))
    named = end - start == 1 and finder.reading.words[start] in finder.vocabulary.words["pronouns"]
    if colon is not None and (named or not finder.sources.isdisjoint(range(start, end))):
        return [finder.make((start, end), (colon, colon + 1), (colon + 1, sentence.end))]
    saying = read_marks(finder, sentence)
    return [saying] if saying else []


def _within(matches: list[Match], sentence: Sentence) -> list[Match]:
    if not matches:
        return matches
    low = bisect_left(matches, sentence.start, key=get_start)
    return matches[low : bisect_left(matches, sentence.end, low, key=get_start)]


def _read_according(finder: Finder, sentence: Sentence, match: Match) -> Saying | None:
    start = match.end
    if finder.reading.marks[start : start + 1] == [","]:
        return None  # "fighting, in his words, goes on": nobody is named
    start -= match.end - match.start > 1 and start - 1 in finder.sources  # "de sources militaires"
    end = reach_right(finder, sentence, start, commas=1 if match.start > sentence.start + 4 else 0)
    end = extend_apposition(finder, sentence, start, end)
    start, end = finder.trim(start, end)
    if is_told_of(finder, match.start) and parts_verb(finder, end):
        return None  # "X, quoted by Y, has said"
    sure = finder.reading.ends[match.end - 1] - finder.reading.starts[match.start] >= _LONG_CUE
    if not finder.is_source(start, end, framed=sure):
        return None
    scope = reach_from_source(finder, sentence, match.start, end)
    return finder.make((start, end), (match.start, match.end), scope)


def _read_verb(finder: Finder, sentence: Sentence, match: Match, taken: set[int]) -> Saying | None:
    if _is_idle(finder, sentence, match):
        return None
    inverted = _closes(finder, sentence, match.start) and _read_inverted(finder, sentence, match)
    if inverted:
        return inverted
    stop = skip_insert(finder, sentence, match.start)
    before = reach_left(finder, sentence, stop, taken)
    described = read_described(finder, sentence, match, (before, stop))
    if described is not None:
        return finder.make(described, match[:2], (match.end, sentence.end))
    return _read_spoken(finder, sentence, match, (before, stop), taken)


def _is_idle(finder: Finder, sentence: Sentence, match: Match) -> bool:
    """Tell whether what could be a verb of saying is none, or says that nothing was said."""
    before = finder.reading.words[match.start - 1] if match.start > 0 else ""
    small = finder.vocabulary.words
    no_verb = small["articles"] | small["auxiliaries"]
    no_verb |= small["determiners"] - small["possessives"] - small["demonstratives"]  # "nouvelle alerte"
    article = bool(before) and before in no_verb and not _has_object(finder, match.start)
    idle = article or _is_expected(finder, match.start)
    idle = idle or _is_noun(finder, match) or finder.is_despite(sentence.start, match.start)
    idle = idle or _only_shares(finder, match)
    return idle or _is_unsaid(finder, match)


def _only_shares(finder: Finder, match: Match) -> bool:
    """Tell whether a verb of publishing is told of pictures, which say nothing ("posted videos of it")."""
    words, small = finder.reading.words, finder.vocabulary.words
    if words[match.start] not in small["published"]:
        return False
    return not small["unspoken"].isdisjoint(words[match.end : match.end + 3])


def _has_object(finder: Finder, index: int) -> bool:
    """Tell whether a pronoun before a verb is its object and no article ("Téhéran le dément")."""
    small, words = finder.vocabulary.words, finder.reading.words
    pronoun = bool(small["haves"]) and index in finder.denials and words[index - 1] in small["its"]
    return pronoun and (index - 2 in finder.speaking or index - 2 in finder.sources)


def _read_spoken(
    finder: Finder, sentence: Sentence, match: Match, span: tuple[int, int], taken: set[int]
) -> Saying | None:
    """Read who speaks by a verb: ``span`` is the words before it that can be its source."""
    reading, small, (before, stop) = finder.reading, finder.vocabulary.words, span
    start, end = finder.trim(before, stop)
    if start == end and match.start and reading.words[match.start - 1] in finder.coordinators:
        start, end = finder.trim(*_find_subject(finder, sentence, match.start))
    framed = _has_complement(finder, match.end) and end == stop
    if finder.vocabulary.progressives and end - start > 2 and reading.words[end - 1] in small["purposes"]:
        end -= 2  # "The ministry continues to deny that ..."
    topic = is_topic(finder, sentence, before)
    if topic or is_adverbial(finder, before, start):
        told = _read_inverted(finder, sentence, match)
        if told or not topic:
            return told
    shown = start - 1 in finder.verb_tokens and reading.words[start] in small["agents"]
    if shown or not small["unspoken"].isdisjoint(reading.words[start:end]):
        return None  # "Geolocated footage shows Russian soldiers in X", "Footage verified by X shows ..."
    if finder.is_source(start, end, framed=framed) and finder.triggers.isdisjoint(range(start, end)):
        if not framed and before == start and _opens_relative(finder, sentence, start - 1):
            scope = (match.end, find_comma(finder, sentence, match.end))
        else:
            scope = reach_from_verb(finder, sentence, match, (before, start))
        return finder.make((start, end), (match.start, match.end), scope)
    told = _read_relative(finder, sentence, match, taken) or _read_inverted(finder, sentence, match)
    return told or _read_closed(finder, sentence, match, taken)


def _read_joined(finder: Finder, sentence: Sentence, match: Match, told: list[Saying]) -> Saying | None:
    """Read what a participle ties to what its source has said ("X said ..., denying that ...")."""
    reading, start = finder.reading, match.start
    tied = bool(told) and reading.words[start].endswith(finder.vocabulary.progressives)
    if not tied or reading.marks[start - 1] != "," or told[-1].cue_end > start:
        return None
    if start not in finder.denials and finder.has_trigger(max(told[-1].cue_end, told[-1].source_end), start):
        return None  # but "the mayor said on Telegram, adding that ..."
    source = (told[-1].source_start, told[-1].source_end)
    return finder.make(source, (start, match.end), (match.end, sentence.end)) if source[1] < start else None


def _read_put_in(finder: Finder, sentence: Sentence, match: Match) -> Saying | None:
    """Read "he says" put into a sentence with the pronoun behind ("Les Russes, a-t-il dit, ont pris X")."""
    (marks, words), small = (finder.reading.marks, finder.reading.words), finder.vocabulary.words
    start, at = match.start, match.end
    if start - sentence.start > 1 and words[start - 1] in small["pronouns"]:
        at, start = start - 1, start - 2
    elif at < len(words) and words[at] in small["inverting"]:
        at += 1
    if start > sentence.start and words[start] in small["inverting"]:
        start -= 1
    end = max(match.end, at + 1)
    if start <= sentence.start or at >= sentence.end or words[at] not in small["pronouns"]:
        return None
    if marks[start - 1] != "," or marks[end : end + 1] != [","] or at < start:
        return None
    scope = (find_part(finder, sentence, start), sentence.end)
    return finder.make((at, at + 1), (match.start, match.end), scope)


def _opens_relative(finder: Finder, sentence: Sentence, index: int) -> bool:
    """Tell whether a word opens a relative clause ("the town, which the army says it holds")."""
    words = finder.vocabulary.words
    if index <= sentence.start or finder.reading.words[index] not in words["which"]:
        return False
    if finder.reading.words[index] not in words["complementizers"]:
        return True
    return bool(words["articles"]) and finder.reading.marks[index - 1] == ","


def _read_relative(finder: Finder, sentence: Sentence, match: Match, taken: set[int]) -> Saying | None:
    """Read what is told of a source by "who" ("the ministry, which claims X, ...")."""
    stop, reading = match.start - 1, finder.reading
    if stop <= sentence.start or reading.words[stop] not in finder.vocabulary.words["which"]:
        return None
    if reading.marks[stop - 1] != ",":
        return None
    start, end = finder.trim(reach_left(finder, sentence, stop - 1, taken - finder.sources), stop - 1)
    if not finder.is_source(start, end) or finder.has_trigger(start, end):
        return None
    scope = (match.end, find_comma(finder, sentence, match.end))
    return finder.make((start, end), (match.start, match.end), scope)


def _closes(finder: Finder, sentence: Sentence, index: int) -> bool:
    """Tell whether a verb stands behind what was said; a comma may end a name ("The mayor, X, told")."""
    marks, first = finder.reading.marks, index
    while first > sentence.start and first - 1 in finder.adverbs:
        first -= 1
    if sentence.start + 1 < first < index and marks[first - 1] == "," and marks[first - 2] in _CLOSING:
        return True  # "« X is free », has said the ministry"
    mark = marks[index - 1] if index > sentence.start else ""
    if mark == "," and finder.vocabulary.words["articles"]:
        return finder.has_trigger(sentence.start, index) or _is_followed(finder, sentence, index + 1)
    return mark in CLOSERS


def _is_followed(finder: Finder, sentence: Sentence, start: int) -> bool:
    """Tell whether a title or a name follows a verb and ends the part ("On bâtit, dit le maire X, de Y")."""
    if not finder.vocabulary.words["elisions"] or start >= sentence.end - 1:
        return False
    end = reach_right(finder, sentence, start, commas=1)
    first = start + (finder.reading.words[start] in finder.vocabulary.words["articles"])
    named = first in finder.sources or finder.reading.text[finder.reading.starts[first]].isupper()
    return start < end and named and first < sentence.end and ends_part(finder, sentence, end)


def _read_closed(finder: Finder, sentence: Sentence, match: Match, taken: set[int]) -> Saying | None:
    """Read a source whose apposition a comma closes before an auxiliary ("The mayor, X, has told Y that")."""
    stop = match.start
    while stop > sentence.start and stop - 1 in finder.adverbs:
        stop -= 1
    if stop == match.start or finder.reading.marks[stop - 1] != ",":
        return None
    start, end = finder.trim(reach_left(finder, sentence, stop - 1, taken), stop - 1)
    titled = not finder.sources.isdisjoint(range(start, end))  # "the mayor, X, has accused Y of having ..."
    told = "," in finder.reading.marks[start:end] and (
        titled or _has_complement(finder, match.start, words=LONGEST_SOURCE)
    )
    if not told or not finder.is_source(start, end):
        return None
    return finder.make((start, end), (match.start, match.end), (match.end, sentence.end))


def _is_expected(finder: Finder, index: int) -> bool:
    """Tell whether a participle with an adverb before it says nothing ("the army is now expected to")."""
    at = index - 1
    while (
        at > 0
        and at in finder.adverbs
        and finder.reading.words[at] not in finder.vocabulary.words["auxiliaries"]
    ):
        at -= 1
    return 0 <= at < index - 1 and finder.reading.words[at] in finder.vocabulary.words["auxiliaries"]


def _is_unsaid(finder: Finder, match: Match) -> bool:
    """Tell whether a verb tells that somebody did not say it, or answered with deeds ("with rockets")."""
    words = finder.vocabulary.words
    after = finder.reading.words[match.end : match.end + 1]
    means = words["means"].isdisjoint(finder.reading.words[match.end + 1 : match.end + 2])
    if after and (
        (after[0] in words["agents"] and means)
        or (after[0] in words["with"] and (finder.vocabulary.progressives or after[0] in words["locatives"]))
    ):
        return True  # but "said by telephone"
    return any(cue.start <= match.start < cue.end for cue in finder.unsaid)


def _is_noun(finder: Finder, match: Match) -> bool:
    """Tell whether what could be a verb is a noun with an adjective ("the Russian claims")."""
    words, at = finder.reading.words, match.start
    if at - 1 in finder.verb_tokens and at - 1 in finder.denials:
        return True  # "rejected claims that"
    after = words[match.end : match.end + 1]
    if words[at] in finder.vocabulary.words["nominal"] and not finder.vocabulary.words["ofs"].isdisjoint(
        after
    ):
        return True  # "and reports of strikes"
    owned = finder.vocabulary.words["possessives"] | finder.vocabulary.words["articles"]
    plain = at - 1 not in finder.sources and at - 1 not in finder.sides
    if at > 1 and words[at] in finder.vocabulary.words["nominal"] and words[at - 2] in owned and plain:
        return True  # "in its latest report that ..."
    if at < 2 or at - 1 not in finder.sides or words[at] not in finder.vocabulary.words["nominal"]:
        return False
    small = finder.vocabulary.words["articles"] | finder.vocabulary.words["ofs"]  # "signs of Russian claims"
    return words[at - 2] in small or at - 2 in finder.verb_tokens


def _has_complement(finder: Finder, index: int, words: int = 2) -> bool:
    """Tell whether words are followed by what is said ("says that", "уверяет, что")."""
    after = finder.reading.words[index : index + words]
    return not finder.vocabulary.words["complementizers"].isdisjoint(after)


def _find_subject(finder: Finder, sentence: Sentence, end: int) -> tuple[int, int]:
    """Return the words that open a statement up to its first verb ("X did not comment but said ...")."""
    auxiliaries, first = finder.vocabulary.words["auxiliaries"], find_part(finder, sentence, end)
    for index in range(first, min(end, first + LONGEST_SOURCE)):
        word = finder.reading.words[index]
        if finder.reading.marks[index] or index in finder.verb_tokens or finder.is_boundary(index):
            return first, index
        if index in finder.triggers:  # "The army sent men to X, and said that ..."
            return first, index
        if word in auxiliaries or index in finder.adverbs or _follows_name(finder, first, index):
            return first, index
    return first, first


def _follows_name(finder: Finder, first: int, index: int) -> bool:
    """Tell whether a small word stands behind a full name, as a verb does where there are no articles."""
    if finder.vocabulary.words["articles"] or index - first < _FULL_NAME or index in finder.sources:
        return False
    texts = [finder.reading.text[finder.reading.starts[at]] for at in (index - 2, index - 1, index)]
    return texts[0].isupper() and texts[1].isupper() and texts[2].islower()


def _may_invert(finder: Finder, sentence: Sentence, match: Match) -> bool:
    """Tell whether a source can follow its verb where words have a fixed order ("..., said X on Monday")."""
    reading, small, opening = finder.reading, finder.vocabulary.words, match.start
    while opening > sentence.start and opening - 1 in finder.adverbs:
        opening -= 1
    after = reading.words[match.end : match.end + 1]
    placed = (
        small["locatives"]
        .union(small["tells"], finder.relatives)
        .intersection((*after, reading.words[match.start]))
    )
    return opening > sentence.start and reading.marks[opening - 1] in _QUOTED and not placed


def _read_inverted(finder: Finder, sentence: Sentence, match: Match) -> Saying | None:
    """Read a source that follows its verb ("повідомив X", "a déclaré X")."""
    if finder.vocabulary.progressives and not _may_invert(finder, sentence, match):
        return None
    return _read_behind(finder, sentence, match)


def _read_behind(finder: Finder, sentence: Sentence, match: Match) -> Saying | None:
    reading, words = finder.reading, finder.reading.words
    start = match.end
    while (
        start < sentence.end
        and (start in finder.adverbs or start in finder.timed)
        and start - match.end < _INVERSION_GAP
        and (start in finder.timed or reading.words[start] not in finder.vocabulary.words["articles"])
    ):
        start += 1
    start = skip_addressee(finder, sentence, skip_day(finder, sentence, start))
    start = skip_title(finder, sentence, match, start)
    opened = is_title(finder, sentence, match, start)
    start += opened
    own = finder.vocabulary.words["own"]  # "Baku has called its own raid a revenge"
    if start >= sentence.end or start in finder.stops or reading.marks[start] or words[start] in own:
        return None
    end = reach_right(finder, sentence, start, commas=1)
    if words[start] in finder.vocabulary.words["pronouns"] and not finder.vocabulary.words["articles"]:
        end = start + 1  # "сказав він в ефірі"
    start, end = finder.trim(start, end)
    stated = finder.vocabulary.words["articles"] and end - start > 1
    if finder.has_auxiliary(match.end, end) or (
        stated and reading.words[start] in finder.vocabulary.words["pronouns"]
    ):
        return None  # a statement follows and no source ("said units were near", "say they fear to go")
    endings = finder.vocabulary.infinitives
    if any(i in finder.stops and words[i].endswith(endings) for i in range(start + 1, end) if endings):
        return None  # "accuses X of having ..."
    if start == match.end and _has_complement(
        finder, end, words=1
    ):  # who is told it ("told the agency that")
        return None
    opening = match.start
    while opening > sentence.start and opening - 1 in finder.adverbs:
        opening -= 1  # "..., a protesté la mission"
    quoted = opening > sentence.start and reading.marks[opening - 1] in CLOSERS
    awaits = match.start in finder.fears  # "..., they await frost"
    framed = quoted and ends_part(finder, sentence, end) and not awaits
    if not finder.is_source(start, end, framed=framed) and not (
        framed and finder.is_capital(match.end, start, end)
    ):
        return None
    after = finder.has_trigger(end, sentence.end)
    before = finder.has_trigger(sentence.start, match.start)
    scope = (
        (end, sentence.end)
        if after and not before
        else (find_told(finder, sentence, match.start, end), match.start)
    )
    return finder.make((start - opened, end), (match.start, match.end), scope)


def pick_saying(sayings: list[Saying], token: int, end: int = 0) -> Saying | None:
    """Return the saying that reaches a token, or one before ``end``: the nearest one."""
    reaching = [s for s in sayings if s.scope_start <= token < s.scope_end]
    if not reaching and end > token + 1:  # "brandishes the threat of ...", whose cue the words overlap
        reaching = [s for s in sayings if s.scope_start < end <= s.scope_end]
    if not reaching:
        return None
    if any(s.answers for s in reaching):  # "we" who expect something are those who answer
        reaching = [s for s in reaching if s.source and not s.answers] or [s for s in reaching if s.answers]
    return min(reaching, key=lambda s: min(abs(s.cue_start - token), abs(s.source_start - token)))


def note_sides(
    reading: Reading, sayings: dict[int, list[Saying]], cast: Cast, backing: frozenset[str] = frozenset()
) -> None:
    """Tell each saying whose side its source is on; ``backing`` are words behind who only backs others."""
    sides = sorted(reading.matches.get("side", ()), key=lambda m: (m.start, m.start - m.end))
    for group in sayings.values():
        for saying in group:
            start, end = saying.meant if saying.meant[1] else (saying.source_start, saying.source_end)
            low = bisect_left(sides, start, key=get_start)
            inside = [
                m for m in sides[low : low + 8] if m.start < end and not only_backs(reading, m, backing)
            ]
            codes = [m.sense.name for m in inside if m.sense.name.isupper()]
            if not codes and any(m.sense.name == "our" for m in inside):
                codes = [cast.publisher]
            saying.side = codes[0] if codes else ""
