"""The design's code: the same on screen and paper as long as the design is the same."""

import hashlib
from typing import Any

import msgspec

from studio.model.case import Case, Variant
from studio.model.chart import HEAD
from studio.model.curve import Curve
from studio.model.zone import Zone
from studio.planning.existing import existing_on

_NOT_DESIGN = ("id", "locked", "hidden")
"""Fields that change neither the picture nor the map."""


def design_code(case: Case, variant: Variant | None = None) -> str:
    """Eight hexadecimal digits such as `7F3A 19C2` for a variant, the chosen one if None.

    The start of the SHA-256 over everything that decides what the session map shows of the
    design: visible curves and zones, mirror axes, planes, placement of the dots, shares,
    hair that is there. One in four thousand million for two designs to share a code.
    """
    variant = variant or case.variant
    curves = [curve for curve in variant.curves if not curve.hidden]
    zones = [zone for zone in variant.zones if not zone.hidden]
    charts = sorted({item.chart for item in curves} | {item.chart for item in zones})
    planes = {photo.id: photo.plane for photo in case.photos if photo.id in charts}
    design: dict[str, Any] = {
        "curves": [_design_of(curve) for curve in curves],
        "zones": [_design_of(zone) for zone in zones],
        "axes": [case.axis(chart) for chart in charts],
        "planes": planes,
        "head": case.head if HEAD in charts else None,
        "placement": case.placement,
        "shares": case.shares,
    }
    hair = [hair for chart in charts for hair in existing_on(case, chart)]
    if hair:
        design["hair"] = hair
    digest = hashlib.sha256(msgspec.json.encode(design, order="sorted")).hexdigest().upper()
    return f"{digest[:4]} {digest[4:8]}"


def _design_of(item: Curve | Zone) -> dict[str, Any]:
    fields = msgspec.to_builtins(item)
    return {name: value for name, value in fields.items() if name not in _NOT_DESIGN}
