"""The ring's formula against a numeric blur and its derivatives against differences."""

import math

import numpy as np
import pytest

from studio.imaging import ring_model as model
from studio.model.arrays import FloatArray


def parameters(long: float, short: float, turn: float, blur: float) -> FloatArray:
    c, s = math.cos(turn), math.sin(turn)
    axes = np.array([[c, -s], [s, c]])
    form = axes @ np.diag((1 / long**2, 1 / short**2)) @ axes.T
    unit = np.linalg.cholesky(form).T
    values = np.zeros(model.PARAMETERS)
    values[model.CENTRE] = 40.3, 39.6
    values[model.UNIT] = unit[0, 0], unit[0, 1], unit[1, 1]
    values[model.BLUR] = math.log(blur)
    values[model.WHITE] = 0.9, 0.002, -0.001
    values[model.RING] = 0.05
    values[model.SKIN] = 0.5, -0.001, 0.001
    values[model.DISC] = 0.85
    return values


@pytest.mark.parametrize(
    ("long", "short", "blur", "within"),
    [(30, 30, 1.0, 0.004), (30, 18, 1.2, 0.008), (14, 14, 1.2, 0.01), (12, 7, 0.8, 0.02)],
)
def test_light_is_that_of_a_blurred_picture(
    long: float, short: float, blur: float, within: float
) -> None:
    import cv2  # noqa: PLC0415

    values = parameters(long, short, 0.6, blur)
    samples = 8
    fine = (np.arange(80 * samples) + 0.5) / samples
    at = np.stack(np.meshgrid(fine, fine), axis=-1).reshape(-1, 2)
    offset = at - values[model.CENTRE]
    a, b, c = values[model.UNIT]
    radius = np.hypot(a * offset[:, 0] + b * offset[:, 1], c * offset[:, 1])
    ramp = np.column_stack((np.ones(len(at)), offset))
    light = np.where(radius < 0.85, ramp @ values[model.WHITE], values[model.RING])
    light = np.where(radius > 1, ramp @ values[model.SKIN], light)
    sharp = light.reshape(80, samples, 80, samples).mean(axis=(1, 3))
    # the means over pixels are a blur of 1/12 px2 themselves
    expected = cv2.GaussianBlur(sharp, (0, 0), math.sqrt(blur**2 - 1 / 12))
    places = np.stack(np.meshgrid(np.arange(80) + 0.5, np.arange(80) + 0.5), axis=-1)
    modelled, _ = model.light_at(values, places.reshape(-1, 2), values[model.CENTRE])
    near = np.linalg.norm(places - values[model.CENTRE], axis=-1) > 0.6 * short
    misfit = (modelled.reshape(80, 80) - expected)[near]
    assert np.sqrt((misfit**2).mean()) < within


def test_derivatives() -> None:
    """Those by shape and disc neglect that steepness and curvature change; the rest is exact."""
    values = parameters(20, 20, 0.0, 1.5)
    at = np.random.default_rng(2).uniform(15, 65, (400, 2))
    origin = values[model.CENTRE].copy()
    _, slopes = model.light_at(values, at, origin)
    for i in range(model.PARAMETERS):
        step = 1e-6 * max(abs(values[i]), 1e-2)
        up, down = values.copy(), values.copy()
        up[i] += step
        down[i] -= step
        change = (model.light_at(up, at, origin)[0] - model.light_at(down, at, origin)[0]) / (
            2 * step
        )
        tolerance = {model.DISC: 0.01}.get(i, 0.12 if i <= model.BLUR else 1e-4)
        assert np.linalg.norm(slopes[:, i] - change) <= tolerance * np.linalg.norm(change)
