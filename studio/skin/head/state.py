"""Everything the fit has to find, and how a step changes it."""

from dataclasses import dataclass

import numpy as np

from studio.model.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class State:
    """All unknowns. Points are landmarks by name, then dots by number, (p, 3).

    `log_focal` has two entries: for photos whose focal length is known and for the others.
    `bias` (v,) is how far each view's outline lies outside the skin, mm. `group` (v,) tells
    which of the two focal lengths is a view's.
    """

    coefficients: FloatArray
    points: FloatArray
    rotations: FloatArray
    translations: FloatArray
    bias: FloatArray
    log_focal: FloatArray
    group: IntArray

    def moved(self, step: FloatArray) -> "State":
        """The state after a step of the unknowns in their order, turns from the left.

        A camera of a longer lens stands further off by as much: else the two would have to
        be found along a narrow bent valley.
        """
        c, p, v = len(self.coefficients), self.points.size, len(self.rotations)
        shape, points, poses, bias, focal = np.split(step, np.cumsum([c, p, 6 * v, v]))
        pose = poses.reshape(v, 6)
        turned = np.array([turn(w) @ r for w, r in zip(pose[:, :3], self.rotations, strict=True)])
        places = self.translations + pose[:, 3:]
        places[:, 2] *= np.exp(focal[self.group])
        return State(
            self.coefficients + shape,
            self.points + points.reshape(-1, 3),
            turned,
            places,
            self.bias + bias,
            self.log_focal + focal,
            self.group,
        )


def turn(w: FloatArray) -> FloatArray:
    """Rotation matrix of a turn by |w| about w."""
    angle = float(np.linalg.norm(w))
    k = cross(w)
    if angle < 1e-8:
        return np.eye(3) + k
    first, second = np.sin(angle) / angle, (1 - np.cos(angle)) / angle**2
    matrix: FloatArray = np.eye(3) + first * k + second * (k @ k)
    return matrix


def turning(rotation: FloatArray) -> FloatArray:
    """The turn vector of a rotation matrix, less than half a turn."""
    axis = np.array(
        [
            rotation[2, 1] - rotation[1, 2],
            rotation[0, 2] - rotation[2, 0],
            rotation[1, 0] - rotation[0, 1],
        ]
    )
    sine, cosine = np.linalg.norm(axis) / 2, (np.trace(rotation) - 1) / 2
    angle = np.arctan2(sine, cosine)
    result: FloatArray = axis * (0.5 if sine < 1e-9 else angle / (2 * sine))
    return result


def cross(w: FloatArray) -> FloatArray:
    """The matrix of w x."""
    return np.array([[0, -w[2], w[1]], [w[2], 0, -w[0]], [-w[1], w[0], 0]])
