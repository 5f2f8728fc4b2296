"""Speed of the dots: placing, editing, drawing, and a peer on the same field.

`run()` gives {name: {"median_ms": x, ...}}. Figures hold for one thread on a quiet machine.
"""

import math
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from scipy.stats.qmc import PoissonDisk

from studio.model.arrays import Float32Array, FloatArray
from studio.model.case import Placement
from studio.model.chart import Ring
from studio.model.strokes import DensityStroke
from studio.model.zone import Blend, Gradient, Zone
from studio.pigment.composite import multiply_layer
from studio.pigment.dots import Dots, place
from studio.pigment.field import Field, density_field
from studio.pigment.optics import dot_looks, load_optics
from studio.pigment.splat import splat
from studio.pigment.tile import Tile, load_tile

PLACEMENT = Placement()
VIEW = (1000, 1600)


def run() -> dict[str, dict[str, float]]:
    """Every figure of the dots."""
    tile = load_tile(PLACEMENT.tile)
    head = whole_head()
    field = density_field(head)
    dots = place(field, tile, PLACEMENT)
    return {
        "load_tile": {"median_ms": median_ms(lambda: load_tile.__wrapped__(PLACEMENT.tile), 15)},
        "place_120k_dots": {
            "median_ms": median_ms(lambda: place(field, tile, PLACEMENT), 300),
            "dots": float(len(dots)),
        },
        "field_edit_40cm2": edit_of_40_cm2(head, field, tile),
        **ten_zones_placed(tile),
        "paint_event": painting(head, field, tile),
        "draw_120k_dots": {"median_ms": median_ms(lambda: drawn(dots, head), 15)},
        "scipy_poisson_vs_tile": peer(tile),
    }


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Median time of `work` in ms, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def ellipse(x: float, y: float, a: float, b: float, corners: int = 120) -> Ring:
    """An outline with half axes a and b in mm."""
    turns = [2 * math.pi * i / corners for i in range(corners)]
    return tuple((x + a * math.cos(t), y + b * math.sin(t)) for t in turns)


def zone(outline: Ring, density: float, feather: float, blend: Blend = Blend.ADD) -> Zone:
    """A zone of which only what matters here is set."""
    return Zone(
        id="z",
        letter="A",
        name="",
        chart="c",
        outline=outline,
        density=density,
        feather=feather,
        blend=blend,
    )


def whole_head() -> list[Zone]:
    """Five zones on 560 cm2, about 120,000 dots; zone 3 has 40 cm2."""
    return [
        zone(ellipse(0, 0, 150, 120), 226, 6),
        zone(ellipse(0, -85, 90, 25), 190, 10, Blend.REPLACE),
        zone(ellipse(70, 40, 30, 25), 210, 8, Blend.REPLACE),
        zone(ellipse(-45, 30, 36, 35.4), 12, 6),
        zone(ellipse(20, 10, 5, 4, 40), 0, 0, Blend.CLEAR),
    ]


def edit_of_40_cm2(head: list[Zone], field: Field, tile: Tile) -> dict[str, float]:
    """One vertex of the 40 cm2 zone moves to and fro: new field, new dots."""

    def moves() -> Iterator[list[Zone]]:
        outline = head[3].outline
        while True:
            for way in (0.3, 0.9, 1.7, 0.6):
                first = (outline[0][0] + way, outline[0][1] - way)
                edited = replace(head[3], outline=(first, *outline[1:]))
                yield [*head[:3], edited, *head[4:]]

    pending, last = moves(), field

    def edit() -> None:
        nonlocal last
        last = density_field(next(pending), last=last)
        place(last, tile, PLACEMENT)

    return {"median_ms": median_ms(edit, 100)}


def ten_zones() -> list[Zone]:
    """The whole head with five more zones: a band that fades in front, gradients, paint."""
    front = [(x, 0.006 * x * x - 100 + math.sin(x)) for x in range(-90, 91, 2)]
    back = [(x, y + 20) for x, y in front[::-1]]
    band = replace(
        zone((*front, *back), 120, 0, Blend.REPLACE),
        feathers=(*[6.0] * len(front), *[0.0] * len(back)),
    )
    along = Gradient(start=(0.0, -40.0), end=(0.0, 60.0), at_end=0.5)
    brushed = DensityStroke(path=((-70.0, 10.0), (-50.0, 40.0), (-30.0, 20.0)), radius=9.0)
    return [
        *whole_head()[:4],
        band,
        replace(zone(ellipse(0, 60, 40, 30), 60, 12), gradient=along),
        replace(zone(ellipse(-60, 20, 30, 40), 40, 8), strokes=(brushed,)),
        zone(ellipse(90, -20, 25, 30), 30, 10),
        zone(ellipse(-95, -20, 25, 30), 30, 10),
        replace(zone(ellipse(20, 10, 5, 4, 40), 0, 0, Blend.CLEAR), margin=5.0),
    ]


def ten_zones_placed(tile: Tile) -> dict[str, dict[str, float]]:
    """Ten zones: all dots placed, and one vertex of the 40 cm2 zone moved."""
    zones = ten_zones()
    field = density_field(zones)
    return {
        "ten_zones_place": {"median_ms": median_ms(lambda: place(field, tile, PLACEMENT), 300)},
        "ten_zones_field_edit": edit_of_40_cm2(zones, field, tile),
    }


def painting(head: list[Zone], field: Field, tile: Tile) -> dict[str, float]:
    """One more point of a stroke painted into the whole head: new field, new dots."""

    def longer() -> Iterator[list[Zone]]:
        stroke = DensityStroke(path=((-100.0, 0.0),), radius=8.0)
        while True:
            x, _ = stroke.path[-1]
            point = (x + 0.8, 12 * math.sin((x + 0.8) / 11))
            stroke = replace(stroke, path=(*stroke.path, point))
            yield [replace(head[0], strokes=(stroke,)), *head[1:]]

    events, last = longer(), field

    def event() -> None:
        nonlocal last
        last = density_field(next(events), last=last)
        place(last, tile, PLACEMENT)

    return {"median_ms": median_ms(event, 200)}


def drawn(dots: Dots, zones: list[Zone]) -> None:
    """Looks, optical density and multiply layer of all dots, filling the view."""
    scale = np.float32(VIEW[0] / 245)
    width, peak = dot_looks(dots, zones, load_optics())
    xy = dots.xy * scale + np.array([VIEW[1] / 2, VIEW[0] / 2], np.float32)
    multiply_layer(splat(xy, width * scale, peak, VIEW), load_optics().channels)


def peer(tile: Tile) -> dict[str, float]:
    """scipy's PoissonDisk at the highest density, thinned, against the tile, on one field.

    Both start from the same raster of the density. The field is 60 x 60 mm with a feather of
    25 mm, 250 dots per cm2 at most, as a whole head would take the peer minutes.
    """
    side, most = 60.0, 250.0
    corners = ((0.0, 0.0), (side, 0.0), (side, side), (0.0, side))
    field = density_field([zone(corners, most, 25)])
    start = time.perf_counter()
    other = poisson_thinned(field, side, most / 100)
    scipy_ms = (time.perf_counter() - start) * 1000
    tile_ms = median_ms(lambda: place(field, tile, PLACEMENT), 200)
    return {
        "ratio": scipy_ms / tile_ms,
        "scipy_ms": scipy_ms,
        "tile_ms": tile_ms,
        "scipy_dots": float(len(other)),
        "tile_dots": float(len(place(field, tile, PLACEMENT))),
    }


def poisson_thinned(field: Field, side: float, most: float) -> FloatArray:
    """Poisson-disk points for `most` per mm2, each kept with the chance its place asks for."""
    rng = np.random.default_rng(1)
    # a saturated set of radius r holds a little over 0.66 / r^2 points per area
    radius = math.sqrt(0.66 / most)
    engine = PoissonDisk(2, radius=radius, rng=rng, l_bounds=[0.0, 0.0], u_bounds=[side, side])
    points = np.asarray(engine.fill_space(), np.float64)
    pixel = np.floor(points / field.step).astype(int) - field.grid[:2]
    density: Float32Array = field.density[pixel[:, 1], pixel[:, 0]]
    reached = len(points) / side**2
    return points[rng.random(len(points)) * reached < density]
