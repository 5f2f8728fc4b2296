"""The practice's own hairlines, kept by name for all cases."""

from dataclasses import dataclass

import msgspec

from studio.model.hairline import Fringe, Recipe
from studio.model.refusal import Refusal
from studio.storage.atomic import replace_file
from studio.storage.places import settings_folder

NAME = "hairlines.json"
LONGEST = 40
"""Characters of a template's name: what a list can show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A hairline's numbers under a name. Its seeds are not meant to be used again: two clients
    with the same chance would have the same line.
    """

    name: str
    recipe: Recipe
    fringe: Fringe


def templates() -> tuple[Template, ...]:
    """All templates by name.

    Raises Refusal when the file cannot be read; it is then moved aside, so that the next
    call gives none.
    """
    path = settings_folder() / NAME
    try:
        found = msgspec.json.decode(path.read_bytes(), type=tuple[Template, ...])
    except FileNotFoundError:
        return ()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        aside = path.with_suffix(".unreadable")
        path.replace(aside)
        raise Refusal(
            f"Your own hairlines could not be read; the file is kept as {aside.name}."
        ) from error
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def keep_template(name: str, recipe: Recipe, fringe: Fringe) -> None:
    """Keep numbers by a name; who had it before is replaced.

    Raises Refusal for a name that is empty or too long, and when the file cannot be written.
    """
    name = " ".join(name.split())
    if not name:
        raise Refusal("Give the hairline a name to keep it by.")
    if len(name) > LONGEST:
        raise Refusal(f"The name is too long. Choose one of at most {LONGEST} letters.")
    _write((*_without(name), Template(name=name, recipe=recipe, fringe=fringe)))


def forget_template(name: str) -> None:
    """Take a template away; nothing happens if it is not there."""
    _write(_without(name))


def _without(name: str) -> tuple[Template, ...]:
    return tuple(one for one in templates() if one.name.casefold() != name.casefold())


def _write(kept: tuple[Template, ...]) -> None:
    data = msgspec.json.format(msgspec.json.encode(kept))
    replace_file(settings_folder() / NAME, lambda file: file.write(data))
