"""Where the head is in a photo: skin and the hair on it, told from wall and shirt."""

import numpy as np

from studio.model.arrays import BoolArray, ByteArray

WORK = 400
"""Longest side in pixels at which head and background are told apart."""

SKIN_APART = 5.0
"""Units of Lab a* by which skin must be redder than what is round it."""

CAP = 0.42
"""Head breadths below its uppermost point in which a head is hollow nowhere."""


def reduced(pixels: ByteArray, scale: float) -> ByteArray:
    """A picture (h, w, 3) so many times smaller, a little soft."""
    import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    size = max(1, round(width / scale)), max(1, round(height / scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 0.8), dtype=np.uint8)


def head_mask(picture: ByteArray) -> BoolArray | None:
    """Where skin and the hair on it are, (h, w), grown by GrabCut from what is redder.

    Rother, Kolmogorov, Blake 2004. The border of the photo, wall and shirt, is background.
    """
    import cv2  # noqa: PLC0415

    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float64)
    red = np.asarray(cv2.GaussianBlur(lab[:, :, 1], (0, 0), 1.5), dtype=np.float64)
    height, width = red.shape
    as_bytes = np.round(np.clip(red * 4 - 384, 0, 255)).astype(np.uint8)
    limit, found = cv2.threshold(as_bytes, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    skin = np.asarray(found, dtype=np.uint8)
    if not 0 < skin.sum() < skin.size:
        return None
    if red[skin > 0].mean() - red[skin == 0].mean() < SKIN_APART or limit <= 0:
        return None
    seed = _middle_part(_opened(skin, 5))
    if seed is None:
        return None
    hull: ByteArray = np.zeros(seed.shape, np.uint8)
    points = np.argwhere(seed)[:, ::-1].astype(np.int32)
    cv2.fillConvexPoly(hull, cv2.convexHull(points.reshape(-1, 1, 2)), 1)
    side = max(3, round(0.12 * float(np.ptp(points[:, 0])))) | 1
    far = cv2.dilate(hull, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))) == 0
    guess = np.where(hull > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    sure = cv2.erode(_capped(seed).astype(np.uint8), np.ones((7, 7), np.uint8))
    guess[sure > 0] = cv2.GC_FGD
    guess[far] = cv2.GC_BGD
    guess[:3], guess[-3:], guess[:, :3], guess[:, -3:] = (cv2.GC_BGD,) * 4
    if not (guess == cv2.GC_FGD).any():
        return None
    cv2.setRNGSeed(1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(picture, guess, (0, 0, 1, 1), *models, 4, cv2.GC_INIT_WITH_MASK)
    head = ((guess == cv2.GC_FGD) | (guess == cv2.GC_PR_FGD)).astype(np.uint8)
    grown = _middle_part(_opened(head, 3))
    if grown is None or not 0.03 * height * width < grown.sum() < 0.8 * height * width:
        return None
    return _capped(_filled(grown))


def _capped(mask: BoolArray) -> BoolArray:
    """The mask with its cap made convex: a shine at the edge looks like the wall."""
    import cv2  # noqa: PLC0415

    breadth = breadth_of(mask)
    if breadth is None:
        return mask
    top = int(np.flatnonzero(mask.any(axis=1))[0])
    cap = np.argwhere(mask[: top + round(CAP * breadth)])[:, ::-1].astype(np.int32)
    whole = mask.astype(np.uint8)
    cv2.fillConvexPoly(whole, cv2.convexHull(cap.reshape(-1, 1, 2)), 1)
    return whole > 0


def _opened(mask: ByteArray, side: int) -> ByteArray:
    """The mask without what is narrower than a square of this side."""
    import cv2  # noqa: PLC0415

    square = np.ones((side, side), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, square), dtype=np.uint8)


def _middle_part(mask: ByteArray) -> BoolArray | None:
    """The largest connected part that reaches the middle half of the picture."""
    import cv2  # noqa: PLC0415

    height, width = mask.shape
    labels = np.asarray(cv2.connectedComponents(np.asarray(mask, dtype=np.uint8))[1])
    middle = labels[height // 5 : -height // 5, width // 4 : -width // 4]
    sizes = np.bincount(labels.ravel(), minlength=2)
    sizes[np.setdiff1d(np.arange(len(sizes)), np.unique(middle))] = 0
    sizes[0] = 0
    best = int(sizes.argmax())
    return labels == best if sizes[best] > 0 else None


def _filled(mask: BoolArray) -> BoolArray:
    """The mask without holes."""
    import cv2  # noqa: PLC0415

    outside = np.pad(mask.astype(np.uint8), 1)
    cv2.floodFill(outside, None, (0, 0), 2)
    return np.asarray(outside[1:-1, 1:-1] != 2)


def breadth_of(mask: BoolArray) -> float | None:
    """The breadth of the head a little above its middle."""
    rows = np.flatnonzero(mask.any(axis=1))
    if len(rows) < WORK // 10:
        return None
    top = int(rows[0])
    for row in rows:
        across = np.flatnonzero(mask[row])
        if row - top >= 0.45 * (across[-1] - across[0] + 1):
            return float(across[-1] - across[0] + 1)
    return None
