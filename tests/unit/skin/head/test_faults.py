import numpy as np
import pytest

from heads.planted import every, good
from studio.skin.head.faults import FaultKind, find_faults, spoken
from studio.skin.head.fit import fit_head
from tests.unit.skin.head.scenes import scene

HEADS = (1, 2)


@pytest.mark.parametrize("seed", HEADS)
@pytest.mark.parametrize("dots", [0, 7])
def test_good_marks_raise_no_alarm(seed: int, dots: int) -> None:
    fit = fit_head(*good(scene(seed), np.random.default_rng(seed), dots))
    assert find_faults(fit) == ()


@pytest.mark.parametrize("number", range(len(every(scene(4)))))
def test_planted_faults_are_found(number: int) -> None:
    fault = every(scene(4))[number]
    for seed in HEADS:
        fit = fit_head(*fault.plant(scene(seed), np.random.default_rng(seed + number), 7))
        found = find_faults(fit)
        assert {f.kind for f in found} & fault.told, f"{fault.name}: {[f.sentence for f in found]}"
        assert all(f.sentence.endswith(".") and len(f.sentence) < 140 for f in found)


def test_a_head_without_a_length_says_so() -> None:
    views, _ = good(scene(1), np.random.default_rng(1))
    assert [f.kind for f in find_faults(fit_head(views))] == [FaultKind.NO_LENGTH]


def test_landmarks_are_spoken_of_plainly() -> None:
    assert spoken("superaurale_L") == "left top of the ear"
    assert spoken("menton") == "chin"
