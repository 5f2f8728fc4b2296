"""From the reckoned case to what the pages say: photos' pages, overview, strips."""

from dataclasses import replace

import numpy as np

from studio.model.arrays import ByteArray
from studio.model.curve import CurveRole
from studio.model.photo import View
from studio.model.quantity import Quantity, correlated_sum
from studio.model.wording import NO_SCALE, number_text, percent_text, quantity_text
from studio.model.zone import Purpose
from studio.planning.estimate import chair_minutes
from studio.planning.figures import ZoneFigures
from studio.planning.tape import Side, Tape
from studio.render.pages import overview, wording
from studio.render.pages.content import (
    DotsPage,
    Identity,
    Overview,
    PhotoPage,
    Plate,
    PlateTape,
    SessionRow,
    Strip,
    TapeRow,
    ZoneRow,
)
from studio.render.pages.job import MapJob
from studio.render.pages.plates import Design, Framing, design_pixels, framing, plate, reduced
from studio.render.pages.reckon import Reckoned, dots_of, hairlines_of, tapes_of
from studio.render.pages.tone import thumbnail
from studio.render.pages.unroll import tiles

CHECKS = (
    "Mid-point on the mid-line",
    "Hair corners level, or as planned",
    "Corner over the eye corner",
    "Brows raised: top wrinkle stays below the line",
    "Same in the mirror; client agrees",
)
FLAT = "The photo is taken as flat. Where the head turns away, trust the tape."
DAMAGED = "The photo is missing or damaged and is not shown."
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
    found = tapes_of(reckoned.case, design)
    ends = [np.array(t.path) for t in found if t.path is not None]
    extra = np.vstack([np.empty((0, 2)), *(design.skin.to_photo(e) for e in ends)])
    frame = framing(design, extra[np.isfinite(extra).all(axis=1)])
    shown = plate(design, frame, pixels)
    with_tapes = replace(shown, tapes=_plate_tapes(design, frame, found))
    zones = _zone_rows(reckoned, design, shown)
    page = PhotoPage(
        title=wording.TITLES[design.photo.view],
        line=_line(design, zones, found, missing=pixels is None),
        plate=with_tapes,
        zones=zones,
        tapes=_tape_rows(found),
        checks=CHECKS if found else (),
        note=_tape_note(design, found),
        foot=_foot(reckoned, design, found),
    )
    return page, _dots_content(reckoned, design, frame, page)


def overview_content(
    reckoned: Reckoned,
    front: tuple[Design, PhotoPage] | None,
    pages: tuple[tuple[str, str], ...],
    warnings: tuple[str, ...],
) -> Overview:
    """The first page."""
    case, figures = reckoned.case, reckoned.figures
    known = figures.dots.known
    minutes = [_chair(figures.dots, n, index) for index, n in enumerate(figures.per_session)]
    planned = wording.date_text(case.planned)
    return Overview(
        alert=case.client.alert,
        plate=None if front is None else reduced(front[1].plate, overview.PLATE),
        caption="" if front is None else _caption(front[0], front[1]),
        figures=_key_figures(reckoned, minutes),
        design=_design_lines(reckoned, front),
        sessions=tuple(
            SessionRow(
                number=str(index + 1),
                name=_session_name(index, len(case.shares)),
                hours=wording.time_text(m.value) if known else "",
                dots=number_text(count) if known else NO_SCALE,
                share=f"{100 * share:.0f} %",
            )
            for index, (count, share, m) in enumerate(
                zip(figures.per_session, case.shares, minutes, strict=True)
            )
        ),
        pages=pages,
        planned=planned or "no date",
        foot=_overview_foot(front, planned),
        warnings=warnings,
    )


def strip_contents(reckoned: Reckoned, design: Design) -> tuple[Strip, ...]:
    """The strips of one photo's hairlines; the photo must have a scale."""
    pencil = tuple(
        (f"{t.letter} {_side(t)}".strip(), f"plan {t.length_mm.value:.0f}")
        for t in tapes_of(reckoned.case, design)
        if t.letter in {"a", "b", "c"} and t.length_mm is not None
    )
    title = wording.TITLES[design.photo.view]
    return tuple(
        Strip(title=title, tiles=tiles(hairline), pencil=pencil, note=STRIP_NOTE)
        for hairline in hairlines_of(reckoned.case, design)
    )


def warnings_of(reckoned: Reckoned, *, strip: bool) -> tuple[str, ...]:
    """What the first page has to own up to."""
    found = []
    unscaled = [d for d in reckoned.designs if not d.skin.scaled and (d.zones or d.curves)]
    if unscaled:
        views = wording.listed([wording.TITLES[d.photo.view].lower() for d in unscaled])
        found.append(f"No scale: {views}. Measure in the studio, then print again.")
    lines = [d for d in unscaled if any(c.role is CurveRole.HAIRLINE for c in d.curves)]
    if strip and lines:
        found.append("No strip: its photo has no scale.")
    if reckoned.figures.capped:
        found.append("More dots are wanted than fit on the skin.")
    return tuple(found)


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
        (diameter / frame.ratio, frame.place(design.skin.to_photo(centres)))
        for diameter, centres in dots_of(reckoned.case, design)
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
    bare = replace(page.plate, picture=None, tapes=(), dots=dots)
    return DotsPage(
        title=f"{page.title}, every dot",
        line="All sessions together.",
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
            )
        )
    return tuple(rows)


def _plate_tapes(design: Design, frame: Framing, found: tuple[Tape, ...]) -> tuple[PlateTape, ...]:
    drawn = []
    for tape in found:
        if tape.path is None or tape.length_mm is None:
            continue
        line = np.linspace(tape.path[0], tape.path[1], 24)
        label = f"{tape.letter} {tape.length_mm.value:.0f}" if tape.length_mm.known else tape.letter
        drawn.append(PlateTape(label=label, path=frame.place(design.skin.to_photo(line))))
    return tuple(drawn)


def _tape_rows(found: tuple[Tape, ...]) -> tuple[TapeRow, ...]:
    rows: dict[str, TapeRow] = {}
    for tape in found:
        row = rows.get(tape.letter, TapeRow(letter=tape.letter, name=tape.name))
        length = tape.length_mm
        text = f"{length.value:.0f}" if length is not None and length.known else "–"
        side = {"right": text} if tape.side is Side.RIGHT else {"left": text}
        rows[tape.letter] = replace(row, drawn=row.drawn or text != "–", **side)
    return tuple(rows.values())


def _tape_note(design: Design, found: tuple[Tape, ...]) -> str:
    if not found:
        return ""
    if not design.skin.scaled:
        return "No scale: lengths are left out."
    missing = dict.fromkeys(t.missing for t in found if t.missing)
    return " ".join([FLAT, *list(missing)[:2]])


def _line(
    design: Design, zones: tuple[ZoneRow, ...], found: tuple[Tape, ...], *, missing: bool
) -> str:
    if missing:
        return DAMAGED
    letters = [z.letter for z in zones if z.purpose is not Purpose.KEEP_CLEAR]
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
    mine = [z for z in reckoned.figures.zones if z.chart == design.skin.chart and z.dots.known]
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


def _chair(dots: Quantity, count: int, index: int) -> Quantity:
    share = dots.relative if dots.known else 0.0
    return chair_minutes(Quantity(float(count), count * share), first=index == 0)


def _key_figures(reckoned: Reckoned, minutes: list[Quantity]) -> tuple[tuple[str, str, str], ...]:
    figures, case = reckoned.figures, reckoned.case
    letters = [z.letter for z in figures.zones if z.purpose is not Purpose.KEEP_CLEAR]
    shares = ", ".join(f"{100 * s:.0f}" for s in case.shares)
    sessions = (str(len(case.shares)), "sessions", f"{shares} % of the dots, cumulative")
    if not figures.dots.known:
        nothing = (NO_SCALE, "", "Measure the photos to get numbers.")
        return (nothing, nothing, sessions, ("–", "", "time needs the number of dots"))
    chair = correlated_sum(minutes)
    each = " + ".join(number_text(n) for n in figures.per_session)
    zones = f"zones {letters[0]} to {letters[-1]}" if len(letters) > 1 else "the zone"
    area = figures.area_cm2
    return (
        (number_text(figures.dots.value), f"dots {wording.share_text(figures.dots)}", each),
        (
            number_text(area.value, 0 if area.value >= 100 else 1),
            f"cm² {wording.share_text(area)}",
            f"skin area of {zones}",
        ),
        sessions,
        (
            wording.time_text(chair.value),
            wording.share_text(chair),
            f"at the chair; needle {wording.time_text(figures.minutes.value)}",
        ),
    )


def _design_lines(reckoned: Reckoned, front: tuple[Design, PhotoPage] | None) -> tuple[str, ...]:
    variant = reckoned.case.variant
    name = f"Variant {variant.letter}" + (f", {variant.name}" if variant.name else "")
    lines = [name]
    if front is not None:
        for tape in tapes_of(reckoned.case, front[0]):
            if tape.letter == "a" and tape.length_mm is not None and tape.length_mm.known:
                height = quantity_text(tape.length_mm, "mm")
                lines.append(f"Hairline {height} above the brow centre")
        lengths = [
            c.length_mm
            for c in reckoned.figures.curves
            if c.role is CurveRole.HAIRLINE and c.chart == front[0].skin.chart
        ]
        if lengths and all(q.known for q in lengths):
            lines.append(f"{quantity_text(correlated_sum(lengths), 'mm')} long")
    return tuple(lines)


def _caption(design: Design, page: PhotoPage) -> str:
    taken = wording.date_text(design.photo.taken or "")
    when = f", {taken}" if taken else ", date not known"
    return f"{page.title}{when}. Hairline: heavy line. Zones: pages that follow."


def _overview_foot(front: tuple[Design, PhotoPage] | None, planned: str) -> str:
    parts = ["Hairline Studio."]
    if planned:
        parts.append(f"Plan of {planned}.")
    if front is not None and front[0].skin.scaled:
        parts.append(f"Scale of the photo above: {front[0].skin.method}.")
    elif front is not None:
        parts.append("The photo above has no scale.")
    return "  ".join(parts)


def _session_name(index: int, count: int) -> str:
    return wording.SESSIONS[index] if count == len(wording.SESSIONS) else "Session"


def _side(tape: Tape) -> str:
    return {Side.MID: "", Side.RIGHT: "R", Side.LEFT: "L"}[tape.side]
