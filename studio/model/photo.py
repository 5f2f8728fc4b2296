"""Photos, what was measured in them, and the plane that came of it."""

import math
from dataclasses import dataclass
from enum import StrEnum

from studio.model.chart import Point
from studio.model.ids import Id


class View(StrEnum):
    """From where a photo shows the head."""

    FRONT = "front"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BACK = "back"
    BROWS_RAISED = "brows-raised"
    CLOSE_UP = "close-up"
    OTHER = "other"


class MeasurementKind(StrEnum):
    """What gives the scale, best first (precedence: domain research, section 5.3)."""

    STICKER = "sticker"
    CARD = "card"
    RULER = "ruler"
    OWN_IPD = "own-ipd"
    IRIS = "iris"
    MEAN_IPD = "mean-ipd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """Something of known size, marked in a photo. Points are photo pixels.

    | kind | points | size_mm |
    | --- | --- | --- |
    | sticker | centre, end of the long half axis, end of the short half axis | diameter |
    | card | four corners in order round the card, the long side first | long side |
    | ruler | two marks | distance of the marks |
    | own-ipd, mean-ipd | right pupil, left pupil | distance of the pupils |
    | iris | two ends of the horizontal chord of one iris | its width |

    `size_se` is the standard error of the size in mm, `click_se` that of a point in pixels.
    """

    kind: MeasurementKind
    points: tuple[Point, ...]
    size_mm: float
    size_se: float
    click_se: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A flat skin map: the homography from photo pixels to chart millimetres.

    `matrix` is row by row with the last entry 1. `sigma` is the relative standard
    error of a length at `centre` (chart mm), where the scale was taken. `method` is
    None for the provisional scale of a photo in which nothing was measured yet.
    `tilt` is the angle in degrees between the plane's normal and the camera.
    """

    matrix: tuple[float, float, float, float, float, float, float, float, float]
    sigma: float
    centre: Point = (0.0, 0.0)
    tilt: float = 0.0
    method: MeasurementKind | None = None

    @property
    def level(self) -> float:
        """Direction on the chart of what is level in the photo, degrees clockwise."""
        return math.degrees(math.atan2(self.matrix[3], self.matrix[0]))


class LandmarkKind(StrEnum):
    """Named places of the head; right and left are the client's."""

    GLABELLA = "glabella"
    NASION = "nasion"
    PUPIL_RIGHT = "pupil-right"
    PUPIL_LEFT = "pupil-left"
    CANTHUS_RIGHT = "canthus-right"
    CANTHUS_LEFT = "canthus-left"
    TRAGUS_RIGHT = "tragus-right"
    TRAGUS_LEFT = "tragus-left"
    SUBNASALE = "subnasale"
    MENTON = "menton"
    NOSE_TIP = "nose-tip"
    EAR_ROOT_RIGHT = "ear-root-right"
    EAR_ROOT_LEFT = "ear-root-left"
    EAR_TOP_RIGHT = "ear-top-right"
    EAR_TOP_LEFT = "ear-top-left"
    EAR_LOBE_RIGHT = "ear-lobe-right"
    EAR_LOBE_LEFT = "ear-lobe-left"
    BROW_WRINKLE = "brow-wrinkle"
    OLD_HAIRLINE_MID = "old-hairline-mid"
    OLD_HAIRLINE_RIGHT = "old-hairline-right"
    OLD_HAIRLINE_LEFT = "old-hairline-left"


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named place marked in a photo, in photo pixels."""

    kind: LandmarkKind
    at: Point


@dataclass(frozen=True, slots=True)
class PencilMark:
    """A spot drawn on the scalp with a skin pencil, in photo pixels.

    The same spot has the same `number` in every photo.
    """

    number: int
    at: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One picture of the head. The picture itself is kept by its SHA-256.

    `width` and `height` are pixels after turning upright, `taken` is ISO 8601 or
    None, `focal_mm35` the focal length in 35 mm equivalent. `scale_from` is the
    measurement that the practitioner insists on; None takes the best there is.
    `outline` are photo pixels along the edge of the scalp against the wall, `hair_mm`
    how far hair lifts that edge off the skin.
    """

    id: Id
    view: View
    sha256: str
    media: str
    width: int
    height: int
    plane: Plane
    taken: str | None = None
    focal_mm35: float | None = None
    measurements: tuple[Measurement, ...] = ()
    scale_from: MeasurementKind | None = None
    landmarks: tuple[Landmark, ...] = ()
    pencil: tuple[PencilMark, ...] = ()
    outline: tuple[Point, ...] = ()
    hair_mm: float = 0.0
