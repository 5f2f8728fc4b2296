"""The practice case: the mannequin's photos and a finished design on its head, to try on."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from studio.imaging.jpeg import strip
from studio.model.case import Case
from studio.model.ids import new_id
from studio.model.photo import Photo, View
from studio.model.refusal import Refusal
from studio.model.resources import resource
from studio.storage.codec import from_json

VIEWS = (View.FRONT, View.LEFT, View.RIGHT, View.TOP, View.BACK)


def practice() -> tuple[Case, dict[str, bytes]]:
    """The practice case, in no file yet, and its pictures by SHA-256.

    It ships marked, fitted and drawn (`packaging/build_practice_case.py`), so that opening it
    fits nothing. Raises Refusal when a shipped file is missing or not what was shipped.
    """
    shipped = from_json(resource("practice/case.json").read_bytes())
    pictures = {photo.sha256: _picture(photo) for photo in shipped.photos}
    today = datetime.now(UTC).astimezone().date().isoformat()
    return replace(shipped, id=new_id(), planned=today), pictures


def _picture(photo: Photo) -> bytes:
    """A shipped photo as taking it in leaves it."""
    name = f"practice/{photo.view.value}.jpg"
    picture = strip(resource(name).read_bytes())
    if picture is None or hashlib.sha256(picture).hexdigest() != photo.sha256:
        raise Refusal(
            f"This copy of Hairline Studio is damaged: resources/{name} is not as it was shipped. "
            "Install it again."
        )
    return picture
