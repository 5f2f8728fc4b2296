"""A square grid of directions round the chart's pole, read between its nodes.

Nodes are spaced evenly by angle from the pole, so that they are equally dense on the whole
head, which the chart is not.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import BoolArray, FloatArray, IntArray
from studio.skin.head.chart import REACH, UNIT_RADIUS, from_frame

STEP = 1 / 64
"""Radians between nodes: about 1.4 mm of skin. A straight line between them leaves a ball of
a head by 0.003 mm."""

HALF = math.ceil(REACH / STEP) + 2
SIZE = 2 * HALF + 1

Value = TypeVar("Value", np.float64, np.complex128)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Where points (n,) lie on the grid: `node` before them, shares of a step beyond it.

    Points off the grid are in its middle and not `on` it.
    """

    node: IntArray
    across: FloatArray
    down: FloatArray
    on: BoolArray


def from_chart(chart: FloatArray) -> Cells:
    """The cells of chart points (n, 2)."""
    x, y = np.asarray(chart, dtype=np.float64).T
    tangent = np.sqrt(x * x + y * y)
    tangent /= 2 * UNIT_RADIUS
    angle = np.arctan(tangent)
    # both vanish at the pole, where a unit of the chart is 1 / UNIT_RADIUS
    np.maximum(tangent, 1e-9, out=tangent)
    np.maximum(angle, 1e-9, out=angle)
    on = angle <= REACH / 2
    angle /= tangent
    angle /= UNIT_RADIUS * STEP
    with np.errstate(invalid="ignore"):  # what lies at infinity is not on the chart
        x, y = x * angle, y * angle
    return cells(np.where(on, x, 0.0), np.where(on, y, 0.0), on)


def cells(x: FloatArray, y: FloatArray, on: BoolArray | None = None) -> Cells:
    """The cells of points in steps of the grid from its middle; all must lie on it."""
    across, down = x + HALF, y + HALF
    column, row = across.astype(np.int64), down.astype(np.int64)
    across -= column
    down -= row
    row *= SIZE
    row += column
    return Cells(row, across, down, np.ones(len(x), np.bool_) if on is None else on)


def chart_of(x: FloatArray, y: FloatArray) -> FloatArray:
    """Chart points (n, 2) of places in steps of the grid from its middle."""
    angle = np.maximum(np.sqrt(x * x + y * y) * (STEP / 2), 1e-9)
    stretch = np.tan(angle)
    stretch /= angle
    stretch *= UNIT_RADIUS * STEP
    result = np.empty((len(x), 2))
    np.multiply(x, stretch, out=result[:, 0])
    np.multiply(y, stretch, out=result[:, 1])
    return result


def corners(table: NDArray[Value], at: Cells) -> tuple[NDArray[Value], ...]:
    """Values of a flat table (SIZE * SIZE,) at the four nodes round each point."""
    return (
        table.take(at.node),
        table[1:].take(at.node),
        table[SIZE:].take(at.node),
        table[SIZE + 1 :].take(at.node),
    )


def read(table: NDArray[Value], at: Cells) -> NDArray[Value]:
    """A flat table (SIZE * SIZE,) read bilinearly."""
    first, right, below, last = corners(table, at)
    last -= below
    last *= at.across
    last += below
    right -= first
    right *= at.across
    right += first
    last -= right
    last *= at.down
    last += right
    return last


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The nodes within reach, m of them, whatever the head: `index` is their place in a table.

    `turn` (m, 2) is the unit vector from the pole to them on the grid; `u`, `outwards` and
    `around` (m, 3) are unit vectors of the head frame: the direction, the way from the pole,
    the way round it. `spread` (m,) is angle / sine of the angle: how much wider the grid is
    than the sphere round the pole.
    """

    index: IntArray
    turn: FloatArray
    u: FloatArray
    outwards: FloatArray
    around: FloatArray
    spread: FloatArray


@cache
def nodes() -> Nodes:
    """The nodes a cell within reach can touch."""
    axis = node_axis()
    xy = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    index = np.flatnonzero(np.hypot(*xy.T) <= REACH + 2 * STEP)
    xy = xy[index]
    angle = np.hypot(*xy.T)
    angle[angle == 0] = 1e-12
    turn = np.arctan2(xy[:, 1], xy[:, 0])
    outwards = polar_direction(angle + math.pi / 2, turn)
    around = polar_direction(np.full(len(xy), math.pi / 2), turn + math.pi / 2)
    spread = angle / np.sin(angle)
    unit = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return Nodes(index, unit, polar_direction(angle, turn), outwards, around, spread)


@cache
def node_axis() -> FloatArray:
    """Where the rows and columns of nodes lie, radians from the pole, (SIZE,)."""
    axis: FloatArray = np.arange(-HALF, HALF + 1, dtype=np.float64) * STEP
    return axis


def polar_direction(angle: FloatArray, turn: FloatArray) -> FloatArray:
    """Unit vectors (n, 3) of the head frame by angle from the pole and turn from chart x."""
    x, y = np.sin(angle) * np.cos(turn), np.sin(angle) * np.sin(turn)
    return from_frame(np.stack([x, y, np.cos(angle)], axis=1))
