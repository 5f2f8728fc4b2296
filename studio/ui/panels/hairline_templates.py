"""The practice's own hairlines: keep these numbers by a name, use kept ones, forget them."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton

from studio.model.refusal import Refusal
from studio.storage.hairline_templates import (
    LONGEST,
    Template,
    forget_template,
    keep_template,
    templates,
)
from studio.ui.fields import Section, icon_button
from studio.ui.hairline_desk import HairlineDesk
from studio.ui.look import Look


class HairlineTemplates(Section):
    """A list of names, and a field for a new one. The file is read when it is first shown."""

    def __init__(self, look: Look, desk: HairlineDesk) -> None:
        super().__init__(QCoreApplication.translate("Templates", "Own hairlines"), "hairline-own")
        self._desk = desk
        self._kept: tuple[Template, ...] = ()
        self._names = QComboBox()
        self._names.setAccessibleName(QCoreApplication.translate("Templates", "Use an own one"))
        self._names.setMinimumWidth(96)
        self._names.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._forget = icon_button(
            look.icon("trash-2"), QCoreApplication.translate("Templates", "Forget this one")
        )
        look.dress(self._forget, "trash-2")
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST)
        self._name.setMinimumWidth(96)
        words = QCoreApplication.translate("Templates", "Name to keep this one by")
        self._name.setPlaceholderText(words)
        self._name.setAccessibleName(words)
        self._keep = QPushButton(QCoreApplication.translate("Templates", "Keep"))
        self._keep.setMinimumHeight(32)
        self._lay_out()
        self._names.activated.connect(self._use)
        self._forget.clicked.connect(self._forget_shown)
        self._keep.clicked.connect(self._keep_this)
        self._name.returnPressed.connect(self._keep_this)
        self.read()

    def read(self) -> None:
        """Show the kept names."""
        try:
            self._kept = templates()
        except Refusal as refusal:
            self._kept = ()
            self._desk.say(str(refusal))
        shown = self._names.currentText()
        self._names.clear()
        self._names.addItems([one.name for one in self._kept])
        self._names.setPlaceholderText(
            QCoreApplication.translate("Templates", "Use an own one")
            if self._kept
            else QCoreApplication.translate("Templates", "None kept yet")
        )
        self._names.setCurrentIndex(self._names.findText(shown))
        self._names.setEnabled(bool(self._kept))
        self._forget.setEnabled(self._names.currentIndex() >= 0)

    def show_can(self, *, keep: bool) -> None:
        """Whether there is a hairline to keep."""
        self._name.setEnabled(keep)
        self._keep.setEnabled(keep)

    def _use(self, index: int) -> None:
        self._forget.setEnabled(True)
        kept, curve = self._kept[index], self._desk.curve
        now = curve.recipe if curve is not None else None
        seed = now.seed if now is not None else self._desk.chance()
        label = QCoreApplication.translate("Steps", "Use an own hairline")
        self._desk.use(label, replace(kept.recipe, seed=seed), kept.fringe)

    def _keep_this(self) -> None:
        curve = self._desk.curve
        if curve is None or curve.recipe is None or curve.fringe is None:
            return
        name = self._name.text()
        try:
            keep_template(name, curve.recipe, curve.fringe)
        except Refusal as refusal:
            self._desk.say(str(refusal))
            return
        self._name.clear()
        self.read()
        self._names.setCurrentIndex(self._names.findText(" ".join(name.split())))
        self._forget.setEnabled(True)
        said = QCoreApplication.translate("Templates", "“{0}” is kept for all cases.")
        self._desk.say(said.format(" ".join(name.split())))

    def _forget_shown(self) -> None:
        index = self._names.currentIndex()
        if index < 0:
            return
        try:
            forget_template(self._kept[index].name)
        except Refusal as refusal:
            self._desk.say(str(refusal))
            return
        self._names.setCurrentIndex(-1)
        self.read()

    def _lay_out(self) -> None:
        use, keep = QHBoxLayout(), QHBoxLayout()
        use.setSpacing(4)
        use.addWidget(self._names, 1)
        use.addWidget(self._forget)
        keep.setSpacing(8)
        keep.addWidget(self._name, 1)
        keep.addWidget(self._keep)
        self.content.addLayout(use)
        self.content.addLayout(keep)
