"""A case made from photo files, with the scale and the landmarks that are known of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from studio.headless.inputs import Inputs, check_inside, tape_of
from studio.imaging.intake import Intake, load
from studio.imaging.photo import photo_of, sticker_in
from studio.model.case import Case, Client, empty_case
from studio.model.ids import new_id
from studio.model.photo import Landmark, Measurement, Photo, View
from studio.model.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to become a case. `inputs` are the files of marks that were given for views.

    `stickers` are the views that must show a sticker; None looks for one in every photo and
    asks for at least one; empty looks for none.
    """

    files: Sequence[tuple[View, Path]]
    measurements: Sequence[tuple[View, Measurement]] = ()
    landmarks: Sequence[tuple[View, Landmark]] = ()
    inputs: Mapping[View, Inputs] = field(default_factory=dict)
    stickers: frozenset[View] | None = frozenset()
    client: str = ""
    number: str = ""


def new_case(order: Order, tell: Callable[[str], object] = str) -> tuple[Case, dict[str, bytes]]:
    """The case and its pictures by SHA-256; `tell` gets what should be known of a photo.

    Raises Refusal for a photo that cannot be read, a missing sticker, a mark in a photo
    that is not there.
    """
    _check(order)
    pictures: dict[str, bytes] = {}
    photos = []
    stickers = 0
    for view, file in order.files:
        intake = _load(view, file)
        for notice in intake.notices:
            tell(f"{view.value}: {notice}")
        if intake.sha256 in pictures:
            raise Refusal("The same photo is given twice. Give each view its own.")
        pictures[intake.sha256] = intake.stored
        found = _stickers(order, view, intake)
        stickers += len(found)
        photos.append(_photo(order, view, intake, found))
    if order.stickers is None and not stickers:
        raise Refusal("No sticker was found in any photo. Give the scale with --ruler instead.")
    case = replace(
        empty_case(new_id(), new_id()),
        client=Client(name=order.client, number=order.number),
        planned=datetime.now(UTC).astimezone().date().isoformat(),
        photos=tuple(photos),
        tape=tape_of(order.inputs.values()),
    )
    return case, pictures


def _photo(order: Order, view: View, intake: Intake, found: tuple[Measurement, ...]) -> Photo:
    """The photo with everything that was said of its view."""
    given = order.inputs.get(view, Inputs())
    height, width = intake.pixels.shape[:2]
    check_inside(given, view, width, height)
    measured = *(m for at, m in order.measurements if at is view), *given.measurements
    landmarks = *(mark for at, mark in order.landmarks if at is view), *given.landmarks
    kinds = [m.kind for m in measured]
    for name in (*kinds, *(mark.kind for mark in landmarks)):
        if (*kinds, *(mark.kind for mark in landmarks)).count(name) > 1:
            raise Refusal(f"“{name}” is given twice for the {view.value} photo. Keep one.")
    # a sticker that was marked counts more than one that was found
    found = tuple(sticker for sticker in found if sticker.kind not in kinds)
    return replace(
        photo_of(intake, view, (*found, *measured), landmarks),
        pencil=given.pencil,
        outline=given.outline,
        hair_mm=given.hair_mm,
    )


def _check(order: Order) -> None:
    views = [view for view, _ in order.files]
    if len(set(views)) < len(views):
        raise Refusal("Two photos have the same view. Give each its own.")
    named = [view for view, _ in (*order.measurements, *order.landmarks)]
    for view in (*named, *(order.stickers or ()), *order.inputs):
        if view not in views:
            raise Refusal(f"There is no {view.value} photo to measure. Add it with --photo.")


def _load(view: View, file: Path) -> Intake:
    try:
        return load(file)
    except Refusal as refusal:
        raise Refusal(f"{view.value}: {refusal}") from refusal


def _stickers(order: Order, view: View, intake: Intake) -> tuple[Measurement, ...]:
    if order.stickers is not None and view not in order.stickers:
        return ()
    found = sticker_in(intake)
    if found is None and order.stickers is not None:
        raise Refusal(
            f"No sticker was found in the {view.value} photo. Give the scale with --ruler instead."
        )
    return () if found is None else (found,)
