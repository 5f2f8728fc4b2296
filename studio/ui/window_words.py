"""What the window's bars say about the case."""

from PySide6.QtCore import QCoreApplication

from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.photo import Photo
from studio.render.view_names import view_name
from studio.skin.skinmap import SkinMap, px_per_mm
from studio.ui.filmstrip import Frame
from studio.ui.scalp_view import scalp_words
from studio.ui.view_words import NO_SCALE, named
from studio.ui.workbench import Workbench


def percent(share: float) -> str:
    """A relative error as on screen: `± 1.1 %`."""
    return f"± {share * 100:.1f} %"


def frames(bench: Workbench) -> tuple[Frame, ...]:
    """The cards of the filmstrip."""
    return tuple(_frame(bench.photo_of(view), bench.open_case.skin(view)) for view in bench.views)


def _frame(photo: Photo, skin: SkinMap) -> Frame:
    detail = percent(float(skin.sigma(skin.focus)[0])) if skin.scaled else named(NO_SCALE)
    name = scalp_words() if photo.id == HEAD else view_name(photo.view)
    return Frame(photo.id, name, detail, skin.scaled)


def scale_words(photo: Photo, skin: SkinMap) -> str:
    """`8.29 px/mm ± 1.1 % · sticker`, or that this view has no scale."""
    if photo.id == HEAD:
        sure = percent(float(skin.sigma(skin.focus)[0])) if skin.scaled else named(NO_SCALE)
        return f"{scalp_words()} {sure}"
    if not skin.scaled:
        words = QCoreApplication.translate("Status", "No scale, {view} view")
        return words.format(view=view_name(photo.view).lower())
    sigma = float(skin.sigma(skin.focus)[0])
    return f"{px_per_mm(skin):.2f} px/mm {percent(sigma)} · {skin.method}"


def client_words(case: Case, *, private: bool, fallback: str) -> tuple[str, str]:
    """Name and second line of the client chip.

    In privacy mode initials, and not even `fallback`: a file may be named after the client.
    """
    client = case.client
    if private:
        name = client.initials or QCoreApplication.translate("Client", "Private")
    else:
        name = client.name or fallback
    number = QCoreApplication.translate("Client", "No. {number}").format(number=client.number)
    parts = [number] if client.number else []
    if case.planned:
        parts.append(case.planned)
    return name, " · ".join(parts)
