"""One value changed by dragging: previews on the way, one step at the end."""

from collections.abc import Callable

from studio.editing.history import Edit, History, Transaction
from studio.editing.selection import EMPTY, Selection
from studio.model.refusal import Refusal


class LiveEdit:
    """Runs the transaction of one slider or field.

    Refusals are said and leave the last good preview standing.
    """

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._transaction: Transaction | None = None

    def move(self, history: History, label: str, edit: Edit, selection: Selection = EMPTY) -> None:
        """Show the edit without making it a step."""
        if self._transaction is None:
            self._transaction = history.begin(label, selection)
        try:
            self._transaction.preview(edit(self._transaction.base))
        except Refusal as refusal:
            self._say(str(refusal))

    def settle(self) -> None:
        """Make what is shown a step; nothing if nothing was moved."""
        if self._transaction is not None:
            transaction, self._transaction = self._transaction, None
            transaction.commit()

    def drop(self) -> None:
        """Forget a transaction that somebody else closed: another case was opened."""
        self._transaction = None
