from functools import cache

import numpy as np
import pytest

from heads.protocol import inputs, lengths
from heads.zones import Zone, zones
from studio.model.photo import View
from studio.skin.head.errors import Errors, errors, napeness
from studio.skin.head.fit import HeadFit, fit_head
from tests.unit.skin.head.scenes import scene

CROWN = np.array([[-0.3, 0.0, 0.95]])


@cache
def fitted(seed: int, *, dots: int = 7) -> HeadFit:
    rng = np.random.default_rng(seed)
    return fit_head(inputs(scene(seed), rng, dots=dots), lengths(scene(seed), rng))


@cache
def judged(seed: int) -> tuple[Errors, tuple[Zone, ...]]:
    found = errors(fitted(seed))
    return found, tuple(zones(scene(seed), fitted(seed), found, np.random.default_rng(seed), 25))


def test_stated_intervals_hold_the_truth() -> None:
    # few heads here, so a wide band; packaging/head_table.py measures it on many
    found = [z for seed in (0, 1, 2, 3) for z in judged(seed)[1]]
    held = np.mean([abs(z.error) < 1.96 * z.se for z in found])
    assert len(found) > 70
    assert 0.85 <= held <= 1.0
    assert np.median([z.se for z in found]) < 0.04


def test_the_nape_says_that_it_is_worse() -> None:
    found = judged(1)[0]
    nape = found.nodes[(napeness(found.nodes) > 0.5) & (found.nodes[:, 0] < -0.3)]
    spread = [found.area_se(one[None]) for one in nape]
    assert np.mean(spread) > 1.5 * found.area_se(CROWN)
    assert napeness(np.array([[0.0, 0, 1], [1.0, 0, 0], [-0.7, 0, -0.714]])) == pytest.approx(
        [0, 0, 1], abs=1e-6
    )


def test_the_same_fit_gives_the_same_errors() -> None:
    assert errors(fitted(1)).area == pytest.approx(judged(1)[0].area)


def test_less_known_is_less_sure() -> None:
    sure, unsure = judged(2)[0], errors(fitted(2, dots=0))
    three = fit_head(
        [v for v in fitted(2).views if v.view in (View.FRONT, View.LEFT, View.TOP)],
        fitted(2).lengths,
    )
    u = sure.nodes[sure.nodes[:, 2] > 0.2]
    assert np.median(unsure.sigma(u)) > np.median(sure.sigma(u))
    assert np.median(errors(three).sigma(u)) > np.median(sure.sigma(u))


def test_a_zone_is_surer_than_its_points() -> None:
    found = judged(2)[0]
    u = found.nodes[(found.nodes @ CROWN[0]) > 0.95]
    assert found.area_se(u) <= np.mean([found.area_se(one[None]) for one in u]) * 1.001
