"""Where the marks of a face lie in the forehead's frame, by which a hairline is grown.

The frame is in mm of skin: x off the mid-line, y up from the glabella.
"""

from dataclasses import dataclass

import numpy as np

from studio.model.chart import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfPlaces:
    """One side of the face; x is counted outwards from the mid-line.

    `plumb` are points of the vertical through the eye's outer corner, lowest first, at
    least one; `sideburn` is where the hair of the temple ends, ahead of the ear.
    """

    canthus: Point
    plumb: tuple[Point, ...]
    sideburn: Point

    def above_eye(self, y: float) -> float:
        """How far off the mid-line the vertical through the eye's corner is at a height."""
        return float(np.interp(y, [p[1] for p in self.plumb], [p[0] for p in self.plumb]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Both sides of the face, and what nobody marked.

    `wrinkle` is the height of the highest brow wrinkle, `old_mid`, `old_right` and `old_left`
    are remnants of the old hairline; None where not marked. `assumed` names in words the
    marks that were taken from the population.
    """

    right: HalfPlaces
    left: HalfPlaces
    wrinkle: float | None = None
    old_mid: Point | None = None
    old_right: Point | None = None
    old_left: Point | None = None
    assumed: tuple[str, ...] = ()
