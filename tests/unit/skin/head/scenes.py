"""Made heads for tests, each made once."""

from functools import cache

from heads.made import made
from heads.scene import Scene


@cache
def scene(seed: int) -> Scene:
    """The made head of that seed, photographed from five sides."""
    return made(seed)
