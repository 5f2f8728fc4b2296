"""Textures: inside their zones, at their pitch, different for neighbours."""

import numpy as np
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from studio.model.zone import Purpose
from studio.render.hatch import DOT_MM, PITCH, RING_MM, full_angles, hatch

RING = Polygon(
    Point(0, 0).buffer(20).exterior.coords, [list(Point(3, 0).buffer(6).exterior.coords)]
)
TEXTURED = [p for p in Purpose if p is not Purpose.KEEP_CLEAR]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_marks_lie_inside_the_zone(purpose: Purpose) -> None:
    marks = hatch(RING, purpose)
    grown = RING.buffer(1e-6)
    assert len(marks.lines) + len(marks.dots) + len(marks.rings) > 0
    assert all(grown.contains(LineString(line)) for line in marks.lines)
    assert all(RING.contains(Point(p).buffer(DOT_MM / 2 - 0.01)) for p in marks.dots)
    assert all(RING.contains(Point(p).buffer(RING_MM / 2 - 0.01)) for p in marks.rings)


@pytest.mark.parametrize("purpose", [Purpose.FULL, Purpose.PARTING])
@pytest.mark.parametrize("spread", [1.0, 1.35])
def test_parallel_lines_keep_their_pitch(purpose: Purpose, spread: float) -> None:
    lines = hatch(box(0, 0, 40, 40), purpose, spread=spread).lines
    way = lines[0, 1] - lines[0, 0]
    normal = np.array([-way[1], way[0]]) / np.hypot(*way)
    steps = np.diff(np.sort(lines[:, 0] @ normal))
    assert steps == pytest.approx(PITCH[purpose] * spread, abs=1e-9)


def test_staggered_dots_keep_their_pitch() -> None:
    dots = hatch(box(0, 0, 20, 20), Purpose.TRANSITION).dots
    apart = np.hypot(*(dots[:, None] - dots[None]).T) + 99 * np.eye(len(dots))
    assert apart.min(axis=1) == pytest.approx(PITCH[Purpose.TRANSITION], abs=1e-9)


@pytest.mark.parametrize("purpose", TEXTURED)
def test_textures_differ_in_ink_pattern(purpose: Purpose) -> None:
    """No two purposes leave the same marks in the same square."""
    square = box(0, 0, 30, 30)
    mine = hatch(square, purpose)
    for other in TEXTURED:
        if other is purpose:
            continue
        theirs = hatch(square, other)
        alike = (
            mine.lines.shape == theirs.lines.shape
            and mine.dots.shape == theirs.dots.shape
            and mine.rings.shape == theirs.rings.shape
        )
        assert not alike


def test_touching_full_zones_turn_their_lines() -> None:
    shapes = [box(0, 0, 10, 10), box(10, 0, 20, 10), box(0, 10, 20, 20), box(90, 0, 95, 9)]
    angles = full_angles(shapes)
    assert len(set(angles[:3])) == 3
    assert angles[3] == angles[0]


def test_a_zone_too_narrow_for_dots_has_none() -> None:
    assert len(hatch(box(0, 0, 10, 0.3), Purpose.TRANSITION).dots) == 0


def test_zones_in_two_parts_are_filled_in_both() -> None:
    shape = MultiPolygon([box(0, 0, 10, 10), box(30, 0, 40, 10)])
    lines = hatch(shape, Purpose.FULL).lines
    assert (lines[..., 0].max(axis=1) < 11).any()
    assert (lines[..., 0].min(axis=1) > 29).any()
