"""The dots of the chosen variant on one photo: kept from edit to edit, laid on the picture."""

import math
from dataclasses import dataclass

import numpy as np

from studio.geometry.twins import effective_zones
from studio.model.arrays import BoolArray, Float32Array, FloatArray, IntArray
from studio.model.case import Case, Placement
from studio.pigment.dots import Dots
from studio.pigment.hair import Hair
from studio.pigment.optics import dot_looks, load_optics
from studio.pigment.oval import splat_ovals
from studio.pigment.splat import splat
from studio.pigment.supply import Supply
from studio.planning.standing import hair_on
from studio.render.dirty_dots import changed_box
from studio.render.laid_dots import Zones, lay_dots
from studio.render.viewport import Box, Viewport
from studio.skin.skinmap import SkinMap

EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)
"""The box that says that all dots may have changed."""

WIDEST_MM = 1.5
"""No dot reaches further from its centre, in mm of skin."""

DOT_REACH = 2.0
"""Full widths from the centre of a dot at which nothing is left of it."""

FADE = math.cos(math.radians(87)), math.cos(math.radians(80))
"""Cosines of the incidence between which dots come over the horizon: there their place is
uncertain by more than their distance, and pigment under skin is seen through ever more of it."""

DeviceBox = tuple[int, int, int, int]
"""Left, top, right, bottom in device pixels of the view."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Dots as they lie on the photo, (n,): place and width in photo pixels, peak density.

    `ovals` (3, n) are the squares of their widths where they are no circles, as `splat_ovals`
    takes them; `width` is then at least the larger one.
    """

    x: Float32Array
    y: Float32Array
    width: Float32Array
    peak: Float32Array
    ovals: Float32Array | None

    def within(self, box: Box) -> "Marks":
        """Those in a box of photo pixels."""
        inside = _inside(self.x, self.y, box)
        if inside.all():
            return self
        held = np.flatnonzero(inside)
        ovals = None if self.ovals is None else self.ovals.take(held, axis=1)
        x, y, width, peak = (r.take(held) for r in (self.x, self.y, self.width, self.peak))
        return Marks(x, y, width, peak, ovals)


class Places:
    """Where positions of the tile lie on one photo, each worked out when it is first needed.

    All arrays are as long as the ground: `x` and `y` in photo pixels, NaN if not seen,
    `per_mm` pixels per mm of skin, `share` how much of a dot there is seen. Where the photo
    makes no circle of a circle, `ovals` (3, n) are those of the skin map, and `per_mm` is not
    less than along the larger axis. `widest` is the largest of the pixels per mm.
    """

    def __init__(self, skin: SkinMap, ground: Supply) -> None:
        self.ground = ground
        self.x, self.y, self.per_mm, self.share = (
            np.empty(len(ground.xy), dtype=np.float32) for _ in range(4)
        )
        self.ovals: Float32Array | None = None
        self.widest = 0.0
        self._skin = skin
        self._known = np.zeros(len(ground.xy), dtype=np.bool_)

    def learn(self, index: IntArray) -> None:
        """Work out the positions with these indices, unless they are known."""
        fresh = index[~self._known.take(index)]
        if len(fresh) == 0:
            return
        chart = self.ground.xy[fresh].astype(np.float64)
        self.x[fresh], self.y[fresh] = self._skin.to_photo(chart).T
        per_mm = self._scale(chart, fresh)
        self.per_mm[fresh], self.share[fresh] = per_mm, self._seen(chart)
        self.widest = max(self.widest, float(per_mm.max()))
        self._known[fresh] = True

    def _scale(self, chart: FloatArray, fresh: IntArray) -> FloatArray:
        """Pixels per mm at these chart points; learns the ovals there."""
        ovals = self._skin.ovals(chart)
        if ovals is None:
            per_mm: FloatArray = self._skin.px_per_unit(chart)
            return per_mm / np.sqrt(self._skin.area_scale(chart))
        if self.ovals is None:
            self.ovals = np.empty((3, len(self.x)), dtype=np.float32)
        for row, values in zip(self.ovals, ovals, strict=True):
            row[fresh] = values
        xx, xy, yy = ovals
        larger: FloatArray = np.sqrt((xx + yy) / 2 + np.hypot((xx - yy) / 2, xy))
        return larger

    def _seen(self, chart: FloatArray) -> FloatArray | float:
        if self._skin.seen_within(90.0) is None:
            return 1.0
        facing = np.cos(np.radians(self._skin.incidence(chart)))
        share = np.clip((facing - FADE[0]) / (FADE[1] - FADE[0]), 0.0, 1.0)
        smooth: FloatArray = share * share * (3 - 2 * share)
        return smooth


class PigmentLayer:
    """Dots on one photo. `follow` an edit, then ask for the `density` in parts of a view."""

    def __init__(self, skin: SkinMap) -> None:
        self.skin = skin
        self._zones: Zones = ()
        self._placement = Placement()
        self._shares: tuple[float, ...] = ()
        self._session: int | None = None
        self._hair: Hair | None = None
        self._dots: Dots | None = None
        self._places: Places | None = None
        self._marks: Marks | None = None

    def __len__(self) -> int:
        return 0 if self._dots is None else len(self._dots)

    def follow(self, case: Case, session: int | None = None) -> Box | None:
        """Take the dots of a case up to a session (from 1; None for all).

        Gives the box of the chart in which dots may have changed, None if none did.
        Raises Refusal if the zones reach further than any head.
        """
        zones = tuple(
            zone
            for zone in effective_zones(case.variant, case.axis)
            if zone.chart == self.skin.chart
        )
        hair = hair_on(case, self.skin.chart)
        asked = (case.placement, case.shares, session)
        if hair is not self._hair or asked != (self._placement, self._shares, self._session):
            box: Box | None = EVERYWHERE
        else:
            box = changed_box(self._zones, zones, self.skin)
        if box is not None:
            self._hair = hair
            self._place(zones, case, session)
        return box

    def density(self, viewport: Viewport, box: DeviceBox) -> Float32Array | None:
        """Optical density (h, w) in a box of device pixels of the view; None without dots."""
        if not len(self):
            return None
        ratio, zoom = viewport.ratio, viewport.scale * viewport.ratio
        marks = self._near(viewport, box)
        marks = marks.within(
            _photo_box(viewport, box, float(marks.width.max(initial=0.0)) * DOT_REACH)
        )
        shift = np.array(viewport.offset) * ratio - box[:2]
        x = viewport.photo[0] - marks.x if viewport.mirror else marks.x
        xy = np.empty((len(x), 2), dtype=np.float32)
        xy[:, 0] = x * np.float32(zoom) + np.float32(shift[0])
        xy[:, 1] = marks.y * np.float32(zoom) + np.float32(shift[1])
        shape = box[3] - box[1], box[2] - box[0]
        if marks.ovals is None:
            return splat(xy, marks.width * np.float32(zoom), marks.peak, shape)
        ovals = marks.ovals * np.float32(zoom * zoom)
        if viewport.mirror:
            ovals[1] *= -1
        return splat_ovals(xy, ovals, marks.peak, shape)

    def _place(self, zones: Zones, case: Case, session: int | None) -> None:
        dots = lay_dots(zones, case.placement, self.skin.area_scale, self._hair).dots
        if session is not None:
            share = case.shares[min(session, len(case.shares)) - 1]
            dots = dots.part(np.flatnonzero(dots.level <= np.float32(share)))
        if self._places is None or self._places.ground is not dots.ground:
            self._places = Places(self.skin, dots.ground)
        self._zones, self._placement, self._shares = zones, case.placement, case.shares
        self._session, self._dots, self._marks = session, dots, None
        self._places.learn(dots.index)

    def _near(self, viewport: Viewport, box: DeviceBox) -> Marks:
        """The dots that may reach into a box of device pixels; all if that is most of the view."""
        if self._dots is None or self._places is None:
            raise RuntimeError("dots are laid before they are placed")
        places, index = self._places, self._dots.index
        part = (box[2] - box[0]) * (box[3] - box[1]) / viewport.ratio**2
        if self._marks is None and part < 0.5 * viewport.width * viewport.height:
            near = _photo_box(viewport, box, WIDEST_MM * places.widest)
            held = np.flatnonzero(_inside(places.x.take(index), places.y.take(index), near))
            return _marks(self._dots.part(held), self._zones, places)
        if self._marks is None:
            seen = np.isfinite(places.x.take(index))
            dots = self._dots if seen.all() else self._dots.part(np.flatnonzero(seen))
            self._marks = _marks(dots, self._zones, places)
        return self._marks


def _marks(dots: Dots, zones: Zones, places: Places) -> Marks:
    """How dots look on the photo."""
    width, peak = dot_looks(dots, zones, load_optics())
    x, y, per_mm, share = (
        row.take(dots.index) for row in (places.x, places.y, places.per_mm, places.share)
    )
    peak *= share
    if places.ovals is None:
        return Marks(x, y, width * per_mm, peak, None)
    squared = width * width
    ovals = np.stack([row.take(dots.index) * squared for row in places.ovals])
    return Marks(x, y, width * per_mm, peak, ovals)


def _photo_box(viewport: Viewport, box: DeviceBox, reach: float) -> Box:
    """The photo pixels under a box of device pixels, with so many round it."""
    ratio = viewport.ratio
    left, top, right, bottom = viewport.photo_box(
        (box[0] / ratio, box[1] / ratio, box[2] / ratio, box[3] / ratio)
    )
    return left - reach, top - reach, right + reach, bottom + reach


def _inside(x: Float32Array, y: Float32Array, box: Box) -> BoolArray:
    """Which points lie in a box; those that are NaN do not."""
    left, top, right, bottom = map(np.float32, box)
    inside: BoolArray = (x > left) & (x < right) & (y > top) & (y < bottom)
    return inside
