"""Which method every action of the window's table runs."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from studio.editing.edits.items import Order
from studio.planning.guide import GuideKind
from studio.ui.dialogs.about import show_about
from studio.ui.ghost_commands import ghost_commands
from studio.ui.hairline_table import hairline_commands
from studio.ui.stages.photos import remove_shown
from studio.ui.variant_commands import variant_commands
from studio.ui.zone_commands import zone_commands

if TYPE_CHECKING:
    from studio.ui.window import Window


def commands(window: "Window") -> dict[str, Callable[..., object]]:
    """What runs for every action id that the window itself can serve."""
    files, edits, link = window.files, window.edits, window.link
    return {
        "new": files.new,
        "open": files.ask_open,
        "save": files.save,
        "save-as": files.save_as,
        "add-photos": files.ask_photos,
        "client": files.ask_client,
        "close": files.new,
        "quit": window.close,
        "undo": window.bench.undo,
        "redo": window.bench.redo,
        "cut": edits.cut,
        "copy": edits.copy,
        "paste": window.paste,
        "duplicate": edits.duplicate,
        "delete": edits.delete,
        "select-all": edits.select_all,
        "deselect": edits.deselect,
        "raise": partial(edits.order, Order.RAISE),
        "lower": partial(edits.order, Order.LOWER),
        "top": partial(edits.order, Order.TOP),
        "bottom": partial(edits.order, Order.BOTTOM),
        "lock": edits.lock,
        "hide": edits.hide,
        "dots": link.show_dots,
        "true-tone": link.show_true_tone,
        "overlays": link.show_overlays,
        "mirror-view": link.show_mirrored,
        "zoom-in": link.zoom_in,
        "zoom-out": link.zoom_out,
        "fit": link.fit,
        "pixels": link.photo_pixels,
        "real-size": link.real_size,
        "turntable": partial(_turntable, window),
        "light": window.switch_theme,
        "private": window.set_private,
        "panels": window.show_panels,
        "full-screen": window.full_screen,
        "next-photo": partial(window.step_photo, 1),
        "previous-photo": partial(window.step_photo, -1),
        "practice": partial(files.open_made, window.practice),
        "find-sticker": partial(window.show_stage, "measure"),
        "remove-photo": partial(remove_shown, window.bench),
        "twin": window.set_twin,
        "snap": link.set_snap,
        "detach-twin": edits.detach,
        "unite": edits.unite,
        "subtract": edits.subtract,
        **variant_commands(window),
        **ghost_commands(window),
        "guides": link.show_guides,
        **{f"guide-{kind.value}": partial(link.show_guide, kind) for kind in GuideKind},
        "level-axis": edits.level_axis,
        **zone_commands(window),
        **hairline_commands(window),
        "hair": link.show_hair,
        "find-hair": window.hair.begin,
        "correct-hair": window.hair.correct,
        "clear-hair": window.hair.clear,
        "keys": window.show_keys,
        "about": partial(show_about, window),
    }


def _turntable(window: "Window") -> None:
    """Its painting is imported when it is first wanted: starting is quick."""
    from studio.ui.turntable import show_turntable  # noqa: PLC0415

    show_turntable(window, window.bench)
