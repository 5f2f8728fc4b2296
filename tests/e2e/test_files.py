"""Case files in the real window: locked, full disks, damage, newer formats, drops, pastes."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.model.photo import View
from studio.storage import casefile
from studio.ui.dialogs.add_photos import AddPhotos
from studio.ui.dialogs.frame import Dialog
from studio.ui.recent_menu import fill
from studio.ui.window import Window
from tests.e2e.drawing import ctrl, draw_zone, stage
from tests.ui.studio_window import (
    answer_file_dialog,
    dialog_of,
    drop,
    opened,
    picture,
    press_button,
    take_in,
    words_of,
)


def said(window: Window) -> str:
    """Close the one dialog that is open; what it said."""
    dialog = dialog_of(window, Dialog)
    words = words_of(dialog)
    press_button(dialog, "Close")
    QApplication.processEvents()
    return words


def saved_case(qtbot: QtBot, window: Window, path: Path) -> Path:
    """A case with one photo and one zone, saved."""
    take_in(qtbot, window, picture(path.parent, "front.jpg", (1800, 2400)))
    stage(window, Qt.Key.Key_3)
    draw_zone(window)
    assert len(window.bench.case.variant.zones) == 1
    window.bench.open_case.save(path)
    return path


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The disk takes no file larger than this."""
    resource = pytest.importorskip("resource", reason="only POSIX limits the size of files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_second_window_is_told_who_has_the_case_open(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as first:
        path = saved_case(qtbot, first, tmp_path / "case.hairline")
        with opened(qtbot) as second:
            before = second.bench.case
            second.files.open(path)
            assert "This case is open:" in said(second)
            assert second.bench.case is before
        window = first.bench.open_case
        window.new()
        with opened(qtbot) as second:
            second.files.open(path)
            assert len(second.bench.case.photos) == 1


def test_a_save_that_fails_loses_nothing_and_says_one_sentence(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with opened(qtbot) as window:
        path = saved_case(qtbot, window, folder / "case.hairline")
        good = path.read_bytes()
        draw_zone(window, right=300)
        case = window.bench.case
        assert not window.bench.open_case.saved
        with largest_file(len(good) // 2):
            assert not window.files.save()
        assert "does not take files this large" in said(window)
        assert path.read_bytes() == good
        shutil.rmtree(folder)
        assert not window.files.save()
        assert "the folder is not there any more" in said(window)
        assert window.bench.case is case
        assert not window.bench.open_case.saved
        answer_file_dialog(tmp_path / "elsewhere")
        assert window.files.save_as()
        assert casefile.read(tmp_path / "elsewhere.hairline").case == case


def test_save_as_goes_on_in_the_new_file_and_frees_the_old(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        old = saved_case(qtbot, window, tmp_path / "old.hairline")
        answer_file_dialog(tmp_path / "Keller 20.11")
        assert window.files.save_as()
        new = tmp_path / "Keller 20.11.hairline"
        assert window.bench.open_case.path == new
        assert "Keller 20.11" in window.windowTitle()
        with opened(qtbot) as other:
            other.files.open(old)
            assert other.bench.open_case.path == old


def test_a_name_without_its_ending_never_replaces_a_case_unasked(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(qtbot) as window:
        precious = saved_case(qtbot, window, tmp_path / "Keller.hairline").read_bytes()
        window.bench.open_case.new()
        take_in(qtbot, window, picture(tmp_path, "left.jpg"))
        answer_file_dialog(tmp_path / "Keller")

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, Dialog)
            assert "is there already" in words_of(dialog)
            answer_file_dialog(tmp_path / "Keller 2")
            press_button(dialog, "Choose another name")

        wait_for_dialog(answer)
        assert window.files.save_as()
        assert (tmp_path / "Keller.hairline").read_bytes() == precious
        assert window.bench.open_case.path == tmp_path / "Keller 2.hairline"


def wait_for_dialog(answer: Callable[[], object]) -> None:
    """Answer one of our own dialogs as soon as it is open."""

    def look() -> None:
        if isinstance(QApplication.activeModalWidget(), Dialog):
            answer()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def test_a_damaged_photo_is_said_and_the_rest_is_there(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        path = saved_case(qtbot, window, tmp_path / "case.hairline")
        case = window.bench.case
        window.bench.open_case.new()
        data = bytearray(path.read_bytes())
        middle = data.index(b"\xff\xd8") + 2000
        data[middle : middle + 40] = bytes(40)
        path.write_bytes(bytes(data))
        window.files.open(path)
        assert "damaged" in said(window)
        assert window.bench.case == case
        stage(window, Qt.Key.Key_3)
        draw_zone(window, right=300)
        assert window.files.save()
        assert len(casefile.read(path).case.variant.zones) == 2


def test_a_newer_format_is_refused_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "newer.hairline"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("manifest.json", json.dumps({"format": 99, "app": "9.0", "id": "x"}))
        packed.writestr("case.json", "{}")
    data = path.read_bytes()
    with opened(qtbot) as window:
        before = window.bench.case
        window.files.open(path)
        assert "newer Hairline Studio" in said(window)
        assert window.bench.case is before
    assert path.read_bytes() == data


def test_a_dropped_case_is_opened_and_unsaved_work_asked_about(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(qtbot) as window:
        path = saved_case(qtbot, window, tmp_path / "case.hairline")
        kept = window.bench.case
        window.bench.open_case.new()
        take_in(qtbot, window, picture(tmp_path, "left.jpg"))
        unsaved = window.bench.case
        drop(window, path)
        press_button(dialog_of(window, Dialog), "Keep working")
        assert window.bench.case is unsaved
        drop(window, path)
        press_button(dialog_of(window, Dialog), "Do not save")
        assert window.bench.case == kept


def test_a_case_dropped_with_photos_does_nothing_but_say_so(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        path = saved_case(qtbot, window, tmp_path / "case.hairline")
        case = window.bench.case
        drop(window, path, picture(tmp_path, "left.jpg"))
        assert "opened alone" in window.status.currentMessage()
        assert window.bench.case is case


def test_recent_cases_open_from_the_menu(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        path = saved_case(qtbot, window, tmp_path / "case.hairline")
        gone = tmp_path / "gone.hairline"
        answer_file_dialog(gone)
        assert window.files.save_as()
        window.bench.open_case.new()
        gone.unlink()
        menu = QMenu(window)
        fill(menu, window.files.open)
        names = [action.text() for action in menu.actions()]
        assert names == ["gone.hairline (not found)", "case.hairline"]
        menu.actions()[1].trigger()
        assert window.bench.open_case.path == path


def test_a_picture_and_files_can_be_pasted(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        image = QImage(640, 800, QImage.Format.Format_RGB32)
        image.fill(QColor("#C8A890"))
        QApplication.clipboard().setImage(image)
        ctrl(window, Qt.Key.Key_V)
        go_on(qtbot, window)
        assert (window.bench.case.photos[0].width, window.bench.case.photos[0].height) == (640, 800)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path, "left.jpg")))])
        QApplication.clipboard().setMimeData(data)
        ctrl(window, Qt.Key.Key_V)
        go_on(qtbot, window)
        assert [p.view for p in window.bench.case.photos] == [View.FRONT, View.LEFT]
        QApplication.clipboard().clear()


def go_on(qtbot: QtBot, window: Window) -> None:
    """Wait for the photos and take them."""
    before = len(window.bench.case.photos)
    dialog = dialog_of(window, AddPhotos)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20000)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.bench.case.photos) > before)


def test_of_several_the_good_ones_go_in_and_the_others_say_why(
    qtbot: QtBot, tmp_path: Path
) -> None:
    cut = picture(tmp_path, "top.jpg")
    cut.write_bytes(cut.read_bytes()[:6000])
    text = tmp_path / "notes.jpg"
    text.write_text("not a picture")
    with opened(qtbot) as window:
        drop(window, picture(tmp_path, "front.png"), cut, text, picture(tmp_path, "left.jpg"))
        dialog = dialog_of(window, AddPhotos)
        assert dialog.windowTitle() == "Adding 4 photos"
        qtbot.waitUntil(dialog.go.isEnabled, timeout=20000)
        assert dialog.summary.text() == "2 read, 2 refused"
        assert dialog.go.text() == "Continue with 2"
        press_button(dialog, "Copy report")
        report = QApplication.clipboard().text().splitlines()
        assert [line.split(":")[0] for line in report] == [
            "front.png",
            "top.jpg",
            "notes.jpg",
            "left.jpg",
        ]
        assert dialog.isVisible()
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: len(window.bench.case.photos) == 2)


def test_the_same_photo_twice_goes_in_once(qtbot: QtBot, tmp_path: Path) -> None:
    first = picture(tmp_path, "front.jpg")
    same = tmp_path / "copy.jpg"
    shutil.copy(first, same)
    with opened(qtbot) as window:
        drop(window, first, same, picture(tmp_path, "left.jpg", (600, 800)))
        go_on(qtbot, window)
        assert [p.view for p in window.bench.case.photos] == [View.FRONT, View.LEFT]
        assert "copy.jpg is in the case already" in window.status.currentMessage()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_cancelled_import_leaves_the_case(qtbot: QtBot, tmp_path: Path, way: str) -> None:
    with opened(qtbot) as window:
        before = window.bench.case
        drop(window, *(picture(tmp_path, f"p{n}.jpg", (2000, 2600)) for n in range(3)))
        dialog = dialog_of(window, AddPhotos)
        if way == "button":
            press_button(dialog, "Cancel")
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        window.bench.pool.waitForDone(10000)
        QApplication.processEvents()
        assert window.bench.case is before
        assert window.bench.open_case.photos == {}
