"""From a photo taken in to a Photo of a case, with the scale that it brings itself."""

from studio.imaging.intake import Intake
from studio.imaging.sticker import StickerFound, find_sticker
from studio.model.ids import new_id
from studio.model.photo import Landmark, Measurement, MeasurementKind, Photo, View
from studio.skin.measure import measured_plane
from studio.skin.references import references


def sticker_in(intake: Intake) -> Measurement | None:
    """The sticker as a measurement; None if the photo shows none."""
    found = find_sticker(intake.pixels)
    return None if found is None else sticker_measurement(found)


def sticker_measurement(found: StickerFound, size_mm: float | None = None) -> Measurement:
    """A sticker that was found, as a measurement; of the shipped diameter unless told."""
    reference = references()[MeasurementKind.STICKER]
    return Measurement(
        kind=MeasurementKind.STICKER,
        points=(found.centre, found.major_end, found.minor_end),
        size_mm=reference.size_mm if size_mm is None else size_mm,
        size_se=reference.size_se,
        click_se=found.sigma_px,
    )


def photo_of(
    intake: Intake,
    view: View,
    measurements: tuple[Measurement, ...] = (),
    landmarks: tuple[Landmark, ...] = (),
) -> Photo:
    """A new photo with its plane. Raises Refusal if a measurement cannot give a scale."""
    height, width = intake.pixels.shape[:2]
    return Photo(
        id=new_id(),
        view=view,
        sha256=intake.sha256,
        media=intake.media,
        width=width,
        height=height,
        plane=measured_plane(width, height, measurements),
        taken=intake.taken,
        focal_mm35=intake.focal_mm35,
        measurements=measurements,
        landmarks=landmarks,
    )
