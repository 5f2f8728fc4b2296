"""The scalp map in the window: a view of its own that shows and takes the same design."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.model.chart import HEAD
from studio.model.photo import View
from studio.render import laid_dots
from studio.render.pages.tapemap import hour_text, laid_out
from studio.skin.head.headskin import HeadSkin
from studio.skin.head.tapenet import address
from studio.skin.maps import skin_maps
from studio.ui.window import Window
from tests.heads_of_practice import practice_on_head
from tests.ui.studio_window import click, mouse, on_canvas, opened


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """The practice case on its head, in the design stage, its pictures there."""
    case, pictures = practice_on_head()
    with opened(qtbot) as shown:
        shown.bench.open_case.show_made(case, dict(pictures))
        shown.show_stage("design")
        qtbot.waitUntil(
            lambda: _there(shown, HEAD) and _there(shown, case.photos[0].id), timeout=30000
        )
        yield shown


def _there(window: Window, view: str) -> bool:
    return window.bench.pictures.pyramid(window.bench.photo_of(view).sha256) is not None


def _card(window: Window) -> str:
    return next(c.frame.photo for c in window.filmstrip._cards.values() if c.isChecked())


def test_keys_reach_it_and_lead_on(window: Window) -> None:
    first = window.bench.case.photos[0].id
    QTest.keyClick(window.canvas, Qt.Key.Key_6)
    assert window.bench.photo_id == HEAD
    assert window.bench.photo is None
    assert _card(window) == HEAD
    QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
    assert window.bench.photo_id == first
    QTest.keyClick(window.canvas, Qt.Key.Key_PageUp)
    assert window.bench.photo_id == HEAD
    assert window.status._scale.text().startswith("Scalp map")


def test_a_zone_drawn_on_it_is_in_the_photos(window: Window) -> None:
    window.bench.show_photo(HEAD)
    window.bench.switch(mirror=False)
    window.take_tool("polygon")
    skin = skin_maps(window.bench.case)[HEAD]
    corners = [(-40.0, -20.0), (40.0, -20.0), (40.0, 30.0), (-40.0, 30.0)]
    for x, y in skin.to_photo(np.array(corners)).tolist():
        click(window, (x, y))
    before = len(window.bench.case.variant.zones)
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    assert len(window.bench.case.variant.zones) == before + 1
    zone = window.bench.case.variant.zones[-1]
    assert zone.chart == HEAD
    assert np.abs(np.array(zone.outline) - corners).max() < 1.0
    top = next(p.id for p in window.bench.case.photos if p.view is View.TOP)
    before_map = window.canvas.grab().toImage()
    window.bench.show_photo(top)
    seen = skin_maps(window.bench.case)[top].to_photo(np.array([(0.0, 5.0)]))
    assert np.isfinite(seen).all()
    with_zone = window.canvas.grab().toImage()
    assert with_zone != before_map
    window.bench.open_case.history.undo()
    assert window.canvas.grab().toImage() != with_zone


def test_it_is_offered_where_nothing_is_marked(window: Window) -> None:
    window.bench.show_photo(HEAD)
    for stage in ("measure", "photos"):
        window.show_stage(stage)
        assert window.bench.photo_id == window.bench.case.photos[0].id
        assert HEAD not in window.bench.views
        window.show_stage("design")
        window.bench.show_photo(HEAD)
        assert window.bench.photo_id == HEAD


def test_it_goes_with_the_head_and_is_drawn_anew_with_another(qtbot: QtBot, window: Window) -> None:
    bench = window.bench
    bench.show_photo(HEAD)
    case = bench.case
    assert case.head is not None
    page = bench.photo_of(HEAD).sha256
    larger = replace(
        case.head, coefficients=(case.head.coefficients[0] + 0.05, *case.head.coefficients[1:])
    )
    assert bench.apply("Fit the head", lambda now: replace(now, head=larger))
    assert bench.photo_id == HEAD
    other = bench.photo_of(HEAD).sha256
    assert other != page
    qtbot.waitUntil(lambda: bench.pictures.pyramid(other) is not None, timeout=30000)
    assert bench.pictures.pyramid(page) is None
    assert bench.apply("Forget the head", lambda now: replace(now, head=None))
    assert bench.photo_id == case.photos[0].id
    assert HEAD not in bench.views


def test_what_needs_a_photo_says_so(window: Window) -> None:
    window.bench.show_photo(HEAD)
    said: list[str] = []
    window.bench.said.connect(said.append)
    window.actions_by_id["save-picture"].trigger()
    window.actions_by_id["remove-photo"].trigger()
    assert any("scalp map" in words for words in said)
    assert len(window.bench.case.photos) == 5


def test_it_says_that_it_is_out_of_date_until_it_is_drawn_anew(
    window: Window, qtbot: QtBot
) -> None:
    def outdated() -> bool:
        return window.canvas.outdated

    window.bench.show_photo(HEAD)
    assert not outdated()
    before = window.canvas.grab().toImage()
    head = window.bench.case.head
    assert head is not None
    first, *rest = head.coefficients
    again = replace(head, coefficients=(first + 1e-5, *rest))
    window.bench.apply("Fit", lambda case: replace(case, head=again))
    assert outdated()
    assert window.canvas.grab().toImage() != before
    qtbot.waitUntil(lambda: not outdated(), timeout=30000)
    assert _there(window, HEAD)


def test_no_dots_are_kept_of_a_case_that_was_put_away(window: Window) -> None:
    window.show_stage("design")
    window.canvas.grab()
    assert laid_dots._laid
    window.bench.open_case.new()
    assert not laid_dots._laid


def _point_at(window: Window, chart: tuple[float, float]) -> str:
    """Move the mouse to a place of the head; gives what the status line says of it."""
    skin = window.canvas.skin
    assert skin is not None
    x, y = skin.to_photo(np.array([chart]))[0].tolist()
    at = QPointF(*on_canvas(window, (x, y)))
    mouse(window.canvas, QEvent.Type.MouseMove, at, button=Qt.MouseButton.NoButton)
    return window.status._where.text()


def _minutes(hour: str) -> int:
    hours, minutes = hour.split(":")
    return int(hours) % 12 * 60 + int(minutes)


def test_the_status_line_tells_clock_hour_and_tape_of_the_place(window: Window) -> None:
    case = window.bench.case
    skin = skin_maps(case)[HEAD]
    assert isinstance(skin, HeadSkin)
    vertex = laid_out(case).places.vertex
    place = (60.0, 170.0)
    hour, mm = address(skin.relief.surface, vertex, place)
    window.bench.show_photo(HEAD)
    words = _point_at(window, place)
    told_hour, rest = words.split(" / ")
    told, error = rest.removesuffix(" mm").split(" ± ")
    # a pixel of the view is half a millimetre there
    assert abs(float(told) - mm) <= 1.5
    minutes = [_minutes(told_hour), _minutes(hour_text(hour))]
    assert abs(minutes[0] - minutes[1]) <= 3
    assert float(error) >= 1
    window.canvas.leaveEvent(QEvent(QEvent.Type.Leave))
    assert window.status._where.text() == ""


def test_in_a_photo_it_tells_how_steeply_the_place_is_seen(window: Window) -> None:
    photo = window.bench.case.photos[0]
    window.bench.show_photo(photo.id)
    skin = skin_maps(window.bench.case)[photo.id]
    facing = _point_at(window, (0.0, 300.0))
    degrees = float(skin.incidence(np.array([(0.0, 300.0)]))[0])
    assert facing.endswith(f"seen at {degrees:.0f}°")
    assert " mm, " in facing
    midline = np.stack([np.zeros(300), np.linspace(300, 0, 300)], axis=1)
    steep = midline[int(np.argmax(skin.incidence(midline) > 72))]
    words = _point_at(window, (float(steep[0]), float(steep[1])))
    assert words.startswith("12:00 / ")
    assert words.endswith("° not measurable here")


def test_the_figures_stay_in_the_window_and_the_hint_gives_way(
    qtbot: QtBot, window: Window
) -> None:
    window.resize(1280, 800)
    window.bench.show_photo(window.bench.case.photos[0].id)
    _point_at(window, (0.0, 135.0))
    status = window.status
    qtbot.waitUntil(lambda: status._hint.text().endswith("…"))
    assert status._hint.toolTip() == window.link.hint
    assert status._saved.geometry().right() <= status.width()
    assert status._where.width() >= status._where.sizeHint().width()
