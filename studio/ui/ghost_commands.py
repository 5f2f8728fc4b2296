"""Commands of the old photo under the one shown."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidgetAction

from studio.editing.edits.ghosts import (
    ghost_over,
    remove_ghost,
    set_ghost,
    set_ghost_strength,
    show_ghost,
)
from studio.model.case import Ghost
from studio.model.ids import Id
from studio.render.view_names import view_name
from studio.ui.edit_commands import step
from studio.ui.fields import SliderField
from studio.ui.workbench import Workbench

if TYPE_CHECKING:
    from studio.ui.window import Window


def ghost_commands(window: "Window") -> dict[str, Callable[..., object]]:
    """By action id."""
    return {
        "ghost-lay": partial(_ask, window),
        "ghost-strength": partial(_ask_strength, window),
        "ghost-show": partial(_toggle, window.bench),
        "ghost-remove": partial(_remove, window.bench),
    }


def _ask(window: "Window") -> None:
    """A menu of the other photos, over the canvas."""
    bench = window.bench
    here = bench.photo
    others = [photo for photo in bench.case.photos if here and photo.id != here.id]
    if here is None or not others:
        bench.said.emit(
            QCoreApplication.translate("Ghost", "Show one photo and add the old one first.")
        )
        return
    menu = _menu(window, QCoreApplication.translate("Ghost", "Old photo"))
    for photo in others:
        when = f", {photo.taken[:10]}" if photo.taken else ""
        action = menu.addAction(f"{view_name(photo.view)}{when}")
        action.triggered.connect(partial(_lay, bench, photo.id, here.id))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(window.canvas.mapToGlobal(window.canvas.rect().center()))


def _ask_strength(window: "Window") -> None:
    """A slider over the canvas; a drag is one step."""
    bench = window.bench
    ghost = _there(bench)
    if ghost is None:
        return
    over = ghost.over
    menu = _menu(window, QCoreApplication.translate("Ghost", "Strength of the old photo"))
    slider = SliderField(QCoreApplication.translate("Ghost", "Strength"), 0, 100, unit="%")
    slider.setMinimumWidth(320)
    slider.show_value(ghost.strength * 100)
    slider.moved.connect(
        lambda value: bench.apply(
            step("Change strength of the old photo"),
            lambda case: set_ghost_strength(case, over, value / 100),
            amend="ghost",
        )
    )
    holder = QWidgetAction(menu)
    holder.setDefaultWidget(slider)
    menu.addAction(holder)
    menu.popup(window.canvas.mapToGlobal(window.canvas.rect().center()))


def _menu(window: "Window", name: str) -> QMenu:
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(name)
    return menu


def _lay(bench: Workbench, photo: Id, over: Id, *_checked: bool) -> None:
    bench.apply(step("Lay an old photo under"), lambda case: set_ghost(case, photo, over))


def _toggle(bench: Workbench) -> None:
    ghost = _there(bench)
    if ghost is not None:
        over, shown = ghost.over, not ghost.shown
        label = step("Show the old photo") if shown else step("Hide the old photo")
        bench.apply(label, lambda case: show_ghost(case, over, shown=shown))


def _remove(bench: Workbench) -> None:
    ghost = _there(bench)
    if ghost is not None:
        over = ghost.over
        bench.apply(step("Take the old photo away"), lambda case: remove_ghost(case, over))


def _there(bench: Workbench) -> Ghost | None:
    """What lies under the photo shown; says so if there is nothing."""
    ghost = ghost_over(bench.case, bench.photo_id)
    if ghost is None:
        bench.said.emit(QCoreApplication.translate("Ghost", "No old photo lies under this one."))
    return ghost
