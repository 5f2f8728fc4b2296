"""From what a case holds to its head: the views joined, what does not fit, what to mend first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from studio.model.case import Case
from studio.model.chart import Point
from studio.model.head import Head, HeadCamera
from studio.model.ids import Id
from studio.model.photo import LandmarkKind, Photo, View
from studio.model.refusal import Refusal
from studio.skin.head.again import Kept, Key
from studio.skin.head.errors import errors
from studio.skin.head.faults import Fault, FaultKind, find_faults, spoken
from studio.skin.head.fit import HeadFit
from studio.skin.head.inputs import (
    FITTED_VIEWS,
    Length,
    Marked,
    Tape,
    ViewInputs,
    focal_px,
)
from studio.skin.head.marks import Mark, MarkKind, marks
from studio.skin.head.prior import load_prior, sphere
from studio.skin.head.stored import camera

NAMES = {
    LandmarkKind.GLABELLA: "glabella",
    LandmarkKind.NASION: "nasion",
    LandmarkKind.NOSE_TIP: "pronasale",
    LandmarkKind.SUBNASALE: "subnasale",
    LandmarkKind.MENTON: "menton",
    LandmarkKind.CANTHUS_RIGHT: "exocanthion_R",
    LandmarkKind.CANTHUS_LEFT: "exocanthion_L",
    LandmarkKind.TRAGUS_RIGHT: "tragus_R",
    LandmarkKind.TRAGUS_LEFT: "tragus_L",
    LandmarkKind.EAR_ROOT_RIGHT: "otobasion_sup_R",
    LandmarkKind.EAR_ROOT_LEFT: "otobasion_sup_L",
    LandmarkKind.EAR_TOP_RIGHT: "superaurale_R",
    LandmarkKind.EAR_TOP_LEFT: "superaurale_L",
    LandmarkKind.EAR_LOBE_RIGHT: "subaurale_R",
    LandmarkKind.EAR_LOBE_LEFT: "subaurale_L",
}
"""The fit's names of the landmarks that can be joined by."""

KINDS = {name: kind for kind, name in NAMES.items()}

DIRECTIONS = 400
"""Directions at which the error of a length is kept in the case."""

FEWEST_VIEWS = 2
WARNED = frozenset({FaultKind.LANDMARK, FaultKind.OUTLINE, FaultKind.HAIR, FaultKind.NO_LENGTH})
"""Faults that the fit bears: they are said, and the view stays."""

OFF_MM, OFF_SE = 3.0, 2.5
"""A mark is named as the one to mend when it is off by more than this in both respects."""


@dataclass(frozen=True, slots=True)
class Residual:
    """How far a mark is from the fitted head: `name` is a landmark's kind, `pencil 3` or
    `outline`; `expected` is where the head would have it, in photo pixels."""

    photo: Id
    name: str
    at: Point
    expected: Point
    mm: float


@dataclass(frozen=True, eq=False)
class Joined:
    """A head for the case, with what does not fit. `worst` is the sentence of what to mend
    first, empty where all is well; `left_out` are photos that keep their planes. `fits` are
    all that were made on the way."""

    head: Head
    residuals: tuple[Residual, ...]
    worst: str
    warnings: tuple[str, ...]
    left_out: tuple[Id, ...]
    fit: HeadFit
    fits: Mapping[Key, HeadFit]


def join(case: Case, before: Joined | None = None) -> Joined:
    """Fit the head that the marks of the case's photos show; `before` makes it quick.

    A photo whose marks cannot belong to the others is left out and said. Raises Refusal
    where no head can be told from the marks.
    """
    photos = _photos(case.photos)
    views = {view: _inputs(photo) for view, photo in photos.items()}
    lengths = _lengths(case, photos)
    kept = Kept(before.fits if before is not None else {})
    fit = kept.fit(tuple(views.values()), lengths)
    faults = find_faults(fit, kept)
    out: list[View] = []
    while wrong := _to_leave(faults, views, out):
        out.append(wrong)
        left = tuple(found for view, found in views.items() if view not in out)
        fit = kept.fit(left, [n for n in lengths if _of(n) not in out])
        faults = (*(f for f in faults if f.view in out), *find_faults(fit, kept))
    return Joined(
        head=_head(fit, photos),
        residuals=tuple(_residuals(fit, photos)),
        worst=_worst(fit),
        warnings=tuple(dict.fromkeys(fault.sentence for fault in faults)),
        left_out=tuple(photos[view].id for view in out),
        fit=fit,
        fits=kept.now,
    )


def expected(head: Head, photo: Id, kind: LandmarkKind) -> Point | None:
    """Where a landmark is likely to be in a joined photo, from heads in general; None if hidden."""
    name = NAMES.get(kind)
    if name is None or head.camera(photo) is None:
        return None
    prior = load_prior()
    usual = np.exp(prior.mean[0] - head.coefficients[0])
    seen = camera(head, photo)
    px, depth = seen.project(prior.landmarks[name][0][None] / usual)
    return (float(px[0, 0]), float(px[0, 1])) if depth[0] > 0 else None


def _photos(photos: Iterable[Photo]) -> dict[View, Photo]:
    """One photo of each side: the one with the most marks."""
    chosen: dict[View, Photo] = {}
    for photo in photos:
        if photo.view in FITTED_VIEWS and _count(photo):
            other = chosen.get(photo.view)
            if other is None or _count(photo) > _count(other):
                chosen[photo.view] = photo
    if len(chosen) < FEWEST_VIEWS:
        raise Refusal(
            "One photo alone does not show the shape of a head. "
            "Mark the landmarks and the outline in the front, left and top photos."
        )
    return chosen


def _count(photo: Photo) -> int:
    known = sum(mark.kind in NAMES for mark in photo.landmarks)
    return known + len(photo.pencil) + len(photo.outline)


def _inputs(photo: Photo) -> ViewInputs:
    size = (photo.width, photo.height)
    return ViewInputs(
        view=photo.view,
        size=size,
        focal_px=None if photo.focal_mm35 is None else focal_px(photo.focal_mm35, size),
        landmarks={NAMES[m.kind]: m.at for m in photo.landmarks if m.kind in NAMES},
        dots={mark.number: mark.at for mark in photo.pencil},
        outline=np.array(photo.outline, dtype=np.float64).reshape(-1, 2),
        hair_mm=photo.hair_mm,
    )


def _lengths(case: Case, photos: Mapping[View, Photo]) -> list[Length]:
    found: list[Length] = [
        Marked(view, measurement)
        for view, photo in photos.items()
        for measurement in photo.measurements
    ]
    if case.tape is not None:
        found.append(Tape(case.tape.size_mm, case.tape.size_se))
    return found


def _of(length: Length) -> View | None:
    return length.view if isinstance(length, Marked) else None


def _to_leave(
    faults: Sequence[Fault], views: Mapping[View, ViewInputs], out: Sequence[View]
) -> View | None:
    """The next photo to do without; Refusal where too few would be left."""
    grave = [f for f in faults if f.grave and f.view not in out and f.kind not in WARNED]
    if not grave:
        return None
    first = grave[0]
    left = len(views) - len(out) - 1
    if first.view is None or first.view is View.FRONT or left < FEWEST_VIEWS:
        raise Refusal(first.sentence)
    return first.view


def _head(fit: HeadFit, photos: Mapping[View, Photo]) -> Head:
    cameras = tuple(
        HeadCamera(
            photo=photos[view].id,
            rotation=tuple(float(v) for v in found.rotation.reshape(9)),
            translation=_three(found.translation),
            focal=float(found.focal_px),
            centre=(float(found.centre[0]), float(found.centre[1])),
        )
        for view, found in fit.cameras.items()
    )
    sigmas = errors(fit).sigma(sphere(DIRECTIONS))
    return Head(
        coefficients=tuple(float(c) for c in fit.surface.coefficients),
        cameras=cameras,
        size_se=float(fit.scale_se) if fit.scaled else None,
        sigmas=tuple(round(float(s), 5) for s in sigmas),
    )


def _three(row: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float, float]:
    x, y, z = (float(v) for v in row)
    return (x, y, z)


def _residuals(fit: HeadFit, photos: Mapping[View, Photo]) -> Iterable[Residual]:
    for mark in marks(fit):
        yield Residual(
            photos[mark.view].id, _name(mark), mark.at, _place(fit, mark), abs(mark.off_mm)
        )


def _name(mark: Mark) -> str:
    if mark.kind is MarkKind.LANDMARK:
        return KINDS[mark.name].value
    return f"pencil {mark.name}" if mark.kind is MarkKind.DOT else "outline"


def _place(fit: HeadFit, mark: Mark) -> Point:
    """Where the head would have the mark; an outline point stands for itself."""
    if mark.kind is MarkKind.OUTLINE:
        return mark.at
    spot = fit.landmarks[mark.name] if mark.kind is MarkKind.LANDMARK else fit.dots[int(mark.name)]
    px, _ = fit.cameras[mark.view].project(spot[None])
    return (float(px[0, 0]), float(px[0, 1]))


def _worst(fit: HeadFit) -> str:
    found = [m for m in marks(fit) if abs(m.off) > OFF_SE and abs(m.off_mm) > OFF_MM]
    if not found:
        return ""
    mark = max(found, key=lambda m: abs(m.off))
    what = "the outline"
    if mark.kind is not MarkKind.OUTLINE:
        dot = mark.kind is MarkKind.DOT
        what = f"pencil spot {mark.name}" if dot else spoken(mark.name)
    return f"{what[0].upper()}{what[1:]} in the {mark.view} photo, {abs(mark.off_mm):.0f} mm off."
