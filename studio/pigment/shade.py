"""The share of its density that a zone asks for from place to place: a gradient, and paint."""

from dataclasses import dataclass, field
from itertools import count

import numpy as np

from studio.model.arrays import Float32Array, FloatArray
from studio.model.strokes import DensityStroke
from studio.model.zone import Gradient, Zone
from studio.pigment.ramp import smoothstep
from studio.pigment.raster import LEAST_SCALE, AreaScale, Window, around, centres, cut, overlap

MOST = 2.0
"""Paint adds up to twice the zone's density, never more."""
SLACK = 1.25
"""The scale may grow by that much within a brush."""


_numbers = count(1)


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """How far a stroke covers pixels, 0 to 1, (h, w); `fresh` are those that it covered last."""

    stroke: DensityStroke
    window: Window
    value: Float32Array
    fresh: Window


@dataclass(frozen=True, slots=True, eq=False)
class Shade:
    """Shares of a zone's density at the pixels of a window, (h, w).

    `fresh` holds the pixels that differ from `before`, the number of another shade.
    """

    gradient: Gradient | None
    window: Window
    covers: tuple[Cover, ...]
    value: Float32Array
    before: int
    fresh: Window
    number: int = field(default_factory=lambda: next(_numbers))

    def changed_since(self, other: "Shade") -> Window:
        """The pixels in which this one may differ from another."""
        return self.fresh if self.before == other.number else self.window


def build_shade(
    zone: Zone,
    window: Window,
    step: float,
    area_scale: AreaScale | None,
    last: Shade | None = None,
) -> Shade | None:
    """The shades of a zone at the pixels of its window; None where it is 1 all over.

    Each stroke adds its amount where it covers in full, and the sum so far is kept within
    0 and `MOST`. With the shade of a moment ago as `last`, strokes that are the same objects
    are not painted again, and of one that grew only what is new.
    """
    if zone.gradient is None and not zone.strokes:
        return None
    covers = _covers(zone.strokes, step, area_scale, last)
    if last is None or last.window != window or last.gradient != zone.gradient:
        value = np.empty((window[3] - window[1], window[2] - window[0]), dtype=np.float32)
        before, fresh = 0, window
    else:
        if len(covers) == len(last.covers) and all(
            a is b for a, b in zip(covers, last.covers, strict=True)
        ):
            return last
        value, before = last.value.copy(), last.number
        fresh = overlap(_differing(covers, last.covers), window) or (*window[:2], *window[:2])
    shade = Shade(zone.gradient, window, covers, value, before, fresh)
    _fill(shade, step)
    return shade


def shares(gradient: Gradient, points: tuple[FloatArray, FloatArray]) -> FloatArray:
    """Shares at points (x and y, of shapes that broadcast): linear between, even beyond."""
    (x0, y0), (x1, y1) = gradient.start, gradient.end
    size = (x1 - x0) ** 2 + (y1 - y0) ** 2
    if size == 0:
        both = np.broadcast_arrays(*points)
        return np.full(both[0].shape, gradient.at_start)
    along = ((points[0] - x0) * (x1 - x0) + (points[1] - y0) * (y1 - y0)) / size
    share: FloatArray = gradient.at_start + np.clip(along, 0.0, 1.0) * (
        gradient.at_end - gradient.at_start
    )
    return share


def _fill(shade: Shade, step: float) -> None:
    """Work out the shade's values in its fresh pixels."""
    if shade.fresh[0] >= shade.fresh[2]:
        return
    part = cut(shade.value, shade.window, shade.fresh)
    if shade.gradient is None:
        part[...] = 1.0
    else:
        x, y = centres(shade.fresh, step)
        part[...] = shares(shade.gradient, (x.astype(np.float64), y.astype(np.float64)[:, None]))
    for cover in shade.covers:
        both = overlap(cover.window, shade.fresh)
        if both is not None:
            here = cut(part, shade.fresh, both)
            here += np.float32(cover.stroke.amount) * cut(cover.value, cover.window, both)
            np.clip(here, 0.0, MOST, out=here)


def _covers(
    strokes: tuple[DensityStroke, ...],
    step: float,
    area_scale: AreaScale | None,
    last: Shade | None,
) -> tuple[Cover, ...]:
    old = last.covers if last else ()
    known = {id(cover.stroke): cover for cover in old}
    found = []
    for number, stroke in enumerate(strokes):
        cover = known.get(id(stroke))
        if cover is None:
            shorter = old[number] if number < len(old) else None
            if shorter is not None and not _extends(stroke, shorter.stroke):
                shorter = None
            cover = _covered(stroke, step, area_scale, shorter)
        found.append(cover)
    return tuple(found)


def _extends(stroke: DensityStroke, shorter: DensityStroke) -> bool:
    """Whether a stroke is another one with points added."""
    n = len(shorter.path)
    alike = (stroke.radius, stroke.softness, stroke.amount, bool(stroke.pressures)) == (
        shorter.radius,
        shorter.softness,
        shorter.amount,
        bool(shorter.pressures),
    )
    return (
        alike
        and 0 < n <= len(stroke.path)
        and stroke.path[:n] == shorter.path
        and stroke.pressures[:n] == shorter.pressures
    )


def _differing(covers: tuple[Cover, ...], old: tuple[Cover, ...]) -> Window:
    """Pixels in which two rows of covers may give another sum."""
    windows: list[Window] = []
    for number in range(max(len(covers), len(old))):
        one = covers[number] if number < len(covers) else None
        other = old[number] if number < len(old) else None
        if one is other:
            continue
        if one and other and _extends(one.stroke, other.stroke):
            windows.append(one.fresh)
        else:
            windows += [cover.window for cover in (one, other) if cover]
    return around(windows)


def _covered(
    stroke: DensityStroke, step: float, area_scale: AreaScale | None, shorter: Cover | None
) -> Cover:
    """A stroke on pixels; of one that grew from a `shorter` one only what is new is painted."""
    begun = len(shorter.stroke.path) if shorter else 0
    path = np.array(stroke.path[max(begun - 1, 0) :], dtype=np.float64).reshape(-1, 2)
    pressure = np.array(stroke.pressures[max(begun - 1, 0) :] or np.ones(len(path)))
    if len(path) == 0 or (shorter and begun == len(stroke.path)):
        empty = shorter or Cover(stroke, (0, 0, 0, 0), np.zeros((0, 0), np.float32), (0, 0, 0, 0))
        return Cover(stroke, empty.window, empty.value, (0, 0, 0, 0))
    least = 1.0 if area_scale is None else max(float(area_scale(path).min()), LEAST_SCALE)
    reach = stroke.radius / np.sqrt(least) * (1.0 if area_scale is None else SLACK)
    low, high = path.min(axis=0) - reach, path.max(axis=0) + reach
    x0, y0 = np.floor(low / step).astype(int).tolist()
    x1, y1 = (np.ceil(high / step).astype(int) + 1).tolist()
    fresh: Window = (x0, y0, x1, y1)
    window = around([shorter.window, fresh]) if shorter else fresh
    value = np.zeros((window[3] - window[1], window[2] - window[0]), dtype=np.float32)
    if shorter:
        cut(value, window, shorter.window)[...] = shorter.value
    _paint(cut(value, window, fresh), fresh, (path, pressure, reach), stroke, (step, area_scale))
    return Cover(stroke, window, value, fresh)


def _paint(
    part: Float32Array,
    window: Window,
    line: tuple[FloatArray, FloatArray, float],
    stroke: DensityStroke,
    chart: tuple[float, AreaScale | None],
) -> None:
    """Raise `part` to what the brush covers along a line of points, pressures, and its reach."""
    (path, pressure, reach), (step, area_scale) = line, chart
    columns, rows = centres(window, step)
    root = None
    if area_scale is not None:
        x, y = np.meshgrid(columns, rows)
        points = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float64)
        root = np.sqrt(area_scale(points)).astype(np.float32).reshape(part.shape)
    if len(path) == 1:
        path, pressure = np.repeat(path, 2, axis=0), np.repeat(pressure, 2)
    for start, end, first, last in zip(path, path[1:], pressure, pressure[1:], strict=False):
        (left, top), (right, bottom) = np.minimum(start, end), np.maximum(start, end)
        x0, x1 = np.searchsorted(columns, (left - reach, right + reach))
        y0, y1 = np.searchsorted(rows, (top - reach, bottom + reach))
        dx, dy = columns[x0:x1] - start[0], rows[y0:y1, None] - start[1]
        wx, wy = end - start
        along = np.clip((dx * wx + dy * wy) / max(wx * wx + wy * wy, 1e-18), 0.0, 1.0)
        distance = np.hypot(dx - along * wx, dy - along * wy) / stroke.radius
        if root is not None:
            distance *= root[y0:y1, x0:x1]
        dab = _profile(distance.astype(np.float32), stroke.softness)
        dab *= (first + along * (last - first)).astype(np.float32)
        here = part[y0:y1, x0:x1]
        np.maximum(here, dab, out=here)


def _profile(distance: Float32Array, softness: float) -> Float32Array:
    """Full from the middle up to 1 - softness of the radius, then smoothly down to nothing."""
    if softness <= 0:
        return (distance <= 1.0).astype(np.float32)
    return smoothstep((np.float32(1.0) - distance) / np.float32(softness))
