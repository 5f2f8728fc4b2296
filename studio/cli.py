"""The same jobs without a window: `hairline-studio JOB ...`."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.headless.options import EVERY, PROGRAM, SCALES, parser
from studio.model.case import Case
from studio.model.refusal import Refusal

DONE, REFUSED, STOPPED = 0, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one job; its exit code. Without arguments, or with a file, the window opens."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or not (words[0].startswith("-") or words[0] in JOBS):
        words.insert(0, "open")
    asked = parser().parse_args(words)
    try:
        code = JOBS[asked.job](asked)
        sys.stdout.flush()
    except Refusal as refusal:
        _say(f"{PROGRAM}: {refusal}")
        return REFUSED
    except BrokenPipeError:
        # whoever read the output is gone; Python would complain once more while closing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except KeyboardInterrupt:
        return STOPPED
    return code


def _open(asked: argparse.Namespace) -> int:
    if asked.file and not Path(asked.file).exists():
        parser().error(f"“{asked.file}” is neither a job nor a file; try {PROGRAM} --help")
    platforms = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(map(os.environ.get, platforms)):
        raise Refusal(f"There is no display here. Without a window: {PROGRAM} --help")
    from studio.app import main as open_window  # noqa: PLC0415

    return open_window([asked.file] if asked.file else [])


def _practice(asked: argparse.Namespace) -> int:
    from studio.practice import practice  # noqa: PLC0415

    path = _output(asked.out, asked)
    return _save(path, *practice())


def _new(asked: argparse.Namespace) -> int:
    from studio.headless import marks  # noqa: PLC0415
    from studio.headless.inputs import files, inputs_file  # noqa: PLC0415
    from studio.headless.new_case import Order, new_case  # noqa: PLC0415

    photos = [marks.photo_file(text) for text in asked.photo]
    given = files(asked.inputs)
    stickers = [marks.view_named(name) for name in asked.sticker if name != EVERY]
    order = Order(
        files=photos,
        measurements=[
            marks.measurement(kind, text)
            for option, (kind, _) in SCALES.items()
            for text in getattr(asked, option.replace("-", "_"))
        ],
        landmarks=[marks.landmark(text) for text in asked.landmark],
        inputs={view: inputs_file(view, file) for view, file in given.items()},
        stickers=None if EVERY in asked.sticker else frozenset(stickers),
        client=asked.client,
        number=asked.number,
    )
    path = _output(asked.out, asked, *(file for _, file in photos), *given.values())
    return _save(path, *new_case(order, _say))


def _fit(asked: argparse.Namespace) -> int:
    from studio.headless.fit import fit_file  # noqa: PLC0415

    out = asked.case if asked.output is None else _output(asked.output, asked, asked.case)
    fitted = fit_file(asked.case, out)
    for note in fitted.notes:
        _say(f"{PROGRAM}: {note}")
    if asked.json:
        print(json.dumps(fitted.found, indent=2, ensure_ascii=False))
        return DONE
    print("\n".join(fitted.lines))
    return DONE


def _map(asked: argparse.Namespace) -> int:
    from studio.render.pages.job import MapJob  # noqa: PLC0415
    from studio.render.pages.session_map import write_map  # noqa: PLC0415
    from studio.render.sheet import Paper  # noqa: PLC0415

    path = _output(asked.output, asked, asked.case)
    case, photos = _read(asked.case)
    job = MapJob(
        case=case,
        photos=photos,
        paper=Paper[asked.paper.upper()],
        full_name=asked.full_name,
        dots=not asked.no_dots,
        strip=not asked.no_strip,
    )
    write_map(path, job, _progress)
    return _told(path)


def _picture(asked: argparse.Namespace) -> int:
    from studio.headless.marks import view_named  # noqa: PLC0415
    from studio.render.picture import PictureStyle, write_picture  # noqa: PLC0415

    path = _output(asked.output, asked, asked.case)
    case, photos = _read(asked.case)
    view = view_named(asked.view)
    photo = next((photo for photo in case.photos if photo.view is view), None)
    stored = None if photo is None else photos.get(photo.sha256)
    if photo is None or stored is None:
        raise Refusal(f"The case has no {view.value} photo.")
    style = PictureStyle(design=asked.design, session=asked.session, width=asked.width)
    write_picture(path, case, photo, stored, _progress, style)
    return _told(path)


def _stickers(asked: argparse.Namespace) -> int:
    from studio.render.pages.stickers import write_stickers  # noqa: PLC0415
    from studio.render.sheet import Paper  # noqa: PLC0415

    path = _output(asked.output, asked)
    write_stickers(path, Paper[asked.paper.upper()])
    return _told(path)


def _report(asked: argparse.Namespace) -> int:
    from studio.headless.table import table  # noqa: PLC0415
    from studio.pigment.tile import load_tile  # noqa: PLC0415
    from studio.planning.report import report  # noqa: PLC0415
    from studio.skin.maps import skin_maps  # noqa: PLC0415

    case, _ = _read(asked.case)
    found = report(case, skin_maps(case), load_tile(case.placement.tile))
    if asked.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print("\n".join(table(found)))
    return DONE


def _check(asked: argparse.Namespace) -> int:
    from studio.headless.check import check  # noqa: PLC0415

    findings = check(asked.case)
    for finding in findings:
        print(f"{'damaged' if finding.damage else 'note'}: {finding.words}")
    if any(finding.damage for finding in findings):
        return REFUSED
    print("The case file is whole.")
    return DONE


JOBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "open": _open,
    "practice": _practice,
    "new": _new,
    "fit": _fit,
    "map": _map,
    "picture": _picture,
    "stickers": _stickers,
    "report": _report,
    "check": _check,
}


def _read(path: Path) -> tuple[Case, dict[str, bytes]]:
    from studio.storage.casefile import read  # noqa: PLC0415

    opened = read(path)
    for note in opened.notes:
        _say(f"{PROGRAM}: {note}")
    return opened.case, opened.photos


def _save(path: Path, case: Case, photos: dict[str, bytes]) -> int:
    from studio.storage.casefile import write  # noqa: PLC0415
    from studio.storage.lock import CannotLock, acquire  # noqa: PLC0415

    try:
        lock = acquire(path)
    except CannotLock as refusal:
        raise Refusal("Not saved: this folder cannot be written to.") from refusal
    try:
        write(path, case, photos)
    finally:
        lock.release()
    for photo in case.photos:
        plane = photo.plane
        scale = f"{plane.method.value} ± {100 * plane.sigma:.1f} %" if plane.method else "no scale"
        _say(f"{photo.view.value}: {photo.width} x {photo.height}, {scale}")
    return _told(path)


def _output(path: Path, asked: argparse.Namespace, *inputs: Path) -> Path:
    """A path that may be written. Raises Refusal for an input, or what exists."""
    if any(_same(path, other) for other in inputs):
        raise Refusal("The output would overwrite what it is made from. Choose another name.")
    if path.exists() and not asked.force:
        raise Refusal(f"“{path}” exists already. Add --force to overwrite it.")
    return path


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        # one of them is not there: then they are not the same file
        return False


def _told(path: Path) -> int:
    print(path)
    return DONE


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _progress(share: float, words: str) -> None:
    """A line that changes in place, for somebody who is watching."""
    if sys.stderr.isatty():
        end = "\n" if share >= 1 else ""
        print(f"\r{100 * share:3.0f} %  {words:<30.30}", end=end, file=sys.stderr, flush=True)
