"""Real spherical harmonics in Cartesian form: no pole is special."""

import math
from functools import cache

import numpy as np

from studio.model.arrays import FloatArray, IntArray

DEGREE = 8
"""Degree of the head's surface: 81 terms (head research, section 3)."""

QUIET = 250_000
"""OpenBLAS wakes threads for matrix products of more than 262,144 multiplications, which
costs more than it saves at these sizes and much more on a busy machine."""


def terms(degree: int = DEGREE) -> IntArray:
    """The (l, m) of every term, ((degree + 1)^2, 2): l upwards, m from -l to l."""
    return np.array([(n, m) for n in range(degree + 1) for m in range(-n, n + 1)], np.int64)


def harmonics(u: FloatArray, degree: int = DEGREE) -> FloatArray:
    """Values (n, (degree + 1)^2) at unit vectors (n, 3).

    N P_l^(m)(z) Re (x + iy)^m for m >= 0 and Im (x + iy)^|m| for m < 0, P_l^(m) the m-th
    derivative of the Legendre polynomial, N such that the mean square over the sphere is 1.
    Terms with m < 0 are the ones that change sign when y does.
    """
    value, _, order = _tables(degree)
    result: FloatArray = _round_axis(u, degree)[:, order]
    result *= product(_powers(u[:, 2], degree), value)
    return result


def gradients(u: FloatArray, degree: int = DEGREE) -> FloatArray:
    """Derivatives along the unit sphere, (n, (degree + 1)^2, 3), each at right angles to u."""
    value, slope, order = _tables(degree)
    around, powers = _round_axis(u, degree), _powers(u[:, 2], degree)
    east, north = _sideways(around, degree)
    along = product(powers, value)
    result = np.empty((len(u), len(order), 3))
    np.multiply(along, east[:, order], out=result[:, :, 0])
    np.multiply(along, north[:, order], out=result[:, :, 1])
    np.multiply(product(powers, slope), around[:, order], out=result[:, :, 2])
    outward = np.einsum("nkj,nj->nk", result, u)
    result -= outward[:, :, None] * u[:, None, :]
    return result


def series(u: FloatArray, coefficients: FloatArray) -> FloatArray:
    """Sum of coefficients times harmonics, (n,): summed over l first, which is cheap."""
    sums = _by_order(coefficients)[0]
    powers = _powers(u[:, 2], DEGREE)
    result: FloatArray = np.einsum("nm,nm->n", _round_axis(u, DEGREE), product(powers, sums))
    return result


def series_gradient(u: FloatArray, coefficients: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`series` (n,) and its gradient along the unit sphere (n, 3)."""
    sums, slopes = _by_order(coefficients)
    around, powers = _round_axis(u, DEGREE), _powers(u[:, 2], DEGREE)
    along = product(powers, sums)
    east, north = _sideways(around, DEGREE)
    result = np.empty((len(u), 3))
    result[:, 0] = np.einsum("nm,nm->n", along, east)
    result[:, 1] = np.einsum("nm,nm->n", along, north)
    result[:, 2] = np.einsum("nm,nm->n", product(powers, slopes), around)
    result -= np.einsum("nj,nj->n", result, u)[:, None] * u
    return np.einsum("nm,nm->n", around, along), result


def product(a: FloatArray, b: FloatArray) -> FloatArray:
    """a @ b in pieces small enough to stay on one thread."""
    rows = max(1, QUIET // b.size)
    if len(a) <= rows:
        result: FloatArray = a @ b
        return result
    result = np.empty((len(a), b.shape[1]))
    for first in range(0, len(a), rows):
        np.matmul(a[first : first + rows], b, out=result[first : first + rows])
    return result


def _powers(z: FloatArray, degree: int) -> FloatArray:
    """z^0 .. z^degree, (n, degree + 1)."""
    result = np.empty((len(z), degree + 1))
    result[:, 0] = 1
    for k in range(degree):
        np.multiply(result[:, k], z, out=result[:, k + 1])
    return result


def _round_axis(u: FloatArray, degree: int) -> FloatArray:
    """Im (x + iy)^|m| for m < 0, Re (x + iy)^m for m >= 0: columns m = -degree..degree."""
    powers = np.empty((degree + 1, len(u)), np.complex128)
    powers[0] = 1
    flat = u[:, 0] + 1j * u[:, 1]
    for m in range(degree):
        np.multiply(powers[m], flat, out=powers[m + 1])
    result = np.empty((len(u), 2 * degree + 1))
    result[:, degree:] = powers.real.T
    result[:, :degree] = powers[:0:-1].imag.T
    return result


def _sideways(around: FloatArray, degree: int) -> tuple[FloatArray, FloatArray]:
    """Derivatives of `around` by x and by y: d (x + iy)^m = m (x + iy)^(m-1) (dx + i dy)."""
    m = np.arange(1.0, degree + 1)
    # of the power below: real parts for m = 1.., imaginary ones for m = ..2, where they begin
    real, imaginary = around[:, degree : 2 * degree], around[:, 1:degree]
    east, north = np.zeros_like(around), np.zeros_like(around)
    np.multiply(real, m, out=east[:, degree + 1 :])
    np.multiply(real[:, ::-1], m[::-1], out=north[:, :degree])
    np.multiply(imaginary, m[:0:-1], out=east[:, : degree - 1])
    np.multiply(imaginary[:, ::-1], -m[1:], out=north[:, degree + 2 :])
    return east, north


def _by_order(coefficients: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Coefficients of powers of z, values and derivatives, summed for each m: (9, 17) each."""
    value, slope, order = _tables(DEGREE)
    gather = np.zeros((len(order), 2 * DEGREE + 1))
    gather[np.arange(len(order)), order] = coefficients
    return value @ gather, slope @ gather


@cache
def _tables(degree: int) -> tuple[FloatArray, FloatArray, IntArray]:
    """Coefficients of N P_l^(m)(z) and of its derivative by powers of z, and columns of m."""
    lm = terms(degree)
    value = np.zeros((degree + 1, len(lm)))
    slope = np.zeros_like(value)
    for column, (n, signed) in enumerate(lm):
        m = abs(int(signed))
        shares = math.factorial(int(n) - m) / math.factorial(int(n) + m)
        norm = math.sqrt((2 * n + 1) * (1 if m == 0 else 2) * shares)
        legendre = np.polynomial.Legendre.basis(int(n)).convert(kind=np.polynomial.Polynomial)
        for target, times in ((value, m), (slope, m + 1)):
            factors = norm * np.asarray(legendre.deriv(times).coef, np.float64)
            target[: len(factors), column] = factors
    return value, slope, lm[:, 1] + degree
