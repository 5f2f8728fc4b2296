"""What the first page says: key figures, sessions, pages, and what it has to own up to."""

from studio.model.chart import HEAD
from studio.model.curve import CurveRole
from studio.model.quantity import Quantity, correlated_sum
from studio.model.wording import NO_SCALE, number_text, quantity_text
from studio.model.zone import Purpose
from studio.planning.estimate import sittings
from studio.render.pages import overview, wording
from studio.render.pages.content import (
    Overview,
    PhotoPage,
    SessionRow,
)
from studio.render.pages.gather import LEAST_UNSEEN
from studio.render.pages.plates import Design, reduced
from studio.render.pages.reckon import Reckoned


def overview_content(
    reckoned: Reckoned,
    front: tuple[Design, PhotoPage] | None,
    pages: tuple[tuple[str, str], ...],
    warnings: tuple[str, ...],
) -> Overview:
    """The first page."""
    case, figures = reckoned.case, reckoned.figures
    known = figures.dots.known
    minutes = sittings(figures.dots, figures.per_session)
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
    unseen = reckoned.figures.unseen_cm2
    if unseen is not None and unseen.value >= LEAST_UNSEEN:
        area = number_text(unseen.value, 1)
        found.append(f"{area} cm² of the design face no photo and are not counted.")
    if reckoned.figures.capped:
        found.append("More dots are wanted than fit on the skin.")
    return tuple(found)


def _key_figures(
    reckoned: Reckoned, minutes: tuple[Quantity, ...]
) -> tuple[tuple[str, str, str], ...]:
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
        for tape in front[0].tapes:
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
        on_head = front[0].skin.chart == HEAD
        method = "the fitted head" if on_head else front[0].skin.method
        parts.append(f"Scale of the photo above: {method}.")
    elif front is not None:
        parts.append("The photo above has no scale.")
    return "  ".join(parts)


def _session_name(index: int, count: int) -> str:
    return wording.SESSIONS[index] if count == len(wording.SESSIONS) else "Session"
