"""The reach of issue 4 on the photographs whose follicles are known."""

import numpy as np
import pytest

from stubble.photographs import FOLDER, photographed

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the shared photographs")


@pytest.mark.parametrize("view", ["left", "back"])
def test_density_is_within_15_percent_up_to_45_degrees(view: str) -> None:
    shot = photographed(view)
    patches = shot.densities(shot.find(45.0).marked, 0, 45)
    haired = patches[patches[:, 0] >= 10]
    assert len(haired) > 20
    assert np.median(np.abs(haired[:, 1] / haired[:, 0] - 1)) < 0.15
