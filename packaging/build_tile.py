"""Builds the tile: ranked blue-noise positions on a torus, from which every dot is taken.

Points are inserted one after another; the order is the rank. A new point keeps at least
a core times the hexagonal spacing of the points so far, and among the places that do, the
one of least Gaussian energy is taken, which fills gaps evenly. So each prefix of the tile
is an even, irregular set: void-and-cluster insertion (Ulichney 1993) with a hard core
(McCool and Fiume 1992). One seed gives one tile, in under two minutes:

    python packaging/build_tile.py
    python packaging/build_tile.py --diffuse

The diffuse tile has a smaller core and an energy that reaches further: neighbours lie as it
happens, while larger parts still hold as many points as they should.
"""

import argparse
import json
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Evenness:
    """How points keep apart.

    `core` is the smallest neighbour distance over hexagonal spacing (nested sets end at about
    0.73), `softness` the width of the Gaussian energy over hexagonal spacing, `neighbours` how
    many count for it, `candidates` the free places tried for each point that is inserted.
    """

    core: float
    softness: float
    neighbours: int
    candidates: int


EVEN = Evenness(core=0.70, softness=0.8, neighbours=20, candidates=16)
"""The 21st neighbour adds under 0.3 % to the energy."""
DIFFUSE = Evenness(core=0.46, softness=1.6, neighbours=60, candidates=8)
"""Neighbour distances vary twice as much; a count over 20 cm2 at 60 per cm2 by 0.4 %."""

QUANTA = 65536
"""Positions are whole steps of period / 65536, chosen before they are tested."""
BATCH = 32
"""One batch adds a 32nd of the points that are there; its points lie far apart."""
APART = 1.6
"""Distance over hexagonal spacing within which a batch inserts only one point."""
CELL_MM = 5.0
PER_MM2 = 2.56
"""Points of a whole tile per mm2."""
SLACK = 0.01
"""A prefix may be tighter than its core by that much: where no place was free."""
RECORD = np.dtype([("x", "<u2"), ("y", "<u2"), ("rank", "<u4")])


def hex_spacing(count: int) -> float:
    """Neighbour distance of `count` points in a hexagonal lattice on the torus, in quanta."""
    return QUANTA * math.sqrt(2 / (math.sqrt(3) * count))


def torus_tree(points: Floats, *, balanced: bool = True) -> "cKDTree[Floats, Floats]":
    """Finds neighbours across the edges of the torus, coordinates in quanta."""
    return cKDTree(points, balanced_tree=balanced, boxsize=np.full(2, float(QUANTA)))


@dataclass
class Gaps:
    """Distance from the centre of each square of a grid to the nearest point, in quanta."""

    size: int
    distance: NDArray[np.float32]

    @property
    def step(self) -> float:
        return QUANTA / self.size

    def add(self, new: Floats, reach: float) -> None:
        """Take `new` points (n, 2) into account, up to `reach` quanta around each."""
        margin = math.ceil(reach / self.step) + 1
        offsets = np.arange(-margin, margin + 1)
        for part in np.array_split(new, math.ceil(len(new) / 2000)):
            column = np.floor(part[:, :1] / self.step).astype(np.int64) + offsets
            row = np.floor(part[:, 1:] / self.step).astype(np.int64) + offsets
            dx = (column + 0.5) * self.step - part[:, :1]
            dy = (row + 0.5) * self.step - part[:, 1:]
            distance = np.hypot(dy[:, :, None], dx[:, None, :]).astype(np.float32)
            cell = (row % self.size)[:, :, None] * self.size + (column % self.size)[:, None, :]
            np.minimum.at(self.distance, cell.ravel(), distance.ravel())


def measure_gaps(points: Floats, until: int, core: float) -> Gaps:
    """Gaps fine enough (a quarter of the hard core) until there are `until` points."""
    size = 1 << math.ceil(math.log2(4 * QUANTA / (core * hex_spacing(until))))
    centre = (np.arange(size) + 0.5) * (QUANTA / size)
    grid = np.stack(np.meshgrid(centre, centre), axis=-1).reshape(-1, 2)
    distance, _ = torus_tree(points).query(grid)
    return Gaps(size, np.asarray(distance, np.float32))


def free_places(
    tree: "cKDTree[Floats, Floats]",
    gaps: Gaps,
    radius: float,
    wanted: int,
    rng: np.random.Generator,
) -> Floats:
    """About `wanted` random places at least `radius` from all points; the widest gap if none."""
    squares = np.flatnonzero(gaps.distance >= radius - gaps.step * math.sqrt(0.5))
    found: list[Floats] = []
    missing = wanted
    for _ in range(6):
        if missing <= 0 or squares.size == 0:
            break
        square = squares[rng.integers(0, squares.size, 3 * wanted)]
        corner = np.stack([square % gaps.size, square // gaps.size], axis=1) * gaps.step
        places = np.floor(corner + rng.random(corner.shape) * gaps.step)
        distance, _ = tree.query(places, distance_upper_bound=2 * radius)
        found.append(places[distance >= radius])
        missing -= len(found[-1])
    if missing == wanted:
        row, column = divmod(int(gaps.distance.argmax()), gaps.size)
        return np.floor(np.array([[column + 0.5, row + 0.5]]) * gaps.step)
    return np.concatenate(found)[:wanted]


def best_apart(
    tree: "cKDTree[Floats, Floats]",
    places: Floats,
    spacing: float,
    wanted: int,
    evenness: Evenness,
) -> Floats:
    """Up to `wanted` places of least energy, none within APART spacings of another."""
    distance, _ = tree.query(places, k=np.arange(1, min(evenness.neighbours, tree.n) + 1))
    near = np.asarray(distance) / (evenness.softness * spacing)
    places = places[np.argsort(np.exp(-(near**2)).sum(axis=1), kind="stable")]
    among = torus_tree(places)
    blocked = np.zeros(len(places), dtype=bool)
    chosen: list[int] = []
    for i in range(len(places)):
        if blocked[i]:
            continue
        chosen.append(i)
        if len(chosen) == wanted:
            break
        blocked[among.query_ball_point(places[i], APART * spacing)] = True
    return places[chosen]


def build(count: int, seed: int, evenness: Evenness = EVEN) -> Floats:
    """`count` positions in quanta, shape (count, 2), in order of rank."""
    rng = np.random.default_rng(seed)
    points = np.zeros((count, 2))
    points[0] = rng.integers(0, QUANTA, 2)
    done, until, started = 1, 0, time.monotonic()
    gaps = Gaps(1, np.zeros(1, dtype=np.float32))
    while done < count:
        if done >= until:
            until = min(count, max(64, 2 * done))
            gaps = measure_gaps(points[:done], until, evenness.core)
        spacing = hex_spacing(done + 1)
        batch = min(max(1, done // BATCH), count - done)
        tree = torus_tree(points[:done], balanced=False)
        radius, tried = evenness.core * spacing, evenness.candidates * batch
        places = free_places(tree, gaps, radius, tried, rng)
        new = best_apart(tree, places, spacing, batch, evenness)
        gaps.add(new, 1.3 * spacing)
        points[done : done + len(new)] = new
        done += len(new)
        seconds = time.monotonic() - started
        print(f"\r{done:>7} of {count} points, {seconds:.0f} s", end="", flush=True)
    print()
    return points


def tightness(points: Floats) -> float:
    """Smallest neighbour distance on the torus over hexagonal spacing."""
    distance, _ = torus_tree(points).query(points, k=np.array([2]))
    return float(np.min(distance)) / hex_spacing(len(points))


def prefixes(count: int) -> list[int]:
    """Sizes to verify: each one up to 1024, then steps of 2 % up to `count`."""
    sizes = [*range(2, 1024), *np.geomspace(1024, max(1024, count), 300).astype(int).tolist()]
    return sorted({size for size in sizes if size <= count} | {count})


def write(points: Floats, period_mm: float, name: str, folder: Path) -> None:
    """Write NAME.npy (records sorted by cell of 5 mm, then rank) and NAME.json (what it is)."""
    records = np.empty(len(points), dtype=RECORD)
    records["x"], records["y"] = points.T
    records["rank"] = np.arange(len(points))
    cell = np.floor(points / (QUANTA * CELL_MM / period_mm)).astype(np.int64)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / f"{name}.npy", records[np.lexsort((cell[:, 0], cell[:, 1]))])
    about = {"id": name, "count": len(points), "period_mm": period_mm, "cell_mm": CELL_MM}
    (folder / f"{name}.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Build, verify and write; exit code 1 if a prefix is too tight."""
    parser = argparse.ArgumentParser(description="Build the tile of ranked dot positions.")
    parser.add_argument("--diffuse", action="store_true", help="the less even tile")
    parser.add_argument("--count", type=int)
    parser.add_argument("--period", type=float, help="side of the torus in mm")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--name")
    parser.add_argument("--out", type=Path, default=Path("resources/tile"), help="folder")
    options = parser.parse_args(arguments)
    evenness = DIFFUSE if options.diffuse else EVEN
    period = options.period or (160.0 if options.diffuse else 320.0)
    count = options.count or round(PER_MM2 * period**2)
    points = build(count, options.seed, evenness)
    worst = min((tightness(points[:n]), n) for n in prefixes(count))
    print(f"tightest prefix: {worst[0]:.4f} of hexagonal spacing at {worst[1]} points")
    if worst[0] < evenness.core - SLACK:
        print(
            f"Not written: a prefix is tighter than {evenness.core - SLACK:.2f}. Try another seed.",
            file=sys.stderr,
        )
        return 1
    name = options.name or ("hs-tile-1-diffuse" if options.diffuse else "hs-tile-1")
    write(points, period, name, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
