"""Follicles in a photo: where hair leaves the skin, each with how sure that is.

Follicles are counted by the middle of what is seen of their hairs, which is the same whichever
end of a hair is its root; a mark is then put where the root most likely is. The finder is run
once; a threshold picks from what it found. At 0.5 as many are marked round each place as the
net expects there, so that marks that are none and follicles that were missed even out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np

from studio.imaging.follicle_net import CELL, MARGIN, PX_PER_MM, Net, chances, load_net
from studio.imaging.follicle_signal import contrast, darkness, resized, signal
from studio.model.arrays import BoolArray, ByteArray, Float32Array, FloatArray
from studio.model.refusal import Refusal

FINEST = 7.0
"""Photo pixels per mm of skin from which single follicles are told apart (issue 4)."""

USUAL = 0.5
"""The threshold at which false and missed marks even out."""

_BAND = 1.15
"""A band of the picture is looked at in one scale if its scales differ by less than this."""

WINDOW, STEP = 48, 12
"""Side in cells of the windows in which marks are matched to what is expected, 12 mm, and how
far from each other they lie."""

_FAINT = 0.02
"""Chances below this are no mark at any threshold."""

_FAINT_HAIR = (0.3, 0.5)
"""Shares of the usual darkness of hair: below the first nothing is hair, from the second on
anything may be. Weighed on the photographs of ../shared/photos, where skin has marks of its own
and counts come out 12 % high, against drawn patches, where hair varies more and counts come out
a quarter low."""

_ROUNDS = 4
"""How often what stands out is taken away to look for more."""

_ROOT_WITHIN, _ROOT_FROM = 5.0, 0.15
"""Cells from a middle within which its root is sought, and the chance of a root from which the
mark is put there: hair of up to 2.5 mm."""

_LIGHTER_BY = 1.5
"""Hair counts as lighter than skin if so many times more is found of it than of darker hair."""

_SAMPLE = 6
"""Every so manieth part of the picture is looked at to tell darker from lighter hair."""

_GRID = 8
"""Photo pixels between the places where scale is asked."""

Scale = float | Callable[[FloatArray], FloatArray]
"""Photo pixels per mm of skin: everywhere, or at photo pixels (n, 2), NaN off the skin."""


class Hair(Enum):
    """Whether hair is darker or lighter than the skin in the picture."""

    DARKER = 1
    LIGHTER = -1


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Marks (n, 2) in photo pixels, pixel centres at whole numbers, in order of strength.

    `strength` (n,) runs from 0 to 1: a threshold marks what is at least as strong. `hair` is
    how the hair was told from the skin.
    """

    points: FloatArray
    strength: FloatArray
    hair: Hair
    threshold: float = USUAL

    def at(self, threshold: float) -> FloatArray:
        """What is marked at a threshold, (k, 2); a higher one marks fewer."""
        return self.points[: int(np.count_nonzero(self.strength >= threshold))]

    @property
    def marked(self) -> FloatArray:
        """What is marked at the finder's own threshold."""
        return self.at(self.threshold)


def find_follicles(
    pixels: ByteArray, scale: Scale, mask: BoolArray, hair: Hair | None = None
) -> Found:
    """Look for follicles in a photo (h, w, 3) in sRGB where a mask (h, w) says so.

    Where the photo is coarser than FINEST nothing is looked for. `hair` None tries both and
    takes what is found more of. Raises Refusal where nothing can be looked at.
    """
    bands = list(_bands(pixels.shape[:2], scale, mask))
    if not bands:
        raise Refusal(
            f"This part of the photo shows less than {FINEST:g} pixels per mm of skin: hair can "
            "be seen, but follicles cannot be told apart. Take a closer photo, or use the map "
            "of coverage."
        )
    net, density = load_net(), darkness(pixels)
    kind = _kind(net, density, bands) if hair is None else hair
    views = [_looked_at(net, density * np.float32(kind.value), band) for band in bands]
    usual = _usual_darkness(views)
    found = [_in_band(view, usual) for view in views]
    points = np.concatenate([points for points, _ in found])
    strength = np.concatenate([strength for _, strength in found])
    order = np.argsort(-strength, kind="stable")
    return Found(points[order], strength[order], kind)


def _kind(net: Net, density: Float32Array, bands: list["_Band"]) -> Hair:
    """Whether more darker or more lighter hair is in a sample of the picture."""

    def much(kind: Hair) -> float:
        total = 0.0
        for band in bands:
            seen = _seen(density * np.float32(kind.value), band)
            held = _cells(band.mask, (seen.shape[0] // CELL, seen.shape[1] // CELL))
            total += float(chances(net, seen, held > 0, _SAMPLE)[..., 0].sum())
        return total

    lighter = much(Hair.LIGHTER) > _LIGHTER_BY * much(Hair.DARKER)
    return Hair.LIGHTER if lighter else Hair.DARKER


@dataclass(frozen=True, slots=True, eq=False)
class _Band:
    """Places of about one scale: their box in the photo, mask (h, w) in it, px per mm."""

    left: int
    top: int
    mask: BoolArray
    px_per_mm: float


def _bands(size: tuple[int, int], scale: Scale, mask: BoolArray) -> Iterator[_Band]:
    """The masked part of a photo by bands of scale, none coarser than FINEST."""
    scales = scale_at(size, scale)
    usable = mask & (scales >= FINEST)
    if not usable.any():
        return
    steps = np.full(size, -1, np.int16)
    steps[usable] = np.log(scales[usable] / FINEST) / np.log(_BAND)
    for step in range(int(steps.max()) + 1):
        own = steps == step
        rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
        if len(rows) == 0:
            continue
        middle = float(np.exp(np.log(scales[own]).mean()))
        around = int((MARGIN * CELL / PX_PER_MM + 3) * middle)
        top, left = max(rows[0] - around, 0), max(columns[0] - around, 0)
        part = own[top : rows[-1] + around + 1, left : columns[-1] + around + 1]
        yield _Band(int(left), int(top), part, middle)


def scale_at(size: tuple[int, int], scale: Scale) -> Float32Array:
    """Pixels per mm at every pixel of a photo (h, w); 0 where there is no skin."""
    import cv2  # noqa: PLC0415

    height, width = size
    if not callable(scale):
        return np.full(size, scale, np.float32)
    rows, columns = -(-height // _GRID), -(-width // _GRID)
    ys, xs = (np.arange(n) * _GRID + (_GRID - 1) / 2 for n in (rows, columns))
    places = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    coarse = np.nan_to_num(scale(places)).reshape(rows, columns).astype(np.float32)
    whole = cv2.resize(coarse, (columns * _GRID, rows * _GRID), interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole[:height, :width], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """What the net says of a band: chances (h, w, 2) of cells, the share of each that is asked
    about, (h, w), and how dark it is within half a mm, (h, w).
    """

    band: _Band
    chance: Float32Array
    held: Float32Array
    dark: Float32Array


def _looked_at(net: Net, density: Float32Array, band: _Band) -> _View:
    import cv2  # noqa: PLC0415

    seen = _seen(density, band)
    size = (seen.shape[0] // CELL, seen.shape[1] // CELL)
    held = _cells(band.mask, size)
    highest = cv2.dilate(seen, np.ones((5, 5), np.uint8))
    dark = cv2.resize(highest, size[::-1], interpolation=cv2.INTER_AREA)
    return _View(band, chances(net, seen, held > 0), held, np.asarray(dark, np.float32))


def _usual_darkness(views: list[_View]) -> float:
    """The optical density of the darker hair in a photo: its 9th decile where hair is likely."""
    dark = np.concatenate([view.dark[view.held > 0] for view in views])
    likely = np.concatenate([(view.chance[..., 0] * view.held)[view.held > 0] for view in views])
    order = np.argsort(dark)
    total = np.cumsum(likely[order])
    at = int(np.searchsorted(total, 0.9 * total[-1]))
    return float(contrast(dark[order[min(at, len(order) - 1)]]))


def _in_band(view: _View, usual: float) -> tuple[FloatArray, FloatArray]:
    """Marks (n, 2) in photo pixels and their strength (n,).

    Hair of one head is about equally dark: what is far less so than is usual in the photo is
    the skin's own pattern, and its chances are taken down.
    """
    band, factor = view.band, PX_PER_MM / view.band.px_per_mm
    low, high = (share * usual for share in _FAINT_HAIR)
    trust = np.clip((contrast(view.dark) - low) / (high - low), 0, 1)
    chance = np.asarray(view.chance * trust[..., None], np.float32)
    middles, mass = _peaks(chance[..., 0])
    inside = _within(_in_box(middles, factor), band.mask)
    middles, mass = middles[inside], mass[inside]
    strength = _strength(middles, mass, _counts(np.asarray(chance[..., 0] * view.held, np.float32)))
    at = _in_box(_rooted(middles, mass, *_peaks(chance[..., 1])), factor)
    kept = _within(at, band.mask)
    at[~kept] = _in_box(middles[~kept], factor)
    return at + np.array([band.left, band.top]), strength


def _in_box(cells: FloatArray, factor: float) -> FloatArray:
    """Places in cells (n, 2) as photo pixels from the corner of their band's box."""
    return np.asarray((cells + 0.5) * CELL / factor - 0.5, np.float64)


def _rooted(
    middles: FloatArray, mass: FloatArray, roots: FloatArray, likely: FloatArray
) -> FloatArray:
    """Each middle (n, 2) put onto the likeliest root near it, the surest first, none twice."""
    from scipy.spatial import cKDTree  # noqa: PLC0415

    placed = middles.copy()
    if len(middles) == 0 or len(roots) == 0:
        return placed
    near = cKDTree(roots).query_ball_point(middles, _ROOT_WITHIN)
    taken = np.zeros(len(roots), np.bool_)
    for at in np.argsort(-mass, kind="stable"):
        free = [root for root in near[at] if not taken[root] and likely[root] > _ROOT_FROM]
        if free:
            best = free[int(np.argmax(likely[free]))]
            placed[at] = roots[best]
            taken[best] = True
    return placed


def _seen(density: Float32Array, band: _Band) -> Float32Array:
    """A band's box of the picture as the net looks at it, of an even height and width."""
    height, width = band.mask.shape
    part = density[band.top : band.top + height, band.left : band.left + width]
    whole = signal(resized(part, PX_PER_MM / band.px_per_mm))
    return whole[: whole.shape[0] // CELL * CELL, : whole.shape[1] // CELL * CELL]


def _within(at: FloatArray, mask: BoolArray) -> BoolArray:
    x, y = np.round(at).astype(int).T
    x, y = np.clip(x, 0, mask.shape[1] - 1), np.clip(y, 0, mask.shape[0] - 1)
    return np.asarray(mask[y, x], np.bool_)


def _cells(mask: BoolArray, size: tuple[int, ...]) -> Float32Array:
    """The share of each of (h, w) cells that is within a mask."""
    import cv2  # noqa: PLC0415

    whole = mask.astype(np.float32)
    return np.asarray(cv2.resize(whole, size[::-1], interpolation=cv2.INTER_AREA), np.float32)


def _peaks(chance: Float32Array) -> tuple[FloatArray, FloatArray]:
    """Cells (n, 2), x y with a fraction, that stand out, and the chances about each, (n,).

    What stands out is taken away and the rest looked at again: where hairs run together their
    chances do too, and one round would leave too few places for what is expected.
    """
    rest = chance.copy()
    rounds = [_stand_out(rest) for _ in range(_ROUNDS)]
    return np.concatenate([c for c, _ in rounds]), np.concatenate([m for _, m in rounds])


def _stand_out(rest: Float32Array) -> tuple[FloatArray, FloatArray]:
    """One round: the peaks of what is left, which are taken out of it."""
    import cv2  # noqa: PLC0415

    smooth = cv2.GaussianBlur(rest, (3, 3), 0.6)
    highest = cv2.dilate(smooth, np.ones((3, 3), np.uint8))
    mass = cv2.boxFilter(rest, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    y, x = np.nonzero((smooth >= highest) & (mass > _FAINT))
    framed = np.pad(rest, 1)
    near = np.stack([framed[y + j, x + i] for j in range(3) for i in range(3)], axis=1)
    total = np.maximum(near.sum(axis=1), 1e-9)
    off_x = (near @ np.tile([-1.0, 0.0, 1.0], 3)) / total
    off_y = (near @ np.repeat([-1.0, 0.0, 1.0], 3)) / total
    left = np.ones_like(framed)
    over = np.maximum(1 - 1 / total, 0).astype(np.float32)
    for j in range(3):
        for i in range(3):
            left[y + j, x + i] = np.minimum(left[y + j, x + i], over)
    rest *= left[1:-1, 1:-1]
    cells = np.stack([x + off_x, y + off_y], axis=1).astype(np.float64)
    return cells, np.minimum(mass[y, x], 1).astype(np.float64)


def _strength(cells: FloatArray, mass: FloatArray, counts: FloatArray) -> FloatArray:
    """Mass m as m / (m + t), where t round each place leaves as many marks as are expected.

    `counts` (r, c) are the follicles expected in the windows round blocks of STEP cells.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415

    strength = np.zeros(len(mass))
    if len(mass) == 0:
        return strength
    rows, columns = counts.shape
    block = np.clip((cells // STEP).astype(int), 0, (columns - 1, rows - 1))
    number = block[:, 1] * columns + block[:, 0]
    order = np.argsort(number, kind="stable")
    starts = np.flatnonzero(np.diff(number[order])) + 1
    tree = cKDTree(cells)
    for group in np.split(order, starts):
        x, y = block[group[0]].tolist()
        middle = (STEP * (x + 0.5), STEP * (y + 0.5))
        near = tree.query_ball_point(middle, WINDOW / 2, p=np.inf)
        limit = _leaving(np.sort(mass[near])[::-1], float(counts[y, x]))
        strength[group] = mass[group] / (mass[group] + limit)
    return strength


def _counts(chance: Float32Array) -> FloatArray:
    """The sums of chances in the windows round the middles of blocks, (r, c)."""
    import cv2  # noqa: PLC0415

    size = (WINDOW + 1, WINDOW + 1)
    sums = cv2.boxFilter(chance, -1, size, normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(sums[STEP // 2 :: STEP, STEP // 2 :: STEP], np.float64)


def _leaving(falling: FloatArray, count: float) -> float:
    """The value above which so many of falling values lie."""
    k = round(count)
    if k <= 0:
        return float(falling[0]) * 1.01 + 1e-9
    if k >= len(falling):
        return float(falling[-1]) * 0.99
    return float((falling[k - 1] + falling[k]) / 2)
