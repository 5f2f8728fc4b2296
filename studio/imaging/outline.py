"""The outline of the scalp against a plain wall, found by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.imaging.head_mask import WORK, breadth_of, head_mask, reduced
from studio.model.arrays import BoolArray, ByteArray, FloatArray
from studio.model.chart import Point
from studio.model.photo import LandmarkKind, View

POINTS = 44
"""About how many points are given; a fit gains nothing by more (head research, section 4)."""

FEWEST = 16
"""Points below which nothing was found."""

CONTRAST = 7.0
"""Units of Lab between both sides of a true edge."""

FAINT = 0.35
"""Share of points without a clear edge above which the wall is not plain enough."""

REACH = 2.6
"""Working pixels on both sides of the rough outline in which the edge is looked for."""

EAR_ROOM = 0.05
"""Head breadths kept clear of an ear."""

DEEPEST = {View.FRONT: 0.80, View.BACK: 0.80, View.TOP: 0.95, View.LEFT: 1.05, View.RIGHT: 1.05}
"""How far below its uppermost point the scalp's outline may go, in head breadths of that view."""

SMOOTH = 4
"""Order of the round line that most points of a head lie along."""

LOWEST = {
    View.FRONT: (0.35, 0.35),
    View.BACK: (0.35, 0.35),
    View.TOP: (0.35, 0.35),
    View.LEFT: (0.2, 0.6),
    View.RIGHT: (0.6, 0.2),
}
"""How deep the ends at the picture's left and right must reach, in head breadths."""

STRAY = 0.3
"""Share of the reach by which an edge may lie off its neighbours'."""

ROUND = 0.006
"""Distance from that line of the middle point, in head breadths, above which it is no head."""

SIDES = (View.LEFT, View.RIGHT)
EAR_TOPS = (
    LandmarkKind.EAR_ROOT_RIGHT,
    LandmarkKind.EAR_ROOT_LEFT,
    LandmarkKind.EAR_TOP_RIGHT,
    LandmarkKind.EAR_TOP_LEFT,
)


def find_outline(
    pixels: ByteArray, view: View, hints: Mapping[LandmarkKind, Point] | None = None
) -> FloatArray | None:
    """Points (n, 2) along the edge of the scalp in photo pixels; None where in doubt.

    `pixels` (h, w, 3) are RGB; points count from a pixel's corner. From ear to ear in front
    and back photos, from the brows to the nape in a profile, all round but ears and face
    from above. Landmarks in `hints` tell where brows and ears are; else the shape does.
    """
    hints = {} if hints is None else hints
    if view not in DEEPEST:
        return None
    nose = hints.get(LandmarkKind.NOSE_TIP)
    if view is View.TOP and nose is not None and nose[1] < pixels.shape[0] / 2:
        return _upside_down(pixels, view, hints)
    scale = max(1.0, max(pixels.shape[:2]) / WORK)
    mask = head_mask(reduced(pixels, scale))
    if mask is None:
        return None
    shape = _shape(mask, view)
    if shape is None:
        return None
    rough = _scalp(shape, view, hints, scale)
    if rough is None:
        return None
    breadth = shape.breadth * scale
    found = _believed(_at_edge(pixels, rough, scale), breadth, pixels.shape)
    return found if found is not None and _whole(found, view, breadth) else None


def _upside_down(
    pixels: ByteArray, view: View, hints: Mapping[LandmarkKind, Point]
) -> FloatArray | None:
    """A photo from above with the face on top, turned by half a turn and back."""
    size = np.array([pixels.shape[1], pixels.shape[0]])
    turned = {kind: (size[0] - x, size[1] - y) for kind, (x, y) in hints.items()}
    found = find_outline(np.ascontiguousarray(pixels[::-1, ::-1]), view, turned)
    return None if found is None else size - found


@dataclass(frozen=True, eq=False)
class _Shape:
    """The mask's outline in working pixels, (n, 2), a pixel apart, clockwise from the top.

    `own` tells which of its points the mask itself has; the others bridge an ear.
    """

    line: FloatArray
    own: BoolArray
    breadth: float

    @property
    def turning(self) -> FloatArray:
        """Degrees by which the outline turns at every point; below zero where it is hollow."""
        ahead = np.roll(self.line, -1, axis=0) - self.line
        angle = np.arctan2(ahead[:, 1], ahead[:, 0])
        turn = (angle - np.roll(angle, 1) + np.pi) % (2 * np.pi) - np.pi
        degrees: FloatArray = np.degrees(turn)
        return degrees


def _shape(mask: BoolArray, view: View) -> _Shape | None:
    import cv2  # noqa: PLC0415

    breadth = breadth_of(mask)
    if breadth is None:
        return None
    whole = mask.astype(np.uint8)
    smooth = whole
    if view is View.TOP:
        size = max(3, round(0.5 * breadth)) | 1
        round_one = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        smooth = np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, round_one), dtype=np.uint8)
    contours = cv2.findContours(smooth, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    if not contours:
        return None
    ring = max(contours, key=len)[:, 0, :].astype(np.float64)
    line = _even(ring, max(1.2, 0.012 * breadth))
    if ((np.roll(line, -1, 0) - line)[:, 0] * line[:, 1]).sum() > 0:  # anticlockwise, y down
        line = line[::-1]
    line = np.roll(line, -int(line[:, 1].argmin()), axis=0)
    inside = np.asarray(cv2.distanceTransform(whole, cv2.DIST_L2, 5), dtype=np.float64)
    at = np.clip(np.round(line).astype(np.int64), 0, np.array(whole.shape[::-1]) - 1)
    return _Shape(line, inside[at[:, 1], at[:, 0]] < 2.6, breadth)


def _even(ring: FloatArray, sigma: float) -> FloatArray:
    """A closed line with points a pixel apart, smoothed along itself."""
    from scipy.ndimage import gaussian_filter1d  # noqa: PLC0415

    closed = np.concatenate([ring, ring[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    steps = np.linspace(0, along[-1], round(along[-1]), endpoint=False)
    even = np.stack([np.interp(steps, along, closed[:, i]) for i in (0, 1)], axis=1)
    smooth: FloatArray = gaussian_filter1d(even, sigma, axis=0, mode="wrap")
    return smooth


def _scalp(
    shape: _Shape, view: View, hints: Mapping[LandmarkKind, Point], scale: float
) -> FloatArray | None:
    """The part of the outline that is scalp: rough points with outward normals, (n, 4)."""
    line = shape.line
    right = _walk(shape, view, hints, scale, forward=True)
    left = _walk(shape, view, hints, scale, forward=False)
    picked = np.concatenate([np.arange(-left, 0), np.arange(0, right)])
    if len(picked) < shape.breadth:
        return None
    step = max(1, len(picked) // POINTS)
    picked = picked[step // 2 :: step]
    near_ear = _spread(~shape.own, round(EAR_ROOM * shape.breadth))
    picked = picked[~near_ear[picked]] if view is View.TOP else picked
    tangent = np.roll(line, -2, axis=0) - np.roll(line, 2, axis=0)
    outward = np.stack([tangent[:, 1], -tangent[:, 0]], axis=1)
    outward = outward / np.maximum(np.hypot(*outward.T), 1e-9)[:, None]
    return np.concatenate([line[picked], outward[picked]], axis=1)


def _spread(marked: BoolArray, reach: int) -> BoolArray:
    """Also what is within `reach` of what is marked, round a ring."""
    spread = marked.copy()
    for shift in range(1, reach + 1):
        spread |= np.roll(marked, shift) | np.roll(marked, -shift)
    return spread


def _walk(
    shape: _Shape,
    view: View,
    hints: Mapping[LandmarkKind, Point],
    scale: float,
    *,
    forward: bool,
) -> int:
    """How many points from the top the outline is scalp, on one side."""
    line = shape.line if forward else np.roll(shape.line[::-1], 1, axis=0)
    turning = shape.turning if forward else np.roll(shape.turning[::-1], 1)
    breadth = shape.breadth
    depth = line[:, 1] - line[0, 1]
    end = int((depth > DEEPEST[view] * breadth).argmax()) or len(line) // 2
    end = min(end, len(line) // 2)
    nape = view in SIDES and forward == (view is View.LEFT)
    limit = _told(view, hints, nape=nape)
    if limit is not None:
        beyond = line[:, 1] * scale > limit
        return min(end, int(beyond.argmax()) or end)
    window = round((0.11 if nape else 0.06) * breadth)
    hollow = np.convolve(turning, np.ones(window), "full")[window - 1 :][: len(line)]
    limit_turn = -3.0 if nape else -12.0
    first = int((hollow[:end] < limit_turn).argmax()) if (hollow[:end] < limit_turn).any() else end
    if nape:
        return min(end, first + round(0.10 * breadth))
    back = 0.10 if view in SIDES else 0.03
    return max(0, first - round(back * breadth)) if first < end else end


def _told(view: View, hints: Mapping[LandmarkKind, Point], *, nape: bool) -> float | None:
    """Below which photo row the landmarks say that the scalp's outline ends."""
    if view in (View.FRONT, View.BACK):
        tops = [hints[kind][1] for kind in EAR_TOPS if kind in hints]
        return min(tops) if tops else None
    if view in SIDES and not nape and LandmarkKind.GLABELLA in hints:
        return hints[LandmarkKind.GLABELLA][1]
    return None


def _at_edge(pixels: ByteArray, rough: FloatArray, scale: float) -> FloatArray:
    """The rough points (n, 4) moved along their normals onto the edge, photo pixels.

    NaN where there is no clear edge, or one that its neighbours do not go along with.

    The edge is where the colour changes fastest between the colours on both sides.
    """
    import cv2  # noqa: PLC0415
    from scipy.ndimage import gaussian_filter1d, median_filter  # noqa: PLC0415

    at = (rough[:, :2] + 0.5) * scale - 0.5
    normal = rough[:, 2:]
    reach = max(4.0, REACH * scale)
    steps = np.arange(-reach, reach + 0.25, 0.5)
    along = np.stack([-normal[:, 1], normal[:, 0]], axis=1)
    shifts = np.linspace(-0.6, 0.6, 5) * scale
    where = (
        at[:, None, None]
        + steps[:, None, None] * normal[:, None, None]
        + shifts[:, None] * along[:, None, None]
    ).astype(np.float32)
    flat = where.reshape(len(at), -1, 2)
    seen = cv2.remap(
        pixels, flat[:, :, 0], flat[:, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    lab = cv2.cvtColor(seen, cv2.COLOR_RGB2LAB).astype(np.float64)
    profile = lab.reshape(len(at), len(steps), len(shifts), 3).mean(axis=2)
    share = max(3, len(steps) // 5)
    inner, outer = profile[:, :share].mean(axis=1), profile[:, -share:].mean(axis=1)
    apart = outer - inner
    size = np.linalg.norm(apart, axis=1)
    level = (profile * (apart / np.maximum(size, 1e-9)[:, None])[:, None]).sum(axis=2)
    slope = gaussian_filter1d(level, 2.0, axis=1, order=1)
    slope *= np.exp(-0.5 * (steps / (0.8 * reach)) ** 2)
    best = np.clip(slope.argmax(axis=1), 1, len(steps) - 2)
    rows = np.arange(len(at))
    before, peak, after = slope[rows, best - 1], slope[rows, best], slope[rows, best + 1]
    bend = np.minimum(before - 2 * peak + after, -1e-9)
    offset = steps[best] + 0.5 * np.clip((before - after) / (2 * bend), -1, 1)
    edge = at + offset[:, None] * normal + 0.5
    stray = np.abs(offset - median_filter(offset, 5, mode="nearest")) > STRAY * reach
    edge[(size < CONTRAST) | (np.abs(offset) > reach - 1) | stray] = np.nan
    return np.asarray(edge, dtype=np.float64)


def _believed(edge: FloatArray, breadth: float, shape: tuple[int, ...]) -> FloatArray | None:
    """The points that have an edge; None if they are too few or lie along no head."""
    clear = np.isfinite(edge[:, 0])
    if (~clear).mean() > FAINT:
        return None
    kept = edge[clear]
    margin = 0.004 * max(shape[:2])
    inside = ((kept > margin) & (kept < np.array(shape[1::-1]) - margin)).all(axis=1)
    kept = kept[inside]
    if len(kept) < FEWEST:
        return None
    return kept if np.median(_from_round(kept)) < ROUND * breadth else None


def _whole(points: FloatArray, view: View, breadth: float) -> bool:
    """Whether both ends go down as far as they must."""
    middle = (points[:, 0].min() + points[:, 0].max()) / 2
    on_left = points[:, 0] < middle
    depth = (points[:, 1] - points[:, 1].min()) / breadth
    left, right = LOWEST[view]
    return bool(depth[on_left].max(initial=0) > left and depth[~on_left].max(initial=0) > right)


def _from_round(points: FloatArray) -> FloatArray:
    """How far points are from a smooth round line through most of them, in their unit.

    The distance from their middle as a trigonometric series, fitted by reweighting (Cauchy).
    """
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    x, y = (points - middle).T
    radius, turn = np.hypot(x, y), np.arctan2(y, x)
    terms = [np.ones_like(turn)]
    for order in range(1, SMOOTH + 1):
        terms += [np.cos(order * turn), np.sin(order * turn)]
    rows = np.stack(terms, axis=1)
    # the part of the ring without points must not run away
    weak = np.diag(np.repeat(np.arange(SMOOTH + 1.0), 2)[1:] ** 2 * 0.02)
    away = np.zeros_like(radius)
    for _ in range(12):
        usual = max(float(np.median(np.abs(away))) * 2, 0.004 * float(radius.mean()))
        weight = 1 / (1 + (away / usual) ** 2)
        left, right = rows.T * weight @ rows + weak, rows.T @ (weight * radius)
        away = radius - rows @ np.linalg.solve(left, right)
    return np.asarray(np.abs(away), dtype=np.float64)
