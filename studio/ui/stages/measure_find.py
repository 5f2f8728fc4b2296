"""Looking for the sticker in the photo on the canvas, in the background."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from studio.editing.edits.measurements import put_measurement
from studio.imaging.photo import sticker_measurement
from studio.imaging.sticker import StickerFound, find_sticker
from studio.model.arrays import ByteArray
from studio.model.ids import Id
from studio.model.photo import Measurement, MeasurementKind, Photo
from studio.ui import jobs
from studio.ui.stages.measure_words import detail_of, error_text
from studio.ui.workbench import Workbench


class StickerSearch(QObject):
    """`running` tells that a search began or ended; what it found is said and put in the case."""

    running = Signal(bool)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._job: jobs.Job[StickerFound | None] | None = None

    def begin(self, size_mm: float) -> None:
        """Search the photo shown for a sticker of this diameter in mm."""
        photo = self._bench.photo
        pyramid = self._bench.pictures.pyramid(photo.sha256) if photo else None
        if photo is None or pyramid is None:
            self._bench.said.emit(
                QCoreApplication.translate("Measure", "The photo is still being read. Try again.")
            )
            return
        if self._job is not None:
            return
        self.running.emit(True)
        self._job = jobs.start(
            self._bench.pool,
            partial(_search, pyramid.levels[0]),
            partial(self._arrived, photo.id, photo.sha256, size_mm),
            lambda refusal: self._ended(str(refusal)),
        )

    def _arrived(self, photo_id: Id, sha: str, size_mm: float, found: StickerFound | None) -> None:
        photo = next((p for p in self._bench.case.photos if p.id == photo_id), None)
        if photo is None or photo.sha256 != sha:
            self._ended("")
        elif found is None:
            self._ended(
                QCoreApplication.translate(
                    "Measure", "No sticker was found. Mark it by hand or measure in another way."
                )
            )
        else:
            self._put(photo, sticker_measurement(found, size_mm))

    def _put(self, photo: Photo, measurement: Measurement) -> None:
        label = QCoreApplication.translate("Steps", "Find sticker")
        self._bench.apply(label, lambda case: put_measurement(case, photo.id, measurement))
        after = self._bench.case.photo(photo.id)
        words = QCoreApplication.translate("Measure", "Sticker found, {detail}. {scale}.")
        if after.plane.method is MeasurementKind.STICKER:
            scale = QCoreApplication.translate("Measure", "Lengths here {error}")
            scale = scale.format(error=error_text(after.plane.sigma))
        else:
            scale = QCoreApplication.translate("Measure", "The scale is taken from another mark")
        self._ended(words.format(detail=detail_of(measurement), scale=scale))

    def _ended(self, sentence: str) -> None:
        self._job = None
        self.running.emit(False)
        if sentence:
            self._bench.said.emit(sentence)


def _search(level: ByteArray) -> StickerFound | None:
    """Search the finest level (h, w, 4) of a pyramid, whose bytes are blue, green, red."""
    import numpy as np  # noqa: PLC0415

    return find_sticker(np.ascontiguousarray(level[..., 2::-1]))
