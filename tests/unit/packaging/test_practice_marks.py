"""The committed marks of the practice head lie where its truth has them."""

import json

import numpy as np
import pytest

import build_practice_marks as builder
from practice_head.views import VIEWS, View, camera
from studio.model.resources import resource
from studio.skin.head.joining import NAMES
from tests.practice_inputs import marks

BY_NAME = {kind.value: name for kind, name in NAMES.items()}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_marks_are_those_of_the_truth(view: View) -> None:
    found = marks()["views"][view.name]
    truth = json.loads(resource(f"practice/{view.name}.json").read_text(encoding="utf-8"))
    for name, at in found["landmarks"].items():
        px = np.array(truth["landmarks"][BY_NAME[name]]["px"])
        assert np.abs(np.array(at) - 0.5 - px).max() < 0.05
    cam = camera(view)
    edge = np.array(found["outline"]) - 0.5
    assert len(edge) > 15
    middle = edge.mean(axis=0)
    outwards = (edge - middle) / np.linalg.norm(edge - middle, axis=1, keepdims=True)
    beyond, _ = builder._closest(cam, edge + 3 * outwards)
    inside, _ = builder._closest(cam, edge - 3 * outwards)
    assert (beyond > 0.05).all()
    assert (inside < 0).all()


def test_every_spot_is_marked_in_two_views() -> None:
    seen = [number for view in marks()["views"].values() for number in view["pencil"]]
    assert all(seen.count(str(number)) >= 2 for number in range(1, len(builder.SPOTS) + 1))
