"""Names of places in running text: found, framed, tied to each other, and judged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geo.model import PlaceKind, Relation, RelationKind, Report, Span, Toponym
from geo.places.anaphora import find_anaphora
from geo.places.drafts import Draft, draft_names, is_unit, tie_drafts
from geo.places.filters import ACCEPT, assign_role, collect_persons, judge_draft
from geo.places.folding import fold_name
from geo.places.gazetteer import Gazetteer
from geo.places.mentions import merge_landscapes, raise_mentions
from geo.places.scan import Scene, build_scene, phrase_labels, scan_names
from geo.places.tokens import tokenise
from geo.places.unknown import add_unknown_names
from geo.places.wordbook import compile_wordbook

__all__ = ["find_anaphora", "read_scene", "recognise_toponyms"]


# Initials ("US", "UK") stand for a government, hardly ever for a place where something happens.
_INITIALS = 2


def recognise_toponyms(
    report: Report, lexicon: Any, gazetteer: Gazetteer, *, every_mention: bool = False
) -> tuple[Toponym, ...]:
    """Find the names of places in a report, with how the words place things against them.

    Parameters
    ----------
    report
        The report; offsets are code points of its text.
    lexicon
        The words of its language (`geo.language.lexicon.load_lexicon`), or a mapping with ``places``.
    gazetteer
        Known names.
    every_mention
        True keeps every mention of a place, also names that only look like places by where they stand;
        for counting mentions, not for claims.

    Returns
    -------
    tuple of Toponym
        In text order, not overlapping, longest match first.
    """
    scene = read_scene(report.text, lexicon, gazetteer, every_mention=every_mention)
    drafts = draft_names(scene)
    tie_drafts(scene, drafts)
    persons = collect_persons(scene)
    for draft in drafts:
        draft.score = judge_draft(scene, draft, persons)
    if every_mention:
        raise_mentions(scene, drafts)
    _name_units(scene, drafts, gazetteer)
    accepted = [
        draft
        for draft in drafts
        if not draft.dropped and draft.score >= ACCEPT and (every_mention or len(draft.match.key) > _INITIALS)
    ]
    for draft in accepted:
        draft.role = assign_role(scene, draft)
    return tuple(_make_toponym(report, scene, draft) for draft in _part_overlaps(accepted))


def _name_units(scene: Scene, drafts: list[Draft], gazetteer: Gazetteer) -> None:
    """Name units whose kind word stands elsewhere in a list ("the Amur and Ryazan regions": Amur region)."""
    for draft in drafts:
        kind, match = draft.frame.kind, draft.match
        if not draft.frame.plural or match.lookup or kind is None:
            continue
        keys = (f"{match.key} {word}" for word in scene.book.kind_words.get(kind, ()))
        match.lookup = next((key for key in keys if _has_kind(gazetteer, key, kind)), "")


def _has_kind(gazetteer: Gazetteer, key: str, kind: PlaceKind) -> bool:
    return any(entry.place.kind is kind for entry in gazetteer.find(key))


def read_scene(text: str, lexicon: Any, gazetteer: Gazetteer, *, every_mention: bool = False) -> Scene:
    """Cut a text into items: names of the gazetteer, names by their frame, phrases and words."""
    book = compile_wordbook(lexicon)
    tokens = tokenise(text, book.words)
    scene = build_scene(tokens, scan_names(tokens, gazetteer, book), book)
    if every_mention:
        merge_landscapes(scene, gazetteer)
    add_unknown_names(scene, gazetteer, every_mention=every_mention)
    return scene


def _part_overlaps(drafts: Iterable[Draft]) -> list[Draft]:
    """Cut frames that reach into the name before, so that spans do not overlap."""
    parted: list[Draft] = []
    end = 0
    for draft in drafts:
        draft.frame.first = max(draft.frame.first, min(end, draft.index))
        end = max(end, draft.frame.last)
        parted.append(draft)
    return parted


def _make_toponym(report: Report, scene: Scene, draft: Draft) -> Toponym:
    frame = draft.frame
    kind = (
        PlaceKind.SITE if frame.site is not None and frame.kind is None and not is_unit(draft) else frame.kind
    )
    if kind is None:
        # States and provinces are abbreviated ("Wash." is not the city).
        shortened = draft.match.key.endswith(".")
        kind = PlaceKind.REGION if shortened else _read_named_kind(scene, draft)
    name_last = draft.index + 2 if frame.kind_after and frame.last > draft.index + 1 else draft.index + 1
    span = _cut(report, scene, frame.first, frame.last)
    whole = (frame.first, frame.last) == (draft.index, name_last)
    return Toponym(
        span=span,
        name=draft.match.lookup or (span if whole else _cut(report, scene, draft.index, name_last)).exact,
        name_span=_cut_name(report, scene, draft, name_last, span),
        relation=_make_relation(report, scene, draft),
        kind_hint=kind,
        others=tuple(_make_toponym(report, scene, other) for other in draft.others),
        within=tuple(_make_toponym(report, scene, unit) for unit in draft.within),
        role=draft.role,
    )


def _read_named_kind(scene: Scene, draft: Draft) -> PlaceKind | None:
    """Return the kind that a name itself ends with ("Kursk region"), if it is a place of that kind."""
    if scene.count(draft.index) == 1:
        return None
    last = scene.firsts[draft.index + 1]
    labels = phrase_labels(scene.book, scene.tokens, last - 1, last)
    kind: PlaceKind | None = labels["after"][0] if "after" in labels else None
    return kind if any(entry.place.kind is kind for entry in draft.match.entries) else None


def _cut_name(report: Report, scene: Scene, draft: Draft, name_last: int, span: Span) -> Span:
    """Return the bare name: a kind word after it belongs to it only where it is capital ("Monroe County")."""
    tokens, first, last = scene.tokens, scene.firsts[draft.index], scene.firsts[draft.index + 1]
    if name_last > draft.index + 1 and scene.is_capital(name_last - 1):
        last = scene.firsts[name_last]
    body = last == scene.firsts[draft.index + 1] and _opens_body(scene, draft.index + 1)
    body = body and not any(fold_name(entry.place.name) == draft.match.key for entry in draft.match.entries)
    while last - first > 1 and (body or not tokens.capitals[last - 1]) and _is_kind(scene, last - 1):
        last -= 1
    if last - first > 1 and _is_article_of_country(scene, first, draft):
        first += 1
    start, end = tokens.starts[first], tokens.ends[last - 1]
    if draft.match.key.endswith("."):  # an abbreviation's dot belongs to it
        end += 1
    if (start, end) == (span.start, span.end):
        return span
    return Span(report_id=report.id, start=start, end=end, exact=report.text[start:end])


def _is_article_of_country(scene: Scene, token: int, draft: Draft) -> bool:
    """Tell whether a country's name begins with an article ("The United States", not "The Hague")."""
    if "article" not in phrase_labels(scene.book, scene.tokens, token, token + 1):
        return False
    return draft.match.entries[0].place.kind is PlaceKind.COUNTRY if draft.match.entries else False


def _opens_body(scene: Scene, at: int) -> bool:
    """Tell whether a public body's word follows a state ("Kentucky State Police": Kentucky)."""
    labels = phrase_labels(scene.book, scene.tokens, scene.firsts[at] - 1, scene.firsts[at])
    if "after" not in labels or labels["after"][0] is not PlaceKind.REGION:
        return False
    return scene.soft(at - 1) and scene.is_capital(at) and scene.key(at) in scene.book.public


def _is_kind(scene: Scene, token: int) -> bool:
    return "after" in phrase_labels(scene.book, scene.tokens, token, token + 1)


_AT = Relation()


def _make_relation(report: Report, scene: Scene, draft: Draft) -> Relation:
    frame = draft.frame
    if frame.relation is RelationKind.AT:
        return _AT
    before = frame.first < draft.index
    first, last = (frame.first, draft.index) if before else (draft.index + 1, frame.last)
    return Relation(
        kind=frame.relation,
        direction=frame.direction,
        distance_km_low=frame.low_km,
        distance_km_high=frame.high_km,
        span=_cut(report, scene, first, last) if last > first else None,
    )


def _cut(report: Report, scene: Scene, first: int, last: int) -> Span:
    """Return the words from one item to another, with a bracket that they leave open closed."""
    start, end = scene.start(first), scene.end(last - 1)
    text = report.text
    exact = text[start:end]
    for opening, closing in _BRACKETS:
        if (
            opening in exact
            and exact.count(opening) > exact.count(closing)
            and text[end : end + 1] == closing
        ):
            end += 1
            exact = text[start:end]
    return Span(report_id=report.id, start=start, end=end, exact=exact)


_BRACKETS = (("(", ")"), ("«", "»"))
