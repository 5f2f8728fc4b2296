"""Steps, transactions, amending, and what counts as saved."""

from dataclasses import replace

import pytest

from studio.editing.history import STEP_LIMIT, History, TransactionError
from studio.editing.selection import only
from studio.model.case import Case, empty_case

FIRST = empty_case("c", "v")


class Clock:
    """Time that passes only when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def noted(text: str) -> Case:
    return replace(FIRST, notes=text)


def write(history: History, text: str, amend: str = "") -> bool:
    return history.apply(f"Write {text}", lambda case: replace(case, notes=text), amend=amend)


def test_undo_and_redo_walk_the_steps_by_name() -> None:
    history = History(FIRST)
    assert (history.undo_label, history.redo_label, history.undo()) == ("", "", None)
    write(history, "a")
    write(history, "b")
    assert history.undo_label == "Write b"
    history.undo()
    assert (history.case.notes, history.undo_label, history.redo_label) == (
        "a",
        "Write a",
        "Write b",
    )
    history.redo()
    assert history.redo() is None
    history.undo()
    history.undo()
    assert history.case is FIRST


def test_a_new_step_drops_what_was_undone() -> None:
    history = History(FIRST)
    write(history, "a")
    history.undo()
    write(history, "b")
    assert history.redo_label == ""
    assert [step.label for step in history.steps] == ["", "Write b"]


def test_nothing_changed_leaves_no_step() -> None:
    history = History(FIRST)
    assert not history.apply("Nothing", lambda case: case)
    assert not history.apply("The same", lambda case: replace(case, notes=case.notes))
    assert history.case is FIRST
    assert len(history.steps) == 1


def test_one_transaction_at_a_time_and_none_twice() -> None:
    history = History(FIRST)
    transaction = history.begin("first")
    with pytest.raises(TransactionError):
        history.begin("second")
    assert history.undo() is None
    transaction.preview(noted("x"))
    assert history.case.notes == "x"
    transaction.cancel()
    assert history.case is FIRST
    transaction.cancel()
    with pytest.raises(TransactionError):
        transaction.preview(noted("y"))
    with pytest.raises(TransactionError):
        transaction.commit()


def test_an_error_inside_rolls_back() -> None:
    history = History(FIRST)
    transaction = history.begin("broken")

    def fail() -> None:
        with transaction:
            transaction.preview(noted("x"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert history.case is FIRST
    assert write(history, "a")


def test_quick_repeats_amend_one_step() -> None:
    clock = Clock()
    history = History(FIRST, clock=clock)
    for text in "abc":
        write(history, text, amend="type")
        clock.now += 0.4
    assert [step.label for step in history.steps] == ["", "Write c"]
    clock.now += 5
    write(history, "d", amend="type")
    write(history, "e", amend="other")
    assert len(history.steps) == 4


def test_amending_never_swallows_the_saved_step() -> None:
    history = History(FIRST, clock=Clock())
    write(history, "a", amend="type")
    history.mark_saved(history.case)
    told = [history.saved]
    write(history, "b", amend="type")
    told.append(history.saved)
    history.undo()
    told.append(history.saved)
    history.mark_unsaved()
    told.append(history.saved)
    assert told == [True, False, True, False]


def test_listeners_hear_previews_and_committed_only_steps() -> None:
    history = History(FIRST)
    heard: list[tuple[str, str]] = []
    kept: list[str] = []
    history.listeners.append(lambda before, after: heard.append((before.notes, after.notes)))
    history.committed.append(lambda case: kept.append(case.notes))
    with history.begin("drag", only("i")) as transaction:
        transaction.preview(noted("x"))
        transaction.preview(noted("y"))
        transaction.commit()
    history.undo()
    selection = history.redo()
    assert heard == [("", "x"), ("x", "y"), ("y", ""), ("", "y")]
    assert kept == ["y", "", "y"]
    assert selection == only("i")


def test_the_past_is_limited() -> None:
    history = History(FIRST)
    for number in range(STEP_LIMIT + 20):
        write(history, str(number))
    assert len(history.steps) == STEP_LIMIT
    assert history.case.notes == str(STEP_LIMIT + 19)


def test_what_follows_from_a_step_is_taken_back_with_it() -> None:
    history = History(FIRST)
    kept: list[str] = []
    write(history, "a")
    history.committed.append(lambda case: kept.append(case.notes))
    with history.begin("Mark", only("i")) as transaction:
        transaction.preview(noted("b"))
        transaction.commit()
    assert history.before == noted("a")
    assert history.fold("Follow", lambda case: replace(case, notes=f"{case.notes}, followed"))
    assert [step.label for step in history.steps] == ["", "Write a", "Mark"]
    assert history.case.notes == "b, followed"
    assert not history.fold("Follow", lambda case: case)
    history.undo()
    assert history.case.notes == "a"
    assert history.redo() == only("i")
    assert kept == ["b", "b, followed", "a", "b, followed"]


def test_folding_into_the_past_keeps_what_can_be_redone() -> None:
    history = History(FIRST)
    write(history, "a")
    write(history, "b")
    history.undo()
    history.fold("Follow", lambda case: replace(case, notes="a, followed"))
    assert history.redo_label == "Write b"
    history.redo()
    assert history.case.notes == "b"
    history.undo()
    assert history.case.notes == "a, followed"


def test_what_was_opened_or_saved_is_never_folded_into() -> None:
    history = History(FIRST)
    assert history.before is None
    history.fold("Follow", lambda _case: noted("followed"))
    assert [step.label for step in history.steps] == ["", "Follow"]
    write(history, "a")
    history.mark_saved(history.case)
    history.fold("Follow", lambda _case: noted("a, followed"))
    assert history.undo_label == "Follow"
    history.undo()
    assert history.saved


def test_nothing_is_folded_into_an_open_transaction() -> None:
    history = History(FIRST)
    write(history, "a")
    with history.begin("drag"), pytest.raises(TransactionError):
        history.fold("Follow", lambda _case: noted("x"))
