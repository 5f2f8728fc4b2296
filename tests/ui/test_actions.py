"""The table of actions: no key twice, every command named and explained."""

from collections import Counter

from PySide6.QtGui import QKeySequence

from studio.model.resources import resource
from studio.ui.actions_table import MENUS, SPECS
from studio.ui.tools_table import TOOLS


def test_no_key_is_used_twice() -> None:
    keys = [key for spec in SPECS for key in spec.keys] + [tool.key for tool in TOOLS]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for key in (key for spec in SPECS for key in spec.keys):
        assert QKeySequence(key).toString() != "", key


def test_every_command_stands_in_a_menu_that_exists_and_has_its_icon() -> None:
    for spec in SPECS:
        assert spec.text
        assert spec.menu in MENUS
        if spec.icon:
            assert resource(f"icons/{spec.icon}.svg").exists()


def test_ids_are_unique() -> None:
    assert len({spec.id for spec in SPECS}) == len(SPECS)
