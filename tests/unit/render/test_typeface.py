"""Widths and outlines of the printed typeface, against fontTools."""

import numpy as np
import pytest
from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]  # no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no types

from studio.model.resources import resource
from studio.render.typeface import Type, Weight, outlines, shorten, text_width, wrap

WORDS = "Häirline 1 : 1.25 ± 4 % → “Ångström” ﬁ"
TYPES = [
    Type(10.5),
    Type(18, Weight.BOLD),
    Type(9, Weight.MEDIUM, condensed=True),
    Type(9, condensed=True),
]


@pytest.mark.parametrize("type_", TYPES)
def test_width_is_the_sum_of_the_files_advances(type_: Type) -> None:
    font = TTFont(resource(f"fonts/{type_.face}.ttf"))
    names = font.getBestCmap()
    total = sum(font["hmtx"][names.get(ord(c), ".notdef")][0] for c in WORDS)
    assert text_width(WORDS, type_) == pytest.approx(total / 1000 * type_.size * 25.4 / 72)


@pytest.mark.parametrize("character", ["a", "Ä", "ö", "8", "±", "→", "é"])
def test_outline_has_the_glyphs_box(character: str) -> None:
    type_ = Type(1000 * 72 / 25.4)
    font = TTFont(resource(f"fonts/{type_.face}.ttf"))
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    left, bottom, right, top = pen.bounds
    curves = []
    for points, commands in outlines(character, type_):
        i, here = 0, points[0]
        for command in commands:
            if command == "Q":
                t = np.linspace(0, 1, 60)[:, None]
                control, end = points[i], points[i + 1]
                curves.append((1 - t) ** 2 * here + 2 * t * (1 - t) * control + t**2 * end)
                i, here = i + 2, end
            else:
                curves.append(points[i][None])
                i, here = i + 1, points[i]
    drawn = np.vstack(curves)
    assert drawn.min(axis=0) == pytest.approx((left, -top), abs=0.6)
    assert drawn.max(axis=0) == pytest.approx((right, -bottom), abs=0.6)


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    type_ = Type(10.5)
    words = "Plain, imperative, at most twelve words: " + "unbreakable" * 6
    lines = wrap(words, type_, 40)
    assert all(text_width(line, type_) <= 40 for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_shortened_text_fits_and_says_so() -> None:
    type_ = Type(18, Weight.BOLD)
    short = shorten("Maximiliane Hohenlohe-Schillingsfürst", type_, 50)
    assert short.endswith("…")
    assert text_width(short, type_) <= 50
    assert shorten("J.M.", type_, 50) == "J.M."
