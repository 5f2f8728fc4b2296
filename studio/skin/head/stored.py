"""Skin maps from the head as a case keeps it."""

from functools import lru_cache

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.head import Head
from studio.model.ids import Id
from studio.skin.head.camera import Camera
from studio.skin.head.chart import to_direction
from studio.skin.head.headmap import HeadMap
from studio.skin.head.headskin import Errors
from studio.skin.head.prior import sphere
from studio.skin.head.relief import Relief
from studio.skin.head.scalpmap import ScalpMap
from studio.skin.head.surface import Surface

NEAREST = 3
"""Directions from which the error at a place is taken."""


@lru_cache(maxsize=16)
def head_map(head: Head, photo: Id) -> HeadMap:
    """The skin map of a photo that was joined, with its tables; KeyError for another."""
    return HeadMap(
        relief=relief(head),
        errors=errors(head),
        camera=camera(head, photo),
        scaled=head.size_se is not None,
        size_se=head.scale_se,
    )


def scalp_map_of(head: Head) -> ScalpMap:
    """The whole scalp, face up."""
    return ScalpMap(
        relief=relief(head),
        errors=errors(head),
        scaled=head.size_se is not None,
        size_se=head.scale_se,
    )


@lru_cache(maxsize=8)
def relief(head: Head) -> Relief:
    """The surface with its tables, shared by all views."""
    return Relief(Surface(np.array(head.coefficients)))


def camera(head: Head, photo: Id) -> Camera:
    """The camera of a photo; KeyError if it was not joined."""
    found = head.camera(photo)
    if found is None:
        raise KeyError(photo)
    return Camera(
        np.array(found.rotation).reshape(3, 3),
        np.array(found.translation),
        found.focal,
        found.centre,
    )


@lru_cache(maxsize=8)
def errors(head: Head) -> Errors:
    """Relative standard error of a length at chart points: the mean of the nearest directions."""
    sigmas = np.array(head.sigmas or (head.size_se or 0.0,))
    directions = sphere(len(sigmas))

    def at(chart: FloatArray) -> FloatArray:
        near = to_direction(chart) @ directions.T
        nearest = np.argsort(-near, axis=1)[:, :NEAREST]
        result: FloatArray = sigmas[nearest].mean(axis=1)
        return result

    return at
