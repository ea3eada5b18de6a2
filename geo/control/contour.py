"""The line between the labels of a triangle mesh: marching triangles for any number of labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.control.field import Mesh, fit_field

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Labels = NDArray[np.int64]

__all__ = ["Contour", "trace_contour"]

# Corners of a uniform edge keep at least this lead, so that the line stays inside the mixed triangles.
_LEAD = 0.02
# The line never comes nearer to a corner than this share of an edge: no settlement stands on the front.
_CLEAR = 0.03


@dataclass(frozen=True, slots=True)
class Contour:
    """Segments of the line, plane, metres: ends (n, 2, 2), and the label on the left and on the right."""

    segments: Points
    left: Labels
    right: Labels


def trace_contour(mesh: Mesh, labels: Labels, count: int, *, parts: int = 5) -> Contour:
    """Return the line between labels, smooth within the triangles that it crosses.

    Parameters
    ----------
    mesh
        Triangles of all settlements.
    labels
        Label of each point of the mesh, 0 to ``count`` - 1.
    count
        How many labels there are.
    parts
        Into how many parts each edge of a crossed triangle is cut; 1 for straight lines between midpoints.
    """
    mixed = mesh.find_mixed(labels)
    if not len(mixed):
        return Contour(np.empty((0, 2, 2)), np.empty(0, np.int64), np.empty(0, np.int64))
    near = np.unique(mixed)
    field = fit_field(mesh.points[near], labels[near], count)
    nodes, triangles, only = _refine(mixed, mesh.points, labels, parts)
    values = field.evaluate(nodes)
    _hold(values, only)
    return _march(nodes, values, triangles)


def _refine(mixed: Labels, points: Points, labels: Labels, parts: int) -> tuple[Points, Labels, Labels]:
    """Cut triangles into ``parts``² smaller ones.

    Returns the nodes, the small triangles, and for each node the label that it must have, or -1: corners
    keep their own, and so do nodes on edges between corners of one label.
    """
    weights = np.array([(parts - i - j, i, j) for i in range(parts + 1) for j in range(parts + 1 - i)])
    place = {(int(w[1]), int(w[2])): k for k, w in enumerate(weights)}
    up = [(place[i, j], place[i + 1, j], place[i, j + 1]) for i in range(parts) for j in range(parts - i)]
    down = [
        (place[i + 1, j], place[i + 1, j + 1], place[i, j + 1])
        for i in range(parts - 1)
        for j in range(parts - 1 - i)
    ]
    ordered = np.sort(mixed, axis=1)  # the same sum in the same order gives the same node in both triangles
    xy = np.einsum("kc,tcd->tkd", weights / parts, points[ordered])
    held = weights > 0
    corner_labels = labels[ordered]
    only = _find_held(held, corner_labels)
    keys = _name_nodes(ordered, weights)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    inverse = inverse.reshape(len(ordered), len(weights))
    return xy.reshape(-1, 2)[first], inverse[:, up + down].reshape(-1, 3), only.reshape(-1)[first]


def _find_held(held: NDArray[np.bool_], corner_labels: Labels) -> Labels:
    """Return the label of nodes on a corner or on an edge of one label, else -1."""
    only = np.full((len(corner_labels), len(held)), -1)
    for k, corners in enumerate(held):
        if corners.all():
            continue
        some = corner_labels[:, corners]
        same = (some == some[:, :1]).all(axis=1)
        only[same, k] = some[same, 0]
    return only


def _name_nodes(ordered: Labels, weights: Labels) -> NDArray[np.void]:
    """Return a name for each node that two triangles sharing its edge agree on."""
    held = weights > 0
    corners = np.where(held[None], ordered[:, None, :], -1)
    shares = np.where(held[None], weights[None], 0) + np.zeros_like(corners)
    order = np.argsort(-corners, axis=2, kind="stable")
    named = np.concatenate(
        [np.take_along_axis(corners, order, 2), np.take_along_axis(shares, order, 2)], axis=2
    )
    flat = np.ascontiguousarray(named.reshape(-1, 6).astype(np.int64))
    return flat.view([("", np.int64)] * 6).ravel()


def _hold(values: NDArray[np.float64], only: Labels) -> None:
    """Raise the label that a node must have above all others."""
    rows = np.flatnonzero(only >= 0)
    wanted = values[rows, only[rows]].copy()
    values[rows, only[rows]] = -np.inf
    best = values[rows].max(axis=1)
    values[rows, only[rows]] = np.maximum(wanted, best + _LEAD)


def _march(nodes: Points, values: NDArray[np.float64], triangles: Labels) -> Contour:
    """Join the crossings of each small triangle; where three labels meet, at its middle."""
    winner = values.argmax(axis=1)
    corners = winner[triangles]
    kinds = (corners != np.roll(corners, -1, axis=1)).sum(axis=1)
    two, three = triangles[kinds == 2], triangles[kinds == 3]
    segments = [_cross_two(nodes, values, winner, two), *_cross_three(nodes, values, winner, three)]
    joined = np.concatenate([segment for segment, _, _ in segments])
    left = np.concatenate([one for _, one, _ in segments])
    right = np.concatenate([one for _, _, one in segments])
    keep = (joined[:, 0] != joined[:, 1]).any(axis=1)
    return _turn(Contour(joined[keep], left[keep], right[keep]))


def _cross_two(
    nodes: Points, values: NDArray[np.float64], winner: Labels, triangles: Labels
) -> tuple[Points, Labels, Labels]:
    """Cross triangles of two labels: from the lone corner's one edge to its other."""
    labels = winner[triangles]
    alone = np.where(labels[:, 1] == labels[:, 2], 0, np.where(labels[:, 0] == labels[:, 2], 1, 2))
    rows = np.arange(len(triangles))
    lone, after, before = (triangles[rows, (alone + k) % 3] for k in range(3))
    ends = np.stack(
        [_cross(nodes, values, winner, lone, after), _cross(nodes, values, winner, lone, before)], axis=1
    )
    return _order(ends, nodes[lone], winner[lone], winner[after])


def _cross_three(
    nodes: Points, values: NDArray[np.float64], winner: Labels, triangles: Labels
) -> list[tuple[Points, Labels, Labels]]:
    middle = nodes[triangles].mean(axis=1)
    out = []
    for k in range(3):
        one, other = triangles[:, k], triangles[:, (k + 1) % 3]
        ends = np.stack([_cross(nodes, values, winner, one, other), middle], axis=1)
        out.append(_order(ends, nodes[one], winner[one], winner[other]))
    return out


def _order(ends: Points, inside: Points, label: Labels, other: Labels) -> tuple[Points, Labels, Labels]:
    """Tell left from right: the given point, of the given label, lies on one side of the segment."""
    (dx, dy), (px, py) = (ends[:, 1] - ends[:, 0]).T, (inside - ends[:, 0]).T
    on_left = dx * py - dy * px > 0
    return ends, np.where(on_left, label, other), np.where(on_left, other, label)


def _cross(nodes: Points, values: NDArray[np.float64], winner: Labels, a: Labels, b: Labels) -> Points:
    """Return where the leads of the two ends' labels are equal; alike from both triangles of an edge."""
    first, second = np.minimum(a, b), np.maximum(a, b)
    one, other = winner[first], winner[second]
    lead_first = values[first, one] - values[first, other]
    lead_second = values[second, other] - values[second, one]
    share = np.clip(lead_first / np.maximum(lead_first + lead_second, 1e-300), _CLEAR, 1 - _CLEAR)[:, None]
    return nodes[first] * (1 - share) + nodes[second] * share


def _turn(contour: Contour) -> Contour:
    """Turn segments so that the smaller label is on the left."""
    turn = contour.left > contour.right
    segments = contour.segments.copy()
    segments[turn] = segments[turn][:, ::-1]
    return Contour(segments, np.minimum(contour.left, contour.right), np.maximum(contour.left, contour.right))
