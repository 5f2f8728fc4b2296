"""The printed typeface read from its files: widths and outlines, the same for screen and paper."""

import struct
from dataclasses import dataclass
from enum import Enum
from functools import cache

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.resources import resource

PT = 25.4 / 72
"""Millimetres in a point."""


class Weight(Enum):
    """The cuts that ship; the value is the file's ending."""

    REGULAR = "Regular"
    MEDIUM = "Medium"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


@dataclass(frozen=True, slots=True)
class Type:
    """How text looks: size in points, weight, width."""

    size: float
    weight: Weight = Weight.REGULAR
    condensed: bool = False

    @property
    def em(self) -> float:
        """Size in millimetres."""
        return self.size * PT

    @property
    def face(self) -> str:
        """Name of the font file without its ending."""
        return f"IBMPlexSans{'Condensed' if self.condensed else ''}-{self.weight.value}"


def text_width(text: str, type_: Type) -> float:
    """Width in mm of a line of text; no kerning, as the pages are set without it."""
    face = load(type_.face)
    return sum(face.advances[face.glyph(c)] for c in text) / face.units * type_.em


def wrap(text: str, type_: Type, width: float) -> list[str]:
    """Break text at spaces into lines of at most `width` mm.

    A word longer than a line is broken where it no longer fits.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        trial = f"{line} {word}" if line else word
        if text_width(trial, type_) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        line = word
        while text_width(line, type_) > width and len(line) > 1:
            fitting = max(1, len(shorten(line, type_, width, ending="")))
            lines.append(line[:fitting])
            line = line[fitting:]
    return [*lines, line]


def shorten(text: str, type_: Type, width: float, ending: str = "…") -> str:
    """The text if it fits into `width` mm, else as much of it as fits and `ending`."""
    if text_width(text, type_) <= width:
        return text
    kept = text
    while kept and text_width(kept.rstrip() + ending, type_) > width:
        kept = kept[:-1]
    return kept.rstrip() + ending


def outlines(text: str, type_: Type) -> list[tuple[FloatArray, list[str]]]:
    """Contours of a line of text set at the origin, in mm, y down.

    Each contour is points (n, 2) and one command per step: `M`, `L` take one point,
    `Q` (quadratic) two.
    """
    face = load(type_.face)
    scale = type_.em / face.units
    found: list[tuple[FloatArray, list[str]]] = []
    x = 0.0
    for character in text:
        glyph = face.glyph(character)
        for points, commands in face.contours(glyph):
            found.append(((points + np.array((x, 0.0))) * (scale, -scale), commands))
        x += face.advances[glyph]
    return found


Contour = tuple[FloatArray, list[str]]


class Face:
    """One TrueType file: the tables `head`, `hhea`, `hmtx`, `cmap`, `loca`, `glyf`.

    Format: OpenType 1.9, chapters of the same names.
    """

    def __init__(self, data: bytes) -> None:
        """Read the tables needed; struct.error if the file is no TrueType font."""
        self._data = data
        count = struct.unpack_from(">H", data, 4)[0]
        self._tables = {
            data[12 + 16 * i : 16 + 16 * i].decode("latin-1"): struct.unpack_from(
                ">I", data, 20 + 16 * i
            )[0]
            for i in range(count)
        }
        head = self._tables["head"]
        self.units: int = struct.unpack_from(">H", data, head + 18)[0]
        glyphs: int = struct.unpack_from(">H", data, self._tables["maxp"] + 4)[0]
        self._map = self._characters()
        self.advances = self._advances(glyphs)
        self._offsets = self._locations(glyphs, struct.unpack_from(">h", data, head + 50)[0])
        self._known: dict[int, list[Contour]] = {}

    def glyph(self, character: str) -> int:
        """Index of a character's glyph; that of the `missing` box if there is none."""
        return self._map.get(ord(character), 0)

    def contours(self, glyph: int) -> list[Contour]:
        """Closed outlines of a glyph in font units, y up."""
        if glyph not in self._known:
            self._known[glyph] = [_commands(*c) for c in self._raw(glyph)]
        return self._known[glyph]

    def _characters(self) -> dict[int, int]:
        data, base = self._data, self._tables["cmap"]
        count = struct.unpack_from(">H", data, base + 2)[0]
        for i in range(count):
            platform, encoding, offset = struct.unpack_from(">HHI", data, base + 4 + 8 * i)
            at = base + offset
            if (platform, encoding) == (3, 1) and struct.unpack_from(">H", data, at)[0] == 4:
                return _segments(data, at)
        raise struct.error("no Unicode character map of format 4")

    def _advances(self, glyphs: int) -> list[int]:
        metrics = struct.unpack_from(">H", self._data, self._tables["hhea"] + 34)[0]
        table = np.frombuffer(self._data, ">u2", 2 * metrics, self._tables["hmtx"])[::2]
        return [int(v) for v in table] + [int(table[-1])] * (glyphs - metrics)

    def _locations(self, glyphs: int, wide: int) -> list[int]:
        kind, factor = (">u4", 1) if wide else (">u2", 2)
        table = np.frombuffer(self._data, kind, glyphs + 1, self._tables["loca"])
        return [int(v) * factor for v in table]

    def _raw(self, glyph: int) -> list[tuple[FloatArray, list[bool]]]:
        start, end = self._offsets[glyph : glyph + 2]
        if start == end:
            return []
        at = self._tables["glyf"] + start
        count = struct.unpack_from(">h", self._data, at)[0]
        return self._compound(at + 10) if count < 0 else _simple(self._data, at + 10, count)

    def _compound(self, at: int) -> list[tuple[FloatArray, list[bool]]]:
        found: list[tuple[FloatArray, list[bool]]] = []
        flags = 0x20
        while flags & 0x20:
            flags, part = struct.unpack_from(">HH", self._data, at)
            at += 4
            dx, dy = struct.unpack_from(">hh" if flags & 1 else ">bb", self._data, at)
            at += 4 if flags & 1 else 2
            matrix, at = _part_matrix(self._data, at, flags)
            found += [(points @ matrix + (dx, dy), on) for points, on in self._raw(part)]
        return found


@cache
def load(name: str) -> Face:
    """The shipped face of this name; Refusal if its file is missing."""
    return Face(resource(f"fonts/{name}.ttf").read_bytes())


def _segments(data: bytes, at: int) -> dict[int, int]:
    half = struct.unpack_from(">H", data, at + 6)[0]
    n = half // 2
    ends = struct.unpack_from(f">{n}H", data, at + 14)
    starts = struct.unpack_from(f">{n}H", data, at + 16 + half)
    deltas = struct.unpack_from(f">{n}h", data, at + 16 + 2 * half)
    ranges_at = at + 16 + 3 * half
    ranges = struct.unpack_from(f">{n}H", data, ranges_at)
    found: dict[int, int] = {}
    for i in range(n):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if ranges[i]:
                place = ranges_at + 2 * i + ranges[i] + 2 * (code - starts[i])
                glyph = struct.unpack_from(">H", data, place)[0]
            if glyph or not ranges[i]:
                found[code] = (glyph + deltas[i]) & 0xFFFF
    return found


def _simple(data: bytes, at: int, count: int) -> list[tuple[FloatArray, list[bool]]]:
    ends = struct.unpack_from(f">{count}H", data, at)
    at += 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]
    total = ends[-1] + 1
    flags: list[int] = []
    while len(flags) < total:
        flag = data[at]
        at += 1
        repeat = 0
        if flag & 8:
            repeat = data[at]
            at += 1
        flags += [flag] * (repeat + 1)
    xs, at = _coordinates(data, at, flags, 2, 16)
    ys, at = _coordinates(data, at, flags, 4, 32)
    points = np.stack([xs, ys], axis=1)
    first = 0
    found: list[tuple[FloatArray, list[bool]]] = []
    for end in ends:
        found.append((points[first : end + 1], [bool(f & 1) for f in flags[first : end + 1]]))
        first = end + 1
    return found


def _coordinates(
    data: bytes, at: int, flags: list[int], short: int, same: int
) -> tuple[FloatArray, int]:
    steps: list[int] = []
    for flag in flags:
        if flag & short:
            steps.append(data[at] if flag & same else -data[at])
            at += 1
        elif flag & same:
            steps.append(0)
        else:
            steps.append(struct.unpack_from(">h", data, at)[0])
            at += 2
    return np.cumsum(np.array(steps, dtype=np.float64)), at


def _part_matrix(data: bytes, at: int, flags: int) -> tuple[FloatArray, int]:
    """Scale of a compound glyph's part, rows for row vectors, and where to read on."""
    if flags & 0x08:
        scale = struct.unpack_from(">h", data, at)[0] / 16384
        return np.diag([scale, scale]), at + 2
    if flags & 0x40:
        sx, sy = struct.unpack_from(">hh", data, at)
        return np.diag([sx / 16384, sy / 16384]), at + 4
    if flags & 0x80:
        four = np.array(struct.unpack_from(">hhhh", data, at), dtype=np.float64) / 16384
        return four.reshape(2, 2), at + 8
    return np.eye(2), at


def _commands(points: FloatArray, on: list[bool]) -> Contour:
    """TrueType points with their on-curve marks as move, line and quadratic commands."""
    if not on[0]:
        start = points[-1] if on[-1] else (points[0] + points[-1]) / 2
        points, on = np.vstack([start[None], points]), [True, *on]
    out: list[FloatArray] = [points[0]]
    commands = ["M"]
    control: FloatArray | None = None
    for point, is_on in zip([*points[1:], points[0]], [*on[1:], True], strict=True):
        if control is None and is_on:
            commands.append("L")
            out.append(point)
        elif control is None:
            control = point
        else:
            commands.append("Q")
            out += [control, point if is_on else (control + point) / 2]
            control = None if is_on else point
    return np.array(out), commands
