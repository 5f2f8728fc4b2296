"""How the printed pages put dates, times, densities and shares into words."""

from datetime import date

from studio.model.photo import View
from studio.model.quantity import Quantity
from studio.model.wording import number_text, percent_text, quantity_text
from studio.model.zone import Purpose, Zone

TITLES = {
    View.FRONT: "Front",
    View.LEFT: "Left side",
    View.RIGHT: "Right side",
    View.TOP: "Top",
    View.BACK: "Back",
    View.BROWS_RAISED: "Brows raised",
    View.CLOSE_UP: "Close-up",
    View.OTHER: "Other view",
}
VIEW_ORDER = tuple(TITLES)
SESSIONS = ("Foundation", "Density", "Refinement")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def date_text(iso: str) -> str:
    """`2 March 2026` from an ISO date or time; empty stays empty, other text stays as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def time_text(minutes: float) -> str:
    """`2 h 55`, to 5 minutes from an hour on; `25 min` below."""
    whole = round(minutes) if minutes < 60 else 5 * round(minutes / 5)
    return f"{whole // 60} h {whole % 60:02d}" if whole >= 60 else f"{whole} min"


def density_text(zone: Zone) -> str:
    """Dots per cm2; a transition ramps up from its edge."""
    full = number_text(zone.density)
    return f"0 → {full}" if zone.purpose is Purpose.TRANSITION and zone.feather > 0 else full


def area_text(area_cm2: Quantity) -> str:
    """`63.5 cm² ± 4 %`; whole cm2 from 100 on."""
    return quantity_text(area_cm2, "cm²", 0 if area_cm2.value >= 100 else 1)


def share_text(quantity: Quantity) -> str:
    """`± 4 %`, empty when the error is not known."""
    known = quantity.known and quantity.value
    return f"± {percent_text(quantity.relative)}" if known else ""


def range_of(labels: list[str]) -> str:
    """`2–6` from a run of page labels; one label alone stands alone."""
    return labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}"


def listed(words: list[str]) -> str:
    """`a, b, c`."""
    return ", ".join(words)
