"""Three candidates with a reason each, and the figures they rest on."""

from dataclasses import fields, replace

import pytest

from studio.model.case import Client, Sex
from studio.model.hairline import Diffusion, Fringe, HairlineShape, Recipe
from studio.planning.hairline_candidates import candidates
from studio.skin.hairline_figures import (
    band_of,
    bands,
    convention,
    frequent,
    limit,
    limits,
    population,
    preset,
    ramp,
)
from tests.unit.geometry.faces import even_face

YEAR = 2026
MAN = Client(sex=Sex.MAN, born=1996)
WOMAN = Client(sex=Sex.WOMAN, born=1980)


@pytest.mark.parametrize("client", [MAN, WOMAN, Client()])
def test_three_that_differ_and_say_why(client: Client) -> None:
    three = candidates(client, YEAR, even_face())
    band = band_of(client, YEAR)
    assert len({c.name for c in three}) == len({c.recipe for c in three}) == 3
    for candidate in three:
        assert band.low <= candidate.recipe.height <= band.high
        assert candidate.reason.endswith(".")
    measured, cautious, _ = three
    assert measured.recipe.height < cautious.recipe.height
    assert f"{population(client.sex or Sex.MAN).mean:g}" in measured.reason


def test_what_is_unknown_is_said() -> None:
    assert "sex is not noted" in candidates(Client(), YEAR, even_face())[0].reason
    unaged = candidates(Client(sex=Sex.MAN), YEAR, even_face())[0].reason
    assert "age is not noted" in unaged


def test_the_old_line_goes_through_its_marks() -> None:
    places = replace(even_face(), old_mid=(0.5, 61.0), old_left=(44.0, 75.0))
    old = candidates(MAN, YEAR, places)[2]
    assert old.name == "Old line"
    assert old.recipe.height == 61.0
    assert old.recipe.recession == 14.0
    assert old.recipe.half_width == 44.0
    assert "lower than 65 mm" in old.reason


def test_bands_rise_with_age_and_hold_their_own_numbers() -> None:
    assert band_of(Client(sex=Sex.MAN, born=2002), YEAR).low == 62
    assert band_of(MAN, YEAR).low == 68
    assert band_of(Client(sex=Sex.MAN, born=1940), YEAR).low == 75
    assert band_of(WOMAN, YEAR).low == 52
    for band in bands():
        assert band.warn <= band.low < band.high
    assert convention(Sex.WOMAN) is None
    span = convention(Sex.MAN)
    assert span is not None
    assert (span.low, span.high) == (70.0, 100.0)
    assert frequent(Sex.WOMAN).shape is HairlineShape.ROUND_FEMALE


def test_every_number_has_its_source_and_grade() -> None:
    marks = [(row.source, row.grade) for row in bands()]
    marks += [(row.source, row.grade) for row in map(limit, limits())]
    marks += [(row.source, row.grade) for row in map(ramp, Diffusion)]
    marks += [(row.source, row.grade) for row in map(population, Sex)]
    for source, grade in marks:
        assert source
        assert grade in set("ABCMDK")
    assert [ramp(d).ramp for d in Diffusion] == [2.0, 6.0, 12.0]


@pytest.mark.parametrize("client", [MAN, WOMAN, Client()])
@pytest.mark.parametrize("shape", HairlineShape)
def test_presets_and_defaults_lie_within_the_limits(shape: HairlineShape, client: Client) -> None:
    recipe, fringe = preset(shape, client, YEAR), Fringe()
    for name in limits():
        for source in (recipe, fringe):
            value = getattr(source, name, None)
            assert value is None or limit(name).low <= value <= limit(name).high
    known = {f.name for f in (*fields(Recipe), *fields(Fringe))}
    assert set(limits()) <= known
