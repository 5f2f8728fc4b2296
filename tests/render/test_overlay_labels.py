"""Labels over the photo: none covers another or a mark; crowded ones fall back to numbers."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from studio.editing.overlay import Label, Mark, Shape, Spot
from studio.model.arrays import FloatArray
from studio.render.overlay_painter import MARK, _labels, overlay_box

pytestmark = pytest.mark.usefixtures("qapp")

VIEW = QRectF(0, 0, 800, 600)


def place(points: FloatArray) -> FloatArray:
    return points


def named(*places: tuple[float, float]) -> list[Shape]:
    shapes: list[Shape] = []
    for number, at in enumerate(places, start=1):
        shapes += [Spot(at, Mark.RING), Label(at, f"{number} Eye corner, right", short=f"{number}")]
    return shapes


def apart(shapes: list[Shape]) -> list[tuple[Label, QRectF]]:
    placed = _labels(tuple(shapes), place, VIEW)
    boxes = [box for _, box in placed]
    boxes += [
        QRectF(s.at[0] - MARK, s.at[1] - MARK, 2 * MARK, 2 * MARK)
        for s in shapes
        if isinstance(s, Spot)
    ]
    for i, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[:i])
    for _, box in placed:
        assert VIEW.contains(box)
        assert overlay_box(tuple(shapes), place, VIEW).contains(box)
    return placed


def test_marks_side_by_side_keep_their_names() -> None:
    pairs = [(300.0, 300.0), (324.0, 300.0), (500.0, 300.0), (524.0, 300.0)]
    placed = apart(named(*pairs))
    assert [label.text for label, _ in placed] == [
        f"{number} Eye corner, right" for number in (1, 2, 3, 4)
    ]


def test_names_stay_in_the_view() -> None:
    apart(named((5.0, 5.0), (795.0, 5.0), (5.0, 595.0), (795.0, 595.0)))


def test_a_crowd_shows_numbers() -> None:
    rng = np.random.default_rng(4)
    crowd = [(float(x), float(y)) for x, y in rng.uniform(250, 400, (24, 2))]
    texts = [label.text for label, _ in _labels(tuple(named(*crowd)), place, VIEW)]
    assert len(texts) == 24
    assert any(text.isdigit() for text in texts)


def test_what_the_photo_cannot_see_has_no_label() -> None:
    nan = (float("nan"), float("nan"))
    assert _labels(tuple(named(nan)), place, VIEW) == []
