"""Hairline Studio: plan scalp micropigmentation on photos, in millimetres."""

__version__ = "0.1.0"
