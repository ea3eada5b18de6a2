"""Signs as small PNG pictures, drawn from the same outlines as everywhere; no drawing library needed."""

from __future__ import annotations

import re
import struct
import zlib
from functools import lru_cache

import numpy as np
import shapely

from maps.style import SIGN_PATHS, Sign

__all__ = ["draw_icon"]

_SIZE = 48
_SAMPLES = 4  # along each side of a pixel, for smooth edges
_BOX = 24.0  # the outlines' own box
_EDGE = 0.9  # width of the pale rim, in units of the box


@lru_cache(maxsize=16)
def draw_icon(name: str) -> bytes:
    """Return a sign as a PNG of 48 by 48: white, so that a program can tint it, with a dark rim."""
    points = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", SIGN_PATHS[Sign(name)])]
    outline = shapely.Polygon(points)
    white, whole = _cover(outline.buffer(-_EDGE)), _cover(outline)
    pixels = np.empty((_SIZE, _SIZE, 4), dtype=np.uint8)
    # The rim is half as bright as the middle: tinted, it is a darker shade of the same colour.
    shade = 96 + 159 * np.divide(white, whole, out=np.zeros_like(white), where=whole > 0)
    pixels[..., :3] = np.round(shade)[..., None].astype(np.uint8)
    pixels[..., 3] = np.round(whole * 255).astype(np.uint8)
    return _encode_png(pixels)


def _cover(shape: shapely.Geometry) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Share of each pixel that a shape covers."""
    count = _SIZE * _SAMPLES
    axis = (np.arange(count) + 0.5) * _BOX / count
    inside = shapely.contains_xy(shape, *np.meshgrid(axis, axis))
    return np.asarray(inside.reshape(_SIZE, _SAMPLES, _SIZE, _SAMPLES).mean(axis=(1, 3)), dtype=np.float64)


def _encode_png(pixels: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]) -> bytes:
    height, width = pixels.shape[:2]
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = b"".join(b"\x00" + row.tobytes() for row in pixels)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_pack_chunk(kind, data) for kind, data in chunks)


def _pack_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
