"""Edits of the way hair grows: strokes and whorls of the chosen variant."""

from collections.abc import Sequence
from dataclasses import replace

from studio.editing.edits.items import with_variant
from studio.model.case import Case
from studio.model.chart import rounded
from studio.model.refusal import Refusal
from studio.model.strokes import GrowthStroke, Whorl


def add_growth(case: Case, strokes: Sequence[GrowthStroke]) -> Case:
    """Strokes laid over those that are there; Refusal for a stroke without a way."""
    laid = tuple(replace(s, path=tuple(rounded(point) for point in s.path)) for s in strokes)
    for stroke in laid:
        if stroke.whorl is Whorl.NONE and len(set(stroke.path)) < 2:
            raise Refusal("Draw the way hair grows as a stroke, from root to tip.")
    return with_variant(case, replace(case.variant, growth=(*case.variant.growth, *laid)))


def remove_growth(case: Case, index: int) -> Case:
    """One stroke taken away by its number; IndexError if there is none."""
    growth = list(case.variant.growth)
    del growth[index]
    return with_variant(case, replace(case.variant, growth=tuple(growth)))


def turn_whorl(case: Case, index: int) -> Case:
    """A whorl made to turn the other way; IndexError if there is no such stroke."""
    growth = list(case.variant.growth)
    stroke = growth[index]
    growth[index] = replace(stroke, whorl=Whorl(-stroke.whorl.value))
    return with_variant(case, replace(case.variant, growth=tuple(growth)))
