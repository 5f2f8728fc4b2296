"""The canvas: the photo with pigment and design, and everything done on it by hand."""
