"""Where the pointer is, in the words by which a place is found again on the client."""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from studio.model.case import Case
from studio.model.chart import HEAD, Point
from studio.model.photo import LandmarkKind
from studio.model.quantity import Quantity
from studio.model.wording import number_text, quantity_text
from studio.planning.trade import trade
from studio.render.horizon_layer import STEEPER
from studio.skin.skinmap import SkinMap
from studio.ui.scalp_view import scalp_photo
from studio.ui.workbench import Workbench

PLACES = 9
"""Along the tape, from which the error of its length is taken."""


def pointer_words(bench: Workbench, skin: SkinMap, at: Point) -> str:
    """What the status line says of a chart point of the map on the canvas.

    On a plane x to the right and y up in mm. On the head clock hour and tape from the vertex
    as on the printed scalp map, and in a photo the angle at which it is seen. Empty where
    there is no number to give: on the head also while its page is being drawn.
    """
    if skin.chart != HEAD:
        return _on_plane(at) if skin.scaled else ""
    if bench.case.head is None:
        return ""
    angle = "" if bench.photo_id == HEAD else _angle(skin, at)
    drawn = bench.pictures.pyramid(scalp_photo(bench.case).sha256) is not None
    address = _address(bench.case, skin, at) if drawn and skin.scaled else ""
    return ", ".join(part for part in (address, angle) if part)


def pointer_help(bench: Workbench, skin: SkinMap) -> str:
    """What these figures mean, for who stops at them."""
    if skin.chart != HEAD:
        return QCoreApplication.translate(
            "Status", "Millimetres on the photo’s plane: x to the right, y up"
        )
    words = QCoreApplication.translate(
        "Status",
        "Clock hour (12 is the face) and tape from the vertex, the cross of the scalp map: "
        "150 mm of tape behind the brow centre",
    )
    if not _brow_marked(bench.case):
        words += ". " + QCoreApplication.translate(
            "Status", "The brow centre is not marked in a photo: taken as usual"
        )
    return words


def _on_plane(at: Point) -> str:
    x, y = (_signed(v) for v in (at[0], -at[1]))
    return f"x {x}  y {y} mm"


def _signed(mm: float) -> str:
    words = number_text(mm, 1)
    return words if mm <= 0 or words == "0.0" else f"+{words}"


def _brow_marked(case: Case) -> bool:
    marks = (mark.kind for photo in case.photos for mark in photo.landmarks)
    return LandmarkKind.GLABELLA in marks


def _address(case: Case, skin: SkinMap, at: Point) -> str:
    """`9:10 / 86 ± 2 mm`, or that no tape reaches so far."""
    from studio.render.pages.tapemap import hour_text, laid_out  # noqa: PLC0415

    laid = laid_out(case).tape_map
    hour, mm = laid.address(at)
    if not math.isfinite(mm):
        return QCoreApplication.translate("Status", "beyond the tapes")
    # as on the printed tapes: errors along a tape go together, the vertex hangs on a landmark
    along = float(skin.sigma(np.linspace(laid.vertex, at, PLACES)).mean())
    length = Quantity(mm, math.hypot(mm * along, trade()["landmark_mm"].value))
    return f"{hour_text(hour)} / {quantity_text(length, 'mm')}"


def _angle(skin: SkinMap, at: Point) -> str:
    degrees = float(skin.incidence(np.array([at]))[0])
    words = (
        QCoreApplication.translate("Status", "seen at {angle}°")
        if degrees <= STEEPER
        else QCoreApplication.translate("Status", "at {angle}° not measurable here")
    )
    return words.format(angle=number_text(degrees))
