"""Laws of grown hairlines: whatever is asked for within its limits, the line is sound."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from studio.geometry.bezier import flatten
from studio.geometry.fringe import edge
from studio.geometry.hairline import Role, corner_of, grown, roles
from studio.model.case import Client, Sex
from studio.model.hairline import Fringe, HairlineShape, Recipe, TemplePoints
from studio.skin.hairline_figures import band_of, limit, preset
from tests.unit.geometry.faces import even_face

SEEDS = 100
YEAR = 2026
CLIENTS = (
    Client(sex=Sex.MAN, born=2001),
    Client(sex=Sex.MAN, born=1990),
    Client(sex=Sex.MAN, born=1950),
    Client(sex=Sex.WOMAN, born=1980),
)


def between(field: str) -> st.SearchStrategy[float]:
    span = limit(field)
    return st.floats(span.low, span.high)


recipes = st.builds(
    Recipe,
    shape=st.sampled_from(HairlineShape),
    height=between("height"),
    recession=between("recession"),
    half_width=st.none() | between("half_width"),
    peak_height=between("peak_height"),
    peak_width=between("peak_width"),
    temples=st.sampled_from(TemplePoints),
    joined=st.booleans(),
    decorrelation=between("decorrelation"),
    seed=st.integers(0, 2**31),
)


@pytest.mark.parametrize("client", CLIENTS, ids=lambda c: f"{c.sex}-{c.born}")
@pytest.mark.parametrize("shape", HairlineShape)
def test_a_hundred_seeds_of_every_preset_are_sound_and_in_the_band(
    shape: HairlineShape, client: Client
) -> None:
    band = band_of(client, YEAR)
    for taped in (False, True):
        face = even_face(taped=taped)
        for seed in range(SEEDS):
            recipe = replace(preset(shape, client, YEAR), seed=seed)
            nodes = grown(recipe, face)
            line = flatten(nodes)
            assert shapely.LineString(line).is_simple
            assert shapely.LineString(edge(line, Fringe(seed=seed))).is_simple
            by_role = dict(zip(roles(recipe), nodes, strict=True))
            mid = by_role[(0.0, Role.MID)].at
            assert mid[0] == 0
            assert band.low <= mid[1] <= band.high
            for sign, half in ((-1.0, face.right), (1.0, face.left)):
                corner = by_role[(sign, Role.CORNER)].at
                wide, up = corner_of(recipe, half)
                assert abs(sign * corner[0] - wide) <= 10.0
                assert abs(corner[1] - up) <= 3.0
                front = line[(sign * line[:, 0] >= 0) & (sign * line[:, 0] <= 0.8 * wide)]
                front = front[front[:, 1] > recipe.height - 12]
                assert front[:, 1].min() >= band.warn - 2.0


@given(recipes)
def test_whatever_is_asked_for_its_line_does_not_cross_itself(recipe: Recipe) -> None:
    for taped in (False, True):
        nodes = grown(recipe, even_face(taped=taped))
        assert len(nodes) == len(roles(recipe)) == (17 if recipe.joined else 9)
        assert np.isfinite(flatten(nodes)).all()
        assert shapely.LineString(flatten(nodes)).is_simple


@given(recipes)
def test_without_decorrelation_left_mirrors_right(recipe: Recipe) -> None:
    nodes = grown(replace(recipe, decorrelation=0.0), even_face())
    at = np.array([node.at for node in nodes])
    assert np.allclose(at, at[::-1] * (-1.0, 1.0), atol=2e-3)


@given(recipes)
def test_the_middle_lies_where_it_was_asked_for(recipe: Recipe) -> None:
    nodes = grown(recipe, even_face())
    assert nodes[len(nodes) // 2].at == (0.0, round(recipe.height, 3))
