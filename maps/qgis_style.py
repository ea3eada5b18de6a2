"""The one symbology as QGIS styles (QML): categorised by side and by how sure, timed and labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from geo.language.lexicon import load_lexicon
from geo.schema import COLUMNS
from maps.colours import assign_colours
from maps.qgis_forms import build_forms
from maps.qgis_labels import build_labels, choose_value, find_largest
from maps.qgis_stacks import MM_PER_PIXEL, Spot, list_offsets, measure_diameter
from maps.qgis_symbols import (
    arrow_line,
    centroid_layer,
    circle_layer,
    fill_layer,
    hatch_layer,
    line_layer,
    marker_line,
    sign_layer,
    wrap_symbol,
)
from maps.qgis_tips import build_tip
from maps.style import (
    AREA_OPACITY,
    BASE_COLOURS,
    CONTESTED_SIDE,
    SIDE_COLOURS,
    UNKNOWN,
    Pattern,
    pattern_of,
    side_of_claim,
    sign_of,
)
from maps.words import Words, load_words

if TYPE_CHECKING:
    from maps.files.geopackage import Table

__all__ = ["build_qml", "build_style", "colour_tables", "list_categories", "title_layer", "title_table"]

Row = Mapping[str, Any]

QML_VERSION = "3.22.0"
_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
_GEOMETRY_TYPES = {"point": 0, "line": 1, "area": 2, "mixed": 3, "none": 4}
_SYMBOL_KINDS = {"point": "marker", "line": "line", "area": "fill"}
_OUTLINES = ("outer", "inner")
# Both main sides make a claim contested ground, as `maps.style.side_of` has it.
_SIDE = (
    """CASE WHEN "control_status" = 'contested' THEN 'contested' {own} """
    """WHEN "actors" LIKE '%UKR%' AND "actors" LIKE '%RUS%' THEN 'contested' """
    """WHEN "actors" LIKE '%UKR%' THEN 'UKR' WHEN "actors" LIKE '%RUS%' THEN 'RUS' """
    """ELSE coalesce(left("actors", 3), '') END"""
)
_PATTERN = (
    """CASE WHEN "status" = 'denied' THEN 'struck' WHEN "status" = 'expected' THEN 'outline' """
    """WHEN "control_status" = 'claimed' THEN 'hatched' ELSE 'solid' END"""
)
_FROM = """coalesce(to_datetime("date_start"), make_datetime(1000, 1, 1, 0, 0, 0))"""
_UNTIL = """coalesce(to_datetime("date_end") + to_interval('1 day'), make_datetime(9000, 1, 1, 0, 0, 0))"""
# The category of what no other category holds.
_REST = ("*", Pattern.SOLID, "")
# The layer of arrows shows these; a sign that points nowhere beside it would say the contrary.
_HAS_ARROW = """"course" IS NOT NULL AND "course" <> ''"""
# Of an arrow of less than so many millimetres nothing is seen: the sign that points stands for it.
_LEAST_ARROW_MM = 6
_SEEN_ARROW = (
    f"""{_HAS_ARROW} AND length(geom_from_wkt("course")) * 111320000 / coalesce(@map_scale, 1) > """
    f"""{_LEAST_ARROW_MM}"""
)
# Of the circle that stands for forces whose number nobody tells, millimetres.
_SIGN_DIAMETER = 16 * MM_PER_PIXEL
# A movement that only heads somewhere shows its sign that points, turned; the other where nobody knows.
_HEADS = """"bearing_deg" IS NOT NULL"""
_SMALL_ON_TOP = (
    '<orderby><orderByClause asc="0" nullsFirst="0">'
    'coalesce("count_high", "count_low", 0)</orderByClause></orderby>'
)
_ROLE = """CASE WHEN "role" IN ('outer', 'inner') THEN '|' || "role" ELSE '' END"""


def title_layer(layer: str, words: Words) -> str:
    """Return the title of a layer in the language of ``words``."""
    return words.text(layer) if layer in ("unplaced", "sources") else words.word("layers", layer)


def title_table(table: Table, words: Words) -> str:
    """Return the title of a table: its layer's, with the sort of shapes where a layer is split."""
    title = title_layer(table.layer, words)
    if table.name == table.layer:
        return title
    families = {"point": "points", "line": "lines", "area": "areas", "mixed": "mixed"}
    return f"{title} ({load_lexicon(words.lang).table('files')[families[table.family]]})"


def colour_tables(tables: Iterable[Table]) -> dict[str, str]:
    """Return the colours of all sides of a map's tables (`maps.colours.assign_colours`)."""
    drawn = [table for table in tables if table.family != "none"]
    return assign_colours({side for table in drawn for side, _, _ in list_categories(table)})


# Circles are opaque and the layer as a whole is not: those of one place do not add up to a dark one.
_FORCES_OPACITY = 0.75
_NOWHERE: Mapping[str, Spot] = MappingProxyType({})


def build_qml(
    table: Table, language: str, colours: Mapping[str, str], spots: Mapping[str, Spot] = _NOWHERE
) -> str:
    """Return the QML of a table: a whole document, as ``layer_styles`` and files hold it.

    ``colours`` are those of the map's sides (`colour_tables`), ``spots`` where signs stand that share a
    place (`maps.qgis_stacks.find_spots`).
    """
    return (
        f'{_HEAD}<qgis version="{QML_VERSION}" styleCategories="AllStyleCategories" labelsEnabled="1" '
        'hasScaleBasedVisibilityFlag="0" '
        f'simplifyDrawingHints="1">{build_style(table, load_words(language), colours, spots)}</qgis>'
    )


def build_style(
    table: Table, words: Words, colours: Mapping[str, str], spots: Mapping[str, Spot] = _NOWHERE
) -> str:
    """Return what stands inside of a QML document, or of a project's ``maplayer``."""
    parts = [_list_aliases(table.columns)]
    if table.family in _SYMBOL_KINDS:
        parts = [
            _tell_time(table.columns),
            build_renderer(table, words, colours, spots),
            build_labels(table, words.lang, spots),
            *parts,
        ]
    parts.append(build_forms(table, words))
    parts.append(f"<mapTip>{escape(build_tip(table.columns, words))}</mapTip>")
    parts.append(f"<previewExpression>{escape(_name_row(table.columns))}</previewExpression>")
    if table.layer == "concentration":
        parts.append(f"<layerOpacity>{_FORCES_OPACITY}</layerOpacity>")
    parts.append(f"<layerGeometryType>{_GEOMETRY_TYPES[table.family]}</layerGeometryType>")
    return "".join(parts)


def _tell_time(columns: Iterable[str]) -> str:
    """Show a feature from its first day to its last, both inclusive; an open end stays open.

    Expressions and not the fields themselves: QGIS hands a comparison of fields to SQLite, which compares a
    date with a moment as texts, and then shows a day's features on the day before.
    """
    enabled = int({"date_start", "date_end"} <= set(columns))
    return (
        f'<temporal enabled="{enabled}" mode="4" startField="date_start" endField="date_end" '
        f'startExpression={quoteattr(_FROM)} endExpression={quoteattr(_UNTIL)} durationUnit="min" '
        'durationField="" fixedDuration="0" accumulate="0" limitMode="0">'
        "<fixedRange><start></start><end></end></fixedRange></temporal>"
    )


def list_categories(table: Table) -> list[tuple[str, Pattern, str]]:
    """Return the (side, pattern, outline) that occur, the main sides first, the surest first."""
    found = {
        (
            side_of_claim({"control_status": held, "side": side, "party": party, "actors": actors}),
            pattern_of(str(status), held),
            str(role) if role in _OUTLINES else "",
        )
        for actors, side, party, status, held, role in table.list_together(
            "actors", "side", "party", "status", "control_status", "role"
        )
    }
    sides, patterns = [*SIDE_COLOURS, CONTESTED_SIDE], list(Pattern)
    rank = {side: number for number, side in enumerate(sides)}
    return sorted(
        found, key=lambda one: (rank.get(one[0], len(rank)), one[0], patterns.index(one[1]), one[2])
    )


def build_renderer(
    table: Table, words: Words, colours: Mapping[str, str], spots: Mapping[str, Spot] = _NOWHERE
) -> str:
    """Return the renderer of a table: categories, or one symbol for the front line and its band."""
    if table.layer in ("front_line", "front_band"):
        return _build_front(table)
    offsets = {one: f"{x:g},{y:g}" for one, (x, y) in list_offsets(table, spots).items()}
    offset = choose_value(offsets, "claim_id", "0,0") if offsets else ""
    largest = find_largest(table)
    entries, symbols = [], []
    # The last one is for rows that a user adds with a side that no claim has.
    for number, (side, pattern, outline) in enumerate([*list_categories(table), _REST]):
        last = (side, pattern, outline) == _REST
        value = "" if last else "|".join((side, pattern.value, *([outline] if outline else [])))
        label = (
            words.text("unknown_side")
            if last
            else _label_category((side, pattern, outline), table.layer, words)
        )
        entries.append(
            f'<category render="true" value={quoteattr(value)} label={quoteattr(label)} symbol="{number}"/>'
        )
        look = _Look(
            layer=table.layer,
            colour=colours.get(side, UNKNOWN),
            pattern=pattern,
            outline=outline,
            largest=largest,
            arrows=table.layer in ("advance", "withdrawal") and "course" in table.columns,
            offset=offset,
        )
        symbols.append(_build_symbol(str(number), table.family, look))
    order = _SMALL_ON_TOP if table.layer == "concentration" and largest else ""
    attribute = f"concat({_side_expression(table.columns)}, '|', {_PATTERN}, {_ROLE})"
    return (
        f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(attribute)} symbollevels="0" '
        f'enableorderby="{int(bool(order))}" '
        f'forceraster="0"><categories>{"".join(entries)}</categories><symbols>{"".join(symbols)}</symbols>'
        f"{order}</renderer-v2>"
    )


def _side_expression(columns: Iterable[str]) -> str:
    present = set(columns)
    own = (
        f"""WHEN coalesce("{name}", '') <> '' THEN "{name}" """
        for name in ("side", "party")
        if name in present
    )
    return _SIDE.format(own="".join(own))


def _label_category(category: tuple[str, Pattern, str], layer: str, words: Words) -> str:
    side, pattern, outline = category
    states = {
        Pattern.SOLID: "" if layer != "control" else words.text("solid"),
        Pattern.HATCHED: words.text("hatched"),
        Pattern.OUTLINE: words.word("statuses", "expected"),
        Pattern.STRUCK: words.word("statuses", "denied"),
    }
    ends = {"outer": " (≤ km²)", "inner": " (≥ km²)"}  # the high and the low outline of a zone of stated size
    parts = (words.side(side), states[pattern])
    return str(words.table["colon"]).join(filter(None, parts)) + ends.get(outline, "")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Look:
    """How a category of a layer looks."""

    layer: str
    colour: str
    pattern: Pattern
    outline: str
    largest: float
    arrows: bool = False
    offset: str = ""


def _build_symbol(name: str, family: str, look: _Look) -> str:
    if family == "line":
        return wrap_symbol("line", name, *_list_line_layers(look))
    if family == "point":
        return wrap_symbol("marker", name, *_list_marks(look))
    zone = look.layer == "control" and look.pattern is not Pattern.STRUCK
    bare = look.outline or zone or look.layer == "arrow"
    return wrap_symbol(
        "fill", name, *_list_area_layers(look), *([] if bare else [centroid_layer(*_list_marks(look))])
    )


def _list_marks(look: _Look) -> list[str]:
    """The sign, or for forces two circles: filled for the low number, a ring for the high one."""
    if look.layer == "concentration" and look.largest:
        return _list_circles(look)
    plain, pointed = (sign_of(look.layer, directed=way) for way in (False, True))
    if not look.arrows:
        return [sign_layer(plain, look.colour, look.pattern, offset=look.offset)]
    return [
        sign_layer(
            plain,
            look.colour,
            look.pattern,
            hidden=f"({_HAS_ARROW}) OR ({_HEADS})",
            offset=look.offset,
            listed=False,
        ),
        sign_layer(
            pointed,
            look.colour,
            look.pattern,
            hidden=f"({_SEEN_ARROW}) OR NOT ({_HEADS})",
            turned='coalesce("bearing_deg", 0)',
            offset=look.offset,
        ),
    ]


def _list_circles(look: _Look) -> list[str]:
    dashed = look.pattern is Pattern.STRUCK
    solid = look.pattern is Pattern.SOLID
    low = measure_diameter('coalesce("count_low", "count_high")', look.largest)
    high = measure_diameter('"count_high"', look.largest)
    ring = f'CASE WHEN "count_high" > "count_low" THEN {high} ELSE 0 END'
    # Without a figure: the kind's sign, not the smallest circle.
    plain = 'CASE WHEN coalesce("count_low", "count_high") IS NULL THEN {} ELSE {} END'
    size = plain.format(f"{_SIGN_DIAMETER:.2f}", low)
    return [
        circle_layer(look.colour, ring, opacity=0.0, dashed=dashed, offset=look.offset),
        circle_layer(
            BASE_COLOURS["halo"] if solid else look.colour,
            size,
            fill=look.colour,
            opacity=float(solid),
            dashed=dashed,
            offset=look.offset,
        ),
    ]


def _list_area_layers(look: _Look) -> list[str]:
    colour, pattern = look.colour, look.pattern
    if look.outline == "inner":
        return [fill_layer(colour, 0.15, width=0.5)]
    if look.layer not in ("control", "arrow"):  # the outline of the place that is named, no zone
        # Without a fill: those of many claims of one place would add up to a zone that nobody stated.
        return [fill_layer(colour, 0.0, width=0.35, outline="dot")]
    match pattern:
        case Pattern.SOLID:
            return [fill_layer(colour, AREA_OPACITY, outline="dash" if look.outline else "solid")]
        case Pattern.HATCHED:
            return [fill_layer(colour, 0.08, outline="dash"), hatch_layer(colour)]
        case Pattern.OUTLINE:
            return [fill_layer(colour, 0.0, width=0.6)]
        case _:
            thin = hatch_layer(colour, angle=135, distance=7.0, width=0.25, opacity=0.5)
            return [fill_layer(colour, 0.0, outline="dot"), thin]


def _list_line_layers(look: _Look) -> list[str]:
    if look.layer == "advance":
        return [arrow_line(look.colour, look.pattern)]
    style = {Pattern.SOLID: "solid", Pattern.STRUCK: "dot"}.get(look.pattern, "dash")
    # Signs look north; a marker along a line looks east where the line does.
    mark = sign_layer(sign_of(look.layer), look.colour, look.pattern, angle=90)
    return [line_layer(look.colour, 0.7, style=style), marker_line(mark)]


def _build_front(table: Table) -> str:
    if table.family == "line":
        halo = line_layer(BASE_COLOURS["halo"], 1.5, opacity=0.85)
        symbol = wrap_symbol("line", "0", halo, line_layer(BASE_COLOURS["ink"], 0.8))
    else:
        symbol = wrap_symbol("fill", "0", fill_layer(BASE_COLOURS["ink"], 0.16, outline="no"))
    return (
        '<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">'
        f"<symbols>{symbol}</symbols></renderer-v2>"
    )


def _list_aliases(columns: Mapping[str, str]) -> str:
    titles = {column.name: column.alias for column in COLUMNS}
    aliases = "".join(
        f'<alias field={quoteattr(name)} index="{index}" name={quoteattr(titles.get(name, ""))}/>'
        for index, name in enumerate(columns, 1)  # 0 is the fid
    )
    return f"<aliases>{aliases}</aliases>"


def _name_row(columns: Iterable[str]) -> str:
    return 'coalesce("place", "claim_id")' if "place" in columns else '"report"'
