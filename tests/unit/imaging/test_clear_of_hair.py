"""On the photographs whose follicles are known no planned dot comes near a found one (issue 4)."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree

from stubble.photographs import FOLDER, photographed
from studio.imaging.existing import search
from studio.model.case import empty_case
from studio.model.photo import MeasurementKind
from studio.pigment.dots import place
from studio.pigment.field import density_field
from studio.pigment.tile import load_tile
from studio.planning.standing import hair_on
from studio.skin.plane import plane_map
from tests.unit.planning.designs import front, plane, square, zone

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the shared photographs")


def test_no_dot_lies_nearer_than_a_third_of_a_millimetre_to_a_found_follicle() -> None:
    shot = photographed("back")
    faced = (shot.px_per_mm >= 7) & (shot.incidence < 30)
    scale = float(np.median(shot.px_per_mm[faced]))
    y, x = (float(np.median(axis)) * 8 / scale for axis in np.nonzero(faced))
    matrix = (1 / scale, 0.0, 0.0, 0.0, 1 / scale, 0.0, 0.0, 0.0, 1.0)
    flat = replace(plane(), matrix=matrix, method=MeasurementKind.STICKER)
    height, width = shot.pixels.shape[:2]
    photo = replace(front(), width=width, height=height, plane=flat)
    ring = square(40.0, x - 20, y - 20)
    found = search(shot.pixels, photo, plane_map(photo), (ring,)).existing()
    assert len(found.found) > 300
    case = replace(empty_case("c", "v"), photos=(photo,), existing=(found,))
    for less in (False, True):
        zones = (zone("A", ring, density=150.0, less_existing=less),)
        field = density_field(zones, plane_map(photo).area_scale, hair=hair_on(case, "front"))
        dots = place(field, load_tile(case.placement.tile), case.placement)
        assert len(dots) > 200
        away, _ = cKDTree(np.array(found.marks)).query(dots.xy)
        assert np.min(away) >= 0.2999
