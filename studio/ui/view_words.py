"""The names of views, measurements and purposes on screen."""

from PySide6.QtCore import QCoreApplication

from studio.model.curve import CurveRole
from studio.model.hairline import Diffusion, HairlineShape, TemplePoints
from studio.model.photo import LandmarkKind, MeasurementKind
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.zone import Blend, Pattern, Purpose

PURPOSES = {
    Purpose.TRANSITION: QT_TRANSLATE_NOOP("Names", "Hairline transition"),
    Purpose.FULL: QT_TRANSLATE_NOOP("Names", "Full coverage"),
    Purpose.DENSITY: QT_TRANSLATE_NOOP("Names", "Density between hairs"),
    Purpose.PARTING: QT_TRANSLATE_NOOP("Names", "Part line"),
    Purpose.SCAR: QT_TRANSLATE_NOOP("Names", "Scar"),
    Purpose.PATCH: QT_TRANSLATE_NOOP("Names", "Areata patch"),
    Purpose.CROWN: QT_TRANSLATE_NOOP("Names", "Crown"),
    Purpose.TEMPLE: QT_TRANSLATE_NOOP("Names", "Temple"),
    Purpose.DOT_SCARS: QT_TRANSLATE_NOOP("Names", "Dot scars"),
    Purpose.KEEP_CLEAR: QT_TRANSLATE_NOOP("Names", "Keep clear"),
}

ROLES = {
    CurveRole.HAIRLINE: QT_TRANSLATE_NOOP("Names", "Hairline"),
    CurveRole.TEMPLE: QT_TRANSLATE_NOOP("Names", "Temple edge"),
    CurveRole.PARTING: QT_TRANSLATE_NOOP("Names", "Part line"),
    CurveRole.SCAR: QT_TRANSLATE_NOOP("Names", "Scar"),
    CurveRole.OTHER: QT_TRANSLATE_NOOP("Names", "Other curve"),
}

SHAPES = {
    HairlineShape.STRAIGHT: QT_TRANSLATE_NOOP("Names", "Straight"),
    HairlineShape.ROUND: QT_TRANSLATE_NOOP("Names", "Round"),
    HairlineShape.WINGED: QT_TRANSLATE_NOOP("Names", "Winged"),
    HairlineShape.M: QT_TRANSLATE_NOOP("Names", "M"),
    HairlineShape.LINEAR: QT_TRANSLATE_NOOP("Names", "Linear"),
    HairlineShape.ROUND_FEMALE: QT_TRANSLATE_NOOP("Names", "Round, female"),
}

DIFFUSIONS = {
    Diffusion.ZERO: QT_TRANSLATE_NOOP("Names", "Zero"),
    Diffusion.MEDIUM: QT_TRANSLATE_NOOP("Names", "Medium"),
    Diffusion.HIGH: QT_TRANSLATE_NOOP("Names", "High"),
}

TEMPLES = {
    TemplePoints.NORMAL: QT_TRANSLATE_NOOP("Names", "Normal"),
    TemplePoints.THIN: QT_TRANSLATE_NOOP("Names", "Thin"),
    TemplePoints.PARALLEL: QT_TRANSLATE_NOOP("Names", "Parallel"),
    TemplePoints.REVERSED: QT_TRANSLATE_NOOP("Names", "Reversed"),
}

BLENDS = {
    Blend.ADD: QT_TRANSLATE_NOOP("Names", "Add"),
    Blend.REPLACE: QT_TRANSLATE_NOOP("Names", "Replace"),
    Blend.CLEAR: QT_TRANSLATE_NOOP("Names", "Clear"),
}

PATTERNS = {
    Pattern.FINE: QT_TRANSLATE_NOOP("Names", "Fine"),
    Pattern.DIFFUSE: QT_TRANSLATE_NOOP("Names", "Diffuse"),
    Pattern.CLUSTERS: QT_TRANSLATE_NOOP("Names", "Clusters"),
}

MEASUREMENTS = {
    MeasurementKind.STICKER: QT_TRANSLATE_NOOP("Names", "Sticker, 20 mm"),
    MeasurementKind.CARD: QT_TRANSLATE_NOOP("Names", "Card, 85.60 × 53.98 mm"),
    MeasurementKind.RULER: QT_TRANSLATE_NOOP("Names", "Ruler in the photo"),
    MeasurementKind.OWN_IPD: QT_TRANSLATE_NOOP("Names", "Own pupil distance"),
    MeasurementKind.IRIS: QT_TRANSLATE_NOOP("Names", "Iris, 11.7 mm"),
    MeasurementKind.MEAN_IPD: QT_TRANSLATE_NOOP("Names", "Mean pupil distance"),
}

LANDMARKS = {
    LandmarkKind.GLABELLA: QT_TRANSLATE_NOOP("Names", "Glabella"),
    LandmarkKind.NASION: QT_TRANSLATE_NOOP("Names", "Nose root"),
    LandmarkKind.PUPIL_RIGHT: QT_TRANSLATE_NOOP("Names", "Pupil, right"),
    LandmarkKind.PUPIL_LEFT: QT_TRANSLATE_NOOP("Names", "Pupil, left"),
    LandmarkKind.CANTHUS_RIGHT: QT_TRANSLATE_NOOP("Names", "Eye corner, right"),
    LandmarkKind.CANTHUS_LEFT: QT_TRANSLATE_NOOP("Names", "Eye corner, left"),
    LandmarkKind.TRAGUS_RIGHT: QT_TRANSLATE_NOOP("Names", "Tragus, right"),
    LandmarkKind.TRAGUS_LEFT: QT_TRANSLATE_NOOP("Names", "Tragus, left"),
    LandmarkKind.SUBNASALE: QT_TRANSLATE_NOOP("Names", "Nose base"),
    LandmarkKind.MENTON: QT_TRANSLATE_NOOP("Names", "Chin"),
    LandmarkKind.NOSE_TIP: QT_TRANSLATE_NOOP("Names", "Nose tip"),
    LandmarkKind.EAR_ROOT_RIGHT: QT_TRANSLATE_NOOP("Names", "Ear root, right"),
    LandmarkKind.EAR_ROOT_LEFT: QT_TRANSLATE_NOOP("Names", "Ear root, left"),
    LandmarkKind.EAR_TOP_RIGHT: QT_TRANSLATE_NOOP("Names", "Ear top, right"),
    LandmarkKind.EAR_TOP_LEFT: QT_TRANSLATE_NOOP("Names", "Ear top, left"),
    LandmarkKind.EAR_LOBE_RIGHT: QT_TRANSLATE_NOOP("Names", "Ear lobe, right"),
    LandmarkKind.EAR_LOBE_LEFT: QT_TRANSLATE_NOOP("Names", "Ear lobe, left"),
    LandmarkKind.BROW_WRINKLE: QT_TRANSLATE_NOOP("Names", "Highest brow wrinkle"),
    LandmarkKind.OLD_HAIRLINE_MID: QT_TRANSLATE_NOOP("Names", "Old hairline, middle"),
    LandmarkKind.OLD_HAIRLINE_RIGHT: QT_TRANSLATE_NOOP("Names", "Old hairline, right"),
    LandmarkKind.OLD_HAIRLINE_LEFT: QT_TRANSLATE_NOOP("Names", "Old hairline, left"),
}

NO_SCALE = QT_TRANSLATE_NOOP("Names", "no scale")


def named(source: str) -> str:
    """One of these names in the person's language."""
    return QCoreApplication.translate("Names", source)
