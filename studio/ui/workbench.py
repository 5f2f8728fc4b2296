"""What every part of the window shares: the open case, the photo shown, tool, selection."""

from dataclasses import replace

from PySide6.QtCore import QObject, QThreadPool, Signal

from studio.editing.history import Edit
from studio.editing.selection import EMPTY, Selection
from studio.editing.tool import Desk
from studio.editing.toolbox import Toolbox, design_toolbox
from studio.model.case import Case
from studio.model.chart import HEAD, ChartId
from studio.model.ids import Id
from studio.model.photo import Photo
from studio.planning.guide import sitting
from studio.render.laid_dots import forget_dots
from studio.skin.maps import skin_map
from studio.skin.skinmap import SkinMap
from studio.ui.look import Look
from studio.ui.open_case import OpenCase
from studio.ui.pictures import Pictures
from studio.ui.scalp_view import draw_page, scalp_photo


class Workbench(QObject):
    """The window's middle: panels read from here and edit through here.

    The scalp map is shown like a photo, with `HEAD` for its id.
    `toolbox` holds the tools while there is a photo. `photo_changed` tells the id of the
    photo now shown ("" for none); `selection_changed` that something else is selected;
    `desk_changed` that tool or selection want to be painted anew; `said` one sentence.
    """

    photo_changed = Signal(str)
    selection_changed = Signal()
    desk_changed = Signal()
    said = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.pool = QThreadPool()
        self.pool.setMaxThreadCount(2)
        self.open_case = OpenCase()
        self.pictures = Pictures(self.pool)
        self.photo_id: Id = ""
        self.toolbox: Toolbox | None = None
        self.mirror = True
        self.snap = True
        self._flat = False
        self._map_offered = False
        self._selected = EMPTY
        self.open_case.said.connect(self.said)
        self.open_case.replaced.connect(self._replaced)
        self.open_case.changed.connect(self._changed)

    @property
    def case(self) -> Case:
        """The case as shown."""
        return self.open_case.case

    @property
    def views(self) -> tuple[Id, ...]:
        """What can be shown: the photos, and the scalp map where it is offered."""
        photos = tuple(photo.id for photo in self.case.photos)
        offered = self._map_offered and self.case.head is not None
        return (*photos, HEAD) if offered else photos

    @property
    def photo(self) -> Photo | None:
        """The photo on the canvas; None also while the scalp map is shown, which is none."""
        return None if self.photo_id in ("", HEAD) else self.case.photo(self.photo_id)

    @property
    def shown(self) -> Photo | None:
        """The photo on the canvas, or what stands for one while the scalp map is shown."""
        return self.photo_of(self.photo_id) if self.photo_id else None

    def photo_of(self, photo_id: Id) -> Photo:
        """A photo of the case or, by `HEAD`, what stands for that of the scalp map."""
        return scalp_photo(self.case) if photo_id == HEAD else self.case.photo(photo_id)

    @property
    def skin(self) -> SkinMap | None:
        """The skin map of the photo on the canvas."""
        return self.open_case.skin(self.photo_id) if self.photo_id else None

    @property
    def chart(self) -> ChartId:
        """The chart that the photo on the canvas shows; "" without one."""
        return self.skin.chart if self.skin is not None else ""

    @property
    def selection(self) -> Selection:
        """What is selected on the photo shown."""
        return self.toolbox.desk.selection if self.toolbox else EMPTY

    @property
    def lean(self) -> float | None:
        """Degrees by which the eyes of the photo shown lean on its plane; None if not known."""
        photo, skin = self.photo, self.skin
        if photo is None or skin is None:
            return None
        return sitting(self.case, photo, skin, {}).lean

    def select(self, selection: Selection) -> None:
        """Select something else."""
        if self.toolbox is not None and self.toolbox.desk.selection != selection:
            self.toolbox.desk.selection = selection
            self._desk_changed()

    def apply(self, label: str, edit: Edit, amend: str = "") -> bool:
        """One edit as one step; refusals are said."""
        return self.open_case.apply(label, edit, self.selection, amend)

    def show_photo(self, photo_id: Id) -> None:
        """Put another photo on the canvas; "" for none. Nothing happens if it is not offered."""
        if photo_id != self.photo_id and photo_id in ("", *self.views):
            self.photo_id = photo_id
            self._serve_toolbox()
            self.photo_changed.emit(photo_id)

    def step_photo(self, by: int) -> None:
        """Show the photo so many places on, round the end."""
        ids = self.views
        if self.photo_id in ids:
            self.show_photo(ids[(ids.index(self.photo_id) + by) % len(ids)])

    def offer_map(self, on: bool) -> None:
        """Offer the scalp map beside the photos, or not: it shows nothing to be marked."""
        self._map_offered = on
        self._settle_views()

    def switch(self, *, mirror: bool | None = None, snap: bool | None = None) -> None:
        """Draw with a twin or without, snap or do not."""
        self.mirror = self.mirror if mirror is None else mirror
        self.snap = self.snap if snap is None else snap
        if self.toolbox is not None:
            self.toolbox.desk.mirror, self.toolbox.desk.snap = self.mirror, self.snap

    def work_flat(self, on: bool) -> None:
        """Point on the photo's own plane, where marks off the head have a place too, or not."""
        if on is not self._flat:
            self._flat = on
            self._serve_toolbox()

    def _skin_of(self, photo_id: Id) -> SkinMap:
        case = self.case
        if self._flat and case.head is not None and photo_id != HEAD:
            return skin_map(replace(case, head=None), case.photo(photo_id))
        return self.open_case.skin(photo_id)

    def undo(self) -> None:
        """Take back a point that the tool holds, or the last step."""
        if self.toolbox is None:
            self.open_case.history.undo()
        else:
            self.toolbox.undo()

    def redo(self) -> None:
        """Bring back what was taken back last."""
        if self.toolbox is None:
            self.open_case.history.redo()
        else:
            self.toolbox.redo()

    def _replaced(self) -> None:
        self.pictures.clear()
        forget_dots()  # where the last client's hair will be is nobody else's
        self.pictures.fetch(self.open_case.photos)
        photos = self.case.photos
        self.photo_id = photos[0].id if photos else ""
        self._settle_views()
        self.toolbox = None
        self._serve_toolbox()
        self.photo_changed.emit(self.photo_id)
        self.selection_changed.emit()

    def _changed(self, before: Case, after: Case) -> None:
        if before.photos is not after.photos:
            self._photos_changed(after)
        if before.photos is not after.photos or before.head is not after.head:
            self._settle_views()
        if self.toolbox is not None and self.photo_id:
            skin = self._skin_of(self.photo_id)
            if skin is not self.toolbox.desk.skin:
                self.toolbox.show_photo(self.photo_id, skin)
        gone = self.selection.items - _drawn(after)
        if gone:
            self.select(Selection(self.selection.items - gone))

    def _photos_changed(self, after: Case) -> None:
        self.pictures.fetch(
            {
                p.sha256: self.open_case.photos[p.sha256]
                for p in after.photos
                if p.sha256 in self.open_case.photos
            }
        )

    def _settle_views(self) -> None:
        """Show something that is there, and have the scalp map drawn if it is offered."""
        ids = self.views
        if HEAD in ids:
            key, case = self.photo_of(HEAD).sha256, self.case
            self.pictures.fetch_page(key, lambda: draw_page(case))
        if self.photo_id not in ids:
            self.show_photo(ids[0] if ids else "")

    def _serve_toolbox(self) -> None:
        """Lay the tools out for the photo shown."""
        if not self.photo_id:
            self.toolbox = None
            return
        skin = self._skin_of(self.photo_id)
        if self.toolbox is not None:
            self.toolbox.show_photo(self.photo_id, skin)
            return
        desk = Desk(
            history=self.open_case.history,
            photo_id=self.photo_id,
            skin=skin,
            mirror=self.mirror,
            snap=self.snap,
            say=self.said.emit,
            changed=self._desk_changed,
        )
        self.toolbox = design_toolbox(desk)

    def _desk_changed(self) -> None:
        self.desk_changed.emit()
        if self.selection != self._selected:
            self._selected = self.selection
            self.selection_changed.emit()


def _drawn(case: Case) -> frozenset[Id]:
    """Ids of everything drawn in the chosen variant."""
    variant = case.variant
    return frozenset((*(c.id for c in variant.curves), *(z.id for z in variant.zones)))
