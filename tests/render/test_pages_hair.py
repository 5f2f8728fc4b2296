"""The zone table says what was taken off for hair that is there."""

import re
from dataclasses import replace

import numpy as np

from studio.model.case import Case
from studio.model.existing import ExistingHair
from studio.render.pages.session_map import build_map
from tests.render.sample_case import case, job
from tests.render.test_pages import whole_text


def haired() -> Case:
    """The sample, hair in its first zone, which asks for less by them."""
    bare = case()
    first, *others = bare.variant.zones
    (left, top), (right, bottom) = np.min(first.outline, axis=0), np.max(first.outline, axis=0)
    grid = np.meshgrid(np.arange(left, right, 1.58), np.arange(top, bottom, 1.58))
    found = tuple((float(x), float(y)) for x, y in np.stack(grid, axis=-1).reshape(-1, 2))
    hair = ExistingHair(
        photo=first.chart,
        chart=first.chart,
        searched=(first.outline,),
        threshold=0.5,
        found=found,
    )
    zones = (replace(first, less_existing=True), *others)
    return replace(bare, existing=(hair,), variants=(replace(bare.variant, zones=zones),))


def test_the_zone_table_tells_what_was_taken_off() -> None:
    told = whole_text(build_map(job(haired())))
    assert re.search(r"existing \d+ ± \d+ /cm² taken off", told)
    assert "taken off" in told
    assert "taken off" not in whole_text(build_map(job()))
