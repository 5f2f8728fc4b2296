"""Fits the net that finds follicles to drawn patches with known roots.

    python packaging/stubble/train.py --minutes 15 --patches 6000

Plain gradient descent with Adam (Kingma and Ba 2015). The loss is the cross entropy of each
cell, and that of the count in the whole patch, so that sums of chances count without bias.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from stubble.simulator import any_conditions, render
from studio.imaging.follicle_net import (
    CELL,
    DILATIONS,
    MARGIN,
    PX_PER_MM,
    Net,
    neighbours,
    read_net,
    to_cells,
)
from studio.imaging.follicle_signal import darkness, resized, signal

if TYPE_CHECKING:
    from stubble.simulator import Patch
    from studio.model.arrays import Float32Array

WIDTH = 24
SIDE_MM = 16.0
SIDE = round(SIDE_MM * PX_PER_MM) // CELL
BATCH = 12
LONGEST = 200.0
"""Longer slopes are shortened: a hopeless patch must not throw the net off."""

WEIGHTS = Path(__file__).resolve().parents[2] / "resources" / "follicles.npz"
ROOTS = np.array([1.0, 0.4])
"""Weights of the two answers: middles are counted, roots only tell where the mark belongs."""

COUNTING = 0.25
"""Weight of the patch's count beside its cells."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The signal in half precision, and which cells (SIDE, SIDE, 2) hold a middle, a root."""

    signal: np.ndarray
    truth: np.ndarray


def sample_of(patch: Patch) -> Sample:
    """A patch as the net sees it."""
    factor = PX_PER_MM / patch.conditions.px_per_mm
    seen = signal(resized(darkness(patch.pixels), factor))
    truth = np.zeros((SIDE, SIDE, 2), np.uint8)
    for kind, points in enumerate((patch.middles, patch.roots)):
        at = np.floor((points + 0.5) * factor / CELL).astype(int)
        inside = ((at >= 0) & (at < SIDE)).all(axis=1)
        truth[at[inside, 1], at[inside, 0], kind] = 1
    return Sample(seen[: SIDE * CELL, : SIDE * CELL].astype(np.float16), truth)


def fresh_net(rng: np.random.Generator) -> Net:
    """Weights by chance (He 2015)."""
    sizes = [(9 * CELL**2, WIDTH)] + [(9 * WIDTH, WIDTH)] * (len(DILATIONS) - 1)
    sizes += [(WIDTH, WIDTH), (WIDTH, 2)]
    weights = [rng.normal(0, math.sqrt(2 / n), (n, k)).astype(np.float32) for n, k in sizes]
    biases = [np.zeros(k, np.float32) for _, k in sizes]
    biases[-1][:] = -3
    return Net(tuple(weights), tuple(biases))


def gradients(
    net: Net, cells: Float32Array, truth: Float32Array
) -> tuple[float, list[Float32Array], list[Float32Array]]:
    """Loss of a batch, and its slopes by weights and biases."""
    inputs, outputs, at = [], [], cells
    for layer, dilation in enumerate(DILATIONS):
        near = neighbours(at, dilation)
        at = np.maximum(near @ net.weights[layer] + net.biases[layer], 0)
        inputs.append(near)
        outputs.append(at)
    for layer in (-2, -1):
        inputs.append(at)
        at = at @ net.weights[layer] + net.biases[layer]
        at = np.maximum(at, 0) if layer == -2 else at
        outputs.append(at)
    chance = 1 / (1 + np.exp(-at))
    cell_loss = -np.log(np.where(truth > 0, chance, 1 - chance) + 1e-7)[..., 0].mean()
    real, counted = truth.sum(axis=(1, 2)), chance.sum(axis=(1, 2))
    off = COUNTING * 2 * (counted - real) / (real + 10)
    slope = (chance - truth + off[:, None, None] * chance * (1 - chance)) / len(cells)
    back = (slope * ROOTS).astype(np.float32)
    weights: list[Float32Array] = []
    biases: list[Float32Array] = []
    for layer in reversed(range(len(net.weights))):
        if layer < len(net.weights) - 1:
            back = back * (outputs[layer] > 0)
        near = inputs[layer]
        flat, under = back.reshape(-1, back.shape[-1]), near.reshape(-1, near.shape[-1])
        weights.insert(0, under.T @ flat)
        biases.insert(0, flat.sum(axis=0))
        if layer:
            back = back @ net.weights[layer].T
        if 0 < layer < len(DILATIONS):
            back = _gathered(back, DILATIONS[layer], WIDTH)
    return float(cell_loss), weights, biases


def _gathered(back: Float32Array, dilation: int, depth: int) -> Float32Array:
    h, w = back.shape[1:3]
    whole = np.zeros((len(back), h + 2 * dilation, w + 2 * dilation, depth), np.float32)
    for k in range(9):
        y, x = (k // 3) * dilation, (k % 3) * dilation
        whole[:, y : y + h, x : x + w] += back[..., k * depth : (k + 1) * depth]
    return whole


def fit(net: Net, samples: list[Sample], minutes: float, path: Path) -> Net:
    """Train for so many minutes; how far it has come is saved every now and then."""
    rng = np.random.default_rng(len(samples))
    values = [*net.weights, *net.biases]
    first = [np.zeros_like(v) for v in values]
    second = [np.zeros_like(v) for v in values]
    begun, step, seen = time.monotonic(), 0, 0.0
    while (share := (time.monotonic() - begun) / (60 * minutes)) < 1:
        rate = 3e-3 * min(1, step / 100) * 0.5 * (1 + math.cos(math.pi * share)) + 1e-5
        loss, *slopes = gradients(net, *_batch(samples, rng))
        step += 1
        seen = 0.98 * seen + 0.02 * loss
        size = math.sqrt(sum(float((g**2).sum()) for g in (*slopes[0], *slopes[1])))
        shorter = np.float32(min(1.0, LONGEST / size))
        for at, slope in enumerate([*slopes[0], *slopes[1]]):
            first[at] += 0.1 * (slope * shorter - first[at])
            second[at] += 0.01 * ((slope * shorter) ** 2 - second[at])
            ahead = first[at] / (1 - 0.9**step)
            values[at] -= rate * ahead / (np.sqrt(second[at] / (1 - 0.99**step)) + 1e-6)
        if step % 100 == 0:
            print(f"{step} steps, {share:.0%}: {seen / (1 - 0.98**step):.4f}", flush=True)
            save(net, path)
    save(net, path)
    return net


def _batch(samples: list[Sample], rng: np.random.Generator) -> tuple[Float32Array, Float32Array]:
    chosen = [samples[i] for i in rng.integers(0, len(samples), BATCH)]
    cells, truth = [], []
    for one in chosen:
        turns, flip = int(rng.integers(0, 4)), bool(rng.integers(0, 2))
        seen, roots = np.rot90(one.signal, turns), np.rot90(one.truth, turns)
        if flip:
            seen, roots = seen[:, ::-1], roots[:, ::-1]
        cells.append(to_cells(seen.astype(np.float32)))
        truth.append(roots[MARGIN:-MARGIN, MARGIN:-MARGIN])
    return np.stack(cells), np.stack(truth).astype(np.float32)


def save(net: Net, path: Path) -> None:
    """The weights in half precision."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as table:
        for name, layers in (("weight", net.weights), ("bias", net.biases)):
            for index, layer in enumerate(layers):
                with table.open(zipfile.ZipInfo(f"{name}{index}.npy"), "w") as file:
                    np.save(file, layer.astype(np.float16))


def main() -> None:
    """Draw the patches, then train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--patches", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    parser.add_argument("--on", type=Path, help="weights to go on from")
    wanted = parser.parse_args()
    rng = np.random.default_rng(wanted.seed)
    samples = [
        sample_of(render(any_conditions(rng), SIDE_MM + 0.3, rng, clear=True))
        for _ in range(wanted.patches)
    ]
    print(f"{len(samples)} patches drawn", flush=True)
    net = fresh_net(rng) if wanted.on is None else read_net(wanted.on)
    fit(net, samples, wanted.minutes, wanted.to)


if __name__ == "__main__":
    main()
