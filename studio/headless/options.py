"""What can be typed after `hairline-studio`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from studio import __version__
from studio.headless.inputs import FORM as INPUTS_FORM
from studio.headless.marks import FORMS, LANDMARK_FORM, PHOTO_FORM
from studio.model.photo import LandmarkKind, MeasurementKind, View

PROGRAM = "hairline-studio"

DESCRIPTION = """\
Plan scalp micropigmentation on photos, in millimetres. Without a job the window opens,
with a file in place of a job on that file."""

EXAMPLES = """\
examples:
  hairline-studio practice practice.hairline
  hairline-studio new client.hairline --photo front=a.jpg --photo top=b.heic --sticker
  hairline-studio new client.hairline --photo front=a.jpg --ruler front:812,640,1190,655,50
  hairline-studio new client.hairline --photo front=a.jpg --photo left=b.jpg \
      --photo top=c.jpg --inputs front=a.json --inputs left=b.json --inputs top=c.json
  hairline-studio fit client.hairline --json
  hairline-studio map client.hairline -o map.pdf --paper letter
  hairline-studio picture client.hairline --view front -o front.png
  hairline-studio report client.hairline --json
  hairline-studio check client.hairline

exit codes: 0 done; 1 refused, standard error says why; 2 the command is not right.
Files that exist are overwritten only with --force. Nothing leaves this machine."""

INPUTS = """\
a file of --inputs holds what was marked in one photo, as JSON in UTF-8; all parts are optional:
  {
    "landmarks": {"glabella": [1172.9, 1122.3], "tragus-left": [1690.0, 1466.5]},
    "pencil": {"1": [902.5, 640.0], "2": [1480.5, 655.5]},
    "outline": [[610.0, 1480.0], [598.5, 1391.0], [604.0, 1300.5]],
    "hair_mm": 0.5,
    "lengths": [{"kind": "tape", "mm": 571},
                {"kind": "ruler", "points": [[812, 640], [1190, 655]], "mm": 50, "se_mm": 0.3}]
  }
Points are photo pixels [x, y] of the upright photo, from its top left corner.
  landmarks  names as for --landmark; left and right are the client's
  pencil     spots of a skin pencil on the scalp, with the same number in every photo
  outline    the edge of the scalp against the wall, in order; no ears, no clothes
  hair_mm    how far hair lifts that edge off the skin, 0 to 20
  lengths    known sizes, by kind; mm may be left out where a kind has a usual size, and
             se_mm, its standard error, always
    tape     round the head on the hat line, 15 mm above the glabella; in one file, no points
    sticker  centre, end of the long half axis, end of the short half axis
    card     four corners in order, a long side first; mm is the long side
    ruler    two marks, and the mm between them
    own-ipd  right pupil, left pupil, and their mm
    mean-ipd right pupil, left pupil
    iris     two ends of one iris, side to side
Then `hairline-studio fit CASE` fits the head: at least front, left and top are wanted."""

FIT = """\
Fit the head from the landmarks, pencil spots, outlines and known lengths of a case, and keep
it in the case: from then on lengths, areas and dots are those of the head. What was drawn on
the photos is laid onto it."""

SCALES = {
    "ruler": (MeasurementKind.RULER, "two marks and the millimetres between them"),
    "card": (MeasurementKind.CARD, "four corners of a bank card, a long side first"),
    "ipd": (MeasurementKind.OWN_IPD, "both pupils and their own distance"),
    "iris": (MeasurementKind.IRIS, "two ends of an iris, side to side; the mean width"),
    "mean-ipd": (MeasurementKind.MEAN_IPD, "both pupils; the mean distance"),
}
"""Options of `new` that give a scale, besides the sticker."""

EVERY = "every"
"""What `--sticker` without a view means."""


if TYPE_CHECKING:
    Jobs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 (it has no public name)


def parser() -> argparse.ArgumentParser:
    """The parser of all jobs; `job` is the job asked for."""
    whole = argparse.ArgumentParser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"Hairline Studio {__version__}")
    jobs = whole.add_subparsers(dest="job", metavar="JOB", required=True)

    job = jobs.add_parser("open", help="open the window, on a case file or a photo if given")
    job.add_argument("file", nargs="?", help="case file or photo")

    job = jobs.add_parser("practice", help="write the practice case")
    _out(job)

    job = jobs.add_parser(
        "new",
        help="make a case from photos",
        description="Make a case from photos.",
        epilog=INPUTS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _out(job)
    _new_options(job)

    job = _on_case(jobs, "fit", "fit the head from what was marked in the photos")
    job.description = FIT
    job.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT.hairline",
        help="write the case with its head here and leave CASE alone",
    )
    _force(job)
    job.add_argument("--json", action="store_true", help="print the fit for other programs")

    job = _on_case(jobs, "map", "write the session map as PDF")
    _to(job, "the PDF file")
    _paper(job)
    job.add_argument("--full-name", action="store_true", help="print the name, not the initials")
    job.add_argument("--no-dots", action="store_true", help="leave out pages with every dot")
    job.add_argument("--no-strip", action="store_true", help="leave out the 1:1 hairline strip")

    job = _on_case(jobs, "picture", "write a photo with its dots as PNG or JPEG")
    job.add_argument("--view", default="front", help=f"one of: {', '.join(View)} (front)")
    _to(job, "the .png or .jpg file")
    job.add_argument("--design", action="store_true", help="draw the hairline and zones too")
    job.add_argument("--session", type=_from_one, help="only the dots up to this session")
    job.add_argument("--width", type=_from_one, help="pixels; smaller than the photo's own")

    job = jobs.add_parser("stickers", help="write a page of 20 mm stickers to print and cut")
    _to(job, "the PDF file")
    _paper(job)

    job = _on_case(jobs, "report", "print areas, dots, lengths and scales, each with its ±")
    job.add_argument("--json", action="store_true", help="for other programs")

    _on_case(jobs, "check", "say whether a case file is whole; exit code 1 if it is damaged")
    return whole


def _on_case(
    jobs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> argparse.ArgumentParser:
    job = jobs.add_parser(name, help=words, description=words)
    job.add_argument("case", metavar="CASE", type=Path, help="the case file")
    return job


def _new_options(job: argparse.ArgumentParser) -> None:
    job.add_argument(
        "--photo",
        action="append",
        required=True,
        metavar=PHOTO_FORM,
        help=f"a photo and what it shows: {', '.join(View)}; once for each",
    )
    scale = job.add_argument_group(
        "scale", "Marks are photo pixels of the upright photo, from its top left corner."
    )
    scale.add_argument(
        "--sticker",
        action="append",
        nargs="?",
        const=EVERY,
        default=[],
        metavar="VIEW",
        help="find the 20 mm sticker in this photo; without VIEW wherever there is one",
    )
    for option, (kind, words) in SCALES.items():
        scale.add_argument(
            f"--{option}", action="append", default=[], metavar=FORMS[kind], help=words
        )
    job.add_argument(
        "--landmark",
        action="append",
        default=[],
        metavar=LANDMARK_FORM,
        help=f"a place of the head: {', '.join(LandmarkKind)}",
    )
    job.add_argument(
        "--inputs",
        action="append",
        default=[],
        metavar=INPUTS_FORM,
        help="what was marked in the photo of a view, from a file; its format is below",
    )
    job.add_argument("--client", default="", metavar="NAME", help="the client's name")
    job.add_argument("--number", default="", help="the client's record number")


def _from_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


def _out(job: argparse.ArgumentParser) -> None:
    job.add_argument("out", metavar="OUT.hairline", type=Path, help="the case file to write")
    _force(job)


def _to(job: argparse.ArgumentParser, what: str) -> None:
    job.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FILE", help=f"{what} to write"
    )
    _force(job)


def _force(job: argparse.ArgumentParser) -> None:
    job.add_argument("--force", action="store_true", help="overwrite the output if it exists")


def _paper(job: argparse.ArgumentParser) -> None:
    job.add_argument("--paper", choices=["a4", "letter"], default="a4", help="sheet size (a4)")
