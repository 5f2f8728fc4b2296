"""The case's past: steps with names, one open transaction at most."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import TracebackType

from studio.editing.edits.follow import followed
from studio.editing.selection import EMPTY, Selection
from studio.model.case import Case

STEP_LIMIT = 500
AMEND_WITHIN_S = 1.0

Edit = Callable[[Case], Case]
"""A pure function from case to case; refusals are raised as `Refusal`."""

Listener = Callable[[Case, Case], None]
"""Told (before, after) whenever the shown case changes; compare parts by identity."""


class TransactionError(RuntimeError):
    """A second transaction was begun, or a closed one used: a mistake in the program."""


@dataclass(frozen=True, slots=True)
class Step:
    """One state of the case, the name of the edit that led to it, and what was selected."""

    label: str
    case: Case
    selection: Selection
    amend: str = ""
    at: float = 0.0


@dataclass
class History:
    """Keeps every case since the file was opened and says which one is shown.

    `listeners` hear of every change, also of previews; `committed` only of steps
    added, undone or redone (storage writes its recovery then).
    """

    first: Case
    listeners: list[Listener] = field(default_factory=list)
    committed: list[Callable[[Case], None]] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._steps: list[Step] = [Step("", self.first, EMPTY)]
        self._index = 0
        self._shown = self.first
        self._open: Transaction | None = None
        self._saved: Case | None = self.first

    @property
    def case(self) -> Case:
        """The case as shown, with the preview of an open transaction."""
        return self._shown

    @property
    def saved(self) -> bool:
        """Whether the current step is the case as last saved."""
        return self._steps[self._index].case is self._saved

    @property
    def busy(self) -> bool:
        """Whether a transaction is open."""
        return self._open is not None

    @property
    def before(self) -> Case | None:
        """The case that undo would show; None where there is nothing to undo."""
        return self._steps[self._index - 1].case if self._index else None

    @property
    def undo_label(self) -> str:
        """Name of the step that undo takes back; empty if there is none."""
        return self._steps[self._index].label if self._index else ""

    @property
    def redo_label(self) -> str:
        """Name of the step that redo brings back; empty if there is none."""
        after = self._index + 1
        return self._steps[after].label if after < len(self._steps) else ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, the opened case first."""
        return tuple(self._steps)

    def mark_saved(self, case: Case) -> None:
        """Say that this very case is now in the file."""
        self._saved = case

    def mark_unsaved(self) -> None:
        """Say that nothing shown is in a file: recovered work, a new case."""
        self._saved = None

    def begin(self, label: str, selection: Selection = EMPTY, amend: str = "") -> "Transaction":
        """Open a transaction; TransactionError if one is open.

        Steps with the same non-empty `amend` within a second become one step.
        """
        if self._open is not None:
            raise TransactionError(f"“{self._open.label}” is still open")
        self._open = Transaction(
            label, self._steps[self._index].case, selection, self._show, self._close, amend
        )
        return self._open

    def apply(self, label: str, edit: Edit, selection: Selection = EMPTY, amend: str = "") -> bool:
        """One edit as one step. False: the edit changed nothing and left no step."""
        with self.begin(label, selection, amend) as transaction:
            transaction.preview(edit(transaction.base))
            return transaction.commit()

    def fold(self, label: str, edit: Edit) -> bool:
        """What follows from the current step as a part of it: one undo takes both back.

        Steps to redo stay. Where the current step is as it was opened or saved, what follows
        is a step of its own, named `label`. False: the edit changed nothing.
        TransactionError if a transaction is open.
        """
        step = self._steps[self._index]
        if self._open is not None or self._index == 0 or step.case is self._saved:
            return self.apply(label, edit, step.selection)
        case = edit(step.case)
        if case == step.case:
            return False
        self._steps[self._index] = replace(step, case=case)
        self._show(case)
        self._tell_committed()
        return True

    def undo(self) -> Selection | None:
        """Show the case before the current step; the selection to restore, or None."""
        if self._index == 0 or self._open is not None:
            return None
        self._index -= 1
        return self._jump()

    def redo(self) -> Selection | None:
        """Show the case after the current step; the selection to restore, or None."""
        if self._index + 1 >= len(self._steps) or self._open is not None:
            return None
        self._index += 1
        return self._jump()

    def cancel_open(self) -> None:
        """Drop the open transaction, if any: for the last line of defence after an error."""
        if self._open is not None:
            self._open.cancel()

    def _jump(self) -> Selection:
        step = self._steps[self._index]
        self._show(step.case)
        self._tell_committed()
        return step.selection

    def _show(self, case: Case) -> None:
        before, self._shown = self._shown, case
        if before is not case:
            for listener in tuple(self.listeners):
                listener(before, case)

    def _close(self, transaction: "Transaction", case: Case | None) -> bool:
        self._open = None
        base = transaction.base
        if case is None or case is base or case == base:
            self._show(base)
            return False
        self._push(transaction, case)
        self._show(case)
        self._tell_committed()
        return True

    def _push(self, transaction: "Transaction", case: Case) -> None:
        now = self.clock()
        del self._steps[self._index + 1 :]
        last = self._steps[-1]
        step = Step(transaction.label, case, transaction.selection, transaction.amend, now)
        amends = step.amend and step.amend == last.amend and now - last.at < AMEND_WITHIN_S
        if amends and last.case is not self._saved:
            self._steps[-1] = step
        else:
            self._steps.append(step)
        del self._steps[: max(0, len(self._steps) - STEP_LIMIT)]
        self._index = len(self._steps) - 1

    def _tell_committed(self) -> None:
        for listener in tuple(self.committed):
            listener(self._steps[self._index].case)


@dataclass
class Transaction:
    """One gesture: previews while it lasts, one step at the end or none at all.

    As a context manager it cancels itself unless it was committed.
    """

    label: str
    base: Case
    selection: Selection
    show: Callable[[Case], None]
    close: Callable[["Transaction", Case | None], bool]
    amend: str = ""
    latest: Case | None = None
    done: bool = False

    def preview(self, case: Case) -> None:
        """Show a case without making it a step; zones drawn by a curve follow it.

        Raises Refusal where they cannot, and shows nothing then.
        """
        self._check()
        case = followed(self.base, case)
        self.latest = case
        self.show(case)

    def commit(self) -> bool:
        """Make the last preview a step; False if nothing changed."""
        self._check()
        self.done = True
        return self.close(self, self.latest)

    def cancel(self) -> None:
        """Show the case as it was before; harmless when already closed."""
        if not self.done:
            self.done = True
            self.close(self, None)

    def _check(self) -> None:
        if self.done:
            raise TransactionError(f"“{self.label}” is closed")

    def __enter__(self) -> "Transaction":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cancel()
