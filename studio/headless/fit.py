"""The head of a case file, fitted from what the case holds and kept in it."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.editing.edits.head import set_head
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.storage.casefile import read, write
from studio.storage.lock import CannotLock, acquire

if TYPE_CHECKING:
    from studio.skin.head.joining import Joined, Residual


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit found: `found` for other programs, `lines` for people, `notes` on the file."""

    found: dict[str, Any]
    lines: tuple[str, ...]
    notes: tuple[str, ...]


def fit_file(path: Path, out: Path) -> Fitted:
    """Fit the head of the case in `path` and save the case with it to `out`.

    What is drawn on joined photos is laid onto the head. Raises Refusal when the case
    cannot be read, fitted or saved; the files are then untouched.
    """
    from studio.skin.head.joining import join  # noqa: PLC0415

    try:
        lock = acquire(out)
    except CannotLock as refusal:
        raise Refusal("Not saved: this folder cannot be written to.") from refusal
    try:
        opened = read(path)
        joined = join(opened.case)
        case = set_head(opened.case, joined.head)
        write(out, case, opened.photos, opened.damaged)
    finally:
        lock.release()
    return Fitted(described(case, joined), told(case, joined), opened.notes)


def described(case: Case, joined: "Joined") -> dict[str, Any]:
    """The fit as plain values.

    `scale_se` is the relative standard error of all lengths, None while no length is known;
    per view there are the marks' distances from the fitted head in mm and their root mean
    square, None where a view was not joined and has none.
    """
    return {
        "scale_se": joined.head.size_se,
        "tape_mm": None if case.tape is None else case.tape.size_mm,
        "views": [_view(photo, joined) for photo in case.photos],
        "worst": joined.worst,
        "warnings": list(joined.warnings),
    }


def told(case: Case, joined: "Joined") -> tuple[str, ...]:
    """The fit as lines for people."""
    se = joined.head.size_se
    size = "not known: no length was measured" if se is None else f"± {100 * se:.1f} %"
    lines = [f"size {size}", "", f"{'view':<14}{'marks':>6}{'rms':>9}{'most':>9}"]
    for photo in case.photos:
        found = _of(photo, joined)
        if joined.head.camera(photo.id) is None:
            lines.append(f"{photo.view:<14}not joined: it keeps its own flat scale")
        else:
            most = max((mark.mm for mark in found), key=abs, default=0.0)
            lines.append(
                f"{photo.view:<14}{len(found):>6}{_rms(found) or 0.0:>6.1f} mm{most:>6.1f} mm"
            )
    if joined.worst:
        lines += ["", joined.worst]
    return (*lines, *joined.warnings)


def _view(photo: Photo, joined: "Joined") -> dict[str, Any]:
    found = _of(photo, joined)
    return {
        "view": photo.view.value,
        "joined": joined.head.camera(photo.id) is not None,
        "rms_mm": _rms(found),
        "residuals": [
            {
                "name": mark.name,
                "at": _pixels(mark.at),
                "expected": _pixels(mark.expected),
                "mm": round(mark.mm, 2),
            }
            for mark in found
        ],
    }


def _of(photo: Photo, joined: "Joined") -> list["Residual"]:
    return [mark for mark in joined.residuals if mark.photo == photo.id]


def _pixels(at: Point) -> list[float]:
    return [round(part, 2) for part in at]


def _rms(found: list["Residual"]) -> float | None:
    if not found:
        return None
    return round(math.sqrt(sum(mark.mm**2 for mark in found) / len(found)), 2)
