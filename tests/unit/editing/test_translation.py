"""Every hint and every step's name is marked, so that a translator finds it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import studio.editing
from studio.editing.toolbox import design_toolbox
from studio.editing.tools.marks import PROMPTS
from studio.editing.tools.outlining import LABELS
from studio.model.translation import QT_TRANSLATE_NOOP, Phrase
from tests.unit.editing.hands import Hands, case_with, curve

ROOM = Path(studio.editing.__file__).parent
NAMES_A_STEP = {"begin": 1, "apply": 1, "say": 0}
"""What takes words for the person, and which argument they are."""


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in ROOM.rglob("*.py")}


def name_of(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


@cache
def marked() -> frozenset[str]:
    """The texts of all marks in the room."""
    found = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) == QT_TRANSLATE_NOOP.__name__:
                context, text = (ast.literal_eval(argument) for argument in node.args)
                assert context == "Editing"
                found.add(text)
    return frozenset(found)


def bare(node: ast.expr) -> Iterator[str]:
    """Texts that an expression may give as they are written, without a mark."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield ast.unparse(node)
    elif isinstance(node, ast.IfExp):
        yield from bare(node.body)
        yield from bare(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from bare(node.left)
        yield from bare(node.right)


def words_for_the_person(tree: ast.Module) -> Iterator[ast.expr]:
    """Expressions that become a hint, a step's name or a sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            place = NAMES_A_STEP.get(name_of(node))
            if place is not None and len(node.args) > place:
                yield node.args[place]
        elif isinstance(node, ast.FunctionDef) and node.name == "hint":
            returned = (n.value for n in ast.walk(node) if isinstance(n, ast.Return))
            yield from (value for value in returned if value is not None)
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if {"label", "source"} & set(names):
                yield node.value


def test_no_words_for_the_person_are_left_unmarked() -> None:
    unmarked = [
        f"{path.name}: {text}"
        for path, tree in modules().items()
        for expression in words_for_the_person(tree)
        for text in bare(expression)
    ]
    assert unmarked == []


def test_what_tools_say_is_in_the_table() -> None:
    case = case_with(curve("a", (0, 0), (10, 0)))
    box = design_toolbox(Hands(case).desk)
    for name in box.tools:
        box.take(name)
        hint = box.hint
        assert (hint.source if isinstance(hint, Phrase) else hint) in marked() | {""}
    assert set(LABELS.values()) <= marked()
    assert {prompt for prompts in PROMPTS.values() for prompt in prompts} <= marked()


def test_a_phrase_is_its_english_and_keeps_what_it_is_made_of() -> None:
    inner = Phrase("Mark {thing}", thing="nose")
    whole = Phrase("{hint} · Esc stops", hint=inner)
    assert whole == "Mark nose · Esc stops"
    assert whole.source == "{hint} · Esc stops"
    assert whole.parts == {"hint": "Mark nose"}
    assert Phrase("Delete {name}", name="{odd}") == "Delete {odd}"
    with pytest.raises(KeyError):
        Phrase("Delete {name}")


def test_qt_s_own_program_finds_the_same_texts(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("pyside6-lupdate")
    if not program.exists():
        pytest.skip("no pyside6-lupdate beside this Python")
    listed = tmp_path / "editing.ts"
    sources = [str(path) for path in modules()]
    subprocess.run([program, *sources, "-ts", listed], check=True, capture_output=True)
    found = {
        message.findtext("source")
        for context in ET.parse(listed).iter("context")
        if context.findtext("name") == "Editing"
        for message in context.iter("message")
    }
    assert found == marked()
