"""Whatever a file's colours are, sRGB in 8 bits comes out."""

import io
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageCms

from studio.imaging.formats import PhotoRefused

BROKEN_PROFILE = "The colour profile in the file is damaged: its colours were taken as sRGB."
PRINT_COLOURS = "Print colours (CMYK) without a profile: the colours are approximate."
TRANSPARENCY = "See-through parts became white."
FLOATING = "Brightness was stored as open-ended numbers: {} was taken as white."

_MAX_PROFILE_BYTES = 4_000_000
_SAME_LEVELS = 2
"""A profile whose colours all lie within this many levels of sRGB is sRGB."""

_PROFILE_SPACE = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}


@dataclass(frozen=True, slots=True)
class Conversion:
    """How to get from a picture's mode (L, RGB or CMYK) to sRGB; no transform: it is sRGB."""

    transform: ImageCms.ImageCmsTransform | None
    notices: tuple[str, ...]


def conversion(profile: bytes | None, mode: str) -> Conversion:
    """Read an ICC profile for pictures of mode L, RGB or CMYK."""
    if not profile:
        return Conversion(None, (PRINT_COLOURS,) if mode == "CMYK" else ())
    try:
        transform = _transform(profile, mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return Conversion(None, (BROKEN_PROFILE,))
    return Conversion(None if _is_srgb(transform, mode) else transform, ())


def to_srgb(picture: Image.Image) -> tuple[Image.Image, tuple[str, ...]]:
    """A decoded picture of any mode as RGB in sRGB, see-through parts on white, with notices.

    White, because that is how paper and other programs show a cut-out.
    """
    plain, notices = _opaque(picture)
    alpha = _alpha(picture)
    how = conversion(picture.info.get("icc_profile"), plain.mode)
    if how.transform is None:
        rgb = plain.convert("RGB")
    else:
        applied = ImageCms.applyTransform(plain, how.transform)
        assert applied is not None, "only in-place transforms return nothing"
        rgb = applied
    notices += how.notices
    if alpha is not None and alpha.getextrema() != (255, 255):
        white = Image.new("RGB", rgb.size, (255, 255, 255))
        white.paste(rgb, mask=alpha)
        return white, (*notices, TRANSPARENCY)
    return rgb, notices


def _alpha(picture: Image.Image) -> Image.Image | None:
    """How opaque each pixel is; None for a picture that has no see-through parts."""
    if "A" in picture.getbands():
        return picture.getchannel("A")
    if picture.mode in {"P", "L", "RGB"} and picture.has_transparency_data:  # one colour of it
        return picture.convert("RGBA").getchannel("A")
    return None


def _opaque(picture: Image.Image) -> tuple[Image.Image, tuple[str, ...]]:
    """The picture in mode L, RGB or CMYK without its alpha, and notices."""
    mode = picture.mode
    if mode in _PROFILE_SPACE:
        return picture, ()
    if mode in {"1", "LA"}:
        return picture.convert("L"), ()
    if mode in {"I", "F"} or mode.startswith("I;16"):
        values, notices = _to_8_bit(np.asarray(picture))
        return Image.fromarray(values), notices
    if mode in {"P", "PA", "RGBA", "RGBX", "YCbCr"}:
        whole = picture.convert("RGBA") if picture.has_transparency_data else picture
        return whole.convert("RGB"), ()
    raise PhotoRefused(f"Refused: {mode} colours cannot be read. Save the photo as an sRGB JPEG.")


def _to_8_bit(values: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    """Grey values of 16 bits, 32 bits or floating point as 8 bits."""
    if values.dtype.kind == "f":
        values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
        white = _white(float(values.max(initial=0.0)))
        levels = np.clip(values * (255 / white) + 0.5, 0, 255)
        return levels.astype(np.uint8), (FLOATING.format(f"{white:g}"),)
    white = 65_535 if values.max(initial=0) <= 65_535 else 2**31 - 1
    levels = np.clip(values / np.float32(white / 255) + np.float32(0.5), 0, 255)
    return levels.astype(np.uint8), ()


def _white(highest: float) -> float:
    """The usual white that holds the highest value of a floating-point picture."""
    return next((white for white in (1.0, 255.0, 65_535.0) if highest <= white), highest)


def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    if len(profile) > _MAX_PROFILE_BYTES:
        raise ValueError("oversized profile")
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if source.profile.xcolor_space.strip() != _PROFILE_SPACE[mode]:
        raise ValueError("the profile is for another kind of picture")
    return ImageCms.buildTransform(
        source,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _is_srgb(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether a transform leaves a lattice of colours where they are."""
    if mode == "CMYK":
        return False
    before = _lattice().convert(mode)
    after = ImageCms.applyTransform(before, transform)
    difference = np.asarray(after, np.int16) - np.asarray(before.convert("RGB"), np.int16)
    return int(np.abs(difference).max()) <= _SAME_LEVELS


@cache
def _lattice() -> Image.Image:
    steps = np.linspace(0, 255, 9).astype(np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    return Image.fromarray(colours)
