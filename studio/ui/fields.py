"""Building blocks of the panels: slider with number, segments, folding sections, texts."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

LABEL_WIDTH = 84
FIELD_WIDTH = 84
SLIDER_STEPS = 1000
SLIDER_KEYS = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End})


def text(words: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the style sheet's roles."""
    label = QLabel(words)
    if role:
        label.setProperty("role", role)
    label.setWordWrap(wrap)
    return label


def rule() -> QFrame:
    """A hairline between parts of a panel."""
    frame = QFrame()
    frame.setProperty("rule", True)
    return frame


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class NumberField(QDoubleSpinBox):
    """A number with its unit inside; the wheel turns it only when it has the focus."""

    def __init__(self, name: str, low: float, high: float, decimals: int, unit: str) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setDecimals(decimals)
        self.setSingleStep(10**-decimals)
        self.setSuffix(f" {unit}" if unit else "")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(FIELD_WIDTH)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the case once what was typed is taken over."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            taken = self.text() == self.prefix() + self.textFromValue(self.value()) + self.suffix()
            if taken and (event.matches(keys.Undo) or event.matches(keys.Redo)):
                event.ignore()
                return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel unless the person is in this field."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _QuietSlider(QSlider):
    def event(self, event: QEvent) -> bool:
        """With the focus, keys that move the slider are no shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() in SLIDER_KEYS:
                event.accept()
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SliderField(QWidget):
    """Label, slider and number for one value.

    `moved` tells every value on the way of a drag, `settled` the one it ends on;
    typing and keys tell both.
    """

    moved = Signal(float)
    settled = Signal(float)

    def __init__(
        self, name: str, low: float, high: float, *, decimals: int = 0, unit: str = ""
    ) -> None:
        super().__init__()
        self._low, self._high = low, high
        self.slider = _QuietSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, SLIDER_STEPS)
        self.slider.setAccessibleName(name)
        self.slider.setMinimumWidth(48)
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.number = NumberField(name, low, high, decimals, unit)
        label = text(name, "hint")
        label.setFixedWidth(LABEL_WIDTH)
        label.setBuddy(self.number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self._released)
        self.number.valueChanged.connect(self._typed)

    @property
    def value(self) -> float:
        """The number in the field."""
        return self.number.value()

    def show_value(self, value: float) -> None:
        """Show a value without telling anybody."""
        for part in (self.slider, self.number):
            part.blockSignals(True)
        self.number.setValue(value)
        self.slider.setValue(self._to_slider(value))
        for part in (self.slider, self.number):
            part.blockSignals(False)

    def _to_slider(self, value: float) -> int:
        return round((value - self._low) / (self._high - self._low) * SLIDER_STEPS)

    def _slid(self, position: int) -> None:
        value = self._low + (self._high - self._low) * position / SLIDER_STEPS
        self.number.blockSignals(True)
        self.number.setValue(value)
        self.number.blockSignals(False)
        self.moved.emit(self.number.value())
        if not self.slider.isSliderDown():
            self.settled.emit(self.number.value())

    def _released(self) -> None:
        self.settled.emit(self.number.value())

    def _typed(self, value: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(self._to_slider(value))
        self.slider.blockSignals(False)
        self.moved.emit(value)
        self.settled.emit(value)


class Segments(QFrame):
    """A row of exclusive buttons; `chosen` tells the key of the new one."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, (key, words) in enumerate(choices):
            button = QToolButton()
            button.setText(words)
            button.setAccessibleName(f"{name}: {words}")
            button.setCheckable(True)
            last = index == len(choices) - 1
            button.setProperty("segment", "first" if index == 0 else "last" if last else "middle")
            button.clicked.connect(lambda _on, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        row.addStretch(1)

    def show_choice(self, key: str) -> None:
        """Check a button without telling anybody; none for a key that is not offered."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)


class Section(QWidget):
    """A titled part of a panel that folds; whether it is open is remembered.

    `tools` is a row for small buttons at the right end of the title.
    """

    def __init__(self, title: str, key: str) -> None:
        super().__init__()
        self._key = f"sections/{key}"
        self.header = QPushButton(title)
        self.header.setProperty("section", True)
        self.header.setCheckable(True)
        self.header.setAccessibleName(title)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.setFixedHeight(32)
        self.body = QWidget()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(16, 0, 16, 12)
        self.content.setSpacing(4)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(4, 4, 8, 0)
        top.addWidget(self.header, 1)
        top.addLayout(self.tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.body)
        column.addWidget(rule())
        opened = QSettings().value(self._key, True, type=bool)
        self.header.setChecked(bool(opened))
        self.body.setVisible(bool(opened))
        self.header.toggled.connect(self._fold)

    def _fold(self, opened: bool) -> None:
        self.body.setVisible(opened)
        QSettings().setValue(self._key, opened)


def icon_button(picture: QIcon, name: str, tip: str = "", *, boxed: bool = False) -> QToolButton:
    """A 32 px button that shows an icon and is named for screen readers."""
    button = QToolButton()
    button.setIcon(picture)
    button.setIconSize(QSize(20, 20))
    button.setMinimumSize(32, 32)
    button.setAccessibleName(name)
    button.setToolTip(tip or name)
    if boxed:
        button.setProperty("boxed", True)
    return button
