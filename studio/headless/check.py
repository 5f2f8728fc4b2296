"""Is a case file whole, and is its design fit to be printed?"""

from dataclasses import dataclass
from pathlib import Path

from shapely.validation import explain_validity

from studio.geometry.polygons import polygon_of
from studio.imaging.intake import decode
from studio.model.case import Case, Variant
from studio.model.chart import HEAD, ChartId
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.model.zone import Zone
from studio.pigment.tile import load_tile
from studio.planning.figures import figures
from studio.skin.maps import skin_maps
from studio.storage.casefile import CaseFile, read
from studio.storage.lock import CannotLock, LockedBy, acquire


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a case file; `damage` means that something is broken or lost."""

    words: str
    damage: bool = False


def check(path: Path) -> tuple[Finding, ...]:
    """Everything worth knowing about a case file, damage first.

    Raises Refusal when it cannot be read at all.
    """
    opened = read(path)
    findings = [
        *(Finding(note, damage=bool(opened.damaged)) for note in opened.notes),
        *_pictures(opened),
        *_design(opened.case),
        *_scales(opened.case),
        *_lock(path),
    ]
    return tuple(sorted(findings, key=lambda finding: not finding.damage))


def _pictures(opened: CaseFile) -> list[Finding]:
    findings = []
    for number, photo in enumerate(opened.case.photos, start=1):
        stored = opened.photos.get(photo.sha256)
        if stored is not None and photo.sha256 not in opened.damaged:
            findings += _picture(f"Photo {number} ({photo.view.value})", photo, stored)
    return findings


def _picture(name: str, photo: Photo, stored: bytes) -> list[Finding]:
    try:
        height, width = decode(stored).shape[:2]
    except Refusal as refusal:
        return [Finding(f"{name}: {refusal}", damage=True)]
    if (width, height) != (photo.width, photo.height):
        said = f"{photo.width} x {photo.height}"
        return [Finding(f"{name} is {width} x {height}, the case says {said}.", damage=True)]
    return []


def _design(case: Case) -> list[Finding]:
    """Zones that are no areas, things on photos that are gone, figures that cannot be had."""
    charts = {photo.id for photo in case.photos} | {HEAD}
    findings: list[Finding] = []
    for variant in case.variants:
        name = f"Variant {variant.letter}"
        lost = sum(chart not in charts for chart in _charts(variant))
        if lost:
            words = f"{name}: {lost} things are drawn on a photo that is not in the case."
            findings.append(Finding(words, damage=True))
        findings += [
            Finding(f"{name}, {problem}", damage=True)
            for zone in variant.zones
            if (problem := _zone_problem(zone))
        ]
    if not findings:
        findings += _figures(case)
    return findings


def _charts(variant: Variant) -> list[ChartId]:
    """The chart of every curve and zone."""
    return [curve.chart for curve in variant.curves] + [zone.chart for zone in variant.zones]


def _zone_problem(zone: Zone) -> str:
    polygon = polygon_of(zone)
    if polygon.is_valid:
        return ""
    reason = explain_validity(polygon).partition("[")[0].lower()
    return f"zone {zone.letter}: the outline is not sound ({reason}). Draw it again."


def _figures(case: Case) -> list[Finding]:
    try:
        found = figures(case, case.variant, skin_maps(case), load_tile(case.placement.tile))
    except Refusal as refusal:
        return [Finding(str(refusal), damage=True)]
    if found.capped:
        return [Finding("More dots are wanted in places than fit: they are capped there.")]
    return []


def _scales(case: Case) -> list[Finding]:
    drawn = {chart for variant in case.variants for chart in _charts(variant)}
    return [
        Finding(
            f"Photo {number} ({photo.view.value}) has no scale: nothing was measured in it."
            + (" What is drawn on it has no millimetres." if photo.id in drawn else "")
        )
        for number, photo in enumerate(case.photos, start=1)
        if photo.plane.method is None
    ]


def _lock(path: Path) -> list[Finding]:
    try:
        acquire(path).release()
    except (LockedBy, CannotLock) as refusal:
        return [Finding(str(refusal))]
    return []
