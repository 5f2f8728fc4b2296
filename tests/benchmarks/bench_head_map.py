"""Speed of the head's skin map: points either way, a zone's area, a tape, and the tables.

`run()` gives {name: {"median_ms": x, ...}}. Figures hold for one thread on a quiet machine.
"""

import math
import statistics
import time
from collections.abc import Callable

import numpy as np
import shapely
from shapely import Polygon

from studio.model.arrays import FloatArray
from studio.render.pages.tapemap import TapeMap
from studio.skin.head.camera import Camera
from studio.skin.head.chart import to_direction
from studio.skin.head.geodesic import geodesic
from studio.skin.head.headmap import HeadMap
from studio.skin.head.prior import load_prior
from studio.skin.head.relief import Relief
from studio.skin.head.surface import Surface
from studio.skin.head.tapenet import tape_net

POINTS = 100_000
DISTANCE_MM, FOCAL_PX = 1200.0, 9900.0
"""The front photo at 12 megapixels: about 8 pixels a millimetre."""


def address_ms(skin: HeadMap) -> float:
    """What the status line asks at every move of the pointer."""
    laid = TapeMap(skin.relief, (0.0, 75.0))
    laid.address((0.0, 170.0))
    place = np.array([(60.0, 170.0)])

    def told() -> None:
        laid.address((60.0, 170.0))
        skin.incidence(place)

    return median_ms(told, 200)


def run() -> dict[str, dict[str, float]]:
    """Every figure of the head's skin map, on the mean head seen from in front and above."""
    surface = Surface(load_prior().mean)
    skin = seen(surface)
    chart = spread(skin)
    px = skin.to_photo(chart)
    zone = shapely.Point(0, 165).buffer(60, quad_segs=50)
    return {
        "map_100k_to_photo": {
            "median_ms": median_ms(lambda: skin.to_photo(chart), 25),
            "worst_mm": worst_mm(skin, chart),
        },
        "map_100k_to_skin": {
            "median_ms": median_ms(lambda: skin.to_skin(px), 25),
            "worst_mm": back_mm(skin, px),
        },
        "head_zone_area": {
            "median_ms": median_ms(lambda: skin.area(zone), 50),
            "corners": float(len(zone.exterior.coords)),
            "off_pct": area_off_pct(skin, zone),
        },
        "head_area_scale_100k": {"median_ms": median_ms(lambda: skin.area_scale(chart), 25)},
        "head_tape": {"median_ms": median_ms(lambda: geodesic(surface, (0, 170), (150, 120)), 25)},
        "head_tape_net": {
            "median_ms": median_ms(lambda: tape_net.__wrapped__(surface, (0.0, 75.0), 200.0), 5)
        },
        "head_pointer_address": {"median_ms": address_ms(skin)},
        "head_tables": {"median_ms": median_ms(lambda: tables(surface), 5)},
        "head_photo_tables": {
            "median_ms": median_ms(lambda: photo_tables(skin.relief, skin.camera), 5)
        },
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


def seen(surface: Surface) -> HeadMap:
    """The head from 35 degrees above the front."""
    up = math.radians(35)
    ahead = np.array([math.cos(up), 0.0, math.sin(up)])
    right = np.array([0.0, 1.0, 0.0])
    rotation = np.stack([right, np.cross(-ahead, right), -ahead])
    camera = Camera(rotation, -rotation @ ahead * DISTANCE_MM, FOCAL_PX, (1499.5, 1999.5))
    return HeadMap(relief=Relief(surface), errors=lambda c: np.full(len(c), 0.01), camera=camera)


def spread(skin: HeadMap) -> FloatArray:
    """Chart points all over the part that faces within 70 degrees."""
    rng = np.random.default_rng(1)
    chart = rng.uniform(-350, 350, (20 * POINTS, 2))
    chart = chart[skin.incidence(chart) < 70]
    if len(chart) < POINTS:
        raise ValueError(f"only {len(chart)} points face the camera")
    return chart[:POINTS]


def worst_mm(skin: HeadMap, chart: FloatArray) -> float:
    """Largest error of the tables in the photo, in mm of what one pixel shows face on."""
    some = chart[::50]
    off = np.hypot(*(skin.to_photo(some) - skin.exact_to_photo(some)).T)
    return float(off.max()) * DISTANCE_MM / FOCAL_PX


def back_mm(skin: HeadMap, px: FloatArray) -> float:
    """Largest error of the tables on the skin, in mm."""
    some = px[::50]
    places = [
        skin.relief.surface.points(to_direction(chart))
        for chart in (skin.to_skin(some), skin.exact_to_skin(some))
    ]
    return float(np.linalg.norm(places[0] - places[1], axis=1).max())


def area_off_pct(skin: HeadMap, zone: Polygon) -> float:
    """Difference from the sum over triangles of a fine mesh on the surface, in percent."""
    left, low, right, high = zone.bounds
    axis = [np.linspace(a, b, 801) for a, b in ((left, right), (low, high))]
    chart = np.stack(np.meshgrid(*axis), axis=-1)
    mesh = skin.relief.surface.points(to_direction(chart.reshape(-1, 2))).reshape(801, 801, 3)
    across, down = np.diff(mesh, axis=1), np.diff(mesh, axis=0)
    first = np.cross(across[:-1], down[:, :-1])
    second = np.cross(across[1:], down[:, 1:])
    cells = (np.linalg.norm(first, axis=2) + np.linalg.norm(second, axis=2)) / 2
    middle = (chart[:-1, :-1] + chart[1:, 1:]) / 2
    inside = shapely.contains_xy(zone, middle.reshape(-1, 2)).reshape(800, 800)
    return abs(skin.area(zone).value / float(cells[inside].sum()) - 1) * 100


def tables(surface: Surface) -> None:
    """What is worked out once for a fit."""
    relief = Relief(surface)
    relief.place, relief.normal, relief.density  # noqa: B018


def photo_tables(relief: Relief, camera: Camera) -> None:
    """What is worked out once for each photo of a fit."""
    skin = HeadMap(relief=relief, errors=lambda c: np.zeros(len(c)), camera=camera)
    skin.to_skin(np.zeros((1, 2)))
    skin.px_per_unit(np.zeros((1, 2)))
