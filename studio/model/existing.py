"""Hair that is there already, as found in a photo and corrected by hand."""

from dataclasses import dataclass

from studio.model.chart import ChartId, Point, Ring
from studio.model.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingHair:
    """Follicles found in one photo, in coordinates of `chart`.

    `searched` are the rings within which was looked, `found` the follicles the finder marked at
    `threshold` (0 to 1, higher finds fewer), `added` and `removed` what the practitioner put
    right by hand: places marked as well, and places of `found` that are no follicles.
    A ring within another is a hole in it. `count_se` is the relative standard error of a count.
    """

    photo: Id
    chart: ChartId
    searched: tuple[Ring, ...]
    threshold: float
    found: tuple[Point, ...]
    added: tuple[Point, ...] = ()
    removed: tuple[Point, ...] = ()
    count_se: float = 0.15

    @property
    def marks(self) -> tuple[Point, ...]:
        """All that counts as a follicle: what was found and not removed, then what was added."""
        gone = set(self.removed)
        return (*(point for point in self.found if point not in gone), *self.added)
