"""What the window's bars say about the case."""

from PySide6.QtCore import QCoreApplication

from studio.model.case import Case
from studio.model.photo import Photo
from studio.skin.skinmap import SkinMap, px_per_mm
from studio.ui.filmstrip import Frame
from studio.ui.view_words import NO_SCALE, VIEWS, named


def percent(share: float) -> str:
    """A relative error as on screen: `± 1.1 %`."""
    return f"± {share * 100:.1f} %"


def frames(case: Case) -> tuple[Frame, ...]:
    """The cards of the filmstrip."""
    return tuple(_frame(photo) for photo in case.photos)


def _frame(photo: Photo) -> Frame:
    measured = photo.plane.method is not None
    detail = percent(photo.plane.sigma) if measured else named(NO_SCALE)
    return Frame(photo.id, named(VIEWS[photo.view]), detail, measured)


def scale_words(photo: Photo, skin: SkinMap) -> str:
    """`8.29 px/mm ± 1.1 % · sticker`, or that this view has no scale."""
    if not skin.scaled:
        words = QCoreApplication.translate("Status", "No scale, {view} view")
        return words.format(view=named(VIEWS[photo.view]).lower())
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
