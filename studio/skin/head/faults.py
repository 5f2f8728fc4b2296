"""What is wrong with the marks, found from what does not fit, and said in one sentence."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from studio.model.chart import Point
from studio.model.photo import View
from studio.skin.head.again import Kept
from studio.skin.head.fit import HeadFit
from studio.skin.head.inputs import Tape, ViewInputs
from studio.skin.head.marks import Mark, MarkKind, marks

NEAR_MM = 600.0
"""From nearer a head shows hardly any scalp within 60 degrees in front."""

SMALL_PX_PER_MM = 3.0
"""With fewer pixels per mm on the head a click is no longer within half a mm."""

WRONG_CLICK = 4.5
"""Standard errors by which a single click is off that was set on something else."""

LEAVING = 4.0
"""Standard errors by which outline points are off where the outline leaves the head."""

LEAVING_SHARE = 0.1
"""Share of a photo's outline that has to leave it before it is said."""

MIRRORED_BETTER, LIFTED_BETTER = 10.0, 25.0
"""By how much the sum of squares must fall for another reading of the photos to be believed:
one of them mirrored, all traced over hair. Good marks mirrored gain 2 at most."""

APART = 4.0
"""Standard errors between two known lengths that contradict one another."""

SPREAD = 1.1
"""Robust sum of squares per mark where photos do not show one head; good ones have 0.3 to 0.7."""

STRANGE = 190.0
"""Sum of squares of the shape against the prior where a head is none; good ones stay below."""

HAIR_MM = 5.0


class FaultKind(StrEnum):
    """What kind of fault it is."""

    SWAPPED = "swapped"
    MIRRORED = "mirrored"
    LANDMARK = "landmark"
    OUTLINE = "outline"
    HAIR = "hair"
    PEOPLE = "people"
    LENGTHS = "lengths"
    VIEWS = "views"
    NO_FRONT = "no-front"
    NEAR = "near"
    SMALL = "small"
    NO_LENGTH = "no-length"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault and the sentence that tells it. `grave` ones make the numbers untrue."""

    kind: FaultKind
    view: View | None
    sentence: str
    grave: bool


def find_faults(fit: HeadFit, kept: Kept | None = None) -> tuple[Fault, ...]:
    """The faults of a fit, the one to mend first at the front; empty where all is well.

    To find them the photos are read otherwise and fitted again: `kept` makes that quick.
    """
    kept = kept or Kept()
    sides = _sides(fit)
    if sides:
        return (*sides, *_photos(fit))
    found = marks(fit)
    clicks, outlines = _clicks(found), _outlines(fit, found)
    hair = () if outlines else _mirrors(fit, kept) or _hair(fit, kept)
    rest = () if clicks or outlines or hair else _together(fit)
    return (*hair, *clicks, *outlines, *rest, *_lengths(fit, hair), *_photos(fit))


def _sides(fit: HeadFit) -> tuple[Fault, ...]:
    """Photos on which a look at the marks shows that they are another side, or mirrored."""
    wrong = [v.view for v in fit.views if _faces_wrong_way(v)]
    if View.LEFT in wrong and View.RIGHT in wrong:
        sentence = "The left and the right photo are swapped. Give each the other's side."
        return (Fault(FaultKind.SWAPPED, View.LEFT, sentence, True),)
    return tuple(_mirrored(v) for v in wrong)


def _mirrors(fit: HeadFit, kept: Kept) -> tuple[Fault, ...]:
    """Photos whose marks fit much better mirrored. A profile tells by where the face is."""
    paired = [v.view for v in fit.views if v.view not in (View.LEFT, View.RIGHT)]
    return tuple(_mirrored(v) for v in paired if _gain(fit, v, _mirror, kept) > MIRRORED_BETTER)


def _mirrored(view: View) -> Fault:
    if view in (View.LEFT, View.RIGHT):
        sentence = f"The {view} photo shows the other side of the head, or it is mirrored."
    else:
        sentence = (
            f"In the {view} photo left and right are exchanged: it is mirrored, "
            "or its marks are set on the wrong side."
        )
    return Fault(FaultKind.MIRRORED, view, sentence, True)


def _faces_wrong_way(view: ViewInputs) -> bool:
    """Whether the face or a pair of marks lies on the side where it cannot be."""
    if view.view in (View.LEFT, View.RIGHT):
        face = _middle(view, ("glabella", "nasion", "pronasale", "subnasale", "exocanthion"))
        ear = _middle(view, ("tragus", "otobasion_sup", "superaurale", "subaurale"))
        if face is None or ear is None:
            return False
        ahead = face[0] - ear[0]
        return ahead > 0 if view.view is View.LEFT else ahead < 0
    signs = []
    for name, at in view.landmarks.items():
        twin = f"{name[:-2]}_R"
        if name.endswith("_L") and twin in view.landmarks:
            across = at[0] - view.landmarks[twin][0]
            signs.append(math.copysign(1.0, -across if view.view is View.BACK else across))
    if view.view is View.TOP and "pronasale" in view.landmarks and len(view.outline):
        # from above a photo may stand on its head: judge by where the nose is
        signs = [s * _nose_down(view) for s in signs]
    return bool(signs) and sum(signs) < 0


def _nose_down(view: ViewInputs) -> float:
    down = view.landmarks["pronasale"][1] - float(view.outline[:, 1].mean())
    return math.copysign(1.0, down)


def _middle(view: ViewInputs, names: tuple[str, ...]) -> Point | None:
    places = [
        at for n, at in view.landmarks.items() if n.removesuffix("_L").removesuffix("_R") in names
    ]
    if not places:
        return None
    x, y = np.mean(places, axis=0)
    return float(x), float(y)


def _mirror(view: ViewInputs) -> ViewInputs:
    """What would have been marked had the photo not been mirrored."""
    width = view.size[0] - 1

    def across(at: Point) -> Point:
        return width - at[0], at[1]

    paired = view.view in (View.FRONT, View.TOP, View.BACK)
    landmarks = {(_twin(n) if paired else n): across(at) for n, at in view.landmarks.items()}
    outline = view.outline * (-1, 1) + (width, 0)
    dots = {n: across(at) for n, at in view.dots.items()}
    return replace(view, landmarks=landmarks, dots=dots, outline=outline)


def _twin(name: str) -> str:
    return name[:-1] + {"L": "R", "R": "L"}[name[-1]] if name[-2:] in ("_L", "_R") else name


def _gain(
    fit: HeadFit, view: View | None, change: Callable[[ViewInputs], ViewInputs], kept: Kept
) -> float:
    """How much better all fits when one view, or every one, is read differently."""
    views = [change(v) if view in (None, v.view) else v for v in fit.views]
    return _cost(fit) - _cost(kept.fit(views, fit.lengths, (change.__name__, view)))


def _cost(fit: HeadFit) -> float:
    """Sum of squares of the marks and of the known lengths against one another."""
    if not fit.readings:
        return fit.solution.cost
    ratio = math.log(fit.factor)
    return fit.solution.cost + sum(((r.ratio - ratio) / r.se) ** 2 for r in fit.readings)


def _clicks(found: tuple[Mark, ...]) -> tuple[Fault, ...]:
    """Landmarks and dots that are set on something else."""
    off = [m for m in found if m.kind is not MarkKind.OUTLINE and m.off > WRONG_CLICK]
    off.sort(key=lambda m: -m.off)
    faults = []
    for mark in off[:3]:
        what = f"dot {mark.name}" if mark.kind is MarkKind.DOT else spoken(mark.name)
        sentence = (
            f"{what[0].upper()}{what[1:]} in the {mark.view} photo is {mark.off_mm:.0f} mm off: "
            "set it again, or take it away."
        )
        faults.append(Fault(FaultKind.LANDMARK, mark.view, sentence, True))
    return tuple(faults)


SPOKEN = {
    "glabella": "between the brows",
    "nasion": "root of the nose",
    "pronasale": "tip of the nose",
    "subnasale": "base of the nose",
    "menton": "chin",
    "exocanthion": "outer corner of the eye",
    "tragus": "tragus",
    "otobasion_sup": "upper root of the ear",
    "superaurale": "top of the ear",
    "subaurale": "ear lobe",
}


def spoken(name: str) -> str:
    """A landmark's name in plain words."""
    side = {"_L": "left ", "_R": "right "}.get(name[-2:], "")
    return side + SPOKEN[name[:-2] if side else name]


def _outlines(fit: HeadFit, found: tuple[Mark, ...]) -> tuple[Fault, ...]:
    """Outlines of which a part does not lie on the head."""
    faults = []
    for view in fit.views:
        off = np.array([m.off for m in found if m.view is view.view and m.kind is MarkKind.OUTLINE])
        if len(off) == 0 or (np.abs(off) > LEAVING).mean() < LEAVING_SHARE:
            continue
        sentence = (
            f"Part of the outline in the {view.view} photo does not follow the head: "
            "keep it on the skin, off clothes and ears."
        )
        faults.append(Fault(FaultKind.OUTLINE, view.view, sentence, True))
    return tuple(faults)


def _hair(fit: HeadFit, kept: Kept) -> tuple[Fault, ...]:
    """Outlines that run over hair, in every photo or in one."""

    def lifted(view: ViewInputs) -> ViewInputs:
        return replace(view, hair_mm=view.hair_mm + HAIR_MM)

    if _gain(fit, None, lifted, kept) > LIFTED_BETTER:
        sentence = (
            f"The outlines lie about {HAIR_MM:.0f} mm outside the skin: "
            "give the length of the hair, or trace the skin."
        )
        return (Fault(FaultKind.HAIR, None, sentence, True),)
    return ()


def _together(fit: HeadFit) -> tuple[Fault, ...]:
    """Photos that do not show one and the same head."""
    problem = fit.solution.problem
    count = 2 * len(problem.click_at) + len(problem.outline_at)
    shape = fit.solution.state.coefficients - problem.prior.mean
    strange = float(shape @ problem.precision @ shape)
    if fit.solution.cost / max(count, 1) < SPREAD and strange < STRANGE:
        return ()
    sentence = (
        "The photos do not fit one head: they may show different people, "
        "or several marks are wrong."
    )
    return (Fault(FaultKind.PEOPLE, None, sentence, True),)


def _lengths(fit: HeadFit, hair: tuple[Fault, ...]) -> tuple[Fault, ...]:
    if not fit.readings:
        sentence = "No length is known: give the tape round the head or mark a sticker."
        return (Fault(FaultKind.NO_LENGTH, None, sentence, True),)
    if hair:
        return ()
    least = min(fit.readings, key=lambda r: r.ratio)
    most = max(fit.readings, key=lambda r: r.ratio)
    if most.ratio - least.ratio < APART * math.hypot(most.se, least.se):
        return ()
    percent = 100 * (math.exp(most.ratio - least.ratio) - 1)
    names = [
        "the tape" if isinstance(r.length, Tape) else f"the {r.length.measurement.kind}"
        for r in (least, most)
    ]
    sentence = (
        f"The known lengths contradict each other by {percent:.0f} %: "
        f"check {names[0]} and {names[1]}."
    )
    return (Fault(FaultKind.LENGTHS, None, sentence, True),)


def _photos(fit: HeadFit) -> tuple[Fault, ...]:
    """Photos that are too few, too near or too small."""
    views = [v.view for v in fit.views]
    found = []
    if len(views) < 2:
        sentence = "One photo cannot tell the head's shape: add a side and one from above."
        found.append(Fault(FaultKind.VIEWS, views[0], sentence, True))
    elif View.FRONT not in views:
        sentence = "There is no front photo: poses are uncertain and areas may be far off. Add one."
        found.append(Fault(FaultKind.NO_FRONT, None, sentence, True))
    for view in fit.views:
        camera = fit.cameras[view.view]
        away = float(np.linalg.norm(camera.position))
        if away < NEAR_MM:
            sentence = (
                f"The {view.view} photo was taken from {away / 10:.0f} cm: "
                "little scalp shows. Step back to a metre or more."
            )
            found.append(Fault(FaultKind.NEAR, view.view, sentence, False))
        if camera.focal_px / away < SMALL_PX_PER_MM:
            sentence = (
                f"The {view.view} photo shows only {camera.focal_px / away:.1f} pixels per mm: "
                "clicks are coarse. Use the full picture."
            )
            found.append(Fault(FaultKind.SMALL, view.view, sentence, False))
    return tuple(found)
