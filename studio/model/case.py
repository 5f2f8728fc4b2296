"""The case: one client's file, immutable from top to bottom."""

from dataclasses import dataclass
from enum import StrEnum

from studio.model.chart import ChartId, Point
from studio.model.curve import Curve
from studio.model.existing import ExistingHair
from studio.model.head import Head, Tape
from studio.model.ids import Id
from studio.model.photo import Photo
from studio.model.strokes import GrowthStroke
from studio.model.zone import Zone


class Sex(StrEnum):
    """For population figures: hairlines were measured by sex."""

    MAN = "man"
    WOMAN = "woman"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who the case is about. Initials and number are what pages show by default.

    `born` is a year.
    """

    name: str = ""
    number: str = ""
    alert: str = ""
    sex: Sex | None = None
    born: int | None = None

    @property
    def initials(self) -> str:
        """First letters of the name's words, as in `J.M.`; empty without a name."""
        return "".join(f"{word[0].upper()}." for word in self.name.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorAxis:
    """The line that halves the face on one chart.

    Passes through `at` (chart units); `angle` in degrees is its lean clockwise
    from the chart's vertical. Things are mirrored along a direction `skew` degrees
    clockwise from square to the line: on the plane of a tilted sticker what is level
    in the photo is not square to what is upright.
    """

    chart: ChartId
    at: Point
    angle: float = 0.0
    skew: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Which tile gives the dots, and how it lies: shift in mm, then flipped left to right."""

    tile: str = "hs-tile-1"
    offset: Point = (0.0, 0.0)
    flip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One alternative design. Later curves and zones lie above earlier ones.

    `growth` are strokes that tell which way hair grows.
    """

    id: Id
    letter: str = "A"
    name: str = ""
    curves: tuple[Curve, ...] = ()
    zones: tuple[Zone, ...] = ()
    growth: tuple[GrowthStroke, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """An old photo laid under the drawing on another one, by two places marked in both.

    `old` are pixels of `photo`, `here` the same places in pixels of `over`.
    """

    photo: Id
    over: Id
    old: tuple[Point, Point]
    here: tuple[Point, Point]
    strength: float = 0.5
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One client's file: photos, variants and the plan.

    `chosen` is the id of the variant that is shown and printed; `shares` are the
    cumulative shares of the dots after each session (30, 70, 100 %: Liu 2025);
    `planned` is the date of the plan, ISO 8601. `tape` is what was taped round the head,
    `head` what was fitted from the photos. `existing` is hair that is there already, at most
    one for each photo, `ghosts` old photos laid under others.
    """

    id: Id
    client: Client = Client()
    planned: str = ""
    photos: tuple[Photo, ...] = ()
    variants: tuple[Variant, ...]
    chosen: Id
    axes: tuple[MirrorAxis, ...] = ()
    placement: Placement = Placement()
    shares: tuple[float, ...] = (0.30, 0.70, 1.0)
    tape: Tape | None = None
    head: Head | None = None
    existing: tuple[ExistingHair, ...] = ()
    ghosts: tuple[Ghost, ...] = ()
    notes: str = ""

    @property
    def variant(self) -> Variant:
        """The chosen variant."""
        return next(v for v in self.variants if v.id == self.chosen)

    def photo(self, photo_id: Id) -> Photo:
        """The photo with this id; KeyError if there is none."""
        for photo in self.photos:
            if photo.id == photo_id:
                return photo
        raise KeyError(photo_id)

    def axis(self, chart: ChartId) -> MirrorAxis:
        """The mirror axis of a chart: the one set, or upright through its origin."""
        for axis in self.axes:
            if axis.chart == chart:
                return axis
        skew = next((p.plane.level for p in self.photos if p.id == chart), 0.0)
        return MirrorAxis(chart=chart, at=(0.0, 0.0), skew=skew)


def empty_case(case_id: Id, variant_id: Id) -> Case:
    """A case with no photos and one empty variant."""
    return Case(id=case_id, variants=(Variant(id=variant_id),), chosen=variant_id)
