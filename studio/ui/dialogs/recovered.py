"""“Unsaved work was recovered”: compare, choose, lose nothing."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.storage import casefile
from studio.storage.recovery import Abandoned
from studio.ui import icons
from studio.ui.dialogs.frame import Dialog
from studio.ui.fields import text
from studio.ui.look import Look

TITLE = QT_TRANSLATE_NOOP("Recovered", "Unsaved work was recovered")


def offer_recovered(
    parent: QWidget,
    look: Look,
    found: Sequence[Abandoned],
    recover: Callable[[Abandoned], object],
    otherwise: Callable[[], object],
) -> Dialog:
    """Offer work left behind. What is not opened stays for the next start.

    `recover` gets the work that was chosen; `otherwise` runs if none was.
    """
    dialog = Dialog(parent, QCoreApplication.translate("Recovered", TITLE), 560)
    dialog.content.addWidget(
        text(
            QCoreApplication.translate(
                "Recovered",
                "The program closed unexpectedly. Nothing is deleted until you choose.",
            ),
            "hint",
            wrap=True,
        )
    )
    open_now: list[Abandoned] = []
    rows = {id(work): _Row(look, work) for work in found}

    def finish(chosen: Abandoned | None) -> None:
        open_now[:] = [chosen] if chosen is not None else []
        dialog.accept()

    for work in found:
        row = rows[id(work)]
        row.open.clicked.connect(lambda _on, work=work: finish(work))
        row.forget.clicked.connect(lambda _on, work=work: row_forgotten(work))
        dialog.content.addWidget(row)

    forgotten: set[int] = set()

    def row_forgotten(work: Abandoned) -> None:
        work.move_aside()
        forgotten.add(id(work))
        rows[id(work)].hide()
        if len(forgotten) == len(found):
            dialog.accept()

    def closed() -> None:
        for work in found:
            if id(work) in forgotten:
                continue
            if open_now and work is open_now[0]:
                recover(work)
            else:
                work.later()
        if not open_now:
            otherwise()

    rows[id(found[0])].open.setFocus()
    later = QCoreApplication.translate("Recovered", "Decide later")
    dialog.add_button(later, lambda: None)
    dialog.finished.connect(lambda _result: closed())
    dialog.open()
    return dialog


class _Row(QWidget):
    """One piece of work: which case, when, and what to do with it."""

    def __init__(self, look: Look, work: Abandoned) -> None:
        super().__init__()
        name = work.name or QCoreApplication.translate("Recovered", "A case in no file yet")
        column = QVBoxLayout()
        column.setSpacing(2)
        for words, role in ((name, "heading"), (_recovered(work), ""), (_saved(work), "hint")):
            if words:
                column.addWidget(text(words, role, wrap=True))
        self.open = QPushButton(QCoreApplication.translate("Recovered", "Open recovered"))
        self.open.setProperty("main", True)
        self.open.setIcon(icons.icon("history", look.tokens.ontext, look.tokens.dis))
        self.forget = QPushButton(QCoreApplication.translate("Recovered", "Put aside"))
        self.forget.setToolTip(
            QCoreApplication.translate("Recovered", "Kept on the disk, not offered again.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.addLayout(column, 1)
        for button in (self.forget, self.open):
            button.setMinimumHeight(32)
            row.addWidget(button)


def _recovered(work: Abandoned) -> str:
    """What the work holds, or why it cannot be read."""
    words = QCoreApplication.translate("Recovered", "Recovered, {when}: {what}")
    try:
        return words.format(when=_moment(work.when), what=_contents(work.load().case))
    except Refusal as refusal:
        return str(refusal)


def _saved(work: Abandoned) -> str:
    """What the file holds that the work began from; empty if there is none."""
    if work.base is None or not work.base.is_file():
        return ""
    words = QCoreApplication.translate("Recovered", "Last saved, {when}: {what}")
    when = datetime.fromtimestamp(work.base.stat().st_mtime, UTC)
    try:
        return words.format(when=_moment(when), what=_contents(casefile.read(work.base).case))
    except Refusal as refusal:
        return str(refusal)


def _moment(when: datetime) -> str:
    return when.astimezone().strftime("%d %b %Y, %H:%M")


def _contents(case: Case) -> str:
    words = QCoreApplication.translate(
        "Recovered", "photos {photos}, variants {variants}, curves {curves}, zones {zones}"
    )
    return words.format(
        photos=len(case.photos),
        variants=len(case.variants),
        curves=sum(len(variant.curves) for variant in case.variants),
        zones=sum(len(variant.zones) for variant in case.variants),
    )
