"""How far every mark is from the fitted head, in mm on the head."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from studio.model.chart import Point
from studio.model.photo import View
from studio.skin.head.fit import HeadFit
from studio.skin.head.residuals import clicks, outlines


class MarkKind(StrEnum):
    """What was marked."""

    LANDMARK = "landmark"
    DOT = "dot"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: `name` is a landmark, a dot's number or an outline point's place in its row.

    `off_mm` is how far the fitted head is from it (an outline point outside the skin is
    above zero), `off` the same in standard errors of such a mark.
    """

    view: View
    kind: MarkKind
    name: str
    at: Point
    off_mm: float
    off: float


def marks(fit: HeadFit) -> tuple[Mark, ...]:
    """Every mark of every view."""
    return (*_clicked(fit), *_traced(fit))


def _clicked(fit: HeadFit) -> list[Mark]:
    problem, state = fit.solution.problem, fit.solution.state
    off = np.linalg.norm(clicks(problem, state).value, axis=1)
    found = []
    for k, (i, j) in enumerate(zip(problem.click_view, problem.click_point, strict=True)):
        view = problem.views[i].view
        dot = j >= len(problem.names)
        name = str(problem.dots[j - len(problem.names)]) if dot else problem.names[j]
        place = fit.dots[problem.dots[j - len(problem.names)]] if dot else fit.landmarks[name]
        px, depth = fit.cameras[view].project(place[None])
        away = float(np.linalg.norm(px[0] - problem.click_at[k]))
        mm = away * float(depth[0]) / fit.cameras[view].focal_px
        at = (float(problem.click_at[k, 0]), float(problem.click_at[k, 1]))
        kind = MarkKind.DOT if dot else MarkKind.LANDMARK
        found.append(Mark(view, kind, name, at, mm, float(off[k])))
    return found


def _traced(fit: HeadFit) -> list[Mark]:
    problem, state = fit.solution.problem, fit.solution.state
    off = outlines(problem, state).value[:, 0]
    found, number = [], 0
    for i, view in enumerate(problem.views):
        camera = fit.cameras[view.view]
        depth = float(np.linalg.norm(camera.position))
        for k, (x, y) in enumerate(view.outline):
            e = float(off[number])
            px = e * float(problem.outline_px[number]) + state.bias[i] * camera.focal_px / depth
            at = (float(x), float(y))
            mm = float(px) * depth / camera.focal_px
            found.append(Mark(view.view, MarkKind.OUTLINE, str(k), at, mm, e))
            number += 1
    return found


def worst(fit: HeadFit) -> Mark | None:
    """The mark to mend first: the one furthest off for what it is."""
    return max(marks(fit), key=lambda m: abs(m.off), default=None)
