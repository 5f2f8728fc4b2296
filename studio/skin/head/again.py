"""Fits kept from one change of the marks to the next, so that each begins where it ended."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np

from studio.model.photo import View
from studio.skin.head.fit import HeadFit, fit_head, refit
from studio.skin.head.inputs import Length, ViewInputs

FEW = 3
"""Marks that may have changed for a fit to be looked for near the one before; after more the
search begins anew, as another head may fit them better."""

Key = tuple[Hashable, tuple[View, ...]]
"""How the photos were read, and which ones they were."""


@dataclass(frozen=True, eq=False)
class Kept:
    """Fits `before` the change and those made `now`, by how which photos were read."""

    before: Mapping[Key, HeadFit] = field(default_factory=dict)
    now: dict[Key, HeadFit] = field(default_factory=dict)

    def fit(
        self, views: Sequence[ViewInputs], lengths: Sequence[Length], reading: Hashable = ""
    ) -> HeadFit:
        """`fit_head` of the views, begun at the last fit of the same reading if that is near.

        `reading` names how the views were changed from what is marked; "" if they were not.
        """
        key = (reading, tuple(v.view for v in views))
        last = self.before.get(key)
        near = last is not None and changes(last.views, views) <= FEW
        found = refit(last, views, lengths) if last and near else fit_head(views, lengths)
        self.now[key] = found
        return found


def changes(before: Sequence[ViewInputs], after: Sequence[ViewInputs]) -> float:
    """How many marks differ, an outline counting as one; infinite for other photos."""
    return sum(_differing(a, b) for a, b in zip_longest(before, after))


def _differing(before: ViewInputs | None, after: ViewInputs | None) -> float:
    if before is None or after is None or _photo(before) != _photo(after):
        return float("inf")
    clicks = dict(before.landmarks.items() ^ after.landmarks.items())
    spots = dict(before.dots.items() ^ after.dots.items())
    return len(clicks) + len(spots) + (not np.array_equal(before.outline, after.outline))


def _photo(view: ViewInputs) -> tuple[object, ...]:
    return view.view, view.size, view.focal_px, view.hair_mm, view.click_se, view.trace_se
