from dataclasses import replace

import pytest

from studio.model.hairline import Diffusion, Fringe, HairlineShape, Recipe
from studio.model.refusal import Refusal
from studio.storage.hairline_templates import (
    LONGEST,
    NAME,
    Template,
    forget_template,
    keep_template,
    templates,
)
from studio.storage.places import settings_folder

RECIPE = Recipe(shape=HairlineShape.M, height=72.5, half_width=51.0, joined=False)
FRINGE = Fringe(macro=2.0, diffusion=Diffusion.HIGH)


def test_templates_come_back_by_name() -> None:
    assert templates() == ()
    keep_template("  Zoë’s  line ", RECIPE, FRINGE)
    keep_template("amber", Recipe(), Fringe())
    assert templates() == (
        Template(name="amber", recipe=Recipe(), fringe=Fringe()),
        Template(name="Zoë’s line", recipe=RECIPE, fringe=FRINGE),
    )


def test_a_name_is_used_once_and_forgotten() -> None:
    keep_template("Mine", RECIPE, FRINGE)
    lower = replace(RECIPE, height=66.0)
    keep_template("mine", lower, FRINGE)
    assert [(one.name, one.recipe) for one in templates()] == [("mine", lower)]
    forget_template("MINE")
    assert templates() == ()


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST + 1)])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="name"):
        keep_template(name, RECIPE, FRINGE)
    assert templates() == ()


@pytest.mark.parametrize("noise", [b"", b"{}", b'[{"name": 1}]', b"\xff"])
def test_an_unreadable_file_is_told_once_and_kept(noise: bytes) -> None:
    (settings_folder() / NAME).write_bytes(noise)
    with pytest.raises(Refusal, match=r"kept as hairlines\.unreadable"):
        templates()
    assert templates() == ()
    assert (settings_folder() / "hairlines.unreadable").read_bytes() == noise
