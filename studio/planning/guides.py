"""Which guide is drawn by what, and all that are wanted for one photo."""

from collections.abc import Callable

from studio.planning.guide import Guide, GuideKind, Sitting
from studio.planning.guides_face import canthus, temple, thirds
from studio.planning.guides_forehead import band, brows, grid
from studio.planning.guides_skin import ears, symmetry, tape_scale

DRAW: dict[GuideKind, Callable[[Sitting], Guide]] = {
    GuideKind.TAPE: tape_scale,
    GuideKind.BAND: band,
    GuideKind.THIRDS: thirds,
    GuideKind.CANTHUS: canthus,
    GuideKind.GRID: grid,
    GuideKind.BROWS: brows,
    GuideKind.TEMPLE: temple,
    GuideKind.EARS: ears,
    GuideKind.SYMMETRY: symmetry,
}
"""The midline is not among them: it is the mirror axis, which the view draws by itself."""


def guides(at: Sitting, wanted: frozenset[GuideKind]) -> tuple[Guide, ...]:
    """The wanted guides of a photo, in the order of their kinds."""
    return tuple(DRAW[kind](at) for kind in GuideKind if kind in wanted & DRAW.keys())
