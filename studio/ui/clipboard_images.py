"""Pictures and files that come by drag and drop or by paste."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage


def dropped_paths(data: QMimeData) -> list[Path]:
    """The local files of a drop or paste, in order."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def image_bytes(image: QImage) -> bytes:
    """A picture from the clipboard as PNG, for the same way in as files."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know only str for the format
    buffer.close()
    return bytes(store.data())
