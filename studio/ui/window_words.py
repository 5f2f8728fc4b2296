"""What the window's bars say about the case."""

from PySide6.QtCore import QCoreApplication

from studio.model.case import Case
from studio.model.photo import Photo
from studio.skin.plane import PlaneMap
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


def scale_words(photo: Photo, skin: PlaneMap) -> str:
    """`8.29 px/mm ± 1.1 % · sticker`, or that this view has no scale."""
    if not skin.scaled:
        words = QCoreApplication.translate("Status", "No scale, {view} view")
        return words.format(view=named(VIEWS[photo.view]).lower())
    px = skin.px_per_mm
    return f"{px:.2f} px/mm {percent(photo.plane.sigma)} · {skin.method}"


def client_words(case: Case, *, private: bool, fallback: str) -> tuple[str, str]:
    """Name and second line of the client chip; initials in privacy mode."""
    client = case.client
    name = (client.initials if private else client.name) or fallback
    number = QCoreApplication.translate("Client", "No. {number}").format(number=client.number)
    parts = [number] if client.number else []
    if case.planned:
        parts.append(case.planned)
    return name, " · ".join(parts)
