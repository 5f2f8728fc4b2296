"""One row of the table of commands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command: its name, where it stands, its keys, and one sentence about it.

    A menu path has the form `Photo/View`; an empty one keeps the command out of the menus.
    `icon` names a Lucide icon. `group` starts a new block in the menu when it changes.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    group: int = 0


def row(
    id_: str, text: str, menu: str, keys: str = "", icon: str = "", tip: str = ""
) -> ActionSpec:
    name, _, group = menu.partition("#")
    checkable = id_.endswith("?")
    return ActionSpec(
        id_.rstrip("?"),
        text,
        name,
        tuple(keys.split()) if keys else (),
        icon,
        tip,
        checkable,
        int(group or 0),
    )
