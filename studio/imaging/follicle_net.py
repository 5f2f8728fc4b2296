"""A small convolutional net that tells where in a picture of skin follicles are.

Its weights (resources/follicles.npz) were fitted to drawn patches with known roots by
packaging/stubble/train.py; no photograph went in. It looks at 4 mm round each place.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from studio.model.arrays import BoolArray, Float32Array
from studio.model.resources import resource

PX_PER_MM = 8.0
"""The scale at which the net looks at skin."""

CELL = 2
"""Pixels to a side of one cell of its answer: 0.25 mm."""

DILATIONS = (1, 1, 2, 3, 1)
"""How far apart the nine cells lie that each layer looks at."""

MARGIN = sum(DILATIONS)
"""Cells on every side of the answer that the net must see besides."""

TILE = 96
"""Side in cells of the parts in which a large picture is looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """Weights (9 c, k) and biases (k,) of the layers; the last two look at one cell each."""

    weights: tuple[Float32Array, ...]
    biases: tuple[Float32Array, ...]


@cache
def load_net() -> Net:
    """The shipped net. Raises Refusal if the file is missing."""
    return read_net(resource("follicles.npz"))


def read_net(path: Path) -> Net:
    """A net from a file of weights."""
    with np.load(path) as table:
        layers = range(len(DILATIONS) + 2)
        weights = tuple(table[f"weight{i}"].astype(np.float32) for i in layers)
        biases = tuple(table[f"bias{i}"].astype(np.float32) for i in layers)
    return Net(weights, biases)


def chances(net: Net, signal: Float32Array, wanted: BoolArray, every: int = 1) -> Float32Array:
    """The chances of each cell, (h // 2, w // 2, 2), from a signal (h, w) at PX_PER_MM.

    That the middle of a follicle's hairs lies in it, and that its root does.

    Parts of the picture without any of the `wanted` cells are left 0, and all but each
    `every`th of the others. Places closer to the border than 2 mm are seen with the signal
    mirrored beyond it.
    """
    cells = to_cells(signal)
    height, width = cells.shape[:2]
    around = ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0))
    framed = np.pad(cells, around, mode="symmetric")
    answer = np.zeros((height, width, 2), np.float32)
    corners = [(y, x) for y in range(0, height, TILE) for x in range(0, width, TILE)]
    asked = [(y, x) for y, x in corners if wanted[y : y + TILE, x : x + TILE].any()]
    for top, left in asked[::every]:
        part = framed[top : top + TILE + 2 * MARGIN, left : left + TILE + 2 * MARGIN]
        found = forward(net, part)
        answer[top : top + found.shape[0], left : left + found.shape[1]] = found
    return answer


def to_cells(signal: Float32Array) -> Float32Array:
    """A signal (h, w) as cells (h // 2, w // 2, 4) of two by two pixels."""
    height, width = (side // CELL for side in signal.shape)
    blocks = signal[: height * CELL, : width * CELL].reshape(height, CELL, width, CELL)
    return np.ascontiguousarray(blocks.transpose(0, 2, 1, 3).reshape(height, width, CELL**2))


def forward(net: Net, cells: Float32Array) -> Float32Array:
    """Chances (h - 2 MARGIN, w - 2 MARGIN, 2) for cells (h, w, 4)."""
    at = cells
    for layer, dilation in enumerate(DILATIONS):
        near = neighbours(at, dilation)
        at = np.maximum(near @ net.weights[layer] + net.biases[layer], 0)
    at = np.maximum(at @ net.weights[-2] + net.biases[-2], 0)
    score = at @ net.weights[-1] + net.biases[-1]
    return np.asarray(1 / (1 + np.exp(-score)), np.float32)


def neighbours(at: Float32Array, dilation: int) -> Float32Array:
    """Each place's nine neighbours side by side: (..., h, w, c) to (..., h - 2 d, w - 2 d, 9 c)."""
    height, width, depth = at.shape[-3:]
    h, w = height - 2 * dilation, width - 2 * dilation
    near = np.empty((*at.shape[:-3], h, w, 9 * depth), np.float32)
    for k in range(9):
        y, x = (k // 3) * dilation, (k % 3) * dilation
        near[..., k * depth : (k + 1) * depth] = at[..., y : y + h, x : x + w, :]
    return near
