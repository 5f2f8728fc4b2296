"""The grey of a printed plate: a light picture on which black lines stay the heaviest."""

import numpy as np

from studio.model.arrays import BoolArray, ByteArray, FloatArray
from studio.model.chart import Point

DPI = 200
LIGHTEST, DARKEST = 0.94, 0.74
"""Range into which the broad tones are pressed, as share of white."""

DETAIL = 0.85
BLUR_MM = 6.0
FADE_MM = 11.0
"""Foot of the plate that fades to white: the scale bar stands on it."""

EDGE_MM = 5.0
"""Fade at the photo's own edges."""

EDGE_DARK = 0.22
SOFT_MM, INNER_MM = 0.6, 2.0
"""Width of the silhouette's edge, and how far in it darkens."""

CUT_WIDTH = 160
"""Pixels across at which head and background are told apart."""

CORE = 30
"""Fewest pixels of known head to start from."""

FOUND = (0.08, 0.85)
"""Shares of the plate within which a found head is believed; else the background stays."""


def grey_plate(
    pixels: ByteArray, corner: Point, mm_per_px: float, size: Point, head: FloatArray | None = None
) -> ByteArray:
    """The part of a photo that a plate shows, in print grey.

    `corner` is the plate's top left in photo pixels, `mm_per_px` paper mm per photo pixel,
    `size` the plate in mm. `head` (n, 2), photo pixels, are points known to lie on the head;
    with them the background is looked for and taken away.
    """
    import cv2  # noqa: PLC0415

    width, height = (round(side / 25.4 * DPI) for side in size)
    scale = mm_per_px / 25.4 * DPI
    picture, seen = _cut_out(pixels, corner, scale, (width, height))
    grey: FloatArray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float64) / 255
    sigma = BLUR_MM / 25.4 * DPI
    base = _blurred(grey, seen, sigma)
    low, high = np.percentile(base[seen > 0.5], (2, 98)) if (seen > 0.5).any() else (0.0, 1.0)
    share = np.clip((base - low) / max(float(high - low), 0.05), 0, 1)
    toned = DARKEST + (LIGHTEST - DARKEST) * share + DETAIL * (grey - base)
    visible = seen
    if head is not None:
        found = _head(picture, seen, (head - corner) * scale)
        if found is not None:
            soft, inner = found
            toned = toned * (1 - EDGE_DARK * 2 * np.clip(1 - inner, 0, 0.5) * soft)
            visible = seen * soft
    visible = visible * _foot(height, width)
    mixed = 1 - (1 - np.clip(toned, 0, 1)) * visible
    result: ByteArray = np.round(mixed * 255).astype(np.uint8)
    return result


def thumbnail(pixels: ByteArray, centre: Point, half: float, side: int = 110) -> ByteArray:
    """A square grey portrait round `centre`, `half` photo pixels in each direction."""
    scale = side / (2 * half)
    corner = (centre[0] - half, centre[1] - half)
    picture, seen = _cut_out(pixels, corner, scale, (side, side))
    grey = picture.mean(axis=2)
    low, high = np.percentile(grey[seen > 0.5], (1, 99)) if (seen > 0.5).any() else (0.0, 255.0)
    lit = np.clip((grey - low) / max(float(high - low), 1.0), 0, 1) * 0.85 + 0.12
    result: ByteArray = np.round((1 - (1 - lit) * seen) * 255).astype(np.uint8)
    return result


def _cut_out(
    pixels: ByteArray, corner: Point, scale: float, size: tuple[int, int]
) -> tuple[ByteArray, FloatArray]:
    """RGB at the wanted size on white, and how far the photo is seen (0 to 1, h x w)."""
    import cv2  # noqa: PLC0415

    width, height = size
    rows, columns = pixels.shape[:2]
    left, top = max(corner[0], 0.0), max(corner[1], 0.0)
    right = min(corner[0] + width / scale, float(columns))
    bottom = min(corner[1] + height / scale, float(rows))
    picture = np.full((height, width, 3), 255, np.uint8)
    seen = np.zeros((height, width))
    if right - left < 1 or bottom - top < 1:
        return picture, seen
    x0, x1 = int(left), int(np.ceil(right))
    y0, y1 = int(top), int(np.ceil(bottom))
    part = np.ascontiguousarray(pixels[y0:y1, x0:x1])
    target = (max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    part = np.asarray(cv2.resize(part, target, interpolation=method), dtype=np.uint8)
    at_x, at_y = round((x0 - corner[0]) * scale), round((y0 - corner[1]) * scale)
    from_x, from_y = max(-at_x, 0), max(-at_y, 0)
    to_x, to_y = max(at_x, 0), max(at_y, 0)
    part = part[from_y : from_y + height - to_y, from_x : from_x + width - to_x]
    rows_in, columns_in = part.shape[:2]
    picture[to_y : to_y + rows_in, to_x : to_x + columns_in] = part
    fade = EDGE_MM / 25.4 * DPI
    across = _ramp(columns_in, fade, open_start=to_x == 0, open_end=to_x + columns_in >= width)
    down = _ramp(rows_in, fade, open_start=to_y == 0, open_end=to_y + rows_in >= height)
    seen[to_y : to_y + rows_in, to_x : to_x + columns_in] = np.outer(down, across)
    return picture, seen


def _ramp(count: int, fade: float, *, open_start: bool, open_end: bool) -> FloatArray:
    """1 with a linear fade at the ends that are the photo's own edges."""
    ramp = np.ones(count)
    steps = np.arange(count)
    if not open_start:
        ramp = np.minimum(ramp, steps / fade)
    if not open_end:
        ramp = np.minimum(ramp, steps[::-1] / fade)
    return ramp


def _blurred(grey: FloatArray, seen: FloatArray, sigma: float) -> FloatArray:
    """Gaussian mean over what is seen; worked out at a quarter of the size."""
    import cv2  # noqa: PLC0415

    weight = (seen > 0).astype(np.float64)
    small = (max(grey.shape[1] // 4, 1), max(grey.shape[0] // 4, 1))
    mean = cv2.resize(grey * weight, small, interpolation=cv2.INTER_AREA)
    share = cv2.resize(weight, small, interpolation=cv2.INTER_AREA)
    mean = cv2.GaussianBlur(mean, (0, 0), sigma / 4)
    share = cv2.GaussianBlur(share, (0, 0), sigma / 4)
    base = mean / np.maximum(share, 1e-3)
    return np.asarray(cv2.resize(base, (grey.shape[1], grey.shape[0])), dtype=np.float64)


def _foot(height: int, width: int) -> FloatArray:
    """White over the last millimetres of the plate, coming in softly above them."""
    fade = FADE_MM / 25.4 * DPI
    up = np.arange(height)[::-1] - 0.45 * fade
    return np.repeat(np.clip(up / fade, 0, 1)[:, None], width, axis=1)


def _head(
    picture: ByteArray, seen: FloatArray, head: FloatArray
) -> tuple[FloatArray, FloatArray] | None:
    """Where the head is (h, w), 0 to 1, by GrabCut grown from points on it; None if in doubt.

    Also the same with a wide soft edge.

    Rother, Kolmogorov, Blake 2004. Grey-scale plates need no fine edge: it runs small.
    """
    import cv2  # noqa: PLC0415

    height, width = seen.shape
    size_mm = width / DPI * 25.4
    factor = CUT_WIDTH / width
    reduced = cv2.resize(picture, (CUT_WIDTH, round(height * factor)), interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.GaussianBlur(reduced, (0, 0), 1.0), dtype=np.uint8)
    inside = cv2.resize(seen, small.shape[1::-1]) > 0.5
    points = np.round(head * factor).astype(np.int32)
    core: ByteArray = np.zeros(small.shape[:2], np.uint8)
    cv2.fillConvexPoly(core, cv2.convexHull(points.reshape(-1, 1, 2)), 1)
    core = np.asarray(cv2.erode(core, np.ones((5, 5), np.uint8)), dtype=np.uint8)
    wall = np.zeros(core.shape, np.bool_)
    wall[:3], wall[:, :4], wall[:, -4:] = True, True, True
    mask = _first_guess(small, core > 0, wall & inside)
    mask[wall] = cv2.GC_BGD
    mask[~inside] = cv2.GC_BGD
    mask[core > 0] = cv2.GC_FGD
    if core.sum() < CORE or not (mask == cv2.GC_BGD).any():
        return None
    cv2.setRNGSeed(1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(small, mask, (0, 0, 1, 1), *models, 3, cv2.GC_INIT_WITH_MASK)
    found = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    labels = cv2.connectedComponents(found)[1]
    mine = np.unique(labels[core > 0])
    found = np.isin(labels, mine[mine > 0]).astype(np.uint8)
    found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    if not FOUND[0] < found.mean() < FOUND[1]:
        return None
    mask_mm = size_mm / CUT_WIDTH
    inner = cv2.GaussianBlur(found.astype(np.float64), (0, 0), INNER_MM / mask_mm)
    outline = cv2.GaussianBlur(found.astype(np.float64), (0, 0), 1.2)
    outline = cv2.resize(outline, (width, height), interpolation=cv2.INTER_CUBIC)
    inner = cv2.resize(inner, (width, height), interpolation=cv2.INTER_LINEAR)
    soft = np.clip((np.asarray(outline) - 0.5) * mask_mm / SOFT_MM + 0.5, 0, 1)
    return soft, np.asarray(inner, dtype=np.float64)


def _first_guess(picture: ByteArray, core: BoolArray, wall: BoolArray) -> ByteArray:
    """GrabCut's start: probably head where a colour is nearer to the core's than to the wall's."""
    import cv2  # noqa: PLC0415

    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float64)
    if not wall.any():
        return np.full(core.shape, cv2.GC_PR_FGD, np.uint8)
    weights = np.array([0.3, 1.0, 1.0])  # shadows change lightness, not hue
    to_core = (((lab - lab[core].mean(axis=0)) * weights) ** 2).sum(axis=2)
    to_wall = (((lab - lab[wall].mean(axis=0)) * weights) ** 2).sum(axis=2)
    return np.where(to_core < to_wall, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
