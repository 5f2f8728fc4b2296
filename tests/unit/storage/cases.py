"""Arbitrary sound cases for hypothesis, and one small case with a photo."""

import hashlib
import io
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from PIL import Image

from studio.model.case import (
    Case,
    Client,
    Ghost,
    MirrorAxis,
    Placement,
    Sex,
    Variant,
    empty_case,
)
from studio.model.chart import HEAD
from studio.model.curve import Curve, CurveRole, Node
from studio.model.existing import ExistingHair
from studio.model.hairline import Diffusion, Fringe, HairlineShape, Recipe, TemplePoints
from studio.model.photo import (
    Landmark,
    LandmarkKind,
    Measurement,
    MeasurementKind,
    Photo,
    Plane,
    View,
)
from studio.model.strokes import DensityStroke, GrowthStroke, Whorl
from studio.model.zone import Blend, Follow, FollowKind, Gradient, Pattern, Purpose, Zone

numbers = st.floats(-1e6, 1e6)
sizes = st.floats(0, 1e4)
points = st.tuples(numbers, numbers)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
flags = st.booleans()

nodes = st.builds(Node, points, st.none() | points, st.none() | points, flags)

shares = st.floats(0, 1)

recipes = st.builds(
    Recipe,
    shape=st.sampled_from(HairlineShape),
    height=sizes,
    recession=sizes,
    half_width=st.none() | sizes,
    peak_height=sizes,
    peak_width=sizes,
    temples=st.sampled_from(TemplePoints),
    joined=flags,
    decorrelation=shares,
    seed=st.integers(0, 1000),
)

fringes = st.builds(
    Fringe,
    macro_wave=sizes,
    macro=sizes,
    micro_wave=sizes,
    micro=sizes,
    sentinels=sizes,
    sentinel_reach=sizes,
    diffusion=st.sampled_from(Diffusion),
    decorrelation=shares,
    seed=st.integers(0, 1000),
)

curves = st.builds(
    Curve,
    id=texts,
    name=texts,
    role=st.sampled_from(CurveRole),
    chart=texts,
    nodes=st.lists(nodes, min_size=1, max_size=4).map(tuple),
    closed=flags,
    recipe=st.none() | recipes,
    fringe=st.none() | fringes,
    mirrored=flags,
    hidden=flags,
    locked=flags,
)

rings = st.lists(points, min_size=3, max_size=5).map(tuple)

paths = st.lists(points, min_size=1, max_size=3).map(tuple)

strokes = paths.flatmap(
    lambda path: st.builds(
        DensityStroke,
        path=st.just(path),
        radius=st.floats(0.1, 100),
        softness=shares,
        amount=st.floats(-1, 1),
        pressures=st.just(()) | st.tuples(*[shares] * len(path)),
    )
)

growths = st.builds(GrowthStroke, chart=texts, path=paths, whorl=st.sampled_from(Whorl))

existing = st.builds(
    ExistingHair,
    photo=texts,
    chart=texts,
    searched=st.lists(rings, max_size=2).map(tuple),
    threshold=shares,
    found=paths,
    added=paths,
    removed=paths,
    count_se=shares,
)

pairs = st.tuples(points, points)
ghosts = st.builds(
    Ghost, photo=texts, over=texts, old=pairs, here=pairs, strength=shares, shown=flags
)

plain_zones = st.builds(
    Zone,
    id=texts,
    letter=texts,
    name=texts,
    purpose=st.sampled_from(Purpose),
    chart=texts,
    outline=rings,
    holes=st.lists(rings, max_size=2).map(tuple),
    blend=st.sampled_from(Blend),
    density=sizes,
    feather=sizes,
    dot_mm=sizes,
    dilution=sizes,
    needle=texts,
    pattern=st.sampled_from(Pattern),
    gradient=st.none()
    | st.builds(Gradient, start=points, end=points, at_start=shares, at_end=shares),
    strokes=st.lists(strokes, max_size=2).map(tuple),
    margin=sizes,
    less_existing=flags,
    follows=st.none() | st.builds(Follow, texts, st.sampled_from(FollowKind), sizes),
    mirrored=flags,
    hidden=flags,
    locked=flags,
)


@st.composite
def zones_with_feathers(draw: st.DrawFn) -> Zone:
    zone = draw(plain_zones)
    feathers = st.just(()) | st.tuples(*[sizes] * len(zone.outline))
    return replace(zone, feathers=draw(feathers))


zones = zones_with_feathers()

measurements = st.builds(
    Measurement,
    kind=st.sampled_from(MeasurementKind),
    points=st.lists(points, max_size=4).map(tuple),
    size_mm=sizes,
    size_se=sizes,
    click_se=sizes,
)

planes = st.builds(
    Plane,
    matrix=st.tuples(
        st.floats(0.01, 1),
        *[st.floats(-0.001, 0.001)] * 3,
        st.floats(0.01, 1),
        *[st.floats(-0.001, 0.001)] * 3,
        st.just(1.0),
    ),
    sigma=sizes,
    centre=points,
    tilt=numbers,
    method=st.none() | st.sampled_from(MeasurementKind),
)

photos = st.builds(
    Photo,
    id=texts,
    view=st.sampled_from(View),
    sha256=st.binary(max_size=8).map(lambda data: hashlib.sha256(data).hexdigest()),
    media=st.sampled_from(["image/jpeg", "image/png", "image/x-other"]),
    width=st.integers(1, 30_000),
    height=st.integers(1, 30_000),
    plane=planes,
    taken=st.none() | texts,
    focal_mm35=st.none() | sizes,
    measurements=st.lists(measurements, max_size=2).map(tuple),
    scale_from=st.none() | st.sampled_from(MeasurementKind),
    landmarks=st.lists(st.builds(Landmark, st.sampled_from(LandmarkKind), points), max_size=3).map(
        tuple
    ),
)


def _own_id(item: Curve | Zone) -> str:
    return item.id


@st.composite
def variants(draw: st.DrawFn, variant_id: str) -> Variant:
    items = draw(st.lists(curves | zones, max_size=4, unique_by=_own_id))
    return Variant(
        id=variant_id,
        letter=draw(texts),
        name=draw(texts),
        curves=tuple(item for item in items if isinstance(item, Curve)),
        zones=tuple(item for item in items if isinstance(item, Zone)),
        growth=tuple(draw(st.lists(growths, max_size=2))),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    ids = draw(st.lists(texts, min_size=1, max_size=3, unique=True))
    shares = draw(st.lists(st.floats(0.01, 0.99), max_size=5, unique=True))
    return Case(
        id=draw(texts),
        client=draw(
            st.builds(
                Client,
                name=texts,
                number=texts,
                alert=texts,
                sex=st.none() | st.sampled_from(Sex),
                born=st.none() | st.integers(1900, 2030),
            )
        ),
        planned=draw(texts),
        photos=tuple(draw(st.lists(photos, max_size=2, unique_by=lambda photo: photo.id))),
        variants=tuple(draw(variants(variant_id)) for variant_id in ids),
        chosen=draw(st.sampled_from(ids)),
        axes=tuple(
            draw(st.lists(st.builds(MirrorAxis, chart=texts, at=points, angle=numbers), max_size=2))
        ),
        placement=draw(st.builds(Placement, tile=texts, offset=points, flip=flags)),
        shares=(*sorted(shares), 1.0),
        existing=tuple(draw(st.lists(existing, max_size=2, unique_by=lambda hair: hair.photo))),
        ghosts=tuple(draw(st.lists(ghosts, max_size=1))),
        notes=draw(texts),
    )


def picture(seed: int = 1, size: tuple[int, int] = (60, 80)) -> bytes:
    """A small JPEG of noise, different for every seed."""
    noise = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "JPEG", quality=60)
    return file.getvalue()


def photo_of(data: bytes, photo_id: str = "front", view: View = View.FRONT) -> Photo:
    """The photo of such a picture at 0.1 mm per pixel."""
    plane = Plane(
        matrix=(0.1, 0.0, -3.0, 0.0, 0.1, -4.0, 0.0, 0.0, 1.0),
        sigma=0.01,
        method=MeasurementKind.RULER,
    )
    return Photo(
        id=photo_id,
        view=view,
        sha256=hashlib.sha256(data).hexdigest(),
        media="image/jpeg",
        width=60,
        height=80,
        plane=plane,
    )


def small_case(*pictures: bytes) -> tuple[Case, dict[str, bytes]]:
    """A case with one photo for each picture and a zone on the first, and its pictures."""
    taken = tuple(photo_of(data, f"photo-{n}") for n, data in enumerate(pictures))
    zone = Zone(
        id="zone",
        letter="A",
        name="Full",
        chart="photo-0" if pictures else HEAD,
        outline=((0.0, 0.0), (20.0, 0.0), (20.0, 10.0)),
    )
    case = empty_case("case", "variant")
    variant = replace(case.variant, zones=(zone,))
    photos_by_hash = dict(zip((p.sha256 for p in taken), pictures, strict=True))
    return replace(case, photos=taken, variants=(variant,)), photos_by_hash
