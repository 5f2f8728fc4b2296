"""Points of a chart: the flat coordinates in which curves and zones are stored."""

Point = tuple[float, float]
Ring = tuple[Point, ...]

ChartId = str
"""Names the chart that coordinates belong to: a photo's id for its plane, or `HEAD`."""

HEAD: ChartId = "head"
"""The chart of the fitted head, shared by all photos of a case."""

DECIMALS = 3
"""Coordinates are rounded to 0.001 of a chart unit when an edit is committed."""


def rounded(point: Point) -> Point:
    """The point at the precision in which it is stored."""
    return (round(point[0], DECIMALS) + 0.0, round(point[1], DECIMALS) + 0.0)
