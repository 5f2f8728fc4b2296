"""Small drawings of a head: from each side, with a landmark pointed out."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.model.photo import LandmarkKind as Kind
from studio.model.photo import View
from studio.render.tokens import Tokens
from studio.ui.look import Look

SIDE = 112.0
"""All drawings lie in a square of this side; y runs down, the client's right is at the left."""

SHOWN = 88
"""Pixels of the picture's side."""

RING, CROSS = 7.5, 13.0
"""Radius of the ring round a landmark, and how far its four strokes reach."""

_FRONT = {
    Kind.OLD_HAIRLINE_MID: (56.0, 22.0),
    Kind.OLD_HAIRLINE_RIGHT: (37.0, 25.5),
    Kind.BROW_WRINKLE: (56.0, 35.0),
    Kind.GLABELLA: (56.0, 48.0),
    Kind.NASION: (56.0, 55.5),
    Kind.PUPIL_RIGHT: (42.0, 56.5),
    Kind.CANTHUS_RIGHT: (35.0, 57.0),
    Kind.TRAGUS_RIGHT: (27.5, 62.0),
    Kind.SUBNASALE: (56.0, 80.0),
    Kind.MENTON: (56.0, 102.0),
    Kind.NOSE_TIP: (56.0, 74.5),
    Kind.EAR_ROOT_RIGHT: (26.5, 50.5),
    Kind.EAR_TOP_RIGHT: (22.0, 48.5),
    Kind.EAR_LOBE_RIGHT: (24.5, 72.5),
}

_LEFT_SIDE = {
    Kind.GLABELLA: (21.3, 48.0),
    Kind.NASION: (23.0, 56.5),
    Kind.NOSE_TIP: (15.6, 71.5),
    Kind.SUBNASALE: (24.0, 79.0),
    Kind.MENTON: (31.0, 96.3),
    Kind.PUPIL_LEFT: (28.5, 57.5),
    Kind.CANTHUS_LEFT: (34.0, 58.5),
    Kind.TRAGUS_LEFT: (56.0, 65.5),
    Kind.EAR_ROOT_LEFT: (56.0, 57.0),
    Kind.EAR_TOP_LEFT: (62.0, 52.0),
    Kind.EAR_LOBE_LEFT: (58.5, 76.0),
}

_TOP = {
    Kind.NOSE_TIP: (56.0, 97.0),
    Kind.GLABELLA: (56.0, 88.5),
    Kind.EAR_TOP_RIGHT: (20.5, 55.0),
    Kind.EAR_TOP_LEFT: (91.5, 55.0),
}


def _turned(kind: Kind) -> Kind:
    """The same landmark of the other side."""
    right, left = "-right", "-left"
    if kind.value.endswith(right):
        return Kind(kind.value.removesuffix(right) + left)
    return Kind(kind.value.removesuffix(left) + right) if kind.value.endswith(left) else kind


Places = dict[Kind, tuple[float, float]]


def _flipped(places: Places) -> Places:
    return {_turned(kind): (SIDE - x, y) for kind, (x, y) in places.items()}


_BEHIND = {
    _turned(kind): _FRONT[kind]
    for kind in (Kind.EAR_ROOT_RIGHT, Kind.EAR_TOP_RIGHT, Kind.EAR_LOBE_RIGHT)
}
"""Seen from behind the client's left is at the left."""

PLACES: dict[View, Places] = {
    View.FRONT: _FRONT | _flipped(_FRONT),
    View.LEFT: _LEFT_SIDE,
    View.RIGHT: _flipped(_LEFT_SIDE),
    View.TOP: _TOP,
    View.BACK: _BEHIND | _flipped(_BEHIND),
}
"""Where each view's drawing has its landmarks."""


def drawn_view(view: View, kind: Kind) -> View:
    """The drawing that shows a landmark for a photo of some view: its own if it can."""
    if kind in PLACES.get(view, {}):
        return view
    if view in (View.LEFT, View.RIGHT):
        other = View.RIGHT if view is View.LEFT else View.LEFT
        if kind in PLACES[other]:
            return other
    return View.FRONT


def sentence(view: View) -> str:
    """What a drawing shows, to whom cannot see it."""
    words = {
        View.FRONT: QCoreApplication.translate("Measure", "A head from the front: {name}"),
        View.LEFT: QCoreApplication.translate("Measure", "A head from its left: {name}"),
        View.RIGHT: QCoreApplication.translate("Measure", "A head from its right: {name}"),
        View.TOP: QCoreApplication.translate("Measure", "A head from above: {name}"),
        View.BACK: QCoreApplication.translate("Measure", "A head from behind: {name}"),
    }
    return words[view]


class LandmarkPicture(QWidget):
    """A head as the photo's view shows it, and the landmark to be clicked on it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._view, self._kind = View.FRONT, Kind.GLABELLA
        self.setFixedSize(QSize(SHOWN, SHOWN))
        look.changed.connect(self.update)

    @property
    def place(self) -> QPointF:
        """Where the landmark stands, in pixels of the picture."""
        x, y = PLACES[self._view][self._kind]
        return QPointF(x, y) * (SHOWN / SIDE)

    def point_out(self, view: View, kind: Kind, name: str) -> None:
        """Show a landmark by its name in a photo of this view."""
        self._view, self._kind = drawn_view(view, kind), kind
        self.setAccessibleName(sentence(self._view).format(name=name))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The head, and a ring with four strokes round the landmark."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(SHOWN / SIDE, SHOWN / SIDE)
        _PAINT[self._view](painter, tokens)
        place = QPointF(*PLACES[self._view][self._kind])
        for colour, width in ((tokens.raised, 5.0), (tokens.accent, 2.4)):
            painter.setPen(QPen(QColor(colour), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place, RING, RING)
            for way in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
                painter.drawLine(place + way * RING, place + way * CROSS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(place, 2.4, 2.4)
        painter.end()


def paint_profile(painter: QPainter, tokens: Tokens) -> None:
    """A head from its left."""
    _skin(painter, tokens)
    painter.drawPath(_profile())
    painter.drawPath(_path((56, 57), (59, 50, 68, 51, 68, 59), (68, 66, 62, 70, 61, 75)))
    painter.drawPath(_path((61, 75), (59, 79, 56, 75, 57, 70), (55, 67, 56, 63, 57.5, 63)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path((25.5, 57), (28, 54.5, 31, 56, 34, 58.5), (31, 60, 28, 60, 26.5, 58)))
    painter.drawPath(_path((23.5, 87), (26, 87, 28, 87, 30, 88)))


def _paint_other_profile(painter: QPainter, tokens: Tokens) -> None:
    painter.save()
    painter.translate(SIDE, 0)
    painter.scale(-1, 1)
    paint_profile(painter, tokens)
    painter.restore()


def _paint_front(painter: QPainter, tokens: Tokens) -> None:
    _skin(painter, tokens)
    _both(painter, [_path((38, 90), (38.5, 98, 38, 104, 34, 110)), _ear()])
    half = _path((56, 102), (44, 102, 33, 90, 30, 74), (26, 64, 25, 54, 26, 42))
    _whole(painter, half)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    eye = _path((35, 57), (39, 51.5, 45, 52, 49, 57.5), (45, 60, 39, 60.5, 35, 57))
    brow = _path((33, 50), (38, 45.5, 44, 46, 50, 48.5))
    nose = _path((53, 60), (52, 68, 49, 73, 50, 77), (51, 79.5, 54, 79, 56, 80))
    mouth = _path((47, 87.5), (50, 88, 53, 87.5, 56, 88))
    _both(painter, [eye, brow, nose, mouth])
    painter.setBrush(QColor(tokens.text2))
    for x in (42.0, SIDE - 42.0):
        painter.drawEllipse(QPointF(x, 56.5), 1.6, 1.6)


def _paint_back(painter: QPainter, tokens: Tokens) -> None:
    _skin(painter, tokens)
    _both(painter, [_ear()])
    half = _path((56, 110), (50, 110, 40, 110, 36, 110), (39, 100, 39, 92, 36, 86))
    half.cubicTo(QPointF(29, 74), QPointF(25, 56), QPointF(26, 42))
    _whole(painter, half)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _both(painter, [_path((41, 90), (46, 94, 51, 95, 56, 95))])


def _paint_top(painter: QPainter, tokens: Tokens) -> None:
    _skin(painter, tokens)
    nose = _path((50, 86), (52, 92, 53, 97, 56, 97))
    _both(painter, [nose, _path((26, 50), (19, 50, 18, 58, 25, 60))])
    half = _path((56, 90), (42, 90, 30, 80, 25, 60), (20, 32, 34, 10, 56, 10))
    _closed(painter, half)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(53, 30, 6, 5))


def _skin(painter: QPainter, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.text2), 1.7))
    painter.setBrush(QColor(tokens.raised))


def _path(start: tuple[float, float], *curves: tuple[float, ...]) -> QPainterPath:
    """Cubic curves, each by its two handles and its end."""
    path = QPainterPath(QPointF(*start))
    for x1, y1, x2, y2, x, y in curves:
        path.cubicTo(QPointF(x1, y1), QPointF(x2, y2), QPointF(x, y))
    return path


def _ear() -> QPainterPath:
    """The ear at the left of a head from the front or from behind."""
    return _path((26.5, 51), (18, 44, 17, 56, 21, 68), (22, 75, 27, 75, 29, 70))


def _whole(painter: QPainter, half: QPainterPath) -> None:
    """A head's outline from its left half, which ends at the temple."""
    half.cubicTo(QPointF(27, 20), QPointF(40, 9), QPointF(56, 9))
    _closed(painter, half)


def _closed(painter: QPainter, half: QPainterPath) -> None:
    """A shape from its left half, whose ends lie on the middle line."""
    whole = QPainterPath(half)
    whole.connectPath(_mirrored(half).toReversed())
    whole.closeSubpath()
    painter.drawPath(whole)


def _both(painter: QPainter, paths: Iterable[QPainterPath]) -> None:
    for path in paths:
        painter.drawPath(path)
        painter.drawPath(_mirrored(path))


def _mirrored(path: QPainterPath) -> QPainterPath:
    mirrored = QPainterPath()
    for i in range(path.elementCount()):
        element = path.elementAt(i)
        if element.isMoveTo():
            mirrored.moveTo(SIDE - element.x, element.y)
        elif element.isCurveTo():
            ends = [path.elementAt(i + k) for k in range(3)]
            mirrored.cubicTo(*(QPointF(SIDE - end.x, end.y) for end in ends))
    return mirrored


def _profile() -> QPainterPath:
    """A head looking left: brow at (22, 49), hindmost at (99, 50)."""
    path = QPainterPath(QPointF(40, 106))
    path.lineTo(42, 94)
    path.cubicTo(QPointF(34, 98), QPointF(26, 97), QPointF(26, 91))
    path.cubicTo(QPointF(26, 87), QPointF(24, 84), QPointF(24, 80))
    path.cubicTo(QPointF(24, 76), QPointF(15, 75), QPointF(16, 71))
    path.cubicTo(QPointF(19, 66), QPointF(24, 60), QPointF(23, 54))
    path.cubicTo(QPointF(21, 51), QPointF(20, 47), QPointF(22, 42))
    path.cubicTo(QPointF(28, 16), QPointF(50, 7), QPointF(64, 8))
    path.cubicTo(QPointF(88, 9), QPointF(100, 28), QPointF(99, 50))
    path.cubicTo(QPointF(98, 66), QPointF(88, 74), QPointF(87, 82))
    path.cubicTo(QPointF(86, 92), QPointF(88, 100), QPointF(92, 106))
    return path


_PAINT: dict[View, Callable[[QPainter, Tokens], None]] = {
    View.FRONT: _paint_front,
    View.LEFT: paint_profile,
    View.RIGHT: _paint_other_profile,
    View.TOP: _paint_top,
    View.BACK: _paint_back,
}
