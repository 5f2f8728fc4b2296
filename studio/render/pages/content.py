"""What the pages of a session map say: plain values, ready to be set."""

from dataclasses import dataclass

from shapely import MultiPolygon, Polygon

from studio.model.arrays import ByteArray, FloatArray
from studio.model.chart import Point
from studio.model.zone import Purpose
from studio.planning.tape import Side
from studio.render.sheet import Paper

NO_SCALE = "no scale"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Identity:
    """What every page carries: whose map, which design. `thumb` is a square grey picture."""

    paper: Paper
    client: str
    variant: str
    code: str
    thumb: ByteArray | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlateZone:
    """A zone on a plate, in plate mm. `angle` turns the lines of full coverage.

    `steep` marks skin turned too far away to count on, all of it.
    """

    letter: str
    purpose: Purpose
    shape: Polygon | MultiPolygon
    angle: float = 45.0
    steep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlateTape:
    """A tape distance drawn on a plate: the way it is laid, and its label."""

    label: str
    path: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plate:
    """A photo with the design on it, in mm of the plate.

    `picture` is grey and covers the plate; without it the plate is white and zones have no
    texture. `dots` holds planned dots: per diameter on the plate their centres. `ten_mm` is
    the length of 10 mm of skin on the plate, None without scale. `left` and `right` name
    what lies there: `R`, `L` or other words such as `front`. `up` names what is on top.
    `straight` is where the skin faces the camera well enough to count, None for a plane;
    `net` are the tape rings and clock spokes, `arrows` tell which way hair grows.
    """

    size: Point
    picture: ByteArray | None = None
    dots: tuple[tuple[float, FloatArray], ...] = ()
    zones: tuple[PlateZone, ...] = ()
    hairlines: tuple[FloatArray, ...] = ()
    curves: tuple[FloatArray, ...] = ()
    tapes: tuple[PlateTape, ...] = ()
    ten_mm: float | None = None
    straight: Polygon | MultiPolygon | None = None
    net: tuple[FloatArray, ...] = ()
    arrows: tuple[FloatArray, ...] = ()
    scale_words: str = NO_SCALE
    left: str = ""
    right: str = ""
    up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRow:
    """One line of the zone table, every figure already in words.

    `sessions` and `total` are empty for zones that keep clear and without scale. `refer`
    names the page that has the figures, for a zone that shows better there; `unseen` tells
    what is in none of them, `hair` what was taken off the density for hair that is there.
    """

    letter: str
    name: str
    purpose: Purpose
    angle: float = 45.0
    density: str = ""
    apart: str = ""
    sessions: tuple[str, ...] = ()
    total: str = ""
    area: str = NO_SCALE
    needle: str = ""
    dilution: str = ""
    refer: str = ""
    unseen: str = ""
    hair: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeRow:
    """One line of the tape table, mm. A distance on the mid-line has only `left`."""

    letter: str
    name: str
    right: str = ""
    left: str = ""
    drawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PhotoPage:
    """A page for one photo."""

    title: str
    line: str
    plate: Plate
    zones: tuple[ZoneRow, ...]
    tapes: tuple[TapeRow, ...] = ()
    checks: tuple[str, ...] = ()
    note: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DotsPage:
    """Every planned dot of one photo, on a plate without the picture."""

    title: str
    line: str
    plate: Plate
    words: tuple[str, ...] = ()
    foot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLabel:
    """A zone's words on the scalp map."""

    letter: str
    name: str
    density: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScalpPage:
    """The head laid out by tape. Shapes are in mm of the page, the vertex at 0, 0, face up.

    `rings` are tape distances in mm with the pieces of their rings that are drawn. `ears` are
    the places of the ears on the rim with the direction outwards. `points` are names with
    clock hour and mm of tape.
    """

    line: str
    zones: tuple[PlateZone, ...]
    labels: tuple[MapLabel, ...]
    hairlines: tuple[FloatArray, ...]
    curves: tuple[FloatArray, ...]
    arrows: tuple[FloatArray, ...]
    rings: tuple[tuple[int, tuple[FloatArray, ...]], ...]
    spokes: tuple[FloatArray, ...]
    rim: FloatArray
    ears: tuple[tuple[Point, Point], ...]
    mid: Point | None
    points: tuple[tuple[str, str, str], ...]
    vertex_words: str
    stretch_words: str
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session on the overview."""

    number: str
    name: str
    hours: str
    dots: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Overview:
    """The first page."""

    alert: str
    plate: Plate | None
    caption: str
    figures: tuple[tuple[str, str, str], ...]
    design: tuple[str, ...]
    sessions: tuple[SessionRow, ...]
    pages: tuple[tuple[str, str], ...]
    planned: str
    foot: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tongue:
    """The strip's tongue: its outline, its line from the hairline to the bar, its length."""

    outline: FloatArray
    start: Point
    bar: Point
    across: Point
    words: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corner:
    """A hair corner on the strip, with the way to the eye and the words beside it."""

    at: Point
    to: Point
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tile:
    """One piece of the hairline strip, true size, its box beginning at 0, 0."""

    size: Point
    outline: Polygon | MultiPolygon
    curve: FloatArray
    ticks: FloatArray
    labels: tuple[tuple[Point, str], ...]
    crosses: tuple[tuple[Point, str], ...] = ()
    overlap: Polygon | MultiPolygon | None = None
    dots: tuple[tuple[float, FloatArray], ...] = ()
    tongue: Tongue | None = None
    corners: tuple[Corner, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strip:
    """The strip of one hairline with the plan's tape figures for the pencil line.

    A photo's strips are numbered through, tile by tile: `first` is the number of this one's
    first tile, `all_tiles` how many there are. `side` is the client's on which it lies.
    """

    title: str
    tiles: tuple[Tile, ...]
    first: int
    all_tiles: int
    side: Side = Side.MID
    pencil: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def numbered(self, index: int) -> str:
        """A tile's number among all of the photo: `1 of 2 – left`."""
        words = f"{self.first + index} of {self.all_tiles}"
        return f"{words} – {self.side.value}" if self.side else words
