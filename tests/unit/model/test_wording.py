"""Numbers as they are written."""

import math

import pytest

from studio.model.quantity import Quantity
from studio.model.wording import number_text, percent_text, quantity_text


@pytest.mark.parametrize(
    ("value", "se", "unit", "decimals", "text"),
    [
        (63.2, 1.6, "mm", 0, "63 ± 2 mm"),
        (40.71, 0.6, "mm", 1, "40.7 ± 0.6 mm"),
        (98.4, 3.9, "cm²", 0, "98 cm² ± 4 %"),
        (12480, 500, "dots", 0, "12,480 dots ± 500"),
        (12480.6, 487, "dots", 0, "12,481 dots ± 490"),
        (-3.0, 0.1, "mm", 1, "−3.0 ± 0.1 mm"),
        (63.0, 0.2, "mm", 0, "63 ± 1 mm"),
        (63.0, 0.0, "mm", 0, "63 ± 0 mm"),
        (0.0, 0.0, "cm²", 1, "0.0 cm²"),
        (10.0, 0.05, "cm²", 1, "10.0 cm² ± 0.5 %"),
        (5.0, math.inf, "mm", 0, "no scale"),
        (math.nan, 1.0, "mm", 0, "no scale"),
    ],
)
def test_quantities(value: float, se: float, unit: str, decimals: int, text: str) -> None:
    assert quantity_text(Quantity(value, se), unit, decimals) == text


def test_plain_numbers() -> None:
    assert number_text(1234567.4) == "1,234,567"
    assert number_text(-0.04, 1) == "0.0"
    assert number_text(-12.34, 1) == "−12.3"
    assert percent_text(0.011) == "1.1 %"
    assert percent_text(0.0001) == "0.1 %"
    assert percent_text(0.0) == "0.0 %"
