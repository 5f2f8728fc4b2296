"""What the Edit and Design menus do to the selection."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication

from studio.editing.clipboard import Clip, copy, paste
from studio.editing.edits.items import (
    Item,
    Order,
    delete_items,
    detach_twin,
    duplicate_items,
    items_of,
    reorder,
    set_hidden,
    set_locked,
    set_mirrored,
)
from studio.editing.edits.whole import delete_variant, duplicate_variant, set_axis
from studio.editing.edits.zones import subtract_zones, union_zones
from studio.editing.selection import Selection
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.ids import Id
from studio.ui.workbench import Workbench


def step(words: str) -> str:
    """The name of a step in the person's language."""
    return QCoreApplication.translate("Steps", words)


class EditCommands:
    """Commands on what is selected; each is one step."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._clip: Clip | None = None

    def selected(self) -> tuple[Item, ...]:
        """The selected items of the photo shown, lowest first."""
        chosen = self._bench.selection.items | {n.item for n in self._bench.selection.nodes}
        return tuple(item for item in items_of(self._bench.case.variant) if item.id in chosen)

    def level_axis(self) -> None:
        """Lean the mirror axis of the photo as the head leans by its pupils, or eye corners."""
        bench = self._bench
        angle, chart = bench.lean, bench.chart
        if angle is None:
            bench.said.emit(
                QCoreApplication.translate(
                    "Edit",
                    "Mark both pupils in this photo first; on the head the midline is known.",
                )
            )
            return
        bench.apply(
            step("Tilt mirror axis"),
            lambda case: set_axis(case, replace(case.axis(chart), angle=angle)),
        )

    def cut(self) -> None:
        """Copy, then delete."""
        self.copy()
        self.delete(step("Cut"))

    def copy(self) -> None:
        """Keep the selected items for pasting."""
        ids = self._ids()
        if ids:
            self._clip = copy(self._bench.case, ids)

    def paste(self) -> bool:
        """Put copies on the photo shown; False if nothing was copied."""
        if self._clip is None or not self._bench.photo_id:
            return False
        clip, chart = self._clip, self._bench.chart
        self._select_new(step("Paste"), lambda case: paste(case, clip, chart, self._middle()))
        return True

    def duplicate(self) -> None:
        """Copies of the selected items a little aside."""
        ids = self._ids()
        if ids:
            self._select_new(step("Duplicate"), lambda case: duplicate_items(case, ids))

    def delete(self, label: str = "") -> None:
        """Take the selected items away."""
        ids = self._ids()
        if ids:
            self._bench.apply(label or step("Delete"), lambda case: delete_items(case, ids))

    def select_all(self) -> None:
        """Select everything on the photo shown that can be touched."""
        here = frozenset(
            item.id
            for item in items_of(self._bench.case.variant)
            if item.chart == self._bench.chart and not item.hidden and not item.locked
        )
        self._bench.select(Selection(here))

    def deselect(self) -> None:
        """Select nothing."""
        self._bench.select(Selection())

    def order(self, order: Order) -> None:
        """Move the selected items up or down among the others."""
        ids = self._ids()
        self._bench.apply(step("Change order"), lambda case: reorder(case, ids, order))

    def move_to(self, item_id: Id, places: int) -> None:
        """Move one item up (positive) or down by so many places."""
        order = Order.RAISE if places > 0 else Order.LOWER

        def edit(case: Case) -> Case:
            for _ in range(abs(places)):
                case = reorder(case, {item_id}, order)
            return case

        self._bench.apply(step("Change order"), edit)

    def lock(self, ids: frozenset[Id] | None = None) -> None:
        """Lock what is free, or unlock when all of it is locked."""
        chosen = self._ids() if ids is None else ids
        locked = not all(item.locked for item in self._items(chosen))
        label = step("Lock") if locked else step("Unlock")
        self._bench.apply(label, lambda case: set_locked(case, chosen, locked=locked))

    def hide(self, ids: frozenset[Id] | None = None) -> None:
        """Hide what is shown, or show when all of it is hidden."""
        chosen = self._ids() if ids is None else ids
        hidden = not all(item.hidden for item in self._items(chosen))
        label = step("Hide") if hidden else step("Show")
        self._bench.apply(label, lambda case: set_hidden(case, chosen, hidden=hidden))

    def mirror(self, mirrored: bool) -> None:
        """Give the selected items a twin, or take it from them."""
        ids = self._ids()
        label = step("Add twin") if mirrored else step("Remove twin")
        self._bench.apply(label, lambda case: set_mirrored(case, ids, mirrored=mirrored))

    def detach(self) -> None:
        """Make twins things of their own."""
        ids = self._ids()
        self._bench.apply(step("Detach twin"), lambda case: detach_twin(case, ids))

    def unite(self) -> None:
        """Make the selected zones one."""
        ids = self._ids()
        self._bench.apply(step("Unite zones"), lambda case: union_zones(case, ids))

    def subtract(self) -> None:
        """Cut the upper selected zones out of the lowest one."""
        zones = [z for z in self._bench.case.variant.zones if z.id in self._ids()]
        lowest = zones[0].id if zones else ""
        upper = frozenset(zone.id for zone in zones[1:])
        self._bench.apply(step("Subtract zone"), lambda case: subtract_zones(case, lowest, upper))

    def duplicate_variant(self) -> None:
        """A copy of the design to try something else on."""
        chosen = self._bench.case.chosen
        self._bench.apply(step("Duplicate variant"), lambda case: duplicate_variant(case, chosen))

    def delete_variant(self) -> None:
        """Take the shown design away."""
        chosen = self._bench.case.chosen
        self._bench.apply(step("Delete variant"), lambda case: delete_variant(case, chosen))

    def _middle(self) -> Point | None:
        """Chart position of the middle of the photo shown."""
        photo, skin = self._bench.shown, self._bench.skin
        if photo is None or skin is None:
            return None
        middle = skin.to_skin(np.array([[photo.width / 2, photo.height / 2]]))
        x, y = (middle if np.isfinite(middle).all() else skin.focus)[0]
        return (float(x), float(y))

    def _ids(self) -> frozenset[Id]:
        return frozenset(item.id for item in self.selected())

    def _items(self, ids: frozenset[Id]) -> list[Item]:
        return [item for item in items_of(self._bench.case.variant) if item.id in ids]

    def _select_new(self, label: str, edit: Callable[[Case], tuple[Case, frozenset[Id]]]) -> None:
        made: list[frozenset[Id]] = []

        def run(case: Case) -> Case:
            after, ids = edit(case)
            made.append(ids)
            return after

        if self._bench.apply(label, run):
            self._bench.select(Selection(made[0]))
