"""A picture read at many places at once."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import Float32Array

ROW = 512
"""Places looked up at a time: OpenCV takes pictures, not lists."""

Value = TypeVar("Value", np.float32, np.uint8)


def look_up(
    picture: NDArray[Value], column: Float32Array, row: Float32Array, *, beyond: bool
) -> NDArray[Value]:
    """A picture (h, w) or (h, w, k) read bilinearly at places (n,): (n, k).

    Places count from the middle of the first pixel. Beyond the picture there is 0, or with
    `beyond` what its rim holds.
    """
    import cv2  # noqa: PLC0415

    count = len(column)
    where = np.zeros((2, -(-count // ROW) * ROW), np.float32)
    where[0, :count], where[1, :count] = column, row
    across, down = where.reshape(2, -1, ROW)
    border = cv2.BORDER_REPLICATE if beyond else cv2.BORDER_CONSTANT
    found = cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(found, picture.dtype).reshape(where.shape[1], -1)[:count]
