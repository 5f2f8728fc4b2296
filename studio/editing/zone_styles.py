"""The numbers of resources/zones.toml: what new zones get, and the tools that draw them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from studio.editing.edits.zones import ZoneStyle
from studio.model.resources import resource
from studio.model.zone import Purpose


@cache
def zone_styles() -> Mapping[Purpose, ZoneStyle]:
    """The settings of a new zone for each purpose. Raises Refusal if the file is missing."""
    styles = _table()["style"]
    return {purpose: ZoneStyle(purpose=purpose, **styles[purpose.value]) for purpose in Purpose}


def usual(name: str) -> float:
    """The number of a tool by its name, such as `scar_width`; KeyError if there is none."""
    return float(_table()[name]["value"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resource("zones.toml").read_text(encoding="utf-8"))
