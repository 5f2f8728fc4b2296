"""Format 2 adds what version 1 had no place for; nothing in a case of format 1 changes."""

from typing import Any


def change(_raw: dict[str, Any]) -> tuple[str, ...]:
    """Every new field has a default that means what format 1 meant."""
    return ()
