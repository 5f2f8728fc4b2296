"""Pigment over photos, against Beer-Lambert worked out in double precision."""

import numpy as np
import pytest

from studio.model.arrays import ByteArray, Float32Array, FloatArray
from studio.pigment.composite import DENSEST, composite, encoded, linear, multiply_layer

CHANNELS = (1.03, 1.00, 0.90)


def exact(photo: ByteArray, density: Float32Array) -> FloatArray:
    """sRGB by IEC 61966-2-1, light by exp(-density x factor)."""
    code = photo.astype(np.float64) / 255
    light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    light *= np.exp(-density.astype(np.float64)[:, :, None] * CHANNELS)
    code = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(code * 255)


@pytest.fixture
def photo() -> ByteArray:
    return np.random.default_rng(7).integers(0, 256, (150, 200, 3), dtype=np.uint8)


@pytest.fixture
def density() -> Float32Array:
    return np.random.default_rng(8).uniform(0, DENSEST, (150, 200)).astype(np.float32)


def test_composite_is_exact_to_one_code(photo: ByteArray, density: Float32Array) -> None:
    before = photo.copy()
    out = composite(photo, density, CHANNELS)
    assert np.abs(out - np.rint(exact(photo, density))).max() <= 1
    assert np.array_equal(photo, before)


def test_no_pigment_changes_nothing(photo: ByteArray) -> None:
    none = np.zeros(photo.shape[:2], np.float32)
    assert np.array_equal(composite(photo, none, CHANNELS), photo)
    assert (multiply_layer(none, CHANNELS) == 0xFFFFFFFF).all()


def test_alpha_is_kept(photo: ByteArray, density: Float32Array) -> None:
    alpha = np.full((*photo.shape[:2], 1), 77, np.uint8)
    out = composite(np.concatenate([photo, alpha], axis=2), density, CHANNELS)
    assert (out[:, :, 3] == 77).all()
    assert np.array_equal(out[:, :, :3], composite(photo, density, CHANNELS))


def test_too_much_pigment_stays_black_enough(photo: ByteArray) -> None:
    much = np.full(photo.shape[:2], 50.0, np.float32)
    most = np.full(photo.shape[:2], DENSEST, np.float32)
    assert np.array_equal(composite(photo, much, CHANNELS), composite(photo, most, CHANNELS))


def test_multiplying_is_close_over_skin(density: Float32Array) -> None:
    skin = np.random.default_rng(9).integers(110, 230, (150, 200, 3), dtype=np.uint8)
    faint = density * np.float32(0.3)
    layer = multiply_layer(faint, CHANNELS)
    assert (layer >> 24 == 255).all()
    channels = np.stack([layer >> 16 & 255, layer >> 8 & 255, layer & 255], axis=2)
    error = np.abs(skin * (channels / 255) - exact(skin, faint))
    assert error.mean() < 1.0
    assert error.max() < 6.0


def test_srgb_curve_runs_both_ways() -> None:
    codes = np.arange(256) / 255
    assert encoded(linear(codes)) == pytest.approx(codes, abs=1e-7)
