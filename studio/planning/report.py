"""The numbers of a case as plain values, for `report --json` and for other programs."""

import math
from collections.abc import Mapping
from typing import Any

from studio.model.case import Case
from studio.model.chart import HEAD, ChartId
from studio.model.photo import Photo
from studio.model.quantity import Quantity
from studio.pigment.tile import Tile
from studio.planning.code import design_code
from studio.planning.figures import CurveFigures, Figures, ZoneFigures, figures
from studio.planning.sight import seen_shares
from studio.planning.tape import Tape, taped_photos, tapes
from studio.skin.skinmap import SkinMap

REPORT = 1
"""Grows when a key changes its meaning or goes away; new keys may come at any time."""

UNSCALED = "no scale: nothing was measured in this photo"

Plain = dict[str, Any]


def report(case: Case, maps: Mapping[ChartId, SkinMap], tile: Tile) -> Plain:
    """All figures of the chosen variant.

    Areas in cm2, lengths in mm, densities in dots per cm2; `..._se` are standard errors,
    `sigma` is the relative standard error of a length where the scale was taken. What
    cannot be known is None with a `reason`. A zone on the head has `unseen_cm2`, skin that
    no photo shows turned by less than 70 degrees and that is in no other figure, and under
    `views` the share of its skin that each photo shows within 60 and 70 degrees. A zone in
    which hair was looked for has `existing_per_cm2`, the follicles there, and in
    `existing_searched` the share of it that was searched. Raises Refusal as `figures` does.
    """
    variant = case.variant
    found = figures(case, variant, maps, tile)
    views = {photo.id: photo.view.value for photo in case.photos} | {HEAD: HEAD}
    return {
        "report": REPORT,
        "variant": variant.letter,
        "design_code": design_code(case),
        "shares": list(case.shares),
        "skin_maps": [_skin_map(case, index, maps) for index in range(len(case.photos))],
        "zones": [
            _zone(zone, views[zone.chart]) | _on_head(case, zone, maps) | _hair(zone)
            for zone in found.zones
        ],
        "curves": [_curve(curve, views[curve.chart]) for curve in found.curves],
        "tapes": [
            _tape(tape, photo.view.value)
            for photo in taped_photos(case, maps)
            for tape in tapes(case, variant, photo, maps[photo.id])
        ],
        "totals": _totals(found),
    }


def _skin_map(case: Case, index: int, maps: Mapping[ChartId, SkinMap]) -> Plain:
    photo = case.photos[index]
    scaled = maps[photo.id].scaled
    return {
        "photo": index + 1,
        "view": photo.view.value,
        "chart": maps[photo.id].chart,
        "method": maps[photo.id].method,
        **_scale(photo, maps[photo.id]),
        "reason": None if scaled else UNSCALED,
    }


def _scale(photo: Photo, skin: SkinMap) -> Plain:
    """How sure the scale is, and how far a plane is turned away; the head is turned all ways."""
    if not skin.scaled:
        return {"sigma": None, "tilt_deg": None}
    if skin.chart == HEAD:
        return {"sigma": round(float(skin.sigma(skin.focus)[0]), 5), "tilt_deg": None}
    return {"sigma": photo.plane.sigma, "tilt_deg": photo.plane.tilt}


def _on_head(case: Case, zone: ZoneFigures, maps: Mapping[ChartId, SkinMap]) -> Plain:
    """How much of a zone on the head the photos show; nothing for one on a plane."""
    if zone.unseen_cm2 is None:
        return {}
    shares = seen_shares(case, zone.id, maps)
    return {
        **_quantity("unseen_cm2", "unseen_se", zone.unseen_cm2),
        "views": [
            {
                "photo": index + 1,
                "view": photo.view.value,
                "share_within_60": round(shares[photo.id].within_60, 4),
                "share_within_70": round(shares[photo.id].within_70, 4),
            }
            for index, photo in enumerate(case.photos)
            if photo.id in shares
        ],
    }


def _hair(zone: ZoneFigures) -> Plain:
    """The hair that is there in a zone with its twin; nothing where none was looked for."""
    there = zone.existing
    if there is None:
        return {}
    return {
        **_quantity("existing_per_cm2", "existing_se", there.per_cm2),
        "existing_searched": round(there.searched, 4),
    }


def _zone(zone: ZoneFigures, view: str) -> Plain:
    known = zone.dots.known
    return {
        "letter": zone.letter,
        "name": zone.name,
        "purpose": zone.purpose.value,
        "view": view,
        "chart": zone.chart,
        **_quantity("area_cm2", "area_se", zone.area_cm2),
        "density": zone.density,
        "spacing_mm": zone.spacing_mm,
        **_quantity("dots", "dots_se", zone.dots),
        "dots_per_session": list(zone.per_session) if known else None,
        **_quantity("minutes", "minutes_se", zone.minutes),
        "dot_mm": zone.dot_mm,
        "needle": zone.needle,
        "dilution": zone.dilution,
        "reason": None if known else UNSCALED,
    }


def _curve(curve: CurveFigures, view: str) -> Plain:
    return {
        "name": curve.name,
        "role": curve.role.value,
        "view": view,
        "chart": curve.chart,
        **_quantity("length_mm", "length_se", curve.length_mm),
        "reason": None if curve.length_mm.known else UNSCALED,
    }


def _tape(tape: Tape, view: str) -> Plain:
    length = tape.length_mm or Quantity(0.0, math.inf)
    return {
        "letter": tape.letter,
        "name": tape.name,
        "side": tape.side.value or None,
        "view": view,
        **_quantity("length_mm", "length_se", length),
        "reason": None if length.known else tape.missing or UNSCALED,
    }


def _totals(found: Figures) -> Plain:
    known = found.dots.known
    return {
        **_quantity("area_cm2", "area_se", found.area_cm2),
        **_quantity("dots", "dots_se", found.dots),
        "dots_per_session": list(found.per_session) if known else None,
        **_quantity("minutes", "minutes_se", found.minutes),
        "denser_than_the_tile": found.capped,
        **(
            {}
            if found.unseen_cm2 is None
            else _quantity("unseen_cm2", "unseen_se", found.unseen_cm2)
        ),
        "reason": None if known else UNSCALED,
    }


def _quantity(name: str, error: str, quantity: Quantity) -> Plain:
    """A value and its standard error under two names; counts stay whole."""
    if not quantity.known:
        return {name: None, error: None}
    value = round(quantity.value, 4)
    return {name: int(value) if name == "dots" else value, error: round(quantity.se, 4)}
