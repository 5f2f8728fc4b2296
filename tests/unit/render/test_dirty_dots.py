"""Whatever changes between two cases lies in the box that is painted anew."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from studio.model.case import Case, Variant
from studio.model.chart import Point, Ring
from studio.model.photo import MeasurementKind, Photo, Plane, View
from studio.model.strokes import DensityStroke
from studio.model.zone import Blend, Zone
from studio.pigment.dots import Dots
from studio.render.dirty_dots import changed_box
from studio.render.laid_dots import lay_dots
from studio.skin.plane import plane_map

SQUARE: Ring = ((0.0, 0.0), (60.0, 0.0), (60.0, 60.0), (0.0, 60.0))
MAP = plane_map(
    Photo(
        id="p",
        view=View.FRONT,
        sha256="p",
        media="image/jpeg",
        width=900,
        height=900,
        plane=Plane(
            matrix=(0.1, 0.0, -10.0, 0.0, 0.1, -10.0, 0.0, 0.0, 1.0),
            sigma=0.01,
            method=MeasurementKind.RULER,
        ),
    )
)


def zone(**fields: Any) -> Zone:  # noqa: ANN401
    return replace(Zone(id="z", letter="A", name="", chart="p", outline=SQUARE), **fields)


def stroke(*path: Point) -> DensityStroke:
    return DensityStroke(path=path, radius=4.0, amount=-1.0)


def dots(*zones: Zone) -> Dots:
    case = Case(id="c", variants=(Variant(id="v", zones=zones),), chosen="v")
    return lay_dots(zones, case.placement, MAP.area_scale).dots


def places(found: Dots) -> set[tuple[float, float]]:
    return set(map(tuple, found.ground.xy[found.index].tolist()))


MOVED: Ring = (SQUARE[0], SQUARE[1], (55.0, 55.0), SQUARE[3])
HOLE = zone(id="k", letter="K", outline=((20.0, 20.0), (24.0, 20.0), (24.0, 24.0), (20.0, 24.0)))
CLEAR = replace(HOLE, blend=Blend.CLEAR, density=0.0, feather=0.0, margin=5.0)
STROKE = stroke((10.0, 10.0), (20.0, 10.0))

CHANGES = {
    "a stroke": ((zone(),), (zone(strokes=(STROKE,)),)),
    "a stroke that grew": (
        (zone(strokes=(STROKE,)),),
        (zone(strokes=(stroke((10.0, 10.0), (20.0, 10.0), (30.0, 20.0)),)),),
    ),
    "an outline with fades of its own": (
        (zone(feather=0.0, feathers=(12.0,) * 4),),
        (zone(feather=0.0, feathers=(12.0,) * 4, outline=MOVED),),
    ),
    "a margin": ((zone(), CLEAR), (zone(), replace(CLEAR, margin=9.0))),
    "a place kept clear": ((zone(),), (zone(), CLEAR)),
    "an outline kept clear": (
        (zone(), CLEAR),
        (zone(), replace(CLEAR, outline=(*CLEAR.outline[:2], (30.0, 30.0), CLEAR.outline[3]))),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_dot_changes_outside_the_box(change: str) -> None:
    before, after = CHANGES[change]
    box = changed_box(before, after, MAP)
    assert box is not None
    differing = np.array(sorted(places(dots(*before)) ^ places(dots(*after))))
    assert len(differing)
    assert (differing > box[:2]).all()
    assert (differing < box[2:]).all()


def test_more_of_a_stroke_repaints_no_more_than_its_new_dabs() -> None:
    longer = stroke((10.0, 10.0), (20.0, 10.0), (22.0, 10.0))
    box = changed_box((zone(strokes=(STROKE,)),), (zone(strokes=(longer,)),), MAP)
    assert box == pytest.approx((14.0, 4.0, 28.0, 16.0))


def test_the_same_zones_change_nothing() -> None:
    same = zone(strokes=(STROKE,))
    assert changed_box((same,), (same,), MAP) is None
