"""Files of every format there was are read as they were meant. They are never written anew."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from studio.storage.casefile import read, write
from studio.storage.migrations import FORMAT

DATA = Path(__file__).parent / "data"

SHA256 = {
    "v002_design.hairline": "7e1b3e072a21d5ea13cde67dd34a5e5669a7ac3fb87b107a005d5bfc8931cb9b",
    "v001_practice.hairline": "7b7d3684597dae7518811dd3b9527819e0c3593dbe29bf09ec72628ab8cc54e7",
}
"""What the files were when they were made."""


@pytest.mark.parametrize("name", SHA256)
def test_a_file_of_an_earlier_day(name: str, tmp_path: Path) -> None:
    path = DATA / name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == SHA256[name]
    expected = msgspec.json.decode(path.with_suffix(".json").read_bytes())
    back = read(path)
    assert differences(expected, msgspec.to_builtins(back.case)) == []
    assert (back.notes, back.damaged) == ((), frozenset())
    for photo in back.case.photos:
        copy = tmp_path / photo.id
        copy.write_bytes(back.photos[photo.sha256])
        with Image.open(copy) as picture:
            assert picture.size == (photo.width, photo.height)
    again = tmp_path / "again.hairline"
    write(again, back.case, back.photos)
    assert read(again).case == back.case


def test_every_format_has_a_file() -> None:
    assert {int(name[1:4]) for name in SHA256} == set(range(1, FORMAT + 1))


def differences(expected: Any, found: Any, where: str = "case") -> list[str]:  # noqa: ANN401 (JSON)
    """Places where `found` is not as expected; fields that came later are allowed."""
    if isinstance(expected, dict):
        inner = [differences(v, found.get(k), f"{where}.{k}") for k, v in expected.items()]
        return [place for places in inner for place in places]
    if isinstance(expected, list):
        pairs = zip(expected, found, strict=True)
        inner = [differences(a, b, f"{where}[{n}]") for n, (a, b) in enumerate(pairs)]
        return [place for places in inner for place in places]
    return [] if expected == found else [where]
