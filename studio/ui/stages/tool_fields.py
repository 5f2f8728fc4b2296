"""The numbers of the tool in hand, such as the brush's radius, as fields in the row."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.editing.tool import Tool
from studio.editing.tool_numbers import ToolNumber
from studio.ui.fields import NumberField, text
from studio.ui.workbench import Workbench


class ToolFields(QWidget):
    """Shows and sets what the tool in hand has in `numbers`; nothing for tools without."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._tool: Tool | None = None
        self._fields: list[tuple[ToolNumber, NumberField]] = []
        self.hide()

    def serve(self, bench: Workbench) -> None:
        """Follow the tool in hand of a workbench."""
        self._bench = bench
        bench.desk_changed.connect(self._refresh)
        bench.photo_changed.connect(lambda _id: self._refresh())

    def _refresh(self) -> None:
        box = self._bench.toolbox
        tool = box.current if box is not None else None
        if tool is not self._tool:
            self._tool = tool
            self._build(getattr(tool, "numbers", ()))
        for number, field in self._fields:
            blocked = field.blockSignals(True)
            field.setValue(getattr(tool, number.field))
            field.blockSignals(blocked)

    def _build(self, numbers: Sequence[ToolNumber]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = []
        for number in numbers:
            name = QCoreApplication.translate("Editing", number.name)
            field = NumberField(name, number.low, number.high, number.decimals, number.unit)
            field.valueChanged.connect(partial(self._typed, number.field))
            label = text(name, "hint")
            label.setBuddy(field)
            self._row.addWidget(label)
            self._row.addWidget(field)
            self._fields.append((number, field))
        self.setVisible(bool(numbers))

    def _typed(self, name: str, value: float) -> None:
        if self._tool is not None:
            setattr(self._tool, name, value)
            self._bench.desk_changed.emit()
