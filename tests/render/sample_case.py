"""A made-up case with a made-up photo, whose every millimetre is known."""

import hashlib
import io
from dataclasses import replace

import numpy as np
from PIL import Image

from studio.model.case import Case, Client, MirrorAxis, Variant
from studio.model.curve import Curve, Node
from studio.model.photo import (
    Landmark,
    LandmarkKind,
    Measurement,
    MeasurementKind,
    Photo,
    Plane,
    View,
)
from studio.model.zone import Blend, Purpose, Zone
from studio.render.pages.job import MapJob
from studio.render.sheet import Paper

WIDTH, HEIGHT = 1200, 1600
PX_PER_MM = 5.0
CENTRE = (600.0, 800.0)

RULER = Measurement(
    kind=MeasurementKind.RULER,
    points=((350.0, 800.0), (850.0, 800.0)),
    size_mm=100.0,
    size_se=0.5,
    click_se=1.0,
)


def picture() -> bytes:
    """A bald egg before a grey wall, as JPEG."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    head = ((x - 600) / 380) ** 2 + ((y - 850) / 520) ** 2 < 1
    shade = 215 - 60 * ((x - 600) / 380) ** 2
    pixels = np.stack([np.where(head, shade * f, 140.0) for f in (1.0, 0.82, 0.72)], axis=-1)
    file = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=90)
    return file.getvalue()


PICTURE = picture()
SHA = hashlib.sha256(PICTURE).hexdigest()

PLANE = Plane(
    matrix=(0.2, 0.0, -120.0, 0.0, 0.2, -160.0, 0.0, 0.0, 1.0),
    sigma=0.02,
    method=MeasurementKind.RULER,
)
"""Chart mm from photo pixels: 5 px to the mm, 0, 0 in the middle."""

UNSCALED = replace(PLANE, method=None, sigma=0.0)


def photo(view: View = View.FRONT, plane: Plane = PLANE) -> Photo:
    """The made-up photo; glabella 60 mm under the hairline's middle."""
    marks = (
        Landmark(LandmarkKind.GLABELLA, (600.0, 800.0)),
        Landmark(LandmarkKind.CANTHUS_RIGHT, (375.0, 900.0)),
        Landmark(LandmarkKind.CANTHUS_LEFT, (825.0, 900.0)),
    )
    return Photo(
        id=view.value,
        view=view,
        sha256=SHA,
        media="image/jpeg",
        width=WIDTH,
        height=HEIGHT,
        plane=plane,
        taken="2026-03-02T10:00:00",
        measurements=() if plane.method is None else (RULER,),
        landmarks=marks if view is View.FRONT else (),
    )


def hairline(chart: str = "front") -> Curve:
    """Half a hairline from the mid-line to the left temple; its twin makes it whole."""
    return Curve(
        id=f"hairline-{chart}",
        name="Hairline",
        chart=chart,
        mirrored=True,
        nodes=(
            Node((0.0, -60.0), None, (20.0, -60.0)),
            Node((48.0, -58.0), (38.0, -66.0), (58.0, -50.0)),
            Node((66.0, -15.0), (64.0, -32.0), None),
        ),
    )


def zone(letter: str, purpose: Purpose, box: tuple[float, float, float, float]) -> Zone:
    """A rectangle in front chart mm: left, top, right, bottom."""
    left, top, right, bottom = box
    clear = purpose is Purpose.KEEP_CLEAR
    return Zone(
        id=f"zone-{letter}",
        letter=letter,
        name=purpose.value.capitalize(),
        purpose=purpose,
        chart="front",
        outline=((left, top), (right, top), (right, bottom), (left, bottom)),
        blend=Blend.CLEAR if clear else Blend.ADD,
        density=0.0 if clear else 110.0,
    )


ZONES = (
    zone("A", Purpose.TRANSITION, (-48, -74, 48, -63)),
    zone("B", Purpose.FULL, (-48, -92, 0, -74)),
    zone("C", Purpose.FULL, (0, -92, 48, -74)),
    zone("E", Purpose.DENSITY, (-70, -40, -58, 0)),
    zone("F", Purpose.SCAR, (72, -60, 84, -10)),
    zone("P", Purpose.PARTING, (-30, 30, -10, 60)),
    zone("R", Purpose.PATCH, (10, 30, 40, 60)),
    zone("K", Purpose.KEEP_CLEAR, (-24, -86, -18, -80)),
)


def case(
    zones: tuple[Zone, ...] = ZONES,
    photos: tuple[Photo, ...] | None = None,
    client: Client | None = None,
) -> Case:
    """The made-up case."""
    variant = Variant(id="v", letter="B", name="Round", curves=(hairline(),), zones=zones)
    return Case(
        id="case",
        client=client or Client(name="Jane Mary Doe", number="0417", alert="Latex allergy."),
        planned="2026-03-02",
        photos=photos or (photo(),),
        variants=(variant,),
        chosen="v",
        axes=(MirrorAxis(chart="front", at=(0.0, 0.0)),),
    )


def job(case_: Case | None = None, paper: Paper = Paper.A4) -> MapJob:
    """A job for the made-up case."""
    return MapJob(case=case_ or case(), photos={SHA: PICTURE}, paper=paper)
