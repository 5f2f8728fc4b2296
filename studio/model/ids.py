"""Identifiers of the things in a case."""

import uuid

Id = str


def new_id() -> Id:
    """A fresh identifier, unique for practical purposes: 12 hexadecimal digits."""
    return uuid.uuid4().hex[:12]
