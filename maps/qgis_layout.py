"""The sheet to print of a QGIS project: A4 across, with title, map, legend, scale and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from geo.language.lexicon import load_lexicon
from maps.files.options import DEFAULTS, WriteOptions
from maps.qgis_symbols import fill_layer, wrap_symbol
from maps.style import BASE_COLOURS
from maps.words import Words

if TYPE_CHECKING:
    from maps.files.geopackage import Table

__all__ = ["Told", "build_layout", "describe_tables"]

# So many publishers are named.
_PUBLISHERS = 8
# QGIS's numbers for the items of a sheet.
_PAGE, _MAP, _LABEL, _LEGEND, _SCALE = 65638, 65639, 65641, 65642, 65646
_PAGE_SIZE = (297.0, 210.0)
# Left, top, width, height in millimetres.
_MAP_BOX = (10.0, 24.0, 185.0, 162.0)
_LEGEND_BOX = (198.0, 24.0, 94.0, 162.0)
_TITLE_BOX = (10.0, 6.0, 277.0, 10.0)
_DATES_BOX = (10.0, 16.5, 277.0, 6.0)
_FOOT_BOX = (10.0, 188.0, 215.0, 17.0)
_SCALE_BOX = (229.0, 190.0, 58.0, 12.0)
# Name, points, and millimetres above, left and below.
_LEGEND_STYLES = (
    ("title", 9, 0, 0, 1),
    ("group", 8, 2, 0, 0.3),
    ("subgroup", 7, 1, 0, 0.6),
    ("symbol", 6, 0.8, 0, 0),
    ("symbolLabel", 6, 0.8, 1.5, 0),
)


def build_layout(
    name: str, told: Told, extent: Sequence[float], legend_tree: str, options: WriteOptions
) -> str:
    """Return the sheet's XML.

    Parameters
    ----------
    name
        Of the sheet.
    told
        What the map shows: its title, the line below it, and the foot (`describe_tables`).
    extent
        Window in the project's reference system.
    legend_tree
        The groups of the project's tree that stand in the legend, as XML.
    options
        For the foot too.
    """
    foot = " ".join(filter(None, (told.sources, _tell_sources(options))))
    items = (
        _build_map(_fit_extent(extent)),
        _build_label(told.title, _TITLE_BOX, 2, size=18.0),
        _build_legend(legend_tree),
        _build_scale(),
        _build_label(foot, _FOOT_BOX, 5, size=6.5),
        _build_label(told.summary, _DATES_BOX, 6, size=10.0),
    )
    return (
        f'<Layout name={quoteattr(name)} units="mm" printResolution="300" worldFileMap="">'
        '<Snapper snapToItems="1" snapToGuides="1" snapToGrid="0" tolerance="5"/>'
        f"{_build_pages()}{''.join(items)}</Layout>"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a map shows, in words: its title, its days and counts, and whose reports it is made of."""

    title: str
    summary: str
    sources: str


def describe_tables(title: str, tables: Iterable[Table], days: Sequence[date], words: Words) -> Told:
    """Return in words what tables hold: days, claims, reports, what is not placed, publishers, borders."""
    by_layer: dict[str, list[Table]] = {}
    for table in tables:
        by_layer.setdefault(table.layer, []).append(table)
    unplaced = sum(len(table.shapes) for table in by_layer.get("unplaced", ()))
    reports = [row for table in by_layer.get("sources", ()) for row in table.rows()]
    placed = (table for table in chain.from_iterable(by_layer.values()) if table.family != "none")
    # A zone that is drawn from many words is no claim.
    told = (
        zip(table.data.get("claim_id", ()), table.data.get("report", ()), strict=False) for table in placed
    )
    claims = {one for pairs in told for one, report in pairs if one and report}
    numbers = {"claims": len(claims) + unplaced, "reports": len(reports), "not_placed": unplaced}
    counts = [words.count("plurals", key, number) for key, number in numbers.items() if number]
    span = words.dates(min(days), max(days)) if days else ""
    names = list(dict.fromkeys(str(row["publisher"]) for row in reports if row.get("publisher")))
    more = f" {words.text('more', n=len(names) - _PUBLISHERS)}" if len(names) > _PUBLISHERS else ""
    head = f"{words.text('sources')}{words.table['colon']}"
    sources = f"{head}{', '.join(names[:_PUBLISHERS])}{more}." if names else ""
    return Told(
        title=title or words.text("untitled"),
        summary=" · ".join(filter(None, (span, *counts))),
        sources=" ".join(filter(None, (sources, words.text("borders")))),
    )


def _tell_sources(options: WriteOptions) -> str:
    """Return the line at the foot: what is usual in the reader's language, what a caller gave as it is."""
    words = load_lexicon(options.language).table("files")
    told = ("attribution", "licence", "abstract")
    given = ((name, str(getattr(options, name))) for name in told)
    return " ".join(
        f"{words[name] if value == getattr(DEFAULTS, name) else value}." for name, value in given if value
    )


def _fit_extent(extent: Sequence[float]) -> tuple[float, float, float, float]:
    """Widen a window to the shape of the map's box."""
    west, south, east, north = extent
    ratio = _MAP_BOX[2] / _MAP_BOX[3]
    width, height = east - west, north - south
    wide, high = max(width, height * ratio), max(height, width / ratio)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return middle_x - wide / 2, middle_y - high / 2, middle_x + wide / 2, middle_y + high / 2


def _identify(number: int) -> str:
    return f"{{6d617000-0000-4000-8000-{number:012d}}}"


def _open_item(kind: int, number: int, box: Sequence[float], extra: str = "", *, frame: bool = False) -> str:
    left, top, width, height = box
    identifier = _identify(number)
    return (
        f'<LayoutItem type="{kind}" uuid="{identifier}" templateUuid="{identifier}" id="" '
        'referencePoint="0" '
        f'position="{left},{top},mm" positionOnPage="{left},{top},mm" size="{width},{height},mm" '
        'itemRotation="0" '
        f'zValue="{number}" visibility="1" opacity="1" blendMode="0" background="false" '
        f'frame="{"true" if frame else "false"}" frameJoinStyle="miter" outlineWidthM="0.2,mm" '
        'positionLock="false" '
        f'excludeFromExports="0" groupUuid="" {extra}>'
        '<FrameColor red="90" green="86" blue="80" alpha="255"/>'
        '<BackgroundColor red="255" green="255" blue="255" alpha="255"/>'
    )


def _build_pages() -> str:
    symbol = wrap_symbol("fill", "", fill_layer("#ffffff", 1.0, outline="no"))
    page = _open_item(_PAGE, 0, (0.0, 0.0, *_PAGE_SIZE)) + symbol + "</LayoutItem>"
    return f'<PageCollection>{symbol}{page}<GuideCollection visible="1"/></PageCollection>'


def _build_map(extent: Sequence[float]) -> str:
    west, south, east, north = extent
    extra = 'mapRotation="0" keepLayerSet="false" followPreset="false" mapFlags="1" isTemporal="0"'
    return (
        _open_item(_MAP, 1, _MAP_BOX, extra, frame=True)
        .replace('background="false"', 'background="true"')
        # What is no land is sea.
        .replace(
            '<BackgroundColor red="255" green="255" blue="255"', _tell_colour("BackgroundColor", "water")
        )
        + f'<Extent xmin="{west:.2f}" ymin="{south:.2f}" xmax="{east:.2f}" ymax="{north:.2f}"/>'
        "<LayerSet/></LayoutItem>"
    )


def _tell_colour(tag: str, name: str) -> str:
    red, green, blue = (int(BASE_COLOURS[name][i : i + 2], 16) for i in (1, 3, 5))
    return f'<{tag} red="{red}" green="{green}" blue="{blue}"'


def _build_font(size: float) -> str:
    return (
        f'<text-style fontFamily="Open Sans" fontSize="{size}" fontSizeUnit="Point" fontWeight="50" '
        'textColor="36,34,31,255" textOpacity="1" multilineHeight="1"/>'
    )


def _build_label(text: str, box: Sequence[float], number: int, *, size: float) -> str:
    # Without the mode for HTML: a title is text.
    extra = f'labelText={quoteattr(text)} htmlState="0" halign="1" valign="32" marginX="0" marginY="0"'
    font = f'<LabelFont description="Open Sans,{size},-1,5,50,0,0,0,0,0" style=""/>'
    return f"{_open_item(_LABEL, number, box, extra)}{font}{_build_font(size)}</LayoutItem>"


def _build_legend(legend_tree: str) -> str:
    extra = (
        f'map_uuid="{_identify(1)}" title="" wrapChar="" legendFilterByAtlas="0" legendFilterByMap="1" '
        'resizeToContents="0" columnCount="1" '
        'splitLayer="0" equalColumnWidth="0" boxSpace="1" columnSpace="2" wmsLegendWidth="50" '
        'wmsLegendHeight="25" '
        'symbolWidth="5.5" symbolHeight="4.4" lineSpacing="1" symbolAlignment="1" titleAlignment="1" '
        'rasterBorder="0" rasterBorderWidth="0" minSymbolSize="0" maxSymbolSize="4"'
    )
    styles = "".join(
        f'<style name="{name}" alignment="1" indent="0" marginTop="{top}" marginLeft="{left}" '
        f'marginBottom="{below}">'
        f'<styleFont description="Open Sans,{size},-1,5,50,0,0,0,0,0" style=""/></style>'
        for name, size, top, left, below in _LEGEND_STYLES
    )
    tree = f"<layer-tree-group>{legend_tree}</layer-tree-group>"
    return f"{_open_item(_LEGEND, 3, _LEGEND_BOX, extra)}<styles>{styles}</styles>{tree}</LayoutItem>"


def _build_scale() -> str:
    extra = (
        f'mapUuid="{_identify(1)}" style="Single Box" unitType="km" unitLabel="km" '
        'numMapUnitsPerScaleBarUnit="1" '
        'numSegments="2" numSegmentsLeft="0" numUnitsPerSegment="50" segmentSizeMode="1" minBarWidth="25" '
        'maxBarWidth="48" segmentMillimeters="0" height="1.5" labelBarSpace="1.5" boxContentSpace="0.5" '
        'alignment="0" '
        'outlineWidth="0.2" lineJoinStyle="miter" lineCapStyle="square" labelHorizontalPlacement="0" '
        'labelVerticalPlacement="0"'
    )
    colours = (
        '<fillColor red="36" green="34" blue="31" alpha="255"/><fillColor2 red="255" green="255" '
        'blue="255" alpha="255"/>'
        '<strokeColor red="36" green="34" blue="31" alpha="255"/>'
    )
    return f"{_open_item(_SCALE, 4, _SCALE_BOX, extra)}{_build_font(6.5)}{colours}</LayoutItem>"
