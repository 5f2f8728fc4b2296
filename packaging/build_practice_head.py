"""Build the practice head that ships: five photographs of our own mannequin, and their truth."""

from __future__ import annotations

import argparse
import io
import json
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from practice_head import landmarks, march, picture, shape, skin, truth, views

OUT = Path(__file__).resolve().parent.parent / "resources" / "practice"
GRID_STEP = 1.5
TAKEN = "2026:01:15 10:00:00"
EXIF_IFD, TAKEN_TAG, FOCAL_TAG = 0x8769, 0x9003, 0xA405
MOST_BYTES = 920_000


def jpeg(pixels: NDArray[np.uint8]) -> bytes:
    """The picture as JPEG with time and focal length, at the best quality under MOST_BYTES."""
    image = Image.fromarray(pixels)
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD).update({TAKEN_TAG: TAKEN, FOCAL_TAG: round(views.FOCAL_35)})
    for quality in range(94, 60, -1):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, subsampling=2, optimize=True, exif=exif)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    msg = f"the picture does not fit into {MOST_BYTES} bytes"
    raise ValueError(msg)


def main() -> None:
    """Render the views named (all five by default) into the folder given."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--out", type=Path, default=OUT)
    ask.add_argument("--views", default=",".join(v.name for v in views.VIEWS))
    ask.add_argument("--truth-only", action="store_true", help="leave the pictures as they are")
    args = ask.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    grid = march.build_grid(shape.solid, GRID_STEP)
    materials = skin.materials()
    at = landmarks.landmarks()
    measured = truth.sizes(at)
    print(measured)
    for seed, view in enumerate(views.VIEWS):
        if view.name not in args.views.split(","):
            continue
        cam = views.camera(view)
        told = json.dumps(truth.describe(view, cam, at, materials.sticker, measured), indent=1)
        (args.out / f"{view.name}.json").write_text(told + "\n", encoding="utf-8")
        known = truth.grid_truth(cam, grid)
        np.savez_compressed(args.out / f"{view.name}_truth.npz", allow_pickle=False, **known)
        if not args.truth_only:
            pixels = picture.photograph(cam, grid, materials, seed)
            (args.out / f"{view.name}.jpg").write_bytes(jpeg(pixels))
        print(f"{view.name}: {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
