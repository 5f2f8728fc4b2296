"""How numbers are written on screen and on paper."""

import math

from studio.model.quantity import Quantity

NO_SCALE = "no scale"
"""Stands where a number would, while nothing in the photo was measured."""

_AREAS = {"mm²", "cm²"}


def number_text(value: float, decimals: int = 0) -> str:
    """A number with thousands commas and a true minus; never `−0`."""
    text = f"{value:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.removeprefix("-")
    return text.replace("-", "−")


def quantity_text(quantity: Quantity, unit: str, decimals: int = 0) -> str:
    """A quantity with its ±: `63 ± 2 mm`, `98 cm² ± 4 %`, `12,480 dots ± 500`.

    Areas carry a percentage and counts their unit before the ±; other units are written
    behind both numbers. The error has the decimals of the value and is never rounded to
    nothing. `no scale` when the error is not known.
    """
    if not quantity.known or not math.isfinite(quantity.value):
        return NO_SCALE
    value = number_text(quantity.value, decimals)
    if unit in _AREAS:
        if quantity.value == 0:
            return f"{value} {unit}"
        return f"{value} {unit} ± {percent_text(quantity.relative)}"
    if unit == "dots":
        error = _two_figures(quantity.se)
        return f"{number_text(quantity.value)} dots ± {number_text(error)}"
    error = max(quantity.se, 10.0**-decimals) if quantity.se > 0 else 0.0
    return f"{value} ± {number_text(error, decimals)} {unit}"


def percent_text(share: float) -> str:
    """A share as a percentage, `4 %`; below 2 % with one decimal, `1.1 %`, never `0 %`."""
    percent = share * 100
    if percent >= 1.95:
        return f"{number_text(percent)} %"
    return f"{number_text(max(percent, 0.1) if percent > 0 else 0.0, 1)} %"


def _two_figures(error: float) -> float:
    """A count's error to two figures, at least one dot unless it is exact."""
    if error <= 0:
        return 0.0
    step = 10.0 ** max(0, math.floor(math.log10(error)) - 1)
    return max(1.0, round(error / step) * step)
