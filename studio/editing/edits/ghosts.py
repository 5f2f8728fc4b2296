"""Edits of old photos laid under others."""

import math
from dataclasses import replace
from itertools import combinations

from studio.model.case import Case, Ghost
from studio.model.ids import Id
from studio.model.photo import LandmarkKind
from studio.model.refusal import Refusal

PAIRS = (
    (LandmarkKind.PUPIL_RIGHT, LandmarkKind.PUPIL_LEFT),
    (LandmarkKind.CANTHUS_RIGHT, LandmarkKind.CANTHUS_LEFT),
)
"""What photos are best laid by: on one line, far apart, and found well."""


def set_ghost(case: Case, photo: Id, over: Id) -> Case:
    """A photo laid under another by two landmarks marked in both; it replaces one laid before.

    By pupils, eye corners, or else the two marks furthest apart. Refusal without two.
    """
    old, here = ({mark.kind: mark.at for mark in case.photo(p).landmarks} for p in (photo, over))
    shared = sorted(old.keys() & here.keys())
    pairs = [pair for pair in PAIRS if set(pair) <= set(shared)]
    pairs += sorted(combinations(shared, 2), key=lambda p: -math.dist(here[p[0]], here[p[1]]))
    pair = next((p for p in pairs if old[p[0]] != old[p[1]] and here[p[0]] != here[p[1]]), None)
    if pair is None:
        raise Refusal(
            "Two places must be marked in both photos. "
            "Mark the pupils or eye corners of both in Measure, then lay the old photo under."
        )
    ghost = Ghost(
        photo=photo,
        over=over,
        old=(old[pair[0]], old[pair[1]]),
        here=(here[pair[0]], here[pair[1]]),
    )
    return replace(case, ghosts=(*_others(case, over), ghost))


def remove_ghost(case: Case, over: Id) -> Case:
    """Nothing is laid under a photo any longer."""
    return replace(case, ghosts=_others(case, over))


def set_ghost_strength(case: Case, over: Id, strength: float) -> Case:
    """How strongly the old photo is seen, from 0 to 1."""
    if not 0.0 <= strength <= 1.0:
        raise Refusal("An old photo is seen by 0 to 100 %. Choose a number between.")
    ghosts = tuple(replace(g, strength=strength) if g.over == over else g for g in case.ghosts)
    return replace(case, ghosts=ghosts)


def show_ghost(case: Case, over: Id, *, shown: bool) -> Case:
    """The old photo under another shown, or kept out of sight."""
    ghosts = tuple(replace(g, shown=shown) if g.over == over else g for g in case.ghosts)
    return replace(case, ghosts=ghosts)


def ghost_over(case: Case, over: Id) -> Ghost | None:
    """What is laid under a photo."""
    return next((ghost for ghost in case.ghosts if ghost.over == over), None)


def _others(case: Case, over: Id) -> tuple[Ghost, ...]:
    return tuple(ghost for ghost in case.ghosts if ghost.over != over)
