"""Numbers of hairlines from `resources/hairline.toml`: bands, means, ramps, limits, presets."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from studio.model.case import Client, Sex
from studio.model.chart import Point
from studio.model.hairline import Diffusion, HairlineShape, Recipe, TemplePoints
from studio.model.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Where the mid-point usually lies, mm by tape above the glabella."""

    sex: Sex
    from_age: int
    warn: float
    low: float
    high: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Measured heights of adults in mm."""

    mean: float
    sd: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From where to where a number may go, or usually goes."""

    low: float
    high: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """Over how many mm the density rises behind the edge, and how wide the transition is."""

    ramp: float
    width: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequent:
    """The shape seen most often, and in how many of a hundred."""

    shape: HairlineShape
    percent: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A number that a note holds a line against."""

    value: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualPlaces:
    """Marks of the face that nobody marked: mm from the mid-line and above the glabella.

    The temple's hair ends so far ahead of and above the tragus, or the root of the ear.
    """

    canthus: Point
    tragus: Point
    from_tragus: Point
    from_ear_root: Point
    source: str
    grade: str


def band_of(client: Client, year: int) -> Band:
    """The band of a client in a year; of a grown man of 30 to 45 where sex or age are unknown."""
    sex = client.sex or Sex.MAN
    age = 30 if client.born is None else year - client.born
    fitting = [band for band in bands() if band.sex is sex and band.from_age <= max(age, 0)]
    return max(fitting, key=lambda band: band.from_age)


@cache
def bands() -> tuple[Band, ...]:
    """All bands, by sex and age."""
    return tuple(Band(**{**entry, "sex": Sex(entry["sex"])}) for entry in _table()["band"])


@cache
def population(sex: Sex) -> Population:
    """Measured heights of a sex."""
    return Population(**_table()["population"][sex.value])


@cache
def convention(sex: Sex) -> Span | None:
    """The surgical convention; None where there is none."""
    entry = _table()["convention"].get(sex.value)
    return None if entry is None else Span(**entry)


@cache
def frequent(sex: Sex) -> Frequent:
    """The shape seen most often in a sex."""
    entry = _table()["frequent"][sex.value]
    return Frequent(**{**entry, "shape": HairlineShape(entry["shape"])})


@cache
def ramp(diffusion: Diffusion) -> Ramp:
    """Ramp and width of a diffusion."""
    return Ramp(**_table()["diffusion"][diffusion.value])


@cache
def limit(field: str) -> Span:
    """Within what a field of a recipe or fringe may lie; KeyError for one without a limit."""
    return Span(**_table()["limit"][field])


@cache
def limits() -> tuple[str, ...]:
    """The fields that have a limit."""
    return tuple(_table()["limit"])


@cache
def bound(name: str) -> Bound:
    """What a note holds a line against."""
    return Bound(**_table()["note"][name])


@cache
def usual_places(*, taped: bool) -> UsualPlaces:
    """Usual places along the skin, or as a front photo shows them."""
    entry = _table()["places"]["tape" if taped else "photo"]
    pairs: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return UsualPlaces(**pairs)


@cache
def glabella_above() -> tuple[float, float]:
    """How far in mm the glabella lies above the pupils' line and above the nasion."""
    entry = _table()["places"]["glabella"]
    return entry["above_pupils"], entry["above_nasion"]


def preset(shape: HairlineShape, client: Client, year: int) -> Recipe:
    """What a shape begins with for a client: the band's middle, the shape's own corner."""
    sex = client.sex or Sex.MAN
    entry = dict(_table()["preset"][sex.value][shape.value])
    band = band_of(client, year)
    entry["temples"] = TemplePoints(entry["temples"])
    return Recipe(shape=shape, height=round((band.low + band.high) / 2), **entry)


@cache
def _table() -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads(resource("hairline.toml").read_text(encoding="utf-8"))
    return read
