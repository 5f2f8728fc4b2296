"""One drag as one step: previews while it lasts, a refusal leaves the case untouched."""

from dataclasses import dataclass

from studio.editing.choosing import choose, prune
from studio.editing.history import Edit, Transaction
from studio.editing.selection import Selection
from studio.editing.tool import Desk
from studio.model.refusal import Refusal


@dataclass
class Gesture:
    """An open transaction that survives refusals: the last good preview stays on screen.

    `refused` is why the latest preview could not be shown; empty if it could.
    """

    desk: Desk
    transaction: Transaction
    refused: str = ""

    @property
    def over(self) -> bool:
        """Whether the transaction was closed, here or from outside."""
        return self.transaction.done

    def show(self, edit: Edit) -> None:
        """Preview an edit of the case as it was when the gesture began."""
        if self.over:
            return
        try:
            self.transaction.preview(edit(self.transaction.base))
        except Refusal as refusal:
            self.refused = str(refusal)
            return
        self.refused = ""

    def finish(self, selection: Selection | None = None) -> bool:
        """Commit the last preview; after a refusal say why instead. False: no step was made."""
        if self.over:
            return False
        if self.refused:
            self.transaction.cancel()
            self.desk.say(self.refused)
            return False
        if selection is not None:
            self.transaction.selection = selection
        return self.transaction.commit()

    def drop(self) -> None:
        """Leave the case as it was."""
        self.transaction.cancel()


def begin(desk: Desk, label: str, amend: str = "") -> Gesture:
    """Open a gesture with the present selection."""
    return Gesture(desk, desk.history.begin(label, desk.selection, amend))


def apply(
    desk: Desk, label: str, edit: Edit, selection: Selection | None = None, amend: str = ""
) -> bool:
    """One edit as one step; `selection` is what is selected after it. False: no step."""
    gesture = begin(desk, label, amend)
    gesture.show(edit)
    after = desk.selection if selection is None else selection
    done = gesture.finish(after)
    if done:
        choose(desk, after)
        prune(desk)
    return done
