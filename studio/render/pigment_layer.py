"""The dots of the chosen variant on one photo: kept from edit to edit, laid on the picture."""

import math
from dataclasses import dataclass

import numpy as np

from studio.geometry.twins import effective_zones
from studio.model.arrays import Float32Array, FloatArray, IntArray
from studio.model.case import Case, Placement
from studio.model.zone import Zone
from studio.pigment.dots import Dots, place
from studio.pigment.field import Field, density_field
from studio.pigment.optics import dot_looks, load_optics
from studio.pigment.splat import splat
from studio.pigment.tile import load_tile
from studio.render.dirty import edited_run, pairs
from studio.render.viewport import Box, Viewport
from studio.skin.skinmap import SkinMap

EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)
"""The box that says that all dots may have changed."""

WIDEST_MM = 1.5
"""No dot reaches further from its centre, in mm of skin."""

DOT_REACH = 2.0
"""Full widths from the centre of a dot at which nothing is left of it."""

DeviceBox = tuple[int, int, int, int]
"""Left, top, right, bottom in device pixels of the view."""

Zones = tuple[Zone, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Dots as they lie on the photo, all (n,): place and width in photo pixels, peak density."""

    x: Float32Array
    y: Float32Array
    width: Float32Array
    peak: Float32Array

    def within(self, box: Box) -> "Marks":
        """Those in a box of photo pixels."""
        left, top, right, bottom = map(np.float32, box)
        inside = (self.x > left) & (self.x < right) & (self.y > top) & (self.y < bottom)
        if inside.all():
            return self
        held = np.flatnonzero(inside)
        return Marks(*(row.take(held) for row in (self.x, self.y, self.width, self.peak)))


class PigmentLayer:
    """Dots on one photo. `follow` an edit, then ask for the `density` in parts of a view."""

    def __init__(self, skin: SkinMap) -> None:
        self.skin = skin
        self._zones: Zones = ()
        self._placement = Placement()
        self._shares: tuple[float, ...] = ()
        self._session: int | None = None
        self._field: Field | None = None
        self._dots: Dots | None = None
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
        asked = (case.placement, case.shares, session)
        if asked != (self._placement, self._shares, self._session):
            box: Box | None = EVERYWHERE
        else:
            box = changed_box(self._zones, zones, self.skin)
        if box is not None:
            self._place(zones, case, session)
        return box

    def density(self, viewport: Viewport, box: DeviceBox) -> Float32Array | None:
        """Optical density (h, w) in a box of device pixels of the view; None without dots."""
        if not len(self):
            return None
        ratio, zoom = viewport.ratio, viewport.scale * viewport.ratio
        marks = self._near(viewport, box)
        reach = float(marks.width.max(initial=0.0)) * DOT_REACH
        left, top, right, bottom = viewport.photo_box(
            (box[0] / ratio, box[1] / ratio, box[2] / ratio, box[3] / ratio)
        )
        marks = marks.within((left - reach, top - reach, right + reach, bottom + reach))
        shift = np.array(viewport.offset) * ratio - box[:2]
        x = viewport.photo[0] - marks.x if viewport.mirror else marks.x
        xy = np.empty((len(x), 2), dtype=np.float32)
        xy[:, 0] = x * np.float32(zoom) + np.float32(shift[0])
        xy[:, 1] = marks.y * np.float32(zoom) + np.float32(shift[1])
        width = marks.width * np.float32(zoom)
        return splat(xy, width, marks.peak, (box[3] - box[1], box[2] - box[0]))

    def _place(self, zones: Zones, case: Case, session: int | None) -> None:
        field = density_field(zones, self.skin.area_scale, last=self._field)
        dots = place(field, load_tile(case.placement.tile), case.placement)
        if session is not None:
            share = case.shares[min(session, len(case.shares)) - 1]
            dots = dots.part(np.flatnonzero(dots.level <= np.float32(share)))
        self._zones, self._placement, self._shares = zones, case.placement, case.shares
        self._session, self._field, self._dots, self._marks = session, field, dots, None

    def _near(self, viewport: Viewport, box: DeviceBox) -> Marks:
        """The dots that may reach into a box of device pixels; all if that is most of the view."""
        if self._dots is None:
            raise RuntimeError("dots are laid before they are placed")
        part = (box[2] - box[0]) * (box[3] - box[1]) / viewport.ratio**2
        if self._marks is None and part < 0.5 * viewport.width * viewport.height:
            held = self._seen(viewport, box)
            if held is not None:
                return self._marked(self._dots.part(held))
        if self._marks is None:
            self._marks = self._marked(self._dots)
        return self._marks

    def _seen(self, viewport: Viewport, box: DeviceBox) -> IntArray | None:
        """Indices of the dots in the part of the chart seen in a box; None: ask for all."""
        if self._dots is None:
            return None
        x, y = np.meshgrid(np.linspace(box[0], box[2], 5), np.linspace(box[1], box[3], 5))
        view = np.stack([x.ravel(), y.ravel()], axis=1) / viewport.ratio
        chart = self.skin.to_skin(viewport.to_photo(view))
        if not np.isfinite(chart).all():
            return None
        reach = WIDEST_MM / math.sqrt(float(self.skin.area_scale(chart).min()))
        (left, top), (right, bottom) = chart.min(axis=0) - reach, chart.max(axis=0) + reach
        across, down = self._dots.xy.T
        held = (across > left) & (across < right) & (down > top) & (down < bottom)
        return np.flatnonzero(held)

    def _marked(self, dots: Dots) -> Marks:
        """Where dots lie on the photo; those it cannot see are left out."""
        width, peak = dot_looks(dots, self._zones, load_optics())
        chart = dots.xy.astype(np.float64)
        x, y = np.ascontiguousarray(self.skin.to_photo(chart).T, dtype=np.float32)
        per_mm = self.skin.px_per_unit(chart) / np.sqrt(self.skin.area_scale(chart))
        rows = x, y, width * per_mm.astype(np.float32), peak
        good = np.isfinite(x) & np.isfinite(y)
        return Marks(*rows) if good.all() else Marks(*(row[good] for row in rows))


def changed_box(before: Zones, after: Zones, skin: SkinMap) -> Box | None:
    """The box of the chart in which two sets of zones may give different dots."""
    differing = pairs(_keyed(before), _keyed(after))
    if not differing:
        return None
    corners = np.concatenate([_reach(old, new, skin) for old, new in differing])
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return left - 1, top - 1, right + 1, bottom + 1


def _keyed(zones: Zones) -> list[tuple[tuple[str, int], Zone]]:
    """Zones by their id, and twins by their number."""
    seen: dict[str, int] = {}
    keyed = []
    for zone in zones:
        seen[zone.id] = seen.get(zone.id, -1) + 1
        keyed.append(((zone.id, seen[zone.id]), zone))
    return keyed


def _reach(old: Zone | None, new: Zone | None, skin: SkinMap) -> FloatArray:
    """Points (n, 2) round everything that a change of a zone may change."""
    run = edited_run(old, new) if old and new else None
    if run is None or new is None:
        return np.array([point for zone in (old, new) if zone for point in zone.outline])
    # further in than its feather a zone does not feel its outline
    feather = new.feather / np.sqrt(skin.area_scale(run).min())
    return np.concatenate([run - feather, run + feather])
