"""Where the files that ship with the studio lie."""

from pathlib import Path

from studio.model.refusal import Refusal

ROOT = Path(__file__).resolve().parents[2] / "resources"


def resource(name: str) -> Path:
    """Path of the shipped file or folder `name`, such as `fonts/Inter-Regular.ttf`.

    Raises Refusal when it is not there: the copy of the studio is incomplete.
    """
    path = ROOT / name
    if not path.exists():
        raise Refusal(
            f"This copy of Hairline Studio is incomplete: resources/{name} is missing. "
            "Install it again."
        )
    return path
