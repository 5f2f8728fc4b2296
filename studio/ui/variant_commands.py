"""What the commands of the variants run."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu

from studio.editing.edits.whole import choose_variant, copy_to_variant
from studio.model.ids import Id
from studio.ui.compare_picture import Way
from studio.ui.edit_commands import step
from studio.ui.workbench import Workbench

if TYPE_CHECKING:
    from studio.ui.window import Window


def variant_commands(window: "Window") -> dict[str, Callable[..., object]]:
    """By action id."""
    return {
        "variant-new": window.edits.duplicate_variant,
        "variant-delete": window.edits.delete_variant,
        "compare-side": partial(_compare, window, Way.SIDE),
        "compare-wipe": partial(_compare, window, Way.WIPE),
        "variant-copy": partial(_ask_copy, window),
        **{f"variant-{n + 1}": partial(_choose, window.bench, n) for n in range(3)},
    }


def _compare(window: "Window", way: Way) -> None:
    from studio.ui.compare import compare  # noqa: PLC0415

    compare(window, way)


def _choose(bench: Workbench, place: int) -> None:
    """Show the variant at a place of the row; nothing happens where there is none."""
    variants = bench.case.variants
    if place < len(variants) and variants[place].id != bench.case.chosen:
        chosen = variants[place].id
        bench.apply(step("Choose variant"), lambda case: choose_variant(case, chosen))


def _ask_copy(window: "Window") -> None:
    """A menu of the other variants, over the canvas; the one chosen gets the copies."""
    bench = window.bench
    ids = frozenset(item.id for item in window.edits.selected())
    others = [variant for variant in bench.case.variants if variant.id != bench.case.chosen]
    if not ids or not others:
        bench.said.emit(
            QCoreApplication.translate("Edit", "Select curves or zones to copy first.")
            if not ids
            else QCoreApplication.translate("Edit", "There is no other variant to copy to.")
        )
        return
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(QCoreApplication.translate("Edit", "Copy to variant"))
    for variant in others:
        words = QCoreApplication.translate("Edit", "To variant {0}")
        named = f"{variant.letter} {variant.name}".strip().replace("&", "&&")
        action = menu.addAction(words.format(named))
        action.triggered.connect(partial(_copy, bench, ids, variant.id))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(window.canvas.mapToGlobal(window.canvas.rect().center()))


def _copy(bench: Workbench, ids: frozenset[Id], to: Id, *_checked: bool) -> None:
    if bench.apply(step("Copy to variant"), lambda case: copy_to_variant(case, ids, to)):
        letter = next(variant.letter for variant in bench.case.variants if variant.id == to)
        words = QCoreApplication.translate("Edit", "Copied to variant {0}.")
        bench.said.emit(words.format(letter))
