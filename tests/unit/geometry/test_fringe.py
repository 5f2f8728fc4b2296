"""The edge of the dots: its spectrum is what was asked for, it stays put, it never folds."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely

from studio.geometry.fringe import edge, strays
from studio.model.arrays import FloatArray
from studio.model.hairline import Fringe

STEP = 0.1
LENGTH = 280.0


def off_line(fringe: Fringe) -> FloatArray:
    """Edge minus spine of a straight spine, as the drawn edge has it."""
    spine = np.array([(-LENGTH / 2, 0.0), (LENGTH / 2, 0.0)])
    found = edge(spine, fringe)
    at = np.arange(-LENGTH / 2 + 5, LENGTH / 2 - 5, STEP)
    off: FloatArray = np.interp(at, found[:, 0], found[:, 1])
    return off


def bands(values: FloatArray, cut: float) -> tuple[FloatArray, FloatArray]:
    """What is longer and what is shorter than a wavelength."""
    spectrum = np.fft.rfft(values - values.mean())
    frequency = np.fft.rfftfreq(len(values), STEP)
    long = np.where(frequency < 1 / cut, spectrum, 0)
    return np.fft.irfft(long, len(values)), np.fft.irfft(spectrum - long, len(values))


def peak_wavelength(values: FloatArray) -> float:
    size = 1 << 16
    power = np.abs(np.fft.rfft(values * np.hanning(len(values)), size))
    return float(1 / np.fft.rfftfreq(size, STEP)[1:][power[1:].argmax()])


def peak_to_valley(values: FloatArray) -> float:
    """Of a wave: a sine has 2 sqrt 2 times its root mean square."""
    return float(2 * math.sqrt(2) * values.std())


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("macro_wave", "macro", "micro_wave", "micro"),
    [(24.0, 3.0, 5.0, 1.0), (15.0, 2.0, 3.0, 0.5), (18.0, 4.0, 4.0, 1.5), (30.0, 3.0, 8.0, 1.5)],
)
def test_the_spectrum_shows_the_asked_waves(
    macro_wave: float, macro: float, micro_wave: float, micro: float, seed: int
) -> None:
    fringe = Fringe(
        macro_wave=macro_wave, macro=macro, micro_wave=micro_wave, micro=micro, seed=seed
    )
    long, short = bands(off_line(fringe), math.sqrt(macro_wave * micro_wave))
    assert peak_wavelength(long) == pytest.approx(macro_wave, rel=0.15)
    assert peak_wavelength(short) == pytest.approx(micro_wave, rel=0.15)
    assert peak_to_valley(long) == pytest.approx(macro, rel=0.15)
    assert peak_to_valley(short) == pytest.approx(micro, rel=0.15)


def test_further_out_does_not_reshuffle_what_lies_further_in() -> None:
    fringe = Fringe()
    short, long = np.arange(0.0, 60.0, 0.3), np.arange(0.0, 120.0, 0.3)
    assert np.array_equal(strays(short, fringe), strays(long, fringe)[: len(short)])


def test_one_side_leaves_the_other_as_it_was() -> None:
    right = np.arange(-100.0, -15.0, 0.3)
    both = np.concatenate([right, np.arange(-15.0, 90.0, 0.3)])
    assert np.array_equal(strays(right, Fringe()), strays(both, Fringe())[: len(right)])


def test_decorrelation_parts_left_from_right() -> None:
    at = np.arange(0.1, 100.0, 0.2)
    for seed in range(20):
        even = Fringe(decorrelation=0.0, seed=seed)
        assert np.allclose(strays(at, even), strays(-at, even))
    alike = [
        np.corrcoef(strays(at, Fringe(seed=s)), strays(-at, Fringe(seed=s)))[0, 1]
        for s in range(60)
    ]
    assert abs(float(np.mean(alike))) < 0.25
    half = [
        np.corrcoef(
            strays(at, Fringe(seed=s, decorrelation=0.3)),
            strays(-at, Fringe(seed=s, decorrelation=0.3)),
        )[0, 1]
        for s in range(60)
    ]
    assert float(np.mean(alike)) < float(np.mean(half)) < 1.0


def test_another_seed_is_another_edge() -> None:
    at = np.arange(-100.0, 100.0, 0.3)
    assert np.abs(strays(at, Fringe(seed=1)) - strays(at, Fringe(seed=2))).max() > 1.0


def test_an_edge_of_nothing_is_its_line() -> None:
    line = np.array([(0.0, 0.0), (30.0, 10.0), (60.0, 0.0)])
    found = edge(line, Fringe(macro=0.0, micro=0.0))
    assert shapely.distance(shapely.points(found), shapely.LineString(line)).max() < 1e-9


@pytest.mark.parametrize("radius", [2.0, 4.0, 8.0])
def test_round_a_tight_bend_it_does_not_fold(radius: float) -> None:
    turn = np.linspace(0, math.pi, 60)
    arc = np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
    for way in (1.0, -1.0):
        tail = np.array([(radius, -40.0 * 1)]), np.array([(-radius, -40.0)])
        line = np.concatenate([tail[0], arc, tail[1]])[:: int(way)]
        for seed in range(6):
            fringe = replace(Fringe(seed=seed), macro=3.0, micro=1.0)
            assert shapely.LineString(edge(line, fringe)).is_simple
