"""From the reckoned case to what the pages say: photos' pages, overview, strips."""

from dataclasses import replace
from itertools import accumulate

import numpy as np

from studio.model.arrays import ByteArray
from studio.model.chart import HEAD
from studio.model.curve import CurveRole
from studio.model.photo import View
from studio.model.quantity import Quantity
from studio.model.wording import number_text, percent_text, quantity_text
from studio.model.zone import Purpose, Zone
from studio.planning.figures import ZoneFigures
from studio.planning.tape import FACES, Side, Tape
from studio.render.pages import facing, wording
from studio.render.pages.content import (
    DotsPage,
    Identity,
    PhotoPage,
    Plate,
    PlateTape,
    Strip,
    TapeRow,
    ZoneRow,
)
from studio.render.pages.growth_arrows import NOTE, photo_arrows
from studio.render.pages.job import MapJob
from studio.render.pages.plates import Design, Framing, design_pixels, framing, plate
from studio.render.pages.reckon import Reckoned, dots_shown, hairlines_of
from studio.render.pages.tone import thumbnail
from studio.render.pages.unroll import Hairline, tiles
from studio.skin.head.headmap import HeadMap

CHECKS = (
    "Mid-point on the mid-line",
    "Hair corners level, or as planned",
    "Corner over the eye corner",
    "Brows raised: top wrinkle stays below the line",
    "Same in the mirror; client agrees",
)
FLAT = "The photo is taken as flat. Where the head turns away, trust the tape."
NET = (
    "Thin net: tape rings, 20 mm apart, and clock spokes from the vertex (page Scalp map). "
    "Dotted edge: the skin turns away, use another view."
)
SEEN_DOTS = "All sessions; where skin turns away, see the other views."
LEAST_UNSEEN = 0.05
"""Area in cm2 from which it is told that no photo shows it."""

TAPE_EDGE = 80.0
"""Degrees of incidence up to which a tape on the head is drawn."""

DAMAGED = "The photo is missing or damaged and is not shown."
SIDES = (Side.RIGHT, Side.MID, Side.LEFT)
"""The order of a photo's strips, as they lie on the client seen from in front."""

STRIP_NOTE = (
    "The strip is the hairline in the plane of the photo. It is true where the scale was taken; "
    "where the head turns away it is too short, and the tape is right."
)


def identity(job: MapJob, reckoned: Reckoned, thumb: ByteArray | None) -> Identity:
    """Whose map it is."""
    client = job.case.client
    name = client.name if job.full_name else client.initials
    variant = job.case.variant
    return Identity(
        paper=job.paper,
        client="  ".join(part for part in (name, client.number) if part) or "No name",
        variant=f"Variant {variant.letter}",
        code=reckoned.code,
        thumb=thumb,
    )


def portrait(design: Design, pixels: ByteArray) -> ByteArray:
    """The small picture that guards against the wrong client."""
    points = design_pixels(design)
    if len(points) == 0:
        half = min(design.photo.width, design.photo.height) / 2
        return thumbnail(pixels, (design.photo.width / 2, design.photo.height / 2), half)
    low, high = points.min(axis=0), points.max(axis=0)
    x, y = ((low + high) / 2).tolist()
    half = 0.75 * float((high - low).max())
    return thumbnail(pixels, (x, y + 0.25 * half), max(half, 1.0))


def photo_content(
    reckoned: Reckoned, design: Design, pixels: ByteArray | None
) -> tuple[PhotoPage, DotsPage | None]:
    """The page of one photo, and that of its dots if it has a scale and dots."""
    found = design.tapes
    drawn = drawn_tapes(design)
    ends = [np.array(t.path) for t in drawn if t.path is not None]
    extra = np.vstack([np.empty((0, 2)), *(facing.pixels(design.skin, e) for e in ends)])
    frame = framing(design, extra[np.isfinite(extra).all(axis=1)])
    shown = plate(design, frame, pixels)
    growth = reckoned.case.variant.growth
    with_tapes = replace(
        shown,
        tapes=_plate_tapes(design, frame, drawn),
        arrows=photo_arrows(design.skin, design.zones, growth, frame.place),
    )
    zones = _zone_rows(reckoned, design, shown)
    page = PhotoPage(
        title=wording.TITLES[design.photo.view],
        line=_line(design, zones, drawn, missing=pixels is None)
        + (f"  {NOTE}" if with_tapes.arrows else ""),
        plate=with_tapes,
        zones=zones,
        tapes=_tape_rows(found, drawn),
        checks=CHECKS if found and design.photo.view in FACES else (),
        note=_tape_note(design, found),
        foot=_foot(reckoned, design, found),
    )
    return page, _dots_content(reckoned, design, frame, page)


def strip_contents(reckoned: Reckoned, design: Design) -> tuple[Strip, ...]:
    """The strips of one photo's hairlines; the photo must have a scale."""
    pencil = tuple(
        (f"{t.letter} {_side(t)}".strip(), f"plan {t.length_mm.value:.0f}")
        for t in design.tapes
        if t.letter in {"a", "b", "c"} and t.length_mm is not None
    )
    lines = sorted(hairlines_of(reckoned.case, design), key=lambda h: SIDES.index(h.side))
    cut = [(hairline, tiles(hairline)) for hairline in lines]
    firsts = accumulate((len(made) for _, made in cut), initial=1)
    return tuple(
        Strip(
            title=wording.TITLES[design.photo.view],
            tiles=made,
            first=first,
            all_tiles=sum(len(each) for _, each in cut),
            side=hairline.side,
            pencil=pencil,
            note=_strip_note(hairline),
        )
        for (hairline, made), first in zip(cut, firsts, strict=False)
    )


def _strip_note(hairline: Hairline) -> str:
    if hairline.stretch is None:
        return STRIP_NOTE
    share = percent_text(hairline.stretch)
    return (
        "The strip is unrolled from the fitted head. Along the heavy line and across it lengths "
        f"are true; beside the line the paper is within {share} of the skin. Press it on from "
        "the middle outwards."
    )


def front_of(reckoned: Reckoned) -> Design | None:
    """The photo that stands on the first page: with a hairline, from the front if there is one."""
    designs = reckoned.designs
    lined = [d for d in designs if any(c.role is CurveRole.HAIRLINE for c in d.curves)]
    for group in (lined, [d for d in designs if d.zones], designs):
        if group:
            return next((d for d in group if d.photo.view is View.FRONT), group[0])
    return None


def _dots_content(
    reckoned: Reckoned, design: Design, frame: Framing, page: PhotoPage
) -> DotsPage | None:
    if frame.ratio is None:
        return None
    dots = tuple(
        (diameter / frame.ratio, frame.place(facing.pixels(design.skin, centres)))
        for diameter, centres in dots_shown(reckoned.case, design)
        if len(centres)
    )
    if not dots:
        return None
    count = sum(len(centres) for _, centres in dots)
    sizes = wording.listed([f"{d * frame.ratio:.2f}" for d, _ in dots])
    words = (
        f"{number_text(count)} planned dots, {sizes} mm in the skin, drawn to the plate’s scale.",
        "They show where the skin gets dense. They are no stencil: place by eye and spacing.",
    )
    bare = replace(page.plate, picture=None, tapes=(), arrows=(), dots=dots)
    return DotsPage(
        title=f"{page.title}, every dot",
        line=SEEN_DOTS if design.skin.chart == HEAD else "All sessions together.",
        plate=bare,
        words=words,
        foot=page.foot,
    )


def _zone_rows(reckoned: Reckoned, design: Design, shown: Plate) -> tuple[ZoneRow, ...]:
    angles = {zone.letter: zone.angle for zone in shown.zones}
    zones = {zone.id: zone for zone in design.zones}
    rows = []
    for figures in reckoned.figures.zones:
        if figures.chart != design.skin.chart:
            continue
        page = reckoned.pages.get(figures.id, design.photo.id)
        if page != design.photo.id:
            if figures.letter in angles:
                rows.append(_referring(reckoned, figures, page, angles[figures.letter]))
            continue
        clear = figures.purpose is Purpose.KEEP_CLEAR
        known = figures.dots.known and not clear
        rows.append(
            ZoneRow(
                letter=figures.letter,
                name=figures.name,
                purpose=figures.purpose,
                angle=angles.get(figures.letter, 45.0),
                density="" if clear else wording.density_text(zones[figures.id]),
                apart=f"{figures.spacing_mm:.1f}" if known and figures.spacing_mm else "",
                sessions=tuple(number_text(n) for n in figures.per_session) if known else (),
                total=number_text(figures.dots.value) if known else "",
                area=wording.area_text(figures.area_cm2),
                needle=figures.needle,
                dilution=f"1:{figures.dilution:g}",
                unseen=_unseen(figures.unseen_cm2),
                hair=_hair(zones[figures.id], figures),
            )
        )
    return tuple(rows)


def _referring(reckoned: Reckoned, figures: ZoneFigures, page: str, angle: float) -> ZoneRow:
    """The row of a zone whose figures stand on another page."""
    view = reckoned.case.photo(page).view
    return ZoneRow(
        letter=figures.letter,
        name=figures.name,
        purpose=figures.purpose,
        angle=angle,
        refer=f"Figures: page {wording.TITLES[view]}.",
    )


def _hair(zone: Zone, figures: ZoneFigures) -> str:
    """What hair was taken off the zone's target."""
    if not zone.less_existing or figures.existing is None:
        return ""
    return f"existing {quantity_text(figures.existing.per_cm2, '/cm²')} taken off"


def _unseen(area_cm2: Quantity | None) -> str:
    """What no photo shows well enough, if it is worth a word."""
    if area_cm2 is None or area_cm2.value < LEAST_UNSEEN:
        return ""
    return f"{number_text(area_cm2.value, 1)} cm² in no photo, not counted"


def drawn_tapes(design: Design) -> tuple[Tape, ...]:
    """The tapes that a plate shows: on the head those that the photo shows whole."""
    if not isinstance(design.skin, HeadMap):
        return design.tapes
    return tuple(
        tape
        for tape in design.tapes
        if tape.path is not None
        and float(design.skin.incidence(np.array(tape.path)).max()) <= TAPE_EDGE
    )


def _plate_tapes(design: Design, frame: Framing, found: tuple[Tape, ...]) -> tuple[PlateTape, ...]:
    drawn = []
    for tape in found:
        if tape.path is None or tape.length_mm is None:
            continue
        line = np.array(tape.path)
        if len(line) == 2:
            line = np.linspace(tape.path[0], tape.path[1], 24)
        label = f"{tape.letter} {tape.length_mm.value:.0f}" if tape.length_mm.known else tape.letter
        drawn.append(PlateTape(label=label, path=frame.place(facing.pixels(design.skin, line))))
    return tuple(drawn)


def _tape_rows(found: tuple[Tape, ...], shown: tuple[Tape, ...]) -> tuple[TapeRow, ...]:
    rows: dict[str, TapeRow] = {}
    for tape in found:
        row = rows.get(tape.letter, TapeRow(letter=tape.letter, name=tape.name))
        length = tape.length_mm
        text = f"{length.value:.0f}" if length is not None and length.known else "–"
        side = {"right": text} if tape.side is Side.RIGHT else {"left": text}
        here = text != "–" and tape in shown
        rows[tape.letter] = replace(row, drawn=row.drawn or here, **side)
    return tuple(rows.values())


def _tape_note(design: Design, found: tuple[Tape, ...]) -> str:
    if not found:
        return ""
    if not design.skin.scaled:
        return "No scale: lengths are left out."
    missing = dict.fromkeys(t.missing for t in found if t.missing)
    return " ".join([NET if design.skin.chart == HEAD else FLAT, *list(missing)[:2]])


def _line(
    design: Design, zones: tuple[ZoneRow, ...], found: tuple[Tape, ...], *, missing: bool
) -> str:
    if missing:
        return DAMAGED
    letters = [z.letter for z in zones if z.purpose is not Purpose.KEEP_CLEAR]
    if design.skin.chart == HEAD and not found and not letters:
        return "Tape rings and clock spokes; no zone."
    clear = [z.letter for z in zones if z.purpose is Purpose.KEEP_CLEAR]
    tape = list(dict.fromkeys(t.letter for t in found if t.path is not None))
    parts = [] if design.skin.scaled else ["No scale."]
    if tape:
        parts.append(f"Tape {wording.listed(tape)}.")
    if letters:
        parts.append(f"{'Zone' if len(letters) == 1 else 'Zones'} {wording.listed(letters)}.")
    if clear:
        parts.append(f"Keep clear {wording.listed(clear)}.")
    return "  ".join(parts) or "No design on this photo."


def _foot(reckoned: Reckoned, design: Design, found: tuple[Tape, ...]) -> str:
    mine = [
        z
        for z in reckoned.figures.zones
        if z.chart == design.skin.chart
        and z.dots.known
        and reckoned.pages.get(z.id, design.photo.id) == design.photo.id
    ]
    parts = []
    worst = _worst(mine)
    if worst is not None:
        parts.append(f"Dots, area ± {percent_text(worst)}.")
    lengths = [t.length_mm for t in found if t.length_mm is not None and t.length_mm.known]
    if lengths:
        least, most = (max(1, round(f(q.se for q in lengths))) for f in (min, max))
        parts.append(f"Tape ± {least if least == most else f'{least} to {most}'} mm.")
    if mine:
        last = len(mine[0].per_session)
        parts.append(f"Apart in mm. S1 to S{last}: dots of each session.")
    if not design.skin.scaled:
        parts.append("No scale: no millimetres on this page.")
    parts.append("Heavy line: hairline.")
    return "  ".join(parts)


def _worst(zones: list[ZoneFigures]) -> float | None:
    shares = [z.area_cm2.relative for z in zones if z.area_cm2.value > 0]
    shares += [z.dots.relative for z in zones if z.dots.value > 0]
    return max(shares, default=None)


def _side(tape: Tape) -> str:
    return {Side.MID: "", Side.RIGHT: "R", Side.LEFT: "L"}[tape.side]
