"""Edits of bands: part lines and line scars, drawn as a line with a width."""

from dataclasses import replace

from studio.editing.edits.follow import drawn
from studio.editing.edits.items import add_curve, check_free, find_curve, put, stored
from studio.editing.edits.zones import NAMES, ZoneStyle, add_zone, new_zone, zone_of
from studio.geometry.bezier import flatten
from studio.model.case import Case
from studio.model.curve import Curve
from studio.model.ids import Id
from studio.model.refusal import Refusal
from studio.model.zone import Follow, FollowKind, Zone

NARROWEST, WIDEST = 0.5, 80.0
"""mm: bounds of sense, not advice."""


def add_band(case: Case, curve: Curve, width: float, style: ZoneStyle, zone_id: Id = "") -> Case:
    """A band `width` mm wide along a curve, which is added if the case has none of its id.

    Refusal if the width is out of bounds or the band cannot be drawn.
    """
    _check(width)
    if find_curve(case, curve.id) is None:
        case = add_curve(case, curve)
        curve = stored(curve)
    zone = _unshaped(case, curve, style, zone_id)
    follow = Follow(curve.id, FollowKind.BAND, float(width))
    return add_zone(case, drawn(case, replace(zone, follows=follow), curve))


def set_band_width(case: Case, zone_id: Id, width: float) -> Case:
    """Another width in mm for a band; Refusal if it is locked, none, or out of bounds."""
    zone = zone_of(case, zone_id)
    check_free(zone)
    _check(width)
    if zone.follows is None or zone.follows.kind is not FollowKind.BAND:
        raise Refusal(f"“{zone.name}” is not drawn along a line. Change its outline instead.")
    return put(case, replace(zone, follows=replace(zone.follows, width=float(width))))


def _check(width: float) -> None:
    if not NARROWEST <= width <= WIDEST:
        raise Refusal(f"A band must be {NARROWEST:g} to {WIDEST:g} mm wide.")


def _unshaped(case: Case, curve: Curve, style: ZoneStyle, zone_id: Id) -> Zone:
    """The zone before its outline is drawn by the curve: a square in its stead."""
    x, y = flatten(curve.nodes)[0].tolist()
    square = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
    zone = new_zone(case, curve.chart, square, style, mirrored=curve.mirrored, zone_id=zone_id)
    return replace(zone, name=NAMES[style.purpose])
