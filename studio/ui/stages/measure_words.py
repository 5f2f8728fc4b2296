"""What the Measure stage says of measurements, landmarks and their errors."""

import math

from PySide6.QtCore import QCoreApplication

from studio.editing.tools.marks import PROMPTS
from studio.editing.tools.survey_figures import SurveyWords, Target
from studio.model.photo import LandmarkKind, Measurement, MeasurementKind, Photo, View
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.wording import number_text
from studio.ui.phrases import translated
from studio.ui.view_words import LANDMARKS, MEASUREMENTS, named

ICONS = {
    MeasurementKind.STICKER: "circle-dot",
    MeasurementKind.CARD: "credit-card",
    MeasurementKind.RULER: "ruler",
    MeasurementKind.OWN_IPD: "scan-face",
    MeasurementKind.IRIS: "eye",
    MeasurementKind.MEAN_IPD: "scan-face",
}

CLICKS = {
    MeasurementKind.STICKER: QT_TRANSLATE_NOOP("Measure", "three clicks"),
    MeasurementKind.CARD: QT_TRANSLATE_NOOP("Measure", "four corners"),
    MeasurementKind.RULER: QT_TRANSLATE_NOOP("Measure", "two clicks"),
    MeasurementKind.OWN_IPD: QT_TRANSLATE_NOOP("Measure", "two clicks"),
    MeasurementKind.IRIS: QT_TRANSLATE_NOOP("Measure", "two clicks"),
    MeasurementKind.MEAN_IPD: QT_TRANSLATE_NOOP("Measure", "two clicks"),
}

SHORT = {
    MeasurementKind.STICKER: QT_TRANSLATE_NOOP("Measure", "Sticker"),
    MeasurementKind.CARD: QT_TRANSLATE_NOOP("Measure", "Card"),
    MeasurementKind.RULER: QT_TRANSLATE_NOOP("Measure", "Ruler"),
    MeasurementKind.OWN_IPD: QT_TRANSLATE_NOOP("Measure", "Own pupil distance"),
    MeasurementKind.IRIS: QT_TRANSLATE_NOOP("Measure", "Iris"),
    MeasurementKind.MEAN_IPD: QT_TRANSLATE_NOOP("Measure", "Mean pupil distance"),
}

LANDMARK_TIPS = {
    LandmarkKind.GLABELLA: QT_TRANSLATE_NOOP(
        "Measure", "The foremost point between the brows, on the midline"
    ),
    LandmarkKind.NASION: QT_TRANSLATE_NOOP("Measure", "The deepest point of the nose’s root"),
    LandmarkKind.PUPIL_RIGHT: QT_TRANSLATE_NOOP(
        "Measure", "The middle of the client’s right pupil, left in a front photo"
    ),
    LandmarkKind.PUPIL_LEFT: QT_TRANSLATE_NOOP(
        "Measure", "The middle of the client’s left pupil, right in a front photo"
    ),
    LandmarkKind.CANTHUS_RIGHT: QT_TRANSLATE_NOOP(
        "Measure", "The outer corner of the client’s right eye, left in a front photo"
    ),
    LandmarkKind.CANTHUS_LEFT: QT_TRANSLATE_NOOP(
        "Measure", "The outer corner of the client’s left eye, right in a front photo"
    ),
    LandmarkKind.TRAGUS_RIGHT: QT_TRANSLATE_NOOP(
        "Measure", "The small flap in front of the right ear canal, its middle"
    ),
    LandmarkKind.TRAGUS_LEFT: QT_TRANSLATE_NOOP(
        "Measure", "The small flap in front of the left ear canal, its middle"
    ),
    LandmarkKind.SUBNASALE: QT_TRANSLATE_NOOP(
        "Measure", "Where the nose’s middle meets the upper lip"
    ),
    LandmarkKind.MENTON: QT_TRANSLATE_NOOP("Measure", "The lowest point of the chin"),
    LandmarkKind.NOSE_TIP: QT_TRANSLATE_NOOP("Measure", "The foremost point of the nose"),
    LandmarkKind.EAR_ROOT_RIGHT: QT_TRANSLATE_NOOP(
        "Measure", "Where the top of the right ear grows from the head"
    ),
    LandmarkKind.EAR_ROOT_LEFT: QT_TRANSLATE_NOOP(
        "Measure", "Where the top of the left ear grows from the head"
    ),
    LandmarkKind.EAR_TOP_RIGHT: QT_TRANSLATE_NOOP("Measure", "The highest point of the right ear"),
    LandmarkKind.EAR_TOP_LEFT: QT_TRANSLATE_NOOP("Measure", "The highest point of the left ear"),
    LandmarkKind.EAR_LOBE_RIGHT: QT_TRANSLATE_NOOP(
        "Measure", "The lowest point of the right ear lobe"
    ),
    LandmarkKind.EAR_LOBE_LEFT: QT_TRANSLATE_NOOP(
        "Measure", "The lowest point of the left ear lobe"
    ),
    LandmarkKind.BROW_WRINKLE: QT_TRANSLATE_NOOP(
        "Measure", "The highest wrinkle while the brows are raised, on the midline"
    ),
    LandmarkKind.OLD_HAIRLINE_MID: QT_TRANSLATE_NOOP(
        "Measure", "Where the old hairline can still be seen on the midline"
    ),
    LandmarkKind.OLD_HAIRLINE_RIGHT: QT_TRANSLATE_NOOP(
        "Measure", "The corner of the old hairline on the right, if it can still be seen"
    ),
    LandmarkKind.OLD_HAIRLINE_LEFT: QT_TRANSLATE_NOOP(
        "Measure", "The corner of the old hairline on the left, if it can still be seen"
    ),
}

FACE = (LandmarkKind.GLABELLA, LandmarkKind.CANTHUS_RIGHT, LandmarkKind.CANTHUS_LEFT)
PROFILE = (
    LandmarkKind.GLABELLA,
    LandmarkKind.NASION,
    LandmarkKind.NOSE_TIP,
    LandmarkKind.SUBNASALE,
    LandmarkKind.MENTON,
)
NEEDED = {
    View.FRONT: (
        LandmarkKind.GLABELLA,
        LandmarkKind.NASION,
        LandmarkKind.CANTHUS_RIGHT,
        LandmarkKind.CANTHUS_LEFT,
        LandmarkKind.EAR_TOP_RIGHT,
        LandmarkKind.EAR_TOP_LEFT,
        LandmarkKind.SUBNASALE,
        LandmarkKind.MENTON,
        LandmarkKind.TRAGUS_RIGHT,
        LandmarkKind.TRAGUS_LEFT,
    ),
    View.BROWS_RAISED: (*FACE, LandmarkKind.BROW_WRINKLE),
    View.RIGHT: (
        *PROFILE,
        LandmarkKind.CANTHUS_RIGHT,
        LandmarkKind.TRAGUS_RIGHT,
        LandmarkKind.EAR_ROOT_RIGHT,
        LandmarkKind.EAR_LOBE_RIGHT,
    ),
    View.LEFT: (
        *PROFILE,
        LandmarkKind.CANTHUS_LEFT,
        LandmarkKind.TRAGUS_LEFT,
        LandmarkKind.EAR_ROOT_LEFT,
        LandmarkKind.EAR_LOBE_LEFT,
    ),
    View.TOP: (
        LandmarkKind.NOSE_TIP,
        LandmarkKind.EAR_TOP_RIGHT,
        LandmarkKind.EAR_TOP_LEFT,
    ),
    View.BACK: (
        LandmarkKind.EAR_TOP_LEFT,
        LandmarkKind.EAR_TOP_RIGHT,
        LandmarkKind.EAR_LOBE_LEFT,
        LandmarkKind.EAR_LOBE_RIGHT,
    ),
}
"""The landmarks that a view is joined and the printed tape distances are read by, in the order
in which they are asked for (head research, sections 4 and 7)."""


def tr(source: str) -> str:
    """One of the texts above in the person's language."""
    return QCoreApplication.translate("Measure", source)


def needed(photo: Photo) -> tuple[LandmarkKind, ...]:
    """The landmarks that are asked for in a photo."""
    return NEEDED.get(photo.view, ())


def number_in(photo: Photo, kind: LandmarkKind) -> int:
    """The number that stands for a landmark in a photo: as it is asked for there, then the rest."""
    wanted = needed(photo)
    order = (*wanted, *(other for other in LandmarkKind if other not in wanted))
    return order.index(kind) + 1


def name_of(target: Target) -> str:
    """A target's name beside its mark and in the names of steps."""
    if isinstance(target, LandmarkKind):
        return named(LANDMARKS[target])
    return tr(SHORT[target])


def way_name(kind: MeasurementKind, size_mm: float) -> str:
    """A way's name in the list; the sticker's with the size it was given."""
    if kind is MeasurementKind.STICKER:
        words = QCoreApplication.translate("Measure", "Sticker, {size} mm")
        return words.format(size=size_text(size_mm).removesuffix(".0"))
    return named(MEASUREMENTS[kind])


def prompts_of(target: Target) -> tuple[str, ...]:
    """What to click, mark by mark."""
    if isinstance(target, LandmarkKind):
        return (tr(LANDMARK_TIPS[target]),)
    return tuple(translated(prompt) for prompt in PROMPTS[target])


def detail_of(measurement: Measurement) -> str:
    """The figures of a mark: its size in the photo, a sticker's tilt."""
    points = measurement.points
    if measurement.kind is MeasurementKind.STICKER:
        long, short = math.dist(points[0], points[1]), math.dist(points[0], points[2])
        tilt = math.degrees(math.acos(min(1.0, short / long)))
        words = QCoreApplication.translate("Measure", "{px} px wide, tilted {tilt}°")
        return words.format(px=number_text(2 * long), tilt=number_text(tilt))
    words = QCoreApplication.translate("Measure", "{size} mm on {px} px")
    px = math.dist(points[0], points[1])
    return words.format(size=size_text(measurement.size_mm), px=number_text(px))


def size_text(size_mm: float) -> str:
    """A size with one decimal, or two where it has them."""
    return number_text(size_mm, 1 if math.isclose(size_mm, round(size_mm, 1)) else 2)


def share_text(share: float) -> str:
    """A part of an error as `1.1 %`, never `0.0 %`, whole from 10 % on."""
    percent = share * 100
    if percent < 0.05:
        return QCoreApplication.translate("Measure", "under 0.1 %")
    return f"{number_text(percent, 1 if percent < 9.95 else 0)} %"


def error_text(share: float) -> str:
    """A relative standard error as `± 1.1 %`."""
    return f"± {share_text(max(share, 0.0005))}"


def outline_words(count: int) -> tuple[str, str]:
    """What stands beside the outline in the photo."""
    words = QCoreApplication.translate("Measure", "Head outline, {count} points")
    return words.format(count=count), QCoreApplication.translate("Measure", "drag to correct")


def spot_words(number: int) -> str:
    """What stands where a spot is expected."""
    words = QCoreApplication.translate("Measure", "Spot {number}, click here")
    return words.format(number=number)


SURVEY_WORDS = SurveyWords(name=name_of, prompts=prompts_of, detail=detail_of, number=number_in)
