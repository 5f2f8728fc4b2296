"""Tools that mark one thing each, without the measure stage's words."""

from collections.abc import Callable

from studio.editing.edits.photos import set_landmark
from studio.editing.edits.remeasure import Fit, remeasure
from studio.editing.tools.mark import MarkTool
from studio.editing.tools.marks import PROMPTS, Marks
from studio.model.case import Case
from studio.model.ids import Id
from studio.model.photo import LandmarkKind, Measurement, MeasurementKind
from studio.skin.measure import measured_plane


def measurement_tool(
    kind: MeasurementKind,
    make: Callable[[Marks], Measurement],
    fit: Fit = measured_plane,
) -> MarkTool:
    """The tool that marks one kind of measurement; its name is `mark-` and the kind.

    `make` turns marks into the measurement, with its size and standard errors.
    """

    def read(case: Case, photo_id: Id) -> Marks:
        measurements = case.photo(photo_id).measurements
        return next((m.points for m in measurements if m.kind is kind), ())

    def write(case: Case, photo_id: Id, marks: Marks) -> Case:
        photo = case.photo(photo_id)
        others = tuple(m for m in photo.measurements if m.kind is not kind)
        return remeasure(case, photo_id, (*others, make(marks)), photo.scale_from, fit)

    thing = kind.value.replace("-", " ")
    return MarkTool(f"mark-{kind.value}", thing, PROMPTS[kind], read, write, kind)


def landmark_tool(kind: LandmarkKind) -> MarkTool:
    """The tool that marks one landmark; its name is `mark-` and the landmark's."""
    words = kind.value.replace("-", ", ")

    def read(case: Case, photo_id: Id) -> Marks:
        return tuple(mark.at for mark in case.photo(photo_id).landmarks if mark.kind is kind)

    def write(case: Case, photo_id: Id, marks: Marks) -> Case:
        return set_landmark(case, photo_id, kind, marks[0])

    return MarkTool(f"mark-{kind.value}", words, (f"Click the {words}",), read, write)
