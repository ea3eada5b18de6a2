"""Symbols in the XML of QGIS (QML), written without QGIS; one function a symbol layer.

Sizes are millimetres, colours ``#rrggbb`` with an opacity of 0 to 1.  Both ``<Option>`` (QGIS 3.16 and later)
and the older ``<prop>`` are written.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from maps.style import BASE_COLOURS, SIGN_PATHS, Pattern, Sign, mix_with_base

__all__ = [
    "LabelLook",
    "arrow_line",
    "centroid_layer",
    "circle_layer",
    "fill_layer",
    "hatch_layer",
    "label_settings",
    "line_layer",
    "marker_line",
    "sign_layer",
    "wrap_symbol",
]

_SIGN_SIZE_MM = 6.0


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelLook:
    """How labels look and where they stand.

    Attributes
    ----------
    colour, size
        ``#rrggbb`` and points.
    placement
        QGIS's number: 1 at a fixed spot, 4 along a line, level, 6 around a point, the best spot first.
    quadrant, offset
        Of a fixed spot: QGIS's number (4 over the point, 5 right of it, 7 below it), and how far, mm.
    priority, obstacle
        0 to 10: which label wins where two would overlap; whether labels keep off what this one belongs to.
    varied
        Expressions by the names of QGIS's properties (Size, Color, OffsetXY ...).
    """

    colour: str
    size: float
    placement: int
    quadrant: int = 5
    offset: float = 3.2
    priority: int = 8
    obstacle: bool = False
    varied: Mapping[str, str] = field(default_factory=dict)


def _rgba(colour: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"


def _layer(
    name: str, properties: Mapping[str, object], inner: str = "", sizes: Mapping[str, str] | None = None
) -> str:
    options = "".join(
        f'<Option name={quoteattr(key)} type="QString" value={quoteattr(str(value))}/>'
        for key, value in properties.items()
    )
    old = "".join(
        f"<prop k={quoteattr(key)} v={quoteattr(str(value))}/>" for key, value in properties.items()
    )
    return (
        f'<layer class="{name}" enabled="1" locked="0" pass="0"><Option type="Map">{options}</Option>{old}'
        f"{_data_defined(sizes or {})}{inner}</layer>"
    )


def _data_defined(expressions: Mapping[str, str], tag: str = "data_defined_properties") -> str:
    if not expressions:
        return ""
    properties = "".join(
        f'<Option name={quoteattr(key)} type="Map"><Option name="active" type="bool" value="true"/>'
        f'<Option name="expression" type="QString" value={quoteattr(expression)}/>'
        '<Option name="type" type="int" value="3"/></Option>'
        for key, expression in expressions.items()
    )
    return (
        f'<{tag}><Option type="Map"><Option name="name" type="QString" value=""/>'
        f'<Option name="properties" type="Map">{properties}</Option>'
        f'<Option name="type" type="QString" value="collection"/></Option></{tag}>'
    )


def wrap_symbol(kind: str, name: str, *layers: str, opacity: float = 1.0) -> str:
    """Return a symbol; ``kind`` is marker, line or fill, the first layer is at the bottom."""
    # An area that is cut to the view has its sign elsewhere at each move of the map.
    clipped = int(kind != "fill")
    return (
        f'<symbol type="{kind}" name={quoteattr(name)} alpha="{opacity:g}" clip_to_extent="{clipped}" '
        'force_rhr="0">'
        f"{''.join(layers)}</symbol>"
    )


def fill_layer(
    colour: str,
    opacity: float,
    *,
    outline: str = "solid",
    width: float = 0.4,
    line: str = "",
) -> str:
    """Return an even fill with an outline (solid, dash, dot or no) of its own colour or of ``line``."""
    properties = {
        "color": _rgba(colour, opacity),
        "style": "solid" if opacity else "no",
        "outline_color": _rgba(line or colour, 0.9),
        "outline_style": outline,
        "outline_width": width,
        "outline_width_unit": "MM",
        "joinstyle": "round",
    }
    return _layer("SimpleFill", properties)


def hatch_layer(
    colour: str, *, angle: int = 45, distance: float = 2.0, width: float = 0.5, opacity: float = 0.85
) -> str:
    """Return a hatch of parallel lines."""
    line = wrap_symbol("line", "@hatch", line_layer(colour, width, opacity=opacity))
    properties = {
        "angle": angle,
        "distance": distance,
        "distance_unit": "MM",
        "offset": 0,
        "offset_unit": "MM",
    }
    return _layer("LinePatternFill", properties, line)


def line_layer(colour: str, width: float, *, style: str = "solid", opacity: float = 1.0) -> str:
    """Return a line (solid, dash or dot)."""
    properties = {
        "line_color": _rgba(colour, opacity),
        "line_width": width,
        "line_width_unit": "MM",
        "line_style": style,
        "capstyle": "round",
        "joinstyle": "round",
    }
    return _layer("SimpleLine", properties)


def arrow_line(colour: str, pattern: Pattern, *, width: float = 1.4) -> str:
    """Return an arrow along the whole line, its head at the last vertex."""
    filled = pattern in (Pattern.SOLID, Pattern.HATCHED)
    outline = "dash" if pattern is Pattern.STRUCK else "solid"
    body = fill_layer(colour, 0.9 if filled else 0.0, outline=outline, width=0.3)
    properties = {
        "arrow_type": 0,
        "arrow_width": width,
        "arrow_width_unit": "MM",
        "arrow_start_width": width * 0.45,
        "arrow_start_width_unit": "MM",
        "head_type": 0,
        "head_length": width * 2.2,
        "head_length_unit": "MM",
        "head_thickness": width * 1.1,
        "head_thickness_unit": "MM",
        "is_curved": 0,
        "is_repeated": 0,
    }
    return _layer("ArrowLine", properties, wrap_symbol("fill", "@arrow", body))


def marker_line(marker: str, *, placement: str = "lastvertex") -> str:
    """Return markers along a line; ``marker`` is a marker layer that looks north."""
    properties = {"placement": placement, "rotate": 1, "interval": 8, "interval_unit": "MM"}
    return _layer("MarkerLine", properties, wrap_symbol("marker", "@along", marker))


def centroid_layer(*markers: str) -> str:
    """Return markers at a point inside of an area."""
    properties = {"point_on_surface": 1, "point_on_all_parts": 0, "clip_points": 0}
    return _layer("CentroidFill", properties, wrap_symbol("marker", "@inside", *markers))


def circle_layer(  # noqa: PLR0913 (all but two by name)
    colour: str,
    size: str,
    *,
    opacity: float = 1.0,
    dashed: bool = False,
    fill: str = "",
    width: float = 0.35,
    offset: str = "",
) -> str:
    """Return a circle whose diameter in millimetres is an expression; with no opacity it is a ring.

    ``fill`` is the colour inside where it is not the rim's; ``offset`` an expression ("x,y" in millimetres).
    """
    properties = {
        "name": "circle",
        "color": _rgba(fill or colour, opacity),
        "outline_color": _rgba(colour, 0.95),
        "outline_style": ("dash" if dashed else "solid") if width else "no",
        "outline_width": width,
        "outline_width_unit": "MM",
        "size": 4,
        "size_unit": "MM",
        "offset_unit": "MM",
        "scale_method": "diameter",
    }
    return _layer("SimpleMarker", properties, sizes={"size": size} | ({"offset": offset} if offset else {}))


def sign_layer(  # noqa: PLR0913 (all but three by name)
    sign: Sign,
    colour: str,
    pattern: Pattern,
    *,
    size: float = _SIGN_SIZE_MM,
    angle: int = 0,
    hidden: str = "",
    turned: str = "",
    offset: str = "",
    listed: bool = True,
) -> str:
    """Return a kind's sign as a marker, filled after how sure it is.

    Where the expression ``hidden`` holds it is not shown; ``turned`` is one of its angle in degrees,
    ``offset`` one of where it stands beside its point ("x,y" in millimetres, before it is turned).  A
    legend knows no expressions: there it stands if it is ``listed``.
    """
    picture = base64.b64encode(draw_sign(sign, colour, pattern).encode()).decode()
    properties = {
        "name": f"base64:{picture}",
        "size": size if listed else 0,
        "size_unit": "MM",
        "angle": angle,
        "fixedAspectRatio": 0,
        "offset_unit": "MM",
        "color": _rgba(colour),
        "outline_width": 0,
    }
    sizes = {"size": f"CASE WHEN {hidden} THEN 0 ELSE {size} END"} if hidden else {}
    placed = {key: value for key, value in (("angle", turned), ("offset", offset)) if value}
    return _layer("SvgMarker", properties, sizes=sizes | placed)


def label_settings(text: str, look: LabelLook) -> str:
    """Return labels with a halo, whose words are an expression; QGIS leaves out those that would overlap."""
    style = (
        f'fieldName={quoteattr(text)} isExpression="1" fontFamily="Open Sans" fontSize="{look.size:g}" '
        f'fontSizeUnit="Point" fontWeight="50" textColor="{_rgba(look.colour)}" textOpacity="1" '
        'multilineHeight="1"'
    )
    halo = (
        '<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferOpacity="0.85" '
        f'bufferColor="{_rgba(BASE_COLOURS["halo"])}" bufferJoinStyle="128" bufferNoFill="1"/>'
    )
    return (
        f'<labeling type="simple"><settings calloutType="simple"><text-style {style}>{halo}</text-style>'
        '<text-format multilineAlign="1" wrapChar=""/>'
        f'<placement placement="{look.placement}" quadOffset="{look.quadrant}" xOffset="{look.offset:g}" '
        'yOffset="0" offsetUnits="MM" dist="1" distUnits="MM" placementFlags="10" centroidInside="1" '
        'centroidWhole="1" '
        f'predefinedPositionOrder="R,L,B,T,BR,TR,BL,TL" offsetType="1" priority="{look.priority}"/>'
        f'<rendering drawLabels="1" obstacle="{int(look.obstacle)}" displayAll="0" labelPerPart="0" '
        'mergeLines="0"/>'
        f"{_data_defined(look.varied, 'dd_properties')}</settings></labeling>"
    )


def draw_sign(sign: Sign, colour: str, pattern: Pattern) -> str:
    """Return a sign as SVG of 24 by 24: filled, pale, open, or open and struck through."""
    halo = BASE_COLOURS["halo"]
    fill = {Pattern.SOLID: colour, Pattern.HATCHED: mix_with_base(colour, 0.45)}.get(pattern, halo)
    stroke, width = (halo, 1.2) if pattern is Pattern.SOLID else (colour, 2.2)
    dash = ' stroke-dasharray="3.5 2"' if pattern is Pattern.HATCHED else ""
    bar = ""
    if pattern is Pattern.STRUCK:
        bar = "".join(
            f'<path d="M2 22 L22 2" stroke="{paint}" stroke-width="{thickness}"/>'
            for paint, thickness in ((halo, 4.4), (colour, 2.2))
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">'
        f'<path d="{SIGN_PATHS[sign]}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" '
        f'stroke-linejoin="round"{dash}/>'
        f"{bar}</svg>"
    )
