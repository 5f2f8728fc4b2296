"""The main job with mouse and keyboard: from a photo dropped to the session map read back."""

from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDoubleSpinBox
from pytestqt.qtbot import QtBot

from studio.model.photo import MeasurementKind
from studio.storage import casefile
from studio.ui.stages.print_view import PrintView
from studio.ui.window import Window
from tests.e2e.drawing import PHOTO, ctrl, draw_design, stage
from tests.ui.studio_window import answer_file_dialog, opened, take_in


def set_density(window: Window, value: str) -> None:
    field = next(
        f
        for f in window.stages[2].inspector.findChildren(QDoubleSpinBox)
        if f.accessibleName() == "Density"
    )
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, value)
    QTest.keyClick(field, Qt.Key.Key_Return)


def pages_of(path: Path) -> list[str]:
    document = pdfium.PdfDocument(str(path))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_from_a_dropped_photo_to_the_session_map(qtbot: QtBot, tmp_path: Path) -> None:
    saved, printed = tmp_path / "Keller.hairline", tmp_path / "Keller.pdf"
    with opened(qtbot) as window:
        case = window.bench.open_case
        take_in(qtbot, window, PHOTO)
        assert window.bench.case.photos[0].plane.method is MeasurementKind.STICKER
        draw_design(window)
        variant = window.bench.case.variant
        assert [len(c.nodes) for c in variant.curves] == [3]
        assert variant.curves[0].mirrored
        assert len(variant.zones) == 1
        set_density(window, "64")
        assert window.bench.case.variant.zones[0].density == pytest.approx(64)
        drawn = window.bench.case

        ctrl(window, Qt.Key.Key_Z)
        assert window.bench.case.variant.zones[0].density != pytest.approx(64)
        ctrl(window, Qt.Key.Key_Z)
        assert window.bench.case.variant.zones == ()
        ctrl(window, Qt.Key.Key_Y)
        ctrl(window, Qt.Key.Key_Y)
        assert window.bench.case == drawn

        answer_file_dialog(saved)
        ctrl(window, Qt.Key.Key_S)
        assert case.saved
        assert window.windowTitle().startswith("Keller")
        ctrl(window, Qt.Key.Key_W)
        assert window.bench.case.photos == ()
        window.files.open(saved)
        assert window.bench.case == drawn

        stage(window, Qt.Key.Key_4)
        view = window.stages[3].centre
        assert isinstance(view, PrintView)
        qtbot.waitUntil(lambda: view.count > 0, timeout=30000)
        shown = view.count

        answer_file_dialog(printed)
        window.actions_by_id["save-map"].trigger()
        qtbot.waitUntil(printed.exists, timeout=30000)
        qtbot.waitUntil(lambda: not window.status.work.isVisible(), timeout=5000)
    pages = pages_of(printed)
    assert len(pages) == shown
    assert "Session map" in pages[0]
    assert any("Hairline strip" in page for page in pages)
    assert casefile.read(saved).case == drawn
