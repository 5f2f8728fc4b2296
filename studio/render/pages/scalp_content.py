"""From the fitted head and its design to the scalp map page."""

import math
from collections.abc import Iterator

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import LineString, box

from studio.geometry.arrows import zone_arrows
from studio.geometry.bezier import flatten
from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.chart import HEAD, Point
from studio.model.curve import CurveRole
from studio.model.quantity import Quantity
from studio.model.wording import number_text, percent_text, quantity_text
from studio.model.zone import Purpose, Zone
from studio.planning.tape import hairline_points, laid
from studio.render.hatch import full_angles
from studio.render.pages import wording
from studio.render.pages.content import MapLabel, PlateZone, ScalpPage
from studio.render.pages.growth_arrows import NOTE, SIZE, SPACING
from studio.render.pages.plate import parts_of
from studio.render.pages.reckon import Reckoned
from studio.render.pages.tapemap import RING_MM, Laid, finite, hour_text
from studio.skin.maps import skin_maps

SCALE = 0.5
"""Page mm per mm of tape: half size, exactly."""

WINDOW = box(-90.0, -80.0, 90.0, 97.0)
"""Room on the page round the vertex, mm."""

BEYOND = 4.8, 7.2
"""Clock hours between which rings go on beyond the rim, down the nape."""

POINTS = 9
"""Rows of the table of points, in three columns."""

FARTHEST = 180.0
"""Largest ring on the page, mm of tape."""

STRETCH_AT = (80.0, 100.0, 120.0)
STEP = 2.0
"""Chart units between the points of a line that is laid out."""


def scalp_content(reckoned: Reckoned) -> ScalpPage | None:
    """The scalp map page; None without a fitted head."""
    head = reckoned.laid
    if head is None:
        return None
    zones = [z for d in reckoned.designs if d.skin.chart == HEAD for z in d.zones]
    zones = list(dict.fromkeys(zones))
    curves = list(dict.fromkeys(c for d in reckoned.designs for c in d.curves if c.chart == HEAD))
    hairlines: list[FloatArray] = []
    others: list[FloatArray] = []
    for curve in curves:
        line = flatten(curve.nodes, closed=curve.closed)
        kind = hairlines if curve.role is CurveRole.HAIRLINE else others
        kind += _placed_line(head, line)
    rim = _placed(head, head.places.rim)
    found = zone_arrows(zones, reckoned.case.variant.growth, HEAD, SPACING, SIZE)
    arrows = tuple(a for a in (_placed(head, way) for way in found) if np.isfinite(a).all())
    mid = hairline_points(reckoned.case, reckoned.case.variant, skin_maps(reckoned.case)[HEAD]).mid
    return ScalpPage(
        line="Half size: 1 cm here is 2 cm of tape from the vertex."
        + (f"  {NOTE}" if arrows else ""),
        zones=_zones(head, zones),
        labels=tuple(
            MapLabel(letter=z.letter, name=z.name, density=f"{wording.density_text(z)}/cm²")
            for z in zones
        ),
        hairlines=tuple(hairlines),
        curves=tuple(others),
        arrows=arrows,
        rings=_rings(rim),
        spokes=_spokes(rim),
        rim=rim,
        ears=tuple(_ear(head, rim, at) for at in head.places.ears.values()),
        mid=None if mid is None else _point(_placed(head, np.array([mid]))[0]),
        points=tuple(_points(reckoned, head, zones))[:POINTS],
        vertex_words=_vertex_words(reckoned, head),
        stretch_words=_stretch_words(head),
        foot="Net: 20 mm tape rings, 30° spokes. Heavy line: hairline. "
        "Outline: tape round the head.",
    )


def _placed(head: Laid, chart: FloatArray) -> FloatArray:
    """Chart points (n, 2) in page mm, the vertex at 0, 0."""
    return SCALE * head.tape_map.flat(chart)


def _placed_line(head: Laid, line: FloatArray) -> list[FloatArray]:
    dense = shapely.get_coordinates(shapely.segmentize(LineString(line), STEP))
    return [
        shapely.get_coordinates(part)
        for run in finite([_placed(head, dense)])
        for part in shapely.get_parts(shapely.intersection(LineString(run), WINDOW))
        if isinstance(part, LineString) and part.length > 0
    ]


def _zones(head: Laid, zones: list[Zone]) -> tuple[PlateZone, ...]:
    shapes = [_shape(head, zone) for zone in zones]
    full = [z.purpose is Purpose.FULL for z in zones]
    angles = iter(full_angles([s for s, f in zip(shapes, full, strict=True) if f]))
    return tuple(
        PlateZone(
            letter=zone.letter,
            purpose=zone.purpose,
            shape=shape,
            angle=next(angles) if is_full else 45.0,
        )
        for zone, shape, is_full in zip(zones, shapes, full, strict=True)
    )


def _shape(head: Laid, zone: Zone) -> Polygon | MultiPolygon:
    """A zone in page mm; what lies beyond the tapes' reach is left out."""

    def ring(points: FloatArray) -> FloatArray:
        placed = _placed(head, points)
        return placed[np.isfinite(placed).all(axis=1)]

    dense = shapely.segmentize(polygon_of(zone), STEP)
    outline = ring(np.asarray(dense.exterior.coords))
    if len(outline) < 4:
        return MultiPolygon()
    holes = [h for i in dense.interiors if len(h := ring(np.asarray(i.coords))) >= 4]
    cut = shapely.intersection(shapely.make_valid(Polygon(outline, holes)), WINDOW)
    pieces = parts_of(cut)
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)


def _rings(rim: FloatArray) -> tuple[tuple[int, tuple[FloatArray, ...]], ...]:
    """Rings inside the rim, and on the nape beyond it."""
    inside = Polygon(rim)
    first, last = (hour * math.pi / 6 for hour in BEYOND)
    turn = np.linspace(first, last, 30)
    nape = Polygon([(0.0, 0.0), *zip(120 * np.sin(turn), -120 * np.cos(turn), strict=True)])
    drawn = shapely.intersection(shapely.union_all([inside, nape]), WINDOW)
    around = np.linspace(0.0, 2 * math.pi, 361)
    circle = np.stack([np.sin(around), -np.cos(around)], axis=1)
    found = []
    for mm in np.arange(RING_MM, FARTHEST + 1, RING_MM).tolist():
        cut = shapely.line_merge(shapely.intersection(LineString(SCALE * mm * circle), drawn))
        pieces = [p for p in shapely.get_parts(cut) if isinstance(p, LineString)]
        found.append((int(mm), tuple(shapely.get_coordinates(p) for p in pieces if p.length > 1)))
    return tuple(found)


def _spokes(rim: FloatArray) -> tuple[FloatArray, ...]:
    """From the vertex to the rim, 12 o'clock first."""
    turn = np.arange(12) * math.pi / 6
    return tuple(np.array([(0.0, 0.0), _on_rim(rim, float(at))]) for at in turn)


def _on_rim(rim: FloatArray, turn: float) -> Point:
    """Where a spoke at an angle from 12 o'clock meets the rim."""
    ray = LineString([(0, 0), (150 * math.sin(turn), -150 * math.cos(turn))])
    hit = shapely.get_coordinates(shapely.intersection(ray, Polygon(rim).exterior))
    return _point(hit[0])


def _ear(head: Laid, rim: FloatArray, at: Point) -> tuple[Point, Point]:
    """The place of an ear on the rim and the way outwards."""
    hour, _ = head.tape_map.address(at)
    turn = hour * math.pi / 6
    return _on_rim(rim, turn), (math.sin(turn), -math.cos(turn))


def _points(reckoned: Reckoned, head: Laid, zones: list[Zone]) -> Iterator[tuple[str, str, str]]:
    """Names with clock hour and mm: the hairline's places, then what lies in zones."""
    case = reckoned.case
    found = hairline_points(case, case.variant, skin_maps(case)[HEAD])
    named: list[tuple[str, Point | None]] = [
        ("Mid-point, hairline", found.mid),
        ("Hair corner, right", found.corner_right),
        ("Hair corner, left", found.corner_left),
        ("Temple point, right", found.temple_right),
        ("Temple point, left", found.temple_left),
    ]
    for zone in zones:
        if zone.purpose is Purpose.SCAR:
            right, left = _ends(head, zone)
            named += [
                (f"{zone.letter} right end  {zone.name}", right),
                (f"{zone.letter} left end  {zone.name}", left),
            ]
    for purposes in ({Purpose.KEEP_CLEAR, Purpose.PATCH}, set(Purpose) - {Purpose.SCAR}):
        for zone in zones:
            name = f"{zone.letter} centre  {zone.name}"
            if zone.purpose in purposes and all(name != known for known, _ in named):
                middle = polygon_of(zone).representative_point()
                named.append((name, (float(middle.x), float(middle.y))))
    for name, at in named:
        if at is not None:
            hour, mm = head.tape_map.address(at)
            if math.isfinite(mm):
                yield name, hour_text(hour), f"{mm:.0f}"


def _ends(head: Laid, zone: Zone) -> tuple[Point, Point]:
    """The ends of a long zone that lie furthest apart, the client's right one first."""
    ring = np.asarray(zone.outline)
    flat = head.tape_map.flat(ring)
    apart = np.hypot(*(flat[:, None] - flat[None]).transpose(2, 0, 1))
    one, other = np.unravel_index(int(np.nan_to_num(apart).argmax()), apart.shape)
    first, last = (one, other) if flat[one, 0] >= flat[other, 0] else (other, one)
    return _point(ring[first]), _point(ring[last])


def _vertex_words(reckoned: Reckoned, head: Laid) -> str:
    """How the vertex is found with a tape, and what to check it by."""
    skin = skin_maps(reckoned.case)[HEAD]
    places = head.places
    tops = [
        f"{side} {laid(skin, places.vertex, at)[0].value:.0f}"
        for side, at in sorted(places.ear_tops.items(), reverse=True)
    ]
    back = laid(skin, places.vertex, places.occiput)[0]
    round_ = skin.length(places.rim)
    controls = [f"vertex to ear top {', '.join(tops)}"] if tops else []
    controls.append(f"{'' if tops else 'vertex '}to the farthest point behind {back.value:.0f}")
    controls.append(f"round the head {_round(round_)}")
    brow = "" if places.marked else " The brow centre is not marked in a photo: taken as usual."
    return (
        "Vertex: mid-line, 150 mm of tape behind the brow centre. "
        f"Control: {'; '.join(controls)}.{brow}"
    )


def _round(length: Quantity) -> str:
    if not length.known:
        return quantity_text(length, "mm")
    return f"{number_text(length.value)} mm (± {percent_text(length.relative)})"


def _stretch_words(head: Laid) -> str:
    stretched = [f"{100 * head.tape_map.stretch(mm):.0f} % at {mm:.0f} mm" for mm in STRETCH_AT]
    return (
        "Only lengths along the spokes are true. Across the spokes the map is stretched: "
        f"{', '.join(stretched)}, more at the rim. Do not measure areas here."
    )


def _point(row: FloatArray) -> Point:
    return (float(row[0]), float(row[1]))
