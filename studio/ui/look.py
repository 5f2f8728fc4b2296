"""The theme in force, and icons in its colours that change with it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication

from studio.render.tokens import TOKENS, Theme, Tokens
from studio.ui import icons, theme


class Look(QObject):
    """Which theme is on. `changed` follows a switch, after the palette is set."""

    changed = Signal()

    def __init__(self, name: Theme = Theme.DARK) -> None:
        super().__init__()
        self.theme = name
        self._dress: list[Callable[[], object]] = []

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return TOKENS[self.theme]

    def switch(self, name: Theme) -> None:
        """Dress the program in another theme."""
        self.theme = name
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name)
        for dress in self._dress:
            dress()
        self.changed.emit()

    def icon(self, name: str) -> QIcon:
        """An icon in the text colour of the theme."""
        return icons.icon(name, self.tokens.text, self.tokens.dis)

    def dress(self, target: QAction | QAbstractButton, name: str, *, main: bool = False) -> None:
        """Give an action or a button an icon now and after every switch of theme.

        `main` is for the filled button of a screen, whose text has its own colour.
        """

        def put_on() -> None:
            colour = self.tokens.ontext if main else self.tokens.text
            target.setIcon(icons.icon(name, colour, self.tokens.dis))

        put_on()
        self._dress.append(put_on)
        target.destroyed.connect(lambda: self._dress.remove(put_on))
