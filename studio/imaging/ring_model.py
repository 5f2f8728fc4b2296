"""The printed ring seen through a blur, as a formula with derivatives, and its least squares."""

import math
from dataclasses import dataclass

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.sticker import DISC_SHARE

# Parameters: centre x y, entries 00 01 11 of the unit matrix, log of the blur; then light:
# white disc with its slopes, ring, skin with its slopes; last the white disc's radius as a
# share of the sticker's, because ink spreads.
PARAMETERS = 14
CENTRE, UNIT, BLUR = slice(0, 2), slice(2, 5), 5
WHITE, RING, SKIN, DISC = slice(6, 9), 9, slice(10, 13), 13

_PRINTING = 0.005
"""Standard error of the disc's share as printed: 0.05 mm at an edge."""

EDGE_ERROR = 0.1
"""Standard error of an edge, in blurs, because the camera's tone curve and sharpening are
unknown: a strong S-curve moved it by 0.14, unsharp masking of 80 % by 0.06 (measured)."""

_ROUNDS = 30
_OUTLIER = 0.03
"""Misfit, as a share of the contrast, from which a pixel loses weight: hair, shine, a crease."""


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """How far pixels lie beyond the ring's inner and outer edge.

    `distance` (2, n) in pixels, `share` (2, n) of the blurred step that is passed,
    `density` (2, n) its slope per pixel; `steepness` (n,) is the growth of the radius per
    pixel, `growth` (n, 5) its derivatives by centre and unit matrix.
    """

    distance: FloatArray
    share: FloatArray
    density: FloatArray
    steepness: FloatArray
    growth: FloatArray


def edges(values: FloatArray, at: FloatArray) -> Edges:
    """Where the places (n, 2) are, seen from the edges.

    A straight edge blurs to a normal distribution about itself; a curved one moves inward
    by half its curvature times the blur's variance (to second order in the blur).
    """
    from scipy.special import ndtr  # noqa: PLC0415

    a, b, c = values[UNIT]
    x, y = (at - values[CENTRE]).T
    u, v = a * x + b * y, c * y
    radius = np.sqrt(u * u + v * v) + 1e-9
    by_x, by_y = a * u / radius, (b * u + c * v) / radius
    steepness = np.hypot(by_x, by_y)
    blur = math.exp(values[BLUR])
    curvature = (a * c) ** 2 / steepness**3  # of the unit ellipse; at radius r it is 1/r of it
    wanted = np.array([[values[DISC]], [1.0]])
    distance = (radius - wanted) / steepness + curvature / wanted * blur**2 / 2
    z = distance / blur
    density = np.exp(-z * z / 2) / (blur * math.sqrt(2 * math.pi))
    growth = np.column_stack((-by_x, -by_y, u * x / radius, u * y / radius, v * y / radius))
    return Edges(distance, ndtr(z), density, steepness, growth)


def light_at(
    values: FloatArray, at: FloatArray, origin: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Light at places (n, 2), slopes counted from `origin`, and its derivatives (n, 14)."""
    edge = edges(values, at)
    ramp = np.column_stack((np.ones(len(at)), at - origin))
    white, ring, skin = ramp @ values[WHITE], values[RING], ramp @ values[SKIN]
    past_disc, past_ring = edge.share
    light = white + (ring - white) * past_disc + (skin - ring) * past_ring
    by_edge = np.stack(((ring - white) * edge.density[0], (skin - ring) * edge.density[1]))
    slopes = np.empty((len(at), PARAMETERS))
    slopes[:, :5] = edge.growth * (by_edge.sum(axis=0) / edge.steepness)[:, None]
    slopes[:, BLUR] = -(by_edge * edge.distance).sum(axis=0)
    slopes[:, WHITE] = ramp * (1 - past_disc)[:, None]
    slopes[:, RING] = past_disc - past_ring
    slopes[:, SKIN] = ramp * past_ring[:, None]
    slopes[:, DISC] = -by_edge[0] / edge.steepness
    return light, slopes


def edge_shifts(
    values: FloatArray, at: FloatArray, light: FloatArray, origin: FloatArray, sectors: int
) -> FloatArray:
    """How many pixels farther out the outer edge lies than fitted, per sector of the ring."""
    edge = edges(values, at)
    modelled, _ = light_at(values, at, origin)
    ramp = np.column_stack((np.ones(len(at)), at - origin))
    by_shift = -(ramp @ values[SKIN] - values[RING]) * edge.density[1]
    angle = np.arctan2(*(at - values[CENTRE]).T)
    sector = ((angle / math.tau + 0.5) * sectors).astype(np.int64) % sectors
    moved = np.bincount(sector, by_shift * (light - modelled), sectors)
    weight = np.bincount(sector, by_shift**2, sectors)
    shifts: FloatArray = moved / np.maximum(weight, 1e-12)
    return shifts


def least_squares(
    values: FloatArray, at: FloatArray, light: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Fit the parameters to the light: their values and covariance (14, 14).

    Levenberg-Marquardt under a soft L1 loss; slopes are counted from the first centre.
    How the sticker was printed counts as one more thing seen.
    """
    origin = values[CENTRE].copy()
    outlier = _OUTLIER * max(float(np.ptp(np.percentile(light, (5, 95)))), 0.01)
    print_weight = _print_weight(values, light_at(values, at, origin)[1])
    seen = np.append(light, print_weight * DISC_SHARE)

    def modelled(values: FloatArray) -> tuple[FloatArray, FloatArray]:
        expected, slopes = light_at(values, at, origin)
        of_print = np.zeros(PARAMETERS)
        of_print[DISC] = print_weight
        return np.append(expected, print_weight * values[DISC]), np.vstack((slopes, of_print))

    damping = 1e-3
    expected, slopes = modelled(values)
    miss = seen - expected
    for _ in range(_ROUNDS):
        weighted = slopes * _weight(miss, outlier)[:, None]
        normal = weighted.T @ slopes
        damped = normal + damping * np.diag(np.diag(normal)) + 1e-12 * np.eye(PARAMETERS)
        tried = values + np.asarray(np.linalg.solve(damped, weighted.T @ miss), np.float64)
        tried[BLUR] = np.clip(tried[BLUR], math.log(0.25), math.log(12.0))
        expected, tried_slopes = modelled(tried)
        gain = _loss(miss, outlier) - _loss(seen - expected, outlier)
        if gain <= 0:
            damping *= 10
            if damping > 1e4:
                break
            continue
        values, slopes, miss = tried, tried_slopes, seen - expected
        damping = max(damping / 10, 1e-9)
        if gain < 1e-5 * _loss(miss, outlier):
            break
    return values, _covariance(slopes, miss, outlier)


def _print_weight(values: FloatArray, slopes: FloatArray) -> float:
    """Weight of the printed share against the seen one, as the square root of information.

    What is seen errs by two edges, so a sharp wide ring is believed, a blurred narrow one not.
    """
    radius = 1 / math.sqrt(abs(values[UNIT][0] * values[UNIT][2]))
    seen_error = math.sqrt(2) * EDGE_ERROR * math.exp(values[BLUR]) / radius
    return float(np.linalg.norm(slopes[:, DISC])) * seen_error / _PRINTING


def _weight(miss: FloatArray, outlier: float) -> FloatArray:
    weight: FloatArray = 1 / np.sqrt(1 + (miss / outlier) ** 2)
    return weight


def _loss(miss: FloatArray, outlier: float) -> float:
    return float((np.sqrt(1 + (miss / outlier) ** 2) - 1).sum())


def _covariance(slopes: FloatArray, miss: FloatArray, outlier: float) -> FloatArray:
    weight = _weight(miss, outlier)
    normal = (slopes * weight[:, None]).T @ slopes
    variance = float((weight * miss**2).sum()) / max(len(miss) - PARAMETERS, 1)
    return np.asarray(np.linalg.pinv(normal, hermitian=True) * variance, np.float64)
