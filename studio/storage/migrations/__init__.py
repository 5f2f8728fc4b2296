"""Old formats of the case file, brought up to the present one in memory.

A new format adds a module `v001_v002.py` with a function on plain JSON values, which never
imports the model, and its line in `CHAIN`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from studio.storage.migrations import v001_v002

FORMAT = 2
"""The format written. It grows only when an older studio would misread a file."""


@dataclass(frozen=True, slots=True)
class Migration:
    """From format `source` to the next one.

    `change` alters the raw case in place and returns what the person should know.
    """

    source: int
    change: Callable[[dict[str, Any]], tuple[str, ...]]


CHAIN: tuple[Migration, ...] = (Migration(1, v001_v002.change),)
"""One migration for each format before the present one, in order."""


def upgrade(
    raw: dict[str, Any], source: int, chain: Sequence[Migration] = CHAIN
) -> tuple[str, ...]:
    """Bring a raw case of format `source` to the end of the chain; notes for the person."""
    return tuple(note for step in chain if step.source >= source for note in step.change(raw))
