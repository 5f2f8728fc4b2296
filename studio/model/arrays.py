"""Array types that say what they hold."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
"""Double precision; points are (n, 2), rows x y."""

Float32Array = NDArray[np.float32]
ByteArray = NDArray[np.uint8]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
