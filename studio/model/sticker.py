"""The round sticker that gives a photo its scale: one design for printing and for finding."""

DIAMETER_MM = 20.0
"""Outer diameter of the dark ring: the edge that is measured."""

RING_MM = 1.5
"""Width of the dark ring."""

TARGET_RADIUS_MM = 5.0
"""Radius of the two dark quarters about the centre, opposite each other on the white disc."""

RADIUS_MM = DIAMETER_MM / 2
DISC_SHARE = 1 - RING_MM / RADIUS_MM
"""Radius of the white disc as a share of the sticker's."""

TARGET_SHARE = TARGET_RADIUS_MM / RADIUS_MM
"""Radius of the dark quarters as a share of the sticker's."""
