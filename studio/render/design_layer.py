"""The chosen variant as it lies in the view: zones, mirror axis, curves, letters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis
from studio.model.ids import Id
from studio.model.zone import Purpose, Zone
from studio.render import curve_painter, zone_painter
from studio.render.course import Course, courses
from studio.render.curve_painter import CurveLook, paint_curves
from studio.render.dirty import edited_run, pairs
from studio.render.hatch import FULL_ANGLES, full_angles
from studio.render.horizon_layer import Notice, notice
from studio.render.hud import axis_line, paint_axis
from studio.render.outlines import Outline, Outlines
from studio.render.viewport import Viewport
from studio.render.zone_painter import ZoneLook, paint_letters, paint_zones
from studio.skin.skinmap import SkinMap

ANYWHERE = QRectF(-1e7, -1e7, 2e7, 2e7)

STEEP_POINTS = 15
"""How many places of the hatching are looked at to tell which photo it faces."""

Look = TypeVar("Look", ZoneLook, CurveLook)


@dataclass(frozen=True, slots=True)
class Looks:
    """Everything of a variant as it is drawn on one photo, lowest first."""

    zones: tuple[ZoneLook, ...] = ()
    curves: tuple[CurveLook, ...] = ()
    axis: MirrorAxis | None = None


class DesignLayer:
    """Follows the case and paints it; coordinates are view pixels from the photo's corner."""

    def __init__(self) -> None:
        self._outlines: Outlines | None = None
        self._at_corner: Viewport | None = None
        self._looks = Looks()
        self._axis: tuple[Course, ...] = ()

    def follow(
        self,
        case: Case,
        skin: SkinMap,
        viewport: Viewport,
        selected: frozenset[Id],
        *,
        midline: bool,
    ) -> QRectF:
        """Take a case, a view and a selection; gives the box that looks different now."""
        before = self._looks
        outlines = self._outlines
        fresh = outlines is None or not outlines.serves(skin, viewport)
        if outlines is None or fresh:
            outlines = self._outlines = Outlines(skin, viewport)
            self._at_corner = replace(viewport, offset=(0.0, 0.0))
        axis = case.axis(skin.chart)
        # a joined photo is halved on the head: the line of the plane it had halves nothing
        midline = midline and (case.head is None or case.head.camera(skin.chart) is None)
        self._looks = _looks(case, skin, outlines, selected, axis if midline else None)
        outlines.keep(case.variant.zones, case.variant.curves, axis)
        if fresh or before.axis != self._looks.axis:
            self._axis = self._axis_courses(axis, skin) if midline else ()
            return ANYWHERE
        return _changed(before, self._looks, outlines)

    def paint(self, painter: QPainter, viewport: Viewport, box: QRect) -> None:
        """Draw what lies in `box`, device pixels of the view; so are the painter's units."""
        if self._at_corner is None:
            return
        ratio = viewport.ratio
        seen = QRectF(
            box.x() / ratio - viewport.offset[0],
            box.y() / ratio - viewport.offset[1],
            box.width() / ratio,
            box.height() / ratio,
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        painter.translate(*viewport.offset)
        paint_zones(painter, self._looks.zones, seen, ratio)
        self._paint_axis(painter, seen)
        paint_curves(painter, self._looks.curves, seen)
        paint_letters(painter, self._looks.zones, seen)
        painter.restore()

    def steep_px(self) -> FloatArray:
        """Photo pixels (n, 2) spread over what is hatched, in view or not."""
        parts = [part.steep.points for look in self._looks.zones for part in look.parts]
        points = np.concatenate(parts) if parts else np.empty((0, 2))
        if self._at_corner is None or len(points) == 0:
            return np.empty((0, 2))
        return self._at_corner.to_photo(points[:: max(1, len(points) // STEEP_POINTS)])

    def notice(self, words: tuple[str, str], viewport: Viewport) -> Notice | None:
        """Where the words about steep skin stand in the view; None if there is nothing to say."""
        shown = [part for look in self._looks.zones for part in look.parts]
        hatched = [part.steep.points + viewport.offset for part in shown]
        drawn = [part.bounds for part in shown]
        drawn += [
            line.bounds for look in self._looks.curves for p in look.parts for line in p.lines
        ]
        moved = [box.translated(*viewport.offset) for box in drawn]
        return notice(hatched, moved, words, QRectF(0, 0, viewport.width, viewport.height))

    def _paint_axis(self, painter: QPainter, seen: QRectF) -> None:
        """The mirror axis, which ends with the photo."""
        if self._axis and self._at_corner is not None:
            left, top, right, bottom = self._at_corner.view_box((0, 0, *self._at_corner.photo))
            painter.save()
            photo = QRectF(left, top, right - left, bottom - top)
            painter.setClipRect(photo, Qt.ClipOperation.IntersectClip)
            paint_axis(painter, self._axis, seen)
            painter.restore()

    def _axis_courses(self, axis: MirrorAxis, skin: SkinMap) -> tuple[Course, ...]:
        if self._at_corner is None:
            return ()
        line = axis_line(axis, skin, self._at_corner.photo)
        return tuple(courses(self._at_corner.to_view(line)))


def _looks(
    case: Case,
    skin: SkinMap,
    outlines: Outlines,
    selected: frozenset[Id],
    shown_axis: MirrorAxis | None,
) -> Looks:
    axis = case.axis(skin.chart)
    zones = [z for z in case.variant.zones if z.chart == skin.chart and not z.hidden]
    curves = [c for c in case.variant.curves if c.chart == skin.chart and not c.hidden]
    angles = _angles(zones)
    return Looks(
        tuple(
            ZoneLook(
                outlines.zone(z, axis),
                z,
                z.id in selected,
                angles.get(z.id, 45.0),
            )
            for z in zones
        ),
        tuple(CurveLook(outlines.curve(c, axis), c.id, c.id in selected) for c in curves),
        shown_axis,
    )


def _angles(zones: Sequence[Zone]) -> dict[Id, float]:
    """The line angle of each zone of full coverage, as printed."""
    full = [zone for zone in zones if zone.purpose is Purpose.FULL]
    if len(full) < 2:
        return {zone.id: FULL_ANGLES[0] for zone in full}
    shapes = [polygon_of(zone) for zone in full]
    return {zone.id: angle for zone, angle in zip(full, full_angles(shapes), strict=True)}


def _changed(before: Looks, after: Looks, outlines: Outlines) -> QRectF:
    """The box round everything drawn differently in two states of a design."""
    box = QRectF()
    for old, new in pairs(_keyed(before.zones), _keyed(after.zones)):
        if old is None or new is None or _key(old) != _key(new):
            box = box.united(_zone_box(old, new, outlines))
    for was, now in pairs(_keyed(before.curves), _keyed(after.curves)):
        if was is None or now is None or _key(was) != _key(now):
            for look in (was, now):
                box = box.united(_whole(look.parts, curve_painter.REACH) if look else QRectF())
    return box


def _zone_box(old: ZoneLook | None, new: ZoneLook | None, outlines: Outlines) -> QRectF:
    """Where a zone looks different: round the points that moved and the letters, or all of it."""
    reach = zone_painter.REACH
    looks = [look for look in (old, new) if look]
    if old and new and (old.selected, old.angle) == (new.selected, new.angle):
        run = None if _whole_only(new.zone) else edited_run(old.zone, new.zone)
        if run is not None:
            seen = outlines.along(run)
            if np.isfinite(seen).all():
                letters = [
                    (part.inner.x(), part.inner.y()) for look in looks for part in look.parts
                ]
                return _around(np.concatenate([seen, np.array(letters).reshape(-1, 2)]), reach)
    box = QRectF()
    for look in looks:
        box = box.united(_whole(look.parts, reach))
    return box


def _whole_only(zone: Zone) -> bool:
    """Whether a moved point changes more than its surroundings: the twin, or the cross."""
    return zone.mirrored or zone.purpose is Purpose.KEEP_CLEAR


def _around(points: FloatArray, reach: float) -> QRectF:
    left, top = (points.min(axis=0) - reach).tolist()
    right, bottom = (points.max(axis=0) + reach).tolist()
    return QRectF(left, top, right - left, bottom - top)


def _whole(parts: Sequence[Outline], reach: float) -> QRectF:
    box = QRectF()
    for part in parts:
        if part.bounds.isNull():
            continue  # beyond the horizon
        box = box.united(part.bounds.adjusted(-reach, -reach, reach, reach))
    return box


def _keyed(looks: Sequence[Look]) -> list[tuple[Id, Look]]:
    return [(look.id, look) for look in looks]


def _key(look: ZoneLook | CurveLook) -> tuple[object, ...]:
    """Everything that decides how an item is drawn."""
    parts = tuple(map(id, look.parts))
    if isinstance(look, CurveLook):
        return parts, look.selected
    return parts, look.selected, look.angle, look.zone.letter, look.zone.purpose
