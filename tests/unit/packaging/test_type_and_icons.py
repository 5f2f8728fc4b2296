"""The shipped type and icons are what screen and pages count on."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it ships no types

import build_icons
from studio.model.resources import resource

FONTS = sorted(resource("fonts").glob("*.ttf"))
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_a_font_has_its_weight_its_words_and_may_be_embedded(file: Path) -> None:
    font = TTFont(file)
    family, style = file.stem.split("-")
    names = font["name"]
    told = names.getDebugName(16) or names.getDebugName(1)
    assert told.replace(" ", "") in {family, family.replace("Condensed", "Cond")}
    assert font["OS/2"].usWeightClass == WEIGHTS[style]
    assert font["OS/2"].fsType == 0  # no restriction on embedding it in a PDF
    assert {ord(c) for c in "Aéßłőçñ0123456789²±×·–−≤≥°µ→½…’“ €"} <= font.getBestCmap().keys()


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_figures_can_stand_in_columns(file: Path) -> None:
    font = TTFont(file)
    digits = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    if file.stem.startswith("Inter"):
        lookups = font["GSUB"].table.LookupList.Lookup
        for record in font["GSUB"].table.FeatureList.FeatureRecord:
            if record.FeatureTag == "tnum":
                table = lookups[record.Feature.LookupListIndex[0]].SubTable[0]
                mapping = getattr(table, "ExtSubTable", table).mapping
                digits = [mapping[digit] for digit in digits]
                break
    assert len({font["hmtx"][digit][0] for digit in digits}) == 1


def test_the_type_is_under_3_mb() -> None:
    assert len(FONTS) == 11
    assert sum(file.stat().st_size for file in FONTS) < 3_000_000


def test_the_icons_are_those_of_the_builder_in_one_recolourable_style() -> None:
    icons = sorted(resource("icons").glob("*.svg"))
    assert {icon.stem for icon in icons} == set(build_icons.NAMES)
    for icon in icons:
        drawing = ET.parse(icon).getroot()
        assert drawing.get("viewBox") == "0 0 24 24"
        assert (drawing.get("stroke"), drawing.get("stroke-width")) == ("currentColor", "2")
